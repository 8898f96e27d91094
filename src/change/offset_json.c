/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads files of offsets as JSON: one object a line, or an array of objects; an
 * object with items is a line of the journal (change/offset_file.h).
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "change/json_fields.h"
#include "change/offset_file_parts.h"
#include "codec/json_read.h"

struct place {
	const char *text;
	size_t len;
};

/* Sets an error with the position of a byte of the text. */
static bool json_error(const struct place *in, const char *at, const char *what, struct error *err)
{
	size_t line = 1;
	const char *start = in->text;

	for (const char *p = in->text; p < at; p++) {
		if (*p == '\n') {
			line++;
			start = p + 1;
		}
	}
	return error_set(err, ERR_USAGE, "line %zu, column %zu: %s", line, (size_t)(at - start) + 1, what);
}

static size_t line_of(const struct place *in, const char *at)
{
	size_t line = 1;

	for (const char *p = in->text; p < at; p++)
		line += *p == '\n';
	return line;
}

/* A node's position: of its own text if that points into the file, else of the beginning of the line. */
static const char *node_position(const struct place *in, const struct node *n, const char *line)
{
	return n && n->text >= in->text && n->text < in->text + in->len ? n->text : line;
}

static bool take_offset(const struct node *object, bool journal, struct reset_target *t, bool *none)
{
	static const char *const names[] = { "target_offset", "offset", "committed_offset" };
	int64_t epoch;

	*none = false;
	if (journal) {
		if (!json_field_int(object, "before", &t->offset))
			t->offset = RESET_NO_OFFSET;
		if (json_field_int(object, "leader_epoch", &epoch) && epoch >= 0 && epoch <= INT32_MAX)
			t->leader_epoch = (int32_t)epoch;
		t->metadata = json_field_text(object, "metadata");
		return !json_field(object, "before") || t->offset >= 0;
	}
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const struct node *n = node_member(object, names[i]);

		if (!n)
			continue;
		*none = n->kind == NODE_NULL;
		return *none || (json_field_int(object, names[i], &t->offset) && t->offset >= 0);
	}
	return false;
}

static bool take_object(struct offset_file *out, const struct place *in, const char *line, const struct node *object,
	const char *group, bool journal, struct error *err)
{
	struct reset_target t = { .leader_epoch = -1 };
	struct offset_line *l;
	int64_t partition;
	bool none;

	if (object->kind != NODE_OBJECT)
		return json_error(in, node_position(in, object, line),
			"an object with topic, partition and offset was expected", err);
	t.topic = json_field_text(object, "topic");
	if (!t.topic || !*t.topic)
		json_error(in, node_position(in, node_member(object, "topic"), line), "a topic was expected", err);
	else if (!json_field_int(object, "partition", &partition) || partition < 0 || partition > INT32_MAX)
		json_error(in, node_position(in, node_member(object, "partition"), line),
			"a partition from 0 to 2147483647 was expected", err);
	else if (!take_offset(object, journal, &t, &none))
		json_error(in, node_position(in, node_member(object, "offset"), line),
			"target_offset, offset or committed_offset was "
			"expected, not negative",
			err);
	else {
		if (!none) {
			l = offset_file_add(out, line_of(in, line));
			l->target = t;
			l->target.partition = (int32_t)partition;
			l->group = json_field_text(object, "group");
			if (!l->group && group)
				l->group = mem_strdup(group);
			return true;
		}
		free(t.topic);
		return true;
	}
	free(t.topic);
	free(t.metadata);
	return false;
}

static bool take_change(struct offset_file *out, const struct place *in, const char *line, const struct node *root,
	struct error *err)
{
	char *group = json_field_text(root, "group");
	const struct node *items = json_field(root, "items");
	bool ok = true;

	if (!group || items->kind != NODE_ARRAY)
		ok = json_error(in, line, "this change is not of a group's offsets", err);
	for (const struct node *n = items->first; ok && n; n = n->next)
		ok = take_object(out, in, line, n, group, true, err);
	free(group);
	return ok;
}

static bool take_value(struct offset_file *out, const struct place *in, const char *line, const struct node *root,
	struct error *err)
{
	bool ok = true;

	if (root->kind == NODE_ARRAY) {
		for (const struct node *n = root->first; ok && n; n = n->next)
			ok = take_object(out, in, node_position(in, n->first, line), n, NULL, false, err);
		return ok;
	}
	if (json_field(root, "result_of"))
		return true;
	if (json_field(root, "items"))
		return take_change(out, in, line, root, err);
	return take_object(out, in, line, root, NULL, false, err);
}

/* The JSON reader's reason ends in "at byte N" of the part it was given. */
static bool no_json(const struct place *in, const char *part, size_t len, const char *reason, struct error *err)
{
	const char *byte = strstr(reason, " at byte ");
	size_t at = byte ? (size_t)strtoull(byte + strlen(" at byte "), NULL, 10) : 0;
	char what[256];

	snprintf(what, sizeof(what), "%.*s", byte ? (int)(byte - reason) : (int)strlen(reason), reason);
	return json_error(in, part + (at < len ? at : len), what, err);
}

static bool read_part(struct offset_file *out, const struct place *in, const char *part, size_t len, struct error *err)
{
	struct tree tree = { .arena = arena_new(0) };
	const struct node *root = json_read(&tree, part, len);
	bool ok = root ? take_value(out, in, part, root, err) : no_json(in, part, len, tree.reason, err);

	arena_free(tree.arena);
	return ok;
}

bool offset_file_json(struct offset_file *out, const char *text, size_t len, struct error *err)
{
	const struct place in = { text, len };
	const char *end = text + len;
	size_t blank = strspn(text, " \t\r\n");

	/* Text that is not one object a line is read as a whole: an array, or an object over several lines. */
	for (const char *p = text, *next; p < end; p = next + 1) {
		next = memchr(p, '\n', (size_t)(end - p));
		next = next ? next : end;
		size_t line = (size_t)(next - p);

		while (line > 0 && strchr(" \t\r", p[line - 1]) && p[line - 1])
			line--;
		if (line > 0 && p[line - 1] != '}')
			return read_part(out, &in, text + blank, len - blank, err);
	}
	for (const char *p = text, *next; p < end; p = next + 1) {
		next = memchr(p, '\n', (size_t)(end - p));
		next = next ? next : end;
		if (strspn(p, " \t\r") < (size_t)(next - p) && !read_part(out, &in, p, (size_t)(next - p), err))
			return false;
	}
	return true;
}
