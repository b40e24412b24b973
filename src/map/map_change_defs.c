/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Changes of the head, scales and measures. */
#include "map/map_change_private.h"
#include "map/map_same.h"

#include <string.h>

static void compare_head(struct plx_comparison *c)
{
    const plx_map *a = c->before, *b = c->after;
    const struct {
        gboolean same;
        const char *name;
    } parts[] = {{plx_map_same_text(a, a->title, b, b->title), "title"},
                 {plx_map_same_text(a, a->about, b, b->about), "about"},
                 {strcmp(a->language, b->language) == 0, "language"},
                 {a->margin >= b->margin && a->margin <= b->margin, "margin"}};
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(parts); i++)
        if (!parts[i].same)
            g_string_append_printf(names, "%s%s", names->len > 0 ? ", " : "", parts[i].name);
    if (names->len > 0)
        plx_comparison_add(c, PLX_CHANGE_EDITED, PLX_THING_MAP, NULL, NULL, 0,
                           "The map has another %s.", names->str);
}

static void compare_scales(struct plx_comparison *c)
{
    for (guint i = 0; i < c->after->n_scales; i++) {
        const struct plx_scale *now = c->after->scales[i];
        const struct plx_scale *then = plx_map_find_scale(c->before, now->id);
        if (!then)
            plx_comparison_add(c, PLX_CHANGE_ADDED, PLX_THING_SCALE, now->id, NULL, 0,
                               "New scale \"%s\", %d to %d.", now->id, now->min, now->max);
        else if (!plx_scale_same(then, now))
            plx_comparison_add(c, PLX_CHANGE_SCALE, PLX_THING_SCALE, now->id, NULL, 0,
                               "The scale \"%s\" has other values or cuts.", now->id);
        else if (!plx_map_same_labels(c->before, then, c->after, now))
            plx_comparison_add(c, PLX_CHANGE_EDITED, PLX_THING_SCALE, now->id, NULL, 0,
                               "The scale \"%s\" has other labels.", now->id);
    }
    for (guint i = 0; i < c->before->n_scales; i++)
        if (!plx_map_find_scale(c->after, c->before->scales[i]->id))
            plx_comparison_add(c, PLX_CHANGE_REMOVED, PLX_THING_SCALE, c->before->scales[i]->id,
                               NULL, 0, "The scale \"%s\" is gone.", c->before->scales[i]->id);
}

static void compare_measure(struct plx_comparison *c, const struct plx_measure_def *then,
                            const struct plx_measure_def *now)
{
    if (!plx_map_same_text(c->before, then->title, c->after, now->title))
        plx_comparison_add(c, PLX_CHANGE_RETITLED, PLX_THING_MEASURE, now->id, NULL, 0,
                           "The measure \"%s\" is called \"%s\" now, before \"%s\".", now->id,
                           now->title, then->title);
    if (strcmp(then->scale->id, now->scale->id) != 0 || !plx_scale_same(then->scale, now->scale))
        plx_comparison_add(c, PLX_CHANGE_SCALE, PLX_THING_MEASURE, now->id, then->scale->id, 0,
                           "The measure \"%s\" is asked on the scale \"%s\" now.", now->id,
                           now->scale->id);
    if (then->subjects != now->subjects)
        plx_comparison_add(c, PLX_CHANGE_EDITED, PLX_THING_MEASURE, now->id, NULL, 0,
                           "The measure \"%s\" is asked of something else now.", now->id);
}

void plx_comparison_definitions(struct plx_comparison *c)
{
    compare_head(c);
    compare_scales(c);
    for (guint i = 0; i < c->after->n_measures; i++) {
        const struct plx_measure_def *now = &c->after->measures[i];
        gint then = plx_map_find_measure(c->before, now->id);
        if (then >= 0)
            compare_measure(c, &c->before->measures[then], now);
        else
            plx_comparison_add(c, PLX_CHANGE_ADDED, PLX_THING_MEASURE, now->id, NULL, 0,
                               "New measure: \"%s\" [%s].", now->title, now->id);
    }
    for (guint i = 0; i < c->before->n_measures; i++) {
        const struct plx_measure_def *then = &c->before->measures[i];
        if (plx_map_find_measure(c->after, then->id) < 0)
            plx_comparison_add(c, PLX_CHANGE_REMOVED, PLX_THING_MEASURE, then->id, NULL, 0,
                               "The measure \"%s\" is gone.", then->id);
    }
}
