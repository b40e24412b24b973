/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a phone sends of a visit or a walk: pictures, then the report. Each has an id that the phone
 * made, so that sending again what has arrived changes nothing and is answered as well. */

#include "serve/visit_page.h"

#include "base/error.h"
#include "serve/photo.h"
#include "serve/texts.h"
#include "serve/visit_words.h"

/* What arrived, from its handler to the writer. */
struct arrival {
    char *photo;         /* the id of a picture; NULL: a report */
    GBytes *sent, *kept; /* of the picture */
    enum plx_visit_put put;
};

static void free_arrival(gpointer data)
{
    struct arrival *const arrival = data;
    g_free(arrival->photo);
    g_bytes_unref(arrival->sent);
    g_bytes_unref(arrival->kept);
    g_free(arrival);
}

static gboolean check_open(const plx_visit *visit, const char *language, GError **error)
{
    const char *const words = plx_visit_closed_words(visit, language);
    return !words || plx_error(error, PLX_ERROR_NOT_SHOWN, "%s", words);
}

static void write_again(plx_json *json, gconstpointer data)
{
    const struct arrival *const arrival = data;
    plx_json_boolean(json, "again", arrival->put == PLX_VISIT_PUT_AGAIN);
}

/* {"again": false}: it is on the disk. */
static void settle(plx_call *call, const GError *failure)
{
    const struct arrival *const arrival = call->data;
    if (failure)
        plx_call_failed(call, failure);
    else
        plx_call_object(call, arrival->put == PLX_VISIT_PUT_AGAIN ? 200 : 201, write_again,
                        arrival);
}

static void hand_over(plx_call *call, const struct arrival *made, plx_apply apply)
{
    struct arrival *const arrival = g_new(struct arrival, 1);
    *arrival = *made;
    call->data = arrival;
    call->data_free = free_arrival;
    plx_call_write(call, apply, settle);
}

/* Pictures ----------------------------------------------------------------------------------- */

static gboolean keep_photo(const plx_visit *visit, struct arrival *arrival, plx_store *store,
                           const char *language, GError **error)
{
    char most[12];
    if (!plx_visits_put_photo_within(store, visit->id, arrival->photo, arrival->sent, arrival->kept,
                                     &arrival->put, error))
        return FALSE;
    switch (arrival->put) {
    case PLX_VISIT_PUT_NEW:
        return check_open(visit, language, error);
    case PLX_VISIT_PUT_AGAIN:
        return TRUE;
    case PLX_VISIT_PUT_OTHER:
        return plx_error(error, PLX_ERROR_INPUT, "Another picture has this id already.");
    case PLX_VISIT_PUT_FULL:
        break;
    }
    g_snprintf(most, sizeof most, "%d", visit->walk ? PLX_WALK_PHOTOS_MAX : PLX_VISIT_PHOTOS_MAX);
    g_autofree char *words = plx_texts_fill(language, "visit.full", most, NULL);
    return plx_error(error, PLX_ERROR_NOT_SHOWN, "%s", words);
}

static gboolean apply_photo(plx_call *call, plx_store *store, GError **error)
{
    struct plx_visit_desk desk = {0};
    const plx_visit *const visit = plx_visit_call_open(call, store, &desk, error);
    const gboolean ok =
        visit && keep_photo(visit, call->data, store,
                            plx_visit_call_language(call, visit, plx_store_map(store)), error);
    plx_visit_desk_clear(&desk);
    return ok;
}

/* Before it is decoded, which is hard work: not for who has no link, nor of what is over, unless it
 * is there already, which is said then, too. */
static gboolean is_worth_it(const plx_call *call, const char *id, GError **error)
{
    struct plx_visit_desk desk = {0};
    gboolean has = FALSE;
    const plx_visit *const visit = plx_visit_call_open(call, call->store, &desk, error);
    const gboolean ok =
        visit &&
        (plx_visit_is_id(id) ||
         plx_error(error, PLX_ERROR_INPUT, "\"%s\" is no id of a picture.", id)) &&
        plx_visits_has_photo(call->store, visit->id, id, &has, error) &&
        (has || check_open(visit, plx_visit_call_language(call, visit, plx_store_map(call->store)),
                           error));
    plx_visit_desk_clear(&desk);
    return ok;
}

void plx_visit_take_photo(plx_call *call)
{
    g_autoptr(GError) error = NULL;
    const char *const id = plx_call_param(call, "photo");
    const GByteArray *const body = plx_http_request_body(call->request);
    g_autoptr(GBytes) sent =
        is_worth_it(call, id, &error) ? g_bytes_new(body->data, body->len) : NULL;
    GBytes *const kept = sent ? plx_photo_make(sent, &error) : NULL;
    if (!kept) {
        plx_call_failed(call, error);
        return;
    }
    const struct arrival arrival = {
        .photo = g_strdup(id), .sent = g_steal_pointer(&sent), .kept = kept};
    hand_over(call, &arrival, apply_photo);
}

/* Reports ------------------------------------------------------------------------------------ */

static gboolean send_report(const plx_call *call, struct plx_visit_desk *desk,
                            const plx_visit *visit, enum plx_visit_put *put, GError **error)
{
    const GByteArray *const body = plx_http_request_body(call->request);
    g_autoptr(GError) cause = NULL;
    const struct plx_visit_parcel parcel = {
        .text = (const char *)body->data,
        .length = body->len,
        .utc_seconds = plx_call_now(call).utc,
        .language = plx_visit_call_language(call, visit, plx_store_map(desk->store))};
    if (plx_visit_desk_send(desk, visit, &parcel, put, &cause))
        return TRUE;
    if (g_error_matches(cause, PLX_ERROR, PLX_ERROR_USAGE) &&
        !check_open(visit, parcel.language, error)) /* in words for who tells */
        return FALSE;
    g_propagate_error(error, g_steal_pointer(&cause));
    return FALSE;
}

static gboolean apply_report(plx_call *call, plx_store *store, GError **error)
{
    struct arrival *const arrival = call->data;
    struct plx_visit_desk desk = {0};
    const plx_visit *const visit = plx_visit_call_open(call, store, &desk, error);
    const gboolean ok = visit && send_report(call, &desk, visit, &arrival->put, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

void plx_visit_take_report(plx_call *call)
{
    const struct arrival arrival = {0};
    hand_over(call, &arrival, apply_report);
}
