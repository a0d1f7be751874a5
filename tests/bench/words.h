/* What the words of the generator's templates stand for, and the pools that
 * they are taken from: as many users, addresses, access keys, user agents and
 * ids as speed measurements on real trails found. */
#ifndef BENCH_WORDS_H
#define BENCH_WORDS_H

#include "base/buffer.h"
#include "draw.h"

#include <stdint.h>

enum {
	WORDS_USERS = 360,     /* Zipf, each in one account */
	WORDS_SESSIONS = 168,  /* of a user, each with its access key */
	WORDS_ADDRESSES = 6000,
	WORDS_AGENTS = 57000,
	WORDS_PLACES = 84,     /* an account in a region */
	WORDS_THINGS = 48      /* of each kind in each place: 4,032 in all */
};

/* One event while it is being made. */
struct words {
	struct draw draw;      /* what is said */
	struct draw form;      /* how the record is built */
	const char *account;
	const char *region;
	uint32_t place;        /* below WORDS_PLACES */
	struct span source;    /* "acm" */
	struct span call;
	int64_t time;
	uint32_t user;
	uint64_t session;      /* of all users, from 0 */
	uint64_t things;       /* names that stand twice are the same */
	bool browser;          /* works in the console; not set at the start */
};

/* The account and the region of a place. */
const char *words_account(uint32_t place);
const char *words_region(uint32_t place);

/* Draws who acts, from where and with what.  The event's own draw goes on
 * where DRAW stands. */
void words_start(struct words *, uint32_t place, int64_t time,
		 struct draw *draw);

/* Appends what WORD stands for; a template_word.  Dies when it is none. */
void words_write(void *words, struct span word, struct span argument,
		 struct buffer *out);

#endif
