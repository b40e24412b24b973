/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/proposals.h"

#include "base/error.h"
#include "bench/truth_judge.h"
#include "paper.h"
#include "report/next.h"

#include <string.h>

#define SHOP                                                                                       \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"                   \
    "      - title: In\n        points:\n          - {title: Door, effort: today}\n"               \
    "          - {title: Desk, effort: project}\n          - {title: Till}\n"                      \
    "promises:\n  - {id: fast, words: Two minutes, points: [till]}\n"
#define HEADER "audience,respondent,journey,point,promise,level,known,kept"

static paper *shop(void)
{
    return paper_new(SHOP, HEADER);
}

/* So many people at each of the levels 1 to 6. */
static void add_ended(paper *p, const char *audience, const char *point, const guint n[6],
                      const char *end)
{
    for (guint level = 1; level <= 6; level++) {
        g_autofree char *line = g_strdup_printf("%s,%s%s%u_%%u,visit,%s,,%u,,%s", audience,
                                                audience, point, level, point, level, end);
        paper_add(p, n[level - 1], line);
    }
}

static void add(paper *p, const char *audience, const char *point, const guint n[6])
{
    add_ended(p, audience, point, n, "");
}

static const guint fine[6] = {0, 0, 3, 30, 40, 27};
static const guint poor[6] = {2, 48, 30, 20, 0, 0};

static plx_next *read_with(paper *p, const struct plx_gaps_options *options)
{
    static const struct plx_gaps_options plain = {.seed = 1};
    g_autoptr(GError) error = NULL;
    plx_next *next = plx_next_read(paper_source(p), options ? options : &plain, &error);
    g_assert_no_error(error);
    return next;
}

static void expect(const plx_next *next, enum plx_next_outcome outcome, enum plx_next_reason reason)
{
    g_assert_cmpstr(plx_next_outcome_code(next->outcome), ==, plx_next_outcome_code(outcome));
    g_assert_cmpstr(plx_next_reason_code(next->reason), ==, plx_next_reason_code(reason));
    g_assert_true((next->recommended != NULL) == (outcome == PLX_NEXT_RECOMMENDED));
}

static void test_recommended(void)
{
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", poor);
    add(p, "customer", "desk", poor);
    add(p, "customer", "till", fine);
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_RECOMMENDED, PLX_NEXT_FIRST_IN_DRAWS);
    const struct plx_proposal *best = next->recommended;
    g_assert_cmpstr(best->point, ==, "door"); /* the same trouble, less effort */
    g_assert_cmpint(best->from, ==, 2);
    g_assert_cmpint(best->to, ==, 3);
    g_assert_cmpfloat_with_epsilon(best->below_met, 0.5, 1e-12);
    g_assert_cmpfloat_with_epsilon(best->shortfall, 0.52, 1e-12);
    g_assert_true(best->answers_needed > 50 && best->answers_needed < 400);
    g_assert_cmpuint(best->rank_worst, ==, 1);
    g_assert_false(next->promises_first);
    /* The till, from Desired upwards, is no candidate: only `drivers` could bring it in. */
    g_assert_cmpuint(next->n, ==, 2);
}

static void test_tie(void)
{
    g_autoptr(paper) p = paper_new("parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n"
                                   "    transactions:\n      - title: In\n        points:\n"
                                   "          - {title: Door, effort: today}\n"
                                   "          - {title: Desk, effort: week}\n"
                                   "          - {title: Till}\n",
                                   HEADER);
    add(p, "customer", "door", poor);
    add(p, "customer", "desk", poor);
    add(p, "customer", "till", fine);
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_TIE, PLX_NEXT_NEAR_TO_EACH_OTHER);
    g_assert_cmpuint(next->n_tied, ==, 2);
    g_assert_cmpfloat(next->proposals[0].first, <, PLX_NEXT_FIRST);
}

/* All alike: an effort class alone names no step. */
static void test_alike(void)
{
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", poor);
    add(p, "customer", "desk", poor);
    add(p, "customer", "till", poor);
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_TIE, PLX_NEXT_NO_DIFFERENCE);
    g_assert_cmpuint(next->n_tied, ==, 3);
    g_assert_cmpuint(next->efforts_unknown, ==, 1);
}

/* A lucky small point: seven people, all at the floor. */
static void test_small_point(void)
{
    static const guint lucky[6] = {7, 0, 0, 0, 0, 0};
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", lucky);
    add(p, "customer", "desk", fine);
    add(p, "customer", "till", fine);
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_MEASURE_FIRST, PLX_NEXT_FEW_ANSWERS);
}

/* Nothing above Expected while promises are broken elsewhere. */
static void test_broken_first(void)
{
    static const guint plain[6] = {0, 0, 60, 40, 0, 0}, broken[6] = {30, 0, 40, 30, 0, 0};
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", plain);
    add(p, "customer", "desk", fine);
    g_autoptr(plx_next) before = read_with(p, NULL);
    expect(before, PLX_NEXT_RECOMMENDED, PLX_NEXT_FIRST_IN_DRAWS);
    g_assert_true(before->recommended->above);
    g_assert_cmpint(before->recommended->to, ==, 4);
    add(p, "customer", "till", broken);
    g_autoptr(plx_next) after = read_with(p, NULL);
    g_assert_true(after->promises_first);
    g_assert_cmpstr(after->broken_title, ==, "Till");
    g_assert_cmpuint(after->n, ==, 1);
    g_assert_cmpstr(after->proposals[0].point, ==, "till");
    g_assert_cmpint(after->proposals[0].from, ==, 1);
}

static void add_promise(paper *p, guint n, guint known, guint kept)
{
    g_autofree char *line =
        g_strdup_printf("customer,k%u%u%%u,visit,till,fast,,%u,%u", known, kept, known, kept);
    paper_add(p, n, line);
}

static void test_promise(void)
{
    g_autoptr(paper) p = shop();
    add(p, "customer", "till", poor);
    add(p, "customer", "door", fine);
    add_promise(p, 120, 1, 0);
    add_promise(p, 80, 1, 1);
    g_autoptr(plx_next) next = read_with(p, NULL);
    g_assert_cmpuint(next->n, ==, 2);
    const struct plx_proposal *correct = &next->proposals[1];
    g_assert_cmpint(correct->repair, ==, PLX_STEP_PROMISE);
    g_assert_cmpstr(correct->promise->promise, ==, "fast");
    g_assert_cmpfloat_with_epsilon(correct->touched, next->proposals[0].touched * 0.6, 1e-9);
}

static void test_nothing(void)
{
    static const guint best[6] = {0, 0, 1, 20, 40, 39};
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", best);
    add(p, "customer", "till", best);
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_NOTHING_NEEDED, PLX_NEXT_ALL_AS_EXPECTED);
    add_promise(p, 190, 0, 1);
    add_promise(p, 10, 1, 1);
    g_autoptr(plx_next) untold = read_with(p, NULL);
    expect(untold, PLX_NEXT_EXPLAIN_BETTER, PLX_NEXT_ALL_AS_EXPECTED);
    g_assert_cmpstr(untold->untold[0].promise->promise, ==, "fast");
}

#define NOTED HEADER ",place,prompt,note"

static void add_note(paper *p, const char *audience, int level, const char *prompt,
                     const char *text)
{
    g_autofree char *line =
        level ? g_strdup_printf("%s,w%%u,visit,door,,%d,,,,%s,%s", audience, level, prompt, text)
              : g_strdup_printf("%s,w%%u,visit,door,,,,,,%s,%s", audience, prompt, text);
    paper_add(p, 1, line);
}

static const struct plx_next_quotes *quotes_of(const plx_next *next, const char *point)
{
    static const struct plx_next_quotes none[PLX_NEXT_KINDS];
    for (guint i = 0; i < next->n; i++)
        if (strcmp(next->proposals[i].point, point) == 0 && next->proposals[i].quotes)
            return next->proposals[i].quotes;
    return none;
}

/* Comments of those short of it, complaints, what would be better, what was done; nothing that
 * staff wrote, nothing of those who are content. */
static void test_quotes(void)
{
    g_autoptr(paper) p = paper_new(SHOP, NOTED);
    add_ended(p, "customer", "door", poor, ",,,");
    add_ended(p, "customer", "till", fine, ",,,");
    add_note(p, "customer", 2, "comment", "We stood outside in the rain");
    add_note(p, "customer", 5, "comment", "All was lovely and somebody smiled");
    add_note(p, "customer", 0, "complaint", "Nobody came to open for us");
    add_note(p, "customer", 3, "better", "Open it before nine please");
    add_note(p, "customer", 6, "did", "They opened it and took my coat");
    add_note(p, "staff", 1, "comment", "The key is always missing here");
    g_autoptr(plx_next) next = read_with(p, NULL);
    const struct plx_next_quotes *quotes = quotes_of(next, "door");
    g_assert_cmpuint(quotes[PLX_NEXT_SHORT].n, ==, 2);
    g_assert_cmpstr(quotes[PLX_NEXT_SHORT].quotes[0].prompt, ==, "comment");
    g_assert_cmpint(quotes[PLX_NEXT_SHORT].quotes[0].level, ==, 2);
    g_assert_cmpstr(quotes[PLX_NEXT_SHORT].quotes[1].prompt, ==, "complaint");
    g_assert_cmpint(quotes[PLX_NEXT_SHORT].quotes[1].level, ==, PLX_CELL_EMPTY);
    g_assert_cmpuint(quotes[PLX_NEXT_BETTER].n, ==, 1);
    g_assert_cmpstr(quotes[PLX_NEXT_DID].quotes[0].text, ==, "They opened it and took my coat");
}

/* Nine people of a protected audience are not quoted, ten are; tests cut it, so that it is not. */
static void test_quotes_private(void)
{
    static const char *const map = "parallax: 1\ntitle: Ward\naudiences:\n"
                                   "  patient: {served: true, protected: true}\n"
                                   "  customer: {served: false}\njourneys:\n  - title: Visit\n"
                                   "    transactions:\n      - title: In\n        points:\n"
                                   "          - Door\n          - Till\n";
    static const guint nine[6] = {3, 5, 0, 0, 0, 0};
    g_autoptr(paper) p = paper_new(map, NOTED);
    add_ended(p, "patient", "till", poor, ",,,");
    add_ended(p, "patient", "door", nine, ",,,");
    add_note(p, "patient", 1, "comment", "We stood outside in the rain");
    g_autoptr(plx_next) few = read_with(p, NULL);
    const struct plx_next_quotes *quotes = quotes_of(few, "door");
    g_assert_cmpuint(quotes[PLX_NEXT_SHORT].n, ==, 0);
    add_note(p, "patient", 1, "comment", "Nobody came to open for us");
    add_note(p, "patient", 2, "comment", "It is dark in there");
    g_autoptr(plx_next) enough = read_with(p, NULL);
    quotes = quotes_of(enough, "door");
    g_assert_cmpuint(quotes[PLX_NEXT_SHORT].n, ==, 3);
}

/* Eight places with most answers: four by lot, four others; seven are too few. */
static void test_trial(void)
{
    g_autoptr(paper) p = paper_new(SHOP, NOTED);
    add_ended(p, "customer", "till", fine, ",,,");
    for (guint i = 0; i < 8; i++) {
        const char name[] = {(char)('a' + i), '\0'};
        for (guint level = 1; level <= 4; level++) {
            g_autofree char *line = g_strdup_printf("customer,t%s%u_%%u,visit,door,,%u,,,%s,,",
                                                    name, level, level, name);
            paper_add(p, 9, line);
        }
        g_autoptr(plx_next) next = read_with(p, NULL);
        const struct plx_proposal *door = &next->proposals[0];
        g_assert_cmpuint(door->n_trial, ==, i == 7 ? PLX_NEXT_PLACES : 0);
        for (guint k = 0; k < door->n_trial; k++)
            for (guint m = 0; m < door->n_trial; m++)
                g_assert_cmpstr(door->trial[k], !=, door->compare[m]);
        g_assert_cmpfloat_with_epsilon(door->share, 1 - door->below / 2, 0.0051);
    }
}

static void expect_error(paper *p, const struct plx_gaps_options *options, enum plx_error code,
                         const char *message)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_next) none = plx_next_read(paper_source(p), options, &error);
    g_assert_null(none);
    g_assert_error(error, PLX_ERROR, (int)code);
    if (message)
        g_assert_cmpstr(error->message, ==, message);
}

static void test_errors(void)
{
    static const guint three[6] = {1, 1, 1, 0, 0, 0};
    const struct plx_gaps_options plain = {.seed = 1}, by = {.by = "place"},
                                  effort = {.measure = "effort"};
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", three);
    expect_error(p, &plain, PLX_ERROR_NOT_SHOWN, NULL);
    expect_error(p, &by, PLX_ERROR_USAGE,
                 "--by place: there is one next step; --where chooses a part of the answers");
    expect_error(p, &effort, PLX_ERROR_USAGE,
                 "--measure \"effort\": steps go from one level to the next; leave it out");
}

/* Whatever a document of few answers holds, it can be told, and no word says too much. */
static void test_words(void)
{
    static const char *const never[] = {"expected gain", "effect", "causes", "because of it"};
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", poor);
    add(p, "customer", "desk", fine);
    g_autoptr(plx_next) next = read_with(p, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    g_autoptr(plx_story) story = plx_next_story(next);
    const struct plx_table_options wide = {.width = 400, .unicode = TRUE, .verbose = TRUE};
    plx_story_text(story, &wide, out);
    plx_next_json(next, out);
    plx_next_csv(next, out);
    for (guint i = 0; i < G_N_ELEMENTS(never); i++)
        g_assert_null(strstr(out->str, never[i]));
    g_assert_nonnull(strstr(out->str, "Only a trial shows what lifting it does."));
}

/* The whole of bench/truth, in a few samples. */
static void test_truth(void)
{
    guint right = 0;
    for (guint64 seed = 1; seed <= 4; seed++) {
        const struct plx_truth_named named = plx_truth_judge_next(seed);
        right += named.planted;
        g_assert_cmpuint(named.others, ==, 0);
        g_assert_cmpuint(plx_truth_judge_next_noise(seed).others, ==, 0);
    }
    g_assert_cmpuint(right, >=, 3);
}

static void tell(const plx_next *next, GString *out)
{
    static const struct plx_table_options wide = {.width = 400, .unicode = TRUE, .verbose = TRUE};
    plx_story *story = plx_next_story(next);
    plx_story_text(story, &wide, out);
    plx_story_free(story);
}

/* Rows count by their weight: of 60 answers 20 are below, of their weight half. */
static void test_weights(void)
{
    g_autoptr(paper) p = paper_new(SHOP, HEADER ",weight");
    paper_add(p, 20, "customer,a%u,visit,door,,1,,,2");
    paper_add(p, 40, "customer,b%u,visit,door,,3,,,1");
    paper_add(p, 60, "customer,c%u,visit,till,,4,,,1");
    g_autoptr(plx_next) next = read_with(p, NULL);
    const struct plx_proposal *door = &next->proposals[0];
    g_assert_cmpstr(door->point, ==, "door");
    g_assert_cmpfloat_with_epsilon(door->below_met, 1 - door->voice->met_share, 1e-12);
    g_assert_cmpfloat_with_epsilon(door->below_met, 0.5, 1e-12);
    g_assert_cmpfloat_with_epsilon(door->below, 0.5, 1e-12);
    g_assert_cmpfloat_with_epsilon(door->shortfall, 1, 1e-12);
}

/* A whole journey can be called like a moment: what was said of it is not said of the moment. */
static void test_namesake(void)
{
    static const char *const map = "parallax: 1\ntitle: Shop\njourneys:\n  - id: door\n"
                                   "    title: Visit\n    transactions:\n      - title: In\n"
                                   "        points:\n          - {id: door, title: Door}\n"
                                   "          - {id: till, title: Till}\n";
    g_autoptr(paper) p = paper_new(map, "audience,respondent,journey,point,level,prompt,note");
    paper_add(p, 40, "customer,a%u,,door,2,,");
    paper_add(p, 40, "customer,b%u,,till,5,,");
    paper_add(p, 3, "customer,c%u,door,,,complaint,All of it was too dear for us");
    g_autoptr(plx_next) before = read_with(p, NULL);
    g_assert_cmpuint(quotes_of(before, "door")[PLX_NEXT_SHORT].n, ==, 0);
    paper_add(p, 1, "customer,d%u,,door,2,complaint,Nobody came to open for us");
    g_autoptr(plx_next) after = read_with(p, NULL);
    g_assert_cmpuint(quotes_of(after, "door")[PLX_NEXT_SHORT].n, ==, 1);
}

/* A tie has at least two in it, and all that are first in one of ten. */
static void test_tie_of_many(void)
{
    g_autoptr(GString) map =
        g_string_new("parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n"
                     "    transactions:\n      - title: In\n        points:\n");
    static const guint worst[6] = {0, 42, 18, 0, 0, 0}, bad[6] = {0, 36, 24, 0, 0, 0},
                       good[6] = {0, 2, 18, 20, 20, 0};
    for (guint i = 0; i < 20; i++)
        g_string_append_printf(map, "          - {id: p%u, title: P%u, effort: today}\n", i, i);
    g_autoptr(paper) p = paper_new(map->str, HEADER);
    for (guint i = 0; i < 20; i++) {
        g_autofree char *point = g_strdup_printf("p%u", i);
        add(p, "customer", point, i == 0 ? worst : i < 15 ? bad : good);
    }
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_TIE, PLX_NEXT_NEAR_TO_EACH_OTHER);
    g_assert_cmpuint(next->n_tied, >=, 2);
    for (guint i = next->n_tied; i < next->n; i++)
        g_assert_cmpfloat(next->proposals[i].first, <, PLX_NEXT_NEAR);
    g_autoptr(GString) out = g_string_new(NULL);
    tell(next, out);
    g_assert_nonnull(strstr(out->str, "A tie: “P0” "));
    g_assert_nonnull(strstr(out->str, " and “P"));
}

/* Two repairs of a moment stand on one draw, whatever lies between them: to correct a promise that
 * only some knew is never before the delivery that all meet. */
static void test_one_draw(void)
{
    static const guint few[6] = {0, 20, 12, 0, 0, 0}, near[6] = {0, 16, 16, 0, 0, 0};
    g_autoptr(paper) p = paper_new("parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n"
                                   "    transactions:\n      - title: In\n        points:\n"
                                   "          - {title: Door, effort: today}\n"
                                   "          - {title: Till, effort: today}\n"
                                   "          - {title: Desk, effort: today}\n"
                                   "promises:\n  - {id: fast, words: Two minutes, "
                                   "points: [till]}\n",
                                   HEADER);
    add(p, "customer", "till", few);
    add(p, "customer", "door", near);
    add(p, "customer", "desk", fine);
    add_promise(p, 36, 1, 0);
    add_promise(p, 12, 1, 1);
    g_autoptr(plx_next) next = read_with(p, NULL);
    g_assert_cmpuint(next->n, ==, 3);
    g_assert_cmpstr(next->proposals[1].point, ==, "door");
    g_assert_cmpint(next->proposals[2].repair, ==, PLX_STEP_PROMISE);
    g_assert_cmpfloat(next->proposals[2].first, ==, 0);
}

/* What may not be shown is not said either; and who asked nobody about the whole is told so. */
static void test_unsaid(void)
{
    static const guint alike[6] = {0, 0, 0, 0, 6, 0}, apart[6] = {0, 0, 0, 3, 3, 0};
    g_autoptr(paper) p = shop();
    add(p, "customer", "door", poor);
    add(p, "customer", "desk", fine);
    add(p, "leader", "door", alike);
    g_autoptr(plx_next) next = read_with(p, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    tell(next, out);
    g_assert_null(strstr(out->str, "Leaders rate it"));
    g_assert_nonnull(strstr(out->str, "nobody was asked about the whole together with it"));
    add(p, "leader", "desk", apart);
    add_ended(p, "staff", "door", apart, "");
    g_autoptr(plx_next) shown = read_with(p, NULL);
    tell(shown, out);
    g_assert_nonnull(strstr(out->str, "Staff rate it 4.5"));
}

/* Eighty of one mind at each moment, of another one at each: that is no chance. And that all said
 * the same, not that they were few, is why nothing is known of the whole. */
static void test_flat(void)
{
    g_autoptr(paper) p = paper_new(SHOP, "audience,respondent,journey,point,level,overall");
    for (guint i = 0; i < 80; i++) {
        const guint mood = i % 3;
        g_autofree char *door = g_strdup_printf("customer,r%u,visit,door,2,", i);
        g_autofree char *desk = g_strdup_printf("customer,r%u,visit,desk,%u,", i, 3 + mood);
        g_autofree char *till = g_strdup_printf("customer,r%u,visit,till,%u,", i, 3 + i / 3 % 3);
        g_autofree char *whole = g_strdup_printf("customer,r%u,visit,,,%u", i, 3 + mood);
        paper_add(p, 1, door);
        paper_add(p, 1, desk);
        paper_add(p, 1, till);
        paper_add(p, 1, whole);
    }
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_RECOMMENDED, PLX_NEXT_FIRST_IN_DRAWS);
    g_assert_cmpstr(next->recommended->point, ==, "door");
    g_autoptr(GString) out = g_string_new(NULL);
    tell(next, out);
    g_assert_nonnull(strstr(out->str, "everybody who judged both said the same of it"));
}

/* Where nothing was drawn, no chance to be first is written. */
static void test_csv_first(void)
{
    g_autoptr(paper) p = shop();
    static const guint plain[6] = {0, 0, 60, 40, 0, 0};
    add(p, "customer", "door", plain);
    add_promise(p, 190, 0, 1);
    add_promise(p, 10, 1, 1);
    g_autoptr(plx_next) next = read_with(p, NULL);
    expect(next, PLX_NEXT_EXPLAIN_BETTER, PLX_NEXT_ALL_AS_EXPECTED);
    g_autoptr(GString) out = g_string_new(NULL);
    plx_next_csv(next, out);
    g_assert_nonnull(strstr(out->str, "\n1,,,,0,door,"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/next/recommended", test_recommended);
    g_test_add_func("/next/tie", test_tie);
    g_test_add_func("/next/alike", test_alike);
    g_test_add_func("/next/small-point", test_small_point);
    g_test_add_func("/next/broken-first", test_broken_first);
    g_test_add_func("/next/promise", test_promise);
    g_test_add_func("/next/nothing", test_nothing);
    g_test_add_func("/next/quotes", test_quotes);
    g_test_add_func("/next/quotes-private", test_quotes_private);
    g_test_add_func("/next/weights", test_weights);
    g_test_add_func("/next/namesake", test_namesake);
    g_test_add_func("/next/tie-of-many", test_tie_of_many);
    g_test_add_func("/next/one-draw", test_one_draw);
    g_test_add_func("/next/unsaid", test_unsaid);
    g_test_add_func("/next/flat", test_flat);
    g_test_add_func("/next/csv-first", test_csv_first);
    g_test_add_func("/next/trial", test_trial);
    g_test_add_func("/next/errors", test_errors);
    g_test_add_func("/next/words", test_words);
    g_test_add_func("/next/truth", test_truth);
    return g_test_run();
}
