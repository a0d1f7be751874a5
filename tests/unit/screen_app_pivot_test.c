/* Pivots on the screen: what p counts is what there is after committing, by
 * whatever way one came to an event. */
#include "load_support.h"
#include "screen/app_parts.h"
#include "view/keys.h"

static void wake(void)
{
}

static uint32_t next(uint32_t *random)
{
	*random = *random * 1664525u + 1013904223u;
	return *random >> 8;
}

/* Few principals, keys and addresses, so that they meet; one is odd text. */
static void add_event(struct buffer *out, uint32_t *random, int i)
{
	static const char *const names[] = {"alice", "b\\u0000b", "\\\"(x or y)",
					    "\xe8\xa8\xbc \\\\d", "a b"};
	const char *name = names[next(random) % 5];

	buffer_printf(out,
		"{\"eventVersion\":\"1\",\"eventTime\":\"2026-01-01T00:%02d:"
		"%02dZ\",\"eventName\":\"Get%u\",\"eventSource\":\"s%u."
		"amazonaws.com\",\"awsRegion\":\"r%u\",\"sourceIPAddress\":"
		"\"192.0.2.%u\",\"eventID\":\"%d\",\"requestID\":\"q%u\"",
		i / 60 % 60, i % 60, next(random) % 6, next(random) % 3,
		next(random) % 2, next(random) % 9, i, next(random) % 40);
	buffer_printf(out, ",\"userIdentity\":{\"type\":\"AssumedRole\","
		"\"principalId\":\"AROA%u:%s\",\"accessKeyId\":\"ASIA%u\","
		"\"arn\":\"arn:aws:sts::111122223333:assumed-role/r%u/%s\"}",
		next(random) % 3, name, next(random) % 12,
		next(random) % 3, name);
	if (next(random) % 3 == 0)
		buffer_printf(out, ",\"errorCode\":\"AccessDenied\"");
	if (next(random) % 3 == 0)
		buffer_printf(out, ",\"requestParameters\":{"
			"\"certificateArn\":\"arn:aws:acm:r:111122223333:"
			"certificate/%u\",\"other\":[\"arn:aws:acm:r:"
			"111122223333:certificate/%u\"]}", next(random) % 4,
			next(random) % 4);
	buffer_add_text(out, "}\n");
}

static void generate(struct made *m, uint32_t seed)
{
	struct buffer text = {0};

	for (int i = 0; i < 200; i++)
		add_event(&text, &seed, i);
	make_store(m);
	make_file(m, buffer_span(&text), 4000);
	make_end(m);
	buffer_free(&text);
}

static void settle(struct app *a)
{
	while (app_work(a))
		;
}

static void press(struct app *a, uint32_t key)
{
	app_key(a, key);
	settle(a);
}

/* Commits line I of what p offers, and goes back; answers the events then
 * shown. */
static size_t after(struct app *a, size_t i, bool over)
{
	const struct pivot *pivot = &a->pivots.list.pivot[i];
	size_t shown;

	while (a->pivots.pane.cursor < i)
		press(a, KEYS_DOWN);
	press(a, pivot->letter ? (uint32_t)(over ? pivot->letter - 'a' + 'A'
						 : pivot->letter)
			       : KEYS_ENTER);
	assert_int_equal(a->overlay, 0);
	assert_true(a->overview.open);
	assert_non_null(a->overview.sheet.answer);
	shown = a->list.pane.count;
	press(a, 'u');
	assert_false(a->overview.open);
	return shown;
}

/* From the selected event by every letter, and by the cell under the cursor. */
static size_t check_event(struct app *a)
{
	size_t checked = 0, before = a->list.pane.count, count;

	press(a, 'p');
	count = a->pivots.list.count;
	for (size_t i = 0; i < count; i++) {
		struct pivot pivot;

		for (int over = 0; over < 2; over++) {
			if (a->overlay != IN_PIVOTS)
				press(a, 'p');
			assert_true(a->pivots.counted);
			assert_int_equal(a->pivots.list.count, count);
			pivot = a->pivots.list.pivot[i];
			if (over && !pivot.letter)
				continue;
			assert_int_equal(after(a, i, over),
					 over ? pivot.all : pivot.shown);
			assert_int_equal(a->list.pane.count, before);
			checked++;
		}
	}
	press(a, KEYS_ESCAPE);
	return checked;
}

static const char *const filters[] = {
	"", "is:error", "event~1 or event~2", "!source=s1", "AccessDenied",
};

static size_t check_store(const struct store *store, uint32_t seed, int events)
{
	size_t checked = 0;

	for (size_t f = 0; f < sizeof filters / sizeof *filters; f++) {
		struct app *a = app_new(&(struct app_options){
			.store = store, .wake = wake,
			.filter = span_of(filters[f])});

		settle(a);
		for (int i = 0; i < events && a->list.pane.count > 0; i++) {
			pane_go(&a->list.pane,
				next(&seed) % a->list.pane.count);
			list_choose(&a->list);
			a->cell = next(&seed) % a->layout.count;
			checked += check_event(a);
		}
		app_free(a);
	}
	return checked;
}

static void counts_before_are_counts_after(void **state)
{
	size_t checked = 0;

	(void)state;
	for (uint32_t seed = 1; seed <= 4; seed++) {
		struct made m;

		generate(&m, seed);
		checked += check_store(m.store, seed, 4);
		unmake(&m);
	}
	assert_true(checked > 1000);
}

static void in_the_sample_too(void **state)
{
	struct store *store = store_new(FIELD_COUNT);
	struct jobs *jobs = jobs_new(1);
	struct loader *loader = loader_new(store, jobs,
					   &(struct loader_options){0});
	const char *source = getenv("ACMTUI_SOURCE");
	struct buffer path = {0};
	const char *name;

	(void)state;
	buffer_printf(&path, "%s/data/sample", source ? source : ".");
	name = buffer_text(&path);
	loader_start(loader, &name, 1);
	loader_wait(loader);
	assert_true(check_store(store, 7, 3) > 200);
	loader_free(loader);
	jobs_free(jobs);
	store_free(store);
	buffer_free(&path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(counts_before_are_counts_after),
		cmocka_unit_test(in_the_sample_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
