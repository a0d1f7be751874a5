/* Runs one screen test: keys in, cells and roles out, no terminal.  With
 * ACMTUI_UPDATE=1 the blocks are rewritten with what is there instead of being
 * compared; with ACMTUI_TELL_ACTIONS=1 the actions are told that keys are for.
 *
 * Before the first key:  load PATH...   from the top of the sources
 *   size COLUMNSxROWS, filter TEXT, sort COLUMNS, columns LIST, ascii,
 *   zone TZ   what the local time is, bind ACTION KEYS   other keys, or none
 * Then:  key WORD...   names of keys, or "text" that is typed
 *   quick WORD...   the same, all before anything is answered
 *   paste "text", size COLUMNSxROWS,
 *   want nothing | quit | suspend | redraw | settings | clipboard,
 *   click ROW COLUMN, wheel up | down ROW COLUMN,
 *   cursor [hidden] ROW COLUMN | none
 *   screen and a block: all rows;  row N and a block of one line
 *   roles N and a block: a letter a cell, from screen/theme.def
 *   marks N and a block: s selected, a selected but away, c the cursor's cell, h a hit
 * A line of a block stands between two |. */
#define _XOPEN_SOURCE 700
#include "../e2e/script.h"

#include "base/jobs.h"
#include "base/memory.h"
#include "load/loader.h"
#include "screen/app_parts.h"
#include "trail/fields.h"
#include "trail/secret.h"
#include "triage/index.h"
#include "view/keys.h"
#include "write/command.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { PATHS = 16 };

struct test {
	const char *name;
	int line;
	bool update, failed;
	bool tell;              /* which actions keys are for */
	struct buffer text;     /* of the file, as it is read */
	struct buffer out;      /* and as it is rewritten */
	size_t at;
	char *paths[PATHS];
	size_t path_count;
	char filter[512];
	struct order order;
	struct layout layout;
	bool asked_columns;
	struct bindings bindings;
	struct command command;
	struct store *store;
	struct jobs *jobs;
	struct loader *loader;
	struct app *app;
	struct grid grid;
	enum app_want want;
};

static _Noreturn void stop(const struct test *t, const char *why,
			   const char *what)
{
	fprintf(stderr, "%s:%d: %s: %s\n", t->name, t->line, why, what);
	exit(1);
}

static char *next_line(struct test *t)
{
	char *line = t->text.p + t->at, *end;

	if (t->at >= t->text.n)
		return NULL;
	end = memchr(line, '\n', t->text.n - t->at);
	if (!end)
		stop(t, "no line break at the end", "");
	t->at += (size_t)(end - line) + 1;
	t->line++;
	return line;
}

static void read_file(struct test *t)
{
	FILE *file = fopen(t->name, "rb");
	size_t n;

	if (!file)
		stop(t, "cannot be read", t->name);
	do {
		n = fread(buffer_room(&t->text, 4096), 1, 4096, file);
		t->text.n += n;
	} while (n > 0);
	fclose(file);
}

static void write_file(struct test *t)
{
	FILE *file;

	if (span_equal(buffer_span(&t->text), buffer_span(&t->out)))
		return;
	file = fopen(t->name, "wb");
	if (!file || fwrite(t->out.p, 1, t->out.n, file) != t->out.n ||
	    fclose(file) != 0)
		stop(t, "cannot be written", t->name);
	fprintf(stderr, "%s: rewritten\n", t->name);
}

static void never(void)
{
}

/* Loads and starts, once. */
static void start(struct test *t)
{
	const char *source = getenv("ACMTUI_SOURCE");

	if (t->app)
		return;
	/* So that names of files are the same everywhere. */
	if (source && chdir(source) != 0)
		stop(t, "no such folder", source);
	t->store = store_new(FIELD_COUNT);
	store_set_masks(t->store, (struct store_masks){
		secret_name, secret_sized, t->grid.set == SHOW_ASCII});
	store_set_remarks(t->store, index_remarks());
	t->jobs = jobs_new(2);
	t->loader = loader_new(t->store, t->jobs, &(struct loader_options){
		.strict = false});
	loader_start(t->loader, (const char *const *)t->paths, t->path_count);
	loader_wait(t->loader);
	t->layout.set = t->grid.set;
	t->command = (struct command){
		.path = (const char *const *)t->paths,
		.paths = t->path_count};
	t->app = app_new(&(struct app_options){
		.store = t->store, .wake = never, .filter = span_of(t->filter),
		.order = t->order, .set = t->grid.set,
		.command = &t->command, .bindings = &t->bindings,
		.layout = t->asked_columns ? &t->layout : NULL,
	});
	if (t->grid.rows == 0)
		grid_resize(&t->grid, 24, 80);
}

static void draw(struct test *t)
{
	start(t);
	do {
		while (app_work(t->app))
			;
	} while (app_resume(t->app, &t->want));
	app_draw(t->app, &t->grid);
}

static void do_load(struct test *t, char *words)
{
	bool quoted;
	char *word;

	while ((word = script_word(&words, &quoted))) {
		if (t->path_count == PATHS)
			stop(t, "too many paths", word);
		t->paths[t->path_count++] = memory_copy(word, strlen(word));
	}
}

static void do_size(struct test *t, char *words)
{
	int rows, columns;

	if (sscanf(words, "%dx%d", &columns, &rows) != 2)
		stop(t, "a size is COLUMNSxROWS", words);
	grid_resize(&t->grid, rows, columns);
}

static void do_ascii(struct test *t, char *words)
{
	(void)words;
	t->grid.set = SHOW_ASCII;
}

static void do_zone(struct test *t, char *words)
{
	if (setenv("TZ", words, 1) != 0)
		stop(t, "zone", words);
	tzset();
}

static void do_filter(struct test *t, char *words)
{
	snprintf(t->filter, sizeof t->filter, "%s", words);
}

static void do_bind(struct test *t, char *words)
{
	struct span keys = span_of(words), name = {words, 0};
	struct error err;

	name.n = strcspn(words, " ");
	keys = span_from(keys, name.n);
	if (!bindings_change(&t->bindings, name, keys, &err))
		stop(t, "bind", err.text);
}

static void do_sort(struct test *t, char *words)
{
	struct error err;

	if (!order_parse(span_of(words), &t->order, &err))
		stop(t, "sort", err.text);
}

static void do_columns(struct test *t, char *words)
{
	struct error err;

	if (!layout_parse(&t->layout, span_of(words), &err))
		stop(t, "columns", err.text);
	t->asked_columns = true;
}

/* For tests/cli/actions_test.py: what the key does. */
static void tell_action(struct test *t, uint32_t key)
{
	enum action action = bindings_action(t->app->bindings, key,
					     app_place(t->app));

	if (t->tell && action != ACTION_NONE)
		printf("%s\n", actions_info(action)->name);
}

static void press(struct test *t, uint32_t key)
{
	tell_action(t, key);
	t->want = app_key(t->app, key);
}

static void type(struct test *t, const char *text)
{
	for (const char *p = text; *p;) {
		struct span rest = span_of(p);
		uint32_t key = ' ';
		size_t n = 1;

		/* A character is the shortest head that is one. */
		while (*p != ' ' && n <= 4 &&
		       !keys_parse((struct span){p, n}, &key))
			n++;
		if (n > rest.n)
			stop(t, "no character", text);
		press(t, key);
		p += n;
	}
}

static void press_all(struct test *t, char *words, bool quick)
{
	bool quoted;
	char *word;
	uint32_t key;

	draw(t);
	while ((word = script_word(&words, &quoted))) {
		if (quoted)
			type(t, word);
		else if (keys_parse(span_of(word), &key))
			press(t, key);
		else
			stop(t, "no key", word);
		if (!quick)
			draw(t);
	}
}

static void do_key(struct test *t, char *words)
{
	press_all(t, words, false);
}

static void do_quick(struct test *t, char *words)
{
	press_all(t, words, true);
}

static void do_paste(struct test *t, char *words)
{
	bool quoted;
	char *word = script_word(&words, &quoted);

	draw(t);
	app_paste(t->app, span_of(word ? word : ""));
	draw(t);
}

static void do_click(struct test *t, char *words)
{
	int row, column;

	if (sscanf(words, "%d %d", &row, &column) != 2)
		stop(t, "a place is ROW COLUMN", words);
	draw(t);
	app_mouse(t->app, APP_CLICK, row, column);
	draw(t);
}

static void do_wheel(struct test *t, char *words)
{
	bool up = strncmp(words, "up ", 3) == 0;
	int row, column;

	if (sscanf(words, "%*s %d %d", &row, &column) != 2)
		stop(t, "up or down, and a place is ROW COLUMN", words);
	draw(t);
	app_mouse(t->app, up ? APP_WHEEL_UP : APP_WHEEL_DOWN, row, column);
	draw(t);
}

static void do_want(struct test *t, char *words)
{
	static const char *const names[] = {
		[APP_NOTHING] = "nothing", [APP_QUIT] = "quit",
		[APP_SUSPEND] = "suspend", [APP_REDRAW] = "redraw",
		[APP_SETTINGS] = "settings", [APP_CLIPBOARD] = "clipboard",
	};

	if (strcmp(words, names[t->want]) != 0)
		stop(t, "is wanted", names[t->want]);
}

static void do_cursor(struct test *t, char *words)
{
	char now[64] = "none";

	draw(t);
	if (t->grid.cursor_row >= 0)
		snprintf(now, sizeof now, "%s%d %d",
			 t->grid.cursor_seen ? "" : "hidden ",
			 t->grid.cursor_row, t->grid.cursor_column);
	if (strcmp(words, now) != 0)
		stop(t, "the cursor is at", now);
}

enum layer { LAYER_TEXT, LAYER_ROLES, LAYER_MARKS };

static char mark_letter(unsigned mark)
{
	return mark & THEME_HIT ? 'h' : mark & THEME_CURSOR ? 'c'
	       : mark & THEME_SELECTED ? 's'
	       : mark & THEME_AWAY ? 'a' : ' ';
}

static void add_row(struct test *t, int row, enum layer layer,
		    struct buffer *out)
{
	buffer_add_byte(out, '|');
	for (int i = 0; i < t->grid.columns; i++) {
		const struct grid_cell *cell = grid_cell(&t->grid, row, i);
		bool blank = cell->length == 1 && cell->text[0] == ' ';

		if (layer == LAYER_TEXT)
			buffer_add(out, cell->text, cell->length);
		else if (layer == LAYER_MARKS)
			buffer_add_byte(out, mark_letter(cell->mark));
		else
			buffer_add_byte(out, blank ? ' ' : theme_letter(
						(enum role)cell->role));
	}
	buffer_add_text(out, "|\n");
}

/* The block that follows, line by line, against rows FROM to TO. */
static void check_block(struct test *t, int from, int to, enum layer layer)
{
	struct buffer is = {0};
	size_t begin;
	struct span wanted;

	draw(t);
	if (from < 0 || to > t->grid.rows)
		stop(t, "no such row", "");
	for (int row = from; row < to; row++)
		add_row(t, row, layer, &is);
	begin = t->at;
	while (t->at < t->text.n && t->text.p[t->at] == '|')
		next_line(t);
	wanted = (struct span){t->text.p + begin, t->at - begin};
	if (!t->update && !span_equal(wanted, buffer_span(&is))) {
		fprintf(stderr, "%s:%d: it should be\n%.*sbut it is\n%s",
			t->name, t->line, (int)wanted.n, wanted.p,
			buffer_text(&is));
		t->failed = true;
	}
	buffer_add_span(&t->out, buffer_span(&is));
	buffer_free(&is);
}

static void do_screen(struct test *t, char *words)
{
	(void)words;
	draw(t);
	check_block(t, 0, t->grid.rows, LAYER_TEXT);
}

static int row_number(const struct test *t, const char *words)
{
	int row;

	if (sscanf(words, "%d", &row) != 1)
		stop(t, "no row", words);
	return row < 0 ? t->grid.rows + row : row;
}

static void do_row(struct test *t, char *words)
{
	check_block(t, row_number(t, words), row_number(t, words) + 1,
		    LAYER_TEXT);
}

static void do_roles(struct test *t, char *words)
{
	check_block(t, row_number(t, words), row_number(t, words) + 1,
		    LAYER_ROLES);
}

static void do_marks(struct test *t, char *words)
{
	check_block(t, row_number(t, words), row_number(t, words) + 1,
		    LAYER_MARKS);
}

static const struct {
	const char *name;
	bool before;
	void (*run)(struct test *, char *words);
} commands[] = {
	{"load", true, do_load}, {"filter", true, do_filter},
	{"sort", true, do_sort}, {"columns", true, do_columns},
	{"ascii", true, do_ascii}, {"zone", true, do_zone},
	{"bind", true, do_bind},
	{"size", false, do_size},
	{"key", false, do_key}, {"quick", false, do_quick},
	{"paste", false, do_paste},
	{"click", false, do_click}, {"wheel", false, do_wheel},
	{"want", false, do_want}, {"cursor", false, do_cursor},
	{"screen", false, do_screen}, {"row", false, do_row},
	{"roles", false, do_roles}, {"marks", false, do_marks},
};

static void run(struct test *t, char *line)
{
	bool quoted;
	const char *name = script_word(&line, &quoted);

	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
		if (strcmp(name, commands[i].name) != 0)
			continue;
		if (commands[i].before && t->app)
			stop(t, "comes too late", name);
		commands[i].run(t, line);
		return;
	}
	stop(t, "no such command", name);
}

static void run_all(struct test *t)
{
	char *line;

	while ((line = next_line(t))) {
		size_t n = (size_t)(t->text.p + t->at - line);
		char *copy = memory_copy(line, n - 1);

		buffer_add(&t->out, line, n);
		if (copy[0] && copy[0] != '#')
			run(t, copy);
		free(copy);
	}
}

static void finish(struct test *t)
{
	app_free(t->app);
	bindings_free(&t->bindings);
	loader_free(t->loader);
	jobs_free(t->jobs);
	store_free(t->store);
	for (size_t i = 0; i < t->path_count; i++)
		free(t->paths[i]);
	layout_free(&t->layout);
	order_free(&t->order);
	grid_free(&t->grid);
	buffer_free(&t->text);
	buffer_free(&t->out);
}

int main(int argc, char **argv)
{
	const char *update = getenv("ACMTUI_UPDATE");
	char path[PATH_MAX];
	struct test t = {.update = update && strcmp(update, "1") == 0};
	bool failed;

	if (argc != 2) {
		fprintf(stderr, "usage: drive TEST\n");
		return 99;
	}
	t.name = realpath(argv[1], path);
	if (!t.name) {
		fprintf(stderr, "%s: cannot be read\n", argv[1]);
		return 99;
	}
	t.tell = getenv("ACMTUI_TELL_ACTIONS");
	read_file(&t);
	run_all(&t);
	failed = t.failed;
	if (t.update)
		write_file(&t);
	finish(&t);
	return failed;
}
