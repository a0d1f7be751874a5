/* Owns the member loop.  Bytes go in, content comes out, faults are named with
 * their place; knows neither files nor what the content is.  Both deflate
 * libraries have a gzip reader of their own: one refuses valid headers that
 * arrive in pieces and takes bad ones, the other hides what follows. */
#include "load/gzip.h"

#include <inttypes.h>
#include <string.h>

enum phase {
	BETWEEN,        /* before a member or behind the last */
	MAGIC,          /* its second byte */
	FIXED,          /* method, flags, time, extra flags, system */
	EXTRA_SIZE,
	EXTRA,
	NAME,
	COMMENT,
	HEADER_CRC,
	DATA,
	TRAILER,
	GARBAGE,        /* behind the last member, to the end */
	DONE
};

enum {
	FLAG_HEADER_CRC = 0x02,
	FLAG_EXTRA = 0x04,
	FLAG_NAME = 0x08,
	FLAG_COMMENT = 0x10,
	FLAG_RESERVED = 0xe0
};

void gzip_start(struct gzip *g, const struct deflate *deflate, void *state)
{
	memset(g, 0, sizeof *g);
	g->deflate = deflate;
	g->state = state;
	g->phase = BETWEEN;
}

static uint32_t little_endian(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

/* Only the first fault is told: later ones follow from it. */
static bool first_fault(struct gzip *g, enum gzip_fault fault)
{
	if (g->fault != GZIP_SOUND)
		return false;
	g->fault = fault;
	return true;
}

static void bad_header(struct gzip *g, const char *why)
{
	if (first_fault(g, GZIP_BAD_HEADER)) {
		error_set(&g->error, "gzip: bad header of member %" PRIu64
			  ": %s", g->members, why);
		error_at(&g->error, 0, 0, g->in);
	}
	g->phase = DONE;
}

static void bad_data(struct gzip *g, enum deflate_state state)
{
	const char *why = state == DEFLATE_BAD_BLOCK ? "impossible block" :
			  state == DEFLATE_BAD_SYMBOL ? "unknown code" :
			  "copy from before the beginning";

	if (first_fault(g, GZIP_BAD_DATA)) {
		error_set(&g->error, "gzip: corrupt data in member %" PRIu64
			  ", near byte %" PRIu64 ": %s", g->members, g->in,
			  why);
		error_at(&g->error, 0, 0, g->in);
	}
	g->phase = DONE;
}

static void cut_off(struct gzip *g)
{
	const char *where = g->phase == DATA ? "data" :
			    g->phase == TRAILER ? "check sum" : "header";

	if (first_fault(g, GZIP_CUT_OFF)) {
		error_set(&g->error, "gzip: cut off at byte %" PRIu64
			  ": the %s of member %" PRIu64 " ends too early",
			  g->in, where, g->members);
		error_hint(&g->error, "what stands before is shown; copy the "
			   "file again for the rest");
		error_at(&g->error, 0, 0, g->in);
	}
	g->phase = DONE;
}

/* What follows a member and is none, as gzip(1) takes it: not an error.  It is
 * read to the end, so that a layer around this one comes to its check sum. */
static void begin_garbage(struct gzip *g, uint64_t offset)
{
	g->phase = GARBAGE;
	g->garbage = offset;
}

static void end_garbage(struct gzip *g)
{
	if (g->fault != GZIP_SOUND)
		return;
	g->warned = true;
	error_set(&g->warning, "gzip: %" PRIu64 " bytes that are no member "
		  "follow the last, from byte %" PRIu64 " on: not read",
		  g->in - g->garbage, g->garbage);
	error_at(&g->warning, 0, 0, g->garbage);
}

static void begin_data(struct gzip *g)
{
	g->phase = DATA;
	g->crc = 0;
	g->length = 0;
	g->deflate->reset(g->state);
}

/* The parts of a header follow each other where the flags have them. */
static void next_part(struct gzip *g)
{
	g->field_n = 0;
	if (g->phase < EXTRA_SIZE && g->flags & FLAG_EXTRA)
		g->phase = EXTRA_SIZE;
	else if (g->phase < NAME && g->flags & FLAG_NAME)
		g->phase = NAME;
	else if (g->phase < COMMENT && g->flags & FLAG_COMMENT)
		g->phase = COMMENT;
	else if (g->phase < HEADER_CRC && g->flags & FLAG_HEADER_CRC)
		g->phase = HEADER_CRC;
	else
		begin_data(g);
}

static void fixed_part(struct gzip *g)
{
	if (g->field[0] != 8) {
		bad_header(g, "its method is not deflate");
		return;
	}
	g->flags = g->field[1];
	if (g->flags & FLAG_RESERVED) {
		bad_header(g, "reserved flags are set");
		return;
	}
	next_part(g);
}

static void begin_member(struct gzip *g)
{
	static const unsigned char magic[2] = {0x1f, 0x8b};

	g->members++;
	g->phase = FIXED;
	g->field_n = 0;
	g->header_crc = g->deflate->crc(0, magic, 2);
}

static void between(struct gzip *g, unsigned char c)
{
	/* Archives on tape and disk blocks are filled up with zeros. */
	if (c == 0 && g->members > 0)
		return;
	if (c == 0x1f)
		g->phase = MAGIC;
	else
		begin_garbage(g, g->in - 1);
}

/* A byte of the fields that are read whole. */
static void field_byte(struct gzip *g, unsigned char c)
{
	unsigned size = g->phase == FIXED ? 8 : 2;

	g->field[g->field_n++] = c;
	if (g->field_n < size)
		return;
	if (g->phase == FIXED) {
		fixed_part(g);
	} else if (g->phase == EXTRA_SIZE) {
		g->skip = g->field[0] | (unsigned)g->field[1] << 8;
		g->phase = EXTRA;
		if (g->skip == 0)
			next_part(g);
	} else if ((g->field[0] | (unsigned)g->field[1] << 8) !=
		   (g->header_crc & 0xffff)) {
		bad_header(g, "its own check sum does not hold");
	} else {
		next_part(g);
	}
}

static void header_byte(struct gzip *g, unsigned char c)
{
	g->in++;
	if (g->phase == BETWEEN) {
		between(g, c);
		return;
	}
	if (g->phase == MAGIC) {
		if (c == 0x8b)
			begin_member(g);
		else
			begin_garbage(g, g->in - 2);
		return;
	}
	if (g->phase != HEADER_CRC)
		g->header_crc = g->deflate->crc(g->header_crc, &c, 1);
	switch (g->phase) {
	case EXTRA:
		if (--g->skip == 0)
			next_part(g);
		break;
	case NAME:
	case COMMENT:
		/* Of no use here, and hostile: bytes up to a NUL. */
		if (c == 0)
			next_part(g);
		break;
	default:
		field_byte(g, c);
	}
}

static void check_sums(struct gzip *g)
{
	uint32_t crc = little_endian(g->field);
	uint32_t length = little_endian(g->field + 4);

	if (crc == g->crc && length == g->length) {
		g->held++;
	} else if (!first_fault(g, GZIP_BAD_SUM)) {
		return;
	} else if (crc != g->crc) {
		error_set(&g->error, "gzip: check sum of member %" PRIu64
			  " does not hold: %08" PRIx32 " is recorded, the "
			  "content has %08" PRIx32, g->members, crc, g->crc);
		error_at(&g->error, 0, 0, g->in - 8);
	} else {
		error_set(&g->error, "gzip: length of member %" PRIu64
			  " does not hold: %" PRIu32 " is recorded, the "
			  "content has %" PRIu32, g->members, length,
			  g->length);
		error_at(&g->error, 0, 0, g->in - 4);
	}
}

static void trailer_byte(struct gzip *g, unsigned char c)
{
	g->in++;
	g->field[g->field_n++] = c;
	if (g->field_n == 8) {
		check_sums(g);
		g->phase = BETWEEN;
	}
}

/* False when deflate can do no more with this input and this room. */
static bool data_part(struct gzip *g, struct deflate_io *io)
{
	const unsigned char *in = io->in, *out = io->out;
	enum deflate_state state = g->deflate->run(g->state, io);
	size_t n = (size_t)(io->out - out);

	g->in += (uint64_t)(io->in - in);
	g->out += n;
	g->length += (uint32_t)n;
	g->crc = g->deflate->crc(g->crc, out, n);
	if (state == DEFLATE_END) {
		g->phase = TRAILER;
		g->field_n = 0;
	} else if (state != DEFLATE_MORE) {
		bad_data(g, state);
	} else {
		return false;
	}
	return true;
}

static enum gzip_state finish(struct gzip *g)
{
	if (g->phase == MAGIC)
		begin_garbage(g, g->in - 1);
	if (g->phase == GARBAGE)
		end_garbage(g);
	else if (g->phase != BETWEEN && g->phase != DONE)
		cut_off(g);
	g->phase = DONE;
	return g->fault == GZIP_SOUND ? GZIP_END : GZIP_FAULT;
}

/* One step; false when there is nothing to do with this input and room. */
static bool step(struct gzip *g, struct deflate_io *io)
{
	unsigned char c;

	if (g->phase == DATA)
		return data_part(g, io);
	if (io->in_n == 0)
		return false;
	if (g->phase == GARBAGE) {
		g->in += io->in_n;
		io->in += io->in_n;
		io->in_n = 0;
		return false;
	}
	c = *io->in++;
	io->in_n--;
	if (g->phase == TRAILER)
		trailer_byte(g, c);
	else
		header_byte(g, c);
	return true;
}

enum gzip_state gzip_run(struct gzip *g, struct deflate_io *io, bool at_end)
{
	while (g->phase != DONE)
		if (!step(g, io)) {
			if (g->phase == DATA && io->out_n == 0)
				return GZIP_FULL;
			if (!at_end)
				return GZIP_HUNGRY;
			break;
		}
	return finish(g);
}
