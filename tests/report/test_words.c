/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words.h"

#include "report/sample.h"
#include "report/view.h"

#include <math.h>
#include <string.h>

static void assert_text(GString *text, const char *wanted)
{
    g_assert_cmpstr(text->str, ==, wanted);
    g_string_truncate(text, 0);
}

static void test_numbers(void)
{
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_count(t, 7);
    assert_text(t, "7");
    plx_words_count(t, 1204);
    assert_text(t, "1,204");
    plx_words_count(t, 1000000);
    assert_text(t, "1,000,000");
    plx_words_count(t, PLX_NO_COUNT);
    assert_text(t, "–");
    plx_words_mean(t, -0.04);
    assert_text(t, "0.0");
    plx_words_difference(t, -2.14);
    assert_text(t, "−2.1");
    plx_words_difference(t, 0.04);
    assert_text(t, "0.0");
    plx_words_difference(t, 0.81);
    assert_text(t, "+0.8");
    plx_words_difference_with(t, -0.4, 0);
    assert_text(t, "0");
    plx_words_difference_with(t, -20.3, 0);
    assert_text(t, "−20");
    plx_words_difference_with(t, 0.5, 0);
    assert_text(t, "+1");
    plx_words_percent(t, 0.385);
    assert_text(t, "38 %");
    plx_words_percent_range(t, (struct plx_interval){0.35, 0.44});
    assert_text(t, "35–44 %");
    plx_words_percent_range(t, (struct plx_interval){0.4991, 0.5009});
    assert_text(t, "50 %");
    plx_words_range(t, (struct plx_interval){2.2, 2.6});
    assert_text(t, "2.2–2.6");
    plx_words_range(t, (struct plx_interval){-0.2, 0.4});
    assert_text(t, "−0.2 to 0.4");
    plx_words_range(t, (struct plx_interval){NAN, NAN});
    assert_text(t, "");
}

static void test_in_ten(void)
{
    static const struct {
        double share;
        const char *words;
    } cases[] = {{0, "0 in 10"},
                 {0.01, "fewer than 1 in 10"},
                 {0.05, "1 in 10"},
                 {0.44, "4 in 10"},
                 {0.45, "5 in 10"},
                 {0.949, "9 in 10"},
                 {0.97, "nearly 10 in 10"},
                 {1, "10 in 10"},
                 {NAN, "–"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) t = g_string_new(NULL);
        plx_words_in_ten(t, cases[i].share);
        g_assert_cmpstr(t->str, ==, cases[i].words);
    }
}

/* A share in ten never contradicts the range that is printed beside it. */
static void test_share_lies_in_its_range(void)
{
    g_assert_true(plx_words_in_ten_fits(0.4, (struct plx_interval){0.35, 0.44}));
    g_assert_false(plx_words_in_ten_fits(0.45, (struct plx_interval){0.42, 0.49}));
    g_assert_true(plx_words_in_ten_fits(0.03, (struct plx_interval){0.01, 0.08}));
    g_assert_false(plx_words_in_ten_fits(0.04, (struct plx_interval){0.01, 0.14}));
    g_assert_false(plx_words_in_ten_fits(0.96, (struct plx_interval){0.85, 0.99}));
    g_assert_true(plx_words_in_ten_fits(0.45, (struct plx_interval){NAN, NAN}));
    for (int percent = 0; percent <= 100; percent++)
        for (int half = 0; half < 20; half++) {
            const double share = percent / 100.0, lo = fmax(0, share - half / 100.0);
            const struct plx_interval ci = {lo, fmin(1, share + half / 100.0)};
            const double said = round(share * 10) / 10;
            const gboolean extreme = (share > 0 && share < 0.05) || (share < 1 && share >= 0.95);
            if (plx_words_in_ten_fits(share, ci) && !extreme) {
                g_assert_cmpfloat(said, >=, ci.lo - 0.0051);
                g_assert_cmpfloat(said, <=, ci.hi + 0.0051);
            }
        }
    const char *ids[] = {"leader", "customer"}, *titles[] = {NULL, NULL};
    const struct plx_belief belief = {
        .by = 0, .about = 1, .believed = 0.8, .served = 0.45, .served_ci = {0.42, 0.49}};
    plx_gaps gaps = {.n_audiences = 2, .audiences = ids, .audience_titles = titles};
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_belief(&gaps, &belief, t);
    assert_text(t, "Leaders think 80 %, customers say 45 % (42–49 %).");
    /* Below others in tens it is in tens, too. */
    g_assert_false(plx_words_belief_fits(&belief));
    plx_words_belief_in(&gaps, &belief, TRUE, t);
    assert_text(t, "Leaders think 8 in 10, customers say 5 in 10 (42–49 %).");
    gaps.headline = (struct plx_headline){.kind = PLX_HEADLINE_BELIEF,
                                          .by = 0,
                                          .about = 1,
                                          .by_value = 0.8,
                                          .about_value = 0.45,
                                          .about_ci = {0.42, 0.49}};
    plx_words_headline(&gaps, t);
    assert_text(t,
                "Leaders think 80 % of customers get what is desired. 45 % of those who answered "
                "say so (42–49 %).");
}

/* Whoever subtracts two printed means finds the printed difference. */
static void test_differences_add_up(void)
{
    g_assert_cmpuint(plx_words_decimals(4.6, 2.4, 2.2), ==, 1);
    g_assert_cmpuint(plx_words_decimals(4.34, 2.67, 1.67), ==, 2);
    g_assert_cmpuint(plx_words_decimals(NAN, 2.67, NAN), ==, 1);
    for (int i = 1000; i < 6000; i += 7)
        for (int j = 1000; j < 6000; j += 391) {
            const double a = i / 1000.0, b = j / 1000.0;
            const guint decimals = plx_words_decimals(a, b, a - b);
            g_autoptr(GString) x = g_string_new(NULL);
            g_autoptr(GString) y = g_string_new(NULL);
            g_autoptr(GString) d = g_string_new(NULL);
            plx_words_mean_with(x, a, decimals);
            plx_words_mean_with(y, b, decimals);
            plx_words_mean_with(d, fabs(plx_words_apart(a, b, a - b)), decimals);
            /* In two decimals, because another row needs them, it adds up, too. */
            g_autofree char *fine = g_strdup_printf("%.2f", a), *other = g_strdup_printf("%.2f", b);
            g_assert_cmpfloat_with_epsilon(plx_words_apart_with(a, b, a - b, 2),
                                           g_ascii_strtod(fine, NULL) - g_ascii_strtod(other, NULL),
                                           1e-9);
            const double seen = fabs(g_ascii_strtod(x->str, NULL) - g_ascii_strtod(y->str, NULL));
            g_assert_cmpfloat_with_epsilon(seen, g_ascii_strtod(d->str, NULL), 1e-6);
            g_assert_cmpfloat_with_epsilon(fabs(a - b), g_ascii_strtod(d->str, NULL), 0.0501);
        }
    struct plx_voice voices[] = {{.audience = 0, .mean = 4.34, .complete = TRUE},
                                 {.audience = 1, .mean = 2.67, .mean_ci = {2.55, 2.79}}};
    const struct plx_gaps_point point = {.n_voices = 2, .voices = voices};
    const struct plx_gap gap = {.a = 0, .b = 1, .difference = 1.67, .ci = {1.4, 1.9}};
    const char *ids[] = {"leader", "customer"}, *titles[] = {NULL, NULL};
    const plx_gaps gaps = {.n_audiences = 2, .audiences = ids, .audience_titles = titles};
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_gap(&gaps, &point, &gap, t);
    assert_text(t, "Leaders rate it 4.34, customers 2.67 (2.55–2.79): 1.67 levels apart "
                   "(1.40–1.90).");
}

static void test_headlines(void)
{
    static const struct {
        enum sample_kind kind;
        const char *words;
    } cases[] = {
        {SAMPLE_MARKETPLACE, "Leaders think 8 in 10 customers get Desired or better. 4 in 10 of "
                             "those who answered say so (39–43 %)."},
        {SAMPLE_HIDDEN, "Customers: 6 in 10 of those who answered get Desired or better (42–67 %). "
                        "Leaders hidden: 3 of 5 needed."},
        {SAMPLE_FIVE, "Leaders rate the service 4.4 of 6. Customers who answered rate it 3.7 "
                      "(3.6–3.8)."},
        {SAMPLE_GROUPS, "Who sees what, group by group."},
        {SAMPLE_TINY, "Who sees what."},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        plx_gaps *gaps = sample_new(cases[i].kind);
        g_autoptr(GString) t = g_string_new(NULL);
        plx_words_headline(gaps, t);
        g_assert_cmpstr(t->str, ==, cases[i].words);
        sample_free(gaps);
    }
}

/* No program knows the plural of a word that somebody made up: only a title is taken for one. */
static void test_declared(void)
{
    static const char *const cases[][4] = {
        {"patient", NULL, "patient", "people answering as patient"},
        {"patient", "Patient", "Patient", "people answering as Patient"},
        {"patient", "Patients", "Patients", "Patients"},
        {"ward-c", "Ward C", "Ward C", "people answering as Ward C"},
        {"customer", "Customers", "customers", "customers"},
        {"customer", "Guests", "Guests", "Guests"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *ids[] = {"leader", cases[i][0]}, *titles[] = {NULL, cases[i][1]};
        const plx_gaps gaps = {.n_audiences = 2, .audiences = ids, .audience_titles = titles};
        g_assert_cmpstr(plx_words_voice(&gaps, 1), ==, cases[i][2]);
        g_autoptr(GString) t = g_string_new(NULL);
        plx_words_people(&gaps, 1, t);
        assert_text(t, cases[i][3]);
    }
    const char *ids[] = {"leader", "patient"}, *titles[] = {NULL, "patient"};
    gboolean served[] = {FALSE, TRUE};
    plx_gaps gaps = {.n_audiences = 2,
                     .audiences = ids,
                     .audience_titles = titles,
                     .served = served,
                     .headline = {.kind = PLX_HEADLINE_BELIEF,
                                  .by = 0,
                                  .about = 1,
                                  .by_value = 0.8,
                                  .about_value = 0.4,
                                  .about_ci = {NAN, NAN}}};
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_headline(&gaps, t);
    assert_text(t, "Leaders think 8 in 10 people answering as patient get what is desired. 4 in 10 "
                   "of those who answered say so.");
    gaps.headline.kind = PLX_HEADLINE_LEVEL;
    plx_words_headline(&gaps, t);
    assert_text(t, "Leaders rate the service 0.8. People who answered as patient rate it 0.4.");
}

/* Two leaders and forty customers: nothing is decided, and knowing that two is all may do it. */
static void test_remedy(void)
{
    const char *ids[] = {"leader", "customer"}, *titles[] = {NULL, NULL};
    gboolean served[] = {FALSE, TRUE};
    struct plx_voice voices[] = {{.audience = 0, .n = 7, .persons = 7, .mean = 4},
                                 {.audience = 1, .n = 40, .persons = 40, .mean = 3}};
    struct plx_gap gap = {
        .a = 0, .b = 1, .verdict = PLX_VERDICT_NOT_ENOUGH_YET, .answers_needed = NAN};
    struct plx_gaps_point point = {
        .map_point = -1, .n_voices = 2, .voices = voices, .n_gaps = 1, .gaps = &gap};
    struct plx_gaps_group group = {.n_points = 1, .points = &point};
    struct plx_gaps_note note = {"population_wanted", 0, 1, NULL};
    plx_gaps gaps = {.n_audiences = 2,
                     .audiences = ids,
                     .audience_titles = titles,
                     .served = served,
                     .n_groups = 1,
                     .groups = &group,
                     .n_notes = 1,
                     .notes = &note};
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_remedy(&gaps, PLX_WORDS_TERMINAL, t);
    assert_text(t,
                "If these 7 leaders are all there are, say so: it may decide the 1 point that is "
                "not sure yet. Add --population leader=7");
    plx_words_remedy(&gaps, PLX_WORDS_PAGE, t);
    assert_text(t, "If these 7 leaders are all there are, say so when the page is made: it may "
                   "decide the 1 point that is not sure yet.");
    g_autoptr(GPtrArray) said = plx_words_notes(&gaps, PLX_WORDS_PAGE, FALSE);
    g_assert_cmpuint(said->len, ==, 0); /* once is enough */
    gaps.by = "place";                  /* of a part nobody knows how many there are */
    plx_words_remedy(&gaps, PLX_WORDS_TERMINAL, t);
    assert_text(t, "");
    g_autoptr(GPtrArray) notes = plx_words_notes(&gaps, PLX_WORDS_PAGE, FALSE);
    g_assert_null(strstr(g_ptr_array_index(notes, 0), "--"));
    gaps.by = NULL;
    /* One is one; and who did not ask for a headline is not told of it. */
    struct plx_gaps_note few = {"audience_hidden", 0, 1, "5"};
    gaps.notes = &few;
    g_autoptr(GPtrArray) one = plx_words_notes(&gaps, PLX_WORDS_PAGE, FALSE);
    g_assert_cmpstr(one->pdata[0], ==,
                    "Leaders are not shown anywhere: 1 person answered, at least 5 are needed.");
    struct plx_gaps_note split = {"headline_needs_one", -1, PLX_NO_COUNT, NULL};
    gaps.notes = &split;
    g_autoptr(GPtrArray) whole = plx_words_notes(&gaps, PLX_WORDS_PAGE, FALSE);
    g_autoptr(GPtrArray) part = plx_words_notes(&gaps, PLX_WORDS_PART, FALSE);
    g_assert_cmpuint(whole->len, ==, 1);
    g_assert_cmpuint(part->len, ==, 0);
    gaps.notes = &note;
    gap.verdict = PLX_VERDICT_BLIND_SPOT;
    plx_words_remedy(&gaps, PLX_WORDS_TERMINAL, t);
    assert_text(t, "");
    gaps.headline = (struct plx_headline){.by = 0, .hidden_persons = 3, .hidden_minimum = 5};
    plx_words_remedy(&gaps, PLX_WORDS_TERMINAL, t);
    assert_text(t, "They are shown when at least 5 have answered. If they all agree to be shown "
                   "although so few, add --named leader; if these 3 are all there are, also "
                   "--population leader=3");
}

static void test_key(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_levels(gaps, t);
    assert_text(t, "Levels of service: 1 Criminal, 2 Basic, 3 Expected, 4 Desired, 5 Surprising, 6 "
                   "Unbelievable. “Desired or better” is 4, 5 or 6.");
    plx_words_kinds(gaps, t);
    assert_text(t, "Leaders rate a point by their own view and guess how many of 10 customers are "
                   "well served: two numbers that need not agree.");
    sample_free(gaps);
    gaps = sample_new(SAMPLE_FIVE);
    plx_words_levels(gaps, t);
    assert_text(t, "Marks from 1 to 5; 5 is best. “4 or better” is 4 or 5.");
    sample_free(gaps);
    gaps = sample_new(SAMPLE_TINY);
    plx_words_kinds(gaps, t);
    assert_text(t, "");
    sample_free(gaps);
}

/* A verdict has one name: the heading of its list begins with it. */
static void test_one_name(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    for (int v = PLX_VERDICT_BLIND_SPOT; v <= PLX_VERDICT_OVERESTIMATES; v++) {
        const enum plx_verdict verdict = (enum plx_verdict)v;
        g_autoptr(GString) heading = g_string_new(NULL);
        g_autoptr(GString) name = g_string_new(plx_words_verdict_count(verdict, 2));
        plx_words_verdict_heading(gaps, verdict, 0, heading);
        plx_words_capital(name, 0);
        g_assert_true(g_str_has_prefix(heading->str, name->str));
        g_assert_true(g_str_has_prefix(name->str + 1, plx_words_verdict_short(verdict) + 1));
    }
    g_assert_cmpstr(plx_words_verdict_count(PLX_VERDICT_KNOWN_PROBLEM, 1), ==, "known problem");
    sample_free(gaps);
}

/* Every verdict has words, and none of them blames anybody. */
static void test_nobody_is_blamed(void)
{
    static const char *const blame[] = {"wrong", "fail", "blind", "fault", "ignor", "mistake"};
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    for (int v = PLX_VERDICT_NONE; v <= PLX_VERDICT_SEES_IT; v++) {
        const enum plx_verdict verdict = (enum plx_verdict)v;
        g_autoptr(GString) t = g_string_new(NULL);
        plx_words_verdict(gaps, verdict, 0, 3, t);
        g_assert_cmpuint(t->len, >, 0);
        g_string_append(t, plx_words_verdict_short(verdict));
        plx_words_verdict_heading(gaps, verdict, 0, t);
        plx_words_verdict_meaning(gaps, verdict, 0, t);
        g_assert_null(strchr(t->str, '{'));
        if (verdict == PLX_VERDICT_VIEWS_DIFFER)
            continue; /* "neither a blind spot nor ..." names the term */
        for (guint i = 0; i < G_N_ELEMENTS(blame); i++)
            g_assert_null(strstr(t->str, blame[i]));
    }
    sample_free(gaps);
}

static void test_foresight(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_FORESIGHT);
    const struct plx_gaps_point *first = &gaps->groups[0].points[0];
    const struct plx_gaps_point *last = &gaps->groups[0].points[3];
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_expectation(gaps, first->expectations, t);
    assert_text(t,
                "Customers expected 4.0 and received 3.5: −0.5 (−0.7 to −0.3). Below for 50 %, met "
                "for 30 %, exceeded for 20 % of 300 answers.");
    plx_words_prediction(gaps, first->predictions, t);
    assert_text(t, "Leaders predicted 4.5, customers answered 4.0: +0.5. Ranked probability score "
                   "0.25 together, 0.50 one by one (0 is perfect).");
    plx_words_expectation(gaps, last->expectations, t);
    assert_text(t, "Customers: what they expected is not shown for so few people.");
    plx_words_prediction(gaps, last->predictions, t);
    assert_text(t, "Leaders: predictions are not shown for so few people.");
    plx_words_prediction_short(gaps, last->predictions, t);
    assert_text(t, "L predictions hidden");
    sample_free(gaps);
}

/* Where low is good, what is not met lies above. */
static void test_scale_that_runs_down(void)
{
    struct plx_scale scale = {.min = 1, .max = 7, .met = 3, .desired = 2, .down = TRUE};
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_below(t, &scale);
    assert_text(t, "worse than 3");
    scale.down = FALSE;
    plx_words_below(t, &scale);
    assert_text(t, "below 3");
    scale.met = PLX_NO_CUT;
    plx_words_below(t, &scale);
    assert_text(t, "");
}

static void test_capitals(void)
{
    static const char *const cases[][2] = {
        {"leaders", "Leaders"}, {"élèves", "Élèves"}, {"", ""}, {"\xff", "\xff"}, {"7", "7"}};
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GString) t = g_string_new(cases[i][0]);
        plx_words_capital(t, 0);
        g_assert_cmpstr(t->str, ==, cases[i][1]);
    }
}

static void test_family(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_family(gaps, t);
    assert_text(t, "Margin 0.5 levels. 180 gaps looked at together. Adjusted ranges at 98.5 %.");
    gaps->family_size = 0;
    gaps->adjusted_level = NAN;
    plx_words_family(gaps, t);
    assert_text(t, "Margin 0.5 levels. No gaps to look at.");
    sample_free(gaps);
}

static void test_gap(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    const struct plx_gaps_point *point = &gaps->groups[0].points[17];
    struct plx_gap gap = {.a = 0, .b = 3, .answers_of = 3, .difference = 1.02, .ci = {0.6, 1.5}};
    struct plx_voice *leaders = &point->voices[0];
    const double mean = leaders->mean;
    leaders->mean = plx_view_voice(point, 3)->mean + 1.02;
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_gap(gaps, point, &gap, t);
    assert_text(t, "Leaders rate it 3.4, customers 2.4 (2.3–2.4): 1.0 level apart (0.6–1.5).");
    leaders->mean = mean;
    gap.verdict = PLX_VERDICT_SCALES_DIFFER;
    gap.difference = NAN;
    plx_words_gap(gaps, point, &gap, t);
    assert_text(t, "Leaders answered 4.9, customers 2.4 (2.3–2.4), on different scales.");
    gap.answers_needed = 41.2;
    plx_words_needed(gaps, point, &gap, t);
    assert_text(t, "about 42 more from customers");
    gap.answers_needed = NAN;
    plx_words_needed(gaps, point, &gap, t);
    assert_text(t, "more answers from customers"); /* all leaders have answered */
    gap.a = 1;
    plx_words_needed(gaps, point, &gap, t);
    assert_text(t, "say how many staff there are, or ask more of them");
    /* where it is known how many there are */
    struct plx_voice *staff = &point->voices[0];
    for (guint i = 0; i < point->n_voices; i++)
        if (point->voices[i].audience == 1)
            staff = &point->voices[i];
    const struct plx_voice before = *staff;
    staff->population = 40;
    staff->persons = 14;
    plx_words_needed(gaps, point, &gap, t);
    assert_text(t, "more staff (14 of 40 answered)");
    gap = (struct plx_gap){.a = 0, .b = 1, .answers_of = 1, .answers_needed = 12};
    plx_words_needed(gaps, point, &gap, t);
    assert_text(t, "about 12 more from staff");
    gap.answers_needed = 60; /* there are only 26 more */
    plx_words_needed(gaps, point, &gap, t);
    assert_text(t, "more staff (14 of 40 answered)");
    *staff = before;
    gap = (struct plx_gap){.a = 0, .b = 2, .answers_of = 2, .answers_needed = 6};
    plx_words_needed(gaps, point, &gap, t);
    assert_text(t, "about 6 more visits");
    sample_free(gaps);
}

static void test_notes(void)
{
    static const struct {
        struct plx_gaps_note note;
        const char *words;
    } cases[] = {
        {{"all_answered", 0, 9, NULL}, "All 9 leaders answered: no sampling error on their side."},
        {{"rounded", 0, 1, NULL},
         "Leaders are 5 to 9 people at 1 point: their values are rounded (means to half a level, "
         "shares to a tenth). Verdicts come from the exact values."},
        {{"duplicate_rows", -1, 4, NULL},
         "4 rows came again with the same content and were counted once."},
        {{"cells_hidden", 1, 4, "complementary"},
         "Staff are not shown at 4 further points, because a smaller group could be computed from "
         "them."},
        {{"merged", 1, PLX_NO_COUNT, "Graz + Linz"},
         "Staff are shown together for Graz + Linz: each alone would be too few."},
        {{"some_new_code", 3, 1200, "why"}, "Some new code (customers): 1,200, why."},
        {{"another", -1, PLX_NO_COUNT, NULL}, "Another."},
    };
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    for (guint i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct plx_gaps_note note = cases[i].note;
        gaps->notes = &note;
        gaps->n_notes = 1;
        g_autoptr(GPtrArray) lines = plx_words_notes(gaps, PLX_WORDS_TERMINAL, FALSE);
        g_assert_cmpuint(lines->len, ==, 1);
        g_assert_cmpstr(g_ptr_array_index(lines, 0), ==, cases[i].words);
    }
    sample_free(gaps);
}

/* A hundred small places are no hundred names; whoever wants them gets them. */
static void test_long_notes(void)
{
    struct plx_gaps_note notes[] = {
        {"merged", 1, PLX_NO_COUNT, "A + B + C + D + E"},
        {"merged", 1, PLX_NO_COUNT, "F + G + H + I + J + K"},
        {"merged", 0, PLX_NO_COUNT, "A + B"},
        {"merged", 1, PLX_NO_COUNT, "L + M"},
        {"merged", 1, PLX_NO_COUNT, "N + O"},
        {"merged", 1, PLX_NO_COUNT, "P + Q"},
    };
    static const char *const shown[] = {
        "Staff are shown together for A + B + C + D + E: each alone would be too few.",
        "Staff are shown together for F + G + H + I and 2 more: each alone would be too few.",
        "Leaders are shown together for A + B: each alone would be too few.",
        "Staff are shown together for L + M: each alone would be too few.",
        "Staff are shown together for 2 further groups as well."};
    plx_gaps *gaps = sample_new(SAMPLE_MARKETPLACE);
    gaps->notes = notes;
    gaps->n_notes = G_N_ELEMENTS(notes);
    g_autoptr(GPtrArray) few = plx_words_notes(gaps, PLX_WORDS_TERMINAL, FALSE);
    g_assert_cmpuint(few->len, ==, G_N_ELEMENTS(shown));
    for (guint i = 0; i < few->len; i++)
        g_assert_cmpstr(g_ptr_array_index(few, i), ==, shown[i]);
    g_autoptr(GPtrArray) all = plx_words_notes(gaps, PLX_WORDS_TERMINAL, TRUE);
    g_assert_cmpuint(all->len, ==, G_N_ELEMENTS(notes));
    g_assert_cmpstr(g_ptr_array_index(all, 1), ==,
                    "Staff are shown together for F + G + H + I + J + K: each alone would be too "
                    "few.");
    sample_free(gaps);
}

static void test_voices(void)
{
    plx_gaps *gaps = sample_new(SAMPLE_HIDDEN);
    g_autoptr(GString) t = g_string_new(NULL);
    const struct plx_voice *voices = gaps->groups[0].points[0].voices;
    plx_words_seen(gaps, &voices[0], t);
    assert_text(t, "leaders not shown: at least 5 people needed");
    plx_words_seen(gaps, &voices[1], t);
    assert_text(t, "staff 4.1 (3.8–4.4), 43 answers");
    static const char *titles[] = {"Chefs", "Staff", "Secret shoppers", "Guests"};
    gaps->audience_titles = titles;
    g_assert_cmpstr(plx_words_voice(gaps, 0), ==, "Chefs");
    g_assert_cmpstr(plx_words_voice(gaps, 2), ==, "secret shoppers");
    g_assert_cmpstr(plx_words_voice(gaps, 3), ==, "Guests");
    plx_words_letter(gaps, 2, t);
    assert_text(t, "M");
    sample_free(gaps);
}

/* A workshop table of seven gives one answer; the minimum is of people. */
static void test_tables(void)
{
    const char *ids[] = {"staff"}, *titles[] = {NULL};
    const plx_gaps gaps = {.n_audiences = 1, .audiences = ids, .audience_titles = titles};
    struct plx_voice voice = {.n = 3, .persons = 21, .mean = 4.5, .mean_ci = {NAN, NAN}};
    g_autoptr(GString) t = g_string_new(NULL);
    plx_words_seen(&gaps, &voice, t);
    assert_text(t, "staff 4.5, 3 answers of 21 people");
    plx_words_answers(&voice, t);
    assert_text(t, "3 from 21 people");
    voice.persons = 2; /* who answered twice needs no word */
    plx_words_answers(&voice, t);
    assert_text(t, "3");
}

static void test_ascii(void)
{
    g_autoptr(GString) t = g_string_new("−2.1 (1–2) · “a” … 配達");
    plx_words_ascii(t);
    assert_text(t, "-2.1 (1-2) | \"a\" ... 配達");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words/foresight", test_foresight);
    g_test_add_func("/words/scale-that-runs-down", test_scale_that_runs_down);
    g_test_add_func("/words/capitals", test_capitals);
    g_test_add_func("/words/family", test_family);
    g_test_add_func("/words/numbers", test_numbers);
    g_test_add_func("/words/in-ten", test_in_ten);
    g_test_add_func("/words/share-lies-in-its-range", test_share_lies_in_its_range);
    g_test_add_func("/words/differences-add-up", test_differences_add_up);
    g_test_add_func("/words/remedy", test_remedy);
    g_test_add_func("/words/key", test_key);
    g_test_add_func("/words/one-name", test_one_name);
    g_test_add_func("/words/tables", test_tables);
    g_test_add_func("/words/headlines", test_headlines);
    g_test_add_func("/words/declared", test_declared);
    g_test_add_func("/words/nobody-is-blamed", test_nobody_is_blamed);
    g_test_add_func("/words/gap", test_gap);
    g_test_add_func("/words/notes", test_notes);
    g_test_add_func("/words/long-notes", test_long_notes);
    g_test_add_func("/words/voices", test_voices);
    g_test_add_func("/words/ascii", test_ascii);
    return g_test_run();
}
