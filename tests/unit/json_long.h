/* A text that is longer than a value may be.  For tests that define
 * _DEFAULT_SOURCE. */
#ifndef JSON_LONG_H
#define JSON_LONG_H

#include "json_support.h"

#include <sys/mman.h>

/* `aaa...`, more than 4 GiB of it, or a skipped test: many mappings of one small
 * file, which take no memory.  To be unmapped. */
static inline char *long_text(size_t *size)
{
	enum { PIECE = 1 << 24, PIECES = 257 };
	FILE *file = tmpfile();
	char *piece = malloc(PIECE);
	char *text;

	*size = (size_t)PIECE * PIECES;
	assert_non_null(file);
	assert_non_null(piece);
	memset(piece, 'a', PIECE);
	assert_int_equal(fwrite(piece, 1, PIECE, file), PIECE);
	free(piece);
	fflush(file);
	text = mmap(NULL, *size, PROT_NONE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (text == MAP_FAILED) {
		fclose(file);
		printf("SKIP: no room for 4 GiB of addresses\n");
		skip();
	}
	for (size_t i = 0; i < PIECES; i++)
		assert_ptr_equal(mmap(text + i * PIECE, PIECE,
				      PROT_READ | PROT_WRITE,
				      MAP_PRIVATE | MAP_FIXED, fileno(file),
				      0), text + i * PIECE);
	fclose(file);
	return text;
}

#endif
