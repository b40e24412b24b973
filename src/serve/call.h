/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A call: one request on its way through the server, from the route that fits to the reply.
 *
 * A handler gets a call and finishes it exactly once, on any thread, with one of the functions
 * below: that replies, counts, logs, and frees the call. Reading is done in the handler, on a
 * worker (route.h), from `store`. Writing is handed to the one writer with plx_call_write: what
 * many calls want written goes to the disk in one transaction, and each is answered when it is
 * there. Test: tests/serve/test_server.c. */

#include "base/json.h"
#include "serve/cookie.h"
#include "serve/fields.h"
#include "serve/http.h"
#include "serve/reply.h"
#include "serve/route.h"
#include "serve/style.h"
#include "store/store_roll.h"
#include "voice/builder.h"

typedef struct plx_server plx_server;
typedef struct plx_call plx_call;
struct plx_who; /* who.h */

struct plx_call { /* read only, but for what is said */
    plx_server *server;
    plx_http_request *request;
    struct plx_route_match match;
    plx_fields *query, *form; /* form: the body of a POST that is one; else no fields */
    struct plx_who *who;      /* who asks, where the route is not for everybody; else NULL */
    plx_store *store;         /* on a worker: its own, for reading; else NULL */
    guint64 number;           /* of the request, since the start */
    gint64 begun;             /* monotonic, microseconds */
    enum plx_http_method method;
    gpointer data; /* the handler's own, with how to free it */
    GDestroyNotify data_free;
    void (*then)(struct plx_call *call); /* how it goes on, on a worker; NULL: by its handler */
    guint retry; /* seconds after which it may be asked again; 0: as its status has it */
};

/* A parameter of the path. Never NULL for one that the pattern has. */
const char *plx_call_param(const plx_call *call, const char *name);
/* The languages that who asks wishes, for plx_texts_choose: the one that was chosen (its cookie is
 * below), else Accept-Language, else NULL; to be freed. */
char *plx_call_wishes(const plx_call *call);

/* What the browser sent of one of the server's cookies, or an absent slice; and a Set-Cookie value
 * of it, to be freed (plx_cookie_set). */
struct plx_http_slice plx_call_cookie(const plx_call *call, enum plx_cookie which);
char *plx_call_cookie_set(const plx_call *call, enum plx_cookie which, const char *value);

void plx_call_page(plx_call *call, const struct plx_page_reply *page);
/* The hash of a page's style sheet, for the page. */
const char *plx_call_style(const plx_call *call, enum plx_style style);
/* The address of a file of ours that the page loads (asset.h), by its name: "visit.js". */
const char *plx_call_asset_path(const plx_call *call, const char *name);
void plx_call_redirect(plx_call *call, const char *location, const char *cookie);
void plx_call_json(plx_call *call, guint status, GString *json, const char *etag);
/* The same of one object: `write` writes its members. */
typedef void (*plx_call_members)(plx_json *json, gconstpointer data);
void plx_call_object(plx_call *call, guint status, plx_call_members write, gconstpointer data);
void plx_call_asset(plx_call *call, const char *type, GBytes *body, GBytes *packed,
                    const char *etag);
/* A file for people, to be kept under its name; `body` is taken over. `line`: what made it. */
void plx_call_file(plx_call *call, const char *name, GBytes *body, const char *line);
/* Text of ours that is no page: for programs. */
void plx_call_text(plx_call *call, const char *type, GString *text);
/* A reply that stays open: reply.h. Who asks has an account, and not more of them than streams.h
 * says; else 429. */
void plx_call_events(plx_call *call, guint seconds);
/* What went wrong, for people (a page) or programs (JSON), as the client takes it. `detail` is an
 * English sentence for programs; a person reads in their language what such a status means, and the
 * detail only at addresses that are for programs. */
void plx_call_problem(plx_call *call, guint status, const char *detail);
/* The same by the key of its sentence (texts.h): a person reads it in their language, a program in
 * English. */
void plx_call_refuse(plx_call *call, guint status, const char *key);
/* The same where the language, and the key of a title, are known better. */
void plx_call_refuse_in(plx_call *call, guint status, const char *language, const char *title,
                        const char *key);
/* 429, with how long to wait: KEY.seconds or KEY.minutes. */
void plx_call_refuse_for(plx_call *call, guint seconds, const char *key);
/* Does a person look? Browsers say so. */
gboolean plx_call_wants_page(const plx_call *call);
/* The same of an error: 404, 400, 503 for what the disk did not take, by its code. */
void plx_call_failed(plx_call *call, const GError *error);

/* On the writer's thread, within a transaction that others share; `data` is the call's. FALSE
 * undoes what this call did, and nothing else. */
typedef gboolean (*plx_apply)(plx_call *call, plx_store *store, GError **error);
/* It is on the disk, or `failure` says why not: finishes the call (plx_call_failed ...). On the
 * writer's thread: short. */
typedef void (*plx_settle)(plx_call *call, const GError *failure);
/* From any thread. When the writer has too much to do already the call is finished with 503. */
void plx_call_write(plx_call *call, plx_apply apply, plx_settle settle);
/* The same where apply brings nothing but answers (plx_call_answer) and, at its end, its request
 * (store/requests.h): without a savepoint, which costs as much as the answers themselves. */
void plx_call_collect(plx_call *call, plx_apply apply, plx_settle settle);

/* Goes on with `then` on a worker, where the call has a store: for a settle that has a page to
 * make.
 */
void plx_call_to_worker(plx_call *call, void (*then)(plx_call *call));

/* Within apply: an encounter for the inbox, with the whole transaction's. Indices are those of the
 * map of `store` as apply got it. */
gboolean plx_call_answer(plx_call *call, const struct plx_occasion *occasion,
                         const struct plx_builder_row *rows, guint n, GError **error);

/* Within apply: an anonymous answer was put where it waits for others (store/forms.h); at the end
 * of the transaction those that are enough are let go. */
void plx_call_release(plx_call *call);
/* Within apply: something was taken out of the file, which its log still has: it is emptied soon.
 */
void plx_call_forget(plx_call *call);

/* The language of a page without one of its own: what the person has chosen, which a cookie of this
 * name says (one for all servers of a host: it is the same person), else what the browser wishes;
 * one of plx_texts_languages(). */
#define PLX_LANGUAGE_COOKIE "plx-language"
const char *plx_call_language(const plx_call *call);

/* The time that the server goes by. */
struct plx_moment {
    gint64 utc;     /* seconds since 1970 */
    gint64 local;   /* the same as the clocks on the wall have it */
    gint32 day;     /* local, since 1970 */
    gint offset;    /* minutes east of Greenwich */
    char clock[16]; /* "minute+02:00": how such a time is written (PLX_DIM_CLOCK) */
};
struct plx_moment plx_call_now(const plx_call *call);
