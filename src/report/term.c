/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/term.h"

#include <math.h>
#include <string.h>

static guint columns_of(gunichar c)
{
    if (g_unichar_iszerowidth(c))
        return 0;
    return g_unichar_iswide(c) ? 2 : 1;
}

guint plx_term_width(const char *text)
{
    guint width = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        width += columns_of(g_utf8_get_char(p));
    return width;
}

/* Titles come from files: what would move the cursor, change colours or turn the direction of the
 * text never reaches a terminal. A control character takes the column it was counted for. */
static void append_safe(GString *out, const char *text, gsize length)
{
    for (const char *p = text; p < text + length;) {
        const gunichar c = g_utf8_get_char_validated(p, (gssize)(text + length - p));
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append(out, "\xef\xbf\xbd");
            p++;
            continue;
        }
        const gboolean turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        if (c != '\n' && g_unichar_iscntrl(c))
            g_string_append(out, "\xef\xbf\xbd");
        else if (!turns) /* where no line breaks there is a blank all the same */
            g_string_append_unichar(out, c == 0xa0 ? ' ' : c);
        p = g_utf8_next_char(p);
    }
}

static void append_blanks(GString *out, guint n)
{
    for (guint i = 0; i < n; i++)
        g_string_append_c(out, ' ');
}

void plx_term_safe(GString *out, const char *text)
{
    append_safe(out, text, strlen(text));
}

void plx_term_fit(GString *out, const char *text, guint width)
{
    const guint all = plx_term_width(text);
    if (all <= width) {
        append_safe(out, text, strlen(text));
        append_blanks(out, width - all);
        return;
    }
    guint used = 0;
    const char *p = text;
    for (; *p; p = g_utf8_next_char(p)) {
        const guint next = columns_of(g_utf8_get_char(p));
        if (used + next + 1 > width)
            break;
        used += next;
    }
    append_safe(out, text, (gsize)(p - text));
    g_string_append(out, "…");
    append_blanks(out, width - used - 1);
}

static const char *code_of(enum plx_style style)
{
    switch (style) {
    case PLX_STYLE_PLAIN:
        return NULL;
    case PLX_STYLE_BOLD:
        return "\x1b[1m";
    case PLX_STYLE_DIM:
        return "\x1b[2m";
    case PLX_STYLE_LEADER:
        return "\x1b[35m";
    case PLX_STYLE_STAFF:
        return "\x1b[33m";
    case PLX_STYLE_SERVED:
        return "\x1b[36m";
    }
    return NULL;
}

void plx_term_style(GString *out, const struct plx_table_options *options, enum plx_style style,
                    const char *text)
{
    const char *code = options->colour ? code_of(style) : NULL;
    if (code)
        g_string_append(out, code);
    append_safe(out, text, strlen(text));
    if (code)
        g_string_append(out, "\x1b[0m");
}

void plx_term_wrap(GString *out, const struct plx_table_options *options, enum plx_style style,
                   guint indent, const char *text)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    g_autoptr(GString) line = g_string_new(NULL);
    /* The second line of a list item stands under its first word. */
    const guint hang = g_str_has_prefix(text, "• ") ? indent + 2 : indent;
    guint used = indent;
    for (guint i = 0; words[i]; i++) {
        const guint width = plx_term_width(words[i]);
        /* "77 %" stays together. */
        const gboolean percent = words[i + 1] && *words[i + 1] == '%';
        const guint sign = percent ? 1 + plx_term_width(words[i + 1]) : 0;
        if (line->len && *words[i] != '%' && used + 1 + width + sign > options->width) {
            append_blanks(out, indent);
            plx_term_style(out, options, style, line->str);
            g_string_append_c(out, '\n');
            g_string_truncate(line, 0);
            used = indent = hang;
        }
        if (line->len) {
            g_string_append_c(line, ' ');
            used++;
        }
        g_string_append(line, words[i]);
        used += width;
    }
    append_blanks(out, indent);
    plx_term_style(out, options, style, line->str);
    g_string_append_c(out, '\n');
}

void plx_strip_init(struct plx_strip *strip, guint width, double min, double max)
{
    *strip = (struct plx_strip){.width = width, .min = min, .max = max};
    strip->cells = g_new(gunichar, width);
    strip->styles = g_new0(guint8, width);
    for (guint i = 0; i < width; i++)
        strip->cells[i] = ' ';
}

void plx_strip_clear(struct plx_strip *strip)
{
    g_clear_pointer(&strip->cells, g_free);
    g_clear_pointer(&strip->styles, g_free);
}

static guint column_of(const struct plx_strip *strip, double value)
{
    const double share = (value - strip->min) / (strip->max - strip->min);
    return (guint)round(CLAMP(share, 0, 1) * (strip->width - 1));
}

static void put(struct plx_strip *strip, guint column, gunichar sign, enum plx_style style)
{
    strip->cells[column] = sign;
    strip->styles[column] = (guint8)style;
}

void plx_strip_ticks(struct plx_strip *strip)
{
    if (strip->max - strip->min > (double)(strip->width / 2))
        return;
    for (double v = strip->min; v <= strip->max; v++)
        put(strip, column_of(strip, v), 0xb7, PLX_STYLE_DIM);
}

void plx_strip_fill(struct plx_strip *strip, double lo, double hi, gunichar sign,
                    enum plx_style style)
{
    if (!isfinite(lo) || !isfinite(hi))
        return;
    for (guint i = column_of(strip, MIN(lo, hi)); i <= column_of(strip, MAX(lo, hi)); i++)
        put(strip, i, sign, style);
}

static gboolean is_letter(const struct plx_strip *strip, gint64 column)
{
    return g_unichar_isalpha(strip->cells[column]);
}

void plx_strip_letter(struct plx_strip *strip, double value, gunichar letter, enum plx_style style)
{
    if (!isfinite(value))
        return;
    const gint64 at = column_of(strip, value);
    for (gint64 away = 0; away < (gint64)strip->width; away++) {
        if (at + away < (gint64)strip->width && !is_letter(strip, at + away)) {
            put(strip, (guint)(at + away), letter, style);
            return;
        }
        if (at - away >= 0 && !is_letter(strip, at - away)) {
            put(strip, (guint)(at - away), letter, style);
            return;
        }
    }
}

void plx_strip_print(const struct plx_strip *strip, const struct plx_table_options *options,
                     GString *out)
{
    for (guint i = 0; i < strip->width; i++) {
        char text[8] = {0};
        g_unichar_to_utf8(strip->cells[i], text);
        plx_term_style(out, options, strip->styles[i], text);
    }
}
