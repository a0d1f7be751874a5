/* Filter text from what is under the cursor: a cell of the list or a leaf of
 * the tree becomes the term that one would have typed. */
#include "screen/app_parts.h"

#include "query/compose.h"

enum { MOST = 64 };

/* What is under the cursor: a field, and its values here. */
struct target {
	struct buffer field;
	struct buffer text;             /* of all values, one after another */
	size_t end[MOST];
	size_t count;
	bool branch;                    /* a node with members: it is there */
};

static void free_target(struct target *t)
{
	buffer_free(&t->field);
	buffer_free(&t->text);
}

static bool add_value(void *context, struct span text, uint32_t value)
{
	struct target *t = context;

	(void)value;
	buffer_add_span(&t->text, text);
	t->end[t->count++] = t->text.n;
	return t->count < MOST;
}

static bool take_cell(struct app *a, struct target *t)
{
	if (a->list.pane.count == 0)
		return false;
	columns_name(app_cell(a), &t->field);
	columns_each(a->store, list_selected(&a->list), app_cell(a),
		     add_value, t);
	return true;
}

/* Elements of arrays are any element in the filter: their places differ from
 * event to event. */
static void any_element(struct buffer *path)
{
	size_t to = 0;
	bool quoted = false, inside = false;

	for (size_t i = 0; i < path->n; i++) {
		char c = path->p[i];

		if (c == '"')
			quoted = !quoted;
		if (quoted && c == '\\' && i + 1 < path->n)
			path->p[to++] = path->p[i++];
		inside = !quoted && (c == '[' || (inside && c != ']'));
		if (!inside || c == '[')
			path->p[to++] = path->p[i];
	}
	path->n = to;
}

static bool take_leaf(struct app *a, struct target *t)
{
	const struct tree_row *row = tree_row(&a->tree);
	struct buffer path = {0}, scratch = {0};
	uint32_t value;

	/* No filter looks into a value. */
	if (!row || row->inner)
		return false;
	tree_path(&a->tree, row, &path);
	any_element(&path);
	columns_quote(buffer_span(&path), &t->field);
	buffer_free(&path);
	t->branch = row->kind != TREE_LEAF;
	if (!t->branch) {
		value = tree_value_number(&a->tree, row);
		add_value(t, store_text(a->store, a->tree.event.segment,
					value, &scratch), value);
		/* Its elements are what a filter sees. */
		t->branch = values_kind(&store_segment(a->store,
					a->tree.event.segment)->values,
					value) == SCAN_RAW;
	}
	buffer_free(&scratch);
	return t->field.n > 0;
}

/* What a cell of an overview is called, as filters have it.  Other names are
 * no field's, or not by its exact values. */
static const char *field_of(const char *column)
{
	static const char *const fields[][2] = {
		{"account", "account"}, {"arn", "certificate"},
		{"certificate", "certificate"}, {"domain", "domain"},
		{"event", "event"}, {"finding", "finding"},
		{"findings", "finding"}, {"from", "from"},
		{"id", "certificate"}, {"key", "key"}, {"region", "region"},
		{"result", "result"}, {"who", "who"},
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (strcmp(column, fields[i][0]) == 0)
			return fields[i][1];
	return NULL;
}

static bool take_overview(struct app *a, struct target *t)
{
	const struct sheet *s = &a->overview.sheet;
	const char *column, *field;
	const struct answer_cell *cell = sheet_cell(s, &column);

	field = cell ? field_of(column) : NULL;
	if (!field || (cell->kind != ANSWER_TEXT && cell->kind != ANSWER_LIST))
		return false;
	buffer_add_text(&t->field, field);
	if (strcmp(column, "id") == 0)
		add_value(t, sheet_certificate(s), 0);
	else
		for (uint32_t i = 0; i < cell->texts && t->count < MOST; i++)
			add_value(t, answer_text(s->answer, cell, i), 0);
	return t->count > 0;
}

/* A text as logged has no fields under its cursor. */
static bool take_target(struct app *a, struct target *t)
{
	if (a->pane == IN_OVERVIEW)
		return take_overview(a, t);
	return a->pane != IN_TREE ? take_cell(a, t)
				  : a->face == APP_TREE && take_leaf(a, t);
}

static bool write_term(const struct target *t, bool negated,
		       struct buffer *out)
{
	struct span field = buffer_span(&t->field), values[MOST];
	size_t from = 0;

	if (t->branch)
		return compose_presence(field, !negated, out);
	if (t->count == 0)
		return compose_presence(field, negated, out);
	for (size_t i = 0; i < t->count; i++) {
		values[i] = (struct span){t->text.p ? t->text.p + from : "",
					  t->end[i] - from};
		from = t->end[i];
	}
	return compose_term(field, values, t->count, negated, out);
}

/* A single word at the top of the tree that is a column's name or unknown to
 * CloudTrail means this path at any depth. */
static bool write_target(const struct app *a, struct target *t, bool negated,
			 struct buffer *out)
{
	struct buffer deep = {0};

	if (write_term(t, negated, out))
		return true;
	if (a->pane != IN_TREE)
		return false;
	buffer_add_text(&deep, "**.");
	buffer_add_span(&deep, buffer_span(&t->field));
	buffer_free(&t->field);
	t->field = deep;
	return write_term(t, negated, out);
}

void app_use_term(struct app *a, struct span field, struct span term,
		  bool only)
{
	struct filter_view view = app_view(a);
	struct span filter = buffer_span(&a->filter_text);
	struct buffer text = {0};

	if (only)
		compose_replace(&view, filter, field, term, &text);
	else if (!compose_add(&view, filter, term, &text))
		app_say(a, ROLE_DIM, "the filter has %.*s already",
			(int)(term.n < 200 ? term.n : 200), term.p);
	app_use_filter(a, buffer_span(&text));
	buffer_free(&text);
}

static void add_from_cursor(struct app *a, bool negated, bool only)
{
	struct target t = {.branch = false};
	struct buffer term = {0};

	if (!take_target(a, &t))
		app_say(a, ROLE_DIM, "no filter asks for what is under the cursor");
	else if (write_target(a, &t, negated, &term))
		app_use_term(a, buffer_span(&t.field), buffer_span(&term),
			     only);
	else
		app_say(a, ROLE_WARNING, "no filter can say this value");
	buffer_free(&term);
	free_target(&t);
}

bool app_write_term(struct app *a, struct buffer *out)
{
	struct target t = {.branch = false};
	bool written = take_target(a, &t) && write_target(a, &t, false, out);

	free_target(&t);
	return written;
}

bool app_field(struct app *a, struct buffer *out)
{
	struct target t = {.branch = false};
	bool there = take_target(a, &t);

	if (there)
		buffer_add_span(out, buffer_span(&t.field));
	free_target(&t);
	return there;
}

static void do_include(struct app *a)
{
	add_from_cursor(a, false, false);
}

static void do_exclude(struct app *a)
{
	add_from_cursor(a, true, false);
}

static void do_only(struct app *a)
{
	add_from_cursor(a, false, true);
}

static void do_add_term(struct app *a)
{
	app_edit_filter(a, true);
}

void app_suspend_filter(struct app *a)
{
	a->leave.suspended = !a->leave.suspended;
	a->leave.context = false;
	app_ask(a);
}

static void do_suspend_filter(struct app *a)
{
	if (a->filter_text.n == 0) {
		app_say(a, ROLE_DIM, "there is no filter to suspend; %s begins "
			"one", app_key_of(a, ACTION_FILTER).text);
		return;
	}
	app_suspend_filter(a);
}

const struct app_handler app_filter_handlers[] = {
	{ACTION_ADD_TERM, do_add_term},
	{ACTION_INCLUDE, do_include},
	{ACTION_EXCLUDE, do_exclude},
	{ACTION_ONLY, do_only},
	{ACTION_SUSPEND_FILTER, do_suspend_filter},
	{ACTION_NONE, NULL}
};
