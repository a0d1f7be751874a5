/* Asks each room for the version of its library. */
#include "version.h"

#include "platform.h"

#include "base/hash.h"
#include "load/deflate.h"
#include "store/document.h"
#include "text/match.h"
#include "text/show.h"
#include "trail/x509.h"

void version_write(const char *curses, const struct sandbox_state *sandbox,
		   struct buffer *out)
{
	unsigned hash = hash_version();
	struct buffer seccomp = {0};

	buffer_printf(out, "acmtui %s\n", PACKAGE_VERSION);
	buffer_printf(out, "cJSON %s\n", document_version());
	buffer_printf(out, "%s %s\n", DEFLATE_CHOSEN->name,
		      DEFLATE_CHOSEN->version());
	sandbox_version(&seccomp);
	if (seccomp.n > 0)
		buffer_printf(out, "libseccomp %s\n", buffer_text(&seccomp));
	buffer_free(&seccomp);
	buffer_printf(out, "%s\n", curses);
	buffer_printf(out, "%s\n", x509_version());
	buffer_add_text(out, "PCRE2 ");
	match_version(out);
	buffer_printf(out, "\nutf8proc %s\n", show_version());
	buffer_printf(out, "xxHash %u.%u.%u\n", hash / 10000,
		      hash / 100 % 100, hash % 100);
	buffer_add_text(out, "sandbox: ");
	sandbox_describe(sandbox, out);
	buffer_add_byte(out, '\n');
}
