/* What the tests of json/ share: exact copies, so that a sanitizer sees every
 * read past the end, and the conformance files where they are. */
#ifndef JSON_SUPPORT_H
#define JSON_SUPPORT_H

#include "exact.h"
#include "json/paths.h"
#include "json/scan.h"
#include "rebuilt.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* The folder NAME of the shared data, or a skipped test. */
static inline const char *shared_folder(const char *name)
{
	static char path[4096];
	const char *shared = getenv("ACMTUI_SHARED");
	DIR *folder;

	snprintf(path, sizeof path, "%s/%s", shared ? shared : "../shared",
		 name);
	folder = opendir(path);
	if (!folder) {
		printf("SKIP: %s is not there\n", path);
		skip();
	}
	closedir(folder);
	return path;
}

/* The content of FOLDER/NAME; the caller frees it with buffer_free. */
static inline struct buffer read_file(const char *folder, const char *name)
{
	struct buffer content = {0};
	struct buffer path = {0};
	FILE *file;
	size_t n;

	buffer_printf(&path, "%s/%s", folder, name);
	file = fopen(path.p, "rb");
	if (!file)
		fail_msg("cannot open %s", path.p);
	buffer_free(&path);
	do {
		n = fread(buffer_room(&content, 1 << 16), 1, 1 << 16, file);
		content.n += n;
	} while (n > 0);
	fclose(file);
	return content;
}

/* Small, seeded, the same everywhere: splitmix64. */
static inline uint64_t next_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* A template with its holes made visible, o and x. */
static inline const char *visible(const struct scan *scan)
{
	static char text[16384];
	size_t n = scan->template.n;

	assert_true(n < sizeof text);
	for (size_t i = 0; i < n; i++) {
		char c = scan->template.p[i];

		text[i] = c == SCAN_HOLE ? 'o'
			  : c == SCAN_HOLE_SKIPPED ? 'x' : c;
	}
	text[n] = '\0';
	return text;
}

static inline void assert_rebuilt(const struct scan *scan, const char *from,
				  const char *behind)
{
	struct buffer out = {0};

	rebuild(scan, &out);
	assert_int_equal(out.n, (size_t)(behind - from));
	if (out.n > 0)
		assert_memory_equal(out.p, from, out.n);
	buffer_free(&out);
}

/* What was told: "OFFSET what" for each notice, with "(OFFSET" of what was
 * opened behind it. */
struct told {
	const char *from;
	struct buffer text;
	size_t count;
	struct scan_fault first;
};

static inline void listen(void *context, const struct scan_fault *fault)
{
	struct told *told = context;

	assert_non_null(fault->what);
	assert_non_null(fault->why);
	if (told->count++ == 0)
		told->first = *fault;
	buffer_printf(&told->text, "%s%td %s", told->text.n ? ", " : "",
		      fault->at - told->from, fault->what);
	if (fault->opened)
		buffer_printf(&told->text, " (%td",
			      fault->opened - told->from);
}

static inline void assert_same_tokens(const struct scan *a,
				      const struct scan *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++) {
		const struct scan_token *x = &a->tokens[i];
		const struct scan_token *y = &b->tokens[i];

		assert_ptr_equal(x->text, y->text);
		assert_int_equal(x->length, y->length);
		assert_int_equal(x->kind, y->kind);
		assert_int_equal(x->escaped, y->escaped);
	}
}

static inline void assert_marked(const struct scan *scan)
{
	for (size_t i = 0; i < scan->count; i++) {
		const struct scan_token *t = &scan->tokens[i];

		assert_int_equal(t->escaped, t->kind <= SCAN_STRING_OPEN &&
				 memchr(t->text, '\\', t->length));
	}
}

/* Reads TEXT relaxed; every byte must be kept, every backslash in a string
 * marked, and every token found by the walk. */
static inline enum scan_end read_relaxed(struct scan *scan, const char *text,
				  size_t n, const char **after,
				  struct told *told)
{
	static struct paths_walk walk;
	enum paths_event event;
	enum scan_end end;
	size_t slots = 0;

	*told = (struct told){.from = text};
	end = scan_relaxed(scan, text, text + n, after, listen, told);
	assert_rebuilt(scan, scan_blank(text, text + n),
		       end == SCAN_WHOLE ? *after : text + n);
	assert_marked(scan);
	paths_start(&walk, buffer_span(&scan->template));
	while ((event = paths_next(&walk)) != PATHS_END)
		slots += event == PATHS_LEAF || event == PATHS_SKIPPED;
	assert_int_equal(slots, scan->count);
	return end;
}

#endif
