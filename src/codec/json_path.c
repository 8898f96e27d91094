/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Compiles a path and walks it. The iterator holds one level for each open
 * container on the path; it stands after the last value it passed and continues
 * there, so that finding the next match costs only the bytes up to it.
 */
#include "codec/json_path.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "codec/json_scan.h"

enum step_kind { STEP_NAME, STEP_INDEX, STEP_ANY };

struct step {
	enum step_kind kind;
	char *name; /* STEP_NAME: plain UTF-8 */
	size_t len;
	size_t index; /* STEP_INDEX */
};

struct json_path {
	size_t count;
	struct step step[JSON_PATH_STEPS_MAX];
};

static bool is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		(c != '\0' && strchr("_$@-", c)) || (unsigned char)c >= 0x80;
}

static bool parse_quoted(struct step *step, const char **p, struct error *err)
{
	char quote = *(*p)++;
	struct str name = { 0 };

	while (**p && **p != quote) {
		if (**p == '\\' && (*p)[1])
			(*p)++;
		str_add_char(&name, *(*p)++);
	}
	if (**p != quote) {
		str_release(&name);
		return error_set(err, ERR_USAGE, "path: the quote is not closed");
	}
	(*p)++;
	step->kind = STEP_NAME;
	step->len = name.len;
	step->name = str_take(&name);
	return true;
}

static bool parse_index(struct step *step, const char **p, struct error *err)
{
	const char *start = *p;

	for (; **p >= '0' && **p <= '9'; (*p)++) {
		if (*p - start >= 9)
			return error_set(err, ERR_USAGE, "path: an index has at most 9 digits");
		step->index = step->index * 10 + (size_t)(**p - '0');
	}
	if (*p == start)
		return error_set(err, ERR_USAGE, "path: expected a number, * or a quoted name after [");
	step->kind = STEP_INDEX;
	return true;
}

static bool parse_bracket(struct step *step, const char **p, struct error *err)
{
	bool fine = true;

	(*p)++;
	if (**p == '*') {
		step->kind = STEP_ANY;
		(*p)++;
	} else if (**p == '"' || **p == '\'') {
		fine = parse_quoted(step, p, err);
	} else {
		fine = parse_index(step, p, err);
	}
	if (!fine)
		return false;
	if (**p != ']')
		return error_set(err, ERR_USAGE, "path: expected ]");
	(*p)++;
	return true;
}

static bool parse_name(struct step *step, const char **p, struct error *err)
{
	const char *start = *p;

	while (is_name_byte(**p))
		(*p)++;
	if (*p == start)
		return error_set(err, ERR_USAGE, "path: expected a name after .");
	step->kind = STEP_NAME;
	step->len = (size_t)(*p - start);
	step->name = mem_strndup(start, step->len);
	return true;
}

static bool parse_steps(struct json_path *path, const char *text, const char **p, struct error *err)
{
	while (**p == '.' || **p == '[' || (*p == text && is_name_byte(**p))) {
		struct step *step;

		if (path->count == JSON_PATH_STEPS_MAX)
			return error_set(err, ERR_USAGE, "path: at most %d steps", JSON_PATH_STEPS_MAX);
		step = &path->step[path->count++];
		if (**p == '[') {
			if (!parse_bracket(step, p, err))
				return false;
			continue;
		}
		if (**p == '.')
			(*p)++;
		if (!parse_name(step, p, err))
			return false;
	}
	return true;
}

struct json_path *json_path_new(const char *text, size_t *used, struct error *err)
{
	struct json_path *path = mem_alloc(sizeof(*path));
	const char *p = text;
	bool fine = parse_steps(path, text, &p, err);

	if (used)
		*used = (size_t)(p - text);
	else if (fine && *p)
		fine = error_set(err, ERR_USAGE, "path, column %zu: expected . or [", (size_t)(p - text) + 1);
	if (!fine) {
		json_path_free(path);
		return NULL;
	}
	return path;
}

void json_path_free(struct json_path *path)
{
	if (!path)
		return;
	for (size_t i = 0; i < path->count; i++)
		free(path->step[i].name);
	free(path);
}

size_t json_path_steps(const struct json_path *path)
{
	return path->count;
}

const char *json_path_name(const struct json_path *path, size_t i, size_t *len)
{
	if (i >= path->count || path->step[i].kind != STEP_NAME)
		return NULL;
	*len = path->step[i].len;
	return path->step[i].name;
}

void json_path_begin(struct json_path_iter *iter, const struct json_path *path, const char *bytes, size_t len)
{
	iter->path = path;
	iter->p = bytes;
	iter->end = bytes ? bytes + len : NULL;
	iter->root = NULL;
	iter->depth = 0;
	iter->through_arrays = false;
	iter->started = false;
	iter->malformed = false;
}

void json_path_begin_tree(struct json_path_iter *iter, const struct json_path *path, const struct node *root)
{
	json_path_begin(iter, path, NULL, 0);
	iter->root = root;
}

static bool stop_malformed(struct json_path_iter *iter)
{
	iter->depth = 0;
	iter->malformed = true;
	return false;
}

/* Makes the value at iter->p the match. */
static bool take_value(struct json_path_iter *iter, struct json_match *match)
{
	const char *start = iter->p, *past = json_scan_value(start, iter->end);

	if (!past)
		return stop_malformed(iter);
	iter->p = past;
	*match = (struct json_match){ .p = start, .len = (size_t)(past - start) };
	switch (*start) {
	case '"':
		match->kind = NODE_STRING;
		match->p++;
		match->len -= 2;
		match->escaped = memchr(match->p, '\\', match->len) != NULL;
		break;
	case '{':
		match->kind = NODE_OBJECT;
		break;
	case '[':
		match->kind = NODE_ARRAY;
		break;
	case 't':
	case 'f':
		match->kind = NODE_BOOL;
		break;
	case 'n':
		match->kind = NODE_NULL;
		break;
	default:
		match->kind = NODE_NUMBER;
		break;
	}
	return true;
}

static bool step_enters(const struct step *step, char open)
{
	return step->kind == STEP_ANY   ? open == '{' || open == '[' :
		step->kind == STEP_NAME ? open == '{' :
					  open == '[';
}

/*
 * Adds a level for the container that begins with `open`, when step `at` can go into it. False: it cannot, or
 * (iter->malformed) the nesting is deeper than any search goes.
 */
static bool push_level(struct json_path_iter *iter, unsigned at, char open, const struct node *first)
{
	const struct step *step = &iter->path->step[at];
	bool passed = iter->through_arrays && open == '[' && step->kind == STEP_NAME;

	if (!passed && !step_enters(step, open))
		return false;
	if (iter->depth == JSON_PATH_LEVELS_MAX)
		return stop_malformed(iter);
	iter->level[iter->depth++] = (struct json_path_level){ .close = open == '{' ? '}' : ']',
		.passed = passed,
		.step = at,
		.next = first };
	return true;
}

/* Opens the container at iter->p when step `at` can go into it, else skips the value. */
static bool enter_value(struct json_path_iter *iter, unsigned at)
{
	if (iter->p >= iter->end)
		return stop_malformed(iter);
	if (push_level(iter, at, *iter->p, NULL)) {
		iter->p++;
		return true;
	}
	if (iter->malformed)
		return false;
	iter->p = json_scan_value(iter->p, iter->end);
	return iter->p ? true : stop_malformed(iter);
}

/* Reads "name": and returns whether the step wants it; -1: malformed. */
static int read_name(struct json_path_iter *iter, const struct step *step)
{
	const char *start, *quote;
	int hit;

	if (*iter->p != '"' || !(quote = json_scan_string(iter->p + 1, iter->end)))
		return -1;
	start = iter->p + 1;
	hit = step->kind == STEP_ANY || json_scan_equal(start, (size_t)(quote - start), step->name, step->len);
	iter->p = json_scan_space(quote + 1, iter->end);
	if (iter->p >= iter->end || *iter->p != ':')
		return -1;
	iter->p = json_scan_space(iter->p + 1, iter->end);
	return hit;
}

static bool next_raw(struct json_path_iter *iter, struct json_match *match)
{
	const struct json_path *path = iter->path;

	if (!iter->started) {
		iter->started = true;
		iter->p = json_scan_space(json_scan_bom(iter->p, iter->end), iter->end);
		if (path->count == 0)
			return iter->p < iter->end ? take_value(iter, match) : stop_malformed(iter);
		if (!enter_value(iter, 0))
			return false;
	}
	while (iter->depth > 0) {
		struct json_path_level *level = &iter->level[iter->depth - 1];
		const struct step *step = &path->step[level->step];
		unsigned next = level->step + !level->passed;
		int hit;

		iter->p = json_scan_space(iter->p, iter->end);
		if (iter->p >= iter->end)
			return stop_malformed(iter);
		if (*iter->p == level->close) {
			iter->p++;
			iter->depth--;
			continue;
		}
		if (level->index > 0) {
			if (*iter->p != ',')
				return stop_malformed(iter);
			iter->p = json_scan_space(iter->p + 1, iter->end);
			if (iter->p >= iter->end)
				return stop_malformed(iter);
		}
		hit = level->close == '}' ? read_name(iter, step) :
					    level->passed || step->kind == STEP_ANY || step->index == level->index;
		if (hit < 0)
			return stop_malformed(iter);
		level->index++;
		if (hit && next == path->count)
			return take_value(iter, match);
		if (hit) {
			if (!enter_value(iter, next))
				return false;
		} else if (!(iter->p = json_scan_value(iter->p, iter->end))) {
			return stop_malformed(iter);
		}
	}
	return false;
}

static void take_node(const struct node *node, struct json_match *match)
{
	*match = (struct json_match){ .kind = node->kind,
		.escaped = node->escaped,
		.p = node->text,
		.len = node->len,
		.node = node };
	if (node->kind == NODE_BOOL) {
		match->p = node->truth ? "true" : "false";
		match->len = node->truth ? 4 : 5;
	}
}

static void enter_node(struct json_path_iter *iter, unsigned at, const struct node *node)
{
	push_level(iter, at, node->kind == NODE_OBJECT ? '{' : node->kind == NODE_ARRAY ? '[' : '\0', node->first);
}

static bool next_in_tree(struct json_path_iter *iter, struct json_match *match)
{
	const struct json_path *path = iter->path;

	if (!iter->started) {
		iter->started = true;
		if (path->count == 0) {
			take_node(iter->root, match);
			return true;
		}
		enter_node(iter, 0, iter->root);
	}
	while (iter->depth > 0) {
		struct json_path_level *level = &iter->level[iter->depth - 1];
		const struct step *step = &path->step[level->step];
		unsigned next = level->step + !level->passed;
		const struct node *node = level->next;
		bool hit;

		if (!node) {
			iter->depth--;
			continue;
		}
		level->next = node->next;
		hit = level->passed || step->kind == STEP_ANY ||
			(level->close == '}' ? json_scan_equal(node->name, node->name_len, step->name, step->len) :
					       step->index == level->index);
		level->index++;
		if (hit && next == path->count) {
			take_node(node, match);
			return true;
		}
		if (hit)
			enter_node(iter, next, node);
	}
	return false;
}

bool json_path_next(struct json_path_iter *iter, struct json_match *match)
{
	return iter->root ? next_in_tree(iter, match) : next_raw(iter, match);
}

const char *json_match_text(const struct json_match *match, struct str *scratch, size_t *len)
{
	if (match->kind == NODE_STRING && match->escaped)
		return node_plain(match->p, match->len, scratch, len);
	*len = match->len;
	return match->p;
}
