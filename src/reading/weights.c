/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/weights.h"

#include "base/error.h"
#include "stats/rake.h"
#include "voice/split.h"
#include "voice/weighting.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-9
#define ROUNDS 1000

/* A source that weighs; what it says of itself is told with every answer. */
struct weighted {
    plx_source source;
    plx_source *inner;
    plx_weighting *weighting;
    gint64 worth; /* persons */
    char *detail;
};

/* What is being worked out. Combinations of values: the last margin runs fastest. */
struct work {
    const plx_margins *margins;
    guint n; /* margins */
    gsize cells;
    gint audience;   /* the one that is weighted */
    double *persons; /* of each cell */
    double *start;   /* mean weight of its rows */
    double *weight;  /* after raking */
    guint *category[PLX_WEIGHTING_KEYS];
    struct plx_rake_margin margin[PLX_WEIGHTING_KEYS];
    struct plx_split split[PLX_WEIGHTING_KEYS]; /* by the margins' keys, from which it borrows */
};

static void work_clear(struct work *w)
{
    g_free(w->persons);
    g_free(w->start);
    g_free(w->weight);
    for (guint m = 0; m < w->n; m++)
        g_free(w->category[m]);
}

static struct plx_loc place_of(const struct work *w, guint64 line)
{
    return (struct plx_loc){plx_margins_name(w->margins), line, 0};
}

static gboolean lay_out(struct work *w, GError **error)
{
    const guint n = plx_margins_count(w->margins);
    if (n > PLX_WEIGHTING_KEYS)
        return plx_error(error, PLX_ERROR_INPUT, "%s: %u keys; expected at most %d",
                         plx_margins_name(w->margins), n, PLX_WEIGHTING_KEYS);
    w->cells = 1;
    for (guint m = 0; m < n; m++) {
        w->cells *= plx_margins_get(w->margins, m)->n;
        if (w->cells > PLX_WEIGHTS_CELLS)
            return plx_error(error, PLX_ERROR_INPUT,
                             "%s: more than %d combinations of values; expected fewer keys",
                             plx_margins_name(w->margins), PLX_WEIGHTS_CELLS);
    }
    w->n = n;
    w->persons = g_new0(double, w->cells);
    w->start = g_new0(double, w->cells);
    w->weight = g_new0(double, w->cells);
    gsize stride = w->cells;
    for (guint m = 0; m < n; m++) {
        const struct plx_margin *margin = plx_margins_get(w->margins, m);
        stride /= margin->n;
        w->category[m] = g_new(guint, w->cells);
        for (gsize c = 0; c < w->cells; c++)
            w->category[m][c] = (guint)(c / stride % margin->n);
        w->margin[m] = (struct plx_rake_margin){w->category[m], margin->n, margin->share};
    }
    return TRUE;
}

static gint find_served(const plx_map *map, const struct plx_table *table)
{
    for (guint a = 0; a < map->n_audiences; a++)
        for (guint g = 0; map->audiences[a].served && g < table->n_groups; g++)
            if (table->audience_persons[(gsize)g * map->n_audiences + a] > 0)
                return (gint)a;
    return -1;
}

/* The cell of a group; FALSE when a value has answers and no row in the file. */
static gboolean find_cell(const struct work *w, char **keys, gsize *cell, GError **error)
{
    gsize at = 0;
    for (guint m = 0; m < w->n; m++) {
        const struct plx_margin *margin = plx_margins_get(w->margins, m);
        const gint value = plx_margin_find(margin, keys[m]);
        const struct plx_loc loc = place_of(w, margin->line);
        if (value < 0 && *keys[m])
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "%s \"%s\" has answers and no share; expected a row for it",
                                margin->key, keys[m]);
        if (value < 0)
            return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                "there are answers without a %s; expected a row with an empty "
                                "value for them",
                                margin->key);
        at = at * margin->n + (guint)value;
    }
    *cell = at;
    return TRUE;
}

static void add_weights(const struct work *w, const struct plx_table *table, const gsize *cell_of,
                        double *rows)
{
    for (guint i = 0; i < table->n_cells; i++) {
        const struct plx_cell *cell = &table->cells[i];
        const struct plx_tally *tally = plx_cell_tally(cell, PLX_MEASURE_LEVEL);
        if ((gint)cell->audience != w->audience || !tally)
            continue;
        for (guint v = 0; v < tally->k; v++) {
            w->start[cell_of[cell->group]] += tally->w ? tally->w[v] : (double)tally->n[v];
            rows[cell_of[cell->group]] += (double)tally->n[v];
        }
    }
}

static gboolean count(struct work *w, const plx_map *map, const struct plx_answer *answer,
                      GError **error)
{
    const struct plx_table *table = &answer->tables[0];
    w->audience = find_served(map, table);
    if (w->audience < 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "nobody served has said a level: there is nobody to weight to %s",
                         plx_margins_name(w->margins));
    g_autofree gsize *cell_of = g_new0(gsize, table->n_groups + 1);
    g_autofree double *rows = g_new0(double, w->cells);
    for (guint g = 0; g < table->n_groups; g++) {
        const guint64 persons =
            table->audience_persons[(gsize)g * map->n_audiences + (guint)w->audience];
        if (persons == 0)
            continue;
        if (!find_cell(w, table->groups[g], &cell_of[g], error))
            return FALSE;
        w->persons[cell_of[g]] += (double)persons;
    }
    add_weights(w, table, cell_of, rows);
    for (gsize c = 0; c < w->cells; c++)
        w->start[c] = rows[c] > 0 && w->start[c] > 0 ? w->start[c] / rows[c] : 1;
    return TRUE;
}

static gboolean ask(struct work *w, plx_source *source, GError **error)
{
    for (guint m = 0; m < w->n; m++)
        if (!plx_split_parse(plx_margins_get(w->margins, m)->key, &w->split[m], error))
            return FALSE;
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
                                  .measures = 1u << PLX_MEASURE_LEVEL,
                                  .splits = w->split,
                                  .n_splits = w->n};
    struct plx_answer *answer = NULL;
    if (!plx_source_ask(source, &need, 1, &answer, error))
        return FALSE;
    const gboolean ok = count(w, source->map, answer, error);
    plx_answer_free(answer);
    return ok;
}

static gboolean explain(const struct work *w, const struct plx_rake *raked, GError **error)
{
    const struct plx_margin *margin = plx_margins_get(w->margins, raked->margin);
    const char *value = margin->value[raked->category];
    const double share = 100 * margin->share[raked->category];
    const struct plx_loc loc = place_of(w, margin->line_of[raked->category]);
    if (raked->code == PLX_RAKE_EMPTY)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "%s \"%s\" is to be %.4g %% of all, and nobody of it has answered; "
                            "expected only values that have answers",
                            margin->key, value, share);
    if (raked->code == PLX_RAKE_BOUNDS)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "%s \"%s\" is to be %.4g %% of all; with weights of %g to %g times "
                            "their mean it can be %.4g to %.4g %%; expected values joined, or more "
                            "answers",
                            margin->key, value, share, PLX_WEIGHTS_LEAST, (double)PLX_WEIGHTS_MOST,
                            100 * raked->least, 100 * MIN(1, raked->most));
    return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                        "no weights meet all shares: %s \"%s\" is off by %.4g %% of all; expected "
                        "fewer keys, or values joined",
                        margin->key, value, 100 * raked->off);
}

/* People whose share is 0 would weigh nothing: that is a choice of rows, not a weight. */
static gboolean check_zeros(const struct work *w, GError **error)
{
    for (gsize c = 0; c < w->cells; c++)
        for (guint m = 0; w->persons[c] > 0 && m < w->n; m++) {
            const struct plx_margin *margin = plx_margins_get(w->margins, m);
            const guint value = w->category[m][c];
            const struct plx_loc loc = place_of(w, margin->line_of[value]);
            if (!(margin->share[value] > 0))
                return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                                    "%s \"%s\" is to be 0 %% of all, and people of it have "
                                    "answered; expected a share above 0 (--where leaves them out)",
                                    margin->key, margin->value[value]);
        }
    return TRUE;
}

static gboolean rake(struct work *w, struct plx_rake *raked, GError **error)
{
    double total = 0;
    for (gsize c = 0; c < w->cells; c++)
        total += w->persons[c];
    const struct plx_rake_task task = {.cells = w->cells,
                                       .count = w->persons,
                                       .start = w->start,
                                       .margin = w->margin,
                                       .margins = w->n,
                                       .total = total,
                                       .low = PLX_WEIGHTS_LEAST,
                                       .high = PLX_WEIGHTS_MOST,
                                       .tolerance = TOLERANCE,
                                       .rounds = ROUNDS};
    *raked = plx_rake(&task, w->weight);
    return raked->code == PLX_RAKE_DONE || explain(w, raked, error);
}

static plx_weighting *make_weighting(const struct work *w)
{
    struct plx_weighting_key keys[PLX_WEIGHTING_KEYS];
    g_autofree double *factor = g_new(double, w->cells);
    for (guint m = 0; m < w->n; m++) {
        const struct plx_margin *margin = plx_margins_get(w->margins, m);
        keys[m] = (struct plx_weighting_key){.dim = w->split[m].dim,
                                             .segment = w->split[m].segment,
                                             .n = margin->n,
                                             .values = (const char *const *)margin->value};
    }
    for (gsize c = 0; c < w->cells; c++) /* where nobody is, it does not matter */
        factor[c] = w->persons[c] > 0 ? w->weight[c] / w->start[c] : 1;
    return plx_weighting_new((guint)w->audience, keys, w->n, factor);
}

static int by_code(const void *a, const void *b)
{
    const struct plx_note *x = a, *y = b;
    return strcmp(x->code, y->code);
}

static gboolean weighted_ask(plx_source *source, const struct plx_need *needs, guint n_needs,
                             struct plx_answer **answer, GError **error)
{
    struct weighted *weighted = (struct weighted *)(void *)source;
    struct plx_answer *got = NULL;
    if (!plx_source_ask(weighted->inner, needs, n_needs, &got, error))
        return FALSE;
    struct plx_note *notes = g_new(struct plx_note, got->n_notes + 1);
    for (guint i = 0; i < got->n_notes; i++)
        notes[i] = got->notes[i];
    char *detail = g_strdup(weighted->detail);
    notes[got->n_notes++] = (struct plx_note){"weighted", weighted->worth, detail};
    qsort(notes, got->n_notes, sizeof *notes, by_code);
    g_ptr_array_add(got->memory, notes);
    g_ptr_array_add(got->memory, detail);
    got->notes = notes;
    *answer = got;
    return TRUE;
}

static gboolean weighted_listen(plx_source *source, const struct plx_listen *listen,
                                struct plx_sayings **sayings, GError **error)
{
    struct weighted *weighted = (struct weighted *)(void *)source;
    return plx_source_listen(weighted->inner, listen, sayings, error);
}

static void weighted_free(plx_source *source)
{
    struct weighted *weighted = (struct weighted *)(void *)source;
    plx_source_free(weighted->inner);
    plx_weighting_free(weighted->weighting);
    g_free(weighted->detail);
    g_free(weighted);
}

plx_source *plx_weighted_source_new(plx_source *source, const plx_margins *margins, GError **error)
{
    struct work w = {.margins = margins, .audience = -1};
    struct plx_rake raked;
    if (!lay_out(&w, error) || !ask(&w, source, error) || !check_zeros(&w, error) ||
        !rake(&w, &raked, error)) {
        work_clear(&w);
        plx_source_free(source);
        return NULL;
    }
    struct weighted *weighted = g_new0(struct weighted, 1);
    weighted->source = (plx_source){.name = source->name,
                                    .map = source->map,
                                    .ask = weighted_ask,
                                    .listen = weighted_listen,
                                    .free = weighted_free};
    weighted->inner = source;
    weighted->weighting = make_weighting(&w);
    weighted->worth = llround(raked.n_eff);
    weighted->detail = g_strdup_printf("%s: %.0f people, design effect %.2f",
                                       plx_margins_name(margins), raked.n, raked.deff);
    source->weighting = weighted->weighting;
    work_clear(&w);
    return &weighted->source;
}
