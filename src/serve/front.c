/* SPDX-License-Identifier: GPL-3.0-or-later */

/* /: what there is for who is logged in. */

#include "serve/account_form.h"
#include "serve/routes.h"
#include "serve/server_private.h"

#define TITLE "Parallax"

static void put_may(plx_html *html, enum plx_permission may)
{
    static const struct {
        enum plx_permission needs;
        const char *what;
    } things[] = {
        {PLX_MAY_VIEW, "Read how leaders, staff and customers see the same moments."},
        {PLX_MAY_ANALYSE, "Take rows out, and plan steps."},
        {PLX_MAY_EDIT, "Change the map, make forms and links, put answers in."},
        {PLX_MAY_ADMINISTER, "Invite people and programs, and see who did what."},
    };
    plx_html_element(html, "h2", NULL, "What you may do");
    plx_html_open(html, "ul");
    plx_html_element(html, "li", NULL, "Report the visits that are assigned to you.");
    for (guint i = 0; i < G_N_ELEMENTS(things); i++)
        if (may >= things[i].needs)
            plx_html_element(html, "li", NULL, things[i].what);
    plx_html_close(html);
}

static void get_front(plx_call *call)
{
    const plx_who *const who = call->who;
    g_autofree char *csrf = plx_guard_csrf(call);
    plx_html *const html = plx_account_page(TITLE, NULL);
    plx_html_open(html, "p");
    plx_html_textf(html, "You are signed in as %s (%s). ", *who->name ? who->name : who->login,
                   plx_role_name(who->role));
    plx_html_open(html, "a");
    plx_html_attribute(html, "href", "/account");
    plx_html_text(html, "Your account");
    plx_html_close(html);
    plx_html_close(html);
    put_may(html, who->may);
    plx_account_form(html, "/logout", csrf);
    plx_account_submit(html, "Sign out");
    plx_account_send(call, TITLE, html, 200, NULL);
}

const struct plx_route plx_routes_front[] = {
    {.method = PLX_HTTP_GET,
     .pattern = "/",
     .permission = PLX_MAY_SHOPPER,
     .place = PLX_ON_LOOP,
     .summary = "What there is for who is signed in",
     .handle = get_front},
    {.pattern = NULL},
};
