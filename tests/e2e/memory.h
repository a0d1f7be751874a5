/* The memory of the program under test, as a core made by force would keep it. */
#ifndef E2E_MEMORY_H
#define E2E_MEMORY_H

#include <stddef.h>
#include <sys/types.h>

enum memory_verdict {
	MEMORY_FREE,            /* of the text */
	MEMORY_HOLDS,           /* WHERE says in which mapping, how far apart */
	MEMORY_CLOSED           /* to us */
};

/* Looks for TEXT in all that can be written and is not kept out of dumps, its
 * bytes side by side or as far apart as those of the cells of a screen are. */
enum memory_verdict memory_look(pid_t, const char *text, char *where,
				size_t size);

#endif
