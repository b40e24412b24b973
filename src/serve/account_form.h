/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts that the pages about logging in and one's account are made of. Test:
 * tests/serve/test_account_pages.c. */

#include "serve/guard.h"
#include "serve/shell.h"

/* A page of these begins with its title as heading and, where something was wrong, `said`. */
plx_html *plx_account_page(const char *title, const char *said);
/* Ends and sends it. `cookie` may be NULL. */
void plx_account_send(plx_call *call, const char *title, plx_html *html, guint status,
                      const char *cookie);

/* <form method=post>; `csrf` (or NULL) becomes its hidden field. */
void plx_account_form(plx_html *html, const char *action, const char *csrf);
struct plx_account_field {
    const char *label, *name;
    const char *type;     /* "text", "password" */
    const char *complete; /* what the browser may fill in: "current-password" */
    const char *value;    /* or NULL */
    const char *hint;     /* or NULL */
};
void plx_account_input(plx_html *html, const struct plx_account_field *field);
/* Whose password is asked for: for password managers. */
void plx_account_whose(plx_html *html, const char *login);
void plx_account_hidden(plx_html *html, const char *name, const char *value);
/* The button, and the form's end. */
void plx_account_submit(plx_html *html, const char *text);

/* A field of the form that was sent; "" where it is not there. */
const char *plx_account_sent(const plx_call *call, const char *name);
/* NULL: it may be chosen, and both are alike; else a sentence. */
const char *plx_account_check_new(const plx_call *call, const char *login);
/* The Set-Cookie value of a session's ticket (NULL: it goes), to be freed. */
char *plx_account_cookie(const plx_call *call, const char *ticket);
