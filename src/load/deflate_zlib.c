/* Deflate by zlib: for builds without ISA-L, and the second opinion of the
 * tests. */
#include "platform.h"

#ifdef HAVE_ZLIB
#include "load/deflate.h"

#include "base/memory.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

/* The window holds what was in a log: it lies in the caller's memory, which is
 * kept out of dumps.  zlib asks for less than 48 KB, its successors for more. */
struct zlib {
	z_stream stream;
	size_t used;
	_Alignas(64) unsigned char arena[128 << 10];
};

static void *arena_take(void *context, unsigned count, unsigned size)
{
	struct zlib *s = context;
	size_t n = (memory_multiply(count, size) + 63) / 64 * 64;
	void *p = s->arena + s->used;

	if (n > sizeof s->arena - s->used)
		return Z_NULL;
	s->used += n;
	return p;
}

static void arena_keep(void *context, void *p)
{
	(void)context;
	(void)p;
}

static void zlib_start(void *state)
{
	struct zlib *s = state;

	s->used = 0;
	s->stream = (z_stream){.zalloc = arena_take, .zfree = arena_keep,
			       .opaque = s};
	if (inflateInit2(&s->stream, -MAX_WBITS) != Z_OK)
		die("out of memory: zlib's state");
}

static void zlib_reset(void *state)
{
	struct zlib *s = state;

	inflateReset(&s->stream);
}

/* zlib has one code for all that is wrong and tells it apart in words. */
static enum deflate_state fault(const char *message)
{
	if (message && strstr(message, "too far back"))
		return DEFLATE_BAD_DISTANCE;
	if (message && (strstr(message, "invalid literal/length code") ||
			strstr(message, "invalid distance code")))
		return DEFLATE_BAD_SYMBOL;
	return DEFLATE_BAD_BLOCK;
}

static unsigned clipped(size_t n)
{
	return n < UINT_MAX ? (unsigned)n : UINT_MAX;
}

static enum deflate_state zlib_run(void *state, struct deflate_io *io)
{
	struct zlib *s = state;
	z_stream *z = &s->stream;
	unsigned in = clipped(io->in_n);
	unsigned out = clipped(io->out_n);
	int result;

	z->next_in = (unsigned char *)io->in;
	z->avail_in = in;
	z->next_out = io->out;
	z->avail_out = out;
	result = inflate(z, Z_SYNC_FLUSH);
	io->in = z->next_in;
	io->in_n -= in - z->avail_in;
	io->out = z->next_out;
	io->out_n -= out - z->avail_out;
	if (result == Z_STREAM_END)
		return DEFLATE_END;
	if (result == Z_OK || result == Z_BUF_ERROR)
		return DEFLATE_MORE;
	if (result == Z_MEM_ERROR)
		die("out of memory: zlib's window");
	return fault(z->msg);
}

static uint32_t zlib_crc(uint32_t crc, const unsigned char *p, size_t n)
{
	return (uint32_t)crc32_z(crc, p, n);
}

const struct deflate deflate_zlib = {
	.name = "zlib",
	.version = zlibVersion,
	.state_size = sizeof(struct zlib),
	.start = zlib_start,
	.reset = zlib_reset,
	.run = zlib_run,
	.crc = zlib_crc,
};
#endif
