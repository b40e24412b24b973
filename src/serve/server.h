/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The server: a workspace on the web. One thread for the connections, one that writes, some that
 * read. Test: tests/serve/test_server.c, tests/serve/test_permissions.c. */

#include "serve/address.h"
#include "serve/http_tls.h"
#include "serve/limit.h"
#include "serve/log.h"
#include "serve/oidc.h"
#include "store/store_roll.h"

typedef struct plx_server plx_server;
struct plx_route; /* route.h */

/* A reading of a workspace as JSON, by the name of its command; `options` are NAME, VALUE, ...,
 * NULL; `roll` (or NULL) is one of the workspace. Called by workers, several at once. Errors:
 * PLX_ERROR_NOT_FOUND: there is none of this name; PLX_ERROR_USAGE; PLX_ERROR_NOT_SHOWN, with the
 * document that says why; those of the reading. */
typedef gboolean (*plx_server_reading)(const char *workspace, const plx_store_roll *roll,
                                       const char *name, const char *const *options, GString *out,
                                       GError **error);

/* A command on a workspace, done for somebody: "link create", with what follows the workspace, and
 * its options. Arguments that are files are their paths; an option that takes a file has what its
 * sender calls it, "@TICKET/name.csv", which nothing else is. */
struct plx_server_task {
    const char *name, *verb;      /* verb: or NULL */
    const char *const *arguments; /* NULL-terminated */
    const char *const *options;   /* NAME, VALUE, ..., NULL; of a flag "true" */
    const char *output;           /* where -o FILE writes; or NULL */
    const char *author, *actor;   /* as people call them; for the audit log */
    gboolean administers;         /* may loosen how answers are hidden */
    const char *base_url;         /* what addresses begin with, unless an option says it */
    const plx_store_roll *roll;   /* of the workspace; or NULL */
    gboolean reads_files;         /* its arguments are files that were sent */
    /* The path of "TICKET/name.csv"; to be freed. NULL: *error. */
    char *(*find_file)(const char *reference, gpointer data, GError **error);
    /* Told how far it is, now and then, by the thread that does it; total 0: not known. */
    void (*progress)(guint64 done, guint64 total, gpointer data);
    gpointer data;
};
struct plx_server_done {
    GString *out;  /* appended to: what the command says */
    gboolean json; /* ... as a document */
    char *line;    /* as one would type it, files by their paths; to be freed */
};
/* Called by workers, several at once. Errors as those of the command; NOT_SHOWN may come with a
 * document. *done is to be freed in any case. */
typedef gboolean (*plx_server_command)(const char *workspace, const struct plx_server_task *task,
                                       struct plx_server_done *done, GError **error);

struct plx_server_options {
    const char *workspace;
    struct plx_endpoint listen;
    int listener;               /* a socket that listens already, or -1 */
    plx_http_tls *tls;          /* borrowed; NULL: plain */
    const plx_ranges *proxy;    /* borrowed; whose X-Forwarded-* count; NULL: nobody's */
    const char *base_url;       /* "https://ask.example.org"; NULL: made of address and port */
    plx_log *log;               /* borrowed; NULL: none */
    plx_server_reading reading; /* NULL: none */
    plx_server_command command; /* NULL: none */
    guint connections;          /* at most; 0: PLX_HTTP_CONNECTIONS */
    guint workers;              /* that read; 0: one per core */
    const struct plx_limit_options *limits; /* NULL: the usual */
    const struct plx_oidc_options *oidc;    /* who else says who people are; NULL: nobody */
    const struct plx_route
        *more; /* borrowed; a test's, behind all others; an empty row ends them */
};

/* Opens the workspace and listens. Errors: those of plx_store_open, plx_http_new. */
plx_server *plx_server_new(const struct plx_server_options *options, GError **error);
void plx_server_free(plx_server *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_server, plx_server_free)

/* Until it is stopped, from any thread or a signal handler; what was begun is finished. */
void plx_server_run(plx_server *server);
void plx_server_stop(plx_server *server);

guint16 plx_server_port(const plx_server *server);
/* "http://127.0.0.1:8080", without a slash at the end: what addresses begin with. */
const char *plx_server_url(const plx_server *server);
const char *plx_server_workspace(const plx_server *server);
/* Is the way to the browser encrypted? Cookies are then for it alone. */
gboolean plx_server_is_secure(const plx_server *server);
