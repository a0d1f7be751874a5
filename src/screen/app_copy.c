/* What can be taken away: `y` and a letter show a text alone on the screen, for
 * the terminal's own selection.  Masks stay masks. */
#include "screen/app_parts.h"

#include "query/compose.h"
#include "store/document.h"
#include "view/brief.h"
#include "write/command.h"

static void do_copy(struct app *a)
{
	if (a->list.pane.count == 0)
		app_say(a, ROLE_DIM, "there is no event to copy from");
	else
		a->copy.asked = true;
}

void app_show_copy(struct app *a, struct buffer *text)
{
	if (a->settings.clipboard) {
		app_send(a, buffer_span(text));
		buffer_free(text);
		return;
	}
	page_set(&a->copy.page, buffer_span(text));
	buffer_free(text);
	a->copy.over = a->overlay;
	a->overlay = IN_COPIED;
}

static bool add_value(void *context, struct span text, uint32_t value)
{
	struct buffer *out = context;

	(void)value;
	if (out->n > 0)
		buffer_add_byte(out, '\n');
	buffer_add_span(out, text);
	return true;
}

/* A text in place of the tree has no leaf under its cursor. */
static const struct tree_row *leaf(const struct app *a)
{
	return a->pane == IN_TREE && a->face == APP_TREE ? tree_row(&a->tree)
							 : NULL;
}

static void do_copy_value(struct app *a)
{
	const struct tree_row *row = leaf(a);
	struct buffer text = {0}, scratch = {0};

	if (!row)
		columns_each(a->store, list_selected(&a->list), app_cell(a),
			     add_value, &text);
	else if (tree_row_is_value(row) &&
		 (row->inner || row->kind == TREE_BUFFER))
		tree_value(&a->tree, row, &text);
	else if (row->kind == TREE_LEAF)
		buffer_add_span(&text, store_text(a->store,
				a->tree.event.segment,
				tree_value_number(&a->tree, row), &scratch));
	else
		tree_preview(&a->tree, row, &text);
	buffer_free(&scratch);
	app_show_copy(a, &text);
}

static void do_copy_key(struct app *a)
{
	const struct tree_row *row = leaf(a);
	struct buffer text = {0};

	if (row)
		tree_key(&a->tree, row, &text);
	else
		columns_name(app_cell(a), &text);
	app_show_copy(a, &text);
}

static void copy_path(struct app *a, const char *root)
{
	const struct tree_row *row = leaf(a);
	struct buffer text = {0};

	if (!row) {
		app_say(a, ROLE_DIM, "a path has what is in the tree; %s "
			"leads there", app_key_of(a, a->pane == IN_TREE
				? ACTION_RAW : ACTION_TREE).text);
		return;
	}
	if (row->inner && root[0]) {
		app_say(a, ROLE_DIM, "this stands in a value; jq has no path "
			"into it");
		return;
	}
	tree_path(&a->tree, row, &text);
	if (root[0]) {
		struct buffer path = {0};

		buffer_add_text(&path, root);
		buffer_add_span(&path, buffer_span(&text));
		buffer_free(&text);
		text = path;
	}
	app_show_copy(a, &text);
}

static void do_copy_path(struct app *a)
{
	copy_path(a, "");
}

static void do_copy_jq(struct app *a)
{
	copy_path(a, ".");
}

static void do_copy_row(struct app *a)
{
	struct buffer text = {0};

	for (size_t i = 0; i < a->layout.count; i++) {
		if (i > 0)
			buffer_add_text(&text, "  ");
		layout_text(&a->layout, i, a->store, list_selected(&a->list),
			    &text);
	}
	app_show_copy(a, &text);
}

static void do_copy_event(struct app *a)
{
	struct buffer text = {0};

	document_line(a->store, list_selected(&a->list), false, &text);
	app_show_copy(a, &text);
}

/* What is marked cannot be told yet. */
static void settle_uncounted(struct app *a, struct buffer *out)
{
	struct span text = buffer_span(&a->filter_text);
	struct filter *filter = app_parse_filter(a, text, NULL);

	if (filter)
		compose_settled(filter, a->store, NULL, 0, out);
	else
		buffer_add_span(out, text);
	filter_free(filter);
}

/* With the filter, the order and the columns that are on the screen. */
static void do_copy_command(struct app *a)
{
	struct buffer text = {0}, order = {0}, columns = {0}, filter = {0};

	if (!a->leave.suspended && app_terms_counted(a))
		compose_settled(a->answer.filter, a->store, a->list.all,
				a->list.total, &filter);
	else if (!a->leave.suspended)
		settle_uncounted(a, &filter);
	app_write_order(&a->list.order, &order);
	if (!a->usual)
		layout_names(&a->layout, &columns);
	command_write(a->command, &(struct command_view){
		.filter = buffer_span(&filter),
		.order = buffer_span(&order),
		.columns = buffer_span(&columns),
	}, &text);
	buffer_free(&order);
	buffer_free(&columns);
	buffer_free(&filter);
	app_show_copy(a, &text);
}

static void do_copy_place(struct app *a)
{
	struct store_event e = list_selected(&a->list);
	const struct segment_event *event =
		segment_event(store_segment(a->store, e.segment), e.index);
	struct column_ref id = {.column = COLUMN_ID};
	struct buffer text = {0};

	buffer_printf(&text, "%s:%u", store_file(a->store, event->input).name,
		      (unsigned)event->line);
	columns_each(a->store, e, &id, add_value, &text);
	app_show_copy(a, &text);
}

static void do_copy_filter(struct app *a)
{
	struct buffer text = {0};

	if (app_write_term(a, &text))
		app_show_copy(a, &text);
	else if (a->pane == IN_TREE && !leaf(a))
		app_say(a, ROLE_DIM, "no filter asks for what is under the "
			"cursor");
	else
		app_say(a, ROLE_WARNING, "no filter can say this value");
}

/* The tree, the text as it was logged, the summary, and round. */
static void do_raw(struct app *a)
{
	a->face = (enum app_face)((a->face + 1) % (APP_BRIEF + 1));
}

static void do_wrap(struct app *a)
{
	a->wrap = !a->wrap;
	app_say(a, ROLE_DIM, a->wrap ? "long values take several lines"
				     : "long values are cut");
}

void app_show_raw(struct app *a, size_t columns)
{
	struct store_event e = list_selected(&a->list);
	struct buffer text = {0};

	if (a->told.text.columns == 0 || e.segment != a->told.event.segment ||
	    e.index != a->told.event.index || a->face != a->told.face) {
		if (e.segment == STORE_NO_EVENT.segment)
			;
		else if (a->face == APP_BRIEF)
			brief_write(a->store, e, a->layout.zone,
				    app_findings_known(a), &text);
		else
			document_text(a->store, e, false, &text);
		page_set(&a->told.text, buffer_span(&text));
		a->told.text.indent = a->face == APP_BRIEF ? BRIEF_LABEL : 0;
		buffer_free(&text);
		a->told.event = e;
		a->told.face = a->face;
	}
	page_wrap(&a->told.text, columns, a->set);
}

const struct app_handler app_copy_handlers[] = {
	{ACTION_WRAP, do_wrap},
	{ACTION_RAW, do_raw},
	{ACTION_COPY, do_copy},
	{ACTION_COPY_VALUE, do_copy_value},
	{ACTION_COPY_KEY, do_copy_key},
	{ACTION_COPY_PATH, do_copy_path},
	{ACTION_COPY_JQ, do_copy_jq},
	{ACTION_COPY_FILTER, do_copy_filter},
	{ACTION_COPY_ROW, do_copy_row},
	{ACTION_COPY_COMMAND, do_copy_command},
	{ACTION_COPY_EVENT, do_copy_event},
	{ACTION_COPY_PLACE, do_copy_place},
	{ACTION_NONE, NULL}
};
