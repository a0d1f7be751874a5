/* Lets the N-th call of a kind fail, in a program that is linked with
 * -Wl,--wrap for each: ACMTUI_FAULT=KIND:N.  At the end of a program that ended
 * by itself the numbers of calls go to the descriptor 99, where that is open. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TOLD = 99 };

enum kind { MEMORY, OPEN, STAT, READ, WRITE, SYNC, RENAME, LIST, KINDS };

static struct {
	const char *name;
	int error;
	atomic_long count;
	long fail;              /* which of them does; 0: none */
} kinds[KINDS] = {
	[MEMORY] = {.name = "memory", .error = ENOMEM},
	[OPEN] = {.name = "open", .error = EMFILE},
	[STAT] = {.name = "stat", .error = EIO},
	[READ] = {.name = "read", .error = EIO},
	[WRITE] = {.name = "write", .error = ENOSPC},
	[SYNC] = {.name = "sync", .error = EIO},
	[RENAME] = {.name = "rename", .error = EIO},
	[LIST] = {.name = "list", .error = EIO},
};

__attribute__((constructor)) static void learn(void)
{
	const char *text = getenv("ACMTUI_FAULT");

	for (size_t i = 0; text && i < KINDS; i++) {
		size_t n = strlen(kinds[i].name);

		if (strncmp(text, kinds[i].name, n) == 0 && text[n] == ':')
			kinds[i].fail = atol(text + n + 1);
	}
}

static bool over;

/* What is called after it is not the program's own. */
__attribute__((destructor)) static void tell(void)
{
	over = true;
	if (fcntl(TOLD, F_GETFD) < 0)
		return;
	for (size_t i = 0; i < KINDS; i++)
		dprintf(TOLD, "%s %ld\n", kinds[i].name,
			atomic_load(&kinds[i].count));
}

static bool fails(enum kind kind)
{
	long n = atomic_fetch_add(&kinds[kind].count, 1) + 1;

	if (over || n != kinds[kind].fail)
		return false;
	errno = kinds[kind].error;
	return true;
}

#define WRAP(kind, failed, type, name, parameters, arguments) \
	type __real_##name parameters; \
	type __wrap_##name parameters; \
	type __wrap_##name parameters \
	{ \
		return fails(kind) ? (failed) : __real_##name arguments; \
	}

WRAP(MEMORY, NULL, void *, malloc, (size_t n), (n))
WRAP(MEMORY, NULL, void *, calloc, (size_t count, size_t n), (count, n))
WRAP(MEMORY, NULL, void *, realloc, (void *p, size_t n), (p, n))
WRAP(MEMORY, MAP_FAILED, void *, mmap,
     (void *p, size_t n, int rights, int flags, int fd, off_t at),
     (p, n, rights, flags, fd, at))
WRAP(STAT, -1, int, fstat, (int fd, struct stat *told), (fd, told))
WRAP(STAT, -1, int, stat, (const char *path, struct stat *told), (path, told))
WRAP(READ, -1, ssize_t, read, (int fd, void *p, size_t n), (fd, p, n))
WRAP(READ, -1, ssize_t, __read_chk, (int fd, void *p, size_t n, size_t room),
     (fd, p, n, room))
WRAP(WRITE, 0, size_t, fwrite,
     (const void *p, size_t size, size_t n, FILE *file), (p, size, n, file))
WRAP(SYNC, -1, int, fsync, (int fd), (fd))
WRAP(RENAME, -1, int, renameat,
     (int from, const char *name, int to, const char *new_name),
     (from, name, to, new_name))
WRAP(RENAME, -1, int, linkat,
     (int from, const char *name, int to, const char *new_name, int flags),
     (from, name, to, new_name, flags))
WRAP(RENAME, -1, int, rename, (const char *name, const char *new_name),
     (name, new_name))
WRAP(LIST, NULL, DIR *, fdopendir, (int fd), (fd))
WRAP(LIST, NULL, struct dirent *, readdir, (DIR *folder), (folder))
WRAP(OPEN, -1, int, __open_2, (const char *path, int flags), (path, flags))
WRAP(OPEN, -1, int, __openat_2, (int folder, const char *path, int flags),
     (folder, path, flags))

ssize_t __real_write(int fd, const void *p, size_t n);
ssize_t __wrap_write(int fd, const void *p, size_t n);

/* A byte into a pipe of one's own cannot fail, and marks are for tests. */
ssize_t __wrap_write(int fd, const void *p, size_t n)
{
	static const char mark[] = "\033]7770;";
	bool counts = n > 1 && (n < sizeof(mark) ||
				memcmp(p, mark, sizeof(mark) - 1) != 0);

	return counts && fails(WRITE) ? -1 : __real_write(fd, p, n);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __real_openat(int folder, const char *path, int flags, ...);
int __wrap_openat(int folder, const char *path, int flags, ...);

int __wrap_open(const char *path, int flags, ...)
{
	va_list more;
	mode_t mode = 0;

	va_start(more, flags);
	if (flags & O_CREAT)
		mode = va_arg(more, mode_t);
	va_end(more);
	return fails(OPEN) ? -1 : __real_open(path, flags, mode);
}

int __wrap_openat(int folder, const char *path, int flags, ...)
{
	va_list more;
	mode_t mode = 0;

	va_start(more, flags);
	if (flags & O_CREAT)
		mode = va_arg(more, mode_t);
	va_end(more);
	return fails(OPEN) ? -1 : __real_openat(folder, path, flags, mode);
}
