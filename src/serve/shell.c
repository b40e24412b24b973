/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/shell.h"

#include "serve/texts.h"

static void put_links(plx_html *html, const struct plx_shell *shell)
{
    if (shell->manifest) {
        plx_html_open(html, "link");
        plx_html_attribute(html, "rel", "manifest");
        plx_html_attribute(html, "href", shell->manifest);
        plx_html_close(html);
    }
    if (shell->asset) {
        plx_html_open(html, "script");
        plx_html_attribute(html, "src", shell->asset);
        plx_html_attribute(html, "defer", "defer");
        plx_html_close(html);
    }
}

plx_html *plx_shell_begin(const struct plx_shell *shell)
{
    g_autofree char *style = plx_style_text(shell->style);
    plx_html *const html = plx_html_new();
    plx_html_open(html, "html");
    plx_html_attribute(html, "lang", shell->language);
    plx_html_attribute(html, "dir", plx_texts_direction(shell->language));
    plx_html_open(html, "head");
    plx_html_open(html, "meta");
    plx_html_attribute(html, "charset", "utf-8");
    plx_html_close(html);
    plx_html_meta(html, "viewport", "width=device-width, initial-scale=1");
    plx_html_meta(html, "robots", "noindex");
    plx_html_element(html, "title", NULL, shell->title);
    plx_html_open(html, "link"); /* so that no browser asks for one */
    plx_html_attribute(html, "rel", "icon");
    plx_html_attribute(html, "href", "data:,");
    plx_html_close(html);
    plx_html_style(html, style);
    put_links(html, shell);
    plx_html_close(html);
    plx_html_open(html, "body");
    plx_html_open(html, "main");
    return html;
}

/* `html` is taken over. */
static GString *finish(const struct plx_shell *shell, plx_html *html)
{
    plx_html_close(html); /* main */
    if (shell->script)
        plx_html_script(html, shell->script);
    plx_html_close(html); /* body */
    plx_html_close(html); /* html */
    GString *const text = plx_html_finish(html);
    plx_html_free(html);
    return text;
}

GBytes *plx_shell_page(const struct plx_shell *shell, plx_html *html, guint status, char **fields)
{
    g_autofree char *style = plx_style_text(shell->style);
    g_autofree char *hash = plx_reply_hash(style);
    const struct plx_page_reply page = {.status = status, .style = hash};
    *fields = plx_reply_page_fields(&page);
    return g_string_free_to_bytes(finish(shell, html));
}

void plx_shell_send(plx_call *call, const struct plx_shell *shell, plx_html *html, guint status,
                    const char *cookie)
{
    const struct plx_page_reply page = {.status = status,
                                        .html = finish(shell, html),
                                        .style = plx_call_style(call, shell->style),
                                        .script = shell->script,
                                        .assets = shell->asset != NULL,
                                        .cookie = cookie,
                                        .retry = call->retry};
    plx_call_page(call, &page);
}
