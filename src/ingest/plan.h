/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Plans: how the columns of an input become observations.
 *
 * One engine (ingest/worker.h) executes every plan; the canonical file (docs/ratings.md) is the
 * plan that plx_plan_canonical makes of its header, a foreign file has the plan its recipe says.
 * A plan says WHERE each part of an observation comes from; what the parts mean is the map's.
 *
 * A row of the input has parts that all its observations share (audience, time, place, respondent,
 * …) and makes one observation per view: one view in a long file, one per mapped point (or per
 * point and audience) in a wide one. With several views a row that has neither answer nor note in
 * a view is no observation of that view.
 *
 * The texts that plans produce are those of the canonical file: ids are normalised (base/id.h),
 * numbers checked against the scale of the audience's measure, "" = not asked, "na", "declined".
 * A foreign scale is put on the map's audience before the source is made; it is no part of a plan.
 *
 * To make one by hand: plx_plan_new, set the picks with plx_pick_*, add views, asks, segments and
 * encounter parts with plx_plan_add_* and plx_view_add_ask (their results stay valid until the
 * next addition to the same list), bind by giving it to plx_file_source_new.
 * All strings belong to the plan (g_free). Test: tests/ingest/test_accepted.c, test_bad_input.c. */

#include "map/map.h"

#include <glib.h>

typedef struct plx_plan plx_plan;

/* How the input is written down. */
#define PLX_DELIMITER_SPACES ' ' /* runs of blanks, as R's write.table; quotes keep blanks */

enum plx_row_names { PLX_ROW_NAMES_AUTO, PLX_ROW_NAMES_NO, PLX_ROW_NAMES_YES };

struct plx_dialect {
    char delimiter;         /* ',' ';' '\t' '|' or PLX_DELIMITER_SPACES; 0: look at the header */
    char quote;             /* default '"'; 0: no quoting */
    gboolean decimal_comma; /* "3,0" is 3 */
    char *encoding;         /* as iconv names it; NULL: UTF-8, or UTF-16 by its BOM */
    guint skip_before;      /* rows above the header */
    guint skip_after;       /* rows between the header and the data */
    gboolean no_header;     /* columns are picked by number */
    /* Rows have one field more than the header, in front. AUTO: yes when the delimiter is blanks
     * and the first row says so. */
    enum plx_row_names row_names;
};

/* One replacement. Numbers are compared as text first, then as numbers ("1.0" finds "1"). */
struct plx_replacement {
    char *from;
    char *to;
};

/* Where one text comes from. All zero: from nowhere (the part is absent). */
struct plx_pick {
    char *column;    /* title in the header: exact, else the only one with the same id; or NULL */
    guint number;    /* or the column's number from 1 (row names do not count); 0: by title */
    char *constant;  /* without a column: the text of every row; with one: of its empty cells */
    char *pattern;   /* regular expression: its first group, else its whole match, is the text;
                        a cell it does not match is an error */
    GArray *values;  /* of struct plx_replacement, or NULL; applied last */
    gboolean closed; /* a text that `values` does not name is an error */
    char *option;    /* the key of plx_plan_set that the constant comes from, or NULL */
};

gboolean plx_pick_is_set(const struct plx_pick *pick);
void plx_pick_column(struct plx_pick *pick, const char *title);
void plx_pick_number(struct plx_pick *pick, guint number);
void plx_pick_constant(struct plx_pick *pick, const char *text);
void plx_pick_value(struct plx_pick *pick, const char *from, const char *to);

/* One question of a view: a measure and the column of its answers. Texts after replacement are a
 * whole number of the scale, "na", "declined" or "". */
struct plx_ask {
    guint measure; /* index into the map's measures: enum plx_measure or a declared one */
    struct plx_pick cell;
};

/* What is asked of one subject. The subject of a row is its task, else its promise, else its point;
 * else its journey, unless the view picks tasks or promises. A journey beside one of the others is
 * the context it was met in. */
struct plx_view {
    struct plx_pick audience; /* a constant that replaces the row's audience, or nothing */
    struct plx_pick point, journey, task, promise;
    GArray *asks; /* of struct plx_ask */
    struct plx_pick note, prompt, surprise, hesitation, seen, item;
};

struct plx_plan {
    char *dataset; /* scopes keys; NULL: the file's stem. A column can say it by row: */
    struct plx_pick dataset_of_row;
    struct plx_dialect dialect;
    struct plx_pick audience; /* needed, unless every view has its own */
    struct plx_pick place, channel, source, language;
    GArray *segments; /* of struct plx_plan_segment */
    struct plx_pick time;
    char *time_format; /* NULL: ISO 8601; else of %d %m %Y %y %b %H %I %p %M %S %f %z %% and text */
    struct plx_pick respondent;
    GArray *encounter; /* of struct plx_pick; the parts together are the key; NULL or empty: none */
    struct plx_pick group_size, weight, asked_p, workshop, table;
    GArray *views;          /* of struct plx_view; at least one */
    gboolean ignore_others; /* columns that nothing picks are no error (recipes) */
    char **ignore;          /* titles of columns to ignore, or NULL */
};

struct plx_plan_segment {
    char *key;
    struct plx_pick pick;
};

plx_plan *plx_plan_new(void);
void plx_plan_free(plx_plan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_plan, plx_plan_free)

struct plx_view *plx_plan_add_view(plx_plan *plan);
struct plx_ask *plx_view_add_ask(struct plx_view *view, guint measure);
struct plx_pick *plx_plan_add_segment(plx_plan *plan, const char *key);
struct plx_pick *plx_plan_add_encounter(plx_plan *plan);

/* The header of an input: n titles, and where it stands. */
struct plx_header {
    const char *file; /* name in messages */
    guint64 line;
    guint n;
    const char *const *titles;
    const guint *columns; /* byte column of each title, from 1; or NULL */
};

/* The plan of a canonical file with this header. `ignore` (NULL-terminated, or NULL) names columns
 * to leave aside, `set` is for plx_plan_set. Errors (PLX_ERROR_INPUT, at the title): unknown
 * column, with "did you mean"; the same column twice; no audience column; nothing but keys; a
 * measure whose subject has no column; those of plx_plan_set. */
plx_plan *plx_plan_canonical(const plx_map *map, const struct plx_header *header,
                             const char *const *ignore, const char *const *set, GError **error);

/* The pick that a plan keeps for a fixed column of canonical files, by its name in lower case; NULL
 * when there is no such column. What belongs to an observation is taken from `view`. */
struct plx_pick *plx_plan_fixed(plx_plan *plan, struct plx_view *view, const char *name);

/* Says for every row what no column says: "KEY=TEXT", NULL-terminated, or NULL; TEXT as a cell of
 * the column KEY would have it. `recipe` tells who gives the rest: a recipe, or the file. Errors
 * (PLX_ERROR_USAGE, naming the option --set): no KEY=TEXT, an unknown key with "did you mean", what
 * is an answer, a key that is given already or twice. Whether TEXT is any good turns out when the
 * plan is bound. Test: tests/ingest/test_plan_set.c. */
gboolean plx_plan_set(plx_plan *plan, const plx_map *map, const char *const *set, gboolean recipe,
                      GError **error);

/* The column (from 0) a pick means, -1 when it is constant. Errors: no such title, with "did you
 * mean"; ambiguous title; number out of range. */
gboolean plx_header_find(const struct plx_header *header, const struct plx_pick *pick, gint *column,
                         GError **error);
