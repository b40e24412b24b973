/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workshop/sorting.h"

#include "room.h"

static const char MAP[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"
    "      - title: Pay\n        points:\n          - title: The queue\n"
    "            id: queue\n          - title: Parking\n            id: car\n";

/* A room whose sorter is the list's. */
struct list {
    struct room room;
    plx_sorting *sorting;
    char *message;
    enum plx_sorting_result result;
};

static void list_init(struct list *list)
{
    *list = (struct list){0};
    g_autoptr(GError) error = NULL;
    room_init(&list->room, MAP);
    list->sorting = plx_sorting_new(list->room.sorter, &error);
    g_assert_no_error(error);
}

static void list_clear(struct list *list)
{
    plx_sorting_free(list->sorting);
    list->room.sorter = NULL;
    room_clear(&list->room);
    g_free(list->message);
}

static void press(struct list *list, const struct plx_key_press *one)
{
    g_autoptr(GError) error = NULL;
    g_clear_pointer(&list->message, g_free);
    plx_sorting_press(list->sorting, one, &list->result, &list->message, &error);
    g_assert_no_error(error);
}

static void key(struct list *list, enum plx_key key)
{
    const struct plx_key_press one = {.key = key};
    press(list, &one);
}

static void type(struct list *list, const char *text)
{
    for (const char *at = text; *at; at = g_utf8_next_char(at)) {
        const struct plx_key_press one = {.key = PLX_KEY_CHAR, .c = g_utf8_get_char(at)};
        press(list, &one);
    }
}

static void expect_act(const struct list *list, const char *act)
{
    g_assert_cmpstr(list->message, ==, act);
    g_assert_cmpint(list->result, ==, PLX_SORTING_ACT);
}

static void expect(const struct list *list, const char *text)
{
    g_autofree char *is = room_text(&list->room);
    g_assert_cmpstr(is, ==, text);
}

/* Question after question; the cursor stays within. */
static void test_moving(void)
{
    struct list list;
    list_init(&list);
    g_assert_cmpuint(plx_sorting_rows(list.sorting), ==, 5);
    g_assert_cmpstr(plx_sorting_answer(list.sorting, 0)->text, ==, "Everybody smiles");
    key(&list, PLX_KEY_UP);
    g_assert_cmpuint(plx_sorting_at(list.sorting), ==, 0);
    key(&list, PLX_KEY_DOWN);
    g_assert_cmpuint(plx_sorting_at(list.sorting), ==, 1);
    key(&list, PLX_KEY_PAGE_DOWN);
    g_assert_cmpuint(plx_sorting_at(list.sorting), ==, 4);
    key(&list, PLX_KEY_DOWN);
    g_assert_cmpuint(plx_sorting_at(list.sorting), ==, 4);
    key(&list, PLX_KEY_HOME);
    g_assert_cmpuint(plx_sorting_at(list.sorting), ==, 0);
    g_assert_cmpint(list.result, ==, PLX_SORTING_NOTHING);
    list_clear(&list);
}

/* Enter takes what is suggested, for the one answer; Tab asks all the same. */
static void test_suggested(void)
{
    struct list list;
    list_init(&list);
    const char *const title = plx_sorting_suggested(list.sorting, 0);
    g_assert_nonnull(title);
    g_autofree char *act = g_strdup_printf("1 answer into \"%s\"", title);
    key(&list, PLX_KEY_TAB);
    g_assert_cmpint(plx_sorting_mode(list.sorting), ==, PLX_SORTING_PUT);
    key(&list, PLX_KEY_ESCAPE);
    g_assert_cmpint(plx_sorting_mode(list.sorting), ==, PLX_SORTING_LIST);
    key(&list, PLX_KEY_ENTER);
    expect_act(&list, act);
    g_assert_nonnull(plx_sorting_theme(list.sorting, 0));
    g_assert_null(plx_sorting_suggested(list.sorting, 0));
    g_assert_null(plx_sorting_theme(list.sorting, 1));
    g_assert_cmpstr(plx_sorting_suggested(list.sorting, 1), ==,
                    plx_sorting_theme(list.sorting, 0)->title);
    list_clear(&list);
}

/* A title is typed, mended, completed; then all that can be done to its theme. */
static void test_acts(void)
{
    struct list list;
    list_init(&list);
    key(&list, PLX_KEY_END);
    type(&list, "m");
    g_assert_cmpstr(list.message, ==, "this answer is in no theme yet; Enter puts it into one");
    key(&list, PLX_KEY_ENTER);
    type(&list, "Cars é");
    key(&list, PLX_KEY_BACKSPACE);
    g_assert_cmpstr(plx_sorting_typed(list.sorting), ==, "Cars ");
    key(&list, PLX_KEY_ENTER);
    expect_act(&list, "1 answer into \"Cars\"");
    key(&list, PLX_KEY_UP);
    key(&list, PLX_KEY_TAB);
    type(&list, "AR");
    key(&list, PLX_KEY_TAB);
    g_assert_cmpstr(plx_sorting_typed(list.sorting), ==, "Cars");
    key(&list, PLX_KEY_ENTER);
    expect_act(&list, "1 answer into \"Cars\"");
    type(&list, "r");
    g_assert_cmpstr(plx_sorting_typed(list.sorting), ==, "Cars");
    type(&list, "!?");
    key(&list, PLX_KEY_ENTER);
    expect_act(&list, "\"Cars\" renamed \"Cars!?\"");
    type(&list, "tqu");
    key(&list, PLX_KEY_TAB);
    g_assert_cmpstr(plx_sorting_typed(list.sorting), ==, "The queue");
    key(&list, PLX_KEY_ENTER);
    expect_act(&list, "\"Cars!?\" tied to queue");
    type(&list, "x");
    expect_act(&list, "1 answer taken out");
    key(&list, PLX_KEY_TAB);
    type(&list, "Queues");
    key(&list, PLX_KEY_ENTER);
    type(&list, "mcars");
    key(&list, PLX_KEY_ENTER);
    expect_act(&list, "\"Queues\" merged into \"Cars!?\"");
    expect(&list, "Cars!? [queue]: improve/Queues at the till | moment/Free parking\n"
                  "-: well/Everybody smiles | well/People smile at you | improve/A long queue\n");
    list_clear(&list);
}

/* What is refused says why and changes nothing; nothing typed is nothing done. */
static void test_refused(void)
{
    struct list list;
    list_init(&list);
    key(&list, PLX_KEY_END);
    key(&list, PLX_KEY_ENTER);
    type(&list, "  ");
    key(&list, PLX_KEY_ENTER);
    g_assert_null(list.message);
    key(&list, PLX_KEY_ENTER);
    type(&list, "?");
    key(&list, PLX_KEY_ENTER);
    g_assert_cmpstr(list.message, ==, "\"?\" is no title of a theme: it needs a letter or a digit");
    key(&list, PLX_KEY_ENTER);
    type(&list, "Cars");
    key(&list, PLX_KEY_ENTER);
    type(&list, "tquue");
    key(&list, PLX_KEY_ENTER);
    g_assert_cmpstr(list.message, ==, "the map has no point \"quue\"; did you mean \"queue\"?");
    type(&list, "r");
    key(&list, PLX_KEY_ENTER);
    g_assert_cmpstr(list.message, ==, "it is so already");
    g_assert_cmpint(list.result, ==, PLX_SORTING_NOTHING);
    const struct plx_key_press pasted = {.key = PLX_KEY_CHAR, .c = 'x', .pasted = TRUE};
    press(&list, &pasted);
    g_assert_cmpint(list.result, ==, PLX_SORTING_NOTHING);
    expect(&list, "Cars []: moment/Free parking\n"
                  "-: well/Everybody smiles | well/People smile at you | improve/A long queue | "
                  "improve/Queues at the till\n");
    list_clear(&list);
}

/* Words of answers and of themes; the cursor stays on its answer. */
static void test_filter(void)
{
    struct list list;
    list_init(&list);
    key(&list, PLX_KEY_DOWN);
    type(&list, "/SMIL");
    g_assert_cmpuint(plx_sorting_rows(list.sorting), ==, 2);
    g_assert_cmpuint(plx_sorting_at(list.sorting), ==, 1);
    type(&list, "x");
    g_assert_cmpuint(plx_sorting_rows(list.sorting), ==, 0);
    key(&list, PLX_KEY_ENTER);
    key(&list, PLX_KEY_ENTER);
    type(&list, "x");
    g_assert_cmpint(list.result, ==, PLX_SORTING_NOTHING);
    g_assert_cmpstr(plx_sorting_filter(list.sorting), ==, "SMILx");
    key(&list, PLX_KEY_ESCAPE);
    g_assert_cmpuint(plx_sorting_rows(list.sorting), ==, 5);
    key(&list, PLX_KEY_END);
    key(&list, PLX_KEY_ENTER);
    type(&list, "Smiling");
    key(&list, PLX_KEY_ENTER);
    type(&list, "/smil");
    g_assert_cmpuint(plx_sorting_rows(list.sorting), ==, 3);
    key(&list, PLX_KEY_UP);
    g_assert_cmpint(plx_sorting_mode(list.sorting), ==, PLX_SORTING_LIST);
    g_assert_cmpuint(plx_sorting_at(list.sorting), ==, 1);
    list_clear(&list);
}

static void test_leave(void)
{
    struct list list;
    list_init(&list);
    type(&list, "?");
    g_assert_cmpint(plx_sorting_mode(list.sorting), ==, PLX_SORTING_HELP);
    type(&list, "q");
    g_assert_cmpint(list.result, ==, PLX_SORTING_NOTHING);
    type(&list, "u");
    g_assert_cmpint(list.result, ==, PLX_SORTING_UNDO);
    type(&list, "q");
    g_assert_cmpint(list.result, ==, PLX_SORTING_LEAVE);
    type(&list, "/");
    key(&list, PLX_KEY_STOP);
    g_assert_cmpint(list.result, ==, PLX_SORTING_LEAVE);
    list_clear(&list);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workshop/sorting/moving", test_moving);
    g_test_add_func("/workshop/sorting/suggested", test_suggested);
    g_test_add_func("/workshop/sorting/acts", test_acts);
    g_test_add_func("/workshop/sorting/refused", test_refused);
    g_test_add_func("/workshop/sorting/filter", test_filter);
    g_test_add_func("/workshop/sorting/leave", test_leave);
    return g_test_run();
}
