/* Reads /proc: which mappings there are, what a core leaves out of them
 * (VmFlags dd), and the bytes of the others. */
#define _GNU_SOURCE
#include "memory.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The cells of curses are 28 bytes, those of a grid 36 or so. */
enum { FARTHEST = 64 };

struct mapping {
	unsigned long from, to;
	bool written, kept_out;
	char name[64];
};

static size_t how_far(const char *p, const char *end, const char *text)
{
	size_t n = strlen(text);

	for (size_t apart = 1; apart <= FARTHEST; apart++) {
		size_t i = 1;

		if ((n - 1) * apart >= (size_t)(end - p))
			break;
		while (i < n && p[i * apart] == text[i])
			i++;
		if (i == n)
			return apart;
	}
	return 0;
}

static bool look_in(int memory, const struct mapping *m, const char *text,
		    char *where, size_t size)
{
	size_t n = m->to - m->from;
	char *bytes = malloc(n), *end, *p;
	ssize_t got = bytes ? pread(memory, bytes, n, (off_t)m->from) : 0;
	bool found = false;

	end = bytes + (got > 0 ? got : 0);
	for (p = bytes; p < end && !found &&
			(p = memchr(p, text[0], (size_t)(end - p))); p++) {
		size_t apart = how_far(p, end, text);

		found = apart > 0;
		if (found)
			snprintf(where, size, "%s at %#zx, %zu apart",
				 m->name[0] ? m->name : "anonymous",
				 (size_t)(p - bytes), apart);
	}
	free(bytes);
	return found;
}

/* The next mapping of /proc/PID/smaps; LINE is the one that begins it, and is
 * that of the one after it in the end. */
static bool next_mapping(FILE *maps, char *line, size_t size,
			 struct mapping *m)
{
	char rights[8] = "";

	*m = (struct mapping){.name = ""};
	if (sscanf(line, "%lx-%lx %7s %*s %*s %*s %63[^\n]", &m->from, &m->to,
		   rights, m->name) < 3)
		return false;
	m->written = rights[1] == 'w';
	line[0] = '\0';
	while (fgets(line, (int)size, maps)) {
		if (strncmp(line, "VmFlags:", 8) == 0)
			m->kept_out = strstr(line, " dd");
		else if (strchr("0123456789abcdef", line[0]))
			return true;
	}
	line[0] = '\0';
	return true;
}

enum memory_verdict memory_look(pid_t pid, const char *text, char *where,
				size_t size)
{
	enum memory_verdict verdict = MEMORY_FREE;
	char path[64], line[512] = "";
	struct mapping m;
	int memory;
	FILE *maps;

	snprintf(path, sizeof(path), "/proc/%d/mem", (int)pid);
	memory = open(path, O_RDONLY | O_CLOEXEC);
	snprintf(path, sizeof(path), "/proc/%d/smaps", (int)pid);
	maps = fopen(path, "re");
	if (memory < 0 || !maps || !fgets(line, sizeof(line), maps))
		verdict = MEMORY_CLOSED;
	while (verdict == MEMORY_FREE &&
	       next_mapping(maps, line, sizeof(line), &m))
		if (m.written && !m.kept_out &&
		    look_in(memory, &m, text, where, size))
			verdict = MEMORY_HOLDS;
	if (maps)
		fclose(maps);
	if (memory >= 0)
		close(memory);
	return verdict;
}
