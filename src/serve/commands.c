/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /command/NOUN/VERB: a command, done for who is signed in; /upload/NAME: a file for one;
 * /file/NOUN/VERB/NAME: what one writes. */

#include "serve/commands.h"

#include "base/error.h"
#include "serve/routes.h"
#include "serve/server_private.h"

#include <jansson.h>
#include <string.h>

#define NOTHING "There is nothing at this address."
#define BODY ((guint64)1024 * 1024)

/* A task that is put together from a request. */
struct errand {
    const struct plx_act *act;
    const plx_call *call;
    struct plx_server_task task;
    GPtrArray *arguments, *options; /* char *, owned; NULL-terminated by errand_run */
};

/* A file is "@TICKET/name.csv"; without the sign: */
static char *find_file(const char *reference, gpointer data, GError **error)
{
    const plx_call *const call = ((const struct errand *)data)->call;
    return plx_uploads_find(call->server->uploads, call->who->account, reference, error);
}

static void say_progress(guint64 done, guint64 total, gpointer data)
{
    const plx_call *const call = ((const struct errand *)data)->call;
    plx_progress_say(call->server->progress, call->who->account, done, total);
}

static void errand_init(struct errand *errand, const plx_call *call, const struct plx_act *act)
{
    *errand = (struct errand){.act = act,
                              .call = call,
                              .task = {.name = act->name,
                                       .verb = act->verb,
                                       .author = call->who->login,
                                       .actor = call->who->actor,
                                       .administers = call->who->may >= PLX_MAY_ADMINISTER,
                                       .base_url = plx_server_url(call->server),
                                       .roll = plx_store_held_roll(call->store),
                                       .reads_files = act->reads_files,
                                       .find_file = find_file,
                                       .progress = say_progress,
                                       .data = errand},
                              .arguments = g_ptr_array_new_with_free_func(g_free),
                              .options = g_ptr_array_new_with_free_func(g_free)};
}

static void errand_clear(struct errand *errand)
{
    g_ptr_array_unref(errand->arguments);
    g_ptr_array_unref(errand->options);
}

static gboolean errand_run(struct errand *errand, struct plx_server_done *done, GError **error)
{
    const plx_server *const server = errand->call->server;
    g_ptr_array_add(errand->arguments, NULL);
    g_ptr_array_add(errand->options, NULL);
    errand->task.arguments = (const char *const *)errand->arguments->pdata;
    errand->task.options = (const char *const *)errand->options->pdata;
    const gboolean ok = server->options.command(server->workspace, &errand->task, done, error);
    plx_progress_end(server->progress, errand->call->who->account);
    char *const line = done->line ? plx_uploads_plain(server->uploads, done->line) : NULL;
    g_free(done->line); /* files by their names */
    done->line = line;
    return ok;
}

/* Which command, and whether they may. NULL: the call is finished. */
static const struct plx_act *find_act(plx_call *call, gboolean writes)
{
    const char *const verb = plx_route_param(&call->match, "verb");
    const struct plx_act *const act = plx_act_find(plx_call_param(call, "name"), verb, writes);
    if (!act || !call->server->options.command) {
        plx_call_problem(call, 404, NOTHING);
        return NULL;
    }
    if (call->who->may < act->needs) {
        plx_call_refuse(call, 403, "account.refused.may");
        return NULL;
    }
    return act;
}

/* What went wrong, without the folders of ours. */
static void fail(plx_call *call, const GError *error)
{
    g_autofree char *plain = plx_uploads_plain(call->server->uploads, error->message);
    g_autoptr(GError) told = g_error_new_literal(error->domain, error->code, plain);
    plx_call_failed(call, told);
}

/* What is asked -------------------------------------------------------------------------------- */

static gboolean add_argument(struct errand *errand, const json_t *value, GError **error)
{
    const gboolean files = errand->act->reads_files;
    const char *const text = json_string_value(value);
    if (!text || (files && *text != '@'))
        return plx_error(error, PLX_ERROR_INPUT, "\"arguments\": expected %s",
                         files ? "files that were sent, \"@...\"" : "texts");
    char *const word = files ? find_file(text + 1, errand, error) : g_strdup(text);
    if (word)
        g_ptr_array_add(errand->arguments, word);
    return word != NULL;
}

static gboolean add_option(struct errand *errand, const char *name, const json_t *value,
                           GError **error)
{
    char number[32];
    const char *text = json_is_boolean(value)   ? (json_is_true(value) ? "true" : "false")
                       : json_is_integer(value) ? number
                                                : json_string_value(value);
    if (json_is_integer(value))
        g_snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    if (!text)
        return plx_error(error, PLX_ERROR_INPUT,
                         "options.%s: expected a text, a whole number, true or false, or a list",
                         name);
    g_ptr_array_add(errand->options, g_strdup(name));
    g_ptr_array_add(errand->options, g_strdup(text));
    return TRUE;
}

static gboolean add_options(struct errand *errand, json_t *options, GError **error)
{
    const char *name;
    json_t *value;
    json_object_foreach(options, name, value)
    {
        const gboolean list = json_is_array(value);
        const gsize n = list ? json_array_size(value) : 1;
        for (gsize i = 0; i < n; i++)
            if (!add_option(errand, name, list ? json_array_get(value, i) : value, error))
                return FALSE;
    }
    return TRUE;
}

static gboolean read_body(struct errand *errand, json_t *body, GError **error)
{
    const json_t *const arguments = json_object_get(body, "arguments");
    json_t *const options = json_object_get(body, "options");
    if (!json_is_object(body) || (arguments && !json_is_array(arguments)) ||
        (options && !json_is_object(options)))
        return plx_error(error, PLX_ERROR_INPUT,
                         "expected {\"arguments\": [...], \"options\": {...}}");
    for (gsize i = 0; i < json_array_size(arguments); i++)
        if (!add_argument(errand, json_array_get(arguments, i), error))
            return FALSE;
    return !options || add_options(errand, options, error);
}

/* Commands that say something ------------------------------------------------------------------ */

/* `problem`: what is wrong all the same; or NULL. */
static void tell(plx_call *call, const struct plx_server_done *done, const GError *problem)
{
    g_autofree char *plain = plx_uploads_plain(call->server->uploads, done->out->str);
    GString *const text = g_string_new("{\n  \"schema\": \"parallax.done/1\",\n  \"line\": ");
    plx_json_append_text(text, done->line, strlen(done->line));
    if (problem) {
        g_autofree char *why = plx_uploads_plain(call->server->uploads, problem->message);
        g_string_append(text, ",\n  \"problem\": ");
        plx_json_append_text(text, why, strlen(why));
    }
    g_string_append(text, done->json ? ",\n  \"document\": " : ",\n  \"said\": ");
    if (done->json)
        g_string_append(text, plain);
    else
        plx_json_append_text(text, plain, strlen(plain));
    g_string_append(text, "}\n");
    plx_call_json(call, 200, text, NULL);
}

/* A command that fails and says a whole document says why in it: nothing may be shown, what is
 * wrong with an installation. */
static gboolean is_document(const struct plx_server_done *done)
{
    json_t *const said = done->json ? json_loadb(done->out->str, done->out->len, 0, NULL) : NULL;
    json_decref(said);
    return said != NULL;
}

static void do_errand(plx_call *call, struct errand *errand, json_t *body)
{
    g_autoptr(GError) error = NULL;
    struct plx_server_done done = {.out = g_string_new(NULL)};
    const gboolean ok = read_body(errand, body, &error) && errand_run(errand, &done, &error);
    for (guint i = 0; errand->act->once && i < errand->arguments->len; i++)
        if (errand->arguments->pdata[i]) /* the last is the end of them */
            plx_uploads_drop(errand->arguments->pdata[i]);
    if (ok || is_document(&done))
        tell(call, &done, error);
    else
        fail(call, error);
    g_string_free(done.out, TRUE);
    g_free(done.line);
}

static void post_command(plx_call *call)
{
    const struct plx_act *const act = find_act(call, FALSE);
    if (!act)
        return;
    const GByteArray *const sent = plx_http_request_body(call->request);
    json_t *const body =
        json_loadb((const char *)sent->data, sent->len, JSON_REJECT_DUPLICATES, NULL);
    struct errand errand;
    errand_init(&errand, call, act);
    if (body)
        do_errand(call, &errand, body);
    else
        plx_call_problem(call, 400, "What was sent is no JSON.");
    errand_clear(&errand);
    json_decref(body);
}

/* Files ---------------------------------------------------------------------------------------- */

static void write_reference(plx_json *json, gconstpointer data)
{
    g_autofree char *file = g_strconcat("@", data, NULL);
    plx_json_string(json, "schema", "parallax.upload/1");
    plx_json_string(json, "file", file);
}

static void post_upload(plx_call *call)
{
    g_autoptr(GError) error = NULL;
    plx_uploads *const uploads = call->server->uploads;
    const GByteArray *const sent = plx_http_request_body(call->request);
    const gint64 account = call->who->account;
    g_autofree char *path =
        plx_uploads_fits(uploads, account, sent->len, &error)
            ? plx_uploads_room(uploads, account, plx_call_param(call, "file"), &error)
            : NULL;
    if (!path || !g_file_set_contents(path, (const char *)sent->data, (gssize)sent->len, &error)) {
        if (path)
            plx_uploads_drop(path);
        plx_call_failed(call, error);
        return;
    }
    g_autofree char *reference = plx_uploads_reference(uploads, path);
    plx_call_object(call, 201, write_reference, reference);
}

/* It says how to make it again: without our folders. */
static GBytes *read_page(const plx_call *call, const char *path, GError **error)
{
    g_autofree char *contents = NULL;
    if (!g_file_get_contents(path, &contents, NULL, error))
        return NULL;
    char *const plain = plx_uploads_plain(call->server->uploads, contents);
    return g_bytes_new_take(plain, strlen(plain));
}

/* Not read into memory: a copy of a workspace may be larger. It stays until it was sent,
 * though nobody finds it any more. */
static GBytes *map_file(const char *path, GError **error)
{
    g_autoptr(GMappedFile) file = g_mapped_file_new(path, /* writable= */ FALSE, error);
    return file ? g_mapped_file_get_bytes(file) : NULL;
}

static void send_file(plx_call *call, const char *path, const char *line)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *name = g_path_get_basename(path);
    GBytes *const body =
        g_str_has_suffix(name, ".html") ? read_page(call, path, &error) : map_file(path, &error);
    if (body)
        plx_call_file(call, name, body, line);
    else
        plx_call_failed(call, error);
}

static void read_query(struct errand *errand)
{
    const char *name, *value;
    for (guint i = 0; plx_fields_at(errand->call->query, i, &name, &value); i++) {
        const gboolean argument = strcmp(name, "argument") == 0;
        if (!argument)
            g_ptr_array_add(errand->options, g_strdup(name));
        g_ptr_array_add(argument ? errand->arguments : errand->options, g_strdup(value));
    }
}

static void write_file(plx_call *call, struct errand *errand, const char *path)
{
    g_autoptr(GError) error = NULL;
    struct plx_server_done done = {.out = g_string_new(NULL)};
    if (errand->act->writes_argument)
        g_ptr_array_add(errand->arguments, g_strdup(path));
    else
        errand->task.output = path;
    read_query(errand);
    if (errand_run(errand, &done, &error))
        send_file(call, path, done.line);
    else
        fail(call, error);
    g_string_free(done.out, TRUE);
    g_free(done.line);
}

static void get_file(plx_call *call)
{
    const struct plx_act *const act = find_act(call, TRUE);
    if (!act)
        return;
    g_autoptr(GError) error = NULL;
    g_autofree char *path = plx_uploads_room(call->server->uploads, call->who->account,
                                             plx_call_param(call, "file"), &error);
    if (!path) {
        plx_call_failed(call, error);
        return;
    }
    struct errand errand;
    errand_init(&errand, call, act);
    write_file(call, &errand, path);
    errand_clear(&errand);
    plx_uploads_drop(path);
}

const struct plx_route plx_routes_commands[] = {
    {.method = PLX_HTTP_POST,
     .pattern = "/command/{name:token}",
     .permission = PLX_MAY_VIEW,
     .body = BODY,
     .place = PLX_ON_SLOW_WORKER,
     .csrf = TRUE,
     .summary =
         "A command of this name: {\"arguments\": [...], \"options\": {...}}; who may stands "
         "with each",
     .handle = post_command},
    {.method = PLX_HTTP_POST,
     .pattern = "/command/{name:token}/{verb:token}",
     .permission = PLX_MAY_VIEW,
     .body = BODY,
     .place = PLX_ON_SLOW_WORKER,
     .csrf = TRUE,
     .summary = "The same of NOUN VERB",
     .handle = post_command},
    {.method = PLX_HTTP_POST,
     .pattern = "/upload/{file:text}",
     .permission = PLX_MAY_EDIT,
     .body = PLX_UPLOAD_BYTES,
     .csrf = TRUE,
     .summary = "A file for a command, which is \"@...\" there; it waits for an hour",
     .handle = post_upload},
    {.method = PLX_HTTP_GET,
     .pattern = "/file/{name:token}/{file:text}",
     .permission = PLX_MAY_VIEW,
     .place = PLX_ON_SLOW_WORKER,
     .summary = "What a command writes with -o FILE; options as query",
     .handle = get_file},
    {.method = PLX_HTTP_GET,
     .pattern = "/file/{name:token}/{verb:token}/{file:text}",
     .permission = PLX_MAY_VIEW,
     .place = PLX_ON_SLOW_WORKER,
     .summary = "The same of NOUN VERB",
     .handle = get_file},
    {.pattern = NULL},
};
