/* The command line: what options.def allows, read into one struct.  Judges what
 * an argument looks like; what filters, columns and formats mean is told
 * elsewhere. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "base/buffer.h"
#include "base/error.h"
#include "screen/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum option {
#define OPTION(id, name, letter, argument, help) OPTION_##id,
#include "options.def"
#undef OPTION
	OPTION_COUNT
};

struct option_info {
	const char *name;       /* without its dashes */
	char letter;            /* or 0 */
	const char *argument;   /* what it is called, or NULL */
	const char *help;
};

enum options_color { OPTIONS_AUTO, OPTIONS_ALWAYS, OPTIONS_NEVER };

/* A filter of -f, or the name of a file of -F. */
struct options_filter {
	const char *text;
	bool file;
};

/* All texts are borrowed from argv. */
struct options {
	bool given[OPTION_COUNT];
	const char *argument[OPTION_COUNT];     /* the last one given */
	struct options_filter *filter;
	size_t filters;
	const char **path;
	size_t paths;
	unsigned jobs;          /* 0: not given */
	uint64_t max_inflate;   /* bytes; 0: not given */
	uint64_t max_memory;
	enum options_color color;
	enum theme_background theme;
};

const struct option_info *options_info(enum option);

/* Reads ARGV from its second entry on; options and paths may be mixed, `--`
 * ends the options.  ERR has a hint where there is a near name.  Free with
 * options_free in both cases. */
bool options_parse(struct options *, int argc, char *const *argv,
		   struct error *err);
void options_free(struct options *);

/* `auto`, `always` or `never`. */
bool options_parse_color(const char *text, enum options_color *);

/* What --help prints, at most 79 columns wide. */
void options_help(struct buffer *out);

#endif
