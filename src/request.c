/* Owns how command line and configuration come together.  Writes nowhere: main
 * does. */
#define _POSIX_C_SOURCE 200809L
#include "request_parts.h"

#include "base/memory.h"
#include "messages.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool request_say(struct making *m, const char *where, const struct error *err)
{
	messages_error(m->said, m->request->set, where, err);
	return false;
}

static void say_notice(void *context, const struct error *err)
{
	struct making *m = context;

	request_say(m, m->config_name, err);
}

static bool refuse(struct making *m, const char *text, const char *hint)
{
	struct error err;

	error_set(&err, "%s", text);
	error_hint(&err, "%s", hint);
	return request_say(m, "acmtui", &err);
}

/* Whoever masks by choice must not find it shown, since something was wrong. */
static bool refuse_unmasked(struct making *m)
{
	if (m->request->options->given[OPTION_CONFIG])
		return false;
	return refuse(m, "nothing is read: it may not be known what to mask",
		      "--no-config goes on without the configuration");
}

/* A configuration that was named must be good; the usual one may be missing,
 * and what is bad in it is left out, with a message, unless it masks. */
static bool read_config(struct making *m)
{
	const struct options *options = m->request->options;
	const char *name = options->argument[OPTION_CONFIG];
	bool named = name != NULL, good = true;
	struct error err;

	if (options->given[OPTION_NO_CONFIG])
		return true;
	if (!name && config_path(&m->config_path))
		name = buffer_text(&m->config_path);
	if (!name)
		return true;
	m->config_name = name;
	if (strrchr(name, '/'))
		buffer_add(&m->request->config_folder, name,
			   (size_t)(strrchr(name, '/') - name));
	switch (config_read(&m->config, name, say_notice, m, &err)) {
	case CONFIG_READ:
		break;
	case CONFIG_PARTLY:
		good = !named;
		break;
	case CONFIG_ABSENT:
		good = !named || request_say(m, name, &err);
		break;
	case CONFIG_REFUSED:
		request_say(m, name, &err);
		good = !named;
		break;
	case CONFIG_UNMASKED:
		request_say(m, name, &err);
		good = refuse_unmasked(m);
		break;
	}
	return good;
}

/* What is wrong at a place of the configuration. */
static bool say_at(struct making *m, const struct config_place *place,
		   const struct error *err)
{
	struct error here = *err;

	error_at(&here, place->line, place->column, place->offset);
	request_say(m, m->config_name, &here);
	return !m->request->options->given[OPTION_CONFIG];
}

/* A value of the configuration that does not hold what it should; the place is
 * that of its key. */
static bool say_value(struct making *m, enum config_key key,
		      const struct error *err)
{
	return say_at(m, &m->config.value[key].place, err);
}

static void set_manner(struct making *m)
{
	struct request *r = m->request;
	const struct config_value *value = m->config.value;
	const char *no_color = getenv("NO_COLOR");

	r->ascii = r->options->given[OPTION_ASCII] || value[CONFIG_ASCII].on;
	if (r->ascii)
		r->set = SHOW_ASCII;
	r->zone = r->options->given[OPTION_LOCAL] || value[CONFIG_LOCAL].on
		? STAMP_LOCAL : STAMP_UTC;
	r->theme = r->options->theme;
	r->clipboard = value[CONFIG_CLIPBOARD].on;
	if (value[CONFIG_THEME].given && !r->options->given[OPTION_THEME])
		theme_parse(span_of(value[CONFIG_THEME].text), &r->theme);
	r->color = r->options->color;
	if (r->options->given[OPTION_COLOR])
		return;
	if (value[CONFIG_COLOR].given)
		options_parse_color(value[CONFIG_COLOR].text, &r->color);
	if (no_color && *no_color)
		r->color = OPTIONS_NEVER;
}

static bool check_looks(struct making *m)
{
	const struct config_value *color = &m->config.value[CONFIG_COLOR];
	const struct config_value *theme = &m->config.value[CONFIG_THEME];
	enum options_color one;
	enum theme_background other;
	struct error err;
	bool good = true;

	if (color->given && !options_parse_color(color->text, &one)) {
		error_set(&err, "color: not auto, always or never: %s",
			  color->text);
		good = say_value(m, CONFIG_COLOR, &err);
	}
	if (theme->given && !theme_parse(span_of(theme->text), &other)) {
		error_set(&err, "theme: not dark, light or mono: %s",
			  theme->text);
		good = say_value(m, CONFIG_THEME, &err) && good;
	}
	return good;
}

/* The keys of the configuration; a wrong one is told and leaves the usual
 * ones. */
static bool make_bindings(struct making *m)
{
	const struct config_value *keys = &m->config.value[CONFIG_KEYS];
	struct bindings *b = &m->request->bindings;
	struct error err;
	bool good = true;

	for (size_t i = 0; i < keys->entries; i++) {
		const struct config_entry *entry = &keys->entry[i];

		if (!bindings_change(b, span_of(entry->name),
				     span_of(entry->text), &err))
			good = say_at(m, &entry->place, &err) && good;
	}
	if (bindings_check(b, &err))
		return good;
	bindings_free(b);
	return say_value(m, CONFIG_KEYS, &err) && good;
}

static bool make_order(struct making *m)
{
	struct request *r = m->request;
	const char *text = r->options->argument[OPTION_SORT];
	const struct config_value *value = &m->config.value[CONFIG_SORT];
	struct error err;

	if (text) {
		if (order_parse(span_of(text), &r->order, &err))
			return true;
		messages_text_error(m->said, r->set, "--sort", span_of(text),
				    &err);
		return false;
	}
	if (!value->given ||
	    order_parse(span_of(value->text), &r->order, &err))
		return true;
	r->order = (struct order){.count = 0};
	return say_value(m, CONFIG_SORT, &err);
}

/* Of the paths that are masked by choice none may be passed over: nothing is
 * read when one is wrong. */
static bool make_choices(struct making *m)
{
	const struct config_value *mask = &m->config.value[CONFIG_MASK];
	const struct config_value *allow = &m->config.value[CONFIG_ALLOW];
	struct span masked = span_of(mask->given ? mask->text : "");
	struct span shown = span_of(allow->given ? allow->text : "");
	struct secret_choices *only;
	struct error err;

	m->request->choices = secret_choices_new(masked, shown, &err);
	if (m->request->choices)
		return true;
	only = secret_choices_new(masked, SPAN(""), &err);
	if (only)
		secret_choices_new(SPAN(""), shown, &err);
	say_value(m, only ? CONFIG_ALLOW : CONFIG_MASK, &err);
	secret_choices_free(only);
	return refuse_unmasked(m);
}

/* The columns that were asked for; *FOUND tells whether any were. */
static bool make_layout(struct making *m, struct layout *layout, bool *found)
{
	struct request *r = m->request;
	const char *text = r->options->argument[OPTION_COLUMNS];
	const struct config_value *value = &m->config.value[CONFIG_COLUMNS];
	struct error err;

	*found = true;
	if (text) {
		if (layout_parse(layout, span_of(text), &err))
			return true;
		messages_text_error(m->said, r->set, "--columns",
				    span_of(text), &err);
		return false;
	}
	if (value->given) {
		if (layout_parse(layout, span_of(value->text), &err))
			return true;
		*found = false;
		return say_value(m, CONFIG_COLUMNS, &err);
	}
	*found = false;
	return true;
}

/* What programs read does not hang on the locale. */
static bool is_for_people(const struct request *r)
{
	return !r->headless || r->output.format == OUTPUT_TABLE ||
	       (r->output.format == OUTPUT_OVERVIEW && !r->output.as_json);
}

static bool make_output(struct making *m)
{
	struct request *r = m->request;
	const struct options *options = r->options;
	const char *format = options->argument[OPTION_OUTPUT];
	struct error err;

	if (!r->headless)
		return true;
	if (!output_parse(&r->output, span_of(format ? format : "table"),
			  &err))
		return request_say(m, "acmtui", &err);
	r->output.no_header = options->given[OPTION_NO_HEADER];
	r->output.csv_raw = options->given[OPTION_CSV_RAW];
	r->output.clear = options->given[OPTION_UNMASK];
	r->output.set = r->set;
	r->output.zone = r->zone;
	r->output.width = m->place->terminal ? m->place->width : 0;
	if (options->given[OPTION_COLUMNS] && !output_has_columns(&r->output))
		return refuse(m, "--columns: for table, tsv and csv only",
			      "whole events have no columns");
	return true;
}

static bool make_columns(struct making *m)
{
	struct request *r = m->request;
	struct layout layout = {0};
	bool found;

	if (!make_layout(m, &layout, &found))
		return false;
	if (r->headless && !output_has_columns(&r->output)) {
		layout_free(&layout);
		return true;
	}
	r->usual_columns = !found;
	if (!found)
		layout_usual(&layout, m->place->terminal ? m->place->width : 0);
	layout.zone = r->zone;
	layout.set = r->set;
	if (r->headless)
		r->output.layout = layout;
	else
		r->layout = layout;
	return true;
}

static bool check_unmask(struct making *m)
{
	struct request *r = m->request;

	if (!r->options->given[OPTION_UNMASK])
		return true;
	if (m->place->terminal)
		return refuse(m, "--unmask: refused: standard output is a "
			      "terminal", "with -o, into a file or a pipe");
	buffer_add_text(m->said,
			"acmtui: --unmask: secrets are written in clear\n");
	return true;
}

/* Opened before rights are given up.  Without a screen it is only read. */
static bool open_notes(struct making *m)
{
	struct request *r = m->request;
	const char *path = r->options->argument[OPTION_NOTES];
	struct error err;
	size_t bad;

	r->notes_given = path != NULL;
	if (!path)
		return true;
	if (!notes_file_open(&r->notes, path, !r->headless, &err))
		return request_say(m, path, &err);
	bad = notes_file_read(buffer_span(&r->notes.text), NULL);
	if (bad > 0) {
		error_set(&err, "--notes: %zu line%s not understood, and left "
			  "as they are", bad, bad == 1 ? "" : "s");
		request_say(m, path, &err);
	}
	return true;
}

/* Where the system tells it: ../share/acmtui of the folder that the running
 * program lies in. */
static void add_data_beside(struct buffer *path)
{
	ssize_t n = readlink("/proc/self/exe", buffer_room(path, PATH_MAX),
			     PATH_MAX);

	if (n <= 0)
		return;
	path->n = (size_t)n;
	while (path->n > 0 && path->p[path->n - 1] != '/')
		path->n--;
	buffer_add_text(path, "../share/acmtui");
}

/* The sample trail: below $ACMTUI_DATA, for a program that runs from where it
 * was built; where it was installed; or beside the program, for an installation
 * that was moved. */
static char *sample_path(void)
{
	const char *data = getenv("ACMTUI_DATA");
	struct buffer path = {0};

	if (data && *data)
		buffer_add_text(&path, data);
	else if (access(PKGDATADIR "/sample", R_OK) == 0)
		buffer_add_text(&path, PKGDATADIR);
	else
		add_data_beside(&path);
	buffer_add_text(&path, path.n > 0 ? "/sample" : PKGDATADIR "/sample");
	return buffer_take(&path);
}

/* Without a path there is nothing to do, and nobody should wait for standard
 * input unknowingly. */
static bool check_paths(struct making *m)
{
	struct request *r = m->request;

	if (r->options->given[OPTION_DEMO]) {
		r->sample = sample_path();
		r->path = (const char *const *)&r->sample;
		r->paths = 1;
		return true;
	}
	r->path = r->options->path;
	r->paths = r->options->paths;
	if (r->paths > 0)
		return true;
	return refuse(m, "no PATH: nothing to open",
		      "a file, a folder, - for standard input, or --demo");
}

/* What says what is read, and how, beside the filter, which holds the times of
 * --since and --until too. */
static void set_command(struct request *r)
{
	static const enum option told[] = {
		OPTION_IOCS, OPTION_STRICT, OPTION_MAX_INFLATE, OPTION_LOCAL,
		OPTION_CONFIG, OPTION_NO_CONFIG,
	};
	const struct options *options = r->options;
	struct command *c = &r->command;
	char folder[PATH_MAX];

	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		struct buffer text = {0};

		if (!options->given[told[i]])
			continue;
		buffer_printf(&text, "--%s", options_info(told[i])->name);
		if (options->argument[told[i]])
			buffer_printf(&text, "=%s",
				      options->argument[told[i]]);
		r->command_option[c->options++] = buffer_take(&text);
	}
	c->option = (const char *const *)r->command_option;
	c->path = r->path;
	c->paths = r->paths;
	if (getcwd(folder, sizeof folder))
		r->folder = memory_copy(folder, strlen(folder));
	c->folder = r->folder;
	r->output.command = *c;
}

bool request_make(struct request *request, const struct options *options,
		  const struct request_place *place, struct buffer *said)
{
	struct making m = {.request = request, .place = place, .said = said};
	bool good;

	*request = (struct request){.options = options, .notes = {.fd = -1}};
	request->set = place->utf8 ? SHOW_UNICODE : SHOW_ASCII;
	request->headless = options->given[OPTION_OUTPUT] || !place->terminal;
	good = read_config(&m);
	set_manner(&m);
	good = good && check_looks(&m) && make_bindings(&m) &&
	       check_unmask(&m) &&
	       make_output(&m) && make_columns(&m) && make_order(&m) &&
	       make_choices(&m) && check_paths(&m) && request_make_filter(&m) &&
	       open_notes(&m);
	request->ascii |= request->set == SHOW_ASCII && is_for_people(request);
	set_command(request);
	config_free(&m.config);
	buffer_free(&m.config_path);
	return good;
}

void request_free(struct request *r)
{
	buffer_free(&r->filter_text);
	filter_free(r->filter);
	lists_free(r->lists);
	free((struct filter_saved *)r->view.saved);
	for (size_t i = 0; i < r->saved_count; i++) {
		free(r->saved[i].name);
		free(r->saved[i].text);
	}
	free(r->saved);
	buffer_free(&r->config_folder);
	order_free(&r->order);
	layout_free(&r->layout);
	output_free(&r->output);
	secret_choices_free(r->choices);
	bindings_free(&r->bindings);
	free(r->sample);
	for (size_t i = 0; i < r->command.options; i++)
		free(r->command_option[i]);
	free(r->folder);
	notes_file_close(&r->notes);
	*r = (struct request){.notes = {.fd = -1}};
}
