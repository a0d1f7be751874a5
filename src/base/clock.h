/* Time that only goes forward, and the time of day. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

/* Since some moment in the past. */
uint64_t clock_ms(void);
uint64_t clock_ns(void);

/* What the calling thread has worked, others' work left out. */
uint64_t clock_worked_ms(void);

/* Since 1970 UTC, by the system's clock, which may be set. */
int64_t clock_wall_ms(void);

#endif
