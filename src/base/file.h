/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files that are read, written and replaced whole, and the folders in which
 * weir keeps its own. What fails is said as "PATH: reason", and errno is left
 * as it was then. Any thread.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct str;

/*
 * Adds all that the file holds to *out; one of more than `max` bytes is
 * refused, with errno EFBIG. False is ERR_USAGE, because it is mostly the user
 * who names a file; *out may then hold a part. It leaves no copies: str_wipe()
 * of *out is enough for a secret.
 */
bool file_read(const char *path, size_t max, struct str *out, struct error *err);
/* The same, where "-" is standard input. */
bool file_read_input(const char *path, size_t max, struct str *out, struct error *err);
/* The same, from where `fd` stands to the end; `name` is what the error calls it. */
bool file_read_fd(int fd, const char *name, size_t max, struct str *out, struct error *err);

/* All of it, whatever a signal or a pipe makes of one write(). False: errno says why. */
bool file_write(int fd, const char *bytes, size_t len);

/* A new file, for all to read, open to write; -1 when there is one already. ERR_SYSTEM. */
int file_create(const char *path, struct error *err);

enum file_safety {
	FILE_QUICK,          /* a crash of the machine may lose the new text, never leave half of one */
	FILE_DURABLE         /* it is on the disk when this returns */
};

/* A new file in place of the old one, for this user only: who reads sees the one or the other. ERR_SYSTEM. */
bool file_replace(const char *path, const struct str *text, enum file_safety safety, struct error *err);

/* Waits until the name of a file that was made in its folder is on the disk, where the system can do that. */
void file_sync_folder(const char *path);

/*
 * Makes the folders above `path` that are missing, for this user only. Made
 * are folders, never what a link leads to; one that leads to a folder serves.
 * ERR_SYSTEM.
 */
bool file_make_folders(const char *path, struct error *err);

enum file_place {
	FILE_CONFIG,         /* $XDG_CONFIG_HOME/weir, else ~/.config/weir */
	FILE_STATE           /* $XDG_STATE_HOME/weir, else ~/.local/state/weir */
};

/* `name` in that folder; the caller frees. NULL: neither variable says where that is. */
char *file_own_path(enum file_place place, const char *name);

/* `path` with the home folder in place of a leading "~/"; the caller frees. */
char *file_expand_home(const char *path);

#endif
