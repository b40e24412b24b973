/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/lines.h"

#include "base/error.h"
#include "base/number.h"

#include <string.h>

static void put_part(GString *out, const char *part)
{
    for (; *part; part++) {
        const char *const found = strchr("\t\n\r\\", *part);
        if (!found) {
            g_string_append_c(out, *part);
            continue;
        }
        g_string_append_c(out, '\\');
        g_string_append_c(out, *part == '\t'   ? 't'
                               : *part == '\n' ? 'n'
                               : *part == '\r' ? 'r'
                                               : *part);
    }
}

void plx_line_put(GString *out, const char *first, ...)
{
    va_list parts;
    va_start(parts, first);
    put_part(out, first);
    for (const char *part = va_arg(parts, const char *); part; part = va_arg(parts, const char *)) {
        g_string_append_c(out, '\t');
        put_part(out, part);
    }
    va_end(parts);
    g_string_append_c(out, '\n');
}

gboolean plx_lines_error(const struct plx_lines *lines, GError **error, const char *message)
{
    return plx_error(error, PLX_ERROR_INPUT, "%s: line %u: %s", lines->name, lines->number,
                     message);
}

/* In place; FALSE for an escape that is none. */
static gboolean unescape(char *part)
{
    char *to = part;
    for (const char *at = part; *at; at++) {
        if (*at != '\\') {
            *to++ = *at;
            continue;
        }
        at++;
        if (!*at || !strchr("tnr\\", *at))
            return FALSE;
        *to++ = *at == 't' ? '\t' : *at == 'n' ? '\n' : *at == 'r' ? '\r' : '\\';
    }
    *to = '\0';
    return TRUE;
}

gboolean plx_lines_next(struct plx_lines *lines, GError **error)
{
    if (!*lines->at)
        return FALSE;
    lines->number++;
    char *const end = strchr(lines->at, '\n');
    if (!end)
        return plx_lines_error(lines, error, "is cut off");
    *end = '\0';
    char *part = lines->at;
    lines->at = end + 1;
    for (lines->n = 0; part; lines->n++) {
        char *const tab = strchr(part, '\t');
        if (tab)
            *tab = '\0';
        if (lines->n == PLX_LINE_PARTS || !unescape(part))
            return plx_lines_error(lines, error, "is none of ours");
        lines->part[lines->n] = part;
        part = tab ? tab + 1 : NULL;
    }
    return TRUE;
}

gboolean plx_line_is(const struct plx_lines *lines, const char *key, guint more)
{
    return lines->n == more + 1 && strcmp(lines->part[0], key) == 0;
}

gboolean plx_line_number(const struct plx_lines *lines, guint part, gint64 min, gint64 max,
                         gint64 *number, GError **error)
{
    return g_ascii_string_to_signed(lines->part[part], 10, min, max, number, NULL) ||
           plx_lines_error(lines, error, "a number that is none, or out of bounds");
}

gboolean plx_line_chance(const struct plx_lines *lines, guint part, double *p, GError **error)
{
    double value;
    const char *const text = lines->part[part];
    if (!plx_number_parse(text, strlen(text), &value) || !(value > 0 && value <= 1))
        return plx_lines_error(lines, error, "a chance that is none");
    *p = value;
    return TRUE;
}
