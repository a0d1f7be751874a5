/* Owns anonymous memory: what is large or secret straight from the system, what
 * is small from malloc, since a process may have some ten thousand maps only.
 * Knows nothing of what lies in it. */
#define _GNU_SOURCE
#include "base/region.h"

#include "platform.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

/* Bytes from which on a region is mapped. */
enum { LARGE = 64 << 10 };

static bool is_mapped(const struct region *r)
{
	return r->secret || r->capacity >= LARGE;
}

static size_t whole_pages(size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return memory_add(n, page - 1) / page * page;
}

static void *map(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		die("out of memory: %zu bytes", n);
	return p;
}

static void release(const struct region *r)
{
	if (r->base && is_mapped(r))
		munmap(r->base, r->capacity);
	else
		free(r->base);
}

/* To a region of the kind that TO is, with the first USED bytes. */
static void move(struct region *r, struct region to, size_t used)
{
	to.base = is_mapped(&to) ? map(to.capacity)
				 : memory_clear(to.capacity, 1);
	if (used)
		memcpy(to.base, r->base, used);
	if (r->secret && r->base)
		explicit_bzero(r->base, r->capacity);
	release(r);
	*r = to;
}

static void grow_map(struct region *r, size_t capacity)
{
	/* Of mremap the thread sanitizer does not see which addresses it lets
	   go. */
#if defined(MREMAP_MAYMOVE) && !defined(SANITIZED)
	void *p = mremap(r->base, r->capacity, capacity, MREMAP_MAYMOVE);

	if (p == MAP_FAILED)
		die("out of memory: %zu bytes", capacity);
	r->base = p;
	r->capacity = capacity;
#else
	move(r, (struct region){NULL, capacity, r->secret}, r->capacity);
#endif
}

static void keep_out_of_dumps(const struct region *r)
{
#ifdef MADV_DONTDUMP
	if (r->base && r->secret)
		madvise(r->base, r->capacity, MADV_DONTDUMP);
#else
	(void)r;
#endif
}

void region_enlarge(struct region *r, size_t need)
{
	struct region to = {NULL, memory_add(need, r->capacity), r->secret};

	if (is_mapped(&to))
		to.capacity = whole_pages(to.capacity);
	if (r->base && is_mapped(r))
		grow_map(r, to.capacity);
	else
		move(r, to, r->capacity);
	keep_out_of_dumps(r);
}

void region_trim(struct region *r, size_t used)
{
	struct region to = {NULL, used, r->secret};

	if (used == 0) {
		region_free(r);
		return;
	}
	if (is_mapped(&to))
		to.capacity = whole_pages(used);
	if (to.capacity >= r->capacity)
		return;
	if (!is_mapped(&to)) {
		move(r, to, used);
		return;
	}
	munmap((char *)r->base + to.capacity, r->capacity - to.capacity);
	r->capacity = to.capacity;
}

void region_protect(struct region *r)
{
	struct region to = {NULL, r->capacity, true};

	if (r->base && !is_mapped(r)) {
		to.capacity = whole_pages(to.capacity);
		move(r, to, r->capacity);
	}
	r->secret = true;
	keep_out_of_dumps(r);
}

void region_free(struct region *r)
{
	release(r);
	r->base = NULL;
	r->capacity = 0;
}

void region_wipe(struct region *r)
{
	if (r->base)
		explicit_bzero(r->base, r->capacity);
	region_free(r);
}
