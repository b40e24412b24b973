/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A step held against the answers: did it work, what else moved, and how far can it be trusted?
 *
 * struct plx_trial is the RELEASED form: only plx_trial_read makes one; figures of a place, a week
 * or a window stand only where the minimum of persons may be shown (reading/privacy.h). The
 * verdict itself rests on all answers (step/verdict.h has the rule).
 *
 * Answers are those of the people served, to the point's `level`, by day:
 *     baseline   from the plan's baseline day to the day before the start; only what was collected
 *                from the day on that the plan was fixed (registered, or last amended in what it
 *                compares), where at least PLX_STEP_PLACES_MIN places on both sides (or all of the
 *                plan, where it names fewer) have PLX_STEP_ANSWERS there; else the whole window,
 *                and the baseline is stale: a point chosen because it was worst rises by itself,
 *                so it looks up at most
 *     after      from the start to the day before the look
 * The look is the last registered one that has come by `today`; answers after it wait for the next
 * one. Before the first look, and between looks, there is data and no verdict. The days go by the
 * plan also where the step began or stopped on another day; one that was given up before it began
 * has data and no look. What the looks before say is kept beside it: of the answers that there are
 * today, so that what came in too late for one is in it.
 *
 * Checks say what would make the verdict doubtful; they never change it. The placebo runs the same
 * rule, all looks taken, over quiet periods: the same places, the same and other points of the
 * map that no step names, with a start every week for which baseline and looks fit before the
 * step's own baseline; and, with twice PLX_STEP_PLACES_MIN comparison places, every second of
 * these against the others, up to today. Keep: PLX_TRIAL_KEEP_DAYS after the last look the last
 * `window` days are held against the baseline (did it hold?) and against the time up to the look
 * (has it faded?).
 *
 * Changes count what is better as up, also on a scale where low is good; means of figures are of
 * the scale as it is.
 *
 * Cost: one pass for the counts by day and place, then linear in days x places x points.
 * For users: docs/steps.md; the methods: docs/methods/steps.md.
 * Test: tests/step/test_trial.c. */

#include "reading/about.h"
#include "step/verdict.h"

#define PLX_TRIAL_KEEP_DAYS 90

typedef struct plx_trial plx_trial;

/* One place, one week or all of a side, before or after. */
struct plx_trial_figure {
    gint64 n, persons; /* -1: may not be shown; then the rest is NaN */
    double mean;       /* of levels */
    double reached;    /* share at the plan's `to` or better */
};

struct plx_trial_place {
    const char *name; /* "": answers that name none, where the step is done everywhere */
    gboolean treated;
    gboolean counts; /* has enough answers on both sides */
    struct plx_trial_figure before, after;
    double change; /* NaN: not shown */
};

/* A look before the last one that has come, decided by the same rule. */
struct plx_trial_earlier {
    gint look;
    enum plx_step_verdict verdict; /* too early: it left it open, or it may not be shown */
};

/* A week (Monday to Sunday, "2026-W05"): data, never a verdict. [0] treated, [1] comparison. */
struct plx_trial_week {
    const char *key;
    gint32 monday;
    struct plx_trial_figure side[2];
};

enum plx_trial_check {
    PLX_CHECK_PARALLEL,     /* before the start: did the two sides already drift apart? */
    PLX_CHECK_WHO_ANSWERS,  /* have channel, source, language, segments or their number shifted? */
    PLX_CHECK_NEIGHBOURS,   /* an untouched point that got worse */
    PLX_CHECK_EXPECTATIONS, /* what people hoped for rose (importance, promises known: told) */
    PLX_CHECKS
};
/* "parallel_trends", "who_answers", "neighbours", "expectations". */
const char *plx_trial_check_code(enum plx_trial_check check);

enum plx_trial_finding { PLX_FINDING_FINE, PLX_FINDING_REMARKABLE, PLX_FINDING_NOT_KNOWN };
/* "fine", "remarkable", "not_known". */
const char *plx_trial_finding_code(enum plx_trial_finding finding);

struct plx_trial_checked {
    enum plx_trial_check check;
    enum plx_trial_finding finding;
    const char *subject;    /* what stands out: a neighbour's title, "channel web"; or NULL */
    double estimate;        /* in levels, or the share that shifted; NaN: not known */
    struct plx_interval ci; /* 95 % together over what the check looked at */
    guint looked_at;        /* how many points, dimensions, slopes */
};

/* The second view: the treated places' own series, by week, without comparison (stats/its.h). */
struct plx_trial_series {
    gboolean known; /* enough weeks on both sides */
    guint weeks_before, weeks_after;
    double level, slope; /* jump at the start; change of slope per week */
    struct plx_interval level_ci;
};

struct plx_trial_placebo {
    guint tried, up, down; /* up: `up` or, where the plan has too few places, `looks up` */
    guint points, starts;  /* tried = points x starts, less those without data */
};

/* What a point chosen as the worst rose by, without any step: the same choice replayed on past
 * windows, none of which shares the days after its choice with another. */
struct plx_trial_rebound {
    guint replays; /* 0: not known */
    double rise;   /* mean, in levels */
    struct plx_interval ci;
};

enum plx_trial_keep {
    PLX_KEEP_NOT_YET,
    PLX_KEEP_NO_DATA,
    PLX_KEEP_HELD,
    PLX_KEEP_FADED,
    PLX_KEEP_NOT_SURE,
    PLX_KEEP_NOTHING /* the last look was neither `up` nor `looks up` */
};
/* "not_yet", "no_data", "held", "faded", "not_sure", "nothing_to_keep". */
const char *plx_trial_keep_code(enum plx_trial_keep keep);

struct plx_trial {
    struct plx_about about;      /* .audience: the people served */
    const struct plx_step *step; /* borrowed */
    const char *title;           /* of the point on the map of today */
    gboolean retired;            /* ... from which it has gone */
    const struct plx_scale *scale;
    gint32 today;
    gint look;         /* of the plan's looks: the last that has come; -1: none */
    gint next_look;    /* -1: none is left */
    gboolean given_up; /* stopped before it began: no look is taken */
    guint n_earlier;   /* looks before `look`, in order */
    struct plx_trial_earlier *earlier;
    gint32 baseline, start, until;      /* baseline..start-1, start..until-1: what was compared */
    guint64 n_before, n_after;          /* answers of the sides that may be shown */
    struct plx_step_decision decision;  /* of the look; before the first: too early */
    gboolean no_answers_after;          /* none at all since the start */
    struct plx_trial_figure side[2][2]; /* treated and comparison; before and after */
    struct plx_interval reached_ci;     /* of the treated places' share after */
    guint n_places;
    struct plx_trial_place *places; /* treated first, each in byte order */
    guint n_weeks;
    struct plx_trial_week *weeks; /* from the baseline to today */
    struct plx_trial_series series;
    struct plx_trial_checked checks[PLX_CHECKS];
    struct plx_trial_placebo placebo;
    struct plx_trial_placebo elsewhere; /* at the comparison places alone */
    struct plx_trial_rebound rebound;   /* asked only where the baseline is stale */
    enum plx_trial_keep keep;
    gint32 keep_day; /* when it is asked */
    struct plx_place_change kept, faded;
    struct plx_place_change whole; /* the same comparison of the journey's `overall`; NaN */
};

struct plx_trial_options {
    gint32 today;           /* answers from this day on are not looked at */
    guint64 seed;           /* of permutations */
    const GPtrArray *steps; /* all steps (struct plx_step): their points are no placebos; or NULL */
    const char *const *segments; /* KEYs of segment.KEY to look at for who answers; or NULL */
};

/* Errors: PLX_ERROR_NOT_FOUND when the point was never on this map; PLX_ERROR_NOT_SHOWN when the
 * people served are protected by place; those of the source. Too little data is no error. */
plx_trial *plx_trial_read(plx_source *source, const struct plx_step *step,
                          const struct plx_trial_options *options, GError **error);
void plx_trial_free(plx_trial *trial);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_trial, plx_trial_free)
