/* triage/sessions: who issued which key to whom. */
#include "triage_support.h"

#include "triage/cells.h"
#include "triage/coverage.h"
#include "triage/sessions.h"

/* An event of a key: id, time, call, type, arn, principalId, key, from, rest. */
#define EVENT(id, time, event, identity, from, rest) \
	"{\"eventID\":\"" id "\",\"eventTime\":\"2024-01-01T" time "Z\"," \
	"\"eventSource\":\"sts.amazonaws.com\",\"eventName\":\"" event "\"," \
	"\"awsRegion\":\"us-east-1\",\"sourceIPAddress\":\"" from "\"," \
	"\"recipientAccountId\":\"111122223333\",\"userIdentity\":{" identity \
	"}," rest "}\n"
#define USER(key) "\"type\":\"IAMUser\",\"arn\":\"arn:aws:iam::111122223333:" \
	"user/dora\",\"userName\":\"dora\",\"principalId\":\"AIDA1\"," \
	"\"accessKeyId\":\"" key "\""
#define ROLE(role, session, key) "\"type\":\"AssumedRole\",\"arn\":\"arn:aws:" \
	"sts::111122223333:assumed-role/" role "/" session "\"," \
	"\"principalId\":\"AROA" role ":" session "\",\"accessKeyId\":\"" key "\""
#define SERVICE "\"type\":\"AWSService\",\"invokedBy\":\"ec2.amazonaws.com\""
#define FOREIGN(principal) "\"type\":\"AWSAccount\",\"accountId\":" \
	"\"444455556666\",\"principalId\":\"" principal "\""
#define GIVES(key, role, session) "\"responseElements\":{\"credentials\":{" \
	"\"accessKeyId\":\"" key "\",\"expiration\":\"Jan 1, 2024, 1:00:00 AM" \
	"\"},\"assumedRoleUser\":{\"arn\":\"arn:aws:sts::111122223333:" \
	"assumed-role/" role "/" session "\"}}"
#define NOTHING "\"x\":1"

/* "KEY<PARENT how;" for every key, in order of their texts. */
static char *links(const char *trail)
{
	static const char *const how[] = {
		[SESSIONS_KEY] = "key", [SESSIONS_NAME] = "name",
		[SESSIONS_SWITCH] = "switch", [SESSIONS_SIGN_IN] = "sign-in",
		[SESSIONS_SOURCE] = "source", [SESSIONS_UNKNOWN] = "?"};
	struct store *store = support_load("trail.json", trail);
	struct sessions *s = sessions_new(store, NULL);
	uint32_t *order = names_sorted(s->keys);
	struct buffer out = {0};

	for (uint32_t i = 0; i < s->count; i++) {
		const struct sessions_key *k = &s->key[order[i]];
		struct span key = names_text(s->keys, order[i]);
		struct span parent = SPAN("-");

		assert_int_equal(sessions_find(s, key), order[i]);
		if (k->parent != SESSIONS_NONE)
			parent = names_text(s->keys, k->parent);
		buffer_printf(&out, "%.*s<%.*s %s%s%s;", (int)key.n, key.p,
			      (int)parent.n, parent.p, how[k->link],
			      k->service ? " service" : "",
			      k->ended.segment != UINT32_MAX ? " ended" : "");
	}
	assert_int_equal(sessions_find(s, SPAN("nothing")), SESSIONS_NONE);
	free(order);
	sessions_free(s);
	store_free(store);
	return buffer_take(&out);
}

static void assert_links(const char *trail, const char *want, size_t row)
{
	char *got = links(trail);

	if (strcmp(got, want) != 0)
		fail_msg("row %zu: %s, not %s", row, got, want);
	free(got);
}

static void keys_are_traced_to_where_they_came_from(void **state)
{
	static const struct { const char *trail, *links; } row[] = {
		/* By the credential in the response, through two roles. */
		{EVENT("1", "00:00:00", "AssumeRole", USER("AKIA1"),
		       "192.0.2.1", GIVES("ASIA1", "a", "s"))
		 EVENT("2", "00:01:00", "AssumeRole", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", GIVES("ASIA2", "b", "t"))
		 EVENT("3", "00:02:00", "ListKeys", ROLE("b", "t", "ASIA2"),
		       "192.0.2.1", NOTHING),
		 "AKIA1<- ?;ASIA1<AKIA1 key;ASIA2<ASIA1 key;"},
		/* The call was logged in two accounts: the record that tells the
		 * key it was made with counts, whichever comes first. */
		{EVENT("1", "00:00:00", "AssumeRole", FOREIGN("AROAa:s"),
		       "192.0.2.1", GIVES("ASIA2", "b", "t"))
		 EVENT("2", "00:00:00", "AssumeRole", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", GIVES("ASIA2", "b", "t")),
		 "ASIA1<- ?;ASIA2<ASIA1 key;"},
		/* Only the other account's record: by role and session name, the
		 * last key before the call. */
		{EVENT("1", "00:00:00", "X", ROLE("a", "s", "ASIA0"),
		       "192.0.2.1", NOTHING)
		 EVENT("2", "00:01:00", "X", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", NOTHING)
		 EVENT("3", "00:02:00", "AssumeRole", FOREIGN("AROAa:s"),
		       "192.0.2.1", GIVES("ASIA2", "b", "t"))
		 EVENT("4", "00:03:00", "X", ROLE("a", "s", "ASIA3"),
		       "192.0.2.1", NOTHING),
		 "ASIA0<- ?;ASIA1<- ?;ASIA2<ASIA1 key;ASIA3<- ?;"},
		/* A new key of a session that was opened before. */
		{EVENT("1", "00:00:00", "AssumeRole", USER("AKIA1"),
		       "192.0.2.1", GIVES("ASIA1", "a", "s"))
		 EVENT("2", "00:05:00", "X", ROLE("a", "s", "ASIA2"),
		       "192.0.2.1", NOTHING),
		 "AKIA1<- ?;ASIA1<AKIA1 key;ASIA2<AKIA1 name;"},
		/* A sign-in to the console, but not one of yesterday. */
		{EVENT("1", "00:00:00", "ConsoleLogin", USER(""),
		       "192.0.2.1", "\"responseElements\":{\"ConsoleLogin\":"
		       "\"Success\"}")
		 EVENT("2", "00:05:00", "X", USER("ASIA1"), "192.0.2.1",
		       NOTHING)
		 EVENT("3", "13:00:00", "X", USER("ASIA2"), "192.0.2.1",
		       NOTHING),
		 "ASIA1<- sign-in;ASIA2<- ?;"},
		{EVENT("1", "00:00:00", "ConsoleLogin", USER(""),
		       "192.0.2.1", "\"responseElements\":{\"ConsoleLogin\":"
		       "\"Failure\"}")
		 EVENT("2", "00:05:00", "X", USER("ASIA1"), "192.0.2.1",
		       NOTHING), "ASIA1<- ?;"},
		/* Services, and keys made for ever. */
		{EVENT("1", "00:00:00", "AssumeRole", SERVICE,
		       "ec2.amazonaws.com", GIVES("ASIA1", "a", "i-1"))
		 EVENT("2", "00:00:00", "CreateAccessKey", USER("AKIA1"),
		       "192.0.2.1", "\"responseElements\":{\"accessKey\":{"
		       "\"accessKeyId\":\"AKIA2\"}}")
		 EVENT("3", "00:00:00", "UpdateAccessKey", USER("AKIA1"),
		       "192.0.2.1", "\"requestParameters\":{\"accessKeyId\":"
		       "\"AKIA2\",\"status\":\"Inactive\"}")
		 EVENT("4", "00:00:00", "DeleteAccessKey", USER("AKIA1"),
		       "192.0.2.1", "\"requestParameters\":{\"accessKeyId\":"
		       "\"AKIA3\"}")
		 EVENT("5", "00:00:00", "UpdateAccessKey", USER("AKIA1"),
		       "192.0.2.1", "\"requestParameters\":{\"accessKeyId\":"
		       "\"AKIA1\",\"status\":\"Active\"}"),
		 "AKIA1<- ?;AKIA2<AKIA1 key ended;AKIA3<- ? ended;"
		 "ASIA1<- key service;"},
		/* A response without credentials: role and name are those of the
		 * request. */
		{EVENT("1", "00:00:00", "AssumeRole", USER("AKIA1"),
		       "192.0.2.1", "\"requestParameters\":{\"roleArn\":"
		       "\"arn:aws:iam::111122223333:role/path/a\","
		       "\"roleSessionName\":\"s\"}")
		 EVENT("2", "00:05:00", "X", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", NOTHING)
		 EVENT("3", "00:05:00", "X", ROLE("a", "t", "ASIA2"),
		       "192.0.2.1", NOTHING),
		 "AKIA1<- ?;ASIA1<AKIA1 name;ASIA2<- ?;"},
		/* Refused calls open nothing. */
		{EVENT("1", "00:00:00", "AssumeRole", USER("AKIA1"),
		       "192.0.2.1", "\"errorCode\":\"AccessDenied\","
		       "\"requestParameters\":{\"roleArn\":"
		       "\"arn:aws:iam::111122223333:role/a\","
		       "\"roleSessionName\":\"s\"}")
		 EVENT("2", "00:05:00", "X", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", NOTHING), "AKIA1<- ?;ASIA1<- ?;"},
		/* By sourceIdentity, which follows through roles: the last call
		 * that set it. */
		{EVENT("1", "00:00:00", "AssumeRole", USER("AKIA1"),
		       "192.0.2.1", "\"requestParameters\":{"
		       "\"sourceIdentity\":\"dora\"}")
		 EVENT("2", "00:05:00", "X", ROLE("c", "t", "ASIA1")
		       ",\"sessionContext\":{\"sourceIdentity\":\"dora\"}",
		       "192.0.2.1", NOTHING)
		 EVENT("3", "00:05:00", "X", ROLE("c", "u", "ASIA2")
		       ",\"sessionContext\":{\"sourceIdentity\":\"eve\"}",
		       "192.0.2.1", NOTHING),
		 "AKIA1<- ?;ASIA1<AKIA1 source;ASIA2<- ?;"},
		/* Who switched roles in the console, and from which session. */
		{EVENT("1", "00:00:00", "X", USER("ASIA1"), "192.0.2.1",
		       NOTHING)
		 EVENT("2", "00:01:00", "SwitchRole", ROLE("a", "dora", ""),
		       "192.0.2.1", "\"additionalEventData\":{\"SwitchFrom\":"
		       "\"arn:aws:iam::111122223333:user/dora\"},"
		       "\"responseElements\":{\"SwitchRole\":\"Success\"}")
		 EVENT("3", "00:02:00", "X", ROLE("a", "dora", "ASIA2"),
		       "192.0.2.1", NOTHING)
		 EVENT("4", "00:03:00", "X", USER("ASIA3"), "192.0.2.1",
		       NOTHING),
		 "ASIA1<- ?;ASIA2<ASIA1 switch;ASIA3<- ?;"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_links(row[i].trail, row[i].links, i);
}

/* Its earliest call was not made with a key that was issued later.  What hangs on
 * a circle stays where it is. */
static void forged_records_make_no_circle(void **state)
{
	static const struct { const char *trail, *links; } row[] = {
		{EVENT("1", "00:00:00", "AssumeRole", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", GIVES("ASIA2", "b", "t"))
		 EVENT("2", "00:00:00", "AssumeRole", ROLE("b", "t", "ASIA2"),
		       "192.0.2.1", GIVES("ASIA1", "a", "s"))
		 EVENT("3", "00:00:00", "AssumeRole", ROLE("c", "u", "ASIA3"),
		       "192.0.2.1", GIVES("ASIA3", "c", "u")),
		 "ASIA1<ASIA2 key;ASIA2<- key;ASIA3<- key;"},
		{EVENT("1", "00:09:00", "X", ROLE("d", "v", "ASIA4"),
		       "192.0.2.1", NOTHING)
		 EVENT("2", "00:01:00", "AssumeRole", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", GIVES("ASIA2", "b", "t"))
		 EVENT("3", "00:02:00", "AssumeRole", ROLE("b", "t", "ASIA2"),
		       "192.0.2.1", GIVES("ASIA3", "c", "u"))
		 EVENT("4", "00:00:00", "AssumeRole", ROLE("c", "u", "ASIA3"),
		       "192.0.2.1", GIVES("ASIA1", "a", "s"))
		 EVENT("5", "00:08:00", "AssumeRole", ROLE("a", "s", "ASIA1"),
		       "192.0.2.1", GIVES("ASIA4", "d", "v")),
		 "ASIA1<- key;ASIA2<ASIA1 key;ASIA3<ASIA2 key;"
		 "ASIA4<ASIA1 key;"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++)
		assert_links(row[i].trail, row[i].links, i);
}

/* A role may assume itself again each hour for weeks. */
static void long_chains_are_told_whole(void **state)
{
	enum { KEYS = 300 };
	struct buffer trail = {0}, want = {0};
	struct store *store;
	bool found;
	char *text;

	(void)state;
	for (int i = KEYS; i > 0; i--)
		buffer_printf(&trail, EVENT("%d", "00:00:00", "AssumeRole",
					    ROLE("a", "s", "ASIA%03d"),
					    "192.0.2.1",
					    GIVES("ASIA%03d", "a", "s")),
			      i, i - 1, i);
	store = support_load("trail.json", buffer_text(&trail));
	buffer_printf(&want, "\"depth\": %d", KEYS);
	for (size_t i = 0; i < 2; i++) {
		text = says(store, i ? OVERVIEW_PROFILE : OVERVIEW_SESSIONS,
			    "key=ASIA299", true, &found);
		assert_true(found);
		assert_says(text, buffer_text(&want), i);
		free(text);
	}
	/* The rows are no wider for it. */
	text = says(store, OVERVIEW_SESSIONS, "", false, &found);
	for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
		assert_in_range(strcspn(line, "\n"), 0, 400);
	free(text);
	buffer_free(&want);
	buffer_free(&trail);
	store_free(store);
}

/* Each address once, by the time of its first use, though keys share addresses
 * and come back to them. */
static void each_key_has_its_own_places(void **state)
{
	static const char trail[] =
		EVENT("1", "00:00:00", "X", USER("AKIA1"), "192.0.2.1", NOTHING)
		EVENT("2", "00:01:00", "X", USER("AKIA1"), "192.0.2.2", NOTHING)
		EVENT("3", "00:02:00", "X", USER("AKIA1"), "192.0.2.1", NOTHING)
		EVENT("4", "00:03:00", "X", USER("AKIA1"), "192.0.2.3", NOTHING)
		EVENT("5", "00:00:30", "X", USER("AKIA2"), "192.0.2.3", NOTHING)
		EVENT("6", "00:04:00", "X", USER("AKIA2"), "192.0.2.2", NOTHING)
		EVENT("7", "00:05:00", "X", USER("AKIA2"), "192.0.2.3", NOTHING)
		EVENT("8", "00:06:00", "X", USER("AKIA3"), "192.0.2.2", NOTHING);
	struct store *store = support_load("trail.json", trail);
	struct sessions *s = sessions_new(store, NULL);
	struct buffer out = {0};

	(void)state;
	for (char key[] = "AKIA1"; key[4] <= '3'; key[4]++) {
		const struct sessions_key *k = &s->key[
			sessions_find(s, span_of(key))];

		for (uint32_t i = 0; i < k->places; i++) {
			const struct sessions_place *p = &s->place[k->place + i];
			struct span address = names_text(s->addresses,
							 p->address);

			buffer_printf(&out, "%s .%c %d s;", key,
				      address.p[address.n - 1],
				      (int)((p->last - p->first) / 1000));
		}
	}
	assert_string_equal(buffer_text(&out),
			    "AKIA1 .1 120 s;AKIA1 .2 0 s;AKIA1 .3 0 s;"
			    "AKIA2 .3 270 s;AKIA2 .2 0 s;AKIA3 .2 0 s;");
	buffer_free(&out);
	sessions_free(s);
	store_free(store);
}

static void two_places_soon_after_each_other_are_pointed_out(void **state)
{
	static const char trail[] =
		EVENT("1", "00:00:00", "X", ROLE("a", "s", "ASIA1"),
		      "192.0.2.1", NOTHING)
		EVENT("2", "00:29:00", "Y", ROLE("a", "s", "ASIA1"),
		      "192.0.2.2", NOTHING)
		EVENT("8", "00:29:10", "Y", ROLE("a", "s", "ASIA1"),
		      "198.51.100.2", NOTHING)
		EVENT("3", "00:29:30", "Z", ROLE("a", "s", "ASIA1"),
		      "ec2.amazonaws.com", NOTHING)
		EVENT("4", "00:00:00", "X", ROLE("b", "s", "ASIA2"),
		      "192.0.2.1", NOTHING)
		EVENT("5", "00:31:00", "Y", ROLE("b", "s", "ASIA2"),
		      "192.0.2.2", NOTHING)
		EVENT("6", "00:00:00", "X", USER("AKIA1"), "192.0.2.1",
		      NOTHING)
		EVENT("7", "00:00:01", "X", USER("AKIA1"), "192.0.2.2",
		      NOTHING);
	struct store *store = support_load("trail.json", trail);
	bool found;
	char *text = says(store, OVERVIEW_PROFILE, "s", false, &found);

	(void)state;
	squeeze(text);
	assert_says(text, "profile of who=\"s\"", 0);
	assert_says(text, "TWO PLACES (2)", 1);
	assert_says(text, "ASIA1 2024-01-01 00:00:00 192.0.2.1 2024-01-01 "
		    "00:29:00 192.0.2.2", 2);
	assert_says(text, "? issued: for 2 of the keys no call", 3);
	free(text);
	text = says(store, OVERVIEW_FINDINGS, "", false, &found);
	squeeze(text);
	/* Neighbours are no finding. */
	assert_says(text, "00:29:10 2 two-places Y a/s", 4);
	assert_says(text, "two-places 2 1", 5);
	free(text);
	store_free(store);
}

/* A service that goes on with the key in between is no place. */
static void calls_of_services_hide_no_second_place(void **state)
{
	static const char trail[] =
		EVENT("1", "00:00:00", "X", ROLE("a", "s", "ASIA1"),
		      "192.0.2.1", NOTHING)
		EVENT("2", "00:01:00", "Y", ROLE("a", "s", "ASIA1"),
		      "s3.amazonaws.com", NOTHING)
		EVENT("3", "00:01:30", "Y", ROLE("a", "s", "ASIA1"),
		      "AWS Internal", NOTHING)
		EVENT("4", "00:02:00", "Z", ROLE("a", "s", "ASIA1"),
		      "198.51.100.2", NOTHING)
		EVENT("5", "00:00:00", "X", ROLE("b", "s", "ASIA2"),
		      "192.0.2.1", NOTHING)
		EVENT("6", "00:29:00", "Y", ROLE("b", "s", "ASIA2"),
		      "s3.amazonaws.com", NOTHING)
		EVENT("7", "00:31:00", "Z", ROLE("b", "s", "ASIA2"),
		      "198.51.100.2", NOTHING);
	struct store *store = support_load("trail.json", trail);
	bool found;
	char *text = says(store, OVERVIEW_FINDINGS, "", false, &found);

	(void)state;
	squeeze(text);
	assert_says(text, "00:02:00 2 two-places Z a/s 198.51.100.2 "
		    "2024-01-01 00:00:00", 0);
	assert_says(text, "two-places 2 1", 1);
	free(text);
	text = says(store, OVERVIEW_PROFILE, "s", false, &found);
	assert_says(text, "TWO PLACES (1)", 2);
	free(text);
	store_free(store);
}

/* A long term key, too; what a service does with it does not count. */
static void two_agents_soon_after_each_other_are_pointed_out(void **state)
{
#define AGENT(name) "\"userAgent\":\"" name "\""
	static const char trail[] =
		EVENT("1", "00:00:00", "X", USER("AKIA1"), "192.0.2.1",
		      AGENT("cli"))
		EVENT("2", "00:10:00", "Y", USER("AKIA1"), "192.0.2.1",
		      AGENT("sdk"))
		EVENT("3", "00:11:00", "Y", USER("AKIA1"), "192.0.2.1",
		      AGENT("cli"))
		EVENT("4", "00:12:00", "Y", USER("AKIA1"), "198.51.100.1",
		      AGENT("cli"))
		EVENT("5", "00:00:00", "X", USER("AKIA2"), "192.0.2.1",
		      AGENT("cli"))
		EVENT("6", "00:31:00", "Y", USER("AKIA2"), "192.0.2.1",
		      AGENT("sdk"))
		EVENT("7", "00:32:00", "Y", USER("AKIA2"), "s3.amazonaws.com",
		      AGENT("s3.amazonaws.com"));
#undef AGENT
	struct store *store = support_load("trail.json", trail);
	bool found;
	char *text = says(store, OVERVIEW_PROFILE, "dora", false, &found);

	(void)state;
	squeeze(text);
	assert_says(text, "TWO PLACES (2)", 0);
	assert_says(text, "AKIA1 2024-01-01 00:00:00 192.0.2.1 cli 2024-01-01 "
		    "00:10:00 192.0.2.1 sdk", 1);
	assert_says(text, "AKIA1 2024-01-01 00:11:00 192.0.2.1 cli 2024-01-01 "
		    "00:12:00 198.51.100.1 cli", 2);
	free(text);
	store_free(store);
}

/* Not as they were met, which threads decide. */
static void keys_of_two_places_stand_in_order(void **state)
{
	static const char trail[] =
		EVENT("1", "00:00:00", "X", ROLE("b", "s", "ASIA2"),
		      "192.0.2.1", NOTHING)
		EVENT("2", "00:01:00", "X", ROLE("b", "s", "ASIA2"),
		      "198.51.100.2", NOTHING)
		EVENT("3", "00:02:00", "X", ROLE("a", "s", "ASIA1"),
		      "192.0.2.1", NOTHING)
		EVENT("4", "00:03:00", "X", ROLE("a", "s", "ASIA1"),
		      "198.51.100.2", NOTHING);
	struct store *store = support_load("trail.json", trail);
	bool found;
	char *text = says(store, OVERVIEW_PROFILE, "s", false, &found);

	(void)state;
	squeeze(text);
	assert_says(text, "\nASIA1 2024-01-01 00:02:00 192.0.2.1 2024-01-01 "
		    "00:03:00 198.51.100.2\nASIA2 2024-01-01 00:00:00", 0);
	free(text);
	store_free(store);
}

static void the_tree_tells_chains_and_folds_services(void **state)
{
	static const char trail[] =
		EVENT("1", "00:00:00", "AssumeRole", USER("AKIA1"),
		      "192.0.2.1", GIVES("ASIA1", "a", "s"))
		EVENT("2", "00:01:00", "AssumeRole", ROLE("a", "s", "ASIA1"),
		      "192.0.2.1", GIVES("ASIA2", "b", "t"))
		EVENT("3", "00:02:00", "AssumeRole", ROLE("a", "s", "ASIA1"),
		      "192.0.2.2", GIVES("ASIA3", "b", "u"))
		EVENT("4", "00:03:00", "X", ROLE("b", "t", "ASIA2"),
		      "192.0.2.1", "\"errorCode\":\"AccessDenied\"")
		EVENT("5", "00:00:00", "AssumeRole", SERVICE,
		      "ec2.amazonaws.com", "\"requestParameters\":{\"roleArn\":"
		      "\"arn:aws:iam::111122223333:role/r\"},"
		      GIVES("ASIA4", "r", "i-1"))
		EVENT("6", "00:09:00", "AssumeRole", SERVICE,
		      "ec2.amazonaws.com", "\"requestParameters\":{\"roleArn\":"
		      "\"arn:aws:iam::111122223333:role/r\"},"
		      GIVES("ASIA5", "r", "i-2"))
		EVENT("7", "00:10:00", "X", ROLE("z", "v", "ASIA6"),
		      "192.0.2.1", NOTHING)
		EVENT("8", "00:11:00", "PutRolePolicy", USER("AKIA1"),
		      "192.0.2.1", "\"requestParameters\":{\"roleName\":\"b\","
		      "\"policyName\":\"AWSRevokeOlderSessions\"}");
	struct store *store = support_load("trail.json", trail);
	bool found;
	char *text = says(store, OVERVIEW_SESSIONS, "", false, &found);

	(void)state;
	assert_true(found);
	assert_says(text, "\ndora ", 0);
	assert_says(text, "\n  a/s ", 1);
	assert_says(text, "\n    b/t ", 2);
	assert_says(text, "\n    b/u ", 3);
	squeeze(text);
	assert_says(text, "temporary keys issued 5", 4);
	assert_says(text, "used in the loaded data 2", 5);
	assert_says(text, "ec2.amazonaws.com r 111122223333 2 0 0", 6);
	assert_says(text, "z/v 1 1 2024-01-01 00:10:00", 7);
	assert_says(text, "b/t ASIA2 2024-01-01 00:01:00 AssumeRole credential "
		    "2024-01-01 01:00:00 1 1", 8);
	free(text);
	text = says(store, OVERVIEW_PROFILE, "key=ASIA2", true, &found);
	assert_says(text, "\"session\": \"b/t\", \"key\": \"ASIA2\"", 9);
	assert_says(text, "\"depth\": 2", 10);
	assert_says(text, "\"role\": \"b\", \"by\": \"dora\"", 11);
	free(text);
	text = says(store, OVERVIEW_PROFILE, "nobody", true, &found);
	assert_false(found);
	free(text);
	store_free(store);
}

/* Nothing was done with them in the loaded data, so nobody's origin is open. */
static void temporary_keys_that_were_only_ended_are_in_no_table(void **state)
{
	static const char *const row[] = {
		"\"eventName\":\"DeleteAccessKey\",\"requestParameters\":{"
		"\"accessKeyId\":\"ASIA1\"}",
		"\"eventName\":\"UpdateAccessKey\",\"requestParameters\":{"
		"\"accessKeyId\":\"ASIA1\",\"status\":\"Inactive\"}",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct buffer trail = {0};
		struct store *store;
		bool found;
		char *text;

		buffer_printf(&trail, "{\"eventID\":\"1\",\"eventTime\":"
			      "\"2024-01-01T00:00:00Z\",%s}\n", row[i]);
		store = support_load("trail.json", buffer_text(&trail));
		text = says(store, OVERVIEW_SESSIONS, "", false, &found);
		assert_false(found);
		assert_says(text, "\nSESSIONS (0)\n", i);
		assert_says(text, "\nORIGIN UNKNOWN (0)\n", i);
		assert_says(text, "!? origin of", i);
		free(text);
		store_free(store);
		buffer_free(&trail);
	}
}

/* Java's forms, that of CloudTrail, seconds since 1970, and what is none. */
static void expirations_are_times_however_they_are_spelled(void **state)
{
	static const struct { const char *text, *want; } row[] = {
		{"\"Jan 1, 2024, 1:00:00 AM\"", "2024-01-01T01:00:00Z"},
		{"\"Jan 1, 2024 1:00:00 PM\"", "2024-01-01T13:00:00Z"},
		{"\"2024-01-01T01:00:00Z\"", "2024-01-01T01:00:00Z"},
		{"\"2024-01-01T01:00:00+00:00\"", "2024-01-01T01:00:00Z"},
		{"1704070800", "2024-01-01T01:00:00Z"},
		{"1704070800000", "2024-01-01T01:00:00Z"},
		{"\"soon\"", "\"soon\""},
		{"null", "\"unknown\""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		struct buffer trail = {0}, want = {0};
		struct store *store;
		bool found;
		char *got;

		buffer_printf(&trail, EVENT("1", "00:00:00", "AssumeRole",
					    USER("AKIA1"), "192.0.2.1",
			      "\"responseElements\":{\"credentials\":{"
			      "\"accessKeyId\":\"ASIA1\",\"expiration\":%s}}"),
			      row[i].text);
		store = support_load("trail.json", buffer_text(&trail));
		got = says(store, OVERVIEW_SESSIONS, "", true, &found);
		buffer_printf(&want, row[i].want[0] == '"'
			      ? "\"expires\": %s" : "\"expires\": \"%s\"",
			      row[i].want);
		assert_says(got, buffer_text(&want), i);
		free(got);
		store_free(store);
		buffer_free(&trail);
		buffer_free(&want);
	}
}

static void coverage_tells_hours_without_a_file(void **state)
{
	static const char trail[] =
		EVENT("1", "05:00:00", "X", USER("A"), "192.0.2.1", NOTHING)
		EVENT("2", "03:00:00", "X", USER("A"), "192.0.2.1", NOTHING)
		"{\"eventID\":\"3\",\"eventTime\":\"2024-01-03T00:00:00Z\","
		"\"eventName\":\"X\"}\n"
		"{\"eventID\":\"5\",\"eventTime\":\"2024-01-07T01:00:00Z\","
		"\"eventName\":\"X\"}\n"
		"{\"eventID\":\"4\",\"eventTime\":\"soon\",\"eventName\":\"X\"}\n";
	struct store *store = support_load(
		"111122223333_CloudTrail_us-east-1_20240101T0410Z_x.json",
		trail);
	bool found;
	char *text = says(store, OVERVIEW_COVERAGE, "", false, &found);

	(void)state;
	assert_true(found);
	assert_says(text, " +o+\n", 0);
	squeeze(text);
	assert_says(text, "111122223333 us-east-1 1 0 2", 1);
	assert_says(text, "? ? 0 0 3 2024-01-03 00:00:00", 2);
	assert_says(text, "? ? 2024-01-04 to 2024-01-06 nothing\n", 4);
	assert_says(text, "WITHOUT FILE (2)", 3);
	free(text);
	store_free(store);
}

static void files_of_insights_cover_no_hour(void **state)
{
	struct store *store = support_load(
		"111122223333_CloudTrail-Insight_us-east-1_20240101T0410Z_x"
		".json",
		EVENT("1", "05:00:00", "X", USER("A"), "192.0.2.1", NOTHING));
	bool found;
	char *text = says(store, OVERVIEW_COVERAGE, "", false, &found);

	(void)state;
	squeeze(text);
	assert_says(text, "111122223333 us-east-1 0 0 1", 0);
	assert_says(text, "names: 1 files are not named as CloudTrail names "
		    "log files", 1);
	free(text);
	store_free(store);
}

/* Two log files are named by one digest, one of them by another too; one is
 * there, though not compressed. */
static void digests_name_log_files_that_are_not_there(void **state)
{
	static const struct { const char *name, *text; } file[] = {
		{"111122223333_CloudTrail_us-east-1_20240101T0005Z_"
		 "AAAAAAAAAAAAAAAA.json",
		 "{\"Records\":[{\"eventID\":\"1\",\"eventName\":\"X\","
		 "\"eventTime\":\"2024-01-01T00:00:00Z\"}]}"},
		{"111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_"
		 "20240101T010000Z.json",
		 "{\"digestStartTime\":\"2024-01-01T00:00:00Z\","
		 "\"digestEndTime\":\"2024-01-01T01:00:00Z\",\"logFiles\":["
		 "{\"s3Object\":\"p/111122223333_CloudTrail_us-east-1_"
		 "20240101T0005Z_AAAAAAAAAAAAAAAA.json.gz\"},"
		 "{\"s3Object\":\"p/111122223333_CloudTrail_us-east-1_"
		 "20240101T0010Z_BBBBBBBBBBBBBBBB.json.gz\"},"
		 "{\"s3Object\":null},{\"s3Object\":\"other\"}]}"},
		{"111122223333_CloudTrail-Digest_us-east-1_u_us-east-1_"
		 "20240101T010000Z.json",
		 "{\"digestStartTime\":\"2024-01-01T00:00:00Z\","
		 "\"digestEndTime\":\"2024-01-01T01:00:00Z\",\"logFiles\":["
		 "{\"s3Object\":\"p/111122223333_CloudTrail_us-east-1_"
		 "20240101T0010Z_BBBBBBBBBBBBBBBB.json.gz\"}]}"},
	};
	const char *names[COUNT(file)];
	struct store *store = store_new(FIELD_COUNT);
	struct jobs *jobs = jobs_new(1);
	struct loader_options options = {0};
	struct loader *loader = loader_new(store, jobs, &options);
	bool found;
	char *got;

	(void)state;
	for (size_t i = 0; i < COUNT(file); i++) {
		FILE *f = fopen(names[i] = file[i].name, "w");

		assert_non_null(f);
		assert_true(fputs(file[i].text, f) >= 0);
		assert_int_equal(fclose(f), 0);
	}
	loader_start(loader, names, COUNT(file));
	loader_wait(loader);
	loader_free(loader);
	jobs_free(jobs);
	got = says(store, OVERVIEW_COVERAGE, "", false, &found);
	squeeze(got);
	assert_says(got, "NOT ON DISK (2)\nlog file account region hour UTC named "
		    "by\nother 111122223333_CloudTrail-Digest_us-east-1_t_",
		    0);
	assert_says(got, "p/111122223333_CloudTrail_us-east-1_20240101T0010Z_"
		    "BBBBBBBBBBBBBBBB.json.gz 111122223333 us-east-1 "
		    "2024-01-01 00:00:00 111122223333_CloudTrail-Digest_"
		    "us-east-1_t_", 1);
	assert_says(got, "!20240101T0005Z_AAAAAAAAAAAAAAAA.json.gz", 2);
	assert_says(got, "digests: 2 files name 3 log files, 2 of them not on "
		    "disk", 3);
	free(got);
	for (size_t i = 0; i < COUNT(file); i++)
		unlink(names[i]);
	store_free(store);
}

/* Segments are published in any order. */
static void origins_do_not_hang_on_the_order_of_records(void **state)
{
	static const char *const record[] = {
		EVENT("self", "00:01:00", "AssumeRole", USER("ASIAX"),
		      "192.0.2.1", GIVES("ASIAX", "r", "s")),
		EVENT("first", "00:02:00", "AssumeRole", USER("AKIA1"),
		      "192.0.2.1", GIVES("ASIAX", "r", "s")),
		EVENT("second", "00:03:00", "AssumeRole", USER("AKIA2"),
		      "192.0.2.1", GIVES("ASIAX", "r", "s")),
		EVENT("off", "00:04:00", "UpdateAccessKey", USER("AKIA1"),
		      "192.0.2.1", "\"requestParameters\":{\"accessKeyId\":"
		      "\"AKIA2\",\"status\":\"Inactive\"}"),
		EVENT("gone", "00:05:00", "DeleteAccessKey", USER("AKIA1"),
		      "192.0.2.1", "\"requestParameters\":{\"accessKeyId\":"
		      "\"AKIA2\"}"),
		EVENT("circle", "00:06:00", "AssumeRole", USER("ASIAY"),
		      "192.0.2.1", GIVES("ASIAZ", "r", "s")),
		EVENT("closed", "00:07:00", "AssumeRole", USER("ASIAZ"),
		      "192.0.2.1", GIVES("ASIAY", "r", "s")),
	};

	(void)state;
	for (size_t turn = 0; turn < 2 * COUNT(record); turn++) {
		struct buffer text = {0};
		struct store *store;
		struct sessions *s;
		const struct sessions_key *k;

		for (size_t i = 0; i < COUNT(record); i++) {
			size_t at = turn < COUNT(record) ? i
				: COUNT(record) - 1 - i;

			buffer_add_text(&text,
					record[(at + turn) % COUNT(record)]);
		}
		store = support_load("trail.json", buffer_text(&text));
		s = sessions_new(store, NULL);
		k = &s->key[sessions_find(s, SPAN("ASIAX"))];
		assert_int_equal(k->parent, sessions_find(s, SPAN("AKIA1")));
		assert_true(span_is(cells_field(store, k->origin,
						FIELD_EVENT_ID), "first"));
		k = &s->key[sessions_find(s, SPAN("AKIA2"))];
		assert_true(span_is(cells_field(store, k->ended,
						FIELD_EVENT_ID), "gone"));
		k = &s->key[sessions_find(s, SPAN("ASIAZ"))];
		assert_int_equal(k->parent, SESSIONS_NONE);
		sessions_free(s);
		store_free(store);
		buffer_free(&text);
	}
}

/* Off and on again is not ended; a key that was deleted stays so.  As above, in
 * any order. */
static void keys_that_are_active_again_have_not_ended(void **state)
{
#define CALL(time, event, rest) \
	EVENT(time, time, event, USER("AKIA1"), "192.0.2.1", \
	      "\"requestParameters\":{\"accessKeyId\":\"AKIA1\"" rest "}")
#define SET(time, status) \
	CALL(time, "UpdateAccessKey", ",\"status\":\"" status "\"")
	static const struct { const char *call[3], *ended; } row[] = {
		{{SET("10:00:00", "Inactive"), "", ""}, "10:00:00"},
		{{SET("10:00:00", "Active"), "", ""}, NULL},
		{{SET("10:00:00", "other"), "", ""}, NULL},
		{{SET("10:00:00", "Inactive"), SET("10:05:00", "Active"), ""},
		 NULL},
		{{SET("10:00:00", "Inactive"), SET("10:05:00", "Active"),
		  SET("10:10:00", "Inactive")}, "10:10:00"},
		{{SET("10:00:00", "Inactive"),
		  CALL("10:05:00", "DeleteAccessKey", ""),
		  SET("10:10:00", "Active")}, "10:05:00"},
	};
#undef CALL
#undef SET

	(void)state;
	for (size_t i = 0; i < 2 * COUNT(row); i++) {
		const char *const *call = row[i / 2].call;
		const char *ended = row[i / 2].ended;
		struct buffer text = {0};
		struct store *store;
		struct sessions *s;
		struct store_event event;

		for (size_t k = 0; k < 3; k++)
			buffer_add_text(&text, call[i % 2 ? 2 - k : k]);
		store = support_load("trail.json", buffer_text(&text));
		s = sessions_new(store, NULL);
		event = s->key[sessions_find(s, SPAN("AKIA1"))].ended;
		if ((event.segment != UINT32_MAX) != (ended != NULL) ||
		    (ended && !span_is(cells_field(store, event,
						   FIELD_EVENT_ID), ended)))
			fail_msg("row %zu", i);
		sessions_free(s);
		store_free(store);
		buffer_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(origins_do_not_hang_on_the_order_of_records),
		cmocka_unit_test(keys_that_are_active_again_have_not_ended),
		cmocka_unit_test(keys_are_traced_to_where_they_came_from),
		cmocka_unit_test(forged_records_make_no_circle),
		cmocka_unit_test(long_chains_are_told_whole),
		cmocka_unit_test(each_key_has_its_own_places),
		cmocka_unit_test(
			two_places_soon_after_each_other_are_pointed_out),
		cmocka_unit_test(calls_of_services_hide_no_second_place),
		cmocka_unit_test(
			two_agents_soon_after_each_other_are_pointed_out),
		cmocka_unit_test(keys_of_two_places_stand_in_order),
		cmocka_unit_test(the_tree_tells_chains_and_folds_services),
		cmocka_unit_test(
			temporary_keys_that_were_only_ended_are_in_no_table),
		cmocka_unit_test(
			expirations_are_times_however_they_are_spelled),
		cmocka_unit_test(files_of_insights_cover_no_hour),
		cmocka_unit_test(coverage_tells_hours_without_a_file),
		cmocka_unit_test(digests_name_log_files_that_are_not_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
