/* SPDX-License-Identifier: GPL-3.0-or-later */
/* serve: the workspace on the web (docs/serving.md). */
#include "base/suggest.h"
#include "cli/cmd_workspace.h"
#include "cli/served.h"
#include "form/settings.h"
#include "map/template.h"
#include "serve/http.h"
#include "serve/server.h"
#include "serve/setup.h"
#include "serve/systemd.h"
#include "store/links.h"
#include "store/ticket.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define NAME "service.plx"
#define TEMPLATE "marketplace-order"

/* Signals ------------------------------------------------------------------------------------ */

/* They are held back in all threads and waited for by one: INT and TERM stop the server, HUP has it
 * read its certificate and open its log anew. */
struct ear {
    plx_server *server;
    plx_http_tls *tls; /* or NULL */
    plx_log *log;      /* or NULL */
    sigset_t signals, before;
    GThread *thread;
};

static void ear_hold(struct ear *ear)
{
    sigemptyset(&ear->signals);
    sigaddset(&ear->signals, SIGINT);
    sigaddset(&ear->signals, SIGTERM);
    sigaddset(&ear->signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &ear->signals, &ear->before);
}

static void reload(const struct ear *ear)
{
    g_autoptr(GError) error = NULL;
    if ((ear->tls && !plx_http_tls_reload(ear->tls, &error)) ||
        (ear->log && !plx_log_reopen(ear->log, &error)))
        g_printerr("parallax: %s\n", error->message);
}

static gpointer listen_for(gpointer data)
{
    struct ear *const ear = data;
    int got = 0;
    while (sigwait(&ear->signals, &got) == 0 && got == SIGHUP)
        reload(ear);
    plx_systemd_notify(g_getenv("NOTIFY_SOCKET"), "STOPPING=1");
    plx_server_stop(ear->server);
    return NULL;
}

static void run_until_told(struct ear *ear)
{
    ear->thread = g_thread_new("signals", listen_for, ear);
    plx_systemd_notify(g_getenv("NOTIFY_SOCKET"), "READY=1");
    plx_server_run(ear->server);
    g_thread_join(ear->thread);
}

/* The workspace ------------------------------------------------------------------------------ */

/* The one workspace of this folder; or a name for a new one. NULL: there are several. */
static char *find_workspace(GError **error)
{
    g_autoptr(GDir) folder = g_dir_open(".", 0, error);
    g_autofree char *found = NULL;
    const char *name;
    while (folder && (name = g_dir_read_name(folder))) {
        if (!g_str_has_suffix(name, ".plx"))
            continue;
        if (found) {
            plx_error(error, PLX_ERROR_USAGE,
                      "there are several workspaces here, %s and %s among them: say which", found,
                      name);
            return NULL;
        }
        found = g_strdup(name);
    }
    return !folder ? NULL : found ? g_steal_pointer(&found) : g_strdup(NAME);
}

/* A link for those who are served, about any journey; its address' end in *token. */
static gboolean make_link(plx_store *store, char **token, GError **error)
{
    const plx_map *const map = plx_store_map(store);
    const struct plx_form_ask ask = {0};
    struct plx_form_settings settings;
    if (!plx_form_settings_ask(map, &ask, &settings, error))
        return FALSE;
    g_autofree char *text = plx_form_settings_text(map, &settings);
    const struct plx_link link = {.kind = PLX_LINK_CAMPAIGN,
                                  .audience = map->audiences[settings.audience].id,
                                  .identity = map->audiences[settings.audience].identity,
                                  .settings = text,
                                  .opens = PLX_LINK_ALWAYS,
                                  .closes = PLX_LINK_ALWAYS};
    gint64 id;
    g_auto(GStrv) addresses = NULL;
    if (!plx_links_add(store, "serve", &link, 1, &id, &addresses, error))
        return FALSE;
    *token = g_strdup(addresses[0]);
    return TRUE;
}

/* A workspace with a starter map, and a first link. */
static gboolean make_workspace(plx_app *app, const plx_invocation *invocation, const char *path,
                               char **token, GError **error)
{
    const char *const asked = plx_invocation_string(invocation, PLX_OPTION_TEMPLATE);
    const char *const name = asked ? asked : TEMPLATE;
    const char *const text = plx_template_text(name, NULL, error);
    g_autoptr(plx_store) store = text ? plx_store_create(path, text, name, error) : NULL;
    if (!store || !make_link(store, token, error))
        return FALSE;
    g_string_append_printf(plx_app_out(app), "%s: a new workspace, with the starter map %s%s\n",
                           path, name, asked ? "" : " (others: parallax template list)");
    return TRUE;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The workspaces of the folder that `path` would be in, as one would type them; NULL-terminated. */
static GPtrArray *list_beside(const char *path)
{
    GPtrArray *const list = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (g_str_has_suffix(name, ".plx"))
            g_ptr_array_add(list, strchr(path, G_DIR_SEPARATOR)
                                      ? g_build_filename(folder, name, (char *)NULL)
                                      : g_strdup(name));
    g_ptr_array_sort(list, compare_names);
    g_ptr_array_add(list, NULL);
    return list;
}

/* A name that was mistyped must not become another workspace, where answers go astray. */
static gboolean not_there(const char *path, GError **error)
{
    enum { NAMED = 5 };
    g_autoptr(GPtrArray) beside = list_beside(path);
    const guint n = beside->len - 1;
    g_autofree char *near = plx_suggest_text(path, (const char *const *)beside->pdata, n);
    g_autofree char *all = n > NAMED ? NULL : g_strjoinv(", ", (char **)beside->pdata);
    g_autofree char *those =
        all && *all && !*near ? g_strdup_printf(" (beside it: %s)", all) : NULL;
    g_autofree char *word = g_shell_quote(path);
    return plx_error(error, PLX_ERROR_NOT_FOUND,
                     "%s: there is no such workspace%s%s 'parallax init' makes one, or with a "
                     "starter map and a first form: parallax serve %s --template hotel-stay",
                     path, those ? those : "", *near ? near : ";", word);
}

/* It is there, or is made where that is what was asked for: a starter map was, or no name was
 * given. A starter map is for a new one only. */
static gboolean have_workspace(plx_app *app, const plx_invocation *invocation, const char *path,
                               char **token, GError **error)
{
    const gboolean make = !plx_invocation_argument(invocation, 0) ||
                          plx_invocation_has(invocation, PLX_OPTION_TEMPLATE);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return make ? make_workspace(app, invocation, path, token, error) : not_there(path, error);
    return !plx_invocation_has(invocation, PLX_OPTION_TEMPLATE) ||
           plx_error(error, PLX_ERROR_USAGE,
                     "the workspace %s is there already: --template is for a new one", path);
}

/* Where the first administrator is made, as long as there is none; else *path stays NULL. */
static gboolean make_setup(const char *workspace, char **path, GError **error)
{
    g_autoptr(plx_store) store = plx_store_open(workspace, PLX_STORE_WRITE, error);
    if (!store || !plx_db_begin_write(plx_store_db(store), error))
        return FALSE;
    if (plx_setup_first(store, g_get_real_time() / G_USEC_PER_SEC, path, error))
        return plx_db_commit(plx_store_db(store), error);
    plx_db_rollback(plx_store_db(store));
    return FALSE;
}

/* Each connection is a descriptor, and the workspace needs some: as many as we may have. */
static guint raise_descriptors(void)
{
    enum { OTHERS = 64 };
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
    getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur > 2 * OTHERS ? (guint)MIN(limit.rlim_cur - OTHERS, G_MAXINT) : OTHERS;
}

/* Serving ------------------------------------------------------------------------------------ */

/* What the options come to; cleared in any case. */
struct desk {
    struct plx_server_options options;
    plx_http_tls *tls;
    plx_ranges *proxy;
    plx_log *log;
    struct plx_oidc_options oidc;
    char *oidc_secret;
};

static void desk_clear(struct desk *desk)
{
    g_free(desk->oidc_secret);
    plx_http_tls_free(desk->tls);
    plx_ranges_free(desk->proxy);
    plx_log_free(desk->log);
}

static gboolean read_tls(const plx_invocation *invocation, struct desk *desk, GError **error)
{
    const char *const certificate = plx_invocation_string(invocation, PLX_OPTION_CERTIFICATE);
    const char *const key = plx_invocation_string(invocation, PLX_OPTION_KEY_FILE);
    if (!certificate != !key)
        return plx_error(error, PLX_ERROR_USAGE, "--certificate and --key go together");
    if (certificate)
        desk->tls = plx_http_tls_new(certificate, key, error);
    desk->options.tls = desk->tls;
    return !certificate || desk->tls;
}

/* The secret is no argument: others on the machine could read it. */
static gboolean read_oidc(const plx_invocation *invocation, struct desk *desk, GError **error)
{
    const char *const issuer = plx_invocation_string(invocation, PLX_OPTION_OIDC_ISSUER);
    const char *const client = plx_invocation_string(invocation, PLX_OPTION_OIDC_CLIENT);
    const char *const file = plx_invocation_string(invocation, PLX_OPTION_OIDC_SECRET);
    if (!issuer != !client || (file && !issuer))
        return plx_error(error, PLX_ERROR_USAGE, "--oidc-issuer and --oidc-client go together");
    if (file && !plx_cmd_read_text(file, &desk->oidc_secret, error))
        return FALSE;
    if (!file)
        desk->oidc_secret = g_strdup(g_getenv("PARALLAX_OIDC_SECRET"));
    if (desk->oidc_secret)
        g_strchomp(desk->oidc_secret);
    desk->oidc = (struct plx_oidc_options){issuer, client, desk->oidc_secret};
    if (issuer)
        desk->options.oidc = &desk->oidc;
    return TRUE;
}

static gboolean read_options(const plx_invocation *invocation, struct desk *desk, GError **error)
{
    struct plx_server_options *const o = &desk->options;
    const char *const listen = plx_invocation_string(invocation, PLX_OPTION_LISTEN);
    const char *const proxy = plx_invocation_string(invocation, PLX_OPTION_PROXY);
    const char *const log = plx_invocation_string(invocation, PLX_OPTION_ACCESS_LOG);
    if (!plx_endpoint_parse(listen ? listen : "127.0.0.1", &o->listen, error) ||
        !read_tls(invocation, desk, error) || !read_oidc(invocation, desk, error))
        return FALSE;
    if (proxy && !(desk->proxy = plx_ranges_parse(proxy, error)))
        return FALSE;
    if (log && !(desk->log = plx_log_new(strcmp(log, "-") == 0 ? NULL : log, error)))
        return FALSE;
    o->proxy = desk->proxy;
    o->log = desk->log;
    o->reading = plx_served_reading;
    o->command = plx_served_command;
    o->connections = MIN(raise_descriptors(), PLX_HTTP_CONNECTIONS);
    o->base_url = plx_invocation_string(invocation, PLX_OPTION_BASE_URL);
    o->listener = plx_systemd_listener(g_getenv("LISTEN_PID"), g_getenv("LISTEN_FDS"),
                                       PLX_SYSTEMD_FIRST, error);
    if (o->listener < 0 && *error)
        return FALSE;
    /* A socket of systemd's listens where its unit says: the same holds for it. */
    if (o->listener >= 0 && !plx_systemd_endpoint(o->listener, &o->listen))
        return TRUE; /* not of the internet: a path */
    return plx_endpoint_check(&o->listen, desk->tls != NULL, desk->proxy != NULL,
                              plx_invocation_has(invocation, PLX_OPTION_INSECURE), error);
}

static void tell(plx_app *app, const plx_server *server, const char *token, const char *setup)
{
    GString *const out = plx_app_out(app);
    const char *const url = plx_server_url(server);
    g_string_append_printf(out, "Parallax is at %s\n", url);
    if (token)
        g_string_append_printf(out, "  a form for customers: %s/f/%s\n", url, token);
    if (setup)
        g_string_append_printf(out, "  become its administrator (once, within a day): %s%s\n", url,
                               setup);
    g_string_append(out, "Ctrl-C stops it.\n");
}

static gboolean serve(plx_app *app, struct desk *desk, struct ear *ear, const char *token,
                      GError **error)
{
    char *setup = NULL;
    ear->tls = desk->tls;
    ear->log = desk->log;
    ear->server = plx_server_new(&desk->options, error);
    gboolean ok = ear->server && make_setup(desk->options.workspace, &setup, error);
    if (ok) {
        tell(app, ear->server, token, setup);
        ok = plx_app_flush(app, NULL, error);
    }
    if (ok)
        run_until_told(ear);
    plx_server_free(ear->server);
    plx_ticket_free(setup);
    return ok;
}

static gboolean run_serve(plx_app *app, const plx_invocation *invocation, GError **error)
{
    struct desk desk = {0};
    struct ear ear = {.server = NULL};
    const char *const named = plx_invocation_argument(invocation, 0);
    g_autofree char *path = named ? g_strdup(named) : find_workspace(error);
    g_autofree char *token = NULL;
    desk.options.workspace = path;
    ear_hold(&ear); /* before there is any thread, such as the log's */
    const gboolean ok = path && read_options(invocation, &desk, error) &&
                        have_workspace(app, invocation, path, &token, error) &&
                        serve(app, &desk, &ear, token, error);
    desk_clear(&desk);
    pthread_sigmask(SIG_SETMASK, &ear.before, NULL);
    return ok;
}

static const enum plx_option_id options[] = {
    PLX_OPTION_LISTEN,      PLX_OPTION_CERTIFICATE, PLX_OPTION_KEY_FILE,   PLX_OPTION_PROXY,
    PLX_OPTION_INSECURE,    PLX_OPTION_BASE_URL,    PLX_OPTION_ACCESS_LOG, PLX_OPTION_OIDC_ISSUER,
    PLX_OPTION_OIDC_CLIENT, PLX_OPTION_OIDC_SECRET, PLX_OPTION_TEMPLATE,   PLX_OPTION_END};
static const struct plx_tried tried[] = {
    {"port p host bind address", "--listen 127.0.0.1:8080"},
    {"cert crt", "--certificate FILE"},
    {0},
};
static const struct plx_example examples[] = {
    {"serve shop.plx", "forms, kiosks and visits at http://127.0.0.1:8080"},
    {"serve shop.plx --listen 0.0.0.0 --certificate cert.pem --key key.pem",
     "for everybody, encrypted"},
    {"serve shop.plx --proxy 127.0.0.1 --base-url https://ask.example.org",
     "behind a web server that has the certificate"},
    {0},
};

const struct plx_command plx_commands_serve[] = {
    {.name = "serve",
     .arguments = "[WS]",
     .max_arguments = 1,
     .summary = "Ask people on the web: forms, kiosks, visits",
     .details =
         "Serves a workspace until it is stopped (Ctrl-C): what was begun is finished first, and "
         "what people were thanked for is on the disk.\n\n"
         "Without WS it is the one workspace of the folder; where there is none it is made, "
         "service.plx, with a starter map and a first form, whose address is printed. With "
         "--template so is one that is named. Beyond this machine it listens only "
         "with a certificate, behind a proxy that is named, or with --insecure.",
     .options = options,
     .tried = tried,
     .examples = examples,
     .main = TRUE,
     .run = run_serve},
    {0},
};
