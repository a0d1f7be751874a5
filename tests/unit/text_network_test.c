/* What is an address or a network, and what lies in which. */
#include "base/memory.h"
#include "exact.h"
#include "text/network.h"

#include <arpa/inet.h>
#include <stdio.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* As inet_ntop writes it, with the prefix; `-` when it is none. */
static const char *told(bool good, const struct network *n, char *out,
			size_t room)
{
	char address[64];

	if (!good)
		return "-";
	inet_ntop(n->six ? AF_INET6 : AF_INET, n->byte, address,
		  sizeof address);
	snprintf(out, room, "%s/%d", address, n->prefix);
	return out;
}

static void addresses_and_networks_are_read(void **state)
{
	static const struct {
		const char *text, *read;
	} rows[] = {
		{"192.0.2.7", "192.0.2.7/32"}, {"0.0.0.0", "0.0.0.0/32"},
		{"255.255.255.255", "255.255.255.255/32"},
		{"256.0.0.1", "-"}, {"1.2.3", "-"}, {"1.2.3.", "-"},
		{"1.2.3.4.", "-"}, {"1.2.3.4.5", "-"}, {"1.2.3.04", "-"},
		{"1.2.3.0004", "-"}, {"1..3.4", "-"}, {"", "-"}, {"a", "-"},
		{"1.2.3.4x", "-"}, {"1,2.3.4", "-"},
		{"192.0.2.7/24", "192.0.2.0/24"}, {"192.0.2.7/0", "0.0.0.0/0"},
		{"192.0.2.255/25", "192.0.2.128/25"},
		{"192.0.2.7/32", "192.0.2.7/32"}, {"192.0.2.7/33", "-"},
		{"192.0.2.7/", "-"}, {"192.0.2.7/024", "-"},
		{"192.0.2.7/2x", "-"}, {"192.0.2.7/1000", "-"}, {"x/8", "-"},
		{"192.0[.]2.7", "192.0.2.7/32"}, {"192[.]0[.]2[.]7/8",
						  "192.0.0.0/8"},
		{"192.0[.2.7", "-"},
		{"::", "::/128"}, {"::1", "::1/128"}, {"1::", "1::/128"},
		{"2001:db8::7", "2001:db8::7/128"}, {"A::F", "a::f/128"},
		{"a::f", "a::f/128"},
		{"2001:DB8:0:1:2:3:4:5", "2001:db8:0:1:2:3:4:5/128"},
		{"2001[:]db8::7", "2001:db8::7/128"},
		{"1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8/128"},
		{"1:2:3:4:5:6:7", "-"}, {"1:2:3:4:5:6:7:8:9", "-"},
		{"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0/128"},
		{"1:2:3:4::5:6:7:8", "-"}, {"1::2::3", "-"},
		{"::1::2", "-"}, {":1", "-"},
		{"1:", "-"}, {":", "-"}, {":::", "-"}, {"1:::2", "-"},
		{"12345::", "-"}, {"g::", "-"}, {"1.2.3.4::", "-"},
		{"::1.2.3.4", "::1.2.3.4/128"}, {"::1.2.3", "-"},
		{"0:0:0:0:0:ffff:192.0.2.1", "192.0.2.1/32"},
		{"::1.2.3.4:5", "-"}, {"1:2:3:4:5:6:7:1.2.3.4", "-"},
		{"64:ff9b::192.0.2.1", "64:ff9b::c000:201/128"},
		{"::ffff:192.0.2.1", "192.0.2.1/32"},
		{"::ffff:c000:201", "::ffff:192.0.2.1/128"},
		{"::ffff:192.0.2.1/120", "192.0.2.0/24"},
		{"::ffff:192.0.2.1/96", "0.0.0.0/0"},
		{"::ffff:192.0.2.1/95", "-"}, {"::ffff:192.0.2.1/129", "-"},
		{"2001:db8::7/32", "2001:db8::/32"},
		{"2001:db8:ffff::/35", "2001:db8:e000::/35"},
		{"2001:db8::7/128", "2001:db8::7/128"},
		{"2001:db8::7/129", "-"}, {"fe80::1%eth0", "-"},
		{"00000000000000000000000000000000000000000000000000000000000"
		 "000000", "-"},
	};
	struct network n;
	char out[80];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *got = told(network_parse(span_of(rows[i].text), &n),
				       &n, out, sizeof out);

		if (strcmp(got, rows[i].read) != 0)
			fail_msg("%s: %s", rows[i].text, got);
	}
	assert_false(network_parse_address((struct span){NULL, 0}, &n));
}

static void a_network_holds_what_begins_alike(void **state)
{
	static const struct {
		const char *network, *address;
		bool holds;
	} rows[] = {
		{"192.0.2.0/24", "192.0.2.255", true},
		{"192.0.2.0/24", "192.0.3.0", false},
		{"192.0.2.128/25", "192.0.2.128", true},
		{"192.0.2.128/25", "192.0.2.127", false},
		{"192.0.2.6/31", "192.0.2.7", true},
		{"192.0.2.6/31", "192.0.2.8", false},
		{"192.0.2.7", "192.0.2.7", true},
		{"192.0.2.7", "192.0.2.6", false},
		{"0.0.0.0/0", "255.255.255.255", true},
		{"0.0.0.0/0", "::", false}, {"::/0", "0.0.0.0", false},
		{"192.0.2.0/24", "192.0.0.0/16", false},
		{"192.0.0.0/16", "192.0.2.0/24", true},
		{"2001:db8::/33", "2001:db8:7fff::", true},
		{"2001:db8::/33", "2001:db8:8000::", false},
	};
	struct network n, a;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(network_parse(span_of(rows[i].network), &n));
		assert_true(network_parse(span_of(rows[i].address), &a));
		if (network_holds(&n, &a) != rows[i].holds)
			fail_msg("%s in %s", rows[i].address, rows[i].network);
	}
}

static void addresses_are_found_in_texts(void **state)
{
	static const struct {
		const char *text, *found;
	} rows[] = {
		{"from 192.0.2.7 to 198.51.100.1", "192.0.2.7/32@14 "
						   "198.51.100.1/32@30 "},
		{"192.0.2.7", "192.0.2.7/32@9 "},
		{"at 192.0.2.7.", "192.0.2.7/32@13 "},
		{"...192.0.2.7...", "192.0.2.7/32@15 "},
		{"........................................................."
		 "192.0.2.7", "192.0.2.7/32@66 "},
		{"192.0.2.7:443 x", "192.0.2.7/32@9 "},
		{"x192.0.2.7", ""}, {"192.0.2.7x", ""}, {"192.0.2.7_", ""},
		{"z192.0.2.7", ""}, {"Z192.0.2.7", ""},
		{"1.192.0.2.7", ""}, {"192.0.2", ""}, {"cafe babe 12", ""},
		{"xa::7", "::7/128@5 "}, {"XA::7", "::7/128@5 "},
		{"(192.0.2.7)", "192.0.2.7/32@10 "},
		{"[2001:db8::7]:443", "2001:db8::7/128@12 "},
		{"to 2001:db8::7: refused", "2001:db8::7/128@15 "},
		{"to:2001:db8::7 x", "2001:db8::7/128@14 "},
		{"za:192.0.2.7", "192.0.2.7/32@12 "},
		{"ZA:192.0.2.7", "192.0.2.7/32@12 "},
		{"arn:aws:iam::123456789012:user", ""},
		{"12:30:45", ""}, {": . :", ""}, {"", ""}, {"...", ""},
		{"2001:db8::7:x", ""}, {":443:", ""},
		/* behind and between labels, ports and others */
		{"src:203.0.113.7:443", "203.0.113.7/32@15 "},
		{"db:203.0.113.7", "203.0.113.7/32@14 "},
		{"a:203.0.113.7, b:203.0.113.8", "203.0.113.7/32@13 "
						 "203.0.113.8/32@28 "},
		{"443:203.0.113.7", "203.0.113.7/32@15 "},
		{"10.0.0.1:443:203.0.113.7:80", "10.0.0.1/32@8 "
						"203.0.113.7/32@24 "},
		{"10.0.0.1:203.0.113.7:x", "10.0.0.1/32@8 "
					   "203.0.113.7/32@20 "},
		{"db:.203.0.113.7.:80", "203.0.113.7/32@16 "},
		{"db:203.0.113.7x:10.0.0.1y", ""},
		{"10.0.0.1:2001:db8::7", "10.0.0.1/32@8 2001:db8::7/128@20 "},
		{"::ffff:203.0.113.7:443", "203.0.113.7/32@18 "},
		{"db::203.0.113.7", "db::cb00:7107/128@15 "},
		{"a:b:c:d:e:f:203.0.113.7", "a:b:c:d:e:f:cb00:7107/128@23 "},
		{"a:b:c:1.2.3.4.5:203.0.113", ""},
	};
	struct network a;
	char out[80];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct span text = exact_span(rows[i].text);
		char all[200] = "";
		size_t at = 0;

		while (network_find(text, &at, &a))
			snprintf(all + strlen(all), sizeof all - strlen(all),
				 "%s@%zu ", told(true, &a, out, sizeof out),
				 at);
		free((char *)text.p);
		if (strcmp(all, rows[i].found) != 0)
			fail_msg("%s: %s", rows[i].text, all);
		assert_int_equal(at, strlen(rows[i].text));
	}
}

/* Each byte is looked at a few times however many addresses stand without a
 * blank between. */
static void a_million_addresses_in_a_row_are_found(void **state)
{
	enum { MANY = 1000000, EACH = 8 };
	char *text = memory_alloc(MANY * EACH);
	struct span all = {text, MANY * EACH};
	struct network a;
	size_t at = 0, n = 0;

	(void)state;
	for (size_t i = 0; i < MANY; i++)
		memcpy(text + i * EACH, "1.2.3.4:", EACH);
	for (; network_find(all, &at, &a); n++)
		assert_int_equal(a.byte[3], 4);
	assert_int_equal(n, MANY);
	memset(text, ':', all.n);
	at = 0;
	assert_false(network_find(all, &at, &a));
	memset(text + 8, '.', all.n - 8);
	memcpy(text, "1.2.3.4:", 8);
	at = 0;
	assert_true(network_find(all, &at, &a));
	assert_false(network_find(all, &at, &a));
	free(text);
}

/* Whatever holds an address is looked at; few others are. */
static void a_glance_misses_no_address(void **state)
{
	static const char bytes[] =
		"192.0.2.7\nno\n.\nx 1.2.3.4:5\n::1\na.b\n2001:db8::\n1:2\n"
		":\n::\nend of it.\narn:aws::x\n0:0:0:0:0:0:0:0\n"
		"0::x\n0::0\n1.x\nx.1\n";
	uint32_t start[20] = {0}, count = 0;
	uint64_t four = 0, six = 0;

	(void)state;
	for (size_t i = 0; i < sizeof bytes - 1; i++)
		if (bytes[i] == '\n')
			start[++count] = (uint32_t)i + 1;
	network_glance(bytes, start, count, false, &four);
	network_glance(bytes, start, count, true, &six);
	assert_int_equal(four, 1 << 0 | 1 << 3);
	assert_int_equal(six, 1 << 3 | 1 << 4 | 1 << 6 | 1 << 7 | 1 << 9 |
			      1 << 12 | 1 << 14);
	four = 4;
	network_glance(NULL, NULL, 0, false, &four);
	assert_int_equal(four, 4);
	network_glance(bytes, start, 1, false, &four);
	assert_int_equal(four, 4 | 1);
}

static void a_glance_knows_which_of_many_texts_it_is(void **state)
{
	enum { MANY = 130 };
	char bytes[MANY * 4];
	uint32_t start[MANY + 1] = {0};
	uint64_t likely[3] = {0};

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		memcpy(bytes + i * 4, i % 3 ? "a.b\n" : "1.2\n", 4);
		start[i + 1] = i * 4 + 4;
	}
	network_glance(bytes, start, MANY, false, likely);
	for (uint32_t i = 0; i < MANY; i++)
		assert_int_equal(likely[i / 64] >> (i % 64) & 1, i % 3 == 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_and_networks_are_read),
		cmocka_unit_test(a_network_holds_what_begins_alike),
		cmocka_unit_test(addresses_are_found_in_texts),
		cmocka_unit_test(a_million_addresses_in_a_row_are_found),
		cmocka_unit_test(a_glance_misses_no_address),
		cmocka_unit_test(a_glance_knows_which_of_many_texts_it_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
