/* Writes big realistic trails for measurements:
 *
 *   gen [--seed N] [--events N] [--files N] [--ndjson]
 *       [--all-shapes | --escapes] --out DIR
 *
 * FILES files of CloudTrail's own layout and names, gzip level 6, one line of
 * {"Records":[...]} each, their sizes log-normal from 1 to 20,000 events; or,
 * with --ndjson, one DIR/events.ndjson.gz with a record a line.  The same
 * options give the same bytes of JSON.  Prints what it wrote.  Knows files and
 * how events spread over them; what is in a record is record.c's. */
#include "base/memory.h"
#include "record.h"
#include "words.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <zlib.h>

enum {
	FILE_EVENTS = 20000,   /* the most that a file holds */
	CHUNK = 256 * 1024,
	DAYS = 30,
	SLOT = 300             /* seconds between deliveries */
};

/* 2026-10-24T00:00:00Z, the first of the thirty days. */
static const int64_t first_second = 1792800000;

struct options {
	uint64_t seed;
	uint64_t events;
	uint32_t files;
	bool ndjson;
	enum record_style style;
	const char *out;
};

/* One gzip file being written, and the sums over all of them. */
struct sink {
	FILE *file;
	z_stream stream;
	char path[512];
	unsigned char packed[CHUNK];
	uint64_t json;
	uint64_t gzip;
};

static _Noreturn void fail(const char *what)
{
	die("gen: %s: %s", what, strerror(errno));
}

/* Makes the folders that PATH lies in. */
static void make_folders(char *path)
{
	for (char *p = path + 1; *p; p++) {
		if (*p != '/')
			continue;
		*p = '\0';
		if (mkdir(path, 0777) < 0 && errno != EEXIST)
			fail(path);
		*p = '/';
	}
}

static void sink_open(struct sink *s)
{
	make_folders(s->path);
	s->file = fopen(s->path, "wb");
	if (!s->file)
		fail(s->path);
	memset(&s->stream, 0, sizeof s->stream);
	if (deflateInit2(&s->stream, 6, Z_DEFLATED, 15 + 16, 8,
			 Z_DEFAULT_STRATEGY) != Z_OK)
		die("gen: no memory");
}

static void sink_write(struct sink *s, struct buffer *text, bool last)
{
	int result;

	s->json += text->n;
	s->stream.next_in = (unsigned char *)text->p;
	s->stream.avail_in = (unsigned)text->n;
	do {
		s->stream.next_out = s->packed;
		s->stream.avail_out = sizeof s->packed;
		result = deflate(&s->stream, last ? Z_FINISH : Z_NO_FLUSH);

		size_t n = sizeof s->packed - s->stream.avail_out;

		s->gzip += n;
		if (n && fwrite(s->packed, 1, n, s->file) != n)
			fail(s->path);
	} while (last ? result != Z_STREAM_END : s->stream.avail_out == 0);
	buffer_clear(text);
}

static void sink_close(struct sink *s)
{
	deflateEnd(&s->stream);
	if (fclose(s->file))
		fail(s->path);
}

/* A number whose logarithm is normal: twelve dice of sixteen sides make the
 * logarithm, with a deviation of 1.6.  Multiplications alone, so that every
 * machine comes to the same. */
static double draw_weight(struct draw *draw)
{
	const double step = 1.1051709180756477; /* e to the 0.1 */
	double weight = 1;

	for (int die = 0; die < 12; die++) {
		double side = 0.47236655274101469; /* e to the -0.75 */

		for (uint32_t n = draw_below(draw, 16); n; n--)
			side *= step;
		weight *= side;
	}
	return weight;
}

/* How many events each file holds; together as many as were asked for.  The
 * caller frees. */
static uint32_t *spread(const struct options *o)
{
	struct draw draw = {draw_mix(o->seed)};
	double *weights = memory_clear(o->files, sizeof *weights), total = 0;
	uint32_t *counts = memory_clear(o->files, sizeof *counts);
	uint64_t sum = 0;

	for (uint32_t i = 0; i < o->files; i++)
		total += weights[i] = draw_weight(&draw);
	for (uint32_t i = 0; i < o->files; i++) {
		double n = weights[i] / total * (double)o->events;

		counts[i] = n < 1 ? 1 : n > FILE_EVENTS ? FILE_EVENTS :
			    (uint32_t)n;
		sum += counts[i];
	}
	/* What rounding left over goes round. */
	for (uint32_t i = 0; sum != o->events; i = (i + 1) % o->files) {
		if (sum < o->events && counts[i] < FILE_EVENTS) {
			counts[i]++;
			sum++;
		} else if (sum > o->events && counts[i] > 1) {
			counts[i]--;
			sum--;
		}
	}
	free(weights);
	return counts;
}

/* A few accounts and regions have most of what happens. */
static uint32_t draw_place(struct draw *draw)
{
	uint32_t a = draw_below(draw, WORDS_PLACES);
	uint32_t b = draw_below(draw, WORDS_PLACES);

	return a < b ? a : b;
}

static void name_file(const struct options *o, uint32_t place,
		      int64_t delivered, struct draw *draw, struct sink *s)
{
	static const char letters[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	const char *account = words_account(place);
	const char *region = words_region(place);
	time_t t = (time_t)delivered;
	struct tm tm;
	char day[16], minute[24], unique[17] = "";

	for (int i = 0; i < 16; i++)
		unique[i] = letters[draw_below(draw, sizeof letters - 1)];
	gmtime_r(&t, &tm);
	strftime(day, sizeof day, "%Y/%m/%d", &tm);
	strftime(minute, sizeof minute, "%Y%m%dT%H%MZ", &tm);
	snprintf(s->path, sizeof s->path,
		 "%s/AWSLogs/%s/CloudTrail/%s/%s/"
		 "%s_CloudTrail_%s_%s_%s.json.gz",
		 o->out, account, region, day, account, region, minute, unique);
}

/* Most events come with the next delivery, some hours late. */
static int64_t draw_time(struct draw *draw, int64_t delivered)
{
	uint32_t window = draw_percent(draw, 90) ? 3 * SLOT : 12 * 3600;

	return delivered - draw_below(draw, window);
}

static void write_trail(const struct options *o, struct sink *s)
{
	uint32_t *counts = spread(o);
	struct buffer text = {0};

	for (uint32_t i = 0; i < o->files; i++) {
		struct draw draw = {draw_mix(o->seed ^ draw_mix(i + 1))};
		uint32_t place = draw_place(&draw);
		int64_t delivered = first_second +
			SLOT * draw_below(&draw, DAYS * 86400 / SLOT);

		name_file(o, place, delivered, &draw, s);
		sink_open(s);
		buffer_add_text(&text, "{\"Records\":[");
		for (uint32_t n = 0; n < counts[i]; n++) {
			if (n)
				buffer_add_byte(&text, ',');
			record_write(place, draw_time(&draw, delivered),
				     o->style, &draw, &text);
			if (text.n >= CHUNK)
				sink_write(s, &text, false);
		}
		buffer_add_text(&text, "]}");
		sink_write(s, &text, true);
		sink_close(s);
	}
	buffer_free(&text);
	free(counts);
}

static void write_lines(const struct options *o, struct sink *s)
{
	struct draw draw = {draw_mix(o->seed)};
	struct buffer text = {0};

	snprintf(s->path, sizeof s->path, "%s/events.ndjson.gz", o->out);
	sink_open(s);
	for (uint64_t n = 0; n < o->events; n++) {
		uint32_t place = draw_place(&draw);

		record_write(place, first_second +
			     draw_below(&draw, DAYS * 86400), o->style, &draw,
			     &text);
		buffer_add_byte(&text, '\n');
		if (text.n >= CHUNK)
			sink_write(s, &text, false);
	}
	sink_write(s, &text, true);
	sink_close(s);
	buffer_free(&text);
}

static uint64_t number(const char *text, uint64_t least, uint64_t most)
{
	char *end;
	unsigned long long n = strtoull(text, &end, 10);

	if (*text < '0' || *text > '9' || *end || n < least || n > most)
		die("gen: %s: not a number from %llu to %llu", text,
		    (unsigned long long)least, (unsigned long long)most);
	return n;
}

static _Noreturn void usage(void)
{
	die("usage: gen [--seed N] [--events N] [--files N] [--ndjson] "
	    "[--all-shapes | --escapes] --out DIR");
}

static struct options read_options(int argc, char **argv)
{
	static const struct option names[] = {
		{"seed", required_argument, NULL, 's'},
		{"events", required_argument, NULL, 'e'},
		{"files", required_argument, NULL, 'f'},
		{"ndjson", no_argument, NULL, 'n'},
		{"all-shapes", no_argument, NULL, 'a'},
		{"escapes", no_argument, NULL, 'x'},
		{"out", required_argument, NULL, 'o'},
		{NULL, 0, NULL, 0}
	};
	struct options o = {1, 1000000, 2000, false, RECORD_USUAL, NULL};
	int c;

	while ((c = getopt_long(argc, argv, "", names, NULL)) != -1) {
		if (c == 's')
			o.seed = number(optarg, 0, UINT64_MAX);
		else if (c == 'e')
			o.events = number(optarg, 1, 1000000000);
		else if (c == 'f')
			o.files = (uint32_t)number(optarg, 1, 10000000);
		else if (c == 'n')
			o.ndjson = true;
		else if (c == 'a')
			o.style = RECORD_ALL_SHAPES;
		else if (c == 'x')
			o.style = RECORD_ESCAPES;
		else if (c == 'o')
			o.out = optarg;
		else
			usage();
	}
	if (!o.out || optind < argc || strlen(o.out) > 300)
		usage();
	if (!o.ndjson && (o.events < o.files ||
			  o.events > (uint64_t)o.files * FILE_EVENTS))
		die("gen: a file holds 1 to %d events", FILE_EVENTS);
	return o;
}

int main(int argc, char **argv)
{
	struct options o = read_options(argc, argv);
	struct sink *s = memory_clear(1, sizeof *s);

	if (o.ndjson)
		write_lines(&o, s);
	else
		write_trail(&o, s);
	printf("events %llu\nfiles %u\njson %llu\ngzip %llu\n",
	       (unsigned long long)o.events, o.ndjson ? 1 : o.files,
	       (unsigned long long)s->json, (unsigned long long)s->gzip);
	free(s);
	return 0;
}
