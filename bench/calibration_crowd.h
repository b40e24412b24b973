/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Crowds: leaders, staff and customers who answer about eighteen points, and what is true of them.
 * A crowd writes the file that a user would have, so that bench/calibration_document.c can have it
 * read by the product itself. */

#include "bench/calibration.h"
#include "stats/random.h"

enum { PLX_CROWD_LEADER, PLX_CROWD_STAFF, PLX_CROWD_CUSTOMER, PLX_CROWD_SIDES };
enum { PLX_CROWD_POINTS = 18, PLX_CROWD_LEVELS = 6, PLX_CROWD_GUESSES = 11 };

/* How answers come about. Whatever is set, each single answer to a point has the shares of that
 * side's world, so the truth is known. */
struct plx_crowd {
    const char *title;
    guint customers; /* 0: as many as leaders and as staff */
    gboolean people; /* one person rates all points, in one mood; else a row is a person */
    /* Answers of one person to one point; half of the later ones repeat the first. 0: one. */
    guint least, most;
    gboolean tables;   /* these are sheets of workshop tables of that many persons */
    gboolean weighted; /* persons weigh 1/2, 1 or 3, whatever they answer */
    /* A column of weights, all 1: intervals and verdicts stay the same, but whole units are not
     * permuted for p, which is not watched and would take most of the time. */
    gboolean plain_weights;
    gboolean complete; /* the leaders who answer are all there are, and the map says so */
    guint largest;     /* n up to which this is simulated; 0: any */
};

/* Shares, sum 1. Where all leaders answered theirs are those of the answers given. */
struct plx_crowd_truth {
    double level[PLX_CROWD_SIDES][PLX_CROWD_POINTS][PLX_CROWD_LEVELS];
    double guess[2][PLX_CROWD_POINTS][PLX_CROWD_GUESSES]; /* of leaders and staff: 0..10 */
};

/* Appends a number; files are written often. */
void plx_crowd_put(GString *out, guint number);

/* Which world of plx_world_get a side is in at a point. */
guint plx_crowd_world(guint side, guint point);

/* What is true before anybody answers. */
void plx_crowd_expect(struct plx_crowd_truth *truth);

/* Persons of a side when n is asked for. */
guint plx_crowd_persons(const struct plx_crowd *crowd, guint side, guint n);

/* One file (CSV) of n persons (or tables) a side, points called "p00" to "p17"; *truth is what is
 * true of it. To be freed with g_string_free. */
GString *plx_crowd_file(const struct plx_crowd *crowd, guint n, struct plx_random *random,
                        struct plx_crowd_truth *truth);
