/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_overview.h"

#include "report/words.h"

#include <math.h>
#include <stdlib.h>

struct plx_gaps_overview {
    const plx_gaps_picture *picture;
    const struct plx_picture *from;
    struct plx_picture model;
    GArray *points;    /* struct plx_picture_point, one per column */
    GArray *stretches; /* struct plx_stretch */
    GPtrArray *texts;
};

static const char *keep(plx_gaps_overview *o, const char *text)
{
    char *copy = g_strdup(text);
    g_ptr_array_add(o->texts, copy);
    return copy;
}

static gboolean together(const struct plx_picture_point *a, const struct plx_picture_point *b)
{
    return g_strcmp0(a->chapter, b->chapter) == 0 && g_strcmp0(a->section, b->section) == 0;
}

static guint length_of(const struct plx_picture *model, guint first)
{
    guint n = 1;
    while (first + n < model->n_points &&
           together(&model->points[first], &model->points[first + n]))
        n++;
    return n;
}

static int by_value(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* "customers from 2.1 to 4.6, the middle 3.4 (shown at 7)". */
static void say_range(plx_gaps_overview *o, const char *name, const double *values, guint shown,
                      guint n, double middle, GString *out)
{
    g_string_append_printf(out, "%s from ", name);
    plx_gaps_picture_say(o->picture, values[0], out);
    g_string_append(out, " to ");
    plx_gaps_picture_say(o->picture, values[shown - 1], out);
    g_string_append(out, ", the middle ");
    plx_gaps_picture_say(o->picture, middle, out);
    if (shown < n)
        g_string_append_printf(out, " (shown at %u of %u)", shown, n);
}

/* What is shown of one voice at the points of a stretch. */
static struct plx_picture_mark range_of(plx_gaps_overview *o, guint voice, guint first, guint n)
{
    struct plx_picture_mark mark = {(double)NAN, (double)NAN, (double)NAN, NULL};
    g_autofree double *values = g_new(double, n);
    guint shown = 0;
    for (guint i = first; i < first + n; i++)
        if (isfinite(o->from->points[i].marks[voice].value))
            values[shown++] = o->from->points[i].marks[voice].value;
    if (!shown)
        return mark;
    qsort(values, shown, sizeof *values, by_value);
    mark.value = (values[(shown - 1) / 2] + values[shown / 2]) / 2;
    mark.lo = values[0];
    mark.hi = values[shown - 1];
    g_autoptr(GString) words = g_string_new(NULL);
    say_range(o, o->from->voices[voice].name, values, shown, n, mark.value, words);
    mark.words = keep(o, words->str);
    return mark;
}

/* How many of the points have a difference that counts; `above`: some of the front voice's. */
static guint differing(const struct plx_picture *from, guint first, guint n, gboolean *above)
{
    guint differ = 0;
    for (guint i = first; i < first + n; i++) {
        differ += from->points[i].accent != PLX_ACCENT_NONE;
        *above = *above || from->points[i].accent == PLX_ACCENT_ABOVE;
    }
    return differ;
}

static const char *label_of(plx_gaps_overview *o, const struct plx_picture_point *point,
                            guint differ)
{
    g_autoptr(GString) label = g_string_new(point->heading);
    g_string_append_printf(label, ", %u points", point->among);
    const char *between = ": ";
    for (guint v = 0; v < o->from->n_voices; v++) {
        if (o->from->voices[v].faint || !point->marks[v].words)
            continue;
        g_string_append_printf(label, "%s%s", between, point->marks[v].words);
        between = "; ";
    }
    if (o->from->front >= 0)
        g_string_append_printf(
            label, ". At %u of the points the difference is sure enough to count", differ);
    g_string_append_c(label, '.');
    return keep(o, label->str);
}

static void add_stretch(plx_gaps_overview *o, guint first, guint n)
{
    const struct plx_picture_point *one = &o->from->points[first];
    gboolean above = FALSE;
    const guint differ = differing(o->from, first, n, &above);
    g_autofree char *id = g_strdup_printf("%s-t%u", o->from->id, o->points->len);
    /* Lines break at the comma only. */
    g_autofree char *count = differ ? g_strdup_printf("%u\u00a0points, %u\u00a0differ", n, differ)
                                    : g_strdup_printf("%u\u00a0points", n);
    g_autofree char *href = g_strconcat("#", id, NULL);
    struct plx_picture_point point = {
        .title = keep(o, count),
        .section = one->section,
        .heading = one->heading ? one->heading : "Without a transaction",
        .chapter = one->chapter,
        .href = keep(o, href),
        .among = n,
        .accent = above    ? PLX_ACCENT_ABOVE
                  : differ ? PLX_ACCENT_BELOW
                           : PLX_ACCENT_NONE,
        .below = (double)NAN,
        .friction = (double)NAN,
    };
    for (guint v = 0; v < o->from->n_voices; v++)
        point.marks[v] = range_of(o, v, first, n);
    point.label = label_of(o, &point, differ);
    g_array_append_val(o->points, point);
    const struct plx_stretch stretch = {first, n, keep(o, id), point.heading, point.title};
    g_array_append_val(o->stretches, stretch);
}

static guint count_columns(const struct plx_picture *model)
{
    guint columns = 0;
    for (guint i = 0; i < model->n_points; i += length_of(model, i))
        columns++;
    return columns;
}

plx_gaps_overview *plx_gaps_overview_new(const plx_gaps_picture *picture)
{
    const struct plx_picture *from = plx_gaps_picture_model(picture);
    if (!from || from->apart || from->n_points <= PLX_OVERVIEW_FROM ||
        2 * count_columns(from) > from->n_points)
        return NULL;
    plx_gaps_overview *o = g_new0(plx_gaps_overview, 1);
    o->picture = picture;
    o->from = from;
    o->points = g_array_new(FALSE, TRUE, sizeof(struct plx_picture_point));
    o->stretches = g_array_new(FALSE, TRUE, sizeof(struct plx_stretch));
    o->texts = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < from->n_points; i += length_of(from, i)) {
        const guint n = length_of(from, i);
        if (n > 1)
            add_stretch(o, i, n);
        else
            g_array_append_val(o->points, from->points[i]);
    }
    g_autofree char *id = g_strconcat(from->id, "-all", NULL);
    o->model = *from;
    o->model.id = keep(o, id);
    o->model.title = "Who sees what, transaction by transaction";
    o->model.below_label = o->model.friction_label = NULL;
    o->model.points = (const struct plx_picture_point *)(const void *)o->points->data;
    o->model.n_points = o->points->len;
    return o;
}

void plx_gaps_overview_free(plx_gaps_overview *overview)
{
    if (!overview)
        return;
    g_array_unref(overview->points);
    g_array_unref(overview->stretches);
    g_ptr_array_unref(overview->texts);
    g_free(overview);
}

const struct plx_picture *plx_gaps_overview_model(const plx_gaps_overview *overview)
{
    return &overview->model;
}

const struct plx_stretch *plx_gaps_overview_stretches(const plx_gaps_overview *overview, guint *n)
{
    *n = overview->stretches->len;
    return (const struct plx_stretch *)(const void *)overview->stretches->data;
}
