/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/fields.h"

#include <string.h>

static plx_fields *parse(const char *text, const char **why)
{
    return plx_fields_parse((struct plx_http_slice){text, (guint)strlen(text)}, why);
}

static void test_usual(void)
{
    const char *why = "", *name, *value;
    g_autoptr(plx_fields) f =
        parse("level=3&note=a+b%21%C3%A4%0D%0Ac&&empty=&bare&tick=1&tick=2&a%3Db=x", &why);
    g_assert_nonnull(f);
    g_assert_cmpstr(plx_fields_get(f, "level"), ==, "3");
    g_assert_cmpstr(plx_fields_get(f, "note"), ==, "a b!ä\nc");
    g_assert_cmpstr(plx_fields_get(f, "empty"), ==, "");
    g_assert_cmpstr(plx_fields_get(f, "bare"), ==, "");
    g_assert_cmpstr(plx_fields_get(f, "a=b"), ==, "x");
    g_assert_null(plx_fields_get(f, "tick")); /* which one? */
    g_assert_null(plx_fields_get(f, "nothing"));
    g_assert_true(plx_fields_at(f, 5, &name, &value));
    g_assert_cmpstr(name, ==, "tick");
    g_assert_cmpstr(value, ==, "2");
    g_assert_false(plx_fields_at(f, 7, &name, &value));
}

static void test_none(void)
{
    const char *why = "", *name, *value;
    g_autoptr(plx_fields) absent = plx_fields_parse((struct plx_http_slice){NULL, 0}, &why);
    g_autoptr(plx_fields) empty = parse("", &why);
    g_assert_false(plx_fields_at(absent, 0, &name, &value));
    g_assert_false(plx_fields_at(empty, 0, &name, &value));
}

static void test_refused(void)
{
    static const char *const all[][2] = {
        {"a=%4", "a percent sign is not followed by two hex digits"},
        {"a=%zz", "a percent sign is not followed by two hex digits"},
        {"a=%00", "a text holds a control character"},
        {"a=x%1Bz", "a text holds a control character"},
        {"a=x%0Dz", "a text holds a control character"},
        {"a%7F=x", "a text holds a control character"},
        {"a=%C3", "a text is not UTF-8"},
        {"a=%ED%A0%80", "a text is not UTF-8"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(all); i++) {
        const char *why = "";
        g_assert_null(parse(all[i][0], &why));
        g_assert_cmpstr(why, ==, all[i][1]);
    }
    const char *why = "";
    g_autoptr(GString) many = g_string_new("a=1");
    for (guint i = 0; i < PLX_FIELDS_MAX; i++)
        g_string_append(many, "&a=1");
    g_assert_null(parse(many->str, &why));
    g_assert_cmpstr(why, ==, "there are too many fields");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/fields/usual", test_usual);
    g_test_add_func("/fields/none", test_none);
    g_test_add_func("/fields/refused", test_refused);
    return g_test_run();
}
