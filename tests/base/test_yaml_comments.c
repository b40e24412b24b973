/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/yaml_comments.h"

static void check(const struct plx_yaml_comment *comment, guint line, gboolean own,
                  const char *text)
{
    g_assert_cmpuint(comment->line, ==, line);
    g_assert_cmpint(comment->own, ==, own);
    g_assert_cmpstr(comment->text, ==, text);
}

/* A "#" in quotes, in a text over several lines or within a word is none. */
static void test_found(void)
{
    g_autoptr(GPtrArray) found = plx_yaml_comments("# head\n"
                                                   "a: \"no # comment\" # one, é\n"
                                                   "b: C#\n"
                                                   "c: 'over\n"
                                                   "  # two lines'\n"
                                                   "d: |\n"
                                                   "  text\n"
                                                   "  # text, too\n"
                                                   "e: é # behind more bytes than characters\r\n"
                                                   "  # own\n");
    g_assert_cmpuint(found->len, ==, 4);
    check(found->pdata[0], 1, TRUE, "# head");
    check(found->pdata[1], 2, FALSE, "# one, é");
    check(found->pdata[2], 9, FALSE, "# behind more bytes than characters");
    check(found->pdata[3], 10, TRUE, "# own");
}

static void test_none(void)
{
    g_autoptr(GPtrArray) empty = plx_yaml_comments("");
    g_autoptr(GPtrArray) other = plx_yaml_comments("a: 1\r# old Macs\rb: 2");
    g_autoptr(GPtrArray) bytes = plx_yaml_comments("# \xff\n");
    g_assert_cmpuint(empty->len + other->len + bytes->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/yaml_comments/found", test_found);
    g_test_add_func("/yaml_comments/none", test_none);
    return g_test_run();
}
