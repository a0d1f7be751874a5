/* Owns the list of log files that digests name. */
#include "store/digests.h"

#include "base/memory.h"

#include <pthread.h>
#include <stdlib.h>

struct digests {
	pthread_mutex_t lock;
	struct digests_log *log;
	size_t count, capacity;
};

struct digests *digests_new(void)
{
	struct digests *d = memory_clear(1, sizeof *d);

	pthread_mutex_init(&d->lock, NULL);
	return d;
}

void digests_free(struct digests *d)
{
	for (size_t i = 0; i < d->count; i++)
		free((char *)d->log[i].key);
	free(d->log);
	pthread_mutex_destroy(&d->lock);
	free(d);
}

void digests_add(struct digests *d, uint32_t input, struct span key)
{
	pthread_mutex_lock(&d->lock);
	if (d->count == d->capacity) {
		d->capacity = memory_grown(d->capacity, d->count + 1,
					   sizeof *d->log);
		d->log = memory_resize(d->log, d->capacity, sizeof *d->log);
	}
	d->log[d->count++] = (struct digests_log){memory_copy(key.p, key.n),
						  input};
	pthread_mutex_unlock(&d->lock);
}

size_t digests_count(struct digests *d)
{
	size_t count;

	pthread_mutex_lock(&d->lock);
	count = d->count;
	pthread_mutex_unlock(&d->lock);
	return count;
}

struct digests_log digests_log(struct digests *d, size_t i)
{
	struct digests_log log;

	pthread_mutex_lock(&d->lock);
	log = d->log[i];
	pthread_mutex_unlock(&d->lock);
	return log;
}
