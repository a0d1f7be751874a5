/* One program under test with all that watches it. */
#ifndef E2E_SCENE_H
#define E2E_SCENE_H

#include "emulator.h"
#include "oracle.h"
#include "pty.h"

#include <stdbool.h>
#include <stdio.h>

enum { SCENE_WORDS = 32, SCENE_STREAM = 64 << 20 };

struct scene {
	const char *name, *each;
	int line;               /* of the scenario, for messages */
	char term[64], input[256], state[16];
	char folder[64];        /* temporary: the working folder and HOME */
	int rows, columns;
	char *arguments[SCENE_WORDS], *environment[SCENE_WORDS],
	     *secrets[SCENE_WORDS], *files[SCENE_WORDS];
	size_t argument_count, environment_count, secret_count, file_count;
	int fifo;               /* our end of it, or -1 */
	bool nohup;             /* the program ignores HUP */
	bool started, ended;
	int status;             /* of waitpid, when ended */
	struct pty pty;
	struct oracle oracle;
	struct emulator *emulator;
	unsigned long long typed;       /* bytes sent to the program */
	unsigned continued;
	char *stream;           /* all it has sent */
	size_t stream_length, stream_capacity;
};

/* A word that a line of a scenario can begin with; BEFORE: it may stand before
 * the program is started. */
struct script;
struct scene_command {
	const char *name;
	bool before;
	void (*run)(struct scene *, struct script *, char *arguments);
};

/* EACH: the word of `each` it is run for, or empty. */
void scene_init(struct scene *, const char *name, const char *each);

/* Says why, shows the screen and ends the run with status 1. */
_Noreturn void scene_fail(struct scene *, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

void scene_argument(struct scene *, const char *word);
void scene_environment(struct scene *, const char *setting);
void scene_secret(struct scene *, const char *text);
/* A FIFO, which stays open until it is fed NULL. */
void scene_fifo(struct scene *, const char *name);
void scene_feed(struct scene *, const char *line);
FILE *scene_file(struct scene *, const char *name);

/* Starts the program if it has not been, and waits for its first mark. */
void scene_start(struct scene *);

void scene_send(struct scene *, const char *bytes);
void scene_key(struct scene *, const char *word, bool text);
void scene_resize(struct scene *, int rows, int columns);
void scene_storm(struct scene *, int times);
/* Takes the terminal away and waits for the program's end. */
void scene_hang_up(struct scene *);

void scene_signal(struct scene *, const char *name);

/* Reads until the mark tells that all that was sent has been taken in and
 * shown, or the program has ended. */
void scene_settle(struct scene *);

/* Reads until TEXT is on the screen. */
void scene_until(struct scene *, const char *text);

bool scene_has(struct scene *, const char *text);
void scene_check_row(struct scene *, int row, const char *text);
void scene_check_line(struct scene *, int row, const char *text);
void scene_check_cursor(struct scene *, const char *place);
void scene_check_look(struct scene *, int row, const char *text,
		      const char *words);
/* Whether a core made by force would keep TEXT; holds where the program's memory
 * cannot be looked at. */
void scene_check_memory(struct scene *, const char *text, bool kept);
void scene_check_exit(struct scene *, const char *how);
void scene_check_given_back(struct scene *);
void scene_check_error(struct scene *, const char *text);

void scene_remove_folder(const struct scene *);

/* What holds for every scenario: no fault of the oracle; no secret, and nothing
 * of the planted trail, in what was sent, said or written to files. */
void scene_finish(struct scene *);

#endif
