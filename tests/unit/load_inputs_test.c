/* From arguments to files: the order, what is refused and why, and that
 * nothing makes it wait. */
#define _GNU_SOURCE
#include "load/inputs.h"

#include "base/buffer.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* A folder of its own for each test, where the test stands. */
struct place {
	char path[64];
	int before;
};

static int enter(void **state)
{
	struct place *place = calloc(1, sizeof *place);

	strcpy(place->path, "/tmp/acmtui-inputs-XXXXXX");
	place->before = open(".", O_RDONLY | O_DIRECTORY);
	if (place->before < 0 || !mkdtemp(place->path) ||
	    chdir(place->path) != 0)
		return -1;
	*state = place;
	return 0;
}

static int remove_one(const char *path, const struct stat *s, int type,
		      struct FTW *where)
{
	(void)s;
	(void)type;
	(void)where;
	return remove(path);
}

static int leave(void **state)
{
	struct place *place = *state;

	if (fchdir(place->before) != 0)
		return -1;
	close(place->before);
	nftw(place->path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	free(place);
	return 0;
}

static void put(const char *name, const char *text)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), strlen(text));
	close(fd);
}

/* All inputs of the arguments, one path a line. */
static void list(struct buffer *out, const char *const *arguments)
{
	size_t count = 0;
	struct inputs *in;
	struct input input;

	while (arguments[count])
		count++;
	in = inputs_new(arguments, count);
	while (inputs_next(in, &input)) {
		buffer_add_text(out, input.path);
		buffer_add_byte(out, '\n');
		free(input.path);
	}
	assert_false(inputs_next(in, &input));
	inputs_free(in);
}

static void assert_listed(const char *const *arguments, const char *expected)
{
	struct buffer b = {0};

	list(&b, arguments);
	assert_string_equal(buffer_text(&b), expected);
	buffer_free(&b);
}

#define LISTED(expected, ...) \
	assert_listed((const char *const[]){__VA_ARGS__, NULL}, expected)

static void arguments_keep_their_order_and_folders_are_sorted(void **state)
{
	(void)state;
	put("z.json", "{}");
	put("a.json", "{}");
	mkdir("logs", 0700);
	mkdir("logs/b", 0700);
	mkdir("logs/b/empty", 0700);
	mkdir("logs/b/deep", 0700);
	put("logs/b/deep/x", "");
	put("logs/b.json", "");
	put("logs/a", "");
	put("logs/B", "");
	put("logs/\xc3\xa4", "");
	put("logs/c", "");
	put("logs/.hidden", "");
	LISTED("z.json\nlogs/.hidden\nlogs/B\nlogs/a\nlogs/b/deep/x\n"
	       "logs/b.json\nlogs/c\nlogs/\xc3\xa4\na.json\n",
	       "z.json", "logs", "a.json");
	LISTED("logs/b/deep/x\n", "logs/b/");
	LISTED("a.json\na.json\n", "a.json", "a.json");
	LISTED("", "logs/b/empty");
	assert_listed((const char *const[]){NULL}, "");
}

static void any_name_is_a_name(void **state)
{
	(void)state;
	mkdir("d", 0700);
	put("d/new\nline", "{}");
	put("d/\x1b[2J", "{}");
	put("d/-x", "{}");
	put("d/\xff\xfe", "{}");
	put("d/ ", "{}");
	LISTED("d/\x1b[2J\nd/ \nd/-x\nd/new\nline\nd/\xff\xfe\n", "d");
}

static void a_deep_tree_needs_no_stack(void **state)
{
	struct buffer path = {0};

	(void)state;
	buffer_add_text(&path, "d");
	for (int i = 0; i < 1000; i++) {
		assert_int_equal(mkdir(buffer_text(&path), 0700), 0);
		buffer_add_text(&path, "/d");
	}
	put(buffer_text(&path), "{}");
	buffer_add_byte(&path, '\n');
	LISTED(buffer_text(&path), "d");
	buffer_free(&path);
}

static void links_are_followed_as_arguments_only(void **state)
{
	(void)state;
	mkdir("d", 0700);
	put("d/file", "{}");
	assert_int_equal(symlink(".", "d/loop"), 0);
	assert_int_equal(symlink("../d", "d/up"), 0);
	assert_int_equal(symlink("d", "link"), 0);
	LISTED("link/file\nlink/loop\nlink/up\n", "link");
	/* A million levels are not walked: the link is an argument once. */
	LISTED("d/loop/file\nd/loop/loop\nd/loop/up\n", "d/loop");
}

/* The kind and what is said about the N-th input of an argument. */
static enum input_kind kind_of(const char *argument, int n,
			       struct error *err)
{
	struct inputs *in = inputs_new(&argument, 1);
	struct input_file file;
	struct input input;
	enum input_kind kind;

	*err = (struct error){0};
	assert_true(inputs_next(in, &input));
	while (n-- > 0) {
		free(input.path);
		assert_true(inputs_next(in, &input));
	}
	kind = inputs_open(&input, &file, err);
	assert_int_equal(kind, file.kind);
	if (kind == INPUT_REGULAR || kind == INPUT_STREAM)
		assert_true(fcntl(file.fd, F_GETFD) & FD_CLOEXEC);
	else
		assert_int_equal(file.fd, -1);
	assert_true(inputs_close(&file, NULL));
	free(input.path);
	inputs_free(in);
	return kind;
}

static void bind_socket(const char *name)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	snprintf(a.sun_path, sizeof a.sun_path, "%s", name);
	assert_int_equal(bind(fd, (struct sockaddr *)&a, sizeof a), 0);
	close(fd);
}

static void what_is_no_file_is_named_and_never_waited_for(void **state)
{
	static const struct {
		const char *argument;
		int n;
		enum input_kind kind;
		const char *says;
	} rows[] = {
		{"file", 0, INPUT_REGULAR, ""},
		{"link", 0, INPUT_REGULAR, ""},
		{"d", 1, INPUT_REGULAR, ""},
		{"d", 0, INPUT_SKIPPED, "a pipe inside a folder"},
		{"d", 2, INPUT_SKIPPED, "a link inside a folder"},
		{"d", 3, INPUT_SKIPPED, "a socket"},
		{"d/a", 0, INPUT_STREAM, ""},
		{"d/s", 0, INPUT_REFUSED, "cannot open: it is a socket"},
		{"/dev/zero", 0, INPUT_REFUSED, "cannot open: it is a device"},
		{"/dev/null", 0, INPUT_REFUSED, "cannot open: it is a device"},
		{"nowhere", 0, INPUT_REFUSED, "cannot open: No such file"},
		{"", 0, INPUT_REFUSED, "cannot open: No such file"},
		{"file/below", 0, INPUT_REFUSED, "cannot open: Not a dir"},
		{"dangling", 0, INPUT_REFUSED, "cannot open: No such file"},
		{"myself", 0, INPUT_REFUSED, "cannot open: Too many levels"},
	};

	(void)state;
	put("file", "{}");
	mkdir("d", 0700);
	assert_int_equal(mkfifo("d/a", 0600), 0);
	put("d/b", "{}");
	assert_int_equal(symlink("b", "d/c"), 0);
	bind_socket("d/s");
	assert_int_equal(symlink("d/b", "link"), 0);
	assert_int_equal(symlink("nothing", "dangling"), 0);
	assert_int_equal(symlink("myself", "myself"), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct error err;
		enum input_kind kind = kind_of(rows[i].argument, rows[i].n,
					       &err);

		if (kind != rows[i].kind ||
		    strncmp(err.text, rows[i].says, strlen(rows[i].says)) ||
		    (rows[i].says[0] == '\0') != (err.text[0] == '\0'))
			fail_msg("%s %d: %d %s", rows[i].argument, rows[i].n,
				 kind, err.text);
	}
}

/* What a file system that lists no types, or a change between listing and
 * opening, leads to. */
static void what_was_listed_may_be_another_thing_by_now(void **state)
{
	static const struct {
		const char *path;
		enum input_place place;
		enum input_kind kind;
		const char *says;
	} rows[] = {
		{"file", INPUT_IN_FOLDER, INPUT_REGULAR, ""},
		{"gone", INPUT_IN_FOLDER, INPUT_REFUSED, "No such file"},
		{"link", INPUT_IN_FOLDER, INPUT_REFUSED, "Too many levels"},
		{"pipe", INPUT_IN_FOLDER, INPUT_REFUSED, "no longer a file"},
		{"/dev/zero", INPUT_IN_FOLDER, INPUT_REFUSED,
		 "no longer a file"},
		{"d", INPUT_IN_FOLDER, INPUT_REFUSED, "it is a folder"},
	};

	(void)state;
	put("file", "{}");
	mkdir("d", 0700);
	assert_int_equal(symlink("file", "link"), 0);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct input input = {.place = rows[i].place,
				      .path = (char *)rows[i].path};
		struct input_file file;
		struct error err = {0};
		enum input_kind kind = inputs_open(&input, &file, &err);

		if (kind != rows[i].kind || !strstr(err.text, rows[i].says))
			fail_msg("%s: %d %s", rows[i].path, kind, err.text);
		inputs_close(&file, NULL);
	}
}

/* Whom nothing belongs to: root could read all the same. */
static void become_nobody(void)
{
	assert_int_equal(chmod(".", 0755), 0);
	assert_int_equal(seteuid(65534), 0);
}

static void a_folder_that_cannot_be_listed_is_a_problem_of_its_own(
	void **state)
{
	struct input broken = {.place = INPUT_BROKEN_FOLDER, .cause = EACCES,
			       .path = (char[]){"."}};
	bool root = geteuid() == 0;
	struct input_file file;
	struct error err;

	(void)state;
	assert_int_equal(inputs_open(&broken, &file, &err), INPUT_REFUSED);
	assert_string_equal(err.text,
			    "cannot list the folder: Permission denied");
	/* It could be, by its rights. */
	assert_non_null(strstr(err.hint, "--no-sandbox"));
	mkdir("d", 0755);
	mkdir("d/closed", 0700);
	put("d/closed/file", "{}");
	put("d/last", "{}");
	chmod("d/last", 0644);
	put("secret", "{}");
	chmod("d/closed", 0);
	chmod("secret", 0);
	if (root)
		become_nobody();
	LISTED("d/closed\nd/last\nsecret\n", "d", "secret");
	assert_int_equal(kind_of("d", 0, &err), INPUT_REFUSED);
	assert_string_equal(err.text,
			    "cannot list the folder: Permission denied");
	assert_string_equal(err.hint, "");
	assert_int_equal(kind_of("d", 1, &err), INPUT_REGULAR);
	assert_int_equal(kind_of("d/closed", 0, &err), INPUT_REFUSED);
	assert_int_equal(kind_of("secret", 0, &err), INPUT_REFUSED);
	assert_string_equal(err.text, "cannot open: Permission denied");
	if (root)
		assert_int_equal(seteuid(0), 0);
	chmod("d/closed", 0700);
}

/* With FD as standard input. */
static enum input_kind kind_of_standard_input(int fd, struct error *err)
{
	int before = dup(STDIN_FILENO);
	enum input_kind kind;

	assert_true(before >= 0);
	dup2(fd, STDIN_FILENO);
	kind = kind_of("-", 0, err);
	dup2(before, STDIN_FILENO);
	close(before);
	return kind;
}

static void standard_input_may_be_a_pipe_or_a_file(void **state)
{
	struct error err;
	int ends[2], fd;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(kind_of_standard_input(ends[0], &err), INPUT_STREAM);
	close(ends[0]);
	close(ends[1]);
	put("file", "{}");
	fd = open("file", O_RDONLY);
	assert_int_equal(kind_of_standard_input(fd, &err), INPUT_REGULAR);
	close(fd);
	fd = open("/dev/null", O_RDONLY);
	assert_int_equal(kind_of_standard_input(fd, &err), INPUT_STREAM);
	close(fd);
	fd = open(".", O_RDONLY);
	assert_int_equal(kind_of_standard_input(fd, &err), INPUT_REFUSED);
	assert_string_equal(err.text, "cannot open: it is a folder");
	close(fd);
	fd = posix_openpt(O_RDWR | O_NOCTTY);
	if (fd >= 0) {
		assert_int_equal(kind_of_standard_input(fd, &err),
				 INPUT_REFUSED);
		assert_string_equal(err.text, "cannot open: it is the terminal");
		close(fd);
	}
}

static void standard_input_is_read_once(void **state)
{
	const char *const arguments[] = {"-", "./-", "-"};
	struct inputs *in = inputs_new(arguments, 3);
	struct input_file file;
	struct input input;
	struct error err;

	(void)state;
	put("-", "{}");
	assert_true(inputs_next(in, &input));
	assert_int_equal(input.place, INPUT_STANDARD);
	free(input.path);
	assert_true(inputs_next(in, &input));
	assert_int_equal(input.place, INPUT_ARGUMENT);
	free(input.path);
	assert_true(inputs_next(in, &input));
	assert_int_equal(inputs_open(&input, &file, &err), INPUT_REFUSED);
	assert_string_equal(err.text,
			    "cannot open: standard input is read once only");
	free(input.path);
	inputs_free(in);
}

static void set_back(const char *name)
{
	struct timeval times[2] = {{1458270245, 0}, {1458270245, 0}};

	assert_int_equal(utimes(name, times), 0);
}

static void a_change_while_reading_is_noticed(void **state)
{
	static const struct {
		const char *text;       /* NULL: nothing happens */
		const char *says;
	} rows[] = {
		{NULL, ""},
		{"{\"a\":1}", "changed while it was read: it shrank from 10 "
			      "to 7 bytes"},
		{"{\"a\":5678}", "changed while it was read"},
		{"{\"a\":567890}", "changed while it was read"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct input input = {.path = (char *)"file"};
		struct input_file file;
		struct error err = {0};

		put("file", "{\"a\":1234}");
		set_back("file");
		assert_int_equal(inputs_open(&input, &file, &err),
				 INPUT_REGULAR);
		assert_int_equal(file.size, 10);
		if (rows[i].text)
			put("file", rows[i].text);
		assert_int_equal(inputs_close(&file, &err),
				 rows[i].text == NULL);
		assert_string_equal(err.text, rows[i].says);
		assert_int_equal(file.fd, -1);
		assert_true(inputs_close(&file, &err));
	}
}

static void a_walk_may_be_given_up(void **state)
{
	const char *const arguments[] = {"d"};
	struct inputs *in = inputs_new(arguments, 1);
	struct input input;

	(void)state;
	mkdir("d", 0700);
	mkdir("d/e", 0700);
	put("d/e/a", "");
	put("d/e/b", "");
	assert_true(inputs_next(in, &input));
	free(input.path);
	inputs_free(in);
	inputs_free(NULL);
}

#define LOG "123456789012_CloudTrail_us-east-1_20160318T0305Z_"
#define DIGEST "123456789012_CloudTrail-Digest_us-east-1_"

static void names_of_cloudtrail_are_understood(void **state)
{
	static const struct {
		const char *path;
		bool known, digest;
		int64_t time;
		const char *family, *region, *unique;
	} rows[] = {
		{LOG "0aBcDeFgHiJkLmNo.json.gz", true, false, 1458270300000,
		 "CloudTrail", "us-east-1", "0aBcDeFgHiJkLmNo"},
		{"/a_b/" LOG "x.json", true, false, 1458270300000,
		 "CloudTrail", "us-east-1", "x"},
		{"123456789012_CloudTrail_eu-west-1_20160318T0305Zxyz.json.gz",
		 true, false, 1458270300000, "CloudTrail", "eu-west-1", "xyz"},
		{"123456789012_CloudTrail-Insight_us-gov-west-1_"
		 "20161231T2359Z_u.json.gz", true, false, 1483228740000,
		 "CloudTrail-Insight", "us-gov-west-1", "u"},
		{DIGEST "trail_us-east-1_20160318T030405Z.json.gz", true, true,
		 1458270245000, "CloudTrail-Digest", "us-east-1", ""},
		{DIGEST "my_odd_trail_us-east-1_20160318T030405Z_backfill."
		 "json.gz", true, true, 1458270245000, "CloudTrail-Digest",
		 "us-east-1", ""},
		{DIGEST "trail_us-east-1.json.gz", false, true, 0, NULL, NULL,
		 NULL},
		{LOG, true, false, 1458270300000, "CloudTrail", "us-east-1",
		 ""},
		{"", false, false, 0, NULL, NULL, NULL},
		{"trail.json", false, false, 0, NULL, NULL, NULL},
		{"12345678901_CloudTrail_us-east-1_20160318T0305Z_x", false,
		 false, 0, NULL, NULL, NULL},
		{"12345678901x_CloudTrail_us-east-1_20160318T0305Z_x", false,
		 false, 0, NULL, NULL, NULL},
		{"123456789012_Config_us-east-1_20160318T0305Z_x", false,
		 false, 0, NULL, NULL, NULL},
		{"123456789012_CloudTrail_us-east-1_20161318T0305Z_x", false,
		 false, 0, NULL, NULL, NULL},
		{"123456789012_CloudTrail_us-east-1_20160318T03", false, false,
		 0, NULL, NULL, NULL},
		{"123456789012_CloudTrail_us-east-1", false, false, 0, NULL,
		 NULL, NULL},
		{"123456789012_CloudTrail__20160318T0305Z_x", false, false, 0,
		 NULL, NULL, NULL},
		{LOG "x.json/other", false, false, 0, NULL, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct input_name name;
		bool known = inputs_parse_name(rows[i].path, &name);

		if (known != rows[i].known)
			fail_msg("%s: %d", rows[i].path, known);
		if (!known)
			continue;
		assert_true(span_is(name.account, "123456789012"));
		assert_true(span_is(name.family, rows[i].family));
		assert_true(span_is(name.region, rows[i].region));
		assert_true(span_is(name.unique, rows[i].unique));
		assert_int_equal(name.digest, rows[i].digest);
		if (name.time != rows[i].time)
			fail_msg("%s: %lld", rows[i].path,
				 (long long)name.time);
	}
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_PLACE(arguments_keep_their_order_and_folders_are_sorted),
		IN_PLACE(any_name_is_a_name),
		IN_PLACE(a_deep_tree_needs_no_stack),
		IN_PLACE(links_are_followed_as_arguments_only),
		IN_PLACE(what_is_no_file_is_named_and_never_waited_for),
		IN_PLACE(what_was_listed_may_be_another_thing_by_now),
		IN_PLACE(a_folder_that_cannot_be_listed_is_a_problem_of_its_own),
		IN_PLACE(standard_input_may_be_a_pipe_or_a_file),
		IN_PLACE(standard_input_is_read_once),
		IN_PLACE(a_change_while_reading_is_noticed),
		IN_PLACE(a_walk_may_be_given_up),
		cmocka_unit_test(names_of_cloudtrail_are_understood),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
