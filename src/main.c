/* Wires the rooms together, nothing else. */
#include "platform.h"

#include "base/hash.h"
#include "base/memory.h"
#include "base/sandbox.h"
#include "headless.h"
#include "interactive.h"
#include "messages.h"
#include "options.h"
#include "request.h"
#include "screen/terminal.h"
#include "trail/columns.h"
#include "trail/x509.h"
#include "version.h"
#include "view/actions.h"

#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

enum { MAIN_WIDTH = 80 };

/* A file that is opened later must not become standard output. */
static void hold_standard_streams(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) == -1)
			open("/dev/null", fd == STDIN_FILENO ? O_WRONLY
							     : O_RDONLY);
}

static size_t terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	unsigned long n = columns ? strtoul(columns, NULL, 10) : 0;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return n > 0 && n <= 10000 ? (size_t)n : MAIN_WIDTH;
}

static struct request_place find_place(void)
{
	struct request_place place = {
		.terminal = isatty(STDOUT_FILENO),
		.utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
	};

	if (place.terminal)
		place.width = terminal_width();
	return place;
}

/* What is read from now on: what was given, what lies here, and how much
 * memory there is. */
static void give_up_rights(const struct options *options,
			   struct request *request,
			   struct sandbox_state *state)
{
	size_t n = request ? request->paths : 0;
	const char **read = memory_clear(n + 3, sizeof *read);
	const char *folder = options->argument[OPTION_EXPORT_DIR];
	struct sandbox_rules rules = {.read = read};

	/* Only a screen writes files. */
	if (!folder)
		folder = ".";
	if (request && !request->headless) {
		rules.write = &folder;
		rules.write_n = 1;
	}
#ifdef COVERED
	/* The counts are written at the end, where the objects are. */
	rules.write = (const char *const[]){"/"};
	rules.write_n = 1;
#endif
	*state = (struct sandbox_state){0};
	if (!options->given[OPTION_NO_SANDBOX]) {
		read[rules.read_n++] = ".";
		read[rules.read_n++] = "/proc/meminfo";
		for (size_t i = 0; i < n; i++)
			read[rules.read_n++] = request->path[i];
		if (request && request->config_folder.n > 0)
			read[rules.read_n++] =
				buffer_text(&request->config_folder);
		sandbox_enter(&rules, state);
	}
	free(read);
}

static void print_version(const struct options *options, struct buffer *out)
{
	struct sandbox_state state;

	give_up_rights(options, NULL, &state);
	version_write(terminal_version(), &state, out);
}

/* Prints what needs no trail.  False when none of it was asked for. */
static bool print_tables(const struct options *options, int *status)
{
	struct buffer out = {0};

	if (options->given[OPTION_HELP])
		options_help(&out);
	else if (options->given[OPTION_VERSION])
		print_version(options, &out);
	else if (options->given[OPTION_LIST_COLUMNS])
		columns_list(&out);
	else if (options->given[OPTION_PRINT_CONFIG])
		config_print(&out);
	else if (options->given[OPTION_LIST_KEYS])
		actions_list(&out);
	else
		return false;
	*status = VERDICT_MATCHED;
	if (fwrite(out.p, 1, out.n, stdout) != out.n || fflush(stdout) != 0) {
		perror("acmtui: standard output");
		*status = VERDICT_TROUBLE;
	}
	buffer_free(&out);
	return true;
}

static void say(struct buffer *said)
{
	if (said->n > 0)
		fwrite(said->p, 1, said->n, stderr);
	buffer_free(said);
}

static int run(const struct options *options,
	       const struct request_place *place)
{
	struct request request;
	struct sandbox_state sandbox;
	struct buffer said = {0};
	int status = VERDICT_TROUBLE;
	struct error err;
	bool good = request_make(&request, options, place, &said);

	if (good && !request.headless && !interactive_open(&request, &err)) {
		messages_error(&said, request.set, "acmtui", &err);
		good = false;
	}
	/* A screen tells it at first, and would hide it here: then it is said
	 * once more after that. */
	if (!good || request.headless)
		say(&said);
	if (good) {
		give_up_rights(options, &request, &sandbox);
		status = request.headless
				 ? headless_run(&request)
				 : interactive_run(&request,
						   buffer_span(&said));
	}
	say(&said);
	request_free(&request);
	return status;
}

int main(int argc, char **argv)
{
	struct options options;
	struct request_place place;
	struct error err;
	struct buffer said = {0};
	int status = VERDICT_TROUBLE;

	hold_standard_streams();
	/* Only what is a character; numbers and messages stay those of C. */
	setlocale(LC_CTYPE, "");
	tzset();
	hash_seed();
	x509_start();
	place = find_place();
	if (!options_parse(&options, argc, argv, &err)) {
		messages_error(&said, place.utf8 ? SHOW_UNICODE : SHOW_ASCII,
			       "acmtui", &err);
		say(&said);
	} else if (!print_tables(&options, &status)) {
		status = run(&options, &place);
	}
	options_free(&options);
	return status;
}
