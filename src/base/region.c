/* Owns anonymous memory of the system's.  Knows nothing of what lies in it. */
#define _GNU_SOURCE
#include "base/region.h"

#include "base/memory.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#ifndef MAP_NORESERVE
#define MAP_NORESERVE 0
#endif

static size_t whole_pages(size_t n)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);

	return memory_add(n, page - 1) / page * page;
}

/* The thread sanitizer does not see that mremap moves memory. */
#if defined(__SANITIZE_THREAD__)
#define COPIES
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COPIES
#endif
#endif
#ifndef MREMAP_MAYMOVE
#define COPIES
#endif

static void *map(size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	if (p == MAP_FAILED)
		die("out of memory: %zu bytes", n);
	return p;
}

static void *move(struct region *r, size_t capacity)
{
#ifdef COPIES
	void *p = map(capacity);

	memcpy(p, r->base, r->capacity);
	if (r->secret)
		explicit_bzero(r->base, r->capacity);
	munmap(r->base, r->capacity);
	return p;
#else
	void *p = mremap(r->base, r->capacity, capacity, MREMAP_MAYMOVE);

	if (p == MAP_FAILED)
		die("out of memory: %zu bytes", capacity);
	return p;
#endif
}

void region_grow(struct region *r, size_t need)
{
	size_t capacity;

	if (need <= r->capacity)
		return;
	capacity = whole_pages(memory_add(need, r->capacity));
	r->base = r->base ? move(r, capacity) : map(capacity);
	r->capacity = capacity;
	if (r->secret)
		region_protect(r);
}

void region_trim(struct region *r, size_t used)
{
	size_t keep = whole_pages(used);

	if (keep == 0) {
		region_free(r);
		return;
	}
	if (keep < r->capacity) {
		munmap((char *)r->base + keep, r->capacity - keep);
		r->capacity = keep;
	}
}

void region_protect(struct region *r)
{
	r->secret = true;
#ifdef MADV_DONTDUMP
	if (r->base)
		madvise(r->base, r->capacity, MADV_DONTDUMP);
#endif
}

void region_free(struct region *r)
{
	if (r->base)
		munmap(r->base, r->capacity);
	r->base = NULL;
	r->capacity = 0;
}

void region_wipe(struct region *r)
{
	if (r->base)
		explicit_bzero(r->base, r->capacity);
	region_free(r);
}
