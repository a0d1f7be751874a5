/* Owns literals, found by their first word through a table, and networks, which
 * are few and asked one after another. */
#include "text/needles.h"

#include "base/buffer.h"
#include "base/hash.h"
#include "base/memory.h"
#include "text/network.h"

#include <stdint.h>
#include <stdlib.h>

#define NONE UINT32_MAX

struct needle {
	char *text;
	size_t length;
	size_t lead;            /* bytes in front of its first word */
	size_t word;            /* length of that; 0: it has none */
	uint32_t next;          /* with the same hash of the first word */
	uint32_t next_whole;    /* with the same hash of all of it */
	bool network;           /* it means what lies in it too */
};

struct net {
	struct network network;
	size_t needle;
};

/* Chains of needles by hash. */
struct chains {
	uint32_t *head;
	size_t size;            /* a power of two */
};

struct needles {
	struct needle *needle;
	size_t count, room;
	struct net *net;
	size_t nets, net_room;
	struct chains words, wholes;
	size_t *wordless;       /* needles without any letter or digit */
	size_t wordless_count, wordless_room;
	/* Which words may be first ones, by length and first two bytes. */
	uint64_t first[1024];
};

struct needles *needles_new(void)
{
	return memory_clear(1, sizeof(struct needles));
}

void needles_free(struct needles *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->count; i++)
		free(n->needle[i].text);
	free(n->needle);
	free(n->net);
	free(n->words.head);
	free(n->wholes.head);
	free(n->wordless);
	free(n);
}

/* Letters and digits; of other scripts each byte. */
static bool in_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || c == '_' || (unsigned char)c >= 0x80;
}

static unsigned glance(struct span word)
{
	unsigned char a = (unsigned char)word.p[0];
	unsigned char b = word.n > 1 ? (unsigned char)word.p[1] : 0;

	return (a * 31u + b * 7u + (unsigned)word.n * 1021u) & 0xffff;
}

static struct span text_of(const struct needle *needle)
{
	return (struct span){needle->text, needle->length};
}

static struct span word_of(const struct needle *needle)
{
	return (struct span){needle->text + needle->lead, needle->word};
}

static void chain(struct needles *n, uint32_t i)
{
	struct needle *needle = &n->needle[i];
	size_t at = hash_span(text_of(needle)) & (n->wholes.size - 1);

	needle->next_whole = n->wholes.head[at];
	n->wholes.head[at] = i;
	if (needle->word == 0)
		return;
	at = hash_span(word_of(needle)) & (n->words.size - 1);
	needle->next = n->words.head[at];
	n->words.head[at] = i;
}

static void grow(struct chains *c, size_t size)
{
	c->size = size;
	c->head = memory_resize(c->head, size, sizeof *c->head);
	for (size_t i = 0; i < size; i++)
		c->head[i] = NONE;
}

static void grow_tables(struct needles *n)
{
	size_t size = n->words.size ? n->words.size * 2 : 16;

	grow(&n->words, size);
	grow(&n->wholes, size);
	for (uint32_t i = 0; i < n->count; i++)
		chain(n, i);
}

static size_t find_whole(const struct needles *n, struct span text)
{
	uint32_t i;

	if (n->wholes.size == 0)
		return SIZE_MAX;
	i = n->wholes.head[hash_span(text) & (n->wholes.size - 1)];
	while (i != NONE && !span_equal(text_of(&n->needle[i]), text))
		i = n->needle[i].next_whole;
	return i == NONE ? SIZE_MAX : i;
}

static void add_wordless(struct needles *n, size_t i)
{
	if (n->wordless_count == n->wordless_room) {
		n->wordless_room = memory_grown(n->wordless_room,
						n->wordless_count + 1,
						sizeof *n->wordless);
		n->wordless = memory_resize(n->wordless, n->wordless_room,
					    sizeof *n->wordless);
	}
	n->wordless[n->wordless_count++] = i;
}

static void add_net(struct needles *n, const struct network *network,
		    size_t needle)
{
	if (n->nets == n->net_room) {
		n->net_room = memory_grown(n->net_room, n->nets + 1,
					   sizeof *n->net);
		n->net = memory_resize(n->net, n->net_room, sizeof *n->net);
	}
	n->net[n->nets++] = (struct net){*network, needle};
	n->needle[needle].network = true;
}

static void add_needle(struct needles *n, struct span literal)
{
	struct needle needle = {.length = literal.n, .next = NONE,
				.next_whole = NONE};

	needle.text = memory_copy(literal.p, literal.n);
	while (needle.lead < literal.n && !in_word(literal.p[needle.lead]))
		needle.lead++;
	while (needle.lead + needle.word < literal.n &&
	       in_word(literal.p[needle.lead + needle.word]))
		needle.word++;
	if (n->count == n->room) {
		n->room = memory_grown(n->room, n->count + 1,
				       sizeof *n->needle);
		n->needle = memory_resize(n->needle, n->room,
					  sizeof *n->needle);
	}
	n->needle[n->count++] = needle;
	if (n->count > n->words.size)
		grow_tables(n);
	else
		chain(n, (uint32_t)(n->count - 1));
	if (needle.word > 0) {
		unsigned bit = glance(word_of(&needle));

		n->first[bit / 64] |= UINT64_C(1) << (bit % 64);
	} else if (needle.length > 0) {
		add_wordless(n, n->count - 1);
	}
}

bool needles_is_network(const struct needles *n, size_t i)
{
	return n->needle[i].network;
}

void needles_add(struct needles *n, struct span literal, bool networks)
{
	size_t at = find_whole(n, literal);
	struct network network;

	if (at == SIZE_MAX) {
		add_needle(n, literal);
		at = n->count - 1;
	}
	if (networks && !needles_is_network(n, at) &&
	    network_parse(literal, &network))
		add_net(n, &network, at);
}

/* What is written so that nobody follows it by mistake. */
static const struct {
	struct span written, meant;
} disarmed[] = {
	{{"[.]", 3}, {".", 1}}, {{"(.)", 3}, {".", 1}},
	{{"[dot]", 5}, {".", 1}}, {{"(dot)", 5}, {".", 1}},
	{{"[:]", 3}, {":", 1}}, {{"[://]", 5}, {"://", 3}},
	{{"[@]", 3}, {"@", 1}}, {{"[at]", 4}, {"@", 1}},
};

enum { DISARMED = sizeof disarmed / sizeof *disarmed };

static void add_line(struct needles *n, struct span line)
{
	struct buffer plain = {0};

	if (line.n >= 4 && span_equal_ignoring_case((struct span){line.p, 4},
						    SPAN("hxxp"))) {
		buffer_add_text(&plain, "http");
		line = span_from(line, 4);
	}
	for (size_t i = 0; i < line.n;) {
		struct span rest = span_from(line, i);
		size_t k = 0;

		while (k < DISARMED && !span_starts(rest, disarmed[k].written))
			k++;
		if (k < DISARMED) {
			buffer_add_span(&plain, disarmed[k].meant);
			i += disarmed[k].written.n;
		} else {
			buffer_add_byte(&plain, line.p[i++]);
		}
	}
	needles_add(n, buffer_span(&plain), true);
	buffer_free(&plain);
}

void needles_add_lines(struct needles *n, struct span text)
{
	if (span_starts(text, SPAN("\xef\xbb\xbf")))
		text = span_from(text, 3);
	while (text.n > 0) {
		const char *stop = memchr(text.p, '\n', text.n);
		size_t length = stop ? (size_t)(stop - text.p) : text.n;
		struct span line = span_trim((struct span){text.p, length});

		if (line.n > 0 && line.p[0] != '#')
			add_line(n, line);
		text = span_from(text, length + 1);
	}
}

size_t needles_count(const struct needles *n)
{
	return n->count;
}

struct span needles_get(const struct needles *n, size_t i)
{
	return text_of(&n->needle[i]);
}

void needles_networks(const struct needles *n, bool *four, bool *six)
{
	*four = *six = false;
	for (size_t i = 0; i < n->nets; i++) {
		*four |= !n->net[i].network.six;
		*six |= n->net[i].network.six;
	}
}

size_t needles_equal(const struct needles *n, struct span text)
{
	size_t found = find_whole(n, text);
	struct network address;

	if (found != SIZE_MAX || n->nets == 0 ||
	    !network_parse_address(text, &address))
		return found;
	for (size_t i = 0; i < n->nets; i++)
		if (network_holds(&n->net[i].network, &address))
			return n->net[i].needle;
	return SIZE_MAX;
}

/* Whether the needle stands at AT of TEXT, where its first word begins, and its
 * last word does not go on behind it. */
static bool stands(const struct needle *needle, struct span text, size_t at)
{
	struct span rest = span_from(text, at);
	size_t end = at + needle->length;

	if (!span_starts(rest, text_of(needle)))
		return false;
	return end == text.n || !in_word(needle->text[needle->length - 1]) ||
	       !in_word(text.p[end]);
}

static bool tell_words(const struct needles *n, struct span text,
		       needles_each_fn *each, void *context)
{
	for (size_t i = 0; i < text.n;) {
		struct span word = {text.p + i, 0};
		unsigned bit;
		uint32_t k;

		while (i + word.n < text.n && in_word(text.p[i + word.n]))
			word.n++;
		if (word.n == 0) {
			i++;
			continue;
		}
		bit = glance(word);
		k = NONE;
		if (n->first[bit / 64] >> (bit % 64) & 1)
			k = n->words.head[hash_span(word) &
					  (n->words.size - 1)];
		for (; k != NONE; k = n->needle[k].next)
			if (n->needle[k].lead <= i &&
			    stands(&n->needle[k], text,
				   i - n->needle[k].lead) &&
			    !each(context, k))
				return false;
		i += word.n;
	}
	return true;
}

static bool tell_addresses(const struct needles *n, struct span text,
			   needles_each_fn *each, void *context)
{
	struct network address;
	size_t at = 0;

	while (n->nets > 0 && network_find(text, &at, &address))
		for (size_t i = 0; i < n->nets; i++)
			if (network_holds(&n->net[i].network, &address) &&
			    !each(context, n->net[i].needle))
				return false;
	return true;
}

void needles_within(const struct needles *n, struct span text,
		    needles_each_fn *each, void *context)
{
	if (n->count == 0 || !tell_words(n, text, each, context) ||
	    !tell_addresses(n, text, each, context))
		return;
	for (size_t i = 0; i < n->wordless_count; i++)
		if (span_find(text, text_of(&n->needle[n->wordless[i]])) &&
		    !each(context, n->wordless[i]))
			return;
}
