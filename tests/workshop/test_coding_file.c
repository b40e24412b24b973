/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "base/error.h"
#include "workshop/coding_file.h"

#include <string.h>

static const char MAP[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"
    "      - title: Pay\n        points:\n          - title: The queue\n"
    "            id: queue\n          - title: Parking\n            id: car\n";

/* Notes, one a line, with the words of the act in the end; or the error. */
static char *read_into(struct room *room, const char *csv)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) notes = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *act = NULL;
    g_autoptr(plx_csv_table) table =
        plx_csv_table_read_memory(csv, strlen(csv), "codes.csv", &error);
    g_assert_no_error(error);
    if (!plx_sorter_read(room->sorter, table, notes, &act, &error)) {
        g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT));
        g_assert_null(act);
        return g_strdup(error->message);
    }
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < notes->len; i++)
        g_string_append_printf(out, "%s\n", (const char *)notes->pdata[i]);
    g_string_append(out, act ? act : "nothing");
    return g_string_free(out, FALSE);
}

static void test_there_and_back(void)
{
    struct room room;
    room_init(&room, MAP);
    g_autofree char *said =
        read_into(&room, "prompt,answer,theme,points\n"
                         "improve,queues at the till,Waiting,The queue; car\n"
                         "improve,A long queue!,Waiting,\nwell,Everybody smiles,,\n");
    g_assert_cmpstr(said, ==, "2 answers sorted from a file, points tied: 2");
    g_autoptr(GString) out = g_string_new(NULL);
    plx_sorter_write(room.sorter, out);
    g_assert_cmpstr(out->str, ==,
                    "prompt,answer,theme,points\n"
                    "improve,A long queue,Waiting,car;queue\n"
                    "improve,Queues at the till,Waiting,car;queue\n"
                    "well,Everybody smiles,,\nwell,People smile at you,,\n"
                    "moment,Free parking,,\n");
    g_autofree char *again = read_into(&room, out->str);
    g_assert_cmpstr(again, ==, "nothing");
    g_autofree char *emptied = read_into(&room, "prompt;answer;theme\nimprove;a long queue;\n");
    g_assert_cmpstr(emptied, ==, "1 answer sorted from a file");
    g_assert_cmpuint(
        plx_sorter_answer(room.sorter, room_find(&room, "improve", "A long queue"))->theme, ==, 0);
    room_clear(&room);
}

/* What a spreadsheet would run gets an apostrophe, which is no part of the title that comes back.
 */
static void test_formula(void)
{
    struct room room, other;
    room_init(&room, NULL);
    room_init(&other, NULL);
    g_autofree char *said = read_into(&room, "prompt,answer,theme\n"
                                             "improve,A long queue,=cmd|' /C calc'!A0\n");
    g_assert_cmpstr(said, ==, "1 answer sorted from a file");
    g_autoptr(GString) out = g_string_new(NULL);
    plx_sorter_write(room.sorter, out);
    g_assert_nonnull(strstr(out->str, "\nimprove,A long queue,'=cmd|' /C calc'!A0,\n"));
    g_autofree char *again = read_into(&room, out->str);
    g_assert_cmpstr(again, ==, "nothing");
    g_autofree char *moved = read_into(&other, out->str);
    g_assert_cmpstr(moved, ==, "1 answer sorted from a file");
    g_assert_cmpstr(plx_codebook_theme(plx_sorter_book(other.sorter), 0)->title, ==,
                    "=cmd|' /C calc'!A0");
    room_clear(&other);
    room_clear(&room);
}

static void test_notes(void)
{
    struct room room;
    room_init(&room, NULL);
    g_autofree char *said = read_into(&room, "prompt,answer,theme\n"
                                             "improve,A long queue,Waiting\n"
                                             "improve,Queues at the till,WAITING\n"
                                             "well,Nobody said this,Wating\n");
    g_assert_cmpstr(said, ==,
                    "codes.csv:3:28: \"WAITING\" is the theme \"Waiting\"\n"
                    "codes.csv:4:6: nobody gave the answer \"Nobody said this\"\n"
                    "codes.csv:4:23: the themes \"Waiting\" and \"Wating\" look alike; if they are "
                    "one: --merge\n"
                    "3 answers sorted from a file");
    room_clear(&room);
}

/* Whatever is wrong, nothing is sorted. */
static void test_bad_rows(void)
{
    static const struct {
        const char *csv, *message;
    } cases[] = {
        {"prompt,answer,theme\nimprove,A long queue,Waiting\nimprov,x,y\n",
         "codes.csv:3:1: \"improv\" is no prompt of a workshop; did you mean \"improve\"?"},
        {"prompt,answer,theme\nimprove,A long queue,?\n",
         "codes.csv:2:22: \"?\" is no title of a theme: it needs a letter or a digit"},
        {"prompt,answer,theme\nimprove,,Waiting\n",
         "codes.csv:2:9: \"\" is no answer: it needs a letter or a digit"},
        {"prompt,answer,theme\nimprove,A long queue,Waiting\nimprove,a LONG queue,Queues\n",
         "codes.csv:3:22: the answer \"a LONG queue\" is in \"Waiting\" above and in \"Queues\" "
         "here"},
        {"prompt,answer,theme,points\nimprove,A long queue,Waiting,queu\n",
         "codes.csv:2:30: the map has no point \"queu\"; did you mean \"queue\"?"},
        {"prompt,answer,theme,points\nimprove,A long queue,,queue\n",
         "codes.csv:2:23: a point, but no theme that could be tied to it"},
    };
    struct room room;
    room_init(&room, MAP);
    g_autofree char *before = room_text(&room);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *said = read_into(&room, cases[i].csv);
        g_autofree char *after = room_text(&room);
        g_assert_cmpstr(said, ==, cases[i].message);
        g_assert_cmpstr(after, ==, before);
    }
    room_clear(&room);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/workshop/coding-file/there-and-back", test_there_and_back);
    g_test_add_func("/workshop/coding-file/formula", test_formula);
    g_test_add_func("/workshop/coding-file/notes", test_notes);
    g_test_add_func("/workshop/coding-file/bad-rows", test_bad_rows);
    return g_test_run();
}
