/* Owns the writing of predicates: as text that reads as the same, which is also
 * the key under which what was found for one is kept. */
#include "query/predicate_parts.h"

#include "query/words.h"

static void add_field(const struct predicate *t, struct buffer *out)
{
	if (t->any)
		buffer_add_text(out, "any");
	else
		columns_name(&t->field, out);
}

static void add_value(const struct predicate *t, struct buffer *out)
{
	switch (t->spelling) {
	case PREDICATE_QUOTED:
		words_quote(t->value, out);
		break;
	case PREDICATE_SLASHED:
		buffer_add_byte(out, '/');
		buffer_add_span(out, t->value);
		buffer_add_text(out, t->caseless ? "/i" : "/");
		break;
	case PREDICATE_PLAIN:
		buffer_add_span(out, t->value);
		break;
	}
}

static void print_match(const struct predicate *t, bool negated,
			struct buffer *out)
{
	if (!t->any || negated) {
		add_field(t, out);
		buffer_add_text(out, negated ? "!~" : "~");
	}
	add_value(t, out);
}

/* any~X and X mean the same, but a plain X may read as something else. */
static bool needs_field(const struct predicate *t)
{
	return t->any && t->text.n >= 4 &&
	       span_equal_ignoring_case((struct span){t->text.p, 4},
					SPAN("any~"));
}

/* Spelled so that it stays what it is, wherever it is read. */
static void add_moment(const struct moment *m, struct buffer *out)
{
	struct buffer text = {0};

	if (!m->spelled && !m->open) {
		moment_write_time(m->from, out);
		return;
	}
	buffer_add_span(&text, m->written);
	buffer_add_text(&text, m->zone);
	if (memchr(text.p, ' ', text.n) || memchr(text.p, ',', text.n))
		words_quote(buffer_span(&text), out);
	else
		buffer_add_span(out, buffer_span(&text));
	buffer_free(&text);
}

/* From..to as two terms. */
static void print_range(const struct moment *m, struct buffer *out)
{
	buffer_add_text(out, "time>=");
	moment_write_time(m->from, out);
	buffer_add_text(out, " time<");
	moment_write_time(m->to, out);
}

static void print_moments(const struct predicate *t, bool negated,
			  struct buffer *out)
{
	if (t->moments == 1 && t->needles == NULL) {
		buffer_add_text(out, negated ? "time!=" : "time=");
		add_moment(t->moment, out);
		return;
	}
	buffer_add_text(out, negated ? "time not in (" : "time in (");
	for (size_t i = 0; i < t->moments; i++) {
		buffer_add_text(out, i ? ", " : "");
		add_moment(&t->moment[i], out);
	}
	buffer_add_byte(out, ')');
}

static void print_comparison(const struct predicate *t, struct buffer *out)
{
	static const char *const signs[] = {"<", "<=", ">", ">="};
	const struct moment *m = t->moment;
	bool up = t->order == PREDICATE_ABOVE || t->order == PREDICATE_FROM;
	bool behind = t->order == PREDICATE_ABOVE ||
		      t->order == PREDICATE_UP_TO;

	add_field(t, out);
	if (t->measure == PREDICATE_NUMBER) {
		buffer_add_text(out, signs[t->order]);
		add_value(t, out);
	} else if (m->spelled || m->open) {
		buffer_add_text(out, signs[t->order]);
		add_moment(m, out);
	} else {
		buffer_add_text(out, up ? ">=" : "<");
		moment_write_time(behind ? m->to : m->from, out);
	}
}

static bool plain_item(struct span item)
{
	size_t open = 0;

	if (item.n == 0 || item.p[0] == '"' || item.p[0] == '@')
		return false;
	for (size_t i = 0; i < item.n; i++) {
		unsigned char c = (unsigned char)item.p[i];

		if (c <= ' ' || c == ',' || c == '\\' || c >= 0x7f)
			return false;
		open += c == '(';
		if (c == ')' && open-- == 0)
			return false;
	}
	return open == 0;
}

static void print_choice(const struct predicate *t, bool negated,
			 struct buffer *out)
{
	struct network network;

	add_field(t, out);
	buffer_add_text(out, negated ? " not in " : " in ");
	if (t->list.p) {
		buffer_add_byte(out, '@');
		add_value(t, out);
		return;
	}
	for (size_t i = 0; i < needles_count(t->needles); i++) {
		struct span item = needles_get(t->needles, i);

		buffer_add_text(out, i ? ", " : "(");
		if (plain_item(item) && (needles_is_network(t->needles, i) ||
					 !network_parse(item, &network)))
			buffer_add_span(out, item);
		else
			words_quote(item, out);
	}
	buffer_add_byte(out, ')');
}

/* A value may begin with what would make another operator of `=`. */
static const char *equals_sign(const struct predicate *t)
{
	bool sign = t->spelling == PREDICATE_PLAIN && t->value.n > 0 &&
		    memchr("=~", t->value.p[0], 2);

	return sign ? "==" : "=";
}

static void print(const struct predicate *t, bool negated, struct buffer *out)
{
	switch (t->test) {
	case PREDICATE_MATCHES:
		if (needs_field(t) && !negated)
			buffer_add_text(out, "any~");
		print_match(t, negated, out);
		break;
	case PREDICATE_EQUALS:
		add_field(t, out);
		buffer_add_text(out, negated ? "!=" : equals_sign(t));
		add_value(t, out);
		break;
	case PREDICATE_COMPARES:
		print_comparison(t, out);
		break;
	case PREDICATE_WITHIN:
		print_moments(t, negated, out);
		break;
	case PREDICATE_PRESENT:
		add_field(t, out);
		buffer_add_text(out, negated ? "!?" : "?");
		break;
	case PREDICATE_ONE_OF:
		print_choice(t, negated, out);
		break;
	case PREDICATE_HOLDS:
		buffer_add_span(out, t->value);
		break;
	case PREDICATE_MARK:
		buffer_printf(out, "%s:%s",
			      marks_info(t->mark)->group == MARK_IS ? "is"
								    : "has",
			      marks_info(t->mark)->name);
		break;
	}
}

void predicate_print(const struct predicate *t, struct buffer *out,
		     size_t *terms)
{
	bool range = t->test == PREDICATE_WITHIN && !t->needles &&
		     t->moments == 1 && !t->moment->spelled &&
		     !t->moment->open && !moment_is_point(t->moment);

	*terms = range ? 2 : 1;
	if (!range) {
		print(t, t->negated, out);
		return;
	}
	buffer_add_text(out, t->negated ? "!(" : "");
	print_range(t->moment, out);
	buffer_add_text(out, t->negated ? ")" : "");
	*terms = t->negated ? 1 : 2;
}

void predicate_make_key(struct predicate *t)
{
	struct buffer key = {0};
	size_t terms;
	bool negated = t->negated;

	t->negated = false;
	predicate_print(t, &key, &terms);
	t->negated = negated;
	t->key.n = key.n;
	t->key.p = t->memory[1] = buffer_take(&key);
}
