/* SPDX-License-Identifier: BSD-2-Clause */
/* The ways into the produce view. */
#include "views/produce/produce.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/str.h"
#include "codec/mask.h"
#include "views/produce/produce_view.h"
#include "views/views.h"

/* A draft is always a new one: a view that is open already is never reused. */
static const struct view_request_type draft_asked = { .release = draft_free };

struct view_request produce_request(struct draft *draft)
{
	return (struct view_request){ .type = &draft_asked, .value = draft };
}

void produce_open(struct ui *ui, const char *topic)
{
	ui->calls->open(ui, &view_produce, produce_request(draft_new(topic)));
}

/* Records with masked parts are sent as they are, without being shown. */
static bool is_masked(const struct ui *ui, const struct record *r)
{
	return r->topic &&
		(mask_concerns(ui->settings->mask, r->topic, MASK_KEY) ||
			mask_concerns(ui->settings->mask, r->topic, MASK_VALUE) ||
			mask_concerns(ui->settings->mask, r->topic, MASK_HEADERS));
}

void produce_open_records(struct ui *ui, const struct record *records, size_t count)
{
	bool sealed = false;

	for (size_t i = 0; i < count && !sealed; i++)
		sealed = is_masked(ui, &records[i]);
	if (count > 0)
		ui->calls->open(ui, &view_produce, produce_request(draft_of_records(records, count, sealed)));
}

enum { FILE_BYTES_MAX = 64 << 20 };

/* The first thing in it is an object; a byte order mark may come before. */
static bool has_lines(const char *text)
{
	if (strncmp(text, "\xef\xbb\xbf", 3) == 0)
		text += 3;
	return text[strspn(text, " \t\r\n")] == '{';
}

bool produce_open_file(struct ui *ui, const char *path, struct error *err)
{
	struct str text = { 0 };
	char *full = file_expand_home(path);
	bool ok = file_read(full, FILE_BYTES_MAX, &text, err);
	struct draft *draft;

	if (!ok && errno == EFBIG)
		error_set(err, ERR_SYSTEM, "%s: weir produce TOPIC < FILE sends it", err->message);
	else if (ok && (memchr(str_text(&text), '\0', text.len) || !has_lines(str_text(&text))))
		ok = error_set(err, ERR_USAGE, "%s: not a file of JSON lines", full);
	draft = ok ? draft_of_lines(str_text(&text), err) : NULL;
	if (draft)
		ui->calls->open(ui, &view_produce, produce_request(draft));
	free(full);
	str_release(&text);
	return draft != NULL;
}
