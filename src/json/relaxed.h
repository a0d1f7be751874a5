/* How relaxed reading takes one thing: a string, a word, a bracket, text that
 * cannot stand where it does.  Private to json/; what may come next is decided
 * in scan_relaxed.c. */
#ifndef JSON_RELAXED_H
#define JSON_RELAXED_H

#include "json/fault.h"
#include "json/scan_parts.h"

/* The last string searched for its closing quote, one for each kind of quote.
 * Strings that are cut at a line break would else be searched again from each
 * line, up to the same quote. */
struct closing {
	const char *from;   /* NULL: none yet */
	const char *at;     /* END: there is none */
	bool good;          /* what follows may follow a string */
};

struct relaxed {
	struct scan_parts parts;
	const char *from;
	const char *p;
	const char *behind;          /* right behind the last token */
	enum fault_expect expect;
	bool forgiven;               /* a comma may be in what was skipped */
	bool cut;                    /* a string went on to END */
	const char *no_comment_end;  /* there is none in front of this */
	bool clipped;                /* END is where the value gets too long */
	unsigned depth;
	unsigned arrays;             /* how many of the open are arrays */
	const char *open[SCAN_DEPTH];
	struct closing closing[2];
	scan_notice *notice;
	void *context;
	const char *noticed;         /* the last place told, or NULL */
	bool noticed_opened;         /* it had something that was not closed */
};

/* Tells a fault, unless its place has been told already. */
void relaxed_tell(struct relaxed *, const struct scan_fault *);

/* Tells that THING at the present place is not what was expected. */
void relaxed_unexpected(struct relaxed *, enum fault_thing);

/* The innermost open bracket, or NULL. */
const char *relaxed_innermost(const struct relaxed *);

/* Goes on behind a comma or colon, or a key: it stays in the template. */
void relaxed_consume(struct relaxed *, const char *behind,
		     enum fault_expect next);

/* Makes skipped text of everything up to BEHIND. */
void relaxed_skip(struct relaxed *, const char *behind);

/* Skips text that cannot follow: to the end of its line, or to the comma or
 * closing bracket on it where reading can go on. */
void relaxed_skip_text(struct relaxed *);

/* Whether a key with a colon begins at P (before the end), as far as one can
 * see quickly. */
bool relaxed_key_follows(const struct relaxed *, const char *p);

/* Take what begins at the present place; each tells what is wrong with it. */
void relaxed_take_comment(struct relaxed *);
void relaxed_take_string(struct relaxed *);
void relaxed_take_key(struct relaxed *);
void relaxed_take_word(struct relaxed *, enum fault_thing);
void relaxed_take_bracket(struct relaxed *);
void relaxed_take_closing(struct relaxed *);

#endif
