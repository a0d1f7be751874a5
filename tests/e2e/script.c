/* Reads scenarios; knows nothing of what the commands mean. */
#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *read_whole(const char *name)
{
	FILE *file = fopen(name, "rb");
	size_t n = 0, capacity = 64 * 1024;
	char *text = malloc(capacity);

	while (file && text && n + 1 < capacity) {
		size_t got = fread(text + n, 1, capacity - n - 1, file);

		if (got == 0)
			break;
		n += got;
		if (n + 1 == capacity)
			text = realloc(text, capacity *= 2);
	}
	if (text)
		text[n] = '\0';
	if (!file || !text)
		return NULL;
	fclose(file);
	return text;
}

static char *with_each(const char *text, const char *each)
{
	static const char name[] = "$each";
	size_t length = strlen(each), n = 0;
	char *out = malloc(strlen(text) * (length + 1) + 1);

	while (out && *text) {
		if (strncmp(text, name, sizeof(name) - 1) == 0) {
			memcpy(out + n, each, length);
			n += length;
			text += sizeof(name) - 1;
		} else {
			out[n++] = *text++;
		}
	}
	if (out)
		out[n] = '\0';
	return out;
}

bool script_open(struct script *s, const char *name, const char *each)
{
	char *text = read_whole(name);

	*s = (struct script){.name = name};
	if (text)
		s->text = with_each(text, each);
	free(text);
	return s->text;
}

void script_close(struct script *s)
{
	free(s->text);
}

static char *any_line(struct script *s)
{
	char *line = s->text + s->at;
	size_t n = strcspn(line, "\n");

	if (*line == '\0')
		return NULL;
	s->at += n + (line[n] == '\n');
	line[n] = '\0';
	s->line++;
	return line;
}

char *script_line(struct script *s)
{
	char *line;

	while ((line = any_line(s)) && (*line == '\0' || *line == '#'))
		;
	return line;
}

char *script_block_line(struct script *s)
{
	char *line;
	size_t n;

	if (s->text[s->at] != '|')
		return NULL;
	line = any_line(s) + 1;
	n = strlen(line);
	if (n > 0 && line[n - 1] == '|')
		line[n - 1] = '\0';
	return line;
}

bool script_next(struct script *s, const char *head, char **rest)
{
	size_t n = strlen(head);

	if (strncmp(s->text + s->at, head, n) != 0)
		return false;
	*rest = any_line(s) + n;
	return true;
}

static int hex(const char *p)
{
	char digits[3] = {p[0], p[0] ? p[1] : '\0', '\0'};

	return (int)strtol(digits, NULL, 16);
}

/* One character behind a backslash at P; answers where it ends. */
static char *unescape(char *p, char *out)
{
	switch (*p) {
	case 'n': *out = '\n'; return p + 1;
	case 't': *out = '\t'; return p + 1;
	case 'r': *out = '\r'; return p + 1;
	case 'e': *out = '\033'; return p + 1;
	case 'x': *out = (char)hex(p + 1); return p + 3;
	default: *out = *p; return p + 1;
	}
}

static char *quoted_word(char **line)
{
	char *word = *line + 1, *out = word, *p = word;

	while (*p && *p != '"') {
		if (*p == '\\' && p[1])
			p = unescape(p + 1, out++);
		else
			*out++ = *p++;
	}
	*line = *p ? p + 1 : p;
	*out = '\0';
	return word;
}

char *script_word(char **line, bool *quoted)
{
	char *word;
	size_t n;

	*line += strspn(*line, " \t");
	*quoted = **line == '"';
	if (*quoted)
		return quoted_word(line);
	word = *line;
	n = strcspn(word, " \t");
	if (n == 0)
		return NULL;
	*line = word + n + (word[n] != '\0');
	word[n] = '\0';
	return word;
}
