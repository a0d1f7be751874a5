/* A scenario: a text file of commands, one a line, read word by word. */
#ifndef E2E_SCRIPT_H
#define E2E_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

struct script {
	const char *name;       /* of the file, for messages */
	char *text;
	size_t at;              /* the next line */
	int line;               /* number of the present one, from 1 */
};

/* Reads it; `$each` becomes EACH. */
bool script_open(struct script *, const char *name, const char *each);
void script_close(struct script *);

/* The next line that is no comment and not empty, or NULL; borrowed, and it may
 * be written to. */
char *script_line(struct script *);

/* The next line when it begins with `|`: what stands behind that, up to a `|`
 * at its end.  NULL when the block is over. */
char *script_block_line(struct script *);

/* Whether the next line begins with HEAD; then it is taken, and REST is what
 * stands behind that. */
bool script_next(struct script *, const char *head, char **rest);

/* The next word of a line: up to a blank, or `"…"` with C's \n \t \r \e \xHH
 * \" and \\.  QUOTED tells which.  NULL at the end; the line is cut up. */
char *script_word(char **line, bool *quoted);

#endif
