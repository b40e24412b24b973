/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/visit_desk.h"

#include "base/error.h"
#include "ingest/keys.h"
#include "store/inbox.h"

#include <string.h>

static const char shopper[] = "shopper";

gboolean plx_visit_desk_open(struct plx_visit_desk *desk, plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) acts = plx_visits_read(store, error);
    if (!acts)
        return FALSE;
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    for (guint i = 0; i < acts->len; i++) {
        const struct plx_visit_act *const act = acts->pdata[i];
        g_autoptr(GError) cause = NULL;
        if (!plx_visit_apply(list, act->visit, act->utc_seconds, act->author, act->act, act->body,
                             &cause))
            return plx_error(error, PLX_ERROR_IO, "%s: the workspace is damaged: its visits (%s)",
                             plx_store_path(store), cause->message);
    }
    *desk = (struct plx_visit_desk){store, g_steal_pointer(&list), acts->len};
    return TRUE;
}

void plx_visit_desk_clear(struct plx_visit_desk *desk)
{
    g_clear_pointer(&desk->list, plx_visit_list_free);
}

gboolean plx_visit_desk_act(struct plx_visit_desk *desk, gint64 visit, gint64 utc_seconds,
                            const char *author, const char *act, const char *body, GError **error)
{
    g_autofree char *who = g_strdup(author), *what = g_strdup(act), *says = g_strdup(body);
    const struct plx_visit_act made = {desk->last, visit, utc_seconds, who, what, says};
    if (!plx_visit_apply(desk->list, visit, utc_seconds, author, act, body, error) ||
        !plx_visits_add_within(desk->store, &made, error))
        return FALSE;
    desk->last++;
    return TRUE;
}

plx_visit_report *plx_visit_desk_report(const struct plx_visit_desk *desk, const plx_visit *visit,
                                        GError **error)
{
    GPtrArray *faults = NULL;
    if (!visit->report) {
        plx_error(error, PLX_ERROR_NOT_FOUND, "%s %" G_GINT64_FORMAT ": nothing was told yet",
                  visit->walk ? "walk" : "visit", visit->id);
        return NULL;
    }
    g_autofree char *body = plx_visits_report(desk->store, visit->id, visit->report, error);
    if (!body)
        return NULL;
    plx_visit_report *const report = plx_visit_report_read(
        body, strlen(body), visit->walk ? NULL : plx_store_map(desk->store), &faults);
    if (report)
        return report;
    g_autofree char *text = plx_visit_faults_text(faults);
    g_ptr_array_unref(faults);
    plx_error(error, PLX_ERROR_INPUT,
              "visit %" G_GINT64_FORMAT ": what was told does not fit the map any more: %s",
              visit->id, text);
    return NULL;
}

/* Accepting ---------------------------------------------------------------------------------- */

/* "minute+01:00" (PLX_DIM_CLOCK), to be freed. */
static char *clock_of(const struct plx_time *time)
{
    const char *const word = time->precision == PLX_PRECISION_SECOND ? "second" : "minute";
    const gint minutes = ABS(time->offset);
    return time->offset == 0 ? g_strconcat(word, "Z", NULL)
                             : g_strdup_printf("%s%c%02d:%02d", word, time->offset < 0 ? '-' : '+',
                                               minutes / 60, minutes % 60);
}

static gboolean append(const struct plx_visit_desk *desk, const plx_visit *visit,
                       const plx_visit_report *report, const char *name, GError **error)
{
    const plx_map *const map = plx_store_map(desk->store);
    const gint journey = plx_map_find_journey(map, visit->plan.journey);
    const gint audience = plx_map_find_audience(map, shopper);
    GPtrArray *texts = NULL;
    struct plx_batch batch;
    if (journey < 0 || audience < 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "visit %" G_GINT64_FORMAT ": the map has no journey \"%s\" any more",
                         visit->id, visit->plan.journey);
    g_autofree char *clock = clock_of(&report->time);
    g_autofree char *number = g_strdup_printf("%" G_GINT64_FORMAT, visit->id);
    const struct plx_occasion occasion = {
        .audience = (guint)audience,
        .dataset = PLX_VISIT_DATASET,
        .place = visit->plan.place,
        .source = PLX_VISIT_DATASET,
        .unit = plx_key_of_respondent(PLX_VISIT_DATASET, shopper, name),
        .encounter = plx_key_of_respondent(PLX_VISIT_DATASET, "visit", number),
        .known = TRUE,
        .seconds = report->time.seconds,
        .clock = clock};
    g_autoptr(plx_builder) builder = plx_builder_new(map);
    g_autoptr(GArray) rows = plx_visit_rows(report, (guint)journey, &texts);
    const gboolean ok =
        plx_builder_add(builder, &occasion, (const struct plx_builder_row *)(gpointer)rows->data,
                        rows->len, error) &&
        plx_builder_batch(builder, 0, &batch) &&
        plx_inbox_append_within(desk->store, &batch, 1, error);
    g_ptr_array_unref(texts);
    return ok;
}

gboolean plx_visit_desk_accept(struct plx_visit_desk *desk, const plx_visit *visit,
                               gint64 utc_seconds, const char *author, GError **error)
{
    g_autoptr(GError) cause = NULL;
    g_autofree char *body = plx_visit_review_text(PLX_VISIT_ACCEPTED, NULL);
    if (!plx_visit_desk_act(desk, visit->id, utc_seconds, author, "review", body, error))
        return FALSE;
    g_autoptr(plx_visit_report) report = plx_visit_desk_report(desk, visit, error);
    g_autofree char *name = report ? plx_visits_shopper(desk->store, visit->shopper, &cause) : NULL;
    if (cause) {
        g_propagate_error(error, g_steal_pointer(&cause));
        return FALSE;
    }
    if (report && !name)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "visit %" G_GINT64_FORMAT ": its shopper was erased", visit->id);
    return report && append(desk, visit, report, name, error);
}

/* Erasing ------------------------------------------------------------------------------------ */

gboolean plx_visit_desk_erase(const struct plx_visit_desk *desk, const char *name, gboolean dry_run,
                              guint64 *reports, GError **error)
{
    g_autoptr(GArray) visits = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = 0; i < desk->list->visits->len; i++) {
        const plx_visit *const visit = desk->list->visits->pdata[i];
        g_autoptr(GError) cause = NULL;
        g_autofree char *who =
            visit->shopper ? plx_visits_shopper(desk->store, visit->shopper, &cause) : NULL;
        if (cause) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return FALSE;
        }
        if (g_strcmp0(who, name) == 0)
            g_array_append_val(visits, visit->id);
    }
    return plx_visits_erase(desk->store, name, (const gint64 *)(gpointer)visits->data, visits->len,
                            dry_run, reports, error);
}
