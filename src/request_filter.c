/* Owns how the filter is made: of options, files and what the configuration
 * saves.  Writes nowhere: main does. */
#define _POSIX_C_SOURCE 200809L
#include "request_parts.h"

#include "base/memory.h"
#include "json/decode.h"
#include "messages.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REQUEST_FILTER_LARGEST = 1 << 20 };

static const char *file_name(const struct options_filter *given)
{
	return strcmp(given->text, "-") == 0 ? "(standard input)"
					     : given->text;
}

/* The text of a filter file: its line breaks are blanks, the last ones and a
 * byte order mark are left out. */
static bool read_filter(struct making *m, const struct options_filter *given,
			struct buffer *out)
{
	const char *name = file_name(given);
	bool input = name != given->text;
	int fd = input ? STDIN_FILENO : open(name, O_RDONLY | O_CLOEXEC);
	struct error err;
	bool good;

	if (fd < 0) {
		error_set(&err, "--filter-file: %s", strerror(errno));
		return request_say(m, name, &err);
	}
	good = buffer_read(out, fd, REQUEST_FILTER_LARGEST, "--filter-file",
			   &err);
	if (!input)
		close(fd);
	if (!good)
		return request_say(m, name, &err);
	if (span_starts(buffer_span(out), SPAN("\xef\xbb\xbf"))) {
		memmove(out->p, out->p + 3, out->n - 3);
		out->n -= 3;
	}
	for (size_t i = 0; i < out->n; i++)
		if (out->p[i] == '\n' || out->p[i] == '\r')
			out->p[i] = ' ';
	while (out->n > 0 && out->p[out->n - 1] == ' ')
		out->n--;
	return true;
}

/* Whether an `or` holds the filter together. */
static bool is_choice(const struct filter *filter)
{
	size_t count;
	const struct filter_node *node = filter_nodes(filter, &count);

	return count > 0 && node[count - 1].kind == FILTER_OR;
}

/* Whether terms are joined, so that an `or` needs brackets. */
static bool is_one_of_many(const struct options *options)
{
	return options->filters + options->given[OPTION_SINCE] +
	       options->given[OPTION_UNTIL] > 1;
}

static void join_filter(struct buffer *all, struct span text, bool choice)
{
	if (all->n > 0)
		buffer_add_byte(all, ' ');
	if (choice)
		buffer_add_byte(all, '(');
	buffer_add_span(all, text);
	if (choice)
		buffer_add_byte(all, ')');
}

/* Each filter is parsed alone, so that an error has its place in the text that
 * was given, and then all of them as one. */
static bool add_filter(struct making *m, const struct options_filter *given)
{
	struct request *r = m->request;
	struct buffer file = {0};
	struct span text = span_of(given->text);
	struct filter *filter = NULL;
	struct error err;
	bool good = true;

	if (given->file) {
		good = read_filter(m, given, &file);
		text = buffer_span(&file);
	}
	if (good) {
		filter = filter_parse_with(text, &m->request->view, &err);
		good = filter != NULL;
		if (!good)
			messages_text_error(m->said, r->set,
				given->file ? file_name(given) : "--filter",
				text, &err);
	}
	if (good && text.n > 0)
		join_filter(&r->filter_text, text,
			    is_choice(filter) && is_one_of_many(r->options));
	filter_free(filter);
	buffer_free(&file);
	return good;
}

/* --since and --until are terms of the filter, so that they are seen. */
static bool add_bound(struct making *m, enum option option, const char *sign)
{
	struct request *r = m->request;
	const char *text = r->options->argument[option];
	struct buffer term = {0}, where = {0};
	struct moment moment;
	struct error err;
	bool good;

	if (!r->options->given[option])
		return true;
	good = moment_parse(span_of(text), &r->view.predicate.moment, &moment,
			    &err);
	if (good) {
		buffer_printf(&term, "time%s", sign);
		if (strchr(text, ' '))
			decode_quote(span_of(text), &term);
		else
			buffer_add_text(&term, text);
		join_filter(&r->filter_text, buffer_span(&term), false);
		if (option == OPTION_SINCE && !moment.open)
			r->since = moment.from;
	} else {
		buffer_printf(&where, "--%s", options_info(option)->name);
		request_say(m, buffer_text(&where), &err);
	}
	buffer_free(&term);
	buffer_free(&where);
	return good;
}

static bool parse_filter(struct request *r, struct buffer *said)
{
	struct error err;

	filter_free(r->filter);
	r->filter = filter_parse_with(buffer_span(&r->filter_text), &r->view,
				      &err);
	if (!r->filter)
		messages_text_error(said, r->set, "--filter",
				    buffer_span(&r->filter_text), &err);
	return r->filter != NULL;
}

/* What filters are read with: zone, lists, and those of the configuration. */
static bool make_view(struct making *m)
{
	struct request *r = m->request;
	struct config_value *filters = &m->config.value[CONFIG_FILTERS];
	struct error err;

	r->saved = filters->entry;
	r->saved_count = filters->entries;
	filters->entry = NULL;
	filters->entries = 0;
	r->view = (struct filter_view){
		.predicate = {.moment = MOMENT_OPEN_VIEW},
		.saved_count = r->saved_count};
	r->view.saved = memory_clear(r->saved_count, sizeof *r->view.saved);
	for (size_t i = 0; i < r->saved_count; i++)
		((struct filter_saved *)r->view.saved)[i] =
			(struct filter_saved){r->saved[i].name,
					      r->saved[i].text};
	r->view.predicate.moment.zone = r->zone;
	r->view.predicate.lists = r->lists = lists_new();
	return !r->options->given[OPTION_IOCS] ||
	       lists_read_iocs(r->lists, r->options->argument[OPTION_IOCS],
			       &err) ||
	       request_say(m, "--iocs", &err);
}

bool request_make_filter(struct making *m)
{
	struct request *r = m->request;

	r->since = STAMP_NONE;
	if (!make_view(m) || !add_bound(m, OPTION_SINCE, ">=") ||
	    !add_bound(m, OPTION_UNTIL, "<"))
		return false;
	for (size_t i = 0; i < r->options->filters; i++)
		if (!add_filter(m, &r->options->filter[i]))
			return false;
	return parse_filter(r, m->said);
}

bool request_settle(struct request *r, int64_t first, int64_t last,
		    struct buffer *said)
{
	struct moment_view *view = &r->view.predicate.moment;

	view->loaded = true;
	view->first = first;
	view->last = last;
	return parse_filter(r, said);
}
