/* The sink keeps what is written in order and tells what went wrong. */
#define _POSIX_C_SOURCE 200809L
#include "write/sink.h"

#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static void all_that_is_added_arrives(void **state)
{
	char name[] = "sink-XXXXXX";
	int fd = mkstemp(name);
	struct sink sink;
	struct error err;

	(void)state;
	assert_true(fd >= 0);
	unlink(name);
	sink_start(&sink, fd, false, SHOW_UNICODE, NULL);
	for (int i = 0; i < 100000; i++) {
		buffer_printf(&sink.row, "%05d\n", i);
		assert_true(sink_turn(&sink));
	}
	assert_true(sink_finish(&sink, &err));
	assert_int_equal(lseek(fd, 0, SEEK_END), 600000);
	for (int i = 0; i < 100000; i += 777) {
		char line[6], want[16];

		snprintf(want, sizeof want, "%05d\n", i);
		assert_int_equal(pread(fd, line, 6, i * 6), 6);
		assert_memory_equal(line, want, 6);
	}
	close(fd);
}

static void a_full_device_is_an_error(void **state)
{
	int fd = open("/dev/full", O_WRONLY);
	struct sink sink;
	struct error err = {0};

	(void)state;
	if (fd < 0)
		skip();
	sink_start(&sink, fd, false, SHOW_UNICODE, NULL);
	buffer_add_text(&sink.row, "x\n");
	assert_true(sink_turn(&sink));
	assert_false(sink_finish(&sink, &err));
	assert_string_equal(err.text,
			    "standard output: No space left on device");
	assert_int_equal(sink.state, SINK_FAILED);
	close(fd);
}

static void a_reader_that_left_ends_the_work_quietly(void **state)
{
	int fd[2];
	struct sink sink;
	struct error err;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(fd), 0);
	close(fd[0]);
	sink_start(&sink, fd[1], false, SHOW_UNICODE, NULL);
	memset(buffer_room(&sink.row, 1 << 16), 'x', 1 << 16);
	sink.row.n = 1 << 16;
	assert_false(sink_turn(&sink));
	buffer_add_text(&sink.row, "more");
	assert_false(sink_turn(&sink));
	assert_true(sink_finish(&sink, &err));
	assert_int_equal(sink.state, SINK_CLOSED);
	close(fd[1]);
}

static void cancelled_output_ends_before_the_next_write(void **state)
{
	int fd[2];
	char byte;
	atomic_bool cancel = true;
	struct sink sink;
	struct error err;

	(void)state;
	assert_int_equal(pipe(fd), 0);
	sink_start(&sink, fd[1], false, SHOW_UNICODE, &cancel);
	buffer_add_text(&sink.row, "x\n");
	assert_true(sink_finish(&sink, &err));
	assert_int_equal(sink.state, SINK_CANCELLED);
	close(fd[1]);
	assert_int_equal(read(fd[0], &byte, 1), 0);
	close(fd[0]);
}

static void text_for_a_terminal_is_made_safe(void **state)
{
	struct sink sink;

	(void)state;
	sink_start(&sink, -1, true, SHOW_UNICODE, NULL);
	buffer_add_text(&sink.row, "7\t");
	buffer_add_text(&sink.row, "a\033[2Jb");
	sink_show(&sink, 2);
	assert_string_equal(buffer_text(&sink.row), "7\ta\\u001b[2Jb");
	buffer_free(&sink.row);
	buffer_free(&sink.scratch);
}

static void text_for_a_program_stays_as_it_is(void **state)
{
	struct sink sink;

	(void)state;
	sink_start(&sink, -1, false, SHOW_UNICODE, NULL);
	buffer_add_text(&sink.row, "a\033[2Jb");
	sink_show(&sink, 0);
	assert_string_equal(buffer_text(&sink.row), "a\033[2Jb");
	buffer_free(&sink.row);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_is_added_arrives),
		cmocka_unit_test(a_full_device_is_an_error),
		cmocka_unit_test(a_reader_that_left_ends_the_work_quietly),
		cmocka_unit_test(cancelled_output_ends_before_the_next_write),
		cmocka_unit_test(text_for_a_terminal_is_made_safe),
		cmocka_unit_test(text_for_a_program_stays_as_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
