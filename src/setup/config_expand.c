/* SPDX-License-Identifier: BSD-2-Clause */
/* ${...} in values of the configuration file. Secrets pass through here: no message shows a value. */
#include "setup/config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/process.h"
#include "base/str.h"
#include "base/trust.h"

enum { SECRET_MAX = 256 * 1024, EXPANDED_MAX = 1 << 20, PASSWORD_ROOM = 256 };

/* Somebody who can change the file, or replace it, could choose the command. */
static bool commands_allowed(const char *path, struct error *err)
{
	const char *unwanted = getenv("WEIR_NO_COMMANDS");
	struct str where = { 0 };

	if (unwanted && *unwanted)
		return error_set(err, ERR_USAGE, "${cmd:...} is not run, because WEIR_NO_COMMANDS is set");

	bool ok = trust_path(path, &where);

	if (!ok && errno)
		error_set(err, ERR_USAGE, "%s: %s", str_text(&where), strerror(errno));
	else if (!ok)
		error_set(err, ERR_USAGE, "${cmd:...} is not run, because others may write to %s; run chmod go-w on it",
			str_text(&where));
	str_release(&where);
	return ok;
}

/* Adds the text of a file or a command, without the end of its last line. */
static bool add_secret(struct str *out, struct str *text, const char *what, struct error *err)
{
	if (memchr(str_text(text), '\0', text->len))
		return error_set(err, ERR_USAGE, "%s: not text", what);
	while (text->len && (text->p[text->len - 1] == '\n' || text->p[text->len - 1] == '\r'))
		text->len--;
	str_add_len(out, str_text(text), text->len);
	return true;
}

static bool add_env(struct str *out, const char *name, struct error *err)
{
	const char *value = getenv(name);

	if (!value)
		return error_set(err, ERR_USAGE, "environment variable %s is not set", name);
	str_add(out, value);
	return true;
}

static bool add_file(struct str *out, const char *name, struct error *err)
{
	char *path = file_expand_home(name);
	struct str text = { 0 };

	bool ok = file_read(path, SECRET_MAX, &text, err) && add_secret(out, &text, path, err);

	str_wipe(&text);
	free(path);
	return ok;
}

static bool add_command(struct str *out, const char *command, const char *path, struct error *err)
{
	struct str text = { 0 };

	if (!commands_allowed(path, err))
		return false;

	struct process process;

	if (!process_open(&process, command, PROCESS_OUTPUT))
		return error_set(err, ERR_USAGE, "${cmd:...}: %s", strerror(errno));
	bool ok = file_read_fd(fileno(process.pipe), "${cmd:...}", SECRET_MAX, &text, err);
	int status = process_close(&process);

	if (ok && status != 0) {
		if (status > 0 && WIFEXITED(status))
			ok = error_set(err, ERR_USAGE, "${cmd:...} ended with status %d", WEXITSTATUS(status));
		else
			ok = error_set(err, ERR_USAGE, "${cmd:...} was killed by a signal");
	}
	ok = ok && add_secret(out, &text, "${cmd:...}", err);
	str_wipe(&text);
	return ok;
}

/* The brace that closes ${...}; pairs of braces inside are skipped. NULL: it is missing. */
static const char *closing_brace(const char *p)
{
	int depth = 1;

	for (; *p; p++) {
		if (*p == '{')
			depth++;
		else if (*p == '}' && --depth == 0)
			return p;
	}
	return NULL;
}

static bool add_reference(struct str *out, const char *start, const char *end, const char *path, struct error *err)
{
	char *inner = mem_strndup(start, (size_t)(end - start));
	bool ok;

	if (strncmp(inner, "env:", 4) == 0)
		ok = add_env(out, inner + 4, err);
	else if (strncmp(inner, "file:", 5) == 0)
		ok = add_file(out, inner + 5, err);
	else if (strncmp(inner, "cmd:", 4) == 0)
		ok = add_command(out, inner + 4, path, err);
	else
		ok = error_set(err, ERR_USAGE,
			"only ${env:NAME}, ${file:PATH} and ${cmd:COMMAND} are supported; "
			"$${ is a plain ${");
	free(inner);
	return ok;
}

static bool fits(const struct str *out, struct error *err)
{
	return out->len <= EXPANDED_MAX ||
		error_set(err, ERR_USAGE, "with what ${...} stands for it is longer than 1 MiB");
}

char *config_expand(const char *value, const char *path, struct error *err)
{
	struct str out = { 0 };

	str_room(&out, PASSWORD_ROOM); /* a password that never moves as it grows leaves no copies */
	str_clear(&out);
	for (const char *p = value; *p;) {
		if (strncmp(p, "$${", 3) == 0) {
			str_add(&out, "${");
			p += 3;
			continue;
		}
		if (strncmp(p, "${", 2) != 0) {
			str_add_char(&out, *p++);
			continue;
		}
		const char *end = closing_brace(p + 2);

		if (!end)
			error_set(err, ERR_USAGE, "${ without a closing }");
		if (!end || !add_reference(&out, p + 2, end, path, err) || !fits(&out, err)) {
			str_wipe(&out);
			return NULL;
		}
		p = end + 1;
	}
	return str_take(&out);
}
