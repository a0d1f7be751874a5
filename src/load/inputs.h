/* From the arguments of the command line to files, one after another: folders
 * are walked to the bottom as they are asked for, names sorted as bytes inside
 * a folder.  What a file holds is not judged here (load/sniff.h). */
#ifndef LOAD_INPUTS_H
#define LOAD_INPUTS_H

#include "base/error.h"
#include "base/span.h"

struct inputs;

/* Where an input was found decides what it may be: links and pipes only as
 * arguments. */
enum input_place {
	INPUT_ARGUMENT,
	INPUT_IN_FOLDER,
	INPUT_STANDARD,         /* `-` */
	INPUT_TWICE,            /* `-` again */
	INPUT_BROKEN_FOLDER     /* one that cannot be listed, or in part: what
				   could be follows */
};

struct input {
	uint32_t number;        /* left to the caller */
	enum input_place place;
	char *path;             /* the caller frees; `-` as it was given */
	int cause;              /* errno of a broken folder */
	unsigned char type;     /* a DT_… of dirent.h, inside a folder */
};

enum input_kind {
	INPUT_REGULAR,
	INPUT_STREAM,           /* a pipe: may have nothing yet */
	INPUT_SKIPPED,          /* not a file; not a problem */
	INPUT_REFUSED           /* cannot be read: a problem */
};

struct input_file {
	int fd;                 /* -1 when skipped or refused */
	enum input_kind kind;
	uint64_t size;          /* when opened; 0 for a stream */
	int64_t changed[2];     /* its time stamp: seconds, nanoseconds */
};

/* ARGUMENTS are borrowed until inputs_free. */
struct inputs *inputs_new(const char *const *arguments, size_t count);
void inputs_free(struct inputs *);

/* The next one, false after the last.  Folders are listed on the way, none of
 * the files is opened.  One thread at a time. */
bool inputs_next(struct inputs *, struct input *);

/* How the file is now, unopened: its kind, REGULAR or STREAM, its size and time
 * stamp.  False when it cannot be asked. */
bool inputs_look(const struct input *, struct input_file *);

/* Never waits: pipes and devices are opened without blocking.  ERR is filled
 * when the kind is REFUSED, or SKIPPED (only what it is: "a socket").  Any
 * thread. */
enum input_kind inputs_open(const struct input *, struct input_file *,
			    struct error *err);

/* False when the file was changed since it was opened. */
bool inputs_close(struct input_file *, struct error *err);

/* What CloudTrail's own names say (AWS, "CloudTrail log file names"):
 * ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz and
 * ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOME_YYYYMMDDTHHmmSSZ.json.gz.
 * The spans lie in the name that was parsed. */
struct input_name {
	struct span account;
	struct span family;     /* CloudTrail, CloudTrail-Digest, … */
	struct span region;
	struct span unique;     /* empty in a digest's name */
	int64_t time;           /* of delivery, in ms since 1970 UTC */
	bool digest;
};

/* False when PATH does not end in such a name. */
bool inputs_parse_name(const char *path, struct input_name *);

#endif
