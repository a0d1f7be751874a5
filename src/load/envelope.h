/* What stands around CloudTrail records: judges a value by its shape and finds
 * the values inside that may be records.  A table of wrappers, no reading. */
#ifndef LOAD_ENVELOPE_H
#define LOAD_ENVELOPE_H

#include "base/span.h"
#include "json/paths.h"
#include "json/scan.h"
#include "store/segment.h"

#include <stdbool.h>

enum envelope_kind {
	ENVELOPE_EVENT,         /* a CloudTrail record */
	ENVELOPE_NOTICE,        /* an EventBridge notice of ACM's */
	ENVELOPE_HOLDER,        /* holds values that may be records */
	ENVELOPE_DIGEST,        /* a CloudTrail digest file */
	ENVELOPE_OTHER,         /* JSON, and none of these */
	ENVELOPE_EMPTY          /* a list of records without any */
};

/* What a value is.  SCAN describes it, as a scanner left it. */
enum envelope_kind envelope_judge(struct paths_walk *, const struct scan *);

/* A value inside a holder. */
struct envelope_inner {
	enum segment_container container;
	const char *at;         /* where it begins in the scanned bytes, or */
	const struct scan_token *text;  /* the string that holds it as JSON */
};

/* The inner values of a holder, one after another.  Zero-initialise but for
 * SCAN, and START, where the holder begins in the scanned bytes. */
struct envelope_iterator {
	const struct scan *scan;
	const char *start;
	struct paths_walk walk;
	bool begun;
	size_t hole;            /* offset in the template of the last hole */
};

bool envelope_next(struct envelope_iterator *, struct envelope_inner *);

/* Whether KEY names a list of records at the top of a document (Records,
 * Events, logEvents, …), and which container that is. */
bool envelope_list_key(struct span key, enum segment_container *container);

/* The sources whose EventBridge notices are shown: aws.acm, aws.acm-pca. */
bool envelope_notice_source(struct span source);

#endif
