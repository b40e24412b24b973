/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/visit_file.h"

#include "base/error.h"
#include "serve/photo.h"

#include <jansson.h>
#include <string.h>

static const char format[] = "parallax.visit-kept/1";

static gboolean put_photo(const struct plx_visit_desk *desk, const plx_visit *visit, const char *id,
                          const char *text, GError **error)
{
    enum plx_visit_put put;
    gsize n;
    guchar *const bytes = g_base64_decode(text, &n);
    g_autoptr(GBytes) sent = g_bytes_new_take(bytes, n);
    g_autoptr(GBytes) kept = plx_photo_make(sent, error);
    if (!kept) {
        g_prefix_error(error, "picture %s: ", id);
        return FALSE;
    }
    if (!plx_visits_put_photo_within(desk->store, visit->id, id, sent, kept, &put, error))
        return FALSE;
    if (put == PLX_VISIT_PUT_OTHER)
        return plx_error(error, PLX_ERROR_INPUT, "picture %s: another one was sent under this id",
                         id);
    return put != PLX_VISIT_PUT_FULL ||
           plx_error(error, PLX_ERROR_INPUT, "picture %s: more than %d are not taken", id,
                     visit->walk ? PLX_WALK_PHOTOS_MAX : PLX_VISIT_PHOTOS_MAX);
}

/* Those that had arrived before are without bytes. */
static gboolean put_photos(const struct plx_visit_desk *desk, const plx_visit *visit,
                           const json_t *pictures, GError **error)
{
    gsize i;
    json_t *picture;
    json_array_foreach(pictures, i, picture)
    {
        const char *const id = json_string_value(json_object_get(picture, "id"));
        const char *const bytes = json_string_value(json_object_get(picture, "bytes"));
        if (!id || !plx_visit_is_id(id))
            return plx_error(error, PLX_ERROR_INPUT,
                             "pictures[%" G_GSIZE_FORMAT "].id: expected an id", i);
        if (bytes && !put_photo(desk, visit, id, bytes, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean take_kept(struct plx_visit_desk *desk, const plx_visit *visit, const json_t *file,
                          const struct plx_visit_parcel *parcel, enum plx_visit_put *put,
                          GError **error)
{
    const char *const named = json_string_value(json_object_get(file, "format"));
    const char *const body =
        json_string_value(json_object_get(json_object_get(file, "draft"), "body"));
    const json_int_t about = json_integer_value(json_object_get(file, "visit"));
    struct plx_visit_parcel within = *parcel;
    if (g_strcmp0(named, format) != 0)
        return plx_error(error, PLX_ERROR_INPUT, "format: expected \"%s\"", format);
    if (about != visit->id)
        return plx_error(error, PLX_ERROR_INPUT, "it is of another visit: %" G_GINT64_FORMAT,
                         (gint64)about);
    if (!body || !*body)
        return plx_error(error, PLX_ERROR_INPUT,
                         "it was saved before all was told: go on with it at its link, on any "
                         "phone");
    within.text = body;
    within.length = strlen(body);
    return put_photos(desk, visit, json_object_get(file, "pictures"), error) &&
           plx_visit_desk_send(desk, visit, &within, put, error);
}

gboolean plx_visit_file_take(struct plx_visit_desk *desk, const plx_visit *visit,
                             const struct plx_visit_parcel *parcel, enum plx_visit_put *put,
                             GError **error)
{
    json_error_t nothing;
    if (parcel->length > PLX_VISIT_FILE_BYTES_MAX)
        return plx_error(error, PLX_ERROR_INPUT, "more than %d bytes", PLX_VISIT_FILE_BYTES_MAX);
    json_t *const file = json_loadb(parcel->text, parcel->length, JSON_REJECT_DUPLICATES, &nothing);
    const gboolean kept = json_object_get(file, "format") != NULL;
    const gboolean ok = kept ? take_kept(desk, visit, file, parcel, put, error)
                             : plx_visit_desk_send(desk, visit, parcel, put, error);
    json_decref(file);
    return ok;
}
