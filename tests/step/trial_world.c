/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trial_world.h"

#include "base/date.h"
#include "stats/random.h"

#include <math.h>
#include <string.h>

#define SHOP                                                                                       \
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n    transactions:\n"                   \
    "      - title: In\n        points:\n          - {title: Door}\n"                              \
    "          - {title: Desk}\n          - {title: Till}\n"

world world_new(void)
{
    return (world){.treated = 4,
                   .compared = 4,
                   .per_week = 10,
                   .from_week = -40,
                   .until_week = 30,
                   .web_before = 50,
                   .web_after = 50,
                   .seed = 1};
}

gint32 world_start(void)
{
    return plx_date_days(WORLD_START_YEAR, WORLD_START_MONTH, WORLD_START_DAY);
}

struct writer {
    const world *w;
    struct plx_random random;
    GPtrArray *rows;
    gint week;
    guint place;
};

static gboolean is_treated(const struct writer *to)
{
    return to->place < to->w->treated;
}

/* What is felt at a point: 0 door, 1 desk, 2 till. */
static double felt(const struct writer *to, guint point)
{
    const world *const w = to->w;
    const gboolean treated = is_treated(to), after = to->week >= 0;
    const double place = 0.15 * (to->place % 4) - 0.2;
    double mean = 3.6 - 0.2 * (point == 1) + place;
    if (point == 0 && treated && after)
        mean += w->lift_of_door;
    if (point != 1)
        return mean;
    if (to->week >= -8 && !after)
        mean += w->dip + (treated ? w->dip_of_treated : 0);
    if (treated)
        mean += w->drift * to->week + (after ? w->lift : 0) - (to->week >= 13 ? w->fade : 0);
    return mean;
}

static void add_answer(struct writer *to, guint i, guint point)
{
    static const char *const ids[] = {"door", "desk", "till"};
    const world *const w = to->w;
    char day[PLX_DATE_SIZE];
    const gboolean treated = is_treated(to), after = to->week >= 0;
    const double level = felt(to, point) + 0.9 * plx_random_normal(&to->random);
    const double hoped =
        4 + plx_random_normal(&to->random) + (treated && after && point == 1 ? w->importance : 0);
    const guint web = !treated ? 50 : after ? w->web_after : w->web_before;
    const gboolean online = plx_random_uniform(&to->random) * 100 < web;
    plx_date_format(world_start() + 7 * to->week + (gint)(i % 7), day);
    g_ptr_array_add(
        to->rows,
        g_strdup_printf("customer,r%u,%s%u,%s,%s,visit,%s,%d,%d,\n", to->rows->len,
                        treated ? "t" : "c", treated ? to->place : to->place - w->treated, day,
                        online ? "web" : "shop", point == 1 && w->point ? w->point : ids[point],
                        (int)CLAMP(floor(level + 0.5), 1, 6), (int)CLAMP(floor(hoped), 1, 5)));
    if (point == 2)
        g_ptr_array_add(to->rows,
                        g_strdup_printf("customer,r%u,%s%u,%s,%s,visit,,,,%d\n", to->rows->len - 1,
                                        treated ? "t" : "c",
                                        treated ? to->place : to->place - w->treated, day,
                                        online ? "web" : "shop", 3 + (int)(to->rows->len % 3)));
}

paper *world_write(const world *w, const char *yaml)
{
    paper *const p =
        paper_new(yaml ? yaml : SHOP, "audience,respondent,place,time,channel,journey,point,level,"
                                      "importance,overall");
    struct writer to = {.w = w, .rows = g_ptr_array_new_with_free_func(g_free)};
    plx_random_seed(&to.random, w->seed);
    for (to.week = w->from_week; to.week < w->until_week; to.week++)
        for (to.place = 0; to.place < w->treated + w->compared; to.place++)
            for (guint i = 0; i < w->per_week; i++)
                for (guint point = 0; point < 3; point++)
                    add_answer(&to, i, point);
    for (guint i = 0; i < to.rows->len; i++)
        g_string_append(p->csv, to.rows->pdata[w->backwards ? to.rows->len - 1 - i : i]);
    g_ptr_array_unref(to.rows);
    return p;
}

static char **names_of(const char *asked, const char *letter, guint n)
{
    if (asked)
        return *asked ? g_strsplit(asked, ",", 0) : g_new0(char *, 1);
    char **const names = g_new0(char *, n + 1);
    for (guint i = 0; i < n; i++)
        names[i] = g_strdup_printf("%s%u", letter, i);
    return names;
}

GPtrArray *world_step(const world *w, const plx_map *map, const struct world_ask *ask)
{
    g_autoptr(GError) error = NULL;
    char start[PLX_DATE_SIZE];
    g_auto(GStrv) places = names_of(ask->places, "t", w->treated);
    g_auto(GStrv) compare = names_of(ask->compare, "c", w->compared);
    g_auto(GStrv) known = g_new0(char *, g_strv_length(places) + g_strv_length(compare) + 1);
    const char *const untouched[] = {ask->untouched, NULL};
    guint n = 0;
    for (guint i = 0; places[i]; i++)
        known[n++] = g_strdup(places[i]);
    for (guint i = 0; compare[i]; i++)
        known[n++] = g_strdup(compare[i]);
    const struct plx_step_ask asked = {.point = "desk",
                                       .from = "3",
                                       .share = "0.6",
                                       .start = plx_date_format(world_start() + ask->later, start),
                                       .window = ask->window,
                                       .untouched = untouched,
                                       .places = (const char *const *)places,
                                       .compare = (const char *const *)compare};
    struct plx_step_plan *plan = NULL;
    plx_step_plan_make(NULL, &asked, map, (const char *const *)known, "anna", &plan, &error);
    g_assert_no_error(error);
    g_autofree char *text = plx_step_plan_text(plan);
    plx_step_plan_free(plan);
    GPtrArray *const steps = g_ptr_array_new_with_free_func(plx_step_free);
    const gint64 when = (gint64)(world_start() + 7 * ask->weeks) * PLX_DAY_SECONDS;
    plx_step_apply(steps, 0, when, "anna", "add", text, "act", &error);
    g_assert_no_error(error);
    return steps;
}

plx_trial *world_trial(paper *p, const GPtrArray *steps, gint weeks)
{
    g_autoptr(GError) error = NULL;
    const struct plx_trial_options options = {world_start() + 7 * weeks, 1, steps, NULL};
    plx_trial *const trial = plx_trial_read(paper_source(p), steps->pdata[0], &options, &error);
    g_assert_no_error(error);
    return trial;
}

static void put_figure(GString *out, const struct plx_trial_figure *it)
{
    g_string_append_printf(out, " %d/%d %.17g %.17g", (int)it->n, (int)it->persons, it->mean,
                           it->reached);
}

static void put_change(GString *out, const char *name, const struct plx_place_change *it)
{
    g_string_append_printf(out, "%s %.17g %.17g %.17g %.17g %.17g %.17g\n", name, it->treated,
                           it->comparison, it->estimate, it->ci.lo, it->ci.hi, it->p_permuted);
}

static void put_beside(GString *out, const plx_trial *t)
{
    for (guint c = 0; c < PLX_CHECKS; c++)
        g_string_append_printf(
            out, "%s %s %s %.17g %.17g %.17g %u\n", plx_trial_check_code(t->checks[c].check),
            plx_trial_finding_code(t->checks[c].finding), t->checks[c].subject,
            t->checks[c].estimate, t->checks[c].ci.lo, t->checks[c].ci.hi, t->checks[c].looked_at);
    g_string_append_printf(out, "series %d %u %u %.17g %.17g %.17g\n", t->series.known,
                           t->series.weeks_before, t->series.weeks_after, t->series.level,
                           t->series.slope, t->series.level_ci.lo);
    g_string_append_printf(out, "placebo %u %u %u %u %u\n", t->placebo.tried, t->placebo.up,
                           t->placebo.down, t->placebo.points, t->placebo.starts);
    g_string_append_printf(out, "elsewhere %u %u %u\n", t->elsewhere.tried, t->elsewhere.up,
                           t->elsewhere.down);
    g_string_append_printf(out, "rebound %u %.17g %.17g\n", t->rebound.replays, t->rebound.rise,
                           t->rebound.ci.lo);
    put_change(out, plx_trial_keep_code(t->keep), &t->kept);
    put_change(out, "faded", &t->faded);
    put_change(out, "whole", &t->whole);
}

char *world_text(const plx_trial *t)
{
    GString *const out = g_string_new(NULL);
    g_string_append_printf(out, "%s %u %d %u %u %d %d %d %d %d\n",
                           plx_step_verdict_code(t->decision.verdict), t->decision.weakness,
                           t->decision.design, t->decision.treated, t->decision.comparison, t->look,
                           t->next_look, t->baseline, t->until, t->no_answers_after);
    put_change(out, "decision", &t->decision.change);
    for (guint l = 0; l < t->n_earlier; l++)
        g_string_append_printf(out, "%s\n", plx_step_verdict_code(t->earlier[l].verdict));
    for (guint s = 0; s < 2; s++)
        for (guint when = 0; when < 2; when++)
            put_figure(out, &t->side[s][when]);
    for (guint p = 0; p < t->n_places; p++) {
        g_string_append_printf(out, "\n%s %d %d %.17g", t->places[p].name, t->places[p].treated,
                               t->places[p].counts, t->places[p].change);
        put_figure(out, &t->places[p].before);
        put_figure(out, &t->places[p].after);
    }
    for (guint w = 0; w < t->n_weeks; w++) {
        g_string_append_printf(out, "\n%s", t->weeks[w].key);
        put_figure(out, &t->weeks[w].side[0]);
        put_figure(out, &t->weeks[w].side[1]);
    }
    g_string_append_c(out, '\n');
    put_beside(out, t);
    return g_string_free(out, FALSE);
}
