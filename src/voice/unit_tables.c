/* SPDX-License-Identifier: GPL-3.0-or-later */

/* People at one table of a workshop have talked: their answers are one unit of sampling, though
 * each is a person, has a first guess and ranks for oneself. Units are put together by person, each
 * in one partition; what they said at tables is set aside there and put together here, by cell and
 * table. A table where seven gave one answer each has six more answers than units, and six more
 * persons. */

#include "voice/units_private.h"

static gint compare_answers(gconstpointer a, gconstpointer b)
{
    const struct plx_table_answer *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->j != y->j)
        return x->j < y->j ? -1 : 1;
    return (x->table > y->table) - (x->table < y->table);
}

static gint compare_pairs(gconstpointer a, gconstpointer b)
{
    const struct plx_table_pair *x = a, *y = b;
    if (x->cell != y->cell)
        return x->cell < y->cell ? -1 : 1;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->table > y->table) - (x->table < y->table);
}

static guint measure_at(const struct plx_count_group *group, guint j)
{
    guint m = 0;
    for (guint left = j;; m++)
        if (group->unit_measures >> m & 1 && left-- == 0)
            return m;
}

/* The answers of one table in one cell. */
static void add_answers(const struct plx_count_plan *plan, guint g,
                        const struct plx_canon_group *cells, struct plx_unit_sums *sums,
                        const struct plx_table_answer *answer, guint n)
{
    const struct plx_count_group *group = &plan->groups[g];
    const guint32 cell = answer->cell;
    guint32 counts[256] = {0};
    gint64 answers = 0, units = 0;
    for (guint i = 0; i < n; i++) {
        counts[answer[i].slot] += answer[i].n;
        answers += answer[i].n;
        units += answer[i].first;
    }
    const gsize place = (gsize)cell * sums->n_measures + answer->j;
    sums->extra[place] += units - 1;
    sums->excess[place] += answers - 1;
    if (answers > 1 && group->kinds & PLX_NEED_CLUSTERS) {
        const struct plx_scale *scale =
            plx_map_scale(plan->map, measure_at(group, answer->j), cells->audience[cell]);
        plx_unit_keep_vector(sums, cell, answer->j, counts, plx_scale_width(scale));
    }
}

static void add_pairs(struct plx_unit_sums *sums, const struct plx_table_pair *pair, guint n)
{
    struct plx_table_pair all = pair[0];
    for (guint i = 1; i < n; i++) {
        all.n += pair[i].n;
        all.wd += pair[i].wd;
        all.w += pair[i].w;
        all.wd2 += pair[i].wd2;
        all.wwd += pair[i].wwd;
        all.w2 += pair[i].w2;
    }
    sums->pair_extra[(gsize)all.cell * sums->n_pairs + all.p] += n - 1;
    plx_unit_add_pair(sums, &all);
}

static void join_group(const struct plx_count_plan *plan, const struct plx_canon *canon, guint g,
                       struct plx_unit_sums *sums)
{
    GArray *answers = sums->table_answers, *pairs = sums->table_pairs;
    g_array_sort(answers, compare_answers);
    for (guint from = 0, to; from < answers->len; from = to) {
        const struct plx_table_answer *first =
            &g_array_index(answers, struct plx_table_answer, from);
        for (to = from + 1; to < answers->len && compare_answers(first, first + (to - from)) == 0;)
            to++;
        add_answers(plan, g, &canon->groups[g], sums, first, to - from);
    }
    g_array_sort(pairs, compare_pairs);
    for (guint from = 0, to; from < pairs->len; from = to) {
        const struct plx_table_pair *first = &g_array_index(pairs, struct plx_table_pair, from);
        for (to = from + 1; to < pairs->len && compare_pairs(first, first + (to - from)) == 0;)
            to++;
        add_pairs(sums, first, to - from);
    }
}

void plx_unit_tables_join(const struct plx_count_plan *plan, const struct plx_canon *canon,
                          struct plx_unit_index *units)
{
    for (guint g = 0; g < plan->n_groups; g++) {
        if (plan->groups[g].stream == PLX_NO_STREAM)
            continue;
        struct plx_unit_sums *sums = &units->totals[0].groups[g];
        for (guint t = 1; t < units->n_threads; t++) {
            const struct plx_unit_sums *own = &units->totals[t].groups[g];
            g_array_append_vals(sums->table_answers, own->table_answers->data,
                                own->table_answers->len);
            g_array_append_vals(sums->table_pairs, own->table_pairs->data, own->table_pairs->len);
        }
        join_group(plan, canon, g, sums);
    }
}
