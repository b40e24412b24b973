/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/words.h"

#include "base/id.h"
#include "report/view.h"

#include <math.h>
#include <string.h>

#define NOTHING "–"
#define MINUS "−"

void plx_words_count(GString *out, gint64 count)
{
    if (count < 0) {
        g_string_append(out, NOTHING);
        return;
    }
    char digits[32];
    const int length = g_snprintf(digits, sizeof digits, "%" G_GINT64_FORMAT, count);
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            g_string_append_c(out, ',');
        g_string_append_c(out, digits[i]);
    }
}

static void append_fixed(GString *out, double value, const char *format)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append(out, g_ascii_formatd(text, sizeof text, format, value));
}

void plx_words_mean(GString *out, double mean)
{
    if (!isfinite(mean)) {
        g_string_append(out, NOTHING);
        return;
    }
    if (round(mean * 10) < 0)
        g_string_append(out, MINUS);
    append_fixed(out, fabs(mean), "%.1f");
}

void plx_words_difference(GString *out, double difference)
{
    if (isfinite(difference) && round(difference * 10) > 0)
        g_string_append_c(out, '+');
    plx_words_mean(out, difference);
}

void plx_words_percent(GString *out, double share)
{
    if (!isfinite(share)) {
        g_string_append(out, NOTHING);
        return;
    }
    append_fixed(out, share * 100, "%.0f");
    g_string_append(out, " %");
}

void plx_words_in_ten(GString *out, double share)
{
    if (!isfinite(share))
        g_string_append(out, NOTHING);
    else if (share > 0 && share < 0.05)
        g_string_append(out, "fewer than 1 in 10");
    else if (share < 1 && share >= 0.95)
        g_string_append(out, "nearly 10 in 10");
    else
        g_string_append_printf(out, "%.0f in 10", round(share * 10));
}

void plx_words_range(GString *out, struct plx_interval ci)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    plx_words_mean(out, ci.lo);
    /* "-0.2 to 0.4": a dash between signs could be read as one. */
    g_string_append(out, round(ci.lo * 10) < 0 ? " to " : "–");
    plx_words_mean(out, ci.hi);
}

void plx_words_percent_range(GString *out, struct plx_interval ci)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    append_fixed(out, ci.lo * 100, "%.0f");
    g_string_append(out, "–");
    append_fixed(out, ci.hi * 100, "%.0f");
    g_string_append(out, " %");
}

static const char *const built_in[][3] = {{"leader", "Leaders", "leaders"},
                                          {"staff", "Staff", "staff"},
                                          {"shopper", "Shoppers", "secret shoppers"},
                                          {"customer", "Customers", "customers"}};

/* Built-in audiences in the plural, unless the map gives them another name ("Guests"). */
const char *plx_words_voice(const plx_gaps *gaps, gint audience)
{
    if (audience < 0 || (guint)audience >= gaps->n_audiences)
        return NOTHING;
    const char *id = gaps->audiences[audience], *title = gaps->audience_titles[audience];
    for (guint i = 0; i < G_N_ELEMENTS(built_in); i++) {
        if (strcmp(id, built_in[i][0]) != 0)
            continue;
        const gboolean usual = !title || !g_ascii_strcasecmp(title, built_in[i][0]) ||
                               !g_ascii_strcasecmp(title, built_in[i][1]) ||
                               !g_ascii_strcasecmp(title, built_in[i][2]) ||
                               !g_ascii_strcasecmp(title, "secret shopper");
        return usual ? built_in[i][2] : title;
    }
    return title ? title : id;
}

static gboolean is_built_in(const char *id)
{
    for (guint i = 0; i < G_N_ELEMENTS(built_in); i++)
        if (strcmp(id, built_in[i][0]) == 0)
            return TRUE;
    return FALSE;
}

/* Somebody's own word for an audience has no plural that a program could form; its title was
 * written to be read. */
static gboolean has_plural(const plx_gaps *gaps, gint audience)
{
    if (audience < 0 || (guint)audience >= gaps->n_audiences)
        return TRUE;
    const char *id = gaps->audiences[audience], *title = gaps->audience_titles[audience];
    if (is_built_in(id))
        return TRUE;
    g_autofree char *folded = title ? plx_id_new(title, strlen(title)) : NULL;
    return folded && strcmp(folded, id) != 0;
}

void plx_words_people(const plx_gaps *gaps, gint audience, GString *out)
{
    if (!has_plural(gaps, audience))
        g_string_append(out, "people answering as ");
    g_string_append(out, plx_words_voice(gaps, audience));
}

void plx_words_people_first(const plx_gaps *gaps, gint audience, GString *out)
{
    const gsize at = out->len;
    plx_words_people(gaps, audience, out);
    plx_words_capital(out, at);
}

void plx_words_answered(const plx_gaps *gaps, gint audience, GString *out)
{
    const gboolean plural = has_plural(gaps, audience);
    g_string_append_printf(out, plural ? "%s who answered" : "people who answered as %s",
                           plx_words_voice(gaps, audience));
}

void plx_words_letter(const plx_gaps *gaps, gint audience, GString *out)
{
    const char *id = gaps->audiences[audience];
    if (strcmp(id, "shopper") == 0)
        g_string_append_c(out, 'M');
    else
        g_string_append_unichar(out, g_unichar_toupper(g_utf8_get_char(id)));
}

void plx_words_capital(GString *text, gsize at)
{
    const gunichar first = g_utf8_get_char_validated(text->str + at, -1);
    if (first == (gunichar)-1 || first == (gunichar)-2 || first == 0)
        return;
    char capital[8] = {0};
    g_unichar_to_utf8(g_unichar_toupper(first), capital);
    g_string_erase(text, (gssize)at, g_utf8_skip[(guchar)text->str[at]]);
    g_string_insert(text, (gssize)at, capital);
}

const char *plx_words_key(const struct plx_gaps_group *group)
{
    return group->key && *group->key ? group->key : "(missing)";
}

void plx_words_below(GString *out, const struct plx_scale *scale)
{
    if (!scale || scale->met == PLX_NO_CUT)
        return;
    g_string_append(out, scale->down ? "worse than " : "below ");
    plx_words_level(out, scale, scale->met);
}

void plx_words_level(GString *out, const struct plx_scale *scale, int value)
{
    const char *word = scale && scale->words && value >= scale->min && value <= scale->max
                           ? scale->words[value - scale->min]
                           : NULL;
    if (word)
        g_string_append(out, word);
    else
        g_string_append_printf(out, "%d", value);
}

/* {a}, {b}: the voices; {A}: the first at the beginning of a sentence. */
struct verdict_words {
    const char *short_form;
    const char *long_form;
    const char *heading;
    const char *meaning;
};

static const struct verdict_words verdict_words[] = {
    [PLX_VERDICT_NONE] = {"", "there is nothing to compare", NULL, NULL},
    [PLX_VERDICT_BLIND_SPOT] = {"not seen yet", "{a} did not see this yet",
                                "{A} did not see this yet",
                                "{A} see these points better than {b} do, and {b} are not at the "
                                "desired level here."},
    [PLX_VERDICT_HIDDEN_STRENGTH] = {"hidden strength", "better than {a} think",
                                     "Better than {a} think",
                                     "{B} see these points better than {a} do: worth knowing, "
                                     "keeping and telling."},
    [PLX_VERDICT_VIEWS_DIFFER] = {"views differ", "{a} and {b} see this differently",
                                  "Views differ",
                                  "The difference counts, and is neither a blind spot nor a "
                                  "hidden strength."},
    [PLX_VERDICT_SHARED_STRENGTH] = {"shared strength", "{a} and {b} agree: this is good",
                                     "Shared strengths",
                                     "{A} and {b} agree that these points are at the desired "
                                     "level or above. Keep them."},
    [PLX_VERDICT_KNOWN_PROBLEM] = {"known problem", "{a} and {b} agree: this needs work",
                                   "Known to everybody",
                                   "{A} and {b} agree that these points are not yet where they "
                                   "should be."},
    [PLX_VERDICT_AGREE] = {"agree", "{a} and {b} agree", "Seen alike",
                           "{A} and {b} agree, around the desired level."},
    [PLX_VERDICT_DIFFER] = {"differ", "{a} and {b} see this differently", "Views differ", NULL},
    [PLX_VERDICT_NOT_ENOUGH_YET] = {"not enough yet", "not enough answers yet to say",
                                    "Not enough yet",
                                    "The answers allow no conclusion yet, so no rank is given."},
    [PLX_VERDICT_SCALES_DIFFER] = {"scales differ",
                                   "{a} and {b} answered on different scales: no level gap",
                                   "Scales differ",
                                   "Asked on different scales: no level gap can be formed."},
    [PLX_VERDICT_OVERESTIMATES] = {"guessed too high", "{a} think it better than {b} say", NULL,
                                   NULL},
    [PLX_VERDICT_UNDERESTIMATES] = {"guessed too low", "{a} think it worse than {b} say", NULL,
                                    NULL},
    [PLX_VERDICT_SEES_IT] = {"guessed right", "{a} see it as {b} do", NULL, NULL},
};

static const struct verdict_words *words_of(enum plx_verdict verdict)
{
    g_assert((guint)verdict < G_N_ELEMENTS(verdict_words));
    return &verdict_words[verdict];
}

static void append_filled(const plx_gaps *gaps, const char *text, gint a, gint b, GString *out)
{
    for (const char *p = text ? text : ""; *p; p++) {
        if (p[0] != '{' || !p[1] || p[2] != '}') {
            g_string_append_c(out, *p);
            continue;
        }
        const gsize at = out->len;
        plx_words_people(gaps, g_ascii_tolower(p[1]) == 'a' ? a : b, out);
        if (g_ascii_isupper(p[1]))
            plx_words_capital(out, at);
        p += 2;
    }
}

void plx_words_verdict(const plx_gaps *gaps, enum plx_verdict verdict, guint a, guint b,
                       GString *out)
{
    append_filled(gaps, words_of(verdict)->long_form, (gint)a, (gint)b, out);
}

const char *plx_words_verdict_short(enum plx_verdict verdict)
{
    return words_of(verdict)->short_form;
}

void plx_words_verdict_heading(const plx_gaps *gaps, enum plx_verdict verdict, guint a,
                               GString *out)
{
    append_filled(gaps, words_of(verdict)->heading, (gint)a, plx_view_served(gaps), out);
}

void plx_words_verdict_meaning(const plx_gaps *gaps, enum plx_verdict verdict, guint a,
                               GString *out)
{
    append_filled(gaps, words_of(verdict)->meaning, (gint)a, plx_view_served(gaps), out);
}

void plx_words_ascii(GString *text)
{
    static const char *const pairs[][2] = {{"–", "-"},  {MINUS, "-"}, {"·", "|"},  {"…", "..."},
                                           {"≥", ">="}, {"×", "x"},   {"─", "-"},  {"░", ":"},
                                           {"•", "*"},  {"█", "#"},   {"“", "\""}, {"”", "\""},
                                           {"’", "'"},  {"›", ">"},   {"→", "->"}};
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        g_string_replace(text, pairs[i][0], pairs[i][1], 0);
}
