/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/batch.h"
#include "voice/units.h"

#include <string.h>

/* One unit, one group: what all the functions here work on. */
struct place {
    struct plx_unit_sums *sums;
    const struct plx_count_plan *plan;
    const struct plx_count_group *group;
    const struct plx_canon *canon;
    const struct plx_canon_group *cells;
    struct plx_unit_rows *rows;
};

/* Rows of one unit in one cell: numbers of rows in the low halves of order. */
struct segment {
    guint32 cell;
    const guint64 *order;
    guint n;
};

static void init_values(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                        const struct plx_count_group *group, gsize n_cells)
{
    guint width = 0;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        if (!(group->unit_measures >> m & 1))
            continue;
        sums->offset[m] = width;
        width += plan->width[m];
        sums->n_measures++;
    }
    sums->pair_offset = g_new0(guint, sums->n_pairs + 1);
    for (guint p = 0; p < sums->n_pairs; p++) {
        const struct plx_count_pair *pair = &g_array_index(group->pairs, struct plx_count_pair, p);
        sums->pair_offset[p] = width;
        width += plan->width[pair->first] * plan->width[pair->second];
    }
    if (group->first_unseen) {
        sums->width = width;
        sums->n = g_new0(guint64, n_cells * width);
        sums->w = g_new0(guint64, n_cells * width);
        sums->w2 = g_new0(plx_u128, n_cells * width);
    }
}

void plx_unit_sums_init(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                        const struct plx_canon *canon, guint g)
{
    const struct plx_count_group *group = &plan->groups[g];
    const struct plx_canon_group *cells = &canon->groups[g];
    gsize n = MAX(cells->n_cells, 1);
    sums->n_pairs = group->pairs->len;
    init_values(sums, plan, group, n);
    sums->excess = g_new0(gint64, n * sums->n_measures);
    sums->extra = g_new0(gint64, n * sums->n_measures);
    sums->pair_excess = g_new0(gint64, n * sums->n_pairs);
    sums->pair_extra = g_new0(gint64, n * sums->n_pairs);
    sums->moments = g_new0(plx_i128, n * sums->n_pairs * 3);
    if (group->kinds & PLX_NEED_ENCOUNTERS) {
        sums->encounters = g_new0(gint64, n);
        sums->journeys = g_new0(guint64, (gsize)MAX(cells->n_groups, 1) * plan->map->n_audiences *
                                             (plan->map->n_journeys + 1));
    }
    if (group->kinds & (PLX_NEED_PERSONS | PLX_NEED_CLUSTERS))
        sums->people = g_new0(guint64, (gsize)MAX(cells->n_groups, 1) * plan->map->n_audiences *
                                           sums->n_measures);
    sums->vector_n = g_array_new(FALSE, TRUE, sizeof(guint64));
    sums->comoment_sums = g_array_new(FALSE, TRUE, sizeof(struct plx_comoment_sum));
    sums->comoment_places =
        group->comoments ? g_new0(struct plx_comoment_place, (gsize)1 << PLX_COMOMENT_BITS) : NULL;
    sums->answers = g_array_new(FALSE, FALSE, sizeof(struct plx_unit_answer));
    sums->profiles = g_array_new(FALSE, FALSE, sizeof(guint32));
    sums->table_answers = g_array_new(FALSE, FALSE, sizeof(struct plx_table_answer));
    sums->table_pairs = g_array_new(FALSE, FALSE, sizeof(struct plx_table_pair));
}

void plx_unit_sums_clear(struct plx_unit_sums *sums)
{
    g_free(sums->pair_offset);
    g_free(sums->excess);
    g_free(sums->extra);
    g_free(sums->encounters);
    g_free(sums->pair_excess);
    g_free(sums->pair_extra);
    g_free(sums->moments);
    g_free(sums->n);
    g_free(sums->w);
    g_free(sums->w2);
    g_free(sums->people);
    g_free(sums->journeys);
    g_free(sums->comoment_places);
    plx_word_map_clear(&sums->vectors);
    plx_word_map_clear(&sums->comoments);
    g_clear_pointer(&sums->vector_n, g_array_unref);
    g_clear_pointer(&sums->comoment_sums, g_array_unref);
    g_clear_pointer(&sums->answers, g_array_unref);
    g_clear_pointer(&sums->profiles, g_array_unref);
    g_clear_pointer(&sums->table_answers, g_array_unref);
    g_clear_pointer(&sums->table_pairs, g_array_unref);
    plx_links_clear(&sums->links);
}

/* ---- one cell ---- */

/* Place of a row's value on the scale; the measure's width or more when it has none. */
static inline guint slot_at(const struct place *at, guint measure, guint32 cell, guint row)
{
    guint audience = at->cells->audience[cell] + 1u;
    return at->plan->slot[measure][audience * 256 + (guint8)at->rows->value[measure][row]];
}

static inline guint row_of(const struct segment *segment, guint i)
{
    return (guint)(segment->order[i] & G_MAXUINT32);
}

/* TRUE when row a is the earlier answer: by time (none is last), then value, weight, table. */
static gboolean is_earlier(const struct place *at, guint a, guint b, guint slot_a, guint slot_b)
{
    gint64 time_a = at->rows->seconds[a], time_b = at->rows->seconds[b];
    if (time_a != time_b)
        return time_b == PLX_NO_TIME || (time_a != PLX_NO_TIME && time_a < time_b);
    if (slot_a != slot_b)
        return slot_a < slot_b;
    if (at->rows->weight[a] != at->rows->weight[b])
        return at->rows->weight[a] < at->rows->weight[b];
    return at->rows->table[a] < at->rows->table[b];
}

static void count_first(const struct place *at, const struct segment *segment, guint offset,
                        guint slot, guint row)
{
    gsize i = (gsize)segment->cell * at->sums->width + offset + slot;
    guint64 weight = at->rows->weight[row];
    at->sums->n[i]++;
    at->sums->w[i] += weight;
    at->sums->w2[i] += (plx_u128)weight * weight;
}

void plx_unit_keep_vectors(struct plx_unit_sums *sums, guint32 cell, guint j, const guint32 *counts,
                           guint k, guint64 times)
{
    guint32 key[2 + 256];
    key[0] = cell;
    key[1] = j;
    for (guint v = 0; v < k; v++)
        key[2 + v] = counts[v];
    guint32 number = plx_word_map_number(&sums->vectors, key, 2 + k);
    if (number == sums->vector_n->len)
        g_array_set_size(sums->vector_n, number + 1);
    g_array_index(sums->vector_n, guint64, number) += times;
}

void plx_unit_keep_vector(struct plx_unit_sums *sums, guint32 cell, guint j, const guint32 *counts,
                          guint k)
{
    plx_unit_keep_vectors(sums, cell, j, counts, k, 1);
}

/* The unit is part of its table: that says what it adds (unit_tables.c). */
static void keep_at_table(const struct place *at, const struct segment *segment, guint j,
                          guint64 table, const guint32 *counts, guint width)
{
    struct plx_table_answer answer = {.table = table, .cell = segment->cell, .j = (guint8)j};
    answer.first = 1;
    for (guint slot = 0; slot < width; slot++) {
        if (!counts[slot])
            continue;
        answer.slot = (guint8)slot;
        answer.n = counts[slot];
        g_array_append_val(at->sums->table_answers, answer);
        answer.first = 0;
    }
}

/* One measure of one unit in one cell. Returns the answers counted, *sum of their values. */
static guint add_measure(const struct place *at, const struct segment *segment, guint m, guint j,
                         gint32 *sum)
{
    guint width = at->plan->width[m];
    guint32 counts[256];
    memset(counts, 0, width * sizeof *counts);
    guint n = 0, best = 0, best_slot = 0;
    guint16 persons = 1;
    const struct plx_scale *scale =
        plx_map_scale(at->plan->map, m, at->cells->audience[segment->cell]);
    guint64 table = 0;
    *sum = 0;
    for (guint i = 0; i < segment->n; i++) {
        guint row = row_of(segment, i);
        guint slot = slot_at(at, m, segment->cell, row);
        if (slot >= width)
            continue;
        if (n == 0 || (at->group->first_unseen && is_earlier(at, row, best, slot, best_slot))) {
            best = row;
            best_slot = slot;
        }
        persons = n == 0 ? at->rows->group_size[row] : MAX(persons, at->rows->group_size[row]);
        table = plx_unit_nearer_table(at->rows->table[row], table);
        counts[slot]++;
        *sum += scale->min + (gint32)slot;
        n++;
    }
    if (n == 0)
        return 0;
    gsize place = (gsize)segment->cell * at->sums->n_measures + j;
    if (!at->rows->known)
        at->sums->extra[place] += (gint64)persons - 1;
    if (at->group->first_unseen) {
        count_first(at, segment, at->sums->offset[m], best_slot, best);
        *sum = scale->min + (gint32)best_slot;
        memset(counts, 0, width * sizeof *counts);
        counts[best_slot] = 1;
        n = 1;
        table = at->rows->table[best];
    }
    if (table) {
        keep_at_table(at, segment, j, table, counts, width);
    } else if (n > 1) {
        at->sums->excess[place] += n - 1;
        if (at->group->kinds & PLX_NEED_CLUSTERS)
            plx_unit_keep_vector(at->sums, segment->cell, j, counts, plx_scale_width(scale));
    }
    return n;
}

static void add_to_pair(struct plx_table_pair *said, plx_i128 weight, plx_i128 d)
{
    said->n++;
    said->wd += weight * d;
    said->w += weight;
    said->wd2 += weight * weight * d * d;
    said->wwd += weight * weight * d;
    said->w2 += weight * weight;
}

void plx_unit_add_pair(struct plx_unit_sums *sums, const struct plx_table_pair *said)
{
    const gsize place = (gsize)said->cell * sums->n_pairs + said->p;
    if (said->n < 2)
        return;
    sums->pair_excess[place] += said->n - 1;
    sums->moments[3 * place] += said->wd * said->wd - said->wd2;
    sums->moments[3 * place + 1] += said->wd * said->w - said->wwd;
    sums->moments[3 * place + 2] += said->w * said->w - said->w2;
}

static void add_pair(const struct place *at, const struct segment *segment, guint p)
{
    const struct plx_count_pair *pair = &g_array_index(at->group->pairs, struct plx_count_pair, p);
    guint wide_a = at->plan->width[pair->first], wide_b = at->plan->width[pair->second];
    guint8 audience = at->cells->audience[segment->cell];
    gint shift = plx_map_scale(at->plan->map, pair->first, audience)->min -
                 plx_map_scale(at->plan->map, pair->second, audience)->min;
    guint best = 0, best_slot = 0;
    guint16 persons = 1;
    struct plx_table_pair said = {.cell = segment->cell, .p = p};
    for (guint i = 0; i < segment->n; i++) {
        guint row = row_of(segment, i);
        guint a = slot_at(at, pair->first, segment->cell, row);
        guint b = slot_at(at, pair->second, segment->cell, row);
        if (a >= wide_a || b >= wide_b)
            continue;
        guint slot = a * wide_b + b;
        if (said.n == 0 ||
            (at->group->first_unseen && is_earlier(at, row, best, slot, best_slot))) {
            best = row;
            best_slot = slot;
        }
        persons = said.n == 0 ? at->rows->group_size[row] : MAX(persons, at->rows->group_size[row]);
        said.table = plx_unit_nearer_table(at->rows->table[row], said.table);
        add_to_pair(&said, at->rows->weight[row], (gint)a - (gint)b + shift);
    }
    if (said.n == 0)
        return;
    gsize place = (gsize)segment->cell * at->sums->n_pairs + p;
    if (!at->rows->known)
        at->sums->pair_extra[place] += (gint64)persons - 1;
    if (at->group->first_unseen) {
        count_first(at, segment, at->sums->pair_offset[p], best_slot, best);
        said =
            (struct plx_table_pair){.table = at->rows->table[best], .cell = segment->cell, .p = p};
        add_to_pair(&said, at->rows->weight[best],
                    (gint)(best_slot / wide_b) - (gint)(best_slot % wide_b) + shift);
    }
    if (said.table)
        g_array_append_val(at->sums->table_pairs, said);
    else
        plx_unit_add_pair(at->sums, &said);
}

static void add_encounters(const struct place *at, const struct segment *segment)
{
    guint64 *encounter = at->rows->order + at->rows->room;
    for (guint i = 0; i < segment->n; i++)
        encounter[i] = at->rows->encounter[row_of(segment, i)];
    plx_unit_sort(encounter, segment->n);
    for (guint i = 1; i < segment->n; i++)
        at->sums->encounters[segment->cell] += encounter[i] == encounter[i - 1];
}

/* ---- across the cells of a unit ---- */

static gint64 fixed_mean(const struct plx_unit_answer *answer)
{
    plx_i128 wide = ((plx_i128)answer->sum << (PLX_MEAN_BITS + 1)) / answer->count;
    return (gint64)((wide + (wide < 0 ? -1 : 1)) / 2);
}

static guint32 new_or_known_comoment(const struct place *at, guint m, guint32 a, guint32 b)
{
    const guint32 key[] = {at->cells->group[a], at->cells->audience[a], m, at->cells->subject[a],
                           at->cells->subject[b]};
    const guint32 number = plx_word_map_number(&at->sums->comoments, key, G_N_ELEMENTS(key));
    if (number == at->sums->comoment_sums->len)
        g_array_set_size(at->sums->comoment_sums, number + 1);
    return number;
}

/* The sum of two cells. Most units answer what others answered too. */
static struct plx_comoment_sum *comoment_of(const struct place *at, guint m, guint32 a, guint32 b)
{
    const guint64 cells = (guint64)a << 32 | (b + 1);
    const guint64 hash = (cells ^ (guint64)m << 27) * G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    struct plx_comoment_place *place = &at->sums->comoment_places[hash >> (64 - PLX_COMOMENT_BITS)];
    if (place->cells != cells || place->measure != m)
        *place = (struct plx_comoment_place){cells, m, new_or_known_comoment(at, m, a, b)};
    return &g_array_index(at->sums->comoment_sums, struct plx_comoment_sum, place->number);
}

static void add_comoment(const struct place *at, guint m, const struct plx_unit_answer *a,
                         const struct plx_unit_answer *b)
{
    struct plx_comoment_sum *sum = comoment_of(at, m, a->cell, b->cell);
    sum->n++;
    if (a->count == 1 && b->count == 1) {
        sum->a += a->sum;
        sum->b += b->sum;
        sum->aa += (gint64)a->sum * a->sum;
        sum->bb += (gint64)b->sum * b->sum;
        sum->ab += (gint64)a->sum * b->sum;
        return;
    }
    plx_i128 mean_a = fixed_mean(a), mean_b = fixed_mean(b);
    sum->fine_a += mean_a;
    sum->fine_b += mean_b;
    sum->fine_aa += mean_a * mean_a;
    sum->fine_bb += mean_b * mean_b;
    sum->fine_ab += mean_a * mean_b;
}

static gboolean together(const struct place *at, const struct plx_unit_answer *a,
                         const struct plx_unit_answer *b)
{
    return at->cells->group[a->cell] == at->cells->group[b->cell] &&
           at->cells->audience[a->cell] == at->cells->audience[b->cell];
}

/* Answers are sorted by cell, so by group, then subject. */
static void add_comoments(const struct place *at, guint m)
{
    const struct plx_unit_answer *answer = (gpointer)at->sums->answers->data;
    guint n = at->sums->answers->len;
    for (guint i = 0; i < n; i++)
        for (guint k = i;
             k < n && at->cells->group[answer[k].cell] == at->cells->group[answer[i].cell]; k++)
            if (together(at, &answer[i], &answer[k]))
                add_comoment(at, m, &answer[i], &answer[k]);
}

static void add_profile(const struct place *at, guint m)
{
    const struct plx_unit_answer *answer = (gpointer)at->sums->answers->data;
    guint n = at->sums->answers->len;
    GArray *out = at->sums->profiles;
    for (guint i = 0; i < n; i++) {
        gboolean begun = FALSE;
        for (guint k = 0; k < i; k++)
            begun |= together(at, &answer[k], &answer[i]);
        if (begun)
            continue;
        const guint32 head[] = {at->cells->group[answer[i].cell],
                                at->cells->audience[answer[i].cell], m, 0};
        g_array_append_vals(out, head, G_N_ELEMENTS(head));
        guint count_at = out->len - 1;
        for (guint k = i; k < n; k++) {
            if (!together(at, &answer[k], &answer[i]))
                continue;
            const guint32 entry[] = {at->cells->subject[answer[k].cell], (guint32)answer[k].sum,
                                     answer[k].count};
            g_array_append_vals(out, entry, G_N_ELEMENTS(entry));
            g_array_index(out, guint32, count_at)++;
        }
    }
}

/* Calls for each cell of the sorted rows. */
static void add_segments(const struct place *at, guint m, guint j, const guint64 *order, guint n)
{
    gboolean singles = at->group->first_unseen || at->rows->tables ||
                       (at->rows->group_sizes && !at->rows->known) ||
                       (at->group->comoments | at->group->profiles) >> m & 1;
    g_array_set_size(at->sums->answers, 0);
    for (guint from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && order[to] >> 32 == order[from] >> 32;)
            to++;
        const struct segment segment = {(guint32)(order[from] >> 32), &order[from], to - from};
        if (segment.n == 1 && !singles)
            continue; /* adds nothing to the counts */
        struct plx_unit_answer answer = {.cell = segment.cell};
        answer.count = add_measure(at, &segment, m, j, &answer.sum);
        if (answer.count)
            g_array_append_val(at->sums->answers, answer);
    }
    if (at->group->comoments >> m & 1)
        add_comoments(at, m);
    if (at->group->profiles >> m & 1)
        add_profile(at, m);
}

static gboolean has_pair(const struct place *at, guint p)
{
    const struct plx_count_pair *pair = &g_array_index(at->group->pairs, struct plx_count_pair, p);
    return at->rows->measures >> pair->first & at->rows->measures >> pair->second & 1;
}

static void add_others(const struct place *at, const guint64 *order, guint n)
{
    for (guint from = 0, to; from < n; from = to) {
        for (to = from + 1; to < n && order[to] >> 32 == order[from] >> 32;)
            to++;
        const struct segment segment = {(guint32)(order[from] >> 32), &order[from], to - from};
        for (guint p = 0; p < at->sums->n_pairs; p++)
            if (has_pair(at, p))
                add_pair(at, &segment, p);
        if (at->sums->encounters && segment.n > 1)
            add_encounters(at, &segment);
    }
}

/* Keeps the rows of cells that may have several: a cell with one row adds nothing. */
static guint keep_repeated(guint64 *order, guint n)
{
    guint64 once[4] = {0}, twice[4] = {0};
    for (guint i = 0; i < n; i++) {
        const guint64 hash = (order[i] >> 32) * PLX_HASH_FACTOR;
        const guint64 bit = G_GUINT64_CONSTANT(1) << (hash >> 56 & 63);
        twice[hash >> 62] |= once[hash >> 62] & bit;
        once[hash >> 62] |= bit;
    }
    guint kept = 0;
    for (guint i = 0; i < n; i++) {
        const guint64 hash = (order[i] >> 32) * PLX_HASH_FACTOR;
        if (twice[hash >> 62] >> (hash >> 56 & 63) & 1)
            order[kept++] = order[i];
    }
    return kept;
}

void plx_unit_sums_add(struct plx_unit_sums *sums, const struct plx_count_plan *plan,
                       const struct plx_canon *canon, guint g, struct plx_unit_rows *rows)
{
    const struct plx_count_group *group = &plan->groups[g];
    const guint32 *cell = rows->cell[group->stream_cell];
    guint64 *order = rows->order;
    guint n = 0;
    for (guint i = 0; i < rows->n; i++)
        if (cell[i] != PLX_NO_CELL)
            order[n++] = (guint64)cell[i] << 32 | i;
    if (!group->first_unseen && !group->comoments && !group->profiles && !rows->tables &&
        !(rows->group_sizes && !rows->known))
        n = keep_repeated(order, n);
    if (n == 0)
        return;
    plx_unit_sort(order, n);
    const struct place at = {sums, plan, group, canon, &canon->groups[g], rows};
    for (guint m = 0, j = 0; group->unit_measures >> m; m++) {
        if (group->unit_measures & rows->measures & 1u << m)
            add_segments(&at, m, j, order, n);
        j += group->unit_measures >> m & 1;
    }
    add_others(&at, order, n);
}
