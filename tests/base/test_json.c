/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/json.h"

#include "base/number.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

static GString *sample(void)
{
    GString *out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.test/1");
    plx_json_string(json, "none", NULL);
    plx_json_number(json, "third", 1.0 / 3);
    plx_json_number(json, "nan", PLX_NAN);
    plx_json_integer(json, "big", G_MAXINT64);
    plx_json_boolean(json, "yes", TRUE);
    plx_json_null(json, "null");
    const double ci[] = {-0.5, PLX_INFINITY};
    plx_json_numbers(json, "ci", ci, 2);
    plx_json_numbers(json, "no_ci", NULL, 2);
    const gint64 counts[] = {1, 2, 3};
    plx_json_integers(json, "counts", counts, 3);
    plx_json_integers(json, "no_counts", NULL, 0);
    plx_json_begin_array(json, "points");
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "id", "door");
    plx_json_end_object(json);
    plx_json_begin_object(json, NULL);
    plx_json_end_object(json);
    plx_json_string(json, NULL, "x");
    plx_json_end_array(json);
    plx_json_begin_array(json, "empty");
    plx_json_end_array(json);
    plx_json_end_object(json);
    return out;
}

static void test_bytes(void)
{
    GString *out = sample();
    g_assert_cmpstr(out->str, ==,
                    "{\n"
                    "  \"schema\": \"parallax.test/1\",\n"
                    "  \"none\": null,\n"
                    "  \"third\": 0.333333333333,\n"
                    "  \"nan\": null,\n"
                    "  \"big\": 9223372036854775807,\n"
                    "  \"yes\": true,\n"
                    "  \"null\": null,\n"
                    "  \"ci\": [-0.5, null],\n"
                    "  \"no_ci\": null,\n"
                    "  \"counts\": [1, 2, 3],\n"
                    "  \"no_counts\": null,\n"
                    "  \"points\": [\n"
                    "    {\n"
                    "      \"id\": \"door\"\n"
                    "    },\n"
                    "    {},\n"
                    "    \"x\"\n"
                    "  ],\n"
                    "  \"empty\": []\n"
                    "}");
    g_string_free(out, TRUE);
}

static void test_reads_back(void)
{
    GString *out = sample();
    json_t *root = json_loadb(out->str, out->len, JSON_REJECT_DUPLICATES, NULL);
    g_assert_nonnull(root);
    g_assert_cmpuint(json_object_size(root), ==, 13);
    g_assert_cmpint(json_integer_value(json_object_get(root, "big")), ==, G_MAXINT64);
    g_assert_true(json_is_null(json_array_get(json_object_get(root, "ci"), 1)));
    g_assert_cmpfloat(json_number_value(json_object_get(root, "third")), ==, 0.333333333333);
    json_decref(root);
    g_string_free(out, TRUE);
}

static void check_string(const char *value, const char *written, const char *read)
{
    GString *out = g_string_new(NULL);
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_string(json, NULL, value);
    g_assert_cmpstr(out->str, ==, written);
    json_t *root = json_loadb(out->str, out->len, JSON_DECODE_ANY, NULL);
    g_assert_cmpstr(json_string_value(root), ==, read);
    json_decref(root);
    g_string_free(out, TRUE);
}

static void test_strings(void)
{
    check_string("", "\"\"", "");
    check_string("say \"hi\" \\ bye", "\"say \\\"hi\\\" \\\\ bye\"", "say \"hi\" \\ bye");
    check_string("a\nb\tc\rd", "\"a\\nb\\tc\\rd\"", "a\nb\tc\rd");
    check_string("\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\"", "\x01\x1f\x7f");
    check_string("Zürich 服务 </script>", "\"Zürich 服务 </script>\"", "Zürich 服务 </script>");
    check_string("bad \xff byte", "\"bad \xef\xbf\xbd byte\"", "bad \xef\xbf\xbd byte");
}

static void test_nesting_is_asserted(void)
{
    if (g_test_subprocess()) {
        g_autoptr(GString) out = g_string_new(NULL);
        g_autoptr(plx_json) json = plx_json_new(out);
        plx_json_begin_array(json, NULL);
        plx_json_null(json, "a name inside an array");
        return;
    }
    g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
    g_test_trap_assert_failed();
    g_test_trap_assert_stderr("*top->array == (key == NULL)*");
}

static void test_texts_and_days(void)
{
    static const char *const texts[] = {"a", "b\"", NULL};
    g_autoptr(GString) out = g_string_new(NULL);
    plx_json *const json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_texts(json, "texts", texts);
    plx_json_texts(json, "none", texts + 2);
    plx_json_day(json, "day", 20529);
    plx_json_end_object(json);
    plx_json_free(json);
    g_assert_nonnull(strstr(out->str, "\"b\\\"\""));
    g_assert_nonnull(strstr(out->str, "\"none\": []"));
    g_assert_nonnull(strstr(out->str, "\"day\": \"2026-03-17\""));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/bytes", test_bytes);
    g_test_add_func("/json/reads-back", test_reads_back);
    g_test_add_func("/json/strings", test_strings);
    g_test_add_func("/json/texts-and-days", test_texts_and_days);
    g_test_add_func("/json/nesting-is-asserted", test_nesting_is_asserted);
    return g_test_run();
}
