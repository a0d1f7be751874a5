/* Deflate by ISA-L, twice as fast as zlib.  Owns what must be known about it:
 * its return code alone does not tell the end, it reads up to 7 bytes more
 * than the stream has, a fault leaves good bytes in its own buffer, and
 * its fast loop counts the bytes of an impossible copy as written: whatever lay
 * in memory there would be shown as a log. */
#include "platform.h"

#ifdef HAVE_ISAL
#include "load/deflate.h"

#include <isa-l/crc.h>
#include <isa-l/igzip_lib.h>
#include <isa-l.h>
#include <stdbool.h>
#include <string.h>

struct isal {
	struct inflate_state inflate;
	struct inflate_state before;    /* as inflate was when a run began */
	enum deflate_state fault;       /* to be told when all is written */
};

/* ISA-L leaves the upper halves of the vector registers in use, and every SSE
 * instruction after that pays for it: inflating, scanning and hashing a trail
 * took 5 % longer without this. */
#if defined __x86_64__ || defined __i386__
__attribute__((target("avx"))) static void clear_upper_halves(void)
{
	__builtin_ia32_vzeroupper();
}

static void leave(void)
{
	if (__builtin_cpu_supports("avx"))
		clear_upper_halves();
}
#else
static void leave(void)
{
}
#endif

/* So few bytes of input that it takes the slow loop, which is exact. */
#define SLOW 8

static void isal_start(void *state)
{
	struct isal *s = state;

	isal_inflate_init(&s->inflate);
}

static void isal_reset(void *state)
{
	struct isal *s = state;

	isal_inflate_reset(&s->inflate);
	s->fault = DEFLATE_MORE;
}

static enum deflate_state fault(int result)
{
	if (result == ISAL_INVALID_LOOKBACK)
		return DEFLATE_BAD_DISTANCE;
	if (result == ISAL_INVALID_SYMBOL)
		return DEFLATE_BAD_SYMBOL;
	return DEFLATE_BAD_BLOCK;
}

/* What was inflated before a fault and had no room. */
static enum deflate_state drain(struct isal *s, struct deflate_io *io)
{
	struct inflate_state *z = &s->inflate;
	size_t n = (size_t)(z->tmp_out_valid - z->tmp_out_processed);

	if (n > io->out_n)
		n = io->out_n;
	memcpy(io->out, z->tmp_out_buffer + z->tmp_out_processed, n);
	z->tmp_out_processed += (int32_t)n;
	io->out += n;
	io->out_n -= n;
	if (z->tmp_out_processed < z->tmp_out_valid)
		return DEFLATE_MORE;
	return s->fault;
}

static uint32_t clipped(size_t n)
{
	return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

/* The state without the part of its buffer that holds nothing. */
static void keep(struct inflate_state *to, const struct inflate_state *from)
{
	memcpy(to, from, offsetof(struct inflate_state, tmp_out_buffer) +
	       (size_t)from->tmp_out_valid);
}

static int inflate_some(struct inflate_state *z, struct deflate_io *io,
			size_t most)
{
	uint32_t in = clipped(io->in_n < most ? io->in_n : most);
	uint32_t out = clipped(io->out_n);
	int result;

	z->next_in = (uint8_t *)io->in;
	z->avail_in = in;
	z->next_out = io->out;
	z->avail_out = out;
	result = isal_inflate(z);
	leave();
	io->in = z->next_in;
	io->in_n -= in - z->avail_in;
	io->out = z->next_out;
	io->out_n -= out - z->avail_out;
	return result;
}

/* Again up to a fault that is known to come, with no made up bytes. */
static int repeat_slowly(struct isal *s, struct deflate_io *io)
{
	int result;

	keep(&s->inflate, &s->before);
	do
		result = inflate_some(&s->inflate, io, SLOW);
	while (result == ISAL_DECOMP_OK && io->in_n > 0 && io->out_n > 0);
	return result;
}

static void give_back(const struct inflate_state *z, struct deflate_io *io)
{
	io->in -= z->read_in_length / 8;
	io->in_n += (size_t)z->read_in_length / 8;
}

static enum deflate_state isal_run(void *state, struct deflate_io *io)
{
	struct isal *s = state;
	struct deflate_io again = *io;
	int result;

	if (s->fault != DEFLATE_MORE)
		return drain(s, io);
	keep(&s->before, &s->inflate);
	result = inflate_some(&s->inflate, io, SIZE_MAX);
	if (result == ISAL_INVALID_LOOKBACK ||
	    result == ISAL_INVALID_SYMBOL) {
		*io = again;
		result = repeat_slowly(s, io);
	}
	if (result < 0) {
		s->fault = fault(result);
		give_back(&s->inflate, io);
		return drain(s, io);
	}
	if (s->inflate.block_state != ISAL_BLOCK_FINISH)
		return DEFLATE_MORE;
	give_back(&s->inflate, io);
	return DEFLATE_END;
}

static uint32_t isal_crc(uint32_t crc, const unsigned char *p, size_t n)
{
	crc = crc32_gzip_refl(crc, p, n);
	leave();
	return crc;
}

/* Of the headers: the library does not tell its own. */
static const char *isal_version(void)
{
#define TEXT(number) #number
#define DOTTED(major, minor, patch) TEXT(major) "." TEXT(minor) "." TEXT(patch)
	return DOTTED(ISAL_MAJOR_VERSION, ISAL_MINOR_VERSION,
		      ISAL_PATCH_VERSION);
#undef DOTTED
#undef TEXT
}

const struct deflate deflate_isal = {
	.name = "ISA-L",
	.version = isal_version,
	.state_size = sizeof(struct isal),
	.start = isal_start,
	.reset = isal_reset,
	.run = isal_run,
	.crc = isal_crc,
};
#endif
