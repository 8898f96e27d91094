/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A record of an internal topic in a few words, for lists: as JSON, all rows of
 * __consumer_offsets would begin alike. The tree has the details.
 */
#include <string.h>

#include "codec/decoder.h"
#include "codec/record_fields.h"

static void add_member(struct str *out, const struct node *root, const char *name)
{
	const struct node *member = node_member(root, name);

	if (member && (member->kind == NODE_STRING || member->kind == NODE_NUMBER))
		str_add_len(out, member->text, member->len);
}

/* payments/orders/3; other keys than commits begin with their type. */
static void add_key(struct str *out, const struct record_message *message, const struct node *root)
{
	const char *separator = "";

	if (strcmp(message->name, "OffsetCommitKey") != 0) {
		str_add_len(out, message->name, strlen(message->name) - 3);
		separator = " ";
	}
	for (const struct node *member = root->first; member; member = member->next) {
		if ((member->name_len == 4 && memcmp(member->name, "type", 4) == 0) ||
			(member->kind != NODE_STRING && member->kind != NODE_NUMBER))
			continue;
		str_add(out, separator);
		str_add_len(out, member->text, member->len);
		separator = "/";
	}
}

static void add_commit(struct str *out, const struct node *root)
{
	const struct node *metadata = node_member(root, "metadata"), *at = node_member(root, "commitTimestamp");

	str_add(out, "offset ");
	add_member(out, root, "offset");
	/* The note is "time 2026-...". */
	if (at && at->note && strncmp(at->note, "time ", 5) == 0)
		str_addf(out, " at %s", at->note + 5);
	if (metadata && metadata->kind == NODE_STRING && metadata->len)
		str_addf(out, " \"%.*s\"", (int)metadata->len, metadata->text);
}

static void add_group(struct str *out, const struct node *root)
{
	const struct node *members = node_member(root, "members");
	size_t count = members && members->kind == NODE_ARRAY ? members->count : 0;

	str_add(out, "generation ");
	add_member(out, root, "generation");
	str_addf(out, ", %zu member%s", count, count == 1 ? "" : "s");
}

const char *internal_summary(struct arena *arena, const struct record_message *message, const struct node *root)
{
	struct str out = { 0 };
	const char *kept;

	if (message->is_key)
		add_key(&out, message, root);
	else if (strcmp(message->name, "OffsetCommitValue") == 0)
		add_commit(&out, root);
	else if (strcmp(message->name, "GroupMetadataValue") == 0)
		add_group(&out, root);
	kept = out.len ? arena_strndup(arena, str_text(&out), out.len) : NULL;
	str_release(&out);
	return kept;
}
