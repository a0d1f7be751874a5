/* With terminal_paint.c, which draws a cell, all that knows curses.  Owns the
 * terminal's modes, its signals and what it shows now.  Must not know what the
 * cells mean.
 *
 * Keys are read and decoded here and in screen/input, not by curses, so that
 * what is no key is swallowed and what was read can be counted.  Signals that
 * end the program are screen/rescue's. */
#ifndef _XOPEN_SOURCE
#define _XOPEN_SOURCE 700
#endif
#ifndef _DEFAULT_SOURCE
#define _DEFAULT_SOURCE
#endif
#include "screen/terminal.h"

#include "base/buffer.h"
#include "base/memory.h"
#include "screen/input.h"
#include "screen/rescue.h"
#include "screen/terminal_parts.h"
#include "trail/base64.h"

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <term.h>
/* It takes plain words for capabilities. */
#undef columns
#undef lines

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <unistd.h>

enum { ESCAPE_DELAY = 25 };

static struct terminal {
	SCREEN *screen;
	FILE *output;
	int keys;               /* descriptor they come from */
	bool keys_opened;       /* by us */
	struct theme theme;
	enum show_set set;
	struct grid shown;
	bool anew;
	struct input input;
	int escape_delay;       /* ms */
	bool late;              /* what input holds stands for itself */
	bool mark;
	char marked[96];        /* the last mark */
	unsigned long long bytes;
	unsigned continued;
	int wake[2];
	struct buffer give_back;
	struct buffer modes_on, modes_off;      /* bracketed paste, focus */
	bool mouse;             /* it tells of it */
} terminal = {.keys = -1, .wake = {-1, -1}};

static volatile sig_atomic_t resized, continued, stop_asked;

void terminal_wake(void)
{
	int saved = errno;

	if (write(terminal.wake[1], "", 1) < 0) {
		/* The pipe is full, so the wait will end. */
	}
	errno = saved;
}

static void on_notice(int number)
{
	if (number == SIGWINCH)
		resized = 1;
	else if (number == SIGCONT)
		continued = 1;
	else
		stop_asked = 1;
	terminal_wake();
}

static void handle_notices(void (*notice)(int), void (*no_reader)(int))
{
	struct sigaction action = {.sa_handler = notice,
				   .sa_flags = SA_RESTART};

	sigaction(SIGWINCH, &action, NULL);
	sigaction(SIGCONT, &action, NULL);
	sigaction(SIGTSTP, &action, NULL);
	action.sa_handler = no_reader;
	sigaction(SIGPIPE, &action, NULL);
}

/* A string of the terminal's description, or NULL. */
static const char *capability(const char *name)
{
	const char *text = tigetstr(name);

	return text == (const char *)-1 ? NULL : text;
}

static int keep_byte(int c)
{
	buffer_add_byte(&terminal.give_back, (char)c);
	return c;
}

static void keep(const char *text)
{
	if (text)
		tputs(text, 1, keep_byte);
}

/* Reports as xterm has them, also where the description only says that there
 * are some. */
static const char *mouse_mode(bool on)
{
	const char *mode = capability("XM");

	if (mode)
		return tiparm(mode, on ? 1 : 0);
	if (!capability("kmous"))
		return NULL;
	return on ? "\033[?1000h\033[?1006h" : "\033[?1006l\033[?1000l";
}

/* What endwin would send, but the cursor last: some terminals keep whether it is
 * seen with its place, and leaving their other screen brings that back. */
static void prepare_rescue(void)
{
	buffer_clear(&terminal.give_back);
	keep(buffer_text(&terminal.modes_off));
	if (terminal.mouse)
		keep(mouse_mode(false));
	keep(capability("sgr0"));
	keep(capability("op"));
	keep(capability("rmkx"));
	if (capability("rmcup"))
		keep(capability("rmcup"));
	else
		keep(tiparm(capability("cup"), LINES - 1, 0));
	keep(capability("cnorm"));
	keep_byte('\r');
	if (!capability("rmcup"))
		keep_byte('\n');
	rescue_set_bytes(buffer_span(&terminal.give_back));
}

/* Bracketed paste and reports of a lost focus, where the terminal's description
 * has them. */
static void learn_modes(void)
{
	static const char *const names[][2] = {{"BE", "BD"}, {"fe", "fd"}};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *on = capability(names[i][0]);
		const char *off = capability(names[i][1]);

		if (!on || !off)
			continue;
		buffer_add_text(&terminal.modes_on, on);
		buffer_add_text(&terminal.modes_off, off);
	}
}

static int put_byte(int c)
{
	return putc(c, terminal.output);
}

static void send(const char *text)
{
	tputs(text, 1, put_byte);
	fflush(terminal.output);
}

static bool no_terminal(struct error *err, const char *name, const char *why)
{
	error_set(err, "terminal `%s`: %s", name, why);
	return error_hint(err, "`-o table` needs none");
}

/* The description under which the terminal is used: its own or, where the
 * system lacks that, that of the family it belongs to. */
static const char *find_description(struct error *err)
{
	static const char *const family[] = {
		"xterm", "kitty", "alacritty", "foot", "wezterm", "ghostty",
	};
	const char *name = getenv("TERM");
	int found;

	if (!name || !*name) {
		no_terminal(err, "", "TERM is not set");
		return NULL;
	}
	if (setupterm(name, STDOUT_FILENO, &found) != OK) {
		bool known = false;

		for (size_t i = 0; i < sizeof(family) / sizeof(*family); i++)
			known |= strncmp(name, family[i],
					 strlen(family[i])) == 0;
		if (!known ||
		    setupterm("xterm-256color", STDOUT_FILENO, &found) != OK) {
			no_terminal(err, name, "no description of it here");
			return NULL;
		}
		name = "xterm-256color";
	}
	if (!capability("cup")) {
		no_terminal(err, name, "its cursor cannot be moved");
		return NULL;
	}
	return name;
}

static bool open_descriptors(struct error *err)
{
	terminal.keys = STDIN_FILENO;
	terminal.keys_opened = !isatty(STDIN_FILENO);
	if (terminal.keys_opened)
		terminal.keys = open("/dev/tty",
				     O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (terminal.keys < 0)
		return error_set(err, "no terminal to read keys from: %s",
				 strerror(errno));
	if (pipe(terminal.wake) != 0)
		return error_set(err, "pipe: %s", strerror(errno));
	for (int i = 0; i < 2; i++) {
		fcntl(terminal.wake[i], F_SETFL, O_NONBLOCK);
		fcntl(terminal.wake[i], F_SETFD, FD_CLOEXEC);
	}
	terminal.output = fdopen(dup(STDOUT_FILENO), "w");
	if (!terminal.output)
		return error_set(err, "standard output: %s", strerror(errno));
	return true;
}

/* ESCDELAY is for lines so slow that the bytes of a key come one by one. */
static int escape_delay(void)
{
	const char *text = getenv("ESCDELAY");
	long delay = text ? strtol(text, NULL, 10) : 0;

	return delay > 0 && delay <= 2000 ? (int)delay : ESCAPE_DELAY;
}

bool terminal_open(const struct terminal_options *options, struct error *err)
{
	const char *name;
	const char *mark = getenv("ACMTUI_TEST_MARK");

	if (!isatty(STDOUT_FILENO))
		return error_set(err, "standard output is no terminal");
	name = find_description(err);
	if (!name || !open_descriptors(err))
		return false;
	setlocale(LC_CTYPE, "");
	terminal.set = options->ascii ||
		       strcmp(nl_langinfo(CODESET), "UTF-8") != 0
			       ? SHOW_ASCII : SHOW_UNICODE;
	terminal.mark = mark && strcmp(mark, "1") == 0;
	terminal.escape_delay = escape_delay();
	input_learn(&terminal.input, capability);
	learn_modes();
	prepare_rescue();
	del_curterm(cur_term);
	/* Before curses, which leaves signals alone that are caught. */
	rescue_arm(STDOUT_FILENO);
	die_set_hook(rescue_now);
	handle_notices(on_notice, SIG_IGN);
	/* No terminal of today needs it, and a plain one would get it. */
	setenv("NCURSES_NO_PADDING", "1", 0);
	terminal.screen = newterm(name, terminal.output, stdin);
	if (!terminal.screen) {
		handle_notices(SIG_DFL, SIG_DFL);
		rescue_disarm();
		return no_terminal(err, name, "curses cannot use it");
	}
	prepare_rescue();
	terminal_leave_once(STDOUT_FILENO);
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	idlok(stdscr, TRUE);
	/* Never leave half a screen for a key that waits. */
	typeahead(-1);
	terminal.theme = (struct theme){options->background,
		options->colour ? terminal_start_colours() : 0};
	send(buffer_text(&terminal.modes_on));
	terminal.anew = true;
	return true;
}

void terminal_close(void)
{
	if (!terminal.screen)
		return;
	/* Not endwin, which resets a palette that may not be ours. */
	rescue_now();
	rescue_disarm();
	handle_notices(SIG_DFL, SIG_DFL);
	delscreen(terminal.screen);
	fclose(terminal.output);
	grid_free(&terminal.shown);
	input_free(&terminal.input);
	buffer_free(&terminal.give_back);
	buffer_free(&terminal.modes_on);
	buffer_free(&terminal.modes_off);
	if (terminal.keys_opened)
		close(terminal.keys);
	terminal.screen = NULL;
}

enum show_set terminal_set(void)
{
	return terminal.set;
}

void terminal_size(int *rows, int *columns)
{
	struct winsize size;

	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 &&
	    size.ws_col > 0) {
		*rows = size.ws_row;
		*columns = size.ws_col;
	} else {
		getmaxyx(stdscr, *rows, *columns);
	}
}

static bool cells_equal(const struct grid_cell *a, const struct grid_cell *b)
{
	return a->length == b->length && a->width == b->width &&
	       a->role == b->role && a->mark == b->mark &&
	       memcmp(a->text, b->text, a->length) == 0;
}

static void show_cells(const struct grid *g)
{
	for (int row = 0; row < g->rows; row++) {
		for (int column = 0; column < g->columns; column++) {
			const struct grid_cell *cell =
				grid_cell(g, row, column);

			if (cell->width > 0 &&
			    (terminal.anew ||
			     !cells_equal(cell, grid_cell(&terminal.shown, row,
							  column))))
				terminal_paint(cell, &terminal.theme, row,
					       column);
		}
	}
	memcpy(terminal.shown.cells, g->cells,
	       (size_t)g->rows * (size_t)g->columns * sizeof(*g->cells));
}

void terminal_show(const struct grid *g)
{
	if (g->rows != terminal.shown.rows ||
	    g->columns != terminal.shown.columns) {
		grid_resize(&terminal.shown, g->rows, g->columns);
		resize_term(g->rows, g->columns);
		prepare_rescue();
		terminal.anew = true;
	}
	if (terminal.anew) {
		erase();
		clearok(stdscr, TRUE);
	}
	show_cells(g);
	terminal.anew = false;
	curs_set(g->cursor_seen);
	if (g->cursor_row >= 0)
		move(g->cursor_row, g->cursor_column);
	refresh();
}

void terminal_set_theme(enum theme_background background)
{
	terminal.theme.background = background;
	terminal.anew = true;
}

void terminal_redraw(void)
{
	terminal.anew = true;
}

void terminal_set_mouse(bool on)
{
	const char *mode = mouse_mode(on);

	if (on == terminal.mouse || !mode)
		return;
	terminal.mouse = on;
	send(mode);
	prepare_rescue();
}

bool terminal_clipboard(struct span text)
{
	const char *set = capability("Ms");
	struct buffer coded = {0};
	bool done = false;

	if (set) {
		base64_encode(text, &coded);
		set = tiparm(set, "c", buffer_text(&coded));
	}
	if (set) {
		send(set);
		done = true;
	}
	buffer_wipe(&coded);
	return done;
}

static void come_back(void)
{
	const char *modes[] = {capability("smcup"), capability("smkx"),
			       buffer_text(&terminal.modes_on),
			       terminal.mouse ? mouse_mode(true) : NULL};

	rescue_resume();
	reset_prog_mode();
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (modes[i])
			send(modes[i]);
	/* The cursor is seen again: let curses know. */
	curs_set(1);
	terminal.anew = true;
	terminal.continued++;
	continued = 0;
}

void terminal_suspend(void)
{
	struct sigaction action = {.sa_handler = SIG_DFL}, ours;

	rescue_now();
	sigaction(SIGTSTP, &action, &ours);
	kill(0, SIGTSTP);
	sigaction(SIGTSTP, &ours, NULL);
	come_back();
}

static bool take_notice(struct terminal_event *event)
{
	if (stop_asked) {
		stop_asked = 0;
		event->kind = TERMINAL_STOP;
		return true;
	}
	if (continued) {
		/* Stopped by STOP: who knows what the shell did meanwhile. */
		rescue_screen();
		come_back();
		resized = 1;
	}
	if (resized) {
		resized = 0;
		event->kind = TERMINAL_RESIZE;
		return true;
	}
	return false;
}

static bool take_input(struct terminal_event *event)
{
	switch (input_next(&terminal.input, terminal.late, &event->key,
			   &event->paste)) {
	case INPUT_KEY:
		event->kind = TERMINAL_KEY;
		return true;
	case INPUT_PASTE:
		event->kind = TERMINAL_PASTE;
		return true;
	case INPUT_MOUSE:
		event->kind = TERMINAL_MOUSE;
		event->mouse = terminal.input.mouse;
		return true;
	case INPUT_AWAY:
		event->kind = TERMINAL_AWAY;
		return true;
	case INPUT_NONE:
		break;
	}
	terminal.late = false;
	return false;
}

/* False when the terminal is gone. */
static bool read_keys(void)
{
	char bytes[4096];
	ssize_t n = read(terminal.keys, bytes, sizeof(bytes));

	if (n < 0)
		return errno == EINTR || errno == EAGAIN;
	if (n == 0)
		return false;
	terminal.bytes += (unsigned long long)n;
	input_feed(&terminal.input, (struct span){bytes, (size_t)n});
	return true;
}

static void drain_wake(void)
{
	char bytes[256];

	while (read(terminal.wake[0], bytes, sizeof(bytes)) > 0)
		;
}

/* Waits for keys or a wake-up: 1 keys, 0 neither, -1 a wake-up.  By select,
 * since some systems cannot poll terminals. */
static int wait_ready(int timeout)
{
	struct timeval wait = {timeout / 1000, timeout % 1000 * 1000};
	int most = terminal.keys > terminal.wake[0] ? terminal.keys
						    : terminal.wake[0];
	fd_set set;

	FD_ZERO(&set);
	FD_SET(terminal.keys, &set);
	FD_SET(terminal.wake[0], &set);
	if (select(most + 1, &set, NULL, NULL, timeout < 0 ? NULL : &wait) <= 0)
		return errno == EINTR ? -1 : 0;
	return FD_ISSET(terminal.keys, &set) ? 1 : -1;
}

void terminal_wait(int timeout, struct terminal_event *event)
{
	*event = (struct terminal_event){.kind = TERMINAL_NOTHING};
	for (;;) {
		bool waiting;
		int ready;

		if (take_notice(event) || take_input(event))
			return;
		waiting = input_waiting(&terminal.input);
		errno = 0;
		ready = wait_ready(waiting ? terminal.escape_delay : timeout);
		if (ready > 0 && !read_keys()) {
			event->kind = TERMINAL_GONE;
			return;
		}
		/* What was read may be no key; it has been taken in, though. */
		if (ready > 0 && !take_input(event) &&
		    !input_waiting(&terminal.input))
			return;
		if (event->kind != TERMINAL_NOTHING)
			return;
		if (ready < 0)
			drain_wake();
		if (ready == 0 && waiting)
			terminal.late = true;
		else if (ready <= 0 && !resized && !continued && !stop_asked)
			return;
	}
}

const char *terminal_version(void)
{
	return curses_version();
}

void terminal_mark(const char *state)
{
	char text[sizeof(terminal.marked)];
	int n;

	if (!terminal.mark || input_waiting(&terminal.input) || resized ||
	    continued || stop_asked || wait_ready(0) > 0)
		return;
	n = snprintf(text, sizeof(text), "\033]7770;%llu;%d;%d;%u;%s\a",
		     terminal.bytes, terminal.shown.rows,
		     terminal.shown.columns, terminal.continued, state);
	/* Once is enough. */
	if (strcmp(text, terminal.marked) != 0 &&
	    write(STDOUT_FILENO, text, (size_t)n) == n)
		memcpy(terminal.marked, text, sizeof(text));
}
