/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A reading as commands show it: `parallax NAME SOURCE` and `report SOURCE --reading NAME -o FILE`
 * take the same row. A reading beside the gaps is one row in its cmd_NAME.c, declared here, and one
 * word in plx_reading_views of cli/reading.c. Tests: tests/cli/cases. */

#include "cli/cmd_source.h"
#include "cli/command.h"
#include "reading/figure.h"
#include "report/story.h"
#include "step/proposals.h"

struct plx_reading_view {
    const char *name;   /* "friction" */
    gboolean in_report; /* has a section on the page of `report`, unless only what it is about
                           does not exist: PLX_ERROR_NOT_FOUND, PLX_ERROR_NOT_SHOWN */
    /* Asks the source as the selection options say. */
    gpointer (*read)(const plx_cmd_source *source, const plx_invocation *invocation,
                     GError **error);
    GDestroyNotify free;
    plx_story *(*story)(gconstpointer reading);
    void (*json)(gconstpointer reading, GString *out);
    void (*csv)(gconstpointer reading, GString *out);
    /* Its numbers for `compare`, elements struct plx_figure; NULL: not to be compared. */
    void (*figures)(gconstpointer reading, GArray *figures);
    gboolean alike;           /* counts everybody alike: not with --weights */
    const char *not_compared; /* why, and what to do instead; NULL: nothing to say of it */
};

extern const struct plx_reading_view plx_reading_view_friction;
extern const struct plx_reading_view plx_reading_view_consistency;
extern const struct plx_reading_view plx_reading_view_journey;
extern const struct plx_reading_view plx_reading_view_drivers;
extern const struct plx_reading_view plx_reading_view_promises;
extern const struct plx_reading_view plx_reading_view_trend;
extern const struct plx_reading_view plx_reading_view_vignettes;
extern const struct plx_reading_view plx_reading_view_next;

/* One point, by --point, as a file; no reading of its own beside the others. */
extern const struct plx_reading_view plx_reading_view_point;

/* Of all readings beside the gaps, beliefs and workshop; ends with NULL. */
extern const struct plx_reading_view *const plx_reading_views[];
/* NULL: no such name. */
const struct plx_reading_view *plx_reading_view_find(const char *name);

/* Errors: PLX_ERROR_USAGE for --weights where a reading counts everybody alike. */
gboolean plx_reading_check_weights(const char *name, gboolean alike,
                                   const plx_invocation *invocation, GError **error);

/* Reads a view that belongs into the report. *reading stays NULL where it does not, or where there
 * is nothing to say, or nothing that may be shown. */
gboolean plx_reading_try(const struct plx_reading_view *view, const plx_cmd_source *source,
                         const plx_invocation *invocation, gpointer *reading, GError **error);

/* Sections of the page of `report` (plx_story, owned): of the readings that belong there, as far as
 * there is something to say. The step to take is apart, in *next (owned; NULL: nothing to say). */
GPtrArray *plx_reading_sections(const plx_cmd_source *source, const plx_invocation *invocation,
                                plx_next **next, GError **error);

/* The whole command: opens the first argument, reads, writes as --format says. */
gboolean plx_reading_run(const struct plx_reading_view *view, plx_app *app,
                         const plx_invocation *invocation, GError **error);
