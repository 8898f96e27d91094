/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads a FileDescriptorSet (google/protobuf/descriptor.proto). First collects
 * messages and enums under their full names, then binds the fields that refer
 * to them.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/near.h"
#include "base/search.h"
#include "base/text.h"
#include "codec/proto.h"

/* A field defined outside the message it belongs to. */
struct extension {
	struct proto_field field;
	const char *extendee; /* full, with a leading dot */
};

struct compiler {
	struct tree *tree;
	struct proto_set *set;
	struct extension *extension;
	size_t extension_count, extension_cap;
	struct proto_message **message;
	size_t message_count, message_cap;
	struct proto_enum **enumeration;
	size_t enum_count, enum_cap;
};

static const char *text_of(struct compiler *c, struct bytes bytes)
{
	/* Names become member names, so they must be UTF-8. A field of another wire type has no bytes. */
	return bytes.p && text_is_utf8(bytes.p, bytes.len) ? arena_strndup(c->tree->arena, bytes.p, bytes.len) : "?";
}

static const char *join_names(struct compiler *c, const char *scope, const char *name)
{
	char *joined = mem_printf("%s%s%s", scope, *scope ? "." : "", name);
	const char *kept = arena_strdup(c->tree->arena, joined);

	free(joined);
	return kept;
}

/* The first occurrence of the field in the message, "" when it has none. */
static const char *name_in(struct compiler *c, struct bytes bytes, uint32_t number)
{
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;

	while (byte_reader_left(&r) > 0 && proto_next(c->tree, &r, &item)) {
		if (item.number == number && item.wire == WIRE_LEN)
			return text_of(c, item.bytes);
	}
	return "";
}

static size_t count_fields(struct compiler *c, struct bytes bytes, uint32_t number)
{
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;
	size_t count = 0;

	while (byte_reader_left(&r) > 0 && proto_next(c->tree, &r, &item))
		count += item.number == number && item.wire == WIRE_LEN;
	return count;
}

/* EnumValueDescriptorProto: name 1, number 2. */
static bool read_value(struct compiler *c, struct bytes bytes, struct proto_value *value)
{
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;

	value->name = "?";
	while (byte_reader_left(&r) > 0) {
		if (!proto_next(c->tree, &r, &item))
			return false;
		if (item.number == 1)
			value->name = text_of(c, item.bytes);
		else if (item.number == 2)
			value->number = (int32_t)item.value;
	}
	return true;
}

/* EnumDescriptorProto: name 1, value 2. */
static bool read_enum(struct compiler *c, struct bytes bytes, const char *scope)
{
	struct proto_enum *e = arena_alloc(c->tree->arena, sizeof(*e));
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;

	e->name = join_names(c, scope, name_in(c, bytes, 1));
	e->value = arena_array(c->tree->arena, count_fields(c, bytes, 2), sizeof(*e->value));
	while (byte_reader_left(&r) > 0) {
		if (!proto_next(c->tree, &r, &item))
			return false;
		if (item.number == 2 && item.wire == WIRE_LEN && !read_value(c, item.bytes, &e->value[e->count++]))
			return false;
	}
	c->enumeration = mem_grow(c->enumeration, &c->enum_cap, c->enum_count + 1, sizeof(*c->enumeration));
	c->enumeration[c->enum_count++] = e;
	return true;
}

/* FieldDescriptorProto: name 1, number 3, label 4 (3: repeated), type 5, type_name 6. */
static bool read_field(struct compiler *c, struct bytes bytes, struct proto_field *field)
{
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;

	field->name = "?";
	while (byte_reader_left(&r) > 0) {
		if (!proto_next(c->tree, &r, &item))
			return false;
		if (item.number == 1)
			field->name = text_of(c, item.bytes);
		else if (item.number == 3)
			field->number = (uint32_t)item.value;
		else if (item.number == 4)
			field->repeated = item.value == 3;
		else if (item.number == 5)
			field->type = (enum proto_type)(item.value <= PROTO_SINT64 ? item.value : 0);
		else if (item.number == 6)
			field->type_name = text_of(c, item.bytes);
	}
	return true;
}

/* An extension is a field with an extendee 2; JSON names it by its full name in brackets. */
static bool read_extension(struct compiler *c, struct bytes bytes, const char *scope)
{
	struct extension extension = { .extendee = name_in(c, bytes, 2) };
	char *name;

	if (!read_field(c, bytes, &extension.field))
		return false;
	name = mem_printf("[%s%s%s]", scope, *scope ? "." : "", extension.field.name);
	extension.field.name = arena_strdup(c->tree->arena, name);
	free(name);
	c->extension = mem_grow(c->extension, &c->extension_cap, c->extension_count + 1, sizeof(extension));
	c->extension[c->extension_count++] = extension;
	return true;
}

/* MessageOptions: map_entry 7. */
static bool read_map_entry(struct compiler *c, struct bytes bytes)
{
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;
	bool map_entry = false;

	while (byte_reader_left(&r) > 0 && proto_next(c->tree, &r, &item)) {
		if (item.number == 7)
			map_entry = item.value != 0;
	}
	return map_entry;
}

/* DescriptorProto: name 1, field 2, nested_type 3, enum_type 4, extension 6, options 7. */
static bool read_message(struct compiler *c, struct bytes bytes, const char *scope)
{
	struct proto_message *m = arena_alloc(c->tree->arena, sizeof(*m));
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;
	bool fine = true;

	if (!tree_enter(c->tree))
		return false;
	m->name = join_names(c, scope, name_in(c, bytes, 1));
	m->field = arena_array(c->tree->arena, count_fields(c, bytes, 2), sizeof(*m->field));
	c->message = mem_grow(c->message, &c->message_cap, c->message_count + 1, sizeof(*c->message));
	c->message[c->message_count++] = m;
	while (fine && byte_reader_left(&r) > 0) {
		fine = proto_next(c->tree, &r, &item);
		if (!fine || item.wire != WIRE_LEN)
			continue;
		if (item.number == 2)
			fine = read_field(c, item.bytes, &m->field[m->count++]);
		else if (item.number == 3)
			fine = read_message(c, item.bytes, m->name);
		else if (item.number == 4)
			fine = read_enum(c, item.bytes, m->name);
		else if (item.number == 6)
			fine = read_extension(c, item.bytes, m->name);
		else if (item.number == 7)
			m->map_entry = read_map_entry(c, item.bytes);
	}
	tree_leave(c->tree);
	return fine;
}

/* FileDescriptorProto: package 2, message_type 4, enum_type 5, extension 7. */
static bool read_file(struct compiler *c, struct bytes bytes)
{
	const char *package = name_in(c, bytes, 2);
	struct byte_reader r = byte_reader_of(bytes);
	struct proto_item item;
	bool fine = true;

	while (fine && byte_reader_left(&r) > 0) {
		fine = proto_next(c->tree, &r, &item);
		if (!fine || item.wire != WIRE_LEN)
			continue;
		if (item.number == 4)
			fine = read_message(c, item.bytes, package);
		else if (item.number == 5)
			fine = read_enum(c, item.bytes, package);
		else if (item.number == 7)
			fine = read_extension(c, item.bytes, package);
	}
	return fine;
}

/* Both tables are sorted by name; the name is the first member of either. */
static int compare_messages(const void *a, const void *b)
{
	return strcmp((*(struct proto_message *const *)a)->name, (*(struct proto_message *const *)b)->name);
}

static int compare_enums(const void *a, const void *b)
{
	return strcmp((*(struct proto_enum *const *)a)->name, (*(struct proto_enum *const *)b)->name);
}

const struct proto_message *proto_find(const struct proto_set *set, const char *name)
{
	const struct proto_message wanted = { .name = name }, *key = &wanted;
	const struct proto_message *const *found =
		search_find(&key, set->message, set->count, sizeof(struct proto_message *), compare_messages);

	return found ? *found : NULL;
}

static struct proto_message *find_message(const struct compiler *c, const char *name)
{
	return (struct proto_message *)(uintptr_t)proto_find(c->set, name);
}

static const struct proto_enum *find_enum(const struct compiler *c, const char *name)
{
	const struct proto_enum wanted = { .name = name }, *key = &wanted, **found;

	found = search_find(&key, c->enumeration, c->enum_count, sizeof(*c->enumeration), compare_enums);
	return found ? *found : NULL;
}

static int compare_fields(const void *a, const void *b)
{
	uint32_t x = ((const struct proto_field *)a)->number, y = ((const struct proto_field *)b)->number;

	return (x > y) - (x < y);
}

/* Type names in a set are full, with a leading dot. */
static bool bind_fields(struct compiler *c, struct proto_message *m)
{
	for (size_t i = 0; i < m->count; i++) {
		struct proto_field *field = &m->field[i];
		const char *name = field->type_name ? field->type_name + (*field->type_name == '.') : "";

		if (field->type == PROTO_MESSAGE || field->type == PROTO_GROUP)
			field->message = find_message(c, name);
		else if (field->type == PROTO_ENUM)
			field->enumeration = find_enum(c, name);
		else
			continue;
		if (!field->message && !field->enumeration)
			return tree_fail(c->tree, "%s.%s: the set lacks its type %s; make it with --include_imports",
				m->name, field->name, name);
	}
	qsort(m->field, m->count, sizeof(*m->field), compare_fields);
	return true;
}

/* Extensions become fields of the messages they extend; those of messages outside the set are left out. */
static void add_extensions(struct compiler *c)
{
	for (size_t i = 0; i < c->extension_count; i++) {
		const struct extension *e = &c->extension[i];
		struct proto_message *m = find_message(c, e->extendee + (*e->extendee == '.'));
		struct proto_field *field;

		if (!m)
			continue;
		field = arena_array(c->tree->arena, m->count + 1, sizeof(*field));
		if (m->count)
			memcpy(field, m->field, m->count * sizeof(*field));
		field[m->count++] = e->field;
		m->field = field;
	}
}

/* Keeps the sorted table, in which Any finds the types it names. */
static void keep_set(struct compiler *c)
{
	struct proto_set *set = arena_alloc(c->tree->arena, sizeof(*set));
	struct proto_message **message = arena_array(c->tree->arena, c->message_count, sizeof(struct proto_message *));

	if (c->message_count) {
		qsort(c->message, c->message_count, sizeof(*c->message), compare_messages);
		memcpy(message, c->message, c->message_count * sizeof(struct proto_message *));
	}
	*set = (struct proto_set){ .message = (const struct proto_message *const *)message, .count = c->message_count };
	for (size_t i = 0; i < c->message_count; i++)
		c->message[i]->set = set;
	c->set = set;
}

/* Suggests a message that ends with the missing name, or is spelled nearly like it. */
static const struct proto_message *fail_missing(struct compiler *c, const char *message)
{
	struct near near = { .word = message };
	size_t len = strlen(message);

	for (size_t i = 0; i < c->message_count; i++) {
		const char *name = c->message[i]->name;
		size_t name_len = strlen(name);

		if (name_len > len && name[name_len - len - 1] == '.' && strcmp(name + name_len - len, message) == 0)
			return tree_fail(c->tree, "no message %s; did you mean %s?", message, name);
		near_offer(&near, name);
	}
	if (near.best)
		return tree_fail(c->tree, "no message %s; did you mean %s?", message, near.best);
	return tree_fail(c->tree, "no message %s among %zu", message, c->message_count);
}

static const struct proto_message *proto_compile(struct compiler *c, struct bytes set, const char *message)
{
	const struct proto_message *found;
	struct byte_reader r = byte_reader_of(set);
	struct proto_item item;

	while (byte_reader_left(&r) > 0) {
		if (!proto_next(c->tree, &r, &item))
			return NULL;
		if (item.number == 1 && item.wire == WIRE_LEN && !read_file(c, item.bytes))
			return NULL;
	}
	keep_set(c);
	add_extensions(c);
	if (c->enum_count)
		qsort(c->enumeration, c->enum_count, sizeof(*c->enumeration), compare_enums);
	for (size_t i = 0; i < c->message_count; i++) {
		if (!bind_fields(c, c->message[i]))
			return NULL;
	}
	message += *message == '.';
	found = find_message(c, message);
	return found ? found : fail_missing(c, message);
}

bool proto_schema_compile(struct codec_schema *schema, const char *set, size_t len, const char *message,
	struct error *err)
{
	struct tree tree = { .arena = schema->arena };
	struct compiler c = { .tree = &tree };

	schema->proto = proto_compile(&c, (struct bytes){ .p = set, .len = len }, message);
	free(c.message);
	free(c.enumeration);
	free(c.extension);
	if (schema->proto)
		return true;
	if (c.message_count == 0 && text_is_utf8(set, len) && memmem(set, len, "message", 7))
		return error_set(err, ERR_USAGE,
			"not a descriptor set; make one of the .proto files with "
			"protoc --include_imports --descriptor_set_out=FILE");
	return error_set(err, ERR_USAGE, "descriptor set: %s", tree.reason ? tree.reason : "damaged");
}
