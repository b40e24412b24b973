/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "service.h"

#include <string.h>

#define BIT(measure) (1u << PLX_MEASURE_##measure)

/* Customers say what they received, leaders and staff how many they believe to be content. */
static void test_usual(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings customer = service_settings(map, NULL, NULL, NULL, NULL);
    g_assert_cmpstr(map->audiences[customer.audience].id, ==, "customer");
    g_assert_cmpint(customer.journey, ==, -1);
    g_assert_cmphex(customer.measures, ==,
                    BIT(LEVEL) | BIT(EFFORT) | BIT(FEELING) | BIT(CARD) | BIT(OVERALL));
    g_assert_cmphex(customer.questions, ==,
                    1u << PLX_FORM_COMMENT | 1u << PLX_FORM_MOMENT | 1u << PLX_FORM_SUGGESTION |
                        1u << PLX_FORM_COMPLAINT);
    g_assert_cmpuint(customer.points, ==, PLX_FORM_POINTS_DEFAULT);
    g_assert_true(customer.notes && !customer.all);

    const struct plx_form_settings leader = service_settings(map, "leader", "Visit", NULL, NULL);
    g_assert_cmpint(leader.journey, ==, 0);
    g_assert_cmphex(leader.measures, ==, BIT(BELIEVED));
    g_assert_cmphex(leader.questions, ==, 0);
    g_assert_true(leader.all && !leader.notes);
}

static void assert_same(const struct plx_form_settings *a, const struct plx_form_settings *b)
{
    g_assert_cmpuint(a->audience, ==, b->audience);
    g_assert_cmpint(a->journey, ==, b->journey);
    g_assert_cmphex(a->measures, ==, b->measures);
    g_assert_cmphex(a->questions, ==, b->questions);
    g_assert_cmpuint(a->points, ==, b->points);
    g_assert_true(a->notes == b->notes && a->all == b->all);
    g_assert_cmpstr(a->language, ==, b->language);
    g_assert_cmpstr(a->languages, ==, b->languages);
}

static void test_text(void)
{
    g_autoptr(plx_map) map = service_map();
    GError *error = NULL;
    const struct plx_form_ask asks[] = {
        {0},
        {.audience = "Leaders", .measures = "believed, level", .questions = "well,improve"},
        {.audience = "customer",
         .journey = "call",
         .measures = "level,pain,recommend",
         .questions = "none",
         .language = "pt-BR",
         .points = 8},
        {.language = "de,en"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(asks); i++) {
        struct plx_form_settings one, other;
        g_assert_true(plx_form_settings_ask(map, &asks[i], &one, &error));
        g_autofree char *text = plx_form_settings_text(map, &one);
        g_assert_true(plx_form_settings_read(map, text, "link 1", &other, &error));
        assert_same(&one, &other);
    }
    const struct plx_form_settings last = service_settings(map, "customer", "call", NULL, "moment");
    g_autofree char *text = plx_form_settings_text(map, &last);
    g_assert_cmpstr(text, ==,
                    "settings\t1\naudience\tcustomer\njourney\tcall\n"
                    "measures\tlevel,effort,feeling,card,overall\nquestions\tmoment\nnotes\n"
                    "points\t6\n");
}

static void test_wrong(void)
{
    g_autoptr(plx_map) map = service_map();
    static const struct {
        struct plx_form_ask ask;
        gint code;
        const char *message;
    } rows[] = {
        {{.audience = "custmer"},
         PLX_ERROR_USAGE,
         "the map has no audience \"custmer\"; it has leader (Leaders), staff (Staff), shopper "
         "(Secret shoppers), customer (Customers)"},
        {{.journey = "Vist"},
         PLX_ERROR_NOT_FOUND,
         "the map has no journey \"Vist\"; did you mean \"visit\"?"},
        {{.measures = "level,efort"},
         PLX_ERROR_USAGE,
         "a form has no measure \"efort\"; did you mean \"effort\"?"},
        {{.measures = "kept"},
         PLX_ERROR_USAGE,
         "a form has no measure \"kept\"; there are level, believed, effort, feeling, importance, "
         "predicted, card, overall, recommend, pain"},
        {{.questions = "coment"},
         PLX_ERROR_USAGE,
         "a form has no question \"coment\"; did you mean \"comment\"?"},
        {{.questions = "did"},
         PLX_ERROR_USAGE,
         "a form has no question \"did\"; there are comment, moment, suggestion, complaint, well, "
         "improve, competitors, continue, easier"},
        {{.points = 9}, PLX_ERROR_USAGE, "one form asks about 5 to 8 points, not 9"},
        {{.language = "German"},
         PLX_ERROR_USAGE,
         "a language is a code such as en, de or pt-BR, not \"German\""},
        {{.language = "de,"},
         PLX_ERROR_USAGE,
         "a language is a code such as en, de or pt-BR, not \"\""},
        {{.language = "de,en,de"}, PLX_ERROR_USAGE, "the language de is named twice"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        GError *error = NULL;
        struct plx_form_settings settings = {.points = 77};
        g_assert_false(plx_form_settings_ask(map, &rows[i].ask, &settings, &error));
        g_assert_error(error, PLX_ERROR, rows[i].code);
        g_assert_cmpstr(error->message, ==, rows[i].message);
        g_assert_cmpuint(settings.points, ==, 77);
        g_clear_error(&error);
    }
    g_autoptr(plx_map) open = plx_map_new_open();
    GError *error = NULL;
    struct plx_form_settings settings;
    const struct plx_form_ask ask = {0};
    g_assert_false(plx_form_settings_ask(open, &ask, &settings, &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(error->message, ==,
                    "the map has no points to ask about: give it some first (parallax map apply)");
    g_clear_error(&error);
}

static void test_wrong_text(void)
{
    g_autoptr(plx_map) map = service_map();
    static const char *const rows[][2] = {
        {"", "link 1: says too little of what a form asks for"},
        {"settings\t2\n", "link 1: line 1: is not what a form asks for"},
        {"settings\t1\naudience\tcustomer", "link 1: line 2: is cut off"},
        {"settings\t1\naudience\tcustomer\naudience\tstaff\n",
         "link 1: line 3: is not what a form asks for"},
        {"settings\t1\naudience\ta\\x\n", "link 1: line 2: is none of ours"},
        {"settings\t1\nnotes\tnotes\n", "link 1: line 2: is not what a form asks for"},
        {"settings\t1\npoints\t4\n", "link 1: line 2: a number that is none, or out of bounds"},
        {"settings\t1\naudience\tcustomer\njourney\tstay\nmeasures\tlevel\npoints\t5\n",
         "link 1: the map has no journey \"stay\"; there are visit, call"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        GError *error = NULL;
        struct plx_form_settings settings;
        g_assert_false(plx_form_settings_read(map, rows[i][0], "link 1", &settings, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, rows[i][1]);
        g_clear_error(&error);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/settings/usual", test_usual);
    g_test_add_func("/settings/text", test_text);
    g_test_add_func("/settings/wrong", test_wrong);
    g_test_add_func("/settings/wrong_text", test_wrong_text);
    return g_test_run();
}
