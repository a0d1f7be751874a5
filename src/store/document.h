/* One event as a document: for the tree pane, and as text. */
#ifndef STORE_DOCUMENT_H
#define STORE_DOCUMENT_H

#include "base/buffer.h"
#include "store/store.h"

struct cJSON;

/* The structure of an event.  Each member's `string` is the decimal offset of
 * its key in the shape's template (elements of arrays have none); each leaf is
 * a number, its slot.  Beyond 4,096 members of one object or array come pages:
 * objects or arrays of up to 4,096 whose `string` begins with '+'.  What is
 * beyond 1,000,000 nodes is left out: an empty page stands for it.  NULL when
 * there is none (a record that is one leaf).  Free with document_free. */
struct cJSON *document_new(const struct store *, struct store_event);
void document_free(struct cJSON *);

/* A node as those see it who do not know cJSON. */
enum document_kind {
	DOCUMENT_LEAF,
	DOCUMENT_OBJECT,
	DOCUMENT_ARRAY,
	DOCUMENT_PAGE
};
struct document_node {
	enum document_kind kind;
	uint32_t key;           /* its offset in the template; 0: none */
	uint32_t number;        /* a leaf's slot, or a page's first member */
};
struct document_node document_look(const struct cJSON *);
/* The first member, and the next one of the same object or array, or NULL. */
const struct cJSON *document_first(const struct cJSON *);
const struct cJSON *document_next(const struct cJSON *);

/* The same of a template alone. */
struct cJSON *document_of_template(struct span template);
void document_template_key(struct span template, size_t offset,
			   struct buffer *out);

/* The decoded text of the key at OFFSET in the shape's template, for people
 * (still to be sent through text/show). */
void document_key(const struct shape *, size_t offset, struct buffer *out);

/* The record as it stands in the log; masks in place of secrets unless CLEAR.
 * With CLEAR the bytes equal those in the file. */
void document_text(const struct store *, struct store_event, bool clear,
		   struct buffer *out);

/* As document_text, but always valid JSON on one line: relaxed and damaged
 * records are mended (keys and words quoted, brackets closed), white space
 * between tokens is left out. */
void document_line(const struct store *, struct store_event, bool clear,
		   struct buffer *out);

/* The version of cJSON. */
const char *document_version(void);

#endif
