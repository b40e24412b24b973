/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a table joins a workshop. */

#include "serve/workshop_page.h"

#include <string.h>

/* A line to type into, with what it is called above and a hint below. */
static void put_line(plx_html *html, const struct plx_workshop_view *view, const char *name,
                     const char *key, const char *hint, gboolean number)
{
    g_autofree char *described = hint ? g_strconcat(name, "-hint", NULL) : NULL;
    plx_html_open_class(html, "p", "line");
    plx_html_open(html, "label");
    plx_html_attribute(html, "for", name);
    plx_html_text(html, plx_workshop_say(view, key));
    plx_html_close(html);
    plx_html_open(html, "input");
    plx_html_attribute(html, "id", name);
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "type", "text");
    plx_html_attribute(html, "autocomplete", "off");
    plx_html_attribute(html, "aria-describedby", described);
    plx_html_attribute(html, "value", plx_workshop_sent(view, name));
    if (number)
        plx_html_attribute(html, "inputmode", "numeric");
    if (strcmp(name, "person") != 0)
        plx_html_attribute(html, "required", "required");
    plx_html_attribute(html, "maxlength", G_STRINGIFY(PLX_TABLE_NAME_MAX));
    plx_html_close(html);
    if (hint) {
        plx_html_open_class(html, "span", "quiet");
        plx_html_attribute(html, "id", described);
        plx_html_text(html, plx_workshop_say(view, hint));
        plx_html_close(html);
    }
    plx_html_close(html);
}

static void put_who(plx_html *html, const struct plx_workshop_view *view)
{
    const char *const chosen = plx_workshop_sent(view, "audience");
    plx_html_open(html, "fieldset");
    plx_html_element(html, "legend", NULL, plx_workshop_say(view, "workshop.who"));
    for (guint i = 0; i < view->map->n_audiences; i++) {
        const char *const id = view->map->audiences[i].id;
        if (strcmp(id, "shopper") != 0)
            plx_workshop_choice(html, "radio", "audience", id, g_strcmp0(chosen, id) == 0,
                                plx_workshop_people(view, id));
    }
    plx_html_close(html);
}

void plx_workshop_page_join(plx_html *html, const struct plx_workshop_view *view)
{
    plx_html_title(html, "h1", NULL, view->gathering->workshop);
    if (view->gathering->phase == PLX_GATHERING_ENDED) {
        plx_html_element(html, "p", NULL, plx_workshop_say(view, "workshop.closed"));
        return;
    }
    plx_workshop_fault(html, view);
    plx_workshop_form(html, view, NULL, NULL);
    put_line(html, view, "table", "workshop.table.number", "workshop.table.hint", FALSE);
    put_who(html, view);
    put_line(html, view, "people", "workshop.people", NULL, TRUE);
    put_line(html, view, "person", "workshop.name", "workshop.name.hint", FALSE);
    plx_workshop_choice(html, "checkbox", "seen", "1", plx_workshop_sent(view, "seen") != NULL,
                        plx_workshop_say(view, "workshop.seen"));
    plx_html_open_class(html, "p", "buttons");
    plx_workshop_button(html, NULL, NULL, NULL, plx_workshop_say(view, "workshop.join"));
    plx_html_close(html);
    plx_html_close(html); /* form */
}
