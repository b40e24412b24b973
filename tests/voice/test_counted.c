/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/sink.h"
#include "world.h"

#include "base/date.h"
#include "base/error.h"
#include "voice/cells.h"

#include <string.h>

/* Counts in place of rows give the answer of the rows ----------------------------------------- */

#define LEVEL (1u << PLX_MEASURE_LEVEL)
#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define EFFORT (1u << PLX_MEASURE_EFFORT)
#define MIN_VALUE (-2)
#define VALUES 14

static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_audience[] = {{PLX_SPLIT_DIM, PLX_DIM_AUDIENCE, NULL, NULL}};

static const struct plx_need needs[] = {
    {PLX_NEED_COUNTS, LEVEL | BELIEVED, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS, EFFORT, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, LEVEL | EFFORT, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COUNTS, 0, 0, NULL, by_audience, 1, FALSE},
};

/* One cell of some rows: all that a sink may be told of them. */
struct cell {
    const struct row *row; /* the first */
    gint32 first, last;
    guint32 rows;
    guint32 n[PLX_MEASURES_MAX][VALUES + 2];
    guint64 w[PLX_MEASURES_MAX][VALUES];
    plx_u128 w2[PLX_MEASURES_MAX][VALUES];
};

static gint32 month_of(gint32 day)
{
    gint year, month, rest;
    if (day == PLX_NO_DAY)
        return PLX_NO_DAY;
    plx_date_civil(day, &year, &month, &rest);
    return year * 12 + month - 1;
}

static gboolean is_of(const struct cell *cell, const struct row *row)
{
    return cell->row->audience == row->audience && cell->row->subject == row->subject &&
           strcmp(cell->row->place, row->place) == 0 &&
           month_of(cell->row->day) == month_of(row->day);
}

static void count_row(struct cell *cell, const struct row *row)
{
    cell->rows++;
    cell->first = MIN(cell->first, row->day);
    cell->last = MAX(cell->last, row->day);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        const gint8 value = row->value[m];
        if (value == PLX_CELL_NA || value == PLX_CELL_DECLINED)
            cell->n[m][VALUES + (value == PLX_CELL_DECLINED)]++;
        if (value <= PLX_CELL_DECLINED)
            continue;
        cell->n[m][value - MIN_VALUE]++;
        cell->w[m][value - MIN_VALUE] += row->weight;
        cell->w2[m][value - MIN_VALUE] += (plx_u128)row->weight * row->weight;
    }
}

static GArray *cells_of(const struct row *rows, guint n)
{
    GArray *const cells = g_array_new(FALSE, TRUE, sizeof(struct cell));
    for (guint i = 0; i < n; i++) {
        guint at = 0;
        while (at < cells->len && !is_of(&g_array_index(cells, struct cell, at), &rows[i]))
            at++;
        if (at == cells->len) {
            const struct cell fresh = {.row = &rows[i], .first = rows[i].day, .last = rows[i].day};
            g_array_append_val(cells, fresh);
        }
        count_row(&g_array_index(cells, struct cell, at), &rows[i]);
    }
    return cells;
}

/* Dictionaries that know all of the world. */
struct words {
    struct plx_dims dims;
};

static void words_init(struct words *words, const plx_map *map)
{
    *words = (struct words){.dims = {.n_dims = PLX_DIM_SEGMENT, .map = map}};
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        words->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    words->dims.subjects = g_array_new(FALSE, FALSE, sizeof(struct plx_subject));
    g_array_append_vals(words->dims.subjects, world_subjects, world_n_subjects);
}

static void words_clear(struct words *words)
{
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++)
        plx_dict_free(words->dims.dict[d]);
    g_array_unref(words->dims.subjects);
}

/* Cells as a sink takes them; all columns are the caller's to free with g_free. */
struct columns {
    guint32 *dim[3];
    gint32 *day, *last, *month;
    guint32 *rows;
    struct plx_counted_measure measure[PLX_MEASURES_MAX];
};

static void fill_measure(const GArray *cells, guint m, gboolean weighted,
                         struct plx_counted_measure *out)
{
    const guint n = cells->len;
    guint32 *const counts = g_new0(guint32, (VALUES + 2) * n);
    guint64 *const w = weighted ? g_new0(guint64, VALUES * n) : NULL;
    guint64 *const low = weighted ? g_new0(guint64, VALUES * n) : NULL;
    guint64 *const high = weighted ? g_new0(guint64, VALUES * n) : NULL;
    for (guint i = 0; i < n; i++) {
        const struct cell *const cell = &g_array_index(cells, struct cell, i);
        for (guint v = 0; v < VALUES + 2; v++)
            counts[v * n + i] = cell->n[m][v];
        for (guint v = 0; weighted && v < VALUES; v++) {
            w[v * n + i] = cell->w[m][v];
            low[v * n + i] = (guint64)cell->w2[m][v];
            high[v * n + i] = (guint64)(cell->w2[m][v] >> 64);
        }
    }
    *out = (struct plx_counted_measure){MIN_VALUE, VALUES, counts, w, low, high};
}

static struct columns columns_of(const GArray *cells, struct words *words,
                                 const struct world *world)
{
    const guint n = cells->len;
    struct columns columns = {0};
    for (guint d = 0; d < G_N_ELEMENTS(columns.dim); d++)
        columns.dim[d] = g_new(guint32, n);
    columns.day = g_new(gint32, n);
    columns.last = g_new(gint32, n);
    columns.month = g_new(gint32, n);
    columns.rows = g_new(guint32, n);
    for (guint i = 0; i < n; i++) {
        const struct cell *const cell = &g_array_index(cells, struct cell, i);
        char padded[300] = {0};
        g_strlcpy(padded, cell->row->place, sizeof padded);
        columns.dim[0][i] = cell->row->audience + 1;
        columns.dim[1][i] = cell->row->subject;
        columns.dim[2][i] = plx_dict_code(words->dims.dict[PLX_DIM_PLACE], padded,
                                          (guint32)strlen(cell->row->place));
        columns.day[i] = cell->first;
        columns.last[i] = cell->last;
        columns.month[i] = month_of(cell->first);
        columns.rows[i] = cell->rows;
    }
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (world->measures >> m & 1)
            fill_measure(cells, m, world->weighted, &columns.measure[m]);
    return columns;
}

static void columns_clear(struct columns *columns)
{
    for (guint d = 0; d < G_N_ELEMENTS(columns->dim); d++)
        g_free(columns->dim[d]);
    g_free(columns->day);
    g_free(columns->last);
    g_free(columns->month);
    g_free(columns->rows);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++) {
        g_free((gpointer)(gsize)columns->measure[m].n);
        g_free((gpointer)(gsize)columns->measure[m].w);
        g_free((gpointer)(gsize)columns->measure[m].w2_low);
        g_free((gpointer)(gsize)columns->measure[m].w2_high);
    }
}

static void give(plx_sink *sink, guint worker, const struct world *world, struct words *words,
                 const struct row *rows, guint n)
{
    g_autoptr(GArray) cells = cells_of(rows, n);
    g_autoptr(GError) error = NULL;
    struct columns columns = columns_of(cells, words, world);
    struct plx_batch batch = {.n = cells->len, .dims = &words->dims};
    batch.dim[PLX_DIM_AUDIENCE] = columns.dim[0];
    batch.dim[PLX_DIM_SUBJECT] = columns.dim[1];
    batch.dim[PLX_DIM_PLACE] = columns.dim[2];
    batch.day = columns.day;
    batch.month = columns.month;
    struct plx_counted counted = {.cells = &batch,
                                  .last_day = columns.last,
                                  .rows = columns.rows,
                                  .weighted = world->weighted};
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        counted.measure[m] = world->measures >> m & 1 ? &columns.measure[m] : NULL;
    g_assert_true(plx_count_sink_add_counted(sink, worker, &counted, &error));
    g_assert_no_error(error);
    columns_clear(&columns);
}

/* The rows in cells of `cut` rows each, by several workers. */
static char *counted_text(const struct world *world, const struct plx_need *wanted, guint n,
                          guint workers, guint cut, const struct plx_answer *totals)
{
    plx_sink *const sink = plx_count_sink_new(world->map, wanted, n, workers);
    g_autofree struct words *words = g_new0(struct words, workers);
    g_autoptr(GError) error = NULL;
    for (guint w = 0; w < workers; w++)
        words_init(&words[w], world->map);
    for (guint from = 0; from < world->rows->len; from += cut) {
        const guint w = from / cut % workers;
        give(sink, w, world, &words[w], &g_array_index(world->rows, struct row, from),
             MIN(cut, world->rows->len - from));
    }
    g_assert_true(sink->finish(sink, &error));
    struct plx_answer *const answer = plx_count_sink_take(sink);
    answer->encounters = totals->encounters;
    answer->encounters_unknown = totals->encounters_unknown;
    answer->respondents = totals->respondents;
    g_autofree char *text = answer_text(world, answer, wanted);
    plx_answer_free(answer);
    sink->free(sink);
    for (guint w = 0; w < workers; w++)
        words_clear(&words[w]);
    return sorted_lines(text);
}

static void check_world(guint32 seed, gboolean weighted, const plx_filter *filter)
{
    struct world *const world = world_new(seed, 3000, 200, weighted);
    const struct feeding feeding = {.n_workers = 2, .cut = 500};
    struct plx_need wanted[G_N_ELEMENTS(needs)];
    memcpy(wanted, needs, sizeof needs);
    for (guint i = 0; i < G_N_ELEMENTS(needs); i++)
        wanted[i].filter = filter;
    struct plx_answer *const answer =
        world_ask(world, wanted, G_N_ELEMENTS(needs), &feeding, seed, NULL, NULL);
    g_autofree char *text = answer_text(world, answer, wanted);
    g_autofree char *expected = sorted_lines(text);
    for (guint workers = 1; workers <= 4; workers++) {
        g_autofree char *counted = counted_text(world, wanted, G_N_ELEMENTS(needs), workers,
                                                workers == 1 ? 3000 : 170, answer);
        g_assert_cmpstr(counted, ==, expected);
    }
    plx_answer_free(answer);
    world_free(world);
}

static void test_same(void)
{
    const char *const some[] = {"Oslo", "", NULL};
    plx_filter *const both[] = {plx_filter_in(PLX_DIM_PLACE, NULL, some),
                                plx_filter_days(19723, 19753)}; /* January 2024 */
    g_autoptr(plx_filter) filter = plx_filter_all((plx_filter **)(gsize)both, 2);
    for (guint32 seed = 1; seed <= 4; seed++) {
        check_world(seed, seed % 2 == 0, NULL);
        check_world(seed, seed % 2 == 1, filter);
    }
}

/* A cell of more rows than a counter holds, values that the scale of today does not have. */
static void test_large(void)
{
    struct world *const world = world_new(1, 1, 1, FALSE);
    struct words words;
    g_autoptr(GError) error = NULL;
    const guint32 n[] = {70000, 5, 300, 2, 1}; /* of 6, 7, 8; na, declined */
    const guint32 code[] = {1}, rows[] = {80000};
    const gint32 day[] = {19723}, last[] = {19750}, month[] = {2024 * 12};
    const struct plx_counted_measure level = {6, 3, n, NULL, NULL, NULL};
    words_init(&words, world->map);
    struct plx_batch batch = {.n = 1, .dims = &words.dims, .day = day, .month = month};
    batch.dim[PLX_DIM_AUDIENCE] = batch.dim[PLX_DIM_SUBJECT] = code;
    struct plx_counted counted = {.cells = &batch, .last_day = last, .rows = rows};
    counted.measure[PLX_MEASURE_LEVEL] = &level;
    plx_sink *const sink = plx_count_sink_new(world->map, needs, 1, 1);
    for (guint i = 0; i < 3; i++)
        g_assert_true(plx_count_sink_add_counted(sink, 0, &counted, &error));
    g_assert_true(sink->finish(sink, &error));
    struct plx_answer *const answer = plx_count_sink_take(sink);
    const struct plx_tally *const tally =
        plx_cell_tally(plx_table_cell(&answer->tables[0], 0, 0, 0), PLX_MEASURE_LEVEL);
    g_assert_cmpuint(tally->n[5], ==, 210000);
    g_assert_cmpuint(tally->total, ==, 210000);
    g_assert_cmpuint(tally->na, ==, 6);
    g_assert_cmpuint(tally->declined, ==, 3);
    g_assert_cmpuint(tally->empty, ==, 3 * (80000 - 70003));
    g_assert_cmpuint(answer->observations, ==, 240000);
    g_assert_cmpint(answer->first_day, ==, 19723);
    g_assert_cmpint(answer->last_day, ==, 19750);
    plx_answer_free(answer);
    sink->free(sink);
    words_clear(&words);
    world_free(world);
}

/* Counts do not say who answered. */
static void test_refused(void)
{
    struct world *const world = world_new(1, 1, 1, FALSE);
    struct words words;
    const struct plx_need need = {
        PLX_NEED_COUNTS | PLX_NEED_PERSONS, LEVEL, 0, NULL, NULL, 0, FALSE};
    g_autoptr(GError) error = NULL;
    words_init(&words, world->map);
    const struct plx_batch none = {.dims = &words.dims};
    const struct plx_counted counted = {.cells = &none};
    plx_sink *const sink = plx_count_sink_new(world->map, &need, 1, 1);
    g_assert_false(plx_count_sink_add_counted(sink, 0, &counted, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_BUG);
    sink->free(sink);
    words_clear(&words);
    world_free(world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/counted/same", test_same);
    g_test_add_func("/voice/counted/large", test_large);
    g_test_add_func("/voice/counted/refused", test_refused);
    return g_test_run();
}
