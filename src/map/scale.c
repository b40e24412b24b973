/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/scale.h"

#include <string.h>

/* The terms are Ron Kaufman's (Uplifting Service, 2012), credited and used descriptively. */
static const char *const six_words[] = {"Criminal",   "Basic",        "Expected", "Desired",
                                        "Surprising", "Unbelievable", NULL};

/* Guests never read the words: each sentence can be said of a parcel, a room or a phone call. */
static const char *const six_sentences[] = {
    "They let me down",
    "It did the job, but only just",
    "It was what I expected",
    "It was just how I like it",
    "It was a lovely surprise",
    "I will never forget it",
    NULL,
};

guint plx_scale_width(const struct plx_scale *scale)
{
    return (guint)(scale->max - scale->min + 1);
}

gboolean plx_scale_has_levels(const struct plx_scale *scale)
{
    return scale->min == 1 && scale->max == (gint)G_N_ELEMENTS(six_words) - 1 && !scale->down;
}

struct plx_scale *plx_scale_new_six_levels(void)
{
    struct plx_scale *scale = g_new0(struct plx_scale, 1);
    *scale = (struct plx_scale){.min = 1, .max = 6, .floor = 1, .met = 3, .desired = 4, .top = 5};
    scale->id = g_strdup("six-levels");
    scale->words = g_strdupv((char **)(guintptr)six_words);
    scale->sentences = g_strdupv((char **)(guintptr)six_sentences);
    return scale;
}

gboolean plx_scale_is_six(gint value, const char *label)
{
    return value >= 1 && value <= 6 &&
           (strcmp(label, six_words[value - 1]) == 0 ||
            strcmp(label, six_sentences[value - 1]) == 0);
}

struct plx_scale *plx_scale_copy(const struct plx_scale *scale)
{
    struct plx_scale *copy = g_new0(struct plx_scale, 1);
    *copy = *scale;
    copy->id = g_strdup(scale->id);
    copy->words = g_strdupv(scale->words);
    copy->sentences = g_strdupv(scale->sentences);
    return copy;
}

void plx_scale_free(struct plx_scale *scale)
{
    if (!scale)
        return;
    g_free(scale->id);
    g_strfreev(scale->words);
    g_strfreev(scale->sentences);
    g_free(scale);
}

static gboolean is_outside(const struct plx_scale *scale, int cut)
{
    return cut != PLX_NO_CUT && (cut < scale->min || cut > scale->max);
}

/* TRUE when the better cut does not lie above the worse one (where both exist). */
static gboolean is_disordered(const struct plx_scale *scale, int worse, int better, int least)
{
    if (worse == PLX_NO_CUT || better == PLX_NO_CUT)
        return FALSE;
    return (scale->down ? worse - better : better - worse) < least;
}

static const char *fault(const struct plx_scale *s, const char **key)
{
    *key = "max";
    if (s->min >= s->max)
        return "max must be above min";
    if (s->max - s->min + 1 > PLX_SCALE_WIDTH)
        return "at most 101 values are possible";
    *key = "floor";
    if (is_outside(s, s->floor))
        return "floor must lie within min and max";
    *key = "met";
    if (is_outside(s, s->met))
        return "met must lie within min and max";
    if (is_disordered(s, s->floor, s->met, 1))
        return "met must be better than floor";
    *key = "desired";
    if (is_outside(s, s->desired))
        return "desired must lie within min and max";
    if (is_disordered(s, s->floor, s->desired, 1))
        return "desired must be better than floor";
    if (is_disordered(s, s->met, s->desired, 0))
        return "desired must not be worse than met";
    *key = "top";
    if (is_outside(s, s->top))
        return "top must lie within min and max";
    if (is_disordered(s, s->floor, s->top, 1))
        return "top must be better than floor";
    if (is_disordered(s, s->met, s->top, 0) || is_disordered(s, s->desired, s->top, 0))
        return "top must not be worse than met or desired";
    return NULL;
}

const char *plx_scale_fault(const struct plx_scale *scale, const char **key)
{
    const char *where;
    const char *why = fault(scale, &where);
    if (why && key)
        *key = where;
    return why;
}

gboolean plx_scale_same(const struct plx_scale *a, const struct plx_scale *b)
{
    return a == b ||
           (a->min == b->min && a->max == b->max && a->floor == b->floor && a->met == b->met &&
            a->desired == b->desired && a->top == b->top && !a->down == !b->down);
}
