/* Owns the entries and their strings, which stay until the end: somebody may just
 * be reading one that is replaced. */
#include "store/files.h"

#include "base/memory.h"
#include "store/tally.h"

#include <stdlib.h>

void files_free(struct files *f)
{
	for (size_t i = 0; i < f->count; i++) {
		free(f->file[i].name);
		free(f->file[i].why);
	}
	for (size_t i = 0; i < f->said_count; i++)
		free(f->said[i]);
	free(f->file);
	free(f->said);
}

uint32_t files_add(struct files *f, const char *name)
{
	if (f->count == UINT32_MAX)
		die("too many files");
	if (f->count >= f->room) {
		f->room = memory_grown(f->room, f->count + 1,
				       sizeof *f->file);
		f->file = memory_resize(f->file, f->room, sizeof *f->file);
	}
	f->file[f->count] = (struct store_file){
		.name = memory_copy(name, strlen(name))};
	return (uint32_t)f->count++;
}

static void keep_said(struct files *f, char *why)
{
	f->said = memory_resize(f->said, f->said_count + 1, sizeof *f->said);
	f->said[f->said_count++] = why;
}

void files_set(struct files *f, uint32_t input, const struct store_file *file,
	       struct store_counts *counts)
{
	struct store_file *entry = &f->file[input], was = *entry;

	*entry = *file;
	if (was.why && file->why && strcmp(was.why, file->why) == 0) {
		free(entry->why);
		entry->why = was.why;
	} else if (was.why) {
		keep_said(f, was.why);
	}
	entry->name = was.name;
	entry->dropped = was.dropped;
	tally_file(counts, &was, false);
	tally_file(counts, entry, true);
}

void files_undrop(struct files *f, struct store_counts *counts)
{
	for (size_t i = 0; i < f->count; i++) {
		tally_file(counts, &f->file[i], false);
		f->file[i].dropped = 0;
		tally_file(counts, &f->file[i], true);
	}
}
