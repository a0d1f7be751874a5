/* Owns the descriptors between start and end. */
#define _POSIX_C_SOURCE 200809L
#include "write/export.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "text/show.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_name(struct span name)
{
	return name.n > 0 && !memchr(name.p, '/', name.n) &&
	       !span_is(name, ".") && !span_is(name, "..") &&
	       show_is_plain(name);
}

static bool fault(const struct export *e, struct error *err)
{
	return error_set(err, "%s: %s", e->name, strerror(errno));
}

static void forget(struct export *e)
{
	close(e->folder);
	free(e->name);
	free(e->part);
}

static int open_new(const struct export *e, const char *name)
{
	return openat(e->folder, name, O_WRONLY | O_APPEND | O_CREAT | O_EXCL |
		      O_NOFOLLOW | O_CLOEXEC, 0600);
}

/* A file that is there is told of before there is anything to be lost. */
static bool is_free(const struct export *e)
{
	struct stat there;

	if (fstatat(e->folder, e->name, &there, AT_SYMLINK_NOFOLLOW) != 0)
		return true;
	errno = EEXIST;
	return false;
}

/* Gives the file its name, unless another has it. */
static bool place(struct export *e, struct error *err)
{
	bool placed = linkat(e->folder, e->part, e->folder, e->name, 0) == 0;
	int fd;

	if (placed) {
		unlinkat(e->folder, e->part, 0);
		return true;
	}
	/* Some file systems have no links; what is ours may be replaced. */
	fd = open_new(e, e->name);
	if (fd < 0)
		return fault(e, err);
	close(fd);
	placed = renameat(e->folder, e->part, e->folder, e->name) == 0;
	if (!placed) {
		fault(e, err);
		unlinkat(e->folder, e->name, 0);
	}
	return placed;
}

bool export_start(struct export *e, const char *folder, struct span name,
		  struct error *err)
{
	struct buffer part = {0};

	*e = (struct export){.folder = -1, .fd = -1};
	if (!is_name(name))
		return error_set(err, "only a name: it goes to %s "
				 "(--export-dir)", folder);
	e->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (e->folder < 0)
		return error_set(err, "%s: %s", folder, strerror(errno));
	e->name = memory_copy(name.p, name.n);
	/* What a program that was killed has left is not in the way. */
	buffer_printf(&part, ".%s.%ld.part", e->name, (long)getpid());
	e->part = buffer_take(&part);
	if (is_free(e))
		e->fd = open_new(e, e->part);
	if (e->fd >= 0)
		return true;
	fault(e, err);
	forget(e);
	return false;
}

int export_keep(struct export *e, struct error *err)
{
	if (!place(e, err)) {
		unlinkat(e->folder, e->part, 0);
		close(e->fd);
		e->fd = -1;
	}
	forget(e);
	return e->fd;
}

bool export_end(struct export *e, bool whole, struct error *err)
{
	if (whole && fsync(e->fd) != 0)
		whole = fault(e, err);
	if (close(e->fd) != 0 && whole)
		whole = fault(e, err);
	whole = whole && place(e, err);
	if (!whole)
		unlinkat(e->folder, e->part, 0);
	forget(e);
	return whole;
}
