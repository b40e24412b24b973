/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/drivers_words.h"

#include "report/words.h"

#include <math.h>
#include <string.h>

#define LISTED 6 /* titles of a sentence; the others are counted */

static void append_list(GString *out, const GPtrArray *titles)
{
    const guint n = MIN(titles->len, LISTED);
    const guint more = titles->len - n;
    for (guint i = 0; i < n; i++)
        g_string_append_printf(out, "%s%s",
                               i == 0                    ? ""
                               : i == n - 1 && more == 0 ? " and "
                                                         : ", ",
                               (const char *)titles->pdata[i]);
    if (more)
        g_string_append_printf(out, " and %u more", more);
}

static void append_people(const plx_drivers *drivers, const plx_gaps *frame, GString *out)
{
    plx_words_people(frame, plx_map_find_audience(drivers->about.map, drivers->about.audience),
                     out);
}

/* What the whole is: the level of the journey, or whether they would recommend it. */
static void append_whole(const plx_drivers *drivers, const plx_gaps *frame, GString *out)
{
    if (strcmp(drivers->outcome, "recommend") == 0)
        g_string_append(out, "how likely ");
    else
        g_string_append(out, "how ");
    append_people(drivers, frame, out);
    g_string_append(out, strcmp(drivers->outcome, "recommend") == 0 ? " are to recommend it"
                                                                    : " judge the whole");
}

static guint count_shown(const plx_drivers *drivers)
{
    guint n = 0;
    for (guint i = 0; i < drivers->n_parts; i++)
        n += drivers->parts[i].state == PLX_DRIVER_SHOWN ? 1 : 0;
    return n;
}

void plx_drivers_words_lead(const plx_drivers *drivers, const plx_gaps *frame, GString *out)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new_with_free_func(g_free);
    for (guint p = 0; p < drivers->n_parts; p++)
        for (guint i = 0; i < drivers->parts[p].n_points; i++)
            if (drivers->parts[p].points[i].named)
                g_ptr_array_add(titles, g_strdup_printf("“%s”", drivers->parts[p].points[i].title));
    if (count_shown(drivers) == 0) {
        g_string_append(out, "Not enough yet to say what goes with ");
        append_whole(drivers, frame, out);
        g_string_append_c(out, '.');
        return;
    }
    if (titles->len == 0) {
        g_string_append(out, "No single point goes with ");
        append_whole(drivers, frame, out);
        g_string_append(out, " more than their general mood would make it.");
        return;
    }
    append_list(out, titles);
    g_string_append(out, titles->len == 1 ? " goes with " : " go with ");
    append_whole(drivers, frame, out);
    g_string_append(out, ", beyond what their general mood would make any point do.");
}

static void append_why_not(const struct plx_drivers_part *part, GString *out)
{
    switch (part->state) {
    case PLX_DRIVER_FEW:
        g_string_append(out, " Not enough yet: ");
        plx_words_count(out, part->persons_needed);
        g_string_append(out, " people are needed for so many points.");
        return;
    case PLX_DRIVER_FEW_POINTS:
        g_string_append(out, " Not enough yet: fewer than two points were answered together with "
                             "it and with each other by enough people.");
        return;
    case PLX_DRIVER_FLAT:
    case PLX_DRIVER_TWIN:
    case PLX_DRIVER_CROWDED:
    case PLX_DRIVER_NO_FIT:
        g_string_append(out, " The answers carry no estimate: they hardly vary, or points are the "
                             "same but for chance.");
        return;
    case PLX_DRIVER_SHOWN:
        return;
    }
}

void plx_drivers_words_evidence(const plx_drivers *drivers, const plx_gaps *frame,
                                const struct plx_drivers_part *part, GString *out)
{
    if (part->persons >= 0)
        plx_words_count(out, part->persons);
    else
        g_string_append(out, "Too few");
    g_string_append_c(out, ' ');
    append_people(drivers, frame, out);
    g_string_append(out, " judged the whole");
    g_string_append(out, strcmp(drivers->linked, "person") == 0
                             ? " (answers are linked by person, not by occasion)."
                             : ".");
    if (part->pairs_least > 0 && part->looked > 1) {
        g_string_append_printf(out,
                               " Of the %u points looked at, any two were answered together "
                               "by at least ",
                               part->looked);
        plx_words_count(out, part->pairs_least);
        g_string_append(out, " people (half of the pairs by ");
        plx_words_count(out, part->pairs_median);
        g_string_append(out, " or more).");
    }
    append_why_not(part, out);
}

void plx_drivers_words_mood(const plx_drivers *drivers, const struct plx_drivers_part *part,
                            GString *out)
{
    g_string_append(out, "All points together go with ");
    plx_words_percent(out, part->r_squared);
    g_string_append(out, " of the differences in the whole (");
    plx_words_percent_range(out, part->r_squared_ci);
    g_string_append(out, "). ");
    if (isnan(part->mood)) {
        g_string_append(out, "How much of it is mood takes three points to tell, so nothing is "
                             "named.");
        return;
    }
    plx_words_percent(out, part->mood);
    g_string_append(out, " of what people answer moves together (");
    plx_words_percent_range(out, part->mood_ci);
    g_string_append(out, "), whatever the point: call it mood. It goes with ");
    g_string_append(out, strcmp(drivers->outcome, "recommend") == 0 ? "recommending" : "the whole");
    g_string_append(out, " as well (correlation ");
    plx_words_mean_with(out, part->mood_correlation, 2);
    g_string_append(out, "), so every point seems to matter a little. ");
    if (part->n_named == 0)
        g_string_append(out, "No point goes beyond that for sure.");
    else
        g_string_append(out,
                        part->n_named == 1 ? "One goes beyond that:" : "These go beyond that:");
}

static void append_signed(GString *out, double value)
{
    plx_words_difference_with(out, value, 2);
}

void plx_drivers_words_ends(struct plx_interval ci, guint decimals, GString *out)
{
    if (isnan(ci.lo))
        return;
    plx_words_difference_with(out, ci.lo, decimals);
    g_string_append(out, " to ");
    plx_words_difference_with(out, ci.hi, decimals);
}

const char *plx_drivers_words_shape(enum plx_driver_shape shape)
{
    switch (shape) {
    case PLX_SHAPE_HURTS_BELOW:
        return "low hurts";
    case PLX_SHAPE_PLEASES_ABOVE:
        return "high pleases";
    case PLX_SHAPE_BOTH:
        return "both";
    case PLX_SHAPE_NEITHER:
        return "neither";
    case PLX_SHAPE_NOT_ENOUGH_YET:
        return "not enough yet";
    case PLX_SHAPE_NONE:
        break;
    }
    return NULL;
}

static const char *below_word(const struct plx_scale *scale, GString *room)
{
    g_string_truncate(room, 0);
    plx_words_below(room, scale);
    return room->len ? room->str : "low answers";
}

/* What low and high answers go with; where nothing is decided, that. */
static void append_shape(const plx_drivers *drivers, const struct plx_driver *driver, GString *out)
{
    const plx_map *map = drivers->about.map;
    const gint audience = plx_map_find_audience(map, drivers->about.audience);
    const struct plx_scale *scale = plx_map_scale(map, PLX_MEASURE_LEVEL, (guint)audience);
    g_autoptr(GString) below = g_string_new(NULL);
    g_autoptr(GString) desired = g_string_new(NULL);
    below_word(scale, below);
    if (scale->desired != PLX_NO_CUT)
        plx_words_level(desired, scale, scale->desired);
    switch (driver->shape) {
    case PLX_SHAPE_HURTS_BELOW:
        g_string_append_printf(out, " Answers %s go with a worse whole (", below->str);
        append_signed(out, driver->penalty);
        g_string_append_printf(out, "); those above %s add nothing that shows: stop there.",
                               desired->str);
        return;
    case PLX_SHAPE_PLEASES_ABOVE:
        g_string_append_printf(out, " Answers above %s go with a better whole (", desired->str);
        append_signed(out, driver->reward);
        g_string_append_printf(out, "); those %s cost nothing that shows.", below->str);
        return;
    case PLX_SHAPE_BOTH:
        g_string_append_printf(out, " Answers %s go with a worse whole (", below->str);
        append_signed(out, driver->penalty);
        g_string_append_printf(out, "), those above %s with a better one (", desired->str);
        append_signed(out, driver->reward);
        g_string_append(out, ").");
        return;
    case PLX_SHAPE_NEITHER:
        g_string_append(out, " Neither low nor high answers stand apart from those between.");
        return;
    case PLX_SHAPE_NOT_ENOUGH_YET:
        g_string_append(out, " Whether it is the low or the high answers: not enough yet.");
        return;
    case PLX_SHAPE_NONE:
        return;
    }
}

void plx_drivers_words_named(const plx_drivers *drivers, const struct plx_driver *driver,
                             GString *out)
{
    plx_words_percent(out, driver->share);
    g_string_append(out, " of the differences");
    if (!isnan(driver->share_ci.lo)) {
        g_string_append(out, " (");
        plx_words_percent_range(out, driver->share_ci);
        g_string_append_c(out, ')');
    }
    g_string_append(out, ", where mood alone would give ");
    plx_words_percent(out, driver->mood_share);
    g_string_append(out, "; ");
    plx_words_count(out, driver->persons);
    g_string_append(out, " people.");
    append_shape(drivers, driver, out);
}

void plx_drivers_words_key(const plx_drivers *drivers, GString *out)
{
    g_string_append(out,
                    "* goes beyond mood for sure. Share: of the differences in the whole; mood "
                    "alone: what it would be if nothing but mood were at work; beyond mood: in "
                    "standard deviations. Low (high) answers: how much worse (better) the "
                    "whole is with them than with those between, on its scale of ");
    g_string_append_printf(out, "%d to %d, mood and the other points alike.", drivers->scale->min,
                           drivers->scale->max);
}

static void append_reason(const struct plx_drivers_part *part, enum plx_driver_state state,
                          const char *why, GString *out)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < part->n_points; i++)
        if (part->points[i].state == state)
            g_ptr_array_add(titles, (gpointer)(guintptr)part->points[i].title);
    if (titles->len == 0)
        return;
    g_string_append(out, out->len ? "; " : "Left out: ");
    append_list(out, titles);
    g_string_append_printf(out, " (%s)", why);
}

void plx_drivers_words_left_out(const struct plx_drivers_part *part, GString *out)
{
    append_reason(part, PLX_DRIVER_FEW, "too few people answered both it and another one", out);
    append_reason(part, PLX_DRIVER_FLAT, "everybody said the same", out);
    append_reason(part, PLX_DRIVER_TWIN, "answered as another point is, by everybody", out);
    append_reason(part, PLX_DRIVER_CROWDED, "more points than can be looked at together", out);
    if (out->len)
        g_string_append_c(out, '.');
}

static void append_opinions(const plx_drivers *drivers, const struct plx_driver_view *view,
                            enum plx_opinion opinion, const char *before, GString *out)
{
    g_autoptr(GPtrArray) titles = g_ptr_array_new();
    for (guint i = 0; i < view->n_opinions; i++) {
        const struct plx_driver_opinion *o = &view->opinions[i];
        if (o->opinion == opinion)
            g_ptr_array_add(titles,
                            (gpointer)(guintptr)drivers->parts[o->part].points[o->point].title);
    }
    if (titles->len == 0)
        return;
    g_string_append(out, before);
    append_list(out, titles);
    g_string_append_c(out, '.');
}

void plx_drivers_words_view(const plx_drivers *drivers, const plx_gaps *frame,
                            const struct plx_driver_view *view, GString *who, GString *out)
{
    plx_words_people_first(frame, plx_map_find_audience(drivers->about.map, view->audience), who);
    if (isnan(view->tau)) {
        g_string_append(out, "rated too few of these points to compare.");
        return;
    }
    g_string_append(out, view->tau > 0.35   ? "put the points in an order like this one"
                         : view->tau < -0.1 ? "put the points in another order, rather the reverse"
                                            : "put the points in another order");
    g_string_append(out, " (Kendall's tau-b ");
    append_signed(out, view->tau);
    g_string_append_printf(out, ", %u points).", view->n_opinions);
    append_opinions(drivers, view, PLX_OPINION_BOTH, " Thought important, and named here: ", out);
    append_opinions(drivers, view, PLX_OPINION_MISSED, " Named here, not thought important: ", out);
    append_opinions(drivers, view, PLX_OPINION_THOUGHT,
                    " Thought important, and little goes with it here: ", out);
}
