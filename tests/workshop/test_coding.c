/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "base/error.h"

#include <string.h>

#define ALL                                                                                        \
    "well/Everybody smiles | well/People smile at you | improve/A long queue | "                   \
    "improve/Queues at the till | moment/Free parking\n"

static const char MAP[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"
    "      - title: Pay\n        points:\n          - title: The queue\n"
    "            id: queue\n          - title: Parking\n            id: car\n";

static void assert_text(const struct room *room, const char *expected)
{
    g_autofree char *text = room_text(room);
    g_assert_cmpstr(text, ==, expected);
}

/* Puts one answer; the words of the act. */
static char *put(struct room *room, const char *prompt, const char *text, const char *title)
{
    char *act = NULL;
    const guint answer = room_find(room, prompt, text);
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_sorter_put(room->sorter, &answer, 1, title, &act, &error));
    return act;
}

static void must_put(struct room *room, const char *prompt, const char *text, const char *title)
{
    g_autofree char *act = put(room, prompt, text, title);
    g_assert_nonnull(act);
}

/* Equal words are one answer: two tables (one with two sheets) of 7 and 6. */
static void test_answers(void)
{
    struct room room;
    room_init(&room, NULL);
    assert_text(&room, "-: " ALL);
    const struct plx_sorter_answer *const queue =
        plx_sorter_answer(room.sorter, room_find(&room, "improve", "Queues at the till"));
    g_assert_cmpuint(queue->tables, ==, 2);
    g_assert_cmpuint(queue->persons, ==, 13);
    g_assert_cmpstr(queue->language, ==, "en");
    const struct plx_sorter_answer *const alone =
        plx_sorter_answer(room.sorter, room_find(&room, "well", "People smile at you"));
    g_assert_cmpuint(alone->tables, ==, 0);
    g_assert_cmpuint(alone->persons, ==, 1);
    room_clear(&room);
}

/* An answer is shown as most wrote it. */
static void test_spelling(void)
{
    static const guint8 key[PLX_CODEBOOK_KEY] = "0123456789abcde";
    static const char *const texts[] = {"Queues", "queues.", "QUEUES", "queues."};
    struct plx_saying said[G_N_ELEMENTS(texts)];
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        said[i] = (struct plx_saying){.prompt = "improve",
                                      .text = texts[i],
                                      .workshop = "",
                                      .table = "",
                                      .place = "",
                                      .language = "",
                                      .unit = i,
                                      .group_size = 1};
    const struct plx_sayings heard = {.n = G_N_ELEMENTS(said), .sayings = said};
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_sorter) sorter = plx_sorter_new(map, &heard, plx_codebook_new(key));
    g_assert_cmpuint(plx_sorter_answers(sorter), ==, 1);
    g_assert_cmpstr(plx_sorter_answer(sorter, 0)->text, ==, "queues.");
}

static void test_put_and_take_out(void)
{
    struct room room;
    room_init(&room, NULL);
    g_autofree char *one = put(&room, "improve", "A long queue", "Waiting");
    g_autofree char *two = put(&room, "moment", "Free parking", "WAITING!");
    g_autofree char *three = put(&room, "moment", "Free parking", "waiting");
    g_assert_cmpstr(one, ==, "1 answer into \"Waiting\"");
    g_assert_cmpstr(two, ==, one);
    g_assert_null(three);
    const guint answers[] = {room_find(&room, "moment", "Free parking"),
                             room_find(&room, "improve", "Queues at the till")};
    g_autofree char *out = NULL, *again = NULL, *none = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_sorter_take_out(room.sorter, answers, 2, &out, &error));
    g_assert_cmpstr(out, ==, "1 answer taken out");
    g_assert_true(plx_sorter_take_out(room.sorter, answers, 2, &again, &error));
    g_assert_null(again);
    assert_text(&room, "Waiting []: improve/A long queue\n"
                       "-: well/Everybody smiles | well/People smile at you | "
                       "improve/Queues at the till | moment/Free parking\n");
    g_assert_false(plx_sorter_put(room.sorter, answers, 2, " ? ", &none, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_USAGE));
    g_assert_cmpstr(error->message, ==,
                    "\" ? \" is no title of a theme: it needs a letter or a digit");
    g_assert_null(none);
    room_clear(&room);
}

static void test_merge_and_rename(void)
{
    struct room room;
    room_init(&room, NULL);
    must_put(&room, "improve", "A long queue", "Waiting");
    must_put(&room, "improve", "Queues at the till", "Queues");
    g_autofree char *merged = NULL, *renamed = NULL, *same = NULL, *none = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_false(plx_sorter_rename(room.sorter, "Waiting", "queues", &none, &error));
    g_assert_cmpstr(error->message, ==,
                    "there is a theme \"Queues\" already; merge \"Waiting\" into it");
    g_clear_error(&error);
    g_assert_true(plx_sorter_merge(room.sorter, "queues", "waiting", &merged, &error));
    g_assert_cmpstr(merged, ==, "\"Queues\" merged into \"Waiting\"");
    g_assert_true(plx_sorter_merge(room.sorter, "waiting", "Waiting", &same, &error));
    g_assert_null(same);
    g_assert_true(plx_sorter_rename(room.sorter, "waiting", "Waiting time", &renamed, &error));
    g_assert_cmpstr(renamed, ==, "\"Waiting\" renamed \"Waiting time\"");
    assert_text(&room, "Waiting time []: improve/A long queue | improve/Queues at the till\n"
                       "-: well/Everybody smiles | well/People smile at you | "
                       "moment/Free parking\n");
    g_assert_false(plx_sorter_merge(room.sorter, "Waitin time", "Queues", &none, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND));
    g_assert_cmpstr(error->message, ==,
                    "there is no theme \"Waitin time\"; did you mean \"Waiting time\"?");
    g_assert_null(none);
    room_clear(&room);
}

static void test_tie(void)
{
    struct room room;
    room_init(&room, MAP);
    must_put(&room, "improve", "A long queue", "Waiting");
    g_autofree char *tied = NULL, *again = NULL, *none = NULL;
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_sorter_tie(room.sorter, "Waiting", "the QUEUE", &tied, &error));
    g_assert_cmpstr(tied, ==, "\"Waiting\" tied to queue");
    g_assert_true(plx_sorter_tie(room.sorter, "Waiting", "queue", &again, &error));
    g_assert_null(again);
    g_assert_false(plx_sorter_tie(room.sorter, "Waiting", "Parkin", &none, &error));
    g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND));
    g_assert_cmpstr(error->message, ==,
                    "the map has no point \"Parkin\"; did you mean \"Parking\"?");
    g_assert_null(none);
    room_clear(&room);
}

static char *hints_of(const struct room *room)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) hints = plx_sorter_hints(room->sorter, &error);
    g_assert_no_error(error);
    GString *const out = g_string_new(NULL);
    for (guint h = 0; h < hints->len; h++) {
        const struct plx_sorter_hint *const hint = hints->pdata[h];
        g_string_append_printf(out, "%s%s:", hint->title, hint->theme > 0 ? "" : " (new)");
        for (guint i = 0; i < hint->n; i++)
            g_string_append_printf(out, " %s;",
                                   plx_sorter_answer(room->sorter, hint->answers[i])->text);
        g_string_append_c(out, '\n');
    }
    return g_string_free(out, FALSE);
}

static void test_hints(void)
{
    struct room room;
    room_init(&room, NULL);
    g_autofree char *before = hints_of(&room);
    g_assert_cmpstr(before, ==,
                    "smile (new): Everybody smiles; People smile at you;\n"
                    "queue (new): A long queue; Queues at the till;\n");
    /* By an answer in it, and by its title alone. */
    must_put(&room, "improve", "A long queue", "Waiting");
    must_put(&room, "well", "Everybody smiles", "Parking");
    g_autofree char *after = hints_of(&room);
    g_assert_cmpstr(after, ==,
                    "Parking: People smile at you;\nWaiting: Queues at the till;\n"
                    "Parking: Free parking;\n");
    room_clear(&room);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workshop/coding/answers", test_answers);
    g_test_add_func("/workshop/coding/spelling", test_spelling);
    g_test_add_func("/workshop/coding/put", test_put_and_take_out);
    g_test_add_func("/workshop/coding/merge", test_merge_and_rename);
    g_test_add_func("/workshop/coding/tie", test_tie);
    g_test_add_func("/workshop/coding/hints", test_hints);
    return g_test_run();
}
