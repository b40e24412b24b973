/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/csv_cells.h"
#include "report/workshop.h"

static const char header[] =
    "prompt,theme,title,naming,audiences,points,audience,tables,alone,persons,of,share,share_lo,"
    "share_hi,good,bad,suppressed,quotes\n";

static void add_points(GString *out, const struct plx_workshop_theme *theme)
{
    g_autoptr(GString) points = g_string_new(NULL);
    for (guint i = 0; i < theme->n_points; i++)
        g_string_append_printf(points, "%s%s", i ? " " : "", theme->points[i]->point);
    plx_csv_text(out, points->len ? points->str : NULL);
}

static void add_quotes(GString *out, const struct plx_named *named)
{
    g_autoptr(GString) quotes = g_string_new(NULL);
    for (guint i = 0; i < named->n_quotes; i++)
        g_string_append_printf(quotes, "%s%s", i ? " | " : "", named->quotes[i]);
    plx_csv_text(out, quotes->len ? quotes->str : NULL);
}

static void add_row(GString *out, const plx_workshop *w, const char *prompt,
                    const struct plx_workshop_theme *theme, guint audience)
{
    const struct plx_named *named = &theme->named[audience];
    plx_csv_first(out, prompt);
    plx_csv_count(out, theme->id);
    plx_csv_text(out, theme->title);
    plx_csv_text(out, plx_naming_code(theme->naming));
    plx_csv_count(out, theme->n_named);
    add_points(out, theme);
    plx_csv_text(out, w->audiences[audience].id);
    plx_csv_count(out, named->tables);
    plx_csv_count(out, named->alone);
    plx_csv_count(out, named->persons);
    plx_csv_count(out, named->of);
    plx_csv_number(out, named->share);
    plx_csv_interval(out, named->ci);
    plx_csv_count(out, named->good);
    plx_csv_count(out, named->bad);
    plx_csv_text(out, named->few ? plx_suppression_code(PLX_HIDDEN_FEW) : NULL);
    add_quotes(out, named);
    g_string_append_c(out, '\n');
}

static void add_part(GString *out, const plx_workshop *w, const char *prompt,
                     const struct plx_workshop_part *part)
{
    for (guint t = 0; t < part->n_themes; t++)
        for (guint a = 0; a < w->n_audiences; a++)
            if (part->themes[t].named[a].named)
                add_row(out, w, prompt, &part->themes[t], a);
}

void plx_workshop_csv(const plx_workshop *workshop, GString *out)
{
    g_string_append(out, header);
    add_part(out, workshop, NULL, &workshop->overall);
    for (guint q = 0; q < PLX_ASKED; q++)
        add_part(out, workshop, plx_asked_prompt(q), &workshop->parts[q]);
}
