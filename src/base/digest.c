/* Asks libcrypto; owns nothing between calls. */
#include "base/digest.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DIGEST_PIECE = 1 << 16 };

static bool add_all(int fd, EVP_MD_CTX *context, const atomic_bool *cancel,
		    uint64_t *size, struct error *err)
{
	unsigned char piece[DIGEST_PIECE];
	ssize_t n;

	do {
		n = read(fd, piece, sizeof piece);
		if (n > 0 && !EVP_DigestUpdate(context, piece, (size_t)n))
			return error_set(err, "no SHA-256 here");
		if (n > 0)
			*size += (size_t)n;
		if (cancel && *cancel)
			return error_set(err, "cancelled");
	} while (n > 0 || (n < 0 && errno == EINTR));
	return n == 0 || error_set(err, "%s", strerror(errno));
}

static bool finish(EVP_MD_CTX *context, char out[DIGEST_ROOM],
		   struct error *err)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned n = 0;

	if (!EVP_DigestFinal_ex(context, digest, &n) || n * 2 >= DIGEST_ROOM)
		return error_set(err, "no SHA-256 here");
	for (unsigned i = 0; i < n; i++)
		snprintf(out + 2 * i, 3, "%02x", digest[i]);
	return true;
}

bool digest_file(const char *path, const atomic_bool *cancel,
		 char out[DIGEST_ROOM], uint64_t *size, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	EVP_MD_CTX *context;
	struct stat s;
	bool done;

	*size = 0;
	if (fd < 0)
		return error_set(err, "%s", strerror(errno));
	if (fstat(fd, &s) != 0 || !S_ISREG(s.st_mode)) {
		close(fd);
		return error_set(err, "not a regular file");
	}
	context = EVP_MD_CTX_new();
	done = (context && EVP_DigestInit_ex(context, EVP_sha256(), NULL)) ||
	       error_set(err, "no SHA-256 here");
	done = done && add_all(fd, context, cancel, size, err) &&
	       finish(context, out, err);
	EVP_MD_CTX_free(context);
	close(fd);
	return done;
}
