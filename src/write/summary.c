/* Owns the keys of the summary and their order. */
#include "write/summary.h"

#include "json/decode.h"
#include "text/stamp.h"

static void add_key(struct buffer *out, const char *key)
{
	buffer_printf(out, "%s\n  \"%s\": ", out->n > 1 ? "," : "", key);
}

static void add_count(struct buffer *out, const char *key, uint64_t count)
{
	add_key(out, key);
	buffer_printf(out, "%llu", (unsigned long long)count);
}

static void add_span(struct sink *sink, struct span text)
{
	size_t from = sink->row.n;

	decode_quote(text, &sink->row);
	sink_show(sink, from);
}

static void add_quoted(struct sink *sink, const char *text)
{
	if (text && *text)
		add_span(sink, span_of(text));
	else
		buffer_add_text(&sink->row, "null");
}

static void add_number(struct buffer *out, const char *key, uint64_t number,
		       bool known)
{
	if (known)
		buffer_printf(out, ", \"%s\": %llu", key,
			      (unsigned long long)number);
	else
		buffer_printf(out, ", \"%s\": null", key);
}

static void add_time(struct buffer *out, const char *key, int64_t time,
		     bool known)
{
	char text[STAMP_ROOM];

	add_key(out, key);
	if (known) {
		stamp_format(time, STAMP_ISO, STAMP_UTC, text);
		buffer_printf(out, "\"%s\"", text);
	} else {
		buffer_add_text(out, "null");
	}
}

static void add_skipped(struct sink *sink, const struct store *store)
{
	struct buffer *out = &sink->row;
	const char *separator = "";

	add_key(out, "skipped");
	buffer_add_byte(out, '[');
	for (uint32_t i = 0; i < store_file_count(store); i++) {
		struct store_file file = store_file(store, i);

		if (file.state != STORE_FILE_SKIPPED &&
		    file.state != STORE_FILE_DIGEST)
			continue;
		buffer_printf(out, "%s\n    {\"file\": ", separator);
		add_quoted(sink, file.name);
		buffer_add_text(out, ", \"why\": ");
		add_quoted(sink, file.why ? file.why
			   : file.state == STORE_FILE_DIGEST
			   ? "a CloudTrail digest file" : NULL);
		buffer_add_byte(out, '}');
		separator = ",";
	}
	buffer_add_text(out, *separator ? "\n  ]" : "]");
}

static void add_terms(struct sink *sink, const struct summary *summary)
{
	struct buffer *out = &sink->row;
	size_t n = summary->result->term_count;

	add_key(out, "terms");
	buffer_add_byte(out, '[');
	for (size_t i = 0; i < n; i++) {
		buffer_printf(out, "%s\n    {\"term\": ", i ? "," : "");
		add_span(sink, filter_term(summary->filter, i)->text);
		add_number(out, "events", summary->result->terms[i], true);
		buffer_add_byte(out, '}');
	}
	buffer_add_text(out, n ? "\n  ]" : "]");
}

static void add_problem(struct sink *sink, const struct store *store,
			const struct store_problem *problem)
{
	const struct error *e = &problem->error;
	struct buffer *out = &sink->row;

	buffer_add_text(out, "{\"file\": ");
	add_quoted(sink, store_file(store, problem->input).name);
	add_number(out, "line", e->line, e->line > 0);
	add_number(out, "column", e->column, e->line > 0);
	add_number(out, "offset", e->offset, e->line > 0 || e->offset > 0);
	buffer_add_text(out, ", \"message\": ");
	add_quoted(sink, e->text);
	buffer_add_text(out, ", \"hint\": ");
	add_quoted(sink, e->hint);
	buffer_add_byte(out, '}');
}

static void add_problems(struct sink *sink, const struct store *store)
{
	size_t n = store_problem_count(store);

	add_key(&sink->row, "problems");
	buffer_add_byte(&sink->row, '[');
	for (size_t i = 0; i < n; i++) {
		struct store_problem problem = store_problem(store, i);

		buffer_printf(&sink->row, "%s\n    ", i ? "," : "");
		add_problem(sink, store, &problem);
	}
	buffer_add_text(&sink->row, n ? "\n  ]" : "]");
}

static uint64_t count_values(const struct store *store)
{
	uint64_t n = 0;

	for (uint32_t i = 0; i < store_segment_count(store); i++) {
		const struct values *v = &store_segment(store, i)->values;

		n += (uint64_t)v->plain.count + v->escaped.count +
		     v->secret.count;
	}
	return n;
}

void summary_write(struct sink *sink, const struct store *store,
		   const struct summary *summary)
{
	struct buffer *out = &sink->row;
	struct store_counts counts;

	store_counts(store, &counts);
	buffer_add_byte(out, '{');
	add_count(out, "files", counts.files);
	add_skipped(sink, store);
	add_count(out, "events", counts.events);
	add_count(out, "notices", counts.notices);
	add_count(out, "duplicates", counts.duplicates);
	add_count(out, "conflicts", counts.conflicts);
	add_count(out, "relaxed", counts.relaxed);
	add_count(out, "damaged", counts.damaged);
	add_count(out, "unverified", counts.unverified);
	add_count(out, "rejected", counts.rejected);
	add_count(out, "bytes", counts.bytes_out);
	add_count(out, "shapes", shapes_count(store_shapes(store)));
	add_count(out, "values", count_values(store));
	add_count(out, "memory", counts.memory);
	add_time(out, "first", counts.first, counts.first <= counts.last);
	add_time(out, "last", counts.last, counts.first <= counts.last);
	add_key(out, "filter");
	if (summary->text.n)
		add_span(sink, summary->text);
	else
		buffer_add_text(out, "null");
	add_terms(sink, summary);
	add_count(out, "matched", summary->result->count);
	add_count(out, "undecided", summary->result->undecided);
	add_problems(sink, store);
	add_key(out, "timing");
	buffer_printf(out, "{\"load\": %.3f, \"query\": %.3f, "
		      "\"threads\": %u}\n}\n",
		      summary->load, summary->query, summary->threads);
	sink_turn(sink);
}
