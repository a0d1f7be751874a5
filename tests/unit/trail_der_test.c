/* What bytes are, by the first elements of their DER. */
#include "trail_support.h"

#include "trail/der.h"

static void der_is_told_by_its_first_elements(void **state)
{
	static const struct {
		struct span bytes;
		enum der_kind kind;
	} rows[] = {
		{SPAN(""), DER_NONE},
		{SPAN("0"), DER_NONE},
		{SPAN("\x30\x00"), DER_NONE},
		{SPAN("\x30\x02\x05\x00"), DER_OTHER},
		{SPAN("\x30\x02\x05\x00\x00\x00"), DER_OTHER},
		{SPAN("\x30\x02\x05\x00\x00\x01"), DER_NONE},
		{SPAN("\x30\x03\x05\x00"), DER_NONE},
		{SPAN("\x30\x80\x05\x00"), DER_NONE},
		{SPAN("\x30\x85\x00\x00\x00\x00\x00"), DER_NONE},
		{SPAN("\x30\x81"), DER_NONE},
		{SPAN("\x31\x02\x05\x00"), DER_NONE},
		/* PKCS #8, PKCS #1, SEC 1, PKCS #12 */
		{SPAN("\x30\x05\x02\x01\x00\x30\x00"), DER_PRIVATE_KEY},
		{SPAN("\x30\x06\x02\x01\x00\x02\x01\x07"), DER_PRIVATE_KEY},
		{SPAN("\x30\x06\x02\x01\x01\x04\x01\x07"), DER_PRIVATE_KEY},
		{SPAN("\x30\x81\x05\x02\x01\x03\x30\x00"), DER_PRIVATE_KEY},
		/* encrypted PKCS #8 */
		{SPAN("\x30\x08\x30\x03\x06\x01\x2a\x04\x01\x07"),
		 DER_PRIVATE_KEY},
		/* PKCS #1 and X.509 public keys */
		{SPAN("\x30\x07\x02\x02\x01\x07\x02\x01\x03"), DER_PUBLIC_KEY},
		{SPAN("\x30\x08\x30\x03\x06\x01\x2a\x03\x01\x07"),
		 DER_PUBLIC_KEY},
		{SPAN("\x30\x05\x02\x01\x00\x31\x00"), DER_OTHER},
		{SPAN("\x30\x03\x02\x01\x00"), DER_OTHER},
		/* X.509 version 3 and 1, a request */
		{SPAN("\x30\x09\x30\x05\xa0\x03\x02\x01\x02\x30\x00"),
		 DER_CERTIFICATE},
		{SPAN("\x30\x0c\x30\x08\x02\x01\x07\x30\x03\x06\x01\x2a\x30"
		      "\x00"), DER_CERTIFICATE},
		{SPAN("\x30\x0b\x30\x07\x02\x01\x00\x30\x02\x31\x00\x30\x00"),
		 DER_REQUEST},
		{SPAN("\x30\x04\x30\x00\x30\x00"), DER_OTHER},
		{SPAN("\x30\x02\x30\x00"), DER_OTHER},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (der_kind_of(rows[i].bytes) != rows[i].kind)
			fail_msg("row %zu: %d", i,
				 (int)der_kind_of(rows[i].bytes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(der_is_told_by_its_first_elements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
