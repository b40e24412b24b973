/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"

#include "base/csv.h"
#include "base/date.h"
#include "base/number.h"
#include "report/term.h"

#include <math.h>
#include <string.h>

static void separate(GString *out)
{
    g_string_append_c(out, ',');
}

/* As a table shows it, for the file may be looked at in a terminal; tabs stay. */
static char *safe_text(const char *text)
{
    GString *safe = g_string_new(NULL);
    g_auto(GStrv) parts = g_strsplit(text, "\t", -1);
    for (guint i = 0; parts[i]; i++) {
        if (i)
            g_string_append_c(safe, '\t');
        plx_term_safe(safe, parts[i]);
    }
    return g_string_free(safe, FALSE);
}

/* A spreadsheet would run a text that begins like a formula. */
void plx_csv_first(GString *out, const char *unsafe)
{
    if (!unsafe)
        return;
    g_autofree char *text = safe_text(unsafe);
    const gboolean formula = plx_csv_is_formula(text);
    if (!formula && !strpbrk(text, ",\"\r\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    if (formula)
        g_string_append_c(out, '\'');
    for (const char *p = text; *p; p++) {
        if (*p == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *p);
    }
    g_string_append_c(out, '"');
}

void plx_csv_text(GString *out, const char *text)
{
    separate(out);
    plx_csv_first(out, text);
}

void plx_csv_count(GString *out, gint64 count)
{
    separate(out);
    if (count >= 0)
        g_string_append_printf(out, "%" G_GINT64_FORMAT, count);
}

void plx_csv_number(GString *out, double value)
{
    separate(out);
    char text[PLX_NUMBER_SIZE];
    if (isfinite(value))
        g_string_append(out, plx_number_format(value, 12, text));
}

void plx_csv_interval(GString *out, struct plx_interval ci)
{
    plx_csv_number(out, ci.lo);
    plx_csv_number(out, ci.hi);
}

void plx_csv_flag(GString *out, gboolean flag)
{
    g_string_append(out, flag ? ",1" : ",0");
}

void plx_csv_day(GString *out, gint32 day)
{
    char text[PLX_DATE_SIZE];
    plx_csv_text(out, plx_date_format(day, text));
}

void plx_csv_nothing(GString *out, guint cells)
{
    for (guint i = 0; i < cells; i++)
        separate(out);
}
