/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways into the produce view: what it is to start from travels in its argument (produce_draft.h). */
#include "views/produce/produce.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/str.h"
#include "codec/mask.h"
#include "codec/record_lines.h"
#include "views/produce/produce_draft.h"
#include "views/views.h"

void produce_open(struct ui *ui, const char *topic)
{
	ui->calls->open(ui, view_produce.name, topic);
}

/* What must not be seen is sent as it is, without being shown. */
static bool is_masked(const struct ui *ui, const struct record *r)
{
	return r->topic && (mask_concerns(ui->settings->mask, r->topic, MASK_KEY) || mask_concerns(ui->settings->mask, r->topic,
		MASK_VALUE) ||
		mask_concerns(ui->settings->mask, r->topic, MASK_HEADERS));
}

void produce_open_records(struct ui *ui, const struct record *records, size_t count)
{
	struct str lines = {0};

	for (size_t i = 0; i < count && lines.len == 0; i++)
		if (is_masked(ui, &records[i]))
			str_add_char(&lines, DRAFT_SEALED);
	for (size_t i = 0; i < count; i++) {
		struct record record = records[i];

		record.timestamp_type = TIMESTAMP_CREATE;
		record_line_write(&lines, &record);
	}
	if (count > 0)
		ui->calls->open(ui, view_produce.name, str_text(&lines));
	str_release(&lines);
}

enum { FILE_BYTES_MAX = 64 << 20 };

bool produce_open_file(struct ui *ui, const char *path, struct error *err)
{
	struct str text = {0};
	char *full = file_expand_home(path);
	bool ok = file_read(full, FILE_BYTES_MAX, &text, err);

	if (!ok && errno == EFBIG)
		error_set(err, ERR_SYSTEM, "%s: weir produce TOPIC < FILE sends it", err->message);
	else if (ok && (memchr(str_text(&text), '\0', text.len) || !draft_is_lines(str_text(&text))))
		ok = error_set(err, ERR_USAGE, "%s: not a file of JSON lines", full);
	if (ok)
		ui->calls->open(ui, view_produce.name, str_text(&text));
	free(full);
	str_release(&text);
	return ok;
}
