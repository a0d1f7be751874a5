/* Owns the way into the sandbox: no dumps, no privileges, files by Landlock,
 * system calls by seccomp.  Takes paths, keeps nothing; must not know what
 * they are for.  Each part is tried alone, and its absence is no error. */
#define _GNU_SOURCE
#include "base/sandbox.h"

#include "platform.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined __linux__ && !defined SANITIZED
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#ifdef HAVE_SECCOMP
#include <seccomp.h>
#endif

/* Landlock as Documentation/userspace-api/landlock.rst of the kernel has it:
 * the headers of a system are often older than its kernel, and the numbers are
 * the same everywhere. */
enum {
	CREATE_RULESET = 444,
	ADD_RULE = 445,
	RESTRICT_SELF = 446,
	CREATE_VERSION = 1,
	RULE_BENEATH = 1
};

enum {
	EXECUTE = 1 << 0,
	WRITE_FILE = 1 << 1,
	READ_FILE = 1 << 2,
	READ_DIR = 1 << 3,
	REMOVE_FILE = 1 << 5,
	MAKE_FILE = 1 << 8,
	REFER = 1 << 13,        /* from version 2 */
	TRUNCATE = 1 << 14,     /* from 3 */
	DEVICE_IOCTL = 1 << 15, /* from 5 */

	OF_FIRST_VERSION = (1 << 13) - 1,
	OF_READER = READ_FILE | READ_DIR,
	OF_WRITER = OF_READER | WRITE_FILE | REMOVE_FILE | MAKE_FILE |
		    TRUNCATE,
	OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE
};

struct ruleset {
	uint64_t files;
	uint64_t network;       /* from 4: listen and connect */
	uint64_t scope;         /* from 6: abstract sockets */
};

struct beneath {
	uint64_t allowed;
	int32_t parent;
} __attribute__((packed));

static struct ruleset handled(int version)
{
	struct ruleset r = {.files = OF_FIRST_VERSION};

	if (version >= 2)
		r.files |= REFER;
	if (version >= 3)
		r.files |= TRUNCATE;
	if (version >= 4)
		r.network = 3;
	if (version >= 5)
		r.files |= DEVICE_IOCTL;
	if (version >= 6)
		r.scope = 1;
	return r;
}

/* What cannot be opened or ruled stays forbidden. */
static void allow(int ruleset, const char *path, uint64_t allowed)
{
	struct beneath rule = {.allowed = allowed};
	struct stat s;

	rule.parent = open(path, O_PATH | O_CLOEXEC);
	if (rule.parent < 0)
		return;
	if (fstat(rule.parent, &s) == 0 && !S_ISDIR(s.st_mode))
		rule.allowed &= OF_A_FILE;
	syscall(ADD_RULE, ruleset, RULE_BENEATH, &rule, 0);
	close(rule.parent);
}

static bool guard_files(const struct sandbox_rules *rules, int version)
{
	struct ruleset attributes = handled(version);
	int ruleset = (int)syscall(CREATE_RULESET, &attributes,
				   sizeof attributes, 0);
	bool done;
	int cause;

	if (ruleset < 0)
		return false;
	for (size_t i = 0; i < rules->read_n; i++)
		allow(ruleset, rules->read[i], OF_READER);
	for (size_t i = 0; i < rules->write_n; i++)
		allow(ruleset, rules->write[i], OF_WRITER & attributes.files);
	done = syscall(RESTRICT_SELF, ruleset, 0) == 0;
	cause = errno;
	close(ruleset);
	errno = cause;
	return done;
}

static void enter_landlock(const struct sandbox_rules *rules,
			   struct sandbox_state *state)
{
	int version = (int)syscall(CREATE_RULESET, NULL, 0, CREATE_VERSION);

	if (version > 0 && guard_files(rules, version))
		state->landlock = version;
	else
		state->landlock_cause = errno;
}

#ifdef HAVE_SECCOMP
/* Other programs, other processes, the network, the kernel's insides, and
 * ways around what is refused here. */
static const char *const refused[] = {
	"execve", "execveat", "fork", "vfork",
	"socket", "socketpair", "connect", "bind", "listen", "accept",
	"accept4", "sendto", "sendmsg", "sendmmsg",
	"ptrace", "process_vm_readv", "process_vm_writev", "process_madvise",
	"pidfd_open", "pidfd_getfd", "pidfd_send_signal", "kcmp",
	"bpf", "perf_event_open", "userfaultfd",
	"io_uring_setup", "io_uring_enter", "io_uring_register",
	"mount", "umount", "umount2", "pivot_root", "chroot", "unshare",
	"setns", "fsopen", "fsconfig", "fsmount", "fspick", "move_mount",
	"open_tree", "mount_setattr", "mknod", "mknodat",
	"name_to_handle_at", "open_by_handle_at",
	"init_module", "finit_module", "delete_module", "create_module",
	"kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff",
	"add_key", "request_key", "keyctl", "quotactl", "acct", "syslog",
	"iopl", "ioperm", "modify_ldt", "vm86", "personality",
	"settimeofday", "clock_settime", "clock_adjtime", "adjtimex",
	"sethostname", "setdomainname", "vhangup", "lookup_dcookie",
	"setuid", "setgid", "setreuid", "setregid", "setresuid", "setresgid",
	"setgroups", "setfsuid", "setfsgid", "capset",
};

static void refuse(scmp_filter_ctx filter, const char *name, int cause,
		   struct sandbox_state *state)
{
	int call = seccomp_syscall_resolve_name(name);

	/* Below zero it is unknown, or another processor's. */
	if (call >= 0 &&
	    seccomp_rule_add(filter, SCMP_ACT_ERRNO((uint16_t)cause), call,
			     0) == 0)
		state->calls++;
}

/* Characters put into the terminal would be read by the shell afterwards. */
static void refuse_typing(scmp_filter_ctx filter)
{
	seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(ioctl), 1,
			 SCMP_A1(SCMP_CMP_MASKED_EQ, 0xffffffff, TIOCSTI));
}

/* A thread is a clone that shares what threads share.  clone3 hides its flags
 * in memory; ENOSYS makes libc take clone, EPERM would end pthread_create. */
static void refuse_processes(scmp_filter_ctx filter,
			     struct sandbox_state *state)
{
	seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
			 SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	refuse(filter, "clone3", ENOSYS, state);
}

static void enter_seccomp(struct sandbox_state *state)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
	int result = -ENOMEM;

	if (filter) {
		for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
			refuse(filter, refused[i], EPERM, state);
		refuse_typing(filter);
		refuse_processes(filter, state);
		result = seccomp_load(filter);
		seccomp_release(filter);
	}
	if (result != 0) {
		state->calls = 0;
		state->calls_cause = -result;
	}
}
#else
static void enter_seccomp(struct sandbox_state *state)
{
	state->calls_cause = ENOSYS;
}
#endif

static void confine(const struct sandbox_rules *rules,
		    struct sandbox_state *state)
{
	state->no_dumps &= prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
	state->no_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
	/* Landlock first: seccomp could be made to refuse its calls. */
	enter_landlock(rules, state);
	enter_seccomp(state);
}
#elif !defined SANITIZED
static void confine(const struct sandbox_rules *rules,
		    struct sandbox_state *state)
{
	(void)rules;
	state->landlock_cause = state->calls_cause = ENOSYS;
}
#endif

/* A sanitizer reads its own maps, starts a program that knows the names of
 * functions, and writes reports: nothing is given up then. */
void sandbox_enter(const struct sandbox_rules *rules,
		   struct sandbox_state *state)
{
#ifdef SANITIZED
	(void)rules;
	*state = (struct sandbox_state){0};
#else
	const struct rlimit none = {0, 0};

	*state = (struct sandbox_state){.entered = true};
	state->no_dumps = setrlimit(RLIMIT_CORE, &none) == 0;
	confine(rules, state);
#endif
}

bool sandbox_refuses(const char *path, int cause)
{
	/* Landlock has no say in this call. */
	return cause == EACCES &&
	       faccessat(AT_FDCWD, path, R_OK, AT_EACCESS) == 0;
}

static void describe_cause(struct buffer *out, const char *what, int cause)
{
	buffer_printf(out, ", %s (%s)", what, cause == ENOSYS ?
		      "not offered" : strerror(cause));
}

void sandbox_describe(const struct sandbox_state *state, struct buffer *out)
{
	if (!state->entered) {
		buffer_add_text(out, "off");
		return;
	}
	buffer_add_text(out, state->no_dumps ? "no dumps" :
			"dumps are possible");
	buffer_add_text(out, state->no_privileges ? ", no new privileges" :
			", new privileges are possible");
	if (state->landlock)
		buffer_printf(out, ", files by Landlock %d", state->landlock);
	else
		describe_cause(out, "all files", state->landlock_cause);
	if (state->calls)
		buffer_printf(out, ", %u system calls refused by seccomp",
			      state->calls);
	else
		describe_cause(out, "all system calls", state->calls_cause);
}

void sandbox_version(struct buffer *out)
{
#if defined HAVE_SECCOMP && defined __linux__ && !defined SANITIZED
	const struct scmp_version *v = seccomp_version();

	if (v)
		buffer_printf(out, "%u.%u.%u", v->major, v->minor, v->micro);
#else
	(void)out;
#endif
}
