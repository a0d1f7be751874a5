/* A program on a pseudo terminal of its own. */
#ifndef E2E_PTY_H
#define E2E_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

struct pty {
	int master;
	pid_t pid;
	struct termios modes;   /* before the program began */
};

/* Starts ARGV with ENVIRONMENT in FOLDER; standard error goes to the file
 * ERRORS there, standard input is the terminal or, when INPUT is not NULL, that
 * file. */
bool pty_start(struct pty *, int rows, int columns, const char *folder,
	       const char *errors, const char *input, char *const *argv,
	       char *const *environment);

bool pty_write(struct pty *, const char *bytes, size_t n);
void pty_resize(struct pty *, int rows, int columns);

/* Waits for output, at most TIMEOUT ms: bytes read, 0 when it has ended, -1
 * when time is over. */
long pty_read(struct pty *, char *bytes, size_t most, int timeout);

/* Whether the terminal's modes are those of the beginning. */
bool pty_modes_restored(const struct pty *);

/* The status of waitpid; kills the program when it does not end by itself
 * within TIMEOUT ms. */
int pty_end(struct pty *, int timeout);

#endif
