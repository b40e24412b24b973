/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The page of a kiosk, /k/LINK: one point at a time, a big button for each level.
 *
 * Without scripts it is a form: a button answers about one point and brings the next. With them
 * (web/kiosk.js) a guest is asked about a few points, and what was said is kept in the browser
 * until the server has it, so that a kiosk goes on without the network. For that the page holds
 * plans of guests to come. Its answers carry a token that the browser made up: sent twice they
 * count once. Tests: tests/serve/test_kiosk.py, tests/web/kiosk.test.mjs. */

#include "form/plan.h"
#include "report/html.h"

/* A page as it is to be shown; all borrowed. */
struct plx_kiosk_view {
    plx_form_plan *const *plans; /* n_plans, at least one: of guests, drawn by lot */
    guint n_plans;
    const char *address;  /* of the link: /k/ADDRESS */
    const char *place;    /* of the link; or NULL */
    const char *token;    /* of the answer, without scripts */
    const char *language; /* chosen */
    gboolean anonymous;   /* nobody can tell who answered */
    gboolean thanked;     /* somebody has just answered, without scripts */
};
/* How many plans a page holds. */
#define PLX_KIOSK_PLANS 24

/* Into the main of a shell with PLX_STYLE_KIOSK and the asset "kiosk.js". */
void plx_kiosk_page(plx_html *html, const struct plx_kiosk_view *view);
