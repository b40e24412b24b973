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

/* Values and names in messages come from files, and messages go to terminals: control characters
 * (but for newlines, which are ours) must show, not act. */
static void append_safely(GString *out, const char *text)
{
    for (const guchar *at = (const guchar *)text; *at; at++) {
        if ((*at < 0x20 && *at != '\n') || *at == 0x7F)
            g_string_append_printf(out, "\\x%02X", *at);
        else if (*at == 0xC2 && at[1] >= 0x80 && at[1] < 0xA0)
            g_string_append_printf(out, "\\x%02X", *++at);
        else
            g_string_append_c(out, (char)*at);
    }
}

static void set_error(GError **error, enum plx_error code, const struct plx_loc *loc,
                      const char *format, va_list arguments) G_GNUC_PRINTF(4, 0);

static void set_error(GError **error, enum plx_error code, const struct plx_loc *loc,
                      const char *format, va_list arguments)
{
    g_autoptr(GString) text = g_string_new(NULL);
    append_loc(text, loc);
    g_string_append_vprintf(text, format, arguments);
    g_autoptr(GString) safe = g_string_sized_new(text->len + 1);
    append_safely(safe, text->str);
    g_set_error_literal(error, PLX_ERROR, (int)code, safe->str);
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

gboolean plx_error_is_nothing(const GError *error)
{
    return g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND) ||
           g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_SHOWN);
}
