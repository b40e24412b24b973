/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/dict.h"

static guint32 code(plx_dict *dict, const char *text)
{
    /* What follows a text in the reader's buffer must not matter. */
    char buffer[400];
    memset(buffer, 'x', sizeof buffer);
    memcpy(buffer, text, strlen(text));
    return plx_dict_code(dict, buffer, (guint32)strlen(text));
}

static void test_lengths(void)
{
    g_autoptr(plx_dict) dict = plx_dict_new(PLX_DICT_TEXT);
    char text[256] = "";
    g_assert_cmpuint(code(dict, ""), ==, 0);
    for (guint length = 1; length < 256; length++) {
        memset(text, 'a', length);
        text[length] = '\0';
        g_assert_cmpuint(code(dict, text), ==, length);
    }
    for (guint length = 1; length < 256; length++) {
        memset(text, 'a', length);
        text[length] = '\0';
        g_assert_cmpuint(code(dict, text), ==, length);
        g_assert_cmpuint(plx_dict_find(dict, text), ==, length);
        g_assert_cmpstr(plx_dict_text(dict, length), ==, text);
        g_assert_cmpstr(plx_dict_title(dict, length), ==, text);
    }
    g_assert_cmpuint(plx_dict_size(dict), ==, 256);
    g_assert_cmpuint(plx_dict_find(dict, "b"), ==, 0);
    g_assert_cmpuint(plx_dict_find(dict, ""), ==, 0);
    g_assert_cmpstr(plx_dict_text(dict, 0), ==, "");
}

/* Texts that agree in their first 16 bytes, or but for their last. */
static void test_near(void)
{
    const char *const texts[] = {
        "0123456789abcdef",  "0123456789abcdeg", "0123456789abcde", "0123456789abcdefg",
        "0123456789abcdefh", "01234567",         "01234568",        "0123456"};
    g_autoptr(plx_dict) dict = plx_dict_new(PLX_DICT_TEXT);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_cmpuint(code(dict, texts[i]), ==, i + 1);
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_cmpuint(code(dict, texts[i]), ==, i + 1);
}

static void test_growth(void)
{
    g_autoptr(plx_dict) dict = plx_dict_new(PLX_DICT_TEXT);
    char text[64];
    const char *first = NULL;
    for (guint i = 0; i < 100000; i++) {
        g_snprintf(text, sizeof text, i % 2 ? "place %u" : "a place with a longer name %u", i);
        g_assert_cmpuint(code(dict, text), ==, i + 1);
        if (i == 0)
            first = plx_dict_text(dict, 1);
    }
    for (guint i = 0; i < 100000; i++) {
        g_snprintf(text, sizeof text, i % 2 ? "place %u" : "a place with a longer name %u", i);
        g_assert_cmpuint(code(dict, text), ==, i + 1);
        g_assert_cmpstr(plx_dict_text(dict, i + 1), ==, text);
    }
    /* Borrowed texts stay where they are. */
    g_assert_true(plx_dict_text(dict, 1) == first);
    g_assert_cmpuint(plx_dict_size(dict), ==, 100001);
}

static void test_ids(void)
{
    g_autoptr(plx_dict) dict = plx_dict_new(PLX_DICT_ID);
    guint32 door = code(dict, "front door");
    g_assert_cmpuint(code(dict, "Front  Door!"), ==, door);
    g_assert_cmpuint(code(dict, "FRONT-DOOR"), ==, door);
    g_assert_cmpuint(code(dict, "Back door"), ==, door + 1);
    g_assert_cmpstr(plx_dict_text(dict, door), ==, "front-door");
    g_assert_cmpstr(plx_dict_title(dict, door), ==, "FRONT-DOOR");
    g_assert_cmpuint(plx_dict_size(dict), ==, 3);
    g_assert_cmpuint(plx_dict_find(dict, "fRONT dOOR"), ==, door);
    g_assert_cmpuint(plx_dict_find(dict, "side door"), ==, 0);
    g_assert_cmpuint(plx_dict_size(dict), ==, 3);
}

static void test_no_id(void)
{
    g_autoptr(plx_dict) dict = plx_dict_new(PLX_DICT_ID);
    for (guint round = 0; round < 2; round++) {
        g_assert_cmpuint(code(dict, "!?"), ==, PLX_DICT_INVALID);
        g_assert_cmpuint(code(dict, "\xff"), ==, PLX_DICT_INVALID);
    }
    g_assert_cmpuint(plx_dict_find(dict, "!?"), ==, 0);
    g_assert_cmpuint(plx_dict_size(dict), ==, 1);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/voice/dict/lengths", test_lengths);
    g_test_add_func("/voice/dict/near", test_near);
    g_test_add_func("/voice/dict/growth", test_growth);
    g_test_add_func("/voice/dict/ids", test_ids);
    g_test_add_func("/voice/dict/no-id", test_no_id);
    return g_test_run();
}
