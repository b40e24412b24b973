/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keys.h"
#include "workshop/width.h"

#include <string.h>

static const char *const voices[] = {"leader", "staff", "shopper", "customer", NULL};
static const char *const prompts[] = {"well", "improve", "competitors", "continue", NULL};

enum { WHO, VOICE, SIZE, PROMPT, GUESS, WHEN, WORDS, N_COLUMNS };

static const struct plx_entry_column columns[N_COLUMNS] = {
    [WHO] = {.title = "who", .kind = PLX_COLUMN_TEXT, .width = 8, .needed = TRUE, .carried = TRUE},
    [VOICE] = {.title = "voice",
               .kind = PLX_COLUMN_CHOICE,
               .choices = voices,
               .width = 8,
               .fast = TRUE,
               .carried = TRUE},
    [SIZE] = {.title = "size", .kind = PLX_COLUMN_NUMBER, .min = 1, .max = 99, .width = 4},
    [PROMPT] = {.title = "question",
                .kind = PLX_COLUMN_CHOICE,
                .choices = prompts,
                .letters = "wicn",
                .width = 11,
                .fast = TRUE},
    [GUESS] = {.title = "guess",
               .kind = PLX_COLUMN_NUMBER,
               .min = 0,
               .max = 10,
               .width = 3,
               .fast = TRUE,
               .ten = TRUE},
    [WHEN] = {.title = "when", .hidden = TRUE},
    [WORDS] = {.title = "words", .kind = PLX_COLUMN_TEXT, .needed = TRUE},
};

static plx_entry *new_grid(void)
{
    return plx_entry_new(columns, N_COLUMNS, NULL);
}

static void assert_at(const plx_entry *grid, guint row, guint column)
{
    g_assert_cmpuint(plx_entry_row(grid), ==, row);
    g_assert_cmpuint(plx_entry_at(grid), ==, column);
}

static void assert_row(const plx_entry *grid, guint row, const char *expected)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < plx_entry_columns(grid); i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "|" : "", plx_entry_cell(grid, row, i));
    g_assert_cmpstr(text->str, ==, expected);
}

/* A row as fast as it can be typed; the next has what is carried. */
static void test_row(void)
{
    g_autoptr(plx_entry) grid = new_grid();
    keys_type_well(grid, "4\nl7\nc8Gründe, viele\n");
    assert_row(grid, 0, "4|leader|7|competitors|8||Gründe, viele");
    g_assert_cmpint(plx_entry_state(grid, 0), ==, PLX_ROW_COMPLETE);
    assert_row(grid, 1, "4|leader|||||");
    g_assert_cmpint(plx_entry_state(grid, 1), ==, PLX_ROW_EMPTY);
    assert_at(grid, 1, SIZE);
    keys_type_well(grid, "\n\n\n\n");
    assert_at(grid, 1, WORDS);
    g_assert_cmpuint(plx_entry_rows(grid), ==, 2);
}

static void test_ten(void)
{
    static const struct {
        const char *keys, *cell;
        guint at;
    } cases[] = {
        {"7", "7", WORDS},     {"0", "0", WORDS},    {"1", "1", GUESS},  {"10", "10", WORDS},
        {"1 ", "1", WORDS},    {"1\n", "1", WORDS},  {"x", "10", WORDS}, {"T", "10", WORDS},
        {"-", "", WORDS},      {"1\b7", "7", WORDS}, {"1>", "1", WORDS}, {"3`-", "", WORDS},
        {"3`10", "10", WORDS},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(plx_entry) grid = new_grid();
        keys_type_well(grid, "\t\t\t\t");
        keys_type_well(grid, cases[i].keys);
        g_assert_cmpstr(plx_entry_cell(grid, 0, GUESS), ==, cases[i].cell);
        g_assert_cmpuint(plx_entry_at(grid), ==, cases[i].at);
    }
}

/* Eleven cannot be typed past; arrows leave it, marked. */
static void test_eleven(void)
{
    static const char *const ways[] = {"", "\n", "\t", " "};
    for (gsize i = 0; i < G_N_ELEMENTS(ways); i++) {
        g_autoptr(plx_entry) grid = new_grid();
        keys_type_well(grid, "a\n\n\n\n1");
        assert_at(grid, 0, GUESS);
        g_autofree char *keys = g_strconcat("1", ways[i], NULL);
        g_autofree char *message = keys_type(grid, keys);
        g_assert_cmpstr(message, ==, "11: expected 0 to 10");
        assert_at(grid, 0, GUESS);
        keys_type_well(grid, "_>");
        assert_at(grid, 0, WORDS);
        g_assert_cmpint(plx_entry_state(grid, 0), ==, PLX_ROW_WRONG);
        g_autofree char *fault = plx_entry_fault(grid, 0, GUESS);
        g_assert_cmpstr(fault, ==, "11: expected 0 to 10");
        keys_type_well(grid, "<\b\nfine");
        assert_row(grid, 0, "a||||1||fine");
        g_assert_cmpint(plx_entry_state(grid, 0), ==, PLX_ROW_COMPLETE);
    }
}

static void test_choice(void)
{
    g_autoptr(plx_entry) grid = new_grid();
    keys_type_well(grid, "\ts");
    g_assert_cmpstr(plx_entry_cell(grid, 0, VOICE), ==, "staff");
    assert_at(grid, 0, VOICE); /* a shopper begins with s as well */
    keys_type_well(grid, "h");
    g_assert_cmpstr(plx_entry_cell(grid, 0, VOICE), ==, "shopper");
    assert_at(grid, 0, SIZE);
    keys_type_well(grid, "`C");
    g_assert_cmpstr(plx_entry_cell(grid, 0, VOICE), ==, "customer");
    g_autofree char *message = keys_type(grid, "`z");
    g_assert_cmpstr(message, ==, "expected leader, staff, shopper, customer");
    g_assert_cmpstr(plx_entry_cell(grid, 0, VOICE), ==, "customer");
    keys_type_well(grid, "\b");
    g_assert_cmpstr(plx_entry_cell(grid, 0, VOICE), ==, "");
    keys_type_well(grid, "\t\tn");
    g_assert_cmpstr(plx_entry_cell(grid, 0, PROMPT), ==, "continue");
    g_autofree char *letters = keys_type(grid, "`q");
    g_assert_cmpstr(letters, ==, "expected w well, i improve, c competitors, n continue");
}

static void test_text(void)
{
    g_autoptr(plx_entry) grid = new_grid();
    keys_type_well(grid, "bär<ä<<!\b");
    g_assert_cmpstr(plx_entry_cell(grid, 0, WHO), ==, "är");
    keys_type_well(grid, "]日本\b");
    g_assert_cmpstr(plx_entry_cell(grid, 0, WHO), ==, "är日");
    keys_type_well(grid, "<<<<x");
    g_assert_cmpstr(plx_entry_cell(grid, 0, WHO), ==, "xär日");
    assert_at(grid, 0, WHO);
    keys_type_well(grid, "]>");
    assert_at(grid, 0, VOICE);
}

static void test_undo(void)
{
    g_autoptr(plx_entry) grid = new_grid();
    keys_type_well(grid, "anna\nl7\nw5good\n");
    keys_type_well(grid, "{");
    g_assert_cmpuint(plx_entry_rows(grid), ==, 1);
    keys_type_well(grid, "{");
    assert_row(grid, 0, "anna|leader|7|well|5||");
    assert_at(grid, 0, WORDS);
    keys_type_well(grid, "}}");
    assert_row(grid, 0, "anna|leader|7|well|5||good");
    g_assert_cmpuint(plx_entry_rows(grid), ==, 2);
    keys_type_well(grid, "^~");
    g_assert_cmpuint(plx_entry_rows(grid), ==, 1);
    keys_type_well(grid, "{");
    assert_row(grid, 0, "anna|leader|7|well|5||good");
    keys_type_well(grid, "[[bert@");
    assert_row(grid, 0, "anna|leader|7|well|5||good");
    keys_type_well(grid, "+");
    assert_row(grid, 1, "anna|leader|||||");
    assert_row(grid, 2, "anna|leader|||||");
}

static char *no_bert(const plx_entry *grid, guint row, guint column, gpointer data)
{
    (void)data;
    return column == WHO && strcmp(plx_entry_cell(grid, row, WHO), "bert") == 0
               ? g_strdup("bert is not here")
               : NULL;
}

static gboolean only_competitors(const plx_entry *grid, guint row, guint column, gpointer data)
{
    (void)data;
    return column == GUESS && strcmp(plx_entry_cell(grid, row, PROMPT), "competitors") != 0;
}

static void test_rules(void)
{
    const struct plx_entry_rules rules = {no_bert, only_competitors, NULL};
    g_autoptr(plx_entry) grid = plx_entry_new(columns, N_COLUMNS, &rules);
    g_autofree char *message = keys_type(grid, "bert\n");
    g_assert_cmpstr(message, ==, "bert is not here");
    assert_at(grid, 0, WHO);
    keys_type_well(grid, "\b\b\b\banna\nl\n\nw");
    assert_at(grid, 0, WORDS);
    keys_type_well(grid, "[[\t\t\tc");
    assert_at(grid, 0, GUESS);
}

/* Pasted ends of lines stay in the cell, and nothing moves on. */
static void test_paste(void)
{
    g_autoptr(plx_entry) grid = new_grid();
    g_autofree char *message = NULL;
    static const char text[] = "a b";
    for (gsize i = 0; text[i]; i++) {
        const struct plx_key_press press = {PLX_KEY_CHAR, (gunichar)text[i], TRUE};
        g_assert_true(plx_entry_press(grid, &press, &message));
    }
    g_assert_cmpstr(plx_entry_cell(grid, 0, WHO), ==, "a b");
    keys_type_well(grid, "\t\t\t\t");
    const struct plx_key_press seven = {PLX_KEY_CHAR, '7', TRUE};
    g_assert_true(plx_entry_press(grid, &seven, &message));
    assert_at(grid, 0, GUESS);
}

static void test_dirty_cells(void)
{
    g_autoptr(plx_entry) grid = new_grid();
    plx_entry_set(grid, 0, WHO, "a\tb\nc\xff");
    g_assert_cmpstr(plx_entry_cell(grid, 0, WHO), ==, "a b c\xef\xbf\xbd");
    plx_entry_set(grid, 0, SIZE, "7 or 8");
    g_autofree char *fault = plx_entry_fault(grid, 0, SIZE);
    g_assert_cmpstr(fault, ==, "7 or 8: expected 1 to 99");
}

static void test_width(void)
{
    g_assert_cmpuint(plx_width("日本a\xcc\x81"), ==, 5);
    static const struct {
        const char *text;
        guint columns, caret;
        const char *view;
        guint at;
    } cases[] = {
        {"", 5, 0, "", 0},
        {"abc", 5, 3, "abc", 3},
        {"abcdefgh", 5, 0, "abcd›", 0},
        {"abcdefgh", 5, 8, "‹fgh", 4},
        {"abcdefgh", 5, 5, "‹def›", 3},
        {"日本語", 5, 3, "‹語", 3},
        {"日本語", 5, 0, "日本›", 0},
        {"a\tb", 5, 0, "a?b", 0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        guint at = 99;
        g_autofree char *view =
            plx_width_view(cases[i].text, cases[i].columns, cases[i].caret, &at);
        g_assert_cmpstr(view, ==, cases[i].view);
        g_assert_cmpuint(at, ==, cases[i].at);
    }
}

/* Whatever is seen fits, and the cursor is in it. */
static void assert_window(const plx_entry *grid, struct plx_entry_window *window, guint rows,
                          guint width)
{
    plx_entry_scroll(grid, rows, width, window);
    const guint row = plx_entry_row(grid);
    const guint column = plx_entry_at(grid);
    g_assert_true(row >= window->first_row && row < window->first_row + window->n_rows);
    g_assert_cmpuint(window->first_row + window->n_rows, <=, plx_entry_rows(grid));
    g_assert_cmpuint(window->n_rows, <=, rows);
    g_assert_true(column == 0 || (column >= window->first_column && column < window->end_column));
    g_assert_cmpuint(window->end_column, <=, plx_entry_columns(grid));
    guint used = plx_entry_width(grid, 0, width);
    for (guint i = window->first_column; i < window->end_column; i++)
        used += plx_entry_column(grid, i)->hidden ? 0 : 1 + plx_entry_width(grid, i, width);
    g_assert_cmpuint(used, <=, width);
}

static void assert_sound(const plx_entry *grid)
{
    g_assert_cmpuint(plx_entry_rows(grid), >=, 1);
    g_assert_cmpuint(plx_entry_row(grid), <, plx_entry_rows(grid));
    g_assert_cmpuint(plx_entry_at(grid), <, plx_entry_columns(grid));
    g_assert_false(plx_entry_column(grid, plx_entry_at(grid))->hidden);
    for (guint row = 0; row < plx_entry_rows(grid); row++) {
        for (guint i = 0; i < plx_entry_columns(grid); i++)
            g_assert_true(g_utf8_validate(plx_entry_cell(grid, row, i), -1, NULL));
        g_assert_cmpstr(plx_entry_cell(grid, row, WHEN), ==, "");
    }
    const char *const text = plx_entry_cell(grid, plx_entry_row(grid), plx_entry_at(grid));
    g_assert_cmpint((glong)plx_entry_caret(grid), <=, g_utf8_strlen(text, -1));
}

/* Any keys keep it sound, and undo leads back to the beginning. */
static void test_any_keys(void)
{
    static const gunichar signs[] = {'1', '0', '7', 'l', 's', 'h', 'w', 'c', ' ', '-', 'x', 0x65e5};
    g_autoptr(GRand) rand = g_rand_new_with_seed(4);
    for (guint run = 0; run < 100; run++) {
        g_autoptr(plx_entry) grid = new_grid();
        struct plx_entry_window window = {0};
        for (guint i = 0; i < 200; i++) {
            const struct plx_key_press press = {
                g_rand_int_range(rand, 0, 2)
                    ? PLX_KEY_CHAR
                    : (enum plx_key)g_rand_int_range(rand, 0, PLX_KEY_COUNT),
                signs[g_rand_int_range(rand, 0, G_N_ELEMENTS(signs))],
                g_rand_int_range(rand, 0, 5) == 0};
            g_autofree char *message = NULL;
            plx_entry_press(grid, &press, &message);
            assert_sound(grid);
            assert_window(grid, &window, (guint)g_rand_int_range(rand, 1, 9), 60);
        }
        const struct plx_key_press undo = {PLX_KEY_UNDO, 0, FALSE};
        char *message = NULL;
        while (plx_entry_press(grid, &undo, &message))
            assert_sound(grid);
        g_assert_cmpuint(plx_entry_rows(grid), ==, 1);
        assert_row(grid, 0, "||||||");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/entry/row", test_row);
    g_test_add_func("/entry/ten", test_ten);
    g_test_add_func("/entry/eleven", test_eleven);
    g_test_add_func("/entry/choice", test_choice);
    g_test_add_func("/entry/text", test_text);
    g_test_add_func("/entry/undo", test_undo);
    g_test_add_func("/entry/rules", test_rules);
    g_test_add_func("/entry/paste", test_paste);
    g_test_add_func("/entry/dirty_cells", test_dirty_cells);
    g_test_add_func("/entry/width", test_width);
    g_test_add_func("/entry/any_keys", test_any_keys);
    return g_test_run();
}
