/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads, writes and replaces whole files, and finds the folders in which weir
 * keeps its own. Error messages are "PATH: reason", and errno keeps the value of
 * the call that failed. Any thread.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct str;

/*
 * Appends the contents of the file to *out; a file of more than `max` bytes is
 * refused with errno EFBIG. Failures are ERR_USAGE, because mostly the user
 * named the file; *out may then hold a part of it. No other copies stay in
 * memory: for a secret, str_wipe() of *out is enough.
 */
bool file_read(const char *path, size_t max, struct str *out, struct error *err);
/* The same, where "-" is standard input. */
bool file_read_input(const char *path, size_t max, struct str *out, struct error *err);
/* The same, from the position of `fd` to the end; error messages call it `name`. */
bool file_read_fd(int fd, const char *name, size_t max, struct str *out, struct error *err);

/* Writes all of it, also when a signal or a pipe cuts one write() short. False: errno says why. */
bool file_write(int fd, const char *bytes, size_t len);

/* Makes a new file that everybody may read, open for writing; -1 when it exists already. ERR_SYSTEM. */
int file_create(const char *path, struct error *err);

enum file_safety {
	FILE_QUICK,  /* a crash of the machine may lose the new text, never leave half of one */
	FILE_DURABLE /* the new text is on the disk when the call returns */
};

/*
 * Replaces the file, readable for this user only. A reader sees the old text or the new,
 * no mixture. ERR_SYSTEM.
 */
bool file_replace(const char *path, const struct str *text, enum file_safety safety, struct error *err);

/* Waits until the folder's entry for a new file is on the disk, where the system can do that. */
void file_sync_folder(const char *path);

/*
 * Makes the missing folders above `path`, for this user only. A symbolic link to
 * a folder is followed; the target of a dangling one is not made. ERR_SYSTEM.
 */
bool file_make_folders(const char *path, struct error *err);

enum file_place {
	FILE_CONFIG, /* $XDG_CONFIG_HOME/weir, else ~/.config/weir */
	FILE_STATE   /* $XDG_STATE_HOME/weir, else ~/.local/state/weir */
};

/* The path of `name` in that folder; the caller frees. NULL: neither variable is set. */
char *file_own_path(enum file_place place, const char *name);

/* `path` with the home folder in place of a leading "~/"; the caller frees. */
char *file_expand_home(const char *path);

#endif
