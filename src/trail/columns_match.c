/* What a column matches: the values of the row that its texts are made from,
 * and the texts that one value stands for, so that a filter judges each value
 * once and each event by its numbers. */
#include "trail/columns.h"

#include "base/memory.h"
#include "text/needles.h"
#include "trail/arn.h"
#include "trail/certificate.h"
#include "trail/domains.h"
#include "trail/outcome.h"
#include "trail/principal.h"
#include "trail/row.h"

#include <stdlib.h>

enum { FEW = 16 };

struct span columns_short_source(struct span source)
{
	static const struct span tails[] = {
		{".amazonaws.com", 14}, {".amazonaws.com.cn", 17},
	};

	for (size_t i = 0; i < 2; i++)
		if (span_ends(source, tails[i])) {
			source.n -= tails[i].n;
			break;
		}
	return source;
}

struct span columns_mfa_word(struct span text)
{
	if (span_equal_ignoring_case(text, SPAN("true")) ||
	    span_equal_ignoring_case(text, SPAN("yes")))
		return SPAN("yes");
	if (span_equal_ignoring_case(text, SPAN("false")) ||
	    span_equal_ignoring_case(text, SPAN("no")))
		return SPAN("no");
	return text;
}

static bool is_certificate(struct span text)
{
	struct span arn;
	size_t at = 0;

	return certificate_find(text, &at, &arn) && arn.n == text.n;
}

struct taking {
	uint32_t *value;
	size_t most;
	size_t count;
};

static bool take(struct taking *t, uint32_t value)
{
	if (value == VALUES_NONE)
		return false;
	if (t->count < t->most)
		t->value[t->count] = value;
	t->count++;
	return true;
}

/* Of a row's value: nulls are none, but where a path leads to them. */
static bool take_place(struct taking *t, const struct row *row, uint32_t place,
		       bool path)
{
	uint32_t value = row->value[place];

	if (value == VALUES_NONE)
		return false;
	return (path || values_kind(&row->segment->values, value) !=
				SCAN_NULL) &&
	       take(t, value);
}

static void take_spots(struct taking *t, const struct row *row, bool path,
		       const struct columns_spot *spot, size_t count)
{
	bool before = false;

	for (size_t i = 0; i < count; i++) {
		uint32_t end = spot[i].when == COLUMNS_ONWARDS
			? row->length : spot[i].place + 1;

		if (spot[i].when == COLUMNS_OTHERWISE && before)
			continue;
		for (uint32_t k = spot[i].place; k < end; k++)
			before = take_place(t, row, k, path);
	}
}

static void take_role(struct taking *t, const struct row *row)
{
	struct record record = row_record(row);

	take(t, row_field(row, FIELD_USER_ARN));
	take(t, row_field(row, FIELD_ISSUER_ARN));
	if (span_is(record_text(&record, FIELD_USER_TYPE), "AssumedRole"))
		take(t, row_field(row, FIELD_ISSUER_NAME));
}

static void take_domains(struct taking *t, const struct row *row)
{
	struct record record = row_record(row);

	for (uint32_t i = 0; i < row_certificates(row); i++)
		take(t, row_derived(row, STORE_CERTIFICATES + i));
	if (domains_of_acm(&record))
		take(t, row_field(row, FIELD_DOMAIN));
}

size_t columns_match_values(const struct store *store, struct store_event e,
			    const struct column_ref *ref, uint32_t *value,
			    size_t most)
{
	struct row row = row_of(store, e);
	struct taking t = {value, most, 0};
	struct columns_spot spot[COLUMNS_SPOTS];
	size_t spots = columns_spots(store, row.event->shape, ref, spot);

	if (spots != SIZE_MAX) {
		take_spots(&t, &row, ref->column == COLUMN_PATH, spot, spots);
		return t.count;
	}
	switch (ref->column) {
	case COLUMN_GLYPH:
	case COLUMN_RESULT:
	case COLUMN_CONTAINER:
	case COLUMN_FILE:
	case COLUMN_FINDING:
		return SIZE_MAX;
	case COLUMN_ROLE:
		take_role(&t, &row);
		return t.count;
	case COLUMN_IOC:
		for (uint32_t i = 0; i < row.shape->slots; i++)
			take(&t, row.value[i]);
		return t.count;
	case COLUMN_DOMAIN:
		take_domains(&t, &row);
		return t.count;
	default:
		return columns_values(store, e, ref, value, most);
	}
}

/* The parts of a principal's ARN that people know it by. */
static size_t names_in(struct span arn, struct span *text)
{
	const struct span parts[] = {
		arn_role_session(arn), arn_role(arn), arn_session(arn),
		arn_name(arn),
	};
	size_t n = 0;

	for (size_t i = 0; i < 4; i++)
		if (parts[i].n > 0)
			text[n++] = parts[i];
	return n;
}

/* The texts of a value, its own among them, at most five. */
static size_t texts_of(enum column column, struct span text,
		       struct span texts[5])
{
	struct span session;
	bool arn;
	size_t n = 0;

	switch (column) {
	case COLUMN_ROLE:
		arn = arn_resource(text).p != NULL;
		texts[n++] = arn ? arn_role(text) : text;
		break;
	case COLUMN_SESSION:
		arn = arn_resource(text).p != NULL;
		session = arn ? arn_session(text) : principal_id_session(text);
		texts[n++] = session;
		if (!arn && session.p)
			texts[n++] = text;
		break;
	case COLUMN_NEEDS:
		texts[n++] = outcome_refused_action(text);
		break;
	case COLUMN_DOMAIN:
		if (!is_certificate(text))
			texts[n++] = text;
		break;
	case COLUMN_MFA:
		texts[n++] = columns_mfa_word(text);
		texts[n++] = text;
		break;
	case COLUMN_SOURCE:
		texts[n++] = text;
		texts[n++] = columns_short_source(text);
		break;
	case COLUMN_WHO:
		texts[n++] = text;
		n += names_in(text, texts + n);
		break;
	case COLUMN_CERTIFICATE:
	case COLUMN_TARGET:
		texts[n++] = text;
		if (is_certificate(text))
			texts[n++] = certificate_id(text);
		break;
	default:
		texts[n++] = text;
	}
	return n;
}

const void *columns_joined_by(const struct store *store,
			      const struct column_ref *ref)
{
	switch (ref->column) {
	case COLUMN_CERTIFICATE:
	case COLUMN_TARGET:
	case COLUMN_DOMAIN:
		return domains_kept(store);
	case COLUMN_FINDING:
		return store_remarks(store) ? store_remarks(store)->known(store)
					    : NULL;
	default:
		return NULL;
	}
}

/* The names of the certificate with that ARN. */
static bool tell_names(const struct store *store, struct span arn,
		       columns_each_fn *each, void *context)
{
	size_t count;
	const struct domains_link *link = domains_of(domains_kept(store), arn,
						     &count);

	for (size_t i = 0; i < count; i++)
		if (!each(context, link[i].name, VALUES_NONE))
			return false;
	return true;
}

/* The indicators that stand in a text, for one who asks for texts. */
struct telling {
	const struct needles *needles;
	columns_each_fn *each;
	void *context;
	bool more;
};

static bool tell_needle(void *context, size_t i)
{
	struct telling *t = context;

	t->more = t->each(t->context, needles_get(t->needles, i),
			  VALUES_NONE);
	return t->more;
}

static bool tell_indicators(const struct store *store, struct span text,
			    columns_each_fn *each, void *context)
{
	struct telling t = {store_indicators(store), each, context, true};
	size_t whole;

	if (!t.needles)
		return true;
	whole = needles_equal(t.needles, text);
	if (whole == SIZE_MAX || tell_needle(&t, whole))
		needles_within(t.needles, text, tell_needle, &t);
	return t.more;
}

static bool tell_texts(const struct store *store, const struct column_ref *ref,
		       struct span text, columns_each_fn *each, void *context)
{
	struct span texts[5];
	size_t n;

	if (ref->column == COLUMN_IOC)
		return tell_indicators(store, text, each, context);
	n = texts_of(ref->column, text, texts);
	for (size_t i = 0; i < n; i++)
		if (texts[i].p && !each(context, texts[i], VALUES_NONE))
			return false;
	switch (ref->column) {
	case COLUMN_CERTIFICATE:
	case COLUMN_TARGET:
	case COLUMN_DOMAIN:
		return !is_certificate(text) ||
		       tell_names(store, text, each, context);
	default:
		return true;
	}
}

void columns_match_texts(const struct store *store,
			 const struct column_ref *ref, struct span text,
			 columns_each_fn *each, void *context)
{
	tell_texts(store, ref, text, each, context);
}

bool columns_match_plain(const struct column_ref *ref)
{
	switch (ref->column) {
	case COLUMN_WHO:
	case COLUMN_SOURCE:
	case COLUMN_CERTIFICATE:
	case COLUMN_TARGET:
	case COLUMN_ROLE:
	case COLUMN_SESSION:
	case COLUMN_NEEDS:
	case COLUMN_MFA:
	case COLUMN_DOMAIN:
	case COLUMN_IOC:
		return false;
	default:
		return true;
	}
}

bool columns_match_only(const struct store *store,
			const struct column_ref *ref, struct span want)
{
	if (ref->column != COLUMN_CERTIFICATE && ref->column != COLUMN_TARGET)
		return columns_match_plain(ref);
	/* It is no certificate's id, and no name of one. */
	return want.n > 0 &&
	       (memchr(want.p, '/', want.n) || memchr(want.p, ':', want.n)) &&
	       !domains_known(domains_kept(store), want);
}

/* As span_ends; told by the last byte mostly. */
static bool may_end(struct span text, struct span want)
{
	return want.n == 0 ||
	       (text.n >= want.n && text.p[text.n - 1] == want.p[want.n - 1] &&
		span_ends(text, want));
}

/* The parts of an ARN that texts_of tells end where it ends, but for the role
 * of a session, which has no slash. */
static bool may_hold_role(struct span text, struct span want)
{
	return text.n > want.n && !memchr(want.p, '/', want.n) &&
	       span_starts(text, SPAN("arn:")) && span_find(text, want);
}

bool columns_match_likely(const struct store *store,
			  const struct column_ref *ref, struct span text,
			  struct span want)
{
	switch (ref->column) {
	case COLUMN_WHO:
	case COLUMN_ROLE:
		return may_end(text, want) || may_hold_role(text, want);
	case COLUMN_SESSION:
		return may_end(text, want);
	case COLUMN_SOURCE:
		return span_starts(text, want);
	case COLUMN_NEEDS:
		return span_find(text, want) != NULL;
	case COLUMN_CERTIFICATE:
	case COLUMN_TARGET:
		return may_end(text, want) ||
		       (span_starts(text, SPAN("arn:")) &&
			domains_known(domains_kept(store), want));
	default:
		return !columns_match_plain(ref) || span_equal(text, want);
	}
}

uint32_t columns_match_group(const struct store *store, struct store_event e,
			     const struct column_ref *ref)
{
	struct row row = row_of(store, e);
	struct record record = row_record(&row);
	uint32_t value;
	size_t n;

	switch (ref->column) {
	case COLUMN_GLYPH:
		return (unsigned char)outcome_glyph(&record);
	case COLUMN_CONTAINER:
		return row.event->container;
	case COLUMN_FILE:
		return row.event->input;
	case COLUMN_FINDING:
		return columns_present(store, e, ref) ? VALUES_NONE : 0;
	default:
		n = columns_values(store, e, ref, &value, 1);
		return n == 1 ? value : n == 0 ? VALUES_NONE - 1 : VALUES_NONE;
	}
}

static void tell_file(struct span name, columns_each_fn *each, void *context)
{
	size_t i = name.n;

	while (i > 0 && name.p[i - 1] != '/')
		i--;
	if (each(context, name, VALUES_NONE) && i > 0)
		each(context, span_from(name, i), VALUES_NONE);
}

void columns_match_row(const struct store *store, struct store_event e,
		       const struct column_ref *ref, columns_each_fn *each,
		       void *context)
{
	uint32_t few[FEW], *value = few;
	struct buffer scratch = {0};
	size_t n = columns_match_values(store, e, ref, value, FEW);

	if (n > FEW) {
		value = memory_resize(NULL, n, sizeof *value);
		columns_match_values(store, e, ref, value, n);
	}
	for (size_t i = 0; i < n; i++)
		if (!tell_texts(store, ref, store_text(store, e.segment,
						       value[i], &scratch),
				each, context))
			break;
	if (value != few)
		free(value);
	buffer_free(&scratch);
}

void columns_match_each(const struct store *store, struct store_event e,
			const struct column_ref *ref, columns_each_fn *each,
			void *context)
{
	if (columns_match_values(store, e, ref, NULL, 0) != SIZE_MAX)
		columns_match_row(store, e, ref, each, context);
	else if (ref->column == COLUMN_FILE)
		tell_file(span_of(store_file(store,
			row_of(store, e).event->input).name), each, context);
	else
		columns_each(store, e, ref, each, context);
}
