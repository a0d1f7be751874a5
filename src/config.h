/* The configuration: one JSON object in a file that nobody else may write.
 * Judges names, kinds and JSON; what a column or a sort order means is told
 * elsewhere, with the place that is kept here. */
#ifndef CONFIG_H
#define CONFIG_H

#include "base/buffer.h"
#include "base/error.h"

#include <stdbool.h>
#include <stdint.h>

enum config_key {
#define CONFIG(id, name, kind, usual, help) CONFIG_##id,
#include "config.def"
#undef CONFIG
	CONFIG_COUNT
};

/* Where a key stands in the file. */
struct config_place {
	uint64_t line, column, offset;
};

/* A member of a table. */
struct config_entry {
	char *name, *text;      /* owned */
	struct config_place place;
};

struct config_value {
	bool given;
	bool on;                /* of a switch */
	char *text;             /* of a text, not empty; owned */
	struct config_entry *entry;     /* of a table; owned */
	size_t entries;
	struct config_place place;
};

struct config {
	struct config_value value[CONFIG_COUNT];
};

/* Appends $XDG_CONFIG_HOME/acmtui/config.json, or the same below
 * $HOME/.config when the former is not an absolute path (XDG Base Directory
 * Specification).  False when neither is known. */
bool config_path(struct buffer *out);

/* Called for what is left out: a key that is not known, or whose value is of
 * another kind. */
typedef void config_notice(void *context, const struct error *);

enum config_end {
	CONFIG_READ,
	CONFIG_PARTLY,          /* all but values of another kind */
	CONFIG_ABSENT,          /* there is no such file */
	CONFIG_REFUSED,         /* ERR tells why; nothing of it is used */
	CONFIG_UNMASKED         /* the same, and it names what is to be masked,
				   or may do so */
};

/* Reads the file PATH.  It must belong to the user or to root and be writable
 * by no one else.  Free with config_free in every case. */
enum config_end config_read(struct config *, const char *path,
			    config_notice *, void *context,
			    struct error *err);

/* The same for TEXT, which must be followed by a NUL. */
enum config_end config_read_text(struct config *, struct span text,
				 config_notice *, void *context,
				 struct error *err);

void config_free(struct config *);

/* Appends a configuration that changes nothing: every key with what holds
 * without it. */
void config_print(struct buffer *out);

#endif
