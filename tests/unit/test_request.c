/* SPDX-License-Identifier: BSD-2-Clause */
/* What views are opened with: which two requests ask for the same thing, and that each frees what it owns. */
#include "tests/unit/unit.h"

#include <stdlib.h>

#include "base/mem.h"
#include "model/settings.h"
#include "views/change/change.h"
#include "views/change/clone.h"
#include "views/config_pane.h"
#include "views/produce/produce.h"
#include "views/records/records.h"
#include "views/reset/reset.h"
#include "views/views.h"

/* The request that an opener makes, instead of the view. */
static const struct view_ops *opened;
static struct view_request made;

static void keep(struct ui *ui, const struct view_ops *view, struct view_request request)
{
	(void)ui;
	opened = view;
	made = request;
}

static const struct ui_calls calls = { .open = keep };
static const struct settings settings;
static struct ui ui = { .calls = &calls, .settings = &settings };

static struct view_request take(const struct view_ops *view)
{
	struct view_request request = made;

	assert_ptr_equal(opened, view);
	made = (struct view_request){ 0 };
	opened = NULL;
	return request;
}

/* Gives both back. */
static void check(struct view_request a, struct view_request b, bool equal)
{
	assert_true(view_request_equal(&a, &a) || !a.type || !a.type->equal);
	assert_int_equal(view_request_equal(&a, &b), equal);
	assert_int_equal(view_request_equal(&b, &a), equal);
	view_request_release(&a);
	view_request_release(&b);
	assert_null(a.name);
	assert_null(b.value);
}

static void test_a_name(void **state)
{
	char name[] = "orders";
	struct view_request copied = view_request_named(name);

	(void)state;
	name[0] = '-';
	assert_string_equal(copied.name, "orders");
	check(copied, view_request_named("orders"), true);
	check(view_request_named("orders"), view_request_named("payments"), false);
	check(view_request_named(NULL), view_request_named(NULL), true);
	check(view_request_named(NULL), view_request_named(""), false);
}

static struct view_request configuration(const char *name)
{
	config_pane_open(&ui, &view_topic, name);
	return take(&view_topic);
}

static void test_a_configuration(void **state)
{
	struct view_request r = configuration("orders"), named = view_request_named("orders");

	(void)state;
	assert_true(config_pane_is_asked(&r));
	assert_false(config_pane_is_asked(&named));
	check(r, named, false);
	check(configuration("orders"), configuration("orders"), true);
	check(configuration("orders"), configuration("payments"), false);
}

static struct view_request a_clone(const char *source, const char *target)
{
	clone_open(&ui, source, target);
	return take(&view_clone);
}

static void test_a_clone(void **state)
{
	(void)state;
	check(a_clone("a", NULL), a_clone("a", NULL), true);
	check(a_clone("a", "b"), a_clone("a", "b"), true);
	check(a_clone("a", "b"), a_clone("a", NULL), false);
	check(a_clone("a", "b"), a_clone("a", "c"), false);
	check(a_clone("a", "b"), a_clone("c", "b"), false);
}

/* A view of a change may show its result by now: the same change asked for again is another one. */
static struct view_request a_change(void)
{
	struct topic_request r;

	topic_request_init(&r, TOPIC_CONFIG);
	r.of_broker = true;
	topic_texts_add(&r.names, "1");
	topic_texts_add(&r.set, "a=\x1f\x1e");
	r.draft = mem_strdup("a=b");
	change_open(&ui, &r);
	/* It took what that one owned. */
	assert_null(r.draft);
	assert_int_equal(r.names.count, 0);
	return take(&view_change);
}

static void test_a_change(void **state)
{
	struct view_request r = a_change();
	const struct topic_request *request = r.value;

	(void)state;
	assert_string_equal(r.name, "alter broker");
	assert_string_equal(request->set.items[0], "a=\x1f\x1e");
	check(r, a_change(), false);
}

static struct view_request a_reset(const char *group)
{
	reset_open(&ui,
		&(struct reset_start){ .group = group,
			.scope = "orders:0",
			.how = { RESET_OFFSET, 7 },
			.to_plan = true });
	return take(&view_reset);
}

static struct view_request a_deletion(const char *group)
{
	struct reset_request r = { .group = mem_strdup(group), .how = { RESET_DELETE, 0 } };

	reset_add_scope(&r, "orders", 3);
	reset_open_plan(&ui, &r);
	assert_null(r.group);
	assert_int_equal(r.scope_count, 0);
	return take(&view_reset);
}

static void test_a_reset(void **state)
{
	(void)state;
	check(a_reset("g"), a_reset("g"), false);
	check(a_deletion("g"), a_deletion("g"), false);
	check(a_deletion("g"), a_reset("g"), false);
}

static void test_a_draft(void **state)
{
	static const struct record record = { .topic = "orders", .value = { "v", 1 } };
	struct view_request first, second;

	(void)state;
	produce_open(&ui, "orders");
	first = take(&view_produce);
	produce_open_records(&ui, &record, 1);
	second = take(&view_produce);
	check(first, second, false);
	produce_open_records(&ui, &record, 0);
	assert_null(opened);
}

/* A feed of one topic that has every record. */
static int64_t find_any(const struct feed *f, const char *topic, int32_t partition, int64_t offset)
{
	(void)f;
	(void)topic;
	return offset * 10 + partition;
}

static struct view_request a_comparison(struct records *r, const char *arg)
{
	records_compare(r, &r->place.at, arg);
	return take(&view_compare);
}

static struct view_request a_record(struct records *r, int64_t offset)
{
	r->place.at.offset = offset;
	records_open_record(r);
	return take(&view_record);
}

static void test_a_record_and_two(void **state)
{
	static const struct feed_ops feed = { .find = find_any };
	struct records *r = mem_alloc(sizeof(*r));
	struct view_request one;
	struct error err;
	char handle;

	(void)state;
	r->ui = &ui;
	r->feed.ops = &feed;
	r->feed.handle = (struct feed *)&handle;
	assert_true(records_scope_read(&r->scope, "orders", &err));
	r->place.at = (struct record_id){ records_topic(r, "orders")->name, 3, 0 };
	one = a_record(r, 5);
	assert_string_equal(one.name, "partition 3 offset 5");
	check(one, a_record(r, 5), true);
	check(a_record(r, 5), a_record(r, 6), false);
	one = a_comparison(r, "0:1 0:2");
	assert_string_equal(one.name, "0:1 and 0:2");
	check(one, a_comparison(r, "0:1 orders:0:2"), true);
	check(a_comparison(r, "0:1 0:2"), a_comparison(r, "0:1 0:3"), false);
	records_scope_release(&r->scope);
	records_release_rows(&r->rows);
	free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_a_name), cmocka_unit_test(test_a_configuration),
		cmocka_unit_test(test_a_clone), cmocka_unit_test(test_a_change), cmocka_unit_test(test_a_reset),
		cmocka_unit_test(test_a_draft), cmocka_unit_test(test_a_record_and_two) };

	return cmocka_run_group_tests_name("request", tests, NULL, NULL);
}
