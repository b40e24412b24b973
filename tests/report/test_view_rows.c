/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/view_rows.h"

#include "map/map_file.h"

static const char map_text[] = "parallax: 1\n"
                               "title: Shop\n"
                               "journeys:\n"
                               "  - title: Order\n"
                               "    transactions:\n"
                               "      - title: Buy\n"
                               "        points: [Basket]\n"
                               "      - title: After\n"
                               "        points: [Help chat]\n"
                               "  - title: Return\n"
                               "    transactions:\n"
                               "      - title: Decide\n"
                               "        points: [Button, {use: help-chat}]\n"
                               "  - title: Complain\n"
                               "    transactions:\n"
                               "      - title: Call\n"
                               "        points: [{use: help-chat}, Answer]\n";

struct world {
    plx_map *map;
    struct plx_gaps_point points[4];
    struct plx_gaps_group groups[2];
    const char *where[1];
    plx_gaps gaps;
};

/* All four points at their homes, in one group. */
static void build(struct world *w)
{
    g_autoptr(GError) error = NULL;
    *w = (struct world){.groups = {{.n_points = 4, .points = w->points}}};
    w->map = plx_map_read_memory(map_text, sizeof map_text - 1, "map.yaml", &error);
    g_assert_no_error(error);
    for (guint i = 0; i < 4; i++) {
        const struct plx_point *point = &w->map->points[i];
        const struct plx_journey *journey = &w->map->journeys[point->journey];
        const struct plx_transaction *transaction = &journey->transactions[point->transaction];
        w->points[i] = (struct plx_gaps_point){.point = point->id,
                                               .title = point->title,
                                               .journey = journey->id,
                                               .transaction = transaction->id,
                                               .map_point = (gint)i};
    }
    w->gaps = (plx_gaps){.map = w->map, .n_groups = 1, .groups = w->groups};
}

/* "return/decide/help-chat again: see Order › After" per row. */
static void assert_rows(const struct world *w, guint group, const char *const *wanted)
{
    g_autoptr(GArray) rows = plx_view_rows(&w->gaps, &w->gaps.groups[group]);
    for (guint i = 0; i < rows->len; i++) {
        const struct plx_view_row *row = &g_array_index(rows, struct plx_view_row, i);
        g_autoptr(GString) elsewhere = g_string_new(NULL);
        plx_view_elsewhere(&w->gaps, rows, i, elsewhere);
        g_autofree char *text = g_strdup_printf(
            "%s/%s/%s%s%s%s", row->point.journey, row->point.transaction, row->point.point,
            row->again ? " again" : "", elsewhere->len ? ": " : "", elsewhere->str);
        g_assert_cmpstr(text, ==, wanted[i]);
        if (row->group != PLX_VIEW_ABSENT)
            g_assert_true(w->gaps.groups[row->group].points[row->index].map_point ==
                          row->point.map_point);
    }
    g_assert_null(wanted[rows->len]);
}

static void test_whole(void)
{
    struct world w;
    build(&w);
    assert_rows(
        &w, 0,
        (const char *const[]){
            "order/buy/basket", "order/after/help-chat: also in Return › Decide, Complain › Call",
            "return/decide/button", "return/decide/help-chat again: see Order › After",
            "complain/call/help-chat again: see Order › After", "complain/call/answer", NULL});
    plx_map_free(w.map);
}

/* Under --by journey the reading has it in one group only; the other leads there. */
static void test_by_journey(void)
{
    struct world w;
    build(&w);
    w.groups[0] = (struct plx_gaps_group){.key = "order", .n_points = 2, .points = w.points};
    w.groups[1] = (struct plx_gaps_group){.key = "return", .n_points = 1, .points = w.points + 2};
    w.gaps.by = "journey";
    w.gaps.n_groups = 2;
    assert_rows(&w, 0,
                (const char *const[]){
                    "order/buy/basket",
                    "order/after/help-chat: also in Return › Decide, Complain › Call", NULL});
    assert_rows(&w, 1,
                (const char *const[]){"return/decide/button",
                                      "return/decide/help-chat again: see Order › After", NULL});
    plx_map_free(w.map);
}

/* Answers given in the journeys asked for stand in the first of them. */
static void test_where_journey(void)
{
    struct world w;
    build(&w);
    w.where[0] = "journey=complain|return";
    w.gaps.n_where = 1;
    w.gaps.where = w.where;
    w.groups[0].points = w.points + 1;
    w.groups[0].n_points = 3;
    assert_rows(&w, 0,
                (const char *const[]){"return/decide/button",
                                      "return/decide/help-chat: at home in Order › After",
                                      "complain/call/help-chat again: see Return › Decide",
                                      "complain/call/answer", NULL});
    /* None were given: it is named, without numbers. */
    w.groups[0].points = w.points + 2;
    w.groups[0].n_points = 2;
    assert_rows(&w, 0,
                (const char *const[]){"return/decide/button",
                                      "return/decide/help-chat again: at home in Order › After, "
                                      "which was not asked for",
                                      "complain/call/help-chat again: at home in Order › After, "
                                      "which was not asked for",
                                      "complain/call/answer", NULL});
    plx_map_free(w.map);
}

/* Without a map the order is that of the reading, and no point gets lost. */
static void test_without_map(void)
{
    struct world w;
    build(&w);
    w.gaps.map = NULL;
    assert_rows(&w, 0,
                (const char *const[]){"order/buy/basket", "order/after/help-chat",
                                      "return/decide/button", "complain/call/answer", NULL});
    plx_map_free(w.map);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/view-rows/whole", test_whole);
    g_test_add_func("/view-rows/by-journey", test_by_journey);
    g_test_add_func("/view-rows/where-journey", test_where_journey);
    g_test_add_func("/view-rows/without-map", test_without_map);
    return g_test_run();
}
