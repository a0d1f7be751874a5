/* Certificates say what `openssl x509` says of them, broken ones why they are.
 * Both were made for this test; nobody has their keys. */
#include "trail_support.h"

#include "trail/base64.h"
#include "trail/bytebuffer.h"
#include "trail/unfold.h"
#include "trail/x509.h"

static const char leaf[] =
	"-----BEGIN CERTIFICATE-----\n"
	"MIICiTCCAi+gAwIBAgIIEjRWeJCrze8wCgYIKoZIzj0EAwIwKTEQMA4GA1UECgwH\n"
	"RXhhbXBsZTEVMBMGA1UEAwwMRXhhbXBsZSBSb290MB4XDTI2MTEyMjIwMzgxOFoX\n"
	"DTI2MTIyMjIwMzgxOFowLDEYMBYGA1UEAwwPd3d3LmV4YW1wbGUuY29tMRAwDgYD\n"
	"VQQKDAdNw7xsbGVyMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAsxJ0\n"
	"dMvOIGplNkwzsiGNlfZwZql3p22VxM6FlSoIFzqpOd9QmS4f8odrYZDXDZlT2Xf8\n"
	"dcbicnUYFcE7Qk6OdDnnhceGDvOan7w6yIGFJzJ2Sxw1yvD2fHFlIif8YVrenetI\n"
	"619RU/D/QsIu66qYF7NmvyQ2tGAdfQRPJbw9TjEaDWTnZgLU0SSmhyFl9H5OKzpq\n"
	"ygU16sA6uFF1p+AR3j/u/b9N3KZQfo7WKXsEpZ2GNRi9ehtoU0kqIQAMXVtHOx5M\n"
	"ahkwyVBw2keRfI89s48lnlE5gGkDMfcyNkHhSTP+C6xII+BLCzpMhcuDs6GrFY8N\n"
	"1A4u5oFOmNoIlfdSnQIDAQABo3MwcTAvBgNVHREEKDAmgg93d3cuZXhhbXBsZS5j\n"
	"b22CDSouZXhhbXBsZS5jb22HBMAAAgEwHQYDVR0OBBYEFNOeBSqZgfhala37m8PS\n"
	"Eq+ABw2aMB8GA1UdIwQYMBaAFAuxUqGwc5T1OCmuhwBklQb2krZBMAoGCCqGSM49\n"
	"BAMCA0gAMEUCIQCgU0S+HvjhytUChDIGG8l5Fcguc1sC3Mmn0+aPxV7cCgIgLkSf\n"
	"mTSHaOQBGxXSTNxtwRY1BKHJeiWnIYzpHibva/Q=\n"
	"-----END CERTIFICATE-----\n";

static const char root[] =
	"-----BEGIN CERTIFICATE-----\n"
	"MIIBpzCCAU2gAwIBAgIUEVNi92tYI4F9jJT/+h1EiAjTi2MwCgYIKoZIzj0EAwIw\n"
	"KTEQMA4GA1UECgwHRXhhbXBsZTEVMBMGA1UEAwwMRXhhbXBsZSBSb290MB4XDTI2\n"
	"MTEyMjIwMzgxN1oXDTM2MTExOTIwMzgxN1owKTEQMA4GA1UECgwHRXhhbXBsZTEV\n"
	"MBMGA1UEAwwMRXhhbXBsZSBSb290MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n"
	"sxaSvcdescP7FheMaNWcugGkYpWP7kHj99Yn/Esfj68G1MyyK1BiN2uJwOGOJnh1\n"
	"oj0NI9peWezZQ6lwVUnzPqNTMFEwHQYDVR0OBBYEFAuxUqGwc5T1OCmuhwBklQb2\n"
	"krZBMB8GA1UdIwQYMBaAFAuxUqGwc5T1OCmuhwBklQb2krZBMA8GA1UdEwEB/wQF\n"
	"MAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAKf0ePt/5O4ZGmfNCuxGpkthvl7WyJFx\n"
	"UyRibKt/F/BPAiAUxFGn6HDvVC1TzjtAy6QeanKYYhpTvxUYSiQOtkhPnw==\n"
	"-----END CERTIFICATE-----\n";

#define LEAF "\"subject\":\"O=M\u00fcller,CN=www.example.com\"," \
	"\"issuer\":\"CN=Example Root,O=Example\",\"names\":[" \
	"\"DNS:www.example.com\",\"DNS:*.example.com\"," \
	"\"IP Address:192.0.2.1\"],\"serial\":\"1234567890ABCDEF\"," \
	"\"not before\":\"2026-11-22 20:38:18 UTC\"," \
	"\"not after\":\"2026-12-22 20:38:18 UTC\","
#define LEAF_REST "\"key\":\"RSA, 2048 bits\"," \
	"\"signature\":\"ecdsa-with-SHA256\",\"SHA-256 fingerprint\":" \
	"\"15:7D:96:24:56:DC:9A:31:92:AE:A3:04:11:2D:0C:8B:" \
	"9F:4C:11:E0:EB:A8:DD:E7:AE:B1:A2:C0:61:B7:88:F0\""
#define ROOT "\"subject\":\"CN=Example Root,O=Example\"," \
	"\"issuer\":\"CN=Example Root,O=Example\",\"names\":[]," \
	"\"serial\":\"115362F76B5823817D8C94FFFA1D448808D38B63\"," \
	"\"not before\":\"2026-11-22 20:38:17 UTC\"," \
	"\"not after\":\"2036-11-19 20:38:17 UTC\"," \
	"\"key\":\"EC, 256 bits\",\"signature\":\"ecdsa-with-SHA256\"," \
	"\"SHA-256 fingerprint\":" \
	"\"01:33:4A:0C:2D:DD:31:3D:FD:65:BE:BF:BE:59:9D:2A:" \
	"5C:7F:E3:3C:EC:5E:09:85:06:70:BD:CC:70:76:40:2A\""

/* 2026-11-22 20:38:18 UTC in ms */
static const int64_t made_at = INT64_C(1795379898000);

static void check_text(struct span text, int64_t at, size_t count,
		       const char *json)
{
	struct buffer out = {0};

	assert_int_equal(x509_describe_text(text, at, &out), count);
	assert_string_equal(buffer_text(&out), json);
	buffer_free(&out);
}

static void a_certificate_says_what_openssl_says(void **state)
{
	(void)state;
	check_text(span_of(leaf), INT64_MAX, 1, "{" LEAF LEAF_REST "}");
	check_text(span_of(root), INT64_MAX, 1, "{" ROOT "}");
}

static void it_was_valid_or_not_when_the_event_was(void **state)
{
	static const struct {
		int64_t after;          /* seconds */
		const char *word;
	} rows[] = {
		{-1, "not yet valid"}, {1, "valid"}, {30 * 86400 - 1, "valid"},
		{30 * 86400 + 1, "expired"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer json = {0};

		buffer_printf(&json, "{" LEAF "\"at the event's time\":\"%s\","
			      LEAF_REST "}", rows[i].word);
		check_text(span_of(leaf), made_at + rows[i].after * 1000, 1,
			   buffer_text(&json));
		buffer_free(&json);
	}
}

static void the_order_of_a_chain_is_told(void **state)
{
	struct buffer chain = {0};

	(void)state;
	buffer_printf(&chain, "%s%s", leaf, root);
	check_text(buffer_span(&chain), INT64_MAX, 2,
		   "[{" LEAF LEAF_REST "},{" ROOT
		   ",\"issued the one above\":\"yes\"}]");
	buffer_clear(&chain);
	buffer_printf(&chain, "%s%s", root, leaf);
	check_text(buffer_span(&chain), INT64_MAX, 2,
		   "[{" ROOT "},{" LEAF LEAF_REST
		   ",\"issued the one above\":\"no\"}]");
	buffer_free(&chain);
}

static void a_broken_one_says_why(void **state)
{
	static const struct {
		const char *text, *json;
	} rows[] = {
		{"-----BEGIN CERTIFICATE-----\nMIIB",
		 "{\"broken\":\"the line that ends it is missing\"}"},
		{"-----BEGIN CERTIFICATE-----\nMI?B\n"
		 "-----END CERTIFICATE-----\n",
		 "{\"broken\":\"what stands between the lines is not "
		 "base64\"}"},
		{"-----BEGIN CERTIFICATE-----\nMIIBAAAA\n"
		 "-----END CERTIFICATE-----\n", "{\"broken\":\"too long\"}"},
	};

	(void)state;
	assert_false(x509_in_text(SPAN("-----BEGIN PRIVATE KEY-----")));
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(x509_in_text(span_of(rows[i].text)));
		check_text(span_of(rows[i].text), INT64_MAX, 1, rows[i].json);
	}
	check_text(SPAN("no certificate"), INT64_MAX, 0, "");
}

static void values_unfold_to_what_they_hold(void **state)
{
	static const struct {
		const char *text;
		enum unfold_kind kind;
		const char *json, *summary;
	} rows[] = {
		{"{\"a\":1.0}", UNFOLD_JSON, "{\"a\":1.0}", ""},
		{" [1] ", UNFOLD_JSON, " [1] ", ""},
		{"{}", UNFOLD_NOTHING, "", ""},
		{"{a:1}", UNFOLD_NOTHING, "", ""},
		{"[not json", UNFOLD_NOTHING, "", ""},
		{"{\"a\":1} and more", UNFOLD_NOTHING, "", ""},
		{"%7B%22a%22%3A%22b+c%22%7D", UNFOLD_JSON, "{\"a\":\"b c\"}",
		 "URL-encoded JSON"},
		{"%zz", UNFOLD_NOTHING, "", ""},
		{"eyJhIjoiYSBsb25nIGVub3VnaCB0ZXh0IGZvciBpdCIsImIiOjF9",
		 UNFOLD_JSON, "{\"a\":\"a long enough text for it\",\"b\":1}",
		 "base64 of JSON"},
		{"MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
		 UNFOLD_NOTHING, "", "DER public key"},
		{"hello", UNFOLD_NOTHING, "", ""},
		{"", UNFOLD_NOTHING, "", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer json = {0}, summary = {0};

		assert_int_equal(unfold_text(span_of(rows[i].text), INT64_MAX,
					     &json, &summary), rows[i].kind);
		assert_text(buffer_span(&json), rows[i].json);
		assert_text(buffer_span(&summary), rows[i].summary);
		buffer_free(&json);
		buffer_free(&summary);
	}
}

static void bytes_say_how_many_and_what_they_are(void **state)
{
	struct buffer der = {0}, json = {0}, summary = {0}, pem = {0};
	struct span body = {leaf + 28, sizeof leaf - 1 - 28 - 26};

	(void)state;
	assert_true(base64_decode(body, &der));
	assert_int_equal(unfold_bytes(buffer_span(&der), INT64_MAX, &json,
				      &summary), UNFOLD_CERTIFICATE);
	assert_string_equal(buffer_text(&json), "{" LEAF LEAF_REST "}");
	assert_string_equal(buffer_text(&summary),
			    "653 bytes DER certificate");
	buffer_clear(&json);
	buffer_add_byte(&der, '\0');
	assert_int_equal(unfold_bytes(buffer_span(&der), INT64_MAX, &json,
				      &summary), UNFOLD_CERTIFICATE);
	assert_string_equal(buffer_text(&json), "{" LEAF LEAF_REST "}");
	buffer_clear(&json);
	buffer_printf(&pem, "%s%s", leaf, root);
	assert_int_equal(unfold_bytes(buffer_span(&pem), INT64_MAX, &json,
				      &summary), UNFOLD_CERTIFICATE);
	assert_string_equal(buffer_text(&summary),
			    "1,575 bytes 2 PEM certificates");
	assert_int_equal(unfold_bytes(SPAN("x"), INT64_MAX, &json, &summary),
			 UNFOLD_NOTHING);
	assert_string_equal(buffer_text(&summary), "1 byte");
	assert_int_equal(unfold_bytes(SPAN("{\"a\":1}"), INT64_MAX, &json,
				      &summary), UNFOLD_JSON);
	assert_string_equal(buffer_text(&summary), "7 bytes JSON");
	buffer_free(&der);
	buffer_free(&json);
	buffer_free(&summary);
	buffer_free(&pem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_certificate_says_what_openssl_says),
		cmocka_unit_test(it_was_valid_or_not_when_the_event_was),
		cmocka_unit_test(the_order_of_a_chain_is_told),
		cmocka_unit_test(a_broken_one_says_why),
		cmocka_unit_test(values_unfold_to_what_they_hold),
		cmocka_unit_test(bytes_say_how_many_and_what_they_are),
	};

	x509_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
