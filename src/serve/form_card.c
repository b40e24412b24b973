/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One card of a form. */

#include "serve/form_parts.h"

#include "serve/texts.h"

#include <string.h>

/* A field that people do not see and programs fill in. */
#define TRAP "_website"

const char *plx_form_page_title(const struct plx_form_view *view)
{
    return plx_form_map_text(view, view->plan->map->journeys[view->plan->journey].title);
}

/* Faults ------------------------------------------------------------------------------------- */

const struct plx_form_fault *plx_form_fault_of(const struct plx_form_view *view, const char *field)
{
    for (guint i = 0; view->faults && i < view->faults->len; i++) {
        const struct plx_form_fault *const fault = view->faults->pdata[i];
        if (strcmp(fault->field, field) == 0)
            return fault;
    }
    return NULL;
}

char *plx_form_fault_text(const struct plx_form_view *view, const struct plx_form_fault *fault)
{
    if (fault->kind == PLX_FORM_TOO_LONG)
        return plx_texts_fill(view->language, "form.error.long", G_STRINGIFY(PLX_FORM_NOTE_MAX),
                              NULL);
    const char *const key = fault->kind == PLX_FORM_NO_TEXT    ? "form.error.text"
                            : fault->kind == PLX_FORM_NO_WORDS ? "form.error.answer"
                                                               : "form.error.choose";
    return g_strdup(plx_form_text(view, key));
}

/* The point that a field is about; or NULL. */
static const struct plx_point *point_of(const struct plx_form_view *view, const char *field)
{
    const char *const dot = strchr(field, '.');
    const gint point = dot ? plx_map_find_point(view->plan->map, dot + 1) : -1;
    return point >= 0 ? &view->plan->map->points[point] : NULL;
}

/* A point where one has to choose is named; else its name stands before what is wrong. To be
 * freed. */
static char *summary_text(const struct plx_form_view *view, const struct plx_form_fault *fault)
{
    const struct plx_point *const point = point_of(view, fault->field);
    g_autofree char *text = plx_form_fault_text(view, fault);
    const char *const title = point ? plx_form_map_text(view, point->title) : NULL;
    if (title && fault->kind == PLX_FORM_MISSING)
        return g_strdup(title);
    return title ? g_strdup_printf("%s: %s", title, text) : g_steal_pointer(&text);
}

/* Was the point that choices are missing of named before? */
static gboolean fault_is_named(const struct plx_form_view *view, guint index)
{
    const struct plx_form_fault *const own = view->faults->pdata[index];
    const struct plx_point *const point = point_of(view, own->field);
    for (guint i = 0; point && own->kind == PLX_FORM_MISSING && i < index; i++) {
        const struct plx_form_fault *const other = view->faults->pdata[i];
        if (other->kind == PLX_FORM_MISSING && point_of(view, other->field) == point)
            return TRUE;
    }
    return FALSE;
}

/* What is wrong, all of it, with a way to each. */
static void put_summary(plx_html *html, const struct plx_form_view *view)
{
    if (!view->faults || view->faults->len == 0)
        return;
    plx_html_open_class(html, "div", "faults");
    plx_html_attribute(html, "role", "alert");
    plx_html_element(html, "p", "bad", plx_form_text(view, "form.error.title"));
    plx_html_open(html, "ul");
    for (guint i = 0; i < view->faults->len; i++) {
        const struct plx_form_fault *const fault = view->faults->pdata[i];
        if (fault_is_named(view, i))
            continue;
        g_autofree char *text = summary_text(view, fault);
        g_autofree char *to = g_strconcat("#", fault->field, NULL);
        plx_html_open(html, "li");
        plx_html_open(html, "a");
        plx_html_attribute(html, "href", to);
        plx_html_text(html, text);
        plx_html_close(html);
        plx_html_close(html);
    }
    plx_html_close(html);
    plx_html_close(html);
}

/* Points ------------------------------------------------------------------------------------- */

/* They are said of six levels: beside other numbers they would mislead. */
static void put_anchors(plx_html *html, const struct plx_form_view *view,
                        const struct plx_point *point)
{
    if (!point->levels || !plx_scale_has_levels(plx_form_scale(view->plan, PLX_MEASURE_LEVEL)))
        return;
    plx_html_open(html, "details");
    plx_html_element(html, "summary", NULL, plx_form_text(view, "form.anchors"));
    plx_html_open(html, "ol");
    for (guint i = 0; i < PLX_LEVELS; i++) {
        if (point->levels[i])
            plx_form_map_element(html, view, "li", NULL, point->levels[i]);
        else
            plx_html_element(html, "li", NULL, "–");
    }
    plx_html_close(html);
    plx_html_close(html);
}

/* Words that go with the level: after a top one what they did, below what was expected what would
 * be better. The style shows which; where it cannot (old browsers without :has) both are asked. */
static void put_note(plx_html *html, const struct plx_form_view *view, guint point)
{
    const struct plx_form_answer *const answer = plx_form_answer_of(view->answers, (gint)point);
    g_autofree char *field = plx_form_note_name(view->plan, point);
    plx_html_open_class(html, "div", "text note");
    plx_html_open(html, "label");
    plx_html_attribute(html, "for", field);
    plx_html_element(html, "span", "did", plx_form_text(view, "form.did"));
    plx_html_element(html, "span", "or", " / ");
    plx_html_element(html, "span", "better", plx_form_text(view, "form.better"));
    plx_html_close(html);
    plx_form_area(html, view, field, answer ? answer->note : NULL, NULL);
    plx_html_close(html);
}

static void put_point(plx_html *html, const struct plx_form_view *view, guint index, guint32 asked)
{
    const struct plx_point *const point = &view->plan->map->points[index];
    plx_html_open_class(html, "section", "point");
    for (guint m = 0, legends = 0; m < PLX_MEASURES_MAX; m++) {
        if (!(asked & 1u << m))
            continue;
        /* The first question of a point carries its name. */
        plx_form_ask(html, view, m, (gint)index, legends++ == 0 ? point->title : NULL);
        if (m != PLX_MEASURE_LEVEL)
            continue;
        put_anchors(html, view, point);
        if (asked & ~view->plan->required)
            plx_html_element(html, "p", "then", plx_form_text(view, "form.na.then"));
    }
    if (view->plan->settings.notes && asked & 1u << PLX_MEASURE_LEVEL)
        put_note(html, view, index);
    plx_html_close(html);
}

static void put_points(plx_html *html, const struct plx_form_view *view)
{
    const struct plx_form_card card = plx_form_card(view->plan, view->card);
    if (card.measures & 1u << PLX_MEASURE_BELIEVED) {
        plx_form_believed(html, view);
        plx_form_believed_about(html, view,
                                (view->plan->required & 1u << PLX_MEASURE_BELIEVED) != 0);
    }
    if (card.measures & 1u << PLX_MEASURE_LEVEL && plx_form_is_row(view, PLX_MEASURE_LEVEL))
        plx_form_level_rows(html, view);
    for (guint i = card.first; i < card.first + card.n; i++)
        put_point(html, view, view->plan->points[i].point, card.measures);
}

static void put_progress(plx_html *html, const struct plx_form_view *view)
{
    char at[12], of[12];
    if (view->plan->n_cards == 1)
        return;
    g_snprintf(at, sizeof at, "%u", view->card + 1);
    g_snprintf(of, sizeof of, "%u", view->plan->n_cards);
    g_autofree char *text = plx_texts_fill(view->language, "form.progress", at, of, NULL);
    plx_html_open_class(html, "p", "quiet progress");
    plx_html_text(html, text);
    if (view->card > 0 && (view->plan->map->title || view->place)) {
        plx_html_text(html, " · ");
        plx_form_asker(html, view);
    }
    plx_html_close(html);
}

static void put_trap(plx_html *html)
{
    plx_html_open_class(html, "div", "trap");
    plx_html_attribute(html, "aria-hidden", "true");
    plx_html_open(html, "input");
    plx_html_attribute(html, "name", TRAP);
    plx_html_attribute(html, "tabindex", "-1");
    plx_html_attribute(html, "autocomplete", "off");
    plx_html_close(html);
    plx_html_close(html);
}

/* Asked once, before anything is stored. */
static void put_consent(plx_html *html, const struct plx_form_view *view)
{
    if (view->identity != PLX_IDENTITY_PANEL || !view->person || view->card > 0)
        return;
    plx_form_agree(html, view, "_consent", "form.consent");
}

static void put_buttons(plx_html *html, const struct plx_form_view *view)
{
    const gboolean last = view->card + 1 == view->plan->n_cards;
    const struct plx_form_card card = plx_form_card(view->plan, view->card);
    const gboolean rows =
        card.measures & (1u << PLX_MEASURE_BELIEVED | 1u << PLX_MEASURE_LEVEL) && card.n > 1;
    plx_html_open_class(html, "div", rows ? "buttons stays" : "buttons");
    plx_html_open(html, "button");
    plx_html_attribute(html, "type", "submit");
    plx_html_text(html, plx_form_text(view, last ? "form.finish" : "form.next"));
    plx_html_close(html);
    if (view->card > 0) {
        g_autofree char *back = g_strdup_printf("/f/%s/%s/%u?lang=%s", view->address, view->token,
                                                view->card - 1, view->language);
        plx_html_open(html, "a");
        plx_html_attribute(html, "href", back);
        plx_html_text(html, plx_form_text(view, "form.back"));
        plx_html_close(html);
    }
    if (rows)
        plx_form_tally(html, card.n);
    plx_html_close(html);
}

static const char *privacy_key(const struct plx_form_view *view)
{
    const plx_form_plan *const plan = view->plan;
    return view->identity == PLX_IDENTITY_PANEL                  ? "form.privacy.panel"
           : view->identity == PLX_IDENTITY_VISIT                ? "form.privacy.visit"
           : plan->map->audiences[plan->settings.audience].named ? "form.privacy.named"
                                                                 : "form.privacy.anonymous";
}

/* The other languages: buttons of the form, so that what is filled in comes along. */
static void put_languages(plx_html *html, const struct plx_form_view *view)
{
    const char *all[PLX_FORM_OFFERED_MAX];
    if (*view->plan->settings.language)
        return;
    plx_form_offered(&view->plan->settings, all);
    plx_html_open_class(html, "p", "languages");
    for (guint i = 0; all[i]; i++) {
        if (strcmp(all[i], view->language) == 0)
            continue;
        plx_html_open(html, "button");
        plx_html_attribute(html, "name", "_to");
        plx_html_attribute(html, "value", all[i]);
        plx_html_attribute(html, "lang", all[i]);
        plx_html_attribute(html, "formnovalidate", "formnovalidate");
        plx_html_text(html, plx_texts_name(all[i]));
        plx_html_close(html);
    }
    plx_html_close(html);
}

static void put_break(plx_html *html)
{
    plx_html_open(html, "br");
    plx_html_close(html);
}

/* "Asked by Café Central", with the name where the language has it. */
static void put_asker(plx_html *html, const struct plx_form_view *view)
{
    if (!view->plan->map->title && !view->place)
        return;
    g_auto(GStrv) around = g_strsplit(plx_form_text(view, "form.intro.who"), "{0}", 2);
    plx_html_text(html, around[0]);
    plx_form_asker(html, view);
    plx_html_text(html, around[1] ? around[1] : "");
    put_break(html);
}

/* Before the first question: who asks, for how long, and whether they are known. */
static void put_intro(plx_html *html, const struct plx_form_view *view)
{
    if (view->card > 0)
        return;
    const guint minutes = plx_form_plan_minutes(view->plan);
    g_autofree char *number = g_strdup_printf("%u", minutes);
    g_autofree char *lasts =
        minutes == 1 ? g_strdup(plx_form_text(view, "form.intro.minute"))
                     : plx_texts_fill(view->language, "form.intro.minutes", number, NULL);
    plx_html_open_class(html, "p", "quiet");
    put_asker(html, view);
    plx_html_text(html, lasts);
    put_break(html);
    plx_html_text(html, plx_form_text(view, privacy_key(view)));
    plx_html_close(html);
}

/* Two people may share a telephone. */
static void put_anew(plx_html *html, const struct plx_form_view *view)
{
    if (!view->anew)
        return;
    plx_html_open_class(html, "p", "again");
    plx_html_textf(html, "%s ", plx_form_text(view, "form.begun"));
    plx_html_open(html, "a");
    plx_html_attribute(html, "href", view->anew);
    plx_html_text(html, plx_form_text(view, "form.anew"));
    plx_html_close(html);
    plx_html_close(html);
}

void plx_form_page_card(plx_html *html, const struct plx_form_view *view)
{
    const char *const journey = view->plan->map->journeys[view->plan->journey].title;
    g_autofree char *to = g_strdup_printf("/f/%s/%s/%u", view->address, view->token, view->card);
    put_progress(html, view);
    plx_form_map_element(html, view, "h1", NULL, journey);
    put_intro(html, view);
    put_anew(html, view);
    put_summary(html, view);
    plx_html_open(html, "form");
    plx_html_attribute(html, "method", "post");
    plx_html_attribute(html, "action", to);
    plx_form_hidden(html, "_lang", view->language);
    if (view->person)
        plx_form_hidden(html, "_person", view->person);
    put_trap(html);
    if (plx_form_card(view->plan, view->card).whole)
        plx_form_page_whole(html, view);
    else
        put_points(html, view);
    put_consent(html, view);
    put_buttons(html, view);
    put_languages(html, view);
    plx_html_close(html);
    if (view->card > 0) {
        plx_html_element(html, "p", "quiet", plx_form_text(view, privacy_key(view)));
        plx_html_element(html, "p", "quiet", plx_form_text(view, "form.resume"));
    }
}
