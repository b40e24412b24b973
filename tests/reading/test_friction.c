/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/friction.h"

#include "base/error.h"
#include "bench/truth_judge.h"
#include "ingest/file_source.h"
#include "map/map_file.h"
#include "reading/friction_exact.h"

#include <math.h>
#include <string.h>

static const char shop[] = "parallax: 1\ntitle: Shop\n"
                           "journeys:\n  - title: Order\n    transactions:\n"
                           "      - title: Pay\n        points:\n"
                           "          - title: Till\n          - title: Door\n"
                           "          - title: Shelf\n";

static plx_map *map_of(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(text, strlen(text), "shop.yaml", &error);
    g_assert_no_error(error);
    return map;
}

static plx_friction *read_with(plx_map *map, const char *csv, guint threads,
                               const struct plx_gaps_options *options, GError **error)
{
    g_autoptr(GError) failure = NULL;
    const struct plx_file_options how = {.threads = threads};
    g_autoptr(plx_source) source =
        plx_file_source_new_memory(csv, strlen(csv), "ratings.csv", map, &how, &failure);
    g_assert_no_error(failure);
    return plx_friction_read(source, options, error);
}

static plx_friction *read_text(plx_map *map, const char *csv,
                               const struct plx_gaps_options *options)
{
    g_autoptr(GError) error = NULL;
    plx_friction *friction = read_with(map, csv, 1, options, &error);
    g_assert_no_error(error);
    return friction;
}

static char *refused(plx_map *map, const char *csv, const struct plx_gaps_options *options,
                     gint code)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(read_with(map, csv, 1, options, &error));
    g_assert_error(error, PLX_ERROR, code);
    return g_strdup(error->message);
}

static const struct plx_friction_point *point_of(const plx_friction *friction, const char *id)
{
    for (guint p = 0; p < friction->n_points; p++)
        if (strcmp(friction->points[p].point, id) == 0)
            return &friction->points[p];
    g_error("there is no point %s", id);
}

static const struct plx_gaps_note *note_of(const plx_friction *friction, const char *code)
{
    for (guint i = 0; i < friction->about.notes->len; i++) {
        const struct plx_gaps_note *note =
            &g_array_index(friction->about.notes, struct plx_gaps_note, i);
        if (strcmp(note->code, code) == 0)
            return note;
    }
    g_error("there is no note %s", code);
}

static void is_share(const struct plx_friction_part *part, gint64 x, gint64 n)
{
    const struct plx_interval ci = plx_wilson((double)x, (double)n, 0.95, FALSE);
    g_assert_cmpint(part->n, ==, n);
    g_assert_cmpfloat_with_epsilon(part->share, (double)x / (double)n, 1e-12);
    g_assert_cmpfloat_with_epsilon(part->ci.lo, ci.lo, 1e-12);
    g_assert_cmpfloat_with_epsilon(part->ci.hi, ci.hi, 1e-12);
}

static const struct plx_gaps_options everything = {0};

/* Ten customers; what of it is friction is counted by hand. */
static void test_parts(void)
{
    static const char csv[] =
        "audience,respondent,point,level,effort,hesitation,surprise,prompt,note,language\n"
        "customer,a,Till,1,2,1,bad,,,\n"
        "customer,b,Till,2,4,0,none,,,\n"
        "customer,c,Till,3,5,0,good,,,\n"
        "customer,d,Till,4,7,,none,,,\n"
        "customer,e,Till,5,na,1,none,,,\n"
        "customer,f,Till,6,6,0,,,,\n"
        "customer,g,Till,3,,0,none,comment,I waited and waited,en\n"
        "customer,h,Till,3,,0,none,complaint,Again the wrong price,en\n"
        "customer,i,Till,3,,0,none,comment,Fine,en\n"
        "customer,j,Till,3,,0,none,comment,All well,en\n"
        "customer,k,Till,,,,,well,So quick,en\n"
        "customer,l,Door,4,,,,,,\n";
    g_autoptr(plx_map) map = map_of(shop);
    map->audiences[3].minimum = 1;
    g_autoptr(plx_friction) friction = read_text(map, csv, &everything);
    g_assert_cmpuint(friction->n_points, ==, 2);
    const struct plx_friction_part *till = point_of(friction, "till")->parts;
    is_share(&till[PLX_FRICTION_BELOW], 2, 10);
    is_share(&till[PLX_FRICTION_FLOOR], 1, 10);
    is_share(&till[PLX_FRICTION_HARD], 2, 5);
    is_share(&till[PLX_FRICTION_HESITATED], 2, 9);
    is_share(&till[PLX_FRICTION_SURPRISED], 1, 9);
    is_share(&till[PLX_FRICTION_COMPLAINED], 1, 11);
    is_share(&till[PLX_FRICTION_WAITING], 1, 5);
    is_share(&till[PLX_FRICTION_REPEATING], 1, 5);
    const struct plx_friction_part *door = point_of(friction, "door")->parts;
    is_share(&door[PLX_FRICTION_BELOW], 0, 1);
    is_share(&door[PLX_FRICTION_COMPLAINED], 0, 1);
    for (guint k = PLX_FRICTION_HARD; k < PLX_FRICTION_KINDS; k++) {
        if (k == PLX_FRICTION_COMPLAINED)
            continue;
        g_assert_cmpint(door[k].n, ==, PLX_NO_COUNT); /* nobody was asked: no 0 */
        g_assert_true(isnan(door[k].share));
        g_assert_cmpint(door[k].suppressed, ==, PLX_SHOWN);
    }
}

/* The card of the whole journey: shares by hand, of those it happened to; never in the figure. */
static void test_ticks(void)
{
    static const char *const ticks[] = {"-1", "-1", "-1", "0",  "0",  "0",       "0",
                                        "0",  "1",  "1",  "na", "na", "declined"};
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,level,card\n");
    for (guint i = 0; i < G_N_ELEMENTS(ticks); i++)
        g_string_append_printf(csv, "customer,c%u,Till,4,%s\ncustomer,c%u,Door,,%s\n", i, ticks[i],
                               i, i < 4 ? ticks[i] : "");
    g_string_append(csv, "customer,x,Shelf,3,\n");
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    const struct plx_friction_ticks *const till = &point_of(friction, "till")->ticks;
    is_share(&(struct plx_friction_part){till->n, till->persons, till->fell_short,
                                         till->fell_short_ci, PLX_SHOWN},
             3, 10);
    is_share(&(struct plx_friction_part){till->n, till->persons, till->delighted,
                                         till->delighted_ci, PLX_SHOWN},
             2, 10);
    is_share(&(struct plx_friction_part){till->absent_n, till->persons, till->absent_share,
                                         till->absent_ci, PLX_SHOWN},
             2, 12);
    g_assert_cmpint(till->persons, ==, 10);
    g_assert_cmpint(till->absent, ==, 2);
    g_assert_cmpfloat(point_of(friction, "till")->figure.share, ==, 0);
    const struct plx_friction_ticks *const door = &point_of(friction, "door")->ticks;
    g_assert_cmpint(door->suppressed, ==, PLX_HIDDEN_FEW); /* four people */
    g_assert_cmpint(door->n, ==, PLX_NO_COUNT);
    g_assert_cmpint(door->absent, ==, PLX_NO_COUNT);
    g_assert_true(isnan(door->fell_short) && isnan(door->delighted) && isnan(door->absent_share));
    const struct plx_friction_ticks *const shelf = &point_of(friction, "shelf")->ticks;
    g_assert_cmpint(shelf->suppressed, ==, PLX_SHOWN);
    g_assert_cmpint(shelf->n, ==, PLX_NO_COUNT); /* nobody was asked: no 0 */
}

/* Ticks alone are something to show. */
static void test_ticks_alone(void)
{
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,card\n");
    for (guint i = 0; i < 12; i++)
        g_string_append_printf(csv, "customer,c%u,Till,%d\n", i % 6, i < 6 ? 1 : -1);
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    const struct plx_friction_ticks *const till = &point_of(friction, "till")->ticks;
    g_assert_cmpint(till->n, ==, 12);
    g_assert_cmpint(till->persons, ==, 6);
    g_assert_cmpfloat(till->delighted, ==, 0.5);
    g_assert_true(isnan(till->absent_ci.lo)); /* people who ticked two cards */
}

/* A flag that never says no has no share; a complaint about nothing is not the points'. */
static void test_unknown(void)
{
    g_autoptr(GString) csv =
        g_string_new("audience,respondent,point,level,hesitation,prompt,note,language\n");
    for (guint i = 0; i < 12; i++)
        g_string_append_printf(csv, "customer,c%u,Till,%u,%s,,,\n", i, 1 + i % 6, i % 3 ? "" : "1");
    g_string_append(csv, "customer,x,,,,complaint,Too far away,en\n"
                         "customer,y,Till,,,comment,Taas jonossa,fi\n");
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    const struct plx_friction_part *till = point_of(friction, "till")->parts;
    g_assert_cmpint(till[PLX_FRICTION_HESITATED].n, ==, PLX_NO_COUNT);
    g_assert_cmpint(till[PLX_FRICTION_COMPLAINED].n, ==, PLX_NO_COUNT);
    g_assert_cmpint(till[PLX_FRICTION_WAITING].n, ==, PLX_NO_COUNT);
    g_assert_cmpint(note_of(friction, "flag_never_no")->count, ==, 4);
    g_assert_cmpstr(note_of(friction, "flag_never_no")->detail, ==, "hesitation");
    g_assert_cmpint(note_of(friction, "language_unread")->count, ==, 1);
    g_assert_cmpint(note_of(friction, "complaints_elsewhere")->count, ==, 1);
}

/* Every cut of both directions. */
static void test_values(void)
{
    struct plx_scale scale = {.min = 1, .max = 6, .floor = 1, .met = 3};
    guint from, to;
    g_assert_true(plx_friction_values(PLX_FRICTION_BELOW, &scale, &from, &to));
    g_assert_cmpuint(from, ==, 0);
    g_assert_cmpuint(to, ==, 1);
    g_assert_true(plx_friction_values(PLX_FRICTION_FLOOR, &scale, &from, &to));
    g_assert_cmpuint(from, ==, 0);
    g_assert_cmpuint(to, ==, 0);
    scale.met = 1;
    g_assert_true(plx_friction_values(PLX_FRICTION_HARD, &scale, &from, &to));
    g_assert_cmpuint(from, >, to); /* nothing is below the lowest */
    scale = (struct plx_scale){.min = 0, .max = 4, .floor = 3, .met = 1, .down = TRUE};
    g_assert_true(plx_friction_values(PLX_FRICTION_BELOW, &scale, &from, &to));
    g_assert_cmpuint(from, ==, 2);
    g_assert_cmpuint(to, ==, 4);
    g_assert_true(plx_friction_values(PLX_FRICTION_FLOOR, &scale, &from, &to));
    g_assert_cmpuint(from, ==, 3);
    g_assert_cmpuint(to, ==, 4);
    scale.floor = PLX_NO_CUT;
    g_assert_false(plx_friction_values(PLX_FRICTION_FLOOR, &scale, &from, &to));
}

/* Klein, Wright & Wieczorek (2020): only wholly separate intervals tell an order. */
static void test_ranks(void)
{
    const struct plx_interval ci[] = {{0.50, 0.60}, {0.30, 0.40}, {0.35, 0.45},
                                      {0.40, 0.48}, {0.05, 0.10}, {0.10, 0.12}};
    const guint bests[] = {1, 2, 2, 2, 5, 5}, worsts[] = {1, 4, 4, 4, 6, 6};
    guint best[6], worst[6];
    plx_friction_ranks(ci, 6, best, worst);
    for (guint i = 0; i < 6; i++) {
        g_assert_cmpuint(best[i], ==, bests[i]);
        g_assert_cmpuint(worst[i], ==, worsts[i]);
    }
}

/* Rows of a world with known chances; people answer at several points and some of them twice. */
static GString *world(guint64 seed, guint people)
{
    GRand *rand = g_rand_new_with_seed((guint32)seed);
    static const char *const points[] = {"Till", "Door", "Shelf"};
    GString *csv =
        g_string_new("audience,respondent,encounter,point,place,level,effort,hesitation\n");
    for (guint i = 0; i < people; i++)
        for (guint visit = 0; visit < 1 + (i % 4 == 0); visit++)
            for (guint p = 0; p < 3; p++) {
                const gint level = g_rand_int_range(rand, 1 + (gint)p, 7);
                g_string_append_printf(csv, "customer,c%u,e%u-%u,%s,%s,%d,", i, i, visit, points[p],
                                       i % 3 ? "Graz" : "Linz", level);
                if (g_rand_int_range(rand, 0, 10) < 7)
                    g_string_append_printf(csv, "%d", g_rand_int_range(rand, 2, 8));
                g_string_append_c(csv, ',');
                if (g_rand_int_range(rand, 0, 10) < 8)
                    g_string_append_printf(csv, "%d", g_rand_int_range(rand, 0, 10) < 2);
                g_string_append_c(csv, '\n');
            }
    g_rand_free(rand);
    return csv;
}

/* The formula, row by row over the text; place NULL: all. */
static void naive(const char *csv, const char *point, const char *place, double *share,
                  gint64 *other_n)
{
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    double below = 0, level = 0, asked = 0, other = 0;
    for (guint i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) cell = g_strsplit(lines[i], ",", -1);
        if (strcmp(cell[3], point) != 0 || (place && strcmp(cell[4], place) != 0))
            continue;
        level++;
        if ((int)g_ascii_strtoll(cell[5], NULL, 10) < 3) {
            below++;
        } else if (*cell[6] && *cell[7]) {
            asked++;
            other += (int)g_ascii_strtoll(cell[6], NULL, 10) < 5 ||
                     (int)g_ascii_strtoll(cell[7], NULL, 10) == 1;
        }
    }
    *share = below / level + (1 - below / level) * other / asked;
    *other_n = (gint64)asked;
}

static void test_figure(void)
{
    static const char *const points[] = {"Till", "Door", "Shelf"};
    static const char *const ids[] = {"till", "door", "shelf"};
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = world(7, 200);
    g_autoptr(plx_friction) friction =
        read_text(map, csv->str, &(struct plx_gaps_options){.by = "place"});
    g_assert_cmpuint(friction->kinds, ==,
                     1u << PLX_FRICTION_BELOW | 1u << PLX_FRICTION_HARD |
                         1u << PLX_FRICTION_HESITATED);
    g_assert_cmpuint(friction->family, ==, 3);
    double before = 1;
    for (guint p = 0; p < 3; p++) {
        double share;
        gint64 n;
        naive(csv->str, points[p], NULL, &share, &n);
        const struct plx_friction_figure *figure = &point_of(friction, ids[p])->figure;
        g_assert_cmpfloat_with_epsilon(figure->share, share, 1e-12);
        g_assert_cmpint(figure->other_n, ==, n);
        g_assert_false(figure->at_least);
        g_assert_cmpfloat(figure->ci.lo, <, share);
        g_assert_cmpfloat(figure->ci.hi, >, share);
        g_assert_cmpfloat(figure->ci_adjusted.lo, <, figure->ci.lo);
        g_assert_cmpfloat(figure->ci_adjusted.hi, >, figure->ci.hi);
        g_assert_cmpfloat(friction->points[p].figure.shrunken, <=, before);
        before = friction->points[p].figure.shrunken;
    }
    g_assert_cmpuint(friction->n_groups, ==, 2);
    for (guint g = 0; g < 2; g++)
        for (guint i = 0; i < 3; i++) {
            const struct plx_friction_group *group = &friction->groups[g];
            const struct plx_friction_point *point = &friction->points[group->points[i]];
            double share;
            gint64 n;
            naive(csv->str, point->title, group->key, &share, &n);
            g_assert_cmpfloat_with_epsilon(group->figures[i].share, share, 1e-12);
            g_assert_cmpint(group->figures[i].other_n, ==, n);
        }
}

/* The interval of the figure covers the truth: below 0.4, further friction of the rest 0.3, of whom
 * half were asked, answers of a person alike. */
static void test_coverage(void)
{
    g_autoptr(plx_map) map = map_of(shop);
    GRand *rand = g_rand_new_with_seed(3);
    const double truth = 0.4 + 0.6 * 0.3;
    guint covered = 0;
    for (guint run = 0; run < 200; run++) {
        g_autoptr(GString) csv = g_string_new("audience,respondent,point,item,level,effort\n");
        for (guint i = 0; i < 120; i++) {
            const gboolean low = g_rand_double(rand) < 0.4, hard = g_rand_double(rand) < 0.3;
            const guint times = i % 3 ? 1 : 2;
            for (guint t = 0; t < times; t++)
                g_string_append_printf(csv, "customer,c%u,Till,%u,%d,%s\n", i, t, low ? 2 : 4,
                                       g_rand_boolean(rand) ? hard ? "2" : "6" : "");
        }
        g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
        const struct plx_interval ci = friction->points[0].figure.ci;
        covered += ci.lo <= truth && truth <= ci.hi;
    }
    g_rand_free(rand);
    g_assert_cmpuint(covered, >=, 180); /* 190 expected; 4 standard errors */
}

/* A kind asked at few points is no part of the figure; a point that lacks one has no rank. */
static void test_asked(void)
{
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,level,effort,hesitation\n");
    for (guint p = 0; p < 10; p++)
        for (guint i = 0; i < 20; i++)
            g_string_append_printf(csv, "customer,c%u,p%u,%u,%s,%s\n", i, p, 1 + (i + p) % 6,
                                   p == 3  ? ""
                                   : i % 2 ? "3"
                                           : "6",
                                   p < 5 ? "0" : "");
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    g_assert_cmpuint(friction->kinds, ==, 1u << PLX_FRICTION_BELOW | 1u << PLX_FRICTION_HARD);
    g_assert_cmpuint(friction->family, ==, 9);
    const struct plx_friction_point *lacks = point_of(friction, "p3");
    g_assert_true(lacks->figure.at_least);
    g_assert_cmpuint(lacks->rank_best, ==, 0);
    g_assert_cmpfloat_with_epsilon(lacks->figure.share, lacks->parts[PLX_FRICTION_BELOW].share,
                                   1e-12);
    g_assert_cmpint(point_of(friction, "p2")->parts[PLX_FRICTION_HESITATED].n, ==, 20);
    g_assert_cmpint(point_of(friction, "p7")->parts[PLX_FRICTION_HESITATED].n, ==, PLX_NO_COUNT);
}

/* Everybody below Expected: there is nobody to ask the rest. */
static void test_edges(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,level,effort\n");
    for (guint i = 0; i < 8; i++)
        g_string_append_printf(csv, "customer,c%u,low,1,2\ncustomer,c%u,high,6,7\n", i, i);
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    const struct plx_friction_figure *low = &point_of(friction, "low")->figure;
    const struct plx_friction_figure *high = &point_of(friction, "high")->figure;
    g_assert_cmpfloat(low->share, ==, 1);
    g_assert_cmpfloat(low->ci.lo, <, 1); /* never a range of nothing */
    g_assert_false(low->at_least);
    g_assert_cmpfloat(high->share, ==, 0);
    g_assert_cmpfloat(high->ci.hi, >, 0);
}

/* All but one below Expected: what that one met may not be shown, yet the point is not left out. */
static void test_few_left(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,level,effort\n");
    for (guint i = 0; i < 30; i++)
        g_string_append_printf(csv, "customer,c%u,low,%u,7\ncustomer,c%u,high,6,7\n", i, i ? 1 : 6,
                               i);
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    const struct plx_friction_point *low = point_of(friction, "low");
    g_assert_true(low->figure.at_least);
    g_assert_true(isnan(low->figure.other));
    g_assert_cmpfloat_with_epsilon(low->figure.share, 29 / 30., 1e-12);
    g_assert_cmpfloat(low->figure.ci.hi, ==, 1);
    g_assert_cmpfloat(low->figure.ci_adjusted.hi, ==, 1);
    g_assert_cmpuint(friction->family, ==, 2);
    g_assert_cmpuint(low->rank_best, ==, 1);
    g_assert_cmpuint(low->rank_worst, ==, 1);
    g_assert_true(low->much);
    g_assert_cmpuint(point_of(friction, "high")->rank_best, ==, 2);
}

/* One answer alone, or none, is no friction. */
static void test_alone(void)
{
    g_autoptr(plx_map) map = plx_map_new_open();
    g_autofree char *alone = refused(map, "audience,respondent,point,level\ncustomer,a,low,1\n",
                                     &everything, PLX_ERROR_NOT_SHOWN);
    g_assert_cmpstr(alone, ==,
                    "nothing that was asked for may be shown; customer: at least 5 persons are "
                    "needed at a point");
    g_autoptr(plx_friction) empty =
        read_text(map, "audience,respondent,point,level\nshopper,a,low,1\n", &everything);
    g_assert_cmpuint(empty->n_points, ==, 0);
    g_assert_cmpint(note_of(empty, "no_answers")->count, ==, -1);
    g_assert_cmpuint(empty->kinds, ==, 0);
}

static void test_small(void)
{
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,place,level,effort\n");
    for (guint i = 0; i < 20; i++)
        g_string_append_printf(csv, "customer,c%u,Till,%s,%u,%s\n", i,
                               i < 3   ? "Graz"
                               : i < 9 ? "Linz"
                                       : "Wien",
                               1 + i % 6, i < 4 ? "2" : "");
    g_autoptr(plx_friction) friction =
        read_text(map, csv->str, &(struct plx_gaps_options){.by = "place"});
    const struct plx_friction_part *hard = &friction->points[0].parts[PLX_FRICTION_HARD];
    g_assert_cmpint(hard->suppressed, ==, PLX_HIDDEN_FEW); /* four were asked */
    g_assert_true(isnan(hard->share));
    g_assert_cmpint(hard->n, ==, PLX_NO_COUNT);
    g_assert_cmpuint(friction->about.notes->len, ==, 1); /* the point is shown, only this is not */
    g_assert_cmpint(note_of(friction, "parts_hidden")->count, ==, 1);
    g_assert_cmpstr(note_of(friction, "parts_hidden")->detail, ==, "hard");
    static const enum plx_suppression hidden[] = {PLX_HIDDEN_FEW, PLX_HIDDEN_COMPLEMENTARY,
                                                  PLX_SHOWN};
    for (guint g = 0; g < 3; g++) {
        g_assert_cmpint(friction->groups[g].figures[0].suppressed, ==, hidden[g]);
        g_assert_true(isnan(friction->groups[g].figures[0].share) == (hidden[g] != PLX_SHOWN));
    }
}

/* Graz's answers to the rest come from three people: they are not all less those of Wien. */
static void test_small_rest(void)
{
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,place,level,effort\n");
    for (guint i = 0; i < 40; i++)
        g_string_append_printf(csv, "customer,c%u,Till,%s,%u,%s\n", i,
                               i < 10   ? "Graz"
                               : i < 20 ? "Linz"
                                        : "Wien",
                               4 + i % 2,
                               i >= 3 && i < 10 ? ""
                               : i % 3          ? "6"
                                                : "2");
    g_autoptr(plx_friction) friction =
        read_text(map, csv->str, &(struct plx_gaps_options){.by = "place"});
    g_assert_cmpint(friction->points[0].figure.other_n, ==, 33);
    static const gint64 asked[] = {PLX_NO_COUNT, PLX_NO_COUNT, 20};
    for (guint g = 0; g < 3; g++) {
        const struct plx_friction_figure *figure = &friction->groups[g].figures[0];
        g_assert_cmpint(figure->other_n, ==, asked[g]);
        g_assert_true(isnan(figure->other) == (asked[g] == PLX_NO_COUNT));
        g_assert_true(figure->at_least == (asked[g] == PLX_NO_COUNT));
    }
}

/* A protected audience that is served is looked at as a whole only. */
static void test_protected(void)
{
    static const char ward[] = "parallax: 1\ntitle: Ward\n"
                               "audiences: {patient: {title: Patients, served: true, protected: "
                               "true}, customer: {served: false}}\n"
                               "journeys:\n  - title: Stay\n    transactions:\n"
                               "      - title: In\n        points: [{title: Bed}]\n";
    g_autoptr(plx_map) map = map_of(ward);
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,place,level\n");
    for (guint i = 0; i < 30; i++)
        g_string_append_printf(csv, "patient,p%u,Bed,%s,%u\n", i, i % 2 ? "A" : "B", 1 + i % 6);
    g_autoptr(plx_friction) whole = read_text(map, csv->str, &everything);
    g_assert_cmpint(whole->points[0].parts[PLX_FRICTION_BELOW].n, ==, 30);
    const char *const where[] = {"place=A", NULL};
    g_autofree char *cut =
        refused(map, csv->str, &(struct plx_gaps_options){.where = where}, PLX_ERROR_NOT_SHOWN);
    g_autofree char *split =
        refused(map, csv->str, &(struct plx_gaps_options){.by = "place"}, PLX_ERROR_NOT_SHOWN);
    g_assert_cmpstr(cut, ==,
                    "nothing that was asked for may be shown; patient is protected: friction looks "
                    "at it as a whole only, without dates, --where and --by");
    g_assert_cmpstr(split, ==, cut);
}

static void test_unseen(void)
{
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,level,believed\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(csv,
                               "customer,c%u,Till,%u,\ncustomer,c%u,Door,%u,\n"
                               "customer,c%u,Shelf,%u,\n",
                               i, 1 + i % 3, i, 1 + i % 3, i, 5 + i % 2);
    for (guint i = 0; i < 12; i++)
        g_string_append_printf(csv,
                               "leader,l%u,Till,%u,\nleader,l%u,Door,%u,\n"
                               "staff,s%u,Door,,9\nleader,l%u,Shelf,6,\n",
                               i, 5 + i % 2, i, 1 + i % 3, i, i);
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    const struct plx_friction_point *till = point_of(friction, "till");
    const struct plx_friction_point *door = point_of(friction, "door");
    g_assert_true(till->much);
    g_assert_cmpuint(till->n_unseen, ==, 1);
    g_assert_cmpstr(map->audiences[till->unseen[0].audience].id, ==, "leader");
    g_assert_cmpint(till->unseen[0].verdict, ==, PLX_VERDICT_BLIND_SPOT);
    g_assert_cmpuint(door->n_unseen, ==, 1);
    g_assert_cmpstr(map->audiences[door->unseen[0].audience].id, ==, "staff");
    g_assert_cmpint(door->unseen[0].verdict, ==, PLX_VERDICT_OVERESTIMATES);
    g_assert_false(point_of(friction, "shelf")->much);
    g_assert_cmpuint(point_of(friction, "shelf")->n_unseen, ==, 0);
}

/* Who is hidden everywhere is among the notes: nobody is to think that they see it. */
static void test_hidden(void)
{
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = g_string_new("audience,respondent,point,level\n");
    for (guint i = 0; i < 60; i++)
        g_string_append_printf(csv, "customer,c%u,Till,%u\n", i, 1 + i % 3);
    for (guint i = 0; i < 12; i++)
        g_string_append_printf(csv, "%s,i%u,Till,5\n", i < 4 ? "leader" : "staff", i);
    g_autoptr(plx_friction) friction = read_text(map, csv->str, &everything);
    g_assert_cmpuint(friction->about.notes->len, ==, 1);
    const struct plx_gaps_note *note = note_of(friction, "audience_hidden");
    g_assert_cmpstr(map->audiences[note->audience].id, ==, "leader");
    g_assert_cmpint(note->count, ==, 4);
    g_assert_cmpstr(note->detail, ==, "5");
}

static void test_refused(void)
{
    static const char csv[] = "audience,respondent,point,level\ncustomer,a,Till,1\n";
    g_autoptr(plx_map) map = map_of(shop);
    g_autofree char *measure =
        refused(map, csv, &(struct plx_gaps_options){.measure = "effort"}, PLX_ERROR_USAGE);
    g_assert_cmpstr(measure, ==,
                    "--measure \"effort\": friction looks at all measures together; leave it out");
    g_autofree char *by =
        refused(map, csv, &(struct plx_gaps_options){.by = "transaction"}, PLX_ERROR_USAGE);
    g_assert_cmpstr(by, ==,
                    "--by transaction: friction tells points apart already; --by place, channel, "
                    "source, language, month, week or segment.NAME splits them, --where "
                    "transaction=NAME chooses");
    g_autofree char *nothing =
        refused(map, csv, &(struct plx_gaps_options){.by = "place"}, PLX_ERROR_USAGE);
    g_assert_cmpstr(nothing, ==, "--by place: no answer has a place");
    const char *const leaders[] = {"leader", NULL};
    g_autofree char *unserved =
        refused(map, csv, &(struct plx_gaps_options){.audiences = leaders}, PLX_ERROR_NOT_FOUND);
    g_assert_cmpstr(unserved, ==,
                    "friction is what the people served meet, and none of the audiences asked for "
                    "is served: leave --audiences out, or say who is: --declare NAME:served");
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void same_figure(const struct plx_friction_figure *a, const struct plx_friction_figure *b)
{
    g_assert_cmpint(a->n, ==, b->n);
    g_assert_cmpint(a->persons, ==, b->persons);
    g_assert_cmpint(a->other_n, ==, b->other_n);
    g_assert_cmpfloat(a->share, ==, b->share);
    g_assert_cmpfloat(a->ci.lo, ==, b->ci.lo);
    g_assert_cmpfloat(a->ci.hi, ==, b->ci.hi);
}

/* Neither the order of rows nor the number of threads changes anything. */
static void test_order(void)
{
    g_autoptr(plx_map) map = map_of(shop);
    g_autoptr(GString) csv = world(11, 150);
    g_auto(GStrv) lines = g_strsplit(csv->str, "\n", -1);
    qsort(lines + 1, g_strv_length(lines) - 2, sizeof *lines, by_text);
    g_autofree char *sorted = g_strjoinv("\n", lines);
    const struct plx_gaps_options options = {.by = "place"};
    g_autoptr(plx_friction) a = read_text(map, csv->str, &options);
    g_autoptr(plx_friction) b = read_with(map, sorted, 3, &options, NULL);
    for (guint p = 0; p < 3; p++) {
        g_assert_cmpstr(a->points[p].point, ==, b->points[p].point);
        same_figure(&a->points[p].figure, &b->points[p].figure);
        for (guint k = 0; k < PLX_FRICTION_HESITATED; k++) {
            g_assert_cmpfloat(a->points[p].parts[k].share, ==, b->points[p].parts[k].share);
            g_assert_cmpfloat(a->points[p].parts[k].ci.lo, ==, b->points[p].parts[k].ci.lo);
        }
    }
    for (guint g = 0; g < 2; g++)
        for (guint i = 0; i < 3; i++)
            same_figure(&a->groups[g].figures[i], &b->groups[g].figures[i]);
}

/* The demo's friction is found, and no other; bench/truth takes 20 samples. */
static void test_demo(void)
{
    for (guint64 seed = 1; seed <= 3; seed++) {
        const struct plx_truth_named named = plx_truth_judge_friction(seed);
        g_assert_cmpuint(named.planted, ==, 1);
        g_assert_cmpuint(named.others, ==, 0);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reading/friction/parts", test_parts);
    g_test_add_func("/reading/friction/ticks", test_ticks);
    g_test_add_func("/reading/friction/ticks_alone", test_ticks_alone);
    g_test_add_func("/reading/friction/unknown", test_unknown);
    g_test_add_func("/reading/friction/values", test_values);
    g_test_add_func("/reading/friction/ranks", test_ranks);
    g_test_add_func("/reading/friction/figure", test_figure);
    g_test_add_func("/reading/friction/coverage", test_coverage);
    g_test_add_func("/reading/friction/asked", test_asked);
    g_test_add_func("/reading/friction/edges", test_edges);
    g_test_add_func("/reading/friction/few-left", test_few_left);
    g_test_add_func("/reading/friction/alone", test_alone);
    g_test_add_func("/reading/friction/small", test_small);
    g_test_add_func("/reading/friction/small_rest", test_small_rest);
    g_test_add_func("/reading/friction/protected", test_protected);
    g_test_add_func("/reading/friction/unseen", test_unseen);
    g_test_add_func("/reading/friction/hidden", test_hidden);
    g_test_add_func("/reading/friction/refused", test_refused);
    g_test_add_func("/reading/friction/order", test_order);
    g_test_add_func("/reading/friction/demo", test_demo);
    return g_test_run();
}
