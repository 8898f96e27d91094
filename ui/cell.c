/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/cell.h"

#include <math.h>

#include "base/text.h"
#include "model/format.h"

void cell_release(struct cell *c)
{
	str_release(&c->text);
}

void cell_clear(struct cell *c)
{
	struct str text = c->text;

	str_clear(&text);
	*c = (struct cell){ .text = text, .role = ROLE_TEXT };
}

void cell_text(struct cell *c, const char *text)
{
	if (!text)
		return;
	c->kind = CELL_TEXT;
	str_add(&c->text, text);
}

void cell_textf(struct cell *c, const char *fmt, ...)
{
	va_list ap;

	c->kind = CELL_TEXT;
	va_start(ap, fmt);
	str_addv(&c->text, fmt, ap);
	va_end(ap);
}

void cell_int(struct cell *c, int64_t value)
{
	c->kind = CELL_INT;
	c->integer = value;
}

void cell_count(struct cell *c, int64_t value)
{
	if (value >= 0)
		cell_int(c, value);
}

void cell_real(struct cell *c, double value)
{
	if (isnan(value))
		return;
	c->kind = CELL_REAL;
	c->real = value;
}

void cell_bool(struct cell *c, bool value, const char *drawn)
{
	c->kind = CELL_BOOL;
	c->integer = value;
	str_add(&c->text, drawn);
}

void cell_series(struct cell *c, const struct series *s, enum spark_scale scale)
{
	c->kind = CELL_SERIES;
	c->series = s;
	c->scale = scale;
}

enum role severity_role(enum severity severity)
{
	static const enum role roles[SEVERITY_COUNT] = { ROLE_TEXT, ROLE_OK, ROLE_WARN, ROLE_CRIT };

	return roles[severity];
}

const char *severity_sign(enum severity severity)
{
	static const char *const signs[SEVERITY_COUNT] = { " ", " ", "~", "!" };

	return signs[severity];
}

void cell_severity(struct cell *c, enum severity severity)
{
	if (c->sign == '!' || (c->sign == '~' && severity != SEVERITY_CRIT))
		return;
	if (severity != SEVERITY_NONE)
		c->role = severity_role(severity);
	if (severity > SEVERITY_OK)
		c->sign = *severity_sign(severity);
}

void cell_stale(struct cell *c)
{
	if (c->kind == CELL_UNKNOWN)
		return;
	c->role = ROLE_STALE;
	if (!c->sign)
		c->sign = '?';
}

void cell_draw_text(const struct cell *c, int cols, struct str *out)
{
	size_t start = out->len;

	if (c->text.len) {
		if (c->brief && text_cols(c->text.p) + (c->sign ? 2 : 0) > cols)
			str_add(out, c->brief);
		else
			str_add_len(out, c->text.p, c->text.len);
		return;
	}
	switch (c->kind) {
	case CELL_UNKNOWN:
		str_add_char(out, '-');
		return;
	case CELL_INT:
		format_count(out, c->integer);
		break;
	case CELL_REAL:
		format_rate(out, c->real);
		break;
	case CELL_TEXT:
	case CELL_BOOL:
	case CELL_SERIES:
		return;
	}
	if (text_cols(str_text(out) + start) <= cols)
		return;
	out->len = start;
	out->p[start] = '\0';
	format_short(out, c->kind == CELL_INT ? (double)c->integer : c->real);
}
