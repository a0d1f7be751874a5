/* What a scenario can promise. */
#define _GNU_SOURCE
#include "memory.h"
#include "scene.h"

#include <fts.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* With which all secrets of tests/screens/data/planted.json begin. */
#define PLANTED "Kx7canary"

void scene_check_row(struct scene *s, int row, const char *text)
{
	char *line = row >= 0 && row < s->rows ? emulator_row(s->emulator, row)
					       : NULL;

	if (!line || !strstr(line, text))
		scene_fail(s, "row %d is without: %s", row, text);
	free(line);
}

void scene_check_line(struct scene *s, int row, const char *text)
{
	char *line;
	size_t n = strlen(text);

	if (row >= s->rows)
		scene_fail(s, "there is no row %d", row);
	line = emulator_row(s->emulator, row);
	while (n > 0 && text[n - 1] == ' ')
		n--;
	if (strlen(line) != n || memcmp(line, text, n) != 0)
		scene_fail(s, "row %d is not: %s", row, text);
	free(line);
}

void scene_check_cursor(struct scene *s, const char *place)
{
	int row, column, want_row, want_column;
	bool seen = emulator_cursor(s->emulator, &row, &column);

	if (sscanf(place, "hidden %d %d", &want_row, &want_column) == 2) {
		if (seen || row != want_row || column != want_column)
			scene_fail(s, "the cursor is %s at %d %d",
				   seen ? "seen" : "hidden", row, column);
	} else if (strcmp(place, "none") == 0) {
		if (seen)
			scene_fail(s, "the cursor is seen at %d %d", row,
				   column);
	} else if (sscanf(place, "%d %d", &want_row, &want_column) != 2 ||
		   !seen || row != want_row || column != want_column) {
		scene_fail(s, "the cursor is %s at %d %d",
			   seen ? "seen" : "hidden", row, column);
	}
}

void scene_check_look(struct scene *s, int row, const char *text,
		      const char *words)
{
	int column = emulator_find(s->emulator, row, text);
	char look[64];

	if (column < 0)
		scene_fail(s, "row %d is without: %s", row, text);
	emulator_look(s->emulator, row, column, look, sizeof(look));
	if (strcmp(look, words) != 0)
		scene_fail(s, "%s in row %d looks [%s], not [%s]", text, row,
			   look, words);
}

static bool instrumented(void)
{
	const char *how = getenv("ACMTUI_INSTRUMENTED");

	return how && *how;
}

void scene_check_memory(struct scene *s, const char *text, bool kept)
{
	enum memory_verdict verdict;
	char where[128];

	/* Sanitizers keep what was freed. */
	if (instrumented())
		return;
	verdict = memory_look(s->pty.pid, text, where, sizeof(where));
	if (verdict == MEMORY_HOLDS && !kept)
		scene_fail(s, "%s is still in memory: %s", text, where);
	if (verdict == MEMORY_FREE && kept)
		scene_fail(s, "%s is not in memory", text);
}

/* Reads what comes until the program has ended. */
static void wait_for_end(struct scene *s)
{
	if (!s->ended) {
		snprintf(s->state, sizeof(s->state), "never");
		scene_settle(s);
	}
}

void scene_check_exit(struct scene *s, const char *how)
{
	wait_for_end(s);
	if (how[0] >= '0' && how[0] <= '9') {
		if (!WIFEXITED(s->status) ||
		    WEXITSTATUS(s->status) != atoi(how))
			scene_fail(s, "it ended with %#x, not %s", s->status,
				   how);
	} else if (!WIFSIGNALED(s->status)) {
		/* A sanitizer turns faults into an exit of its own. */
		if (!instrumented())
			scene_fail(s, "it ended with %#x, not by a signal",
				   s->status);
	}
}

void scene_check_given_back(struct scene *s)
{
	int row, column;

	wait_for_end(s);
	if (emulator_alternate(s->emulator))
		scene_fail(s, "the alternate screen is still shown");
	if (!emulator_cursor(s->emulator, &row, &column))
		scene_fail(s, "the cursor is still hidden");
	if (!pty_modes_restored(&s->pty))
		scene_fail(s, "the terminal's modes are not restored");
}

static char *errors(struct scene *s)
{
	char path[512], *text = calloc(1, 64 * 1024);
	FILE *file;

	snprintf(path, sizeof(path), "%s/stderr", s->folder);
	file = fopen(path, "rb");
	if (file && text && fread(text, 1, 64 * 1024 - 1, file) == 0)
		text[0] = '\0';
	if (file)
		fclose(file);
	return text;
}

void scene_check_error(struct scene *s, const char *text)
{
	char *said;

	wait_for_end(s);
	said = errors(s);
	if (!strstr(said, text))
		scene_fail(s, "standard error is without `%s`: %s", text,
			   said);
	free(said);
}

static bool is_input(const struct scene *s, const char *path)
{
	for (size_t i = 0; i < s->file_count; i++)
		if (strcmp(s->files[i], path) == 0)
			return true;
	return false;
}

static char *whole_file(const char *path, size_t *n)
{
	FILE *file = fopen(path, "rb");
	char *bytes = NULL;
	long size;

	*n = 0;
	if (!file)
		return NULL;
	if (fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) > 0 &&
	    (bytes = malloc((size_t)size))) {
		rewind(file);
		*n = fread(bytes, 1, (size_t)size, file);
	}
	fclose(file);
	return bytes;
}

static void look_in_files(struct scene *s, const char *secret)
{
	char *const folders[] = {s->folder, NULL};
	FTS *tree = fts_open(folders, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	while (tree && (entry = fts_read(tree))) {
		size_t n;
		char *bytes;
		bool found;

		if (entry->fts_info != FTS_F || is_input(s, entry->fts_path))
			continue;
		bytes = whole_file(entry->fts_path, &n);
		found = bytes && memmem(bytes, n, secret, strlen(secret));
		free(bytes);
		if (found)
			scene_fail(s, "a secret was written to %s: %s",
				   entry->fts_path, secret);
	}
	if (tree)
		fts_close(tree);
}

static void look_for_secrets(struct scene *s)
{
	scene_secret(s, PLANTED);
	for (size_t i = 0; i < s->secret_count; i++) {
		const char *secret = s->secrets[i];

		if (s->stream_length > 0 &&
		    memmem(s->stream, s->stream_length, secret,
			   strlen(secret)))
			scene_fail(s, "a secret was sent: %s", secret);
		look_in_files(s, secret);
	}
}

static void free_words(char **words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(words[i]);
}

void scene_finish(struct scene *s)
{
	if (!s->started)
		scene_fail(s, "nothing was started");
	if (s->oracle.fault[0])
		scene_fail(s, "%s", s->oracle.fault);
	look_for_secrets(s);
	if (!s->ended) {
		kill(s->pty.pid, SIGKILL);
		pty_end(&s->pty, 1000);
	}
	scene_remove_folder(s);
	free_words(s->arguments, s->argument_count);
	free_words(s->environment, s->environment_count);
	free_words(s->secrets, s->secret_count);
	free_words(s->files, s->file_count);
	emulator_free(s->emulator);
	free(s->stream);
}
