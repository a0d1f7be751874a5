/* A program with nothing but a terminal and a grid, to try each alone: tells
 * the key that came last, its paste and its size, and can die in every way. */
#include "base/memory.h"
#include "screen/grid.h"
#include "screen/terminal.h"
#include "view/keys.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static volatile int depth;

/* Recursion: until the stack is over. */
static int overflow(int n)
{
	volatile char much[4096];

	much[0] = (char)n;
	if (depth < 0)
		return n;
	depth = n;
	return overflow(n + 1) + much[0];
}

static void end_by(uint32_t key)
{
	switch (key) {
	case 'A':
		abort();
	case 'D':
		die("the probe was told to");
	case 'E':
		exit(3);
	case 'O':
		exit(overflow(0));
	case 'S':
		raise(SIGSEGV);
		break;
	default:
		break;
	}
}

static const char long_text[] = "wide \xe8\xa8\xbc\xe6\x98\x8e\xe6\x9b\xb8, "
	"accents \xc3\xa9" "e\xcc\x81, an escape \033[2J, bidi \xe2\x80\xae, "
	"zero\xe2\x80\x8bwidth, bad \xff, \xf0\x9f\x98\x80";

static void draw(struct grid *g, const char *said, struct span paste)
{
	struct grid_line line = {g, 0, 0, g->columns};

	grid_clear(g);
	grid_line_printf(&line, ROLE_TITLE, "probe %dx%d", g->columns,
			 g->rows);
	line = (struct grid_line){g, 1, 0, g->columns};
	grid_line_text(&line, ROLE_TEXT, said);
	line = (struct grid_line){g, 2, 0, g->columns};
	grid_line_text(&line, ROLE_DIM, "paste [");
	grid_line_span(&line, ROLE_STRING, paste);
	grid_line_text(&line, ROLE_DIM, "]");
	grid_put(g, 3, 0, g->columns, ROLE_TEXT, SHOW_END,
		 (struct span){long_text, sizeof(long_text) - 1});
	for (int role = 0; role < ROLE_COUNT; role++)
		grid_put(g, 4 + role, 0, 20, (enum role)role, SHOW_END,
			 SPAN("role"));
	grid_mark(g, 5, 0, g->columns, THEME_SELECTED);
	grid_put_sign(g, g->rows - 1, g->columns - 1, ROLE_RULE, GRID_FULL);
}

static void name_key(uint32_t key, char *said, size_t most)
{
	struct buffer name = {0};

	keys_name(key, &name);
	snprintf(said, most, "key %s", buffer_text(&name));
	buffer_free(&name);
}

int main(void)
{
	struct terminal_options options = {
		.colour = !getenv("NO_COLOR"), .background = THEME_DARK};
	struct terminal_event event = {.kind = TERMINAL_NOTHING};
	struct grid grid = {0};
	struct error err;
	char said[64] = "no key";
	struct span paste = {"", 0};
	int rows, columns;

	if (!terminal_open(&options, &err)) {
		fprintf(stderr, "%s\n%s\n", err.text, err.hint);
		return 2;
	}
	while (event.kind != TERMINAL_GONE && event.key != 'q') {
		terminal_size(&rows, &columns);
		grid.set = terminal_set();
		grid_resize(&grid, rows, columns);
		draw(&grid, said, paste);
		terminal_show(&grid);
		terminal_mark("idle");
		terminal_wait(-1, &event);
		if (event.kind == TERMINAL_KEY) {
			end_by(event.key);
			if (event.key == keys_control('Z'))
				terminal_suspend();
			name_key(event.key, said, sizeof(said));
		} else if (event.kind == TERMINAL_PASTE) {
			paste = event.paste;
		} else if (event.kind == TERMINAL_STOP) {
			terminal_suspend();
		}
	}
	terminal_close();
	grid_free(&grid);
	return 0;
}
