/* SPDX-License-Identifier: BSD-2-Clause */
#include "change/clone_state.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/json.h"
#include "base/mem.h"
#include "change/json_fields.h"
#include "codec/json_read.h"

enum { MOST_PARTITIONS = 1000000, FILE_MAX = 256 << 20 };

static void write_end(struct json *j, const char *name, const struct clone_end *e)
{
	json_object(j, name);
	json_bytes(j, "cluster", e->cluster, strlen(e->cluster));
	json_bytes(j, "topic", e->topic, strlen(e->topic));
	json_string(j, "id", e->id);
	json_object_end(j);
}

void clone_state_write(const struct clone_state *s, struct str *out)
{
	struct json j = { .out = out };

	json_object(&j, NULL);
	json_int(&j, "version", 1);
	write_end(&j, "source", &s->source);
	write_end(&j, "target", &s->target);
	json_array(&j, "partitions");
	for (size_t i = 0; i < s->part_count; i++) {
		const struct clone_part *p = &s->parts[i];
		char hash[20];

		snprintf(hash, sizeof(hash), "%016" PRIx64, p->hash);
		json_object(&j, NULL);
		json_int(&j, "source", p->source);
		json_int(&j, "target", p->target);
		json_string(&j, "hash", hash);
		json_object_end(&j);
	}
	json_array_end(&j);
	json_object_end(&j);
	str_add_char(out, '\n');
}

static bool read_end(const struct node *root, const char *name, struct clone_end *e)
{
	const struct node *node = json_field(root, name);

	e->cluster = json_field_text(node, "cluster");
	e->topic = json_field_text(node, "topic");
	e->id = json_field_text(node, "id");
	return e->cluster && e->topic && e->id;
}

static bool read_part(const struct node *node, struct clone_part *p)
{
	char *hash = json_field_text(node, "hash"), *end = NULL;

	clone_part_init(p);
	if (hash) {
		errno = 0;
		p->hash = strtoull(hash, &end, 16);
	}
	bool ok = hash && *hash && !*end && !errno && json_field_int(node, "source", &p->source) &&
		json_field_int(node, "target", &p->target) && p->source >= -1 && p->target >= 0 &&
		(p->source >= 0) == (p->target > 0);

	free(hash);
	return ok;
}

static bool read_root(struct clone_state *s, const struct node *root)
{
	const struct node *parts = json_field(root, "partitions");
	int64_t version;

	if (!json_field_int(root, "version", &version) || version != 1 || !read_end(root, "source", &s->source) ||
		!read_end(root, "target", &s->target) || !parts || parts->kind != NODE_ARRAY || !parts->count ||
		parts->count > MOST_PARTITIONS)
		return false;
	s->parts = mem_alloc(parts->count * sizeof(*s->parts));
	for (const struct node *n = parts->first; n; n = n->next) {
		if (!read_part(n, &s->parts[s->part_count++]))
			return false;
	}
	return true;
}

static void release_end(struct clone_end *e)
{
	free(e->cluster);
	free(e->topic);
	free(e->id);
	*e = (struct clone_end){ 0 };
}

static void clone_state_clear(struct clone_state *s)
{
	release_end(&s->source);
	release_end(&s->target);
	for (size_t i = 0; i < s->part_count; i++)
		clone_part_release(&s->parts[i]);
	free(s->parts);
	s->parts = NULL;
	s->part_count = 0;
}

bool clone_state_parse(struct clone_state *s, const char *text, size_t len)
{
	struct arena *arena = arena_new(0);
	struct tree tree = { .arena = arena };
	const struct node *root = json_read(&tree, text, len);
	bool ok = root && read_root(s, root);

	if (!ok)
		clone_state_clear(s);
	arena_free(arena);
	return ok;
}

void clone_state_release(struct clone_state *s)
{
	clone_state_clear(s);
	free(s->path);
	s->path = NULL;
	if (s->lock >= 0)
		close(s->lock);
	s->lock = -1;
}

/* Files */

/*
 * Next to the journal. A cluster id is text from the cluster: characters other than letters and digits are
 * written as codes.
 */
static char *make_path(const char *cluster, const char *topic, struct error *err)
{
	struct str name = { 0 };
	char *path;

	str_add(&name, "clones/");
	for (const char *p = cluster; *p; p++) {
		if ((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || (*p >= '0' && *p <= '9') || *p == '-' ||
			*p == '_')
			str_add_char(&name, *p);
		else
			str_addf(&name, "%%%02x", (unsigned)(unsigned char)*p);
	}
	str_addf(&name, "/%s", topic);
	path = file_own_path(FILE_STATE, str_text(&name));
	if (!path)
		error_set(err, ERR_USAGE, "no folder for the state of a clone: set XDG_STATE_HOME or HOME");
	str_release(&name);
	return path;
}

static bool take_lock(struct clone_state *s, const char *topic, struct error *err)
{
	char *name = mem_printf("%s.lock", s->path);

	s->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	free(name);
	if (s->lock >= 0 && flock(s->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (s->lock >= 0 && errno == EWOULDBLOCK)
		return error_set(err, ERR_KAFKA, "topic %s: another weir is copying into it", topic);
	return error_set(err, ERR_SYSTEM, "%s.lock: %s", s->path, strerror(errno));
}

static bool read_state(struct clone_state *s, struct error *err)
{
	struct str text = { 0 };
	struct error why;
	bool ok = file_read(s->path, FILE_MAX, &text, &why);

	if (!ok && errno == ENOENT)
		return true;
	if (!ok)
		error_set(err, ERR_SYSTEM, "%s", why.message);
	else if (!clone_state_parse(s, str_text(&text), text.len))
		ok = error_set(err, ERR_KAFKA,
			"%s: this is not the state of a clone; delete it and the target to clone it again", s->path);
	str_release(&text);
	return ok;
}

bool clone_state_open(struct clone_state *s, const char *cluster, const char *topic, struct error *err)
{
	*s = (struct clone_state){ .lock = -1 };
	s->path = make_path(cluster, topic, err);
	if (!s->path)
		return false;
	return file_make_folders(s->path, err) && take_lock(s, topic, err) && read_state(s, err);
}

bool clone_state_save(const struct clone_state *s, struct error *err)
{
	struct str text = { 0 };
	bool ok;

	clone_state_write(s, &text);
	ok = file_replace(s->path, &text, FILE_DURABLE, err);
	str_release(&text);
	return ok;
}
