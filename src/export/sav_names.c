/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "export/sav_names.h"

#include "export/columns.h"

#include <string.h>

#define NAME_BYTES 64
#define NUMBER_BYTES 8 /* left free for what makes a name unique */

static gboolean is_reserved(const char *name)
{
    static const char *const words[] = {"all", "and", "by",  "eq", "ge", "gt",  "le",
                                        "lt",  "ne",  "not", "or", "to", "with"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (g_ascii_strcasecmp(words[i], name) == 0)
            return TRUE;
    return FALSE;
}

static GString *legal_name(const char *name)
{
    GString *const legal = g_string_new(g_ascii_isalpha(*name) ? "" : "v");
    for (const char *at = name; *at && legal->len < NAME_BYTES - NUMBER_BYTES; at++) {
        if (g_ascii_isalnum(*at) || *at == '.')
            g_string_append_c(legal, *at);
        else if (((guint8)*at & 0xC0) != 0x80) /* one for a whole character */
            g_string_append_c(legal, '_');
    }
    while (legal->len > 1 && strchr("._", legal->str[legal->len - 1]))
        g_string_truncate(legal, legal->len - 1);
    if (is_reserved(legal->str))
        g_string_prepend_c(legal, 'v');
    return legal;
}

char **plx_sav_names(const GArray *columns)
{
    g_autoptr(GHashTable) taken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    char **const names = g_new0(char *, columns->len + 1);
    for (guint c = 0; c < columns->len; c++) {
        GString *const name = legal_name(g_array_index(columns, struct plx_export_column, c).name);
        const gsize length = name->len;
        char *lower = g_ascii_strdown(name->str, -1);
        for (guint k = 2; g_hash_table_contains(taken, lower); k++) {
            g_string_truncate(name, length);
            g_string_append_printf(name, ".%u", k);
            g_free(lower);
            lower = g_ascii_strdown(name->str, -1);
        }
        g_hash_table_add(taken, lower);
        names[c] = g_string_free(name, FALSE);
    }
    return names;
}
