/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the handlers of visits and walks share. Test: tests/serve/test_visits.py,
 * tests/web/visit.test.mjs. */

#include "serve/call.h"
#include "serve/visit_desk.h"

/* The visit, or the walk, of the address' token; NULL: the desk has none, and *error says so
 * (PLX_ERROR_NOT_FOUND). */
plx_visit *plx_visit_call_find(const plx_call *call, const struct plx_visit_desk *desk,
                               GError **error);

/* visit_send.c: handlers. */
void plx_visit_take_photo(plx_call *call);
void plx_visit_take_report(plx_call *call);
