/* A record that was read strictly comes back byte for byte: those of real
 * trails, and ten thousand made at random in every odd spelling of JSON. */
#include "load_support.h"

#include "load/inflate.h"
#include "load/inputs.h"

#include <dirent.h>

enum { RECORDS = 10000, PER_FILE = 100 };

/* Compares every strict event with the file's text; events whose record is
 * JSON in a string stand there escaped and are passed over.  Answers how many
 * were compared. */
static size_t compare(const struct made *m, struct span text)
{
	struct store_event e = STORE_NO_EVENT;
	struct buffer out = {0};
	size_t compared = 0;

	while (store_next(m->store, &e)) {
		const struct segment_event *event =
			segment_event(store_segment(m->store, e.segment),
				      e.index);

		if ((event->marks & SEGMENT_RELAXED) ||
		    (event->offset > 0 && text.p[event->offset - 1] == '"'))
			continue;
		buffer_clear(&out);
		document_text(m->store, e, true, &out);
		if (event->offset + out.n > text.n ||
		    memcmp(text.p + event->offset, out.p, out.n) != 0)
			print_error("at %llu: %.*s\n",
				    (unsigned long long)event->offset,
				    (int)(out.n < 200 ? out.n : 200), out.p);
		assert_true(event->offset + out.n <= text.n);
		assert_memory_equal(text.p + event->offset, out.p, out.n);
		compared++;
	}
	buffer_free(&out);
	return compared;
}

static size_t compare_text(struct span text)
{
	struct made m;
	size_t compared;

	make_store(&m);
	make_file(&m, text, 1 << 16);
	make_end(&m);
	compared = compare(&m, text);
	unmake(&m);
	return compared;
}

/* The content of an input; false when it is no JSON. */
static bool read_content(struct inflate *inflate, const struct input *input,
			 struct buffer *content)
{
	struct input_file file;
	struct error err;
	enum inflate_state state = INFLATE_END;
	size_t got;

	buffer_clear(content);
	if (inputs_open(input, &file, &err) != INPUT_REGULAR)
		return false;
	inflate_open(inflate, file.fd, false, NULL);
	do {
		state = inflate_read(inflate, buffer_room(content, 65536),
				     65536, &got, &err);
		content->n += got;
	} while (state == INFLATE_MORE);
	inputs_close(&file, &err);
	return state != INFLATE_SKIPPED;
}

/* How many records of the files below FOLDER were compared. */
static size_t compare_folder(const char *folder)
{
	struct inputs *inputs = inputs_new(&folder, 1);
	struct inflate *inflate = inflate_new(NULL);
	struct buffer content = {0};
	struct input input;
	size_t compared = 0;

	while (inputs_next(inputs, &input)) {
		if (read_content(inflate, &input, &content))
			compared += compare_text(buffer_span(&content));
		free(input.path);
	}
	buffer_free(&content);
	inflate_free(inflate);
	inputs_free(inputs);
	return compared;
}

static void real_trails(void **state)
{
	const char *shared = getenv("ACMTUI_SHARED");
	struct buffer path = {0};
	DIR *folder;

	(void)state;
	buffer_printf(&path, "%s/trails", shared ? shared : "../shared");
	folder = opendir(buffer_text(&path));
	if (!folder) {
		printf("SKIP: %s is not there\n", buffer_text(&path));
		buffer_free(&path);
		skip();
	}
	closedir(folder);
	assert_true(compare_folder(buffer_text(&path)) > 3000);
	buffer_free(&path);
}

/* Random numbers that are the same everywhere. */
static uint32_t draw(uint64_t *seed, uint32_t below)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return (uint32_t)((*seed >> 33) % below);
}

static void add_blanks(uint64_t *seed, struct buffer *out)
{
	static const char blanks[] = " \t\r\n";

	while (draw(seed, 4) == 0)
		buffer_add_byte(out, blanks[draw(seed, 4)]);
}

static void add_string(uint64_t *seed, struct buffer *out)
{
	static const char *const pieces[] = {
		"a", "Tag", "tag", "x y", "\\\"", "\\\\", "\\/", "\\b\\f",
		"\\u0000", "\\u00e9", "\\ud83d\\ude00", "\\ud800", "\\udc00",
		"\xc3\xa9", "\xe8\xa8\xbc", "\xf0\x9f\x94\x92", "\x7f", "{",
		"[,]", "\xe2\x80\xae", "2026-01-02",
		"0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f", "/", "=", ":",
	};

	buffer_add_byte(out, '"');
	while (draw(seed, 3) != 0)
		buffer_add_text(out, pieces[draw(seed, COUNT(pieces))]);
	buffer_add_byte(out, '"');
}

static void add_leaf(uint64_t *seed, struct buffer *out)
{
	static const char *const leaves[] = {
		"0", "-0", "1.0", "1E400", "-1.5e-7", "9007199254740993",
		"0.30000000000000004", "123456789012345678901234567890",
		"true", "false", "null", "{}", "[]", "[ ]", "[1,2,3]",
		"[1 , 2,3,-4.5]", "[42,42,42,42,42,42]",
	};

	if (draw(seed, 2) == 0)
		add_string(seed, out);
	else
		buffer_add_text(out, leaves[draw(seed, COUNT(leaves))]);
}

/* A record with members and lists nested at random. */
static void add_record(uint64_t *seed, int number, struct buffer *out)
{
	static const char *const keys[] = {
		"requestParameters", "privateKey", "password", "sessionToken",
		"Tag", "tag", "\\u006bey", "a.b", "hb", "\xc3\xa9", "",
	};
	char open[12];
	int depth = 0;

	buffer_printf(out, "{\"eventName\":\"N%d\",\"eventTime\":"
		      "\"2026-01-02T03:04:05Z\"", number);
	open[depth] = '}';
	for (uint32_t left = 1 + draw(seed, 24); left > 0; left--) {
		char before = out->p[out->n - 1];

		if (before != '{' && before != '[')
			buffer_add_byte(out, ',');
		add_blanks(seed, out);
		if (open[depth] == '}') {
			buffer_printf(out, "\"%s\"",
				      keys[draw(seed, COUNT(keys))]);
			add_blanks(seed, out);
			buffer_add_byte(out, ':');
			add_blanks(seed, out);
		}
		if (depth < 10 && draw(seed, 4) == 0) {
			bool list = draw(seed, 2);

			open[++depth] = list ? ']' : '}';
			buffer_add_byte(out, list ? '[' : '{');
			continue;
		}
		add_leaf(seed, out);
		add_blanks(seed, out);
		if (depth > 0 && draw(seed, 3) == 0)
			buffer_add_byte(out, open[depth--]);
	}
	for (; depth >= 0; depth--)
		buffer_add_byte(out, open[depth]);
}

static void records_made_at_random(void **state)
{
	uint64_t seed = 20261122;
	struct buffer text = {0};
	size_t compared = 0;

	(void)state;
	for (int i = 0; i < RECORDS; i++) {
		buffer_add_text(&text, i % PER_FILE ? "," : "[");
		add_record(&seed, i, &text);
		if (i % PER_FILE == PER_FILE - 1) {
			buffer_add_byte(&text, ']');
			compared += compare_text(buffer_span(&text));
			buffer_clear(&text);
		}
	}
	assert_int_equal(compared, RECORDS);
	buffer_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(real_trails),
		cmocka_unit_test(records_made_at_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
