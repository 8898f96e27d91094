/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/color.h"

#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	unsigned rgb; /* as xterm shows it */
} named[16] = {
	{ "black", 0x000000 },
	{ "red", 0xcd0000 },
	{ "green", 0x00cd00 },
	{ "yellow", 0xcdcd00 },
	{ "blue", 0x0000ee },
	{ "magenta", 0xcd00cd },
	{ "cyan", 0x00cdcd },
	{ "white", 0xe5e5e5 },
	{ "bright-black", 0x7f7f7f },
	{ "bright-red", 0xff0000 },
	{ "bright-green", 0x00ff00 },
	{ "bright-yellow", 0xffff00 },
	{ "bright-blue", 0x5c5cff },
	{ "bright-magenta", 0xff00ff },
	{ "bright-cyan", 0x00ffff },
	{ "bright-white", 0xffffff },
};

static int channel(unsigned rgb, int shift)
{
	return (int)((rgb >> shift) & 0xff);
}

/* Squared distance, weighted by the eye's sensitivity to red, green and blue. */
static long color_distance(unsigned a, unsigned b)
{
	long r = channel(a, 16) - channel(b, 16), g = channel(a, 8) - channel(b, 8), bl = channel(a, 0) - channel(b, 0);
	return 3 * r * r + 6 * g * g + bl * bl;
}

/* The 256-colour palette from 16 on: a 6x6x6 cube, then 24 greys. Terminals may change the first 16. */
static unsigned palette_rgb(int index)
{
	static const unsigned char level[6] = { 0, 95, 135, 175, 215, 255 };
	if (index >= 232) {
		unsigned grey = (unsigned)(8 + 10 * (index - 232));
		return grey << 16 | grey << 8 | grey;
	}
	int i = index - 16;
	return (unsigned)level[i / 36] << 16 | (unsigned)level[i / 6 % 6] << 8 | level[i % 6];
}

static int nearest_256(unsigned rgb)
{
	int best = 16;
	for (int i = 17; i < 256; i++)
		if (color_distance(palette_rgb(i), rgb) < color_distance(palette_rgb(best), rgb))
			best = i;
	return best;
}

static int nearest_16(unsigned rgb)
{
	int best = 0;
	for (int i = 1; i < 16; i++)
		if (color_distance(named[i].rgb, rgb) < color_distance(named[best].rgb, rgb))
			best = i;
	return best;
}

static int find_named(const char *text, size_t len)
{
	for (int i = 0; i < 16; i++)
		if (strlen(named[i].name) == len && strncasecmp(named[i].name, text, len) == 0)
			return i;
	return -1;
}

static bool parse_hex(const char *text, size_t len, unsigned *rgb)
{
	if (len != 7 || text[0] != '#')
		return false;
	*rgb = 0;
	for (size_t i = 1; i < 7; i++) {
		char c = text[i] | 0x20;
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f')))
			return false;
		*rgb = *rgb << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	return true;
}

static bool parse_index(const char *text, size_t len, int *index)
{
	int n = 0;
	if (len == 0 || len > 3)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		n = 10 * n + (text[i] - '0');
	}
	*index = n;
	return n < 256;
}

/* "default" or a name; -2 when it is neither. */
static int parse_basic(const char *text, size_t len)
{
	if (len == 7 && strncasecmp(text, "default", 7) == 0)
		return -1;
	int i = find_named(text, len);
	return i >= 0 ? i : -2;
}

bool color_parse(const char *text, size_t len, struct color *out, struct error *err)
{
	*out = (struct color){ 0 };
	int basic = parse_basic(text, len);
	if (basic >= -1) {
		out->is_default = basic == -1;
		out->is_named = basic >= 0;
		out->rgb = basic >= 0 ? named[basic].rgb : 0;
		out->c256 = out->c16 = basic;
		return true;
	}
	const char *end = text + len;
	const char *slash = memchr(text, '/', len);
	const char *hex_end = slash ? slash : end;
	if (!parse_hex(text, (size_t)(hex_end - text), &out->rgb))
		goto bad;
	if (!slash) {
		out->c256 = nearest_256(out->rgb);
		out->c16 = nearest_16(out->rgb);
		return true;
	}
	const char *from = slash + 1;
	slash = memchr(from, '/', (size_t)(end - from));
	size_t index_len = (size_t)((slash ? slash : end) - from);
	if (index_len == 7 && strncasecmp(from, "default", 7) == 0)
		out->c256 = -1;
	else if (!parse_index(from, index_len, &out->c256))
		goto bad;
	if (!slash) {
		out->c16 = nearest_16(out->rgb);
		return true;
	}
	out->c16 = parse_basic(slash + 1, (size_t)(end - slash - 1));
	if (out->c16 >= -1)
		return true;
bad:
	return error_set(err, ERR_USAGE,
		"%.*s is no colour: write default, a name such as bright-red, #rrggbb "
		"or #rrggbb/NUMBER/NAME",
		(int)(len > 60 ? 60 : len), text);
}

int color_number(const struct color *c, enum color_mode mode)
{
	if (c->is_default || mode == COLORS_NONE)
		return -1;
	switch (mode) {
	case COLORS_RGB:
		/* Direct colour terminals keep the first eight numbers for the user's palette. */
		if (c->is_named && c->c16 < 8)
			return c->c16;
		return c->rgb < 8 ? (c->rgb ? 0x000008 : 0) : (int)c->rgb;
	case COLORS_256:
		return c->c256;
	case COLORS_16:
		return c->c16;
	default:
		return c->c16 == 8 ? 7 : c->c16 > 8 ? c->c16 - 8 : c->c16;
	}
}

bool color_equal(const struct color *a, const struct color *b)
{
	return a->is_default == b->is_default && a->is_named == b->is_named && a->rgb == b->rgb && a->c256 == b->c256 &&
		a->c16 == b->c16;
}

bool color_is_light(const struct color *c)
{
	return 299 * channel(c->rgb, 16) + 587 * channel(c->rgb, 8) + 114 * channel(c->rgb, 0) > 140 * 1000;
}
