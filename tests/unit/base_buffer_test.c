/* A buffer is filled from a descriptor up to its end or a limit, whatever comes
 * between. */
#define _POSIX_C_SOURCE 200809L
#include "base/buffer.h"

#include "base/error.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define MIB ((size_t)1 << 20)

static void a_descriptor_is_read_to_its_end_or_the_limit(void **state)
{
	static const struct {
		size_t size, most;
		const char *says;
	} rows[] = {
		{0, MIB, NULL}, {1, MIB, NULL}, {MIB, MIB, NULL},
		{MIB + 1, MIB, "list: larger than 1 MiB"},
		{3 * MIB, 2 * MIB, "list: larger than 2 MiB"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		char name[] = "/tmp/acmtui-test-XXXXXX";
		int fd = mkstemp(name);
		struct buffer b = {0};
		struct error err = {.text = ""};

		assert_true(fd >= 0);
		unlink(name);
		assert_int_equal(ftruncate(fd, (off_t)rows[i].size), 0);
		buffer_add_text(&b, "before");
		assert_int_equal(buffer_read(&b, fd, rows[i].most, "list",
					     &err), rows[i].says == NULL);
		assert_string_equal(err.text, rows[i].says ? rows[i].says : "");
		if (!rows[i].says)
			assert_int_equal(b.n, 6 + rows[i].size);
		assert_memory_equal(b.p, "before", 6);
		close(fd);
		buffer_free(&b);
	}
}

static void what_cannot_be_read_is_told(void **state)
{
	int folder = open("/", O_RDONLY);
	struct buffer b = {0};
	struct error err;

	(void)state;
	assert_false(buffer_read(&b, folder, MIB, "list", &err));
	assert_string_equal(err.text, "list: Is a directory");
	close(folder);
	buffer_free(&b);
}

static int writer;

static void write_and_close(int signal)
{
	(void)signal;
	if (write(writer, "text", 4) == 4)
		close(writer);
}

/* A read that waits is interrupted before anything comes. */
static void a_signal_ends_no_reading(void **state)
{
	const struct sigaction action = {.sa_handler = write_and_close};
	const struct itimerval soon = {.it_value = {.tv_usec = 20000}};
	struct buffer b = {0};
	struct error err;
	int ends[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	writer = ends[1];
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	assert_true(buffer_read(&b, ends[0], MIB, "pipe", &err));
	assert_true(span_is(buffer_span(&b), "text"));
	close(ends[0]);
	buffer_free(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_descriptor_is_read_to_its_end_or_the_limit),
		cmocka_unit_test(what_cannot_be_read_is_told),
		cmocka_unit_test(a_signal_ends_no_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
