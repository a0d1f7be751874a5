/* Revealing: from the row under the cursor to the overlay, and all that hides
 * it again. */
#include "screen/app_parts.h"

#include "base/clock.h"

/* What it would show: the value of the row, or the one that the row is in. */
static uint32_t wanted(const struct tree *t, const struct tree_row **row)
{
	while ((*row)->inner && (*row)->parent != TREE_NONE)
		*row = &t->rows[(*row)->parent];
	return tree_secret_number(t, *row);
}

static void do_reveal(struct app *a)
{
	const struct tree_row *row = tree_row(&a->tree);
	struct buffer path = {0};
	uint32_t value;

	if (a->reveal.off) {
		app_say(a, ROLE_WARNING, "nothing is revealed here: "
			"--no-reveal");
		return;
	}
	if (!row)
		return;
	value = wanted(&a->tree, &row);
	tree_path(&a->tree, row, &path);
	if (!reveal_ask(&a->reveal, a->store, a->tree.event, value,
			buffer_span(&path)))
		app_say(a, ROLE_DIM, "nothing is masked here by acmtui");
	buffer_free(&path);
}

static void do_no_reveal(struct app *a)
{
	reveal_forbid(&a->reveal);
	app_say(a, ROLE_DIM, "from now on nothing is revealed");
}

bool app_reveal_key(struct app *a, uint32_t key)
{
	if (a->reveal.step == REVEAL_CLOSED)
		return false;
	if (a->reveal.step == REVEAL_ASKING && key == 'y')
		reveal_open(&a->reveal, a->store, clock_ms());
	else
		reveal_close(&a->reveal);
	return true;
}

bool app_hide(struct app *a)
{
	return reveal_close(&a->reveal);
}

bool app_reveal_work(struct app *a)
{
	enum reveal_step step = a->reveal.step;
	unsigned told = a->reveal.told;

	return step == REVEAL_OPEN &&
	       reveal_left(&a->reveal, clock_ms()) != told;
}

const struct app_handler app_reveal_handlers[] = {
	{ACTION_REVEAL, do_reveal},
	{ACTION_NO_REVEAL, do_no_reveal},
	{ACTION_NONE, NULL}
};
