/* SPDX-License-Identifier: BSD-2-Clause */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "query/query_ast.h"
#include "query/query_find.h"

enum {
	MATCH_LIMIT = 2000000,
	HEAP_LIMIT_KIB = 16 * 1024,
	JIT_STACK_START = 32 * 1024,
	JIT_STACK_MAX = 1024 * 1024,
	SAMPLE = 1024,
	SAMPLE_TOO_MANY = 900,
	REST = 64 * SAMPLE,
};

struct query_run {
	const struct query *query;
	void *codec_context;
	bool raw[QUERY_PART_COUNT];
	pcre2_match_data *match;
	pcre2_match_context *match_context;
	pcre2_jit_stack *jit_stack;
	unsigned tried, passed; /* by the first stage, in the present sample */
	unsigned rest;          /* records left to match without the first stage, because it let nearly all pass */
};

struct query_run *query_run_new(const struct query *query, void *codec_context)
{
	struct query_run *run = mem_alloc(sizeof(*run));

	run->query = query;
	run->codec_context = codec_context;
	run->raw[QUERY_KEY] = run->raw[QUERY_VALUE] = true;
	if (!query->has_regex)
		return run;
	run->match = pcre2_match_data_create(1, NULL);
	run->match_context = pcre2_match_context_create(NULL);
	run->jit_stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_MAX, NULL);
	if (!run->match || !run->match_context)
		mem_abort("out of memory");
	pcre2_set_match_limit(run->match_context, MATCH_LIMIT);
	pcre2_set_heap_limit(run->match_context, HEAP_LIMIT_KIB);
	if (run->jit_stack)
		pcre2_jit_stack_assign(run->match_context, NULL, run->jit_stack);
	return run;
}

void query_run_free(struct query_run *run)
{
	if (!run)
		return;
	pcre2_jit_stack_free(run->jit_stack);
	pcre2_match_context_free(run->match_context);
	pcre2_match_data_free(run->match);
	free(run);
}

void query_run_set_raw(struct query_run *run, enum query_part part, bool raw)
{
	run->raw[part] = raw || !run->query->codec || !run->query->codec->text;
}

static enum query_answer answer(bool yes)
{
	return yes ? QUERY_YES : QUERY_NO;
}

static bool bytes_equal(struct bytes a, struct bytes b)
{
	return a.len == b.len && memcmp(a.p, b.p, a.len) == 0;
}

static int bytes_compare(struct bytes a, struct bytes b)
{
	int order = memcmp(a.p, b.p, a.len < b.len ? a.len : b.len);

	return order ? order : (a.len > b.len) - (a.len < b.len);
}

static bool order_fits(enum query_op op, int order)
{
	switch (op) {
	case OP_EQ:
		return order == 0;
	case OP_LT:
		return order < 0;
	case OP_LE:
		return order <= 0;
	case OP_GT:
		return order > 0;
	case OP_GE:
		return order >= 0;
	default:
		break;
	}
	assert(!"not a comparison");
	return false;
}

static enum query_answer match_expression(struct query_run *run, const struct query_test *test, struct bytes text)
{
	int code = pcre2_match(test->regex, (PCRE2_SPTR)text.p, text.len, 0, 0, run->match, run->match_context);

	if (code >= 0)
		return QUERY_YES;
	return code == PCRE2_ERROR_NOMATCH ? QUERY_NO : QUERY_UNDECIDED;
}

static bool compare_operand(const struct query_test *test, const struct query_operand *operand, struct bytes text)
{
	struct query_number number;

	if (!operand->number)
		return order_fits(test->op, bytes_compare(text, operand->text));
	return query_number_parse(text.p, text.len, &number) &&
		order_fits(test->op, query_number_compare(&number, &operand->value));
}

static bool equals_any(const struct query_test *test, struct bytes text)
{
	for (size_t i = 0; i < test->operand_count; i++) {
		const struct query_operand *operand = &test->operands[i];

		/* A JSON number is compared as a number; a key as the text typed. */
		if (test->path && operand->number ? compare_operand(test, operand, text) :
						    bytes_equal(text, operand->text))
			return true;
	}
	return false;
}

/* `text` is not null. */
static enum query_answer match_text(struct query_run *run, const struct query_test *test, struct bytes text)
{
	const struct query_operand *operand = test->operands;

	switch (test->op) {
	case OP_EQ:
		return answer(equals_any(test, text));
	case OP_LT:
	case OP_LE:
	case OP_GT:
	case OP_GE:
		return answer(compare_operand(test, operand, text));
	case OP_CONTAINS:
		return answer(query_find(text, operand->text));
	case OP_STARTS:
		return answer(text.len >= operand->text.len && memcmp(text.p, operand->text.p, operand->text.len) == 0);
	case OP_ENDS:
		return answer(text.len >= operand->text.len &&
			memcmp(text.p + text.len - operand->text.len, operand->text.p, operand->text.len) == 0);
	case OP_REGEX:
		return match_expression(run, test, text);
	case OP_EXISTS:
		return QUERY_YES;
	case OP_NULL:
	case OP_BYTES:
		break;
	}
	return QUERY_NO;
}

struct path_search {
	struct query_run *run;
	const struct query_test *test;
	enum query_answer answer;
};

static bool visit(void *arg, const struct query_json *found)
{
	struct path_search *search = arg;
	enum query_answer one;

	if (search->test->op == OP_NULL)
		one = answer(found->kind == QUERY_JSON_NULL);
	else if (search->test->op == OP_EXISTS)
		one = QUERY_YES;
	else if (found->kind == QUERY_JSON_NULL || !found->text.p)
		one = QUERY_NO;
	else
		one = match_text(search->run, search->test, found->text);
	if (one != QUERY_NO)
		search->answer = one;
	return one == QUERY_YES;
}

static enum query_answer match_path(struct query_run *run, const struct query_test *test, const struct record *record,
	enum query_part part)
{
	struct path_search search = { run, test, QUERY_NO };

	if ((part == QUERY_KEY ? record->key : record->value).p)
		run->query->codec->find(run->codec_context, record, part, test->path, visit, &search);
	return search.answer;
}

static enum query_answer match_part(struct query_run *run, const struct query_test *test, const struct record *record,
	enum query_part part)
{
	struct bytes text = part == QUERY_KEY ? record->key : record->value;

	if (test->path)
		return match_path(run, test, record, part);
	if (test->op == OP_NULL || test->op == OP_EXISTS || !text.p)
		return answer(!text.p == (test->op == OP_NULL));
	if (!run->raw[part]) {
		text = run->query->codec->text(run->codec_context, record, part);
		if (!text.p)
			return QUERY_NO;
	}
	return match_text(run, test, text);
}

static enum query_answer match_headers(struct query_run *run, const struct query_test *test,
	const struct record *record)
{
	enum query_answer result = QUERY_NO;

	for (size_t i = 0; i < record->header_count && result != QUERY_YES; i++) {
		const struct record_header *header = &record->headers[i];
		enum query_answer one;

		if (test->header && strcmp(header->name, test->header) != 0)
			continue;
		if (test->op == OP_NULL)
			one = answer(!header->value.p);
		else if (test->op == OP_EXISTS)
			one = QUERY_YES;
		else
			one = header->value.p ? match_text(run, test, header->value) : QUERY_NO;
		if (one != QUERY_NO)
			result = one;
	}
	return result;
}

static int64_t record_size(const struct record *record)
{
	size_t size = record->key.len + record->value.len;

	for (size_t i = 0; i < record->header_count; i++)
		size += strlen(record->headers[i].name) + record->headers[i].value.len;
	return (int64_t)size;
}

/* False when the record has no such number. */
static bool number_of(const struct record *record, enum query_field field, int64_t *out)
{
	switch (field) {
	case FIELD_PARTITION:
		*out = record->partition;
		return true;
	case FIELD_OFFSET:
		*out = record->offset;
		return true;
	case FIELD_TIMESTAMP:
		*out = record->timestamp_ms;
		return record_has_time(record);
	case FIELD_SIZE:
		*out = record_size(record);
		return true;
	case FIELD_KEY_SIZE:
		*out = (int64_t)record->key.len;
		return record->key.p != NULL;
	case FIELD_VALUE_SIZE:
		*out = (int64_t)record->value.len;
		return record->value.p != NULL;
	default:
		break;
	}
	assert(!"not a number");
	return false;
}

bool query_number_fits(const struct query_test *test, int64_t value)
{
	struct query_number number = query_number_of(value);

	for (size_t i = 0; i < test->operand_count; i++)
		if (order_fits(test->op, query_number_compare(&number, &test->operands[i].value)))
			return true;
	return false;
}

static bool match_number(const struct query_test *test, const struct record *record)
{
	int64_t value;

	if (!number_of(record, test->field, &value))
		return test->op == OP_NULL;
	if (test->op == OP_EXISTS || test->op == OP_NULL)
		return test->op == OP_EXISTS;
	return query_number_fits(test, value);
}

static enum query_answer match_test(struct query_run *run, const struct query_test *test, const struct record *record)
{
	switch (test->field) {
	case FIELD_KEY:
		return match_part(run, test, record, QUERY_KEY);
	case FIELD_VALUE:
		return match_part(run, test, record, QUERY_VALUE);
	case FIELD_HEADER:
		return match_headers(run, test, record);
	case FIELD_TOPIC:
		return match_text(run, test, (struct bytes){ record->topic, strlen(record->topic) });
	default:
		return answer(match_number(test, record));
	}
}

static enum query_answer run_program(struct query_run *run, const struct record *record)
{
	const struct query_program *program = &run->query->program;
	int at = program->entry;

	while (at >= 0) {
		enum query_answer one = match_test(run, program->steps[at].test, record);

		if (one == QUERY_UNDECIDED)
			return one;
		at = one == QUERY_YES ? program->steps[at].on_true : program->steps[at].on_false;
	}
	return answer(at == STEP_ACCEPT);
}

static bool holds_unicode_escape(struct bytes hay)
{
	const char *end = hay.p + hay.len;

	for (const char *p = hay.p; (p = memchr(p, '\\', (size_t)(end - p))) != NULL; p++)
		if (end - p > 1 && p[1] == 'u')
			return true;
	return false;
}

bool query_may_match(const struct query_run *run, struct bytes key, struct bytes value)
{
	const struct query_program *program = &run->query->first_stage;
	int at = program->entry;

	while (at >= 0) {
		const struct query_test *test = program->steps[at].test;
		bool is_key = test->field == FIELD_KEY;
		struct bytes hay = is_key ? key : value;
		bool held = !run->raw[is_key ? QUERY_KEY : QUERY_VALUE] || query_find(hay, test->operands->text) ||
			(test->escapable && hay.p && holds_unicode_escape(hay));

		at = held ? program->steps[at].on_true : program->steps[at].on_false;
	}
	return at == STEP_ACCEPT;
}

/* A first stage that lets nearly all records pass only costs time: it is skipped, and tried again later. */
static bool first_stage_refuses(struct query_run *run, const struct record *record)
{
	bool passed;

	if (!run->query->first_stage_pays)
		return false;
	if (run->rest > 0) {
		run->rest--;
		return false;
	}
	passed = query_may_match(run, record->key, record->value);
	run->passed += passed;
	if (++run->tried == SAMPLE) {
		if (run->passed > SAMPLE_TOO_MANY)
			run->rest = REST;
		run->tried = run->passed = 0;
	}
	return !passed;
}

enum query_answer query_match(struct query_run *run, const struct record *record)
{
	if (first_stage_refuses(run, record))
		return QUERY_NO;
	return run_program(run, record);
}
