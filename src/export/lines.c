/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/lines.h"

#include <errno.h>
#include <unistd.h>

#define FLOW_BYTES (256 * 1024)

gboolean plx_lines_open(struct plx_lines *lines, const struct plx_target *target, gboolean gzip,
                        GError **error)
{
    *lines = (struct plx_lines){.target = target};
    if (gzip) {
        const int own = dup(target->fd); /* gzclose closes it */
        lines->gzip = own >= 0 ? gzdopen(own, "wb") : NULL;
        if (!lines->gzip) {
            const int code = errno;
            if (own >= 0)
                close(own);
            return plx_target_error(target, code, error);
        }
    }
    lines->text = g_string_sized_new(2 * FLOW_BYTES);
    return TRUE;
}

static gboolean gzip_fault(const struct plx_lines *lines, GError **error)
{
    return plx_target_error(lines->target, errno ? errno : EIO, error);
}

static gboolean pour(struct plx_lines *lines, GError **error)
{
    GString *const text = lines->text;
    errno = 0;
    if (lines->gzip && text->len > 0 && gzwrite(lines->gzip, text->str, (unsigned)text->len) == 0)
        return gzip_fault(lines, error);
    if (!lines->gzip && !plx_target_write(lines->target, text->str, text->len, error))
        return FALSE;
    g_string_truncate(text, 0);
    return TRUE;
}

gboolean plx_lines_flow(struct plx_lines *lines, GError **error)
{
    return lines->text->len < FLOW_BYTES || pour(lines, error);
}

gboolean plx_lines_end(struct plx_lines *lines, GError **error)
{
    if (!pour(lines, error))
        return FALSE;
    if (!lines->gzip)
        return TRUE;
    errno = 0;
    const int code = gzclose(lines->gzip);
    lines->gzip = NULL;
    return code == Z_OK || gzip_fault(lines, error);
}

void plx_lines_clear(struct plx_lines *lines)
{
    if (lines->gzip)
        gzclose(lines->gzip);
    if (lines->text)
        g_string_free(lines->text, TRUE);
    *lines = (struct plx_lines){0};
}
