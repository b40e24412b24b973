/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_blob.h"

#include "base/error.h"
#include "map/map_file.h"
#include "voice/world.h"

#include <string.h>
#include <zlib.h>

#define LEVEL (1u << PLX_MEASURE_LEVEL)
#define BELIEVED (1u << PLX_MEASURE_BELIEVED)
#define EFFORT (1u << PLX_MEASURE_EFFORT)

static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_channel[] = {{PLX_SPLIT_DIM, PLX_DIM_CHANNEL, NULL, NULL}};

/* Every kind of need. */
static const struct plx_need needs[] = {
    {PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS | PLX_NEED_ENCOUNTERS,
     LEVEL | BELIEVED | EFFORT, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS, LEVEL, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_PAIRS | PLX_NEED_PERSONS, LEVEL | EFFORT, PLX_MEASURE_EXPECTED, NULL, by_channel, 1,
     FALSE},
    {PLX_NEED_COMOMENTS | PLX_NEED_CLUSTERS, LEVEL, 0, NULL, by_channel, 1, FALSE},
    {PLX_NEED_PROFILES, LEVEL | BELIEVED, 0, NULL, NULL, 0, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_COLUMNS, LEVEL, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_ENCOUNTERS, LEVEL, 0, NULL, by_channel, 1, FALSE},
    {PLX_NEED_COUNTS | PLX_NEED_PAIRS, WORLD_EFFORT | WORLD_SURPRISE, PLX_MEASURE_HESITATION, NULL,
     NULL, 0, FALSE},
};

static struct plx_answer *ask(const struct world *world)
{
    const struct feeding feeding = {.n_workers = 2, .cut = 500};
    return world_ask(world, needs, G_N_ELEMENTS(needs), &feeding, 1, NULL, NULL);
}

static GByteArray *encode(const struct plx_answer *answer, const struct world *world)
{
    GByteArray *const out = g_byte_array_new();
    plx_answer_encode(answer, world->map, needs, out);
    return out;
}

static struct plx_answer *decode(const GByteArray *bytes, const plx_map *map)
{
    g_autoptr(GError) error = NULL;
    struct plx_answer *answer = NULL;
    plx_answer_decode(bytes->data, bytes->len, map, &answer, &error);
    g_assert_no_error(error);
    return answer;
}

/* The text is what the counting sink's test compares; encoding again compares every bit. */
static void check_world(guint32 seed, guint n_rows, guint n_units, gboolean weighted)
{
    struct world *world = world_new(seed, n_rows, n_units, weighted);
    struct plx_answer *answer = ask(world);
    g_autoptr(GByteArray) bytes = encode(answer, world);
    struct plx_answer *back = decode(bytes, world->map);
    g_autofree char *expected = answer_text(world, answer, needs);
    g_autofree char *text = answer_text(world, back, needs);
    g_assert_cmpstr(text, ==, expected);
    g_autoptr(GByteArray) again = encode(back, world);
    g_assert_cmpuint(again->len, ==, bytes->len);
    g_assert_true(memcmp(again->data, bytes->data, bytes->len) == 0);
    plx_answer_free(answer);
    plx_answer_free(back);
    world_free(world);
}

static void test_round_trips(void)
{
    check_world(1, 3000, 2000, FALSE);
    check_world(2, 3000, 40, FALSE);
    check_world(3, 2000, 300, TRUE);
    check_world(4, 1, 1, FALSE);
    check_world(5, 0, 1, TRUE);
}

/* Scales and subjects are those of the map, as in the answer itself. */
static void test_bindings(void)
{
    struct world *world = world_new(6, 500, 100, FALSE);
    struct plx_answer *answer = ask(world);
    g_autoptr(GByteArray) bytes = encode(answer, world);
    struct plx_answer *back = decode(bytes, world->map);
    for (guint i = 0; i < answer->n_subjects; i++) {
        g_assert_cmpstr(back->subjects[i].id, ==, answer->subjects[i].id);
        g_assert_cmpstr(back->subjects[i].title, ==, answer->subjects[i].title);
        g_assert_cmpint(back->subjects[i].map_index, ==, answer->subjects[i].map_index);
    }
    for (guint i = 0; i < answer->tables[0].n_cells; i++) {
        const struct plx_cell *const a = &answer->tables[0].cells[i];
        const struct plx_cell *const b = &back->tables[0].cells[i];
        for (guint t = 0; t < a->n_tallies; t++) {
            g_assert_true(a->tallies[t].scale == b->tallies[t].scale);
            g_assert_true((a->tallies[t].m != NULL) == (b->tallies[t].m != NULL));
        }
    }
    for (guint i = 0; i < answer->tables[2].n_cells; i++) {
        const struct plx_cell *const a = &answer->tables[2].cells[i];
        const struct plx_cell *const b = &back->tables[2].cells[i];
        for (guint p = 0; p < a->n_pairs; p++) {
            g_assert_true(a->pairs[p].first_scale == b->pairs[p].first_scale);
            g_assert_true(a->pairs[p].second_scale == b->pairs[p].second_scale);
        }
    }
    plx_answer_free(answer);
    plx_answer_free(back);
    world_free(world);
}

static guint64 bits_of(double x)
{
    guint64 bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* What a source adds to the sink's answer; numbers that no count reaches. */
static void test_extremes(void)
{
    struct world *world = world_new(7, 50, 10, FALSE);
    struct plx_answer *answer = ask(world);
    char detail[] = "rejects.csv";
    struct plx_note notes[] = {{"duplicate_rows", G_MAXINT64, NULL},
                               {"ignored_columns", G_MININT64, detail}};
    answer->notes = notes;
    answer->n_notes = 2;
    answer->rejected = G_MAXUINT64;
    answer->observations = G_GUINT64_CONSTANT(1) << 63;
    answer->has_days = TRUE;
    answer->first_day = G_MININT32;
    answer->last_day = G_MAXINT32;
    answer->measures = G_MAXUINT32;
    g_assert_cmpuint(answer->tables[3].n_comoments, >, 0);
    answer->tables[3].comoments[0].sum_a = -0.0;
    answer->tables[3].comoments[0].sum_b = 1.0 / 3;
    answer->tables[3].comoments[0].sum_aa = 9007199254740993.0;
    g_autoptr(GByteArray) bytes = encode(answer, world);
    struct plx_answer *back = decode(bytes, world->map);
    g_assert_cmpuint(back->n_notes, ==, 2);
    for (guint i = 0; i < 2; i++) {
        g_assert_cmpstr(back->notes[i].code, ==, notes[i].code);
        g_assert_cmpint(back->notes[i].count, ==, notes[i].count);
        g_assert_cmpstr(back->notes[i].detail, ==, notes[i].detail);
    }
    g_assert_cmpuint(back->rejected, ==, G_MAXUINT64);
    g_assert_cmpuint(back->observations, ==, G_GUINT64_CONSTANT(1) << 63);
    g_assert_cmpint(back->first_day, ==, G_MININT32);
    g_assert_cmpint(back->last_day, ==, G_MAXINT32);
    g_assert_cmpuint(back->measures, ==, G_MAXUINT32);
    const struct plx_comoment *const was = &answer->tables[3].comoments[0];
    const struct plx_comoment *const is = &back->tables[3].comoments[0];
    g_assert_cmphex(bits_of(is->sum_a), ==, bits_of(was->sum_a));
    g_assert_cmphex(bits_of(is->sum_b), ==, bits_of(was->sum_b));
    g_assert_cmphex(bits_of(is->sum_aa), ==, bits_of(was->sum_aa));
    g_assert_cmphex(bits_of(is->sum_bb), ==, bits_of(was->sum_bb));
    g_assert_cmphex(bits_of(is->sum_ab), ==, bits_of(was->sum_ab));
    plx_answer_free(answer);
    plx_answer_free(back);
    world_free(world);
}

/* ---- other maps ---- */

#define HEAD                                                                                       \
    "parallax: 1\ntitle: Shop\nscales:\n"                                                          \
    "  stars: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\naudiences:\n"                \
    "  partner: {scale: stars, identity: panel}\n"                                                 \
    "  staff: {identity: anonymous}\n"
#define JOURNEYS(first, second)                                                                    \
    "journeys:\n  - title: Order\n    transactions:\n      - {title: Find, points: [" first        \
    "]}\n      - {title: Pay, points: [Cart]}\n"                                                   \
    "  - title: Return\n    transactions:\n      - {title: Send, points: [{use: cart}, " second    \
    "]}\n"

static struct plx_answer *decode_on(const GByteArray *bytes, const char *text, plx_map **map,
                                    GError **error)
{
    g_autoptr(GError) fault = NULL;
    *map = plx_map_read_memory(text, strlen(text), "m.yaml", &fault);
    g_assert_no_error(fault);
    struct plx_answer *answer = NULL;
    g_assert_true(plx_answer_decode(bytes->data, bytes->len, *map, &answer, error) ==
                  (answer != NULL));
    return answer;
}

/* A point more, in front, and a new title: places and titles are those of the map given. */
static void test_grown_map(void)
{
    struct world *world = world_new(8, 500, 100, FALSE);
    struct plx_answer *answer = ask(world);
    g_autoptr(GByteArray) bytes = encode(answer, world);
    g_autoptr(plx_map) map = NULL;
    g_autoptr(GError) error = NULL;
    struct plx_answer *back = decode_on(
        bytes, HEAD JOURNEYS("News, {id: campaign, title: Poster}, Search", "Label"), &map, &error);
    g_assert_no_error(error);
    for (guint i = 0; i < back->n_subjects; i++)
        if (strcmp(back->subjects[i].id, "campaign") == 0) {
            g_assert_cmpint(back->subjects[i].map_index, ==, 1);
            g_assert_cmpstr(back->subjects[i].title, ==, "Poster");
        }
    g_assert_cmpuint(back->observations, ==, answer->observations);
    plx_answer_free(back);
    plx_answer_free(answer);
    world_free(world);
}

static void test_other_maps(void)
{
    static const char *const others[] = {
        HEAD JOURNEYS("Search, Campaign", "Label"), /* another order */
        HEAD JOURNEYS("Search", "Label"),           /* a point gone */
        HEAD JOURNEYS("{id: ad, title: Ad, was: [campaign]}, Search", "Label"),
        HEAD "  fitter: {}\n" JOURNEYS("Campaign, Search", "Label"),
        HEAD "  customer: {identity: anonymous}\n" JOURNEYS("Campaign, Search", "Label"),
        HEAD JOURNEYS("Search", "Campaign, Label"),       /* another journey */
        HEAD JOURNEYS("Campaign, Search, Zeta", "Label"), /* a point that was on no map */
        HEAD JOURNEYS(
            "Campaign, Search",
            "Label") "  - title: Third\n    transactions:\n      - {title: Use, points: [Box]}\n",
        "parallax: 1\ntitle: Shop\naudiences:\n  partner: {identity: panel}\n" /* another scale */
        "  staff: {identity: anonymous}\n" JOURNEYS("Campaign, Search", "Label"),
    };
    struct world *world = world_new(9, 500, 100, FALSE);
    struct plx_answer *answer = ask(world);
    g_autoptr(GByteArray) bytes = encode(answer, world);
    for (guint i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autoptr(plx_map) map = NULL;
        g_autoptr(GError) error = NULL;
        g_assert_null(decode_on(bytes, others[i], &map, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
        g_assert_cmpstr(error->message, ==, "the kept answer was made with another map");
    }
    plx_answer_free(answer);
    world_free(world);
}

/* ---- damage ---- */

static void assert_damaged(const guint8 *bytes, gsize size, const plx_map *map, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autofree guint8 *exact = g_memdup2(bytes, size);
    struct plx_answer *answer = NULL;
    g_assert_false(plx_answer_decode(exact, size, map, &answer, &error));
    g_assert_null(answer);
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    if (message)
        g_assert_cmpstr(error->message, ==, message);
}

static void test_damaged(void)
{
    struct world *world = world_new(10, 30, 5, TRUE);
    struct plx_answer *answer = ask(world);
    g_autoptr(GByteArray) bytes = encode(answer, world);
    for (guint bit = 0; bit < 8 * bytes->len; bit += 1 + bit % 97) {
        bytes->data[bit / 8] ^= (guint8)(1u << bit % 8);
        assert_damaged(bytes->data, bytes->len, world->map,
                       "damaged answer: its checksum is wrong");
        bytes->data[bit / 8] ^= (guint8)(1u << bit % 8);
    }
    for (guint length = 0; length < bytes->len; length += 1 + length / 50)
        assert_damaged(bytes->data, length, world->map, NULL);
    plx_answer_free(answer);
    world_free(world);
}

static void set_sum(GByteArray *bytes)
{
    const guint32 sum = GUINT32_TO_LE((guint32)crc32(0, bytes->data, bytes->len - 4));
    memcpy(bytes->data + bytes->len - 4, &sum, 4);
}

/* Behind a right sum: either an answer that can be walked, or an error. */
static void test_forged(void)
{
    struct world *world = world_new(11, 30, 5, TRUE);
    struct plx_answer *answer = ask(world);
    g_autoptr(GByteArray) bytes = encode(answer, world);
    guint failed = 0;
    for (guint bit = 0; bit < 8 * (bytes->len - 4); bit += 1 + bit % 97) {
        g_autoptr(GError) error = NULL;
        struct plx_answer *back = NULL;
        bytes->data[bit / 8] ^= (guint8)(1u << bit % 8);
        set_sum(bytes);
        const gboolean ok = plx_answer_decode(bytes->data, bytes->len, world->map, &back, &error);
        g_assert_true(ok == (error == NULL));
        failed += !ok;
        bytes->data[bit / 8] ^= (guint8)(1u << bit % 8);
        plx_answer_free(back);
    }
    g_assert_cmpuint(failed, >, 100);
    bytes->data[0]++;
    set_sum(bytes);
    g_autoptr(GError) error = NULL;
    struct plx_answer *back = NULL;
    g_assert_false(plx_answer_decode(bytes->data, bytes->len, world->map, &back, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    bytes->data[0]--;
    g_byte_array_append(bytes, (const guint8 *)"", 1);
    set_sum(bytes);
    assert_damaged(bytes->data, bytes->len, world->map,
                   "damaged answer: it does not follow its format");
    plx_answer_free(answer);
    world_free(world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answer-blob/round-trips", test_round_trips);
    g_test_add_func("/answer-blob/bindings", test_bindings);
    g_test_add_func("/answer-blob/extremes", test_extremes);
    g_test_add_func("/answer-blob/grown-map", test_grown_map);
    g_test_add_func("/answer-blob/other-maps", test_other_maps);
    g_test_add_func("/answer-blob/damaged", test_damaged);
    g_test_add_func("/answer-blob/forged", test_forged);
    return g_test_run();
}
