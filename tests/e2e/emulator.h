/* A terminal that tests can look at: libvterm behind a few functions. */
#ifndef E2E_EMULATOR_H
#define E2E_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>

struct emulator;

struct emulator *emulator_new(int rows, int columns);
void emulator_free(struct emulator *);
void emulator_write(struct emulator *, const char *bytes, size_t n);
void emulator_resize(struct emulator *, int rows, int columns);

/* The text of a row, blanks at its end left out; the caller frees. */
char *emulator_row(const struct emulator *, int row);

/* The column where TEXT begins in a row, or -1. */
int emulator_find(const struct emulator *, int row, const char *text);

/* Words for the attributes of a cell: "bold reverse", "" for none. */
void emulator_look(const struct emulator *, int row, int column, char *out,
		   size_t most);

/* The alternate screen is shown; the cursor can be seen. */
bool emulator_alternate(const struct emulator *);
bool emulator_cursor(const struct emulator *, int *row, int *column);

#endif
