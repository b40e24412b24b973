/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A question to a roll: group by group of its needs. */

#include "base/error.h"
#include "voice/roll_count.h"

/* So many counters of a thread at most: 256 MB. */
#define COUNTERS_MAX ((gsize)1 << 26)

static void init_hand(struct plx_roll_hand *hand, const struct plx_roll_asking *asking)
{
    const plx_roll *const roll = asking->roll;
    const guint64 columns = plx_filter_columns(asking->group->filter);
    const gsize n_groups = asking->splits.n_groups;
    *hand = (struct plx_roll_hand){.first_day = PLX_NO_DAY, .last_day = PLX_NO_DAY};
    hand->rows = plx_pages_zeros(n_groups * roll->n_classes * sizeof *hand->rows);
    hand->people = plx_pages_zeros(n_groups * roll->n_kinds * sizeof *hand->people);
    hand->persons = plx_pages_zeros(n_groups * roll->n_kinds * sizeof *hand->persons);
    hand->meets = plx_pages_zeros(n_groups * roll->n_kinds * sizeof *hand->meets);
    if (asking->group->stream != PLX_NO_STREAM)
        plx_unit_sums_init(&hand->sums, asking->plan, &asking->canon, asking->g);
    hand->mask = g_malloc(roll->most_runs);
    hand->group = g_new0(guint32, roll->most_runs); /* without splits it stays so */
    hand->room = g_new(guint32, roll->most_runs);
    hand->list = g_new(guint32, roll->most_runs + 1);
    hand->others = g_new(guint32, roll->most_runs + 1);
    for (guint c = 0; c < roll->n_columns; c++)
        if (roll->column[c].bytes &&
            columns >> MIN(roll->column[c].dim, (guint)PLX_DIM_SEGMENT) & 1)
            hand->code[c] = g_new(guint32, roll->most_runs);
    hand->found = g_array_new(FALSE, FALSE, sizeof(guint64));
    hand->said.known = TRUE;
    hand->said.measures = roll->columns;
    hand->said.cell = g_new0(guint32 *, asking->plan->n_groups + 1);
    plx_roll_said_begin(hand, asking);
}

static void clear_hand(struct plx_roll_hand *hand, const struct plx_roll_asking *asking)
{
    g_free(hand->rows);
    g_free(hand->people);
    g_free(hand->persons);
    g_free(hand->meets);
    g_free(hand->mask);
    g_free(hand->group);
    g_free(hand->room);
    g_free(hand->list);
    g_free(hand->others);
    g_free(hand->twice);
    g_free(hand->moments);
    for (guint c = 0; c < asking->roll->n_columns; c++)
        g_free(hand->code[c]);
    g_array_unref(hand->found);
    plx_unit_rows_clear(&hand->said, asking->plan->n_groups);
}

/* Our cells, as what adds up units wants them: [group * n_cells + cell]. */
static void make_cells(struct plx_roll_asking *asking)
{
    const plx_roll *const roll = asking->roll;
    struct plx_canon_group *const cells = g_new0(struct plx_canon_group, asking->plan->n_groups);
    asking->cells = &cells[asking->g];
    asking->canon = (struct plx_canon){.n_groups = asking->plan->n_groups, .groups = cells};
    asking->cells->n_groups = asking->splits.n_groups;
    asking->cells->n_cells = asking->splits.n_groups * roll->n_cells;
    asking->cells->audience = g_new(guint8, asking->cells->n_cells + 1);
    for (guint32 i = 0; i < asking->cells->n_cells; i++)
        asking->cells->audience[i] = (guint8)(roll->cells[i % roll->n_cells].audience - 1);
}

static void place_measures(struct plx_roll_asking *asking)
{
    const plx_roll *const roll = asking->roll;
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        asking->place[m] = -1;
    for (guint h = 0; h < roll->n_held; h++)
        asking->place[roll->held[h]] = (gint)h;
    for (guint bits = 0; bits < G_N_ELEMENTS(asking->places); bits++)
        for (guint h = 0; h < roll->n_held; h++)
            if (bits >> h & 1 && asking->group->unit_measures >> roll->held[h] & 1)
                asking->places[bits] |= 1u << __builtin_popcount(asking->group->unit_measures &
                                                                 ((1u << roll->held[h]) - 1));
}

static void place_values(struct plx_roll_asking *asking)
{
    const plx_roll *const roll = asking->roll;
    asking->slot = g_malloc((gsize)roll->n_classes * PLX_ROLL_MEASURES + 1);
    for (guint32 c = 0; c < roll->n_classes; c++)
        for (guint h = 0; h < roll->n_held; h++) {
            const struct plx_roll_class *const class = &roll->classes[c];
            const guint m = roll->held[h];
            const guint slot =
                asking->plan->slot[m][class->audience * 256 + (guint8) class->value[h]];
            asking->slot[(gsize)c * PLX_ROLL_MEASURES + h] =
                slot < asking->plan->width[m] ? (guint8)slot : PLX_ROLL_NO_SLOT;
        }
}

static guint widest(const struct plx_roll_asking *asking)
{
    guint wide = 1;
    for (guint h = 0; h < asking->roll->n_held; h++)
        wide = MAX(wide, asking->plan->width[asking->roll->held[h]]);
    return wide;
}

static gboolean fits(const struct plx_roll_asking *asking)
{
    const plx_roll *const roll = asking->roll;
    const gsize twice =
        asking->splits.n ? 0 : (gsize)PLX_ROLL_MEASURES * asking->wide * asking->wide;
    const gsize counters = MAX(MAX(roll->n_classes, roll->n_kinds), MAX(64, twice) * roll->n_cells);
    return asking->splits.n_groups <= COUNTERS_MAX / MAX(counters, 1);
}

static gboolean ask_group(struct plx_roll_asking *asking, plx_sink *sink, GError **error)
{
    place_measures(asking);
    place_values(asking);
    make_cells(asking);
    asking->hands = g_new(struct plx_roll_hand, asking->n_hands);
    for (guint t = 0; t < asking->n_hands; t++)
        init_hand(&asking->hands[t], asking);
    plx_roll_pass(asking);
    for (guint t = 0; t < asking->n_hands; t++)
        plx_roll_said_end(&asking->hands[t], asking);
    const gboolean ok = plx_roll_tell(asking, sink, error);
    for (guint t = 0; t < asking->n_hands; t++)
        clear_hand(&asking->hands[t], asking);
    g_free(asking->hands);
    g_free(asking->slot);
    g_free(asking->cells->audience);
    g_free(asking->canon.groups);
    return ok;
}

gboolean plx_roll_count(const plx_roll *roll, const struct plx_roll_units *without,
                        const struct plx_dims *dims, guint threads, plx_sink *sink, GError **error)
{
    const struct plx_count_plan *const plan = plx_count_sink_plan(sink);
    g_autoptr(GArray) left_out = plx_roll_find(roll, without);
    gboolean ok = TRUE;
    for (guint g = 0; ok && g < plan->n_groups; g++) {
        struct plx_roll_asking asking = {.roll = roll,
                                         .dims = dims,
                                         .plan = plan,
                                         .g = g,
                                         .group = &plan->groups[g],
                                         .without = left_out,
                                         .n_hands = CLAMP(threads, 1, roll->n_chunks)};
        asking.wide = widest(&asking);
        plx_roll_splits_init(&asking.splits, roll, asking.group, dims, plan->map);
        ok = fits(&asking) ? ask_group(&asking, sink, error)
                           : plx_error(error, PLX_ERROR_USAGE, "too many groups for a roll");
        plx_roll_splits_clear(&asking.splits);
    }
    return ok;
}
