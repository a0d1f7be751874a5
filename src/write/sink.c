/* Owns the way of output bytes to a descriptor.  Knows no format. */
#define _POSIX_C_SOURCE 200809L
#include "write/sink.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

enum { SINK_MUCH = 1 << 16 };

void sink_start(struct sink *sink, int fd, bool terminal, enum show_set set,
		const atomic_bool *cancel)
{
	*sink = (struct sink){.fd = fd, .name = "standard output",
			      .terminal = terminal,
			      .set = set, .cancel = cancel};
}

static bool cancelled(const struct sink *sink)
{
	return sink->cancel && atomic_load(sink->cancel);
}

static void fail(struct sink *sink, int reason)
{
	if (reason == EPIPE) {
		sink->state = SINK_CLOSED;
		return;
	}
	sink->state = SINK_FAILED;
	error_set(&sink->error, "%s: %s", sink->name, strerror(reason));
}

static void drain(struct sink *sink)
{
	const char *p = sink->row.p;
	size_t left = sink->row.n;

	while (left > 0 && sink->state == SINK_OPEN) {
		ssize_t n;

		if (cancelled(sink)) {
			sink->state = SINK_CANCELLED;
			break;
		}
		n = write(sink->fd, p, left);
		if (n >= 0) {
			p += n;
			left -= (size_t)n;
		} else if (errno == EAGAIN || errno == EWOULDBLOCK) {
			/* Whoever shares the descriptor may have set it so. */
			struct pollfd room = {sink->fd, POLLOUT, 0};

			poll(&room, 1, -1);
		} else if (errno != EINTR) {
			fail(sink, errno);
		}
	}
	buffer_clear(&sink->row);
}

bool sink_turn(struct sink *sink)
{
	if (cancelled(sink) && sink->state == SINK_OPEN)
		sink->state = SINK_CANCELLED;
	if (sink->row.n >= SINK_MUCH || sink->state != SINK_OPEN)
		drain(sink);
	return sink->state == SINK_OPEN;
}

bool sink_finish(struct sink *sink, struct error *err)
{
	drain(sink);
	buffer_wipe(&sink->row);
	buffer_wipe(&sink->scratch);
	if (sink->state != SINK_FAILED)
		return true;
	if (err)
		*err = sink->error;
	return false;
}

void sink_show(struct sink *sink, size_t from)
{
	struct span text;

	if (!sink->terminal || from == sink->row.n)
		return;
	text = (struct span){sink->row.p + from, sink->row.n - from};
	buffer_clear(&sink->scratch);
	show_write(text, sink->set, &sink->scratch);
	sink->row.n = from;
	buffer_add_span(&sink->row, buffer_span(&sink->scratch));
}
