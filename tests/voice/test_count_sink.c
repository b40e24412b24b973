/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../light.h"
#include "world.h"

#include <string.h>

/* The first line that differs is all one wants to read. */
static void assert_same(const char *text, const char *expected)
{
    g_autofree char *got = sorted_lines(text);
    if (strcmp(got, expected) == 0)
        return;
    g_auto(GStrv) a = g_strsplit(got, "\n", -1);
    g_auto(GStrv) b = g_strsplit(expected, "\n", -1);
    for (guint i = 0; a[i] && b[i]; i++)
        g_assert_cmpstr(a[i], ==, b[i]);
    g_assert_cmpuint(g_strv_length(a), ==, g_strv_length(b));
}

static const struct feeding feedings[] = {
    {.n_workers = 1, .cut = 60000}, {.n_workers = 2, .cut = 500, .shuffled = TRUE},
    {.n_workers = 7, .cut = 37},    {.n_workers = 3, .cut = 5000, .shuffled = TRUE},
    {.n_workers = 1, .cut = 1},
};

/* expected: NULL for what the first feeding gives. */
static void check_feedings(const struct world *world, guint32 seed, const char *expected)
{
    guint n = G_N_ELEMENTS(world_needs);
    g_autofree char *first = NULL;
    for (guint f = 0; f < G_N_ELEMENTS(feedings); f++) {
        struct plx_answer *answer =
            world_ask(world, world_needs, n, &feedings[f], seed + f, NULL, NULL);
        g_autofree char *text = answer_text(world, answer, world_needs);
        plx_answer_free(answer);
        if (expected)
            assert_same(text, expected);
        /* The order of everything is the same as well. */
        if (first)
            g_assert_cmpstr(text, ==, first);
        else
            first = g_steal_pointer(&text);
    }
}

static void check_world(guint32 seed, guint n_rows, guint n_units, gboolean weighted)
{
    struct world *world = world_new(seed, n_rows, n_units, weighted);
    g_autofree char *expected =
        naive_text(world, world_needs, G_N_ELEMENTS(world_needs), world_all_pass);
    check_feedings(world, seed, expected);
    world_free(world);
}

static void test_against_naive(void)
{
    const guint part = effort(1, 2, 12);
    check_world(1, 3000 / part, 2000 / part, FALSE); /* few repeats */
    check_world(2, 3000 / part, 40, FALSE);          /* many */
    check_world(3, 2000 / part, 300 / part, TRUE);
    check_world(4, 1500 / part, 1, FALSE); /* one unit */
    check_world(5, 1, 1, FALSE);
}

/* Who sits at one table is one unit, and still as many persons with a first guess each. */
static void test_tables(void)
{
    for (gint weighted = 0; weighted < 2; weighted++) {
        struct world *world = world_new(15, effort(2500, 2500, 150), 200, weighted);
        world_seat(world, FALSE);
        g_autofree char *expected =
            naive_text(world, world_needs, G_N_ELEMENTS(world_needs), world_all_pass);
        check_feedings(world, 15, expected);
        world_seat(world, TRUE); /* at which of two tables is the sink's to say, but always one */
        check_feedings(world, 16, NULL);
        world_free(world);
    }
}

/* Tables make a difference: two of three persons each are two units and six persons. */
static void test_two_tables(void)
{
    static const struct plx_need need = {.kinds =
                                             PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
                                         .measures = WORLD_BELIEVED,
                                         .first_unseen = TRUE};
    struct world *world = world_new(18, 6, 1, FALSE);
    for (guint i = 0; i < 6; i++) {
        struct row *row = &g_array_index(world->rows, struct row, i);
        row->audience = 0;
        row->subject = 1;
        row->group_size = 1;
        row->unit = row->encounter = i + 1;
        row->known = TRUE;
        row->seen = 0;
        row->value[PLX_MEASURE_BELIEVED] = (gint8)i;
        row->workshop = "spring";
        row->table = i < 3 ? "1" : "2";
    }
    world->tables = TRUE;
    struct plx_answer *answer = world_ask(world, &need, 1, &feedings[2], 0, NULL, NULL);
    g_assert_cmpuint(answer->tables[0].n_cells, ==, 1);
    const struct plx_tally *tally = &answer->tables[0].cells[0].tallies[0];
    g_assert_cmpuint(tally->total, ==, 6);
    g_assert_cmpuint(tally->persons, ==, 6);
    g_assert_cmpuint(tally->units, ==, 2);
    g_assert_true(tally->repeats);
    g_assert_cmpuint(tally->n_vectors, ==, 2);
    plx_answer_free(answer);
    world_free(world);
}

static void test_nothing(void)
{
    struct world *world = world_new(6, 0, 1, FALSE);
    guint n = G_N_ELEMENTS(world_needs);
    struct plx_answer *answer = world_ask(world, world_needs, n, &feedings[1], 0, NULL, NULL);
    g_assert_cmpuint(answer->n_tables, ==, n);
    g_assert_cmpuint(answer->n_subjects, ==, 0);
    g_assert_false(answer->has_days);
    for (guint t = 0; t < n; t++) {
        g_assert_cmpuint(answer->tables[t].n_cells, ==, 0);
        g_assert_cmpuint(answer->tables[t].n_groups, ==, world_needs[t].n_splits ? 0 : 1);
    }
    plx_answer_free(answer);
    world_free(world);
}

/* Needs asked alone give what they give together. */
static void test_alone(void)
{
    struct world *world = world_new(7, 1500, 120, TRUE);
    for (guint i = 0; i < G_N_ELEMENTS(world_needs); i++) {
        g_autofree char *expected = naive_text(world, &world_needs[i], 1, world_all_pass);
        struct plx_answer *answer =
            world_ask(world, &world_needs[i], 1, &feedings[1], i, NULL, NULL);
        g_autofree char *text = answer_text(world, answer, &world_needs[i]);
        plx_answer_free(answer);
        assert_same(text, expected);
    }
    world_free(world);
}

static gboolean some_pass(guint need, const struct row *row)
{
    if (need == 0)
        return row->day != PLX_NO_DAY && row->day >= 19720 && row->day <= 19760 &&
               strcmp(row->place, "Oslo") != 0;
    return row->audience == 0 || row->audience == 4;
}

static void test_filtered(void)
{
    const char *const oslo[] = {"Oslo", NULL};
    const char *const leaders[] = {"leader", "partner", NULL};
    plx_filter *both[] = {plx_filter_days(19720, 19760),
                          plx_filter_not(plx_filter_in(PLX_DIM_PLACE, NULL, oslo))};
    g_autoptr(plx_filter) first = plx_filter_all(both, 2);
    g_autoptr(plx_filter) second = plx_filter_in(PLX_DIM_AUDIENCE, NULL, leaders);
    struct world *world = world_new(8, effort(4000, 4000, 1000), 500, FALSE);
    for (guint i = 0; i + 1 < G_N_ELEMENTS(world_needs); i++) {
        struct plx_need needs[] = {world_needs[i], world_needs[i + 1]};
        needs[0].filter = first;
        needs[1].filter = second;
        g_autofree char *expected = naive_text(world, needs, 2, some_pass);
        struct plx_answer *answer = world_ask(world, needs, 2, &feedings[i % 4], i, NULL, NULL);
        g_autofree char *text = answer_text(world, answer, needs);
        plx_answer_free(answer);
        assert_same(text, expected);
    }
    world_free(world);
}

/* What is added and taken back leaves no trace. */
static void test_retract(void)
{
    for (gboolean weighted = FALSE; weighted <= TRUE; weighted++) {
        struct world *world = world_new(9, effort(2000, 2000, 200), 150, weighted);
        struct world *other = world_new(10, effort(700, 700, 100), 300, weighted);
        guint n = G_N_ELEMENTS(world_needs);
        g_autofree char *expected = naive_text(world, world_needs, n, world_all_pass);
        for (guint f = 0; f < 4; f++) {
            struct feeding feeding = feedings[f];
            feeding.back = &g_array_index(other->rows, struct row, 0);
            feeding.n_back = other->rows->len;
            struct plx_suspect *suspects = NULL;
            gsize n_suspects;
            struct plx_answer *answer = world_ask(world, world_needs, n, &feeding, f,
                                                  f % 2 ? &suspects : NULL, &n_suspects);
            g_autofree char *text = answer_text(world, answer, world_needs);
            plx_answer_free(answer);
            g_free(suspects);
            assert_same(text, expected);
        }
        world_free(world);
        world_free(other);
    }
}

/* A row given twice: named as suspect, and one of the two taken back. */
static void test_duplicates(void)
{
    struct world *world = world_new(11, 1500, 200, FALSE);
    guint n = G_N_ELEMENTS(world_needs);
    g_autofree char *expected = naive_text(world, world_needs, n, world_all_pass);
    struct row twice[40];
    for (guint i = 0; i < G_N_ELEMENTS(twice); i++)
        twice[i] = g_array_index(world->rows, struct row, 31 * i);
    for (guint f = 0; f < 4; f++) {
        struct feeding feeding = feedings[f];
        feeding.back = twice;
        feeding.n_back = G_N_ELEMENTS(twice);
        g_autofree struct plx_suspect *suspects = NULL;
        gsize n_suspects = 0;
        struct plx_answer *answer =
            world_ask(world, world_needs, n, &feeding, f, &suspects, &n_suspects);
        g_autofree char *text = answer_text(world, answer, world_needs);
        plx_answer_free(answer);
        assert_same(text, expected);
        g_autoptr(GHashTable) wanted = g_hash_table_new(g_int64_hash, g_int64_equal);
        for (guint i = 0; i < G_N_ELEMENTS(twice); i++)
            g_hash_table_add(wanted, &twice[i].encounter);
        g_assert_cmpuint(n_suspects, ==, g_hash_table_size(wanted));
        for (gsize i = 0; i < n_suspects; i++) {
            g_assert_true(g_hash_table_contains(wanted, &suspects[i].encounter));
            g_assert_true(i == 0 || suspects[i - 1].encounter < suspects[i].encounter);
        }
    }
    world_free(world);
}

static gint by_encounter(gconstpointer a, gconstpointer b)
{
    const struct row *x = a, *y = b;
    return (x->encounter > y->encounter) - (x->encounter < y->encounter);
}

/* Rows of an encounter stand together, so that little of them is remembered: nothing is suspected,
 * until one comes back. */
static void test_together(void)
{
    const guint part = effort(1, 1, 9);
    struct world *world = world_new(16, 9000 / part, 700 / part, FALSE);
    g_array_sort(world->rows, by_encounter);
    struct row again[20];
    for (guint i = 0; i < G_N_ELEMENTS(again); i++) {
        again[i] = g_array_index(world->rows, struct row, 311 * i / part);
        again[i].identity += i % 2 ? 1000000 : 0; /* another answer, or the same one twice */
    }
    for (guint k = 0; k < 4; k++) {
        const struct plx_need *needs = k % 2 ? &world_needs[1] : world_needs;
        guint n = k % 2 ? 1 : G_N_ELEMENTS(world_needs);
        g_autofree char *expected = naive_text(world, needs, n, world_all_pass);
        for (guint f = 0; f < 3; f++) {
            const struct feeding some = {.n_workers = 1 + 3 * f,
                                         .cut = 300,
                                         .back = again,
                                         .n_back = k < 2 ? 0 : G_N_ELEMENTS(again)};
            g_autofree struct plx_suspect *suspects = NULL;
            gsize n_suspects = 0;
            struct plx_answer *answer =
                world_ask(world, needs, n, &some, f, &suspects, &n_suspects);
            g_autofree char *text = answer_text(world, answer, needs);
            plx_answer_free(answer);
            assert_same(text, expected);
            g_assert_true(k < 2 ? n_suspects == 0 : n_suspects > some.n_back / 2);
            g_assert_cmpuint(n_suspects, <=, some.n_back);
            for (guint i = 0; i < some.n_back; i += 2) {
                gboolean found = FALSE;
                for (gsize s = 0; s < n_suspects; s++)
                    found |= suspects[s].encounter == again[i].encounter;
                g_assert_true(found);
            }
        }
    }
    world_free(world);
}

/* Blocks that give their rows twice, one part of the answers each time: no encounter is suspected
 * for it but those of rows that came before that showed. */
static void test_row_by_row(void)
{
    struct world *world = world_new(17, 4000, 400, FALSE);
    g_array_sort(world->rows, by_encounter);
    const struct feeding feeding = {.n_workers = 2, .cut = 1000, .twice = TRUE};
    g_autofree struct plx_suspect *suspects = NULL;
    gsize n_suspects = 1;
    plx_answer_free(world_ask(world, world_needs, 1, &feeding, 1, &suspects, &n_suspects));
    g_assert_cmpuint(n_suspects, ==, 0);
    world_free(world);
}

/* An encounter whose constants change, or that belongs to two units, is a suspect. */
static void test_conflicts(void)
{
    for (guint kind = 0; kind < 2; kind++) {
        struct world *world = world_new(12, 3000, 400, FALSE);
        struct row *row = &g_array_index(world->rows, struct row, 1234);
        if (kind == 0)
            row->constancy++;
        else
            row->unit++;
        guint64 encounter = row->encounter;
        guint others = 0;
        for (guint i = 0; i < world->rows->len; i++)
            others += g_array_index(world->rows, struct row, i).encounter == encounter;
        g_assert_cmpuint(others, >, 1);
        for (guint f = 0; f < 4; f++) {
            g_autofree struct plx_suspect *suspects = NULL;
            gsize n_suspects = 0;
            plx_answer_free(
                world_ask(world, world_needs, 1, &feedings[f], f, &suspects, &n_suspects));
            g_assert_cmpuint(n_suspects, ==, 1);
            g_assert_cmpuint(suspects[0].encounter, ==, encounter);
        }
        world_free(world);
    }
}

/* Columns that a batch lacks are empty cells; a measure nobody has gives no tally. */
static void test_absent_columns(void)
{
    struct world *world = world_new(13, 500, 50, FALSE);
    world->measures = WORLD_LEVEL;
    world->identified = FALSE;
    for (guint i = 0; i < world->rows->len; i++) {
        struct row *row = &g_array_index(world->rows, struct row, i);
        gint8 level = row->value[PLX_MEASURE_LEVEL];
        memset(row->value, (guint8)PLX_CELL_EMPTY, sizeof row->value);
        row->value[PLX_MEASURE_LEVEL] = level;
    }
    guint n = G_N_ELEMENTS(world_needs);
    g_autofree char *expected = naive_text(world, world_needs, n, world_all_pass);
    struct plx_answer *answer = world_ask(world, world_needs, n, &feedings[1], 3, NULL, NULL);
    g_autofree char *text = answer_text(world, answer, world_needs);
    assert_same(text, expected);
    g_assert_null(plx_cell_tally(&answer->tables[0].cells[0], PLX_MEASURE_EFFORT));
    plx_answer_free(answer);
    world_free(world);
}

/* One measure in a row, and batches without the columns of the others: what a unit says first does
 * not stand for what it says in a batch that has more. */
static void test_narrow_batches(void)
{
    struct world *world = world_new(18, 600, 12, FALSE);
    world->measures = WORLD_LEVEL | WORLD_EXPECTED;
    world->narrow = TRUE;
    const guint measures[] = {PLX_MEASURE_EXPECTED, PLX_MEASURE_LEVEL};
    for (guint i = 0; i < world->rows->len; i++) {
        struct row *row = &g_array_index(world->rows, struct row, i);
        memset(row->value, (guint8)PLX_CELL_EMPTY, sizeof row->value);
        row->value[measures[i < 100 ? 0 : i % 2]] = 3;
    }
    const struct plx_need need = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_PAIRS,
                                  .measures = WORLD_LEVEL,
                                  .second = PLX_MEASURE_EXPECTED};
    g_autofree char *expected = naive_text(world, &need, 1, world_all_pass);
    for (guint w = 1; w <= 3; w += 2) {
        const struct feeding feeding = {.n_workers = w, .cut = 30};
        struct plx_answer *answer = world_ask(world, &need, 1, &feeding, w, NULL, NULL);
        g_autofree char *text = answer_text(world, answer, &need);
        plx_answer_free(answer);
        assert_same(text, expected);
    }
    world_free(world);
}

/* Counters are 8 bits wide inside: more rows than that in one cell, in one unit, and back again.
 */
static void test_large_cells(void)
{
    struct world *world = world_new(14, 1, 1, FALSE);
    struct row row = g_array_index(world->rows, struct row, 0);
    row.subject = 1;
    row.value[PLX_MEASURE_LEVEL] = 3;
    g_array_set_size(world->rows, 0);
    for (guint32 i = 0; i < 150000; i++) {
        row.identity = i;
        g_array_append_val(world->rows, row);
    }
    struct feeding feeding = {.n_workers = 2, .cut = 60000};
    feeding.back = &g_array_index(world->rows, struct row, 0);
    feeding.n_back = 60000;
    const struct plx_need need = world_needs[0];
    struct plx_answer *answer = world_ask(world, &need, 1, &feeding, 1, NULL, NULL);
    const struct plx_tally *tally =
        plx_cell_tally(plx_table_cell(&answer->tables[0], 0, 0, row.audience), PLX_MEASURE_LEVEL);
    g_assert_cmpuint(tally->n[2], ==, 150000);
    g_assert_cmpuint(tally->total, ==, 150000);
    g_assert_cmpuint(tally->units, ==, 1);
    g_assert_true(tally->repeats);
    g_assert_cmpuint(tally->n_vectors, ==, 1);
    g_assert_cmpuint(tally->vectors[2], ==, 150000);
    g_assert_cmpfloat(tally->m[2 * 6 + 2], ==, 150000.0 * 150000.0);
    plx_answer_free(answer);
    world_free(world);
}

/* 100,000 places: one row each, and a second for every third; groups in byte order. */
static void test_many_places(void)
{
    struct world *world = world_new(15, 1, 1, FALSE);
    struct row row = g_array_index(world->rows, struct row, 0);
    row.subject = 1;
    row.value[PLX_MEASURE_LEVEL] = 2;
    g_array_set_size(world->rows, 0);
    g_autoptr(GStringChunk) names = g_string_chunk_new(1 << 16);
    for (guint32 i = 0; i < 100000; i++) {
        char name[32];
        g_snprintf(name, sizeof name, "place %06u", (guint)(i * 7919u % 100000u));
        row.place = g_string_chunk_insert(names, name);
        for (guint k = 0; k < (i * 7919u % 100000u % 3 ? 1u : 2u); k++) {
            row.identity++;
            g_array_append_val(world->rows, row);
        }
    }
    const struct plx_split by_place = {PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL};
    const struct plx_need needs[] = {{.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS,
                                      .measures = WORLD_LEVEL,
                                      .splits = &by_place,
                                      .n_splits = 1},
                                     {.kinds = PLX_NEED_COUNTS | PLX_NEED_COLUMNS,
                                      .measures = WORLD_LEVEL,
                                      .splits = &by_place,
                                      .n_splits = 1}};
    struct plx_answer *answer = world_ask(world, needs, 2, &feedings[3], 1, NULL, NULL);
    for (guint t = 0; t < 2; t++) {
        const struct plx_table *table = &answer->tables[t];
        g_assert_cmpuint(table->n_groups, ==, 100000);
        g_assert_cmpuint(table->n_cells, ==, 100000);
        for (guint i = 0; i < table->n_groups; i++) {
            char name[32];
            g_snprintf(name, sizeof name, "place %06u", i);
            g_assert_cmpstr(table->groups[i][0], ==, name);
            guint64 n = t ? table->columns->n[0][i * 9 + 1] : table->cells[i].tallies[0].n[1];
            g_assert_cmpuint(n, ==, i % 3 ? 1 : 2);
            if (t == 0)
                g_assert_cmpuint(table->cells[i].tallies[0].units, ==, 1);
        }
    }
    plx_answer_free(answer);
    world_free(world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/count-sink/against-naive", test_against_naive);
    g_test_add_func("/voice/count-sink/tables", test_tables);
    g_test_add_func("/voice/count-sink/two-tables", test_two_tables);
    g_test_add_func("/voice/count-sink/nothing", test_nothing);
    g_test_add_func("/voice/count-sink/alone", test_alone);
    g_test_add_func("/voice/count-sink/filtered", test_filtered);
    g_test_add_func("/voice/count-sink/retract", test_retract);
    g_test_add_func("/voice/count-sink/duplicates", test_duplicates);
    g_test_add_func("/voice/count-sink/together", test_together);
    g_test_add_func("/voice/count-sink/row-by-row", test_row_by_row);
    g_test_add_func("/voice/count-sink/conflicts", test_conflicts);
    g_test_add_func("/voice/count-sink/absent-columns", test_absent_columns);
    g_test_add_func("/voice/count-sink/narrow-batches", test_narrow_batches);
    g_test_add_func("/voice/count-sink/large-cells", test_large_cells);
    g_test_add_func("/voice/count-sink/many-places", test_many_places);
    return g_test_run();
}
