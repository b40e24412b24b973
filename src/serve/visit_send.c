/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a phone sends of a visit or a walk: pictures, then the report. Each has an id that the phone
 * made, so that sending again what has arrived changes nothing and is answered as well. */

#include "serve/visit_page.h"

#include "base/error.h"
#include "base/json.h"
#include "serve/photo.h"

/* What arrived, from its handler to the writer. */
struct parcel {
    char *photo;         /* the id of a picture; NULL: a report */
    GBytes *sent, *kept; /* of the picture */
    enum plx_visit_put put;
};

static void free_parcel(gpointer data)
{
    struct parcel *const parcel = data;
    g_free(parcel->photo);
    g_bytes_unref(parcel->sent);
    g_bytes_unref(parcel->kept);
    g_free(parcel);
}

static gboolean check_open(const plx_visit *visit, GError **error)
{
    g_autofree char *words = plx_visit_closed_words(visit);
    return !words || plx_error(error, PLX_ERROR_NOT_SHOWN, "%s", words);
}

/* {"again": false}: it is on the disk. */
static void settle(plx_call *call, const GError *failure)
{
    const struct parcel *const parcel = call->data;
    if (failure) {
        plx_call_failed(call, failure);
        return;
    }
    GString *const text = g_string_new(NULL);
    plx_json *const json = plx_json_new(text);
    plx_json_begin_object(json, NULL);
    plx_json_boolean(json, "again", parcel->put == PLX_VISIT_PUT_AGAIN);
    plx_json_end_object(json);
    plx_json_free(json);
    plx_call_json(call, parcel->put == PLX_VISIT_PUT_AGAIN ? 200 : 201, text, NULL);
}

static void hand_over(plx_call *call, const struct parcel *made, plx_apply apply)
{
    struct parcel *const parcel = g_new(struct parcel, 1);
    *parcel = *made;
    call->data = parcel;
    call->data_free = free_parcel;
    plx_call_write(call, apply, settle);
}

/* Pictures ----------------------------------------------------------------------------------- */

static gboolean keep_photo(const plx_visit *visit, struct parcel *parcel, plx_store *store,
                           GError **error)
{
    if (!plx_visits_put_photo_within(store, visit->id, parcel->photo, parcel->sent, parcel->kept,
                                     &parcel->put, error))
        return FALSE;
    switch (parcel->put) {
    case PLX_VISIT_PUT_NEW:
        return check_open(visit, error);
    case PLX_VISIT_PUT_AGAIN:
        return TRUE;
    case PLX_VISIT_PUT_OTHER:
        return plx_error(error, PLX_ERROR_INPUT, "Another picture has this id already.");
    case PLX_VISIT_PUT_FULL:
        break;
    }
    return plx_error(error, PLX_ERROR_INPUT, "There are %d pictures already: more are not taken.",
                     visit->walk ? PLX_WALK_PHOTOS_MAX : PLX_VISIT_PHOTOS_MAX);
}

static gboolean apply_photo(plx_call *call, plx_store *store, GError **error)
{
    struct plx_visit_desk desk = {0};
    const plx_visit *const visit =
        plx_visit_desk_open(&desk, store, error) ? plx_visit_call_find(call, &desk, error) : NULL;
    const gboolean ok = visit && keep_photo(visit, call->data, store, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

void plx_visit_take_photo(plx_call *call)
{
    g_autoptr(GError) error = NULL;
    struct plx_visit_desk desk = {0};
    const char *const id = plx_call_param(call, "photo");
    const GByteArray *const body = plx_http_request_body(call->request);
    /* Who has no link has no picture decoded. */
    const gboolean known = plx_visit_desk_open(&desk, call->store, &error) &&
                           plx_visit_call_find(call, &desk, &error) &&
                           (plx_visit_is_id(id) || plx_error(&error, PLX_ERROR_INPUT,
                                                             "\"%s\" is no id of a picture.", id));
    plx_visit_desk_clear(&desk);
    g_autoptr(GBytes) sent = known ? g_bytes_new(body->data, body->len) : NULL;
    GBytes *const kept = sent ? plx_photo_make(sent, &error) : NULL;
    if (!kept) {
        plx_call_failed(call, error);
        return;
    }
    const struct parcel parcel = {
        .photo = g_strdup(id), .sent = g_steal_pointer(&sent), .kept = kept};
    hand_over(call, &parcel, apply_photo);
}

/* Reports ------------------------------------------------------------------------------------ */

static gboolean apply_report(plx_call *call, plx_store *store, GError **error)
{
    struct parcel *const parcel = call->data;
    struct plx_visit_desk desk = {0};
    const GByteArray *const body = plx_http_request_body(call->request);
    const plx_visit *const visit =
        plx_visit_desk_open(&desk, store, error) ? plx_visit_call_find(call, &desk, error) : NULL;
    const gboolean ok =
        visit && plx_visit_desk_send(&desk, visit, (const char *)body->data, body->len,
                                     plx_call_now(call).utc, &parcel->put, error);
    plx_visit_desk_clear(&desk);
    return ok;
}

void plx_visit_take_report(plx_call *call)
{
    const struct parcel parcel = {0};
    hand_over(call, &parcel, apply_report);
}
