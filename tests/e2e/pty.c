/* Owns the child and the master side. */
#define _GNU_SOURCE
#include "pty.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utmp.h>

static _Noreturn void become(const char *folder, const char *errors,
			     const char *input, char *const *argv,
			     char *const *environment)
{
	int descriptor;

	if (chdir(folder) != 0)
		_exit(126);
	descriptor = open(errors, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (descriptor < 0 || dup2(descriptor, STDERR_FILENO) < 0)
		_exit(126);
	close(descriptor);
	if (input) {
		descriptor = open(input, O_RDONLY);
		if (descriptor < 0 || dup2(descriptor, STDIN_FILENO) < 0)
			_exit(126);
		close(descriptor);
	}
	execve(argv[0], argv, environment);
	_exit(127);
}

bool pty_start(struct pty *p, int rows, int columns, const char *folder,
	       const char *errors, const char *input, char *const *argv,
	       char *const *environment)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)columns};
	int slave;

	if (openpty(&p->master, &slave, NULL, NULL, &size) != 0 ||
	    tcgetattr(slave, &p->modes) != 0)
		return false;
	fcntl(p->master, F_SETFD, FD_CLOEXEC);
	p->pid = fork();
	if (p->pid == 0) {
		if (login_tty(slave) != 0)
			_exit(126);
		become(folder, errors, input, argv, environment);
	}
	close(slave);
	return p->pid > 0;
}

bool pty_write(struct pty *p, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t written = write(p->master, bytes, n);

		if (written < 0 && errno != EINTR && errno != EAGAIN)
			return false;
		if (written > 0) {
			bytes += written;
			n -= (size_t)written;
		}
	}
	return true;
}

void pty_resize(struct pty *p, int rows, int columns)
{
	struct winsize size = {.ws_row = (unsigned short)rows,
			       .ws_col = (unsigned short)columns};

	ioctl(p->master, TIOCSWINSZ, &size);
}

long pty_read(struct pty *p, char *bytes, size_t most, int timeout)
{
	struct pollfd fd = {.fd = p->master, .events = POLLIN};
	ssize_t n;
	int ready;

	do {
		ready = poll(&fd, 1, timeout);
	} while (ready < 0 && errno == EINTR);
	if (ready == 0)
		return -1;
	n = read(p->master, bytes, most);
	/* EIO: the last descriptor of the other side was closed. */
	return n > 0 ? n : 0;
}

bool pty_modes_restored(const struct pty *p)
{
	struct termios now;

	return tcgetattr(p->master, &now) == 0 &&
	       now.c_iflag == p->modes.c_iflag &&
	       now.c_oflag == p->modes.c_oflag &&
	       now.c_cflag == p->modes.c_cflag &&
	       now.c_lflag == p->modes.c_lflag &&
	       memcmp(now.c_cc, p->modes.c_cc, sizeof(now.c_cc)) == 0;
}

int pty_end(struct pty *p, int timeout)
{
	struct pollfd none = {.fd = -1};
	int status = -1;

	for (int waited = 0; waited < timeout; waited++) {
		if (waitpid(p->pid, &status, WNOHANG) == p->pid)
			return status;
		poll(&none, 1, 1);
	}
	kill(p->pid, SIGKILL);
	waitpid(p->pid, &status, 0);
	return -1;
}
