/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks who can change a file or replace it. Any thread. */
#ifndef BASE_TRUST_H
#define BASE_TRUST_H

#include <stdbool.h>

#include "base/error.h"

struct str;

/*
 * True when nobody but root and this user can change the file, or put another
 * one in its place: each folder in which a part of the path is looked up, and
 * each that a symbolic link leads through, up to the root, is theirs alone. A
 * folder that everybody may write to, like /tmp, may lie above a folder of the
 * user's own when it is sticky. False: *where is the file or folder that others
 * may change, or that cannot be looked at (errno says why; else errno is 0).
 */
bool trust_path(const char *path, struct str *where);

/*
 * For a file that weir keeps and that may have existed before: removes the right
 * of others to write to it, and checks that it belongs to this user (root may
 * use any). Only regular files are checked. False: another user owns it.
 */
bool trust_own_file(int fd, const char *path, struct error *err);

#endif
