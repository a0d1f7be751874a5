/* Owns the sections of the report.  Whatever comes from outside stands in code
 * spans, which nothing in them can end (CommonMark 6.1); only notes are prose,
 * and have every character escaped that means something. */
#include "write/report.h"

#include "platform.h"

#include "base/clock.h"
#include "base/digest.h"
#include "base/memory.h"
#include "query/compose.h"
#include "text/show.h"
#include "text/stamp.h"
#include "triage/answer.h"
#include "triage/index.h"
#include "triage/overview.h"
#include "triage/session_tree.h"
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
	struct run_result marked;       /* by time */
	struct buffer lifelines;        /* a subject each line */
	struct index *index;
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

static void write_head(struct writing *w)
{
	const char *folder = w->report->command->folder;

	buffer_add_text(w->out, "# CloudTrail report\n\nWritten ");
	put_time(w, clock_wall_ms());
	buffer_printf(w->out, " UTC by acmtui %s", PACKAGE_VERSION);
	if (folder) {
		buffer_add_text(w->out, "; paths are those of ");
		put_code(w, span_of(folder));
	}
	buffer_add_text(w->out, ".\n\n");
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
	put_count(w, "files skipped", c.files_skipped);
	put_count(w, "files that failed", c.files_failed);
	put_count(w, "files not read whole",
		  c.files - c.files_done + c.files_partly);
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
	struct buffer filter = {0};

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
	if (r->text.n > 0)
		compose_settled(r->filter, w->store, r->result->events,
				r->result->count, &filter);
	put_command(w, buffer_span(&filter));
	buffer_free(&filter);
}

static bool add_first(void *context, struct span text, uint32_t value)
{
	(void)value;
	buffer_add_span(context, text);
	return false;
}

static void put_id(struct writing *w, struct store_event e)
{
	static const struct column_ref ref = {.column = COLUMN_ID};

	buffer_clear(&w->text);
	columns_each(w->store, e, &ref, add_first, &w->text);
}

static void put_call(struct writing *w, struct store_event e)
{
	static const struct column_ref event = {.column = COLUMN_EVENT};
	int64_t time = segment_event(store_segment(w->store, e.segment),
				     e.index)->time;

	put_time(w, time);
	buffer_add_text(w->out, " ");
	buffer_clear(&w->text);
	columns_each(w->store, e, &event, add_first, &w->text);
	put_code(w, buffer_span(&w->text));
}

/* The call that issued the key. */
static void put_origin(struct writing *w, struct store_event e)
{
	const struct sessions *s = index_sessions(w->index);
	uint32_t number = sessions_of(s, e);
	const struct sessions_key *key;

	if (number == SESSIONS_NONE)
		return;
	key = &s->key[number];
	if (key->origin.segment == STORE_NO_EVENT.segment)
		return;
	buffer_add_text(w->out, "- issued: ");
	put_call(w, key->origin);
	put_id(w, key->origin);
	buffer_add_text(w->out, ", eventID ");
	put_code(w, buffer_span(&w->text));
	buffer_printf(w->out, ", known by its %s\n",
		      session_tree_how((enum sessions_link)key->link));
}

/* Marks are by eventID, so whatever has the same is marked too. */
static void put_conflict(struct writing *w, size_t at)
{
	struct buffer id = {0};

	if (!store_conflict(w->store, w->marked.events[at]))
		return;
	put_id(w, w->marked.events[at]);
	buffer_add_span(&id, buffer_span(&w->text));
	for (size_t i = 0; i < w->marked.count; i++) {
		put_id(w, w->marked.events[i]);
		if (i != at &&
		    span_equal(buffer_span(&w->text), buffer_span(&id)))
			buffer_printf(w->out, "- conflict: same eventID as "
				      "%zu, other content; the mark holds for "
				      "both\n", i + 1);
	}
	buffer_free(&id);
}

/* What two columns tell alike stands once. */
static void put_columns(struct writing *w, struct store_event e)
{
	static const enum column told[] = {
		COLUMN_WHO, COLUMN_VIA, COLUMN_KEY, COLUMN_MFA, COLUMN_FROM,
		COLUMN_USER_AGENT, COLUMN_RESULT, COLUMN_MESSAGE,
		COLUMN_TARGET, COLUMN_CERTIFICATE, COLUMN_DOMAIN,
		COLUMN_REGION, COLUMN_ACCOUNT, COLUMN_FINDING,
	};
	struct buffer target = {0};

	cell_text(w->store, e, &(struct column_ref){.column = COLUMN_TARGET},
		  false, &target);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		buffer_clear(&w->text);
		cell_text(w->store, e, &(struct column_ref){.column = told[i]},
			  false, &w->text);
		if (w->text.n == 0 ||
		    (told[i] == COLUMN_CERTIFICATE &&
		     span_equal(buffer_span(&w->text), buffer_span(&target))))
			continue;
		buffer_printf(w->out, "- %s: ", columns_info(told[i])->name);
		put_code(w, buffer_span(&w->text));
		buffer_add_byte(w->out, '\n');
		if (told[i] == COLUMN_KEY)
			put_origin(w, e);
	}
	buffer_free(&target);
}

static void put_event(struct writing *w, size_t i)
{
	struct store_event e = w->marked.events[i];
	const struct segment_event *at =
		segment_event(store_segment(w->store, e.segment), e.index);
	struct buffer note = {0};

	buffer_printf(w->out, "### %zu. ", i + 1);
	put_call(w, e);
	buffer_add_text(w->out, "\n\n");
	put_columns(w, e);
	put_conflict(w, i);
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
	struct buffer filter = {0};

	compose_ids(w->store, w->marked.events, w->marked.count, &filter);
	put_command(w, buffer_span(&filter));
	buffer_free(&filter);
}

static void write_marked(struct writing *w)
{
	buffer_printf(w->out, "## Marked events\n\n%zu, in order of time.  "
		      "Times are UTC.\n\n", w->marked.count);
	if (w->marked.count > 0) {
		buffer_add_text(w->out, "To show them again:\n\n");
		put_marked_command(w);
	}
	for (size_t i = 0; i < w->marked.count && sink_turn(w->sink); i++)
		put_event(w, i);
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

static void write_lifelines(struct writing *w)
{
	struct span rest = buffer_span(&w->lifelines);

	while (rest.n > 0 && sink_turn(w->sink)) {
		const char *end = memchr(rest.p, '\n', rest.n);
		struct span subject = {rest.p, (size_t)(end - rest.p)};
		bool found;
		struct answer *a = overview_answer(
			OVERVIEW_LIFELINE, w->index, w->report->jobs,
			subject, NULL, &found);

		write_lifeline(w, a);
		answer_free(a);
		rest = span_from(rest, subject.n + 1);
	}
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
	struct store_counts c;

	store_counts(w->store, &c);
	buffer_add_text(w->out, "## Problems\n\n");
	if (n == 0)
		buffer_add_text(w->out, c.files_done < c.files || c.files_partly
				? "None in what was read.\n"
				: "None: every file was read whole.\n");
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
		return "skipped";
	case STORE_FILE_DIGEST:
		return "skipped: a digest file";
	case STORE_FILE_LOADED:
		break;
	}
	return f->unverified ? "its check sum did not hold" : NULL;
}

static void put_file(struct writing *w, uint32_t input)
{
	struct store_file file = store_file(w->store, input);
	const struct store_file *f = &file;
	char digest[DIGEST_ROOM];
	const char *what = word(f);
	struct error err;
	uint64_t size;

	buffer_add_text(w->out, "- ");
	put_code(w, span_of(f->name));
	buffer_printf(w->out, ": %" PRIu64 " event%s, ", f->events,
		      f->events == 1 ? "" : "s");
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

/* Those of marked events first; the others fold away. */
static void write_files(struct writing *w)
{
	uint32_t n = store_file_count(w->store), rest = n;
	bool *marked = memory_clear(memory_add(n, 1), sizeof *marked);

	for (size_t i = 0; i < w->marked.count; i++) {
		struct store_event e = w->marked.events[i];
		uint32_t input = segment_event(
			store_segment(w->store, e.segment), e.index)->input;

		rest -= !marked[input];
		marked[input] = true;
	}
	buffer_add_text(w->out, "## Files\n\nEvents as they stand in each, "
			"duplicates counted.\n\n");
	for (uint32_t i = 0; i < n && sink_turn(w->sink); i++)
		if (marked[i])
			put_file(w, i);
	buffer_printf(w->out, "\n<details><summary>%" PRIu32 " %s</summary>"
		      "\n\n", rest, rest < n ? "without a marked event"
					    : "files");
	for (uint32_t i = 0; i < n && sink_turn(w->sink); i++)
		if (!marked[i])
			put_file(w, i);
	buffer_add_text(w->out, "\n</details>\n");
	free(marked);
}

void report_add_line(struct buffer *lines, struct span line)
{
	struct buffer whole = {0};
	const char *at;

	buffer_add_span(&whole, line);
	buffer_add_byte(&whole, '\n');
	at = span_find(buffer_span(lines), buffer_span(&whole));
	if (!at || (at > lines->p && at[-1] != '\n'))
		buffer_add_span(lines, buffer_span(&whole));
	buffer_free(&whole);
}

static bool add_line(void *context, struct span text, uint32_t value)
{
	(void)value;
	report_add_line(context, text);
	return true;
}

/* What is marked, and the life lines to tell: those that were asked for, and of
 * its certificates.  False when cancelled. */
static bool gather(struct writing *w)
{
	static const struct column_ref ref = {.column = COLUMN_CERTIFICATE};
	struct filter *filter = filter_parse(SPAN("is:marked"), NULL);
	struct run_cache *cache = run_cache_new();
	bool whole = run_query(w->store, cache, w->report->jobs, filter,
			       &(struct order){.count = 0}, w->sink->cancel,
			       &w->marked);

	run_cache_free(cache);
	filter_free(filter);
	if (!whole)
		return false;
	buffer_add_span(&w->lifelines, w->report->lifelines);
	for (size_t i = 0; i < w->marked.count; i++)
		columns_each(w->store, w->marked.events[i], &ref, add_line,
			     &w->lifelines);
	return true;
}

void report_write(struct sink *sink, const struct store *store,
		  const struct report *report)
{
	struct writing w = {.report = report, .store = store, .sink = sink,
			    .out = &sink->row};

	if (!gather(&w))
		return;
	w.index = index_new(store);
	write_head(&w);
	write_read(&w);
	write_filter(&w);
	write_marked(&w);
	write_lifelines(&w);
	write_revealed(&w);
	write_problems(&w);
	write_files(&w);
	sink_turn(sink);
	index_free(w.index);
	run_result_free(&w.marked);
	buffer_free(&w.lifelines);
	buffer_free(&w.text);
	buffer_free(&w.shown);
}
