/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What cards say, and in which language: the map's texts, ours, and what values are called. */

#include "serve/form_parts.h"

#include "serve/texts.h"

#include <string.h>

const char *plx_form_text(const struct plx_form_view *view, const char *key)
{
    return plx_texts(view->language, key);
}

const char *plx_form_language(const struct plx_form_view *view)
{
    const char *const own = view->plan->settings.language;
    return *own ? own : view->language;
}

void plx_form_offered(const struct plx_form_settings *settings,
                      const char *offered[PLX_FORM_OFFERED_MAX])
{
    const char *const *const ours = plx_texts_languages();
    g_auto(GStrv) own = g_strsplit(settings ? settings->languages : "", ",", -1);
    guint n = 0;
    for (guint i = 0; own[i] && n + 1 < PLX_FORM_OFFERED_MAX; i++)
        for (guint k = 0; ours[k]; k++)
            if (strcmp(ours[k], own[i]) == 0)
                offered[n++] = ours[k];
    for (guint k = 0; n == 0 && ours[k] && k + 1 < PLX_FORM_OFFERED_MAX; k++) {
        offered[k] = ours[k];
        offered[k + 1] = NULL;
    }
    if (n > 0)
        offered[n] = NULL;
}

const char *plx_form_map_text(const struct plx_form_view *view, const char *text)
{
    return plx_map_text(view->plan->map, text, plx_form_language(view));
}

/* The language that it is in. */
static const char *language_of(const struct plx_form_view *view, const char *text)
{
    return plx_form_map_text(view, text) != text ? plx_form_language(view)
                                                 : view->plan->map->language;
}

/* What is not in the page's language is marked, to be read aloud and broken into lines as it is. */
static void put_language(plx_html *html, const struct plx_form_view *view, const char *language)
{
    if (strcmp(language, view->language) != 0)
        plx_html_attribute(html, "lang", language);
}

void plx_form_map_element(plx_html *html, const struct plx_form_view *view, const char *name,
                          const char *class_name, const char *text)
{
    plx_html_open_class(html, name, class_name);
    plx_html_open(html, "bdi"); /* its direction is its own, where it stands is the page's */
    put_language(html, view, language_of(view, text));
    plx_html_text(html, plx_form_map_text(view, text));
    plx_html_close(html);
    plx_html_close(html);
}

void plx_form_asker(plx_html *html, const struct plx_form_view *view)
{
    const char *const title = view->plan->map->title;
    if (title)
        plx_form_map_element(html, view, "span", NULL, title);
    if (title && view->place)
        plx_html_text(html, " · ");
    if (view->place)
        plx_html_element(html, "bdi", NULL, view->place);
}

/* What the program itself calls a value, in the page's language; NULL: nothing. */
static const char *our_words(const struct plx_form_view *view, guint measure,
                             const struct plx_scale *scale, gint value)
{
    g_autofree char *key = strcmp(scale->id, "six-levels") == 0 ? g_strdup_printf("level.%d", value)
                           : measure < PLX_MEASURE_DECLARED
                               ? g_strdup_printf("form.%s.%d", scale->id, value)
                               : NULL;
    return key ? plx_texts(view->language, key) : NULL;
}

/* Numbers alone do not say which of their ends is good. */
static char *number_words(const struct plx_form_view *view, const struct plx_scale *scale,
                          gint value)
{
    const gint worst = scale->down ? scale->max : scale->min;
    g_autofree char *number = g_strdup_printf("%d", value);
    if (value != scale->min && value != scale->max)
        return g_steal_pointer(&number);
    return plx_texts_fill(view->language, value == worst ? "form.worst" : "form.best", number,
                          (char *)NULL);
}

/* A label that came with the program is English whatever the map's language is: then ours is said,
 * as where the map has no text in the language that is wished. */
char *plx_form_value_words(const struct plx_form_view *view, guint measure,
                           const struct plx_scale *scale, gint value, const char **language)
{
    const plx_map *const map = view->plan->map;
    const gint at = value - scale->min;
    const char *const own = scale->sentences && scale->sentences[at] ? scale->sentences[at]
                            : scale->words                           ? scale->words[at]
                                                                     : NULL;
    const char *const here = own ? plx_form_map_text(view, own) : NULL;
    const char *const in = own ? plx_map_label_language(map, scale, value, own) : view->language;
    const gboolean told = here && (here != own || strcmp(in, plx_form_language(view)) == 0);
    const char *const ours = told ? NULL : our_words(view, measure, scale, value);
    if (language)
        *language = ours || !own ? view->language : here != own ? plx_form_language(view) : in;
    return ours ? g_strdup(ours) : own ? g_strdup(here) : number_words(view, scale, value);
}
