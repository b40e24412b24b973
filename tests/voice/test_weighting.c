/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_file.h"
#include "voice/sink.h"

#include <string.h>

enum { CUSTOMER = 3 };

struct rows {
    struct plx_dims dims;
    guint32 audience[4], place[4], tier[4];
    guint64 weight[4];
    struct plx_batch batch;
};

static void rows_init(struct rows *rows)
{
    memset(rows, 0, sizeof *rows);
    rows->dims.n_dims = PLX_DIM_SEGMENT + 1;
    rows->dims.segment[0] = g_strdup("tier");
    rows->dims.dict[PLX_DIM_PLACE] = plx_dict_new(PLX_DICT_TEXT);
    rows->dims.dict[PLX_DIM_SEGMENT] = plx_dict_new(PLX_DICT_TEXT);
    const char *const places[] = {"Graz", "Wien", "Linz", "Graz"};
    const char *const tiers[] = {"gold", "", "gold", ""};
    char text[32] = {0};
    for (guint i = 0; i < 4; i++) {
        g_strlcpy(text, places[i], sizeof text);
        rows->place[i] = plx_dict_code(rows->dims.dict[PLX_DIM_PLACE], text, (guint32)strlen(text));
        g_strlcpy(text, tiers[i], sizeof text);
        rows->tier[i] =
            plx_dict_code(rows->dims.dict[PLX_DIM_SEGMENT], text, (guint32)strlen(text));
        rows->audience[i] = i == 3 ? 1 : CUSTOMER + 1;
        rows->weight[i] = PLX_WEIGHT_ONE * (i + 1);
    }
    rows->batch = (struct plx_batch){.n = 4, .dims = &rows->dims, .weight = rows->weight};
    rows->batch.dim[PLX_DIM_AUDIENCE] = rows->audience;
    rows->batch.dim[PLX_DIM_PLACE] = rows->place;
    rows->batch.dim[PLX_DIM_SEGMENT] = rows->tier;
}

static void rows_clear(struct rows *rows)
{
    plx_dict_free(rows->dims.dict[PLX_DIM_PLACE]);
    plx_dict_free(rows->dims.dict[PLX_DIM_SEGMENT]);
    g_free(rows->dims.segment[0]);
}

static const char *const places[] = {"Graz", "Wien"};
static const char *const tiers[] = {"", "gold"};
static const struct plx_weighting_key keys[] = {{PLX_DIM_PLACE, NULL, 2, places},
                                                {PLX_DIM_SEGMENT, "tier", 2, tiers}};
static const double factor[] = {1.5, 2, 0.5, 4}; /* Graz, Graz gold, Wien, Wien gold */

static void test_factors(void)
{
    struct rows rows;
    rows_init(&rows);
    g_autoptr(plx_weighting) weighting = plx_weighting_new(CUSTOMER, keys, 2, factor);
    plx_weigher *weigher = plx_weigher_new(weighting);
    const struct plx_batch *weighed = plx_weigher_apply(weigher, &rows.batch);
    g_assert_cmpuint(weighed->weight[0], ==, 2 * PLX_WEIGHT_ONE);
    g_assert_cmpuint(weighed->weight[1], ==, PLX_WEIGHT_ONE);     /* 2 * 0.5 */
    g_assert_cmpuint(weighed->weight[2], ==, 3 * PLX_WEIGHT_ONE); /* Linz: as it was */
    g_assert_cmpuint(weighed->weight[3], ==, 4 * PLX_WEIGHT_ONE); /* a leader */
    g_assert_true(weighed->dim[PLX_DIM_PLACE] == rows.place);
    g_assert_cmpuint(rows.weight[0], ==, PLX_WEIGHT_ONE);
    g_assert_cmpuint(plx_weighting_columns(weighting), ==,
                     1u << PLX_DIM_AUDIENCE | 1u << PLX_DIM_PLACE | 1u << PLX_DIM_SEGMENT);
    plx_weigher_free(weigher);
    rows_clear(&rows);
}

/* Without weights of its own, without the segment, and with words that came later. */
static void test_bare(void)
{
    struct rows rows;
    rows_init(&rows);
    rows.dims.n_dims = PLX_DIM_SEGMENT;
    rows.batch.weight = NULL;
    rows.batch.n = 1;
    g_autoptr(plx_weighting) weighting = plx_weighting_new(CUSTOMER, keys, 2, factor);
    plx_weigher *weigher = plx_weigher_new(weighting);
    const struct plx_batch *weighed = plx_weigher_apply(weigher, &rows.batch);
    g_assert_cmpuint(weighed->weight[0], ==, PLX_WEIGHT_ONE * 3 / 2);
    rows.batch.n = 4;
    weighed = plx_weigher_apply(weigher, &rows.batch);
    g_assert_cmpuint(weighed->weight[1], ==, PLX_WEIGHT_ONE / 2);
    plx_weigher_free(weigher);
    rows_clear(&rows);
}

/* A sink that weighs: what is taken back, by another worker, leaves nothing behind. */
static void test_sink(void)
{
    static const gint8 level[] = {3, 3, 5, 6};
    struct rows rows;
    rows_init(&rows);
    plx_map *map = plx_map_new_open();
    const struct plx_subject none = {.map_index = -1};
    const struct plx_subject desk = {
        .kind = PLX_SUBJECT_POINT, .map_index = -1, .id = "desk", .title = "Desk"};
    rows.dims.map = map;
    rows.dims.subjects = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    g_array_append_val(rows.dims.subjects, none);
    g_array_append_val(rows.dims.subjects, desk);
    rows.batch.dim_constant[PLX_DIM_SUBJECT] = 1;
    rows.batch.measure[PLX_MEASURE_LEVEL] = level;
    g_autoptr(plx_weighting) weighting = plx_weighting_new(CUSTOMER, keys, 2, factor);
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS, .measures = 1u << PLX_MEASURE_LEVEL};
    plx_sink *sink = plx_count_sink_new(map, &need, 1, 2);
    plx_count_sink_weigh(sink, weighting);
    g_assert_true(sink->add(sink, 0, &rows.batch, NULL));
    g_assert_true(sink->add(sink, 0, &rows.batch, NULL));
    g_assert_true(sink->retract(sink, 1, &rows.batch, NULL));
    g_assert_true(sink->finish(sink, NULL));
    struct plx_answer *answer = plx_count_sink_take(sink);
    g_assert_cmpuint(answer->tables[0].n_cells, ==, 2); /* leader, customer */
    const struct plx_tally *own = plx_cell_tally(&answer->tables[0].cells[0], PLX_MEASURE_LEVEL);
    const struct plx_tally *raked = plx_cell_tally(&answer->tables[0].cells[1], PLX_MEASURE_LEVEL);
    g_assert_cmpfloat(own->w[5], ==, 4);
    g_assert_cmpuint(raked->n[2], ==, 2);
    g_assert_cmpfloat(raked->w[2], ==, 3); /* 1 x 2 + 2 x 0.5 */
    g_assert_cmpfloat(raked->w2[2], ==, 5);
    g_assert_cmpfloat(raked->w[4], ==, 3); /* Linz: as it was */
    plx_answer_free(answer);
    sink->free(sink);
    g_array_unref(rows.dims.subjects);
    plx_map_free(map);
    rows_clear(&rows);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weighting/factors", test_factors);
    g_test_add_func("/weighting/bare", test_bare);
    g_test_add_func("/weighting/sink", test_sink);
    return g_test_run();
}
