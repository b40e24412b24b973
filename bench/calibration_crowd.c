/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench/calibration_crowd.h"

#include <math.h>
#include <string.h>

/* Guesses 0..10, in percent. Means 5.0, 7.5, 9.6, 5.2, 2.4, 5.0. */
static const double guesses[][PLX_CROWD_GUESSES] = {
    {9, 9, 9, 9, 9, 10, 9, 9, 9, 9, 9},     {0, 0, 0, 1, 2, 5, 10, 22, 40, 15, 5},
    {0, 0, 0, 0, 0, 0, 0, 2, 8, 20, 70},    {0, 5, 20, 15, 5, 0, 5, 15, 20, 10, 5},
    {10, 20, 30, 20, 10, 5, 3, 2, 0, 0, 0}, {0, 0, 2, 5, 13, 60, 13, 5, 2, 0, 0},
};

guint plx_crowd_world(guint side, guint point)
{
    switch (side) {
    case PLX_CROWD_LEADER:
        return point;
    case PLX_CROWD_STAFF: /* at two points the leaders' own */
        return (11 * point + 6) % PLX_CROWD_POINTS;
    default:
        return (5 * point + 3) % PLX_CROWD_POINTS;
    }
}

static void set_shares(double *shares, const double *percent, guint k)
{
    double sum = 0;
    for (guint i = 0; i < k; i++)
        sum += percent[i];
    for (guint i = 0; i < k; i++)
        shares[i] = percent[i] / sum;
}

void plx_crowd_expect(struct plx_crowd_truth *truth)
{
    for (guint p = 0; p < PLX_CROWD_POINTS; p++) {
        for (guint s = 0; s < PLX_CROWD_SIDES; s++)
            set_shares(truth->level[s][p], plx_world_get(plx_crowd_world(s, p))->share,
                       PLX_CROWD_LEVELS);
        for (guint s = 0; s < PLX_CROWD_CUSTOMER; s++)
            set_shares(truth->guess[s][p], guesses[(p + 2 * s) % G_N_ELEMENTS(guesses)],
                       PLX_CROWD_GUESSES);
    }
}

guint plx_crowd_persons(const struct plx_crowd *crowd, guint side, guint n)
{
    return side == PLX_CROWD_CUSTOMER && crowd->customers ? crowd->customers : n;
}

struct writer {
    const struct plx_crowd *crowd;
    struct plx_random *random;
    const struct plx_crowd_truth *truth;
    struct plx_crowd_truth given; /* counts of the answers given */
    GString *out;
    guint side, who;
    guint answers; /* of this person to one point */
    guint weight;  /* 0..2 */
    double mood;   /* normal */
};

/* A uniform number; of one person with a mood they hang together. */
static double draw(const struct writer *w)
{
    if (!w->crowd->people)
        return plx_random_uniform(w->random);
    const double z = sqrt(0.5) * (w->mood + plx_random_normal(w->random));
    return 0.5 * erfc(-z / sqrt(2.0));
}

static guint pick(const double *shares, guint k, double u)
{
    guint last = 0;
    for (guint i = 0; i < k; i++) {
        u -= shares[i];
        if (shares[i] > 0)
            last = i;
        if (u < 0 && shares[i] > 0)
            return i;
    }
    return last;
}

void plx_crowd_put(GString *out, guint number)
{
    char digits[12];
    gsize at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    g_string_append_len(out, digits + at, (gssize)(sizeof digits - at));
}

static void put_header(const struct writer *w)
{
    g_string_append(w->out, "audience,point,level,believed");
    if (w->crowd->tables)
        g_string_append(w->out, ",encounter,item,group_size");
    else if (w->crowd->people)
        g_string_append(w->out, ",respondent,seen");
    if (w->crowd->weighted || w->crowd->plain_weights)
        g_string_append(w->out, ",weight");
    g_string_append_c(w->out, '\n');
}

/* The item-th answer of the person at hand; `guess` may be -1. */
static void put_row(const struct writer *w, guint point, guint item, guint level, gint guess)
{
    static const char *const sides[] = {"leader", "staff", "customer"};
    static const char *const weights[] = {",0.5", ",1", ",3"};
    GString *out = w->out;
    g_string_append(out, sides[w->side]);
    g_string_append(out, point < 10 ? ",p0" : ",p");
    plx_crowd_put(out, point);
    g_string_append_c(out, ',');
    plx_crowd_put(out, level + 1);
    g_string_append_c(out, ',');
    if (guess >= 0)
        plx_crowd_put(out, (guint)guess);
    if (w->crowd->tables || w->crowd->people) {
        g_string_append_c(out, ',');
        if (w->crowd->tables) /* a table is an encounter of its own audience */
            g_string_append_c(out, sides[w->side][0]);
        plx_crowd_put(out, w->who);
        g_string_append_c(out, ',');
        plx_crowd_put(out, w->crowd->tables ? item : MIN(item, 1));
    }
    if (w->crowd->tables) {
        g_string_append_c(out, ',');
        plx_crowd_put(out, w->answers);
    }
    if (w->crowd->weighted || w->crowd->plain_weights)
        g_string_append(out, weights[w->weight]);
    g_string_append_c(out, '\n');
}

/* What a person says about one point. Guesses are made once: later ones know what was shown. */
static void rate(struct writer *w, guint point)
{
    const double *shares = w->truth->level[w->side][point];
    const guint first = pick(shares, PLX_CROWD_LEVELS, draw(w));
    gint guess = -1;
    if (w->side != PLX_CROWD_CUSTOMER) {
        guess = (gint)pick(w->truth->guess[w->side][point], PLX_CROWD_GUESSES, draw(w));
        w->given.guess[w->side][point][guess]++;
    }
    for (guint i = 0; i < w->answers; i++) {
        const gboolean again = i == 0 || plx_random_below(w->random, 2) == 0;
        const guint level = again ? first : pick(shares, PLX_CROWD_LEVELS, draw(w));
        w->given.level[w->side][point][level]++;
        put_row(w, point, i, level, i == 0 ? guess : guess < 0 || w->crowd->tables ? -1 : 5);
    }
}

static void rate_all(struct writer *w)
{
    const struct plx_crowd *crowd = w->crowd;
    if (crowd->people)
        w->mood = plx_random_normal(w->random);
    if (crowd->weighted)
        w->weight = (guint)plx_random_below(w->random, 3);
    else
        w->weight = 1;
    w->answers = 1;
    for (guint p = 0; p < PLX_CROWD_POINTS; p++) {
        if (crowd->most && (p == 0 || !crowd->tables))
            w->answers =
                crowd->least + (guint)plx_random_below(w->random, crowd->most - crowd->least + 1);
        rate(w, p);
    }
}

/* Of leaders who all answered, once each and with equal weight, the answers are the truth. */
static void set_given(const struct writer *w, struct plx_crowd_truth *truth)
{
    for (guint p = 0; p < PLX_CROWD_POINTS; p++) {
        set_shares(truth->level[PLX_CROWD_LEADER][p], w->given.level[PLX_CROWD_LEADER][p],
                   PLX_CROWD_LEVELS);
        set_shares(truth->guess[PLX_CROWD_LEADER][p], w->given.guess[PLX_CROWD_LEADER][p],
                   PLX_CROWD_GUESSES);
    }
}

GString *plx_crowd_file(const struct plx_crowd *crowd, guint n, struct plx_random *random,
                        struct plx_crowd_truth *truth)
{
    g_return_val_if_fail(!crowd->complete || (!crowd->most && !crowd->weighted), NULL);
    plx_crowd_expect(truth);
    struct writer w = {.crowd = crowd, .random = random, .truth = truth};
    w.out = g_string_sized_new((gsize)n * 1000);
    put_header(&w);
    for (w.side = 0; w.side < PLX_CROWD_SIDES; w.side++)
        for (w.who = 0; w.who < plx_crowd_persons(crowd, w.side, n); w.who++)
            rate_all(&w);
    if (crowd->complete)
        set_given(&w, truth);
    return w.out;
}
