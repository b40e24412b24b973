/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/paper_parts.h"

#include "chart/picture.h"
#include "report/page.h"
#include "report/words.h"

#include <string.h>

#define VALUES_MAX 3 /* so many are told one by one, more as a range */
#define LABELS_MAX 4

gint plx_paper_about(const plx_map *map)
{
    /* Customers first: among those who are served they are whom leaders mean. */
    const gint customers = plx_map_find_audience(map, "customer");
    if (customers >= 0 && map->audiences[customers].served)
        return customers;
    for (guint i = 0; i < map->n_audiences; i++)
        if (map->audiences[i].served)
            return (gint)i;
    return -1;
}

plx_paper_words *plx_paper_words_of(const plx_map *map, const char *language, GError **error)
{
    if (language)
        return plx_paper_words_new(language, error);
    g_autofree char *own = plx_paper_language(map->language);
    return plx_paper_words_new(own ? map->language : "en", error);
}

void plx_paper_begin(const struct plx_paper *paper, const char *title, const char *name,
                     const char *script)
{
    g_autofree char *own = plx_brand_css(paper->brand);
    g_autofree char *sheet = g_strconcat(name, ".css", NULL);
    g_autofree char *css = g_strconcat(plx_picture_css(), plx_page_resource("paper.css"),
                                       plx_page_resource(sheet), own, NULL);
    plx_page_begin_in(paper->html, plx_paper_tag(paper->words), NULL, title, css, script,
                      paper->brand && paper->brand->logo);
    plx_html_open_class(paper->html, "body", name);
}

const char *plx_paper_title(const struct plx_paper *paper, const char *text)
{
    const char *const tag = plx_paper_tag(paper->words);
    const char *const found = plx_map_text(paper->map, text, tag);
    if (found != text)
        return found;
    g_autofree char *primary = plx_paper_language(tag);
    return plx_map_text(paper->map, text, primary ? primary : tag);
}

/* Our own name of an audience, in the language of the paper; NULL where the map has one. */
static const char *built_in_people(const struct plx_paper *paper, const struct plx_audience *who)
{
    g_autoptr(plx_map) plain = plx_map_new_open();
    const gint same = plx_map_find_audience(plain, who->id);
    if (same < 0 || strcmp(plain->audiences[same].title, who->title) != 0)
        return NULL;
    return plx_paper_word(paper->words, who->id);
}

void plx_paper_people(const struct plx_paper *paper, guint audience, gboolean first, GString *out)
{
    const struct plx_audience *const who = &paper->map->audiences[audience];
    const char *const ours = built_in_people(paper, who);
    const gsize at = out->len;
    g_string_append(out, ours ? ours : plx_paper_title(paper, who->title));
    if (first)
        plx_words_capital(out, at);
}

void plx_paper_brand(const struct plx_paper *paper)
{
    const plx_brand *const brand = paper->brand;
    if (!brand || (!brand->name && !brand->logo))
        return;
    plx_html_open_class(paper->html, "p", "brand");
    if (brand->logo) {
        plx_html_open(paper->html, "img");
        plx_html_attribute(paper->html, "src", brand->logo);
        plx_html_attribute(paper->html, "alt", brand->name ? "" : "Logo");
        plx_html_close(paper->html);
    }
    if (brand->name)
        plx_html_title(paper->html, "span", NULL, brand->name);
    plx_html_close(paper->html);
}

void plx_paper_say(const struct plx_paper *paper, const char *name, const char *class_name,
                   const char *key)
{
    plx_html_element(paper->html, name, class_name, plx_paper_word(paper->words, key));
}

void plx_paper_button(const struct plx_paper *paper, const char *id, const char *class_name,
                      const char *key)
{
    plx_html_open(paper->html, "button");
    plx_html_attribute(paper->html, "type", "button");
    plx_html_attribute(paper->html, "id", id);
    plx_html_attribute(paper->html, "class", class_name);
    plx_html_text(paper->html, plx_paper_word(paper->words, key));
    plx_html_close(paper->html);
}

/* ---- the question ---- */

/* What a value is called by those who answer; NULL where it is only a number. */
static const char *label_of(const struct plx_paper *paper, const struct plx_scale *scale, int value)
{
    char **const labels = scale->sentences ? scale->sentences : scale->words;
    const char *const label = labels ? labels[value - scale->min] : NULL;
    if (!label)
        return NULL;
    /* A map may have its own sentences for the six levels; only ours we can say ourselves. */
    struct plx_scale *const six = plx_scale_new_six_levels();
    const gboolean ours = value >= six->min && value <= six->max &&
                          strcmp(six->sentences[value - six->min], label) == 0;
    const int six_desired = six->desired; /* below it we have no words of our own */
    plx_scale_free(six);
    if (!ours || value < six_desired)
        return plx_paper_title(paper, label);
    g_autofree char *key = g_strdup_printf("level_%d", value);
    return plx_paper_word(paper->words, key);
}

static int best_of(const struct plx_scale *scale)
{
    return scale->down ? scale->min : scale->max;
}

/* "4, 5 or 6"; "6–10". */
static void append_values(const struct plx_paper *paper, const struct plx_scale *scale,
                          GString *out)
{
    const int low = MIN(scale->desired, best_of(scale));
    const int high = MAX(scale->desired, best_of(scale));
    if (high - low >= VALUES_MAX) {
        g_string_append_printf(out, "%d–%d", low, high);
        return;
    }
    for (int value = low; value <= high; value++)
        if (value == low)
            g_string_append_printf(out, "%d", value);
        else if (value == high)
            g_string_append_printf(out, " %s %d", plx_paper_word(paper->words, "or"), value);
        else
            g_string_append_printf(out, ", %d", value);
}

static void fill_number(GString *text, const char *mark, int number)
{
    g_autofree char *shown = g_strdup_printf("%d", number);
    g_string_replace(text, mark, shown, 1);
}

/* "4 or 5 of 5"; "1 or 2, of 1 to 6, where 1 is best": as plx_words_cut has it in the reveal. */
static void append_values_of(const struct plx_paper *paper, const struct plx_scale *scale,
                             GString *out)
{
    const gboolean range = scale->down || scale->min < 0;
    g_autoptr(GString) values = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    append_values(paper, scale, values);
    plx_paper_fill(paper->words, range ? "values_range" : "values_of", "values", values->str, text);
    fill_number(text, "{max}", scale->max);
    fill_number(text, "{low}", scale->min);
    fill_number(text, "{high}", scale->max);
    fill_number(text, "{best}", best_of(scale));
    g_string_append(out, text->str);
}

void plx_paper_question(const struct plx_paper *paper, guint about, GString *out)
{
    const struct plx_scale *const scale = plx_map_scale(paper->map, PLX_MEASURE_LEVEL, about);
    const char *const label = label_of(paper, scale, scale->desired);
    const gboolean six = strcmp(scale->id, "six-levels") == 0;
    g_autoptr(GString) people = g_string_new(NULL);
    g_autoptr(GString) values = g_string_new(NULL);
    plx_paper_people(paper, about, FALSE, people);
    append_values_of(paper, scale, values);
    g_autoptr(GString) text = g_string_new(NULL);
    plx_paper_fill(paper->words,
                   six     ? "question_desired"
                   : label ? "question_word"
                           : "question_number",
                   "people", people->str, text);
    g_string_replace(text, label ? "{word}" : "{values}", label ? label : values->str, 1);
    g_string_append(out, text->str);
}

void plx_paper_scale(const struct plx_paper *paper, guint about, GString *out)
{
    const struct plx_scale *const scale = plx_map_scale(paper->map, PLX_MEASURE_LEVEL, about);
    const int step = scale->down ? -1 : 1;
    const int n = (best_of(scale) - scale->desired) * step + 1;
    if (!label_of(paper, scale, scale->desired))
        return;
    g_string_append(out, plx_paper_word(paper->words, "scale"));
    for (int i = 0; i < MIN(n, LABELS_MAX); i++) {
        const int value = scale->desired + i * step;
        const char *const label = label_of(paper, scale, value);
        g_string_append_printf(out, "%s%d", i ? " · " : " ", value);
        if (label)
            g_string_append_printf(out, " %s", label);
    }
    if (n > LABELS_MAX)
        g_string_append(out, " · …");
}
