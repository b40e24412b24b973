/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml_write.h"

#include "base/yaml.h"

static void check_written(const char *text, const char *block, const char *flow)
{
    g_autoptr(GString) out = g_string_new(NULL);
    plx_yaml_append(out, text, FALSE);
    g_assert_cmpstr(out->str, ==, block);
    g_string_truncate(out, 0);
    plx_yaml_append(out, text, TRUE);
    g_assert_cmpstr(out->str, ==, flow);
}

static void test_quoting(void)
{
    check_written("At the door", "At the door", "At the door");
    check_written("An der Tür", "An der Tür", "An der Tür");
    check_written("Quick, isn't it?", "Quick, isn't it?", "\"Quick, isn't it?\"");
    check_written("Note: late", "\"Note: late\"", "\"Note: late\"");
    check_written("a:b", "a:b", "\"a:b\"");
    check_written("No. #5", "\"No. #5\"", "\"No. #5\"");
    check_written("C#", "C#", "C#");
    check_written("- dash", "\"- dash\"", "\"- dash\"");
    check_written("say \"hi\" \\", "say \"hi\" \\", "say \"hi\" \\");
    check_written("\"hi\" \\", "\"\\\"hi\\\" \\\\\"", "\"\\\"hi\\\" \\\\\"");
    check_written("", "\"\"", "\"\"");
    check_written("end ", "\"end \"", "\"end \"");
    check_written("two\nlines\t", "\"two\\nlines\\t\"", "\"two\\nlines\\t\"");
    check_written("\xC2\x85", "\"\\u0085\"", "\"\\u0085\"");
    check_written("no", "\"no\"", "\"no\"");
    check_written("Null", "\"Null\"", "\"Null\"");
    check_written("2026", "\"2026\"", "\"2026\"");
    check_written("2026-03-31", "\"2026-03-31\"", "\"2026-03-31\"");
    check_written("24 hours", "24 hours", "24 hours");
}

static char *random_text(GRand *rand)
{
    static const gunichar signs[] = {' ',  ':',    '#',    '-',    ',',     '[',    '}', '"',
                                     '\'', '\\',   '\n',   '\t',   '\r',    'a',    'B', '0',
                                     '?',  '&',    '*',    '!',    '|',     '>',    '%', '@',
                                     '`',  0x85,   0xA0,   0xE9,   0x2028,  0xFEFF, '~', '=',
                                     '.',  0xFFFE, 0x0001, 0x007F, 0x1F600, 0x4E2D, 'n', 'o'};
    GString *text = g_string_new(NULL);
    gint n = g_rand_int_range(rand, 1, 9);
    for (gint i = 0; i < n; i++)
        g_string_append_unichar(text, signs[g_rand_int_range(rand, 0, G_N_ELEMENTS(signs))]);
    return g_string_free(text, FALSE);
}

/* Any text comes back: as a value, as a key, within lists and mappings. */
static void test_back(void)
{
    GRand *rand = g_rand_new_with_seed(7);
    for (int i = 0; i < 20000; i++) {
        g_autofree char *text = random_text(rand);
        char *const list[] = {text, text, NULL};
        g_autoptr(GString) out = g_string_new("block: ");
        plx_yaml_append(out, text, FALSE);
        g_string_append(out, "\nlist: ");
        plx_yaml_append_list(out, list);
        g_string_append(out, "\nitems:\n- ");
        plx_yaml_append(out, text, FALSE);
        g_string_append(out, "\nkeys: {");
        plx_yaml_append(out, text, TRUE);
        g_string_append(out, ": 1}\n");
        g_autoptr(GError) error = NULL;
        g_autoptr(plx_yaml) yaml = plx_yaml_read_memory(out->str, out->len, "t.yaml", &error);
        if (error)
            g_test_message("%s", out->str);
        g_assert_no_error(error);
        const struct plx_yaml_node *root = plx_yaml_root(yaml);
        g_assert_cmpstr(plx_yaml_get(root, "block")->text, ==, text);
        g_assert_cmpuint(plx_yaml_get(root, "list")->n, ==, 2);
        g_assert_cmpstr(plx_yaml_get(root, "list")->values[0]->text, ==, text);
        g_assert_cmpstr(plx_yaml_get(root, "items")->values[0]->text, ==, text);
        g_assert_cmpstr(plx_yaml_get(root, "keys")->keys[0]->text, ==, text);
    }
    g_rand_free(rand);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/yaml-write/quoting", test_quoting);
    g_test_add_func("/yaml-write/back", test_back);
    return g_test_run();
}
