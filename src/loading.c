/* Owns how store, threads and loader are put together. */
#include "loading.h"

#include "trail/fields.h"
#include "trail/secret.h"
#include "triage/index.h"

void loading_start(struct loading *loading, const struct request *request,
		   bool ascii, void (*news)(void *context, bool over))
{
	const struct options *options = request->options;
	struct loader_options how = {
		.strict = options->given[OPTION_STRICT],
		.max_inflate = options->max_inflate,
		.max_memory = options->max_memory,
		.since = request->since,
		.choices = request->choices,
		.news = news,
	};

	loading->store = store_new(FIELD_COUNT);
	store_set_masks(loading->store, (struct store_masks){
		.name = secret_name, .sized = secret_sized, .ascii = ascii});
	store_set_indicators(loading->store, lists_iocs(request->lists));
	notes_file_read(buffer_span(&request->notes.text),
			store_notes(loading->store));
	store_set_remarks(loading->store, index_remarks());
	loading->jobs = jobs_new(options->jobs);
	loading->loader = loader_new(loading->store, loading->jobs, &how);
	loader_start(loading->loader, request->path, request->paths);
}

void loading_end(struct loading *loading)
{
	loader_free(loading->loader);
	jobs_free(loading->jobs);
	store_free(loading->store);
}
