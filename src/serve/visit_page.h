/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the handlers of visits and walks share. Test: tests/serve/test_visits.py,
 * tests/web/visit.test.mjs. */

#include "serve/call.h"
#include "serve/visit_desk.h"

/* Opens a desk with the visit, or the walk, of the address' token alone, which is returned; NULL:
 * there is none, and *error says so in words for who asks (PLX_ERROR_NOT_FOUND). */
plx_visit *plx_visit_call_open(const plx_call *call, plx_store *store, struct plx_visit_desk *desk,
                               GError **error);
/* The language in which it is spoken of: `?lang=` of a walk, else plx_visit_language. Static. */
const char *plx_visit_call_language(const plx_call *call, const plx_visit *visit,
                                    const plx_map *map);

/* visit_send.c: handlers. */
void plx_visit_take_photo(plx_call *call);
void plx_visit_take_report(plx_call *call);
