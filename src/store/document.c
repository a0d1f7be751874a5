/* Turns one event back into a document: a cJSON tree of slot numbers for the
 * tree pane, the text as logged, and one valid line.  cJSON carries structure
 * only; every value comes through the store's door. */
#include "store/document.h"

#include "base/memory.h"
#include "json/decode.h"
#include "json/paths.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

enum {
	PAGE = 4096,
	MOST = 1000000          /* nodes: each takes a hundred times its brackets */
};

/* An object or array that is being filled, and its present page. */
struct level {
	cJSON *node;
	cJSON *page;
	size_t members;
};

struct growing {
	struct paths_walk walk;
	struct level level[SCAN_DEPTH + 1];
	size_t nodes;
};

static cJSON *made(cJSON *item)
{
	if (!item)
		die("out of memory: a document");
	return item;
}

static void put(cJSON *parent, const char *name, cJSON *item)
{
	cJSON_bool done = name ? cJSON_AddItemToObject(parent, name, item)
			       : cJSON_AddItemToArray(parent, item);

	if (!done)
		die("out of memory: a document");
}

static cJSON *same_kind(const cJSON *node)
{
	return made(cJSON_IsArray(node) ? cJSON_CreateArray()
					: cJSON_CreateObject());
}

static void open_page(struct level *l)
{
	char title[24];

	snprintf(title, sizeof title, "+%zu", l->members);
	l->page = same_kind(l->node);
	put(l->node, title, l->page);
}

/* Adds to the innermost container; opens a page when the last one is full. */
static void add_member(struct level *l, const char *name, cJSON *item)
{
	if (l->members >= PAGE && l->members % PAGE == 0)
		open_page(l);
	put(l->page, name, item);
	l->members++;
}

static void add(struct growing *g, cJSON *item)
{
	const struct paths_walk *w = &g->walk;
	const struct paths_step *step;
	char name[24];

	if (w->depth == 0)
		return;
	step = &w->steps[w->depth - 1];
	snprintf(name, sizeof name, "%zu",
		 step->key.p ? (size_t)(step->key.p - w->template.p) : 0);
	add_member(&g->level[w->depth - 1], step->key.p ? name : NULL, item);
}

static void open_level(struct growing *g, cJSON *node)
{
	add(g, node);
	g->level[g->walk.depth] = (struct level){node, node, 0};
}

/* What would come next in each container that is open. */
static void leave_out(struct growing *g)
{
	for (uint32_t i = 0; i < g->walk.depth; i++)
		open_page(&g->level[i]);
}

struct cJSON *document_of_template(struct span template)
{
	struct growing *g = memory_clear(1, sizeof *g);
	cJSON *root = NULL;
	enum paths_event event;

	paths_start(&g->walk, template);
	while ((event = paths_next(&g->walk)) != PATHS_END) {
		cJSON *node;

		if (event == PATHS_LEAF)
			node = made(cJSON_CreateNumber(g->walk.slot));
		else if (event == PATHS_OBJECT)
			node = made(cJSON_CreateObject());
		else if (event == PATHS_ARRAY)
			node = made(cJSON_CreateArray());
		else
			continue;
		if (g->nodes++ == MOST) {
			leave_out(g);
			document_free(node);
			break;
		}
		if (event == PATHS_LEAF)
			add(g, node);
		else
			open_level(g, node);
		if (g->walk.depth == 0)
			root = node;
	}
	free(g);
	return root;
}

struct cJSON *document_new(const struct store *store, struct store_event e)
{
	return document_of_template(store_shape(store, e)->template);
}

void document_free(struct cJSON *document)
{
	cJSON_Delete(document);
}

struct document_node document_look(const struct cJSON *node)
{
	struct document_node look = {.kind = DOCUMENT_LEAF};

	if (node->string && node->string[0] == '+') {
		look.kind = DOCUMENT_PAGE;
		look.number = (uint32_t)strtoul(node->string + 1, NULL, 10);
		return look;
	}
	if (node->string)
		look.key = (uint32_t)strtoul(node->string, NULL, 10);
	if (cJSON_IsArray(node))
		look.kind = DOCUMENT_ARRAY;
	else if (cJSON_IsObject(node))
		look.kind = DOCUMENT_OBJECT;
	else
		look.number = (uint32_t)node->valuedouble;
	return look;
}

const struct cJSON *document_first(const struct cJSON *node)
{
	return node->child;
}

const struct cJSON *document_next(const struct cJSON *node)
{
	return node->next;
}

/* The key that begins at OFFSET: up to its quote, or in relaxed records to
 * what ends a bare word. */
void document_template_key(struct span template, size_t offset,
			   struct buffer *out)
{
	struct span rest = span_from(template, offset);
	char quote = offset ? rest.p[-1] : 0;
	size_t n = 0;

	if (quote == '"' || quote == '\'') {
		while (n < rest.n && rest.p[n] != quote)
			n += rest.p[n] == '\\' && n + 1 < rest.n ? 2 : 1;
	} else {
		while (n < rest.n && !strchr(" \t\r\n:{[\x01\x02", rest.p[n]))
			n++;
	}
	decode_string((struct span){rest.p, n}, out);
}

void document_key(const struct shape *shape, size_t offset,
		  struct buffer *out)
{
	document_template_key(shape->template, offset, out);
}

static void token_into(const struct store *store, struct store_event e,
		       uint32_t slot, bool clear, struct buffer *scratch,
		       struct buffer *out)
{
	uint32_t value = store_slot(store, e, slot);

	if (clear)
		store_clear_token(store, e.segment, value, out);
	else
		buffer_add_span(out, store_token(store, e.segment, value,
						 scratch));
}

void document_text(const struct store *store, struct store_event e,
		   bool clear, struct buffer *out)
{
	struct paths_walk *w = memory_alloc(sizeof *w);
	struct span template = store_shape(store, e)->template;
	struct buffer scratch = {0};
	enum paths_event event;
	size_t done = 0;

	paths_start(w, template);
	while ((event = paths_next(w)) != PATHS_END) {
		if (event != PATHS_LEAF && event != PATHS_SKIPPED)
			continue;
		buffer_add(out, template.p + done, w->at - done);
		token_into(store, e, w->slot, clear, &scratch, out);
		done = w->at + 1;
	}
	buffer_add_span(out, span_from(template, done));
	buffer_wipe(&scratch);
	free(w);
}

struct line {
	const struct store *store;
	struct store_event event;
	bool clear, mend;
	struct scan scan;
	struct buffer token, scratch;
};

/* How deep the brackets of a template nest, those in its keys left aside. */
static size_t nesting(struct span template)
{
	size_t open = 0, most = 0;
	bool in_key = false;

	for (size_t i = 0; i < template.n; i++) {
		char c = template.p[i];

		if (in_key && c == '\\')
			i++;
		else if (c == '"')
			in_key = !in_key;
		else if (!in_key && (c == '{' || c == '['))
			most = ++open > most ? open : most;
		else if (!in_key && (c == '}' || c == ']'))
			open--;
	}
	return most;
}

/* Whether the token can stand in JSON as it is, DEPTH brackets deep. */
static bool is_json(struct scan *scan, struct span token, uint32_t depth)
{
	struct scan_fault fault;
	const char *after;

	return scan_strict(scan, token.p, token.p + token.n, true, &after,
			   &fault) == SCAN_WHOLE &&
	       after == token.p + token.n &&
	       nesting(buffer_span(&scan->template)) + depth <= SCAN_DEPTH;
}

/* A value that cannot stand as it is becomes a string. */
static void add_mended(struct line *l, uint32_t value, uint32_t depth,
		       struct buffer *out)
{
	const struct values *v =
		&store_segment(l->store, l->event.segment)->values;
	enum scan_kind kind = values_kind(v, value);
	struct span token = buffer_span(&l->token);

	if (is_json(&l->scan, token, depth)) {
		scan_squeeze(token, out);
		return;
	}
	buffer_clear(&l->scratch);
	if (kind <= SCAN_STRING_OPEN)
		decode_string(values_token(v, value), &l->scratch);
	else
		buffer_add_span(&l->scratch, token);
	decode_quote(buffer_span(&l->scratch), out);
}

static void line_leaf(struct line *l, uint32_t slot, uint32_t depth,
		      struct buffer *out)
{
	uint32_t value = store_slot(l->store, l->event, slot);

	buffer_clear(&l->token);
	token_into(l->store, l->event, slot, l->clear, &l->scratch,
		   &l->token);
	if (store_is_secret(value) && !l->clear)
		buffer_add_span(out, buffer_span(&l->token));
	else if (l->mend)
		add_mended(l, value, depth, out);
	else if (*l->token.p == '[')
		scan_squeeze(buffer_span(&l->token), out);
	else
		buffer_add_span(out, buffer_span(&l->token));
}

static void line_key(struct line *l, const struct paths_step *step,
		     struct buffer *out)
{
	if (l->mend) {
		buffer_clear(&l->token);
		decode_string(step->key, &l->token);
		decode_quote(buffer_span(&l->token), out);
	} else {
		buffer_add_byte(out, '"');
		buffer_add_span(out, step->key);
		buffer_add_byte(out, '"');
	}
	buffer_add_byte(out, ':');
}

static void line_start(struct line *l, const struct paths_walk *w,
		       struct buffer *out)
{
	char before = out->n ? out->p[out->n - 1] : 0;

	if (w->depth == 0)
		return;
	if (before != '{' && before != '[')
		buffer_add_byte(out, ',');
	if (w->steps[w->depth - 1].key.p)
		line_key(l, &w->steps[w->depth - 1], out);
}

void document_line(const struct store *store, struct store_event e,
		   bool clear, struct buffer *out)
{
	const struct segment_event *event =
		segment_event(store_segment(store, e.segment), e.index);
	struct line l = {.store = store, .event = e, .clear = clear,
			 .mend = event->marks &
				 (SEGMENT_RELAXED | SEGMENT_DAMAGED)};
	struct paths_walk *w = memory_alloc(sizeof *w);
	char bracket[SCAN_DEPTH + 1];
	enum paths_event step;

	paths_start(w, store_shape(store, e)->template);
	while ((step = paths_next(w)) != PATHS_END) {
		if (step == PATHS_SKIPPED)
			continue;
		if (step == PATHS_CLOSE) {
			buffer_add_byte(out, bracket[w->depth]);
			continue;
		}
		line_start(&l, w, out);
		if (step == PATHS_LEAF) {
			line_leaf(&l, w->slot, w->depth, out);
			continue;
		}
		bracket[w->depth] = step == PATHS_OBJECT ? '}' : ']';
		buffer_add_byte(out, step == PATHS_OBJECT ? '{' : '[');
	}
	scan_free(&l.scan);
	buffer_wipe(&l.token);
	buffer_wipe(&l.scratch);
	free(w);
}

const char *document_version(void)
{
	return cJSON_Version();
}
