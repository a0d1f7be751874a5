/* Owns the reading of certificates: PEM and DER in, JSON for people out.  Knows
 * neither events nor how they are drawn. */
#include "trail/x509.h"

#include "base/memory.h"
#include "json/decode.h"
#include "trail/base64.h"

#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const struct span begin = {"-----BEGIN CERTIFICATE-----", 27};
static const struct span end = {"-----END CERTIFICATE-----", 25};

void x509_start(void)
{
	OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, NULL);
}

bool x509_in_text(struct span text)
{
	return text.n > begin.n && span_find(text, begin);
}

static void add_key(struct buffer *json, const char *key)
{
	if (json->n > 0 && json->p[json->n - 1] != '{')
		buffer_add_byte(json, ',');
	decode_quote(span_of(key), json);
	buffer_add_byte(json, ':');
}

static void add_text(struct buffer *json, const char *key, struct span text)
{
	add_key(json, key);
	decode_quote(text, json);
}

/* What was written to BIO, which is emptied. */
static struct span written(BIO *bio)
{
	char *p;
	long n = BIO_get_mem_data(bio, &p);

	return (struct span){p, n > 0 ? (size_t)n : 0};
}

/* Names as RFC 4514 has them, UTF-8 as it is. */
static void add_name(struct buffer *json, const char *key,
		     const X509_NAME *name)
{
	BIO *bio = BIO_new(BIO_s_mem());

	if (!bio)
		die("out of memory: a certificate");
	X509_NAME_print_ex(bio, name, 0, XN_FLAG_RFC2253 & ~ASN1_STRFLGS_ESC_MSB);
	add_text(json, key, written(bio));
	BIO_free(bio);
}

static void add_alternative(struct buffer *json, const GENERAL_NAME *name)
{
	BIO *bio = BIO_new(BIO_s_mem());

	if (!bio)
		die("out of memory: a certificate");
	if (json->p[json->n - 1] != '[')
		buffer_add_byte(json, ',');
	GENERAL_NAME_print(bio, (GENERAL_NAME *)name);
	decode_quote(written(bio), json);
	BIO_free(bio);
}

/* The alternative names, with their kinds: DNS:example.com. */
static void add_alternatives(struct buffer *json, const X509 *x)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL,
						NULL);

	add_key(json, "names");
	buffer_add_byte(json, '[');
	for (int i = 0; names && i < sk_GENERAL_NAME_num(names); i++)
		add_alternative(json, sk_GENERAL_NAME_value(names, i));
	buffer_add_byte(json, ']');
	GENERAL_NAMES_free(names);
}

static void add_serial(struct buffer *json, const X509 *x)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x);
	BIGNUM *number = ASN1_INTEGER_to_BN(serial, NULL);
	char *hex = number ? BN_bn2hex(number) : NULL;

	add_text(json, "serial", span_of(hex ? hex : ""));
	OPENSSL_free(hex);
	BN_free(number);
}

static void add_time(struct buffer *json, const char *key, const ASN1_TIME *t)
{
	struct tm tm;
	char text[64] = "cannot be read";

	if (ASN1_TIME_to_tm(t, &tm))
		snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d:%02d UTC",
			 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
			 tm.tm_hour, tm.tm_min, tm.tm_sec);
	add_text(json, key, span_of(text));
}

static void add_validity(struct buffer *json, const X509 *x, int64_t at)
{
	const ASN1_TIME *from = X509_get0_notBefore(x);
	const ASN1_TIME *to = X509_get0_notAfter(x);
	time_t then = (time_t)(at / 1000);
	const char *word = "valid";

	add_time(json, "not before", from);
	add_time(json, "not after", to);
	if (at == INT64_MAX)
		return;
	if (ASN1_TIME_cmp_time_t(from, then) > 0)
		word = "not yet valid";
	else if (ASN1_TIME_cmp_time_t(to, then) < 0)
		word = "expired";
	add_text(json, "at the event's time", span_of(word));
}

static void add_public_key(struct buffer *json, const X509 *x)
{
	EVP_PKEY *key = X509_get0_pubkey(x);
	char text[96] = "cannot be read";
	const char *name;

	if (key) {
		name = OBJ_nid2sn(EVP_PKEY_base_id(key));
		if (EVP_PKEY_base_id(key) == EVP_PKEY_RSA)
			name = "RSA";
		else if (EVP_PKEY_base_id(key) == EVP_PKEY_EC)
			name = "EC";
		snprintf(text, sizeof text, "%s, %d bits", name,
			 EVP_PKEY_bits(key));
	}
	add_text(json, "key", span_of(text));
}

static void add_fingerprint(struct buffer *json, const X509 *x)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	struct buffer text = {0};
	unsigned n = 0;

	if (X509_digest(x, EVP_sha256(), digest, &n))
		for (unsigned i = 0; i < n; i++)
			buffer_printf(&text, i ? ":%02X" : "%02X", digest[i]);
	add_text(json, "SHA-256 fingerprint", buffer_span(&text));
	buffer_free(&text);
}

static void describe(const X509 *x, int64_t at, struct buffer *json)
{
	add_name(json, "subject", X509_get_subject_name(x));
	add_name(json, "issuer", X509_get_issuer_name(x));
	add_alternatives(json, x);
	add_serial(json, x);
	add_validity(json, x, at);
	add_public_key(json, x);
	add_text(json, "signature",
		 span_of(OBJ_nid2ln(X509_get_signature_nid(x))));
	add_fingerprint(json, x);
}

/* The library's own words, without the places in its source. */
static void add_broken(struct buffer *json)
{
	const char *why = ERR_reason_error_string(ERR_peek_error());

	buffer_add_byte(json, '{');
	add_text(json, "broken", span_of(why ? why : "not a certificate"));
	buffer_add_byte(json, '}');
}

static X509 *read_der(struct span der)
{
	const unsigned char *p = (const unsigned char *)der.p;
	const unsigned char *behind = p + der.n;
	X509 *x;

	ERR_clear_error();
	if (der.n > 1 << 20)
		return NULL;
	x = d2i_X509(NULL, &p, (long)der.n);
	while (x && p < behind && *p == 0)
		p++;            /* what pads a buffer, as trail/der has it */
	if (x && p != behind) {
		X509_free(x);
		return NULL;
	}
	return x;
}

void x509_describe_der(struct span der, int64_t at, struct buffer *json)
{
	X509 *x = read_der(der);

	if (!x) {
		add_broken(json);
		return;
	}
	buffer_add_byte(json, '{');
	describe(x, at, json);
	buffer_add_byte(json, '}');
	X509_free(x);
}

/* One certificate in PEM; BODY is what stands between its lines. */
static X509 *describe_pem(struct span body, X509 *before, int64_t at,
			  struct buffer *json)
{
	struct buffer der = {0}, found = {0};
	bool good = base64_decode(span_trim(body), &der);
	X509 *x = good ? read_der(buffer_span(&der)) : NULL;

	if (x) {
		buffer_add_byte(&found, '{');
		describe(x, at, &found);
		if (before)
			add_text(&found, "issued the one above",
				 X509_check_issued(x, before) == X509_V_OK
					 ? SPAN("yes") : SPAN("no"));
		buffer_add_byte(&found, '}');
	} else if (good) {
		add_broken(&found);
	} else {
		buffer_add_text(&found, "{\"broken\":\"what stands between the "
				"lines is not base64\"}");
	}
	buffer_add_span(json, buffer_span(&found));
	buffer_free(&found);
	buffer_free(&der);
	return x;
}

size_t x509_describe_text(struct span text, int64_t at, struct buffer *json)
{
	struct buffer all = {0};
	X509 *before = NULL, *x;
	const char *p;
	size_t count = 0;

	for (; (p = span_find(text, begin)); count++) {
		const char *to;

		text = span_from(text, (size_t)(p - text.p) + begin.n);
		to = span_find(text, end);
		if (count > 0)
			buffer_add_byte(&all, ',');
		if (to) {
			x = describe_pem((struct span){
				text.p, (size_t)(to - text.p)}, before, at,
				&all);
		} else {
			buffer_add_text(&all, "{\"broken\":\"the line that ends "
					"it is missing\"}");
			x = NULL;
		}
		X509_free(before);
		before = x;
	}
	X509_free(before);
	if (count > 1)
		buffer_add_byte(json, '[');
	buffer_add_span(json, buffer_span(&all));
	if (count > 1)
		buffer_add_byte(json, ']');
	buffer_free(&all);
	return count;
}

const char *x509_version(void)
{
	return OpenSSL_version(OPENSSL_VERSION);
}
