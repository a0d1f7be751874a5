/* Owns the one spelling of an expression: `A B or !(C or D)`. */
#include "query/filter.h"

#include "base/memory.h"
#include "query/words.h"

#include <stdlib.h>

/* How tightly a piece of text holds together. */
enum level { OR, AND, TERM };

struct piece {
	struct buffer text;
	enum level level;
};

static void add_piece(struct buffer *out, struct piece *piece,
		      enum level least)
{
	if (piece->level < least)
		words_add_group(buffer_span(&piece->text), out);
	else
		buffer_add_span(out, buffer_span(&piece->text));
	buffer_free(&piece->text);
}

static struct piece print_leaf(const struct predicate *t)
{
	struct piece piece = {.level = TERM};
	size_t terms;

	predicate_print(t, &piece.text, &terms);
	if (terms > 1)
		piece.level = AND;
	return piece;
}

/* `!=x` would read as an operator. */
static void add_not(struct buffer *out, const struct piece *piece)
{
	bool clear = piece->level < TERM || piece->text.n == 0 ||
		     !memchr("=~?", piece->text.p[0], 3);

	buffer_add_text(out, clear ? "!" : "not ");
}

static struct piece print_saved(struct span name)
{
	struct piece piece = {.level = TERM};
	const char *end = name.p + name.n;

	buffer_add_text(&piece.text, "saved:");
	if (words_value_end(name.p, end, WORDS_GROUPED) == end &&
	    !memchr(name.p, '"', name.n))
		buffer_add_span(&piece.text, name);
	else
		words_quote(name, &piece.text);
	return piece;
}

/* The last N pieces as one. */
static struct piece join(struct piece *piece, size_t n, enum level level)
{
	struct piece joined = {.level = level};

	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buffer_add_text(&joined.text, level == OR ? " or "
								  : " ");
		add_piece(&joined.text, &piece[i], level);
	}
	return joined;
}

/* The nodes [FIRST, END), which are one expression or none; SETTLED: what a
 * saved filter stands for rather than its name. */
static void print(const struct filter *f, size_t first, size_t end,
		  bool settled, enum level least, struct buffer *out)
{
	size_t count, n = 0;
	const struct filter_node *node = filter_nodes(f, &count);
	struct piece *piece = memory_alloc(memory_multiply(
		filter_depth(f) + 1, sizeof *piece));

	for (size_t i = first; i < end; i++) {
		struct piece next = {.level = TERM};

		switch (node[i].kind) {
		case FILTER_LEAF:
			next = print_leaf(filter_predicate(f, node[i].n));
			break;
		case FILTER_NOT:
			add_not(&next.text, &piece[--n]);
			add_piece(&next.text, &piece[n], TERM);
			break;
		case FILTER_AND:
		case FILTER_OR:
			n -= node[i].n;
			next = join(&piece[n], node[i].n,
				    node[i].kind == FILTER_OR ? OR : AND);
			break;
		case FILTER_SAVED:
			if (settled)
				continue;
			buffer_free(&piece[--n].text);
			next = print_saved(filter_saved_name(f, node[i].n));
			break;
		}
		piece[n++] = next;
	}
	if (n > 0)
		add_piece(out, &piece[0], least);
	free(piece);
}

void filter_print(const struct filter *f, struct buffer *out)
{
	size_t count;

	filter_nodes(f, &count);
	print(f, 0, count, false, OR, out);
}

static bool hangs_on_reader(const struct filter *f,
			    const struct filter_term *term)
{
	size_t count;
	const struct filter_node *node = filter_nodes(f, &count);

	for (uint32_t i = term->first; i < term->end; i++)
		if (node[i].kind == FILTER_SAVED ||
		    (node[i].kind == FILTER_LEAF &&
		     filter_predicate(f, node[i].n)->moments > 0))
			return true;
	return false;
}

void filter_print_settled(const struct filter *f, size_t i,
			  struct buffer *out)
{
	const struct filter_term *term = filter_term(f, i);

	if (hangs_on_reader(f, term))
		print(f, term->first, term->end, true,
		      filter_terms(f) > 1 ? AND : OR, out);
	else
		buffer_add_span(out, term->text);
}
