/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a workshop has on paper: the guess sheet, which is also a page to fill in, and the sheets of
 * the tables with the script of who leads. One self-contained HTML file each, that loads and sends
 * nothing; scripts are ours and allowed by their hash. The same map and options give the same
 * bytes. Tests: tests/report/test_paper.c; in a browser tests/web/guess.test.mjs, sheets.test.mjs.
 */

#include "map/map.h"
#include "report/brand.h"

#include <glib.h>

/* Who is guessed about: the first audience that is served and not protected. -1: none. */
gint plx_paper_about(const plx_map *map);

struct plx_guess_sheet {
    const plx_map *map;
    const plx_brand *brand; /* or NULL */
    const char *language;   /* NULL: the map's, English where we have no words for that */
    guint audience;         /* who guesses */
    guint about;            /* who is served */
    gint journey;           /* only this one; -1: all, a sheet each */
};

/* NULL with PLX_ERROR_INPUT when there is no point, or the scale of `about` does not say what is
 * desired; PLX_ERROR_NOT_FOUND when there are no words in the language. */
GString *plx_guess_sheet(const struct plx_guess_sheet *sheet, GError **error);

struct plx_table_sheets {
    const plx_map *map;
    const plx_brand *brand;       /* or NULL */
    const char *const *languages; /* a set of sheets each; empty: as above */
    const guint *audiences;       /* numbered tables of each; none: who sits there is ticked */
    guint n_audiences;
    guint tables;            /* of each audience; 0: one sheet to copy, without a number */
    const char *workshop;    /* its name, or NULL */
    gboolean easier, moment; /* with these questions as well */
};

/* Errors as above. */
GString *plx_table_sheets(const struct plx_table_sheets *sheets, GError **error);
