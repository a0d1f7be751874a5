/* A file that is taken out: whole under its name, or not at all. */
#define _XOPEN_SOURCE 700
#include "write/export.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[64];

static char *path(const char *name)
{
	static char whole[128];

	snprintf(whole, sizeof whole, "%s/%s", folder, name);
	return whole;
}

static bool is_there(const char *name)
{
	return access(path(name), F_OK) == 0;
}

static bool is_part_there(void)
{
	char name[64];

	snprintf(name, sizeof name, ".a.csv.%ld.part", (long)getpid());
	return is_there(name);
}

static struct export start(void)
{
	struct export e;
	struct error err;

	assert_true(export_start(&e, folder, SPAN("a.csv"), &err));
	assert_int_equal(write(e.fd, "half", 4), 4);
	return e;
}

static void a_file_has_its_name_only_once_it_is_whole(void **state)
{
	struct export e = start();
	struct error err;
	struct stat s;

	(void)state;
	assert_false(is_there("a.csv"));
	assert_true(is_part_there());
	assert_true(export_end(&e, true, &err));
	assert_int_equal(stat(path("a.csv"), &s), 0);
	assert_int_equal(s.st_mode & 07777, 0600);
	assert_int_equal(s.st_size, 4);
	assert_int_equal(s.st_nlink, 1);
	assert_false(is_part_there());
}

static void what_was_not_written_whole_is_gone(void **state)
{
	struct export e = start();
	struct error err;

	(void)state;
	assert_false(export_end(&e, false, &err));
	assert_false(is_there("a.csv"));
	assert_false(is_part_there());
}

/* Before it is begun, and while it is written. */
static void what_is_there_is_never_replaced(void **state)
{
	struct export e = start(), late;
	struct error err;
	struct stat s;

	(void)state;
	assert_int_equal(symlink("nowhere", path("a.csv")), 0);
	assert_false(export_start(&late, folder, SPAN("a.csv"), &err));
	assert_false(export_end(&e, true, &err));
	assert_non_null(strstr(err.text, "exists"));
	assert_int_equal(lstat(path("a.csv"), &s), 0);
	assert_true(S_ISLNK(s.st_mode));
	assert_false(is_part_there());
	assert_false(is_there("nowhere"));
}

static int make_folder(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "export-test-XXXXXX");
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	unlink(path("a.csv"));
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, make_folder, \
						   remove_folder)
		TEST(a_file_has_its_name_only_once_it_is_whole),
		TEST(what_was_not_written_whole_is_gone),
		TEST(what_is_there_is_never_replaced),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
