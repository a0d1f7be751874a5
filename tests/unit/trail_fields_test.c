/* A shape's known places are found in one walk, the last of equal keys. */
#include "trail_support.h"

#include "trail/target.h"

static const char *const paths[] = {
#define FIELD(name, path) [FIELD_##name] = path,
#include "trail/fields.def"
#undef FIELD
};

/* The text of a field in a record, "-" for none. */
static const char *text_in(const char *json, enum field field)
{
	static char copy[128];
	struct made made;
	struct span text;

	make_record(&made, json);
	text = record_text(&made.record, field);
	snprintf(copy, sizeof copy, "%.*s", text.p ? (int)text.n : 1,
		 text.p ? text.p : "-");
	free_record(&made);
	return copy;
}

static const struct {
	const char *json;
	enum field field;
	const char *text;
} places[] = {
	{"{\"eventName\":\"A\"}", FIELD_EVENT_NAME, "A"},
	{"{\"eventName\":\"A\"}", FIELD_EVENT_TIME, "-"},
	{"{\"EventName\":\"A\"}", FIELD_EVENT_NAME, "-"},
	{"{\"x\":{\"eventName\":\"A\"}}", FIELD_EVENT_NAME, "-"},
	{"[{\"eventName\":\"A\"}]", FIELD_EVENT_NAME, "-"},
	{"\"eventName\"", FIELD_EVENT_NAME, "-"},
	{"{\"eventName\":{\"a\":\"A\"}}", FIELD_EVENT_NAME, "-"},
	{"{\"event\\u004eame\":\"A\"}", FIELD_EVENT_NAME, "A"},
	{"{\"userIdentity\":{\"sessionContext\":{\"sessionIssuer\":{\"arn\":"
	 "\"A\"}}}}", FIELD_ISSUER_ARN, "A"},
	{"{\"userIdentity\":{\"sessionContext\":{\"attributes\":{"
	 "\"mfaAuthenticated\":\"true\"}}}}", FIELD_SESSION_MFA, "true"},
	{"{\"userIdentity.arn\":\"A\"}", FIELD_USER_ARN, "-"},
	{"{\"userIdentity\":[{\"arn\":\"A\"}]}", FIELD_USER_ARN, "-"},
	{"{\"a-key-that-is-longer-than-any-way-to-a-field-that-is-known-here\":"
	 "{\"arn\":1}, \"eventID\":\"E\"}", FIELD_EVENT_ID, "E"},
	/* the last of equal keys counts */
	{"{\"eventName\":\"A\",\"eventName\":\"B\"}", FIELD_EVENT_NAME, "B"},
	{"{\"eventName\":\"A\",\"eventName\":{\"x\":1}}", FIELD_EVENT_NAME,
	 "-"},
	{"{\"eventName\":\"A\",\"eventName\":[1]}", FIELD_EVENT_NAME, "-"},
	{"{\"userIdentity\":{\"arn\":\"A\",\"type\":\"T\"},"
	 "\"userIdentity\":{\"arn\":\"B\"}}", FIELD_USER_ARN, "B"},
	{"{\"userIdentity\":{\"arn\":\"A\",\"type\":\"T\"},"
	 "\"userIdentity\":{\"arn\":\"B\"}}", FIELD_USER_TYPE, "-"},
	{"{\"userIdentity\":{\"arn\":\"A\"},\"userIdentity\":null}",
	 FIELD_USER_ARN, "-"},
	{"{\"userIdentity\":{\"sessionContext\":{\"sessionIssuer\":{\"arn\":"
	 "\"A\"}},\"sessionContext\":{}}}", FIELD_ISSUER_ARN, "-"},
	{"{\"userIdentity\":{\"arn\":\"A\"},\"USERIDENTITY\":{}}",
	 FIELD_USER_ARN, "A"},
	/* an error is one however it is told */
	{"{\"errorCode\":{\"a\":{\"b\":\"X\"},\"c\":\"Y\"}}", FIELD_ERROR_CODE,
	 "X"},
	{"{\"errorCode\":[\"X\",\"Y\"]}", FIELD_ERROR_CODE, "X"},
	{"{\"errorCode\":{},\"eventID\":\"E\"}", FIELD_ERROR_CODE, "-"},
	{"{\"errorCode\":{},\"a\":{\"b\":\"E\"}}", FIELD_ERROR_CODE, "-"},
	{"{\"errorCode\":[\"X\"],\"errorCode\":\"Y\"}", FIELD_ERROR_CODE,
	 "Y"},
	/* what stands for it elsewhere */
	{"{\"insightDetails\":{\"eventName\":\"I\",\"eventSource\":\"S\"}}",
	 FIELD_EVENT_NAME, "I"},
	{"{\"insightDetails\":{\"eventName\":\"I\",\"eventSource\":\"S\"}}",
	 FIELD_EVENT_SOURCE, "S"},
	{"{\"eventName\":\"A\",\"insightDetails\":{\"eventName\":\"I\"}}",
	 FIELD_EVENT_NAME, "A"},
	{"{\"id\":\"n\",\"detail-type\":\"N\",\"source\":\"aws.acm\","
	 "\"account\":\"1\",\"time\":\"T\",\"region\":\"r\"}",
	 FIELD_EVENT_NAME, "N"},
	{"{\"id\":\"n\"}", FIELD_EVENT_ID, "n"},
	{"{\"eventId\":\"a\",\"id\":\"n\"}", FIELD_EVENT_ID, "a"},
	{"{\"eventID\":\"e\",\"eventId\":\"a\"}", FIELD_EVENT_ID, "e"},
	{"{\"time\":\"T\"}", FIELD_EVENT_TIME, "T"},
	{"{\"timeWindow\":{\"windowStart\":\"T\"}}", FIELD_EVENT_TIME, "T"},
	{"{\"source\":\"aws.acm\"}", FIELD_EVENT_SOURCE, "aws.acm"},
	{"{\"account\":\"1\"}", FIELD_RECIPIENT_ACCOUNT, "1"},
	{"{\"accountId\":\"1\"}", FIELD_RECIPIENT_ACCOUNT, "1"},
	{"{\"region\":\"r\"}", FIELD_REGION, "r"},
	{"{\"eventType\":\"AwsAggregatedEvent\"}", FIELD_EVENT_NAME,
	 "AwsAggregatedEvent"},
	{"{\"responseElements\":{\"CheckMfa\":\"Success\"}}",
	 FIELD_SIGNIN_RESULT, "Success"},
	{"{\"responseElements\":{\"credentials\":{\"accessKeyId\":\"K\"}}}",
	 FIELD_ISSUED_KEY, "K"},
};

static void finds_known_places(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		const char *text = text_in(places[i].json, places[i].field);

		if (strcmp(text, places[i].text) != 0)
			fail_msg("%s: %s is \"%s\"", places[i].json,
				 paths[places[i].field], text);
	}
}

/* {"a":{"b":"x"}} for a.b */
static void write_nested(const char *path, struct buffer *out)
{
	size_t depth = 1;

	buffer_add_text(out, "{\"");
	for (; *path; path++) {
		if (*path == '.') {
			buffer_add_text(out, "\":{\"");
			depth++;
		} else {
			buffer_add_byte(out, *path);
		}
	}
	buffer_add_text(out, "\":\"x\"");
	while (depth--)
		buffer_add_byte(out, '}');
}

static void every_field_is_found_and_forgotten(void **state)
{
	(void)state;
	for (size_t f = 0; f < COUNT(paths); f++) {
		const char *path = paths[f];
		const char *dot = strchr(path, '.');
		struct buffer json = {0};

		write_nested(path, &json);
		assert_string_equal(text_in(buffer_text(&json), (enum field)f),
				    "x");
		/* {"a":{"b":"x"},"a":1}: the first a is gone */
		json.n--;
		buffer_printf(&json, ",\"%.*s\":1}",
			      dot ? (int)(dot - path) : (int)strlen(path),
			      path);
		assert_string_equal(text_in(buffer_text(&json), (enum field)f),
				    dot ? "-" : "1");
		buffer_free(&json);
	}
}

/* Each parent of a field must be a row of OBJECT, or keys that stand twice are
 * not noticed. */
static void parents_of_fields_are_objects(void **state)
{
	static const char *const objects[] = {
#define OBJECT(path) path,
#include "trail/fields.def"
#undef OBJECT
	};

	(void)state;
	for (size_t f = 0; f < COUNT(paths); f++) {
		const char *path = paths[f];
		const char *dot = strchr(path, '.');

		for (; dot; dot = strchr(dot + 1, '.')) {
			struct span parent = {path, (size_t)(dot - path)};
			bool found = false;

			for (size_t i = 0; i < COUNT(objects); i++)
				found |= span_is(parent, objects[i]);
			if (!found)
				fail_msg("no OBJECT for %s", path);
		}
	}
}

static void knows_names_by_their_place(void **state)
{
	(void)state;
	assert_string_equal(fields_top_name(SPAN("eventname")), "eventName");
	assert_string_equal(fields_top_name(SPAN("REQUESTPARAMETERS")),
			    "requestParameters");
	assert_null(fields_top_name(SPAN("certificateArn")));
	assert_null(fields_top_name(SPAN("usr")));
	assert_true(fields_known_name(SPAN("eventName")));
	assert_true(fields_known_name(SPAN("sessionIssuer")));
	assert_true(fields_known_name(SPAN("certificateArn")));
	assert_true(fields_known_name(SPAN("requestParameters")));
	assert_false(fields_known_name(SPAN("certificatearn")));
	assert_false(fields_known_name(SPAN("usr")));
	assert_false(fields_known_name(SPAN("")));
}

static void a_slot_beyond_the_last_number_is_absent(void **state)
{
	struct buffer json = {0};
	struct made made;

	(void)state;
	buffer_add_text(&json, "{\"x\":[");
	for (int i = 0; i < UINT16_MAX; i++)
		buffer_add_text(&json, "\"\",");
	buffer_add_text(&json, "\"\"],\"eventName\":\"A\",\"requestParam"
			       "eters\":{\"roleName\":\"R\"}}");
	make_record(&made, buffer_text(&json));
	assert_int_equal(made.field[FIELD_EVENT_NAME], SHAPES_ABSENT);
	assert_int_equal(made.field[FIELD_TARGET_1], SHAPES_ABSENT);
	free_record(&made);
	buffer_free(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_known_places),
		cmocka_unit_test(every_field_is_found_and_forgotten),
		cmocka_unit_test(parents_of_fields_are_objects),
		cmocka_unit_test(knows_names_by_their_place),
		cmocka_unit_test(a_slot_beyond_the_last_number_is_absent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
