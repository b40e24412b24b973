/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/verdict.h"

#include "base/date.h"
#include "base/number.h"
#include "report/golden.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#define NOTHING ((struct plx_interval){PLX_NAN, PLX_NAN})
#define DAY 86400

enum { PLACES = 9, WEEKS_MAX = 60 };

static char west[] = "West", hull[] = "Hull", bath[] = "Bath", york[] = "York", cork[] = "Cork";
static char *with[] = {bath, cork, hull, york, NULL};
static char deal[] = "Deal", ely[] = "Ely", kent[] = "Kent", rye[] = "Rye";
static char *without[] = {deal, ely, kent, rye, west, NULL};
static char *nowhere[] = {NULL};

struct sample {
    plx_map *map;
    struct plx_scale *scale;
    GPtrArray *steps;
    struct plx_trial_place places[PLACES];
    struct plx_trial_week weeks[WEEKS_MAX];
    char keys[WEEKS_MAX][12];
    plx_trial trial;
};

static gint32 day(const char *text)
{
    gint32 found = 0;
    g_assert_true(plx_day_parse(text, &found));
    return found;
}

static char *plan_text(const char *start, char **places, char **compare, const char *share)
{
    char point[] = "parcel", owner[] = "The depots", window[] = "8w", six[] = "6w",
         twelve[] = "12w";
    const gint32 begins = day(start);
    struct plx_step_look looks[] = {{six, begins + 42, 0.0125}, {twelve, begins + 84, 0.0375}};
    const struct plx_step_plan plan = {.point = point,
                                       .from = 3,
                                       .to = 4,
                                       .share = g_ascii_strtod(share, NULL),
                                       .owner = owner,
                                       .start = begins,
                                       .window = window,
                                       .baseline = begins - 56,
                                       .margin = 0.5,
                                       .alpha = 0.05,
                                       .places = places,
                                       .compare = compare,
                                       .untouched = nowhere,
                                       .looks = looks,
                                       .n_looks = 2};
    return plx_step_plan_text(&plan);
}

static void act(struct sample *s, gint64 id, const char *time, const char *what, const char *body)
{
    g_autoptr(GError) error = NULL;
    plx_step_apply(s->steps, id, (gint64)day(time) * DAY + 9 * 3600, "anna", what, body, "shop.plx",
                   &error);
    g_assert_no_error(error);
}

static struct plx_trial_figure figure(gint64 n, double mean)
{
    return (struct plx_trial_figure){n, n, n > 0 ? mean : PLX_NAN, n > 0 ? mean / 8 : PLX_NAN};
}

static void set_places(struct sample *s)
{
    plx_trial *const t = &s->trial;
    t->n_places = PLACES;
    t->places = s->places;
    for (guint i = 0; i < PLACES; i++) {
        const gboolean treated = i < 4;
        struct plx_trial_place *const p = &s->places[i];
        p->name = treated ? with[i] : without[i - 4];
        p->treated = treated;
        p->counts = i < 8; /* West is too small */
        p->before = p->counts ? figure(12 + i, 3.1 + i * 0.02) : figure(-1, 0);
        p->after = p->counts ? figure(20 + i, treated ? 3.75 : 3.2) : figure(3, 4);
        p->change = p->counts ? p->after.mean - p->before.mean : PLX_NAN;
    }
}

static void set_weeks(struct sample *s, guint n)
{
    plx_trial *const t = &s->trial;
    const gint32 first = (t->baseline + 3) / 7 * 7 - 3; /* a Monday */
    t->n_weeks = n;
    t->weeks = s->weeks;
    for (guint i = 0; i < n; i++) {
        gint year, week;
        struct plx_trial_week *const w = &s->weeks[i];
        w->monday = first + 7 * (gint32)i;
        plx_date_iso_week(w->monday, &year, &week);
        g_snprintf(s->keys[i], sizeof s->keys[i], "%d-W%02d", year, week);
        w->key = s->keys[i];
        w->side[0] = i == 2 ? figure(-1, 0) : figure(4 + i % 3, w->monday < t->start ? 3.1 : 3.8);
        w->side[1] = figure(5, 3.2);
    }
}

static void set_doubts(plx_trial *t)
{
    t->series = (struct plx_trial_series){TRUE, 8, 6, 0.55, -0.01, {0.2, 0.9}};
    t->checks[0] = (struct plx_trial_checked){
        PLX_CHECK_PARALLEL, PLX_FINDING_FINE, NULL, 0.02, {-0.3, 0.34}, 1};
    t->checks[1] = (struct plx_trial_checked){
        PLX_CHECK_WHO_ANSWERS, PLX_FINDING_REMARKABLE, "channel web", 0.21, {0.05, 0.4}, 3};
    t->checks[2] = (struct plx_trial_checked){
        PLX_CHECK_NEIGHBOURS, PLX_FINDING_REMARKABLE, "The bell", -0.4, {-0.7, -0.1}, 4};
    t->checks[3] = (struct plx_trial_checked){
        PLX_CHECK_EXPECTATIONS, PLX_FINDING_NOT_KNOWN, NULL, PLX_NAN, NOTHING, 0};
    t->placebo = (struct plx_trial_placebo){61, 2, 1, 12, 6};
    t->rebound = (struct plx_trial_rebound){0, PLX_NAN, NOTHING};
}

static struct plx_place_change nothing(void)
{
    return (struct plx_place_change){PLX_NAN, PLX_NAN, PLX_NAN,    PLX_NAN, PLX_NAN,
                                     PLX_NAN, NOTHING, PLX_P_NONE, PLX_NAN};
}

/* Up at the first of two looks, four places against four. */
static void sample_open(struct sample *s)
{
    memset(s, 0, sizeof *s);
    s->map = plx_map_new_open();
    s->scale = plx_scale_new_six_levels();
    s->steps = g_ptr_array_new_with_free_func(plx_step_free);
    g_autofree char *plan = plan_text("2026-01-05", with, without, "0.5");
    act(s, 0, "2025-11-03", "add", plan);
    plx_trial *const t = &s->trial;
    t->about = (struct plx_about){.source = "shop.plx",
                                  .map = s->map,
                                  .audience = "customer",
                                  .observations = 900,
                                  .notes = g_array_new(FALSE, TRUE, sizeof(struct plx_gaps_note))};
    t->step = s->steps->pdata[0];
    t->title = "State of the parcel";
    t->scale = s->scale;
    t->today = day("2026-02-20");
    t->next_look = 1;
    t->baseline = t->step->plan->baseline;
    t->start = t->step->plan->start;
    t->until = t->step->plan->looks[0].day;
    t->n_before = 110;
    t->n_after = 180;
    t->decision = (struct plx_step_decision){
        .verdict = PLX_STEP_UP,
        .design = PLX_STEP_PLACES_COMPARED,
        .treated = 4,
        .comparison = 4,
        .change = {0.62, 0.02, 0.6, 0.08, 5.2, 0.0004, {0.3, 0.9}, PLX_P_EXACT, 1 / 35.0}};
    t->side[0][0] = figure(54, 3.13);
    t->side[0][1] = figure(86, 3.75);
    t->side[1][0] = figure(56, 3.21);
    t->side[1][1] = figure(94, 3.2);
    t->side[0][1].reached = 0.58;
    t->reached_ci = (struct plx_interval){0.47, 0.68};
    t->kept = t->faded = t->whole = nothing();
    t->keep = PLX_KEEP_NOT_YET;
    t->keep_day = t->step->plan->looks[1].day + PLX_TRIAL_KEEP_DAYS;
    set_places(s);
    set_weeks(s, 14);
    set_doubts(t);
}

static void sample_clear(struct sample *s)
{
    g_array_unref(s->trial.about.notes);
    g_ptr_array_unref(s->steps);
    plx_scale_free(s->scale);
    plx_map_free(s->map);
}

static GString *text_of(const struct sample *s, guint width, gboolean unicode, gboolean verbose)
{
    const struct plx_table_options form = {.width = width, .unicode = unicode, .verbose = verbose};
    GString *const out = g_string_new(NULL);
    g_autoptr(plx_story) story = plx_verdict_story(&s->trial);
    plx_story_text(story, &form, out);
    return out;
}

/* Does the text say it, however the lines are broken? */
static gboolean says(const struct sample *s, const char *what)
{
    g_autoptr(GString) text = text_of(s, 4000, TRUE, FALSE);
    return strstr(text->str, what) != NULL;
}

static void assert_lead(const struct sample *s, const char *lead)
{
    g_autoptr(GString) text = text_of(s, 4000, TRUE, FALSE);
    g_string_truncate(text, strcspn(text->str, "\n"));
    g_assert_cmpstr(text->str, ==, lead);
}

static void test_told(void)
{
    struct sample s;
    sample_open(&s);
    g_autoptr(GString) text = text_of(&s, 80, TRUE, TRUE);
    golden_assert("verdict-up.txt", text);
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        g_assert_cmpint(g_utf8_strlen(lines[i], -1), <=, 80);
    sample_clear(&s);
}

static void test_narrow_without_unicode(void)
{
    struct sample s;
    sample_open(&s);
    g_autoptr(GString) text = text_of(&s, 40, FALSE, TRUE);
    for (gsize i = 0; i < text->len; i++)
        g_assert_cmpint((guchar)text->str[i], <, 128);
    sample_clear(&s);
}

static void test_leads_of_places(void)
{
    struct sample s;
    sample_open(&s);
    struct plx_step_decision *const d = &s.trial.decision;
    assert_lead(&s, "Up: “State of the parcel” rose by 0.6 levels more at the 4 places with the "
                    "step than at the 4 without (95 % interval 0.3 to 0.9).");
    d->change.treated = -0.1;
    d->change.comparison = -0.7;
    assert_lead(&s, "Up: “State of the parcel” fell by 0.6 levels less at the 4 places with the "
                    "step than at the 4 without (95 % interval 0.3 to 0.9).");
    d->verdict = PLX_STEP_DOWN;
    d->change =
        (struct plx_place_change){-0.4, 0.1, -0.5, 0.1, 6, 0.01, {-0.96, -0.04}, PLX_P_EXACT, 0.01};
    assert_lead(&s, "Down: “State of the parcel” fell by 0.50 levels more at the 4 places with the "
                    "step than at the 4 without (95 % interval −0.96 to −0.04).");
    d->weakness = PLX_STEP_WEAK_LATE;
    d->verdict = PLX_STEP_NOT_SHOWN;
    g_assert_true(says(&s, "Not shown: “State of the parcel” fell by 0.50 levels more"));
    d->change = (struct plx_place_change){0.1, 0, 0.1, 0.2, 6, 0.6, {-0.2, 0.4}, PLX_P_EXACT, 0.6};
    assert_lead(&s, "Not shown: whether “State of the parcel” improved more at the 4 places with "
                    "the step than at the 4 without stays open (+0.1 levels, 95 % "
                    "interval −0.2 to 0.4).");
    g_assert_true(says(&s, "Not shown is not the same as no effect"));
    sample_clear(&s);
}

static void test_leads_before_after(void)
{
    struct sample s;
    sample_open(&s);
    struct plx_step_decision *const d = &s.trial.decision;
    d->verdict = PLX_STEP_LOOKS_UP;
    d->design = PLX_STEP_BEFORE_AFTER;
    d->weakness = PLX_STEP_WEAK_FEW_PLACES;
    d->change.comparison = PLX_NAN;
    assert_lead(&s,
                "Looks up, but this is before and after, not proof: “State of the parcel” is 0.6 "
                "levels higher than before the step at the places with it (95 % interval 0.3 to "
                "0.9).");
    g_assert_true(says(&s, "a proof takes 4 and 4. This is before and after"));
    g_assert_false(says(&s, "effect"));
    s.scale->down = TRUE;
    g_assert_true(says(&s, "is 0.6 levels better than before the step"));
    d->design = PLX_STEP_PLACES_COMPARED;
    d->weakness = PLX_STEP_WEAK_STALE;
    g_assert_true(says(&s, "Looks up, but this is no proof: “State of the parcel” got better by"));
    g_assert_true(says(&s, "By how much cannot be told from these answers."));
    s.trial.rebound = (struct plx_trial_rebound){7, 0.21, {0.1, 0.3}};
    g_assert_true(says(&s, "7 times in the past the worst moment was chosen in the same way, and "
                           "nothing was done: it then moved by +0.2 levels (0.1–0.3)."));
    sample_clear(&s);
}

static void test_leads_too_early(void)
{
    struct sample s;
    sample_open(&s);
    plx_trial *const t = &s.trial;
    t->decision.verdict = PLX_STEP_TOO_EARLY;
    assert_lead(&s, "Too early: the look of 16 February 2026 leaves it open; the next look is on "
                    "30 March 2026.");
    t->decision.design = PLX_STEP_NO_DESIGN;
    t->decision.change = nothing();
    assert_lead(&s,
                "Too early: there are too few answers before and after to compare; the next look "
                "is on 30 March 2026.");
    t->no_answers_after = TRUE;
    t->look = 1;
    t->next_look = -1;
    assert_lead(&s, "Too early: there is no answer yet since it began on 5 January 2026, "
                    "and no look is "
                    "left.");
    t->no_answers_after = FALSE;
    t->look = -1;
    t->next_look = 0;
    assert_lead(&s, "Too early: the first look is on 16 February 2026.");
    g_assert_false(says(&s, "effect"));
    t->today = day("2025-12-01");
    assert_lead(&s, "Too early: the step begins on 5 January 2026; the first look is on "
                    "16 February 2026.");
    sample_clear(&s);
}

/* Given up before it began; stopped, but begun before its planned start. */
static void test_stopped(void)
{
    struct sample s;
    sample_open(&s);
    plx_trial *const t = &s.trial;
    act(&s, 1, "2025-12-01", "stop", "{}");
    t->decision = (struct plx_step_decision){
        .verdict = PLX_STEP_TOO_EARLY, .weakness = PLX_STEP_WEAK_FEW_PLACES, .change = nothing()};
    t->look = t->next_look = -1;
    t->keep = PLX_KEEP_NOTHING;
    t->given_up = TRUE;
    assert_lead(&s,
                "Given up before it began: it was stopped on 1 December 2025 and was to start on "
                "5 January 2026. There is nothing to judge.");
    g_assert_true(says(&s, "No look is taken."));
    g_assert_false(says(&s, "look is left"));
    g_assert_false(says(&s, "at most look up"));
    g_assert_false(says(&s, "taken as planned"));
    t->given_up = FALSE;
    t->next_look = 0;
    t->today = day("2025-12-10");
    assert_lead(&s,
                "Too early: it was stopped; it goes by its plan, which begins on 5 January 2026; "
                "the first look is on 16 February 2026.");
    sample_clear(&s);
}

/* What was said at the looks before, as text and as JSON. */
static void test_earlier(void)
{
    struct sample s;
    sample_open(&s);
    struct plx_trial_earlier earlier[] = {{0, PLX_STEP_UP}};
    s.trial.look = 1;
    s.trial.next_look = -1;
    s.trial.earlier = earlier;
    s.trial.n_earlier = 1;
    g_assert_true(says(&s, " Before it, look 1 of 16 February 2026 said “up”. The interval is"));
    s.trial.decision.verdict = PLX_STEP_NOT_SHOWN;
    g_assert_true(
        says(&s, "look 1 of 16 February 2026 said “up”. The last look that has come decides."));
    earlier[0].verdict = PLX_STEP_TOO_EARLY;
    g_assert_true(says(&s, " Before it, look 1 of 16 February 2026 left it open. The interval is"));
    g_autoptr(GString) out = g_string_new(NULL);
    plx_verdict_json(&s.trial, out);
    json_t *const root = json_loads(out->str, 0, NULL);
    const json_t *const first = json_array_get(json_object_get(root, "earlier"), 0);
    g_assert_cmpstr(json_string_value(json_object_get(first, "verdict")), ==, "too_early");
    const json_t *const look = json_object_get(first, "look");
    g_assert_cmpint(json_integer_value(json_object_get(look, "number")), ==, 1);
    g_assert_true(json_is_false(json_object_get(root, "given_up")));
    json_decref(root);
    sample_clear(&s);
}

/* At the same places, and at those without the step alone. */
static void test_placebo(void)
{
    struct sample s;
    sample_open(&s);
    s.trial.elsewhere = (struct plx_trial_placebo){40, 1, 0, 10, 4};
    g_assert_true(
        says(&s, "cried up in 2 of 61 quiet comparisons, and down in 1: the same places"));
    g_assert_true(says(&s, "cried up in 1 of 40 quiet comparisons: the places without the step "
                           "alone, every second of them against the others, on 10 points that no "
                           "other step names, with 4 starts. Not more than 1 in 20 should be."));
    g_autoptr(GString) out = g_string_new(NULL);
    plx_verdict_json(&s.trial, out);
    json_t *const root = json_loads(out->str, 0, NULL);
    const json_t *const elsewhere = json_object_get(root, "elsewhere");
    g_assert_cmpint(json_integer_value(json_object_get(elsewhere, "tried")), ==, 40);
    json_decref(root);
    s.trial.placebo.tried = 0;
    g_assert_true(says(&s, "It cannot be tried at the same places"));
    s.trial.elsewhere.tried = 0;
    g_assert_false(says(&s, "1 in 20"));
    sample_clear(&s);
}

static void test_changes_are_told(void)
{
    struct sample s;
    sample_open(&s);
    g_autofree char *fewer = plan_text("2026-01-05", with, without, "0.45");
    g_autofree char *later = plan_text("2026-01-05", with, without, "0.4");
    act(&s, 1, "2025-12-01", "amend", fewer);
    act(&s, 1, "2026-01-07", "start", "{}");
    act(&s, 1, "2026-01-20", "amend", later);
    s.trial.decision.weakness = PLX_STEP_WEAK_LATE;
    g_assert_true(says(&s, "2025-12-01T09:00:00Z by anna\n    share was “0.5”, is “0.45”.\n"));
    g_assert_true(says(&s,
                       "2026-01-20T09:00:00Z by anna\n    share was “0.45”, is “0.4”: late, when "
                       "the step had begun.\n"));
    g_assert_true(says(&s, "It was amended after it had begun (below)"));
    g_assert_true(says(&s, "Begun on 2026-01-07, planned for 2026-01-05"));
    sample_clear(&s);
}

static void test_target_and_keep(void)
{
    struct sample s;
    sample_open(&s);
    plx_trial *const t = &s.trial;
    g_assert_true(says(&s, "whether that is reached, is not sure yet."));
    t->reached_ci = (struct plx_interval){0.51, 0.65};
    g_assert_true(says(&s, "With the step 58 % are there now (51–65 %), before it 39 %, at the "
                           "places without 40 %: reached."));
    t->side[0][1] = figure(-1, 0);
    g_assert_true(says(&s, "whether it is reached cannot be shown."));
    t->keep = PLX_KEEP_FADED;
    t->kept = t->decision.change;
    t->faded = t->decision.change;
    t->faded.estimate = -0.4;
    t->faded.ci = (struct plx_interval){-0.7, -0.1};
    g_assert_true(says(&s, "It has faded: +0.6 levels (0.3–0.9) against the time before the step, "
                           "−0.4 levels (−0.7 to −0.1) against the time up to the look."));
    t->keep = PLX_KEEP_NOTHING;
    g_assert_false(says(&s, "To stay"));
    sample_clear(&s);
}

/* Sixty weeks are no table to read: never more than twenty rows, none across the start. */
static void test_many_weeks(void)
{
    struct sample s;
    sample_open(&s);
    set_weeks(&s, WEEKS_MAX);
    g_autoptr(GString) text = text_of(&s, 80, TRUE, FALSE);
    const char *const table = strstr(text->str, "Week by week");
    g_assert_nonnull(table);
    g_auto(GStrv) lines = g_strsplit(table, "\n  20", -1);
    g_assert_cmpuint(g_strv_length(lines), <=, 21);
    g_assert_nonnull(strstr(table, "2026-W02–W0"));
    g_assert_nonnull(strstr(table, "start"));
    sample_clear(&s);
}

static void test_page(void)
{
    struct sample s;
    sample_open(&s);
    const struct plx_page_options options = {.version = "1", .command = "parallax step verify"};
    g_autoptr(plx_story) story = plx_verdict_story(&s.trial);
    g_autoptr(GString) page = plx_story_page(story, &options);
    g_assert_nonnull(strstr(page->str, "places with the step"));
    g_assert_nonnull(strstr(page->str, "id=\"weeks-without"));
    sample_clear(&s);
}

static double number_at(const json_t *object, const char *key)
{
    const json_t *const value = json_object_get(object, key);
    g_assert_true(json_is_number(value));
    return json_number_value(value);
}

static void test_json(void)
{
    struct sample s;
    sample_open(&s);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_verdict_json(&s.trial, text);
    json_t *const root = json_loads(text->str, 0, NULL);
    g_assert_nonnull(root);
    g_assert_cmpstr(json_string_value(json_object_get(root, "schema")), ==, "parallax.verdict/1");
    g_assert_cmpstr(json_string_value(json_object_get(root, "verdict")), ==, "up");
    g_assert_cmpfloat(number_at(json_object_get(root, "change"), "estimate"), ==, 0.6);
    g_assert_cmpfloat(number_at(json_object_get(root, "look"), "alpha"), ==, 0.0125);
    g_assert_cmpfloat(number_at(json_object_get(root, "step"), "share"), ==, 0.5);
    g_assert_cmpuint(json_array_size(json_object_get(root, "checks")), ==, PLX_CHECKS);
    g_assert_cmpuint(json_array_size(json_object_get(root, "places")), ==, PLACES);
    const json_t *const small = json_array_get(json_object_get(root, "places"), PLACES - 1);
    g_assert_true(json_is_null(json_object_get(json_object_get(small, "before"), "n")));
    g_assert_true(json_is_null(json_object_get(small, "change")));
    json_decref(root);
    sample_clear(&s);
}

static void test_csv(void)
{
    struct sample s;
    sample_open(&s);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_verdict_csv(&s.trial, text);
    g_auto(GStrv) lines = g_strsplit(text->str, "\n", -1);
    g_assert_cmpuint(g_strv_length(lines), ==, 1 + 2 * PLACES + 2 * 14 + 1);
    g_assert_cmpstr(lines[0], ==,
                    "row,name,side,period,first,last,n,persons,mean,reached,counts,change");
    g_assert_cmpstr(lines[2], ==,
                    "place,Bath,treated,after,2026-01-05,2026-02-15,20,20,3.75,0.46875,1,0.65");
    g_assert_cmpstr(lines[2 * PLACES - 1], ==,
                    "place,West,comparison,before,2025-11-10,2026-01-04,,,,,0,");
    g_assert_cmpstr(lines[2 * PLACES + 2], ==,
                    "week,2025-W46,comparison,,2025-11-10,2025-11-16,5,5,3.2,0.4,,");
    sample_clear(&s);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verdict/stopped", test_stopped);
    g_test_add_func("/verdict/earlier", test_earlier);
    g_test_add_func("/verdict/placebo", test_placebo);
    g_test_add_func("/verdict/told", test_told);
    g_test_add_func("/verdict/narrow", test_narrow_without_unicode);
    g_test_add_func("/verdict/leads/places", test_leads_of_places);
    g_test_add_func("/verdict/leads/before-after", test_leads_before_after);
    g_test_add_func("/verdict/leads/too-early", test_leads_too_early);
    g_test_add_func("/verdict/changes", test_changes_are_told);
    g_test_add_func("/verdict/target-and-keep", test_target_and_keep);
    g_test_add_func("/verdict/many-weeks", test_many_weeks);
    g_test_add_func("/verdict/page", test_page);
    g_test_add_func("/verdict/json", test_json);
    g_test_add_func("/verdict/csv", test_csv);
    return g_test_run();
}
