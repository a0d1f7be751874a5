/* Time that only goes forward. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Since some moment in the past. */
uint64_t clock_ms(void);
uint64_t clock_ns(void);

#endif
