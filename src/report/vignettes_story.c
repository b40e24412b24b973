/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/vignettes.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

struct telling {
    const plx_vignette_reading *reading;
    const plx_gaps *frame;
    plx_story *story;
};

/* With one pair in all of it, nobody needs to read its names in every row. */
static gboolean names_pairs(const struct telling *t)
{
    return t->reading->n_pairs > 1;
}

static void tell_who(const struct telling *t, guint a, guint b)
{
    g_autofree char *who = g_strdup_printf("%s, %s", plx_words_voice(t->frame, (gint)a),
                                           plx_words_voice(t->frame, (gint)b));
    if (names_pairs(t))
        plx_story_cell(t->story, who);
}

/* A table whose second column is there with several pairs only. */
static void begin_table(const struct telling *t, const char *caption,
                        const struct plx_story_column *columns, guint n)
{
    g_autofree struct plx_story_column *kept = g_new(struct plx_story_column, n);
    guint k = 0;
    for (guint i = 0; i < n; i++)
        if (i != 1 || names_pairs(t))
            kept[k++] = columns[i];
    plx_story_table(t->story, caption, kept, k);
}

static void append_people(const struct telling *t, guint audience, gboolean first, GString *out)
{
    (first ? plx_words_people_first : plx_words_people)(t->frame, (gint)audience, out);
}

/* "Leaders and customers". */
static void append_both(const struct telling *t, guint a, guint b, gboolean first, GString *out)
{
    append_people(t, a, first, out);
    g_string_append(out, " and ");
    append_people(t, b, FALSE, out);
}

static void append_levels(GString *out, double value)
{
    plx_words_mean(out, value);
    g_string_append(out, " levels");
}

/* ---- the leading sentence ---- */

static gboolean is_served(const struct telling *t, const struct plx_vignette_pair *pair)
{
    const plx_map *map = t->reading->about.map;
    return map->audiences[pair->a].served || map->audiences[pair->b].served;
}

/* What is known before what is not, what differs before what is the same, and the pairs with the
 * people served first. */
static const struct plx_vignette_pair *leading(const struct telling *t)
{
    const struct plx_vignette_pair *best = NULL;
    static const guint rank[] = {2, 4, 0, 0};
    guint most = 0;
    for (guint i = 0; i < t->reading->n_pairs; i++) {
        const struct plx_vignette_pair *pair = &t->reading->pairs[i];
        const guint value = rank[pair->verdict] + (is_served(t, pair) ? 1 : 0);
        if (!best || value > most) {
            best = pair;
            most = value;
        }
    }
    return best;
}

static void tell_lead(const struct telling *t)
{
    const struct plx_vignette_pair *pair = leading(t);
    g_autoptr(GString) lead = g_string_new(NULL);
    if (!pair) {
        plx_story_lead(t->story,
                       "The vignettes of one audience alone can be shown, so there is nobody to "
                       "compare it with.");
        return;
    }
    if (pair->verdict == PLX_VIGNETTE_DIFFERENT) {
        append_both(t, pair->a, pair->b, TRUE, lead);
        g_string_append(lead, " do not mean the same by a level: they place the same description ");
        append_levels(lead, fmax(fabs(pair->least), fabs(pair->most)));
        g_string_append(lead, pair->same + pair->different + pair->open > 1 ? " apart at most."
                                                                            : " apart.");
    } else if (pair->verdict == PLX_VIGNETTE_SAME) {
        append_both(t, pair->a, pair->b, TRUE, lead);
        g_string_append_printf(lead, " mean the same by a level, as far as %u description%s.",
                               pair->same, pair->same == 1 ? " tells" : "s tell");
    } else if (pair->verdict == PLX_VIGNETTE_SCALES_DIFFER) {
        append_both(t, pair->a, pair->b, TRUE, lead);
        g_string_append(lead, " answer on different scales, so their levels are not compared.");
    } else {
        g_string_append(lead, "Not enough answers yet to say whether ");
        append_both(t, pair->a, pair->b, FALSE, lead);
        g_string_append(lead, " mean the same by a level.");
    }
    plx_story_lead(t->story, lead->str);
}

/* ---- pair by pair ---- */

/* Who stands higher, and how far over the vignettes: "leaders 0.9 to 1.3 levels higher". */
static void append_apart(const struct telling *t, const struct plx_vignette_pair *pair,
                         GString *out)
{
    if (fmax(fabs(pair->least), fabs(pair->most)) < 0.05) {
        g_string_append(out, "at the same level as ");
        append_people(t, pair->b, FALSE, out);
        return;
    }
    if (pair->least < 0 && pair->most > 0) {
        g_string_append(out, "from ");
        append_levels(out, -pair->least);
        g_string_append(out, " lower to ");
        append_levels(out, pair->most);
        g_string_append(out, " higher than ");
        append_people(t, pair->b, FALSE, out);
        return;
    }
    const double from = fmin(fabs(pair->least), fabs(pair->most));
    const double to = fmax(fabs(pair->least), fabs(pair->most));
    if (to - from >= 0.05) {
        plx_words_mean(out, from);
        g_string_append(out, " to ");
    }
    append_levels(out, to);
    g_string_append(out, pair->most > 0 ? " higher than " : " lower than ");
    append_people(t, pair->b, FALSE, out);
}

static void tell_pair(const struct telling *t, const struct plx_vignette_pair *pair)
{
    const guint n = pair->same + pair->different + pair->open;
    g_autoptr(GString) title = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    append_both(t, pair->a, pair->b, TRUE, title);
    if (pair->verdict == PLX_VIGNETTE_SCALES_DIFFER) {
        plx_story_item(t->story, title->str, "they answer on different scales.");
        return;
    }
    if (pair->different)
        g_string_append_printf(text, "%u of %u placed differently", pair->different, n);
    if (pair->same)
        g_string_append_printf(text, "%s%u of %u placed alike", pair->different ? ", " : "",
                               pair->same, n);
    if (pair->open)
        g_string_append_printf(text, "%s%u of %u not decided yet",
                               pair->different || pair->same ? ", " : "", pair->open, n);
    g_string_append(text, ". ");
    append_people(t, pair->a, TRUE, text);
    g_string_append(text, " place the same description ");
    append_apart(t, pair, text);
    g_string_append(text, pair->verdict == PLX_VIGNETTE_DIFFERENT
                              ? " do, so a gap of levels between them is partly one of words."
                              : " do.");
    plx_story_item(t->story, title->str, text->str);
}

/* ---- tables ---- */

/* `one`, with the names of the one pair there is; `many` where there are several. */
static char *pair_caption(const struct telling *t, const char *one, const char *many)
{
    g_autoptr(GString) text = g_string_new(names_pairs(t) ? many : one);
    g_autoptr(GString) a = g_string_new(NULL);
    g_autoptr(GString) b = g_string_new(NULL);
    if (names_pairs(t) || t->reading->n_pairs == 0)
        return g_string_free(g_steal_pointer(&text), FALSE);
    append_people(t, t->reading->pairs[0].a, FALSE, a);
    append_people(t, t->reading->pairs[0].b, FALSE, b);
    g_string_replace(text, "{a}", a->str, 1);
    g_string_replace(text, "{b}", b->str, 1);
    return g_string_free(g_steal_pointer(&text), FALSE);
}

static gboolean is_heard(const plx_vignette_reading *reading, guint audience)
{
    for (guint v = 0; v < reading->n; v++)
        for (guint i = 0; i < reading->vignettes[v].n_voices; i++)
            if (reading->vignettes[v].voices[i].audience == audience)
                return TRUE;
    return FALSE;
}

static const struct plx_vignette_voice *voice_of(const struct plx_vignette *vignette,
                                                 guint audience)
{
    for (guint i = 0; i < vignette->n_voices; i++)
        if (vignette->voices[i].audience == audience)
            return &vignette->voices[i];
    return NULL;
}

static void tell_voice(const struct telling *t, const struct plx_vignette_voice *voice)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (!voice) {
        plx_story_cell(t->story, NULL);
        return;
    }
    if (voice->suppressed) {
        plx_story_cell(t->story, "too few");
        return;
    }
    plx_words_mean(text, voice->mean);
    if (voice->ci.hi > voice->ci.lo) { /* else everybody answered */
        g_string_append(text, " (");
        plx_words_range(text, voice->ci);
        g_string_append_c(text, ')');
    }
    g_string_append(text, ", ");
    plx_words_count(text, voice->n);
    plx_story_cell(t->story, text->str);
}

static void tell_placed(const struct telling *t)
{
    const plx_vignette_reading *reading = t->reading;
    const guint n = reading->about.map->n_audiences;
    g_autofree struct plx_story_column *columns = g_new0(struct plx_story_column, n + 1);
    g_autofree guint *audiences = g_new0(guint, n + 1);
    guint heard = 0;
    columns[0] = (struct plx_story_column){"description", PLX_STORY_WIDE};
    for (guint a = 0; a < n; a++) {
        if (!is_heard(reading, a))
            continue;
        audiences[heard++] = a;
        columns[heard] =
            (struct plx_story_column){plx_words_voice(t->frame, (gint)a), PLX_STORY_NUMBER};
    }
    plx_story_table(t->story, "Where each places the same description: mean level, range, answers",
                    columns, heard + 1);
    for (guint v = 0; v < reading->n; v++) {
        plx_story_cell(t->story, reading->vignettes[v].words);
        for (guint i = 0; i < heard; i++)
            tell_voice(t, voice_of(&reading->vignettes[v], audiences[i]));
    }
}

static const char *verdict_words(enum plx_vignette_verdict verdict)
{
    static const char *const words[] = {"the same", "different", "not enough yet", "scales differ"};
    return words[verdict];
}

static void tell_differences(const struct telling *t)
{
    static const struct plx_story_column columns[] = {{"description", PLX_STORY_WIDE},
                                                      {"who", PLX_STORY_TEXT},
                                                      {"apart", PLX_STORY_NUMBER},
                                                      {"range", PLX_STORY_NUMBER},
                                                      {"it is", PLX_STORY_TEXT}};
    const plx_vignette_reading *reading = t->reading;
    if (reading->n_pairs == 0)
        return;
    g_autofree char *caption = pair_caption(t, "How far apart, in levels: {a} less {b}",
                                            "How far apart: the first less the second, in levels");
    begin_table(t, caption, columns, G_N_ELEMENTS(columns));
    for (guint v = 0; v < reading->n; v++) {
        for (guint i = 0; i < reading->vignettes[v].n_contrasts; i++) {
            const struct plx_vignette_contrast *c = &reading->vignettes[v].contrasts[i];
            g_autoptr(GString) apart = g_string_new(NULL);
            g_autoptr(GString) range = g_string_new(NULL);
            plx_words_difference(apart, c->difference);
            plx_words_range(range, c->ci_adjusted);
            plx_story_cell(t->story, reading->vignettes[v].words);
            tell_who(t, c->a, c->b);
            plx_story_cell(t->story, apart->str);
            plx_story_cell(t->story, range->len ? range->str : NULL);
            plx_story_cell(t->story, verdict_words(c->verdict));
        }
    }
}

/* ---- order, and points by the vignettes ---- */

static void tell_order(const struct telling *t, const struct plx_vignette_order *order)
{
    g_autoptr(GString) title = g_string_new(NULL);
    g_autoptr(GString) text = g_string_new(NULL);
    append_people(t, order->audience, TRUE, title);
    if (order->suppressed) {
        plx_story_item(t->story, title->str, "too few people rated all of them to show.");
        return;
    }
    plx_words_percent(text, order->in_order);
    g_string_append(text, " put them in the order of the map, ");
    plx_words_percent(text, order->tied);
    g_string_append(text, " hold some for equal, ");
    plx_words_percent(text, order->misordered);
    g_string_append(text, " turn some round (");
    plx_words_count(text, order->persons);
    g_string_append(text, order->persons == 1 ? " person)." : " people).");
    if (!order->orders)
        g_string_append(text, " That is too few in order: their answers are not read by them.");
    plx_story_item(t->story, title->str, text->str);
}

static const char *gap_words(const struct plx_vignette_gap *gap)
{
    switch (gap->state) {
    case PLX_VIGNETTE_NOT_LINKED:
        return "nobody of one side rated both";
    case PLX_VIGNETTE_FEW:
        return "too few people rated both";
    case PLX_VIGNETTE_NO_ORDER:
        return "cannot be said: no order";
    case PLX_VIGNETTE_SCALES:
        return "scales differ";
    case PLX_VIGNETTE_SHOWN:
        break;
    }
    if (gap->before == gap->after)
        return gap->before == PLX_VIGNETTE_OPEN ? "not enough yet" : "the gap stays";
    if (gap->after == PLX_VIGNETTE_OPEN)
        return "no longer clear";
    return gap->before == PLX_VIGNETTE_OPEN ? "shows only so" : "the other way round";
}

static void tell_share(const struct telling *t, double p, struct plx_interval ci)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (isfinite(p)) {
        plx_words_percent(text, p);
        g_string_append(text, " (");
        plx_words_percent_range(text, ci);
        g_string_append_c(text, ')');
    }
    plx_story_cell(t->story, text->len ? text->str : NULL);
}

static void tell_gap(const struct telling *t, const struct plx_vignette_point *point,
                     const struct plx_vignette_gap *gap)
{
    g_autoptr(GString) levels = g_string_new(NULL);
    plx_words_difference(levels, gap->d.raw);
    plx_story_subject(t->story, point->id);
    plx_story_cell(t->story, point->title);
    tell_who(t, gap->a, gap->b);
    plx_story_cell(t->story, levels->str);
    tell_share(t, gap->d.raw_p, gap->d.raw_p_ci);
    tell_share(t, gap->d.corrected_p, gap->d.corrected_p_ci);
    plx_story_cell(t->story, gap_words(gap));
}

/* How many gaps stay, in one sentence. */
static void tell_sum(const struct telling *t, const struct plx_vignette_set *set)
{
    guint clear = 0, stay = 0, gone = 0, turned = 0, unread = 0;
    for (guint p = 0; p < set->n_points; p++)
        for (guint g = 0; g < set->points[p].n_gaps; g++) {
            const struct plx_vignette_gap *gap = &set->points[p].gaps[g];
            const gboolean read = gap->state == PLX_VIGNETTE_SHOWN;
            unread += read ? 0 : 1;
            if (!read || gap->before == PLX_VIGNETTE_OPEN)
                continue;
            clear++;
            stay += gap->after == gap->before ? 1 : 0;
            gone += gap->after == PLX_VIGNETTE_OPEN ? 1 : 0;
            turned += gap->after != gap->before && gap->after != PLX_VIGNETTE_OPEN ? 1 : 0;
        }
    g_autoptr(GString) text = g_string_new(NULL);
    if (clear)
        g_string_append_printf(text,
                               "Of %u clear gap%s between two audiences %u stay%s when every mark "
                               "is read by the same person's vignettes, %u %s no longer clear",
                               clear, clear == 1 ? "" : "s", stay, stay == 1 ? "s" : "", gone,
                               gone == 1 ? "is" : "are");
    if (turned)
        g_string_append_printf(text, ", %u turn%s round", turned, turned == 1 ? "s" : "");
    if (clear)
        g_string_append(text, ". ");
    if (unread)
        g_string_append_printf(text, "%u cannot be read so. ", unread);
    if (!text->len)
        g_string_append(text, "No gap between two audiences is clear here, with or without them. ");
    g_string_append(text, "Neither reading is the right one: the first compares words, the second "
                          "what people mean by them.");
    plx_story_say(t->story, text->str);
}

static void tell_set(const struct telling *t, const struct plx_vignette_set *set)
{
    static const struct plx_story_column columns[] = {
        {"point", PLX_STORY_WIDE},          {"who", PLX_STORY_TEXT},
        {"apart", PLX_STORY_NUMBER},        {"as it is", PLX_STORY_NUMBER},
        {"by vignettes", PLX_STORY_NUMBER}, {"it is", PLX_STORY_TEXT}};
    g_autoptr(GString) heading = g_string_new("Read by ");
    if (t->reading->n_sets == 1)
        g_string_append(heading, "the vignettes");
    for (guint i = 0; t->reading->n_sets > 1 && i < set->n; i++)
        g_string_append_printf(heading, "%s“%s”", i ? ", " : "",
                               t->reading->vignettes[set->vignettes[i]].words);
    plx_story_heading(t->story, heading->str);
    for (guint i = 0; set->n > 1 && i < set->n_orders; i++)
        tell_order(t, &set->orders[i]);
    if (set->n_points == 0) {
        plx_story_say(t->story, "No point was rated by two audiences, so there is no gap to read.");
        return;
    }
    tell_sum(t, set);
    g_autofree char *caption = pair_caption(
        t,
        "Every gap as it is, and by the vignettes: of 100 pairs of people, in how many the one of "
        "{a} stands higher than the one of {b} (ties half)",
        "Every gap as it is, and by the vignettes: of 100 pairs of people, in how many the first "
        "stands higher (ties half)");
    begin_table(t, caption, columns, G_N_ELEMENTS(columns));
    for (guint p = 0; p < set->n_points; p++)
        for (guint g = 0; g < set->points[p].n_gaps; g++)
            tell_gap(t, &set->points[p], &set->points[p].gaps[g]);
}

/* ---- how ---- */

static void tell_method(const struct telling *t)
{
    const plx_vignette_reading *reading = t->reading;
    plx_story_method(t->story, "The same description",
                     "Everybody rates the same descriptions on the levels of the points. Two "
                     "audiences place one differently where the adjusted range of the difference "
                     "of their means lies wholly beyond the map's margin, alike where wholly "
                     "inside. Ranges are adjusted for all vignettes and pairs together "
                     "(Bonferroni).");
    plx_story_method(t->story, "By the vignettes",
                     "Each mark is told by where it stands among the same person's vignettes: "
                     "below the first, as the first, between ... (King and Wand 2007, the "
                     "nonparametric C; several marks of a person are averaged). Ties and wrong "
                     "orders leave a range, which counts evenly; a side stands higher only if no "
                     "way to resolve them says otherwise. It assumes that people understand the "
                     "descriptions alike, and rate them as they rate the service.");
    plx_story_method(t->story, "When not",
                     "Of each two neighbouring vignettes more than half of both audiences must "
                     "put the lower one lower; and the same persons must have rated both. "
                     "Protected people are looked at as a whole, from ten persons on.");
    g_autoptr(GString) here = g_string_new("Margin ");
    plx_words_mean(here, reading->margin);
    g_string_append_printf(here, " levels of six. %u difference%s of vignettes looked at together",
                           reading->family_size, reading->family_size == 1 ? "" : "s");
    if (isfinite(reading->adjusted_level))
        g_string_append_printf(here, ", ranges at %.1f %%", 100 * reading->adjusted_level);
    g_string_append_printf(here, "; %u gap%s", reading->gap_family,
                           reading->gap_family == 1 ? "" : "s");
    if (isfinite(reading->gap_level))
        g_string_append_printf(here, ", before and after, ranges at %.1f %%",
                               100 * reading->gap_level);
    g_string_append_c(here, '.');
    plx_story_method(t->story, "Here", here->str);
}

plx_story *plx_vignettes_story(const plx_vignette_reading *reading)
{
    g_autoptr(plx_gaps) frame = plx_about_frame(&reading->about);
    plx_story *story = plx_story_new("vignettes", "Do they mean the same by a level?");
    const struct telling telling = {reading, frame, story};
    tell_lead(&telling);
    plx_about_story(&reading->about, story);
    for (guint i = 0; i < reading->n_pairs; i++)
        tell_pair(&telling, &reading->pairs[i]);
    tell_placed(&telling);
    tell_differences(&telling);
    for (guint i = 0; i < reading->n_sets; i++)
        tell_set(&telling, &reading->sets[i]);
    tell_method(&telling);
    return story;
}
