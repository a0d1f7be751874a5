/* The main() of a fuzz target that is not linked with libFuzzer: hands every
 * file of the target's corpus, or every file named, to the target once, in
 * the order of their names.  Knows nothing of what the target does: it fails
 * by crashing, or by a sanitizer's word. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* How the harness is told that nothing could be tested. */
enum { SKIPPED = 77 };

static void fail(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, strerror(errno));
	exit(1);
}

/* The input is copied to the end of its own block, so that reading past it
 * is found by a sanitizer. */
static void replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	long end;
	uint8_t *data;
	size_t size;

	if (file == NULL || fseek(file, 0, SEEK_END) != 0)
		fail(path);
	end = ftell(file);
	if (end < 0 || fseek(file, 0, SEEK_SET) != 0)
		fail(path);
	size = (size_t)end;
	data = malloc(size > 0 ? size : 1);
	if (data == NULL || fread(data, 1, size, file) != size)
		fail(path);
	fclose(file);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static size_t replay_folder(const char *folder)
{
	struct dirent **entries;
	int n = scandir(folder, &entries, visible, alphasort);
	size_t room;
	char *path;

	if (n < 0)
		fail(folder);
	for (int i = 0; i < n; i++) {
		room = strlen(folder) + strlen(entries[i]->d_name) + 2;
		path = malloc(room);
		if (path == NULL)
			fail(folder);
		snprintf(path, room, "%s/%s", folder, entries[i]->d_name);
		replay_file(path);
		free(path);
		free(entries[i]);
	}
	free(entries);
	return (size_t)n;
}

/* tests/fuzz/scan_fuzz replays tests/fuzz/corpus/scan of the source tree. */
static char *folder_of(const char *program)
{
	const char *source = getenv("ACMTUI_SOURCE");
	const char *slash = strrchr(program, '/');
	const char *name = slash != NULL ? slash + 1 : program;
	const char *end = strstr(name, "_fuzz");
	int length = (int)(end != NULL ? (size_t)(end - name) : strlen(name));
	size_t room = strlen(name) + 64 +
		      (source != NULL ? strlen(source) : 0);
	char *folder = malloc(room);

	if (folder == NULL)
		fail("corpus");
	snprintf(folder, room, "%s/tests/fuzz/corpus/%.*s",
		 source != NULL ? source : ".", length, name);
	return folder;
}

int main(int argc, char **argv)
{
	size_t replayed = 0;
	char *folder;

	for (int i = 1; i < argc; i++, replayed++)
		replay_file(argv[i]);
	if (argc < 2) {
		folder = folder_of(argv[0]);
		replayed = replay_folder(folder);
		free(folder);
	}
	if (replayed == 0) {
		printf("SKIP: the corpus is empty\n");
		return SKIPPED;
	}
	printf("%zu passed, 0 failed\n", replayed);
	return 0;
}
