/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A step: one point, one level up, written down before it starts. What it is now follows from the
 * acts on it (store/steps.h keeps them): added, amended, started, stopped. An amendment never
 * hides what it changes.
 *
 * A step whose plan was fixed after its start can at most get `looks up`: who knows the answers
 * can choose what to compare. So can one with fewer than PLX_STEP_PLACES_MIN places, or as few to
 * compare with: that is before and after, not proof. Days are those of UTC, counted from
 * 1970-01-01. Test: tests/step/test_step.c. */

#include "map/map.h"

#include <glib.h>

#define PLX_STEP_PLACES_MIN 4
#define PLX_STEP_LOOKS_MAX 12
#define PLX_STEP_ALPHA 0.05  /* of all looks together, two-sided */
#define PLX_STEP_RHO 2.0     /* stats/spending.h: more is kept for later looks */
#define PLX_STEP_WINDOW "8w" /* of the baseline, before the start */

enum plx_step_repair { PLX_STEP_DELIVERY, PLX_STEP_PROMISE };
enum plx_step_state { PLX_STEP_PLANNED, PLX_STEP_RUNNING, PLX_STEP_STOPPED };
enum plx_step_late { PLX_STEP_IN_TIME, PLX_STEP_LATE, PLX_STEP_AMENDED_LATE };

/* "delivery", "planned", ...: as in JSON and on the command line. */
const char *plx_step_repair_name(enum plx_step_repair repair);
const char *plx_step_state_name(enum plx_step_state state);

struct plx_step_look {
    char *after; /* "6w" after the start, or a date: as asked for */
    gint32 day;
    double alpha; /* the share of the error that it may spend */
};

struct plx_step_plan {
    char *point; /* today's id when it was registered */
    gint from, to;
    double share; /* the target: of answers at `to` or better, 0 to 1 */
    enum plx_step_repair repair;
    char *owner;
    char *note; /* or NULL */
    gint32 start;
    char *window;                /* "8w" before the start ... */
    gint32 baseline;             /* ... which is from this day on */
    double margin;               /* in levels of its scale: what is worth it */
    double alpha;                /* of all looks */
    char **places;               /* where it is done, sorted; none: everywhere */
    char **compare;              /* where it is not, sorted */
    char **untouched;            /* points that should not move */
    struct plx_step_look *looks; /* rising */
    guint n_looks;
};

void plx_step_plan_free(struct plx_step_plan *plan);

/* What is asked for, as typed: NULL, or an empty list, is not given; "none" alone is the empty
 * list. A place that has a comma in its name may come in parts, split there. */
struct plx_step_ask {
    const char *point; /* id or title */
    const char *from, *to, *share, *repair, *owner, *note, *start, *window, *margin;
    const char *const *places, *const *compare, *const *untouched, *const *looks;
};

/* A new plan, or `before` with what is asked for changed (its point stays). `known` are the places
 * that occur, NULL-terminated; `author` owns what nobody is named for. Not given, --to is the level
 * above, --repair delivery, --window PLX_STEP_WINDOW, --looks 6w,12w, --margin the map's on the
 * scale of those served, --untouched the other points of the transaction. Errors: PLX_ERROR_USAGE
 * (what is needed, misspelt or at odds, by its option), PLX_ERROR_NOT_FOUND (point, place; with
 * "did you mean"). */
gboolean plx_step_plan_make(const struct plx_step_plan *before, const struct plx_step_ask *ask,
                            const plx_map *map, const char *const *known, const char *author,
                            struct plx_step_plan **plan, GError **error);

/* As JSON, to be kept, and back; `name` is the file's for errors (PLX_ERROR_INPUT). */
char *plx_step_plan_text(const struct plx_step_plan *plan);
struct plx_step_plan *plx_step_plan_read(const char *text, const char *name, GError **error);
/* The same of a start or a stop: {"note": "..."}; NULL: none. */
char *plx_step_note_text(const char *note);

/* One thing that an amendment changed, as text ("" where there was nothing). */
struct plx_step_amendment {
    gint64 utc_seconds;
    char *author;
    const char *field; /* static: "places" */
    gboolean late;     /* it decides, and came when the step had begun or was to have begun */
    char *before, *after;
};

/* When something was done, and by whom. */
struct plx_step_event {
    gint64 utc_seconds;
    char *author; /* NULL: it was not done */
    char *note;   /* or NULL */
};

struct plx_step {
    gint64 id;
    struct plx_step_plan *plan; /* in force */
    enum plx_step_state state;
    enum plx_step_late late;
    struct plx_step_event registered, started, stopped;
    GPtrArray *amendments; /* struct plx_step_amendment, in order */
};

/* For lists of struct plx_step: g_ptr_array_new_with_free_func(plx_step_free). */
void plx_step_free(gpointer step);

/* The act on a step of `steps` (0 or a new number: "add", which appends one). Errors, nothing
 * changed then: PLX_ERROR_USAGE where the step's state does not allow it or nothing would change,
 * PLX_ERROR_NOT_FOUND, PLX_ERROR_INPUT where `body` cannot be read. */
gboolean plx_step_apply(GPtrArray *steps, gint64 step, gint64 utc_seconds, const char *author,
                        const char *act, const char *body, const char *name, GError **error);

/* NULL with PLX_ERROR_NOT_FOUND. */
const struct plx_step *plx_step_find(const GPtrArray *steps, gint64 id, GError **error);

/* Whose levels a step is about: an index into the map's audiences. */
guint plx_step_served(const plx_map *map);

/* Was it stopped before its start, and had not begun? Then there is nothing to judge. */
gboolean plx_step_given_up(const struct plx_step *step);

/* Enough places on both sides for a verdict? */
gboolean plx_step_has_places(const struct plx_step_plan *plan);
/* The same, and fixed before its start: FALSE: at most `looks up`. */
gboolean plx_step_may_prove(const struct plx_step *step);
