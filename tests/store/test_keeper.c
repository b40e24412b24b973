/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "desk.h"

#include "store/keeper.h"

#include <string.h>

/* What anonymous people lose is not in the file: neither who they are nor the time of day. */
static void test_anonymous(void)
{
    struct desk desk;
    desk_init(&desk, desk_map);
    desk_take(&desk, "audience,encounter,respondent,time,point,level\n"
                     "staff,e1,anna,2026-01-05T10:11:12,page,4\n"
                     "staff,e1,anna,2026-01-05T10:11:12,cart,3\n"
                     "staff,e2,anna,2026-02-05,cart,3\n"
                     "customer,e3,bert,2026-01-05T10:11:12,page,4\n");
    desk_assert_reads(&desk, desk_map,
                      "audience,encounter,respondent,time,point,level\n"
                      "staff,x,,2026-01-05,page,4\nstaff,x,,2026-01-05,cart,3\n"
                      "staff,y,,2026-02-05,cart,3\n"
                      "customer,e3,bert,2026-01-05T10:11:12,page,4\n");
    desk_clear(&desk);
}

struct hand {
    struct plx_dims dims;
    guint32 audience[4], place[4], tier[4];
    gint8 level[4];
    gint64 seconds[4];
    gint32 day[4], month[4];
    guint64 unit[4], encounter[4];
    guint8 known[4];
    struct plx_batch batch;
};

static void hand_init(struct hand *hand, const plx_map *map)
{
    static const char *const places[] = {"", "Oslo", "Bergen", "Oslo"};
    const guint32 staff = (guint32)plx_map_find_audience(map, "staff") + 1;
    const guint32 customer = (guint32)plx_map_find_audience(map, "customer") + 1;
    *hand = (struct hand){.dims = {.n_dims = PLX_DIM_SEGMENT + 1, .map = map}};
    hand->dims.subjects = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    g_array_set_size(hand->dims.subjects, 1);
    for (guint d = PLX_DIM_JOURNEY; d < hand->dims.n_dims; d++)
        hand->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
    hand->dims.segment[0] = g_strdup("tier");
    for (guint i = 0; i < 4; i++) {
        hand->audience[i] = i % 2 ? staff : customer;
        hand->place[i] =
            plx_dict_add(hand->dims.dict[PLX_DIM_PLACE], places[i], (guint32)strlen(places[i]));
        hand->tier[i] = i ? plx_dict_add(hand->dims.dict[PLX_DIM_SEGMENT], "gold", 4) : 0;
        hand->level[i] = 3;
        hand->day[i] = 20000;
        hand->month[i] = 24297;
        hand->seconds[i] = i == 3 ? PLX_NO_TIME : 20000 * G_GINT64_CONSTANT(86400) + 777;
        hand->unit[i] = 10 + i / 2;
        hand->encounter[i] = 100 + i / 2;
        hand->known[i] = 1;
    }
    hand->batch = (struct plx_batch){.n = 4, .dims = &hand->dims};
    hand->batch.dim[PLX_DIM_AUDIENCE] = hand->audience;
    hand->batch.dim[PLX_DIM_PLACE] = hand->place;
    hand->batch.dim[PLX_DIM_SEGMENT] = hand->tier;
    hand->batch.measure[PLX_MEASURE_LEVEL] = hand->level;
    hand->batch.seconds = hand->seconds;
    hand->batch.day = hand->day;
    hand->batch.month = hand->month;
    hand->batch.unit = hand->unit;
    hand->batch.encounter = hand->encounter;
    hand->batch.known = hand->known;
}

static void hand_clear(struct hand *hand)
{
    for (guint d = 0; d < PLX_DIMS_MAX; d++)
        plx_dict_free(hand->dims.dict[d]);
    g_free(hand->dims.segment[0]);
    g_array_unref(hand->dims.subjects);
}

/* Keys are hashed under the secret, those of the anonymous under one that nobody keeps. */
static void test_batch(void)
{
    struct desk desk;
    struct hand hand;
    struct plx_keeper keeper;
    struct plx_batch kept;
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    static const guint8 nobody[PLX_SECRET_BYTES] = {7};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    const guint8 *const secret = desk.store->secret;
    hand_init(&hand, plx_store_map(desk.store));
    plx_keeper_init(&keeper, plx_store_map(desk.store), secret, nobody);
    keeper.dims = &hand.dims;
    g_assert_false(plx_keeper_is_complete(&keeper));
    g_assert_true(plx_keeper_number(&keeper, desk.store->words, plx_store_db(desk.store), &error));
    g_assert_true(plx_keeper_is_complete(&keeper));
    plx_keeper_batch(&keeper, &hand.batch, &all, &kept);
    g_assert_false(plx_keeper_is_complete(&keeper)); /* the word "day" is new */
    g_assert_true(plx_keeper_number(&keeper, desk.store->words, plx_store_db(desk.store), &error));
    for (guint i = 0; i < 4; i++) {
        const gboolean anonymous = i % 2;
        const guint64 encounter = plx_store_key(secret, hand.encounter[i]);
        g_assert_cmpuint(kept.encounter[i], ==,
                         anonymous ? plx_store_key(nobody, encounter) : encounter);
        g_assert_cmpuint(kept.unit[i], ==,
                         anonymous ? kept.encounter[i] : plx_store_key(secret, hand.unit[i]));
        g_assert_cmpuint(kept.known[i], ==, !anonymous);
        g_assert_cmpint(kept.seconds[i], ==,
                        i == 3      ? PLX_NO_TIME
                        : anonymous ? 20000 * G_GINT64_CONSTANT(86400)
                                    : hand.seconds[i]);
    }
    struct plx_rowset rows;
    plx_rowset_init(&rows);
    plx_rowset_add(&rows, &kept, 0);
    plx_keeper_recode(&keeper, &rows);
    const plx_words *const words = desk.store->words;
    g_assert_cmpuint(rows.dim[PLX_DIM_PLACE][0], ==, 0);
    g_assert_cmpuint(rows.dim[PLX_DIM_PLACE][1], ==,
                     plx_words_find(words, PLX_WORD_PLACE, 0, "Oslo"));
    g_assert_cmpuint(rows.dim[PLX_DIM_PLACE][3], ==, rows.dim[PLX_DIM_PLACE][1]);
    g_assert_cmpuint(rows.dim[PLX_DIM_CLOCK][1], ==,
                     plx_words_find(words, PLX_WORD_CLOCK, 0, "day"));
    g_assert_cmpuint(rows.dim[PLX_DIM_CLOCK][3], ==, 0);
    plx_rowset_clear(&rows);
    plx_keeper_clear(&keeper);
    hand_clear(&hand);
    desk_clear(&desk);
}

/* A reader's first segment may be the file's second. */
static void test_segments(void)
{
    struct desk desk;
    struct hand hand;
    struct plx_keeper keeper;
    struct plx_batch kept;
    guint32 code;
    const struct plx_dims all = {.n_dims = PLX_DIMS_MAX};
    static const guint8 nobody[PLX_SECRET_BYTES] = {7};
    g_autoptr(GError) error = NULL;
    desk_init(&desk, desk_map);
    plx_db *const db = plx_store_db(desk.store);
    g_assert_true(plx_words_number(desk.store->words, db, PLX_WORD_SEGMENT_KEY, 0, "kind", "kind",
                                   &code, &error));
    hand_init(&hand, plx_store_map(desk.store));
    plx_keeper_init(&keeper, plx_store_map(desk.store), desk.store->secret, nobody);
    keeper.dims = &hand.dims;
    g_assert_true(plx_keeper_number(&keeper, desk.store->words, db, &error));
    g_assert_cmpuint(keeper.file_dim[PLX_DIM_SEGMENT], ==, PLX_DIM_SEGMENT + 1);
    plx_keeper_batch(&keeper, &hand.batch, &all, &kept);
    g_assert_null(kept.dim[PLX_DIM_SEGMENT]);
    g_assert_true(kept.dim[PLX_DIM_SEGMENT + 1] == hand.tier);
    plx_keeper_clear(&keeper);
    hand_clear(&hand);
    desk_clear(&desk);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/keeper/anonymous", test_anonymous);
    g_test_add_func("/keeper/batch", test_batch);
    g_test_add_func("/keeper/segments", test_segments);
    return g_test_run();
}
