/* Private to query/filter*.c: what a filter holds. */
#ifndef QUERY_FILTER_PARTS_H
#define QUERY_FILTER_PARTS_H

#include "query/filter.h"

struct filter {
	char *text;
	size_t length;
	struct predicate *predicate;
	size_t predicates, predicate_room;
	struct filter_node *node;
	size_t nodes, node_room;
	struct filter_term *term;
	size_t terms, term_room;
	struct predicate_note *note;
	size_t notes, note_room;
	char **copy;                    /* texts of saved filters: name, then
					   text, by turns */
	size_t copies;
	size_t depth;
	bool undecided;
};

#endif
