/* Owns the sections of the report.  Whatever comes from outside stands in code
 * spans, which nothing in them can end (CommonMark 6.1); only notes are prose,
 * and have every character escaped that means something. */
#include "write/report.h"

#include "base/digest.h"
#include "base/memory.h"
#include "query/compose.h"
#include "text/show.h"
#include "text/stamp.h"
#include "triage/answer.h"
#include "trail/columns.h"
#include "write/cell.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct writing {
	const struct report *report;
	const struct store *store;
	struct sink *sink;
	struct buffer *out;             /* the sink's row */
	struct buffer text, shown;
};

/* As a code span between more backticks than stand together in it. */
static void put_code(struct writing *w, struct span text)
{
	struct buffer *shown = &w->shown;
	size_t longest = 0, run = 0;

	buffer_clear(shown);
	show_write(text, SHOW_UNICODE, shown);
	if (shown->n == 0)
		return;
	for (size_t i = 0; i < shown->n; i++) {
		run = shown->p[i] == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (size_t i = 0; i <= longest; i++)
		buffer_add_byte(w->out, '`');
	/* One blank at each end does not count. */
	buffer_add_text(w->out, longest ? " " : "");
	buffer_add_span(w->out, buffer_span(shown));
	buffer_add_text(w->out, longest ? " " : "");
	for (size_t i = 0; i <= longest; i++)
		buffer_add_byte(w->out, '`');
}

/* Behind a word of ours, so nothing is at the start of a line.  `://` and `www.`
 * would become links (GitHub's Markdown). */
static void put_prose(struct writing *w, struct span text)
{
	struct buffer *shown = &w->shown;

	buffer_clear(shown);
	show_write(text, SHOW_UNICODE, shown);
	for (size_t i = 0; i < shown->n; i++) {
		char c = shown->p[i];
		struct span head = {shown->p, i};
		bool link = (c == ':' && i + 1 < shown->n &&
			     shown->p[i + 1] == '/') ||
			    (c == '.' && span_ends(head, SPAN("www")));

		if (link || (c && strchr("\\`*_{}[]<>#|~!$&@", c)))
			buffer_add_byte(w->out, '\\');
		buffer_add_byte(w->out, c);
	}
}

static void put_time(struct writing *w, int64_t time)
{
	char text[STAMP_ROOM];

	if (time == SEGMENT_NO_TIME) {
		buffer_add_text(w->out, "no time");
		return;
	}
	stamp_format(time, STAMP_FULL, STAMP_UTC, text);
	buffer_add_text(w->out, text);
}

static void put_command(struct writing *w, struct span filter)
{
	buffer_clear(&w->text);
	buffer_clear(&w->shown);
	command_write(w->report->command,
		      &(struct command_view){.filter = filter}, &w->text);
	show_write(buffer_span(&w->text), SHOW_UNICODE, &w->shown);
	buffer_add_text(w->out, "    ");
	buffer_add_span(w->out, buffer_span(&w->shown));
	buffer_add_text(w->out, "\n\n");
}

static void put_count(struct writing *w, const char *what, uint64_t count)
{
	if (count > 0)
		buffer_printf(w->out, "- %s: %" PRIu64 "\n", what, count);
}

static void write_read(struct writing *w)
{
	struct store_counts c;

	store_counts(w->store, &c);
	buffer_printf(w->out, "## What was read\n\n- events: %" PRIu64 "\n",
		      c.events);
	if (c.first <= c.last) {
		buffer_add_text(w->out, "- from ");
		put_time(w, c.first);
		buffer_add_text(w->out, " to ");
		put_time(w, c.last);
		buffer_add_text(w->out, " UTC\n");
	}
	put_count(w, "files", c.files);
	put_count(w, "files left out", c.files_skipped);
	put_count(w, "files that failed", c.files_failed);
	put_count(w, "notices", c.notices);
	put_count(w, "duplicates, counted once", c.duplicates);
	put_count(w, "in conflict with another of the same eventID",
		  c.conflicts);
	put_count(w, "read relaxed, not being JSON", c.relaxed);
	put_count(w, "damaged", c.damaged);
	put_count(w, "unverified", c.unverified);
	put_count(w, "texts that are no event", c.rejected);
	put_count(w, "problems", c.problems);
	buffer_add_byte(w->out, '\n');
}

static void write_filter(struct writing *w)
{
	const struct report *r = w->report;

	buffer_add_text(w->out, "## Filter\n\n");
	if (r->text.n == 0) {
		buffer_add_text(w->out, "None: all events were shown.\n\n");
	} else {
		for (size_t i = 0; i < r->result->term_count; i++) {
			buffer_add_text(w->out, "- ");
			put_code(w, filter_term(r->filter, i)->text);
			buffer_printf(w->out, ": %" PRIu64 " events\n",
				      r->result->terms[i]);
		}
		buffer_printf(w->out, "- all together: %zu events",
			      r->result->count);
		if (r->result->undecided > 0)
			buffer_printf(w->out, ", %" PRIu64 " undecided",
				      r->result->undecided);
		buffer_add_text(w->out, "\n\n");
	}
	buffer_add_text(w->out, "To show them again:\n\n");
	put_command(w, r->text);
}

static bool add_first(void *context, struct span text, uint32_t value)
{
	(void)value;
	buffer_add_span(context, text);
	return false;
}

static void put_column(struct writing *w, struct store_event e,
		       enum column column)
{
	struct column_ref ref = {.column = column};

	buffer_clear(&w->text);
	cell_text(w->store, e, &ref, false, &w->text);
	if (w->text.n == 0)
		return;
	buffer_printf(w->out, "- %s: ", columns_info(column)->name);
	put_code(w, buffer_span(&w->text));
	buffer_add_byte(w->out, '\n');
}

static void put_id(struct writing *w, struct store_event e)
{
	static const struct column_ref ref = {.column = COLUMN_ID};

	buffer_clear(&w->text);
	columns_each(w->store, e, &ref, add_first, &w->text);
}

static void put_event(struct writing *w, size_t number, struct store_event e)
{
	static const enum column told[] = {
		COLUMN_WHO, COLUMN_FROM, COLUMN_RESULT, COLUMN_TARGET,
		COLUMN_CERTIFICATE, COLUMN_REGION, COLUMN_ACCOUNT,
	};
	static const struct column_ref event = {.column = COLUMN_EVENT};
	const struct segment_event *at =
		segment_event(store_segment(w->store, e.segment), e.index);
	struct buffer note = {0};

	buffer_printf(w->out, "### %zu. ", number);
	put_time(w, at->time);
	buffer_add_text(w->out, " ");
	buffer_clear(&w->text);
	columns_each(w->store, e, &event, add_first, &w->text);
	put_code(w, buffer_span(&w->text));
	buffer_add_text(w->out, "\n\n");
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		put_column(w, e, told[i]);
	put_id(w, e);
	if (notes_text(store_notes(w->store), buffer_span(&w->text), &note)) {
		buffer_add_text(w->out, "- note: ");
		put_prose(w, buffer_span(&note));
		buffer_add_byte(w->out, '\n');
	}
	buffer_add_text(w->out, "- eventID: ");
	put_code(w, buffer_span(&w->text));
	buffer_add_text(w->out, "\n- file: ");
	put_code(w, span_of(store_file(w->store, at->input).name));
	buffer_printf(w->out, ", line %u, record %u\n\n", (unsigned)at->line,
		      (unsigned)at->record + 1);
	buffer_free(&note);
}

/* `id in (…)`, which needs no file of notes. */
static void put_marked_command(struct writing *w)
{
	const struct report *r = w->report;
	size_t n = r->marked_count;
	struct span *id = memory_clear(n, sizeof *id);
	struct buffer filter = {0};

	for (size_t i = 0; i < n; i++) {
		put_id(w, r->marked[i]);
		id[i] = (struct span){memory_copy(w->text.p, w->text.n),
				      w->text.n};
	}
	compose_term(SPAN("id"), id, n, false, &filter);
	put_command(w, buffer_span(&filter));
	for (size_t i = 0; i < n; i++)
		free((char *)id[i].p);
	free(id);
	buffer_free(&filter);
}

static void write_marked(struct writing *w)
{
	const struct report *r = w->report;

	buffer_printf(w->out, "## Marked events\n\n%zu, in order of time.  "
		      "Times are UTC.\n\n", r->marked_count);
	if (r->marked_count > 0) {
		buffer_add_text(w->out, "To show them again:\n\n");
		put_marked_command(w);
	}
	for (size_t i = 0; i < r->marked_count && sink_turn(w->sink); i++)
		put_event(w, i + 1, r->marked[i]);
}

/* Names of facts and tables have `_` for blanks. */
static void put_name(struct writing *w, const char *name)
{
	for (; *name; name++)
		buffer_add_byte(w->out, *name == '_' ? ' ' : *name);
}

static void put_table(struct writing *w, const struct answer *a,
		      const struct answer_table *t)
{
	if (t->rows == 0)
		return;
	put_name(w, t->name);
	buffer_add_text(w->out, ":\n\n");
	for (size_t row = 0; row < t->rows; row++) {
		const struct answer_cell *cell =
			&a->cell[a->row[t->row + row].cell];

		buffer_add_text(w->out, "-");
		for (size_t c = 0; c < t->columns; c++) {
			buffer_clear(&w->text);
			answer_write(a, &cell[c], STAMP_FULL, STAMP_UTC,
				     &w->text);
			if (w->text.n == 0)
				continue;
			buffer_add_byte(w->out, ' ');
			put_code(w, buffer_span(&w->text));
		}
		buffer_add_byte(w->out, '\n');
	}
	buffer_add_byte(w->out, '\n');
}

static void write_lifeline(struct writing *w, const struct answer *a)
{
	buffer_add_text(w->out, "## Life line of a certificate\n\n");
	for (size_t i = 0; i < a->facts; i++) {
		buffer_clear(&w->text);
		answer_write(a, &a->cell[a->fact[i].cell], STAMP_FULL,
			     STAMP_UTC, &w->text);
		if (w->text.n == 0)
			continue;
		buffer_add_text(w->out, "- ");
		put_name(w, a->fact[i].name);
		buffer_add_text(w->out, ": ");
		put_code(w, buffer_span(&w->text));
		buffer_add_byte(w->out, '\n');
	}
	buffer_add_byte(w->out, '\n');
	for (size_t i = 0; i < a->tables; i++)
		put_table(w, a, &a->table[i]);
}

/* Each line of TEXT as an item. */
static void put_lines(struct writing *w, struct span text)
{
	while (text.n > 0) {
		const char *end = memchr(text.p, '\n', text.n);
		size_t n = end ? (size_t)(end - text.p) : text.n;

		buffer_add_text(w->out, "- ");
		put_code(w, (struct span){text.p, n});
		buffer_add_byte(w->out, '\n');
		text = span_from(text, n + 1);
	}
	buffer_add_byte(w->out, '\n');
}

static void write_revealed(struct writing *w)
{
	buffer_add_text(w->out, "## Secrets\n\n");
	if (w->report->revealed.n == 0) {
		buffer_add_text(w->out, "None was revealed.\n\n");
		return;
	}
	buffer_add_text(w->out, "Shown on a screen, by rule, path and "
			"eventID:\n\n");
	put_lines(w, w->report->revealed);
}

static void write_problems(struct writing *w)
{
	size_t n = store_problem_count(w->store);

	buffer_add_text(w->out, "## Problems\n\n");
	if (n == 0)
		buffer_add_text(w->out, "None: every file was read whole.\n");
	for (size_t i = 0; i < n; i++) {
		struct store_problem p = store_problem(w->store, i);

		buffer_clear(&w->text);
		buffer_add_text(&w->text, store_file(w->store, p.input).name);
		if (p.error.line > 0)
			buffer_printf(&w->text, ":%" PRIu64 ":%" PRIu64,
				      p.error.line, p.error.column);
		buffer_printf(&w->text, ": %s", p.error.text);
		buffer_add_text(w->out, "- ");
		put_code(w, buffer_span(&w->text));
		buffer_add_byte(w->out, '\n');
	}
	buffer_add_byte(w->out, '\n');
}

static const char *word(const struct store_file *f)
{
	switch (f->state) {
	case STORE_FILE_WAITING:
		return "not read";
	case STORE_FILE_PARTLY:
		return "read in part";
	case STORE_FILE_FAILED:
		return "not readable";
	case STORE_FILE_SKIPPED:
		return "left out";
	case STORE_FILE_DIGEST:
		return "left out: a digest file";
	case STORE_FILE_LOADED:
		break;
	}
	return f->unverified ? "its check sum did not hold" : NULL;
}

static void put_file(struct writing *w, const struct store_file *f)
{
	char digest[DIGEST_ROOM];
	const char *what = word(f);
	struct error err;
	uint64_t size;

	buffer_add_text(w->out, "- ");
	put_code(w, span_of(f->name));
	buffer_printf(w->out, ": %" PRIu64 " events, ", f->events);
	if (digest_file(f->name, w->sink->cancel, digest, &size, &err)) {
		buffer_printf(w->out, "SHA-256 `%s`", digest);
		if (f->state == STORE_FILE_LOADED && size != f->bytes_in)
			buffer_add_text(w->out, ", **changed since it was "
					"read**");
	} else {
		buffer_add_text(w->out, "no SHA-256: ");
		put_code(w, span_of(err.text));
	}
	if (what)
		buffer_printf(w->out, ", %s", what);
	buffer_add_byte(w->out, '\n');
}

static void write_files(struct writing *w)
{
	uint32_t n = store_file_count(w->store);

	buffer_add_text(w->out, "## Files\n\nEvents as they stand in each, "
			"duplicates counted.\n\n");
	for (uint32_t i = 0; i < n && sink_turn(w->sink); i++) {
		struct store_file file = store_file(w->store, i);

		put_file(w, &file);
	}
}

bool report_find_marked(const struct store *store, struct jobs *jobs,
			const atomic_bool *cancel, struct run_result *result)
{
	struct filter *filter = filter_parse(SPAN("is:marked"), NULL);
	struct run_cache *cache = run_cache_new();
	bool whole = run_query(store, cache, jobs, filter,
			       &(struct order){.count = 0}, cancel, result);

	run_cache_free(cache);
	filter_free(filter);
	return whole;
}

void report_write(struct sink *sink, const struct store *store,
		  const struct report *report)
{
	struct writing w = {.report = report, .store = store, .sink = sink,
			    .out = &sink->row};

	buffer_add_text(w.out, "# CloudTrail report\n\n");
	write_read(&w);
	write_filter(&w);
	write_marked(&w);
	for (size_t i = 0; i < report->lifelines; i++)
		write_lifeline(&w, report->lifeline[i]);
	write_revealed(&w);
	write_problems(&w);
	write_files(&w);
	sink_turn(sink);
	buffer_free(&w.text);
	buffer_free(&w.shown);
}
