/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_picture.h"

#include "report/view.h"
#include "report/view_rows.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

struct plx_gaps_picture {
    struct plx_picture model;
    gboolean drawable;
    gboolean shares; /* the axis is the share at desired, not the level */
    const plx_gaps *gaps;
    const struct plx_gaps_group *group;
    GArray *rows; /* struct plx_view_row, one per point of the picture */
    const struct plx_scale *scale;
    gint audiences[PLX_PICTURE_VOICES];
    struct plx_picture_point *points;
    struct plx_picture_level levels[PLX_SCALE_WIDTH];
    GPtrArray *texts;
};

static const char *keep(plx_gaps_picture *picture, const char *text)
{
    char *copy = g_strdup(text);
    g_ptr_array_add(picture->texts, copy);
    return copy;
}

static gint front_audience(const plx_gaps_picture *p, gint served, gboolean shares)
{
    for (gint a = 0; a < (gint)p->gaps->n_audiences; a++) {
        if (p->gaps->served[a] || strcmp(p->gaps->audiences[a], "shopper") == 0)
            continue;
        for (guint i = 0; i < p->group->n_points; i++) {
            const struct plx_gaps_point *point = &p->group->points[i];
            const struct plx_voice *voice = plx_view_voice(point, a);
            const struct plx_belief *belief = plx_view_belief(point, a, served);
            if (!shares && voice && isfinite(voice->mean) && voice->scale &&
                plx_scale_same(voice->scale, p->scale))
                return a;
            if (shares && belief && isfinite(belief->believed))
                return a;
        }
    }
    return -1;
}

static const struct plx_scale *served_scale(const struct plx_gaps_group *group, gint served)
{
    for (guint i = 0; i < group->n_points; i++) {
        const struct plx_voice *voice = plx_view_voice(&group->points[i], served);
        if (voice && voice->scale)
            return voice->scale;
    }
    return NULL;
}

/* Up is good in the picture, also where the scale runs down. */
static double upright(const plx_gaps_picture *p, double value)
{
    return p->scale->down ? p->scale->min + p->scale->max - value : value;
}

static void set_levels(plx_gaps_picture *p)
{
    const struct plx_scale *scale = p->scale;
    guint n = 0;
    if (p->shares) {
        for (int i = 0; i <= 10; i += 2) {
            g_autofree char *label = g_strdup_printf("%d in 10", i);
            p->levels[n++] = (struct plx_picture_level){i / 10.0, keep(p, label), i == 0};
        }
        p->model.min = 0;
        p->model.max = 1;
    } else {
        const int width = scale->max - scale->min, step = width <= 10 ? 1 : (width + 9) / 10;
        for (int v = scale->min; v <= scale->max; v += step) {
            g_autoptr(GString) label = g_string_new(NULL);
            if (scale->words && scale->words[v - scale->min])
                g_string_append_printf(label, "%s ", scale->words[v - scale->min]);
            g_string_append_printf(label, "%d", v);
            p->levels[n++] =
                (struct plx_picture_level){upright(p, v), keep(p, label->str), v == scale->met};
        }
        p->model.min = scale->min;
        p->model.max = scale->max;
    }
    p->model.levels = p->levels;
    p->model.n_levels = n;
}

static enum plx_picture_shape shape_of(const char *audience, guint other)
{
    static const char *const known[] = {"leader", "staff", "shopper", "customer"};
    for (guint i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(audience, known[i]) == 0)
            return (enum plx_picture_shape)i;
    return other % 2 ? PLX_SHAPE_CROSS : PLX_SHAPE_PLUS;
}

static void set_voices(plx_gaps_picture *p, gint served, gint front)
{
    guint others = 0;
    p->model.base = p->model.front = -1;
    for (gint a = 0; a < (gint)p->gaps->n_audiences; a++) {
        const guint v = p->model.n_voices;
        if (v == PLX_PICTURE_VOICES)
            break;
        const enum plx_picture_shape shape = shape_of(p->gaps->audiences[a], others);
        others += shape >= PLX_SHAPE_PLUS;
        p->model.voices[v] = (struct plx_picture_voice){
            .name = plx_words_voice(p->gaps, a),
            .shape = shape,
            .faint = a != served && a != front,
        };
        p->audiences[v] = a;
        if (a == served)
            p->model.base = (gint)v;
        if (a == front)
            p->model.front = (gint)v;
        p->model.n_voices++;
    }
}

static struct plx_picture_mark level_mark(plx_gaps_picture *p, const struct plx_voice *voice)
{
    struct plx_picture_mark mark = {(double)NAN, (double)NAN, (double)NAN, NULL};
    if (!voice || !voice->scale || !plx_scale_same(voice->scale, p->scale) ||
        !isfinite(voice->mean))
        return mark;
    g_autoptr(GString) words = g_string_new(NULL);
    plx_words_seen(p->gaps, voice, words);
    mark.value = upright(p, voice->mean);
    if (!voice->complete) {
        mark.lo = upright(p, voice->mean_ci.lo);
        mark.hi = upright(p, voice->mean_ci.hi);
    }
    mark.words = keep(p, words->str);
    return mark;
}

static struct plx_picture_mark share_mark(plx_gaps_picture *p, const struct plx_gaps_point *point,
                                          gint audience, gint served)
{
    struct plx_picture_mark mark = {(double)NAN, (double)NAN, (double)NAN, NULL};
    g_autoptr(GString) words = g_string_new(NULL);
    const struct plx_belief *belief = plx_view_belief(point, audience, served);
    const struct plx_voice *voice = plx_view_voice(point, audience);
    if (audience != served && belief && isfinite(belief->believed)) {
        mark.value = belief->believed;
        plx_words_people(p->gaps, audience, words);
        g_string_append(words, " think ");
    } else if (audience == served && voice && isfinite(voice->desired_share)) {
        mark.value = voice->desired_share;
        if (!voice->complete) {
            mark.lo = voice->desired_ci.lo;
            mark.hi = voice->desired_ci.hi;
        }
        plx_words_people(p->gaps, audience, words);
        g_string_append(words, " say ");
    } else {
        return mark;
    }
    plx_words_in_ten(words, mark.value);
    mark.words = keep(p, words->str);
    return mark;
}

static const char *promise_of(plx_gaps_picture *p, const struct plx_gaps_point *point)
{
    g_autoptr(GPtrArray) promises = plx_view_promises(p->gaps, point);
    g_autoptr(GString) words = g_string_new(NULL);
    for (guint i = 0; i < promises->len; i++)
        g_string_append_printf(
            words, "%s“%s”", i ? ", " : "Promised: ", (const char *)g_ptr_array_index(promises, i));
    return words->len ? keep(p, words->str) : NULL;
}

static const char *label_of(plx_gaps_picture *p, guint row, const struct plx_gap *lead,
                            const char *flag)
{
    const struct plx_gaps_point *point = &g_array_index(p->rows, struct plx_view_row, row).point;
    g_autoptr(GString) label = g_string_new(point->title);
    if (lead) {
        g_string_append(label, ": ");
        plx_words_verdict(p->gaps, plx_view_verdict(p->gaps, point), plx_view_viewer(p->gaps, lead),
                          plx_view_judge(p->gaps, lead), label);
    }
    g_string_append(label, ". ");
    for (guint i = 0; i < point->n_voices; i++) {
        if (i > 0)
            g_string_append(label, "; ");
        plx_words_seen(p->gaps, &point->voices[i], label);
    }
    g_string_append_c(label, '.');
    if (flag)
        g_string_append_printf(label, " %s.", flag);
    g_autoptr(GString) elsewhere = g_string_new(NULL);
    plx_view_elsewhere(p->gaps, p->rows, row, elsewhere);
    plx_words_capital(elsewhere, 0);
    if (elsewhere->len)
        g_string_append_printf(label, " %s.", elsewhere->str);
    return keep(p, label->str);
}

/* A point that stands here for itself at home leads there; NULL: to nowhere. */
static char *href_of(const plx_gaps_picture *p, const struct plx_view_row *row)
{
    if (row->group == PLX_VIEW_ABSENT)
        return NULL;
    return row->group == (guint)(p->group - p->gaps->groups)
               ? g_strdup_printf("#%s-p%u", p->model.id, row->index)
               : g_strdup_printf("#g%u-p%u", row->group, row->index);
}

/* Strong is what counts, whichever of its names it has; both sides are upright. */
static enum plx_picture_accent accent_of(enum plx_verdict verdict, double front, double base)
{
    if (verdict == PLX_VERDICT_BLIND_SPOT)
        return PLX_ACCENT_ABOVE;
    if (verdict == PLX_VERDICT_HIDDEN_STRENGTH)
        return PLX_ACCENT_BELOW;
    if (verdict != PLX_VERDICT_VIEWS_DIFFER)
        return PLX_ACCENT_NONE;
    return front > base ? PLX_ACCENT_ABOVE : PLX_ACCENT_BELOW;
}

static void set_point(plx_gaps_picture *p, guint i, gint served, gboolean chapters)
{
    const struct plx_view_row *row = &g_array_index(p->rows, struct plx_view_row, i);
    const struct plx_gaps_point *point = &row->point;
    struct plx_picture_point *out = &p->points[i];
    const struct plx_gap *lead = plx_view_lead(p->gaps, point);
    const struct plx_voice *voice = plx_view_voice(point, served);
    g_autofree char *href = href_of(p, row);
    g_autofree char *title = row->again ? g_strconcat("→ ", point->title, NULL) : NULL;
    *out = (struct plx_picture_point){
        .title = title ? keep(p, title) : point->title,
        .section = point->transaction ? point->transaction : "",
        .heading = point->transaction_title,
        .chapter = chapters ? point->journey_title : NULL,
        .href = href ? keep(p, href) : NULL,
        .flag = promise_of(p, point),
        .below = voice ? 1 - voice->met_share : (double)NAN,
        .friction = (double)NAN,
    };
    out->label = label_of(p, i, lead, out->flag);
    for (guint v = 0; v < p->model.n_voices; v++)
        out->marks[v] = p->shares ? share_mark(p, point, p->audiences[v], served)
                                  : level_mark(p, plx_view_voice(point, p->audiences[v]));
    const gboolean speaks = lead && p->model.front >= 0 &&
                            (gint)plx_view_viewer(p->gaps, lead) == p->audiences[p->model.front];
    if (speaks)
        out->accent = accent_of(lead->verdict, out->marks[p->model.front].value,
                                out->marks[p->model.base].value);
}

static gboolean stand_apart(const struct plx_gaps_group *group)
{
    for (guint i = 0; i < group->n_points; i++)
        if (group->points[i].journey || group->points[i].transaction)
            return FALSE;
    return TRUE;
}

static void set_words(plx_gaps_picture *p, gint served)
{
    const struct plx_scale *scale = p->scale;
    g_autoptr(GString) text = g_string_new(NULL);
    if (scale->met != PLX_NO_CUT) {
        plx_words_below(text, scale);
        g_string_append(text, ", of 100 ");
        plx_words_people(p->gaps, served, text);
        p->model.below_label = keep(p, text->str);
    }
    /* Without journeys points stand in the order of their ids, which is no way anybody goes. */
    p->model.apart = stand_apart(p->group);
    p->model.title =
        p->model.apart ? "Who sees what, point by point" : "Who sees what along the journey";
    g_string_assign(text, "");
    if (p->model.front >= 0) {
        guint above = 0, told = 0;
        for (guint i = 0; i < p->rows->len; i++) {
            if (g_array_index(p->rows, struct plx_view_row, i).again)
                continue;
            const struct plx_picture_mark *m = p->points[i].marks;
            above += m[p->model.front].value > m[p->model.base].value;
            told += p->points[i].accent == PLX_ACCENT_ABOVE;
        }
        g_string_append_printf(text,
                               "At %u of %u points %s are above %s; at %u of them the difference "
                               "is sure enough to count. ",
                               above, p->group->n_points, p->model.voices[p->model.front].name,
                               p->model.voices[p->model.base].name, told);
    }
    g_string_append(text, "The table below holds the same numbers.");
    p->model.about = keep(p, text->str);
}

static gboolean many_journeys(const GArray *rows)
{
    const struct plx_view_row *row = (const struct plx_view_row *)(const void *)rows->data;
    for (guint i = 1; i < rows->len; i++)
        if (g_strcmp0(row[i].point.journey, row[0].point.journey) != 0)
            return TRUE;
    return FALSE;
}

plx_gaps_picture *plx_gaps_picture_new(const plx_gaps *gaps, const struct plx_gaps_group *group,
                                       const char *id)
{
    plx_gaps_picture *p = g_new0(plx_gaps_picture, 1);
    p->gaps = gaps;
    p->group = group;
    p->rows = plx_view_rows(gaps, group);
    p->texts = g_ptr_array_new_with_free_func(g_free);
    p->model.id = keep(p, id);
    const gint served = plx_view_served(gaps);
    p->scale = served >= 0 ? served_scale(group, served) : NULL;
    if (!p->scale || p->scale->max <= p->scale->min || !group->n_points)
        return p;
    gint front = front_audience(p, served, FALSE);
    const gint guesser = front_audience(p, served, TRUE);
    /* Leaders who only guessed are worth more in the picture than staff who rated. */
    if (guesser >= 0 && (front < 0 || guesser < front)) {
        p->shares = TRUE;
        front = guesser;
    }
    set_levels(p);
    set_voices(p, served, front);
    p->points = g_new0(struct plx_picture_point, p->rows->len);
    const gboolean chapters = many_journeys(p->rows);
    for (guint i = 0; i < p->rows->len; i++)
        set_point(p, i, served, chapters);
    p->model.points = p->points;
    p->model.n_points = p->rows->len;
    set_words(p, served);
    p->drawable = p->model.base >= 0;
    return p;
}

void plx_gaps_picture_free(plx_gaps_picture *picture)
{
    if (!picture)
        return;
    g_ptr_array_unref(picture->texts);
    g_free(picture->points);
    g_array_unref(picture->rows);
    g_free(picture);
}

const struct plx_picture *plx_gaps_picture_model(const plx_gaps_picture *picture)
{
    return picture->drawable ? &picture->model : NULL;
}

gboolean plx_gaps_picture_speaks(const plx_gaps_picture *picture, guint i)
{
    for (guint k = 0; k < picture->model.n_points; k++)
        if (isfinite(picture->points[k].marks[i].value))
            return TRUE;
    return FALSE;
}

gint plx_gaps_picture_audience(const plx_gaps_picture *picture, guint i)
{
    return picture->audiences[i];
}

void plx_gaps_picture_say(const plx_gaps_picture *picture, double value, GString *out)
{
    if (picture->shares)
        plx_words_in_ten(out, value);
    else
        g_string_append_printf(out, "%.1f", upright(picture, value));
}
