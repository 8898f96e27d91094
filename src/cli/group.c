/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir group delete` and `weir group delete-offsets`: resets that remove committed offsets. */
#include <stdlib.h>

#include "base/mem.h"
#include "cli/reset.h"

static bool make_request(const struct command_input *in, const char *group, bool whole, struct reset_request *request,
	struct error *err)
{
	struct error why;

	*request = (struct reset_request){ .group = mem_strdup(group),
		.how = { whole ? RESET_DELETE_GROUP : RESET_DELETE, 0 },
		.all_topics = whole || in->args->reset.all_topics };
	for (size_t i = 0; i < in->args->topics.count; i++)
		if (!reset_parse_scope(request, in->args->topics.items[i], &why))
			return error_set(err, ERR_USAGE, "-t %s: %s", in->args->topics.items[i], why.message);
	if (!whole && !in->args->topics.count == !in->args->reset.all_topics)
		return error_set(err, ERR_USAGE, "weir group delete-offsets needs -t TOPIC[:P,P] or --all-topics");
	return reset_is_confirmed(in, group, err);
}

static int group_run(const struct command_input *in, bool whole, struct error *err)
{
	struct reset_run r;
	bool ok = true;
	int status;

	error_clear(err);
	if (!in->args->groups.count)
		error_set(err, ERR_USAGE, "weir group delete%s needs -g GROUP", whole ? "" : "-offsets");
	if (err->code != ERR_NONE || !reset_run_open(&r, in, err))
		return error_exit_status(err);
	for (size_t i = 0; ok && i < in->args->groups.count; i++) {
		struct reset_request request;

		ok = make_request(in, in->args->groups.items[i], whole, &request, err) &&
			reset_run_group(&r, &request, NULL, err);
		reset_request_release(&request);
	}
	status = ok ? r.status : error_exit_status(err);
	if (r.interrupted)
		status = 130;
	reset_run_close(&r);
	return status;
}

int group_delete_run(const struct command_input *in, struct error *err)
{
	return group_run(in, true, err);
}

int group_delete_offsets_run(const struct command_input *in, struct error *err)
{
	return group_run(in, false, err);
}
