/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The browser's own "back" from the second card leads to the link's address, where somebody new
 * would get a form of their own. So a form that was begun is known again there: with its first
 * answer the browser gets the form's token for as long as somebody may be at it, and loses it when
 * the form is sent. Nothing is set before, and nothing is left after. The token opens a draft,
 * which the address of every further card does as well; it says nothing about who has it. Under TLS
 * no other host can have set it: nobody is led into a form that somebody else reads. Tests:
 * tests/serve/test_forms.py, tests/web/forms.test.mjs. */

#include "serve/call.h"

/* The token that the browser has, in shape; to be freed; NULL: none. */
char *plx_form_cookie_read(const plx_call *call);
/* A Set-Cookie value, to be freed: of a form that goes on with `token`; NULL: of one that ended,
 * which is NULL where the browser has none. */
char *plx_form_cookie_set(const plx_call *call, const char *token);
