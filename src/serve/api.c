/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For programs: answers in, readings out, and what there is. */

#include "serve/api_encounter.h"
#include "serve/openapi.h"
#include "serve/routes.h"
#include "serve/server_private.h"
#include "serve/who.h"

#include "base/date.h"
#include "base/error.h"
#include "base/json.h"
#include "store/requests.h"

#include <sodium.h>
#include <string.h>

/* A body that is read on the loop: some fifty microseconds. */
#define LOOP_BYTES 8192

/* Encounters ---------------------------------------------------------------------------------- */

struct delivery {
    plx_api_body *body;
    gboolean keyed, replayed;
    struct plx_request request;
    guint observations;
};

static void free_delivery(gpointer data)
{
    struct delivery *const delivery = data;
    plx_api_body_free(delivery->body);
    g_free(delivery);
}

static gboolean look(const struct plx_occasion *occasion, const struct plx_builder_row *rows,
                     guint n, gpointer data, GError **error)
{
    (void)occasion, (void)rows, (void)n, (void)data, (void)error;
    return TRUE;
}

static gboolean put(const struct plx_occasion *occasion, const struct plx_builder_row *rows,
                    guint n, gpointer data, GError **error)
{
    return plx_call_answer(data, occasion, rows, n, error);
}

/* A number for an encounter that has no name, which tells nothing of when it came: that of a
 * counter under the server's own key. */
static guint64 next_number(plx_server *server)
{
    guint64 number;
    G_STATIC_ASSERT(sizeof number == crypto_shorthash_BYTES &&
                    sizeof server->unnamed_key == crypto_shorthash_KEYBYTES);
    const guint64 count = ++server->unnamed;
    crypto_shorthash((guint8 *)&number, (const guint8 *)&count, sizeof count, server->unnamed_key);
    return number;
}

static gboolean store_encounters(plx_call *call, plx_store *store, GError **error)
{
    struct delivery *const delivery = call->data;
    const gint32 day = plx_date_of_seconds(plx_call_now(call).utc);
    if (delivery->keyed &&
        !plx_requests_find_within(store, &delivery->request, &delivery->replayed, error))
        return FALSE;
    if (delivery->replayed)
        return TRUE;
    const struct plx_api_reading how = {plx_store_map(store), next_number(call->server),
                                        plx_call_now(call).utc};
    if (!plx_api_body_each(delivery->body, &how, put, call, &delivery->observations, error))
        return FALSE;
    delivery->request.encounters = plx_api_body_encounters(delivery->body);
    delivery->request.observations = delivery->observations;
    return !delivery->keyed || plx_requests_add_within(store, &delivery->request, day, error);
}

static void write_stored(plx_json *json, gconstpointer data)
{
    const struct delivery *const delivery = data;
    plx_json_string(json, "schema", "parallax.collected/1");
    plx_json_integer(json, "encounters", delivery->request.encounters);
    plx_json_integer(json, "observations", delivery->request.observations);
    plx_json_boolean(json, "again", delivery->replayed);
}

static void tell_stored(plx_call *call, const GError *failure)
{
    const struct delivery *const delivery = call->data;
    if (failure)
        plx_call_failed(call, failure);
    else
        plx_call_object(call, delivery->replayed ? 200 : 201, write_stored, delivery);
}

/* Who sent it: tokens and accounts have numbers that never meet. */
static gint64 sender_of(const plx_call *call)
{
    return !call->who ? 0 : call->who->token ? call->who->token : -call->who->account;
}

/* FALSE: the call is finished. */
static gboolean take_key(plx_call *call, struct delivery *delivery, const GByteArray *body)
{
    const struct plx_http_slice named =
        plx_http_head_value(plx_http_request_head(call->request), "idempotency-key");
    delivery->keyed = named.at != NULL;
    if (!named.at)
        return TRUE;
    if (named.length < 1 || named.length > 200) {
        plx_call_problem(call, 400, "An Idempotency-Key has 1 to 200 bytes.");
        return FALSE;
    }
    g_autofree char *key = g_strndup(named.at, named.length);
    plx_request_hash(&delivery->request, sender_of(call), key, body->data, body->len);
    return TRUE;
}

/* What is wrong with many is told before the writer is troubled with them; it checks again. */
static gboolean check(const plx_call *call, const struct delivery *delivery, GError **error)
{
    guint observations;
    if (!call->store)
        return TRUE;
    const struct plx_api_reading how = {plx_store_map(call->store), 0, plx_call_now(call).utc};
    return plx_api_body_each(delivery->body, &how, look, NULL, &observations, error);
}

/* What a till sends now and then is read at once, on the loop; what takes longer, on a worker. */
static void take_encounters(plx_call *call)
{
    const GByteArray *const body = plx_http_request_body(call->request);
    if (!call->store && body->len > LOOP_BYTES) {
        plx_server_to_worker(call);
        return;
    }
    const struct plx_http_slice type =
        plx_http_head_value(plx_http_request_head(call->request), "content-type");
    const gboolean lines = type.at && g_strstr_len(type.at, type.length, "ndjson");
    struct delivery *const delivery = g_new0(struct delivery, 1);
    g_autoptr(GError) error = NULL;
    call->data = delivery;
    if (call->store)
        call->data_free = free_delivery;
    else
        plx_http_request_keep(call->request, delivery, free_delivery);
    if (!take_key(call, delivery, body))
        return;
    delivery->body = plx_api_body_read((const char *)body->data, body->len, lines, &error);
    if (!delivery->body || !check(call, delivery, &error)) {
        plx_call_failed(call, error);
        return;
    }
    plx_call_collect(call, store_encounters, tell_stored);
}

/* Readings ------------------------------------------------------------------------------------ */

/* Names and values in turn, borrowed, up to NULL. */
static GPtrArray *options_of(const plx_call *call)
{
    GPtrArray *const options = g_ptr_array_new();
    const char *name, *value;
    for (guint i = 0; plx_fields_at(call->query, i, &name, &value); i++) {
        g_ptr_array_add(options, (gpointer)(guintptr)name);
        g_ptr_array_add(options, (gpointer)(guintptr)value);
    }
    g_ptr_array_add(options, NULL);
    return options;
}

/* What is asked, as a text that nothing else is: no value has a zero, which ends it. */
static char *question_of(const char *name, const GPtrArray *options)
{
    GString *const text = g_string_new(name);
    for (guint i = 0; i + 1 < options->len; i++) {
        g_autofree char *escaped = g_uri_escape_string(options->pdata[i], NULL, FALSE);
        g_string_append_printf(text, " %s", escaped);
    }
    return g_string_free(text, FALSE);
}

/* NULL: *error. Where nothing may be shown the document says why. */
static GBytes *make_reading(const plx_call *call, const char *name, const GPtrArray *options,
                            GError **error)
{
    const plx_server *const server = call->server;
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GError) why = NULL;
    if (server->options.reading(server->workspace, plx_store_held_roll(call->store), name,
                                (const char *const *)options->pdata, text, &why) ||
        (g_error_matches(why, PLX_ERROR, PLX_ERROR_NOT_SHOWN) && text->len > 0))
        return g_string_free_to_bytes(g_steal_pointer(&text));
    g_propagate_error(error, g_steal_pointer(&why));
    return NULL;
}

static void tell_reading(plx_call *call)
{
    plx_reading_cache *const cache = call->server->readings;
    const char *const name = plx_call_param(call, "name");
    if (!call->server->options.reading) {
        plx_call_problem(call, 404, "This server has no readings.");
        return;
    }
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) options = options_of(call);
    g_autofree char *question = question_of(name, options);
    /* As commands have it, wherever the server stands. */
    const gint32 today = plx_date_of_seconds(plx_call_now(call).utc);
    g_autoptr(GBytes) answer = plx_reading_cache_find(cache, question, today);
    if (!answer) {
        answer = make_reading(call, name, options, &error);
        if (!answer) {
            plx_call_failed(call, error);
            return;
        }
        plx_reading_cache_keep(cache, question, answer);
    }
    gsize size;
    const char *const text = g_bytes_get_data(answer, &size);
    plx_call_json(call, 200, g_string_new_len(text, (gssize)size), NULL);
}

/* What there is ------------------------------------------------------------------------------- */

static void tell_api(plx_call *call)
{
    GString *const text = g_string_new(NULL);
    plx_openapi_write(call->server->routes, call->server->n_routes, plx_server_url(call->server),
                      text);
    plx_call_json(call, 200, text, NULL);
}

const struct plx_route plx_routes_api[] = {
    {.method = PLX_HTTP_POST,
     .pattern = "/api/encounters",
     .permission = PLX_MAY_EDIT,
     .body = 64 * 1024 * 1024,
     .place = PLX_ON_LOOP,
     .summary = "Store encounters: one, {\"encounters\": [...]}, or NDJSON, up to 10,000; all or "
                "none. Idempotency-Key makes sending again harmless",
     .handle = take_encounters},
    {.method = PLX_HTTP_GET,
     .pattern = "/api/readings/{name:token}",
     .permission = PLX_MAY_VIEW,
     .place = PLX_ON_SLOW_WORKER,
     .summary = "A reading as the command of its name gives it with --format json; options as "
                "query: ?by=place&since=2026-01-01",
     .handle = tell_reading},
    {.method = PLX_HTTP_GET,
     .pattern = "/api/openapi.json",
     .permission = PLX_MAY_VIEW,
     .summary = "This description (OpenAPI 3.1)",
     .handle = tell_api},
    {.pattern = NULL},
};
