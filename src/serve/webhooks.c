/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/webhooks.h"

#include "base/error.h"
#include "serve/fetch.h"
#include "serve/outside.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <string.h>

/* At most so many at once, and how long nothing is looked for. */
#define MOST 20
#define PAUSE (5 * G_TIME_SPAN_SECOND)
#define KEPT_SECONDS (30 * 86400)

struct plx_courier {
    plx_store *store;
    GMutex lock;
    GCond more;
    gboolean awake, ending;
    GThread *thread;
};

/* One delivery ------------------------------------------------------------------------------- */

char *plx_webhook_signature(const char *secret, gint64 delivery, gint64 now, const char *body)
{
    g_autofree char *text =
        g_strdup_printf("%" G_GINT64_FORMAT ".%" G_GINT64_FORMAT ".%s", delivery, now, body);
    g_autofree char *hex = g_compute_hmac_for_string(G_CHECKSUM_SHA256, (const guchar *)secret,
                                                     strlen(secret), text, -1);
    return g_strdup_printf("t=%" G_GINT64_FORMAT ",v1=%s", now, hex);
}

static gboolean read_address(const struct addrinfo *info, struct plx_address *address, char *text,
                             gsize size)
{
    return getnameinfo(info->ai_addr, info->ai_addrlen, text, (socklen_t)size, NULL, 0,
                       NI_NUMERICHOST) == 0 &&
           plx_address_parse(text, address);
}

/* "host:port:address" with the first address that it may be sent to; NULL: *why, and whether it was
 * *found, but nowhere else than inside. */
static char *look_up(const struct plx_outside_url *url, gboolean inside, gboolean *found,
                     char **why)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *list = NULL;
    char text[NI_MAXHOST];
    char *pin = NULL;
    const int code = getaddrinfo(url->host, NULL, &hints, &list);
    *found = code == 0;
    if (code != 0) {
        *why = g_strdup_printf("%s: %s", url->host, gai_strerror(code));
        return NULL;
    }
    for (const struct addrinfo *info = list; info && !pin; info = info->ai_next) {
        struct plx_address address;
        if (read_address(info, &address, text, sizeof text) && (inside || plx_outside_is(&address)))
            pin = g_strdup_printf("%s:%u:%s", url->host, url->port, text);
    }
    freeaddrinfo(list);
    if (!pin)
        *why = g_strdup_printf("%s: is inside our own network", url->host);
    return pin;
}

gboolean plx_webhook_leads_inside(const char *text)
{
    struct plx_outside_url url;
    gboolean found;
    g_autofree char *why = NULL;
    if (!plx_outside_parse(text, &url, NULL))
        return FALSE;
    g_autofree char *pin = look_up(&url, FALSE, &found, &why);
    plx_outside_url_clear(&url);
    return !pin && found;
}

static gint64 post(const plx_webhook *webhook, const plx_delivery *delivery, const char *pin,
                   gint64 now, char **why)
{
    g_autofree char *signature =
        plx_webhook_signature(webhook->secret, delivery->id, now, delivery->body);
    g_autofree char *signed_by = g_strconcat("Parallax-Signature: ", signature, NULL);
    g_autofree char *event = g_strconcat("Parallax-Event: ", delivery->event, NULL);
    g_autofree char *number = g_strdup_printf("Parallax-Delivery: %" G_GINT64_FORMAT, delivery->id);
    const char *const headers[] = {
        "Content-Type: application/json", "Expect:", event, number, signed_by, NULL};
    const struct plx_fetch_post request = {
        .url = webhook->url, .pin = pin, .body = delivery->body, .headers = headers};
    return plx_fetch_post(&request, why);
}

gint64 plx_webhook_deliver(const plx_webhook *webhook, const plx_delivery *delivery, gint64 now,
                           char **why)
{
    struct plx_outside_url url;
    g_autoptr(GError) error = NULL;
    if (!plx_outside_parse(webhook->url, &url, &error)) {
        *why = g_strdup(error->message);
        return 0;
    }
    gint64 status = 0;
    gboolean found;
    if (!url.https && !webhook->inside)
        *why = g_strdup("only https goes outside");
    else {
        g_autofree char *pin = look_up(&url, webhook->inside, &found, why);
        if (pin)
            status = post(webhook, delivery, pin, now, why);
    }
    plx_outside_url_clear(&url);
    return status;
}

/* The thread ---------------------------------------------------------------------------------- */

static const plx_webhook *find(const GPtrArray *webhooks, gint64 id)
{
    for (guint i = 0; i < webhooks->len; i++)
        if (((const plx_webhook *)webhooks->pdata[i])->id == id)
            return webhooks->pdata[i];
    return NULL;
}

static gboolean note(plx_store *store, const plx_delivery *delivery, gint64 status)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    plx_db *const db = plx_store_db(store);
    return plx_db_begin_write(db, NULL) &&
           plx_store_end(store,
                         plx_deliveries_tried(store, delivery, status, now, NULL) &&
                             plx_deliveries_purge(store, now - KEPT_SECONDS, NULL),
                         NULL);
}

static gboolean is_ending(plx_courier *courier)
{
    g_mutex_lock(&courier->lock);
    const gboolean ending = courier->ending;
    g_mutex_unlock(&courier->lock);
    return ending;
}

/* FALSE: not now. What cannot be claimed does not go; where only its end cannot be noted it goes
 * again: twice is better than never. */
static gboolean send_one(plx_courier *courier, const GPtrArray *webhooks, plx_delivery *delivery)
{
    const plx_webhook *const webhook = find(webhooks, delivery->webhook);
    g_autoptr(GError) error = NULL;
    g_autofree char *why = NULL;
    if (!plx_deliveries_begin(courier->store, delivery, g_get_real_time() / G_USEC_PER_SEC, &error))
        return g_error_matches(error, PLX_ERROR, PLX_ERROR_NOT_FOUND);
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    const gint64 status = webhook ? plx_webhook_deliver(webhook, delivery, now, &why) : 0;
    return note(courier->store, delivery, status);
}

/* All that is due. */
static void go_round(plx_courier *courier)
{
    const gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    g_autoptr(GPtrArray) due = plx_deliveries_due(courier->store, now, MOST, NULL);
    g_autoptr(GPtrArray) webhooks =
        due && due->len > 0 ? plx_webhooks_list(courier->store, NULL) : NULL;
    for (guint i = 0; webhooks && i < due->len && !is_ending(courier); i++)
        if (!send_one(courier, webhooks, due->pdata[i]))
            return;
}

static gpointer run(gpointer data)
{
    plx_courier *const courier = data;
    for (;;) {
        go_round(courier);
        g_mutex_lock(&courier->lock);
        const gint64 until = g_get_monotonic_time() + PAUSE;
        gboolean waits = TRUE;
        while (waits && !courier->awake && !courier->ending)
            waits = g_cond_wait_until(&courier->more, &courier->lock, until);
        courier->awake = FALSE;
        const gboolean ending = courier->ending;
        g_mutex_unlock(&courier->lock);
        if (ending)
            return NULL;
    }
}

plx_courier *plx_courier_new(const char *workspace, GError **error)
{
    plx_store *const store = plx_store_open(workspace, PLX_STORE_WRITE, error);
    if (!store)
        return NULL;
    plx_courier *const courier = g_new0(plx_courier, 1);
    courier->store = store;
    g_mutex_init(&courier->lock);
    g_cond_init(&courier->more);
    courier->thread = g_thread_new("courier", run, courier);
    return courier;
}

static void tell(plx_courier *courier, gboolean *what)
{
    g_mutex_lock(&courier->lock);
    *what = TRUE;
    g_cond_signal(&courier->more);
    g_mutex_unlock(&courier->lock);
}

void plx_courier_wake(plx_courier *courier)
{
    tell(courier, &courier->awake);
}

void plx_courier_free(plx_courier *courier)
{
    if (!courier)
        return;
    tell(courier, &courier->ending);
    g_thread_join(courier->thread);
    plx_store_free(courier->store);
    g_mutex_clear(&courier->lock);
    g_cond_clear(&courier->more);
    g_free(courier);
}
