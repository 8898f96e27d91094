/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/trust.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "base/str.h"

enum { LINKS_MOST = 40 }; /* as many as the kernel follows before ELOOP */

struct walk {
	struct str at; /* the folder reached, without links in it; "" is the root */
	char *rest;    /* what is still to be looked up from there */
	int links;
};

static bool is_ours(const struct stat *st)
{
	return st->st_uid == geteuid() || st->st_uid == 0;
}

static bool others_write(const struct stat *st)
{
	return (st->st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

/* Whether no other user can put another file under this name in the folder. */
static bool keeps_name(const struct stat *folder, const struct stat *entry)
{
	if (!is_ours(folder))
		return false;
	return !others_write(folder) || ((folder->st_mode & S_ISVTX) && S_ISDIR(entry->st_mode) && is_ours(entry));
}

static const char *folder_of(const struct walk *w)
{
	return w->at.len ? str_text(&w->at) : "/";
}

static void trust_walk_up(struct walk *w)
{
	const char *slash = w->at.len ? strrchr(w->at.p, '/') : NULL;

	if (!slash)
		return;
	w->at.len = (size_t)(slash - w->at.p);
	w->at.p[w->at.len] = '\0';
}

/* Puts the target of the link in front of the rest of the path. */
static bool trust_follow_link(struct walk *w, const char *path)
{
	char target[PATH_MAX];
	ssize_t len = readlink(path, target, sizeof(target) - 1);
	char *rest;

	if (len < 0)
		return false;
	target[len] = '\0';
	if (++w->links > LINKS_MOST) {
		errno = ELOOP;
		return false;
	}
	if (target[0] == '/')
		str_clear(&w->at);
	rest = mem_printf("%s/%s", target, w->rest);
	free(w->rest);
	w->rest = rest;
	return true;
}

/* Looks up one part of the path. False: *where is the file or folder that is not trusted. */
static bool trust_walk_step(struct walk *w, const char *name, struct str *where)
{
	struct stat folder, entry;
	struct str path = { 0 };
	bool ok = false;

	str_addf(&path, "%s/%s", str_text(&w->at), name);
	errno = 0;
	if (stat(folder_of(w), &folder) != 0 || lstat(str_text(&path), &entry) != 0) {
		str_add(where, str_text(&path));
	} else if (!keeps_name(&folder, &entry)) {
		str_add(where, folder_of(w));
	} else if (S_ISLNK(entry.st_mode)) {
		ok = trust_follow_link(w, str_text(&path));
		if (!ok)
			str_add(where, str_text(&path));
	} else if (!S_ISDIR(entry.st_mode) && (!is_ours(&entry) || others_write(&entry))) {
		str_add(where, str_text(&path));
	} else {
		str_clear(&w->at);
		str_add(&w->at, str_text(&path));
		ok = true;
	}
	str_release(&path);
	return ok;
}

static bool trust_walk(struct walk *w, struct str *where)
{
	for (;;) {
		char *name = w->rest + strspn(w->rest, "/"), *end = name + strcspn(name, "/"), *part;
		bool ok = true;

		if (!*name)
			return true;
		part = mem_strndup(name, (size_t)(end - name));
		memmove(w->rest, end, strlen(end) + 1);
		if (strcmp(part, "..") == 0)
			trust_walk_up(w);
		else if (strcmp(part, ".") != 0)
			ok = trust_walk_step(w, part, where);
		free(part);
		if (!ok)
			return false;
	}
}

bool trust_path(const char *path, struct str *where)
{
	char *here = path[0] == '/' ? NULL : realpath(".", NULL);
	struct walk w = { .rest = here ? mem_printf("%s/%s", here, path) : mem_strdup(path) };
	bool ok = trust_walk(&w, where);
	int why = errno;

	free(here);
	free(w.rest);
	str_release(&w.at);
	errno = why;
	return ok;
}

bool trust_own_file(int fd, const char *path, struct error *err)
{
	struct stat st;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return true;
	if (!is_ours(&st) && geteuid() != 0)
		return error_set(err, ERR_USAGE, "%s belongs to another user", path);
	if (others_write(&st) && fchmod(fd, st.st_mode & 07777 & ~(mode_t)(S_IWGRP | S_IWOTH)) == 0)
		log_write(LOG_WARN, "weir", "others could write to %s: they cannot any more", path);
	return true;
}
