/* Owns lists by the names of their files, and the reading of them. */
#define _POSIX_C_SOURCE 200809L
#include "query/lists.h"

#include "base/buffer.h"
#include "base/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LARGEST = 64 << 20 };

struct list {
	char *name;
	struct needles *needles;
	struct list *next;
};

struct lists {
	pthread_mutex_t lock;
	struct list *first;
	struct needles *iocs;
	bool settled;
	char *folder;
};

struct lists *lists_new(void)
{
	struct lists *l = memory_clear(1, sizeof *l);

	pthread_mutex_init(&l->lock, NULL);
	return l;
}

void lists_free(struct lists *l)
{
	if (!l)
		return;
	while (l->first) {
		struct list *next = l->first->next;

		needles_free(l->first->needles);
		free(l->first->name);
		free(l->first);
		l->first = next;
	}
	needles_free(l->iocs);
	free(l->folder);
	pthread_mutex_destroy(&l->lock);
	free(l);
}

static struct needles *read_list(const char *path, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct needles *needles = NULL;
	struct buffer text = {0};
	struct stat st;

	if (fd < 0) {
		error_set(err, "%s: %s", path, strerror(errno));
		return NULL;
	}
	if (fstat(fd, &st) != 0)
		error_set(err, "%s: %s", path, strerror(errno));
	else if (!S_ISREG(st.st_mode))
		error_set(err, "%s: not a regular file", path);
	else if (buffer_read(&text, fd, LARGEST, path, err))
		needles = needles_new();
	close(fd);
	if (needles)
		needles_add_lines(needles, buffer_span(&text));
	buffer_free(&text);
	if (needles && needles_count(needles) == 0) {
		error_set(err, "%s: lists nothing", path);
		needles_free(needles);
		needles = NULL;
	}
	return needles;
}

bool lists_read_iocs(struct lists *l, const char *path, struct error *err)
{
	needles_free(l->iocs);
	l->iocs = read_list(path, err);
	return l->iocs != NULL;
}

const struct needles *lists_iocs(const struct lists *l)
{
	return l->iocs;
}

void lists_settle(struct lists *l, const char *folder)
{
	l->settled = true;
	free(l->folder);
	l->folder = folder ? memory_copy(folder, strlen(folder)) : NULL;
}

static bool goes_up(const char *path)
{
	const char *p = path;

	while ((p = strstr(p, "..")) != NULL) {
		if ((p == path || p[-1] == '/') && (p[2] == '/' || !p[2]))
			return true;
		p += 2;
	}
	return false;
}

static bool may_open(const struct lists *l, const char *path)
{
	size_t n = l->folder ? strlen(l->folder) : 0;

	if (!l->settled || (path[0] != '/' && !goes_up(path)))
		return true;
	return n > 0 && strncmp(path, l->folder, n) == 0 && path[n] == '/' &&
	       !goes_up(path);
}

/* Under the lock. */
static const struct needles *find(struct lists *l, const char *path,
				  struct error *err)
{
	struct list *list = l->first;
	struct needles *needles;

	while (list && strcmp(list->name, path) != 0)
		list = list->next;
	if (list)
		return list->needles;
	if (!may_open(l, path)) {
		error_set(err, "%s: not below the current folder", path);
		error_hint(err, "lists are opened there and below the "
				"configuration's folder, or named at start");
		return NULL;
	}
	needles = read_list(path, err);
	if (!needles)
		return NULL;
	list = memory_alloc(sizeof *list);
	*list = (struct list){memory_copy(path, strlen(path)), needles,
			      l->first};
	l->first = list;
	return needles;
}

const struct needles *lists_find(struct lists *l, struct span name,
				 struct error *err)
{
	const struct needles *needles;
	char *path;

	if (span_is(name, "iocs") && l->iocs)
		return l->iocs;
	if (span_is(name, "iocs")) {
		error_set(err, "@iocs: no --iocs was given");
		return NULL;
	}
	path = memory_copy(name.p, name.n);
	pthread_mutex_lock(&l->lock);
	needles = find(l, path, err);
	pthread_mutex_unlock(&l->lock);
	free(path);
	return needles;
}
