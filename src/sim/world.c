/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim/world.h"

#include "base/number.h"
#include "sim/world_part.h"

struct plx_random plx_world_stream(const struct plx_world *world, enum plx_stream kind, guint i)
{
    struct plx_random random;
    plx_random_seed_stream(&random, world->seed, ((guint64)kind << 32) | i);
    return random;
}

void plx_encounter_begin(struct plx_encounter *e, const char *audience, const char *letter,
                         guint number, const char *person_letter, gint respondent)
{
    e->row = plx_row_new();
    g_snprintf(e->encounter, sizeof e->encounter, "%s%u", letter, number);
    e->row.text[PLX_ROW_ENCOUNTER] = e->encounter;
    e->row.text[PLX_ROW_AUDIENCE] = audience;
    e->row.text[PLX_ROW_LANGUAGE] = "en";
    if (respondent < 0)
        return;
    g_snprintf(e->respondent, sizeof e->respondent, "%s%d", person_letter, respondent);
    e->row.text[PLX_ROW_RESPONDENT] = e->respondent;
}

void plx_encounter_time(const struct plx_truth *truth, struct plx_encounter *e, guint month,
                        guint day, guint later, gint minute)
{
    const guint index = truth->first_month - 1 + month;
    const guint last = truth->first_month - 1 + PLX_TRUTH_MONTHS;
    g_autoptr(GDate) date = g_date_new_dmy((GDateDay)(day + 1), (GDateMonth)(index % 12 + 1),
                                           (GDateYear)(truth->first_year + index / 12));
    g_autoptr(GDate) end =
        g_date_new_dmy(1, (GDateMonth)(last % 12 + 1), (GDateYear)(truth->first_year + last / 12));
    g_date_subtract_days(end, 1);
    g_date_add_days(date, later);
    if (g_date_compare(date, end) > 0)
        *date = *end;
    const int n = g_snprintf(e->time, sizeof e->time, "%04u-%02u-%02u", g_date_get_year(date),
                             (guint)g_date_get_month(date), g_date_get_day(date));
    if (minute >= 0)
        g_snprintf(e->time + n, sizeof e->time - (gsize)n, "T%02d:%02d", minute / 60, minute % 60);
    e->row.text[PLX_ROW_TIME] = e->time;
}

void plx_encounter_ask(struct plx_encounter *e, struct plx_random *random, guint *items,
                       guint total, guint n)
{
    for (guint i = 0; i < n && i + 1 < total; i++) {
        const guint j = i + (guint)plx_random_below(random, total - i);
        const guint swap = items[i];
        items[i] = items[j];
        items[j] = swap;
    }
    plx_number_format(total > n ? (double)n / total : 1, 4, e->asked_p);
}

static double *draw_shocks(const struct plx_world *world)
{
    const guint n = world->truth->n_places * PLX_TRUTH_MONTHS;
    double *shock = g_new(double, n);
    struct plx_random random = plx_world_stream(world, PLX_STREAM_SHOCK, 0);
    for (guint i = 0; i < n; i++)
        shock[i] = world->truth->shock * plx_random_normal(&random);
    return shock;
}

void plx_world_write(const struct plx_truth *truth, guint64 seed, GString *csv)
{
    struct plx_world world = {.truth = truth, .seed = seed, .csv = csv};
    g_autofree double *shock = draw_shocks(&world);
    world.shock = shock;
    plx_row_write_header(csv);
    plx_world_leaders(&world);
    plx_world_staff(&world);
    plx_world_sheets(&world);
    plx_world_shoppers(&world);
    plx_world_customers(&world);
}
