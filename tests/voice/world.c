/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "base/date.h"
#include "map/map_file.h"

#include <math.h>
#include <string.h>

const char world_map_text[] = "parallax: 1\n"
                              "title: Shop\n"
                              "scales:\n"
                              "  stars: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n"
                              "audiences:\n"
                              "  partner: {scale: stars, identity: panel}\n"
                              "  staff: {identity: anonymous}\n"
                              "journeys:\n"
                              "  - title: Order\n"
                              "    transactions:\n"
                              "      - {title: Find, points: [Campaign, Search]}\n"
                              "      - {title: Pay, points: [Cart]}\n"
                              "  - title: Return\n"
                              "    transactions:\n"
                              "      - {title: Send, points: [{use: cart}, Label]}\n";

const struct plx_subject world_subjects[] = {
    {PLX_SUBJECT_NONE, "", "", -1},
    {PLX_SUBJECT_POINT, "campaign", "Campaign", 0},
    {PLX_SUBJECT_POINT, "search", "Search", 1},
    {PLX_SUBJECT_POINT, "cart", "Cart", 2},
    {PLX_SUBJECT_POINT, "label", "Label", 3},
    {PLX_SUBJECT_POINT, "zeta", "Zeta", -1},
    {PLX_SUBJECT_POINT, "alpha", "Alpha", -1},
    {PLX_SUBJECT_JOURNEY, "order", "Order", 0},
};
const guint world_n_subjects = G_N_ELEMENTS(world_subjects);

static const char *const places[] = {"", "Oslo", "Bergen", "A place with a long name, north", "Å"};
static const char *const channels[] = {"", "web", "shop"};
static const char *const tiers[] = {"gold", "silver", ""};

static gint8 random_cell(GRand *random, gint8 min, gint8 max)
{
    switch (g_rand_int_range(random, 0, 10)) {
    case 0:
        return PLX_CELL_EMPTY;
    case 1:
        return PLX_CELL_NA;
    case 2:
        return PLX_CELL_DECLINED;
    default:
        return (gint8)g_rand_int_range(random, min, max + 1);
    }
}

static void random_row(GRand *random, guint n_units, struct row *row)
{
    guint unit = (guint)g_rand_int_range(random, 0, (gint32)n_units);
    guint visit = (guint)g_rand_int_range(random, 0, 3);
    row->audience = unit % 5;
    row->subject = (guint)g_rand_int_range(random, 0, (gint32)world_n_subjects);
    row->place = places[g_rand_int_range(random, 0, G_N_ELEMENTS(places))];
    row->channel = channels[g_rand_int_range(random, 0, G_N_ELEMENTS(channels))];
    row->tier = tiers[g_rand_int_range(random, 0, G_N_ELEMENTS(tiers))];
    row->day =
        g_rand_int_range(random, 0, 8) ? 19700 + g_rand_int_range(random, 0, 90) : PLX_NO_DAY;
    row->seconds = row->day == PLX_NO_DAY
                       ? PLX_NO_TIME
                       : (gint64)row->day * 86400 + g_rand_int_range(random, 0, 3) * 3600;
    memset(row->value, (guint8)PLX_CELL_EMPTY, sizeof row->value);
    gint8 top = row->audience == 4 ? 5 : 6;
    row->value[PLX_MEASURE_LEVEL] = random_cell(random, 1, top);
    row->value[PLX_MEASURE_EXPECTED] = random_cell(random, 1, top);
    row->value[PLX_MEASURE_BELIEVED] = random_cell(random, 0, 10);
    row->value[PLX_MEASURE_EFFORT] = random_cell(random, 1, 7);
    static const gint8 flags[] = {PLX_CELL_EMPTY, -1, 0, 1, PLX_CELL_EMPTY, 1, 0};
    row->value[PLX_MEASURE_SURPRISE] = flags[(unit + 3 * visit + row->subject) % 7];
    row->value[PLX_MEASURE_HESITATION] = (gint8)((row->subject + visit) % 3);
    if (row->value[PLX_MEASURE_HESITATION] == 2)
        row->value[PLX_MEASURE_HESITATION] = PLX_CELL_EMPTY;
    row->weight = PLX_WEIGHT_ONE / 4 * (guint64)g_rand_int_range(random, 0, 20);
    row->encounter = (unit * 3 + visit + 1) * G_GUINT64_CONSTANT(0x123456789abcdef1);
    row->known = unit % 3 != 0;
    row->unit = row->known ? (unit + 7) * G_GUINT64_CONSTANT(0xfedcba9876543211) : row->encounter;
    row->group_size = (guint16)(unit % 4 == 0 ? 7 + visit : 1);
    row->seen = (gint8)(g_rand_int_range(random, 0, 3) == 0);
    row->constancy = unit;
}

struct world *world_new(guint32 seed, guint n_rows, guint n_units, gboolean weighted)
{
    struct world *world = g_new0(struct world, 1);
    g_autoptr(GError) error = NULL;
    world->map = plx_map_read_memory(world_map_text, strlen(world_map_text), "m.yaml", &error);
    g_assert_no_error(error);
    world->rows = g_array_new(FALSE, TRUE, sizeof(struct row));
    world->weighted = weighted;
    world->identified = TRUE;
    world->timed = TRUE;
    world->measures = 1u << PLX_MEASURE_LEVEL | 1u << PLX_MEASURE_EXPECTED |
                      1u << PLX_MEASURE_BELIEVED | 1u << PLX_MEASURE_EFFORT;
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    for (guint i = 0; i < n_rows; i++) {
        struct row row = {0};
        random_row(random, n_units, &row);
        row.identity = 1000 + i;
        row.workshop = row.table = "";
        if (!weighted)
            row.weight = PLX_WEIGHT_ONE;
        g_array_append_val(world->rows, row);
    }
    return world;
}

void world_seat(struct world *world, gboolean moving)
{
    static const char *const workshops[] = {"", "spring", "autumn", "spring"};
    static const char *const tables[] = {"1", "2", "", "3"};
    world->tables = TRUE;
    for (guint i = 0; i < world->rows->len; i++) {
        struct row *row = &g_array_index(world->rows, struct row, i);
        const guint person = row->constancy, place = person / 4 + (moving && i % 3 == 0 ? 1 : 0);
        row->workshop = workshops[person % 4];
        row->table = !moving && i % 7 == 0 ? "" : tables[place % 4];
    }
}

void world_free(struct world *world)
{
    plx_map_free(world->map);
    g_array_unref(world->rows);
    g_free(world);
}

/* ---- feeding ---- */

/* One worker's dictionaries, filled as rows come. */
struct hand {
    struct plx_dims dims;
    guint32 subject_code[64];
};

static void hand_init(struct hand *hand, const plx_map *map)
{
    *hand = (struct hand){.dims = {.n_dims = PLX_DIM_SEGMENT + 1, .map = map}};
    for (guint d = PLX_DIM_JOURNEY; d <= PLX_DIM_SEGMENT; d++)
        hand->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    hand->dims.segment[0] = g_strdup("tier");
    hand->dims.subjects = g_array_new(FALSE, FALSE, sizeof(struct plx_subject));
    g_array_append_val(hand->dims.subjects, world_subjects[0]);
}

static void hand_clear(struct hand *hand)
{
    for (guint d = 0; d < 64; d++)
        plx_dict_free(hand->dims.dict[d]);
    g_free(hand->dims.segment[0]);
    g_array_unref(hand->dims.subjects);
}

static guint32 code_of(struct hand *hand, guint dim, const char *text)
{
    char padded[300] = {0};
    g_strlcpy(padded, text, sizeof padded);
    return plx_dict_code(hand->dims.dict[dim], padded, (guint32)strlen(text));
}

static guint32 subject_of(struct hand *hand, guint subject)
{
    if (subject && !hand->subject_code[subject]) {
        hand->subject_code[subject] = hand->dims.subjects->len;
        g_array_append_val(hand->dims.subjects, world_subjects[subject]);
    }
    return hand->subject_code[subject];
}

static gint32 month_of(gint32 day)
{
    if (day == PLX_NO_DAY)
        return PLX_NO_DAY;
    gint year, month, rest;
    plx_date_civil(day, &year, &month, &rest);
    return year * 12 + month - 1;
}

static gboolean is_same_occasion(const struct row *a, const struct row *b)
{
    return a->unit == b->unit && a->encounter == b->encounter && a->known == b->known &&
           a->constancy == b->constancy && a->group_size == b->group_size && a->day == b->day &&
           a->seconds == b->seconds && a->audience == b->audience &&
           g_str_equal(a->place, b->place) && g_str_equal(a->channel, b->channel) &&
           g_str_equal(a->tier, b->tier) && g_str_equal(a->workshop, b->workshop) &&
           g_str_equal(a->table, b->table);
}

/* Rows where something about the encounter is new, and some where nothing is; n at the end. */
static guint32 list_runs(const struct row *rows, guint n, guint32 *run)
{
    guint32 n_runs = 0;
    for (guint i = 0; i < n; i++)
        if (i == 0 || i % 5 == 0 || !is_same_occasion(&rows[i - 1], &rows[i]))
            run[n_runs++] = i;
    run[n_runs] = n;
    return n_runs;
}

static gboolean has_column(const struct world *world, const gint8 *values, guint n, guint measure)
{
    gboolean filled = !world->narrow;
    for (guint i = 0; i < n; i++)
        filled |= values[i] != PLX_CELL_EMPTY;
    return filled && world->measures >> measure & 1;
}

/* Every second batch tells its runs. */
static void feed(const struct world *world, plx_sink *sink, struct hand *hand, guint worker,
                 const struct row *rows, guint n, guint64 block, gboolean back)
{
    g_autofree guint32 *codes = g_new0(guint32, 8 * n + 1);
    g_autofree gint8 *values = g_new0(gint8, PLX_MEASURES_MAX * n + 1);
    g_autofree gint32 *days = g_new0(gint32, 2 * n + 1);
    g_autofree guint64 *longs = g_new0(guint64, 4 * n + 1);
    g_autofree guint32 *hashes = g_new0(guint32, 2 * n + 1);
    g_autofree guint8 *bytes = g_new0(guint8, 2 * n + 1);
    g_autofree guint16 *sizes = g_new0(guint16, n + 1);
    g_autofree guint32 *run = g_new0(guint32, n + 1);
    gint64 *seconds = (gint64 *)&longs[3 * n];
    for (guint i = 0; i < n; i++) {
        const struct row *row = &rows[i];
        codes[i] = row->audience + 1;
        codes[n + i] = subject_of(hand, row->subject);
        codes[2 * n + i] = code_of(hand, PLX_DIM_PLACE, row->place);
        codes[3 * n + i] = code_of(hand, PLX_DIM_CHANNEL, row->channel);
        codes[4 * n + i] = code_of(hand, PLX_DIM_SEGMENT, row->tier);
        codes[5 * n + i] = code_of(hand, PLX_DIM_WORKSHOP, row->workshop);
        codes[6 * n + i] = code_of(hand, PLX_DIM_TABLE, row->table);
        for (guint m = 0; m < PLX_MEASURES_MAX; m++)
            values[m * n + i] = row->value[m];
        days[i] = row->day;
        days[n + i] = month_of(row->day);
        longs[i] = row->unit;
        longs[n + i] = row->encounter;
        longs[2 * n + i] = row->weight;
        seconds[i] = row->seconds;
        hashes[i] = row->identity;
        hashes[n + i] = row->constancy;
        bytes[i] = row->known;
        bytes[n + i] = (guint8)row->seen;
        sizes[i] = row->group_size;
    }
    struct plx_batch batch = {.n = n, .dims = &hand->dims, .block = block};
    batch.dim[PLX_DIM_AUDIENCE] = codes;
    batch.dim[PLX_DIM_SUBJECT] = &codes[n];
    batch.dim[PLX_DIM_PLACE] = &codes[2 * n];
    batch.dim[PLX_DIM_CHANNEL] = &codes[3 * n];
    batch.dim[PLX_DIM_SEGMENT] = &codes[4 * n];
    batch.dim[PLX_DIM_WORKSHOP] = world->tables ? &codes[5 * n] : NULL;
    batch.dim[PLX_DIM_TABLE] = world->tables ? &codes[6 * n] : NULL;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        batch.measure[m] = has_column(world, &values[m * n], n, m) ? &values[m * n] : NULL;
    batch.surprise = &values[PLX_MEASURE_SURPRISE * n];
    batch.hesitation = &values[PLX_MEASURE_HESITATION * n];
    batch.day = world->timed ? days : NULL;
    batch.month = world->timed ? &days[n] : NULL;
    batch.seconds = world->timed ? seconds : NULL;
    batch.unit = longs;
    batch.encounter = &longs[n];
    batch.known = bytes;
    batch.identity = world->identified ? hashes : NULL;
    batch.constancy = &hashes[n];
    batch.group_size = sizes;
    batch.weight = world->weighted ? &longs[2 * n] : NULL;
    batch.seen = (const gint8 *)&bytes[n];
    batch.n_runs = block % 2 ? 0 : list_runs(rows, n, run);
    batch.run = batch.n_runs ? run : NULL;
    g_autoptr(GError) error = NULL;
    if (back)
        sink->retract(sink, worker, &batch, &error);
    else
        sink->add(sink, worker, &batch, &error);
    g_assert_no_error(error);
}

void world_feed(const struct world *world, plx_sink *sink, const struct feeding *feeding,
                guint32 seed, struct plx_suspect **suspects, gsize *n_suspects)
{
    struct hand *hands = g_new0(struct hand, feeding->n_workers);
    for (guint w = 0; w < feeding->n_workers; w++)
        hand_init(&hands[w], world->map);
    g_autoptr(GRand) random = g_rand_new_with_seed(seed);
    g_autoptr(GArray) rows = g_array_copy(world->rows);
    g_array_append_vals(rows, feeding->back, feeding->n_back);
    for (guint i = rows->len; feeding->shuffled && i > 1; i--) {
        guint k = (guint)g_rand_int_range(random, 0, (gint32)i);
        struct row swap = g_array_index(rows, struct row, k);
        g_array_index(rows, struct row, k) = g_array_index(rows, struct row, i - 1);
        g_array_index(rows, struct row, i - 1) = swap;
    }
    for (guint from = 0, n; from < rows->len; from += n) {
        n = (guint)g_rand_int_range(random, 1, (gint32)feeding->cut + 1);
        n = MIN(rows->len - from, n);
        guint w = (guint)g_rand_int_range(random, 0, (gint32)feeding->n_workers);
        feed(world, sink, &hands[w], w, &g_array_index(rows, struct row, from), n, from, FALSE);
        for (guint i = from; feeding->twice && i < from + n; i++)
            g_array_index(rows, struct row, i).identity += 1000000;
        if (feeding->twice)
            feed(world, sink, &hands[w], w, &g_array_index(rows, struct row, from), n, from, FALSE);
    }
    g_autoptr(GError) error = NULL;
    if (suspects)
        sink->suspects(sink, suspects, n_suspects, &error);
    g_assert_no_error(error);
    if (feeding->n_back)
        feed(world, sink, &hands[0], 0, feeding->back, feeding->n_back, 0, TRUE);
    sink->finish(sink, &error);
    g_assert_no_error(error);
    if (feeding->finished)
        feeding->finished(feeding->data);
    for (guint w = 0; w < feeding->n_workers; w++)
        hand_clear(&hands[w]);
    g_free(hands);
}

struct plx_answer *world_ask(const struct world *world, const struct plx_need *needs, guint n_needs,
                             const struct feeding *feeding, guint32 seed,
                             struct plx_suspect **suspects, gsize *n_suspects)
{
    plx_sink *sink = plx_count_sink_new(world->map, needs, n_needs, feeding->n_workers);
    world_feed(world, sink, feeding, seed, suspects, n_suspects);
    struct plx_answer *answer = plx_count_sink_take(sink);
    sink->free(sink);
    return answer;
}

/* ---- answers as text ---- */

static gint compare_lines(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

char *subject_prefix(const struct plx_subject *subject)
{
    return g_strdup_printf("%d.%02d.%s", (int)subject->kind,
                           subject->map_index < 0 ? 99 : subject->map_index, subject->id);
}

static void put_prefix(GString *out, guint t, const struct plx_answer *answer,
                       const struct plx_need *need, guint group, guint subject, guint audience)
{
    g_string_append_printf(out, "%u ", t);
    for (guint s = 0; s < need->n_splits; s++)
        g_string_append_printf(out, "%s\x01", answer->tables[t].groups[group][s]);
    g_autofree char *name = subject_prefix(&answer->subjects[subject]);
    g_string_append_printf(out, "|%s|%u", name, audience);
}

static void put_tally(GString *out, const struct plx_tally *tally, guint kinds)
{
    g_string_append_printf(out, " m%d k%u", (int)tally->measure, tally->k);
    for (guint v = 0; v < tally->k; v++) {
        g_string_append_printf(out, ",%" G_GUINT64_FORMAT, tally->n[v]);
        if (tally->w)
            g_string_append_printf(out, "/%.12g/%.12g", tally->w[v], tally->w2[v]);
    }
    g_string_append_printf(out, " t%lu na%lu de%lu em%lu", tally->total, tally->na, tally->declined,
                           tally->empty);
    if (kinds & (PLX_NEED_PERSONS | PLX_NEED_CLUSTERS))
        g_string_append_printf(out, " p%lu u%lu r%d", tally->persons, tally->units, tally->repeats);
    if (!(kinds & PLX_NEED_CLUSTERS))
        return;
    for (guint i = 0; tally->m && i < tally->k * tally->k; i++)
        g_string_append_printf(out, " %.12g", tally->m[i]);
    for (guint i = 0; i < tally->n_vectors; i++) {
        g_string_append(out, " [");
        for (guint v = 0; v < tally->k; v++)
            g_string_append_printf(out, "%u ", tally->vectors[i * tally->k + v]);
        g_string_append_printf(out, "]%lu", tally->multiplicity[i]);
    }
}

static void put_pair(GString *out, const struct plx_pair_tally *pair)
{
    g_string_append_printf(out, " pair%d-%d", (int)pair->first, (int)pair->second);
    for (guint i = 0; i < pair->k1 * pair->k2; i++) {
        g_string_append_printf(out, ",%lu", pair->n[i]);
        if (pair->w)
            g_string_append_printf(out, "/%.12g/%.12g", pair->w[i], pair->w2[i]);
    }
    g_string_append_printf(out, " t%lu p%lu u%lu r%d %.9g %.9g %.9g", pair->total, pair->persons,
                           pair->units, pair->repeats, pair->s_dd, pair->s_d1, pair->s_11);
}

static void put_columns(GString *out, guint t, const struct plx_answer *answer,
                        const struct plx_need *need)
{
    const struct plx_columns *columns = answer->tables[t].columns;
    for (guint c = 0; c < answer->tables[t].n_cells; c++) {
        put_prefix(out, t, answer, need, columns->group[c], columns->subject[c],
                   columns->audience[c]);
        for (guint j = 0; j < columns->n_measures; j++) {
            guint wide = columns->k[j] + 3;
            g_string_append_printf(out, " col%d", (int)columns->measure[j]);
            for (guint v = 0; v < wide; v++) {
                g_string_append_printf(out, ",%u", columns->n[j][c * wide + v]);
                if (columns->w[j] && v < columns->k[j])
                    g_string_append_printf(out, "/%.12g/%.12g", columns->w[j][c * wide + v],
                                           columns->w2[j][c * wide + v]);
            }
        }
        g_string_append_c(out, '\n');
    }
}

static void put_units(GString *out, guint t, const struct plx_answer *answer,
                      const struct plx_need *need, const plx_map *map)
{
    const struct plx_table *table = &answer->tables[t];
    for (guint i = 0; i < table->n_comoments; i++) {
        const struct plx_comoment *c = &table->comoments[i];
        put_prefix(out, t, answer, need, c->group, c->subject_a, c->audience);
        g_autofree char *b = subject_prefix(&answer->subjects[c->subject_b]);
        g_string_append_printf(out, "|%s co %lu %.9g %.9g %.9g %.9g %.9g\n", b, c->n, c->sum_a,
                               c->sum_b, c->sum_aa, c->sum_bb, c->sum_ab);
    }
    for (guint i = 0; i < table->n_profiles; i++) {
        const struct plx_profiles *p = &table->profiles[i];
        for (guint u = 0; u < p->n_units; u++) {
            g_string_append_printf(out, "%u ", t);
            for (guint s = 0; s < need->n_splits; s++)
                g_string_append_printf(out, "%s\x01", table->groups[p->group][s]);
            g_string_append_printf(out, "|profile %u m%d", p->audience, (int)p->measure);
            for (guint s = 0; s < answer->n_subjects; s++)
                if (!isnan(p->value[u * answer->n_subjects + s]))
                    g_string_append_printf(out, " %s=%.9g", answer->subjects[s].id,
                                           p->value[u * answer->n_subjects + s]);
            g_string_append_c(out, '\n');
        }
    }
    for (guint i = 0; table->audience_persons && i < table->n_groups * map->n_audiences; i++) {
        if (!table->audience_persons[i])
            continue;
        g_string_append_printf(out, "%u ", t);
        for (guint s = 0; s < need->n_splits; s++)
            g_string_append_printf(out, "%s\x01", table->groups[i / map->n_audiences][s]);
        g_string_append_printf(out, "|persons %u %lu\n", i % map->n_audiences,
                               table->audience_persons[i]);
    }
    guint wide = map->n_journeys + 1;
    for (guint i = 0; table->journey_encounters && i < table->n_groups * map->n_audiences; i++) {
        g_string_append_printf(out, "%u ", t);
        for (guint s = 0; s < need->n_splits; s++)
            g_string_append_printf(out, "%s\x01", table->groups[i / map->n_audiences][s]);
        g_string_append_printf(out, "|journeys %u", i % map->n_audiences);
        for (guint j = 0; j < wide; j++)
            g_string_append_printf(out, " %lu", table->journey_encounters[i * wide + j]);
        g_string_append_c(out, '\n');
    }
}

static void put_said(GString *out, const struct plx_answer *answer, guint t,
                     const struct plx_need *need, guint32 i)
{
    const struct plx_table *table = &answer->tables[t];
    const struct plx_linked *linked = table->linked;
    g_autofree char *name = subject_prefix(&answer->subjects[linked->subject[i]]);
    for (guint s = 0; s < need->n_splits; s++)
        g_string_append_printf(out, "%s\x01", table->groups[linked->group[i]][s]);
    g_string_append_printf(out, "|%s", name);
    for (guint j = 0; j < linked->n_measures; j++)
        g_string_append_printf(out, "|%d", 2000 + linked->value[j][i]);
    g_string_append_printf(out, "|%08.2f ", linked->weight ? linked->weight[i] : 1);
}

static void put_linked(GString *out, const struct plx_answer *answer, guint t,
                       const struct plx_need *need)
{
    const struct plx_linked *linked = answer->tables[t].linked;
    g_assert_true((linked->group == NULL) == (need->n_splits == 0));
    for (guint32 u = 0; u < linked->n_units; u++) {
        g_string_append_printf(out, "%u linked a%u k%u p%u", t, linked->audience[u],
                               linked->known ? linked->known[u] : 0,
                               linked->persons ? linked->persons[u] : 1);
        for (guint32 e = linked->unit_first[u]; e < linked->unit_first[u + 1]; e++) {
            g_string_append(out, " {");
            for (guint32 i = linked->encounter_first[e]; i < linked->encounter_first[e + 1]; i++)
                put_said(out, answer, t, need, i);
            g_string_append_c(out, '}');
        }
        g_string_append_c(out, '\n');
    }
}

char *answer_text(const struct world *world, const struct plx_answer *answer,
                  const struct plx_need *needs)
{
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "rows %lu encounters %lu unknown %lu respondents %lu",
                           answer->observations, answer->encounters, answer->encounters_unknown,
                           answer->respondents);
    g_string_append_printf(out, " days %d %d..%d without %lu measures %x\n", answer->has_days,
                           answer->first_day, answer->last_day, answer->without_time,
                           answer->measures);
    for (guint t = 0; t < answer->n_tables; t++) {
        const struct plx_table *table = &answer->tables[t];
        for (guint c = 0; table->cells && c < table->n_cells; c++) {
            const struct plx_cell *cell = &table->cells[c];
            g_assert_true(plx_table_cell(table, cell->group, cell->subject, cell->audience) ==
                          cell);
            put_prefix(out, t, answer, &needs[t], cell->group, cell->subject, cell->audience);
            g_string_append_printf(out, " rows%lu enc%lu", cell->rows, cell->encounters);
            for (guint i = 0; i < cell->n_tallies; i++)
                put_tally(out, &cell->tallies[i], needs[t].kinds);
            for (guint i = 0; i < cell->n_pairs; i++)
                put_pair(out, &cell->pairs[i]);
            g_string_append_c(out, '\n');
        }
        if (table->columns)
            put_columns(out, t, answer, &needs[t]);
        put_units(out, t, answer, &needs[t], world->map);
        if (table->linked)
            put_linked(out, answer, t, &needs[t]);
    }
    return g_string_free(out, FALSE);
}

/* Cut by memchr: under a sanitizer, each search in a string measures all that is left of it. */
char *sorted_lines(const char *text)
{
    g_autofree char *copy = g_strdup(text);
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    const char *last = copy + strlen(copy);
    for (char *line = copy, *end; line && *line; line = end) {
        end = (char *)memchr(line, '\n', (gsize)(last - line));
        if (end)
            *end++ = '\0';
        if (*line)
            g_ptr_array_add(all, line);
    }
    g_ptr_array_sort(all, compare_lines);
    g_ptr_array_add(all, NULL);
    return g_strjoinv("\n", (char **)all->pdata);
}
