/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/markup.h"

void plx_markup_init(struct plx_markup *markup)
{
    markup->out = g_string_new(NULL);
    markup->open = g_array_new(FALSE, FALSE, sizeof(const char *));
    markup->in_tag = FALSE;
}

void plx_markup_clear(struct plx_markup *markup)
{
    if (markup->out)
        g_string_free(markup->out, TRUE);
    if (markup->open)
        g_array_unref(markup->open);
    markup->out = NULL;
    markup->open = NULL;
}

static void end_tag(struct plx_markup *markup)
{
    if (markup->in_tag)
        g_string_append_c(markup->out, '>');
    markup->in_tag = FALSE;
}

/* XML 1.0 allows no other control characters, not even escaped; U+FFFE and U+FFFF neither. */
static gboolean allowed(gunichar c)
{
    if (c < 0x20)
        return c == '\t' || c == '\n' || c == '\r';
    return c != 0x7f && c != 0xfffe && c != 0xffff;
}

static void append_escaped(GString *out, const char *text)
{
    for (const char *p = text; *p;) {
        const gunichar c = g_utf8_get_char_validated(p, -1);
        if (c == (gunichar)-1 || c == (gunichar)-2) {
            g_string_append(out, "\xef\xbf\xbd");
            p++;
            continue;
        }
        if (c == '&')
            g_string_append(out, "&amp;");
        else if (c == '<')
            g_string_append(out, "&lt;");
        else if (c == '>')
            g_string_append(out, "&gt;");
        else if (c == '"')
            g_string_append(out, "&quot;");
        else if (c == '\'')
            g_string_append(out, "&#39;");
        else if (allowed(c))
            g_string_append_len(out, p, g_utf8_next_char(p) - p);
        p = g_utf8_next_char(p);
    }
}

void plx_markup_open(struct plx_markup *markup, const char *name)
{
    end_tag(markup);
    g_string_append_c(markup->out, '<');
    g_string_append(markup->out, name);
    g_array_append_val(markup->open, name);
    markup->in_tag = TRUE;
}

/* HTML knows which elements are empty; every other one needs its end, or parsers go astray. */
static gboolean is_void(const char *name)
{
    static const char *const names[] = {"br", "hr", "img", "input", "link", "meta", "col", NULL};
    return g_strv_contains(names, name);
}

void plx_markup_close(struct plx_markup *markup)
{
    g_assert(markup->open->len > 0);
    const char *name = g_array_index(markup->open, const char *, markup->open->len - 1);
    g_array_set_size(markup->open, markup->open->len - 1);
    if (markup->in_tag && is_void(name)) {
        g_string_append(markup->out, "/>");
        markup->in_tag = FALSE;
        return;
    }
    end_tag(markup);
    g_string_append_printf(markup->out, "</%s>", name);
}

void plx_markup_attribute(struct plx_markup *markup, const char *name, const char *value)
{
    if (!value)
        return;
    g_assert(markup->in_tag);
    g_string_append_printf(markup->out, " %s=\"", name);
    append_escaped(markup->out, value);
    g_string_append_c(markup->out, '"');
}

void plx_markup_text(struct plx_markup *markup, const char *text)
{
    end_tag(markup);
    append_escaped(markup->out, text ? text : "");
}

void plx_markup_break(struct plx_markup *markup)
{
    end_tag(markup);
    g_string_append_c(markup->out, '\n');
}

void plx_markup_verbatim(struct plx_markup *markup, const char *text)
{
    end_tag(markup);
    g_string_append(markup->out, text);
}
