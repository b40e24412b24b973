/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/observations.h"

#include "base/error.h"
#include "service.h"
#include "voice/batch.h"

#include <string.h>

/* A form about journey "call": c1 liked, c2 did not happen, c3 not reached; and the whole. */
static plx_form_encounter *filled(const plx_map *map)
{
    GError *error = NULL;
    const struct plx_form_settings settings = service_settings(map, "customer", "call", NULL, NULL);
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, 1, &error);
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    g_assert_no_error(error);
    g_assert_null(
        service_take(answers, plan, 0, "level.c1=6", "feeling.c1=5", "note.c1=Ran", NULL));
    g_assert_null(service_take(answers, plan, 1, "level.c2=na", NULL));
    g_assert_null(service_take(answers, plan, 3, "card.c1=1", "card.c2=na", "overall=5",
                               "suggestion=Ring back", "comment=Fine", NULL));
    return plx_form_encounter_new(plan, answers);
}

static const struct plx_form_observation *row(const plx_form_encounter *encounter, guint i)
{
    g_assert_cmpuint(i, <, encounter->observations->len);
    return encounter->observations->pdata[i];
}

static void test_rows(void)
{
    g_autoptr(plx_map) map = service_map();
    g_autoptr(plx_form_encounter) encounter = filled(map);
    g_assert_cmpstr(encounter->audience, ==, "customer");
    g_assert_cmpint(encounter->day, ==, PLX_NO_DAY);
    g_assert_cmpuint(encounter->observations->len, ==, 2 + 3 + 1 + 2);

    const struct plx_form_observation *const c1 = row(encounter, 0);
    g_assert_cmpint(c1->kind, ==, PLX_SUBJECT_POINT);
    g_assert_cmpstr(c1->subject, ==, "c1");
    g_assert_cmpstr(c1->journey, ==, "call");
    g_assert_cmpuint(c1->item, ==, 0);
    g_assert_cmpint(c1->value[PLX_MEASURE_LEVEL], ==, 6);
    g_assert_cmpint(c1->value[PLX_MEASURE_FEELING], ==, 5);
    g_assert_cmpint(c1->value[PLX_MEASURE_EFFORT], ==, PLX_CELL_DECLINED); /* asked, left out */
    g_assert_cmpint(c1->value[PLX_MEASURE_CARD], ==, PLX_CELL_EMPTY);
    g_assert_cmpint(c1->value[PLX_MEASURE_IMPORTANCE], ==, PLX_CELL_EMPTY); /* not asked */
    g_assert_cmpstr(c1->note, ==, "Ran");
    g_assert_cmpstr(c1->prompt, ==, "did");

    const struct plx_form_observation *const c2 = row(encounter, 1);
    g_assert_cmpstr(c2->subject, ==, "c2");
    g_assert_cmpint(c2->value[PLX_MEASURE_LEVEL], ==, PLX_CELL_NA);
    g_assert_cmpint(c2->value[PLX_MEASURE_EFFORT], ==, PLX_CELL_NA);

    static const gint8 ticks[] = {1, PLX_CELL_NA, 0};
    for (guint i = 0; i < 3; i++) {
        g_assert_cmpuint(row(encounter, 2 + i)->item, ==, 1);
        g_assert_cmpint(row(encounter, 2 + i)->value[PLX_MEASURE_CARD], ==, ticks[i]);
        g_assert_cmpint(row(encounter, 2 + i)->value[PLX_MEASURE_LEVEL], ==, PLX_CELL_EMPTY);
    }
    g_assert_cmpint(row(encounter, 5)->kind, ==, PLX_SUBJECT_JOURNEY);
    g_assert_cmpstr(row(encounter, 5)->subject, ==, "call");
    g_assert_cmpint(row(encounter, 5)->value[PLX_MEASURE_OVERALL], ==, 5);
    g_assert_cmpstr(row(encounter, 6)->prompt, ==, "comment");
    g_assert_cmpstr(row(encounter, 7)->note, ==, "Ring back");
}

/* Nothing answered, nothing said. */
static void test_empty(void)
{
    g_autoptr(plx_map) map = service_map();
    GError *error = NULL;
    const struct plx_form_settings settings = service_settings(map, NULL, NULL, NULL, NULL);
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, 1, &error);
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    g_assert_no_error(error);
    g_autoptr(plx_form_encounter) encounter = plx_form_encounter_new(plan, answers);
    g_assert_cmpuint(encounter->observations->len, ==, 0);
}

static void test_text(void)
{
    g_autoptr(plx_map) map = service_map();
    GError *error = NULL;
    g_autoptr(plx_form_encounter) encounter = filled(map);
    encounter->day = 20783;
    encounter->place = g_strdup("Lyon\t1");
    encounter->language = g_strdup("fr");
    g_autofree char *text = plx_form_encounter_write(map, encounter);
    g_assert_true(g_str_has_prefix(text, "encounter\t1\tcustomer\t20783\nlanguage\tfr\n"
                                         "place\tLyon\\t1\nof\tpoint\tc1\tcall\t0\t1\n"
                                         "value\tlevel\t6\nvalue\teffort\tdeclined\n"));
    g_autoptr(plx_form_encounter) other = plx_form_encounter_read(map, text, &error);
    g_assert_no_error(error);
    g_autofree char *again = plx_form_encounter_write(map, other);
    g_assert_cmpstr(again, ==, text);
    g_assert_cmpstr(other->place, ==, "Lyon\t1");
    g_assert_null(other->channel);
}

static void test_wrong_text(void)
{
    static const char *const rows[][2] = {
        {"", "an answer that waits: is empty"},
        {"encounter\t2\tcustomer\t1\n", "an answer that waits: line 1: is no answer"},
        {"encounter\t1\tcustomer\tx\n",
         "an answer that waits: line 1: a number that is none, or out of bounds"},
        {"encounter\t1\tcustomer\t1\nvalue\tlevel\t5\n",
         "an answer that waits: line 2: is nothing of an answer"},
        {"encounter\t1\tcustomer\t1\nof\ttask\tx\tx\t0\t1\n",
         "an answer that waits: line 2: is about nothing that there is"},
        {"encounter\t1\tcustomer\t1\nof\tpoint\tc1\tcall\t0\t2\n",
         "an answer that waits: line 2: a chance that is none"},
        {"encounter\t1\tcustomer\t1\nof\tpoint\tc1\tcall\t0\t1\nnote\tx\ty\n",
         "an answer that waits: line 3: a note that is none"},
    };
    g_autoptr(plx_map) map = service_map();
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        GError *error = NULL;
        g_assert_null(plx_form_encounter_read(map, rows[i][0], &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, rows[i][1]);
        g_clear_error(&error);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/observations/rows", test_rows);
    g_test_add_func("/observations/empty", test_empty);
    g_test_add_func("/observations/text", test_text);
    g_test_add_func("/observations/wrong_text", test_wrong_text);
    return g_test_run();
}
