/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units kept whole, of all threads, in one order: plain arrays over their answers. */

#include "base/parallel.h"
#include "voice/batch.h"
#include "voice/order.h"
#include "voice/table.h"

#define UNITS_AT_ONCE 4096

struct writing {
    struct plx_tables *tables;
    guint g, n_threads;
    const struct plx_links **from; /* by thread */
    guint32 *before;               /* units of the threads before */
    struct plx_ordered *order;     /* hash, number of a unit over all threads */
    guint32 n_units, n_encounters, n_answers;
    guint32 *unit_first, *encounter_first, *answer_first; /* the last by unit */
    guint32 *group, *subject, *persons;
    guint8 *audience, *known;
    gint8 *value[PLX_MEASURES_MAX]; /* by measure */
    double *weight;
};

static const struct plx_links_head *head_of(const struct writing *w, guint32 number)
{
    guint t = 0;
    while (t + 1 < w->n_threads && number >= w->before[t + 1])
        t++;
    const struct plx_links_store *store = &w->from[t]->units;
    return plx_links_head(store, plx_links_unit(store, number - w->before[t]));
}

/* ---- the order ---- */

static gint compare_units(gconstpointer a, gconstpointer b, gpointer writing)
{
    const struct writing *w = writing;
    const struct plx_links_head *x = head_of(w, ((const struct plx_ordered *)a)->value);
    const struct plx_links_head *y = head_of(w, ((const struct plx_ordered *)b)->value);
    const guint32 parts[][2] = {{x->audience, y->audience},
                                {x->known, y->known},
                                {x->persons, y->persons},
                                {x->n_encounters, y->n_encounters},
                                {x->n_answers, y->n_answers}};
    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++)
        if (parts[i][0] != parts[i][1])
            return parts[i][0] < parts[i][1] ? -1 : 1;
    const guint32 *of_x = plx_links_lengths(x), *of_y = plx_links_lengths(y);
    for (guint32 e = 0; e < x->n_encounters; e++)
        if (of_x[e] != of_y[e])
            return of_x[e] < of_y[e] ? -1 : 1;
    return memcmp(plx_links_answers(x), plx_links_answers(y),
                  x->n_answers * (gsize)w->from[0]->stride);
}

/* Units that say the same are many, and in order as they are; those that only hash alike are not.
 */
static void order_equals(struct writing *w, guint32 from, guint32 to)
{
    gboolean differ = FALSE;
    for (guint32 i = from + 1; i < to && !differ; i++)
        differ = compare_units(&w->order[from], &w->order[i], w) != 0;
    if (differ)
        g_qsort_with_data(&w->order[from], (gint)(to - from), sizeof *w->order, compare_units, w);
}

static void order_units(struct writing *w)
{
    w->order = plx_pages_zeros(w->n_units * sizeof *w->order);
    for (guint t = 0; t < w->n_threads; t++)
        for (guint32 i = 0; i < w->from[t]->units.n; i++)
            w->order[w->before[t] + i] =
                (struct plx_ordered){plx_links_unit(&w->from[t]->units, i)->hash, w->before[t] + i};
    plx_order_sort(w->order, w->n_units, 64);
    for (guint32 from = 0, to; from < w->n_units; from = to) {
        for (to = from + 1; to < w->n_units && w->order[to].key == w->order[from].key;)
            to++;
        order_equals(w, from, to);
    }
}

/* ---- the arrays ---- */

static void make_room(struct writing *w)
{
    struct plx_arena *const arena = &w->tables->arena;
    gboolean known = FALSE, persons = FALSE, weight = FALSE;
    for (guint t = 0; t < w->n_threads; t++) {
        known |= w->from[t]->any_known;
        persons |= w->from[t]->any_persons;
        weight |= w->from[t]->any_weight;
    }
    w->encounter_first = plx_arena_new(arena, guint32, w->n_encounters + 1);
    w->audience = plx_arena_new(arena, guint8, w->n_units);
    w->known = known ? plx_arena_new(arena, guint8, w->n_units) : NULL;
    w->persons = persons ? plx_arena_new(arena, guint32, w->n_units) : NULL;
    w->subject = plx_arena_new(arena, guint32, w->n_answers);
    if (w->tables->plan->groups[w->g].n_splits)
        w->group = plx_arena_new(arena, guint32, w->n_answers);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (w->from[0]->measures >> m & 1)
            w->value[m] = plx_arena_new(arena, gint8, w->n_answers);
    w->weight = weight ? plx_arena_new(arena, double, w->n_answers) : NULL;
    w->encounter_first[w->n_encounters] = w->n_answers;
}

/* Where each unit's encounters and answers begin. */
static void place_units(struct writing *w)
{
    w->unit_first = plx_arena_new(&w->tables->arena, guint32, w->n_units + 1);
    w->answer_first = plx_pages_zeros(w->n_units * sizeof(guint32));
    for (guint32 u = 0; u < w->n_units; u++) {
        const struct plx_links_head *head = head_of(w, w->order[u].value);
        w->unit_first[u] = w->n_encounters;
        w->answer_first[u] = w->n_answers;
        w->n_encounters += head->n_encounters;
        w->n_answers += head->n_answers;
    }
    w->unit_first[w->n_units] = w->n_encounters;
}

static void write_answer(const struct writing *w, const guint8 *answer, guint32 at)
{
    const struct plx_canon_group *cells = &w->tables->canon->groups[w->g];
    const guint32 cell = plx_links_cell(answer);
    const guint8 *value = answer + 4;
    w->subject[at] = w->tables->subject[cells->subject[cell]];
    if (w->group)
        w->group[at] = w->tables->group[w->g][cells->group[cell]];
    for (guint m = 0; w->from[0]->measures >> m; m++)
        if (w->from[0]->measures >> m & 1)
            w->value[m][at] = (gint8)(*value++ ^ 0x80);
    if (w->weight)
        w->weight[at] = (double)plx_links_weight(w->from[0], answer) / (double)PLX_WEIGHT_ONE;
}

static void write_unit(const struct writing *w, guint32 u)
{
    const struct plx_links_head *head = head_of(w, w->order[u].value);
    const guint8 *answer = plx_links_answers(head);
    w->audience[u] = head->audience;
    if (w->known)
        w->known[u] = head->known;
    if (w->persons)
        w->persons[u] = head->persons;
    guint32 at = w->answer_first[u];
    for (guint32 e = 0; e < head->n_encounters; e++) {
        w->encounter_first[w->unit_first[u] + e] = at;
        for (guint32 i = 0; i < plx_links_lengths(head)[e]; i++, answer += w->from[0]->stride)
            write_answer(w, answer, at++);
    }
}

static void write_units(gsize range, guint thread, gpointer data)
{
    (void)thread;
    const struct writing *w = data;
    const guint32 from = (guint32)range * UNITS_AT_ONCE;
    for (guint32 u = from; u < w->n_units && u < from + UNITS_AT_ONCE; u++)
        write_unit(w, u);
}

static void give(const struct writing *w, struct plx_table *table)
{
    struct plx_linked *const linked = plx_arena_new(&w->tables->arena, struct plx_linked, 1);
    *linked = (struct plx_linked){.n_units = w->n_units,
                                  .n_encounters = w->n_encounters,
                                  .n_answers = w->n_answers,
                                  .unit_first = w->unit_first,
                                  .encounter_first = w->encounter_first,
                                  .audience = w->audience,
                                  .known = w->known,
                                  .persons = w->persons,
                                  .group = w->group,
                                  .subject = w->subject,
                                  .weight = w->weight};
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (!(w->from[0]->measures >> m & 1))
            continue;
        linked->measure[linked->n_measures] = (enum plx_measure)m;
        linked->value[linked->n_measures++] = w->value[m];
    }
    table->linked = linked;
}

void plx_table_linked(struct plx_tables *tables, guint g, struct plx_table *table)
{
    struct writing w = {.tables = tables, .g = g, .n_threads = tables->units->n_threads};
    w.from = g_new(const struct plx_links *, w.n_threads);
    w.before = g_new0(guint32, w.n_threads);
    for (guint t = 0; t < w.n_threads; t++) {
        w.from[t] = &tables->units->totals[t].groups[g].links;
        w.before[t] = w.n_units;
        w.n_units += (guint32)w.from[t]->units.n;
    }
    order_units(&w);
    place_units(&w);
    make_room(&w);
    plx_parallel_for(w.n_threads, (w.n_units + (gsize)UNITS_AT_ONCE - 1) / UNITS_AT_ONCE,
                     write_units, &w);
    give(&w, table);
    g_free(w.order);
    g_free(w.answer_first);
    g_free(w.before);
    g_free(w.from);
}
