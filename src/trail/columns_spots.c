/* Where in the rows of a shape the values stand that a column matches, as far
 * as the shape alone tells it.  Looks at no event. */
#include "trail/columns.h"

#include "trail/slots.h"

struct taking {
	const struct shape *shape;
	struct columns_spot *spot;
	size_t count;
};

static void take(struct taking *t, uint32_t place, enum columns_when when)
{
	if (t->count < COLUMNS_SPOTS)
		t->spot[t->count] = (struct columns_spot){place, when};
	t->count++;
}

static bool take_field(struct taking *t, enum field field,
		       enum columns_when when)
{
	uint16_t slot = t->shape->field[field];

	if (slot != SHAPES_ABSENT)
		take(t, slot, when);
	return slot != SHAPES_ABSENT;
}

/* The first of the two that has a value. */
static void take_either(struct taking *t, enum field field, enum field other)
{
	bool first = take_field(t, field, COLUMNS_ALWAYS);

	take_field(t, other, first ? COLUMNS_OTHERWISE : COLUMNS_ALWAYS);
}

static void take_certificates(struct taking *t)
{
	take(t, t->shape->slots + STORE_CERTIFICATES, COLUMNS_ONWARDS);
}

static bool take_paths(struct taking *t, const struct slots_list *list)
{
	for (uint32_t i = 0; i < list->count && i <= COLUMNS_SPOTS; i++)
		take(t, list->slot[i], COLUMNS_ALWAYS);
	return list->gates == 0;
}

/* False: ask the event. */
static bool take_column(struct taking *t, const struct store *store,
			uint32_t number, const struct column_ref *ref)
{
	uint32_t place;

	switch (ref->column) {
	case COLUMN_WHO:
		take(t, t->shape->slots + STORE_WHO, COLUMNS_ALWAYS);
		take_field(t, FIELD_USER_NAME, COLUMNS_ALWAYS);
		take_either(t, FIELD_USER_ARN, FIELD_ISSUER_ARN);
		return true;
	case COLUMN_SESSION:
		take_field(t, FIELD_USER_ARN, COLUMNS_ALWAYS);
		take_field(t, FIELD_USER_PRINCIPAL, COLUMNS_ALWAYS);
		return true;
	case COLUMN_ROLE:
		take_field(t, FIELD_USER_ARN, COLUMNS_ALWAYS);
		take_field(t, FIELD_ISSUER_ARN, COLUMNS_ALWAYS);
		/* The issuer of a federated user's session is no role. */
		return t->shape->field[FIELD_ISSUER_NAME] == SHAPES_ABSENT;
	case COLUMN_ACCOUNT:
		take_either(t, FIELD_RECIPIENT_ACCOUNT, FIELD_USER_ACCOUNT);
		return true;
	case COLUMN_MFA:
		take_either(t, FIELD_SIGNIN_MFA, FIELD_SESSION_MFA);
		return true;
	case COLUMN_NEEDS:
		take_field(t, FIELD_ERROR_MESSAGE, COLUMNS_ALWAYS);
		return true;
	case COLUMN_CERTIFICATE:
		take_certificates(t);
		return true;
	case COLUMN_TARGET:
		take_certificates(t);
		take(t, t->shape->slots + STORE_TARGET, COLUMNS_ALWAYS);
		return true;
	case COLUMN_TLS:
		take_field(t, FIELD_TLS_VERSION, COLUMNS_ALWAYS);
		take_field(t, FIELD_TLS_CIPHER, COLUMNS_ALWAYS);
		return true;
	case COLUMN_PATH:
	case COLUMN_RESOURCES:
		return take_paths(t, slots_of(ref->paths, store_shapes(store),
					      number));
	case COLUMN_RESULT:
		return false;
	default:
		place = columns_place(store, number, ref);
		if (place < COLUMNS_ASK)
			take(t, place, COLUMNS_ALWAYS);
		return place != COLUMNS_ASK;
	}
}

size_t columns_spots(const struct store *store, uint32_t number,
		     const struct column_ref *ref,
		     struct columns_spot spot[COLUMNS_SPOTS])
{
	struct taking t = {shapes_get(store_shapes(store), number), spot, 0};

	if (!take_column(&t, store, number, ref) || t.count > COLUMNS_SPOTS)
		return SIZE_MAX;
	return t.count;
}
