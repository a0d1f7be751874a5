/* Reads values whose template was met before, quicker than the scanner: what
 * stands between two tokens is compared with what stood there in other values,
 * and only the tokens are read.  Gives what scan_strict gives, or nothing. */
#ifndef JSON_GUIDE_H
#define JSON_GUIDE_H

#include "json/scan.h"

#include <stdint.h>

struct guide;

struct guide *guide_new(void);
void guide_free(struct guide *);

/* From now on values with this template, of an object and by scan_strict, are
 * known under NUMBER.  What is beyond a limit is forgotten. */
void guide_learn(struct guide *, struct span template, uint32_t number);

/* The value at FROM: the scan's tokens (its template is left empty), *AFTER as
 * of scan_strict, *NUMBER as it was learnt.  False: it has to be scanned. */
bool guide_read(const struct guide *, struct scan *, const char *from,
		const char *end, const char **after, uint32_t *number);

#endif
