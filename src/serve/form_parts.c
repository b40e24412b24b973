/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/form_parts.h"

#include "serve/texts.h"
#include "voice/batch.h"

#include <string.h>

/* What was said ------------------------------------------------------------------------------ */

static const char *sent(const struct plx_form_view *view, const char *field)
{
    for (guint i = 0; i < view->n_fields; i++)
        if (strcmp(view->fields[i].name, field) == 0)
            return view->fields[i].value;
    return NULL;
}

static char *cell_text(gint8 cell)
{
    return cell == PLX_CELL_EMPTY      ? NULL
           : cell == PLX_CELL_NA       ? g_strdup("na")
           : cell == PLX_CELL_DECLINED ? g_strdup("declined")
                                       : g_strdup_printf("%d", cell);
}

char *plx_form_chosen(const struct plx_form_view *view, guint measure, gint point)
{
    g_autofree char *field = plx_form_field_name(view->plan, measure, point);
    if (view->fields)
        return g_strdup(sent(view, field));
    const struct plx_form_answer *const answer = plx_form_answer_of(view->answers, point);
    return answer ? cell_text(answer->value[measure]) : NULL;
}

/* Faults ------------------------------------------------------------------------------------- */

/* The sentence beside a field that has one, which the field is described by. */
static void put_fault(plx_html *html, const struct plx_form_view *view, const char *field)
{
    const struct plx_form_fault *const fault = plx_form_fault_of(view, field);
    if (!fault)
        return;
    g_autofree char *text = plx_form_fault_text(view, fault);
    g_autofree char *id = g_strconcat(field, "-fault", NULL);
    plx_html_open_class(html, "p", "bad");
    plx_html_attribute(html, "id", id);
    plx_html_text(html, text);
    plx_html_close(html);
}

static void describe(plx_html *html, const struct plx_form_view *view, const char *field)
{
    if (!plx_form_fault_of(view, field))
        return;
    g_autofree char *id = g_strconcat(field, "-fault", NULL);
    plx_html_attribute(html, "aria-describedby", id);
}

/* Choices ------------------------------------------------------------------------------------ */

void plx_form_choice(plx_html *html, const struct plx_form_choice *choice)
{
    const char *const chosen = choice->chosen;
    plx_html_open(html, "label");
    plx_html_attribute(html, "class", choice->kind);
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", "radio");
    plx_html_attribute(html, "name", choice->field);
    plx_html_attribute(html, "value", choice->value);
    plx_html_attribute(html, "aria-label", choice->name);
    if (choice->required)
        plx_html_attribute(html, "required", "required");
    if (chosen && strcmp(chosen, choice->value) == 0)
        plx_html_attribute(html, "checked", "checked");
    plx_html_close(html);
    plx_html_open(html, "span");
    plx_html_attribute(html, "lang", choice->language);
    plx_html_text(html, choice->words);
    plx_html_close(html);
    plx_html_close(html);
}

/* What is laid out as a sentence per line; else values stand in a row. */
static gboolean is_list(guint measure, const struct plx_scale *scale)
{
    return scale->sentences || measure == PLX_MEASURE_LEVEL || measure == PLX_MEASURE_PREDICTED ||
           measure == PLX_MEASURE_EXPECTED;
}

/* In a row there is room for words when they are few. */
static gboolean has_words(const struct plx_scale *scale)
{
    return scale->words && plx_scale_width(scale) <= 5;
}

static void put_value(plx_html *html, const struct plx_form_view *view, guint measure, gint value,
                      struct plx_form_choice *choice)
{
    const struct plx_scale *const scale = plx_form_scale(view->plan, measure);
    const gboolean worded = is_list(measure, scale) || has_words(scale);
    const gint note = measure == PLX_MEASURE_LEVEL ? plx_form_note(view->plan, (gint8)value) : -1;
    g_autofree char *number = g_strdup_printf("%d", value);
    const char *language = view->language;
    g_autofree char *words =
        worded ? plx_form_value_words(view, measure, scale, value, &language) : g_strdup(number);
    choice->value = number;
    choice->language = strcmp(language, view->language) != 0 ? language : NULL;
    choice->words = words;
    choice->name = NULL;
    if (plx_form_is_row(view, measure) && worded) { /* the sentences stand above all rows */
        choice->words = number;
        choice->name = words;
        choice->language = NULL;
    }
    choice->kind = note == PLX_FORM_DID ? "top" : note == PLX_FORM_BETTER ? "low" : NULL;
    plx_form_choice(html, choice);
}

static void put_values(plx_html *html, const struct plx_form_view *view, guint measure,
                       const char *field, const char *chosen)
{
    const struct plx_scale *const scale = plx_form_scale(view->plan, measure);
    struct plx_form_choice choice = {
        .field = field, .chosen = chosen, .required = (view->plan->required & 1u << measure) != 0};
    for (gint value = scale->min; value <= scale->max; value++)
        put_value(html, view, measure, value, &choice);
}

/* The ways out of a question. */
static void put_none(plx_html *html, const struct plx_form_view *view, guint measure, gint point,
                     const char *field, const char *chosen)
{
    const struct plx_form_choice na = {
        .field = field, .value = "na", .chosen = chosen, .words = plx_form_text(view, "form.na")};
    const struct plx_form_choice declined = {.field = field,
                                             .value = "declined",
                                             .chosen = chosen,
                                             .words = plx_form_text(view, "form.declined")};
    plx_html_open_class(html, "div", "none");
    if (measure == PLX_MEASURE_LEVEL && point >= 0)
        plx_form_choice(html, &na);
    if (view->plan->required & 1u << measure)
        plx_form_choice(html, &declined);
    plx_html_close(html);
}

/* What the two ends of numbers mean, where there is a text for it. */
static void put_ends(plx_html *html, const struct plx_form_view *view, const char *id)
{
    g_autofree char *low = g_strdup_printf("form.%s.low", id);
    g_autofree char *high = g_strdup_printf("form.%s.high", id);
    if (!plx_texts(view->language, low))
        return;
    plx_html_open_class(html, "p", "ends");
    plx_html_element(html, "span", NULL, plx_texts(view->language, low));
    plx_html_element(html, "span", NULL, plx_texts(view->language, high));
    plx_html_close(html);
}

/* The question of a measure: ours, or the map's own. */
static void put_question(plx_html *html, const struct plx_form_view *view, guint measure,
                         const char *name, const char *class_name)
{
    const struct plx_measure_def *const def = &view->plan->map->measures[measure];
    g_autofree char *key = g_strdup_printf("form.%s", def->id);
    const char *const ours = measure < PLX_MEASURE_DECLARED ? plx_texts(view->language, key) : NULL;
    if (ours) {
        g_autofree char *words = plx_form_desired(view);
        g_autofree char *text =
            plx_texts_fill(view->language, key, plx_form_served(view),
                           words ? words : plx_form_text(view, "level.4"), (char *)NULL);
        plx_html_element(html, name, class_name, text);
    } else {
        plx_form_map_element(html, view, name, class_name, def->title);
    }
}

/* Of many points on one page: numbers in one row, signs for the ways out. */
static void put_row(plx_html *html, const struct plx_form_view *view, guint measure,
                    const char *field, const char *chosen)
{
    plx_html_open_class(html, "div", "values");
    put_values(html, view, measure, field, chosen);
    if (measure == PLX_MEASURE_LEVEL) {
        const struct plx_form_choice na = {.field = field,
                                           .value = "na",
                                           .chosen = chosen,
                                           .words = "∅",
                                           .name = plx_form_text(view, "form.na")};
        plx_form_choice(html, &na);
    }
    if (view->plan->required & 1u << measure) {
        const struct plx_form_choice declined = {.field = field,
                                                 .value = "declined",
                                                 .chosen = chosen,
                                                 .words = "–",
                                                 .name = plx_form_text(view, "form.declined")};
        plx_form_choice(html, &declined);
    }
    plx_html_close(html);
}

void plx_form_ask(plx_html *html, const struct plx_form_view *view, guint measure, gint point,
                  const char *legend)
{
    const struct plx_scale *const scale = plx_form_scale(view->plan, measure);
    const char *const id = view->plan->map->measures[measure].id;
    g_autofree char *field = plx_form_field_name(view->plan, measure, point);
    g_autofree char *chosen = plx_form_chosen(view, measure, point);
    const gboolean list = is_list(measure, scale), slim = plx_form_is_row(view, measure);
    const gboolean missing = slim && plx_form_fault_of(view, field) != NULL;
    plx_html_open_class(html, "fieldset",
                        missing            ? "slim missing"
                        : slim             ? "slim"
                        : list             ? "words"
                        : has_words(scale) ? "numbers few"
                                           : "numbers");
    plx_html_attribute(html, "id", field);
    if (!slim)
        describe(html, view, field);
    if (legend)
        plx_form_map_element(html, view, "legend", NULL, legend);
    else
        put_question(html, view, measure, "legend", NULL);
    if (legend && measure == PLX_MEASURE_LEVEL && !slim)
        put_question(html, view, measure, "p", "quiet");
    if (slim) { /* a list of them says at the top once what is missing */
        put_row(html, view, measure, field, chosen);
        plx_html_close(html);
        return;
    }
    put_fault(html, view, field);
    plx_html_open_class(html, "div", "values");
    put_values(html, view, measure, field, chosen);
    plx_html_close(html);
    if (!list)
        put_ends(html, view, id);
    put_none(html, view, measure, point, field, chosen);
    plx_html_close(html);
}

gboolean plx_form_has_words(const struct plx_form_view *view, const char *field, const char *value)
{
    const char *const given = view->fields ? sent(view, field) : value;
    return plx_form_fault_of(view, field) || (given && *given);
}

void plx_form_area(plx_html *html, const struct plx_form_view *view, const char *field,
                   const char *value, const char *named_by)
{
    const char *const given = view->fields ? sent(view, field) : value;
    put_fault(html, view, field);
    plx_html_open(html, "textarea");
    plx_html_attribute(html, "id", field);
    plx_html_attribute(html, "name", field);
    plx_html_attribute(html, "rows", "3");
    plx_html_attribute(html, "dir", "auto");
    plx_html_attribute(html, "aria-labelledby", named_by);
    plx_html_attribute(html, "placeholder", " "); /* the style asks whether anything is in it */
    describe(html, view, field);
    plx_html_text(html, given ? given : "");
    plx_html_close(html);
}

void plx_form_agree(plx_html *html, const struct plx_form_view *view, const char *field,
                    const char *key)
{
    put_fault(html, view, field);
    plx_html_open_class(html, "label", "consent");
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", "checkbox");
    plx_html_attribute(html, "id", field);
    plx_html_attribute(html, "name", field);
    plx_html_attribute(html, "value", "yes");
    if (sent(view, field))
        plx_html_attribute(html, "checked", "checked");
    describe(html, view, field);
    plx_html_close(html);
    plx_html_element(html, "span", NULL, plx_form_text(view, key));
    plx_html_close(html);
}

void plx_form_languages(plx_html *html, const char *class_name, const char *const *offered,
                        const char *language, const char *address)
{
    plx_html_open_class(html, "p", class_name);
    for (guint i = 0; offered[i]; i++) {
        if (strcmp(offered[i], language) == 0)
            continue;
        g_autofree char *to = g_strdup_printf("%s?lang=%s", address, offered[i]);
        plx_html_open(html, "a");
        plx_html_attribute(html, "href", to);
        plx_html_attribute(html, "lang", offered[i]);
        plx_html_attribute(html, "hreflang", offered[i]);
        plx_html_text(html, plx_texts_name(offered[i]));
        plx_html_close(html);
        plx_html_text(html, " ");
    }
    plx_html_close(html);
}

void plx_form_hidden(plx_html *html, const char *name, const char *value)
{
    plx_html_open(html, "input");
    plx_html_attribute(html, "type", "hidden");
    plx_html_attribute(html, "name", name);
    plx_html_attribute(html, "value", value);
    plx_html_close(html);
}
