/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/weights.h"

#include "base/error.h"
#include "paper.h"
#include "reading/gaps.h"

#include <math.h>
#include <string.h>

static const char map_yaml[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: A visit\n"
                               "    transactions:\n      - title: Paying\n        points:\n"
                               "          - {id: till, title: Till}\n";

static plx_margins *margins_of(const char *rows)
{
    g_autofree char *text = g_strconcat("key,value,share\n", rows, NULL);
    g_autoptr(GError) error = NULL;
    plx_margins *margins =
        plx_margins_parse(text, strlen(text), "m.csv", PLX_MARGINS_DIMENSIONS, &error);
    g_assert_no_error(error);
    return margins;
}

/* 60 people in Graz at level 5, 20 in Wien at 2, of these five by telephone; a leader in Graz. */
static paper *two_places(void)
{
    paper *p = paper_new(map_yaml, "audience,respondent,place,channel,point,level");
    paper_add(p, 60, "customer,c%u,Graz,shop,till,5");
    paper_add(p, 15, "customer,c%u,Wien,shop,till,2");
    paper_add(p, 5, "customer,c%u,Wien,telephone,till,2");
    paper_add(p, 1, "leader,l%u,Graz,shop,till,6");
    return p;
}

static plx_source *weigh(paper *p, const char *rows, GError **error)
{
    g_autoptr(plx_margins) margins = margins_of(rows);
    plx_source *source = paper_source(p);
    p->source = NULL; /* taken over */
    return plx_weighted_source_new(source, margins, error);
}

static plx_gaps *read_weighted(paper *p, const char *rows)
{
    static const struct plx_gaps_options options = {.seed = 1};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_source) source = weigh(p, rows, &error);
    g_assert_no_error(error);
    plx_gaps *gaps = plx_gaps_read(source, &options, &error);
    g_assert_no_error(error);
    return gaps;
}

static const struct plx_voice *customers(const plx_gaps *gaps)
{
    const struct plx_gaps_point *point = &gaps->groups[0].points[0];
    for (guint i = 0; i < point->n_voices; i++)
        if (strcmp(gaps->audiences[point->voices[i].audience], "customer") == 0)
            return &point->voices[i];
    g_assert_not_reached();
}

/* 0.4 x 5 + 0.6 x 2, but for the rounding of weights; the counts are people as they are. Kish: 80^2
 * over 60 (8/15)^2 + 20 (12/5)^2 times (80/80)^2: 80 / (0.16 / 0.75 + 0.36 / 0.25) = 48.39. */
static void test_mean(void)
{
    g_autoptr(paper) p = two_places();
    g_autoptr(plx_gaps) gaps = read_weighted(p, "place,Graz,0.4\nplace,Wien,0.6\n");
    const struct plx_voice *voice = customers(gaps);
    g_assert_cmpint(voice->n, ==, 80);
    g_assert_cmpint(voice->counts[4], ==, 60);
    g_assert_cmpfloat_with_epsilon(voice->mean, 3.2, 1e-5);
    g_assert_cmpfloat_with_epsilon(voice->desired_share, 0.4, 1e-5);
    gboolean told = FALSE;
    for (guint i = 0; i < gaps->n_notes; i++) {
        if (strcmp(gaps->notes[i].code, "weighted") != 0)
            continue;
        told = TRUE;
        g_assert_cmpint(gaps->notes[i].count, ==, 48);
        g_assert_cmpstr(gaps->notes[i].detail, ==, "m.csv: 80 people, design effect 1.65");
    }
    g_assert_true(told);
}

/* Wider than of as many who count alike. */
static void test_interval(void)
{
    g_autoptr(paper) even = two_places();
    g_autoptr(paper) skewed = two_places();
    g_autoptr(plx_gaps) as_is = read_weighted(even, "place,Graz,0.75\nplace,Wien,0.25\n");
    g_autoptr(plx_gaps) raked = read_weighted(skewed, "place,Graz,0.4\nplace,Wien,0.6\n");
    const struct plx_voice *a = customers(as_is);
    const struct plx_voice *b = customers(raked);
    g_assert_cmpfloat_with_epsilon(a->mean, 4.25, 1e-5);
    g_assert_cmpfloat(b->mean_ci.hi - b->mean_ci.lo, >, a->mean_ci.hi - a->mean_ci.lo);
    g_assert_cmpfloat(b->mean_ci.lo, <, 3.2);
    g_assert_cmpfloat(b->mean_ci.hi, >, 3.2);
}

/* Two margins at once: each holds, as the means of what each value stands for show. */
static void test_two_margins(void)
{
    g_autoptr(paper) p = two_places();
    g_autoptr(plx_gaps) gaps = read_weighted(
        p, "place,Graz,0.5\nplace,Wien,0.5\nchannel,shop,0.8\nchannel,telephone,0.2\n");
    g_assert_cmpfloat_with_epsilon(customers(gaps)->mean, 3.5, 1e-5);
}

static void refuse(const char *rows, gint code, const char *message)
{
    g_autoptr(paper) p = two_places();
    g_autoptr(GError) error = NULL;
    g_assert_null(weigh(p, rows, &error));
    g_assert_error(error, PLX_ERROR, code);
    g_assert_cmpstr(error->message, ==, message);
}

static void test_faults(void)
{
    refuse("place,Graz,1\n", PLX_ERROR_INPUT,
           "m.csv:2: place \"Wien\" has answers and no share; expected a row for it");
    refuse("place,Graz,0.4\nplace,Linz,0.3\nplace,Wien,0.3\n", PLX_ERROR_INPUT,
           "m.csv:3: place \"Linz\" is to be 30 % of all, and nobody of it has answered; expected "
           "only values that have answers");
    refuse(
        "place,Graz,0\nplace,Wien,1\n", PLX_ERROR_INPUT,
        "m.csv:2: place \"Graz\" is to be 0 % of all, and people of it have answered; expected a "
        "share above 0 (--where leaves them out)");
    refuse("language,de,1\n", PLX_ERROR_INPUT,
           "m.csv:2: there are answers without a language; expected a row with an empty value for "
           "them");
    refuse("place,Graz,0.01\nplace,Wien,0.99\nchannel,shop,0.2\nchannel,telephone,0.8\n",
           PLX_ERROR_INPUT,
           "m.csv:5: channel \"telephone\" is to be 80 % of all; with weights of 0.1 to 10 times "
           "their mean it can be 0.625 to 62.5 %; expected values joined, or more answers");
}

static void test_nobody(void)
{
    g_autoptr(paper) p = paper_new(map_yaml, "audience,respondent,place,point,level");
    paper_add(p, 3, "leader,l%u,Graz,till,6");
    g_autoptr(GError) error = NULL;
    g_assert_null(weigh(p, "place,Graz,1\n", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/weights/mean", test_mean);
    g_test_add_func("/weights/interval", test_interval);
    g_test_add_func("/weights/two-margins", test_two_margins);
    g_test_add_func("/weights/faults", test_faults);
    g_test_add_func("/weights/nobody", test_nobody);
    return g_test_run();
}
