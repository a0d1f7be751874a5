/* What is still possible inside the sandbox and what is not, tried in a child
 * process for each row: there is no way out again. */
#define _GNU_SOURCE
#include "base/sandbox.h"

#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#endif

#include <cmocka.h>

static char top[] = "/tmp/acmtui-sandbox-XXXXXX";

static void put(const char *name)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	close(fd);
}

static int make_place(void **state)
{
	(void)state;
	if (!mkdtemp(top) || chdir(top) != 0)
		return -1;
	mkdir("read", 0755);
	mkdir("read/below", 0755);
	mkdir("write", 0755);
	mkdir("outside", 0755);
	put("read/file");
	put("read/below/file");
	put("write/old");
	put("outside/file");
	put("one");
	put("notes");
	put("closed");
	chmod("closed", 0);
	mkfifo("read/pipe", 0644);
	return symlink("../outside/file", "read/link");
}

static int remove_place(void **state)
{
	static const char *const names[] = {
		"read/below/file", "read/below", "read/file", "read/pipe",
		"read/link", "read", "write/old", "write/new", "write/newer",
		"write", "outside/file", "outside", "one", "notes",
		"closed",
	};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		remove(names[i]);
	return chdir("/") != 0 || rmdir(top) != 0;
}

/* Each answers errno, or 0 when it could be done. */

static int opened(const char *path, int flags)
{
	int fd = open(path, flags | O_NONBLOCK, 0600);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static int read_file(void) { return opened("read/file", O_RDONLY); }
static int read_deep(void) { return opened("read/below/file", O_RDONLY); }
static int read_folder(void) { return opened("read", O_RDONLY); }
static int read_pipe(void) { return opened("read/pipe", O_RDONLY); }
static int read_one(void) { return opened("one", O_RDONLY); }
static int read_gone(void) { return opened("read/gone", O_RDONLY); }
static int read_link(void) { return opened("read/link", O_RDONLY); }
static int read_outside(void) { return opened("outside/file", O_RDONLY); }
static int read_up(void) { return opened("read/../outside", O_RDONLY); }
static int read_passwd(void) { return opened("/etc/passwd", O_RDONLY); }
static int tell_who_refuses(void)
{
	return sandbox_refuses("outside/file", read_outside()) &&
	       !sandbox_refuses("closed", opened("closed", O_RDONLY)) &&
	       !sandbox_refuses("read/gone", read_gone()) ? 0 : EINVAL;
}

static int write_read(void) { return opened("read/file", O_WRONLY); }
static int write_one(void) { return opened("one", O_WRONLY); }
static int write_notes(void) { return opened("notes", O_WRONLY | O_APPEND); }
static int write_old(void) { return opened("write/old", O_RDWR | O_TRUNC); }

static int make_read(void)
{
	return opened("read/new", O_WRONLY | O_CREAT);
}

static int make_and_rename(void)
{
	int cause = opened("write/new", O_WRONLY | O_CREAT | O_EXCL);

	if (cause != 0)
		return cause;
	return rename("write/new", "write/newer") == 0 ? 0 : errno;
}

static int make_folder(void)
{
	return mkdir("write/folder", 0700) == 0 ? 0 : errno;
}

static int remove_read(void)
{
	return unlink("read/file") == 0 ? 0 : errno;
}

static int run_program(void)
{
	char *const arguments[] = {(char *)"true", NULL};

	execv("/bin/true", arguments);
	return errno;
}

static int make_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	if (pid < 0)
		return errno;
	waitpid(pid, NULL, 0);
	return 0;
}

static int call_the_net(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

static void *answer(void *argument)
{
	*(int *)argument = 42;
	return NULL;
}

static int make_thread(void)
{
	pthread_t thread;
	int done = 0;
	int cause = pthread_create(&thread, NULL, answer, &done);

	if (cause != 0)
		return cause;
	pthread_join(thread, NULL);
	return done == 42 ? 0 : -1;
}

/* What an editor and job control need. */
static int stop_and_measure(void)
{
	struct winsize size;

	if (raise(SIGCONT) != 0)
		return errno;
	return ioctl(STDIN_FILENO, TIOCGWINSZ, &size) == 0 ||
	       errno == ENOTTY || errno == EINVAL ? 0 : errno;
}

#ifdef __linux__
static int be_traced(void)
{
	return ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 ? 0 : errno;
}

static int type_into_terminal(void)
{
	return ioctl(STDIN_FILENO, TIOCSTI, "x") == 0 ? 0 : errno;
}

static int call_clone3(void)
{
	return syscall(SYS_clone3, NULL, 0) == 0 ? 0 : errno;
}

static int hold_privileges(void)
{
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : -1;
}

static int hold_dumps(void)
{
	struct rlimit limit;

	getrlimit(RLIMIT_CORE, &limit);
	return limit.rlim_max == 0 &&
	       prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 ? 0 : -1;
}

/* As the shell's <(command) names it; not root's privilege. */
static int read_substitution(void)
{
	char path[64];
	int ends[2];

	if (pipe(ends) != 0)
		return errno;
	snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
	return opened(path, O_RDONLY);
}
#endif

enum guard { ANY, FILES, CALLS };

/* Not a user whom the kernel lets do everything; but the counts of lines are
 * written to files of whoever builds. */
static void become_nobody(void)
{
#ifndef COVERED
	if (geteuid() == 0 && (chmod(top, 0777) != 0 ||
			       chown("write", 65534, 65534) != 0 ||
			       chown("write/old", 65534, 65534) != 0 ||
			       chown("notes", 65534, 65534) != 0 ||
			       setegid(65534) != 0 || seteuid(65534) != 0))
		_exit(EXIT_FAILURE);
#endif
}

static _Noreturn void leave(int status)
{
#ifdef COVERED
	exit(status);
#else
	_exit(status);
#endif
}

/* The answer of ATTEMPT inside, -1 when the guard is not in force. */
static int try_inside(int (*attempt)(void), enum guard guard,
		      struct sandbox_state *inside)
{
	const char *const may_read[] = {"read", "one", "nowhere"};
	const char *const may_write[] = {"write", "notes",
					 getenv("ACMTUI_BUILD")};
	struct sandbox_rules rules = {may_read, 3, may_write, 2};
	int result[2], ends[2];
	pid_t pid;

#ifdef COVERED
	rules.write_n += may_write[2] != NULL;
#endif
	assert_int_equal(pipe(ends), 0);
	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		become_nobody();
		sandbox_enter(&rules, inside);
		result[0] = guard == FILES && !inside->landlock ? -2 :
			    guard == CALLS && !inside->calls ? -2 :
			    attempt();
		if (write(ends[1], result, sizeof *result) < 0 ||
		    write(ends[1], inside, sizeof *inside) < 0)
			leave(EXIT_FAILURE);
		leave(EXIT_SUCCESS);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], result, sizeof *result),
			 sizeof *result);
	assert_int_equal(read(ends[0], inside, sizeof *inside),
			 sizeof *inside);
	close(ends[0]);
	waitpid(pid, NULL, 0);
	return result[0];
}

static void only_what_is_needed_can_be_done(void **state)
{
	static const struct {
		const char *what;
		int (*attempt)(void);
		enum guard guard;
		int cause;
	} rows[] = {
		{"read a file of the folder", read_file, ANY, 0},
		{"read below the folder", read_deep, ANY, 0},
		{"list the folder", read_folder, ANY, 0},
		{"read a pipe", read_pipe, ANY, 0},
		{"read a file that was named", read_one, ANY, 0},
		{"name what is not there", read_gone, ANY, ENOENT},
		{"write a file that was named", write_notes, ANY, 0},
		{"write over a file", write_old, ANY, 0},
		{"make a file and rename it", make_and_rename, ANY, 0},
		{"make a thread", make_thread, ANY, 0},
		{"measure the terminal", stop_and_measure, ANY, 0},
		{"follow a link to outside", read_link, FILES, EACCES},
		{"read outside", read_outside, FILES, EACCES},
		{"go up and outside", read_up, FILES, EACCES},
		{"tell who refuses", tell_who_refuses, FILES, 0},
		{"read passwd", read_passwd, FILES, EACCES},
		{"write what may be read", write_read, FILES, EACCES},
		{"write the file to read", write_one, FILES, EACCES},
		{"make where may be read", make_read, FILES, EACCES},
		{"make a folder", make_folder, FILES, EACCES},
		{"remove where may be read", remove_read, FILES, EACCES},
		{"run a program", run_program, CALLS, EPERM},
		{"make a process", make_process, CALLS, EPERM},
		{"call the net", call_the_net, CALLS, EPERM},
#ifdef __linux__
		{"be traced", be_traced, CALLS, EPERM},
		{"type into the terminal", type_into_terminal, CALLS, EPERM},
		{"call clone3", call_clone3, CALLS, ENOSYS},
		{"hold no privileges", hold_privileges, ANY, 0},
		{"hold no dumps", hold_dumps, ANY, 0},
		{"read what the shell substitutes", read_substitution, ANY, 0},
#endif
	};
	struct sandbox_state inside;

	(void)state;
#ifdef SANITIZED
	puts("SKIP: sanitizers need what the sandbox refuses");
	skip();
#endif
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int cause = try_inside(rows[i].attempt, rows[i].guard,
				       &inside);

		if (cause == -2)
			printf("SKIP: cannot see who may %s: no %s here\n",
			       rows[i].what, rows[i].guard == FILES ?
			       "Landlock" : "seccomp");
		else if (cause != rows[i].cause)
			fail_msg("to %s: %s", rows[i].what, strerror(cause));
	}
}

static void it_says_what_is_in_force(void **state)
{
	static const struct {
		struct sandbox_state state;
		const char *text;
	} rows[] = {
		{{.entered = false}, "off"},
		{{.entered = true, .no_dumps = true, .no_privileges = true,
		  .landlock = 7, .calls = 80},
		 "no dumps, no new privileges, files by Landlock 7, "
		 "80 system calls refused by seccomp"},
		{{.entered = true, .landlock_cause = ENOSYS,
		  .calls_cause = EINVAL},
		 "dumps are possible, new privileges are possible, all files "
		 "(not offered), all system calls (Invalid argument)"},
	};
	struct sandbox_state inside;
	struct buffer b = {0};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buffer_clear(&b);
		sandbox_describe(&rows[i].state, &b);
		assert_string_equal(buffer_text(&b), rows[i].text);
	}
	try_inside(read_one, ANY, &inside);
	buffer_clear(&b);
	sandbox_describe(&inside, &b);
	printf("here: %s\n", buffer_text(&b));
#ifdef SANITIZED
	assert_string_equal(buffer_text(&b), "off");
#else
	assert_true(inside.no_dumps);
	assert_true(inside.landlock > 0 || inside.landlock_cause != 0);
#ifdef __linux__
	/* What the kernel offers is taken. */
	if (syscall(444, NULL, 0, 1) > 0)
		assert_true(inside.landlock > 0);
#endif
	assert_true(inside.calls > 40 || inside.calls_cause != 0);
#endif
	buffer_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_is_needed_can_be_done),
		cmocka_unit_test(it_says_what_is_in_force),
	};

	return cmocka_run_group_tests(tests, make_place, remove_place);
}
