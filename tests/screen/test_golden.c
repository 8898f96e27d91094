/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * test_golden [--write] [FILE...]: golden screens, all of tests/screen/ when none
 * is named. Each file is a script and what the screen must then hold in each size:
 *
 *     fixture rich            which made-up cluster: tests/support/fixture.h
 *     view topics             the first view
 *     keys j Enter "text"     keys as in [keys]; quoted text is typed; also
 *                             @NAME another snapshot, +MS time passes,
 *                             click:ROW,COL double:ROW,COL up:ROW,COL down:ROW,COL
 *     sizes 80x24 120x40 40x10 mono       only these (that is the default)
 *     context NAME, cluster-id ID, swapped ID, theme NAME, ascii, read-only, lines are comments after #
 *     --- 80x24
 *     ...                     as cells_dump() writes it
 *
 * --write puts the present pictures in place of the old ones: read the diff.
 */
#include <curses.h>
#include <glob.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "app/app_parts.h"
#include "app/keys.h"
#include "app/picture.h"
#include "base/clock.h"
#include "base/mem.h"
#include "capabilities.h"
#include "cells.h"
#include "fixture.h"
#include "ui/screen.h"
#include "ui/theme.h"
#include "work/works.h"

enum { SIZES_MAX = 8 };

struct script {
	struct settings settings;
	struct app_setup setup;
	char *fixture;
	char *keys;
	char *swapped; /* id of the cluster that answers after the keys; NULL: the same one */
	const char *sizes[SIZES_MAX];
	int size_count;
	int64_t passed_ms;
};

static const struct snapshot *large(void)
{
	return fixture_large(3000, 1, 0);
}

static const struct {
	const char *name;
	const struct snapshot *(*make)(void);
} fixtures[] = {
	{ "rich", fixture_rich },
	{ "plain", fixture_plain },
	{ "moving", fixture_moving },
	{ "configured", fixture_configured },
	{ "well", fixture_well },
	{ "connecting", fixture_connecting },
	{ "turned-away", fixture_turned_away },
	{ "empty", fixture_empty },
	{ "denied", fixture_denied },
	{ "lost", fixture_lost },
	{ "large", large },
};

static const char *file_name = "test_golden";

static _Noreturn void die(const char *why, const char *what)
{
	fprintf(stderr, "%s: %s: %s\n", file_name, why, what);
	exit(2);
}

static const struct snapshot *make_fixture(const char *name)
{
	for (size_t i = 0; i < sizeof(fixtures) / sizeof(*fixtures); i++)
		if (strcmp(fixtures[i].name, name) == 0)
			return fixtures[i].make();
	die("no such fixture", name);
}

static char *read_all(const char *path)
{
	struct str out = { 0 };
	char block[8192];
	FILE *f = fopen(path, "r");
	if (!f)
		die("cannot be read", path);
	for (size_t n; (n = fread(block, 1, sizeof(block), f)) > 0;)
		str_add_len(&out, block, n);
	fclose(f);
	return str_take(&out);
}

static void add_sizes(struct script *s, char *list)
{
	char *save = NULL;
	for (char *word = strtok_r(list, " ", &save); word && s->size_count < SIZES_MAX;
		word = strtok_r(NULL, " ", &save))
		s->sizes[s->size_count++] = word;
}

static void parse_line(struct script *s, char *line)
{
	char *rest = strchr(line, ' ');
	if (rest)
		*rest++ = '\0';
	if (strcmp(line, "fixture") == 0 && rest)
		s->fixture = rest;
	else if (strcmp(line, "view") == 0 && rest)
		s->settings.view = rest;
	else if (strcmp(line, "context") == 0 && rest)
		s->setup.cluster.gate.pin.context = rest;
	else if (strcmp(line, "cluster-id") == 0 && rest)
		s->setup.cluster.gate.pin.pinned = rest;
	else if (strcmp(line, "swapped") == 0 && rest)
		s->swapped = rest;
	else if (strcmp(line, "theme") == 0 && rest)
		s->settings.theme = rest;
	else if (strcmp(line, "keys") == 0 && rest)
		s->keys = rest;
	else if (strcmp(line, "sizes") == 0 && rest)
		add_sizes(s, rest);
	else if (strcmp(line, "ascii") == 0)
		s->settings.ascii = true;
	else if (strcmp(line, "read-only") == 0)
		s->setup.cluster.gate.read_only = "this run";
	else if (line[0] && line[0] != '#')
		die("unknown line", line);
}

/* Splits the text in place; what is kept points into it. */
static struct script parse_script(char *text)
{
	static const char *const usual[] = { "80x24", "120x40", "40x10", "mono" };
	struct script s = { .settings = SETTINGS_DEFAULTS,
		.setup.cluster = { .gate = { .pin.bootstrap = "kafka-1.example:9092", .timeout_ms = 1000 } } };
	char *save = NULL;
	s.settings.utc = true;
	for (char *line = strtok_r(text, "\n", &save); line && strncmp(line, "---", 3) != 0;
		line = strtok_r(NULL, "\n", &save))
		parse_line(&s, line);
	if (s.size_count == 0)
		for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
			s.sizes[s.size_count++] = usual[i];
	return s;
}

static void send_mouse(struct app *app, const char *word)
{
	static const char *const kinds[] = { "click", "double", "up", "down" };
	struct mouse_event event = { 0 };
	const char *colon = strchr(word, ':');
	for (int i = 0; i < 4; i++)
		if (strncmp(kinds[i], word, (size_t)(colon - word)) == 0)
			event.kind = (enum mouse_kind)i;
	if (sscanf(colon + 1, "%d,%d", &event.row, &event.col) != 2)
		die("no place", word);
	keys_take(app, KEY_MOUSE_EVENT, &event);
}

/*
 * Does what the event loop would do: works end and views update. A work that waits until it is cancelled is left
 * waiting.
 */
static void settle(struct app *app)
{
	const struct timespec pause = { .tv_nsec = 1000 * 1000 };
	int more = 60000; /* turns: enough for works to end on a busy machine */
	int64_t next;
	for (int turns = 0; turns < 300; turns++) {
		next = app_next_change(app);
		if (works_busy(app->shown->works)) {
			nanosleep(&pause, NULL);
			app_woken(app);
			if (!made_works_wait() && more-- > 0)
				turns--;
		} else if (next >= 0 && next <= clock_mono_ms()) {
			app_tick(app);
			turns += 20;
		} else {
			return;
		}
		picture_draw(app);
	}
}

/* The screen is drawn after each key, as in the program: scrolling depends on what was drawn before. */
static void send_word(struct app *app, struct script *s, const char *word)
{
	key_code key;
	if (word[0] == '@' && word[1]) {
		cluster_take_snapshot(app->shown, make_fixture(word + 1));
	} else if (word[0] == '+' && word[1]) {
		s->passed_ms += atoll(word + 1);
		fixture_freeze(s->passed_ms);
		app_tick(app);
	} else if (strchr(word, ':') && word[1] && word[1] != ':') {
		send_mouse(app, word);
	} else if (key_parse(word, &key)) {
		keys_take(app, key, NULL);
	} else {
		die("no such key", word);
	}
	picture_draw(app);
	settle(app);
}

static void send_keys(struct app *app, struct script *s)
{
	for (const char *p = s->keys ? s->keys : ""; *p;) {
		if (*p == ' ') {
			p++;
		} else if (*p == '"') {
			const char *end = strchr(p + 1, '"');
			if (!end)
				die("quote not closed", p);
			for (p++; p < end; p++) {
				keys_take(app, (key_code)(unsigned char)*p, NULL);
				picture_draw(app);
			}
			p++;
		} else {
			char *word = mem_strndup(p, strcspn(p, " "));
			send_word(app, s, word);
			p += strlen(word);
			free(word);
		}
	}
}

static void swap_cluster(struct app *app, const struct script *s)
{
	struct snapshot *other = (struct snapshot *)(uintptr_t)make_fixture(s->fixture);
	other->cluster_id = s->swapped;
	cluster_take_snapshot(app->shown, other);
	picture_draw(app);
}

static void draw_size(struct script *s, const char *size, struct str *out)
{
	int cols = 80, rows = 24;
	bool mono = strcmp(size, "mono") == 0;
	struct error err;
	if (!mono && sscanf(size, "%dx%d", &cols, &rows) != 2)
		die("no such size", size);
	struct screen_options options = { .ascii = s->settings.ascii, .no_color = mono };
	s->setup.settings = &s->settings;
	fixture_freeze(s->passed_ms = 0);
	if (!screen_start_test(rows, cols, "xterm-256color", &options, &err))
		die(size, err.message);
	if (!theme_use(s->settings.theme ? s->settings.theme : "default", &err))
		die("theme", err.message);
	struct app *app = app_new(&s->setup, &err);
	if (!app)
		die("cannot start", err.message);
	picture_draw(app);
	if (s->fixture)
		cluster_take_snapshot(app->shown, make_fixture(s->fixture));
	picture_draw(app);
	settle(app);
	send_keys(app, s);
	if (s->swapped)
		swap_cluster(app, s);
	str_addf(out, "--- %s\n", size);
	cells_dump(out);
	struct str wrong = { 0 };
	if (strcmp(size, s->sizes[0]) == 0 && !capabilities_hold(app, &wrong))
		fprintf(stderr, "%s: %s", file_name, str_text(&wrong));
	while (!app_free(app))
		; /* cancelled works end soon */
	screen_stop();
}

/* In a process of its own, because curses can be started only once in a process. */
static void draw_apart(struct script *s, const char *size, struct str *out)
{
	int ends[2];
	char block[8192];
	fflush(NULL);
	if (pipe(ends) != 0)
		die("pipe", size);
	pid_t child = fork();
	if (child == 0) {
		struct str mine = { 0 };
		close(ends[0]);
		draw_size(s, size, &mine);
		FILE *f = fdopen(ends[1], "w");
		fwrite(str_text(&mine), 1, mine.len, f);
		fclose(f);
		exit(0); /* not _exit(): leaks are checked at exit */
	}
	close(ends[1]);
	for (ssize_t n; (n = read(ends[0], block, sizeof(block))) > 0;)
		str_add_len(out, block, (size_t)n);
	close(ends[0]);
	int status;
	if (waitpid(child, &status, 0) != child || status != 0)
		die("drawing failed", size);
}

static void show_difference(const char *expected, const char *got)
{
	int line = 1;
	while (*expected && *expected == *got) {
		line += *expected == '\n';
		/* back to the start of the line for the message */
		expected++;
		got++;
	}
	const char *e = expected, *g = got;
	while (e[-1] && e[-1] != '\n' && g[-1] == e[-1])
		e--, g--;
	printf("%s, line %d after the script:\n  expected  %.*s\n  drawn     %.*s\n", file_name, line,
		(int)strcspn(e, "\n"), e, (int)strcspn(g, "\n"), g);
}

static bool check_file(const char *path, bool write)
{
	file_name = path;
	char *text = read_all(path), *copy = mem_strdup(text);
	const char *old = strstr(text, "\n--- ");
	old = old ? old + 1 : text + strlen(text);
	size_t script_len = (size_t)(old - text);
	struct script s = parse_script(copy);
	struct str now = { 0 };
	str_add_char(&now, '\n'); /* a line end at which the search backward stops */
	for (int i = 0; i < s.size_count; i++)
		draw_apart(&s, s.sizes[i], &now);
	const char *drawn = now.p + 1;
	bool same = strcmp(old, drawn) == 0;
	if (!same && write) {
		FILE *f = fopen(path, "w");
		if (!f)
			die("cannot be written", path);
		fprintf(f, "%.*s%s", (int)script_len, text, drawn);
		fclose(f);
		printf("wrote %s\n", path);
	} else if (!same) {
		show_difference(old, drawn);
	}
	str_release(&now);
	free(text);
	free(copy);
	return same || write;
}

int main(int argc, char **argv)
{
	bool write = argc > 1 && strcmp(argv[1], "--write") == 0;
	int failed = 0;
	glob_t all = { 0 };
	setenv("TZ", "UTC", 1);
	/* Do not use the themes and histories of the user who runs the tests. */
	setenv("XDG_CONFIG_HOME", "/dev/null", 1);
	setenv("XDG_STATE_HOME", "/dev/null", 1);
	if (!setlocale(LC_ALL, "C.UTF-8"))
		die("no locale", "C.UTF-8");
	char **files = argv + (write ? 2 : 1);
	if (!*files && glob("tests/screen/*.screen", 0, NULL, &all) == 0)
		files = all.gl_pathv;
	if (!*files)
		die("no golden screens", "run it in the project's folder");
	for (int i = 0; files[i]; i++) {
		bool good = check_file(files[i], write);
		const char *slash = strrchr(files[i], '/');
		printf("%s %d - %s\n", good ? "ok" : "not ok", i + 1, slash ? slash + 1 : files[i]);
		failed += !good;
	}
	globfree(&all);
	return failed ? 1 : 0;
}
