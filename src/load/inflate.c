/* Owns the way from a file descriptor to content: reading, judging the first
 * bytes, up to two layers of gzip, the limits, the verdict.  Must not know
 * where the file came from nor what its records are. */
#include "platform.h"

#include "load/inflate.h"

#include "base/memory.h"
#include "base/region.h"
#include "load/gzip.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LAYERS_MAX 2
#define QUEUE_ROOM ((size_t)256 << 10)
#define HEAD_ROOM ((size_t)4 << 10)
#define TURNS 32
#define MOST_DEFAULT ((uint64_t)2 << 30)
#define BOMB_FROM ((uint64_t)64 << 20)
#define BOMB_RATIO 1000

/* Bytes at..n wait to be used. */
struct queue {
	unsigned char *p;
	size_t at, n;
};

/* A layer of gzip and its input. */
struct layer {
	struct region memory;   /* of queue and state */
	struct queue queue;
	enum inflate_state fed; /* MORE, END or FAULT of what feeds it */
	struct gzip gzip;
	void *state;
};

struct inflate {
	const struct deflate *deflate;
	int fd;
	bool stream;
	uint64_t most;
	struct layer layers[LAYERS_MAX];
	unsigned layer_n;

	struct region memory;   /* of head */
	struct queue head;      /* first bytes, until they are judged */
	size_t ready;           /* of these, those that may be given out */
	bool judged;
	bool began;             /* white space was given out */

	enum inflate_state ending;      /* MORE until it is known */
	struct error error;
	struct inflate_report report;
};

struct inflate *inflate_new(const struct deflate *deflate)
{
	struct inflate *f = memory_clear(1, sizeof *f);

	f->deflate = deflate ? deflate : DEFLATE_CHOSEN;
	f->fd = -1;
	region_protect(&f->memory);
	region_grow(&f->memory, HEAD_ROOM);
	f->head.p = f->memory.base;
	return f;
}

void inflate_free(struct inflate *f)
{
	if (!f)
		return;
	for (unsigned i = 0; i < LAYERS_MAX; i++)
		region_free(&f->layers[i].memory);
	region_free(&f->memory);
	free(f);
}

void inflate_open(struct inflate *f, int fd, bool stream,
		  const struct inflate_limits *limits)
{
	f->fd = fd;
	f->stream = stream;
	f->most = limits && limits->most ? limits->most : MOST_DEFAULT;
	f->layer_n = 0;
	f->head.at = f->head.n = f->ready = 0;
	f->judged = f->began = false;
	f->ending = INFLATE_MORE;
	f->error = (struct error){0};
	f->report = (struct inflate_report){0};
}

static enum inflate_state fail(struct inflate *f, enum inflate_fault fault)
{
	f->report.fault = fault;
	return INFLATE_FAULT;
}

/* Whether a read would return at once: with bytes, the end or an error. */
static bool readable(int fd)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};

	return poll(&p, 1, 0) != 0;
}

static enum inflate_state read_file(struct inflate *f, void *to, size_t room,
				    size_t *got)
{
	ssize_t n;

	if (f->stream && !readable(f->fd))
		return INFLATE_WAIT;
	do
		n = read(f->fd, to, room < INT_MAX ? room : INT_MAX);
	while (n < 0 && errno == EINTR);
	if (n < 0 && f->stream && (errno == EAGAIN || errno == EWOULDBLOCK))
		return INFLATE_WAIT;
	if (n < 0) {
		error_set(&f->error, "cannot read: %s", strerror(errno));
		error_at(&f->error, 0, 0, f->report.bytes_in);
		return fail(f, INFLATE_UNREADABLE);
	}
	f->report.bytes_in += (uint64_t)n;
	*got += (size_t)n;
	return n > 0 ? INFLATE_MORE : INFLATE_END;
}

static bool over_limits(struct inflate *f, struct gzip *g, size_t *got)
{
	/* The ratio is the file's: gzip in gzip squares each layer's. */
	uint64_t in = f->layers[0].gzip.in;

	if (g->out > f->most) {
		*got -= (size_t)(g->out - f->most);
		error_set(&f->error, "gzip: more than %" PRIu64 " bytes of "
			  "content: stopped", f->most);
		error_hint(&f->error, "--max-inflate=SIZE moves the limit");
		fail(f, INFLATE_TOO_MUCH);
		return true;
	}
	if (g->out > BOMB_FROM && g->out / BOMB_RATIO > in) {
		error_set(&f->error, "gzip: %" PRIu64 " bytes of content from "
			  "%" PRIu64 ": stopped, no log repeats itself so",
			  g->out, in);
		fail(f, INFLATE_BOMB);
		return true;
	}
	return false;
}

static enum inflate_state gzip_failed(struct inflate *f, unsigned level)
{
	static const enum inflate_fault faults[] = {
		[GZIP_BAD_HEADER] = INFLATE_BAD_HEADER,
		[GZIP_BAD_DATA] = INFLATE_BAD_DATA,
		[GZIP_BAD_SUM] = INFLATE_BAD_SUM,
		[GZIP_CUT_OFF] = INFLATE_CUT_OFF,
	};
	const struct gzip *g = &f->layers[level].gzip;

	f->error = g->error;
	if (level > 0) {
		error_set(&f->error, "inside gzip, %s", g->error.text);
		error_hint(&f->error, "%s", g->error.hint);
		error_at(&f->error, 0, 0, g->error.offset);
	}
	return fail(f, faults[g->fault]);
}

static enum inflate_state gunzip(struct inflate *, unsigned level,
				 unsigned char *to, size_t room, size_t *got);

/* One more filling of an empty queue, its last bytes kept in front.
 * Recursion: as gunzip. */
static void feed(struct inflate *f, unsigned level)
{
	struct layer *l = &f->layers[level];
	struct queue *q = &l->queue;
	size_t got = 0;

	memmove(q->p, q->p + q->n - DEFLATE_SLACK, DEFLATE_SLACK);
	l->fed = level == 0 ?
		read_file(f, q->p + DEFLATE_SLACK, QUEUE_ROOM, &got) :
		gunzip(f, level - 1, q->p + DEFLATE_SLACK, QUEUE_ROOM, &got);
	q->at = DEFLATE_SLACK;
	q->n = DEFLATE_SLACK + got;
}

/* One step: input when there is none, then as much content as it gives.
 * Recursion: the inner layer asks the outer one, and there are at most two. */
static enum inflate_state gunzip(struct inflate *f, unsigned level,
				 unsigned char *to, size_t room, size_t *got)
{
	struct layer *l = &f->layers[level];
	struct queue *q = &l->queue;
	struct deflate_io io = {.out = to};
	enum gzip_state state;
	uint64_t left = f->most - l->gzip.out;

	if (q->at == q->n && (l->fed == INFLATE_MORE ||
			      l->fed == INFLATE_WAIT))
		feed(f, level);
	if (q->at == q->n && l->fed == INFLATE_WAIT)
		return INFLATE_WAIT;
	io.in = q->p + q->at;
	io.in_n = q->n - q->at;
	io.out_n = room <= left ? room : (size_t)left + 1;
	state = gzip_run(&l->gzip, &io, l->fed == INFLATE_END);
	q->at = (size_t)(io.in - q->p);
	*got += (size_t)(io.out - to);
	if (over_limits(f, &l->gzip, got))
		return INFLATE_FAULT;
	if (state == GZIP_FAULT)
		return gzip_failed(f, level);
	/* The layer around it has told why. */
	if (state != GZIP_FULL && l->fed == INFLATE_FAULT)
		return INFLATE_FAULT;
	return state == GZIP_END ? INFLATE_END : INFLATE_MORE;
}

static enum inflate_state produce(struct inflate *f, void *to, size_t room,
				  size_t *got)
{
	if (f->layer_n == 0)
		return read_file(f, to, room, got);
	return gunzip(f, f->layer_n - 1, to, room, got);
}

static void layer_memory(struct inflate *f, struct layer *l)
{
	size_t queue = DEFLATE_SLACK + QUEUE_ROOM;

	if (l->state)
		return;
	/* The state first: it wants to be aligned. */
	queue = memory_add(queue, f->deflate->state_size);
	region_protect(&l->memory);
	region_grow(&l->memory, queue);
	l->state = l->memory.base;
	l->queue.p = (unsigned char *)l->memory.base + f->deflate->state_size;
	f->deflate->start(l->state);
}

/* What has been taken for content is the input of one more layer. */
static void add_layer(struct inflate *f)
{
	struct layer *l = &f->layers[f->layer_n++];

	layer_memory(f, l);
	gzip_start(&l->gzip, f->deflate, l->state);
	memcpy(l->queue.p + DEFLATE_SLACK, f->head.p, f->head.n);
	l->queue.at = DEFLATE_SLACK;
	l->queue.n = DEFLATE_SLACK + f->head.n;
	l->fed = f->ending;
	f->ending = INFLATE_MORE;
	f->head.n = 0;
}

static enum inflate_state skip(struct inflate *f, enum sniff_kind kind)
{
	static const char *const unzip[] = {
		"", "gzip -dc FILE | ", "gzip -dc FILE | gzip -dc | "};
	const char *command = sniff_command(kind);
	const char *of = f->layer_n ? "gzip of " : "";

	f->report.kind = kind;
	f->head.n = 0;
	if (command)
		error_set(&f->error, "%s%s: %s%s%s | acmtui -", of,
			  sniff_name(kind), unzip[f->layer_n], command,
			  f->layer_n ? "" : " FILE");
	else
		error_set(&f->error, "%s%s", of, sniff_name(kind));
	return INFLATE_SKIPPED;
}

/* In gzip a damaged byte may have changed the first character, and a check
 * sum will tell: text with a brace near its start is left to the scanner. */
static bool worth_reading(const struct inflate *f, enum sniff_kind kind,
			  struct span head)
{
	size_t n = head.n < SNIFF_NEED ? head.n : SNIFF_NEED;

	if (f->report.fault != INFLATE_SOUND || kind == SNIFF_JSON)
		return true;
	return f->layer_n > 0 && kind == SNIFF_TEXT &&
	       memchr(head.p, '{', n);
}

/* White space may go on for long: it is given out as it comes, from where no
 * magic number can follow. */
static void let_blanks_go(struct inflate *f, struct span head)
{
	size_t bom = 0;

	if (!f->began && head.n < 4)
		return;
	if (!f->began && span_starts(head, SPAN("\xef\xbb\xbf")))
		bom = 3;
	f->ready = bom + sniff_blanks(span_from(head, bom));
	if (f->ready > 0)
		f->began = true;
}

static void judge(struct inflate *f)
{
	struct span head = {(const char *)f->head.p, f->head.n};
	bool at_end = f->ending != INFLATE_MORE;
	enum sniff_kind kind = f->began ? sniff_after_blank(head, at_end) :
			       sniff_bytes(head, at_end);

	if (kind == SNIFF_UNDECIDED || (kind == SNIFF_BLANK && !at_end)) {
		let_blanks_go(f, head);
	} else if (kind == SNIFF_GZIP && f->layer_n < LAYERS_MAX) {
		add_layer(f);
	} else if (kind == SNIFF_GZIP) {
		f->head.n = 0;
		error_set(&f->error, "gzip inside gzip inside gzip: two "
			  "layers are read at most");
		f->ending = fail(f, INFLATE_LAYERS);
	} else if (worth_reading(f, kind, head)) {
		f->judged = true;
		f->ready = f->head.n;
		f->report.kind = kind;
	} else {
		f->ending = skip(f, kind);
	}
}

/* More bytes for judging behind those that are not decided. */
static enum inflate_state begin(struct inflate *f)
{
	struct queue *h = &f->head;
	enum inflate_state state;
	size_t got = 0;

	state = produce(f, h->p + h->n, HEAD_ROOM - h->n, &got);
	h->n += got;
	if (state != INFLATE_WAIT)
		f->ending = state;
	judge(f);
	return state;
}

static size_t give_head(struct inflate *f, char *to, size_t room)
{
	struct queue *h = &f->head;
	size_t n = f->ready - h->at;

	if (n > room)
		n = room;
	memcpy(to, h->p + h->at, n);
	h->at += n;
	if (h->at > 0 && h->at == f->ready) {
		h->n -= h->at;
		memmove(h->p, h->p + h->at, h->n);
		h->at = f->ready = 0;
	}
	return n;
}

/* The verdict over all layers. */
static void account(struct inflate *f)
{
	struct inflate_report *r = &f->report;
	bool all_held = f->ending == INFLATE_END;

	r->layers = f->layer_n;
	if (f->layer_n == 0)
		return;
	r->members = f->layers[f->layer_n - 1].gzip.members;
	r->check = INFLATE_NOT_REACHED;
	for (unsigned i = f->layer_n; i-- > 0;) {
		const struct gzip *g = &f->layers[i].gzip;

		all_held = all_held && g->held == g->members;
		if (g->fault == GZIP_BAD_SUM)
			r->check = INFLATE_FAILED;
		if (g->warned) {
			r->warned = true;
			r->warning = g->warning;
		}
	}
	if (all_held)
		r->check = INFLATE_HELD;
}

enum inflate_state inflate_read(struct inflate *f, char *to, size_t room,
				size_t *got, struct error *err)
{
	enum inflate_state state = INFLATE_MORE;

	*got = 0;
	for (int turn = 0; turn < TURNS && state != INFLATE_WAIT; turn++) {
		*got += give_head(f, to + *got, room - *got);
		if (*got == room || f->ending != INFLATE_MORE)
			break;
		if (!f->judged) {
			state = begin(f);
			continue;
		}
		state = produce(f, to + *got, room - *got, got);
		if (state != INFLATE_WAIT)
			f->ending = state;
	}
	f->report.bytes_out += *got;
	account(f);
	if (*got > 0 || room == 0)
		return INFLATE_MORE;
	if (f->ending == INFLATE_MORE)
		return state;
	if (err && f->ending != INFLATE_END)
		*err = f->error;
	return f->ending;
}

const struct inflate_report *inflate_report(const struct inflate *f)
{
	return &f->report;
}
