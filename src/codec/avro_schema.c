/* SPDX-License-Identifier: BSD-2-Clause */
/* Compiles Avro schemas from their JSON. A name must be defined before it is used, as the specification says. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/avro.h"
#include "codec/json_read.h"

/* Names are searched in a list: a larger schema, which a container may bring, would take minutes. */
enum { SCHEMA_NODES_MAX = 50000 };

static const char *const kind_names[AVRO_KIND_COUNT] = {
	[AVRO_NULL] = "null",
	[AVRO_BOOLEAN] = "boolean",
	[AVRO_INT] = "int",
	[AVRO_LONG] = "long",
	[AVRO_FLOAT] = "float",
	[AVRO_DOUBLE] = "double",
	[AVRO_BYTES] = "bytes",
	[AVRO_STRING] = "string",
	[AVRO_RECORD] = "record",
	[AVRO_ENUM] = "enum",
	[AVRO_ARRAY] = "array",
	[AVRO_MAP] = "map",
	[AVRO_UNION] = "union",
	[AVRO_FIXED] = "fixed",
};

static const char *const logical_names[LOGICAL_COUNT] = {
	[LOGICAL_NONE] = "",
	[LOGICAL_DECIMAL] = "decimal",
	[LOGICAL_UUID] = "uuid",
	[LOGICAL_DATE] = "date",
	[LOGICAL_TIME_MILLIS] = "time-millis",
	[LOGICAL_TIME_MICROS] = "time-micros",
	[LOGICAL_TIMESTAMP_MILLIS] = "timestamp-millis",
	[LOGICAL_TIMESTAMP_MICROS] = "timestamp-micros",
	[LOGICAL_TIMESTAMP_NANOS] = "timestamp-nanos",
	[LOGICAL_LOCAL_MILLIS] = "local-timestamp-millis",
	[LOGICAL_LOCAL_MICROS] = "local-timestamp-micros",
	[LOGICAL_LOCAL_NANOS] = "local-timestamp-nanos",
	[LOGICAL_DURATION] = "duration",
};

struct named {
	const struct avro_schema *schema;
	struct named *next;
};

struct compiler {
	struct tree *tree;
	struct named *named;
	const char *space; /* the enclosing namespace, "" for none */
};

static const struct avro_schema *avro_compile(struct compiler *c, const struct node *node);

const char *avro_logical_name(enum avro_logical logical)
{
	return logical_names[logical];
}

/* A member's string, terminated, or NULL. Avro names need no escapes. */
static const char *text_member(struct compiler *c, const struct node *node, const char *name)
{
	const struct node *member = node_member(node, name);

	if (!member || member->kind != NODE_STRING)
		return NULL;
	return arena_strndup(c->tree->arena, member->text, member->len);
}

static const char *join_names(struct compiler *c, const char *space, const char *name)
{
	size_t len = strlen(space) + strlen(name) + 2;
	char *full = arena_alloc(c->tree->arena, len);

	snprintf(full, len, "%s%s%s", space, *space ? "." : "", name);
	return full;
}

static const struct avro_schema *find_named(const struct compiler *c, const char *full)
{
	for (const struct named *n = c->named; n; n = n->next) {
		if (strcmp(n->schema->name, full) == 0)
			return n->schema;
	}
	return NULL;
}

/* A type given by its name: primitive, or one defined before it. */
static const struct avro_schema *avro_resolve(struct compiler *c, const char *name)
{
	const struct avro_schema *found;
	struct avro_schema *schema;

	for (int kind = AVRO_NULL; kind <= AVRO_STRING; kind++) {
		if (strcmp(name, kind_names[kind]) != 0)
			continue;
		schema = arena_alloc(c->tree->arena, sizeof(*schema));
		schema->kind = (enum avro_kind)kind;
		schema->name = kind_names[kind];
		return schema;
	}
	found = strchr(name, '.') ? NULL : find_named(c, join_names(c, c->space, name));
	if (!found)
		found = find_named(c, name);
	return found ? found : tree_fail(c->tree, "Avro schema: type %s is not defined before it is used", name);
}

static const struct avro_schema *compile_type(struct compiler *c, const struct node *node)
{
	if (!node)
		return tree_fail(c->tree, "Avro schema: a type is missing");
	if (node->kind == NODE_STRING)
		return avro_resolve(c, arena_strndup(c->tree->arena, node->text, node->len));
	return avro_compile(c, node);
}

/* Gives the schema its full name; the names inside it then belong to that namespace. */
static bool declare(struct compiler *c, struct avro_schema *schema, const struct node *node)
{
	const char *name = text_member(c, node, "name"), *space = text_member(c, node, "namespace"), *dot;
	struct named *named = arena_alloc(c->tree->arena, sizeof(*named));

	if (!name || !*name)
		return tree_fail(c->tree, "Avro schema: a %s without a name", kind_names[schema->kind]);
	dot = strrchr(name, '.');
	schema->name = dot ? name : join_names(c, space ? space : c->space, name);
	dot = strrchr(schema->name, '.');
	c->space = dot ? arena_strndup(c->tree->arena, schema->name, (size_t)(dot - schema->name)) : "";
	*named = (struct named){ .schema = schema, .next = c->named };
	c->named = named;
	return true;
}

static const struct avro_schema *compile_record(struct compiler *c, struct avro_schema *schema, const struct node *node)
{
	const struct node *fields = node_member(node, "fields");

	if (!fields || fields->kind != NODE_ARRAY)
		return tree_fail(c->tree, "Avro schema: record %s has no fields", schema->name);
	schema->item = arena_array(c->tree->arena, fields->count, sizeof(*schema->item));
	for (const struct node *field = fields->first; field; field = field->next) {
		struct avro_item *item = &schema->item[schema->count];

		item->name = text_member(c, field, "name");
		if (!item->name)
			return tree_fail(c->tree, "Avro schema: a field of %s has no name", schema->name);
		if (!(item->type = compile_type(c, node_member(field, "type"))))
			return NULL;
		schema->count++;
	}
	return schema;
}

static const struct avro_schema *compile_enum(struct compiler *c, struct avro_schema *schema, const struct node *node)
{
	const struct node *symbols = node_member(node, "symbols");

	if (!symbols || symbols->kind != NODE_ARRAY)
		return tree_fail(c->tree, "Avro schema: enum %s has no symbols", schema->name);
	schema->item = arena_array(c->tree->arena, symbols->count, sizeof(*schema->item));
	for (const struct node *symbol = symbols->first; symbol; symbol = symbol->next) {
		if (symbol->kind != NODE_STRING)
			return tree_fail(c->tree, "Avro schema: a symbol of %s is no string", schema->name);
		schema->item[schema->count++].name = arena_strndup(c->tree->arena, symbol->text, symbol->len);
	}
	return schema;
}

static const struct avro_schema *compile_fixed(struct compiler *c, struct avro_schema *schema, const struct node *node)
{
	const struct node *size = node_member(node, "size");
	const char *digits =
		size && size->kind == NODE_NUMBER ? arena_strndup(c->tree->arena, size->text, size->len) : "-";

	if (*digits == '-')
		return tree_fail(c->tree, "Avro schema: fixed %s has no size", schema->name);
	schema->size = strtoull(digits, NULL, 10);
	return schema;
}

static const struct avro_schema *compile_union(struct compiler *c, const struct node *node)
{
	struct avro_schema *schema = arena_alloc(c->tree->arena, sizeof(*schema));

	schema->kind = AVRO_UNION;
	schema->name = kind_names[AVRO_UNION];
	schema->item = arena_array(c->tree->arena, node->count, sizeof(*schema->item));
	for (const struct node *branch = node->first; branch; branch = branch->next) {
		if (!(schema->item[schema->count++].type = compile_type(c, branch)))
			return NULL;
	}
	return schema;
}

/* An annotation that does not fit its type is ignored, as the specification says. */
static void set_logical(struct compiler *c, struct avro_schema *schema, const struct node *node)
{
	const char *name = text_member(c, node, "logicalType");
	const struct node *scale = node_member(node, "scale");

	for (int i = 1; name && i < LOGICAL_COUNT; i++) {
		if (strcmp(name, logical_names[i]) == 0)
			schema->logical = (enum avro_logical)i;
	}
	if (scale && scale->kind == NODE_NUMBER)
		schema->scale = strtoll(arena_strndup(c->tree->arena, scale->text, scale->len), NULL, 10);
}

static enum avro_kind kind_of(const char *name)
{
	for (int kind = 0; name && kind < AVRO_KIND_COUNT; kind++) {
		if (strcmp(name, kind_names[kind]) == 0)
			return (enum avro_kind)kind;
	}
	return name && strcmp(name, "error") == 0 ? AVRO_RECORD : AVRO_KIND_COUNT;
}

static const struct avro_schema *compile_object(struct compiler *c, const struct node *node)
{
	const struct node *type = node_member(node, "type");
	struct avro_schema *schema = arena_alloc(c->tree->arena, sizeof(*schema));

	/* {"type": {...}} and {"type": "Name"} mean that type. */
	schema->kind = kind_of(text_member(c, node, "type"));
	if (schema->kind == AVRO_KIND_COUNT || schema->kind == AVRO_UNION)
		return compile_type(c, type);
	schema->name = kind_names[schema->kind];
	set_logical(c, schema, node);
	switch (schema->kind) {
	case AVRO_RECORD:
		return declare(c, schema, node) ? compile_record(c, schema, node) : NULL;
	case AVRO_ENUM:
		return declare(c, schema, node) ? compile_enum(c, schema, node) : NULL;
	case AVRO_FIXED:
		return declare(c, schema, node) ? compile_fixed(c, schema, node) : NULL;
	case AVRO_ARRAY:
		schema->element = compile_type(c, node_member(node, "items"));
		return schema->element ? schema : NULL;
	case AVRO_MAP:
		schema->element = compile_type(c, node_member(node, "values"));
		return schema->element ? schema : NULL;
	default:
		return schema;
	}
}

static const struct avro_schema *avro_compile(struct compiler *c, const struct node *node)
{
	const char *space = c->space;
	const struct avro_schema *schema;

	if (node->kind == NODE_ARRAY)
		schema = compile_union(c, node);
	else if (node->kind == NODE_OBJECT)
		schema = compile_object(c, node);
	else
		return tree_fail(c->tree, "Avro schema: a type is neither a name nor an object nor a list");
	c->space = space;
	return schema;
}

/* A schema registry answers with the schema as a string in an object: {"id":1,"schema":"..."}. */
static const struct node *open_answer(struct tree *source, const struct node *root)
{
	const struct node *inside = root->kind == NODE_OBJECT ? node_member(root, "schema") : NULL;
	struct str scratch = { 0 };
	const char *text;
	size_t len;

	if (!inside || inside->kind != NODE_STRING || node_member(root, "type"))
		return root;
	text = node_plain(inside->text, inside->len, &scratch, &len);
	text = arena_dup(source->arena, text, len);
	str_release(&scratch);
	return json_read(source, text, len);
}

const struct avro_schema *avro_schema_read(struct tree *tree, const char *json, size_t len)
{
	struct compiler c = { .tree = tree, .space = "" };
	struct tree source = { .arena = tree->arena };
	const struct node *root = json_read(&source, json, len);

	root = root ? open_answer(&source, root) : NULL;
	if (!root)
		return tree_fail(tree, "Avro schema: %s", source.reason);
	if (source.count > SCHEMA_NODES_MAX)
		return tree_fail(tree, "Avro schema: larger than any schema has to be");
	return compile_type(&c, root);
}

bool avro_schema_compile(struct codec_schema *schema, const char *json, size_t len, struct error *err)
{
	struct tree tree = { .arena = schema->arena };

	/* The compiled schema does not point into the text: names are copied. */
	schema->avro = avro_schema_read(&tree, json, len);
	return schema->avro || error_set(err, ERR_USAGE, "%s", tree.reason);
}
