/* SPDX-License-Identifier: BSD-2-Clause */
#include "setup/records_setup.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"
#include "codec/codec_query.h"
#include "setup/decoders.h"

static bool add_masks(struct records_setup *s, const struct config_file *c, struct error *err)
{
	for (size_t i = 0; i < c->mask.count; i++) {
		const struct config_item *item = &c->mask.items[i];
		char *rule = mem_printf("%s %s", item->name, item->value);

		if (!s->mask)
			s->mask = mask_new();
		bool ok = mask_add(s->mask, rule, err);

		free(rule);
		if (!ok)
			return config_fail_at(c, item, err);
	}
	return true;
}

static bool add_decoders(struct records_setup *s, const struct config_file *c, struct error *err)
{
	s->decoders = codec_rules_new();
	for (size_t i = 0; i < c->decoders.count; i++)
		if (!codec_rules_add(s->decoders, c->decoders.items[i].name, c->decoders.items[i].value, err))
			return config_fail_at(c, &c->decoders.items[i], err);
	decoders_load(s->decoders);
	return true;
}

static bool add_filters(struct records_setup *s, const struct config_file *c, struct error *err)
{
	const struct query_context context = { { clock_wall_ms(), false }, &codec_query_functions };

	s->filters = mem_alloc((c->filters.count + 1) * sizeof(*s->filters));
	for (size_t i = 0; i < c->filters.count; i++) {
		const struct config_item *item = &c->filters.items[i];
		struct query *query = query_parse(item->value, &context, NULL, err);

		if (!query)
			return config_fail_at(c, item, err);
		query_free(query);
		s->filters[s->filter_count++] = (struct named_filter){ item->name, item->value };
	}
	return true;
}

bool records_setup_init(struct records_setup *s, const struct config_file *config, struct error *err)
{
	*s = (struct records_setup){ 0 };
	if (add_masks(s, config, err) && add_decoders(s, config, err) && add_filters(s, config, err))
		return true;
	records_setup_release(s);
	return false;
}

void records_setup_release(struct records_setup *s)
{
	mask_free(s->mask);
	codec_rules_free(s->decoders);
	free(s->filters);
	*s = (struct records_setup){ 0 };
}
