/* Deflate by zlib: for builds without ISA-L, and the second opinion of the
 * tests. */
#include "platform.h"

#ifdef HAVE_ZLIB
#include "load/deflate.h"

#include "base/memory.h"

#include <limits.h>
#include <string.h>
#include <zlib.h>

static void zlib_start(void *state)
{
	z_stream *z = state;

	memset(z, 0, sizeof *z);
	if (inflateInit2(z, -MAX_WBITS) != Z_OK)
		die("out of memory: zlib's state");
}

static void zlib_stop(void *state)
{
	inflateEnd(state);
}

static void zlib_reset(void *state)
{
	inflateReset(state);
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
	z_stream *z = state;
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
	return fault(z->msg);
}

static uint32_t zlib_crc(uint32_t crc, const unsigned char *p, size_t n)
{
	return (uint32_t)crc32_z(crc, p, n);
}

const struct deflate deflate_zlib = {
	.name = "zlib",
	.version = zlibVersion,
	.state_size = sizeof(z_stream),
	.start = zlib_start,
	.stop = zlib_stop,
	.reset = zlib_reset,
	.run = zlib_run,
	.crc = zlib_crc,
};
#endif
