/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of a trial share: exact numbers, never for views. Test: tests/step/test_trial.c.
 *
 * trial_panel.c counts by day and place, trial.c finds what is compared and decides,
 * trial_release.c lets out what may be shown; the others each answer one question beside it. */

#include "reading/reach.h"
#include "step/trial.h"

/* From `since` to the day before `until`. */
struct plx_span_days {
    gint32 since, until;
};

/* Before and after. */
struct plx_trial_windows {
    struct plx_span_days before, after;
};

/* Answers to one measure by subject, place and day. Values are worst first. */
struct plx_panel_counts {
    enum plx_measure measure;
    guint k;
    double first;  /* score of the worst value: where low is good, values are negative */
    gsize *series; /* n_subjects x n_places + 1: where a place's days begin */
    gint32 *day;   /* rising within a series */
    double *sums;  /* [entry][k + 1]: weights by value, then answers, of all days up to this one */
};

enum { PLX_PANEL_MEASURES = 5 };

struct plx_panel {
    struct plx_answer *answer;
    guint n_places, n_treated;
    const char **places; /* treated first, each in byte order; borrowed */
    struct plx_panel_counts counts[PLX_PANEL_MEASURES];
    guint n_counts;
    gint32 first_day; /* of any answer to a level; G_MAXINT32: none */
};

/* What `who answers` asks: of each dimension three tables. */
enum { PLX_WHO_BEFORE, PLX_WHO_AFTER, PLX_WHO_PERSONS, PLX_WHO_TABLES };
struct plx_trial_who {
    guint n_dims;
    struct plx_split *splits; /* of each the dimension, and the place */
    plx_filter *rows[PLX_WHO_TABLES];
    guint first_table; /* in the answer */
};

/* Whom it is about, and what is known of them. */
struct plx_trial_work {
    plx_trial *out;
    plx_source *source;
    const struct plx_trial_options *options;
    const struct plx_step_plan *plan;
    const plx_map *map;
    struct plx_reach reach;
    const char *point; /* today's id */
    gint home;         /* its index on the map; -1: it has gone, or the map is open */
    struct plx_panel panel;
    struct plx_answer *asked; /* the second question's: persons */
    struct plx_trial_who who;
    gint subject;      /* in panel.answer->subjects; -1: no answers */
    guint weakness;    /* LATE, STALE */
    double part;       /* of the error that the look may spend; before the first: of the first */
    gboolean compares; /* the plan has comparison places */
    struct plx_span_days last; /* held against the others by `keep`; empty before its day */
    gboolean shows_last;       /* enough persons there on all sides */
    guint first_earlier;       /* in `asked`: persons since the start up to each earlier look */
    gboolean shows_drift;      /* enough persons on all sides in the days before the start */
    guint32 *may_show;         /* by subject, bits of measures: enough persons on all sides */
};

/* trial_panel.c ------------------------------------------------------------------------------ */

/* Rows of the served audience at places of the plan in those days. `subjects` NULL: all. */
plx_filter *plx_trial_rows(const struct plx_trial_work *work, const char *const *subjects,
                           struct plx_span_days days);
/* Errors: those of the source. */
gboolean plx_panel_ask(struct plx_panel *panel, const struct plx_trial_work *work, GError **error);
void plx_panel_clear(struct plx_panel *panel);

/* NULL: nobody was asked. */
const struct plx_panel_counts *plx_panel_counts(const struct plx_panel *panel,
                                                enum plx_measure measure);
/* -1: no answers. */
gint plx_panel_subject(const struct plx_panel *panel, enum plx_subject_kind kind, const char *id);
/* n_places: none of that name. */
guint plx_panel_place(const struct plx_panel *panel, const char *name);
/* Adds up the weights by value (counts->k of them, may be NULL); returns the answers. */
double plx_panel_sum(const struct plx_panel *panel, const struct plx_panel_counts *counts,
                     guint subject, guint place, struct plx_span_days days, double *values);
/* Answers of all places. */
double plx_panel_answers(const struct plx_panel *panel, const struct plx_panel_counts *counts,
                         guint subject, struct plx_span_days days);

/* Every place before and after, for the rule; `room`: 2 * k * n_places, holds the counts. */
void plx_panel_places(const struct plx_panel *panel, const struct plx_panel_counts *counts,
                      guint subject, const struct plx_trial_windows *windows,
                      struct plx_step_place *places, double *room);
/* The rule on one subject. */
struct plx_step_decision plx_panel_decide(const struct plx_panel *panel,
                                          const struct plx_panel_counts *counts, guint subject,
                                          const struct plx_trial_windows *windows,
                                          const struct plx_step_rule *rule);
/* The rule's change alone, as an interval of `level`; NaN throughout where the subject (-1: none)
 * has too few answers. */
struct plx_place_change plx_panel_change(const struct plx_panel *panel, enum plx_measure measure,
                                         gint subject, const struct plx_trial_windows *windows,
                                         double level, guint64 seed);
/* All NaN. */
struct plx_place_change plx_no_change(void);

/* trial_release.c ---------------------------------------------------------------------------- */

/* Zeroed, lives as long as the trial. */
gpointer plx_trial_keep_block(plx_trial *trial, gsize n, gsize size);
/* The second question, for persons, when the windows of `out` are set. */
gboolean plx_trial_ask_persons(struct plx_trial_work *work, GError **error);
/* Fills sides, places, weeks and work->may_show from it. */
void plx_trial_release(struct plx_trial_work *work);
/* Had enough persons answered by the look of that number (an earlier one), at the treated places
 * and, where it `compared`, at the others? */
gboolean plx_trial_shows_earlier(struct plx_trial_work *work, guint look, gboolean compared);
/* The days before the start in which sides are looked at for drift. */
struct plx_span_days plx_trial_drift_days(const struct plx_step_plan *plan);
/* May a number rest on these answers (before and after, on all sides of the plan)? */
gboolean plx_trial_may_show(const struct plx_trial_work *work, enum plx_measure measure,
                            gint subject);

/* Merging places into their sides "0" (comparison) and "1" (treated): pairs for a split, to be
 * freed. */
const char **plx_trial_sides(const struct plx_panel *panel);

/* Beside the verdict ------------------------------------------------------------------------- */

/* The windows of the look. */
struct plx_trial_windows plx_trial_windows(const plx_trial *trial);
void plx_trial_series(struct plx_trial_work *work);
void plx_trial_checks(struct plx_trial_work *work);
/* Appends what it needs to be asked, to struct plx_need; nothing before the first look. */
void plx_trial_who_needs(struct plx_trial_work *work, GArray *needs);
void plx_trial_who_clear(struct plx_trial_who *who);
void plx_trial_who_answers(struct plx_trial_work *work);
/* Does another step name this point? Then its past is not quiet. */
gboolean plx_trial_is_named(const struct plx_trial_work *work, const char *id);
void plx_trial_placebo(struct plx_trial_work *work);
void plx_trial_rebound(struct plx_trial_work *work);
void plx_trial_ask_keep(struct plx_trial_work *work);
