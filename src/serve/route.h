/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Which handler answers a request: one table of all routes, from which dispatch, the description of
 * the API and the test of permissions are made.
 *
 * A pattern is "/r/{token:token}/card/{point:text}": parameters are whole segments of a kind:
 * "token" (1 to 64 of A-Z a-z 0-9 _ -), "number" (1 to 18 digits), "text" (1 to 200 bytes of UTF-8,
 * decoded). What does not fit its kind is not found. The first route that fits is taken. Pure.
 * Test: tests/serve/test_route.c. */

#include "serve/http_head.h"

enum { PLX_ROUTE_PARAMS = 4, PLX_ROUTE_TEXT_MAX = 200 };

/* Who may: each has all that stand before it, but SHOPPER, which has only its own. */
enum plx_permission {
    PLX_MAY_ALL,     /* anybody, without a name: forms, kiosks */
    PLX_MAY_SHOPPER, /* visits that are assigned to them */
    PLX_MAY_VIEW,    /* readings */
    PLX_MAY_ANALYSE, /* rows out, steps */
    PLX_MAY_EDIT,    /* map, forms, links, answers in */
    PLX_MAY_ADMINISTER
};

/* Where a handler runs: on the loop's thread, for what takes microseconds and reads nothing from
 * the disk; or on a worker, with a store to read from. What may take longer has workers of its own,
 * so that forms need not wait for it. */
enum plx_route_place {
    PLX_ON_WORKER,
    PLX_ON_LOOP,
    PLX_ON_SLOW_WORKER,    /* readings: seconds */
    PLX_ON_HARD_WORKER,    /* passwords: a core, and much memory; one at a time */
    PLX_ON_PICTURE_WORKER, /* pictures: the same; nobody who signs in waits for them */
    PLX_ON_FAR_WORKER,     /* waits for another server */
    PLX_PLACES
};

struct plx_call; /* call.h */

struct plx_route {
    enum plx_http_method method;
    const char *pattern;
    enum plx_permission permission;
    guint64 body;               /* bytes at most */
    enum plx_route_place place; /* of its handler */
    gboolean csrf;              /* a form of who is signed in: needs its token (guard.h) */
    gboolean guess;             /* takes passwords or codes: few tries from one address */
    const char *summary;        /* for the description of the API */
    void (*handle)(struct plx_call *call);
};

struct plx_route_match {
    const struct plx_route *route;
    guint n;
    char *name[PLX_ROUTE_PARAMS];  /* "token" */
    char *value[PLX_ROUTE_PARAMS]; /* decoded */
};

/* 200: *match is filled, to be cleared; 404; 405: the path is known, *allowed (if not NULL) is the
 * bit mask (1 << method) of what it takes. HEAD is taken where GET is. */
guint plx_route_find(const struct plx_route *routes, guint n, enum plx_http_method method,
                     struct plx_http_slice path, struct plx_route_match *match, guint *allowed);
const char *plx_route_param(const struct plx_route_match *match, const char *name);
void plx_route_match_clear(struct plx_route_match *match);
