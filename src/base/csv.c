/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"

#include <string.h>

gsize plx_csv_record(const char *text, gsize n, char quote, gsize *next)
{
    gboolean inside = FALSE;
    gsize at = 0;
    for (; at < n; at++) {
        if (quote && text[at] == quote)
            inside = !inside;
        else if (text[at] == '\n' && !inside)
            break;
    }
    *next = at < n ? at + 1 : n;
    return at > 0 && text[at - 1] == '\r' ? at - 1 : at;
}

struct split {
    const char *text;
    gsize n, at;
    char delimiter, quote;
    enum plx_csv_fault fault;
    gsize fault_at;
};

static gboolean fault(struct split *split, enum plx_csv_fault kind, gsize at)
{
    split->fault = kind;
    split->fault_at = at;
    return FALSE;
}

static gboolean ends_field(const struct split *split, gsize at)
{
    return at >= split->n || split->text[at] == split->delimiter ||
           (split->delimiter == ' ' && split->text[at] == '\t');
}

static gboolean take_quoted(struct split *split, GString *out)
{
    const gsize opened = split->at++;
    for (;; split->at++) {
        if (split->at >= split->n)
            return fault(split, PLX_CSV_UNCLOSED, opened);
        if (split->text[split->at] != split->quote) {
            g_string_append_c(out, split->text[split->at]);
        } else if (split->at + 1 < split->n && split->text[split->at + 1] == split->quote) {
            g_string_append_c(out, split->quote);
            split->at++;
        } else {
            break;
        }
    }
    split->at++;
    return ends_field(split, split->at) || fault(split, PLX_CSV_TEXT_BEHIND, split->at);
}

static gboolean take_plain(struct split *split, GString *out)
{
    for (; !ends_field(split, split->at); split->at++) {
        if (split->quote && split->text[split->at] == split->quote)
            return fault(split, PLX_CSV_STRAY_QUOTE, split->at);
        g_string_append_c(out, split->text[split->at]);
    }
    return TRUE;
}

static void skip_blanks(struct split *split)
{
    while (split->at < split->n &&
           (split->text[split->at] == ' ' || split->text[split->at] == '\t'))
        split->at++;
}

static void clear_field(gpointer data)
{
    g_free(((struct plx_csv_field *)data)->text);
}

enum plx_csv_fault plx_csv_split(const char *text, gsize n, char delimiter, char quote,
                                 GArray **fields, gsize *fault_at)
{
    struct split split = {text, n, 0, delimiter, quote, PLX_CSV_WELL, 0};
    g_autoptr(GArray) result = g_array_new(FALSE, TRUE, sizeof(struct plx_csv_field));
    g_array_set_clear_func(result, clear_field);
    const gboolean blanks = delimiter == ' ';
    for (gboolean more = TRUE; more;) {
        if (blanks) {
            skip_blanks(&split);
            if (split.at >= n && result->len > 0)
                break;
        }
        g_autoptr(GString) out = g_string_new(NULL);
        struct plx_csv_field field = {.offset = split.at};
        field.quoted = quote && split.at < n && text[split.at] == quote;
        if (!(field.quoted ? take_quoted(&split, out) : take_plain(&split, out))) {
            *fault_at = split.fault_at;
            return split.fault;
        }
        field.length = out->len;
        field.text = g_string_free(g_steal_pointer(&out), FALSE);
        g_array_append_val(result, field);
        more = split.at < n;
        split.at++;
    }
    *fields = g_steal_pointer(&result);
    return PLX_CSV_WELL;
}

char plx_csv_guess_delimiter(const char *record, gsize n, char quote)
{
    static const char candidates[] = ",;\t|";
    guint counts[4] = {0}, blanks = 0;
    gboolean inside = FALSE;
    for (gsize i = 0; i < n; i++) {
        if (quote && record[i] == quote)
            inside = !inside;
        if (inside)
            continue;
        blanks += record[i] == ' ';
        const char *const found = record[i] ? strchr(candidates, record[i]) : NULL;
        if (found)
            counts[found - candidates]++;
    }
    guint best = 0;
    for (guint i = 1; i < 4; i++)
        if (counts[i] > counts[best])
            best = i;
    if (counts[best] > 0)
        return candidates[best];
    return blanks > 0 ? ' ' : ',';
}

void plx_csv_append(GString *out, const char *text, gsize length, char delimiter)
{
    gboolean quote = length > 0 && (text[0] == ' ' || text[length - 1] == ' ');
    for (gsize i = 0; i < length && !quote; i++)
        quote = text[i] == delimiter || text[i] == '"' || text[i] == '\n' || text[i] == '\r';
    if (!quote) {
        g_string_append_len(out, text, (gssize)length);
        return;
    }
    g_string_append_c(out, '"');
    for (gsize i = 0; i < length; i++) {
        if (text[i] == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, text[i]);
    }
    g_string_append_c(out, '"');
}

/* From an opening quote on; where the next comma or the end is, or NULL. */
static const char *unquote(const char *at, GString *part)
{
    for (;;) {
        const char *const quote = strchr(++at, '"');
        if (!quote)
            return NULL;
        g_string_append_len(part, at, quote - at);
        at = quote + 1;
        if (*at != '"')
            break;
        g_string_append_c(part, '"');
    }
    at += strspn(at, " \t");
    return *at == ',' || !*at ? at : NULL;
}

char **plx_csv_list(const char *text)
{
    g_autoptr(GStrvBuilder) parts = g_strv_builder_new();
    for (const char *at = text; *at; at += *at == ',') {
        g_autoptr(GString) part = g_string_new(NULL);
        at += strspn(at, " \t");
        const char *end = at + strcspn(at, ",");
        if (*at != '"')
            g_string_append_len(part, at, end - at);
        else if (!(end = unquote(at, part)))
            return NULL;
        g_strstrip(part->str);
        if (*part->str)
            g_strv_builder_add(parts, part->str);
        at = end;
    }
    return g_strv_builder_end(parts);
}

gboolean plx_csv_is_formula(const char *text)
{
    return *text && strchr("=+-@\t\r", *text);
}

void plx_csv_append_safe(GString *out, const char *text, char delimiter)
{
    g_autofree char *safe = plx_csv_is_formula(text) ? g_strconcat("'", text, NULL) : NULL;
    const char *const shown = safe ? safe : text;
    plx_csv_append(out, shown, strlen(shown), delimiter);
}
