/* SPDX-License-Identifier: BSD-2-Clause */
/* `weir topic export`: topics as a declarative file on standard output. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "change/topic_state.h"
#include "cli/say.h"
#include "cli/topic_run.h"

/* Writes only after everything was read: half a file would look complete. */
static bool read_topics(struct topic_run *r, struct topic_file *out, struct error *err)
{
	if (!r->in->args->topics.count)
		return topic_state_read_all(r->admin, false, out, err);
	for (size_t i = 0; i < r->in->args->topics.count; i++)
		if (!topic_state_read(r->admin, r->in->args->topics.items[i], out, err))
			return false;
	return true;
}

static bool topic_file_print(const struct topic_file *file, struct error *err)
{
	struct str text = { 0 };
	bool ok;

	topic_file_write(file, &text);
	ok = fwrite(str_text(&text), 1, text.len, stdout) == text.len && fflush(stdout) == 0;
	str_release(&text);
	return ok || errno == EPIPE || error_set(err, ERR_SYSTEM, "standard output: %s", strerror(errno));
}

int topic_export_run(const struct command_input *in, struct error *err)
{
	struct topic_file file = { 0 };
	struct topic_run r;
	bool ok;

	error_clear(err);
	if (!topic_run_open(&r, in, err))
		return error_exit_status(err);
	ok = read_topics(&r, &file, err) && topic_file_print(&file, err);
	if (ok && !file.count)
		command_say("nothing was written: there are no topics, or none that you may describe");
	for (size_t i = 0; ok && i < file.count; i++)
		if (file.topics[i].replication < 0)
			command_say("topic %s: its partitions have different replication factors, so none is written",
				file.topics[i].name);
	topic_file_release(&file);
	topic_run_close(&r);
	return ok ? 0 : error_exit_status(err);
}
