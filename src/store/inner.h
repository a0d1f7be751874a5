/* JSON that stood inside a value, as a document of its own: its structure as
 * store/document has it, its keys and numbers as they are written. */
#ifndef STORE_INNER_H
#define STORE_INNER_H

#include "base/buffer.h"
#include "base/span.h"
#include "json/scan.h"

#include <stdint.h>

struct cJSON;
struct inner;

/* Of one JSON object or array, which is copied; NULL when TEXT is not that.  Free
 * with inner_free, which overwrites the copy. */
struct inner *inner_new(struct span text);
void inner_free(struct inner *);

/* As of document_new. */
const struct cJSON *inner_root(const struct inner *);

/* The decoded text of the key at OFFSET, appended. */
void inner_key(const struct inner *, size_t offset, struct buffer *out);

/* The value in SLOT as it is written, with quotes where it has them, appended;
 * or what a string there means. */
void inner_token(const struct inner *, uint32_t slot, struct buffer *out);
void inner_text(const struct inner *, uint32_t slot, struct buffer *out);
enum scan_kind inner_kind(const struct inner *, uint32_t slot);

#endif
