/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "chart/control.h"
#include "chart/funnel.h"
#include "report/consistency_parts.h"
#include "report/words.h"

#include <math.h>

static gboolean is_share(const struct plx_consistency_point *p)
{
    return p->scale->met != PLX_NO_CUT;
}

void plx_consistency_value_title(const struct plx_consistency_point *p, GString *out)
{
    if (is_share(p))
        plx_words_below(out, p->scale);
    else
        g_string_append(out, "mean");
}

void plx_consistency_value(const struct plx_consistency_point *p, double value, GString *out)
{
    if (is_share(p))
        plx_words_percent(out, value);
    else
        plx_words_mean_with(out, value, 2);
}

void plx_consistency_range(const struct plx_consistency_point *p, struct plx_interval range,
                           GString *out)
{
    if (is_share(p))
        plx_words_percent_range(out, range);
    else
        plx_words_range_with(out, range, 2);
}

/* What the upright axis must hold. */
struct extent {
    double min, max;
};

static void stretch(struct extent *e, double value)
{
    if (!isfinite(value))
        return;
    e->min = MIN(e->min, value);
    e->max = MAX(e->max, value);
}

static struct extent extent_of(const struct plx_consistency_point *p,
                               const struct plx_limits *limits)
{
    struct extent e = {limits->center, limits->center};
    for (guint i = 0; i < limits->n_parts; i++) {
        const struct plx_limit_part *part = &limits->parts[i];
        stretch(&e, part->value);
        stretch(&e, part->adjusted.lo);
        stretch(&e, part->adjusted.hi);
        stretch(&e, part->outer.lo);
        stretch(&e, part->outer.hi);
    }
    const double room = MAX(0.05 * (e.max - e.min), 0.01);
    const double least = is_share(p) ? 0 : p->scale->min, most = is_share(p) ? 1 : p->scale->max;
    return (struct extent){MAX(least, e.min - room), MIN(most, e.max + room)};
}

static char *id_of(const plx_consistency *c, const struct plx_consistency_point *p,
                   const char *kind)
{
    return g_strdup_printf("consistency-%s-%u", kind, (guint)(p - c->points));
}

static const char lines[] =
    "Solid lines: how far chance goes, for everything that is looked at together; dashed: for one "
    "alone. A square lies outside of the solid ones.";

/* The same as a table: every part with its limits. */
static void write_twin(const struct plx_consistency_point *p, const struct plx_limits *limits,
                       const char *caption, const char *key_title, const char *n_title,
                       plx_story *story)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_consistency_value_title(p, text);
    plx_words_capital(text, 0);
    const struct plx_story_column columns[] = {{key_title, PLX_STORY_WIDE},
                                               {n_title, PLX_STORY_NUMBER},
                                               {text->str, PLX_STORY_NUMBER},
                                               {"Limits", PLX_STORY_NUMBER},
                                               {"It is", PLX_STORY_TEXT}};
    plx_story_table(story, caption, columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < limits->n_parts; i++) {
        const struct plx_limit_part *part = &limits->parts[i];
        plx_story_cell(story, part->key);
        g_string_truncate(text, 0);
        plx_words_count(text, part->n);
        plx_story_cell(story, text->str);
        g_string_truncate(text, 0);
        plx_consistency_value(p, part->value, text);
        plx_story_cell(story, text->str);
        g_string_truncate(text, 0);
        plx_consistency_range(p, part->adjusted, text);
        plx_story_cell(story, text->len ? text->str : NULL);
        plx_story_cell(story, part->outside ? "outside" : "");
    }
}

void plx_consistency_draw_funnel(const plx_consistency *c, const struct plx_consistency_point *p,
                                 plx_story *story)
{
    const struct plx_limits *limits = &p->funnel;
    g_autofree struct plx_funnel_mark *marks = g_new(struct plx_funnel_mark, limits->n_parts + 1);
    for (guint i = 0; i < limits->n_parts; i++) {
        const struct plx_limit_part *part = &limits->parts[i];
        marks[i] = (struct plx_funnel_mark){.label = part->key,
                                            .n = (double)part->n,
                                            .value = part->value,
                                            .inner_lo = part->inner.lo,
                                            .inner_hi = part->inner.hi,
                                            .outer_lo = part->outer.lo,
                                            .outer_hi = part->outer.hi,
                                            .adjusted_lo = part->adjusted.lo,
                                            .adjusted_hi = part->adjusted.hi,
                                            .outside = part->outside != 0};
    }
    g_autofree char *id = id_of(c, p, "funnel");
    g_autofree char *title = g_strdup_printf("%s: places by number of answers", p->title);
    g_autoptr(GString) value = g_string_new(NULL);
    plx_consistency_value_title(p, value);
    const struct extent e = extent_of(p, limits);
    const struct plx_funnel funnel = {
        .id = id,
        .title = title,
        .desc = "One mark a place; the limits are wide where there are few answers. Squares lie "
                "outside. The table below says the same.",
        .value_title = value->str,
        .n_title = "answers",
        .center = limits->center,
        .min = e.min,
        .max = e.max,
        .percent = is_share(p),
        .n_marks = limits->n_parts,
        .marks = marks};
    plx_story_drawing(story, plx_funnel_draw(&funnel));
    plx_story_legend(story, lines);
    write_twin(p, limits, title, "Place", "Answers", story);
}

void plx_consistency_draw_chart(const plx_consistency *c, const struct plx_consistency_point *p,
                                plx_story *story)
{
    const struct plx_limits *limits = &p->chart;
    g_autofree struct plx_control_mark *marks = g_new(struct plx_control_mark, limits->n_parts + 1);
    for (guint i = 0; i < limits->n_parts; i++) {
        const struct plx_limit_part *part = &limits->parts[i];
        marks[i] = (struct plx_control_mark){.label = part->key,
                                             .value = part->value,
                                             .lo = part->outer.lo,
                                             .hi = part->outer.hi,
                                             .adjusted_lo = part->adjusted.lo,
                                             .adjusted_hi = part->adjusted.hi,
                                             .outside = part->outside != 0};
    }
    g_autofree char *id = id_of(c, p, "chart");
    g_autofree char *title = g_strdup_printf("%s: %s by %s", p->title, c->period, c->period);
    g_autoptr(GString) value = g_string_new(NULL);
    plx_consistency_value_title(p, value);
    const struct extent e = extent_of(p, limits);
    const struct plx_control control = {
        .id = id,
        .title = title,
        .desc = "One mark a period with its limits. Squares lie outside. The table below says the "
                "same.",
        .value_title = value->str,
        .center = limits->center,
        .min = e.min,
        .max = e.max,
        .percent = is_share(p),
        .n_marks = limits->n_parts,
        .marks = marks};
    plx_story_drawing(story, plx_control_draw(&control));
    plx_story_legend(story, lines);
    write_twin(p, limits, title, *c->period == 'w' ? "Week" : "Month", "Answers", story);
}
