/* Owns the walk from arguments to files: a stack of listed folders, never
 * deeper than the tree.  Hands out paths and opened descriptors; must not know
 * what files hold, nor the order in which they are loaded. */
/* d_type is no part of POSIX, and saves a system call for each file. */
#define _DEFAULT_SOURCE
#include "load/inputs.h"

#include "base/memory.h"
#include "base/sandbox.h"
#include "text/stamp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A listed folder.  Each name has its type in the byte before it. */
struct folder {
	char *path;
	char *names;            /* one after another, NUL-terminated */
	size_t names_n, names_capacity;
	const char **sorted;
	size_t n, at;
};

struct inputs {
	const char *const *arguments;
	size_t count, at;
	bool standard;          /* `-` was met */
	struct folder *stack;
	size_t depth, stack_capacity;
};

struct inputs *inputs_new(const char *const *arguments, size_t count)
{
	struct inputs *in = memory_clear(1, sizeof *in);

	in->arguments = arguments;
	in->count = count;
	return in;
}

static void folder_free(struct folder *d)
{
	free(d->path);
	free(d->names);
	free(d->sorted);
}

void inputs_free(struct inputs *in)
{
	if (!in)
		return;
	while (in->depth > 0)
		folder_free(&in->stack[--in->depth]);
	free(in->stack);
	free(in);
}

static void folder_add(struct folder *d, const struct dirent *entry)
{
	size_t n = strlen(entry->d_name) + 1;
	size_t need = memory_add(d->names_n, n + 1);

	if (need > d->names_capacity) {
		d->names_capacity = memory_grown(d->names_capacity, need, 1);
		d->names = memory_resize(d->names, d->names_capacity, 1);
	}
	d->names[d->names_n] = (char)entry->d_type;
	memcpy(d->names + d->names_n + 1, entry->d_name, n);
	d->names_n = need;
	d->n++;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void folder_sort(struct folder *d)
{
	const char *name = d->names;

	d->sorted = memory_resize(NULL, d->n, sizeof *d->sorted);
	for (size_t i = 0; i < d->n; i++) {
		d->sorted[i] = name + 1;
		name += strlen(name + 1) + 2;
	}
	qsort(d->sorted, d->n, sizeof *d->sorted, by_bytes);
}

/* Answers errno, 0 when all is well; what was read before an error stays. */
static int folder_read(struct folder *d, DIR *dir)
{
	const struct dirent *entry;

	for (;;) {
		errno = 0;
		entry = readdir(dir);
		if (!entry)
			return errno;
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			folder_add(d, entry);
	}
}

/* FLAGS: O_NOFOLLOW below an argument.  Answers errno, 0 when all of the folder
 * could be listed. */
static int push(struct inputs *in, const char *path, int flags)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags);
	struct folder d = {.n = 0};
	int cause;
	DIR *dir;

	if (fd < 0)
		return errno;
	dir = fdopendir(fd);
	if (!dir) {
		cause = errno;
		close(fd);
		return cause;
	}
	cause = folder_read(&d, dir);
	closedir(dir);
	d.path = memory_copy(path, strlen(path));
	folder_sort(&d);
	if (in->depth == in->stack_capacity) {
		in->stack_capacity = memory_grown(in->stack_capacity,
						  in->depth + 1, sizeof d);
		in->stack = memory_resize(in->stack, in->stack_capacity,
					  sizeof d);
	}
	in->stack[in->depth++] = d;
	return cause;
}

static char *join(const char *folder, const char *name)
{
	size_t a = strlen(folder), b = strlen(name);
	bool slash = a > 0 && folder[a - 1] != '/';
	char *path = memory_alloc(memory_add(a, b + 2));

	memcpy(path, folder, a);
	if (slash)
		path[a++] = '/';
	memcpy(path + a, name, b + 1);
	return path;
}

/* Some file systems do not say what an entry is. */
static unsigned char type_of(const char *path, unsigned char listed)
{
	struct stat s;

	if (listed != DT_UNKNOWN || lstat(path, &s) != 0)
		return listed;
	return S_ISREG(s.st_mode) ? DT_REG : S_ISDIR(s.st_mode) ? DT_DIR :
	       S_ISLNK(s.st_mode) ? DT_LNK : S_ISFIFO(s.st_mode) ? DT_FIFO :
	       S_ISSOCK(s.st_mode) ? DT_SOCK : S_ISBLK(s.st_mode) ? DT_BLK :
	       DT_CHR;
}

/* The next entry of the folder on top; false when it led further down or the
 * folder is done. */
static bool next_entry(struct inputs *in, struct input *out)
{
	struct folder *d = &in->stack[in->depth - 1];
	const char *name;

	if (d->at == d->n) {
		folder_free(d);
		in->depth--;
		return false;
	}
	name = d->sorted[d->at++];
	out->place = INPUT_IN_FOLDER;
	out->path = join(d->path, name);
	out->type = type_of(out->path, (unsigned char)name[-1]);
	if (out->type != DT_DIR)
		return true;
	out->cause = push(in, out->path, O_NOFOLLOW);
	if (out->cause == 0) {
		free(out->path);
		return false;
	}
	out->place = INPUT_BROKEN_FOLDER;
	return true;
}

/* The next argument; false when it is a folder that could be listed. */
static bool next_argument(struct inputs *in, struct input *out)
{
	const char *argument = in->arguments[in->at++];
	struct stat s;

	out->path = memory_copy(argument, strlen(argument));
	if (strcmp(argument, "-") == 0) {
		out->place = in->standard ? INPUT_TWICE : INPUT_STANDARD;
		in->standard = true;
		return true;
	}
	out->place = INPUT_ARGUMENT;
	if (stat(argument, &s) != 0 || !S_ISDIR(s.st_mode))
		return true;
	out->cause = push(in, out->path, 0);
	if (out->cause == 0) {
		free(out->path);
		return false;
	}
	out->place = INPUT_BROKEN_FOLDER;
	return true;
}

bool inputs_next(struct inputs *in, struct input *out)
{
	while (in->depth > 0 || in->at < in->count) {
		*out = (struct input){0};
		if (in->depth > 0 ? next_entry(in, out)
				  : next_argument(in, out))
			return true;
	}
	return false;
}

static enum input_kind skipped(struct error *err, const char *what)
{
	error_set(err, "%s", what);
	return INPUT_SKIPPED;
}

static enum input_kind refused(struct error *err, const char *what)
{
	error_set(err, "cannot open: %s", what);
	return INPUT_REFUSED;
}

/* A file that took the place of an argument is another one. */
static void hint_at_sandbox(const struct input *input, int cause,
			    struct error *err)
{
	if (sandbox_refuses(input->path, cause))
		error_hint(err, "the sandbox knows only what was there at the "
			   "start: start again, or with --no-sandbox");
}

/* Opening alone may have an effect on a pipe or a device, so that nothing
 * found in a folder is opened unless it was listed as a file. */
static enum input_kind listed_kind(unsigned char type, struct error *err)
{
	switch (type) {
	case DT_LNK:
		return skipped(err, "a link inside a folder is not followed");
	case DT_FIFO:
		return skipped(err, "a pipe inside a folder is not read");
	case DT_SOCK:
		return skipped(err, "a socket");
	case DT_CHR:
	case DT_BLK:
		return skipped(err, "a device");
	default:
		return INPUT_REGULAR;
	}
}

/* An argument that would be refused is not opened either. */
static enum input_kind argument_kind(const char *path, struct error *err)
{
	struct stat s;

	if (stat(path, &s) != 0)
		return refused(err, strerror(errno));
	if (S_ISSOCK(s.st_mode))
		return refused(err, "it is a socket");
	if (S_ISCHR(s.st_mode) || S_ISBLK(s.st_mode))
		return refused(err, "it is a device");
	return S_ISFIFO(s.st_mode) ? INPUT_STREAM : INPUT_REGULAR;
}

static void stamp(struct input_file *file, const struct stat *s)
{
	file->size = (uint64_t)s->st_size;
#ifdef __APPLE__
	file->changed[0] = s->st_mtimespec.tv_sec;
	file->changed[1] = s->st_mtimespec.tv_nsec;
#else
	file->changed[0] = s->st_mtim.tv_sec;
	file->changed[1] = s->st_mtim.tv_nsec;
#endif
}

bool inputs_look(const struct input *input, struct input_file *file)
{
	struct stat s;

	*file = (struct input_file){.fd = -1, .kind = INPUT_STREAM};
	if (stat(input->path, &s) != 0)
		return false;
	if (S_ISREG(s.st_mode)) {
		file->kind = INPUT_REGULAR;
		stamp(file, &s);
	}
	return true;
}

/* What was opened may not be what was listed. */
static enum input_kind opened_kind(const struct input *input,
				   struct input_file *file, struct error *err)
{
	struct stat s;

	if (fstat(file->fd, &s) != 0)
		return refused(err, strerror(errno));
	if (S_ISREG(s.st_mode)) {
		stamp(file, &s);
		return INPUT_REGULAR;
	}
	if (S_ISDIR(s.st_mode))
		return refused(err, "it is a folder");
	if (input->place == INPUT_STANDARD) {
		if (isatty(file->fd))
			return refused(err, "it is the terminal");
		return INPUT_STREAM;
	}
	if (S_ISFIFO(s.st_mode) && input->place == INPUT_ARGUMENT)
		return INPUT_STREAM;
	return refused(err, "it is no longer a file");
}

static enum input_kind judge_place(const struct input *input,
				   struct error *err)
{
	switch (input->place) {
	case INPUT_BROKEN_FOLDER:
		error_set(err, "cannot list the folder: %s",
			  strerror(input->cause));
		hint_at_sandbox(input, input->cause, err);
		return INPUT_REFUSED;
	case INPUT_TWICE:
		return refused(err, "standard input is read once only");
	case INPUT_IN_FOLDER:
		return listed_kind(input->type, err);
	case INPUT_ARGUMENT:
		return argument_kind(input->path, err);
	case INPUT_STANDARD:
		break;
	}
	return INPUT_STREAM;
}

enum input_kind inputs_open(const struct input *input,
			    struct input_file *file, struct error *err)
{
	int flags = O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;
	int cause;

	*file = (struct input_file){.fd = -1};
	file->kind = judge_place(input, err);
	if (file->kind == INPUT_SKIPPED || file->kind == INPUT_REFUSED)
		return file->kind;
	if (input->place == INPUT_IN_FOLDER)
		flags |= O_NOFOLLOW;
	if (input->place == INPUT_STANDARD)
		file->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	else
		file->fd = open(input->path, flags);
	if (file->fd < 0) {
		cause = errno;
		file->kind = refused(err, strerror(cause));
		hint_at_sandbox(input, cause, err);
		return file->kind;
	}
	file->kind = opened_kind(input, file, err);
	if (file->kind == INPUT_REFUSED) {
		close(file->fd);
		file->fd = -1;
	}
	return file->kind;
}

bool inputs_close(struct input_file *file, struct error *err)
{
	struct input_file now = {0};
	bool same = true;
	struct stat s;

	if (file->fd < 0)
		return true;
	if (file->kind == INPUT_REGULAR && fstat(file->fd, &s) == 0) {
		stamp(&now, &s);
		same = now.size == file->size &&
		       now.changed[0] == file->changed[0] &&
		       now.changed[1] == file->changed[1];
	}
	close(file->fd);
	file->fd = -1;
	if (same)
		return true;
	if (now.size < file->size)
		return error_set(err, "changed while it was read: it shrank "
				 "from %llu to %llu bytes",
				 (unsigned long long)file->size,
				 (unsigned long long)now.size);
	return error_set(err, "changed while it was read");
}

/* The part of REST before the next `_`, which is taken off. */
static struct span part(struct span *rest)
{
	const char *end = memchr(rest->p, '_', rest->n);
	struct span s = *rest;

	if (end)
		s.n = (size_t)(end - rest->p);
	*rest = span_from(*rest, s.n + (end ? 1 : 0));
	return s;
}

static bool account_number(struct span s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return s.n == 12;
}

/* A time stamp, and what follows it up to the first dot: of some old names
 * nothing stands between. */
static bool time_and_unique(struct span s, size_t time_n,
			    struct input_name *out)
{
	const char *dot = s.n ? memchr(s.p, '.', s.n) : NULL;

	if (dot)
		s.n = (size_t)(dot - s.p);
	if (s.n < time_n)
		return false;
	out->time = stamp_parse((struct span){s.p, time_n});
	out->unique = span_from(s, time_n);
	if (span_starts(out->unique, SPAN("_")))
		out->unique = span_from(out->unique, 1);
	return out->time != STAMP_NONE;
}

/* Behind the region: the name of the trail, in which `_` may stand, its home
 * region and the time. */
static bool digest_rest(struct span rest, struct input_name *out)
{
	while (rest.n > 0) {
		if (time_and_unique(rest, sizeof "20160318T030405Z" - 1, out)) {
			out->unique.n = 0;
			return true;
		}
		part(&rest);
	}
	return false;
}

bool inputs_parse_name(const char *path, struct input_name *out)
{
	const char *slash = strrchr(path, '/');
	struct span rest = span_of(slash ? slash + 1 : path);

	*out = (struct input_name){0};
	out->account = part(&rest);
	out->family = part(&rest);
	out->region = part(&rest);
	if (!account_number(out->account) || out->region.n == 0 ||
	    !span_starts(out->family, SPAN("CloudTrail")))
		return false;
	out->digest = span_is(out->family, "CloudTrail-Digest");
	if (out->digest)
		return digest_rest(rest, out);
	return time_and_unique(rest, sizeof "20160318T0304Z" - 1, out);
}
