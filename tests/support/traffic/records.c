/* SPDX-License-Identifier: BSD-2-Clause */
/* What the shop's records say: JSON values, keys that repeat, headers as a tracing library adds them. */
#include "traffic.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Small and the same on every machine, so that a test knows what it will read. Each kind has its own sequence. */
static uint32_t next_random(enum record_kind kind)
{
	static uint64_t state[RECORD_READING + 1];

	state[kind] = state[kind] * 6364136223846793005u + 1442695040888963407u + 2 * (uint64_t)kind;
	return (uint32_t)(state[kind] >> 33);
}

static uint32_t pick(enum record_kind kind, uint32_t count)
{
	return next_random(kind) % count;
}

#define PICK(kind, ...)                                                                                                \
	((const char *const[]){                                                                                        \
		__VA_ARGS__ }[pick(kind, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *))])

/* A few customers buy most of it: multiplied, two even draws favour the low numbers. */
static uint32_t pick_customer(enum record_kind kind)
{
	return 1000 + pick(kind, 64) * pick(kind, 64);
}

static const char *utc(int64_t at_ms)
{
	static _Thread_local char text[40];
	time_t seconds = (time_t)(at_ms / 1000);
	struct tm tm;
	size_t used;

	gmtime_r(&seconds, &tm);
	used = strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(text + used, sizeof(text) - used, ".%03dZ", (int)(at_ms % 1000));
	return text;
}

struct text {
	char key[64];
	char value[512]; /* empty for a tombstone */
	const char *source;
};

static void make_order(struct text *out, const char *at)
{
	static unsigned serial;
	const enum record_kind k = RECORD_ORDER;
	uint32_t customer = pick_customer(k), quantity = 1 + pick(k, 4), cents = 499 + pick(k, 20000);

	out->source = "shop-web";
	snprintf(out->key, sizeof(out->key), "customer-%" PRIu32, customer);
	snprintf(out->value, sizeof(out->value),
		"{\"order_id\":\"o-%07u\",\"customer\":\"customer-%" PRIu32
		"\",\"status\":\"%s\",\"items\":[{\"sku\":\"%s-%03" PRIu32 "\",\"quantity\":%" PRIu32
		",\"price\":%" PRIu32 ".%02" PRIu32 "}],\"currency\":\"%s\",\"city\":\"%s\",\"created_at\":\"%s\"}",
		++serial, customer, PICK(k, "created", "created", "paid", "shipped", "cancelled"),
		PICK(k, "book", "lamp", "chair", "mug"), pick(k, 500), quantity, cents / 100, cents % 100,
		PICK(k, "EUR", "EUR", "USD", "JPY"), PICK(k, "Lyon", "Zürich", "Kraków", "東京", "São Paulo", "Oslo"),
		at);
}

static void make_payment(struct text *out, const char *at)
{
	static unsigned serial;
	const enum record_kind k = RECORD_PAYMENT;
	uint32_t cents = 499 + pick(k, 20000);

	out->source = "checkout";
	serial++;
	snprintf(out->key, sizeof(out->key), "o-%07u", serial);
	snprintf(out->value, sizeof(out->value),
		"{\"payment_id\":\"p-%08" PRIx32 "\",\"order_id\":\"o-%07u\",\"amount\":%" PRIu32 ".%02" PRIu32
		",\"method\":\"%s\",\"authorized\":%s,\"at\":\"%s\"}",
		next_random(k), serial, cents / 100, cents % 100, PICK(k, "card", "card", "transfer", "wallet"),
		pick(k, 20) == 0 ? "false" : "true", at);
}

static void make_click(struct text *out, const char *at)
{
	const enum record_kind k = RECORD_CLICK;
	uint32_t session = pick(k, 4000);

	out->source = "edge";
	snprintf(out->key, sizeof(out->key), "session-%04" PRIx32, session);
	snprintf(out->value, sizeof(out->value),
		"{\"session\":\"%04" PRIx32 "\",\"page\":\"/%s/%" PRIu32 "\",\"agent\":\"%s\",\"took_ms\":%" PRIu32
		",\"at\":\"%s\"}",
		session, PICK(k, "product", "product", "search", "cart", "help"), pick(k, 900),
		PICK(k, "mobile", "desktop", "bot"), 8 + pick(k, 400), at);
}

static void make_audit(struct text *out, const char *at)
{
	const enum record_kind k = RECORD_AUDIT;
	const char *who = PICK(k, "anna", "bjarne", "chidi", "deploy-bot");

	out->source = "identity";
	snprintf(out->key, sizeof(out->key), "%s", who);
	snprintf(out->value, sizeof(out->value),
		"{\"actor\":\"%s\",\"action\":\"%s\",\"resource\":\"%s/%" PRIu32
		"\",\"allowed\":%s,\"address\":\"10.0.%" PRIu32 ".%" PRIu32 "\",\"at\":\"%s\"}",
		who, PICK(k, "login", "read", "update", "export"), PICK(k, "customer", "invoice", "role"),
		pick(k, 5000), pick(k, 9) == 0 ? "false" : "true", pick(k, 8), 1 + pick(k, 250), at);
}

static void make_customer(struct text *out, const char *at)
{
	const enum record_kind k = RECORD_CUSTOMER;
	uint32_t customer = 1000 + pick(k, 400);

	out->source = "accounts";
	snprintf(out->key, sizeof(out->key), "customer-%" PRIu32, customer);
	if (pick(k, 16) == 0)
		return; /* the account was closed: a tombstone */
	snprintf(out->value, sizeof(out->value),
		"{\"name\":\"%s %s\",\"tier\":\"%s\",\"newsletter\":%s,\"updated_at\":\"%s\"}",
		PICK(k, "Ada", "Łukasz", "Chloé", "Jürgen", "明"),
		PICK(k, "Nowak", "Okafor", "Müller", "Sato", "O'Brien"), PICK(k, "basic", "plus", "gold"),
		pick(k, 2) ? "true" : "false", at);
}

static void make_reading(struct text *out, const char *at)
{
	const enum record_kind k = RECORD_READING;
	uint32_t sensor = pick(k, 48);

	out->source = "warehouse";
	snprintf(out->key, sizeof(out->key), "sensor-%02" PRIu32, sensor);
	snprintf(out->value, sizeof(out->value),
		"{\"sensor\":%" PRIu32 ",\"celsius\":%" PRIu32 ".%" PRIu32 ",\"at\":\"%s\"}", sensor, 17 + pick(k, 9),
		pick(k, 10), at);
}

static void (*const makers[])(struct text *, const char *) = {
	[RECORD_ORDER] = make_order,
	[RECORD_PAYMENT] = make_payment,
	[RECORD_CLICK] = make_click,
	[RECORD_AUDIT] = make_audit,
	[RECORD_CUSTOMER] = make_customer,
	[RECORD_READING] = make_reading,
};

void record_send(rd_kafka_t *rk, const char *topic, enum record_kind kind, int64_t at_ms)
{
	struct text text = { .source = "" };
	char trace[33];
	rd_kafka_headers_t *headers = rd_kafka_headers_new(3);

	makers[kind](&text, utc(at_ms));
	snprintf(trace, sizeof(trace), "%08" PRIx32 "%08" PRIx32 "%08" PRIx32 "%08" PRIx32, next_random(kind),
		next_random(kind), next_random(kind), next_random(kind));
	rd_kafka_header_add(headers, "trace-id", -1, trace, -1);
	rd_kafka_header_add(headers, "source", -1, text.source, -1);
	rd_kafka_header_add(headers, "content-type", -1, "application/json", -1);
	const rd_kafka_vu_t fields[] = {
		{ .vtype = RD_KAFKA_VTYPE_TOPIC, .u.cstr = topic },
		{ .vtype = RD_KAFKA_VTYPE_MSGFLAGS, .u.i = RD_KAFKA_MSG_F_COPY },
		{ .vtype = RD_KAFKA_VTYPE_TIMESTAMP, .u.i64 = at_ms },
		{ .vtype = RD_KAFKA_VTYPE_KEY, .u.mem = { text.key, strlen(text.key) } },
		{ .vtype = RD_KAFKA_VTYPE_VALUE, .u.mem = { text.value[0] ? text.value : NULL, strlen(text.value) } },
		{ .vtype = RD_KAFKA_VTYPE_HEADERS, .u.headers = headers },
	};
	rd_kafka_error_t *error = rd_kafka_produceva(rk, fields, sizeof(fields) / sizeof(fields[0]));
	if (error != NULL) {
		/* A full queue means that brokers are away: these records are lost, as a sensor's would be. */
		rd_kafka_headers_destroy(headers);
		rd_kafka_error_destroy(error);
	}
}
