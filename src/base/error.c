/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"

#include <gio/gio.h>

G_DEFINE_QUARK(plx - error - quark, plx_error)

static void append_loc(GString *text, const struct plx_loc *loc)
{
    if (!loc || !loc->file)
        return;
    g_string_append(text, loc->file);
    if (loc->line > 0) {
        g_string_append_printf(text, ":%" G_GUINT64_FORMAT, loc->line);
        if (loc->column > 0)
            g_string_append_printf(text, ":%" G_GUINT64_FORMAT, loc->column);
    }
    g_string_append(text, ": ");
}

static void set_error(GError **error, enum plx_error code, const struct plx_loc *loc,
                      const char *format, va_list arguments) G_GNUC_PRINTF(4, 0);

static void set_error(GError **error, enum plx_error code, const struct plx_loc *loc,
                      const char *format, va_list arguments)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_loc(text, loc);
    g_string_append_vprintf(text, format, arguments);
    g_set_error_literal(error, PLX_ERROR, (int)code, text->str);
}

/* Names in brackets: for clang-tidy they are macros as well. */
gboolean(plx_error_at)(GError **error, enum plx_error code, const struct plx_loc *loc,
                       const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_error(error, code, loc, format, arguments);
    va_end(arguments);
    return FALSE;
}

gboolean(plx_error)(GError **error, enum plx_error code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    set_error(error, code, NULL, format, arguments);
    va_end(arguments);
    return FALSE;
}

int plx_error_exit_status(const GError *error)
{
    if (error->domain == PLX_ERROR)
        return error->code;
    if (error->domain == G_IO_ERROR || error->domain == G_FILE_ERROR)
        return PLX_ERROR_IO;
    return PLX_ERROR_BUG;
}
