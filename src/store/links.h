/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Links to forms: what is asked of whom, under which address, from when to when.
 *
 * Addresses that many people share are printed and public, so their tokens are kept. Those for one
 * form each are secrets: only hashes of them are kept, and when one is used it is taken away, so
 * that the file does not tell who answered. Errors: PLX_ERROR_IO; what else is said there.
 * Test: tests/store/test_links.c. */

#include "store/store.h"

enum plx_link_kind { PLX_LINK_CAMPAIGN, PLX_LINK_SINGLE, PLX_LINK_PLACE, PLX_LINK_KIOSK };
/* "campaign", "single", "place", "kiosk"; NULL out of range. */
const char *plx_link_kind_name(guint kind);

typedef struct plx_link plx_link;
struct plx_link {
    gint64 id; /* 1, 2, ... */
    enum plx_link_kind kind;
    char *token;    /* what stands in its address, as it is public: /f/TOKEN, /k/TOKEN; short, to be
                       typed. Of `single` NULL: each of its addresses has a token of its own, of which
                       a hash is kept */
    char *audience; /* id */
    enum plx_identity identity;
    char *place, *channel; /* NULL: not said */
    char *settings;        /* what is asked: form/settings.h */
    gint32 opens, closes;  /* first and last day (UTC), or PLX_LINK_ALWAYS */
    gint64 quota;          /* most completed forms; 0: any number. Of `single`: its addresses */
    gint64 completed;      /* forms */
    gboolean closed;       /* by somebody */
    gint32 created;        /* day */
};
#define PLX_LINK_ALWAYS G_MININT32
/* In the query of an address: the reference of a booking (identity visit) or of a member (panel);
 * store/forms.h: plx_forms_person. */
#define PLX_LINK_REFERENCE "ref"
#define PLX_LINK_SINGLES_MAX 100000

void plx_link_free(struct plx_link *link);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_link, plx_link_free)

/* Adds links, all or none; their id, token, completed and closed are made and need not be set.
 * *first becomes the id of the first, the others follow. *addresses, to be freed with g_strfreev,
 * become the tokens of their addresses, one each; of `single`, which are added alone, as many as
 * its quota: they cannot be had again. `actor`, here and below, is for the audit log. */
gboolean plx_links_add(plx_store *store, const char *actor, const struct plx_link *links, guint n,
                       gint64 *first, char ***addresses, GError **error);
/* All, by id: struct plx_link. Also what parallax check does. */
GPtrArray *plx_links_read(plx_store *store, GError **error);
/* By id; PLX_ERROR_NOT_FOUND. */
struct plx_link *plx_links_get(plx_store *store, gint64 id, GError **error);
/* By the token of an address. PLX_ERROR_NOT_FOUND: there is none, or it was for one form only,
 * which was completed. */
struct plx_link *plx_links_find(plx_store *store, const char *token, GError **error);
/* Nobody can answer by it any more; nothing else changes. PLX_ERROR_NOT_FOUND; PLX_ERROR_USAGE:
 * closed already. */
gboolean plx_links_close(plx_store *store, const char *actor, gint64 id, GError **error);

/* May a form be begun, or completed, on this day? */
enum plx_link_state {
    PLX_LINK_OPEN,
    PLX_LINK_EARLY, /* it opens later */
    PLX_LINK_LATE,  /* its last day is past */
    PLX_LINK_FULL,  /* the quota is reached */
    PLX_LINK_CLOSED
};
enum plx_link_state plx_link_state(const struct plx_link *link, gint32 day);
/* "open", "early", "late", "full", "closed". */
const char *plx_link_state_name(enum plx_link_state state);
