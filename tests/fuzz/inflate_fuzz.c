/* Any bytes as a file: the first chooses the room, the rest is read by each
 * deflate library, and once more with other room.  What zlib reads whole ISA-L
 * reads whole and alike, and neither gives out what the other contradicts. */
#define _DEFAULT_SOURCE
#include "platform.h"

#include "base/buffer.h"
#include "load/inflate.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST ((size_t)1 << 16)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct reading {
	enum inflate_state state;
	struct inflate_report report;
	struct buffer content;
};

static void must(bool holds, const char *what)
{
	if (!holds) {
		fprintf(stderr, "does not hold: %s\n", what);
		abort();
	}
}

static void read_all(struct inflate *f, int fd, size_t room,
		     struct reading *r)
{
	const struct inflate_limits limits = {MOST};
	struct error err = {0};
	size_t got;

	lseek(fd, 0, SEEK_SET);
	inflate_open(f, fd, false, &limits);
	do {
		r->state = inflate_read(f, buffer_room(&r->content, room),
					room, &got, &err);
		r->content.n += got;
	} while (r->state == INFLATE_MORE);
	r->report = *inflate_report(f);
	must(r->content.n == r->report.bytes_out, "bytes are counted");
	must((r->state == INFLATE_FAULT) == (r->report.fault != INFLATE_SOUND),
	     "a fault has a name");
	must(r->state == INFLATE_END || err.text[0], "it says why");
	must(r->state != INFLATE_END || r->report.layers == 0 ||
	     r->report.check == INFLATE_HELD, "what is sound was checked");
}

static void compare(const struct reading *a, const struct reading *b)
{
	size_t n = a->content.n < b->content.n ? a->content.n : b->content.n;

	must(n == 0 || memcmp(a->content.p, b->content.p, n) == 0,
	     "the content begins alike");
}

/* As in the program, one reader serves many files: what is left of one must
 * not be seen in the next. */
static struct inflate *reader(const struct deflate *library)
{
	static struct inflate *chosen, *second;
	struct inflate **f = library ? &second : &chosen;

	if (!*f)
		*f = inflate_new(library);
	return *f;
}

static void read_both(int fd, size_t room)
{
	struct reading one = {0}, other = {0};

	read_all(reader(NULL), fd, room, &one);
	read_all(reader(NULL), fd, MOST + 1, &other);
	compare(&one, &other);
	must(one.content.n == other.content.n && one.state == other.state &&
	     one.report.fault == other.report.fault, "room does not matter");
	buffer_clear(&other.content);
#ifdef HAVE_ZLIB
	read_all(reader(&deflate_zlib), fd, room, &other);
	compare(&one, &other);
	must(other.state != INFLATE_END || one.state == INFLATE_END,
	     "what zlib reads is read");
	must(other.state != INFLATE_END || one.content.n == other.content.n,
	     "what zlib reads is read whole");
#endif
	buffer_free(&one.content);
	buffer_free(&other.content);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t rooms[] = {1, 3, 100, 5000, 65536};
	static FILE *file;

	if (size == 0)
		return 0;
	if (!file)
		file = tmpfile();
	if (!file || ftruncate(fileno(file), 0) != 0 ||
	    pwrite(fileno(file), data + 1, size - 1, 0) != (ssize_t)size - 1)
		abort();
	read_both(fileno(file), rooms[data[0] % 5]);
	return 0;
}
