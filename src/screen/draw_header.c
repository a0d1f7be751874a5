/* The first line: how much is shown of how much, what could not be read, and
 * when it happened.  What does not fit goes by rank, the least important
 * first. */
#include "screen/draw.h"

#include "text/stamp.h"

#include <stdio.h>

/* YEAR and DAY: the lengths of 2016- and 2016-03-18. */
enum { PIECES = 12, TEXT = 96, FORMS = 4, GAP = 2, YEAR = 5, DAY = 10 };

struct piece {
	char text[FORMS][TEXT]; /* each shorter than the one before; the rest
				   empty */
	int form;
	enum role role;
	int rank;               /* 1: stays longest; 0: left out */
};

struct pieces {
	struct piece piece[PIECES];
	int count;
};

static const char *text_of(const struct piece *piece)
{
	return piece->text[piece->form];
}

static struct piece *add(struct pieces *p, int rank, enum role role)
{
	struct piece *piece = &p->piece[p->count++];

	*piece = (struct piece){.role = role, .rank = rank};
	return piece;
}

static void add_count(struct pieces *p, int rank, enum role role, uint64_t n,
		      const char *one, const char *many)
{
	char number[DRAW_NUMBER];

	if (n > 0)
		snprintf(add(p, rank, role)->text[0], TEXT, "%s %s",
			 draw_number(n, number), n == 1 ? one : many);
}

static void add_shown(struct pieces *p, const struct app *a)
{
	char shown[DRAW_NUMBER], all[DRAW_NUMBER];
	struct piece *piece = add(p, 2, ROLE_TALLY);
	uint64_t count = a->list.total, total = a->counts.events;

	draw_number(count, shown);
	draw_number(total, all);
	if (a->list.part)
		snprintf(piece->text[0], TEXT, "%s and more of %s events", shown,
			 all);
	else if (count == total)
		snprintf(piece->text[0], TEXT, "%s event%s", all,
			 total == 1 ? "" : "s");
	else
		snprintf(piece->text[0], TEXT, "%s of %s event%s", shown, all,
			 total == 1 ? "" : "s");
}

/* The days alone; then a year they have in common stands once, at last not at
 * all. */
static void add_days(struct piece *piece, const char *first, const char *to,
		     const char *last, const char *zone)
{
	const int day = DAY - YEAR;

	if (strncmp(first, last, DAY) == 0) {
		snprintf(piece->text[1], TEXT, "%.*s %s", DAY, first, zone);
		snprintf(piece->text[2], TEXT, "%.*s %s", day, first + YEAR,
			 zone);
		return;
	}
	snprintf(piece->text[1], TEXT, "%.*s %s %.*s %s", DAY, first, to, DAY,
		 last, zone);
	if (strncmp(first, last, YEAR) != 0)
		return;
	snprintf(piece->text[2], TEXT, "%.*s %s %.*s %s", DAY, first, to, day,
		 last + YEAR, zone);
	snprintf(piece->text[3], TEXT, "%.*s %s %.*s %s", day, first + YEAR,
		 to, day, last + YEAR, zone);
}

static void add_range(struct pieces *p, const struct app *a,
		      const struct grid *g)
{
	const struct run_result *r = &a->answer.result;
	const char *to = grid_sign_text(g, GRID_TO);
	const char *zone = app_zone_name(a);
	char first[STAMP_ROOM], last[STAMP_ROOM];
	struct piece *piece;

	if (a->list.pane.count == 0 || r->first > r->last)
		return;
	piece = add(p, 4, ROLE_TEXT);
	stamp_format(r->first, STAMP_FULL, a->layout.zone, first);
	stamp_format(r->last, STAMP_FULL, a->layout.zone, last);
	if (strcmp(first, last) == 0)
		snprintf(piece->text[0], TEXT, "%s %s", first, zone);
	else
		snprintf(piece->text[0], TEXT, "%s %s %s %s", first, to,
			 strncmp(first, last, DAY) == 0 ? last + DAY + 1 : last,
			 zone);
	add_days(piece, first, to, last,
		 a->layout.zone == STAMP_LOCAL ? "local" : "UTC");
}

/* What is in conflict was changed or made up: that too is not to be missed. */
static void add_problems(struct pieces *p, const struct store_counts *c)
{
	char problems[DRAW_NUMBER], conflicts[DRAW_NUMBER];

	draw_number(c->problems, problems);
	draw_number(c->conflicts, conflicts);
	if (c->conflicts == 0 && c->problems > 0)
		snprintf(add(p, 1, ROLE_ERROR)->text[0], TEXT, "! %s problem%s",
			 problems, c->problems == 1 ? "" : "s");
	else if (c->problems == 0 && c->conflicts > 0)
		snprintf(add(p, 1, ROLE_ERROR)->text[0], TEXT, "! %s conflicts",
			 conflicts);
	else if (c->conflicts > 0)
		snprintf(add(p, 1, ROLE_ERROR)->text[0], TEXT,
			 "! %s problem%s, %s conflicts", problems,
			 c->problems == 1 ? "" : "s", conflicts);
}

/* Of a part it is not known yet. */
static void add_answer(struct pieces *p, const struct app *a,
		       const struct grid *g)
{
	add_count(p, 3, ROLE_ERROR, a->answer.result.errors, "error",
		  "errors");
	add_count(p, 1, ROLE_WARNING, a->answer.result.undecided, "undecided",
		  "undecided");
	add_range(p, a, g);
}

static void collect(struct pieces *p, const struct app *a,
		    const struct grid *g)
{
	const struct store_counts *c = &a->counts;

	snprintf(add(p, 9, ROLE_TITLE)->text[0], TEXT, "acmtui");
	add_shown(p, a);
	if (!a->list.part)
		add_answer(p, a, g);
	add_count(p, 8, ROLE_DIM, c->duplicates, "duplicate left out",
		  "duplicates left out");
	add_count(p, 7, ROLE_DIM, c->untimed, "without time", "without time");
	add_count(p, 5, ROLE_WARNING, c->files_skipped, "file skipped",
		  "files skipped");
	if (a->progress.stopped && !a->loading)
		snprintf(add(p, 1, ROLE_WARNING)->text[0], TEXT,
			 "not all loaded");
	add_problems(p, c);
}

static int width_of(const struct pieces *p, const struct grid *g)
{
	int width = 1;  /* the blank before */

	for (int i = 0; i < p->count; i++)
		if (p->piece[i].rank > 0)
			width += grid_width(g, span_of(text_of(&p->piece[i])),
					    TEXT) + GAP;
	return width - GAP;
}

/* Shortens or leaves out the least important one; false when one is left. */
static bool give_way(struct pieces *p)
{
	struct piece *least = NULL;
	int left = 0;

	for (int i = 0; i < p->count; i++) {
		left += p->piece[i].rank > 0;
		if (p->piece[i].rank > 0 &&
		    (!least || p->piece[i].rank > least->rank))
			least = &p->piece[i];
	}
	if (left <= 1)
		return false;
	if (least->form + 1 < FORMS && least->text[least->form + 1][0])
		least->form++;
	else
		least->rank = 0;
	return true;
}

void draw_header(struct app *a, struct grid *g)
{
	struct pieces p = {.count = 0};
	struct grid_line line = draw_line(g, &a->places.header, 0);

	collect(&p, a, g);
	while (width_of(&p, g) > a->places.header.columns && give_way(&p))
		;
	grid_line_gap(&line, 1);
	for (int i = 0; i < p.count; i++) {
		if (p.piece[i].rank == 0)
			continue;
		grid_line_text(&line, p.piece[i].role, text_of(&p.piece[i]));
		grid_line_gap(&line, GAP);
	}
}
