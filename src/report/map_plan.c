/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/map_plan.h"

#include "chart/plan.h"

/* What a drawing points to, freed with it. */
struct making {
    const plx_map *map;
    GPtrArray *memory;
};

static gpointer keep(struct making *m, gpointer memory)
{
    g_ptr_array_add(m->memory, memory);
    return memory;
}

static const char *senses(struct making *m, const struct plx_point *point)
{
    GString *text = g_string_new(NULL);
    for (guint sense = PLX_SENSE_SEE; sense <= PLX_SENSE_FEEL; sense <<= 1)
        if (point->senses & sense)
            g_string_append_printf(text, "%s%s", text->len ? ", " : "",
                                   plx_sense_name((enum plx_sense)sense));
    return keep(m, g_string_free(text, FALSE));
}

static const char *promises(struct making *m, guint point)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < m->map->n_promises; i++)
        for (guint k = 0; k < m->map->promises[i].n_points; k++)
            if (m->map->promises[i].points[k] == point)
                g_string_append_printf(text, "%s%u", text->len ? ", " : "", i + 1);
    const gboolean any = text->len > 0;
    char *const numbers = keep(m, g_string_free(text, FALSE));
    return any ? numbers : NULL;
}

static struct plx_plan_box make_box(struct making *m, guint journey,
                                    const struct plx_transaction *transaction)
{
    struct plx_plan_point *points =
        keep(m, g_new0(struct plx_plan_point, transaction->n_points + 1));
    for (guint i = 0; i < transaction->n_points; i++) {
        const struct plx_point *point = &m->map->points[transaction->points[i]];
        points[i] =
            (struct plx_plan_point){point->title, senses(m, point),
                                    promises(m, transaction->points[i]), point->journey != journey};
    }
    return (struct plx_plan_box){transaction->title, points, transaction->n_points};
}

static struct plx_plan_row make_row(struct making *m, guint journey)
{
    const struct plx_journey *from = &m->map->journeys[journey];
    struct plx_plan_box *boxes = keep(m, g_new0(struct plx_plan_box, from->n_transactions + 1));
    for (guint i = 0; i < from->n_transactions; i++)
        boxes[i] = make_box(m, journey, &from->transactions[i]);
    return (struct plx_plan_row){from->title, boxes, from->n_transactions};
}

static const char *about(struct making *m)
{
    guint transactions = 0;
    for (guint i = 0; i < m->map->n_journeys; i++)
        transactions += m->map->journeys[i].n_transactions;
    return keep(
        m, g_strdup_printf("Journeys: %u. Transactions: %u. Points: %u, each with what it is seen, "
                           "heard or felt by. Promises, as flags: %u.",
                           m->map->n_journeys, transactions, m->map->n_points, m->map->n_promises));
}

plx_svg *plx_map_plan(const plx_map *map)
{
    g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func(g_free);
    struct making m = {map, memory};
    struct plx_plan_row *rows = keep(&m, g_new0(struct plx_plan_row, map->n_journeys + 1));
    const char **words = keep(&m, g_new0(const char *, map->n_promises + 1));
    for (guint i = 0; i < map->n_journeys; i++)
        rows[i] = make_row(&m, i);
    for (guint i = 0; i < map->n_promises; i++)
        words[i] = map->promises[i].title;
    const struct plx_plan plan = {.title = map->title && *map->title ? map->title : "The map",
                                  .about = about(&m),
                                  .rows = rows,
                                  .n_rows = map->n_journeys,
                                  .promises = words,
                                  .n_promises = map->n_promises};
    return plx_plan_draw(&plan);
}
