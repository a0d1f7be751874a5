/* Owns the reading of the configuration file.  The scanner tells whether it is
 * JSON and where things stand, cJSON what is in it. */
#define _POSIX_C_SOURCE 200809L
#include "config.h"

#include "base/memory.h"
#include "base/nearest.h"
#include "json/decode.h"
#include "json/paths.h"
#include "json/scan.h"
#include "view/actions.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cjson/cJSON.h>

enum { CONFIG_LARGEST = 1 << 20 };

enum config_kind { CONFIG_TEXT, CONFIG_SWITCH, CONFIG_TABLE };

struct config_info {
	const char *name;
	enum config_kind kind;
	const char *usual;
};

static const struct config_info table[] = {
#define CONFIG(id, name, kind, usual, help) {name, CONFIG_##kind, usual},
#include "config.def"
#undef CONFIG
};

/* What is being read, for places in it. */
struct reading {
	struct span text;
	struct scan scan;
	config_notice *notice;
	void *context;
};

bool config_path(struct buffer *out)
{
	const char *home = getenv("XDG_CONFIG_HOME");
	const char *below = "";

	if (!home || *home != '/') {
		home = getenv("HOME");
		below = "/.config";
	}
	if (!home || *home != '/')
		return false;
	buffer_printf(out, "%s%s/acmtui/config.json", home, below);
	return true;
}

static struct config_place place_of(struct span text, const char *at)
{
	const char *start = text.p;
	struct config_place place = {.line = 1};

	for (const char *p = text.p; p < at; p++)
		if (*p == '\n') {
			place.line++;
			start = p + 1;
		}
	place.column = (uint64_t)(at - start) + 1;
	place.offset = (uint64_t)(at - text.p);
	return place;
}

static bool fault_at(struct span text, const char *at, struct error *err)
{
	struct config_place place = place_of(text, at);

	return error_at(err, place.line, place.column, place.offset);
}

/* Whether the walk stands at the member KEY of the outermost object or, where
 * OF is given, of the object that is its member OF. */
static bool is_member(const struct paths_walk *walk, const char *of,
		      const char *key)
{
	const char *const names[] = {of ? of : key, key};
	struct buffer name = {0};
	bool is = walk->depth == (of ? 2 : 1);

	for (uint32_t i = 0; is && i < walk->depth; i++) {
		buffer_clear(&name);
		decode_string(walk->steps[i].key, &name);
		is = span_is(buffer_span(&name), names[i]);
	}
	buffer_free(&name);
	return is;
}

/* Where that member stands: its key. */
static const char *find_member(const struct reading *r, const char *of,
			       const char *key)
{
	struct paths_walk walk;
	const char *found = r->text.p;
	enum paths_event event;

	paths_start(&walk, buffer_span(&r->scan.template));
	while ((event = paths_next(&walk)) != PATHS_END) {
		if (event == PATHS_CLOSE || !is_member(&walk, of, key))
			continue;
		/* The last of several counts.  A bracket has no place of its
		 * own: the key is looked for before the leaf that follows. */
		found = walk.slot < r->scan.count
			? r->scan.tokens[walk.slot].text
			: r->text.p + r->text.n;
		while (found > r->text.p &&
		       !(found[-1] == '"' &&
			 span_starts((struct span){found,
				(size_t)(r->text.p + r->text.n - found)},
				walk.steps[walk.depth - 1].key)))
			found--;
	}
	return found;
}

static bool refuse_json(struct span text, const struct scan_fault *fault,
			struct error *err)
{
	error_set(err, "%s: %s", fault->what, fault->why);
	if (fault->hint)
		error_hint(err, "%s", fault->hint);
	return fault_at(text, fault->at, err);
}

/* Whether TEXT is one JSON object, taken apart into R's scan. */
static bool check_json(struct reading *r, struct error *err)
{
	const char *end = r->text.p + r->text.n, *after;
	struct scan_fault fault;

	if (span_starts(r->text, SPAN("\xef\xbb\xbf")))
		r->text = span_from(r->text, 3);
	if (scan_blank(r->text.p, end) == end)
		return error_set(err, "configuration: the file is empty");
	if (scan_strict(&r->scan, r->text.p, end, true, &after, &fault) !=
	    SCAN_WHOLE)
		return refuse_json(r->text, &fault, err);
	after = scan_blank(after, end);
	if (after < end) {
		error_set(err, "configuration: something follows its end");
		return fault_at(r->text, after, err);
	}
	if (buffer_span(&r->scan.template).p[0] != '{')
		return error_set(err, "configuration: not a JSON object");
	return true;
}

/* Whether the key that is meant may be the one that masks. */
static bool name_unknown(const struct reading *r, const char *key,
			 struct error *err)
{
	const char *names[CONFIG_COUNT];
	const char *nearest;

	for (int i = 0; i < CONFIG_COUNT; i++)
		names[i] = table[i].name;
	error_set(err, "configuration: unknown key: %s", key);
	nearest = nearest_name(span_of(key), names, CONFIG_COUNT);
	if (nearest)
		error_hint(err, "%s?", nearest);
	fault_at(r->text, find_member(r, NULL, key), err);
	return nearest == table[CONFIG_MASK].name;
}

static void forget(struct config_value *value)
{
	for (size_t i = 0; i < value->entries; i++) {
		free(value->entry[i].name);
		free(value->entry[i].text);
	}
	free(value->entry);
	free(value->text);
	*value = (struct config_value){0};
}

static bool fits(const cJSON *item, enum config_kind kind)
{
	const cJSON *member;

	switch (kind) {
	case CONFIG_SWITCH:
		return cJSON_IsBool(item);
	case CONFIG_TEXT:
		return cJSON_IsString(item);
	case CONFIG_TABLE:
		break;
	}
	cJSON_ArrayForEach(member, item)
		if (!cJSON_IsString(member))
			return false;
	return cJSON_IsObject(item);
}

static void take_entries(struct reading *r, struct config_value *value,
			 const cJSON *object)
{
	const cJSON *member;

	cJSON_ArrayForEach(member, object) {
		value->entry = memory_resize(value->entry, value->entries + 1,
					     sizeof *value->entry);
		value->entry[value->entries++] = (struct config_entry){
			memory_copy(member->string, strlen(member->string)),
			memory_copy(member->valuestring,
				    strlen(member->valuestring)),
			place_of(r->text, find_member(r, object->string,
						      member->string))};
	}
}

static bool take(struct reading *r, struct config_value *value,
		 const struct config_info *info, const cJSON *item,
		 struct error *err)
{
	static const char *const wanted[] = {
		[CONFIG_TEXT] = "a text", [CONFIG_SWITCH] = "true or false",
		[CONFIG_TABLE] = "an object of texts",
	};
	const char *at = find_member(r, NULL, info->name);

	if (!fits(item, info->kind)) {
		error_set(err, "configuration: %s: not %s", info->name,
			  wanted[info->kind]);
		return fault_at(r->text, at, err);
	}
	forget(value);
	value->given = info->kind != CONFIG_TEXT || item->valuestring[0];
	if (info->kind == CONFIG_SWITCH)
		value->on = cJSON_IsTrue(item);
	else if (info->kind == CONFIG_TABLE)
		take_entries(r, value, item);
	else if (value->given)
		value->text = memory_copy(item->valuestring,
					  strlen(item->valuestring));
	value->place = place_of(r->text, at);
	return true;
}

/* One key that is wrong costs no other its place, but for the one that masks:
 * without it all would be shown. */
static enum config_end take_all(struct reading *r, struct config *config,
				const cJSON *object, struct error *err)
{
	enum config_end end = CONFIG_READ;
	const cJSON *item;

	cJSON_ArrayForEach(item, object) {
		int key = 0;
		bool masks;

		while (key < CONFIG_COUNT &&
		       strcmp(item->string, table[key].name) != 0)
			key++;
		masks = key == CONFIG_MASK;
		if (key == CONFIG_COUNT)
			masks = name_unknown(r, item->string, err);
		else if (take(r, &config->value[key], &table[key], item, err))
			continue;
		else
			end = CONFIG_PARTLY;
		if (masks)
			return CONFIG_UNMASKED;
		if (r->notice)
			r->notice(r->context, err);
	}
	return end;
}

/* How a configuration ends of which nothing is used. */
static enum config_end refused(struct span text)
{
	return span_holds_ignoring_case(text, span_of(table[CONFIG_MASK].name))
		       ? CONFIG_UNMASKED : CONFIG_REFUSED;
}

enum config_end config_read_text(struct config *config, struct span text,
				 config_notice *notice, void *context,
				 struct error *err)
{
	struct reading r = {.text = text, .notice = notice,
			    .context = context};
	enum config_end end = refused(text);
	cJSON *object = NULL;

	*config = (struct config){0};
	if (check_json(&r, err)) {
		object = cJSON_ParseWithLengthOpts(r.text.p, r.text.n + 1,
						   NULL, true);
		if (object)
			end = take_all(&r, config, object, err);
		else
			error_set(err, "configuration: cannot be read as JSON");
	}
	cJSON_Delete(object);
	scan_free(&r.scan);
	if (end == CONFIG_REFUSED || end == CONFIG_UNMASKED)
		config_free(config);
	return end;
}

static bool check_file(const struct stat *st, struct error *err)
{
	if (st->st_uid != geteuid() && st->st_uid != 0) {
		error_set(err, "configuration: belongs to another user");
		return error_hint(err, "chown it, or --no-config");
	}
	if (st->st_mode & (S_IWGRP | S_IWOTH)) {
		error_set(err, "configuration: others may write to it");
		return error_hint(err, "chmod go-w");
	}
	return true;
}

/* What cannot be looked into may mask; what others wrote is looked at for that
 * only. */
static enum config_end read_open(struct config *config, int fd,
				 struct buffer *text, config_notice *notice,
				 void *context, struct error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0) {
		error_set(err, "configuration: %s", strerror(errno));
		return CONFIG_UNMASKED;
	}
	if (!S_ISREG(st.st_mode)) {
		error_set(err, "configuration: not a regular file");
		return CONFIG_REFUSED;
	}
	if (!buffer_read(text, fd, CONFIG_LARGEST, "configuration", err))
		return CONFIG_UNMASKED;
	buffer_text(text);
	if (!check_file(&st, err))
		return refused(buffer_span(text));
	return config_read_text(config, buffer_span(text), notice, context,
				err);
}

enum config_end config_read(struct config *config, const char *path,
			    config_notice *notice, void *context,
			    struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct buffer text = {0};
	enum config_end end;

	*config = (struct config){0};
	if (fd < 0) {
		end = errno == ENOENT || errno == ENOTDIR ? CONFIG_ABSENT
							  : CONFIG_UNMASKED;
		error_set(err, "configuration: %s", strerror(errno));
		return end;
	}
	end = read_open(config, fd, &text, notice, context, err);
	close(fd);
	buffer_free(&text);
	return end;
}

void config_free(struct config *config)
{
	for (int i = 0; i < CONFIG_COUNT; i++)
		forget(&config->value[i]);
	*config = (struct config){0};
}

static void add_keys(cJSON *object)
{
	for (int i = 0; i < ACTION_COUNT; i++) {
		const struct actions_info *info = actions_info((enum action)i);

		cJSON_AddStringToObject(object, info->name, info->keys);
	}
}

static void add_usual(cJSON *object, enum config_key key)
{
	const struct config_info *info = &table[key];

	switch (info->kind) {
	case CONFIG_SWITCH:
		cJSON_AddBoolToObject(object, info->name, info->usual[0] != 0);
		break;
	case CONFIG_TEXT:
		cJSON_AddStringToObject(object, info->name, info->usual);
		break;
	case CONFIG_TABLE:
		object = cJSON_AddObjectToObject(object, info->name);
		if (key == CONFIG_KEYS)
			add_keys(object);
		break;
	}
}

void config_print(struct buffer *out)
{
	cJSON *object = cJSON_CreateObject();
	char *text;

	for (int i = 0; i < CONFIG_COUNT; i++)
		add_usual(object, (enum config_key)i);
	text = cJSON_Print(object);
	buffer_printf(out, "%s\n", text);
	cJSON_free(text);
	cJSON_Delete(object);
}
