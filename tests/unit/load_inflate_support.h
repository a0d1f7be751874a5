/* What the tests of load/inflate share: the deflate libraries there are, and
 * what became of a file.  For tests that have included cmocka. */
#ifndef LOAD_INFLATE_SUPPORT_H
#define LOAD_INFLATE_SUPPORT_H

#include "platform.h"

#ifdef HAVE_ZLIB
#include "gzip_kinds.h"

#include <unistd.h>

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

static inline int file_of(struct span s)
{
	char name[] = "/tmp/acmtui-test-XXXXXX";
	int fd = mkstemp(name);

	assert_true(fd >= 0);
	unlink(name);
	assert_int_equal(write(fd, s.p, s.n), (ssize_t)s.n);
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static inline void read_all(struct inflate *f, int fd, size_t room,
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

/* Both libraries, or one with little and with much room. */
struct pair {
	struct inflate *reader[2];
	struct outcome outcome[2];
};

static inline struct pair pair_new(void)
{
	return (struct pair){.reader = {
		inflate_new(libraries[0]),
		inflate_new(libraries[LIBRARIES - 1])}};
}

static inline void pair_free(struct pair *p)
{
	for (int i = 0; i < 2; i++) {
		inflate_free(p->reader[i]);
		buffer_free(&p->outcome[i].content);
	}
}

#else
static void nothing_can_be_tried(void **state)
{
	(void)state;
	puts("SKIP: no zlib to make the files with");
	skip();
}
#endif

#endif
