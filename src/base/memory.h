/* Memory or death.  No function here returns NULL; when there is no memory
 * the program gives the terminal back and ends with one line. */
#ifndef BASE_MEMORY_H
#define BASE_MEMORY_H

#include <stddef.h>

/* N bytes, not cleared; N may be 0.  The caller frees with free(). */
void *memory_alloc(size_t n);

/* COUNT * SIZE bytes, cleared; dies when the product overflows. */
void *memory_clear(size_t count, size_t size);

/* P (may be NULL) with room for COUNT * SIZE bytes. */
void *memory_resize(void *p, size_t count, size_t size);

/* A NUL-terminated copy of N bytes; the caller frees. */
char *memory_copy(const char *p, size_t n);

/* A capacity of at least NEED items that grows by half, for arrays that are
 * appended to.  CAPACITY is the present one; dies when SIZE * result
 * overflows. */
size_t memory_grown(size_t capacity, size_t need, size_t size);

/* Sum and product of sizes that come from outside; die instead of wrapping. */
size_t memory_add(size_t a, size_t b);
size_t memory_multiply(size_t a, size_t b);

/* Ends the program with exit status 2 and one line on standard error, after
 * calling the hook that main has set.  For bugs and lack of memory only. */
_Noreturn void die(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* HOOK gives the terminal back; it is called once. */
void die_set_hook(void (*hook)(void));

#endif
