/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "shop.h"

#include "base/error.h"
#include "store/db.h"
#include "wire.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

static const char map_text[] = "parallax: 1\n"
                               "title: Shop\n"
                               "journeys:\n"
                               "  - title: Order\n"
                               "    transactions:\n"
                               "      - {title: Find, points: [Page, Search]}\n";

/* Storing -------------------------------------------------------------------------------------- */

static gboolean apply(plx_call *call, plx_store *store, GError **error)
{
    const guint64 number = g_ascii_strtoull(plx_call_param(call, "number"), NULL, 10);
    struct plx_builder_row row = plx_builder_row_new();
    (void)store;
    row.kind = PLX_SUBJECT_POINT;
    row.subject = row.journey = 0;
    row.value[PLX_MEASURE_LEVEL] = 5;
    const struct plx_occasion occasion = {
        .unit = number, .encounter = number, .seconds = PLX_NO_TIME};
    if (!plx_call_answer(call, &occasion, &row, 1, error))
        return FALSE;
    return number % 1000 != 0 || plx_error(error, PLX_ERROR_INPUT, "That number is too round.");
}

static void settle(plx_call *call, const GError *failure)
{
    if (failure)
        plx_call_failed(call, failure);
    else
        plx_call_json(call, 201, g_string_new("{}"), NULL);
}

static void put(plx_call *call)
{
    plx_call_write(call, apply, settle);
}

/* As SQLite does by itself when the disk gives it what it cannot read. */
static gboolean lose(plx_call *call, plx_store *store, GError **error)
{
    g_assert_true(apply(call, store, error));
    g_assert_true(plx_db_execute(plx_store_db(store), "ROLLBACK", NULL));
    return plx_error(error, PLX_ERROR_IO, "the disk is odd");
}

static void put_odd(plx_call *call)
{
    plx_call_collect(call, lose, settle);
}

/* What a settle must not do itself, as the writer would wait for it. */
static void go_on(plx_call *call)
{
    g_assert_true(call->data != g_thread_self());
    g_assert_nonnull(call->store);
    plx_call_json(call, 202, g_string_new("{}"), NULL);
}

static void settle_later(plx_call *call, const GError *failure)
{
    g_assert_null(failure);
    call->data = g_thread_self();
    plx_call_to_worker(call, go_on);
}

static void put_later(plx_call *call)
{
    plx_call_write(call, apply, settle_later);
}

static const struct plx_route more[] = {{.method = PLX_HTTP_POST,
                                         .pattern = "/later/{number:number}",
                                         .place = PLX_ON_LOOP,
                                         .summary = "Stores an answer, and says so on a worker",
                                         .handle = put_later},
                                        {.method = PLX_HTTP_POST,
                                         .pattern = "/odd/{number:number}",
                                         .place = PLX_ON_LOOP,
                                         .summary = "Loses the transaction",
                                         .handle = put_odd},
                                        {.method = PLX_HTTP_POST,
                                         .pattern = "/put/{number:number}",
                                         .place = PLX_ON_LOOP,
                                         .summary = "Stores an answer",
                                         .handle = put},
                                        {.pattern = NULL}};

/* Opening and closing ---------------------------------------------------------------------------
 */

static gpointer run(gpointer server)
{
    plx_server_run(server);
    return NULL;
}

void shop_open(struct shop *shop, const struct plx_limit_options *limits)
{
    static const struct plx_limit_options none = {.buckets = 0};
    g_autoptr(GError) error = NULL;
    shop->proxy = plx_ranges_parse("127.0.0.1", &error);
    shop->folder = g_dir_make_tmp("parallax-shop-XXXXXX", &error);
    g_assert_no_error(error);
    shop->path = g_build_filename(shop->folder, "shop.plx", NULL);
    plx_store *store = plx_store_create(shop->path, map_text, "shop", &error);
    g_assert_no_error(error);
    plx_store_free(store);
    const struct plx_server_options options = {.workspace = shop->path,
                                               .listen = {"127.0.0.1", 0},
                                               .listener = -1,
                                               .proxy = shop->proxy,
                                               .limits = limits ? limits : &none,
                                               .more = more};
    shop->server = plx_server_new(&options, &error);
    g_assert_no_error(error);
    shop->thread = g_thread_new("server", run, shop->server);
}

static void empty_folder(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(folder))) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        g_assert_cmpint(g_unlink(file), ==, 0);
    }
    g_assert_cmpint(g_rmdir(path), ==, 0);
}

guint64 shop_close(struct shop *shop)
{
    g_autoptr(GError) error = NULL;
    struct plx_store_info info;
    plx_server_stop(shop->server);
    g_thread_join(shop->thread);
    plx_server_free(shop->server);
    plx_store *store = plx_store_open(shop->path, PLX_STORE_READ, &error);
    g_assert_no_error(error);
    g_assert_true(plx_store_info(store, 1, &info, &error));
    plx_store_free(store);
    empty_folder(shop->folder);
    plx_ranges_free(shop->proxy);
    g_free(shop->path);
    g_free(shop->folder);
    g_assert_cmpuint(info.observations, ==, info.encounters);
    return info.observations;
}

/* Asking --------------------------------------------------------------------------------------- */

static char *ask(const struct shop *shop, const char *method, const char *path, const char *fields)
{
    g_autofree char *text = g_strdup_printf("%s %s HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
                                            "Connection: close\r\n%s\r\n",
                                            method, path, fields);
    return plx_wire_ask_port(plx_server_port(shop->server), text);
}

char *shop_put(const struct shop *shop, guint number)
{
    g_autofree char *path = g_strdup_printf("/put/%u", number);
    return ask(shop, "POST", path, "");
}

char *shop_put_from(const struct shop *shop, guint number, const char *address)
{
    g_autofree char *path = g_strdup_printf("/put/%u", number);
    g_autofree char *fields = g_strdup_printf("X-Forwarded-For: %s\r\n", address);
    return ask(shop, "POST", path, fields);
}

char *shop_get(const struct shop *shop, const char *path)
{
    return ask(shop, "GET", path, "");
}

guint shop_status(const char *reply)
{
    g_assert_true(g_str_has_prefix(reply, "HTTP/1.1 "));
    return (guint)strtoul(reply + 9, NULL, 10);
}
