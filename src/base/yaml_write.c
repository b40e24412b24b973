/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml_write.h"

#include <string.h>

/* What YAML 1.1 takes for something else than text, in any case of letters. */
static gboolean is_word_of_yaml(const char *text)
{
    static const char *const words[] = {"null", "true", "false", "yes", "no",
                                        "on",   "off",  "y",     "n",   NULL};
    g_autofree char *lower = g_ascii_strdown(text, -1);
    return g_strv_contains(words, lower);
}

/* Also 1_000, 0x1F, 12:30:00 and 2026-03-31, which YAML 1.1 knows: all that is written in these
 * signs only. */
static gboolean is_like_number(const char *text)
{
    return g_ascii_isdigit(text[0]) && text[strspn(text, "0123456789_.,:-+xXabcdefABCDEF")] == '\0';
}

/* Not printable as YAML means it, or a break of lines. */
static gboolean must_escape(gunichar c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0xFEFF ||
           c == 0xFFFE || c == 0xFFFF;
}

static gboolean has_escapes(const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        if (must_escape(g_utf8_get_char(at)))
            return TRUE;
    return FALSE;
}

static gboolean is_plain(const char *text, gboolean flow)
{
    gsize n = strlen(text);
    if (n == 0 || strchr(" -?:,[]{}#&*!|>'\"%@`=<.+~", text[0]) || text[n - 1] == ' ' ||
        text[n - 1] == ':' || strstr(text, ": ") || strstr(text, " #"))
        return FALSE;
    if (flow && strpbrk(text, ",[]{}:?"))
        return FALSE;
    return !has_escapes(text) && !is_word_of_yaml(text) && !is_like_number(text);
}

static void append_escaped(GString *out, gunichar c)
{
    if (c == '"' || c == '\\') {
        g_string_append_c(out, '\\');
        g_string_append_unichar(out, c);
    } else if (c == '\n') {
        g_string_append(out, "\\n");
    } else if (c == '\t') {
        g_string_append(out, "\\t");
    } else if (must_escape(c)) {
        g_string_append_printf(out, "\\u%04X", c);
    } else {
        g_string_append_unichar(out, c);
    }
}

void plx_yaml_append(GString *out, const char *text, gboolean flow)
{
    if (is_plain(text, flow)) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (const char *at = text; *at; at = g_utf8_next_char(at))
        append_escaped(out, g_utf8_get_char(at));
    g_string_append_c(out, '"');
}

void plx_yaml_append_list(GString *out, char *const *texts)
{
    g_string_append_c(out, '[');
    for (guint i = 0; texts[i]; i++) {
        g_string_append(out, i > 0 ? ", " : "");
        plx_yaml_append(out, texts[i], TRUE);
    }
    g_string_append_c(out, ']');
}
