/* Owns how the filter is made: of options, files and what the configuration
 * saves.  Writes nowhere: main does. */
#define _POSIX_C_SOURCE 200809L
#include "request_parts.h"

#include "base/memory.h"
#include "json/decode.h"
#include "messages.h"
#include "query/compose.h"
#include "query/words.h"

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

/* The text of a filter file without a byte order mark and the blanks at its
 * end. */
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
	while (out->n > 0 && words_is_blank(out->p[out->n - 1]))
		out->n--;
	return true;
}

static size_t predicates(const struct filter_view *view, struct span text)
{
	struct filter *filter = filter_parse_with(text, view, NULL);
	size_t n = filter ? filter_predicates(filter) : 0;

	filter_free(filter);
	return n;
}

/* Behind what is there already, all of which must hold.  A regex that begins
 * with a slash may go on in what comes behind it. */
static bool join_filter(struct request *r, struct span text, struct error *err)
{
	const struct filter_view *view = &r->view;
	struct buffer all = {0};
	size_t before = predicates(view, buffer_span(&r->filter_text));
	bool good = !compose_add(view, buffer_span(&r->filter_text), text,
				 &all) ||
		    predicates(view, buffer_span(&all)) ==
			    before + predicates(view, text);

	buffer_free(&r->filter_text);
	r->filter_text = all;
	if (good)
		return true;
	error_set(err, "what stands before it does not end there");
	return error_hint(err, "\\/ is a slash that begins no regex");
}

/* What is wrong with a filter: of several -f the number, of a file the line. */
static void say_filter(struct making *m, size_t i, struct span text,
		       struct error *err)
{
	const struct options *options = m->request->options;
	const struct options_filter *given = &options->filter[i];
	struct span line = text;
	struct buffer where = {0};
	size_t n = 0, number = 1;

	for (size_t k = 0; k < text.n && k + 1 < err->column; k++) {
		if (text.p[k] != '\n')
			continue;
		err->line++;
		line = span_from(text, k + 1);
	}
	err->column -= err->line ? (uint64_t)(line.p - text.p) : 0;
	while (n < line.n && line.p[n] != '\n' && line.p[n] != '\r')
		n++;
	for (size_t k = 0; k < i; k++)
		number += !options->filter[k].file;
	buffer_add_text(&where, given->file ? file_name(given) : "--filter");
	if (!given->file && options->filters > 1)
		buffer_printf(&where, " #%zu", number);
	messages_text_error(m->said, m->request->set, buffer_text(&where),
			    (struct span){line.p, n}, err);
	buffer_free(&where);
}

/* Each filter is parsed alone, so that an error has its place in the text that
 * was given, and then all of them as one.  Line breaks of a file are blanks. */
static bool add_filter(struct making *m, size_t i)
{
	struct request *r = m->request;
	const struct options_filter *given = &r->options->filter[i];
	struct buffer file = {0}, text = {0};
	struct filter *filter;
	struct error err;
	bool good;

	if (!given->file)
		buffer_add_text(&file, given->text);
	else if (!read_filter(m, given, &file)) {
		buffer_free(&file);
		return false;
	}
	buffer_add_span(&text, buffer_span(&file));
	for (size_t k = 0; given->file && k < text.n; k++)
		if (text.p[k] == '\n' || text.p[k] == '\r')
			text.p[k] = ' ';
	filter = filter_parse_with(buffer_span(&text), &r->view, &err);
	good = filter && (text.n == 0 ||
			  join_filter(r, buffer_span(&text), &err));
	if (!good)
		say_filter(m, i, buffer_span(&file), &err);
	filter_free(filter);
	buffer_free(&file);
	buffer_free(&text);
	return good;
}

/* What a bound means, or false when it is wrong, which is said. */
static bool read_bound(struct request *r, enum option option,
		       struct moment *moment, struct buffer *said)
{
	struct buffer where = {0};
	struct error err;
	bool good = moment_parse(span_of(r->options->argument[option]),
				 &r->view.predicate.moment, moment, &err);

	if (!good) {
		buffer_printf(&where, "--%s", options_info(option)->name);
		messages_error(said, r->set, buffer_text(&where), &err);
	}
	buffer_free(&where);
	return good;
}

/* --since and --until are terms of the filter, so that they are seen.  They
 * stand first in it, and each ends where it ends. */
static bool add_bound(struct making *m, enum option option, const char *sign)
{
	struct request *r = m->request;
	const char *text = r->options->argument[option];
	struct buffer term = {0};
	struct moment moment;

	if (!r->options->given[option])
		return true;
	if (!read_bound(r, option, &moment, m->said))
		return false;
	buffer_printf(&term, "time%s", sign);
	if (strchr(text, ' '))
		decode_quote(span_of(text), &term);
	else
		buffer_add_text(&term, text);
	join_filter(r, buffer_span(&term), NULL);
	if (option == OPTION_SINCE && !moment.open)
		r->since = moment.from;
	buffer_free(&term);
	return true;
}

static bool parse_filter(struct request *r, struct buffer *said)
{
	static const enum option bound[] = {OPTION_SINCE, OPTION_UNTIL};
	struct moment moment;
	struct error err;

	filter_free(r->filter);
	r->filter = filter_parse_with(buffer_span(&r->filter_text), &r->view,
				      &err);
	if (r->filter)
		return true;
	for (size_t i = 0; i < sizeof bound / sizeof *bound; i++)
		if (r->options->given[bound[i]] &&
		    !read_bound(r, bound[i], &moment, said))
			return false;
	messages_text_error(said, r->set, "--filter",
			    buffer_span(&r->filter_text), &err);
	return false;
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
		if (!add_filter(m, i))
			return false;
	return parse_filter(r, m->said);
}

bool request_settle(struct request *r, int64_t first, int64_t last,
		    struct buffer *said)
{
	struct moment_view *view = &r->view.predicate.moment;

	/* Relative to nothing, a time holds for nothing. */
	view->loaded = first <= last;
	view->first = first;
	view->last = last;
	return parse_filter(r, said);
}
