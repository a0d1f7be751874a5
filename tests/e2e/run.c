/* Runs one scenario: the real program on a real terminal line, seen through an
 * emulator, every byte of it judged.  `run FILE` prints nothing when all that
 * the scenario promises holds.
 *
 * Before all:  each WORD...   the scenario is run for every word, $each is it
 * Before it starts:  program NAME [ARGUMENT]...   (beside the tests or built)
 *   term NAME, size COLUMNSxROWS, env NAME=VALUE, input FILE, secret TEXT,
 *   file NAME and a block of lines that begin with |, nohup, fifo NAME,
 *   large NAME EVENTS LENGTH (each with a userAgent of so many letters a, and !),
 *   clipboard (it may be sent to),
 *   wait STATE (what its marks shall say from now on; idle at first)
 * After that:  keys WORD... (names of keys, or "text"), paste "text",
 *   send "bytes", size COLUMNSxROWS, storm TIMES, signal NAME, hangup,
 *   feed and a block of lines for the fifo, end (of the fifo),
 *   wait STATE, while STATE (what its marks shall say from the next command
 *   on; any), until TEXT, expect TEXT, absent TEXT, row N TEXT,
 *   row N and a block of one line, screen and a block,
 *   cursor [hidden] ROW COLUMN | none, look N TEXT WORDS,
 *   copied BASE64 (last; nothing: never), few BYTES KEYS..., writes MOST KEYS...,
 *   forgotten TEXT, remembered TEXT (in its memory),
 *   exit STATUS | exit SIGNAL, given-back, error TEXT
 *
 * A screen test (tests/screens/drive.c says what it can hold) is a scenario too.
 * It waits for the mark in the output, never for time; the deadline only ends
 * what has gone wrong. */
#define _GNU_SOURCE
#include "scene.h"
#include "screen.h"
#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *need(struct scene *s, char **arguments)
{
	bool quoted;
	const char *word = script_word(arguments, &quoted);

	if (!word)
		scene_fail(s, "a word is missing");
	return word ? word : "";
}

static void do_each(struct scene *s, struct script *script, char *arguments)
{
	(void)s;
	(void)script;
	(void)arguments;
}

static void do_program(struct scene *s, struct script *script, char *arguments)
{
	bool quoted;
	char *word;

	(void)script;
	while ((word = script_word(&arguments, &quoted)))
		scene_argument(s, word);
}

static void do_term(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	snprintf(s->term, sizeof(s->term), "%s", need(s, &arguments));
}

static void size_of(struct scene *s, char *arguments, int *rows, int *columns)
{
	if (sscanf(arguments, "%dx%d", columns, rows) != 2)
		scene_fail(s, "a size is COLUMNSxROWS");
}

static void do_size(struct scene *s, struct script *script, char *arguments)
{
	int rows = 0, columns = 0;

	(void)script;
	size_of(s, arguments, &rows, &columns);
	if (!s->started) {
		s->rows = rows;
		s->columns = columns;
		return;
	}
	scene_resize(s, rows, columns);
	scene_settle(s);
}

static void do_env(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_environment(s, need(s, &arguments));
}

static void do_input(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	snprintf(s->input, sizeof(s->input), "%s", need(s, &arguments));
}

static void do_secret(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_secret(s, need(s, &arguments));
}

static void do_file(struct scene *s, struct script *script, char *arguments)
{
	FILE *file = scene_file(s, need(s, &arguments));
	char *line;

	while ((line = script_block_line(script)))
		fprintf(file, "%s\n", line);
	fclose(file);
}

static void do_large(struct scene *s, struct script *script, char *arguments)
{
	FILE *file = scene_file(s, need(s, &arguments));
	int events = 0, length = 0;

	(void)script;
	if (sscanf(arguments, "%d %d", &events, &length) != 2)
		scene_fail(s, "large NAME EVENTS LENGTH");
	for (int i = 0; i < events; i++) {
		fprintf(file, "{\"eventVersion\":\"1.08\",\"eventID\":\"%d\","
			"\"eventName\":\"E%d\",\"userAgent\":\"", i, i);
		for (int k = 0; k < length; k++)
			putc('a', file);
		fprintf(file, "!\"}\n");
	}
	fclose(file);
}

static void do_fifo(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_fifo(s, need(s, &arguments));
}

/* Lines that begin with | go into the FIFO. */
static void do_feed(struct scene *s, struct script *script, char *arguments)
{
	char *line;

	(void)arguments;
	while ((line = script_block_line(script)))
		scene_feed(s, line);
	scene_settle(s);
}

static void do_end(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	(void)arguments;
	scene_feed(s, NULL);
	snprintf(s->state, sizeof(s->state), "idle");
	scene_settle(s);
}

static void do_keys(struct scene *s, struct script *script, char *arguments)
{
	bool quoted;
	char *word;

	(void)script;
	while ((word = script_word(&arguments, &quoted)))
		scene_key(s, word, quoted);
	scene_settle(s);
}

static void do_send(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_send(s, need(s, &arguments));
	scene_settle(s);
}

static void do_paste(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_send(s, "\033[200~");
	scene_send(s, need(s, &arguments));
	scene_send(s, "\033[201~");
	scene_settle(s);
}

static void do_storm(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_storm(s, atoi(need(s, &arguments)));
}

static void do_signal(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_signal(s, need(s, &arguments));
}

static void do_hangup(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	(void)arguments;
	scene_hang_up(s);
}

static void do_nohup(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	(void)arguments;
	s->nohup = true;
}

static void do_while(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	snprintf(s->state, sizeof(s->state), "%s", need(s, &arguments));
}

static void do_wait(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	snprintf(s->state, sizeof(s->state), "%s", need(s, &arguments));
	if (s->started)
		scene_settle(s);
}

static void do_expect(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	if (!scene_has(s, arguments))
		scene_fail(s, "not on the screen: %s", arguments);
}

static void do_until(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_until(s, arguments);
}

static void do_absent(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	if (scene_has(s, arguments))
		scene_fail(s, "on the screen: %s", arguments);
}

static void do_row(struct scene *s, struct script *script, char *arguments)
{
	int row = atoi(need(s, &arguments));
	char *line;

	row += row < 0 ? s->rows : 0;           /* from the end */
	if (*arguments)
		scene_check_row(s, row, arguments);
	else if ((line = script_block_line(script)))
		scene_check_line(s, row, line);
	else
		scene_fail(s, "a row is without its text");
}

static void do_cursor(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_check_cursor(s, arguments);
}

static void do_look(struct scene *s, struct script *script, char *arguments)
{
	int row = atoi(need(s, &arguments));
	const char *text = need(s, &arguments);

	(void)script;
	scene_check_look(s, row, text, arguments + strspn(arguments, " "));
}

static void do_screen(struct scene *s, struct script *script, char *arguments)
{
	char *line;
	int row = 0;

	(void)arguments;
	while ((line = script_block_line(script)))
		scene_check_line(s, row++, line);
	if (row != s->rows)
		scene_fail(s, "a screen of %d rows, not %d", row, s->rows);
}

static void do_few(struct scene *s, struct script *script, char *arguments)
{
	unsigned long long most = strtoull(need(s, &arguments), NULL, 10);
	unsigned long long before = s->oracle.sent;

	do_keys(s, script, arguments);
	if (s->oracle.sent - before > most)
		scene_fail(s, "%llu bytes were sent, at most %llu should be",
			   s->oracle.sent - before, most);
}

/* System calls so far that write; 0 where the system does not tell. */
static unsigned long long writes(const struct scene *s)
{
	unsigned long long count = 0;
	char line[128];
	FILE *file;

	snprintf(line, sizeof(line), "/proc/%ld/io", (long)s->pty.pid);
	file = fopen(line, "r");
	while (file && fgets(line, sizeof(line), file))
		if (sscanf(line, "syscw: %llu", &count) == 1)
			break;
	if (file)
		fclose(file);
	return count;
}

static void do_writes(struct scene *s, struct script *script, char *arguments)
{
	unsigned long long most = strtoull(need(s, &arguments), NULL, 10);
	unsigned long long before = writes(s), now;

	do_keys(s, script, arguments);
	now = writes(s);
	if (now - before > most)
		scene_fail(s, "it wrote %llu times, at most %llu should be",
			   now - before, most);
}

static void do_forgotten(struct scene *s, struct script *script,
			 char *arguments)
{
	(void)script;
	scene_check_memory(s, arguments, false);
}

static void do_remembered(struct scene *s, struct script *script,
			  char *arguments)
{
	(void)script;
	scene_check_memory(s, arguments, true);
}

static void do_clipboard(struct scene *s, struct script *script,
			 char *arguments)
{
	(void)script;
	(void)arguments;
	s->oracle.clipboard = true;
}

static void do_copied(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	if (strcmp(s->oracle.copied, arguments) != 0)
		scene_fail(s, "[%s] was copied, not [%s]", s->oracle.copied,
			   arguments);
}

static void do_exit(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_check_exit(s, need(s, &arguments));
}

static void do_given_back(struct scene *s, struct script *script,
			  char *arguments)
{
	(void)script;
	(void)arguments;
	scene_check_given_back(s);
}

static void do_error(struct scene *s, struct script *script, char *arguments)
{
	(void)script;
	scene_check_error(s, arguments);
}

static const struct scene_command commands[] = {
	{"each", true, do_each}, {"program", true, do_program}, {"term", true, do_term},
	{"size", true, do_size}, {"env", true, do_env},
	{"input", true, do_input}, {"secret", true, do_secret},
	{"file", true, do_file}, {"nohup", true, do_nohup},
	{"large", true, do_large}, {"fifo", true, do_fifo}, {"feed", false, do_feed}, {"end", false, do_end},
	{"keys", false, do_keys},
	{"send", false, do_send}, {"paste", false, do_paste},
	{"storm", false, do_storm},
	{"signal", false, do_signal}, {"hangup", false, do_hangup}, {"wait", true, do_wait},
	{"while", false, do_while},
	{"expect", false, do_expect}, {"until", false, do_until}, {"absent", false, do_absent},
	{"row", false, do_row}, {"cursor", false, do_cursor},
	{"look", false, do_look}, {"screen", false, do_screen},
	{"clipboard", false, do_clipboard}, {"copied", false, do_copied},
	{"few", false, do_few}, {"writes", false, do_writes},
	{"forgotten", false, do_forgotten},
	{"remembered", false, do_remembered}, {"exit", false, do_exit},
	{"given-back", false, do_given_back}, {"error", false, do_error},
};

/* Words of screen tests hold in their files only. */
static const struct scene_command *find(const char *name, const char *file)
{
	const char *end = strrchr(file, '.');
	const struct scene_command *found = NULL;

	if (end && strcmp(end, ".screen") == 0)
		found = screen_command(name);
	for (size_t i = 0; !found && i < sizeof commands / sizeof *commands; i++)
		if (strcmp(name, commands[i].name) == 0)
			found = &commands[i];
	return found;
}

static void run_line(struct scene *s, struct script *script, char *line)
{
	bool quoted;
	char *name = script_word(&line, &quoted);

	const struct scene_command *command = find(name, script->name);

	s->line = script->line;
	if (!command)
		scene_fail(s, "no such command: %s", name);
	if (!command->before)
		scene_start(s);
	command->run(s, script, line);
}

static void run_scenario(const char *name, const char *each)
{
	struct script script;
	struct scene scene;
	char *line;

	if (!script_open(&script, name, each)) {
		fprintf(stderr, "%s: cannot be read\n", name);
		exit(99);
	}
	scene_init(&scene, name, each);
	while ((line = script_line(&script)))
		run_line(&scene, &script, line);
	scene_finish(&scene);
	script_close(&script);
}

int main(int argc, char **argv)
{
	struct script script;
	char *line, *word = NULL;
	bool quoted;

	if (argc != 2 || !script_open(&script, argv[1], "")) {
		fprintf(stderr, "usage: run SCENARIO\n");
		return 99;
	}
	line = script_line(&script);
	if (line)
		word = script_word(&line, &quoted);
	if (!word || strcmp(word, "each") != 0)
		run_scenario(argv[1], "");
	else
		while ((word = script_word(&line, &quoted)))
			run_scenario(argv[1], word);
	script_close(&script);
	return 0;
}
