/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Units kept whole, of all threads, in one order: plain arrays over their answers. */

#include "base/error.h"
#include "base/parallel.h"
#include "voice/batch.h"
#include "voice/order.h"
#include "voice/table.h"

#define UNITS_AT_ONCE 4096
#define AHEAD 12
#define LINE 64

struct writing {
    struct plx_tables *tables;
    guint g, n_threads;
    const struct plx_links **from; /* by thread */
    gsize *before;                 /* bytes of the threads before */
    struct plx_ordered *order;     /* hash of a unit, and where it is in all bytes: in eights */
    guint32 n_units, n_encounters, n_answers;
    guint32 *unit_first, *encounter_first, *answer_first; /* the last by unit */
    guint32 *group, *subject, *persons;
    guint8 *audience, *known;
    guint n_values;
    gint8 *value[PLX_MEASURES_MAX]; /* by place among the measures */
    double *weight;
};

static inline const struct plx_links_head *head_of(const struct writing *w, guint32 place)
{
    const gsize at = (gsize)place * 8;
    guint t = w->n_threads - 1;
    while (at < w->before[t])
        t--;
    return (gconstpointer)(w->from[t]->units.bytes.data + (at - w->before[t]));
}

/* In their order units lie far apart. */
static inline void fetch(const struct writing *w, guint32 u)
{
    if (u >= w->n_units)
        return;
    const guint8 *head = (gconstpointer)head_of(w, w->order[u].value);
    __builtin_prefetch(head);
    __builtin_prefetch(head + LINE);
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
    guint32 n = 0;
    for (guint t = 0; t < w->n_threads; t++)
        for (gsize i = 0; i < w->from[t]->units.n; i++) {
            const struct plx_links_unit *unit = plx_links_unit(&w->from[t]->units, i);
            const guint32 place = (guint32)((w->before[t] + unit->at) / 8);
            w->order[n++] = (struct plx_ordered){unit->hash, place};
        }
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
    for (guint j = 0; j < w->n_values; j++)
        w->value[j] = plx_arena_new(arena, gint8, w->n_answers);
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
        fetch(w, u + AHEAD);
        w->unit_first[u] = w->n_encounters;
        w->answer_first[u] = w->n_answers;
        w->n_encounters += head->n_encounters;
        w->n_answers += head->n_answers;
    }
    w->unit_first[w->n_units] = w->n_encounters;
}

/* All answers of a unit, which stand together. */
static void write_answers(const struct writing *w, const guint8 *answer, guint32 from, guint32 n)
{
    const struct plx_canon_group *cells = &w->tables->canon->groups[w->g];
    const guint32 *const subject = w->tables->subject, *const group = w->tables->group[w->g];
    const gsize stride = w->from[0]->stride;
    for (guint32 i = 0; i < n; i++) {
        const guint32 cell = plx_links_cell(answer + i * stride);
        w->subject[from + i] = subject[cells->subject[cell]];
        if (w->group)
            w->group[from + i] = group[cells->group[cell]];
    }
    for (guint j = 0; j < w->n_values; j++)
        for (guint32 i = 0; i < n; i++)
            w->value[j][from + i] = (gint8)(answer[i * stride + 4 + j] ^ 0x80);
    for (guint32 i = 0; w->weight && i < n; i++)
        w->weight[from + i] =
            (double)plx_links_weight(w->from[0], answer + i * stride) / (double)PLX_WEIGHT_ONE;
}

static void write_unit(const struct writing *w, guint32 u)
{
    const struct plx_links_head *head = head_of(w, w->order[u].value);
    w->audience[u] = head->audience;
    if (w->known)
        w->known[u] = head->known;
    if (w->persons)
        w->persons[u] = head->persons;
    guint32 at = w->answer_first[u];
    for (guint32 e = 0; e < head->n_encounters; e++) {
        w->encounter_first[w->unit_first[u] + e] = at;
        at += plx_links_lengths(head)[e];
    }
    write_answers(w, plx_links_answers(head), w->answer_first[u], head->n_answers);
}

static void write_units(gsize range, guint thread, gpointer data)
{
    (void)thread;
    const struct writing *w = data;
    const guint32 from = (guint32)range * UNITS_AT_ONCE;
    for (guint32 u = from; u < w->n_units && u < from + UNITS_AT_ONCE; u++) {
        fetch(w, u + AHEAD);
        write_unit(w, u);
    }
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
                                  .n_measures = w->n_values,
                                  .weight = w->weight};
    for (guint m = 0, j = 0; j < w->n_values; m++) {
        if (!(w->from[0]->measures >> m & 1))
            continue;
        linked->measure[j] = (enum plx_measure)m;
        linked->value[j] = w->value[j];
        j++;
    }
    table->linked = linked;
}

static void write_all(struct writing *w, struct plx_table *table)
{
    w->n_values = w->from[0]->n_values;
    order_units(w);
    place_units(w);
    make_room(w);
    plx_parallel_for(w->n_threads, (w->n_units + (gsize)UNITS_AT_ONCE - 1) / UNITS_AT_ONCE,
                     write_units, w);
    give(w, table);
    g_free(w->order);
    g_free(w->answer_first);
}

gboolean plx_table_linked(struct plx_tables *tables, guint g, struct plx_table *table,
                          GError **error)
{
    struct writing w = {.tables = tables, .g = g, .n_threads = tables->units->n_threads};
    g_autofree const struct plx_links **from = g_new(const struct plx_links *, w.n_threads);
    g_autofree gsize *before = g_new(gsize, w.n_threads);
    gsize bytes = 0, units = 0;
    for (guint t = 0; t < w.n_threads; t++) {
        from[t] = &tables->units->totals[t].groups[g].links;
        before[t] = bytes;
        bytes += from[t]->units.n_bytes;
        units += from[t]->units.n;
    }
    if (bytes / 8 > G_MAXUINT32 || !tables->merged[g].narrow)
        return plx_error(error, PLX_ERROR_USAGE,
                         "there are more answers than can be set side by side: filter them");
    w.from = from;
    w.before = before;
    w.n_units = (guint32)units;
    write_all(&w, table);
    return TRUE;
}
