/* Owns the program under test, its terminal, its folder. */
#define _GNU_SOURCE
#include "scene.h"

#include "view/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { DEADLINE = 20000 };

static const struct {
	const char *name;
	int number;
} signals[] = {
	{"HUP", SIGHUP}, {"INT", SIGINT}, {"QUIT", SIGQUIT}, {"ILL", SIGILL},
	{"TRAP", SIGTRAP}, {"ABRT", SIGABRT}, {"BUS", SIGBUS},
	{"FPE", SIGFPE}, {"KILL", SIGKILL}, {"USR1", SIGUSR1},
	{"SEGV", SIGSEGV}, {"USR2", SIGUSR2}, {"PIPE", SIGPIPE},
	{"ALRM", SIGALRM}, {"TERM", SIGTERM}, {"XCPU", SIGXCPU},
	{"XFSZ", SIGXFSZ}, {"VTALRM", SIGVTALRM}, {"PROF", SIGPROF},
	{"SYS", SIGSYS}, {"STOP", SIGSTOP}, {"CONT", SIGCONT},
	{"TSTP", SIGTSTP}, {"WINCH", SIGWINCH},
};

static int signal_number(struct scene *s, const char *name)
{
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		if (strcmp(signals[i].name, name) == 0)
			return signals[i].number;
	scene_fail(s, "no signal %s", name);
}

static char *copy(const char *text)
{
	char *own = strdup(text);

	if (!own)
		abort();
	return own;
}

void scene_remove_folder(const struct scene *s)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", s->folder);
	if (system(command) != 0)
		fprintf(stderr, "%s: not removed\n", s->folder);
}

_Noreturn void scene_fail(struct scene *s, const char *format, ...)
{
	va_list arguments;

	fprintf(stderr, "%s:%d:%s%s ", s->name, s->line,
		s->each[0] ? " for " : "", s->each);
	va_start(arguments, format);
	vfprintf(stderr, format, arguments);
	va_end(arguments);
	fputc('\n', stderr);
	for (int row = 0; s->emulator && row < s->rows; row++) {
		char *line = emulator_row(s->emulator, row);

		if (line[0])
			fprintf(stderr, "%3d|%s\n", row, line);
		free(line);
	}
	if (s->oracle.fault[0])
		fprintf(stderr, "oracle: %s\n", s->oracle.fault);
	if (s->ended)
		fprintf(stderr, "it had ended with %#x\n", s->status);
	if (s->started && !s->ended)
		kill(s->pty.pid, SIGKILL);
	scene_remove_folder(s);
	exit(1);
}

void scene_init(struct scene *s, const char *name, const char *each)
{
	const char *temporary = getenv("TMPDIR");

	*s = (struct scene){.name = name, .each = each, .rows = 24, .columns = 80,
			    .fifo = -1, .term = "xterm-256color",
			    .state = "idle"};
	snprintf(s->folder, sizeof(s->folder), "%.40s/acmtui-XXXXXX",
		 temporary ? temporary : "/tmp");
	if (!mkdtemp(s->folder))
		scene_fail(s, "no folder %s: %s", s->folder, strerror(errno));
}

static void add_word(struct scene *s, char **list, size_t *count,
		     const char *word)
{
	if (*count + 1 == SCENE_WORDS)
		scene_fail(s, "too many words");
	list[(*count)++] = copy(word);
}

/* The program is found where it was built. */
void scene_argument(struct scene *s, const char *word)
{
	const char *build = getenv("ACMTUI_BUILD");
	const char *source = getenv("ACMTUI_SOURCE");
	char text[1024];

	if (s->argument_count == 0)
		snprintf(text, sizeof(text), "%s/%s", build ? build : ".",
			 word);
	else if (word[0] == '@')
		snprintf(text, sizeof(text), "%s/%s", source ? source : ".",
			 word + 1);
	else
		snprintf(text, sizeof(text), "%s", word);
	add_word(s, s->arguments, &s->argument_count, text);
}

void scene_environment(struct scene *s, const char *setting)
{
	add_word(s, s->environment, &s->environment_count, setting);
}

void scene_secret(struct scene *s, const char *text)
{
	add_word(s, s->secrets, &s->secret_count, text);
}

FILE *scene_file(struct scene *s, const char *name)
{
	char path[512];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", s->folder, name);
	add_word(s, s->files, &s->file_count, path);
	file = fopen(path, "wb");
	if (!file)
		scene_fail(s, "%s: %s", path, strerror(errno));
	return file;
}

void scene_fifo(struct scene *s, const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", s->folder, name);
	/* Open for both, so that neither waits for the program to open it. */
	if (mkfifo(path, 0600) != 0 ||
	    (s->fifo = open(path, O_RDWR | O_CLOEXEC)) < 0)
		scene_fail(s, "%s: %s", path, strerror(errno));
}

void scene_feed(struct scene *s, const char *line)
{
	if (!line) {
		close(s->fifo);
		s->fifo = -1;
	} else if (dprintf(s->fifo, "%s\n", line) < 0) {
		scene_fail(s, "cannot feed: %s", strerror(errno));
	}
}

static bool is_ascii(const struct scene *s)
{
	for (size_t i = 0; i < s->environment_count; i++)
		if (strcmp(s->environment[i], "LC_ALL=C") == 0)
			return true;
	return false;
}

static void usual_environment(struct scene *s)
{
	char text[128];

	if (!is_ascii(s))
		scene_environment(s, "LC_ALL=C.UTF-8");
	scene_environment(s, "ACMTUI_TEST_MARK=1");
	scene_environment(s, "PATH=/usr/bin:/bin");
	snprintf(text, sizeof(text), "TERM=%s", s->term);
	scene_environment(s, text);
	snprintf(text, sizeof(text), "HOME=%s", s->folder);
	scene_environment(s, text);
	if (getenv("ASAN_OPTIONS")) {
		snprintf(text, sizeof(text), "ASAN_OPTIONS=%.100s",
			 getenv("ASAN_OPTIONS"));
		scene_environment(s, text);
	}
}

void scene_start(struct scene *s)
{
	if (s->started)
		return;
	if (s->argument_count == 0)
		scene_fail(s, "no program");
	if (!oracle_start(&s->oracle, s->term[0] ? s->term : "dumb",
			  is_ascii(s))) {
		/* What the system does not know the program shows as what it
		 * falls back to. */
		oracle_start(&s->oracle, "xterm-256color", is_ascii(s));
	}
	usual_environment(s);
	s->emulator = emulator_new(s->rows, s->columns);
	/* Inherited by the program; this one has no terminal to lose.  Who
	 * started the tests may have had some signals ignored. */
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++) {
		struct sigaction now;

		if (sigaction(signals[i].number, NULL, &now) == 0 &&
		    now.sa_handler == SIG_IGN)
			signal(signals[i].number, SIG_DFL);
	}
	signal(SIGHUP, s->nohup ? SIG_IGN : SIG_DFL);
	if (!pty_start(&s->pty, s->rows, s->columns, s->folder, "stderr",
		       s->input[0] ? s->input : NULL, s->arguments,
		       s->environment))
		scene_fail(s, "cannot start %s", s->arguments[0]);
	s->started = true;
	scene_settle(s);
}

static void keep_stream(struct scene *s, const char *bytes, size_t n)
{
	if (s->stream_length + n > s->stream_capacity) {
		s->stream_capacity = (s->stream_capacity + n) * 2;
		s->stream = realloc(s->stream, s->stream_capacity);
		if (!s->stream)
			abort();
	}
	memcpy(s->stream + s->stream_length, bytes, n);
	s->stream_length += n;
	if (s->stream_length > SCENE_STREAM)
		scene_fail(s, "it does not stop sending");
}

static bool settled(const struct scene *s)
{
	const struct oracle_mark *m = &s->oracle.mark;

	return s->oracle.marks > 0 && m->bytes >= s->typed &&
	       m->rows == s->rows && m->columns == s->columns &&
	       m->continued >= s->continued &&
	       (strcmp(m->state, s->state) == 0 ||
		strcmp(s->state, "any") == 0);
}

/* Takes in what the program sends next; false when it has ended. */
static bool read_some(struct scene *s)
{
	char bytes[64 * 1024];
	long n = pty_read(&s->pty, bytes, sizeof(bytes), DEADLINE);

	if (n < 0)
		scene_fail(s, "no mark for %d s (last: %llu of %llu bytes, "
			   "%dx%d, %s)", DEADLINE / 1000, s->oracle.mark.bytes,
			   s->typed, s->oracle.mark.columns,
			   s->oracle.mark.rows, s->oracle.mark.state);
	if (n == 0) {
		s->status = pty_end(&s->pty, DEADLINE);
		s->ended = true;
		return false;
	}
	keep_stream(s, bytes, (size_t)n);
	for (size_t at = 0; at < (size_t)n;) {
		size_t used = oracle_read(&s->oracle, bytes + at,
					  (size_t)n - at);

		emulator_write(s->emulator, bytes + at, used);
		at += used;
	}
	return true;
}

void scene_settle(struct scene *s)
{
	while (!s->ended && !settled(s))
		read_some(s);
}

void scene_until(struct scene *s, const char *text)
{
	while (!scene_has(s, text))
		if (s->ended || !read_some(s))
			scene_fail(s, "never on the screen: %s", text);
}

void scene_send(struct scene *s, const char *bytes)
{
	size_t n = strlen(bytes);

	s->typed += n;
	if (!s->ended && !pty_write(&s->pty, bytes, n))
		scene_fail(s, "cannot send keys");
}

void scene_key(struct scene *s, const char *word, bool text)
{
	static const struct {
		uint32_t key;
		const char *bytes;
	} sequences[] = {
		{KEYS_UP, "\033OA"}, {KEYS_DOWN, "\033OB"},
		{KEYS_RIGHT, "\033OC"}, {KEYS_LEFT, "\033OD"},
		{KEYS_HOME, "\033OH"}, {KEYS_END, "\033OF"},
		{KEYS_PAGE_UP, "\033[5~"}, {KEYS_PAGE_DOWN, "\033[6~"},
		{KEYS_INSERT, "\033[2~"}, {KEYS_DELETE, "\033[3~"},
		{KEYS_BACK_TAB, "\033[Z"}, {KEYS_F1, "\033OP"},
		{KEYS_F1 + 1, "\033OQ"}, {KEYS_F1 + 4, "\033[15~"},
		{KEYS_F1 + 5, "\033[17~"}, {KEYS_F1 + 6, "\033[18~"},
		{KEYS_F1 + 9, "\033[21~"}, {KEYS_F12, "\033[24~"},
		{KEYS_LEFT | KEYS_CTRL, "\033[1;5D"},
		{KEYS_RIGHT | KEYS_CTRL, "\033[1;5C"},
	};
	char one[2] = {0};
	uint32_t key;

	if (text || !keys_parse((struct span){word, strlen(word)}, &key)) {
		scene_send(s, word);
		return;
	}
	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++) {
		if (sequences[i].key == key) {
			scene_send(s, sequences[i].bytes);
			return;
		}
	}
	if (key & KEYS_ALT)
		scene_send(s, "\033");
	key &= ~(uint32_t)KEYS_ALT;
	if (key < 0x80) {
		one[0] = (char)key;
		scene_send(s, one);
	} else if (key > KEYS_NAMED) {
		scene_fail(s, "no bytes are known for %s", word);
	} else {
		scene_send(s, word);
	}
	/* An escape alone is one only when nothing follows it. */
	if (key == KEYS_ESCAPE)
		scene_settle(s);
}

void scene_resize(struct scene *s, int rows, int columns)
{
	s->rows = rows;
	s->columns = columns;
	emulator_resize(s->emulator, rows, columns);
	pty_resize(&s->pty, rows, columns);
}

/* Sizes by a fixed sequence, so that a failure can be repeated; only the last
 * one is waited for. */
void scene_storm(struct scene *s, int times)
{
	unsigned state = 12345;
	int rows = s->rows, columns = s->columns;

	for (int i = 0; i < times; i++) {
		state = state * 1103515245u + 12345u;
		scene_resize(s, 1 + (int)(state >> 16) % 60,
			     1 + (int)(state >> 8) % 220);
		if (i % 8 == 0)
			scene_settle(s);
	}
	scene_resize(s, rows, columns);
	scene_settle(s);
}

void scene_signal(struct scene *s, const char *name)
{
	int number = signal_number(s, name);

	kill(s->pty.pid, number);
	if (number == SIGSTOP || number == SIGTSTP) {
		int status;

		if (waitpid(s->pty.pid, &status, WUNTRACED) != s->pty.pid ||
		    !WIFSTOPPED(status))
			scene_fail(s, "it was not stopped");
		return;
	}
	s->continued += number == SIGCONT;
	scene_settle(s);
}

void scene_hang_up(struct scene *s)
{
	close(s->pty.master);
	s->status = pty_end(&s->pty, DEADLINE);
	s->ended = true;
}

bool scene_has(struct scene *s, const char *text)
{
	bool found = false;

	for (int row = 0; row < s->rows && !found; row++) {
		char *line = emulator_row(s->emulator, row);

		found = strstr(line, text);
		free(line);
	}
	return found;
}
