/* Owns the only copy of a secret's text, and its overwriting.  Knows neither
 * keys nor cells. */
#include "view/reveal.h"

#include "json/decode.h"
#include "trail/bytebuffer.h"
#include "trail/fields.h"
#include "trail/secret.h"

static const struct values *values_of(const struct store *store,
				      struct store_event e)
{
	return &store_segment(store, e.segment)->values;
}

bool reveal_ask(struct reveal *r, const struct store *store,
		struct store_event e, uint32_t value, struct span path)
{
	struct buffer scratch = {0};

	reveal_close(r);
	if (r->off || value == VALUES_NONE || !store_is_secret(value))
		return false;
	r->event = e;
	r->value = value;
	buffer_clear(&r->path);
	buffer_add_span(&r->path, path);
	buffer_clear(&r->kind);
	buffer_add_span(&r->kind, store_text(store, e.segment, value,
					     &scratch));
	buffer_free(&scratch);
	r->step = REVEAL_ASKING;
	return true;
}

/* The rule of the value, or of the first part of it that is secret. */
static const char *word_of(const struct values *v, uint32_t value)
{
	if (values_partly(v, value))
		value = values_part(v, values_secret(v, value)->part)->secret;
	return secret_word(values_secret(v, value)->rule);
}

static void note(struct reveal *r, const struct store *store)
{
	uint32_t id = store_field(store, r->event, FIELD_EVENT_ID);
	struct buffer scratch = {0};
	struct span text = id == VALUES_NONE
		? SPAN("no eventID")
		: store_text(store, r->event.segment, id, &scratch);

	buffer_printf(&r->log, "revealed: %s, ",
		      word_of(values_of(store, r->event), r->value));
	buffer_add_span(&r->log, buffer_span(&r->path));
	buffer_add_text(&r->log, ", ");
	buffer_add_span(&r->log, text);
	buffer_add_byte(&r->log, '\n');
	buffer_free(&scratch);
	r->count++;
}

void reveal_open(struct reveal *r, const struct store *store, uint64_t now)
{
	const struct values *v = values_of(store, r->event);
	struct span token = values_token(v, r->value);

	if (r->step != REVEAL_ASKING)
		return;
	/* Room for all of it at once, so that no copy is left behind. */
	buffer_room(&r->text, token.n * 3 + 1);
	if (values_kind(v, r->value) <= SCAN_STRING_OPEN) {
		decode_string(token, &r->text);
	} else if (!bytebuffer_numbers(token, &r->text)) {
		buffer_clear(&r->text);
		buffer_add_span(&r->text, token);
	}
	r->until = now + REVEAL_SECONDS * 1000;
	r->told = REVEAL_SECONDS;
	r->step = REVEAL_OPEN;
	note(r, store);
}

bool reveal_close(struct reveal *r)
{
	bool was = r->step != REVEAL_CLOSED;

	buffer_wipe(&r->text);
	r->step = REVEAL_CLOSED;
	return was;
}

unsigned reveal_left(struct reveal *r, uint64_t now)
{
	if (r->step != REVEAL_OPEN)
		return 0;
	if (now >= r->until) {
		reveal_close(r);
		return 0;
	}
	r->told = (unsigned)((r->until - now + 999) / 1000);
	return r->told;
}

void reveal_forbid(struct reveal *r)
{
	reveal_close(r);
	r->off = true;
}

void reveal_free(struct reveal *r)
{
	reveal_close(r);
	buffer_free(&r->path);
	buffer_free(&r->kind);
	buffer_free(&r->log);
}
