/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/demo_workspace.h"

#include "base/date.h"
#include "cli/cmd_import.h"
#include "sim/truth.h"
#include "step/step.h"
#include "store/steps.h"

#include <string.h>

#define AUTHOR "demo"
#define DAY_BEGINS (9 * 3600) /* when people write things down, in UTC */

static gint64 month_seconds(const struct plx_truth *truth, guint month)
{
    const guint index = truth->first_month - 1 + month;
    const gint32 day =
        plx_date_days((gint)(truth->first_year + index / 12), (gint)(index % 12) + 1, 1);
    return (gint64)day * PLX_DAY_SECONDS + DAY_BEGINS;
}

/* Months of the baseline: what only looks like an improvement is held against the months that make
 * it look so; what is one, against all there are, so that every place has enough answers. */
static guint months_before(const struct plx_truth_change *change)
{
    return change->dip_months > 0 ? PLX_TRUTH_BEFORE : change->start;
}

/* The day on which the baseline begins, so that none of it is from before the choice. */
static gint64 registered_at(const struct plx_truth *truth, const struct plx_truth_change *change)
{
    return month_seconds(truth, change->start - months_before(change));
}

/* Names of the places of a group, or of all; NULL-terminated, borrowed. */
static const char **places_of(const struct plx_truth *truth, gint group)
{
    const char **const names = g_new0(const char *, (gsize)truth->n_places + 1);
    for (guint i = 0, n = 0; i < truth->n_places; i++)
        if (group < 0 || truth->places[i].group == (enum plx_truth_group)group)
            names[n++] = truth->places[i].name;
    return names;
}

static char *make_plan(const struct plx_truth_change *change, const plx_map *map, GError **error)
{

    const struct plx_truth *const truth = plx_truth();
    char start[PLX_DATE_SIZE];
    const guint after = PLX_TRUTH_MONTHS - change->start;
    g_autofree char *window = g_strdup_printf("%um", months_before(change));
    g_autofree char *half = g_strdup_printf("%um", after / 2);
    g_autofree char *end = g_strdup_printf("%um", after);
    const char *const looks[] = {half, end, NULL};
    g_autofree const char **places = places_of(truth, PLX_TRUTH_TREATED);
    g_autofree const char **compare = places_of(truth, PLX_TRUTH_COMPARISON);
    g_autofree const char **known = places_of(truth, -1);
    const struct plx_step_ask ask = {
        .point = change->point,
        .from = "3",
        .share = "0.5",
        .start = plx_date_format(plx_date_of_seconds(month_seconds(truth, change->start)), start),
        .window = window,
        .note = change->about,
        .places = places,
        .compare = compare,
        .looks = looks};
    struct plx_step_plan *plan = NULL;
    if (!plx_step_plan_make(NULL, &ask, map, known, AUTHOR, &plan, error))
        return NULL;
    char *const text = plx_step_plan_text(plan);
    plx_step_plan_free(plan);
    return text;
}

static gboolean add_step(plx_store *store, const struct plx_truth_change *change, gint64 *last,
                         GError **error)
{
    char author[] = AUTHOR, add[] = "add", start[] = "start";
    const struct plx_truth *const truth = plx_truth();
    gint64 id = 0;
    g_autofree char *plan = make_plan(change, plx_store_map(store), error);
    g_autofree char *note = plx_step_note_text(NULL);
    const struct plx_step_act added = {*last, 0, registered_at(truth, change), author, add, plan};
    if (!plan || !plx_steps_add(store, &added, &id, error))
        return FALSE;
    const struct plx_step_act begun = {*last + 1, id,    month_seconds(truth, change->start),
                                       author,    start, note};
    *last += 2;
    return plx_steps_add(store, &begun, NULL, error);
}

gboolean plx_demo_workspace_make(const char *path, gconstpointer data, GError **error)
{
    const struct plx_demo_sample *const sample = data;
    const struct plx_truth *const truth = plx_truth();
    gint64 last = 0;
    g_autoptr(plx_store) store = plx_store_create(path, sample->map_text, "map.yaml", error);
    return store && plx_cmd_import_text(sample->app, store, sample->csv, "ratings.csv", error) &&
           add_step(store, &truth->real, &last, error) &&
           add_step(store, &truth->apparent, &last, error);
}

gboolean plx_demo_workspace_is_own(const char *path)
{
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    g_autoptr(plx_store) store = plx_store_open(path, PLX_STORE_READ, NULL);
    g_autoptr(GPtrArray) acts = store ? plx_steps_read(store, NULL) : NULL;
    const struct plx_step_act *const first = acts && acts->len > 0 ? acts->pdata[0] : NULL;
    return first && strcmp(first->author, AUTHOR) == 0;
}
