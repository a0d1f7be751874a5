/* A text of any length in lines of a pane's width, to be scrolled through. */
#ifndef VIEW_PAGE_H
#define VIEW_PAGE_H

#include "base/buffer.h"
#include "base/span.h"
#include "text/show.h"
#include "view/pane.h"

#include <stdbool.h>
#include <stddef.h>

/* Zero-initialised is an empty text. */
struct page {
	struct buffer text;
	struct pane pane;               /* of the lines as wrapped */
	size_t *lines;                  /* where each begins, and the end */
	size_t capacity;
	size_t columns;                 /* for which it was wrapped; 0: not */
	size_t indent;                  /* wanted for lines that go on, which
					   begin with a word then */
	size_t indented;                /* by so many columns they are */
};

void page_free(struct page *);

/* Copies TEXT. */
void page_set(struct page *, struct span text);

/* Breaks the text at its line feeds, and where a line is wider than COLUMNS
 * (one at least). */
void page_wrap(struct page *, size_t columns, enum show_set);

/* Line I as wrapped, without its line feed; still to be sent through text/show.
 */
struct span page_line(const struct page *, size_t i);

/* Whether it goes on with the line before. */
bool page_goes_on(const struct page *, size_t i);

#endif
