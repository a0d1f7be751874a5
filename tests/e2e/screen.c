/* What tests/screens/drive.c does with the model, done with the whole program on
 * its terminal, so that both have to agree: at the end of each step, whenever the
 * answers to it came.  (Columns that show no row keep the widths of what was last
 * seen; that is no promise.)  Knows the commands that only screen tests have;
 * roles and marks, which a terminal does not keep, are left to the model. */
#define _GNU_SOURCE
#include "screen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Names of files are the same as from the top of the sources. */
static void link_sources(struct scene *s, const char *name)
{
	const char *source = getenv("ACMTUI_SOURCE");
	char from[1024], to[128];

	snprintf(from, sizeof from, "%s/%s", source ? source : ".", name);
	snprintf(to, sizeof to, "%s/%s", s->folder, name);
	if (symlink(from, to) != 0)
		scene_fail(s, "cannot link %s", from);
}

static void begin(struct scene *s)
{
	if (s->argument_count > 0)
		return;
	scene_argument(s, "acmtui");
	link_sources(s, "data");
	link_sources(s, "tests");
}

static void option(struct scene *s, const char *name, const char *value)
{
	begin(s);
	scene_argument(s, name);
	if (value)
		scene_argument(s, value);
}

static void do_load(struct scene *s, struct script *script, char *words)
{
	bool quoted;
	char *word;

	(void)script;
	begin(s);
	while ((word = script_word(&words, &quoted)))
		scene_argument(s, word);
}

static void do_filter(struct scene *s, struct script *script, char *words)
{
	(void)script;
	option(s, "-f", words);
}

static void do_sort(struct scene *s, struct script *script, char *words)
{
	(void)script;
	option(s, "-s", words);
}

static void do_columns(struct scene *s, struct script *script, char *words)
{
	(void)script;
	option(s, "-c", words);
}

static void do_ascii(struct scene *s, struct script *script, char *words)
{
	(void)script;
	(void)words;
	option(s, "--ascii", NULL);
}

static void do_zone(struct scene *s, struct script *script, char *words)
{
	char setting[64];

	(void)script;
	snprintf(setting, sizeof setting, "TZ=%s", words);
	scene_environment(s, setting);
}

/* All that are bound stand in one configuration. */
static void do_bind(struct scene *s, struct script *script, char *words)
{
	FILE *file = scene_file(s, "config.json");
	bool more;

	option(s, "--config", "config.json");
	fprintf(file, "{\"keys\": {");
	do {
		size_t n = strcspn(words, " ");

		fprintf(file, "\"%.*s\": \"%s\"", (int)n, words,
			words + n + strspn(words + n, " "));
		more = script_next(script, "bind ", &words);
		fputs(more ? ", " : "}}\n", file);
	} while (more);
	fclose(file);
}

static void press(struct scene *s, struct script *script, char *words,
		  bool quick)
{
	char *rest, *word;
	bool quoted;

	if (s->ended)
		scene_fail(s, "it has ended");
	/* Only what is expected to may be sent to the clipboard. */
	s->oracle.clipboard = script_next(script, "want clipboard", &rest);
	while ((word = script_word(&words, &quoted))) {
		scene_key(s, word, quoted);
		if (!quick)
			scene_settle(s);
	}
	scene_settle(s);
	if (s->oracle.clipboard && !s->oracle.copied[0])
		scene_fail(s, "nothing was sent to the clipboard");
}

static void do_key(struct scene *s, struct script *script, char *words)
{
	press(s, script, words, false);
}

static void do_quick(struct scene *s, struct script *script, char *words)
{
	press(s, script, words, true);
}

/* BUTTON: as xterm reports it (SGR 1006). */
static void mouse(struct scene *s, int button, const char *place)
{
	int row = 0, column = 0;
	char bytes[64];

	if (sscanf(place, "%d %d", &row, &column) != 2)
		scene_fail(s, "a place is ROW COLUMN");
	snprintf(bytes, sizeof bytes, "\033[<%d;%d;%dM", button, column + 1,
		 row + 1);
	scene_send(s, bytes);
	scene_settle(s);
}

static void do_click(struct scene *s, struct script *script, char *words)
{
	(void)script;
	mouse(s, 0, words);
}

static void do_wheel(struct scene *s, struct script *script, char *words)
{
	(void)script;
	mouse(s, strncmp(words, "up ", 3) == 0 ? 64 : 65,
	      words + strcspn(words, " "));
}

static void do_want(struct scene *s, struct script *script, char *words)
{
	(void)script;
	if (strcmp(words, "quit") == 0) {
		scene_check_exit(s, "0");
		scene_check_given_back(s);
	} else if (s->ended) {
		scene_fail(s, "it has ended");
	}
}

static void do_unseen(struct scene *s, struct script *script, char *words)
{
	(void)s;
	(void)words;
	while (script_block_line(script))
		;
}

static const struct scene_command commands[] = {
	{"load", true, do_load}, {"filter", true, do_filter},
	{"sort", true, do_sort}, {"columns", true, do_columns},
	{"ascii", true, do_ascii}, {"zone", true, do_zone},
	{"bind", true, do_bind},
	{"key", false, do_key}, {"quick", false, do_quick},
	{"click", false, do_click}, {"wheel", false, do_wheel},
	{"want", false, do_want},
	{"roles", false, do_unseen}, {"marks", false, do_unseen},
};

const struct scene_command *screen_command(const char *name)
{
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}
