/* SPDX-License-Identifier: BSD-2-Clause */
/* The user's choice of how keys and values of a topic are decoded. The topic is that of the record under the cursor. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "ui/prompt.h"
#include "views/records/records.h"
#include "views/records/records_ask.h"

struct decoder_asked {
	struct records *r;
	const char *topic; /* one of the records' topics */
	bool is_key;
	char *name; /* of the decoder that wants a parameter */
};

static void decoder_asked_free(struct decoder_asked *q)
{
	free(q->name);
	free(q);
}

static bool set_decoder(struct records *r, const char *topic, bool is_key, const char *text, struct error *err)
{
	struct codec_choice choice = { .id = CODEC_AUTO };
	struct records_topic *t = records_topic(r, topic);

	if (strcmp(text, "auto") != 0 && !codec_choice_parse(&choice, text, err))
		return false;
	codec_choice_release(&t->choice[is_key]);
	t->choice[is_key] = choice;
	r->ui->calls->remember_decoder(r->ui, topic, is_key, text);
	records_forget_rows(r);
	r->rows.decoders_changed = true;
	records_say(r, SEVERITY_OK, "%s of %s: %s", is_key ? "keys" : "values", topic, text);
	r->ui->calls->changed(r->ui);
	return true;
}

static void take_parameter(struct ui *ui, void *data, const char *text)
{
	struct decoder_asked *q = data;
	struct error err;

	if (text && *text && !set_decoder(q->r, q->topic, q->is_key, text, &err)) {
		ui->calls->prompt(ui, "decoder: ", text, "decoders", NULL, take_parameter, q);
		ui->calls->prompt_fault(ui, strcspn(text, ":") + 1, err.message);
		return;
	}
	decoder_asked_free(q);
}

static void take_decoder(struct ui *ui, void *data, size_t chosen)
{
	struct decoder_asked *q = data;
	const struct codec *codec = chosen > 0 && chosen < CODEC_COUNT ? codec_get((enum codec_id)chosen) : NULL;
	struct error err;

	if (chosen == SIZE_MAX) {
		decoder_asked_free(q);
	} else if (codec && codec->missing) {
		records_say(q->r, SEVERITY_WARN, "%s: %s", codec->name, codec->missing);
		decoder_asked_free(q);
	} else if (codec && codec->parameter) {
		struct str label = { 0 };

		q->name = mem_printf("%s:", codec->name);
		str_addf(&label, "decoder, then %s: ", codec->parameter);
		ui->calls->prompt(ui, str_text(&label), q->name, "decoders", NULL, take_parameter, q);
		str_release(&label);
	} else {
		if (!set_decoder(q->r, q->topic, q->is_key, codec ? codec->name : "auto", &err))
			records_say(q->r, SEVERITY_WARN, "%s", err.message);
		decoder_asked_free(q);
	}
}

void records_ask_decoder(struct records *r, const char *topic, bool is_key, const char *text)
{
	struct choice choices[CODEC_COUNT] = { { "auto", "detect per record", false } };
	struct codec_choice own;
	struct decoder_asked *q;
	struct error err;

	if (text) {
		if (!set_decoder(r, topic, is_key, text, &err))
			records_say(r, SEVERITY_WARN, "%s", err.message);
		return;
	}
	for (int i = 1; i < CODEC_COUNT; i++)
		choices[i] =
			(struct choice){ codec_get((enum codec_id)i)->name, codec_get((enum codec_id)i)->help, false };
	q = mem_alloc(sizeof(*q));
	*q = (struct decoder_asked){ .r = r, .topic = topic, .is_key = is_key };
	char *title = mem_printf("decoder of the %s of %s", is_key ? "keys" : "values", topic);

	r->ui->calls->pick(r->ui, title, choices, CODEC_COUNT, (size_t)records_choice(r, topic, is_key, &own)->id,
		take_decoder, q);
	free(title);
}
