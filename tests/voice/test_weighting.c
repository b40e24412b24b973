/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/weighting.h"

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

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weighting/factors", test_factors);
    g_test_add_func("/weighting/bare", test_bare);
    return g_test_run();
}
