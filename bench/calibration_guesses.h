/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Guess and reveal: few leaders, many customers, and what the reading `beliefs` says of them.
 *
 * A file has a moment for each way of guessing (eight, from all alike to two camps, near 0 and near
 * 10) beside each share of customers at Desired (0.02 to 0.98). It is read by ingest/, counted by
 * voice/ and judged by reading/, as the program does it. bench/calibrate prints the numbers for
 * docs/calibration.md; tests/reading/test_calibration_guesses.c runs a small part. */

#include <glib.h>

enum { PLX_GUESS_WORLDS = 8, PLX_GUESS_SHARES = 7 };
#define PLX_GUESS_MOMENTS (PLX_GUESS_WORLDS * PLX_GUESS_SHARES)

struct plx_room {
    const char *title;
    guint customers; /* 0: as many tables of them as of leaders */
    gboolean tables; /* n tables of 6 to 8 leaders, each with a guess and a rating of one's own */
    double alike;    /* correlation of two answers at one table */
};

/* How often a 95 % interval covers: the average over those where at least five customers (tables)
 * of either kind are expected, and the worst moment among them; `rest` is the average over the
 * others. NaN: there are none. Errors are Monte Carlo standard errors. */
struct plx_guessed_watch {
    double coverage, error, lowest, rest, rest_error, width;
    double varied; /* coverage, but for the way of guessing where all say the same: an interval that
                      is never of no width always covers there */
    guint lowest_moment;
};

struct plx_guessed {
    struct plx_guessed_watch belief;
    struct plx_guessed_watch gap; /* of the ratings; of rooms with tables alone, else NaN */
    double decided;               /* beliefs, of all */
    double wrong;                 /* of all */
    double false_apart; /* said to be too high or too low, of all where the truth is within
                           the margin or on the other side */
    double false_right; /* said to be seen rightly, of all where the truth is not */
    double worst;       /* wrong, of all, at the worst moment */
};

/* How often Wilson's interval covers the share of so many tables that name a theme: exact, averaged
 * over shares 0.02, 0.03 to 0.98; *lowest is that of the worst one. */
double plx_tables_coverage(guint tables, double *lowest);

const char *plx_guess_world_name(guint world);
double plx_guess_share(guint share);

/* Reads `runs` files of n leaders (or tables). The result depends on the seed, not the threads. */
void plx_calibrate_guesses(const struct plx_room *room, guint n, guint runs, guint64 seed,
                           guint threads, struct plx_guessed *result);

/* The promises of quality (docs/calibration.md) that do not hold, one per line, within two Monte
 * Carlo standard errors; NULL when all hold. To be freed. */
char *plx_guessed_broken(const struct plx_guessed *result, guint n);
