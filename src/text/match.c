/* Owns regular expressions, and all knowledge of PCRE2.  Patterns and values
 * flow in, verdicts flow out.  Knows nothing of fields, events or filters. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "text/match.h"

#include "base/memory.h"
#include "text/glance.h"
#include "text/utf8.h"

#include <pcre2.h>
#include <stdlib.h>
#include <time.h>

enum {
	/* Up to here a match limit alone bounds the time of a match (1.3 ms
	   at worst); beyond, only looking at the clock does, unless a place in
	   the value takes no more steps than the pattern has bytes. */
	QUICK_BYTES = 256,
	STRAIGHT_STEPS = 4 << 20,
	QUICK_LIMIT = 10000,
	SLOW_LIMIT = 1000000,
	SLOW_MS = 20,
	/* Between two looks at the clock: calls of the callout, and fewer of
	   them where a single step can run through megabytes. */
	CALLOUTS = 64,
	CALLOUT_BYTES = 4 << 20,
	BLOCK_BYTES = 64 << 10,
	TOGETHER = 16,             /* values whose lengths are seen at once */
	HEAP_KIB = 20480,
	STACK_FIRST = 32 << 10,
	STACK_LAST = 1 << 20
};

struct code {
	pcre2_code *code;
	bool jit;
};

/* One pattern, compiled for three uses. */
struct match {
	struct code quick;
	struct code slow;          /* with callouts */
	struct code block;         /* over lines; NULL: not safe to do */
	char *bytes;               /* a literal that is not UTF-8, or NULL */
	size_t length;
	size_t most;               /* bytes of a value for QUICK */
	bool always;               /* there is no value that does not match */
};

struct match_worker {
	pcre2_match_data *data;
	pcre2_jit_stack *stack;
	pcre2_match_context *quick, *slow;
	/* Of the slow match that runs: */
	const atomic_bool *cancel;
	uint64_t deadline;         /* 0: the clock was not looked at yet */
	unsigned callouts, interval;
};

/* How to mend it, for what people get wrong most. */
static const char *hint_for(int number)
{
	switch (number) {
	case PCRE2_ERROR_END_BACKSLASH:
		return "\\\\ is the backslash itself";
	case PCRE2_ERROR_MISSING_SQUARE_BRACKET:
		return "\\[ is the bracket itself";
	case PCRE2_ERROR_QUANTIFIER_INVALID:
		return "\\* \\+ \\? are the characters themselves";
	case PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS:
	case PCRE2_ERROR_UNMATCHED_CLOSING_PARENTHESIS:
		return "\\( and \\) are the parentheses themselves";
	case PCRE2_ERROR_CLASS_RANGE_ORDER:
	case PCRE2_ERROR_CLASS_INVALID_RANGE:
		return "\\- is the hyphen itself";
	case PCRE2_ERROR_LOOKBEHIND_NOT_FIXED_LENGTH:
		return "a lookbehind needs a length that does not vary";
	case PCRE2_ERROR_BACKSLASH_C_CALLER_DISABLED:
		return "use . for a character";
	case PCRE2_ERROR_PATTERN_TOO_LARGE:
	case PCRE2_ERROR_PARENTHESES_NEST_TOO_DEEP:
		return "repeat less, or nest less deeply";
	default:
		return NULL;
	}
}

static bool compile_error(int number, size_t at, struct error *err)
{
	PCRE2_UCHAR text[200] = "";
	const char *hint = hint_for(number);

	pcre2_get_error_message(number, text, sizeof text);
	error_set(err, "regex: %s", (const char *)text);
	if (hint)
		error_hint(err, "%s", hint);
	return error_at(err, 1, at + 1, at);
}

static void *take_memory(size_t n, void *context)
{
	(void)context;
	return memory_alloc(n);
}

static void give_memory(void *p, void *context)
{
	(void)context;
	free(p);
}

/* Memory or death for PCRE2 too: nothing made with it is NULL. */
static pcre2_general_context *memory_context(void)
{
	return pcre2_general_context_create(take_memory, give_memory, NULL);
}

static bool compile(struct code *c, struct span pattern, uint32_t options,
		    struct error *err)
{
	pcre2_general_context *memory = memory_context();
	pcre2_compile_context *context = pcre2_compile_context_create(memory);
	size_t at = 0, jit = 0;
	int number = 0;

	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	pcre2_set_max_pattern_length(context, MATCH_PATTERN);
	c->code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options,
				&number, &at, context);
	pcre2_compile_context_free(context);
	pcre2_general_context_free(memory);
	if (!c->code)
		return compile_error(number, at, err);
	/* Where JIT is missing or refuses, the size stays 0. */
	pcre2_jit_compile(c->code, PCRE2_JIT_COMPLETE);
	pcre2_pattern_info(c->code, PCRE2_INFO_JITSIZE, &jit);
	c->jit = jit > 0;
	return true;
}

static bool matches_nothing(const struct code *c)
{
	pcre2_general_context *memory = memory_context();
	pcre2_match_data *data = pcre2_match_data_create(1, memory);
	int result = pcre2_match(c->code, (PCRE2_SPTR)"", 0, 0, 0, data, NULL);

	pcre2_match_data_free(data);
	pcre2_general_context_free(memory);
	return result >= 0;
}

static bool compile_all(struct match *m, struct span pattern, unsigned flags,
			struct error *err)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
	uint32_t lines = 0;
	struct glance glance = {.straight = true};

	if (flags & MATCH_CASELESS)
		options |= PCRE2_CASELESS;
	if (flags & MATCH_LITERAL) {
		options |= PCRE2_LITERAL;
		glance.lines = !span_find(pattern, SPAN("\n"));
	} else {
		options |= PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
		lines = PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX;
		glance = glance_at(pattern);
	}
	if (!compile(&m->quick, pattern, options, err) ||
	    !compile(&m->slow, pattern, options | PCRE2_AUTO_CALLOUT, err))
		return false;
	m->most = glance.straight && m->quick.jit
			  ? STRAIGHT_STEPS / (pattern.n + 1) : QUICK_BYTES;
	m->always = glance.anywhere && matches_nothing(&m->quick);
	/* Without JIT each hit would check the rest of the block for UTF-8
	   again. */
	return !glance.lines || !m->quick.jit ||
	       compile(&m->block, pattern, options | lines, err);
}

struct match *match_compile(struct span pattern, unsigned flags,
			    struct error *err)
{
	struct match *m = memory_clear(1, sizeof *m);

	if (pattern.n == 0)
		pattern = SPAN("");
	if (flags == MATCH_LITERAL && !utf8_is_valid(pattern)) {
		m->bytes = memory_copy(pattern.p, pattern.n);
		m->length = pattern.n;
		return m;
	}
	if (compile_all(m, pattern, flags, err))
		return m;
	match_free(m);
	return NULL;
}

void match_free(struct match *m)
{
	if (!m)
		return;
	pcre2_code_free(m->quick.code);
	pcre2_code_free(m->slow.code);
	pcre2_code_free(m->block.code);
	free(m->bytes);
	free(m);
}

bool match_can_block(const struct match *m)
{
	return m->block.code != NULL;
}

/* Of this thread alone, so that a verdict does not depend on what else the
 * machine does. */
static uint64_t thread_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static bool cancelled(const atomic_bool *cancel)
{
	return cancel && atomic_load_explicit(cancel, memory_order_relaxed);
}

/* Called by PCRE2 before each item of the pattern. */
static int look_up(pcre2_callout_block *block, void *context)
{
	struct match_worker *w = context;

	(void)block;
	if (++w->callouts < w->interval)
		return 0;
	w->callouts = 0;
	if (cancelled(w->cancel))
		return PCRE2_ERROR_CALLOUT;
	if (w->deadline == 0)
		w->deadline = thread_ns() + SLOW_MS * UINT64_C(1000000);
	return thread_ns() < w->deadline ? 0 : PCRE2_ERROR_CALLOUT;
}

struct match_worker *match_worker_new(void)
{
	struct match_worker *w = memory_clear(1, sizeof *w);
	pcre2_general_context *memory = memory_context();

	w->data = pcre2_match_data_create(1, memory);
	w->quick = pcre2_match_context_create(memory);
	w->slow = pcre2_match_context_create(memory);
	pcre2_set_match_limit(w->quick, QUICK_LIMIT);
	pcre2_set_heap_limit(w->quick, HEAP_KIB);
	pcre2_set_match_limit(w->slow, SLOW_LIMIT);
	pcre2_set_heap_limit(w->slow, HEAP_KIB);
	pcre2_set_callout(w->slow, look_up, w);
	/* NULL where there is no JIT, and then not needed. */
	w->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_LAST, memory);
	pcre2_general_context_free(memory);
	pcre2_jit_stack_assign(w->quick, NULL, w->stack);
	pcre2_jit_stack_assign(w->slow, NULL, w->stack);
	return w;
}

void match_worker_free(struct match_worker *w)
{
	if (!w)
		return;
	pcre2_match_context_free(w->quick);
	pcre2_match_context_free(w->slow);
	pcre2_match_data_free(w->data);
	pcre2_jit_stack_free(w->stack);
	free(w);
}

static int run(const struct code *c, struct match_worker *w, struct span s,
	       size_t from, pcre2_match_context *context)
{
	if (c->jit)
		return pcre2_jit_match(c->code, (PCRE2_SPTR)s.p, s.n, from, 0,
				       w->data, context);
	return pcre2_match(c->code, (PCRE2_SPTR)s.p, s.n, from, 0, w->data,
			   context);
}

/* Every error but "no match" is a limit of some kind. */
static enum match_verdict verdict(int result)
{
	if (result >= 0)
		return MATCH_YES;
	return result == PCRE2_ERROR_NOMATCH ? MATCH_NO : MATCH_UNDECIDED;
}

static int run_slow(const struct match *m, struct match_worker *w,
		    struct span value, size_t from, const atomic_bool *cancel)
{
	size_t interval = CALLOUT_BYTES / value.n;

	w->cancel = cancel;
	w->deadline = 0;
	w->callouts = 0;
	w->interval = interval < CALLOUTS ? (unsigned)interval : CALLOUTS;
	return run(&m->slow, w, value, from, w->slow);
}

static enum match_verdict try_value(const struct match *m,
				    struct match_worker *w, struct span value,
				    size_t from, const atomic_bool *cancel)
{
	if (value.n > m->most)
		return verdict(run_slow(m, w, value, from, cancel));
	if (value.n == 0)
		value = SPAN("");
	return verdict(run(&m->quick, w, value, from, w->quick));
}

static const char *find_bytes(const struct match *m, struct span value)
{
	return span_find(value, (struct span){m->bytes, m->length});
}

enum match_verdict match_value(const struct match *m, struct match_worker *w,
			       struct span value, const atomic_bool *cancel)
{
	if (m->always)
		return MATCH_YES;
	if (m->bytes)
		return find_bytes(m, value) ? MATCH_YES : MATCH_NO;
	return try_value(m, w, value, 0, cancel);
}

enum match_verdict match_find(const struct match *m, struct match_worker *w,
			      struct span value, size_t from,
			      const atomic_bool *cancel, size_t *start,
			      size_t *end)
{
	const size_t *place = pcre2_get_ovector_pointer(w->data);
	enum match_verdict v;
	const char *found;

	if (m->bytes) {
		found = find_bytes(m, span_from(value, from));
		if (!found)
			return MATCH_NO;
		*start = (size_t)(found - value.p);
		*end = *start + m->length;
		return MATCH_YES;
	}
	v = try_value(m, w, value, from < value.n ? from : value.n, cancel);
	if (v == MATCH_YES) {
		*start = place[0];
		*end = place[1];
	}
	return v;
}

bool match_matches_empty(const struct match *m, struct match_worker *w)
{
	return match_value(m, w, SPAN(""), NULL) == MATCH_YES;
}

static void set_bit(uint64_t *set, uint32_t i)
{
	set[i / 64] |= UINT64_C(1) << (i % 64);
}

static struct span block_value(const struct match_block *b, uint32_t i)
{
	return (struct span){b->bytes + b->start[i],
			     b->start[i + 1] - b->start[i] - 1};
}

static void try_alone(const struct match *m, struct match_worker *w,
		      const struct match_block *b, uint32_t i,
		      const atomic_bool *cancel)
{
	switch (match_value(m, w, block_value(b, i), cancel)) {
	case MATCH_YES:
		set_bit(b->yes, i);
		break;
	case MATCH_UNDECIDED:
		set_bit(b->undecided, i);
		break;
	default:
		break;
	}
}

/* The value in [I, END) that holds the byte at offset AT.  Near I first: hits
 * come close together, or far apart. */
static uint32_t value_at(const struct match_block *b, uint32_t i,
			 uint32_t end, size_t at)
{
	uint32_t step = 1, low = i, high;

	while (end - low > step && b->start[low + step] <= at) {
		low += step;
		step *= 2;
	}
	high = end - low > step ? low + step : end;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (b->start[middle] <= at)
			low = middle;
		else
			high = middle;
	}
	return low;
}

/* Values [I, END), none of them long, as one text, without the last line feed:
 * so every place in it belongs to a value.  One hit is enough for a value: the
 * search goes on at the next one. */
static void try_lines(const struct match *m, struct match_worker *w,
		      const struct match_block *b, uint32_t i, uint32_t end,
		      const atomic_bool *cancel)
{
	const size_t *place = pcre2_get_ovector_pointer(w->data);
	size_t base = b->start[i];
	struct span lines = {b->bytes + base, b->start[end] - base - 1};
	int result;

	while (i < end) {
		result = run(&m->block, w, lines, b->start[i] - base,
			     w->quick);
		if (result == PCRE2_ERROR_NOMATCH)
			return;
		if (result >= 0)
			i = value_at(b, i, end, base + place[0]);
		if (result < 0 || base + place[1] >= b->start[i + 1])
			break;
		set_bit(b->yes, i++);
	}
	/* A line ran into a limit, nobody knows which, or a hit into the next
	   line, which the proof excludes. */
	for (; i < end && !cancelled(cancel); i++)
		try_alone(m, w, b, i, cancel);
}

/* Without a way out of the loop, so that the compiler makes vectors of it. */
static bool any_long(const uint32_t *start)
{
	uint32_t any = 0;

	for (int i = 0; i < TOGETHER; i++)
		any |= start[i + 1] - start[i] > QUICK_BYTES + 1;
	return any != 0;
}

/* Where the lines end that begin with value I and can be tried as one. */
static uint32_t lines_end(const struct match_block *b, uint32_t i)
{
	uint64_t last = (uint64_t)b->start[i] + BLOCK_BYTES;

	while (b->end - i >= TOGETHER && b->start[i + TOGETHER] <= last &&
	       !any_long(b->start + i))
		i += TOGETHER;
	while (i < b->end && b->start[i + 1] <= last &&
	       b->start[i + 1] - b->start[i] <= QUICK_BYTES + 1)
		i++;
	return i;
}

bool match_block(const struct match *m, struct match_worker *w,
		 const struct match_block *b, const atomic_bool *cancel)
{
	uint32_t i = b->first, end;

	for (; m->always && i < b->end; i++)
		set_bit(b->yes, i);
	while (i < b->end && !cancelled(cancel)) {
		end = m->block.code ? lines_end(b, i) : i;
		if (end > i)
			try_lines(m, w, b, i, end, cancel);
		else
			try_alone(m, w, b, end++, cancel);
		i = end;
	}
	return !cancelled(cancel);
}

void match_quote(struct span literal, struct buffer *out)
{
	for (size_t i = 0; i < literal.n; i++) {
		if (strchr("\\^$.[]|()?*+{}", literal.p[i]) && literal.p[i])
			buffer_add_byte(out, '\\');
		buffer_add_byte(out, literal.p[i]);
	}
}

void match_version(struct buffer *out)
{
	char text[64];
	struct match *m = match_compile(SPAN("a"), 0, NULL);

	pcre2_config(PCRE2_CONFIG_VERSION, text);
	buffer_printf(out, "%s %s JIT", text,
		      m->quick.jit ? "with" : "without");
	match_free(m);
}
