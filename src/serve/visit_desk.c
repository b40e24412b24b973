/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/visit_desk.h"

#include "base/error.h"
#include "ingest/keys.h"
#include "map/map_walk.h"
#include "serve/texts.h"
#include "serve/visit_words.h"
#include "store/inbox.h"
#include "store/webhooks.h"

#include <string.h>

static const char shopper[] = "shopper";

static gboolean apply_all(plx_visit_list *list, const GPtrArray *acts, const char *path,
                          GError **error)
{
    for (guint i = 0; i < acts->len; i++) {
        const struct plx_act *const act = acts->pdata[i];
        g_autoptr(GError) cause = NULL;
        if (!plx_visit_apply(list, act->about, act->utc_seconds, act->author, act->act, act->body,
                             &cause))
            return plx_error(error, PLX_ERROR_IO, "%s: the workspace is damaged: its visits (%s)",
                             path, cause->message);
    }
    return TRUE;
}

gboolean plx_visit_desk_open(struct plx_visit_desk *desk, plx_store *store, GError **error)
{
    g_autoptr(GPtrArray) acts = plx_visits_read(store, error);
    g_autoptr(plx_visit_list) list = plx_visit_list_new();
    if (!acts || !apply_all(list, acts, plx_store_path(store), error))
        return FALSE;
    *desk = (struct plx_visit_desk){store, g_steal_pointer(&list), acts->len};
    return TRUE;
}

plx_visit *plx_visit_desk_open_link(struct plx_visit_desk *desk, plx_store *store, const char *hash,
                                    GError **error)
{
    gint64 id, last = 0;
    if (!plx_visits_find_link(store, hash, &id, error))
        return NULL;
    g_autoptr(GPtrArray) acts = plx_visits_of(store, id, &last, error);
    g_autoptr(plx_visit_list) list = plx_visit_list_new_one(id);
    if (!acts || !apply_all(list, acts, plx_store_path(store), error))
        return NULL;
    plx_visit *const visit = plx_visit_linked(list, hash);
    if (!visit) {
        plx_error(error, PLX_ERROR_NOT_FOUND, "another link was made since");
        return NULL;
    }
    *desk = (struct plx_visit_desk){store, g_steal_pointer(&list), last};
    return visit;
}

void plx_visit_desk_clear(struct plx_visit_desk *desk)
{
    g_clear_pointer(&desk->list, plx_visit_list_free);
}

/* 0: nobody, so far. */
static gint64 shopper_of(const plx_visit_list *list, gint64 id)
{
    const gint64 at = id - list->before - 1;
    return at >= 0 && at < (gint64)list->visits->len
               ? ((const plx_visit *)list->visits->pdata[at])->shopper
               : 0;
}

/* Pictures do not say whose they are: once the visit is another's, erasing who sent them would not
 * find them, and they would take the room of the other's. Reports there are none: what was told is
 * told again by the same shopper alone. */
static gboolean let_go(const struct plx_visit_desk *desk, gint64 visit, gint64 before,
                       GError **error)
{
    const struct plx_visits_forgotten forgotten = {&visit, NULL, 1, 0};
    guint64 reports;
    return before == 0 || before == shopper_of(desk->list, visit) ||
           plx_visits_forget_within(desk->store, &forgotten, &reports, error);
}

gboolean plx_visit_desk_act(struct plx_visit_desk *desk, gint64 visit, gint64 utc_seconds,
                            const char *author, const char *act, const char *body, GError **error)
{
    g_autofree char *who = g_strdup(author), *what = g_strdup(act), *says = g_strdup(body);
    const struct plx_act made = {desk->last, visit, utc_seconds, who, what, says};
    const gint64 before = shopper_of(desk->list, visit);
    if (!plx_visit_apply(desk->list, visit, utc_seconds, author, act, body, error) ||
        !plx_visits_add_within(desk->store, &made, error) || !let_go(desk, visit, before, error))
        return FALSE;
    desk->last++;
    return TRUE;
}

plx_visit_report *plx_visit_desk_report(const struct plx_visit_desk *desk, const plx_visit *visit,
                                        const char *id, GError **error)
{
    GPtrArray *faults = NULL;
    const char *const wanted = id ? id : visit->report;
    if (!wanted) {
        plx_error(error, PLX_ERROR_NOT_FOUND, "%s %" G_GINT64_FORMAT ": nothing was told yet",
                  visit->walk ? "walk" : "visit", visit->id);
        return NULL;
    }
    g_autofree char *body = plx_visits_report(desk->store, visit->id, wanted, error);
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

/* Sending ------------------------------------------------------------------------------------ */

static gboolean check_photos(const struct plx_visit_desk *desk, const plx_visit *visit,
                             const plx_visit_report *report, GError **error)
{
    for (guint i = 0; i < report->moments->len; i++) {
        const struct plx_visit_moment *const moment = report->moments->pdata[i];
        for (char **photo = moment->photos; *photo; photo++) {
            gboolean has;
            if (!plx_visits_has_photo(desk->store, visit->id, *photo, &has, error))
                return FALSE;
            if (!has)
                return plx_error(error, PLX_ERROR_INPUT,
                                 "moments[%u].photos: the picture \"%s\" is not here yet", i,
                                 *photo);
        }
    }
    return TRUE;
}

/* A new one: does the visit still take it? */
static gboolean check_taken(const plx_visit *visit, const plx_visit_report *report,
                            enum plx_visit_put put, const char *language, GError **error)
{
    if (put == PLX_VISIT_PUT_OTHER)
        return plx_error(error, PLX_ERROR_INPUT, "report: another one was sent under this id");
    if (put == PLX_VISIT_PUT_FULL)
        return plx_error(error, PLX_ERROR_NOT_SHOWN, "%s", plx_texts(language, "walk.full"));
    if (put == PLX_VISIT_PUT_AGAIN || !visit->walk ||
        !plx_visit_is_outside(visit, report->time.day))
        return TRUE;
    g_autofree char *over = plx_visit_outside_words(visit, language);
    return plx_error(error, PLX_ERROR_NOT_SHOWN, "%s", over);
}

/* Programs that want to know are told that it waits for a review. */
static gboolean tell_sent(const struct plx_visit_desk *desk, const plx_visit *visit, gint64 now,
                          GError **error)
{
    g_autofree char *body = g_strdup_printf("{\"visit\": %" G_GINT64_FORMAT "}", visit->id);
    return visit->walk || plx_webhooks_tell(desk->store, 0, PLX_WEBHOOK_VISIT, body, now, error);
}

gboolean plx_visit_desk_send(struct plx_visit_desk *desk, const plx_visit *visit,
                             const struct plx_visit_parcel *parcel, enum plx_visit_put *put,
                             GError **error)
{
    GPtrArray *faults = NULL;
    enum plx_visit_put found;
    g_autoptr(plx_visit_report) report = plx_visit_report_read(
        parcel->text, parcel->length, visit->walk ? NULL : plx_store_map(desk->store), &faults);
    if (!report) {
        g_autofree char *all = plx_visit_faults_text(faults);
        g_ptr_array_unref(faults);
        return plx_error(error, PLX_ERROR_INPUT, "%s", all);
    }
    g_autofree char *body = g_strndup(parcel->text, parcel->length);
    g_autofree char *act = plx_visit_send_text(
        report->id, !visit->walk && plx_visit_is_outside(visit, report->time.day));
    if (!check_photos(desk, visit, report, error) ||
        !plx_visits_put_report_within(desk->store, visit->id, report->id, body, &found, error) ||
        !check_taken(visit, report, found, parcel->language, error))
        return FALSE;
    if (found == PLX_VISIT_PUT_NEW &&
        (!plx_visit_desk_act(desk, visit->id, parcel->utc_seconds,
                             parcel->author ? parcel->author : "-", "send", act, error) ||
         !tell_sent(desk, visit, parcel->utc_seconds, error)))
        return FALSE;
    *put = found;
    return TRUE;
}

/* Walks -------------------------------------------------------------------------------------- */

static void free_report(gpointer report)
{
    plx_visit_report_free(report);
}

GPtrArray *plx_visit_desk_reports(const struct plx_visit_desk *desk, const plx_visit *visit,
                                  GError **error)
{
    g_autoptr(GPtrArray) reports = g_ptr_array_new_with_free_func(free_report);
    for (guint i = 0; i < visit->events->len; i++) {
        const struct plx_visit_event *const event = visit->events->pdata[i];
        g_autoptr(GError) cause = NULL;
        plx_visit_report *const report =
            event->report ? plx_visit_desk_report(desk, visit, event->report, &cause) : NULL;
        if (report)
            g_ptr_array_add(reports, report);
        if (cause && !g_error_matches(cause, PLX_ERROR, PLX_ERROR_NOT_FOUND)) {
            g_propagate_error(error, g_steal_pointer(&cause));
            return NULL;
        }
    }
    return g_steal_pointer(&reports);
}

static void append_cell(GString *csv, const char *text, char end)
{
    g_string_append_c(csv, '"');
    for (; text && *text; text++) {
        if (*text == '"')
            g_string_append_c(csv, '"');
        g_string_append_c(csv, *text);
    }
    g_string_append_c(csv, '"');
    g_string_append_c(csv, end);
}

static void append_moments(GString *csv, const plx_visit *walk, const plx_visit_report *report)
{
    for (guint i = 0; i < report->moments->len; i++) {
        const struct plx_visit_moment *const moment = report->moments->pdata[i];
        g_autofree char *level =
            moment->level > PLX_CELL_DECLINED ? g_strdup_printf("%d", moment->level) : NULL;
        append_cell(csv, walk->plan.journey, ',');
        append_cell(csv, moment->title, ',');
        append_cell(csv, moment->words ? moment->words : moment->title, ',');
        append_cell(csv, moment->sense, ',');
        append_cell(csv, moment->channel, ',');
        append_cell(csv, level, '\n');
    }
}

gboolean plx_visit_desk_draft(const struct plx_visit_desk *desk, const plx_visit *walk,
                              GString *yaml, GError **error)
{
    g_autoptr(GString) csv = g_string_new("journey,title,words,sense,channel,level\n");
    g_autofree char *name = g_strdup_printf("walk %" G_GINT64_FORMAT, walk->id);
    g_autoptr(GPtrArray) reports = plx_visit_desk_reports(desk, walk, error);
    if (!reports)
        return FALSE;
    if (reports->len == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "%s: %s", name,
                         walk->reports == 0 ? "nothing was told yet" : "what was told was erased");
    for (guint i = 0; i < reports->len; i++)
        append_moments(csv, walk, reports->pdata[i]);
    g_autoptr(plx_csv_table) table = plx_csv_table_read_memory(csv->str, csv->len, name, error);
    return table && plx_map_walk_table(table, name, walk->plan.journey, yaml, error);
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
    g_autoptr(plx_visit_report) report = plx_visit_desk_report(desk, visit, NULL, error);
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
