/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/slurp.h"

#include "base/error.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

const char *plx_slurp_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static GByteArray *read_all(FILE *file, gsize most)
{
    g_autoptr(GByteArray) all = g_byte_array_new();
    guint8 block[16384];
    while (all->len <= most) {
        const gsize n = fread(block, 1, MIN(sizeof block, most + 1 - all->len), file);
        if (n == 0)
            break;
        g_byte_array_append(all, block, (guint)n);
    }
    return ferror(file) ? NULL : g_steal_pointer(&all);
}

GByteArray *plx_slurp(const char *path, gsize most, GError **error)
{
    const gboolean standard = strcmp(path, "-") == 0;
    const struct plx_loc loc = {plx_slurp_name(path), 0, 0};
    FILE *const file = standard ? stdin : fopen(path, "rbe");
    if (!file) {
        plx_error_at(error, PLX_ERROR_IO, &loc, "%s", g_strerror(errno));
        return NULL;
    }
    errno = 0;
    GByteArray *const all = read_all(file, most);
    const int reason = errno;
    if (!standard)
        fclose(file);
    if (!all && reason == EISDIR)
        plx_error_at(error, PLX_ERROR_INPUT, &loc, "is a directory; a file was expected");
    else if (!all)
        plx_error_at(error, PLX_ERROR_IO, &loc, "%s", g_strerror(reason));
    return all;
}
