/* Owns the form of a line and the descriptor.  What the notes mean for events
 * store/notes knows. */
#define _POSIX_C_SOURCE 200809L
#include "write/notes_file.h"

#include "text/show.h"
#include "text/stamp.h"
#include "trail/columns.h"
#include "write/export.h"
#include "write/tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOTES_FILE_LARGEST = 64 << 20 };

static bool fail(struct error *err)
{
	return error_set(err, "--notes: %s", strerror(errno));
}

static bool read_all(struct notes_file *f, struct error *err)
{
	struct buffer *text = &f->text;

	if (!buffer_read(text, f->fd, NOTES_FILE_LARGEST, "--notes", err))
		return false;
	f->open_line = text->n > 0 && text->p[text->n - 1] != '\n';
	return true;
}

bool notes_file_open(struct notes_file *f, const char *path, bool writable,
		     struct error *err)
{
	int how = writable ? O_RDWR | O_APPEND | O_CREAT : O_RDONLY;
	struct stat s;

	*f = (struct notes_file){.fd = -1};
	/* A FIFO must not hold up the start. */
	f->fd = open(path, how | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
	if (f->fd < 0 && errno == ELOOP) {
		error_set(err, "--notes: a symbolic link");
		return error_hint(err, "name the file itself");
	}
	if (f->fd < 0 || fstat(f->fd, &s) != 0)
		return fail(err);
	if (!S_ISREG(s.st_mode))
		return error_set(err, "--notes: not a regular file");
	return read_all(f, err);
}

bool notes_file_create(struct notes_file *f, const char *folder,
		       struct span name, struct error *err)
{
	struct export e;

	*f = (struct notes_file){.fd = -1};
	if (!export_start(&e, folder, name, err))
		return false;
	f->fd = export_keep(&e, err);
	return f->fd >= 0;
}

void notes_file_close(struct notes_file *f)
{
	if (f->fd >= 0)
		close(f->fd);
	f->fd = -1;
	buffer_free(&f->text);
}

/* What stands before the next BYTE, which goes too; all when there is none. */
static struct span cut(struct span *rest, char byte)
{
	const char *at = rest->n ? memchr(rest->p, byte, rest->n) : NULL;
	struct span head = *rest;

	if (at)
		head.n = (size_t)(at - rest->p);
	*rest = span_from(*rest, head.n + (at != NULL));
	return head;
}

/* The text of a cell, as tsv_cell wrote it. */
static void unescape(struct span cell, struct buffer *out)
{
	buffer_clear(out);
	for (size_t i = 0; i < cell.n; i++) {
		char c = cell.p[i];

		if (c == '\\' && i + 1 < cell.n) {
			c = cell.p[++i];
			c = c == 't' ? '\t' : c == 'n' ? '\n' : c;
		}
		buffer_add_byte(out, c);
	}
}

static bool read_line(struct span line, struct notes *notes)
{
	int64_t when = stamp_parse(cut(&line, '\t'));
	struct span id = cut(&line, '\t'), verb = cut(&line, '\t');
	struct buffer one = {0}, other = {0};
	bool mark = span_is(verb, "mark"), unmark = span_is(verb, "unmark");

	if (when == STAMP_NONE || id.n == 0 ||
	    (!mark && !unmark && !span_is(verb, "note")))
		return false;
	if (!notes)
		return true;
	unescape(id, &one);
	unescape(line, &other);
	if (mark || unmark)
		notes_mark(notes, buffer_span(&one), mark, when);
	else
		notes_write(notes, buffer_span(&one), buffer_span(&other),
			    when);
	buffer_free(&one);
	buffer_free(&other);
	return true;
}

size_t notes_file_read(struct span text, struct notes *notes)
{
	size_t bad = 0;

	while (text.n > 0) {
		struct span line = cut(&text, '\n');

		if (line.n > 0 && line.p[line.n - 1] == '\r')
			line.n--;
		if (line.n > 0 && line.p[0] != '#')
			bad += !read_line(line, notes);
	}
	return bad;
}

/* Up to the text; milliseconds always, so that lines sort as times do. */
static void begin(struct span id, const char *verb, int64_t when,
		  struct buffer *out)
{
	struct stamp_date d = stamp_to_date(when);

	buffer_printf(out, "%04d-%02d-%02dT%02d:%02d:%02d.%03dZ\t", d.year,
		      d.month, d.day, d.hour, d.minute, d.second,
		      d.millisecond);
	tsv_cell(id, out);
	buffer_printf(out, "\t%s\t", verb);
}

/* Which event it is, for whoever reads the file. */
static void describe(const struct store *store, struct store_event e,
		     struct buffer *out)
{
	static const enum column told[] = {COLUMN_EVENT, COLUMN_WHO,
					   COLUMN_FROM, COLUMN_RESULT};
	char time[STAMP_ROOM];
	struct buffer text = {0};

	stamp_format(segment_event(store_segment(store, e.segment),
				   e.index)->time, STAMP_FULL, STAMP_UTC, time);
	buffer_add_text(&text, time);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
		struct column_ref ref = {.column = told[i]};
		size_t from = text.n;

		buffer_add_text(&text, "  ");
		columns_text(store, e, &ref, &text);
		if (text.n == from + 2)
			text.n = from;
	}
	show_write(buffer_span(&text), SHOW_UNICODE, out);
	buffer_free(&text);
}

void notes_file_add_mark(const struct store *store, struct store_event e,
			 struct span id, bool marked, int64_t when,
			 struct buffer *out)
{
	begin(id, marked ? "mark" : "unmark", when, out);
	describe(store, e, out);
	buffer_add_byte(out, '\n');
}

void notes_file_add_text(struct span id, struct span text, int64_t when,
			 struct buffer *out)
{
	begin(id, "note", when, out);
	tsv_cell(text, out);
	buffer_add_byte(out, '\n');
}

static bool write_all(int fd, struct span text, struct error *err)
{
	while (text.n > 0) {
		ssize_t n = write(fd, text.p, text.n);

		if (n > 0)
			text = span_from(text, (size_t)n);
		else if (n < 0 && errno != EINTR)
			return fail(err);
	}
	return true;
}

bool notes_file_append(struct notes_file *f, struct span lines,
		       struct error *err)
{
	struct buffer text = {0};
	bool written;

	/* One write, so that what two people append does not mix. */
	if (f->open_line)
		buffer_add_byte(&text, '\n');
	buffer_add_span(&text, lines);
	written = write_all(f->fd, buffer_span(&text), err);
	/* What was written in part ends where the next begins. */
	f->open_line = !written;
	buffer_free(&text);
	return written && (fsync(f->fd) == 0 || fail(err));
}
