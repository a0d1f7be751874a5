/* Owns the reading of the command line, driven by options.def.  Knows no other
 * room's business: it hands on texts. */
#include "options.h"

#include "base/memory.h"
#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

enum { HELP_COLUMN = 26, HELP_WIDTH = 79, JOBS_MOST = 1024 };

static const struct option_info table[] = {
#define OPTION(id, name, letter, argument, help) \
	{name, letter, argument, help},
#include "options.def"
#undef OPTION
};

const struct option_info *options_info(enum option o)
{
	return &table[o];
}

/* The option, or OPTION_COUNT and ERR. */
static enum option find_name(struct span name, struct error *err)
{
	const char *names[OPTION_COUNT];
	const char *nearest;

	for (int o = 0; o < OPTION_COUNT; o++) {
		if (span_is(name, table[o].name))
			return (enum option)o;
		names[o] = table[o].name;
	}
	error_set(err, "--%.*s: no such option",
		  (int)(name.n < 200 ? name.n : 200), name.p);
	nearest = nearest_name(name, names, OPTION_COUNT);
	if (nearest)
		error_hint(err, "--%s?", nearest);
	else
		error_hint(err, "acmtui --help lists them");
	return OPTION_COUNT;
}

static enum option find_letter(char letter, struct error *err)
{
	for (int o = 0; o < OPTION_COUNT; o++)
		if (table[o].letter && table[o].letter == letter)
			return (enum option)o;
	error_set(err, "-%c: no such option", letter);
	error_hint(err, "acmtui --help lists them");
	return OPTION_COUNT;
}

/* A number of bytes: 1048576, 512M, 2G, 2GiB; powers of 1024. */
static bool parse_size(const char *text, uint64_t *size)
{
	static const char units[] = "KMGT";
	uint64_t n = 0;
	const char *p = text;

	for (; *p >= '0' && *p <= '9'; p++) {
		if (n > (UINT64_MAX - 9) / 10)
			return false;
		n = n * 10 + (uint64_t)(*p - '0');
	}
	if (p == text || n == 0)
		return false;
	if (*p) {
		const char *unit = strchr(units, *p & ~0x20);
		unsigned shift;

		if (!unit || !*unit)
			return false;
		shift = (unsigned)(unit - units + 1) * 10;
		if (n > UINT64_MAX >> shift)
			return false;
		n <<= shift;
		p++;
	}
	if (*p && strcmp(p, "B") != 0 && strcmp(p, "iB") != 0)
		return false;
	*size = n;
	return true;
}

static bool read_size(const char *text, uint64_t *size, const char *name,
		      struct error *err)
{
	if (parse_size(text, size))
		return true;
	error_set(err, "--%s: not a size: %s", name, text);
	return error_hint(err, "bytes, or 512M, 2G");
}

static bool read_jobs(const char *text, unsigned *jobs, struct error *err)
{
	char *end;
	unsigned long n = strtoul(text, &end, 10);

	if (*text >= '0' && *text <= '9' && !*end && n > 0 && n <= JOBS_MOST) {
		*jobs = (unsigned)n;
		return true;
	}
	return error_set(err, "--jobs: not a number from 1 to %d: %s",
			 JOBS_MOST, text);
}

bool options_parse_color(const char *text, enum options_color *color)
{
	static const char *const names[] = {"auto", "always", "never"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(text, names[i]) == 0) {
			*color = (enum options_color)i;
			return true;
		}
	return false;
}

static void add_filter(struct options *options, const char *text, bool file)
{
	options->filter = memory_resize(options->filter, options->filters + 1,
					sizeof *options->filter);
	options->filter[options->filters++] =
		(struct options_filter){text, file};
}

static void add_path(struct options *options, const char *path)
{
	options->path = memory_resize(options->path, options->paths + 1,
				      sizeof *options->path);
	options->path[options->paths++] = path;
}

static bool take(struct options *options, enum option o, const char *argument,
		 struct error *err)
{
	options->given[o] = true;
	options->argument[o] = argument;
	switch (o) {
	case OPTION_FILTER:
		add_filter(options, argument, false);
		return true;
	case OPTION_FILTER_FILE:
		add_filter(options, argument, true);
		return true;
	case OPTION_JOBS:
		return read_jobs(argument, &options->jobs, err);
	case OPTION_MAX_INFLATE:
		return read_size(argument, &options->max_inflate,
				 table[o].name, err);
	case OPTION_MAX_MEMORY:
		return read_size(argument, &options->max_memory,
				 table[o].name, err);
	case OPTION_COLOR:
		if (options_parse_color(argument, &options->color))
			return true;
		return error_set(err, "--color: not auto, always or never: %s",
				 argument);
	case OPTION_THEME:
		if (theme_parse(span_of(argument), &options->theme))
			return true;
		return error_set(err, "--theme: not dark, light or mono: %s",
				 argument);
	default:
		return true;
	}
}

static bool take_long(struct options *options, char *const *argv, int argc,
		      int *i, struct error *err)
{
	const char *word = argv[*i] + 2;
	const char *equals = strchr(word, '=');
	struct span name = equals ? (struct span){word, (size_t)(equals - word)}
				  : span_of(word);
	const char *argument = equals ? equals + 1 : NULL;
	enum option o = find_name(name, err);

	if (o == OPTION_COUNT)
		return false;
	if (!table[o].argument && argument)
		return error_set(err, "--%s: takes no argument",
				 table[o].name);
	if (table[o].argument && !argument) {
		if (*i + 1 >= argc)
			return error_set(err, "--%s: %s is missing",
					 table[o].name, table[o].argument);
		argument = argv[++*i];
	}
	return take(options, o, argument, err);
}

/* -abc, -oFORMAT and -o FORMAT. */
static bool take_letters(struct options *options, char *const *argv, int argc,
			 int *i, struct error *err)
{
	for (const char *p = argv[*i] + 1; *p; p++) {
		const char *argument = NULL;
		enum option o = find_letter(*p, err);

		if (o == OPTION_COUNT)
			return false;
		if (!table[o].argument) {
			if (!take(options, o, NULL, err))
				return false;
			continue;
		}
		if (p[1])
			argument = p + 1;
		else if (*i + 1 < argc)
			argument = argv[++*i];
		else
			return error_set(err, "-%c: %s is missing", *p,
					 table[o].argument);
		return take(options, o, argument, err);
	}
	return true;
}

static bool reads_input(const struct options *options)
{
	for (size_t i = 0; i < options->paths; i++)
		if (strcmp(options->path[i], "-") == 0)
			return true;
	return false;
}

/* What no option can tell alone. */
static bool check(const struct options *options, struct error *err)
{
	unsigned inputs = reads_input(options);

	for (size_t i = 0; i < options->filters; i++)
		if (options->filter[i].file &&
		    strcmp(options->filter[i].text, "-") == 0)
			inputs++;
	if (inputs > 1)
		return error_set(err, "-: standard input can be read once, "
				 "as --filter-file or as PATH");
	if (options->given[OPTION_DEMO] && options->paths > 0)
		return error_set(err, "--demo: takes no PATH");
	if (options->given[OPTION_CONFIG] && options->given[OPTION_NO_CONFIG])
		return error_set(err, "--config: not with --no-config");
	return true;
}

bool options_parse(struct options *options, int argc, char *const *argv,
		   struct error *err)
{
	*options = (struct options){0};
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i];

		if (strcmp(word, "--") == 0) {
			while (++i < argc)
				add_path(options, argv[i]);
			break;
		}
		if (word[0] != '-' || word[1] == '\0') {
			add_path(options, word);
			continue;
		}
		if (word[1] == '-' ? !take_long(options, argv, argc, &i, err)
				   : !take_letters(options, argv, argc, &i,
						   err))
			return false;
	}
	return check(options, err);
}

void options_free(struct options *options)
{
	free(options->filter);
	free(options->path);
	*options = (struct options){0};
}

/* TEXT in lines that begin at HELP_COLUMN; the first one is there already. */
static void wrap(struct buffer *out, const char *text)
{
	size_t column = HELP_COLUMN;

	while (*text) {
		size_t word = strcspn(text, " ");

		if (column > HELP_COLUMN && column + 1 + word > HELP_WIDTH) {
			buffer_printf(out, "\n%*s", HELP_COLUMN, "");
			column = HELP_COLUMN;
		} else if (column > HELP_COLUMN) {
			buffer_add_byte(out, ' ');
			column++;
		}
		buffer_add(out, text, word);
		column += word;
		text += word;
		text += *text == ' ';
	}
	buffer_add_byte(out, '\n');
}

void options_help(struct buffer *out)
{
	buffer_add_text(out,
		"Usage: acmtui [OPTION]... [PATH]...\n"
		"Explore AWS CloudTrail logs in a terminal, or print, count "
		"and export them.\n"
		"PATH is a file, a folder, or - for standard input.\n\n");
	for (int o = 0; o < OPTION_COUNT; o++) {
		const struct option_info *info = &table[o];
		size_t from = out->n;

		if (info->letter)
			buffer_printf(out, "  -%c, --%s", info->letter,
				      info->name);
		else
			buffer_printf(out, "      --%s", info->name);
		if (info->argument)
			buffer_printf(out, "=%s", info->argument);
		if (out->n - from + 2 > HELP_COLUMN) {
			buffer_add_byte(out, '\n');
			from = out->n;
		}
		buffer_printf(out, "%*s",
			      (int)(HELP_COLUMN - (out->n - from)), "");
		wrap(out, info->help);
	}
	buffer_add_text(out,
		"\nExit status as grep's: 0 something matched; 1 nothing did; "
		"2 wrong usage, or\nnothing matched and something was not read "
		"or not decided, or any problem\nunder --strict; 130 "
		"interrupted.\n");
}
