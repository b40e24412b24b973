/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each unit said, as arrays; that it is right is told by test_count_sink.c (naive_linked.c).
 */
#include "world.h"

#include <string.h>

static const struct feeding one = {.n_workers = 1, .cut = 1000};
static const struct feeding some = {.n_workers = 3, .cut = 70, .shuffled = TRUE};

static const struct plx_need journey = {
    .kinds = PLX_NEED_LINKED, .measures = 1u << PLX_MEASURE_OVERALL | WORLD_LEVEL | WORLD_EFFORT};

/* Two people about points and their journey, one of them twice, in both orders of rows. */
static struct world *hand_world(void)
{
    static const struct {
        guint unit, encounter, subject;
        gint8 level, overall;
    } hand[] = {{1, 1, 7, PLX_CELL_EMPTY, 5},
                {1, 1, 3, 4, PLX_CELL_EMPTY},
                {1, 2, 1, PLX_CELL_NA, PLX_CELL_EMPTY},
                {2, 3, 1, 2, PLX_CELL_EMPTY},
                {2, 3, 2, PLX_CELL_EMPTY, PLX_CELL_EMPTY}};
    struct world *world = world_new(1, 1, 1, FALSE);
    struct row row = g_array_index(world->rows, struct row, 0);
    row.known = 1;
    row.audience = 3;
    g_array_set_size(world->rows, 0);
    for (guint i = 0; i < G_N_ELEMENTS(hand); i++) {
        memset(row.value, (guint8)PLX_CELL_EMPTY, sizeof row.value);
        row.subject = hand[i].subject;
        row.unit = row.constancy = hand[i].unit;
        row.encounter = 100 + hand[i].encounter;
        row.identity = i;
        row.value[PLX_MEASURE_LEVEL] = hand[i].level;
        row.value[PLX_MEASURE_OVERALL] = hand[i].overall;
        g_array_append_val(world->rows, row);
    }
    world->measures = WORLD_LEVEL | 1u << PLX_MEASURE_OVERALL;
    return world;
}

static void assert_encounter(const struct plx_answer *answer, guint32 e, const char *expected)
{
    const struct plx_linked *linked = answer->tables[0].linked;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint32 i = linked->encounter_first[e]; i < linked->encounter_first[e + 1]; i++)
        g_string_append_printf(text, "%s %d %d, ", answer->subjects[linked->subject[i]].id,
                               linked->value[0][i], linked->value[1][i]);
    g_assert_cmpstr(text->str, ==, expected);
}

static void test_by_hand(void)
{
    struct world *world = hand_world();
    struct plx_answer *answer = world_ask(world, &journey, 1, &one, 1, NULL, NULL);
    const struct plx_linked *linked = answer->tables[0].linked;
    g_assert_cmpuint(linked->n_units, ==, 2);
    g_assert_cmpuint(linked->n_encounters, ==, 3);
    g_assert_cmpuint(linked->n_answers, ==, 4);
    g_assert_cmpuint(linked->n_measures, ==, 2);
    g_assert_cmpint(linked->measure[0], ==, PLX_MEASURE_LEVEL);
    g_assert_cmpint(linked->measure[1], ==, PLX_MEASURE_OVERALL);
    g_assert_null(linked->group);
    g_assert_null(linked->persons);
    g_assert_null(linked->weight);
    const guint first = linked->unit_first[1] == 2 ? 0 : 1; /* the unit of two encounters */
    for (guint u = 0; u < 2; u++) {
        const guint32 from = linked->unit_first[u];
        g_assert_cmpint(linked->audience[u], ==, 3);
        g_assert_cmpint(linked->known[u], ==, 1);
        g_assert_cmpuint(linked->unit_first[u + 1] - from, ==, u == first ? 2 : 1);
        if (u != first) {
            assert_encounter(answer, from, "campaign 2 -128, ");
            continue;
        }
        assert_encounter(answer, from, "campaign -127 -128, ");
        assert_encounter(answer, from + 1, "cart 4 -128, order -128 5, ");
    }
    plx_answer_free(answer);
    world_free(world);
}

/* Nobody is known, some are several, some count for more. */
static void test_who(void)
{
    struct world *world = hand_world();
    for (guint i = 0; i < world->rows->len; i++) {
        struct row *row = &g_array_index(world->rows, struct row, i);
        row->known = 0;
        row->unit = row->encounter;
        row->group_size = row->encounter == 103 ? 7 : 1;
        row->weight = PLX_WEIGHT_ONE / (row->encounter == 102 ? 2 : 1);
    }
    world->weighted = TRUE;
    struct plx_answer *answer = world_ask(world, &journey, 1, &one, 1, NULL, NULL);
    const struct plx_linked *linked = answer->tables[0].linked;
    g_assert_cmpuint(linked->n_units, ==, 3);
    g_assert_null(linked->known);
    for (guint u = 0; u < 3; u++) {
        const guint32 from = linked->encounter_first[linked->unit_first[u]];
        const gboolean campaign =
            strcmp(answer->subjects[linked->subject[from]].id, "campaign") == 0;
        const gboolean na = linked->value[0][from] == PLX_CELL_NA;
        g_assert_cmpuint(linked->persons[u], ==, campaign && !na ? 7 : 1);
        g_assert_cmpfloat(linked->weight[from], ==, na ? 0.5 : 1);
    }
    plx_answer_free(answer);
    world_free(world);
}

/* The lines that begin with a number of a need, without it. */
static char *linked_lines(const struct world *world, const struct plx_answer *answer,
                          const struct plx_need *needs, const char *prefix)
{
    GString *out = g_string_new(NULL);
    g_autofree char *text = answer_text(world, answer, needs);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (g_str_has_prefix(lines[i], prefix))
            g_string_append_printf(out, "%s\n", lines[i] + strlen(prefix));
    return g_string_free(out, FALSE);
}

static gboolean without_cart(guint need, const struct row *row)
{
    (void)need;
    return row->subject != 3;
}

/* The same units in the same order, whatever else is asked and whoever else is there. */
static void test_order(void)
{
    const char *const ids[] = {"cart", NULL};
    g_autoptr(plx_filter) filter = plx_filter_not(plx_filter_in(PLX_DIM_SUBJECT, NULL, ids));
    const struct plx_need need = {
        .kinds = PLX_NEED_LINKED, .measures = WORLD_LEVEL, .filter = filter};
    const struct plx_need several[] = {
        {.kinds = PLX_NEED_COUNTS, .measures = WORLD_EFFORT},
        {.kinds = PLX_NEED_LINKED, .measures = WORLD_LEVEL | WORLD_EFFORT, .filter = filter},
        need,
        {.kinds = PLX_NEED_LINKED | PLX_NEED_COMOMENTS, .measures = WORLD_LEVEL, .filter = filter}};
    struct world *world = world_new(21, 1500, 300, FALSE);
    struct plx_answer *alone = world_ask(world, &need, 1, &one, 1, NULL, NULL);
    struct plx_answer *together = world_ask(world, several, 4, &some, 2, NULL, NULL);
    g_autofree char *expected = linked_lines(world, alone, &need, "0 linked");
    g_autofree char *third = linked_lines(world, together, several, "2 linked");
    g_autofree char *fourth = linked_lines(world, together, several, "3 linked");
    g_assert_cmpstr(third, ==, expected);
    g_assert_cmpstr(fourth, ==, expected);
    for (guint i = world->rows->len; i-- > 0;)
        if (!without_cart(0, &g_array_index(world->rows, struct row, i)))
            g_array_remove_index(world->rows, i);
    struct plx_answer *fewer = world_ask(world, &need, 1, &some, 3, NULL, NULL);
    g_autofree char *found = linked_lines(world, fewer, &need, "0 linked");
    g_assert_cmpstr(found, ==, expected);
    g_assert_cmpuint(alone->n_subjects, <, together->n_subjects);
    plx_answer_free(alone);
    plx_answer_free(together);
    plx_answer_free(fewer);
    world_free(world);
}

/* Nothing to tell is told as nothing; and first answers are not linked. */
static void test_nothing(void)
{
    struct world *world = world_new(22, 0, 1, FALSE);
    struct plx_need first = journey;
    first.first_unseen = TRUE;
    const struct plx_need needs[] = {journey, first};
    struct plx_answer *answer = world_ask(world, needs, 2, &one, 1, NULL, NULL);
    const struct plx_linked *linked = answer->tables[0].linked;
    g_assert_cmpuint(linked->n_units + linked->n_encounters + linked->n_answers, ==, 0);
    g_assert_cmpuint(linked->unit_first[0] + linked->encounter_first[0], ==, 0);
    g_assert_cmpuint(linked->n_measures, ==, 0);
    g_assert_null(answer->tables[1].linked);
    plx_answer_free(answer);
    world_free(world);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/linked/by-hand", test_by_hand);
    g_test_add_func("/linked/who", test_who);
    g_test_add_func("/linked/order", test_order);
    g_test_add_func("/linked/nothing", test_nothing);
    return g_test_run();
}
