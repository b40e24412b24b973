/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaders and staff are asked about those who are served: on forms, and at a workshop. */

#include "serve/form_parts.h"

#include "serve/people.h"
#include "serve/texts.h"

const char *plx_form_served(const struct plx_form_view *view)
{
    const plx_map *const map = view->plan->map;
    return plx_people_words(map, map->audiences[plx_people_served(map)].id,
                            plx_form_language(view));
}

char *plx_form_desired(const struct plx_form_view *view)
{
    const plx_map *const map = view->plan->map;
    const struct plx_scale *const scale =
        plx_map_scale(map, PLX_MEASURE_LEVEL, plx_people_served(map));
    return scale->desired == PLX_NO_CUT
               ? NULL
               : plx_form_value_words(view, PLX_MEASURE_LEVEL, scale, scale->desired, NULL);
}

void plx_form_believed(plx_html *html, const struct plx_form_view *view)
{
    g_autofree char *words = plx_form_desired(view);
    if (!words)
        return;
    g_autofree char *text = plx_texts_fill(view->language, "form.believed.people",
                                           plx_form_served(view), words, (char *)NULL);
    plx_html_element(html, "p", NULL, text);
}

void plx_form_believed_about(plx_html *html, const struct plx_form_view *view, gboolean dash)
{
    plx_html_element(html, "p", "quiet", plx_form_text(view, "form.believed.about"));
    plx_html_open_class(html, "p", "quiet");
    plx_html_textf(html, "0: %s · 10: %s", plx_form_text(view, "form.believed.low"),
                   plx_form_text(view, "form.believed.high"));
    if (dash)
        plx_html_textf(html, " · –: %s", plx_form_text(view, "form.declined"));
    plx_html_close(html);
}

gboolean plx_form_is_row(const struct plx_form_view *view, guint measure)
{
    return measure == PLX_MEASURE_BELIEVED ||
           (measure == PLX_MEASURE_LEVEL && view->plan->settings.all);
}

void plx_form_level_rows(plx_html *html, const struct plx_form_view *view)
{
    const struct plx_scale *const scale = plx_form_scale(view->plan, PLX_MEASURE_LEVEL);
    plx_html_element(html, "p", NULL, plx_form_text(view, "form.level"));
    plx_html_open_class(html, "p", "rows");
    for (gint value = scale->min; value <= scale->max; value++) {
        g_autofree char *words = plx_form_value_words(view, PLX_MEASURE_LEVEL, scale, value, NULL);
        plx_html_open(html, "span");
        if (scale->sentences || scale->words || strcmp(scale->id, "six-levels") == 0)
            plx_html_textf(html, "%d: %s", value, words);
        else
            plx_html_text(html, words);
        plx_html_close(html);
    }
    plx_html_open(html, "span");
    plx_html_textf(html, "∅: %s · –: %s", plx_form_text(view, "form.na"),
                   plx_form_text(view, "form.declined"));
    plx_html_close(html);
    plx_html_close(html);
}

/* The style counts those that are said, before it. */
void plx_form_tally(plx_html *html, guint of)
{
    plx_html_open_class(html, "span", "tally");
    plx_html_textf(html, "%u", of);
    plx_html_close(html);
}
