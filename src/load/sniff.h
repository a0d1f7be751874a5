/* What bytes are, told from the first of them and never from a name. */
#ifndef LOAD_SNIFF_H
#define LOAD_SNIFF_H

#include "base/span.h"

enum sniff_kind {
	SNIFF_UNDECIDED,        /* more bytes are needed */
	SNIFF_JSON,             /* `{` or `[` after white space and BOM */
	SNIFF_GZIP,
	SNIFF_EMPTY,
	SNIFF_BLANK,            /* white space only, so far */
	SNIFF_UTF16,
	SNIFF_UTF32,
	SNIFF_ZIP,
	SNIFF_ZSTD,
	SNIFF_BZIP2,
	SNIFF_XZ,
	SNIFF_LZ4,
	SNIFF_SEVEN_ZIP,
	SNIFF_PARQUET,
	SNIFF_ZLIB,
	SNIFF_TAR,
	SNIFF_BINARY,
	SNIFF_TEXT
};

/* As many bytes as a verdict may need, counted from the first that is neither
 * white space nor BOM. */
#define SNIFF_NEED 512

/* HEAD are the first bytes of the content, AT_END says that there are no
 * more.  A verdict other than UNDECIDED does not change with more bytes, BLANK
 * aside. */
enum sniff_kind sniff_bytes(struct span head, bool at_end);

/* The same for bytes that follow white space: only JSON, BLANK, BINARY, TEXT
 * and UNDECIDED can come of it. */
enum sniff_kind sniff_after_blank(struct span head, bool at_end);

/* How many white bytes HEAD begins with. */
size_t sniff_blanks(struct span head);

/* What it is, for a message, and what to do about an archive. */
const char *sniff_name(enum sniff_kind);

/* The command that makes of it what acmtui may read, from standard input or the
 * file that is named behind it; or NULL. */
const char *sniff_command(enum sniff_kind);

#endif
