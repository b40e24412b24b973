/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The frame of a page: head, language, direction, style. What comes between begin and finish goes
 * into its <main>. Test:
 * tests/serve/test_account_pages.c. */

#include "report/html.h"
#include "serve/call.h"
#include "serve/style.h"

struct plx_shell {
    const char *language; /* "en" */
    const char *title;
    enum plx_style style;
    const char *script;   /* a literal, or NULL */
    const char *asset;    /* address of a script of ours (asset.h) that the page loads, or NULL */
    const char *manifest; /* address of what makes the page an app, with `asset`; or NULL */
};
plx_html *plx_shell_begin(const struct plx_shell *shell);
/* Replies with the page. `html` is taken over. */
void plx_shell_send(plx_call *call, const struct plx_shell *shell, plx_html *html, guint status,
                    const char *cookie);
/* The same where there is no call: the page, without scripts, and its header lines, to be freed. */
GBytes *plx_shell_page(const struct plx_shell *shell, plx_html *html, guint status, char **fields);
