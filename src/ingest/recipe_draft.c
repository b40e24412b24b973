/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ingest/recipe_draft.h"

#include <string.h>

gint plx_draft_find(const struct plx_draft *draft, enum plx_role role)
{
    for (guint i = 0; i < draft->look->n; i++)
        if (draft->columns[i].role == role)
            return (gint)i;
    return -1;
}

/* What YAML does not take as it is, or takes for the end of a line. */
static gboolean is_odd(gunichar c)
{
    return !g_unichar_isprint(c) || c == 0x2028 || c == 0x2029;
}

void plx_draft_escape(GString *out, const char *text, gboolean quotes)
{
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const gunichar c = g_utf8_get_char(p);
        if (is_odd(c)) {
            g_string_append_printf(out, c > 0xFFFF ? "\\U%08X" : "\\u%04X", c);
            continue;
        }
        if (quotes && (c == '"' || c == '\\'))
            g_string_append_c(out, '\\');
        g_string_append_unichar(out, c);
    }
}

static gboolean may_be_plain(const char *text)
{
    if (!g_ascii_isalpha(text[0]) || strpbrk(text, ":#,[]{}\"'\\&*!|>%@`") ||
        g_str_has_suffix(text, " ") || g_str_equal(text, "null"))
        return FALSE;
    for (const char *p = text; *p; p = g_utf8_next_char(p))
        if (is_odd(g_utf8_get_char(p)))
            return FALSE;
    return TRUE;
}

void plx_draft_text(GString *out, const char *text)
{
    if (may_be_plain(text)) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    plx_draft_escape(out, text, TRUE);
    g_string_append_c(out, '"');
}

/* Another column has the same title, or the title is not the header's. */
static gboolean needs_number(const struct plx_draft *d, guint i)
{
    for (guint k = 0; k < d->look->n; k++)
        if (k != i && strcmp(d->look->columns[k].title, d->look->columns[i].title) == 0)
            return TRUE;
    return d->look->columns[i].renamed;
}

void plx_draft_open_pick(const struct plx_draft *draft, guint i)
{
    if (needs_number(draft, i)) {
        g_string_append_printf(draft->out, "{number: %u", i + 1);
        return;
    }
    g_string_append(draft->out, "{column: ");
    plx_draft_text(draft->out, draft->look->columns[i].title);
}

void plx_draft_pick(const struct plx_draft *draft, guint i)
{
    if (!needs_number(draft, i)) {
        plx_draft_text(draft->out, draft->look->columns[i].title);
        return;
    }
    plx_draft_open_pick(draft, i);
    g_string_append_c(draft->out, '}');
}

void plx_draft_column(const struct plx_draft *draft, const char *key, enum plx_role role)
{
    const gint i = plx_draft_find(draft, role);
    if (i < 0)
        return;
    g_string_append_printf(draft->out, "%s: ", key);
    plx_draft_pick(draft, (guint)i);
    g_string_append_c(draft->out, '\n');
}

gint plx_draft_compare(gconstpointer a, gconstpointer b)
{
    return strcmp(a, b);
}
