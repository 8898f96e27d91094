/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways into the produce view: what it is to start from travels in its argument (produce_draft.h). */
#include "views/produce/produce.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
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

static bool read_file(const char *path, struct str *out, struct error *err)
{
	const char *home = getenv("HOME");
	bool at_home = strncmp(path, "~/", 2) == 0 && home;
	char *full = mem_printf("%s%s", at_home ? home : "", at_home ? path + 1 : path);
	FILE *f = fopen(full, "r");
	bool ok = f != NULL;

	while (ok && !feof(f) && !ferror(f) && out->len <= FILE_BYTES_MAX) {
		enum { CHUNK = 1 << 16 };

		str_grown(out, fread(str_room(out, CHUNK), 1, CHUNK, f));
	}
	if (!ok || ferror(f))
		ok = error_set(err, ERR_SYSTEM, "%s: %s", full, strerror(errno));
	else if (out->len > FILE_BYTES_MAX)
		ok = error_set(err, ERR_USAGE, "%s: larger than %d MiB: weir produce TOPIC < FILE sends it", full,
			FILE_BYTES_MAX >> 20);
	else if (memchr(str_text(out), '\0', out->len) || !draft_is_lines(str_text(out)))
		ok = error_set(err, ERR_USAGE, "%s: not a file of JSON lines", full);
	if (f)
		fclose(f);
	free(full);
	return ok;
}

bool produce_open_file(struct ui *ui, const char *path, struct error *err)
{
	struct str text = {0};
	bool ok = read_file(path, &text, err);

	if (ok)
		ui->calls->open(ui, view_produce.name, str_text(&text));
	str_release(&text);
	return ok;
}
