/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_owner.h"

#include "base/error.h"
#include "map/map_file.h"

#include <string.h>

#define HEAD                                                                                       \
    "parallax: 1\ntitle: T\njourneys:\n- title: Order\n  transactions:\n  - title: Find\n"         \
    "    points:\n"

static plx_map *read_text(const char *text, GError **error)
{
    return plx_map_read_memory(text, strlen(text), "m.yaml", error);
}

static plx_map *read_good(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = read_text(text, &error);
    g_assert_no_error(error);
    return map;
}

static void check_owner(const plx_map *map, enum plx_subject_kind kind, const char *id,
                        enum plx_owner_state state, const char *owner)
{
    struct plx_owner found = plx_map_resolve(map, kind, id);
    g_assert_cmpint(found.state, ==, state);
    g_assert_cmpstr(found.id, ==, owner);
}

static void test_points(void)
{
    g_autoptr(plx_map) map = read_good(HEAD "    - {id: a, title: A, was: [A0, split, gone]}\n"
                                            "    - {id: b, title: B, was: [split, other]}\n"
                                            "    - {id: c, title: C, was: [c, split, other]}\n"
                                            "retired:\n"
                                            "  points:\n"
                                            "    - Old One\n"
                                            "    - {id: gone, title: Gone, was: [gone0, gone1]}\n");
    const enum plx_subject_kind point = PLX_SUBJECT_POINT;
    check_owner(map, point, "a", PLX_OWNER_CURRENT, "a");
    check_owner(map, point, "a0", PLX_OWNER_CURRENT, "a");
    check_owner(map, point, "c", PLX_OWNER_CURRENT, "c");
    check_owner(map, point, "old-one", PLX_OWNER_RETIRED, "old-one");
    check_owner(map, point, "gone", PLX_OWNER_RETIRED, "gone"); /* though a names it */
    check_owner(map, point, "gone1", PLX_OWNER_RETIRED, "gone");
    check_owner(map, point, "split", PLX_OWNER_RETIRED, "split");
    check_owner(map, point, "other", PLX_OWNER_RETIRED, "other");
    check_owner(map, point, "never", PLX_OWNER_NONE, "never");
    check_owner(map, PLX_SUBJECT_TASK, "a", PLX_OWNER_NONE, "a");
    g_assert_cmpuint(map->n_retired, ==, 4);
    g_assert_cmpstr(map->retired[1].title, ==, "Gone");
    g_assert_false(map->retired[1].split);
    g_assert_true(map->retired[2].split);
    g_assert_cmpstr(map->retired[2].id, ==, "split");
    g_assert_cmpstr(map->retired[3].id, ==, "other");
    g_assert_cmpint(plx_map_find_point(map, "gone"), ==, -1);
    g_assert_cmpint(plx_map_find_point(map, "split"), ==, -1);
}

static void test_other_kinds(void)
{
    g_autoptr(plx_map) map = read_good(
        "parallax: 1\ntitle: T\n"
        "audiences:\n  guest: {was: [Visitor, tourist]}\n"
        "journeys:\n- {title: Order, was: buying, transactions: [{title: F, points: [A]}]}"
        "\ntasks:\n- {title: Drive, was: [deliver]}\n"
        "promises:\n- {words: Soon, points: a, was: [fast]}\n"
        "retired: {journeys: return, tasks: [pack], promises: [{id: cheap}]}\n");
    check_owner(map, PLX_SUBJECT_JOURNEY, "buying", PLX_OWNER_CURRENT, "order");
    check_owner(map, PLX_SUBJECT_JOURNEY, "return", PLX_OWNER_RETIRED, "return");
    check_owner(map, PLX_SUBJECT_TASK, "deliver", PLX_OWNER_CURRENT, "drive");
    check_owner(map, PLX_SUBJECT_TASK, "pack", PLX_OWNER_RETIRED, "pack");
    check_owner(map, PLX_SUBJECT_PROMISE, "fast", PLX_OWNER_CURRENT, "soon");
    check_owner(map, PLX_SUBJECT_PROMISE, "cheap", PLX_OWNER_RETIRED, "cheap");
    g_assert_cmpint(plx_map_find_journey(map, "buying"), ==, 0);
    g_assert_cmpint(plx_map_find_task(map, "deliver"), ==, 0);
    g_assert_cmpint(plx_map_find_promise(map, "fast"), ==, 0);
    g_assert_cmpint(plx_map_find_audience(map, "visitor"), ==, 4);
    g_assert_cmpint(plx_map_find_audience(map, "tourist"), ==, 4);
}

static void test_open(void)
{
    g_autoptr(plx_map) map =
        read_good("parallax: 1\ntitle: T\nretired: {points: [{id: old, was: [older]}]}\n");
    check_owner(map, PLX_SUBJECT_POINT, "any", PLX_OWNER_OPEN, "any");
    check_owner(map, PLX_SUBJECT_POINT, "older", PLX_OWNER_RETIRED, "old");
}

static const struct {
    const char *text, *message;
} refused[] = {
    {HEAD "    - {id: a, title: A, was: [x, X]}\n",
     "m.yaml:8:30: the earlier id \"x\" is in this list twice"},
    {HEAD "    - {id: a, title: A, was: [\"*\"]}\n",
     "m.yaml:8:30: an earlier id needs a letter or digit, not \"*\""},
    {HEAD "    - A\nretired: [a]\n",
     "m.yaml:9:10: retired must be a mapping (lines of \"key: value\"), not a list"},
    {HEAD "    - A\nretired: {point: [b]}\n",
     "m.yaml:9:11: unknown key \"point\" in retired; did you mean \"points\"?"},
    {HEAD "    - A\nretired: {points: [b, a]}\n",
     "m.yaml:9:23: \"a\" is a point of this map; \"retired\" names ids that are no longer in use"},
    {HEAD "    - A\nretired: {points: [b, B]}\n",
     "m.yaml:9:23: the point \"b\" is retired already"},
    {HEAD "    - A\nretired: {points: [b, {id: c, was: b}]}\n",
     "m.yaml:9:36: the point \"b\" is retired already"},
    {HEAD "    - A\nretired: {points: [{title: b}]}\n",
     "m.yaml:9:20: something retired needs \"id\""},
    {HEAD "    - A\nretired: {points: [\"-\"]}\n",
     "m.yaml:9:20: an id needs a letter or digit, not \"-\""},
    {HEAD "    - A\ntasks:\n- Drive\n", "m.yaml:10:3: task must be a mapping (lines of \"key: "
                                        "value\"), not \"Drive\""},
    {HEAD "    - A\ntasks:\n- {title: B, was: c}\n- {title: C}\n",
     "m.yaml:10:19: \"c\" is a task of this map; \"was\" names ids that are no longer in use"},
    {"parallax: 1\ntitle: T\naudiences:\n  a: {was: b}\n  b:\n",
     "m.yaml:4:12: \"b\" is an audience of this map; \"was\" names ids that are no longer in use"},
    {"parallax: 1\ntitle: T\naudiences:\n  a: {was: c}\n  b: {was: c}\n",
     "m.yaml:5:12: two audiences name \"c\" in their \"was\"; one can"},
};

static void test_refused(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(read_text(refused[i].text, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, refused[i].message);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-owner/points", test_points);
    g_test_add_func("/map-owner/other-kinds", test_other_kinds);
    g_test_add_func("/map-owner/open", test_open);
    g_test_add_func("/map-owner/refused", test_refused);
    return g_test_run();
}
