/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/account_form.h"

#include "serve/cookie.h"
#include "serve/csrf.h"
#include "serve/password.h"
#include "serve/server.h"

#include <string.h>

static struct plx_shell shell_of(const char *title)
{
    return (struct plx_shell){.language = "en", .title = title, .style = "account.css"};
}

plx_html *plx_account_page(const char *title, const char *said)
{
    const struct plx_shell shell = shell_of(title);
    plx_html *const html = plx_shell_begin(&shell);
    plx_html_element(html, "h1", NULL, title);
    if (said) {
        plx_html_open_class(html, "p", "bad");
        plx_html_attribute(html, "role", "alert");
        plx_html_text(html, said);
        plx_html_close(html);
    }
    return html;
}

void plx_account_send(plx_call *call, const char *title, plx_html *html, guint status,
                      const char *cookie)
{
    const struct plx_shell shell = shell_of(title);
    plx_shell_send(call, &shell, html, status, cookie);
}

void plx_account_hidden(plx_html *html, const char *name, const char *value)
{
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", "hidden");
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "value", value);
    plx_html_close(html);
}

void plx_account_whose(plx_html *html, const char *login)
{
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", "text");
    plx_html_attribute(html, "autocomplete", "username");
    plx_html_attribute(html, "value", login);
    plx_html_attribute(html, "hidden", "hidden");
    plx_html_close(html);
}

void plx_account_form(plx_html *html, const char *action, const char *csrf)
{
    plx_html_open(html, "form");
    plx_html_attribute(html, "method", "post");
    plx_html_attribute(html, "action", action);
    if (csrf)
        plx_account_hidden(html, PLX_CSRF_FIELD, csrf);
}

void plx_account_input(plx_html *html, const struct plx_account_field *field)
{
    plx_html_open(html, "label");
    plx_html_text(html, field->label);
    if (field->hint)
        plx_html_element(html, "span", "hint", field->hint);
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", field->type);
    plx_html_attribute(html, "name", field->name);
    plx_html_attribute(html, "autocomplete", field->complete);
    plx_html_attribute(html, "value", field->value);
    plx_html_attribute(html, "required", "required");
    if (strcmp(field->complete, "one-time-code") == 0)
        plx_html_attribute(html, "inputmode", "numeric");
    if (strcmp(field->complete, "username") == 0)
        plx_html_attribute(html, "autocapitalize", "none");
    plx_html_close(html);
    plx_html_close(html);
}

void plx_account_submit(plx_html *html, const char *text)
{
    plx_html_element(html, "button", NULL, text);
    plx_html_close(html);
}

const char *plx_account_sent(const plx_call *call, const char *name)
{
    const char *const value = plx_fields_get(call->form, name);
    return value ? value : "";
}

const char *plx_account_check_new(const plx_call *call, const char *login)
{
    const char *const password = plx_account_sent(call, "new");
    const char *why = NULL;
    if (strcmp(password, plx_account_sent(call, "again")) != 0)
        return "The two new passwords are not alike.";
    return plx_password_is_good(password, login, &why) ? NULL : why;
}

char *plx_account_cookie(const plx_call *call, const char *ticket)
{
    return plx_cookie_set(ticket, plx_server_is_secure(call->server));
}
