/* SPDX-License-Identifier: BSD-2-Clause */
#include "ui/screen.h"

/* before term.h, which defines macros of common words such as lines */
#include "base/log.h"

#include <curses.h>
#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#include "base/str.h"
#include "ui/guard.h"

enum { ESCAPE_DELAY_MS = 25 };

/* curses has one current terminal; this is everything that belongs to it. */
static struct {
	SCREEN *curses;
	const char *term; /* whose description is used */
	enum color_mode colors;
	bool ascii;
	bool mouse;
	bool cursor_shown;
	int cursor_row, cursor_col;       /* where the flush puts the cursor, because drawing moves it */
	const char *paste_on, *paste_off; /* NULL: the terminal has no bracketed paste */
} screen;

static bool locale_is_utf8(void)
{
	const char *codeset = nl_langinfo(CODESET);
	return strcmp(codeset, "UTF-8") == 0 || strcmp(codeset, "utf8") == 0;
}

/* When terminfo has RGB, a colour number is the colour itself, 8 bits for each part. */
static bool terminal_has_rgb(void)
{
	if (COLORS < 1 << 24)
		return false;
	char name[] = "RGB";
	char *text = tigetstr(name);
	return tigetflag(name) > 0 || tigetnum(name) == 8 || (text && text != (char *)-1);
}

static enum color_mode find_colors(bool no_color)
{
	if (no_color || !has_colors() || start_color() == ERR)
		return COLORS_NONE;
	use_default_colors();
	if (terminal_has_rgb())
		return COLORS_RGB;
	return COLORS >= 256 ? COLORS_256 : COLORS >= 16 ? COLORS_16 : COLORS_8;
}

static const char *capability(const char *name)
{
	char *text = tigetstr((char *)(uintptr_t)name);
	return text && text != (char *)-1 ? text : NULL;
}

/* Not every terminfo entry names bracketed paste; these families of terminals have it. */
static void find_paste(void)
{
	const char *term = screen.term;
	screen.paste_on = capability("BE");
	screen.paste_off = capability("BD");
	if (screen.paste_on && screen.paste_off)
		return;
	screen.paste_on = screen.paste_off = NULL;
	if (term && (!strncmp(term, "xterm", 5) || !strncmp(term, "tmux", 4) || !strncmp(term, "screen", 6))) {
		screen.paste_on = "\033[?2004h";
		screen.paste_off = "\033[?2004l";
	}
}

/* Appends a capability without its padding ($<5>): a signal handler cannot wait for it. */
static void add_capability(struct str *out, const char *name)
{
	for (const char *p = capability(name); p && *p;) {
		const char *end = p[0] == '$' && p[1] == '<' ? strchr(p, '>') : NULL;
		if (end)
			p = end + 1;
		else
			str_add_char(out, *p++);
	}
}

static void arm_guard(const struct termios *modes)
{
	struct str restore = { 0 };
	if (screen.paste_off)
		str_add(&restore, screen.paste_off);
	if (screen.mouse)
		str_add(&restore, "\033[?1006;1000l");
	add_capability(&restore, "rmkx");
	add_capability(&restore, "sgr0");
	add_capability(&restore, "op");
	add_capability(&restore, "cnorm");
	add_capability(&restore, "rmcup");
	guard_arm(modes, str_text(&restore));
	str_release(&restore);
}

/* Adds sequences that many terminals send, whatever their terminfo entry says. */
static void add_usual_keys(void)
{
	static const struct {
		const char *sequence;
		int key;
	} usual[] = {
		{ "\033[1~", KEY_HOME },
		{ "\033[7~", KEY_HOME },
		{ "\033[H", KEY_HOME },
		{ "\033OH", KEY_HOME },
		{ "\033[4~", KEY_END },
		{ "\033[8~", KEY_END },
		{ "\033[F", KEY_END },
		{ "\033OF", KEY_END },
		{ "\033[A", KEY_UP },
		{ "\033OA", KEY_UP },
		{ "\033[B", KEY_DOWN },
		{ "\033OB", KEY_DOWN },
		{ "\033[C", KEY_RIGHT },
		{ "\033OC", KEY_RIGHT },
		{ "\033[D", KEY_LEFT },
		{ "\033OD", KEY_LEFT },
		{ "\033[5~", KEY_PPAGE },
		{ "\033[6~", KEY_NPAGE },
		{ "\033[3~", KEY_DC },
		{ "\033[Z", KEY_BTAB },
	};
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (key_defined(usual[i].sequence) == 0)
			define_key(usual[i].sequence, usual[i].key);
}

static void set_modes(const struct screen_options *options)
{
	raw();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	nodelay(stdscr, TRUE);
	intrflush(stdscr, FALSE);
	leaveok(stdscr, TRUE);
	set_escdelay(ESCAPE_DELAY_MS);
	curs_set(0);
	screen.cursor_shown = false;
	screen.ascii = options->ascii || !locale_is_utf8();
	screen.colors = find_colors(options->no_color);
}

/* Similar entries for terminals whose own entry many hosts lack. */
static const char *stand_in(const char *term)
{
	static const struct {
		const char *begin, *known;
	} families[] = {
		{ "xterm", "xterm-256color" },
		{ "foot", "xterm-256color" },
		{ "alacritty", "xterm-256color" },
		{ "wezterm", "xterm-256color" },
		{ "ghostty", "xterm-256color" },
		{ "kitty", "xterm-256color" },
		{ "contour", "xterm-256color" },
		{ "rio", "xterm-256color" },
		{ "konsole", "xterm-256color" },
		{ "vte", "xterm-256color" },
		{ "gnome", "xterm-256color" },
		{ "iterm", "xterm-256color" },
		{ "mintty", "xterm-256color" },
		{ "ms-terminal", "xterm-256color" },
		{ "tmux", "screen-256color" },
		{ "screen", "screen-256color" },
	};
	for (size_t i = 0; i < sizeof(families) / sizeof(*families); i++)
		if (strncmp(term, families[i].begin, strlen(families[i].begin)) == 0)
			return families[i].known;
	return NULL;
}

/* False: neither the type nor a similar one is known here. */
static bool open_terminal(void)
{
	const char *term = getenv("TERM"), *other;
	screen.term = term ? term : "";
	screen.curses = newterm(NULL, stdout, stdin);
	if (screen.curses || !(other = stand_in(screen.term)))
		return screen.curses;
	screen.curses = newterm(other, stdout, stdin);
	if (screen.curses) {
		log_write(LOG_INFO, "screen", "terminal type %s is not known on this host: used as %s", screen.term,
			other);
		screen.term = other;
	}
	return screen.curses;
}

bool screen_start(const struct screen_options *options, struct error *err)
{
	struct termios modes;
	if (!isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &modes) != 0)
		return error_set(err, ERR_USAGE,
			"standard input and output must be a terminal; "
			"in scripts use weir lag, groups, topics or brokers");
	use_env(TRUE);
	use_tioctl(TRUE);
	if (!open_terminal())
		return error_set(err, ERR_USAGE,
			"this host has no terminfo description of the terminal type %s: install it, or "
			"run TERM=xterm-256color weir",
			*screen.term ? screen.term : "(TERM is not set)");
	if (!capability("cup")) {
		endwin();
		delscreen(screen.curses);
		screen.curses = NULL;
		return error_set(err, ERR_USAGE,
			"terminal type %s cannot place text: set TERM, for example "
			"TERM=xterm-256color",
			screen.term);
	}
	set_modes(options);
	find_paste();
	screen.mouse = !options->no_mouse && capability("kmous");
	if (screen.mouse) {
		mousemask(BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED, NULL);
		mouseinterval(0);
	}
	if (screen.paste_on) {
		define_key("\033[200~", KEY_MAX - 2);
		define_key("\033[201~", KEY_MAX - 1);
		screen_send(screen.paste_on, strlen(screen.paste_on));
	}
	add_usual_keys();
	arm_guard(&modes);
	return true;
}

bool screen_start_test(int rows, int cols, const char *term, const struct screen_options *options, struct error *err)
{
	FILE *out = fopen("/dev/null", "w"), *in = fopen("/dev/null", "r");
	screen.curses = out && in ? newterm(term, out, in) : NULL;
	if (!screen.curses)
		return error_set(err, ERR_USAGE, "no screen of type %s", term);
	set_modes(options);
	resizeterm(rows, cols);
	return true;
}

/* Without an alternate screen, the shell's prompt comes on the last line, so that must be empty. */
static void end_curses(void)
{
	if (screen.paste_off)
		screen_send(screen.paste_off, strlen(screen.paste_off));
	if (!isendwin() && !capability("smcup")) {
		move(LINES - 1, 0);
		clrtoeol();
		refresh();
	}
	endwin();
}

void screen_stop(void)
{
	if (!screen.curses)
		return;
	end_curses();
	guard_disarm();
	delscreen(screen.curses);
	screen.curses = NULL;
	screen.paste_on = screen.paste_off = NULL;
	screen.mouse = false;
}

void screen_leave(void)
{
	end_curses();
}

/*
 * Stops the whole process group: a make or script that runs weir in the foreground must stop with it. Returns
 * when it continues. The handler of SIGCONT is off meanwhile: it would paint the picture twice, with the
 * shell's screen visible in between.
 */
static void stop_group(int sig)
{
	struct sigaction plain = { .sa_handler = SIG_DFL }, stop, go_on;
	sigemptyset(&plain.sa_mask);
	sigaction(sig, &plain, &stop);
	sigaction(SIGCONT, &plain, &go_on);
	kill(0, sig);
	sigaction(SIGCONT, &go_on, NULL);
	sigaction(sig, &stop, NULL);
}

void screen_suspend(void)
{
	screen_leave();
	stop_group(SIGTSTP);
	screen_repaint();
}

/*
 * When weir is continued in the background, the terminal is still the shell's: stops again before writing a
 * byte.
 */
static void wait_for_foreground(void)
{
	if (tcgetpgrp(STDIN_FILENO) != getpgrp())
		stop_group(SIGTTOU);
}

void screen_repaint(void)
{
	wait_for_foreground();
	/* Ending curses twice would move the shell's cursor to where it was at the first start. */
	if (!isendwin())
		endwin();
	screen_resize();
	clearok(curscr, TRUE);
	refresh();
	if (screen.paste_on)
		screen_send(screen.paste_on, strlen(screen.paste_on));
}

bool screen_resize(void)
{
	struct winsize size;
	if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0)
		return false;
	if (size.ws_row == LINES && size.ws_col == COLS)
		return false;
	resizeterm(size.ws_row, size.ws_col);
	/* Terminals move or wrap their content in ways that curses cannot know. */
	clearok(curscr, TRUE);
	return true;
}

void screen_flush(void)
{
	if (screen.cursor_shown)
		move(screen.cursor_row, screen.cursor_col);
	refresh();
}

void screen_cursor(int row, int col)
{
	bool show = row >= 0;
	screen.cursor_row = row;
	screen.cursor_col = col;
	if (show == screen.cursor_shown)
		return;
	screen.cursor_shown = show;
	leaveok(stdscr, !show);
	curs_set(show ? 1 : 0);
}

struct area screen_area(void)
{
	return (struct area){ .row = 0, .col = 0, .rows = LINES, .cols = COLS };
}

enum color_mode screen_colors(void)
{
	return screen.colors;
}

void screen_send(const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(STDOUT_FILENO, bytes, len);
		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

/* The console's font has at most 512 glyphs, none of them braille. */
enum draw_glyphs draw_glyphs(void)
{
	if (screen.ascii)
		return GLYPHS_ASCII;
	const char *term = termname();
	return term && strncmp(term, "linux", 5) == 0 ? GLYPHS_BLOCKS : GLYPHS_BRAILLE;
}

bool draw_is_ascii(void)
{
	return screen.ascii;
}
