/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Keys for tests: characters stand for themselves, a few signs for keys. */

#include "workshop/entry.h"

static inline enum plx_key keys_of_sign(char sign)
{
    static const struct {
        char sign;
        enum plx_key key;
    } signs[] = {{'\n', PLX_KEY_ENTER},     {'\t', PLX_KEY_TAB},       {'<', PLX_KEY_LEFT},
                 {'>', PLX_KEY_RIGHT},      {'^', PLX_KEY_UP},         {'_', PLX_KEY_DOWN},
                 {'\b', PLX_KEY_BACKSPACE}, {'!', PLX_KEY_DELETE},     {'[', PLX_KEY_HOME},
                 {']', PLX_KEY_END},        {'@', PLX_KEY_ESCAPE},     {'{', PLX_KEY_UNDO},
                 {'}', PLX_KEY_REDO},       {'+', PLX_KEY_INSERT_ROW}, {'~', PLX_KEY_DELETE_ROW},
                 {'`', PLX_KEY_BACK_TAB}};
    for (gsize i = 0; i < G_N_ELEMENTS(signs); i++)
        if (signs[i].sign == sign)
            return signs[i].key;
    return PLX_KEY_CHAR;
}

/* The last message, to be freed. */
static inline char *keys_type(plx_entry *grid, const char *keys)
{
    char *message = NULL;
    for (const char *at = keys; *at; at = g_utf8_next_char(at)) {
        const struct plx_key_press press = {keys_of_sign(*at), g_utf8_get_char(at), FALSE};
        g_free(message);
        plx_entry_press(grid, &press, &message);
    }
    return message;
}

static inline void keys_type_well(plx_entry *grid, const char *keys)
{
    g_autofree char *message = keys_type(grid, keys);
    g_assert_cmpstr(message, ==, NULL);
}

/* `n` keys by chance, most of them characters of `signs`. */
static inline void keys_press_any(plx_entry *grid, GRand *rand, guint n, const char *signs)
{
    for (guint i = 0; i < n; i++) {
        const glong sign = g_rand_int_range(rand, 0, (gint32)g_utf8_strlen(signs, -1));
        const struct plx_key_press press = {
            g_rand_int_range(rand, 0, 3) ? PLX_KEY_CHAR
                                         : (enum plx_key)g_rand_int_range(rand, 0, PLX_KEY_COUNT),
            g_utf8_get_char(g_utf8_offset_to_pointer(signs, sign)),
            g_rand_int_range(rand, 0, 5) == 0};
        g_autofree char *message = NULL;
        plx_entry_press(grid, &press, &message);
    }
}
