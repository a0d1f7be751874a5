/* Owns the descriptors between start and end. */
#define _POSIX_C_SOURCE 200809L
#include "write/export.h"

#include "base/memory.h"
#include "text/show.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_name(struct span name)
{
	return name.n > 0 && !memchr(name.p, '/', name.n) &&
	       !span_is(name, ".") && !span_is(name, "..") &&
	       show_is_plain(name);
}

bool export_start(struct export *e, const char *folder, struct span name,
		  struct error *err)
{
	*e = (struct export){-1, -1, NULL};
	if (!is_name(name))
		return error_set(err, "only a name: it goes to %s "
				 "(--export-dir)", folder);
	e->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (e->folder < 0)
		return error_set(err, "%s: %s", folder, strerror(errno));
	e->name = memory_copy(name.p, name.n);
	e->fd = openat(e->folder, e->name, O_WRONLY | O_APPEND | O_CREAT |
		       O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (e->fd >= 0)
		return true;
	error_set(err, "%s: %s", e->name, strerror(errno));
	close(e->folder);
	free(e->name);
	return false;
}

int export_keep(struct export *e)
{
	close(e->folder);
	free(e->name);
	return e->fd;
}

bool export_end(struct export *e, bool whole, struct error *err)
{
	if (whole && fsync(e->fd) != 0)
		whole = error_set(err, "%s: %s", e->name, strerror(errno));
	if (close(e->fd) != 0 && whole)
		whole = error_set(err, "%s: %s", e->name, strerror(errno));
	if (!whole)
		unlinkat(e->folder, e->name, 0);
	close(e->folder);
	free(e->name);
	return whole;
}
