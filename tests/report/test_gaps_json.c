/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_json.h"

#include "report/golden.h"
#include "report/sample.h"

#include <jansson.h>
#include <string.h>

static json_t *parse(const plx_gaps *gaps, const char *name)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_gaps_json(gaps, name, text);
    g_assert_true(g_str_has_suffix(text->str, "}\n"));
    json_error_t error;
    json_t *root = json_loads(text->str, JSON_REJECT_DUPLICATES, &error);
    g_assert_nonnull(root);
    return root;
}

/* The object begins with these members, in this order; the others were added later. */
static void assert_begins(json_t *object, const char *names)
{
    g_auto(GStrv) wanted = g_strsplit(names, " ", -1);
    void *at = json_object_iter(object);
    for (guint i = 0; wanted[i]; i++) {
        g_assert_nonnull(at);
        g_assert_cmpstr(json_object_iter_key(at), ==, wanted[i]);
        at = json_object_iter_next(object, at);
    }
}

/* Names and order are those of the contract (issue "Output", docs/readings.md). */
static void test_members(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    json_t *root = parse(gaps, "gaps");
    assert_begins(root, "schema source measure audiences window where by totals family_size margin "
                        "headline groups");
    assert_begins(json_object_get(root, "totals"), "observations encounters respondents rejected");
    assert_begins(json_object_get(json_object_get(root, "window"), "asked"), "since until");
    json_t *group = json_array_get(json_object_get(root, "groups"), 0);
    assert_begins(group, "key points");
    json_t *point = json_array_get(json_object_get(group, "points"), 17);
    assert_begins(point, "point title journey transaction voices gaps beliefs predictions "
                         "expectation");
    json_t *customer = json_object_get(json_object_get(point, "voices"), "customer");
    assert_begins(customer,
                  "n persons n_eff na declined not_asked scale counts mean mean_ci median "
                  "floor_share met_share met_ci desired_share desired_ci top_share agreement "
                  "suppressed");
    assert_begins(json_object_get(customer, "scale"), "min max");
    json_t *gap = json_array_get(json_object_get(point, "gaps"), 2);
    assert_begins(gap, "kind a b difference ci ci_adjusted superiority superiority_ci cliff_delta "
                       "p verdict");
    g_assert_cmpstr(json_string_value(json_object_get(gap, "a")), ==, "leader");
    g_assert_cmpstr(json_string_value(json_object_get(gap, "b")), ==, "customer");
    g_assert_cmpstr(json_string_value(json_object_get(gap, "verdict")), ==, "blind_spot");
    json_t *belief = json_array_get(json_object_get(point, "beliefs"), 0);
    assert_begins(belief, "by");
    json_t *note = json_array_get(json_object_get(root, "notes"), 0);
    assert_begins(note, "code");
    json_decref(root);
    sample_free(gaps);
}

static void test_all_samples_parse(void)
{
    for (int kind = 0; kind < SAMPLE_KINDS; kind++) {
        plx_gaps *gaps = sample_new((enum sample_kind)kind);
        json_decref(parse(gaps, "gaps"));
        sample_free(gaps);
    }
}

/* Hidden is null, never absent and never zero. */
static void test_hidden_is_null(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_HIDDEN);
    json_t *root = parse(gaps, "gaps");
    g_assert_cmpstr(json_string_value(json_object_get(root, "schema")), ==, "parallax.gaps/1");
    json_t *group = json_array_get(json_object_get(root, "groups"), 0);
    g_assert_true(json_is_null(json_object_get(group, "key")));
    json_t *point = json_array_get(json_object_get(group, "points"), 0);
    json_t *leader = json_object_get(json_object_get(point, "voices"), "leader");
    static const char *const names[] = {
        "n",      "persons",       "n_eff",      "na",        "declined",    "not_asked",
        "counts", "mean",          "mean_ci",    "median",    "floor_share", "met_share",
        "met_ci", "desired_share", "desired_ci", "top_share", "agreement"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++)
        g_assert_true(json_is_null(json_object_get(leader, names[i])));
    g_assert_cmpstr(json_string_value(json_object_get(leader, "suppressed")), ==, "few_persons");
    json_decref(root);
    sample_free(gaps);
}

static void test_golden(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_TINY);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_gaps_json(gaps, "gaps", text);
    golden_assert("tiny.json", text);
    sample_free(gaps);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/gaps-json/members", test_members);
    g_test_add_func("/gaps-json/all-samples-parse", test_all_samples_parse);
    g_test_add_func("/gaps-json/hidden-is-null", test_hidden_is_null);
    g_test_add_func("/gaps-json/golden", test_golden);
    return g_test_run();
}
