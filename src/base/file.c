/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

enum { BLOCK = 65536, KIB = 1024, MIB = 1024 * KIB };

/* Keeps errno, which error_set() may change. */
static bool file_fail(struct error *err, enum error_code code, const char *path)
{
	int why = errno;

	error_set(err, code, "%s: %s", path, strerror(why));
	errno = why;
	return false;
}

/* --- reading ------------------------------------------------------------- */

static bool refuse_size(struct error *err, const char *path, size_t max)
{
	if (max >= MIB)
		error_set(err, ERR_USAGE, "%s: larger than %zu MiB", path, max / MIB);
	else
		error_set(err, ERR_USAGE, "%s: larger than %zu KiB", path, max / KIB);
	errno = EFBIG;
	return false;
}

/*
 * One byte more than the maximum shows that the file is too large. A file has a known
 * size, so one block holds it.
 */
static size_t room_for(int fd, size_t len, size_t max)
{
	struct stat st;
	size_t room = BLOCK;

	if (len == 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0)
		room = (size_t)st.st_size + 1;
	return room < max - len + 1 ? room : max - len + 1;
}

/* Like str_room(), but wipes the old block when the text moves to a larger one. */
static char *file_make_room(struct str *s, size_t room)
{
	struct str larger = { 0 };

	if (s->cap - s->len <= room) {
		memcpy(str_reserve(&larger, s->len + room), str_text(s), s->len);
		str_grown(&larger, s->len);
		str_wipe(s);
		*s = larger;
	}
	return s->p + s->len;
}

bool file_read_fd(int fd, const char *name, size_t max, struct str *out, struct error *err)
{
	size_t len = 0;

	for (;;) {
		size_t room = room_for(fd, len, max);
		ssize_t n = read(fd, file_make_room(out, room), room);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return file_fail(err, ERR_USAGE, name);
		str_grown(out, (size_t)n);
		len += (size_t)n;
		if (n == 0)
			return true;
		if (len > max)
			return refuse_size(err, name, max);
	}
}

bool file_read(const char *path, size_t max, struct str *out, struct error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return file_fail(err, ERR_USAGE, path);
	bool ok = file_read_fd(fd, path, max, out, err);
	int why = errno;

	close(fd);
	errno = why;
	return ok;
}

bool file_read_input(const char *path, size_t max, struct str *out, struct error *err)
{
	return strcmp(path, "-") == 0 ? file_read_fd(STDIN_FILENO, path, max, out, err) :
					file_read(path, max, out, err);
}

/* --- writing ------------------------------------------------------------- */

bool file_write(int fd, const char *bytes, size_t len)
{
	while (len > 0) {
		ssize_t n = write(fd, bytes, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return false;
		bytes += n;
		len -= (size_t)n;
	}
	return true;
}

int file_create(const char *path, struct error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0 && errno == EEXIST)
		error_set(err, ERR_SYSTEM, "%s exists already: choose another name", path);
	else if (fd < 0)
		file_fail(err, ERR_SYSTEM, path);
	return fd;
}

void file_sync_folder(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash ? mem_strndup(path, (size_t)(slash - path) + 1) : mem_strdup(".");
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(folder);
}

bool file_replace(const char *path, const struct str *text, enum file_safety safety, struct error *err)
{
	/* A unique name: two weir processes, or two threads of one, never write into the same file. */
	char *draft = mem_printf("%s.XXXXXX", path);
	int fd = mkostemp(draft, O_CLOEXEC); /* mode 0600 */
	bool ok = fd >= 0 && file_write(fd, str_text(text), text->len) && (safety != FILE_DURABLE || fsync(fd) == 0);

	if (fd >= 0) {
		ok = close(fd) == 0 && ok;
		ok = ok && rename(draft, path) == 0;
	}
	if (!ok)
		file_fail(err, ERR_SYSTEM, path);
	if (!ok && fd >= 0) {
		int why = errno;

		unlink(draft);
		errno = why;
	}
	free(draft);
	if (ok && safety == FILE_DURABLE)
		file_sync_folder(path);
	return ok;
}

/* --- folders ------------------------------------------------------------- */

/* mkdir() does not follow a symbolic link in the last part of the path. */
static bool file_make_folder(const char *path)
{
	struct stat st;

	if (mkdir(path, 0700) == 0)
		return true;
	int why = errno;

	if (stat(path, &st) == 0)
		why = ENOTDIR;
	errno = why;
	return why == ENOTDIR && S_ISDIR(st.st_mode);
}

bool file_make_folders(const char *path, struct error *err)
{
	char *folder = mem_strdup(path);
	bool ok = true;

	for (char *p = folder; ok && *p && (p = strchr(p + 1, '/')) != NULL;) {
		*p = '\0';
		ok = file_make_folder(folder) || file_fail(err, ERR_SYSTEM, folder);
		*p = '/';
	}
	int why = errno;

	free(folder);
	errno = why;
	return ok;
}

char *file_own_path(enum file_place place, const char *name)
{
	const char *base = getenv(place == FILE_CONFIG ? "XDG_CONFIG_HOME" : "XDG_STATE_HOME"), *home = getenv("HOME");

	/* The XDG specification says that relative paths are ignored. */
	if (base && base[0] == '/')
		return mem_printf("%s/weir/%s", base, name);
	if (!home || !*home)
		return NULL;
	return mem_printf("%s/%s/weir/%s", home, place == FILE_CONFIG ? ".config" : ".local/state", name);
}

char *file_expand_home(const char *path)
{
	const char *home = strncmp(path, "~/", 2) == 0 ? getenv("HOME") : NULL;

	return home ? mem_printf("%s%s", home, path + 1) : mem_strdup(path);
}
