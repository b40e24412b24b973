/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts that the pages about logging in and one's account are made of, in the language of who
 * looks (plx_call_language). What is said is given by its key (texts.h). Test:
 * tests/serve/test_account_pages.c. */

#include "serve/guard.h"
#include "serve/shell.h"

struct plx_account_page {
    plx_call *call;
    plx_html *html;
    const char *language;
    const char *title; /* as it is read */
};
/* A page of these begins with its title as heading and, where something was wrong, `said` (or
 * NULL). `title` NULL: the program's name. */
struct plx_account_page plx_account_begin(plx_call *call, const char *title, const char *said);
/* Ends it, with the other languages at its foot, and sends it. `cookie` may be NULL. */
void plx_account_send(const struct plx_account_page *page, guint status, const char *cookie);

const char *plx_account_text(const struct plx_account_page *page, const char *key);
/* An element that holds the text of a key. */
void plx_account_say(const struct plx_account_page *page, const char *name, const char *class_name,
                     const char *key);
/* <p><a>. */
void plx_account_link(const struct plx_account_page *page, const char *to, const char *key);
/* "You are signed in as ..." */
char *plx_account_who(const struct plx_account_page *page, const char *name, enum plx_role role);

/* <form method=post>; `csrf` (or NULL) becomes its hidden field. */
void plx_account_form(const struct plx_account_page *page, const char *action, const char *csrf);
struct plx_account_field {
    const char *label; /* key */
    const char *name;
    const char *type;     /* "text", "password" */
    const char *complete; /* what the browser may fill in: "current-password" */
    const char *value;    /* or NULL */
    const char *hint;     /* key, or NULL */
};
void plx_account_input(const struct plx_account_page *page, const struct plx_account_field *field);
/* A password that is chosen, under `label`, and the same again; plx_account_check_new reads them.
 */
void plx_account_new_password(const struct plx_account_page *page, const char *label);
/* Whose password is asked for: for password managers. */
void plx_account_whose(const struct plx_account_page *page, const char *login);
void plx_account_hidden(const struct plx_account_page *page, const char *name, const char *value);
/* The button, and the form's end. */
void plx_account_submit(const struct plx_account_page *page, const char *key);

/* A field of the form that was sent; "" where it is not there. */
const char *plx_account_sent(const plx_call *call, const char *name);
/* NULL: it may be chosen, and both are alike; else the key of a sentence. */
const char *plx_account_check_new(const plx_call *call, const char *login);
/* The Set-Cookie value of a session's ticket (NULL: it goes), to be freed. */
char *plx_account_cookie(const plx_call *call, const char *ticket);
