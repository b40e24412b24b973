/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Simulated people for the trials of the readings, and their files as sources.
 *
 * A person has a mood, a normal number; what he says at a point is the quantile, on that point's
 * distribution, of a normal number that correlates with the mood. So each answer alone has the
 * point's shares, whatever the mood does. */

#include "bench/calibration.h"
#include "map/map.h"
#include "stats/random.h"
#include "voice/source.h"

#define PLX_PEOPLE_LEVELS 6

/* Of one point. */
struct plx_people_point {
    const char *name;
    double share[PLX_PEOPLE_LEVELS]; /* sum 1 */
};
/* The shares of a published world (calibration.h). */
void plx_people_world(const char *world, double *share);
/* Those of a normal number about `centre`, rounded to whole levels. */
void plx_people_normal(double centre, double sd, double *share);
double plx_people_mean(const double *share);
double plx_people_variance(const double *share);
/* Up to and with this level, from 1 on. */
double plx_people_up_to(const double *share, guint level);

/* The share of answers up to a level among people of this mood. */
double plx_people_up_to_in_mood(const double *share, guint level, double mood, double alike);
/* 1..6; `alike`: correlation of the mood's with the answer's normal number, squared. */
guint plx_people_level(struct plx_random *random, const double *share, double mood, double alike);
gboolean plx_people_says(struct plx_random *random, double chance);

/* The mean of f(z) over a standard normal z, by Simpson's rule. */
double plx_people_over_moods(double (*f)(double z, gconstpointer data), gconstpointer data);

plx_map *plx_people_map(const char *yaml); /* NULL: one that takes any point */
/* Read as a user's file is; on one thread. The text must outlive it. */
plx_source *plx_people_source(const GString *csv, plx_map *map);
