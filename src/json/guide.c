/* Owns a tree of the templates: what they have in common at their beginning is
 * kept once, and a node ends where they part or behind a hole.  Knows no
 * numbers' meaning and no records. */
#include "json/guide.h"

#include "base/memory.h"
#include "json/lexeme.h"
#include "json/scan_parts.h"

#include <stdlib.h>

enum { MOST = 1 << 16, NONE = UINT32_MAX };     /* nodes */

/* A run of a template's bytes, up to a hole if it has one. */
struct node {
	uint32_t text, length;  /* in BYTES, with the hole */
	uint32_t child;         /* the first run that may follow */
	uint32_t next;          /* another one in this one's place; a hole is
				   the last */
	uint32_t number;        /* of the template that ends here, or NONE */
	char first;
	bool hole;
};

struct guide {
	struct buffer bytes;
	struct node *node;      /* the root is the first, without text */
	uint32_t count;
	size_t room;
};

static uint32_t add_node(struct guide *g, struct node node)
{
	if (g->count == g->room) {
		g->room = memory_grown(g->room, (size_t)g->count + 1,
				       sizeof *g->node);
		g->node = memory_resize(g->node, g->room, sizeof *g->node);
	}
	if (node.length > 0) {
		node.first = g->bytes.p[node.text];
		node.hole = g->bytes.p[node.text + node.length - 1] ==
			    SCAN_HOLE;
	}
	g->node[g->count] = node;
	return g->count++;
}

struct guide *guide_new(void)
{
	struct guide *g = memory_clear(1, sizeof *g);

	add_node(g, (struct node){.child = NONE, .next = NONE,
				  .number = NONE});
	return g;
}

void guide_free(struct guide *g)
{
	buffer_free(&g->bytes);
	free(g->node);
	free(g);
}

/* Puts the run behind those that may follow NODE: what is frequent is met
 * first. */
static uint32_t add_child(struct guide *g, uint32_t node, uint32_t text,
			  uint32_t length)
{
	uint32_t made = add_node(g, (struct node){
		.text = text, .length = length, .child = NONE, .next = NONE,
		.number = NONE});
	uint32_t *link = &g->node[node].child;

	while (*link != NONE && g->node[*link].first != SCAN_HOLE)
		link = &g->node[*link].next;
	g->node[made].next = *link;
	*link = made;
	return made;
}

/* Adds what is left of a template below NODE, a node for each hole. */
static void add_rest(struct guide *g, uint32_t node, struct span rest,
		     uint32_t number)
{
	while (rest.n > 0) {
		const char *hole = memchr(rest.p, SCAN_HOLE, rest.n);
		size_t n = hole ? (size_t)(hole - rest.p) + 1 : rest.n;
		uint32_t text = (uint32_t)g->bytes.n;

		buffer_add(&g->bytes, rest.p, n);
		node = add_child(g, node, text, (uint32_t)n);
		rest = span_from(rest, n);
	}
	g->node[node].number = number;
}

/* Cuts the node in two; it keeps the first N bytes. */
static void split(struct guide *g, uint32_t node, uint32_t n)
{
	struct node rest = g->node[node];
	uint32_t child;

	rest.text += n;
	rest.length -= n;
	rest.next = NONE;
	child = add_node(g, rest);
	g->node[node].child = child;
	g->node[node].length = n;
	g->node[node].number = NONE;
	g->node[node].hole = false;
}

static uint32_t in_common(const char *a, const char *b, size_t n)
{
	uint32_t i = 0;

	while (i < n && a[i] == b[i])
		i++;
	return i;
}

static uint32_t child_of(const struct guide *g, uint32_t node, char first)
{
	uint32_t i = g->node[node].child;

	while (i != NONE && g->node[i].first != first)
		i = g->node[i].next;
	return i;
}

void guide_learn(struct guide *g, struct span template, uint32_t number)
{
	uint32_t node = 0, child;

	if (template.n > SCAN_LENGTH / MOST || g->count >= MOST)
		return;
	while (template.n > 0) {
		uint32_t n, length;

		child = child_of(g, node, template.p[0]);
		if (child == NONE)
			break;
		length = g->node[child].length;
		n = in_common(g->bytes.p + g->node[child].text, template.p,
			      template.n < length ? template.n : length);
		if (n < length)
			split(g, child, n);
		node = child;
		template = span_from(template, n);
	}
	add_rest(g, node, template, number);
}

/* Behind the token at P, which is added, or NULL.  The first number of an array
 * may make one token of all of it.  An object's bracket stands before P. */
static const char *read_token(struct scan *scan, const char *p,
			      const char *end)
{
	struct scan_token t = {.text = p, .kind = SCAN_STRING};
	enum fault fault = FAULT_NONE;
	bool escaped = false;
	const char *q;

	if (p == end)
		return NULL;
	if (*p == '"') {
		q = lexeme_string(++t.text, end, &escaped, &fault, true);
	} else if (*p == '-' || lexeme_is(*p, LEXEME_DIGIT)) {
		while (lexeme_is(p[-1], LEXEME_BLANK))
			p--;
		if (p[-1] == '[')
			return NULL;
		q = lexeme_number(t.text, end, &fault);
		t.kind = SCAN_NUMBER;
	} else if (*p == '[') {
		q = lexeme_numbers(p, end, true);
		t.kind = SCAN_RAW;
	} else {
		q = lexeme_literal(p, end, &t.kind);
	}
	if (!q || fault || q == end)
		return NULL;
	t.length = (uint32_t)(q - t.text);
	t.escaped = escaped;
	if (scan->count == scan->capacity)
		scan_parts_grow(scan);
	scan->tokens[scan->count++] = t;
	return q + (t.kind == SCAN_STRING);
}

/* The node below NODE that fits the byte at P. */
static const struct node *choose(const struct guide *g, const struct node *node,
				 char first)
{
	uint32_t i = node->child;

	while (i != NONE && g->node[i].first != first &&
	       g->node[i].first != SCAN_HOLE)
		i = g->node[i].next;
	return i == NONE ? NULL : &g->node[i];
}

bool guide_read(const struct guide *g, struct scan *scan, const char *from,
		const char *end, const char **after, uint32_t *number)
{
	const struct node *node = g->node;
	const char *p = from;

	if ((size_t)(end - from) > SCAN_LENGTH)
		end = from + SCAN_LENGTH;
	buffer_clear(&scan->template);
	scan->count = 0;
	do {
		size_t n;

		node = p < end ? choose(g, node, *p) : NULL;
		if (!node)
			return false;
		n = node->length - node->hole;
		if ((size_t)(end - p) < n ||
		    memcmp(p, g->bytes.p + node->text, n) != 0)
			return false;
		p += n;
		if (node->hole)
			p = read_token(scan, p, end);
		if (!p)
			return false;
	} while (node->number == NONE);
	*after = p;
	*number = node->number;
	return true;
}
