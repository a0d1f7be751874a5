/* Reading with permissions, case by case: what is understood, what is told,
 * and that every byte is kept. */
#include "json_support.h"

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* The tokens, with a letter for the kind: string, single, open ("), number,
 * t, f, null (0), raw, bare, skipped (x). */
static void write_tokens(const struct scan *scan, struct buffer *out)
{
	static const char letters[] = "s'\"ntf0rbx";

	for (size_t i = 0; i < scan->count; i++) {
		const struct scan_token *t = &scan->tokens[i];

		buffer_printf(out, "%s%c:%.*s", i ? "|" : "",
			      letters[t->kind], (int)t->length, t->text);
	}
}

static const struct {
	const char *text;
	const char *template;
	const char *tokens;
	const char *told;
} readings[] = {
	/* keys */
	{"{a: 1}", "{a: o}", "n:1", "1 unquoted key"},
	{"{a:1,b : 2}", "{a:o,b : o}", "n:1|n:2",
	 "1 unquoted key, 5 unquoted key"},
	{"{detail-type: \"x\", $ref: 1, 7: 2}",
	 "{detail-type: o, $ref: o, 7: o}", "s:x|n:1|n:2",
	 "1 unquoted key, 19 unquoted key, 28 unquoted key"},
	{"{'a': 1}", "{'a': o}", "n:1", "1 single quotes"},
	{"{'a\"b': 1}", "{'a\"b': o}", "n:1", "1 single quotes"},
	{"{\"a\tb\": 1}", "{\"a\tb\": o}", "n:1",
	 "3 control character in a string (1"},
	{"{\"a\nb\": 1}", "{\"a\nb\": o}", "n:1",
	 "3 line break in a string (1"},
	{"{\"a\": 1, 2}", "{\"a\": o, o}", "n:1|n:2", "9 missing key"},
	{"{\"a\": 1, {\"b\": 2}}", "{\"a\": o, {\"b\": o}}", "n:1|n:2",
	 "9 missing key"},
	{"{:1}", "{:o}", "n:1", "1 missing key"},
	{"{\"a\"}", "{x}", "x:\"a\"", "4 missing value"},
	{"{\"a\", \"b\": 1}", "{x, \"b\": o}", "x:\"a\"|n:1",
	 "4 missing value"},
	{"{\"a\" , \"b\": 1}", "{x , \"b\": o}", "x:\"a\"|n:1",
	 "4 missing value"},
	{"{\"a\" \"b\": 1}", "{x \"b\": o}", "x:\"a\"|n:1",
	 "4 missing value"},
	{"{\"a\" b: 1}", "{x b: o}", "x:\"a\"|n:1",
	 "4 missing value, 5 unquoted key"},
	{"{\"a\":}", "{\"a\":}", "", "5 missing value"},
	{"{\"a\":, 1}", "{\"a\":, o}", "n:1", "5 missing value"},
	{"{\"a\":, {}}", "{\"a\":, {}}", "", "5 missing value"},
	{"{\"a\":, \"b\"}", "{\"a\":, o}", "s:b", "5 missing value"},
	{"{\"a\":, b}", "{\"a\":, x}", "x:b",
	 "5 missing value, 7 unexpected text"},
	{"{\"a\":, \"b\": 1}", "{\"a\":, \"b\": o}", "n:1",
	 "5 missing value"},
	/* values */
	{"['a']", "[o]", "':a", "1 single quotes"},
	{"['it\\'s', 'say \"x\"']", "[o, o]", "':it\\'s|':say \"x\"",
	 "1 single quotes, 10 single quotes"},
	{"['a\\qb']", "[o]", "':a\\qb",
	 "1 single quotes, 3 bad escape (1"},
	{"['\"\\q']", "[o]", "':\"\\q",
	 "1 single quotes, 3 bad escape (1"},
	{"['\\'\\q']", "[o]", "':\\'\\q",
	 "1 single quotes, 4 bad escape (1"},
	{"{\"a\": Alice}", "{\"a\": o}", "b:Alice", "6 bare word"},
	{"{\"t\": 2016-04-06T13:53:53Z, \"u\": https://a.b/c?d=e#f}",
	 "{\"t\": o, \"u\": o}",
	 "b:2016-04-06T13:53:53Z|b:https://a.b/c?d=e#f",
	 "10 bad number, 33 bare word"},
	{"{\"a\": arn:aws:acm:us-east-1:1:certificate/2}", "{\"a\": o}",
	 "b:arn:aws:acm:us-east-1:1:certificate/2", "6 bare word"},
	{"[True, FALSE, Null, None]", "[o, o, o, o]",
	 "b:True|b:FALSE|b:Null|b:None",
	 "1 bare word, 7 bare word, 14 bare word, 20 bare word"},
	{"[NaN, -Infinity, +1, .5, 1., 01, 0x1F, 1e]",
	 "[o, o, o, o, o, o, o, o]",
	 "b:NaN|b:-Infinity|b:+1|b:.5|b:1.|b:01|b:0x1F|b:1e",
	 "1 bad number, 7 bad number, 17 bad number, 21 bad number, "
	 "27 bad number, 30 bad number, 34 bad number, 41 bad number"},
	{"[byte, byte, ...]", "[o, o, o]", "b:byte|b:byte|b:...",
	 "1 bare word, 7 bare word, 13 omission"},
	{"[1, 2, 3, 4, ...]", "[o, o, o, o, o]", "n:1|n:2|n:3|n:4|b:...",
	 "13 omission"},
	{"[1 ...]", "[o o]", "n:1|b:...", "3 omission"},
	{"{\"a\" ...}", "{\"a\" o}", "b:...", "5 omission"},
	{"{\"a\": 1, ...}", "{\"a\": o, x}", "n:1|x:...", "9 omission"},
	{"{\"a\": 1 ... \"b\": 2}", "{\"a\": o x \"b\": o}",
	 "n:1|x:...|n:2", "8 omission"},
	{"{... \"b\": 2}", "{x \"b\": o}", "x:...|n:2", "1 omission"},
	{"[\xe2\x80\x9c" "a\xe2\x80\x9d]", "[o]",
	 "b:\xe2\x80\x9c" "a\xe2\x80\x9d", "1 typographic quote"},
	/* commas and colons */
	{"[1 2]", "[o o]", "n:1|n:2", "2 missing comma"},
	{"[\"a\"\"b\" 'c']", "[oo o]", "s:a|s:b|':c",
	 "4 missing comma, 7 missing comma, 8 single quotes"},
	{"[1\n[2]]", "[o\n[o]]", "n:1|n:2", "2 missing comma"},
	{"[{}{}]", "[{}{}]", "", "3 missing comma"},
	{"{\"a\": 1\n \"b\": 2}", "{\"a\": o\n \"b\": o}", "n:1|n:2",
	 "7 missing comma"},
	{"{\"a\": 1 \"\\n\": 2}", "{\"a\": o \"\\n\": o}", "n:1|n:2",
	 "7 missing comma"},
	{"{\"a\": 1 \"b\n: 2}", "{\"a\": o x\n: o}", "n:1|x:\"b|n:2",
	 "7 missing comma, 11 extra colon"},
	{"{\"a\": 1 'b': 2}", "{\"a\": o 'b': o}", "n:1|n:2",
	 "7 missing comma, 8 single quotes"},
	{"{\"a\": 1 b: 2}", "{\"a\": o b: o}", "n:1|n:2",
	 "7 missing comma, 8 unquoted key"},
	{"{\"a\": 1 {}}", "{\"a\": o {}}", "n:1",
	 "7 missing comma, 8 missing key"},
	{"[1,]", "[o,]", "n:1", "2 trailing comma"},
	{"{\"a\": 1 , }", "{\"a\": o , }", "n:1", "8 trailing comma"},
	{"[,1]", "[,o]", "n:1", "1 extra comma"},
	{"[1,,2,,,]", "[o,,o,,,]", "n:1|n:2",
	 "3 extra comma, 6 extra comma, 7 extra comma"},
	{"{,\"a\": 1,, \"b\": 2}", "{,\"a\": o,, \"b\": o}", "n:1|n:2",
	 "1 extra comma, 9 extra comma"},
	{"{\"a\" 1}", "{\"a\" o}", "n:1", "4 missing colon"},
	{"{\"a\" \"b\", \"c\" {\"d\" true}}", "{\"a\" o, \"c\" {\"d\" o}}",
	 "s:b|t:true", "4 missing colon, 13 missing colon, 18 missing colon"},
	{"{\"a\" Alice}", "{\"a\" o}", "b:Alice",
	 "4 missing colon, 5 bare word"},
	{"{\"a\":: 1}", "{\"a\":: o}", "n:1", "5 extra colon"},
	{"{\"a\": 1: 2}", "{\"a\": o: o}", "n:1|n:2", "7 extra colon"},
	{"[\"a\": 1]", "[o: o]", "s:a|n:1", "4 extra colon"},
	{"[:1]", "[:o]", "n:1", "1 extra colon"},
	/* comments and white space */
	{"[1, // one\n 2]", "[o, x\n o]", "n:1|x:// one|n:2", "4 comment"},
	{"[1, // one\n 2 /**/]", "[o, x\n o x]", "n:1|x:// one|n:2|x:/**/",
	 "4 comment, 14 comment"},
	{"[1, # one\r\n 2]", "[o, x\r\n o]", "n:1|x:# one|n:2", "4 comment"},
	{"[1 /* a\nb */, 2]", "[o x, o]", "n:1|x:/* a\nb */|n:2",
	 "3 comment"},
	{"/**/{\"a\"/**/:/**/1/**/}", "x{\"a\"x:xox}",
	 "x:/**/|x:/**/|x:/**/|n:1|x:/**/",
	 "0 comment, 8 comment, 13 comment, 18 comment"},
	{"[1, /*/ 2\n 3]", "[o, x\n o]", "n:1|x:/*/ 2|n:3", "4 comment"},
	{"[1 // a\n 2]", "[o x\n o]", "n:1|x:// a|n:2",
	 "3 comment, 9 missing comma"},
	{"[1, // a\n]", "[o, x\n]", "n:1|x:// a",
	 "4 comment, 9 trailing comma"},
	{"[1, /* a\n 2, /* b\n 3]", "[o, x\n o, x\n o]",
	 "n:1|x:/* a|n:2|x:/* b|n:3", "4 comment, 13 comment"},
	{"[\"a\n 2]", "[o\n o]", "\":a|n:2", "3 missing quote (1"},
	{"['a\n 2]", "[o\n o]", "b:'a|n:2",
	 "1 single quotes, 3 missing quote (1"},
	{"[\xc2\xa0" "1,\xef\xbb\xbf\xe2\x80\xa8 2]", "[xo,x o]",
	 "x:\xc2\xa0|n:1|x:\xef\xbb\xbf\xe2\x80\xa8|n:2",
	 "1 unusual white space, 5 unusual white space"},
	{"{\x01\"a\"\x02:\v1\x7f}", "{x\"a\"x:xox}",
	 "x:\x01|x:\x02|x:\v|n:1|x:\x7f",
	 "1 stray control character, 5 stray control character, "
	 "7 stray control character, 9 stray control character"},
	/* inside strings, once a string */
	{"[\"a\x1b[31m\x07\"]", "[o]", "s:a\x1b[31m\x07",
	 "3 control character in a string (1"},
	{"[\"\xff\xfe\", \"\xc3\"]", "[o, o]", "s:\xff\xfe|s:\xc3",
	 "2 invalid UTF-8 (1, 8 invalid UTF-8 (7"},
	{"[\"C:\\dir\", \"\\u12\"]", "[o, o]", "s:C:\\dir|s:\\u12",
	 "4 bad escape (1, 12 bad escape (11"},
	{"[\"a\nb\nc\",\n\"d\"]", "[o,\no]", "s:a\nb\nc|s:d",
	 "3 line break in a string (1"},
	{"{\"a\": \"b\nc\"}", "{\"a\": o}", "s:b\nc",
	 "8 line break in a string (6"},
	{"[\"a\nb\" // c\n]", "[o x\n]", "s:a\nb|x:// c",
	 "3 line break in a string (1, 7 comment"},
	/* missing quotes */
	{"{\"a\": \"b,\n \"c\": 1}", "{\"a\": o\n \"c\": o}", "\":b,|n:1",
	 "9 missing quote (6"},
	{"{\"a\": \"b\tb,\n \"c\": 1}", "{\"a\": o\n \"c\": o}",
	 "\":b\tb,|n:1",
	 "8 control character in a string (6, 11 missing quote (6"},
	{"{\"a\": \"b,\r\n \"c\": \"d,\r\n \"e\": 1}",
	 "{\"a\": o\r\n \"c\": o\r\n \"e\": o}", "\":b,|\":d,|n:1",
	 "9 missing quote (6, 20 missing quote (17"},
	{"[\"a,\n \"b\"]", "[o\n o]", "\":a,|s:b", "4 missing quote (1"},
	{"[\"a,\n // c\n \"b\"]", "[o\n x\n o]", "\":a,|x:// c|s:b",
	 "4 missing quote (1, 6 comment"},
	{"['a,\n 'b']", "[o\n o]", "b:'a,|':b",
	 "1 single quotes, 4 missing quote (1, 6 single quotes"},
	{"[\"\n\"b\"]", "[o\no]", "\":|s:b", "2 missing quote (1"},
	{"{\"a: 1,\n \"b\": 2}", "{x,\n \"b\": o}", "x:\"a: 1|n:2",
	 "7 missing quote (1"},
	{"{\"a: 1, \"b\": 2}", "{x, \"b\": o}", "x:\"a: 1|n:2",
	 "9 unexpected text"},
	{"{\"a: 1}", "{x}", "x:\"a: 1", "7 unclosed string (1"},
	{"{a\": 1, \"b\": 2}", "{x, \"b\": o}", "x:a\": 1|n:2",
	 "1 unexpected text"},
	{"{\"a\": b\", \"c\": 2}", "{\"a\": ox, \"c\": o}", "b:b|x:\"|n:2",
	 "6 bare word, 7 missing comma"},
	{"{\"a\": 1 \"b\", \"c\": 2}", "{\"a\": o x, \"c\": o}",
	 "n:1|x:\"b\"|n:2", "7 missing comma"},
	{"{\"a\": \"say \"hi\" you\", \"b\": 1}", "{\"a\": ox, \"b\": o}",
	 "s:say |x:hi\" you\"|n:1", "12 unexpected text"},
	{"{\"a\": \"b,\"c\": \"d\", \"e\": 1}",
	 "{\"a\": ox, \"e\": o}", "s:b,|x:c\": \"d\"|n:1",
	 "10 unexpected text"},
	{"{\"a\": {\"b\": \"c,\"d\": {\"e\": 1}}, \"f\": 2}",
	 "{\"a\": {\"b\": ox}, \"f\": o}",
	 "s:c,|x:d\": {\"e\": 1}|n:2", "16 unexpected text"},
	{"[\"say \"hi\"\", 1]", "[ox, o]", "s:say |x:hi\"\"|n:1",
	 "7 unexpected text"},
	/* text that cannot follow */
	{"{\"a\": \"x\\n\"\n --- y ---\\n\",\n \"b\": 1}",
	 "{\"a\": o\n x,\n \"b\": o}", "s:x\\n|x:--- y ---\\n\"|n:1",
	 "13 unexpected text"},
	{"{\"a\": 1\n stray\n \"b\": 2}", "{\"a\": o\n x\n \"b\": o}",
	 "n:1|x:stray|n:2", "9 unexpected text"},
	{"{\"a\": 1 stray, text, \"b\": 2}", "{\"a\": o x, \"b\": o}",
	 "n:1|x:stray, text|n:2", "8 unexpected text"},
	{"{\"a\": 1 stray, b: 2}", "{\"a\": o x, b: o}",
	 "n:1|x:stray|n:2", "8 unexpected text, 15 unquoted key"},
	{"{\"a\": 1 stray,}", "{\"a\": o x,}", "n:1|x:stray",
	 "8 unexpected text, 13 trailing comma"},
	{"{\"a\": 1 stray,]}", "{\"a\": o x,x}", "n:1|x:stray|x:]",
	 "8 unexpected text, 14 wrong bracket (0, 15 trailing comma"},
	{"{\"a\": 1 stray,\n more}", "{\"a\": o x,\n x}",
	 "n:1|x:stray|x:more", "8 unexpected text, 16 unexpected text"},
	{"{\"a\": 1 stray}", "{\"a\": o x}", "n:1|x:stray",
	 "8 unexpected text"},
	{"{\"a\": 1 stray {x, [y]} z}", "{\"a\": o x}",
	 "n:1|x:stray {x, [y]} z", "8 unexpected text"},
	{"{\"a\": 1 2, \"b\": 3}", "{\"a\": o x, \"b\": o}", "n:1|x:2|n:3",
	 "8 unexpected text"},
	{"{stray, \"b\": 3}", "{x, \"b\": o}", "x:stray|n:3",
	 "1 unexpected text"},
	{"{\"a\": 1, stray}", "{\"a\": o, x}", "n:1|x:stray",
	 "9 unexpected text"},
	{"[1 stray, 2]", "[o x, o]", "n:1|x:stray|n:2",
	 "3 unexpected text"},
	{"[1 a: 2]", "[o x]", "n:1|x:a: 2", "3 unexpected text"},
	{"{\"a\": 1 \xe2\x80\x9c" "b\xe2\x80\x9d}", "{\"a\": o x}",
	 "n:1|x:\xe2\x80\x9c" "b\xe2\x80\x9d", "8 typographic quote"},
	/* brackets */
	{"{\"a\": [1, 2}", "{\"a\": [o, o}", "n:1|n:2", "11 wrong bracket (6"},
	{"[{\"a\": {\"b\": 1], 2", "[{\"a\": {\"b\": o]", "n:1",
	 "14 wrong bracket (7"},
	{"[{\"a\": 1]", "[{\"a\": o]", "n:1", "8 wrong bracket (1"},
	{"{\"a\": 1], \"b\": 2}", "{\"a\": ox, \"b\": o}", "n:1|x:]|n:2",
	 "7 wrong bracket (0"},
	{"{\"a\":], \"b\": 2}", "{\"a\":x, \"b\": o}", "x:]|n:2",
	 "5 missing value"},
	{"{\"a\": ], \"b\": 2}", "{\"a\": x, \"b\": o}", "x:]|n:2",
	 "5 missing value, 6 wrong bracket (0"},
	{"{\"a\" ], \"b\": 2}", "{x x, \"b\": o}", "x:\"a\"|x:]|n:2",
	 "4 missing value, 5 wrong bracket (0"},
	{"{], \"b\": 2}", "{x, \"b\": o}", "x:]|n:2",
	 "1 wrong bracket (0, 2 extra comma"},
	{"[1, }, 2]", "[o, x, o]", "n:1|x:}|n:2",
	 "4 wrong bracket (0, 5 extra comma"},
	{"[}]", "[x]", "x:}", "1 wrong bracket (0"},
	/* arrays of numbers, as strict reading has them */
	{"{a: [1, 2, 3, 4]}", "{a: o}", "r:[1, 2, 3, 4]",
	 "1 unquoted key"},
	{"[1, 2, 3, 4,]", "[o, o, o, o,]", "n:1|n:2|n:3|n:4",
	 "11 trailing comma"},
	/* at the root */
	{"'a'", "o", "':a", "0 single quotes"},
	{"hello world", "o", "b:hello", "0 bare word"},
	{"Records: [", "o", "b:Records", "0 bare word"},
	{"# a\n// b\n[]", "x\nx\n[]", "x:# a|x:// b", "0 comment, 4 comment"},
	{"},\n[]", "x\n[]", "x:},", "0 stray bracket"},
	{", : ]\n1", "x\no", "x:, : ]|n:1", "0 no value"},
	{"...", "o", "b:...", "0 omission"},
};


/* Cut or never finished: all is kept up to the end. */
static const struct {
	const char *text;
	const char *template;
	const char *tokens;
	const char *told;
} remains[] = {
	{"", "", "", "0 no value"},
	{" \n", "", "", "2 no value"},
	{"}", "x", "x:}", "0 stray bracket, 1 no value"},
	{"// c", "x", "x:// c", "0 comment, 4 no value"},
	{"{", "{", "", "1 unclosed object (0"},
	{"{\"a\": {\"b\": [1, 2 \n", "{\"a\": {\"b\": [o, o \n", "n:1|n:2",
	 "17 unclosed array (12"},
	{"{\"a\": 1,\n", "{\"a\": o,\n", "n:1", "8 unclosed object (0"},
	{"{\"a\"", "{x", "x:\"a\"", "4 unclosed object (0"},
	{"{\"a\": ", "{\"a\": ", "", "5 unclosed object (0"},
	{"{\"ab", "{x", "x:\"ab", "4 unclosed string (1"},
	{"{'ab", "{x", "x:'ab", "1 single quotes, 4 unclosed string (1"},
	{"{\"a\": \"b", "{\"a\": o", "\":b", "8 unclosed string (6"},
	{"{\"a\": \"", "{\"a\": o", "\":", "7 unclosed string (6"},
	{"{\"a\": \"b\nc\n", "{\"a\": o\nx\n", "\":b|x:c",
	 "8 missing quote (6, 9 unexpected text, 10 unclosed object (0"},
	{"[\"\\", "[o", "\":\\", "3 unclosed string (1"},
	{"[\"\\u12", "[o", "\":\\u12", "6 unclosed string (1"},
	{"[\"\xe2\x82", "[o", "\":\xe2\x82", "4 unclosed string (1"},
	{"['a\\", "[o", "b:'a\\", "1 single quotes, 4 unclosed string (1"},
	{"\"a", "o", "\":a", "2 unclosed string (0"},
	{"'a", "o", "b:'a", "0 single quotes, 2 unclosed string (0"},
	{"[1, tr", "[o, o", "n:1|b:tr", "4 bare word, 6 unclosed array (0"},
	{"[1, -", "[o, o", "n:1|b:-",
	 "5 bad number, 5 unclosed array (0"},
	{"[a:/", "[o", "b:a:/", "1 bare word, 4 unclosed array (0"},
	{"[1, 2, 3, 4", "[o, o, o, o", "n:1|n:2|n:3|n:4",
	 "11 unclosed array (0"},
	{"[1,2,3,4", "[o,o,o,o", "n:1|n:2|n:3|n:4", "8 unclosed array (0"},
	{"[/* x", "[x", "x:/* x", "1 comment, 5 unclosed array (0"},
	{"[/*", "[x", "x:/*", "1 comment, 3 unclosed array (0"},
	{"[/*\n/* x\n*/", "[x", "x:/*\n/* x\n*/",
	 "1 comment, 11 unclosed array (0"},
	{"[/* x\n/* y", "[x\nx", "x:/* x|x:/* y",
	 "1 comment, 6 comment, 10 unclosed array (0"},
	{"[1 /", "[o x", "n:1|x:/", "3 unexpected text, 4 unclosed array (0"},
	{"{\"a\": 1 x", "{\"a\": o x", "n:1|x:x",
	 "8 unexpected text, 9 unclosed object (0"},
	{"{\"a\": 1 x, ", "{\"a\": o x, ", "n:1|x:x",
	 "8 unexpected text, 10 unclosed object (0"},
	{"{\"a\": 1 x, y", "{\"a\": o x", "n:1|x:x, y",
	 "8 unexpected text, 12 unclosed object (0"},
	{"{\"b\":1 'a\\", "{\"b\":o x", "n:1|x:'a\\",
	 "6 missing comma, 10 unclosed object (0"},
	{"{\"b\":1, 'a\\", "{\"b\":o, x", "n:1|x:'a\\",
	 "8 single quotes, 11 unclosed string (8"},
	{"{\"a\": b:", "{\"a\": o:", "b:b",
	 "6 bare word, 7 extra colon, 8 unclosed object (0"},
	{"{\"a\": 1, b", "{\"a\": o, x", "n:1|x:b",
	 "9 unexpected text, 10 unclosed object (0"},
};

/* One row of either table; TOLD and the rest as it has to be. */
static void check_reading(const char *source, enum scan_end expected,
			  const char *template, const char *token_texts,
			  const char *told_text)
{
	struct scan scan = {0};
	size_t n = strlen(source);
	char *text = exact_copy(source, n);
	const char *after = NULL;
	struct buffer tokens = {0};
	struct told told;
	enum scan_end end = read_relaxed(&scan, text, n, &after, &told);

	write_tokens(&scan, &tokens);
	if (end != expected || strcmp(visible(&scan), template) != 0 ||
	    strcmp(buffer_text(&tokens), token_texts) != 0 ||
	    strcmp(buffer_text(&told.text), told_text) != 0)
		fail_msg("%s\nverdict %d\n%s\n%s\n%s", source, (int)end,
			 visible(&scan), tokens.p, told.text.p);
	if (end == SCAN_WHOLE)
		assert_true(after > text && after <= text + n);
	buffer_free(&tokens);
	buffer_free(&told.text);
	free(text);
	scan_free(&scan);
}

static void what_people_write_is_understood_and_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(readings); i++)
		check_reading(readings[i].text, SCAN_WHOLE,
			      readings[i].template, readings[i].tokens,
			      readings[i].told);
}

static void what_remains_of_a_value_is_kept_to_the_end(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(remains); i++)
		check_reading(remains[i].text, SCAN_BAD, remains[i].template,
			      remains[i].tokens, remains[i].told);
}

static void a_comment_ends_however_much_follows_it(void **state)
{
	struct buffer text = {0}, template = {0};

	(void)state;
	buffer_add_text(&text, "[1, /* a\nb */ 2");
	buffer_add_text(&template, "[o, x o");
	for (int i = 0; i < 10000; i++) {
		buffer_add_byte(&text, ' ');
		buffer_add_byte(&template, ' ');
	}
	buffer_add_text(&text, "]");
	buffer_add_text(&template, "]");
	check_reading(buffer_text(&text), SCAN_WHOLE, buffer_text(&template),
		      "n:1|x:/* a\nb */|n:2", "4 comment");
	buffer_free(&text);
	buffer_free(&template);
}

/* Where what an open one was searched to ends in another one's beginning or end,
 * that one neither ends too early nor too late. */
static void a_comment_behind_an_open_one_has_its_own_end(void **state)
{
	enum { SEARCHED = 4 + 2 + (4 << 10) };
	static const struct {
		size_t at;
		const char *rest, *template, *tokens, *told;
	} rows[] = {
		{SEARCHED - 2, "/*/ 2\n 3]", "x\n o]", "n:1|x:/* a|x:/*/ 2|n:3",
		 "4 comment, 4100 comment"},
		{SEARCHED - 4, "/* */ 2]", "x o]", "n:1|x:/* a|x:/* */|n:2",
		 "4 comment, 4098 comment"},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct buffer text = {0}, template = {0};

		buffer_add_text(&text, "[1, /* a\n");
		buffer_add_text(&template, "[o, x\n");
		while (text.n < rows[i].at) {
			buffer_add_byte(&text, ' ');
			buffer_add_byte(&template, ' ');
		}
		buffer_add_text(&text, rows[i].rest);
		buffer_add_text(&template, rows[i].template);
		check_reading(buffer_text(&text), SCAN_WHOLE,
			      buffer_text(&template), rows[i].tokens,
			      rows[i].told);
		buffer_free(&text);
		buffer_free(&template);
	}
}

static void reading_stops_behind_the_closing_bracket(void **state)
{
	static const struct {
		const char *text;
		size_t after;
	} row[] = {
		{"{a: 1}, {", 6}, {"[1,] // c", 4}, {"'a' 'b'", 3},
		{"word, x", 4}, {"{\"a\": [1}, {\"b\"", 9},
		{"\"a\nb, c: {}", 2},
	};
	struct scan scan = {0};

	(void)state;
	for (size_t i = 0; i < COUNT(row); i++) {
		const char *after = NULL;
		struct told told;

		assert_int_equal(read_relaxed(&scan, row[i].text,
					      strlen(row[i].text), &after,
					      &told), SCAN_WHOLE);
		assert_int_equal(after - row[i].text, row[i].after);
		buffer_free(&told.text);
	}
	scan_free(&scan);
}

static void notices_need_nobody_to_listen(void **state)
{
	static const char text[] = "{a: [1,, 2], 'b': // c\n \"d\ne\"";
	struct scan scan = {0};
	const char *after = NULL;

	(void)state;
	/* What was freed is as new. */
	for (int i = 0; i < 2; i++) {
		assert_int_equal(scan_relaxed(&scan, text,
					      text + sizeof text - 1, &after,
					      NULL, NULL), SCAN_BAD);
		assert_int_equal(scan.count, 4);
		scan_free(&scan);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_people_write_is_understood_and_told),
		cmocka_unit_test(what_remains_of_a_value_is_kept_to_the_end),
		cmocka_unit_test(a_comment_ends_however_much_follows_it),
		cmocka_unit_test(a_comment_behind_an_open_one_has_its_own_end),
		cmocka_unit_test(reading_stops_behind_the_closing_bracket),
		cmocka_unit_test(notices_need_nobody_to_listen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
