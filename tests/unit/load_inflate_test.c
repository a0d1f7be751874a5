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

#ifdef HAVE_ZLIB
#include "gzip_kinds.h"

static const struct deflate *const libraries[] = {
#ifdef HAVE_ISAL
	&deflate_isal,
#endif
	&deflate_zlib,
};
#define LIBRARIES (sizeof libraries / sizeof *libraries)

struct outcome {
	enum inflate_state state;
	struct buffer content;
	struct error error;
	struct inflate_report report;
};

static int file_of(struct span s)
{
	char name[] = "/tmp/acmtui-test-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	assert_int_equal(write(fd, s.p, s.n), (ssize_t)s.n);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void read_all(struct inflate *f, int fd, size_t room,
		     const struct inflate_limits *limits, struct outcome *o)
{
	size_t got;

	buffer_clear(&o->content);
	o->error = (struct error){0};
	lseek(fd, 0, SEEK_SET);
	inflate_open(f, fd, false, limits);
	do {
		o->state = inflate_read(f, buffer_room(&o->content, room),
					room, &got, &o->error);
		assert_true(got <= room);
		assert_true(got == 0 || o->state == INFLATE_MORE);
		o->content.n += got;
	} while (o->state == INFLATE_MORE);
	o->report = *inflate_report(f);
	assert_int_equal(o->report.bytes_out, o->content.n);
}

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
#else
static void each_kind_has_its_verdict(void **state)
{
	(void)state;
	puts("SKIP: no zlib to make the files with");
	skip();
}
#endif

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_has_its_verdict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
