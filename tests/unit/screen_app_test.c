/* Any keys at any size: what always holds of what is drawn. */
#include "load_support.h"
#include "screen/app.h"
#include "view/actions.h"
#include "view/keys.h"

#define SECRET "plantedSecretOfTheTest"

static void wake(void)
{
}

static void some_events(struct made *m)
{
	struct buffer text = {0};

	for (int i = 0; i < 60; i++)
		buffer_printf(&text,
			"{\"eventVersion\":\"1\",\"eventTime\":"
			"\"2026-01-01T00:%02d:00Z\",\"eventName\":\"Get%d\","
			"\"eventSource\":\"s%d.amazonaws.com\",\"userAgent\":"
			"\"\\u001b[2J\xe2\x80\xae\xe8\xa8\xbc\","
			"\"sourceIPAddress\":\"2001:db8:85a3:8d3:1319:8a2e:370"
			":%d\",\"responseElements\":{\"sessionToken\":\""
			SECRET "%d\",\"l\":[{\"a\":[1,2,3,4,5]},[],{}]},"
			"\"eventID\":\"%d\"}\n", i, i % 7, i % 3, i, i % 4, i);
	make_store(m);
	make_file(m, buffer_span(&text), 9999);
	make_file(m, SPAN("{eventName:x}\n{\"eventName\":\"cut"), 99);
	make_end(m);
	buffer_free(&text);
}

static uint32_t next(uint32_t *random)
{
	*random = *random * 1664525u + 1013904223u;
	return *random >> 8;
}

/* Keys of the table, and some that nobody has bound. */
static uint32_t any_key(uint32_t *random)
{
	const struct actions_info *info;
	const char *keys;
	uint32_t key = 0;
	size_t n;

	if (next(random) % 4 == 0)
		return next(random) % 0x3000;
	info = actions_info((enum action)(next(random) % ACTION_COUNT));
	keys = info->keys;
	for (uint32_t skip = next(random) % 2; skip && strchr(keys, ' ');
	     skip--)
		keys = strchr(keys, ' ') + 1;
	n = strcspn(keys, " ");
	if (n == 0)
		return 0;       /* it has a name only */
	assert_true(keys_parse((struct span){keys, n}, &key));
	return key;
}

/* Rows are whole, the cursor is on the screen, and no secret is on it. */
static void check(const struct grid *g, struct buffer *text)
{
	assert_in_range(g->cursor_row + 1, 0, (uintmax_t)g->rows);
	assert_in_range(g->cursor_column + 1, 0, (uintmax_t)g->columns);
	for (int row = 0; row < g->rows; row++) {
		int width = 0;

		buffer_clear(text);
		for (int column = 0; column < g->columns; column++) {
			const struct grid_cell *c = grid_cell(g, row, column);

			width += c->width;
			for (int i = 0; i < c->length; i++)
				assert_false((unsigned char)c->text[i] < ' ');
			buffer_add(text, c->text, c->length);
		}
		assert_int_equal(width, g->columns);
		assert_null(strstr(buffer_text(text), SECRET));
	}
}

static void any_keys_at_any_size_draw_whole_cells(void **state)
{
	struct buffer text = {0};
	struct made m;
	uint32_t random = 2026;

	(void)state;
	some_events(&m);
	for (int run = 0; run < 40; run++) {
		struct grid g = {.set = run % 4 ? SHOW_UNICODE : SHOW_ASCII};
		struct app *a = app_new(&(struct app_options){
			.store = m.store, .wake = wake, .no_reveal = true,
			.set = g.set});

		for (int i = 0; i < 150; i++) {
			if (i % 10 == 0)
				grid_resize(&g, 1 + (int)next(&random) % 50,
					    1 + (int)next(&random) % 200);
			app_key(a, any_key(&random));
			if (next(&random) % 50 == 0)
				app_paste(a, SPAN("x\ny\033[2J\xff"));
			while (app_work(a))
				;
			app_draw(a, &g);
			check(&g, &text);
		}
		assert_string_equal(app_state(a), "idle");
		app_free(a);
		grid_free(&g);
	}
	buffer_free(&text);
	unmake(&m);
}

static void typed_text_is_never_a_key(void **state)
{
	struct grid g = {.set = SHOW_UNICODE};
	struct made m;
	struct app *a;

	(void)state;
	some_events(&m);
	a = app_new(&(struct app_options){.store = m.store, .wake = wake});
	grid_resize(&g, 24, 80);
	assert_int_equal(app_key(a, 'f'), APP_NOTHING);
	for (uint32_t key = ' '; key < 0x7f; key++)
		assert_int_equal(app_key(a, key), APP_NOTHING);
	assert_int_equal(app_key(a, KEYS_ESCAPE), APP_NOTHING);
	assert_int_equal(app_key(a, 'q'), APP_QUIT);
	app_free(a);
	grid_free(&g);
	unmake(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_keys_at_any_size_draw_whole_cells),
		cmocka_unit_test(typed_text_is_never_a_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
