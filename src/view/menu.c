/* Owns the rows and their texts.  Must not know what is listed. */
#include "view/menu.h"

#include "base/memory.h"

#include <stdlib.h>

void menu_free(struct menu *m)
{
	free(m->row);
	buffer_free(&m->bytes);
	*m = (struct menu){0};
}

void menu_clear(struct menu *m)
{
	buffer_clear(&m->bytes);
	pane_set_count(&m->pane, 0);
}

void menu_add(struct menu *m, struct span label, struct span text,
	      struct span help, uint64_t events)
{
	size_t i = m->pane.count;

	if (i == m->room) {
		m->room = memory_grown(m->room, i + 1, sizeof(*m->row));
		m->row = memory_resize(m->row, m->room, sizeof(*m->row));
	}
	m->row[i].events = events;
	buffer_add_span(&m->bytes, label);
	m->row[i].label = m->bytes.n;
	buffer_add_span(&m->bytes, text);
	m->row[i].text = m->bytes.n;
	buffer_add_span(&m->bytes, help);
	m->row[i].help = m->bytes.n;
	pane_set_count(&m->pane, i + 1);
}

static struct span piece(const struct menu *m, size_t from, size_t end)
{
	return (struct span){m->bytes.p ? m->bytes.p + from : "", end - from};
}

struct span menu_label(const struct menu *m, size_t i)
{
	return piece(m, i > 0 ? m->row[i - 1].help : 0, m->row[i].label);
}

struct span menu_text(const struct menu *m, size_t i)
{
	return piece(m, m->row[i].label, m->row[i].text);
}

struct span menu_help(const struct menu *m, size_t i)
{
	return piece(m, m->row[i].text, m->row[i].help);
}

void menu_turn(struct menu *m, int by)
{
	size_t count = m->pane.count;

	if (count > 0)
		pane_go(&m->pane, (m->pane.cursor + count + (size_t)by) %
				  count);
}
