/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/beliefs.h"

#include "report/golden.h"
#include "report/room.h"
#include "report/term.h"

#include <jansson.h>
#include <string.h>

static GString *table(enum room_kind kind, guint width, gboolean unicode, gboolean verbose)
{
    g_autoptr(room) r = room_new(kind);
    GString *text = g_string_new(NULL);
    plx_beliefs_table(r->beliefs, &(struct plx_table_options){width, FALSE, unicode, verbose},
                      text);
    return text;
}

static void test_table(void)
{
    static const struct {
        const char *golden;
        enum room_kind kind;
        guint width;
        gboolean unicode, verbose;
    } rows[] = {{"beliefs-60.txt", ROOM_FULL, 60, TRUE, FALSE},
                {"beliefs-80.txt", ROOM_FULL, 80, TRUE, TRUE},
                {"beliefs-120-ascii.txt", ROOM_FULL, 120, FALSE, FALSE},
                {"beliefs-masked.txt", ROOM_MASKED, 80, TRUE, FALSE},
                {"beliefs-hidden.txt", ROOM_HIDDEN, 80, TRUE, FALSE},
                {"beliefs-stars.txt", ROOM_STARS, 80, TRUE, FALSE},
                {"beliefs-marks.txt", ROOM_MARKS, 80, TRUE, FALSE},
                {"beliefs-empty.txt", ROOM_EMPTY, 80, TRUE, FALSE}};
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GString) text =
            table(rows[i].kind, rows[i].width, rows[i].unicode, rows[i].verbose);
        golden_assert(rows[i].golden, text);
    }
}

/* No line is wider than was asked for, whatever the width. */
static void test_width(void)
{
    for (int kind = 0; kind < ROOM_KINDS; kind++) {
        for (guint width = 50; width <= 130; width += 10) {
            g_autoptr(GString) text = table((enum room_kind)kind, width, TRUE, TRUE);
            g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
            for (guint i = 0; lines[i]; i++)
                if (plx_term_width(lines[i]) > width && strchr(g_strstrip(lines[i]), ' '))
                    g_error("wider than %u: %s", width, lines[i]); /* one word stays whole */
        }
    }
}

static void test_csv(void)
{
    g_autoptr(room) r = room_new(ROOM_FULL);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_beliefs_csv(r->beliefs, text);
    golden_assert("beliefs.csv", text);
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 9); /* header, seven moments, nothing */
    for (guint i = 0; i < 8; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
        g_assert_cmpuint(g_strv_length(cells), ==, 39);
    }
}

static json_t *parse(enum room_kind kind)
{
    g_autoptr(room) r = room_new(kind);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_beliefs_json(r->beliefs, text);
    json_error_t error;
    json_t *root = json_loads(text->str, JSON_REJECT_DUPLICATES, &error);
    g_assert_nonnull(root);
    g_assert_cmpstr(json_string_value(json_object_get(root, "schema")), ==, "parallax.beliefs/1");
    return root;
}

static json_t *moment(json_t *root, guint m)
{
    json_t *group = json_array_get(json_object_get(root, "groups"), 0);
    return json_array_get(json_object_get(group, "moments"), m);
}

static void test_json(void)
{
    g_autoptr(room) r = room_new(ROOM_FULL);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_beliefs_json(r->beliefs, text);
    golden_assert("beliefs.json", text);
    json_t *root = parse(ROOM_FULL);
    json_t *door = moment(root, 0), *guess = json_object_get(door, "guess");
    /* 3 of 7, 6 of 8, 3 of 9: 96 in 120; 60 of 200 */
    g_assert_cmpfloat(json_real_value(json_object_get(guess, "mean")), ==, 0.8);
    g_assert_cmpint(json_integer_value(json_array_get(json_object_get(guess, "counts"), 8)), ==, 6);
    g_assert_cmpfloat(json_real_value(json_object_get(json_object_get(door, "served"), "share")),
                      ==, 0.3);
    g_assert_cmpfloat(json_real_value(json_object_get(door, "difference")), ==, 0.5);
    g_assert_cmpstr(json_string_value(json_object_get(door, "verdict")), ==, "overestimates");
    g_assert_true(json_is_null(json_object_get(moment(root, 5), "served"))); /* music */
    json_decref(root);
}

/* What may not be shown, or is not there, is null and never absent. */
static void test_json_of_little(void)
{
    json_t *root = parse(ROOM_HIDDEN);
    json_t *guess = json_object_get(moment(root, 0), "guess");
    static const char *const members[] = {"n", "persons", "mean", "range", "counts", "later"};
    for (guint i = 0; i < G_N_ELEMENTS(members); i++)
        g_assert_true(json_is_null(json_object_get(guess, members[i])));
    g_assert_cmpstr(json_string_value(json_object_get(guess, "suppressed")), ==, "few_persons");
    g_assert_true(json_is_null(json_object_get(moment(root, 0), "verdict")));
    json_decref(root);

    root = parse(ROOM_EMPTY);
    g_assert_true(json_is_null(json_object_get(root, "guessed_by")));
    json_t *group = json_array_get(json_object_get(root, "groups"), 0);
    g_assert_cmpuint(json_array_size(json_object_get(group, "moments")), ==, 0);
    g_assert_cmpuint(json_array_size(json_object_get(group, "not_guessed")), ==, 3);
    g_assert_true(json_is_null(json_object_get(group, "ranking")));
    json_decref(root);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/beliefs/table", test_table);
    g_test_add_func("/beliefs/width", test_width);
    g_test_add_func("/beliefs/csv", test_csv);
    g_test_add_func("/beliefs/json", test_json);
    g_test_add_func("/beliefs/json-of-little", test_json_of_little);
    return g_test_run();
}
