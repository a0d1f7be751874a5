/* Owns what a dying program needs: bytes, modes, a stack for its handler. */
#define _XOPEN_SOURCE 700
#include "screen/rescue.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* Those whose default is to end the program; KILL cannot be caught, PIPE is
 * ignored while the screen is open. */
static const int fatal[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE,
	SIGUSR1, SIGSEGV, SIGUSR2, SIGALRM, SIGTERM, SIGXCPU, SIGXFSZ,
	SIGVTALRM, SIGPROF, SIGSYS,
};

enum { FATAL = sizeof(fatal) / sizeof(fatal[0]), MOST = 512 };

static struct rescue {
	int descriptor;
	struct termios modes;
	struct {
		char bytes[MOST];
		size_t length;
	} give_back[2];
	atomic_int which;       /* of them; the other may be written to */
	struct sigaction before[FATAL];
	char stack[64 * 1024];
} rescue = {.descriptor = -1};

static atomic_bool needed;

static void send(void)
{
	int which = atomic_load(&rescue.which);
	const char *p = rescue.give_back[which].bytes;
	size_t n = rescue.give_back[which].length;

	while (n > 0) {
		ssize_t written = write(rescue.descriptor, p, n);

		if (written < 0 && errno != EINTR)
			break;
		if (written > 0) {
			p += written;
			n -= (size_t)written;
		}
	}
}

/* A signal may come at any place of it: only then it is no longer needed when
 * all of it is done, and twice is as good as once. */
void rescue_now(void)
{
	int saved = errno;

	if (atomic_load(&needed)) {
		send();
		tcsetattr(rescue.descriptor, TCSANOW, &rescue.modes);
		atomic_store(&needed, false);
	}
	errno = saved;
}

void rescue_screen(void)
{
	if (atomic_load(&needed))
		send();
}

/* A terminal that has stopped reads nothing more: what still waits for it is given
 * up, or the program would wait with it and outlive the signal. */
static void give_up_waiting(void)
{
	int saved = errno;

	if (atomic_load(&needed)) {
		tcflow(rescue.descriptor, TCOON);
		tcflush(rescue.descriptor, TCOFLUSH);
	}
	errno = saved;
}

/* Whoever had the signal before has it again: the system, or a sanitizer. */
static void on_fatal(int number)
{
	give_up_waiting();
	rescue_now();
	for (size_t i = 0; i < FATAL; i++)
		if (fatal[i] == number)
			sigaction(number, &rescue.before[i], NULL);
	raise(number);
}

void rescue_arm(int descriptor)
{
	struct sigaction action = {.sa_handler = on_fatal,
				   .sa_flags = SA_ONSTACK};
	stack_t stack = {.ss_sp = rescue.stack,
			 .ss_size = sizeof(rescue.stack)};

	if (rescue.descriptor < 0)
		atexit(rescue_now);
	rescue.descriptor = descriptor;
	tcgetattr(descriptor, &rescue.modes);
	atomic_store(&needed, true);
	/* An overflow of the stack is a way out, too. */
	sigaltstack(&stack, NULL);
	sigfillset(&action.sa_mask);
	for (size_t i = 0; i < FATAL; i++) {
		sigaction(fatal[i], NULL, &rescue.before[i]);
		/* nohup means it */
		if (rescue.before[i].sa_handler != SIG_IGN)
			sigaction(fatal[i], &action, NULL);
	}
}

void rescue_set_bytes(struct span bytes)
{
	size_t n = bytes.n < MOST ? bytes.n : MOST;
	int which = !atomic_load(&rescue.which);

	memcpy(rescue.give_back[which].bytes, bytes.p, n);
	rescue.give_back[which].length = n;
	atomic_store(&rescue.which, which);
}

void rescue_resume(void)
{
	atomic_store(&needed, true);
}

void rescue_disarm(void)
{
	atomic_store(&needed, false);
	for (size_t i = 0; i < FATAL; i++)
		sigaction(fatal[i], &rescue.before[i], NULL);
}
