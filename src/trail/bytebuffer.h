/* Java byte buffers as CloudTrail writes them: every member of the object, the
 * content as numbers.
 *
 *   {"hb":[45,45,…], "offset":0, "isReadOnly":false, "bigEndian":true,
 *    "nativeByteOrder":false, "mark":-1, "position":0, "limit":1674,
 *    "capacity":1674, "address":0}
 *
 * Content is hb[offset … offset + limit), each number taken modulo 256;
 * `position` says how much of it was read, which does not matter. */
#ifndef TRAIL_BYTEBUFFER_H
#define TRAIL_BYTEBUFFER_H

#include "base/buffer.h"
#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends the bytes that the text of a JSON array of numbers stands for.  False
 * when it holds anything but whole numbers from -128 to 255; OUT may have grown
 * then. */
bool bytebuffer_numbers(struct span array, struct buffer *out);

#endif
