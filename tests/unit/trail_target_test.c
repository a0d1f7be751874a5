/* What a call acted on is named by the leaf that tells it best. */
#include "trail_support.h"

#include "trail/target.h"

#define REQUEST(members) "{\"requestParameters\":{" members "}}"

static const struct {
	const char *json;
	const char *target;
} rows[] = {
	{"{}", NULL},
	{"{\"requestParameters\":null}", NULL},
	{"{\"requestParameters\":\"x\"}", NULL},
	{"{\"certificateArn\":\"x\"}", NULL},
	{REQUEST("\"certificateArn\":\"c\""), "c"},
	{REQUEST("\"tags\":[{\"key\":\"k\",\"value\":\"v\"}],"
		 "\"certificateArn\":\"c\""), "c"},
	/* by the order of the table, not of the record */
	{REQUEST("\"policyArn\":\"p\",\"roleName\":\"r\""), "r"},
	{REQUEST("\"policyName\":\"p\",\"userName\":\"u\""), "u"},
	{REQUEST("\"roleName\":\"r\",\"instanceProfileName\":\"i\""), "i"},
	{REQUEST("\"roleArn\":\"r\",\"dBInstanceIdentifier\":\"d\""), "d"},
	{REQUEST("\"roleSessionName\":\"s\",\"roleArn\":\"r\""), "r"},
	{REQUEST("\"vpcId\":\"v\",\"internetGatewayId\":\"i\""), "i"},
	{REQUEST("\"name\":\"n\""), "n"},
	{REQUEST("\"names\":[\"a\",\"b\"]"), "a"},
	{REQUEST("\"instanceIds\":[\"i-1\",\"i-2\"],\"documentName\":\"d\""),
	 "i-1"},
	{REQUEST("\"policyName\":\"default\",\"keyId\":\"k\""), "k"},
	{REQUEST("\"instances\":[{\"instanceId\":\"i-1\"}],"
		 "\"loadBalancerName\":\"lb\""), "lb"},
	/* wrapped */
	{REQUEST("\"instancesSet\":{\"items\":[{\"instanceId\":\"i-1\"},{"
		 "\"instanceId\":\"i-2\"}]}"), "i-1"},
	{REQUEST("\"DescribeNatGatewaysRequest\":{\"NatGatewayId\":{\"tag\":1,"
		 "\"content\":\"nat-1\"}}"), "nat-1"},
	{REQUEST("\"encryptionContext\":{\"aws:acm:arn\":\"c\"}"), "c"},
	/* filters and the like name nothing */
	{REQUEST("\"filterSet\":{\"items\":[{\"name\":\"n\",\"valueSet\":{"
		 "\"items\":[{\"value\":\"v\"}]}}]}"), NULL},
	{REQUEST("\"certificateStatuses\":[\"ISSUED\"],\"maxItems\":1000"),
	 NULL},
	{REQUEST("\"timePeriod\":{\"start\":\"2026-01-01\"},"
		 "\"granularity\":\"MONTHLY\",\"metrics\":[\"m\"]"), NULL},
	{REQUEST("\"maxResults\":100,\"nextToken\":\"t\""), NULL},
	{REQUEST("\"Host\":\"s3.amazonaws.com\",\"acl\":\"\""), NULL},
	{REQUEST("\"omitted\":\"true\",\"originalSize\":\"149893\","
		 "\"reason\":\"requestParameters too large\""), NULL},
	/* any other parameter */
	{REQUEST("\"engine\":\"postgres\",\"engineVersion\":\"16\""),
	 "postgres"},
	{REQUEST("\"flag\":true,\"size\":7,\"what\":\"w\""), "w"},
	{REQUEST("\"a\":false,\"b\":null,\"c\":\"\",\"d\":\"d\",\"e\":\"e\""),
	 "d"},
	{REQUEST("\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":\"e\""), NULL},
	{REQUEST("\"accountId\":\"123456789012\""), "123456789012"},
	{REQUEST("\"from\":1688560107.857,\"to\":\"1.5\""), NULL},
	{REQUEST("\"host name\":\"10.0.0.1\""), "10.0.0.1"},
	{REQUEST("\"a\":\"1\",\"a\":\"x\""), "x"},
	{REQUEST("\"a-name-of-a-parameter-that-goes-on-for-more-than-two-hundre"
		 "d-and-fifty-five-bytes-as-no-name-in-a-table-with-its-length"
		 "s-in-single-bytes-can-and-so-is-none-of-them-0123456789-0123"
		 "456789-0123456789-0123456789-0123456789-0123456789-012345678"
		 "9-0123456789\":\"x\""), "x"},
	/* secrets never */
	{REQUEST("\"password\":\"p\",\"x\":\"x\""), "x"},
	{REQUEST("\"privateKey\":{\"name\":\"p\"}"), NULL},
	/* keys that stand twice */
	{REQUEST("\"roleName\":\"r\",\"roleName\":\"s\""), "s"},
	{REQUEST("\"x\":{\"roleName\":\"r\"},\"y\":{\"roleName\":\"s\"}"),
	 "r"},
	{"{\"requestParameters\":{\"roleName\":\"r\"},"
	 "\"requestParameters\":{\"userName\":\"u\"}}", "u"},
	{"{\"requestParameters\":{\"roleName\":\"r\"},"
	 "\"resources\":[{\"ARN\":\"a\"}],\"requestParameters\":null}", "a"},
	/* the response, resources */
	{"{\"requestParameters\":{\"vpcId\":\"v\"},\"responseElements\":{"
	 "\"subnet\":{\"vpcId\":\"v\",\"subnetId\":\"s\"}}}", "s"},
	{"{\"requestParameters\":{\"instancesSet\":{\"items\":[{\"imageId\":"
	 "\"ami\"}]},\"groupSet\":{\"items\":[{\"groupId\":\"sg\"}]}},"
	 "\"responseElements\":{\"instancesSet\":{\"items\":[{\"groupSet\":{"
	 "\"items\":[{\"groupId\":\"sg\",\"groupName\":\"default\"}]},"
	 "\"instanceId\":\"i-1\"}]}}}", "i-1"},
	{"{\"responseElements\":{\"x\":\"y\"}}", NULL},
	{"{\"requestParameters\":{\"domainName\":\"example.com\"},"
	 "\"responseElements\":{\"certificateArn\":\"c\"}}", "example.com"},
	{"{\"requestParameters\":{\"x\":\"y\"},\"resources\":[{\"accountId\":"
	 "\"1\",\"ARN\":\"a\"},{\"ARN\":\"b\"}]}", "a"},
	{"{\"resources\":[\"a\",\"b\"]}", "a"},
	{"{\"resources\":[{\"type\":\"t\"}]}", NULL},
	{"{\"serviceEventDetails\":{\"keyId\":\"k\"}}", "k"},
	/* objects of S3 */
	{REQUEST("\"bucketName\":\"b\",\"key\":\"k\""), "k"},
	{"{\"requestParameters\":{\"bucketName\":\"b\",\"key\":\"k\"},"
	 "\"resources\":[{\"ARN\":\"arn:aws:s3:::b/k\"}]}",
	 "arn:aws:s3:::b/k"},
	{"{\"requestParameters\":{\"bucketName\":\"b\"},"
	 "\"resources\":[{\"ARN\":\"arn:aws:s3:::b\"}]}", "b"},
	{REQUEST("\"x\":{\"key\":\"k\"},\"bucketName\":\"b\""), "b"},
};

static void names_what_was_acted_on(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct made made;
		uint16_t slot;

		make_record(&made, rows[i].json);
		slot = target_slot(&made.record);
		if ((slot != SHAPES_ABSENT) != (rows[i].target != NULL))
			fail_msg("%s: %d", rows[i].json, slot);
		if (slot != SHAPES_ABSENT)
			assert_text(made_text(&made.record, slot),
				    rows[i].target);
		free_record(&made);
	}
}

/* More good names than there are slots: the best stay, in order. */
static void keeps_the_four_best(void **state)
{
	static const char *const want[] = {"s", "f", "r", "u"};
	struct made made;

	(void)state;
	make_record(&made, REQUEST("\"a\":\"a\",\"b\":\"b\",\"c\":\"c\","
				   "\"d\":\"d\",\"policyArn\":\"p\","
				   "\"groupName\":\"g\",\"userName\":\"u\","
				   "\"roleName\":\"r\",\"functionName\":\"f\","
				   "\"secretId\":\"s\",\"e\":\"e\""));
	for (size_t i = 0; i < COUNT(want); i++)
		assert_text(made_text(&made.record,
				      made.field[FIELD_TARGET_1 + i]), want[i]);
	free_record(&made);
}

static void names_are_told_once(void **state)
{
	static const char *const names[] = {
#define TARGET(name, strength) name,
#include "trail/targets.def"
#undef TARGET
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_true(target_known_name(span_of(names[i])));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(names[i], names[k]);
	}
	assert_false(target_known_name(SPAN("no such name")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_what_was_acted_on),
		cmocka_unit_test(keeps_the_four_best),
		cmocka_unit_test(names_are_told_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
