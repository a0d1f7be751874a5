/* Promises of text/stamp: which spellings are times, which time they are, what
 * is refused, and that writing and reading are each other's inverse. */
#include "exact.h"
#include "text/stamp.h"

#include <stdio.h>
#include <time.h>

#define DAY INT64_C(86400000)
#define FIRST (INT64_C(-719528) * DAY)
#define LAST (INT64_C(2932897) * DAY - 1)

/* What TEXT is, in the full ISO form, or "" for no time. */
struct row {
	const char *text, *iso;
};

static const char *iso(int64_t time, char out[STAMP_ROOM])
{
	stamp_format(time, STAMP_ISO, STAMP_UTC, out);
	return out;
}

static void check_rows(const struct row *rows, size_t n,
		       int64_t (*parse)(struct span))
{
	char out[STAMP_ROOM];

	for (size_t i = 0; i < n; i++) {
		struct span text = exact_span(rows[i].text);

		iso(parse(text), out);
		free((char *)text.p);
		if (strcmp(out, rows[i].iso) != 0)
			fail_msg("\"%s\" is \"%s\", expected \"%s\"",
				 rows[i].text, out, rows[i].iso);
	}
}

#define CHECK_ROWS(rows, parse) \
	check_rows(rows, sizeof(rows) / sizeof *(rows), parse)

static void every_spelling_of_a_time_is_understood(void **state)
{
	static const struct row rows[] = {
		{"2016-01-01T21:11:45Z", "2016-01-01T21:11:45Z"},
		{"1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"},
		{"0000-01-01T00:00:00Z", "0000-01-01T00:00:00Z"},
		{"0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"},
		{"9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"},
		{"2016-02-29T12:00:00Z", "2016-02-29T12:00:00Z"},
		{"2000-02-29T12:00:00Z", "2000-02-29T12:00:00Z"},
		{"2016-01-01t21:11:45z", "2016-01-01T21:11:45Z"},
		/* fractions */
		{"2017-12-08T15:32:49.865Z", "2017-12-08T15:32:49.865Z"},
		{"2023-07-10T12:27:13.230465Z", "2023-07-10T12:27:13.230Z"},
		{"2023-07-10T12:27:13.9Z", "2023-07-10T12:27:13.900Z"},
		{"2023-07-10T12:27:13.09Z", "2023-07-10T12:27:13.090Z"},
		{"2023-07-10T12:27:13,25Z", "2023-07-10T12:27:13.250Z"},
		{"1970-01-01T00:00:00.000Z", "1970-01-01T00:00:00Z"},
		{"2016-01-01T21:11:45.99999999999999999999999999Z",
		 "2016-01-01T21:11:45.999Z"},
		/* a blank for T, no zone */
		{"2022-09-15 13:45:24", "2022-09-15T13:45:24Z"},
		{"2021-01-24 04:55:45.000", "2021-01-24T04:55:45Z"},
		{"2025-02-14 19:42:57.000000000", "2025-02-14T19:42:57Z"},
		{"2025-02-14 19:42:57.125 UTC", "2025-02-14T19:42:57.125Z"},
		{"2025-02-14  19:42:57", "2025-02-14T19:42:57Z"},
		{"2016-01-01T21:11:45", "2016-01-01T21:11:45Z"},
		{"2018-05-24 15:28:11 GMT", "2018-05-24T15:28:11Z"},
		{"  2018-05-24T15:28:11Z\t", "2018-05-24T15:28:11Z"},
		{"2021-02-21T23: 46: 28Z", "2021-02-21T23:46:28Z"},
		/* offsets */
		{"2022-02-08 09:23:37+11:00", "2022-02-07T22:23:37Z"},
		{"2022-02-08T09:23:37+1100", "2022-02-07T22:23:37Z"},
		{"2022-02-08T09:23:37+11", "2022-02-07T22:23:37Z"},
		{"2022-02-08T09:23:37-03:30", "2022-02-08T12:53:37Z"},
		{"2022-12-31T20:00:00-04:00", "2023-01-01T00:00:00Z"},
		{"2022-02-08T09:23:37 +05:45", "2022-02-08T03:38:37Z"},
		{"2022-02-08T09:23:37-00:00", "2022-02-08T09:23:37Z"},
		{"2022-02-08T09:23:37.5+23:59", "2022-02-07T09:24:37.500Z"},
		/* seconds missing */
		{"2016-03-18T03:04Z", "2016-03-18T03:04:00Z"},
		{"2016-03-18 03:04", "2016-03-18T03:04:00Z"},
		{"2016-03-18T03:04+01:00", "2016-03-18T02:04:00Z"},
		/* compact */
		{"20160318T0304Z", "2016-03-18T03:04:00Z"},
		{"20160318T030405Z", "2016-03-18T03:04:05Z"},
		{"20160318t030405", "2016-03-18T03:04:05Z"},
		{"20160318T030405.678Z", "2016-03-18T03:04:05.678Z"},
		{"20160318T030405+0200", "2016-03-18T01:04:05Z"},
		/* Java's medium form */
		{"Jul 10, 2023, 12:31:14 PM", "2023-07-10T12:31:14Z"},
		{"Jul 18, 2014, 4:07:39 PM", "2014-07-18T16:07:39Z"},
		{"Jun 1, 2017 10:15:21 PM", "2017-06-01T22:15:21Z"},
		{"Nov 18, 2017 1:21:51 AM", "2017-11-18T01:21:51Z"},
		{"Dec 31, 2019, 12:00:00 AM", "2019-12-31T00:00:00Z"},
		{"May 24, 2025, 2:51:14\u202fPM", "2025-05-24T14:51:14Z"},
		{"jan 02, 2021 03:59:16 am", "2021-01-02T03:59:16Z"},
		{"Feb 3, 2021 3:59:16 AM UTC", "2021-02-03T03:59:16Z"},
		{"Aug 3 2021 3:59:16 AM", "2021-08-03T03:59:16Z"},
		{"Sep 3, 2021, 3:59:16 AM", "2021-09-03T03:59:16Z"},
		{"Apr 3, 2021, 3:59:16 AM", "2021-04-03T03:59:16Z"},
		{"Mar 3, 2021, 3:59:16 AM", "2021-03-03T03:59:16Z"},
		{"Oct 3, 2021, 3:59:16 AM", "2021-10-03T03:59:16Z"},
		/* leap seconds */
		{"2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"},
		{"2016-12-31T23:59:60.5Z", "2017-01-01T00:00:00.500Z"},
		{"2017-01-01T08:59:60+09:00", "2017-01-01T00:00:00Z"},
		{"2015-06-30 23:59:60", "2015-07-01T00:00:00Z"},
	};

	(void)state;
	CHECK_ROWS(rows, stamp_parse);
}

static void what_is_no_time_is_refused(void **state)
{
	static const struct row rows[] = {
		{"", ""}, {" ", ""}, {"T", ""}, {"Z", ""}, {"null", ""},
		{"XXXXXXXXXXXXX", ""},
		/* dates and clocks that do not exist */
		{"9999-99-99T99:99:99Z", ""},
		{"2016-00-10T00:00:00Z", ""},
		{"2016-13-10T00:00:00Z", ""},
		{"2016-01-00T00:00:00Z", ""},
		{"2016-01-32T00:00:00Z", ""},
		{"2016-04-31T00:00:00Z", ""},
		{"2017-02-29T00:00:00Z", ""},
		{"1900-02-29T00:00:00Z", ""},
		{"2016-02-30T00:00:00Z", ""},
		{"2016-03-18T24:00:00Z", ""},
		{"2016-03-18T23:60:00Z", ""},
		{"2016-03-18T23:59:61Z", ""},
		{"2016-03-18T12:59:60Z", ""},
		{"2016-12-31T23:59:60+01:00", ""},
		{"2022-02-08T09:23:37+24:00", ""},
		{"2022-02-08T09:23:37+11:60", ""},
		/* outside of the years 0000 to 9999 */
		{"9999-12-31T23:59:59-01:00", ""},
		{"9999-12-31T23:59:60Z", ""},
		{"0000-01-01T00:00:00+00:01", ""},
		{"12016-01-01T00:00:00Z", ""},
		{"-2016-01-01T00:00:00Z", ""},
		/* parts of a time */
		{"2016", ""}, {"2016-", ""}, {"2016-03", ""}, {"2016-03-", ""},
		{"2016-03-18", ""}, {"2016-03-18T", ""},
		{"2016-03-18T03", ""}, {"2016-03-18T03:", ""},
		{"2016-03-18T03:0", ""}, {"2016-03-18T03:04:", ""},
		{"2016-03-18T03:04:0", ""}, {"2016-03-18T03:04:05.", ""},
		{"2016-03-18T03:04:05.Z", ""}, {"20160318", ""},
		{"20160318T03", ""}, {"20160318T030", ""},
		{"20160318T03040", ""}, {"201603", ""}, {"2016031", ""},
		{"20160318X0304", ""},
		/* something else behind or between */
		{"2016-01-01T21:11:45ZZ", ""},
		{"2016-01-01T21:11:45Z;", ""},
		{"2016-01-01T21:11:45X", ""},
		{"2016-01-01X21:11:45Z", ""},
		{"2016/01/01T21:11:45Z", ""},
		{"2016/01/01 21.11.45.", ""},
		{"2016-1-1T21:11:45Z", ""},
		{"2016-01-01T21.11.45Z", ""},
		{"2016-01-01T21:11:45+", ""},
		{"2016-01-01T21:11:45+1", ""},
		{"2016-01-01T21:11:45+1:00", ""},
		{"2016-01-01T21:11:45+01:0", ""},
		{"2016-01-01T21:11:45+01:000", ""},
		{"2016-01-01T21:11:45 UTC+1", ""},
		{"2O16-01-01T21:11:45Z", ""},
		{"2016-O1-01T21:11:45Z", ""},
		{"2016-01-01T21:1:45Z", ""},
		{"2016-01-01T 1:11:45Z", ""},
		{"+016-01-01T21:11:45Z", ""},
		/* numbers are stamp_parse_number's */
		{"123456789012", ""}, {"1600361930988", ""},
		{"1424476529.0", ""},
		/* nearly Java's form */
		{"Jul 10, 2023", ""}, {"Jul 10", ""}, {"Jul", ""},
		{"July 10, 2023, 1:31:14 PM", ""},
		{"Jux 10, 2023, 1:31:14 PM", ""},
		{"Jul 10, 2023, 1:31:14", ""},
		{"Jul 10, 2023, 1:31 PM", ""},
		{"Jul 10, 2023, 13:31:14 PM", ""},
		{"Jan 01, 2019 0:00:00 PM", ""},
		{"Feb 30, 2019 1:00:00 PM", ""},
		{"Jul 10, 23, 1:31:14 PM", ""},
		{"Jul 10, 2023,1:31:14 PM", ""},
		{"Jul 10, 2023, :31:14 PM", ""},
		{"Jul 10, 2023, 1-31-14 PM", ""},
		{"Jul 10, 2023, 1:3:14 PM", ""},
		{"Jul 10, 2023, 1:31:1 PM", ""},
		{"Jul x, 2023, 1:31:14 PM", ""},
		{"Jul10, 2023, 1:31:14 PM", ""},
		{"Jul 10,2023, 1:31:14 PM", ""},
		{"Jul 10, 2023, 1:31:14 XM", ""},
		{"Jul 10, 2023, 1:31:14 PM x", ""},
	};

	(void)state;
	CHECK_ROWS(rows, stamp_parse);
	assert_true(stamp_parse((struct span){NULL, 0}) == STAMP_NONE);
}

static void every_byte_of_the_usual_form_matters(void **state)
{
	const char good[] = "2016-01-01T21:11:45Z";
	char text[sizeof good];
	int refused = 0;

	(void)state;
	for (size_t at = 0; at < 20; at++) {
		memcpy(text, good, sizeof good);
		for (const char *other = "\xFF/;"; *other; other++) {
			text[at] = *other;
			if (stamp_parse((struct span){text, 20}) == STAMP_NONE)
				refused++;
		}
		text[at] = '\0';
		if (stamp_parse((struct span){text, 20}) == STAMP_NONE)
			refused++;
	}
	assert_int_equal(refused, 4 * 20);
}

static void a_million_digits_are_read_once(void **state)
{
	size_t n = 1 << 20;
	char *text = malloc(n + 20);
	int64_t expected = stamp_parse(SPAN("2016-01-01T21:11:45.333Z"));

	(void)state;
	memcpy(text, "2016-01-01T21:11:45.", 20);
	memset(text + 20, '3', n);
	assert_true(stamp_parse((struct span){text, n + 20}) == expected);
	memset(text, '3', n + 20);
	assert_true(stamp_parse((struct span){text, n + 20}) == STAMP_NONE);
	assert_true(stamp_parse_number((struct span){text, n + 20}) ==
		    STAMP_NONE);
	free(text);
}

static void numbers_are_seconds_or_milliseconds(void **state)
{
	static const struct row rows[] = {
		{"0", "1970-01-01T00:00:00Z"},
		{"5", "1970-01-01T00:00:05Z"},
		{"1424476529", "2015-02-20T23:55:29Z"},
		{"1424476529.0", "2015-02-20T23:55:29Z"},
		{"1424476529.25", "2015-02-20T23:55:29.250Z"},
		{"1424476529.1239999", "2015-02-20T23:55:29.123Z"},
		{"99999999999", "5138-11-16T09:46:39Z"},
		{"1600361930988", "2020-09-17T16:58:50.988Z"},
		{"1600361930988.7", "2020-09-17T16:58:50.988Z"},
		{"100000000000", "1973-03-03T09:46:40Z"},
		{"99999999999999", "5138-11-16T09:46:39.999Z"},
		{"", ""}, {".", ""}, {".5", ""}, {"-1", ""}, {"1e9", ""},
		{"1.", ""}, {"1.x", ""}, {"1.5x", ""}, {"x", ""}, {"1 ", ""},
		{"100000000000000", ""},
		{"99999999999999999999999999", ""},
		{"2016-01-01T21:11:45Z", ""},
	};

	(void)state;
	CHECK_ROWS(rows, stamp_parse_number);
	assert_true(stamp_parse_number((struct span){NULL, 0}) == STAMP_NONE);
}

static void partial_spellings_are_half_open_ranges(void **state)
{
	static const struct {
		const char *text, *from;
		int64_t length;
	} rows[] = {
		{"2016", "2016-01-01T00:00:00Z", 366 * DAY},
		{"2017", "2017-01-01T00:00:00Z", 365 * DAY},
		{"9999", "9999-01-01T00:00:00Z", 365 * DAY},
		{"2016-02", "2016-02-01T00:00:00Z", 29 * DAY},
		{"2017-02", "2017-02-01T00:00:00Z", 28 * DAY},
		{"1900-02", "1900-02-01T00:00:00Z", 28 * DAY},
		{"2016-04", "2016-04-01T00:00:00Z", 30 * DAY},
		{"2016-12", "2016-12-01T00:00:00Z", 31 * DAY},
		{"2016-03-18", "2016-03-18T00:00:00Z", DAY},
		{"2016-12-31", "2016-12-31T00:00:00Z", DAY},
		{"2016-03-18T03", "2016-03-18T03:00:00Z", 3600000},
		{"2016-03-18 03", "2016-03-18T03:00:00Z", 3600000},
		{"2016-03-18T03Z", "2016-03-18T03:00:00Z", 3600000},
		{"2016-03-18T03+01:00", "2016-03-18T02:00:00Z", 3600000},
		{"2016-03-18T03:04", "2016-03-18T03:04:00Z", 60000},
		{"2016-03-18T03:04-01", "2016-03-18T04:04:00Z", 60000},
		{"20160318T0304Z", "2016-03-18T03:04:00Z", 60000},
		{"20160318T0304", "2016-03-18T03:04:00Z", 60000},
		{"2016-03-18T03:04:05", "2016-03-18T03:04:05Z", 1000},
		{"2016-03-18T03:04:05Z", "2016-03-18T03:04:05Z", 1000},
		{"Mar 18, 2016, 3:04:05 AM", "2016-03-18T03:04:05Z", 1000},
		{"2016-12-31T23:59:60", "2017-01-01T00:00:00Z", 1000},
		{"2016-03-18T03:04:05.6", "2016-03-18T03:04:05.600Z", 1},
	};
	struct error err;
	char out[STAMP_ROOM];
	int64_t from, to;

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct span text = exact_span(rows[i].text);

		assert_true(stamp_range(text, &from, &to, &err));
		free((char *)text.p);
		assert_string_equal(iso(from, out), rows[i].from);
		if (to - from != rows[i].length)
			fail_msg("%s is %lld ms long", rows[i].text,
				 (long long)(to - from));
	}
}

static void what_is_no_range_has_a_hint(void **state)
{
	static const char *const texts[] = {
		"", "x", "201", "20160", "2016-3", "2016-13", "2016-02-30",
		"2016-03-18T", "2016-03-18T3", "2016-03-18T24",
		"2016-03-18T03:", "2016Z", "2016-03Z", "2016-03-18Z",
		"2016-03-18+01:00", "20160318", "yesterday", "2016-03-1",
		"Jul", "Jul 10", "Jul 10, 2016", "Jul 10, 2016, 1:31 PM",
	};
	struct error err;
	int64_t from, to;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct span text = exact_span(texts[i]);
		bool taken = stamp_range(text, &from, &to, &err);

		free((char *)text.p);
		if (taken)
			fail_msg("\"%s\" was taken for a time", texts[i]);
		assert_non_null(strstr(err.text, "not a time: "));
		assert_true(err.hint[0] != '\0');
	}
	assert_false(stamp_range(SPAN("x"), &from, &to, NULL));
}

static void every_day_agrees_with_the_systems_calendar(void **state)
{
	for (int64_t time = FIRST; time <= LAST; time += DAY) {
		struct stamp_date d = stamp_to_date(time + DAY - 1);
		time_t seconds = (time_t)(time / 1000);
		struct tm tm;

		assert_non_null(gmtime_r(&seconds, &tm));
		if (d.year != tm.tm_year + 1900 || d.month != tm.tm_mon + 1 ||
		    d.day != tm.tm_mday || d.hour != 23 || d.minute != 59 ||
		    d.second != 59 || d.millisecond != 999)
			fail_msg("day %lld is %d-%d-%d",
				 (long long)(time / DAY), d.year, d.month,
				 d.day);
		if (stamp_from_date(&d) != time + DAY - 1)
			fail_msg("day %lld does not come back",
				 (long long)(time / DAY));
	}
	(void)state;
}

static void no_month_has_a_day_more(void **state)
{
	static const int lengths[] = {31, 29, 31, 30, 31, 30,
				      31, 31, 30, 31, 30, 31};

	(void)state;
	for (int month = 1; month <= 12; month++)
		for (int day = 28; day <= 33; day++) {
			char text[40];

			snprintf(text, sizeof text, "2016-%02d-%02dT00:00:00Z",
				 month, day);
			if ((stamp_parse(span_of(text)) != STAMP_NONE) !=
			    (day <= lengths[month - 1]))
				fail_msg("%s", text);
		}
}

/* Clocks of New York in 2016: an hour is skipped on March 13, and comes twice on
 * November 6. */
static void what_clocks_show_is_a_time(void **state)
{
	static const struct row rows[] = {
		{"2016-01-01T00:00:00Z", "2016-01-01T05:00:00Z"},
		{"2016-07-01T12:30:00Z", "2016-07-01T16:30:00Z"},
		{"2016-03-13T01:59:59.999Z", "2016-03-13T06:59:59.999Z"},
		{"2016-03-13T02:00:00Z", "2016-03-13T07:00:00Z"},
		{"2016-03-13T02:00:00.001Z", "2016-03-13T07:00:00Z"},
		{"2016-03-13T02:59:59.999Z", "2016-03-13T07:00:00Z"},
		{"2016-03-13T03:00:00Z", "2016-03-13T07:00:00Z"},
		{"2016-03-13T23:00:00Z", "2016-03-14T03:00:00Z"},
		{"2016-03-12T23:00:00Z", "2016-03-13T04:00:00Z"},
		{"2016-11-06T00:59:59Z", "2016-11-06T04:59:59Z"},
		{"2016-11-06T01:00:00Z", "2016-11-06T05:00:00Z"},
		{"2016-11-06T01:59:59Z", "2016-11-06T05:59:59Z"},
		{"2016-11-06T02:00:00Z", "2016-11-06T07:00:00Z"},
		{"2016-11-06T13:00:00Z", "2016-11-06T18:00:00Z"},
	};
	char out[STAMP_ROOM];

	(void)state;
	setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
	tzset();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int64_t wall = stamp_parse(span_of(rows[i].text));

		iso(stamp_from_local(wall), out);
		if (strcmp(out, rows[i].iso) != 0)
			fail_msg("%s is %s", rows[i].text, out);
	}
}

/* Clocks that change nearly a day after, or before, UTC shows what they do, and
 * some that are put forward for a day only. */
static void clocks_of_odd_places_show_a_time_too(void **state)
{
	static const struct {
		const char *zone, *wall, *time;
	} rows[] = {
		{"XST20XDT,M3.2.0,M11.1.0", "2016-03-13T03:30:00Z",
		 "2016-03-13T22:30:00Z"},
		{"XST-20XDT,M3.2.0,M11.1.0", "2016-03-13T01:30:00Z",
		 "2016-03-12T05:30:00Z"},
		{"XST0XDT,M3.2.0,M3.2.1", "2016-03-14T01:30:00Z",
		 "2016-03-14T00:30:00Z"},
		{"XST0XDT,M3.2.0,M3.2.1", "2016-03-13T02:30:00Z",
		 "2016-03-13T02:00:00Z"},
		/* Santiago: from midnight to one */
		{"XST4XDT,M9.1.6/24,M4.1.6/24", "2026-09-06T00:00:00Z",
		 "2026-09-06T04:00:00Z"},
		{"XST4XDT,M9.1.6/24,M4.1.6/24", "2026-09-06T00:59:59.999Z",
		 "2026-09-06T04:00:00Z"},
		{"XST4XDT,M9.1.6/24,M4.1.6/24", "2026-09-05T23:59:59Z",
		 "2026-09-06T03:59:59Z"},
		{"XST4XDT,M9.1.6/24,M4.1.6/24", "2026-09-06T01:00:00Z",
		 "2026-09-06T04:00:00Z"},
		/* half an hour, and a whole day */
		{"XST-10:30XDT-11,M10.1.0,M4.1.0", "2026-10-04T02:15:00Z",
		 "2026-10-03T15:30:00Z"},
		{"XST12XDT-12,M3.2.0,M11.1.0", "2016-03-13T12:00:00Z",
		 "2016-03-13T14:00:00Z"},
	};
	char out[STAMP_ROOM];

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		setenv("TZ", rows[i].zone, 1);
		tzset();
		iso(stamp_from_local(stamp_parse(span_of(rows[i].wall))), out);
		assert_string_equal(out, rows[i].time);
	}
}

static void what_clocks_show_twice_is_two_times(void **state)
{
	static const struct row rows[] = {
		{"2016-11-06T05:00:00Z", "2016-11-06T06:00:00Z"},
		{"2016-11-06T05:59:59.999Z", "2016-11-06T06:59:59.999Z"},
		{"2016-11-06T04:59:59.999Z", ""},
		{"2016-11-06T06:00:00Z", ""},
		{"2016-11-06T07:00:00Z", ""},
		{"2016-03-13T07:00:00Z", ""},
	};
	char out[STAMP_ROOM];

	(void)state;
	setenv("TZ", "EST5EDT,M3.2.0,M11.1.0", 1);
	tzset();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		iso(stamp_local_again(stamp_parse(span_of(rows[i].text))), out);
		if (strcmp(out, rows[i].iso) != 0)
			fail_msg("%s: %s", rows[i].text, out);
	}
}

static uint64_t next_random(uint64_t *seed)
{
	*seed = *seed * UINT64_C(6364136223846793005) +
		UINT64_C(1442695040888963407);
	return *seed >> 16;
}

static void what_is_written_reads_as_the_same_time(void **state)
{
	static const char *const zones[] = {"UTC0", "EST5EDT,M3.2.0,M11.1.0",
					    "XXX-5:45"};
	uint64_t seed = 20160318;

	(void)state;
	for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
		setenv("TZ", zones[z], 1);
		tzset();
		for (int i = 0; i < 20000; i++) {
			int64_t time = FIRST + DAY +
				       (int64_t)(next_random(&seed) %
						 (uint64_t)(LAST - FIRST -
							    2 * DAY));
			char out[STAMP_ROOM];
			size_t n;

			n = stamp_format(time, STAMP_ISO, STAMP_UTC, out);
			assert_int_equal(n, strlen(out));
			assert_true(stamp_parse(span_of(out)) == time);
			n = stamp_format(time, STAMP_ISO, STAMP_LOCAL, out);
			assert_int_equal(n, strlen(out));
			assert_true(stamp_parse(span_of(out)) == time);
			n = stamp_format(time, STAMP_FULL, STAMP_UTC, out);
			assert_int_equal(n, 19);
			assert_true(stamp_parse(span_of(out)) ==
				    time - (time - FIRST) % 1000);
		}
	}
}

static void forms_are_as_wide_as_their_columns(void **state)
{
	int64_t time = stamp_parse(SPAN("2016-03-18T03:04:05.678Z"));
	char out[STAMP_ROOM];

	(void)state;
	setenv("TZ", "XXX-5:45", 1);
	tzset();
	assert_int_equal(stamp_format(time, STAMP_FULL, STAMP_UTC, out), 19);
	assert_string_equal(out, "2016-03-18 03:04:05");
	assert_int_equal(stamp_format(time, STAMP_SHORT, STAMP_UTC, out), 14);
	assert_string_equal(out, "03-18 03:04:05");
	stamp_format(time, STAMP_FULL, STAMP_LOCAL, out);
	assert_string_equal(out, "2016-03-18 08:49:05");
	stamp_format(time, STAMP_SHORT, STAMP_LOCAL, out);
	assert_string_equal(out, "03-18 08:49:05");
	stamp_format(time, STAMP_ISO, STAMP_LOCAL, out);
	assert_string_equal(out, "2016-03-18T08:49:05.678+05:45");
	setenv("TZ", "XXX3:30", 1);
	tzset();
	stamp_format(time, STAMP_ISO, STAMP_LOCAL, out);
	assert_string_equal(out, "2016-03-17T23:34:05.678-03:30");
	/* RFC 3339 keeps -00:00 for clocks whose zone nobody knows. */
	setenv("TZ", "XXX0", 1);
	tzset();
	stamp_format(time, STAMP_ISO, STAMP_LOCAL, out);
	assert_string_equal(out, "2016-03-18T03:04:05.678+00:00");
	setenv("TZ", "XXX-5:45", 1);
	tzset();
	stamp_format(stamp_parse(SPAN("0000-06-01T00:00:00Z")), STAMP_FULL,
		     STAMP_LOCAL, out);
	assert_string_equal(out, "0000-06-01 05:45:00");
	stamp_format(stamp_parse(SPAN("9999-06-01T00:00:00Z")), STAMP_FULL,
		     STAMP_LOCAL, out);
	assert_string_equal(out, "9999-06-01 05:45:00");
	assert_int_equal(stamp_format(STAMP_NONE, STAMP_FULL, STAMP_UTC, out),
			 0);
	assert_string_equal(out, "");
}

static void times_beyond_the_calendar_are_clipped(void **state)
{
	char out[STAMP_ROOM];

	(void)state;
	stamp_format(INT64_MIN, STAMP_ISO, STAMP_UTC, out);
	assert_string_equal(out, "0000-01-01T00:00:00Z");
	stamp_format(INT64_MAX - 1, STAMP_FULL, STAMP_UTC, out);
	assert_string_equal(out, "9999-12-31 23:59:59");
	assert_int_equal(stamp_to_date(INT64_MIN).year, 0);
	assert_int_equal(stamp_to_date(INT64_MAX).year, 9999);
	assert_int_equal(stamp_to_date(LAST + 1).year, 9999);
	/* local time would be in the year 10000, or before 0000 */
	setenv("TZ", "XXX-12", 1);
	tzset();
	stamp_format(LAST, STAMP_FULL, STAMP_LOCAL, out);
	assert_string_equal(out, "9999-12-31 23:59:59");
	setenv("TZ", "XXX12", 1);
	tzset();
	stamp_format(FIRST, STAMP_FULL, STAMP_LOCAL, out);
	assert_string_equal(out, "0000-01-01 00:00:00");
}

static void differences_keep_to_the_width_of_a_time(void **state)
{
	static const struct {
		int64_t ms;
		const char *text;
	} rows[] = {
		{0, "+00:00:00"}, {999, "+00:00:00"}, {-999, "-00:00:00"},
		{-1000, "-00:00:01"},
		{190000, "+00:03:10"}, {86399000, "+23:59:59"},
		{82800000, "+23:00:00"},
		{-86400000, "-1d 00:00:00"},
		{INT64_C(-172799000), "-1d 23:59:59"},
		{INT64_C(86400000) * 1000 - 3600000, "+999d 23:00:00"},
		{INT64_C(86400000) * 1000, "+1000d 00:00"},
		{INT64_C(86400000) * 1001 - 3600000, "+1000d 23:00"},
		{INT64_C(-86400000) * 3652000, "-3652000d 00:00"},
		{INT64_MIN, "-106751991167d 07:12"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[STAMP_ROOM];
		size_t n = stamp_difference(rows[i].ms, text);

		assert_string_equal(text, rows[i].text);
		assert_int_equal(n, strlen(text));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_spelling_of_a_time_is_understood),
		cmocka_unit_test(what_is_no_time_is_refused),
		cmocka_unit_test(every_byte_of_the_usual_form_matters),
		cmocka_unit_test(a_million_digits_are_read_once),
		cmocka_unit_test(numbers_are_seconds_or_milliseconds),
		cmocka_unit_test(partial_spellings_are_half_open_ranges),
		cmocka_unit_test(what_is_no_range_has_a_hint),
		cmocka_unit_test(every_day_agrees_with_the_systems_calendar),
		cmocka_unit_test(no_month_has_a_day_more),
		cmocka_unit_test(what_clocks_show_is_a_time),
		cmocka_unit_test(clocks_of_odd_places_show_a_time_too),
		cmocka_unit_test(what_clocks_show_twice_is_two_times),
		cmocka_unit_test(what_is_written_reads_as_the_same_time),
		cmocka_unit_test(forms_are_as_wide_as_their_columns),
		cmocka_unit_test(times_beyond_the_calendar_are_clipped),
		cmocka_unit_test(differences_keep_to_the_width_of_a_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
