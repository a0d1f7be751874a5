/* The first line: how much is shown of how much, what could not be read, and
 * when it happened.  What does not fit goes by rank, the least important
 * first. */
#include "screen/draw.h"

#include "text/stamp.h"

#include <stdio.h>

/* DAY: the length of 2016-03-18. */
enum { PIECES = 12, TEXT = 96, GAP = 2, DAY = 10 };

struct piece {
	char text[TEXT];
	char shorter[TEXT];     /* tried before it is left out; may be empty */
	enum role role;
	int rank;               /* 1: stays longest; 0: left out */
};

struct pieces {
	struct piece piece[PIECES];
	int count;
};

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
		snprintf(add(p, rank, role)->text, TEXT, "%s %s",
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
		snprintf(piece->text, TEXT, "%s and more of %s events", shown,
			 all);
	else if (count == total)
		snprintf(piece->text, TEXT, "%s event%s", all,
			 total == 1 ? "" : "s");
	else
		snprintf(piece->text, TEXT, "%s of %s event%s", shown, all,
			 total == 1 ? "" : "s");
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
	if (strcmp(first, last) == 0) {
		snprintf(piece->text, TEXT, "%s %s", first, zone);
	} else if (strncmp(first, last, DAY) == 0) {
		snprintf(piece->text, TEXT, "%s %s %s %s", first, to,
			 last + DAY + 1, zone);
		snprintf(piece->shorter, TEXT, "%.*s %s", DAY, first, zone);
	} else {
		snprintf(piece->text, TEXT, "%s %s %s %s", first, to, last,
			 zone);
		snprintf(piece->shorter, TEXT, "%.*s %s %.*s %s", DAY, first,
			 to, DAY, last, zone);
	}
}

/* What is in conflict was changed or made up: that too is not to be missed. */
static void add_problems(struct pieces *p, const struct store_counts *c)
{
	char problems[DRAW_NUMBER], conflicts[DRAW_NUMBER];

	draw_number(c->problems, problems);
	draw_number(c->conflicts, conflicts);
	if (c->conflicts == 0 && c->problems > 0)
		snprintf(add(p, 1, ROLE_ERROR)->text, TEXT, "! %s problem%s",
			 problems, c->problems == 1 ? "" : "s");
	else if (c->problems == 0 && c->conflicts > 0)
		snprintf(add(p, 1, ROLE_ERROR)->text, TEXT, "! %s conflicts",
			 conflicts);
	else if (c->conflicts > 0)
		snprintf(add(p, 1, ROLE_ERROR)->text, TEXT,
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

	snprintf(add(p, 9, ROLE_TITLE)->text, TEXT, "acmtui");
	add_shown(p, a);
	if (!a->list.part)
		add_answer(p, a, g);
	add_count(p, 8, ROLE_DIM, c->duplicates, "duplicate left out",
		  "duplicates left out");
	add_count(p, 7, ROLE_DIM, c->untimed, "without time", "without time");
	add_count(p, 5, ROLE_WARNING, c->files_skipped, "file skipped",
		  "files skipped");
	if (a->progress.stopped && !a->loading)
		snprintf(add(p, 1, ROLE_WARNING)->text, TEXT,
			 "not all loaded");
	add_problems(p, c);
}

static int width_of(const struct pieces *p, const struct grid *g)
{
	int width = 1;  /* the blank before */

	for (int i = 0; i < p->count; i++)
		if (p->piece[i].rank > 0)
			width += grid_width(g, span_of(p->piece[i].text),
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
	if (least->shorter[0]) {
		memcpy(least->text, least->shorter, TEXT);
		least->shorter[0] = '\0';
	} else {
		least->rank = 0;
	}
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
		grid_line_text(&line, p.piece[i].role, p.piece[i].text);
		grid_line_gap(&line, GAP);
	}
}
