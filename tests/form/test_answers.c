/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "form/answers.h"
#include "form/observations.h"
#include "service.h"
#include "voice/batch.h"

#include <string.h>

/* A form about the three points of journey "call". */
struct desk {
    plx_map *map;
    struct plx_form_settings settings;
    plx_form_plan *plan;
    plx_form_answers *answers;
};

static void set_up(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    GError *error = NULL;
    desk->map = service_map();
    desk->settings = service_settings(desk->map, "customer", "call", NULL, NULL);
    desk->plan = plx_form_plan_new(desk->map, &desk->settings, 1, &error);
    desk->answers = plx_form_answers_new();
    g_assert_no_error(error);
}

static void tear_down(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    plx_form_answers_free(desk->answers);
    plx_form_plan_free(desk->plan);
    plx_map_free(desk->map);
}

static const struct plx_form_answer *about(const struct desk *desk, const char *point)
{
    const struct plx_form_answer *const answer =
        plx_form_answer_of(desk->answers, *point ? plx_map_find_point(desk->map, point) : -1);
    g_assert_nonnull(answer);
    return answer;
}

static void test_point(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    g_assert_null(service_take(desk->answers, desk->plan, 0, "level.c1=5", "effort.c1=",
                               "feeling.c1=4", "note.c1= He\r\nran. ", "_next=1", NULL));
    const struct plx_form_answer *const answer = about(desk, "c1");
    g_assert_cmpint(answer->value[PLX_MEASURE_LEVEL], ==, 5);
    g_assert_cmpint(answer->value[PLX_MEASURE_EFFORT], ==, PLX_CELL_EMPTY);
    g_assert_cmpint(answer->value[PLX_MEASURE_FEELING], ==, 4);
    g_assert_cmpstr(answer->note, ==, "He\nran.");
    g_assert_true(plx_form_is_answered(desk->answers, 0));
    g_assert_cmpuint(plx_form_next_card(desk->plan, desk->answers), ==, 1);

    /* Back, and changed: what does not fit any more goes. */
    g_assert_null(
        service_take(desk->answers, desk->plan, 0, "level.c1=4", "note.c1=He ran.", NULL));
    g_assert_null(about(desk, "c1")->note);
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_FEELING], ==, PLX_CELL_EMPTY);
    g_assert_null(service_take(desk->answers, desk->plan, 0, "level.c1=na", "effort.c1=7",
                               "note.c1=x", NULL));
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_LEVEL], ==, PLX_CELL_NA);
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_EFFORT], ==, PLX_CELL_EMPTY);
    g_assert_null(service_take(desk->answers, desk->plan, 0, "level.c1=declined", NULL));
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_LEVEL], ==, PLX_CELL_DECLINED);
    g_assert_null(service_take(desk->answers, desk->plan, 0, "level.c1=2", "note.c1=Faster", NULL));
    g_assert_cmpstr(about(desk, "c1")->note, ==, "Faster");
}

static void test_whole(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    g_assert_null(service_take(desk->answers, desk->plan, 0, "level.c1=5", "note.c1=Ran", NULL));
    g_assert_null(service_take(desk->answers, desk->plan, 3, "card.c1=1", "card.c3=na", "overall=4",
                               "comment=Fine", "moment=  ", NULL));
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_CARD], ==, 1);
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_LEVEL], ==, 5);
    g_assert_cmpstr(about(desk, "c1")->note, ==, "Ran");
    g_assert_cmpint(about(desk, "c2")->value[PLX_MEASURE_CARD], ==, PLX_CELL_EMPTY);
    g_assert_cmpint(about(desk, "c3")->value[PLX_MEASURE_CARD], ==, PLX_CELL_NA);
    g_assert_cmpint(about(desk, "")->value[PLX_MEASURE_OVERALL], ==, 4);
    g_assert_cmpstr(plx_form_words(desk->answers, PLX_FORM_COMMENT), ==, "Fine");
    g_assert_null(plx_form_words(desk->answers, PLX_FORM_MOMENT));
    /* The card of a point leaves its tick; the whole card again leaves levels and takes back. */
    g_assert_null(service_take(desk->answers, desk->plan, 0, "level.c1=3", NULL));
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_CARD], ==, 1);
    g_assert_null(service_take(desk->answers, desk->plan, 3, "overall=5", NULL));
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_CARD], ==, PLX_CELL_EMPTY);
    g_assert_cmpint(about(desk, "c1")->value[PLX_MEASURE_LEVEL], ==, 3);
    g_assert_null(plx_form_words(desk->answers, PLX_FORM_COMMENT));
    g_assert_cmpuint(plx_form_next_card(desk->plan, desk->answers), ==, 1);
}

/* One fault, of this field and kind, and nothing is taken. */
static void assert_fault(const struct desk *desk, GPtrArray *faults, const char *field,
                         enum plx_form_fault_kind kind)
{
    g_assert_nonnull(faults);
    g_assert_cmpuint(faults->len, ==, 1);
    const struct plx_form_fault *const fault = faults->pdata[0];
    g_assert_cmpstr(fault->field, ==, field);
    g_assert_cmpint(fault->kind, ==, kind);
    g_assert_cmpuint(plx_form_next_card(desk->plan, desk->answers), ==, 0);
    g_ptr_array_unref(faults);
}

static void test_faults(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    const struct desk *const d = desk;
    assert_fault(d, service_take(d->answers, d->plan, 0, NULL), "level.c1", PLX_FORM_MISSING);
    assert_fault(d, service_take(d->answers, d->plan, 0, "level.c1=", "effort.c1=3", NULL),
                 "level.c1", PLX_FORM_MISSING);
    static const char *const bad[] = {"0", "7", "4.5", " 4", "NA", "5x", "99999999999999999999"};
    for (guint i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_autofree char *field = g_strconcat("level.c1=", bad[i], NULL);
        assert_fault(d, service_take(d->answers, d->plan, 0, field, NULL), "level.c1",
                     PLX_FORM_NO_VALUE);
    }
    assert_fault(d, service_take(d->answers, d->plan, 0, "level.c1=4", "level.c1=5", NULL),
                 "level.c1", PLX_FORM_TWICE);
    assert_fault(d, service_take(d->answers, d->plan, 0, "level.c1=4", "level.c2=5", NULL),
                 "level.c2", PLX_FORM_NOT_ASKED);
    assert_fault(d, service_take(d->answers, d->plan, 0, "level.c1=4", "importance.c1=5", NULL),
                 "importance.c1", PLX_FORM_NOT_ASKED);
    assert_fault(d, service_take(d->answers, d->plan, 0, "level.c1=4", "comment=x", NULL),
                 "comment", PLX_FORM_NOT_ASKED);
    assert_fault(d, service_take(d->answers, d->plan, 0, "level.c1=6", "note.c1=a\x01", NULL),
                 "note.c1", PLX_FORM_NO_TEXT);
    assert_fault(d, service_take(d->answers, d->plan, 0, "level.c1=6", "note.c1=\xff", NULL),
                 "note.c1", PLX_FORM_NO_TEXT);
    assert_fault(d, service_take(d->answers, d->plan, 3, "card.c1=declined", NULL), "card.c1",
                 PLX_FORM_NO_VALUE);
    /* The same twice is no contradiction: a double click. */
    g_assert_null(service_take(d->answers, d->plan, 0, "level.c1=4", "level.c1=4", NULL));
}

/* Characters count, not bytes; 2,000 fit. */
static void test_length(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    g_autoptr(GString) field = g_string_new("note.c1=");
    for (guint i = 0; i < PLX_FORM_NOTE_MAX; i++)
        g_string_append(field, "ü");
    g_assert_null(service_take(desk->answers, desk->plan, 0, "level.c1=6", field->str, NULL));
    g_assert_cmpuint(strlen(about(desk, "c1")->note), ==, 2 * PLX_FORM_NOTE_MAX);
    g_string_append_c(field, 'x');
    g_autoptr(GPtrArray) faults =
        service_take(desk->answers, desk->plan, 0, "level.c1=6", field->str, NULL);
    g_assert_nonnull(faults);
    g_assert_cmpint(((const struct plx_form_fault *)faults->pdata[0])->kind, ==, PLX_FORM_TOO_LONG);
}

/* Several faults stand in the order of the plan. */
static void test_order(void)
{
    g_autoptr(plx_map) map = service_map();
    const struct plx_form_settings settings = service_settings(map, "leader", "call", NULL, NULL);
    GError *error = NULL;
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, 1, &error);
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    g_assert_no_error(error);
    g_autoptr(GPtrArray) faults =
        service_take(answers, plan, 0, "x=1", "believed.c3=11", "believed.c2=na", NULL);
    static const char *const fields[] = {"believed.c1", "believed.c2", "believed.c3", "x"};
    g_assert_cmpuint(faults->len, ==, G_N_ELEMENTS(fields));
    for (guint i = 0; i < faults->len; i++)
        g_assert_cmpstr(((const struct plx_form_fault *)faults->pdata[i])->field, ==, fields[i]);
    g_assert_null(service_take(answers, plan, 0, "believed.c3=10", "believed.c2=0",
                               "believed.c1=declined", NULL));
    g_assert_cmpuint(plx_form_next_card(plan, answers), ==, plan->n_cards);
}

/* A draft and back is the same; so is its text. */
/* Who is asked about all points says of one what they believe and the level on two cards: neither
 * takes away what the other said, and it is one observation. */
static void test_further(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    GError *error = NULL;
    const struct plx_form_settings settings =
        service_settings(desk->map, "staff", "call", "believed,level", "none");
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(desk->map, &settings, 1, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(plan->n_cards, ==, 2);
    g_assert_null(
        service_take(desk->answers, plan, 1, "level.c1=4", "level.c2=na", "level.c3=2", NULL));
    g_autofree char *half = plx_form_write(plan, desk->answers);
    g_assert_nonnull(strstr(half, "taken\tc1\tfurther\n"));
    plx_form_plan *read_plan = NULL;
    plx_form_answers *read = NULL;
    g_assert_true(plx_form_read(half, desk->map, &settings, &read_plan, &read, &error));
    g_assert_true(!plx_form_is_answered(read, 0) && plx_form_is_answered(read, 1));
    g_assert_null(service_take(read, read_plan, 0, "believed.c1=7", "believed.c2=declined",
                               "believed.c3=0", NULL));
    const struct plx_form_answer *const answer =
        plx_form_answer_of(read, plx_map_find_point(desk->map, "c1"));
    g_assert_cmpint(answer->value[PLX_MEASURE_LEVEL], ==, 4);
    g_assert_cmpint(answer->value[PLX_MEASURE_BELIEVED], ==, 7);
    /* A level on the card of beliefs is not asked. */
    g_autoptr(GPtrArray) faults = service_take(read, read_plan, 0, "believed.c1=7", "believed.c2=1",
                                               "believed.c3=0", "level.c1=1", NULL);
    g_assert_nonnull(faults);
    g_autoptr(plx_form_encounter) encounter = plx_form_encounter_new(read_plan, read);
    g_assert_cmpuint(encounter->observations->len, ==, 3);
    plx_form_answers_free(read);
    plx_form_plan_free(read_plan);
}

static void test_draft(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    GError *error = NULL;
    g_assert_null(service_take(desk->answers, desk->plan, 1, "level.c2=1",
                               "note.c2=Tab\there\nand \\ there", NULL));
    g_assert_null(service_take(desk->answers, desk->plan, 3, "overall=declined", "card.c2=-1",
                               "suggestion=Ring\nback", NULL));
    g_autofree char *text = plx_form_write(desk->plan, desk->answers);
    g_assert_cmpstr(text, ==,
                    "form\t1\njourney\tcall\t1\npoint\tc1\t1\npoint\tc2\t1\npoint\tc3\t1\n"
                    "taken\tc2\ntaken\nvalue\tc2\tlevel\t1\nvalue\tc2\tcard\t-1\n"
                    "note\tc2\tTab\\there\\nand \\\\ there\nvalue\t\toverall\tdeclined\n"
                    "words\tsuggestion\tRing\\nback\n");
    plx_form_plan *plan = NULL;
    plx_form_answers *answers = NULL;
    g_assert_true(plx_form_read(text, desk->map, &desk->settings, &plan, &answers, &error));
    g_autofree char *again = plx_form_write(plan, answers);
    g_assert_cmpstr(again, ==, text);
    g_assert_cmpuint(plan->n_cards, ==, 4);
    g_assert_true(!plx_form_is_answered(answers, 0) && plx_form_is_answered(answers, 1));
    g_assert_cmpstr(plx_form_answer_of(answers, plx_map_find_point(desk->map, "c2"))->note, ==,
                    "Tab\there\nand \\ there");
    plx_form_answers_free(answers);
    plx_form_plan_free(plan);
}

/* A plan that was drawn stays, though the map lost a point; what is no draft is refused. */
static void test_draft_later(struct desk *desk, gconstpointer unused G_GNUC_UNUSED)
{
    static const char *const wrong[][2] = {
        {"", "a draft of a form: is cut off"},
        {"form\t2\n", "a draft of a form: line 1: is no form"},
        {"form\t1\n", "a draft of a form: is cut off"},
        {"form\t1\njourney\tstay\t1\n",
         "a draft of a form: line 2: a journey that is not on the map any more"},
        {"form\t1\njourney\tcall\t0\n", "a draft of a form: line 2: a chance that is none"},
        {"form\t1\njourney\tcall\t1\nwords\tx\ty\n",
         "a draft of a form: line 3: a question that is none"},
        {"form\t1\njourney\tcall\t1\nx\n", "a draft of a form: line 3: is nothing of a form"},
    };
    GError *error = NULL;
    plx_form_plan *plan = NULL;
    plx_form_answers *answers = NULL;
    for (guint i = 0; i < G_N_ELEMENTS(wrong); i++) {
        g_assert_false(
            plx_form_read(wrong[i][0], desk->map, &desk->settings, &plan, &answers, &error));
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, wrong[i][1]);
        g_clear_error(&error);
    }
    g_assert_true(plan == NULL && answers == NULL);
    static const char later[] =
        "form\t1\njourney\tcall\t1\npoint\tc1\t0.5\npoint\tgone\t0.5\ntaken\tgone\n"
        "value\tgone\tlevel\t5\nvalue\tc1\tlevel\t9\nnote\tgone\tx\n";
    g_assert_true(plx_form_read(later, desk->map, &desk->settings, &plan, &answers, &error));
    g_assert_cmpuint(plan->n_points, ==, 1);
    g_assert_cmpfloat(plan->points[0].asked_p, ==, 0.5);
    g_assert_cmpuint(plan->n_cards, ==, 2);
    g_assert_cmpuint(plx_form_next_card(plan, answers), ==, 0);
    g_assert_null(plx_form_answer_of(answers, plx_map_find_point(desk->map, "c1")));
    plx_form_answers_free(answers);
    plx_form_plan_free(plan);
}

#define ADD(name) g_test_add("/answers/" #name, struct desk, NULL, set_up, test_##name, tear_down)

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD(point);
    ADD(whole);
    ADD(faults);
    ADD(length);
    ADD(further);
    ADD(draft);
    ADD(draft_later);
    g_test_add_func("/answers/order", test_order);
    return g_test_run();
}
