/* Points in time: from every spelling that logs and filters use to
 * milliseconds since 1970-01-01 00:00:00 UTC, and back.  The calendar is the
 * Gregorian one, years 0000 to 9999; no locale is asked. */
#ifndef TEXT_STAMP_H
#define TEXT_STAMP_H

#include "base/error.h"
#include "base/span.h"

#include <stdint.h>

/* What is no time; sorts last. */
#define STAMP_NONE INT64_MAX

/* The time that TEXT names, or STAMP_NONE.  Understood, without regard to
 * case:
 *   2016-03-18T03:04:05Z  the form of CloudTrail; T may be blanks,
 *     seconds may be missing or have a fraction (what is finer than a
 *     millisecond is dropped), blanks may follow a colon, Z may be missing,
 *     UTC, GMT, +HH, +HHMM or +HH:MM, with blanks before it
 *   20160318T030405Z  the compact form of file names and signed URLs, seconds
 *     may be missing
 *   Mar 18, 2016, 3:04:05 AM  the form of responseElements' expirations (Java's
 *     medium format), the second comma may be missing, the last blank may be
 *     U+202F
 * A second of 60 stands only at 23:59 UTC and is the next midnight, as POSIX
 * has it.  A date alone is not a point in time: see stamp_range. */
int64_t stamp_parse(struct span text);

/* The time that a number stands for: seconds since 1970, with a fraction or
 * not, or with 12 to 14 digits before the point milliseconds.  Else STAMP_NONE.
 * Apart from stamp_parse because an account id is a number too. */
int64_t stamp_parse_number(struct span text);

/* A place in the calendar. */
struct stamp_date {
	int32_t year;
	uint8_t month, day;       /* from 1 */
	uint8_t hour, minute, second;
	uint16_t millisecond;
};

/* The time at UTC; the caller answers for a date that exists. */
int64_t stamp_from_date(const struct stamp_date *);

/* The date at UTC.  TIME is clipped to the years 0000 to 9999. */
struct stamp_date stamp_to_date(int64_t time);

/* The half-open range that a partial spelling means: 2016, 2016-03, 2016-03-18,
 * 2016-03-18T03, 2016-03-18T03:04, …:05, …:05.678, each from the hour on with an
 * offset or not; the other forms of stamp_parse mean their second, or their
 * millisecond when they have a fraction.  False and ERR when TEXT is none. */
bool stamp_range(struct span text, int64_t *from, int64_t *to,
		 struct error *err);

enum stamp_form {
	STAMP_FULL,       /* 2016-03-18 03:04:05 */
	STAMP_SHORT,      /* 03-18 03:04:05 */
	STAMP_ISO         /* 2016-03-18T03:04:05Z, with .678 if not zero;
			     local: with +01:00 in place of Z */
};

enum stamp_zone { STAMP_UTC, STAMP_LOCAL };

/* Room for every form, and its NUL. */
enum { STAMP_ROOM = 40 };

/* The time at which local clocks show WALL, which is a time as UTC would show
 * it; of two that do (when clocks are put back) the earlier; where none does
 * (when they are put forward) that of the change.  Needs a tzset() before. */
int64_t stamp_from_local(int64_t wall);

/* The later time at which local clocks show what they do at TIME, or
 * STAMP_NONE. */
int64_t stamp_local_again(int64_t time);

/* Writes TIME and returns the length; an empty text for STAMP_NONE.  Local
 * needs a tzset() before. */
size_t stamp_format(int64_t time, enum stamp_form, enum stamp_zone,
		    char out[STAMP_ROOM]);

/* Writes how far MS is from nothing: +00:03:10, -2d 01:00:00; from 1,000 days
 * on without seconds.  Returns the length. */
size_t stamp_difference(int64_t ms, char out[STAMP_ROOM]);

#endif
