/* What was asked for: command line and configuration made into a filter, an
 * order, columns and an output.  Nothing has been loaded yet. */
#ifndef REQUEST_H
#define REQUEST_H

#include "base/buffer.h"
#include "config.h"
#include "options.h"
#include "query/filter.h"
#include "query/order.h"
#include "text/show.h"
#include "trail/secret_choices.h"
#include "view/bindings.h"
#include "view/layout.h"
#include "write/command.h"
#include "write/notes_file.h"
#include "write/output.h"

#include <stdbool.h>
#include <stddef.h>

/* What standard output is. */
struct request_place {
	bool terminal;
	size_t width;           /* of the terminal */
	bool utf8;              /* the locale's encoding */
};

struct request {
	const struct options *options;
	struct buffer filter_text;      /* of all filters, a blank between */
	struct filter *filter;
	struct filter_view view;        /* what filters are read with */
	struct lists *lists;
	struct config_entry *saved;     /* of the configuration */
	size_t saved_count;
	int64_t since;                  /* of --since when it hangs on nothing,
					   or STAMP_NONE */
	struct buffer config_folder;    /* where more lists may lie; empty: it
					   is not known */
	struct order order;
	struct layout layout;           /* of the screen */
	bool usual_columns;             /* nobody asked for those in it */
	bool headless;
	struct output output;           /* of headless */
	struct command command;         /* that was given */
	char *command_option[OPTION_COUNT];
	char *folder;           /* in which it was started, or NULL */
	struct secret_choices *choices; /* what is masked and shown beyond
					   the policy */
	bool notes_given;
	struct notes_file notes;        /* of --notes; open for writing when
					   there is a screen */
	struct bindings bindings;       /* of the screen */
	enum show_set set;
	bool ascii;                     /* of masks: as asked for; what programs
					   read does not hang on the locale */
	enum stamp_zone zone;
	enum options_color color;       /* NO_COLOR is regarded */
	enum theme_background theme;
	bool clipboard;
	const char *const *path;
	size_t paths;
	char *sample;                   /* the path of --demo */
};

/* Makes the request.  What is wrong, and what was left out of the
 * configuration, is appended to SAID as lines for standard error.  False when
 * it is wrong usage.  Free with request_free in both cases. */
bool request_make(struct request *, const struct options *,
		  const struct request_place *, struct buffer *said);
void request_free(struct request *);

/* Reads the filter again, now that first and last time of the data are known.
 * What is wrong with it is appended to SAID. */
bool request_settle(struct request *, int64_t first, int64_t last,
		    struct buffer *said);

#endif
