/* What stands for a secret: the words of its mask, and texts of which parts are
 * masked. */
#ifndef STORE_MASKS_H
#define STORE_MASKS_H

#include "base/buffer.h"
#include "store/store.h"
#include "store/tags.h"

/* Appends what people may see of a secret: its kind, its length where that may
 * be told, and its tag; of a partly secret one the text with such masks in it.
 * TAGS: NULL while they are not known. */
void masks_write(const struct store_masks *, const struct tags *,
		 const struct values *, uint32_t segment, uint32_t secret,
		 struct buffer *out);

#endif
