/* Owns the run on a screen: store, loader and app, and the terminal between
 * interactive_open and the end of interactive_run. */
#include "interactive.h"

#include "base/jobs.h"
#include "load/loader.h"
#include "screen/app.h"
#include "screen/loop.h"
#include "screen/terminal.h"
#include "trail/fields.h"
#include "trail/secret.h"

bool interactive_open(const struct request *request, struct error *err)
{
	return terminal_open(&(struct terminal_options){
		.background = THEME_DARK,
		.colour = request->color != OPTIONS_NEVER,
		.ascii = request->set == SHOW_ASCII,
	}, err);
}

static void wake(void *context)
{
	(void)context;
	terminal_wake();
}

static struct store *make_store(void)
{
	struct store *store = store_new(FIELD_COUNT);

	store_set_masks(store, (struct store_masks){
		.name = secret_name, .sized = secret_sized,
		.ascii = terminal_set() == SHOW_ASCII});
	return store;
}

static struct loader *start_loader(const struct request *request,
				   struct store *store, struct jobs *jobs)
{
	const struct options *options = request->options;
	struct loader_options how = {
		.strict = options->given[OPTION_STRICT],
		.max_inflate = options->max_inflate,
		.max_memory = options->max_memory,
		.news = wake,
	};
	struct loader *loader = loader_new(store, jobs, &how);

	loader_start(loader, request->path, request->paths);
	return loader;
}

enum verdict_status interactive_run(struct request *request)
{
	struct store *store = make_store();
	struct jobs *jobs = jobs_new(request->options->jobs);
	struct loader *loader = start_loader(request, store, jobs);
	struct app *app = app_new(&(struct app_options){
		.store = store, .jobs = jobs, .loader = loader,
		.wake = terminal_wake,
		.filter = buffer_span(&request->filter_text),
		.order = request->order,
		.layout = request->usual_columns ? NULL : &request->layout,
		.set = terminal_set(), .zone = request->zone,
	});

	loop_run(app);
	terminal_close();
	app_free(app);
	loader_free(loader);
	jobs_free(jobs);
	store_free(store);
	return VERDICT_MATCHED;
}
