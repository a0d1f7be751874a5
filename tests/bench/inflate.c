/* Inflates gzip files, named on standard input one a line, and drops what comes
 * out: the floor that loading is measured against.  Straight to the library,
 * so that nothing of ours is in the figure. */
#include "platform.h"

#include "base/memory.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { IN = 64 << 10, OUT = 256 << 10 };

#ifdef HAVE_ISAL
#include <isa-l/igzip_lib.h>

static unsigned long long inflate_all(int fd)
{
	static unsigned char in[IN], out[OUT];
	static struct inflate_state s;
	unsigned long long total = 0;
	ssize_t n;

	isal_inflate_init(&s);
	s.crc_flag = ISAL_GZIP;
	while ((n = read(fd, in, sizeof in)) > 0) {
		s.next_in = in;
		s.avail_in = (uint32_t)n;
		do {
			s.next_out = out;
			s.avail_out = sizeof out;
			if (isal_inflate(&s) != ISAL_DECOMP_OK)
				die("inflate: bad data");
			total += sizeof out - s.avail_out;
		} while (s.avail_out == 0);
	}
	return total;
}
#else
#include <zlib.h>

static unsigned long long inflate_all(int fd)
{
	static char out[OUT];
	gzFile file = gzdopen(dup(fd), "rb");
	unsigned long long total = 0;
	int n;

	while ((n = gzread(file, out, sizeof out)) > 0)
		total += (unsigned)n;
	gzclose(file);
	return total;
}
#endif

int main(void)
{
	unsigned long long total = 0;
	char path[4096];

	while (fgets(path, sizeof path, stdin)) {
		int fd;

		path[strcspn(path, "\n")] = '\0';
		fd = open(path, O_RDONLY);
		if (fd < 0)
			die("inflate: %s: cannot be opened", path);
		total += inflate_all(fd);
		close(fd);
	}
	printf("%llu\n", total);
	return 0;
}
