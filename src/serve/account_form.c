/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/account_form.h"

#include "serve/csrf.h"
#include "serve/password.h"
#include "serve/server.h"
#include "serve/texts.h"

#include <string.h>

/* Pages --------------------------------------------------------------------------------------- */

static struct plx_shell shell_of(const struct plx_account_page *page)
{
    return (struct plx_shell){
        .language = page->language, .title = page->title, .style = PLX_STYLE_ACCOUNT};
}

struct plx_account_page plx_account_begin(plx_call *call, const char *title, const char *said)
{
    const char *const language = plx_call_language(call);
    struct plx_account_page page = {.call = call,
                                    .language = language,
                                    .title = title ? plx_texts(language, title) : "Parallax"};
    const struct plx_shell shell = shell_of(&page);
    page.html = plx_shell_begin(&shell);
    plx_html_element(page.html, "h1", NULL, page.title);
    if (said) {
        plx_html_open_class(page.html, "p", "bad");
        plx_html_attribute(page.html, "role", "alert");
        plx_html_text(page.html, plx_texts(language, said));
        plx_html_close(page.html);
    }
    return page;
}

/* Where the page is got that answers this call, which may be a form sent to an address below it. */
static char *path_of(const plx_call *call)
{
    const struct plx_http_slice path = plx_http_request_head(call->request)->path;
    return g_str_has_prefix(call->match.route->pattern, "/account")
               ? g_strdup("/account")
               : g_strndup(path.at, path.length);
}

/* The way on ("next") is kept, escaped behind `to`. */
static void append_way(GString *to, const char *name, const char *path)
{
    g_autofree char *escaped = path ? g_uri_escape_string(path, "/", FALSE) : NULL;
    if (escaped)
        g_string_append_printf(to, "%c%s=%s", strchr(to->str, '?') ? '&' : '?', name, escaped);
}

static void put_language(const struct plx_account_page *page, const char *language,
                         const char *path)
{
    const char *const sent = plx_fields_get(page->call->form, "next");
    const char *const next = sent ? sent : plx_fields_get(page->call->query, "next");
    g_autoptr(GString) to = g_string_new("/language/");
    g_string_append(to, language);
    append_way(to, "page", path);
    append_way(to, "next", next ? plx_guard_next(next) : NULL);
    plx_html_open(page->html, "a");
    plx_html_attribute(page->html, "href", to->str);
    plx_html_attribute(page->html, "lang", language);
    plx_html_attribute(page->html, "hreflang", language);
    plx_html_text(page->html, plx_texts_name(language));
    plx_html_close(page->html);
    plx_html_text(page->html, " ");
}

static void put_languages(const struct plx_account_page *page)
{
    const char *const *const all = plx_texts_languages();
    g_autofree char *path = path_of(page->call);
    plx_html_open_class(page->html, "nav", "languages");
    plx_html_attribute(page->html, "aria-label", plx_account_text(page, "form.languages"));
    for (guint i = 0; all[i]; i++)
        if (strcmp(all[i], page->language) != 0)
            put_language(page, all[i], path);
    plx_html_close(page->html);
}

void plx_account_send(const struct plx_account_page *page, guint status, const char *cookie)
{
    const struct plx_shell shell = shell_of(page);
    put_languages(page);
    plx_shell_send(page->call, &shell, page->html, status, cookie);
}

/* Parts --------------------------------------------------------------------------------------- */

const char *plx_account_text(const struct plx_account_page *page, const char *key)
{
    return plx_texts(page->language, key);
}

void plx_account_say(const struct plx_account_page *page, const char *name, const char *class_name,
                     const char *key)
{
    plx_html_element(page->html, name, class_name, plx_account_text(page, key));
}

void plx_account_link(const struct plx_account_page *page, const char *to, const char *key)
{
    plx_html_open(page->html, "p");
    plx_html_open(page->html, "a");
    plx_html_attribute(page->html, "href", to);
    plx_html_text(page->html, plx_account_text(page, key));
    plx_html_close(page->html);
    plx_html_close(page->html);
}

char *plx_account_who(const struct plx_account_page *page, const char *name, enum plx_role role)
{
    g_autofree char *key = g_strconcat("account.role.", plx_role_name(role), NULL);
    return plx_texts_fill(page->language, "account.who", name, plx_account_text(page, key), NULL);
}

void plx_account_hidden(const struct plx_account_page *page, const char *name, const char *value)
{
    plx_html_open(page->html, "input");
    plx_html_attribute(page->html, "type", "hidden");
    plx_html_attribute(page->html, "name", name);
    plx_html_attribute(page->html, "value", value);
    plx_html_close(page->html);
}

void plx_account_whose(const struct plx_account_page *page, const char *login)
{
    plx_html_open(page->html, "input");
    plx_html_attribute(page->html, "type", "text");
    plx_html_attribute(page->html, "autocomplete", "username");
    plx_html_attribute(page->html, "value", login);
    plx_html_attribute(page->html, "hidden", "hidden");
    plx_html_close(page->html);
}

void plx_account_form(const struct plx_account_page *page, const char *action, const char *csrf)
{
    plx_html_open(page->html, "form");
    plx_html_attribute(page->html, "method", "post");
    plx_html_attribute(page->html, "action", action);
    if (csrf)
        plx_account_hidden(page, PLX_CSRF_FIELD, csrf);
}

void plx_account_input(const struct plx_account_page *page, const struct plx_account_field *field)
{
    plx_html *const html = page->html;
    plx_html_open(html, "label");
    plx_html_text(html, plx_account_text(page, field->label));
    if (field->hint)
        plx_account_say(page, "span", "hint", field->hint);
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

void plx_account_submit(const struct plx_account_page *page, const char *key)
{
    plx_account_say(page, "button", NULL, key);
    plx_html_close(page->html);
}

/* What was sent ------------------------------------------------------------------------------- */

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
        return "account.new.differ";
    return plx_password_is_good(password, login, &why) ? NULL : why;
}

char *plx_account_cookie(const plx_call *call, const char *ticket)
{
    return plx_call_cookie_set(call, PLX_COOKIE_SESSION, ticket);
}

void plx_account_new_password(const struct plx_account_page *page, const char *label)
{
    const struct plx_account_field chosen = {.label = label,
                                             .name = "new",
                                             .type = "password",
                                             .complete = "new-password",
                                             .hint = "account.new.hint"};
    static const struct plx_account_field again = {.label = "account.new.again",
                                                   .name = "again",
                                                   .type = "password",
                                                   .complete = "new-password"};
    plx_account_input(page, &chosen);
    plx_account_input(page, &again);
}
