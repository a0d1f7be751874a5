/* Owns the reading and writing of points in time.  Bytes in, milliseconds out,
 * and back; the calendar is counted here, the system is asked only for what
 * local time is.  Knows nothing of events. */
#include "text/stamp.h"

#include <stdio.h>

#include <time.h>

enum { SECOND_MS = 1000, MINUTE_MS = 60 * 1000, HOUR_MS = 60 * 60 * 1000 };

#define DAY_MS INT64_C(86400000)

/* Days from 1970-01-01 to 0000-01-01 and to 10000-01-01. */
#define FIRST_DAY INT64_C(-719528)
#define END_DAY INT64_C(2932897)

/* Years are counted from March, so that the leap day is their last, and from
 * 400 years before 0000, so that no number is negative. */
#define MARCH_DAYS INT64_C(865565)

/* How much of a time was spelled out. */
enum precision { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, MILLISECOND };

struct reading {
	const char *p, *end;
	struct stamp_date date;
	int offset;               /* of its zone, in minutes east */
	enum precision precision;
};

static int64_t count_days(int year, int month, int day)
{
	int64_t y = year + (month > 2 ? 400 : 399);
	int64_t m = month > 2 ? month - 3 : month + 9;

	return 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day -
	       1 - MARCH_DAYS;
}

static bool leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_days(int year, int month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30,
				       31, 31, 30, 31, 30, 31};

	return days[month - 1] + (month == 2 && leap(year));
}

static bool date_exists(const struct stamp_date *d)
{
	return d->month >= 1 && d->month <= 12 && d->day >= 1 &&
	       (d->day <= 28 || d->day <= month_days(d->year, d->month)) &&
	       d->hour <= 23 && d->minute <= 59 && d->second <= 60;
}

int64_t stamp_from_date(const struct stamp_date *d)
{
	return count_days(d->year, d->month, d->day) * DAY_MS +
	       d->hour * HOUR_MS + d->minute * MINUTE_MS +
	       d->second * SECOND_MS + d->millisecond;
}

static int64_t clip(int64_t time)
{
	if (time < FIRST_DAY * DAY_MS)
		return FIRST_DAY * DAY_MS;
	return time < END_DAY * DAY_MS ? time : END_DAY * DAY_MS - 1;
}

struct stamp_date stamp_to_date(int64_t time)
{
	int64_t days, ms, era, year, day, month;

	time = clip(time);
	ms = time - FIRST_DAY * DAY_MS;
	days = ms / DAY_MS + FIRST_DAY + MARCH_DAYS;
	ms %= DAY_MS;
	era = days / 146097;
	days %= 146097;
	year = (days - days / 1460 + days / 36524 - days / 146096) / 365;
	day = days - (365 * year + year / 4 - year / 100);
	month = (5 * day + 2) / 153;
	day -= (153 * month + 2) / 5;
	return (struct stamp_date){
		.year = (int32_t)(era * 400 + year - 400 + (month >= 10)),
		.month = (uint8_t)(month < 10 ? month + 3 : month - 9),
		.day = (uint8_t)(day + 1),
		.hour = (uint8_t)(ms / HOUR_MS),
		.minute = (uint8_t)(ms / MINUTE_MS % 60),
		.second = (uint8_t)(ms / SECOND_MS % 60),
		.millisecond = (uint16_t)(ms % SECOND_MS),
	};
}

/* The time of a whole reading, if there is such a date. */
static int64_t reading_time(const struct reading *r)
{
	int64_t time;

	if (!date_exists(&r->date))
		return STAMP_NONE;
	time = stamp_from_date(&r->date) - r->offset * (int64_t)MINUTE_MS;
	if (time < FIRST_DAY * DAY_MS || time >= END_DAY * DAY_MS)
		return STAMP_NONE;
	if (r->date.second == 60 &&
	    (time - r->date.millisecond - FIRST_DAY * DAY_MS) % DAY_MS != 0)
		return STAMP_NONE;
	return time;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* Exactly COUNT digits. */
static bool number(struct reading *r, int count, int *out)
{
	int value = 0;

	if (r->end - r->p < count)
		return false;
	for (int i = 0; i < count; i++) {
		if (!digit(r->p[i]))
			return false;
		value = value * 10 + (r->p[i] - '0');
	}
	r->p += count;
	*out = value;
	return true;
}

static bool small(struct reading *r, int count, uint8_t *out)
{
	int value;

	if (!number(r, count, &value))
		return false;
	*out = (uint8_t)value;
	return true;
}

/* One or two digits. */
static bool short_number(struct reading *r, uint8_t *out)
{
	return small(r, 2, out) || small(r, 1, out);
}

static bool take(struct reading *r, char c)
{
	if (r->p == r->end || lower(*r->p) != c)
		return false;
	r->p++;
	return true;
}

static bool take_word(struct reading *r, const char *word)
{
	struct span head = {r->p, strlen(word)};

	if ((size_t)(r->end - r->p) < head.n ||
	    !span_equal_ignoring_case(head, span_of(word)))
		return false;
	r->p += head.n;
	return true;
}

static bool blanks(struct reading *r)
{
	const char *from = r->p;

	while (r->p < r->end && *r->p == ' ')
		r->p++;
	return r->p > from;
}

static bool colon(struct reading *r)
{
	if (!take(r, ':'))
		return false;
	blanks(r);
	return true;
}

/* The first three digits count, the rest is dropped however long it is. */
static bool read_fraction(struct reading *r)
{
	int value = 0, scale = SECOND_MS;

	if (r->p == r->end || !digit(*r->p))
		return false;
	for (; r->p < r->end && digit(*r->p); r->p++) {
		scale /= 10;
		value += (*r->p - '0') * scale;
	}
	r->date.millisecond = (uint16_t)value;
	r->precision = MILLISECOND;
	return true;
}

static bool read_seconds(struct reading *r)
{
	if (!small(r, 2, &r->date.second))
		return false;
	r->precision = SECOND;
	if (take(r, '.') || take(r, ','))
		return read_fraction(r);
	return true;
}

/* What may follow a time of day, up to the end. */
static bool read_zone(struct reading *r)
{
	int sign, hours, minutes = 0;

	blanks(r);
	if (r->p == r->end)
		return true;
	if (take(r, 'z') || take_word(r, "utc") || take_word(r, "gmt"))
		return r->p == r->end;
	if (*r->p != '+' && *r->p != '-')
		return false;
	sign = *r->p++ == '-' ? -1 : 1;
	if (!number(r, 2, &hours))
		return false;
	take(r, ':');
	if (r->p < r->end && !number(r, 2, &minutes))
		return false;
	if (hours > 23 || minutes > 59)
		return false;
	r->offset = sign * (hours * 60 + minutes);
	return r->p == r->end;
}

/* What follows the hour in the forms with colons. */
static bool read_clock(struct reading *r)
{
	if (!colon(r))
		return read_zone(r);
	if (!small(r, 2, &r->date.minute))
		return false;
	r->precision = MINUTE;
	if (colon(r) && !read_seconds(r))
		return false;
	return read_zone(r);
}

/* After the year of 2016-03-18T03:04:05Z; may end after any part. */
static bool read_dashed(struct reading *r)
{
	if (!small(r, 2, &r->date.month))
		return false;
	r->precision = MONTH;
	if (!take(r, '-'))
		return r->p == r->end;
	if (!small(r, 2, &r->date.day))
		return false;
	r->precision = DAY;
	if (!take(r, 't') && !blanks(r))
		return r->p == r->end;
	if (!small(r, 2, &r->date.hour))
		return false;
	r->precision = HOUR;
	return read_clock(r);
}

/* After the year of 20160318T0304Z. */
static bool read_compact(struct reading *r)
{
	if (!small(r, 2, &r->date.month) || !small(r, 2, &r->date.day) ||
	    !take(r, 't') || !small(r, 2, &r->date.hour) ||
	    !small(r, 2, &r->date.minute))
		return false;
	r->precision = MINUTE;
	if (r->p < r->end && digit(*r->p) && !read_seconds(r))
		return false;
	return read_zone(r);
}

/* The blank before AM and PM; newer Java writes U+202F. */
static void narrow_blank(struct reading *r)
{
	blanks(r);
	take_word(r, "\u202f");
}

/* Mar 18, 2016, 3:04:05 AM. */
static bool read_medium(struct reading *r)
{
	static const char names[12][4] = {"jan", "feb", "mar", "apr",
					  "may", "jun", "jul", "aug",
					  "sep", "oct", "nov", "dec"};
	struct stamp_date *d = &r->date;
	int year;

	while (d->month <= 12 && !take_word(r, names[d->month - 1]))
		d->month++;
	if (d->month > 12 || !blanks(r) || !short_number(r, &d->day))
		return false;
	take(r, ',');
	if (!blanks(r) || !number(r, 4, &year))
		return false;
	d->year = year;
	take(r, ',');
	if (!blanks(r) || !short_number(r, &d->hour) || !colon(r) ||
	    !small(r, 2, &d->minute) || !colon(r) || !read_seconds(r))
		return false;
	narrow_blank(r);
	if (d->hour < 1 || d->hour > 12)
		return false;
	d->hour %= 12;
	if (take_word(r, "pm"))
		d->hour = (uint8_t)(d->hour + 12);
	else if (!take_word(r, "am"))
		return false;
	return read_zone(r);
}

static bool read_any(struct reading *r, struct span text)
{
	int year;

	text = span_trim(text);
	*r = (struct reading){.p = text.p,
			      .end = text.n ? text.p + text.n : text.p,
			      .date = {.month = 1, .day = 1}};
	if (!number(r, 4, &year))
		return read_medium(r);
	r->date.year = year;
	if (r->p == r->end)
		return true;
	return take(r, '-') ? read_dashed(r) : read_compact(r);
}

/* Whether the eight bytes at P are as in SHAPE, where each 0 is any digit: eight
 * comparisons in one.  What differs from SHAPE is at most 9 for a digit and 0
 * for all else, which adding SLACK carries into no upper half of a byte. */
static bool shaped(const char *p, const char shape[8], const char slack[8])
{
	uint64_t bytes, expected, add;

	memcpy(&bytes, p, sizeof bytes);
	memcpy(&expected, shape, sizeof expected);
	memcpy(&add, slack, sizeof add);
	bytes ^= expected;
	return ((bytes | (bytes + add)) & UINT64_C(0xF0F0F0F0F0F0F0F0)) == 0;
}

static unsigned pair(const char *p)
{
	return (unsigned)p[0] * 10 + (unsigned)p[1] - (unsigned)'0' * 11;
}

/* The form that nearly every event has, and nothing else. */
static int64_t parse_canonical(const char *p)
{
	struct reading r;

	if (!shaped(p, "0000-00-", "\6\6\6\6\17\6\6\17") ||
	    !shaped(p + 8, "00T00:00", "\6\6\17\6\6\17\6\6") ||
	    !shaped(p + 12, "0:00:00Z", "\6\17\6\6\17\6\6\17"))
		return STAMP_NONE;
	r.offset = 0;
	r.date = (struct stamp_date){
		.year = (int32_t)(pair(p) * 100 + pair(p + 2)),
		.month = (uint8_t)pair(p + 5),
		.day = (uint8_t)pair(p + 8),
		.hour = (uint8_t)pair(p + 11),
		.minute = (uint8_t)pair(p + 14),
		.second = (uint8_t)pair(p + 17),
	};
	return reading_time(&r);
}

int64_t stamp_parse(struct span text)
{
	struct reading r;
	int64_t time;

	if (text.n == 20) {
		time = parse_canonical(text.p);
		if (time != STAMP_NONE)
			return time;
	}
	if (!read_any(&r, text) || r.precision < MINUTE)
		return STAMP_NONE;
	return reading_time(&r);
}

int64_t stamp_parse_number(struct span text)
{
	struct reading r = {.p = text.p, .end = text.n ? text.p + text.n
						       : text.p};
	int64_t value = 0;
	size_t whole = 0;
	bool milliseconds;

	for (; r.p < r.end && digit(*r.p); r.p++)
		if (++whole <= 14)
			value = value * 10 + (*r.p - '0');
	if (whole == 0 || whole > 14)
		return STAMP_NONE;
	milliseconds = whole >= 12;
	if (take(&r, '.') && !read_fraction(&r))
		return STAMP_NONE;
	if (r.p != r.end)
		return STAMP_NONE;
	return milliseconds ? value : value * SECOND_MS + r.date.millisecond;
}

/* The end of the year or month that begins at D.  As years are counted from
 * March, a thirteenth month is the January of the next. */
static int64_t next_in_calendar(struct stamp_date d, enum precision precision)
{
	if (precision == YEAR)
		d.year++;
	else
		d.month++;
	return stamp_from_date(&d);
}

bool stamp_range(struct span text, int64_t *from, int64_t *to,
		 struct error *err)
{
	static const int64_t length[] = {
		[DAY] = DAY_MS, [HOUR] = HOUR_MS, [MINUTE] = MINUTE_MS,
		[SECOND] = SECOND_MS, [MILLISECOND] = 1,
	};
	struct reading r;

	*from = STAMP_NONE;
	if (read_any(&r, text))
		*from = reading_time(&r);
	if (*from == STAMP_NONE) {
		error_set(err, "not a time: expected YYYY-MM-DDTHH:MM:SS or "
			  "the beginning of one");
		return error_hint(err, "2016-03-18 is that day, "
				  "2016-03-18T03 that hour, in UTC");
	}
	*to = r.precision <= MONTH ? next_in_calendar(r.date, r.precision)
				   : *from + length[r.precision];
	return true;
}

static char *put(char *p, int value, int digits, char after)
{
	for (int i = digits - 1; i >= 0; i--) {
		p[i] = (char)('0' + value % 10);
		value /= 10;
	}
	p[digits] = after;
	return p + digits + 1;
}

static struct stamp_date local_date(int64_t time)
{
	int64_t since = time - FIRST_DAY * DAY_MS;
	time_t seconds = (time_t)(since / SECOND_MS + FIRST_DAY * 86400);
	struct tm tm;

	if (!localtime_r(&seconds, &tm) || tm.tm_year < -1900 ||
	    tm.tm_year > 9999 - 1900)
		return stamp_to_date(time);
	return (struct stamp_date){
		.year = tm.tm_year + 1900,
		.month = (uint8_t)(tm.tm_mon + 1),
		.day = (uint8_t)tm.tm_mday,
		.hour = (uint8_t)tm.tm_hour,
		.minute = (uint8_t)tm.tm_min,
		.second = (uint8_t)tm.tm_sec,
		.millisecond = (uint16_t)(since % SECOND_MS),
	};
}

static int64_t shown_at(int64_t time)
{
	struct stamp_date shown = local_date(time);

	return stamp_from_date(&shown);
}

/* The change that makes local clocks skip WALL. */
static int64_t change_over(int64_t wall)
{
	int64_t before = wall - DAY_MS, after = wall + DAY_MS;

	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (shown_at(middle) < wall)
			before = middle;
		else
			after = middle;
	}
	return after;
}

/* The first time from SINCE on at which local clocks show WALL: one of the
 * offsets in force within a day before and after must be right. */
static int64_t first_shown(int64_t wall, int64_t since)
{
	int64_t first = STAMP_NONE;

	for (int64_t at = wall - DAY_MS; at <= wall + DAY_MS; at += DAY_MS / 2) {
		int64_t time = wall - (shown_at(at) - at);

		if (time >= since && time < first && shown_at(time) == wall)
			first = time;
	}
	return first;
}

int64_t stamp_from_local(int64_t wall)
{
	int64_t first = first_shown(wall, INT64_MIN);

	return first == STAMP_NONE ? change_over(wall) : first;
}

int64_t stamp_local_again(int64_t time)
{
	return first_shown(shown_at(time), time + 1);
}

/* The offset follows from the two clocks, to the minute. */
static char *put_zone(char *p, const struct stamp_date *shown, int64_t time,
		      enum stamp_zone zone)
{
	int64_t minutes;

	if (zone == STAMP_UTC) {
		*p++ = 'Z';
		return p;
	}
	minutes = (stamp_from_date(shown) - time) / MINUTE_MS;
	*p++ = minutes < 0 ? '-' : '+';
	minutes = minutes < 0 ? -minutes : minutes;
	p = put(p, (int)(minutes / 60), 2, ':');
	return put(p, (int)(minutes % 60), 2, '\0') - 1;
}

size_t stamp_format(int64_t time, enum stamp_form form, enum stamp_zone zone,
		    char out[STAMP_ROOM])
{
	struct stamp_date d;
	char *p = out;

	if (time == STAMP_NONE) {
		*p = '\0';
		return 0;
	}
	time = clip(time);
	d = zone == STAMP_UTC ? stamp_to_date(time) : local_date(time);
	if (form != STAMP_SHORT)
		p = put(p, d.year, 4, '-');
	p = put(p, d.month, 2, '-');
	p = put(p, d.day, 2, form == STAMP_ISO ? 'T' : ' ');
	p = put(p, d.hour, 2, ':');
	p = put(p, d.minute, 2, ':');
	p = put(p, d.second, 2, '\0') - 1;
	if (form == STAMP_ISO) {
		if (d.millisecond) {
			*p++ = '.';
			p = put(p, d.millisecond, 3, '\0') - 1;
		}
		p = put_zone(p, &d, time, zone);
	}
	*p = '\0';
	return (size_t)(p - out);
}

size_t stamp_difference(int64_t ms, char out[STAMP_ROOM])
{
	char sign = ms < 0 ? '-' : '+';
	uint64_t seconds = (ms < 0 ? 0 - (uint64_t)ms : (uint64_t)ms) / 1000;
	unsigned clock = (unsigned)(seconds % 86400);
	unsigned long long days = seconds / 86400;
	int n;

	if (days >= 1000)
		n = snprintf(out, STAMP_ROOM, "%c%llud %02u:%02u", sign, days,
			     clock / 3600, clock / 60 % 60);
	else if (days > 0)
		n = snprintf(out, STAMP_ROOM, "%c%llud %02u:%02u:%02u", sign,
			     days, clock / 3600, clock / 60 % 60, clock % 60);
	else
		n = snprintf(out, STAMP_ROOM, "%c%02u:%02u:%02u", sign,
			     clock / 3600, clock / 60 % 60, clock % 60);
	return (size_t)n;
}
