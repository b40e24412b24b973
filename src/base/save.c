/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/save.h"

#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

static gboolean save_in_place(const char *path, const char *text, gsize length, GError **error)
{
    FILE *file = fopen(path, "wbe");
    if (!file)
        return plx_error(error, PLX_ERROR_IO, "cannot write %s: %s", path, g_strerror(errno));
    const gboolean written = fwrite(text, 1, length, file) == length;
    const int write_errno = errno;
    const gboolean closed = fclose(file) == 0;
    if (written && closed)
        return TRUE;
    return plx_error(error, PLX_ERROR_IO, "cannot write %s: %s", path,
                     g_strerror(written ? errno : write_errno));
}

gboolean plx_save(const char *path, const char *text, gsize length, GError **error)
{
    struct stat status;
    if (stat(path, &status) == 0 && S_ISDIR(status.st_mode))
        return plx_error(error, PLX_ERROR_IO, "cannot write %s: it is a directory", path);
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return save_in_place(path, text, length, error);
    g_autoptr(GError) cause = NULL;
    if (g_file_set_contents_full(path, text, (gssize)length, G_FILE_SET_CONTENTS_CONSISTENT, 0666,
                                 &cause))
        return TRUE;
    /* GLib names its temporary file and puts the system's reason last. */
    const char *reason = g_strrstr(cause->message, ": ");
    return plx_error(error, PLX_ERROR_IO, "cannot write %s: %s", path,
                     reason ? reason + 2 : "unknown error");
}
