/* Panes of lines: what a line says, for those who search it.  Events and trees
 * are no lines: they are searched by their values (app_search). */
#include "screen/app_parts.h"

static void tell_action(const struct app *a, enum action action,
			struct buffer *out)
{
	const struct actions_info *info = actions_info(action);

	buffer_printf(out, "%s %s %s", bindings_keys(a->bindings, action),
		      info->name, info->help);
}

static void tell_problem(const struct app *a, size_t i, struct buffer *out)
{
	struct store_problem problem;

	if (problems_problem(&a->problems, a->store, i, &problem))
		buffer_printf(out, "%s %s",
			      store_file(a->store, problem.input).name,
			      problem.error.text);
	else
		buffer_add_text(out,
				problems_file(&a->problems, a->store, i).name);
}

static void tell_difference(const struct compare_row *row, struct buffer *out)
{
	buffer_add_span(out, buffer_span(&row->path));
	buffer_add_byte(out, ' ');
	buffer_add_span(out, buffer_span(&row->old));
	buffer_add_byte(out, ' ');
	buffer_add_span(out, buffer_span(&row->new));
}

static void tell_column(const struct app *a, size_t i, struct buffer *out)
{
	struct column_ref column = chooser_column(&a->layout, i);

	columns_name(&column, out);
	columns_free(&column);
}

static void tell_row(const struct menu *m, size_t i, struct buffer *out)
{
	buffer_add_span(out, menu_label(m, i));
	buffer_add_byte(out, ' ');
	buffer_add_span(out, menu_help(m, i));
}

bool app_has_lines(const struct app *a)
{
	return app_place(a) & (IN_OVERVIEW | IN_RAW | IN_COPIED | IN_HELP |
			       IN_PROBLEMS | IN_VALUES | IN_MENU | IN_COLUMNS |
			       IN_COMPARE);
}

void app_write_line(const struct app *a, size_t i, struct buffer *out)
{
	const struct app_values *v = &a->values;

	switch (app_place(a)) {
	case IN_OVERVIEW:
		sheet_write_line(&a->overview.sheet, i, out);
		break;
	case IN_RAW:
		buffer_add_span(out, page_line(&a->told.text, i));
		break;
	case IN_COPIED:
		buffer_add_span(out, page_line(&a->copy.page, i));
		break;
	case IN_HELP:
		tell_action(a, a->help.actions[i], out);
		break;
	case IN_PROBLEMS:
		tell_problem(a, i, out);
		break;
	case IN_VALUES:
		buffer_add_span(out,
				ranking_value(v->ranking, v->order, i)->text);
		break;
	case IN_MENU:
		tell_row(&a->choices.menu, i, out);
		break;
	case IN_COLUMNS:
		tell_column(a, i, out);
		break;
	case IN_COMPARE:
		tell_difference(&a->compare.row[i], out);
		break;
	default:
		break;
	}
}
