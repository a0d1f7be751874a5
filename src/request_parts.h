/* What the files of request share: the request while it is made. */
#ifndef REQUEST_PARTS_H
#define REQUEST_PARTS_H

#include "request.h"

/* The request while it is made. */
struct making {
	struct request *request;
	struct config config;
	struct buffer config_path;
	const char *config_name;
	const struct request_place *place;
	struct buffer *said;
};

/* Says what is wrong at WHERE.  Always false. */
bool request_say(struct making *, const char *where, const struct error *);

/* The filter of all options that give one, and what filters are read with. */
bool request_make_filter(struct making *);

#endif
