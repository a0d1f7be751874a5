/* What becomes of every kind of gzip file, of one cut off anywhere and of one
 * with any bit changed: the same with both deflate libraries and however
 * little room there is. */
#define _DEFAULT_SOURCE
#include "platform.h"

#include "load/inflate.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "load_inflate_support.h"

#ifdef HAVE_ZLIB
static void assert_kind(const struct kind *k, const struct outcome *o)
{
	const struct inflate_report *r = &o->report;
	const char *said = o->error.text[0] ? o->error.text : r->warning.text;

	if (o->state != k->state || r->fault != k->fault ||
	    r->check != k->check || r->layers != k->layers ||
	    r->members != k->members || r->kind != k->kind)
		fail_msg("%s: state %d fault %d check %d layers %u members "
			 "%u kind %d: %s", k->name, o->state, r->fault,
			 r->check, r->layers, (unsigned)r->members, r->kind,
			 said);
	if (k->content &&
	    !span_equal(buffer_span(&o->content), span_of(k->content)))
		fail_msg("%s: content is %.*s", k->name, (int)o->content.n,
			 o->content.p);
	if (k->says ? !strstr(said, k->says) : said[0] != '\0')
		fail_msg("%s: it says: %s", k->name, said);
	assert_int_equal(r->warned, r->warning.text[0] != '\0');
}

static void each_kind_has_its_verdict(void **state)
{
	static const size_t rooms[] = {1, 2, 3, 7, 65536, 262144};

	(void)state;
	for (size_t l = 0; l < LIBRARIES; l++) {
		struct inflate *f = inflate_new(libraries[l]);
		struct outcome o = {0};

		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
			struct buffer b = {0};
			int fd;

			kinds[i].make(&b);
			fd = file_of(buffer_span(&b));
			for (size_t r = 0; r < sizeof rooms / sizeof *rooms;
			     r++) {
				read_all(f, fd, rooms[r], NULL, &o);
				assert_kind(&kinds[i], &o);
			}
			close(fd);
			buffer_free(&b);
		}
		buffer_free(&o.content);
		inflate_free(f);
	}
}

static void read_pair(struct pair *p, struct span file)
{
	int fd = file_of(file);

	read_all(p->reader[0], fd, 65536, NULL, &p->outcome[0]);
	read_all(p->reader[1], fd, LIBRARIES > 1 ? 65536 : 5, NULL,
		 &p->outcome[1]);
	close(fd);
}

/* The same verdict and the same content, of which ISA-L, that takes several
 * characters at a step, may lose the last two before a cut. */
static void assert_same(const struct pair *p, const char *what, size_t where)
{
	const struct outcome *a = &p->outcome[0], *b = &p->outcome[1];
	size_t lost = b->content.n - a->content.n;

	if (a->state != b->state || a->report.fault != b->report.fault ||
	    a->report.check != b->report.check ||
	    a->report.members != b->report.members ||
	    a->report.kind != b->report.kind ||
	    a->report.warned != b->report.warned)
		fail_msg("%s %zu: \"%s\" (%d), but \"%s\" (%d)", what, where,
			 a->error.text, a->state, b->error.text, b->state);
	if (lost > 2 || (lost > 0 && b->report.fault != INFLATE_CUT_OFF) ||
	    memcmp(a->content.p, b->content.p, a->content.n) != 0)
		fail_msg("%s %zu: %zu bytes, but %zu", what, where,
			 a->content.n, b->content.n);
}

/* Records that repeat themselves as logs do, and never quite. */
static void make_records(struct buffer *b, size_t n)
{
	uint32_t seed = 12345;

	buffer_add_text(b, "{\"Records\":[");
	while (b->n < n) {
		seed = seed * 1103515245 + 12345;
		buffer_printf(b, "{\"eventName\":\"Get%u\",\"eventID\":"
			      "\"%08x-%04x\",\"user\":\"u%u\"},",
			      seed >> 28, seed, seed >> 13 & 0xffff,
			      seed >> 25);
	}
	buffer_add_text(b, "{}]}");
}

static void every_truncation_keeps_what_is_before(void **state)
{
	struct pair p = pair_new();
	struct buffer records = {0}, b = {0};

	(void)state;
	make_records(&records, 1500);
	add_member(&b, buffer_span(&records));
	add_member(&b, SPAN(B));
	for (size_t n = 0; n < b.n; n++) {
		const struct outcome *o = &p.outcome[1];

		read_pair(&p, (struct span){b.p, n});
		assert_same(&p, "cut at", n);
		if (n < 2 || o->state == INFLATE_END) {
			assert_true(n < 2 ||
				    o->content.n == records.n);
			continue;
		}
		assert_int_equal(o->report.fault, INFLATE_CUT_OFF);
		assert_int_equal(o->report.check, INFLATE_NOT_REACHED);
		assert_int_equal(o->error.offset, n);
		assert_non_null(strstr(o->error.hint, "copy the file again"));
		assert_memory_equal(o->content.p, records.p,
				    o->content.n < records.n ? o->content.n :
				    records.n);
	}
	pair_free(&p);
	buffer_free(&records);
	buffer_free(&b);
}

/* No flip may pass for sound with other content.  A few bits say nothing: the
 * time, the system, what FLG.FTEXT claims. */
static void every_flipped_bit_is_noticed(void **state)
{
	const struct span small =
		SPAN("{\"Records\":[{\"a\":1},{\"b\":22},{\"c\":333}]}");
	struct pair p = pair_new();
	struct buffer b = {0};
	size_t harmless = 0;

	(void)state;
	add_member(&b, small);
	assert_in_range(b.n, 56, 64);
	for (size_t bit = 0; bit < b.n * 8; bit++) {
		const struct outcome *o = &p.outcome[1];

		b.p[bit / 8] ^= (char)(1 << bit % 8);
		read_pair(&p, buffer_span(&b));
		b.p[bit / 8] ^= (char)(1 << bit % 8);
		assert_same(&p, "flipped bit", bit);
		if (o->state == INFLATE_END) {
			assert_true(span_equal(buffer_span(&o->content),
					       small));
			harmless++;
		} else if (o->state == INFLATE_SKIPPED) {
			/* Without its magic it is no gzip file. */
			assert_in_range(bit, 0, 15);
		} else {
			assert_int_not_equal(o->report.check, INFLATE_HELD);
			assert_true(o->error.text[0] != '\0');
		}
	}
	/* FTEXT, MTIME, XFL, OS. */
	assert_int_equal(harmless, 1 + 32 + 8 + 8);
	pair_free(&p);
	buffer_free(&b);
}

/* Both libraries see the same in files with more than one window of content
 * and damage anywhere: no byte is given out that zlib would not give out. */
static void damage_in_big_files_is_seen_alike(void **state)
{
	struct pair p = pair_new();
	struct buffer records = {0}, b = {0};
	uint32_t seed = 99;

	(void)state;
	make_records(&records, 400000);
	add_member(&b, buffer_span(&records));
	for (int i = 0; i < 120; i++) {
		size_t at;
		char was;

		seed = seed * 1103515245 + 12345;
		at = 600 + seed % (b.n - 600);
		was = b.p[at];
		b.p[at] ^= (char)(1 << (seed >> 29));
		read_pair(&p, buffer_span(&b));
		b.p[at] = was;
		assert_same(&p, "damaged at", at);
		assert_int_equal(p.outcome[0].state, INFLATE_FAULT);
		assert_int_not_equal(p.outcome[0].report.check, INFLATE_HELD);
	}
	pair_free(&p);
	buffer_free(&records);
	buffer_free(&b);
}

static void content_passes_unchanged_through_any_room(void **state)
{
	static const size_t rooms[] = {4095, 4097, 65536, 100003, 1 << 20};
	struct pair p = pair_new();
	struct buffer records = {0}, b = {0};
	struct outcome *o = &p.outcome[0];
	int plain, packed;

	(void)state;
	make_records(&records, 1500000);
	add_member(&b, buffer_span(&records));
	plain = file_of(buffer_span(&records));
	packed = file_of(buffer_span(&b));
	for (size_t i = 0; i < 2 * sizeof rooms / sizeof *rooms; i++) {
		struct inflate *f = p.reader[i % 2];

		read_all(f, packed, rooms[i / 2], NULL, o);
		assert_int_equal(o->state, INFLATE_END);
		assert_int_equal(o->report.bytes_in, b.n);
		assert_true(span_equal(buffer_span(&o->content),
				       buffer_span(&records)));
		read_all(f, plain, rooms[i / 2], NULL, o);
		assert_int_equal(o->state, INFLATE_END);
		assert_int_equal(o->report.bytes_in, records.n);
		assert_true(span_equal(buffer_span(&o->content),
				       buffer_span(&records)));
	}
	close(plain);
	close(packed);
	pair_free(&p);
	buffer_free(&records);
	buffer_free(&b);
}

/* Final block with codes of its own that leave half of all bits without a
 * meaning: `{` is 00, the end is 01.  No encoder writes it. */
static void incomplete_code(struct buffer *b)
{
	add_bits(b, "1 01 00000 00000 0011 000 000 100 010 000 000 000 000 "
		 "000 000 000 000 000 000 000 010 0 0000111 11 0 1001111 11 "
		 "10 00 01");
	add_trailer(b, SPAN("{"));
}

/* The one thing of which the libraries think differently.  Where ISA-L reads
 * it the check sum has the last word. */
static void a_code_that_says_too_little_is_left_to_the_sum(void **state)
{
	struct buffer b = {0};
	struct outcome o = {0};
	int fd;

	(void)state;
	incomplete_code(&b);
	fd = file_of(buffer_span(&b));
	for (size_t l = 0; l < LIBRARIES; l++) {
		struct inflate *f = inflate_new(libraries[l]);

		read_all(f, fd, 100, NULL, &o);
		if (libraries[l] == &deflate_zlib) {
			assert_int_equal(o.report.fault, INFLATE_BAD_DATA);
		} else {
			assert_int_equal(o.state, INFLATE_END);
			assert_int_equal(o.report.check, INFLATE_HELD);
			assert_int_equal(o.content.n, 1);
		}
		inflate_free(f);
	}
	close(fd);
	buffer_free(&b);
	buffer_free(&o.content);
}

/* White space longer than any buffer is no reason to give up. */
static void white_space_may_go_on_for_long(void **state)
{
	static const struct {
		const char *end;
		enum inflate_state state;
		enum sniff_kind kind;
	} rows[] = {
		{"{}", INFLATE_END, SNIFF_JSON},
		{"", INFLATE_SKIPPED, SNIFF_BLANK},
		{"text", INFLATE_SKIPPED, SNIFF_TEXT},
		{"\1\2", INFLATE_SKIPPED, SNIFF_BINARY},
		/* No magic number is looked for in the middle. */
		{"\x1f\x8b\x08", INFLATE_SKIPPED, SNIFF_BINARY},
	};
	struct inflate *f = inflate_new(NULL);
	struct buffer b = {0};
	struct outcome o = {0};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int fd;

		buffer_clear(&b);
		buffer_add_text(&b, "\xef\xbb\xbf");
		memset(buffer_room(&b, 9000), ' ', 9000);
		b.n += 9000;
		buffer_add_text(&b, rows[i].end);
		fd = file_of(buffer_span(&b));
		for (size_t room = 1; room < 20000; room *= 19) {
			read_all(f, fd, room, NULL, &o);
			assert_int_equal(o.state, rows[i].state);
			assert_int_equal(o.report.kind, rows[i].kind);
			assert_int_equal(o.content.n,
					 rows[i].state == INFLATE_END ?
					 b.n : 9003);
		}
		close(fd);
	}
	buffer_free(&b);
	buffer_free(&o.content);
	inflate_free(f);
}

/* A pipe into which the file is written in pieces of SIZE. */
static void read_pieces(struct inflate *f, struct span file, size_t size,
			struct outcome *o)
{
	size_t at = 0, waits = 0, got;
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	buffer_clear(&o->content);
	o->error = (struct error){0};
	inflate_open(f, ends[0], true, NULL);
	for (;;) {
		o->state = inflate_read(f, buffer_room(&o->content, 1000),
					1000, &got, &o->error);
		o->content.n += got;
		if (o->state == INFLATE_WAIT && at < file.n) {
			size_t n = file.n - at < size ? file.n - at : size;

			assert_int_equal(write(ends[1], file.p + at, n), n);
			at += n;
			waits++;
		} else if (o->state == INFLATE_WAIT) {
			close(ends[1]);
		} else if (o->state != INFLATE_MORE) {
			break;
		}
	}
	/* A fault or another kind of file may end it before. */
	assert_true(waits > 0 || file.n == 0);
	o->report = *inflate_report(f);
	close(ends[0]);
}

static void a_pipe_may_bring_a_byte_at_a_time(void **state)
{
	struct pair p = pair_new();
	struct outcome *o = &p.outcome[0];

	(void)state;
	for (size_t i = 0; i < 2 * sizeof kinds / sizeof *kinds; i++) {
		const struct kind *k = &kinds[i / 2];
		struct buffer b = {0};

		/* A thousand members take a while, a byte at a time. */
		k->make(&b);
		if (b.n < 3000) {
			read_pieces(p.reader[i % 2], buffer_span(&b), 1, o);
			assert_kind(k, o);
			read_pieces(p.reader[i % 2], buffer_span(&b), 17, o);
			assert_kind(k, o);
		}
		buffer_free(&b);
	}
	pair_free(&p);
}

static void what_cannot_be_read_is_named(void **state)
{
	struct inflate *f = inflate_new(NULL);
	struct outcome o = {0};
	int folder = open("/", O_RDONLY);

	(void)state;
	read_all(f, folder, 100, NULL, &o);
	assert_int_equal(o.state, INFLATE_FAULT);
	assert_int_equal(o.report.fault, INFLATE_UNREADABLE);
	assert_non_null(strstr(o.error.text, "cannot read: "));
	read_all(f, folder, 100, NULL, &o);
	assert_int_equal(o.report.fault, INFLATE_UNREADABLE);
	close(folder);
	inflate_free(f);
	buffer_free(&o.content);
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
#ifdef HAVE_ZLIB
		cmocka_unit_test(each_kind_has_its_verdict),
		cmocka_unit_test(every_truncation_keeps_what_is_before),
		cmocka_unit_test(every_flipped_bit_is_noticed),
		cmocka_unit_test(damage_in_big_files_is_seen_alike),
		cmocka_unit_test(content_passes_unchanged_through_any_room),
		cmocka_unit_test(a_code_that_says_too_little_is_left_to_the_sum),
		cmocka_unit_test(white_space_may_go_on_for_long),
		cmocka_unit_test(a_pipe_may_bring_a_byte_at_a_time),
		cmocka_unit_test(what_cannot_be_read_is_named),
#else
		cmocka_unit_test(nothing_can_be_tried),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
