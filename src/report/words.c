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

static double rounded(double value, guint decimals)
{
    const double unit = decimals > 1 ? 100 : decimals ? 10 : 1;
    return round(value * unit) / unit;
}

void plx_words_mean_with(GString *out, double mean, guint decimals)
{
    if (!isfinite(mean)) {
        g_string_append(out, NOTHING);
        return;
    }
    if (rounded(mean, decimals) < 0)
        g_string_append(out, MINUS);
    if (decimals == 0)
        append_fixed(out, fabs(round(mean)), "%.0f");
    else
        append_fixed(out, fabs(mean), decimals > 1 ? "%.2f" : "%.1f");
}

void plx_words_mean(GString *out, double mean)
{
    plx_words_mean_with(out, mean, 1);
}

void plx_words_difference_with(GString *out, double difference, guint decimals)
{
    if (isfinite(difference) && rounded(difference, decimals) > 0)
        g_string_append_c(out, '+');
    plx_words_mean_with(out, difference, decimals);
}

void plx_words_difference(GString *out, double difference)
{
    plx_words_difference_with(out, difference, 1);
}

/* A number as its reader has it: printed, not as it is. */
static double as_printed(double value, guint decimals)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_ascii_strtod(g_ascii_formatd(text, sizeof text, decimals > 1 ? "%.2f" : "%.1f", value),
                          NULL);
}

guint plx_words_decimals(double a, double b, double difference)
{
    if (!isfinite(a) || !isfinite(b) || !isfinite(difference))
        return 1;
    const double seen = as_printed(a, 1) - as_printed(b, 1);
    return fabs(seen - as_printed(difference, 1)) < 0.05 ? 1 : 2;
}

double plx_words_apart_with(double a, double b, double difference, guint decimals)
{
    return decimals == 1 ? difference : as_printed(a, 2) - as_printed(b, 2);
}

double plx_words_apart(double a, double b, double difference)
{
    return plx_words_apart_with(a, b, difference, plx_words_decimals(a, b, difference));
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

gboolean plx_words_in_ten_fits(double share, struct plx_interval ci)
{
    if (!isfinite(share) || !isfinite(ci.lo) || !isfinite(ci.hi))
        return TRUE;
    const double lo = round(ci.lo * 100), hi = round(ci.hi * 100);
    if (share > 0 && share < 0.05) /* "fewer than 1 in 10" */
        return hi <= 10;
    if (share < 1 && share >= 0.95) /* "nearly 10 in 10" */
        return lo >= 90;
    const double said = round(share * 10) * 10;
    return lo <= said && said <= hi;
}

void plx_words_share(GString *out, double share, gboolean in_ten)
{
    if (in_ten)
        plx_words_in_ten(out, share);
    else
        plx_words_percent(out, share);
}

void plx_words_range_with(GString *out, struct plx_interval ci, guint decimals)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    plx_words_mean_with(out, ci.lo, decimals);
    /* "-0.2 to 0.4": a dash between signs could be read as one. */
    g_string_append(out, rounded(ci.lo, decimals) < 0 ? " to " : "–");
    plx_words_mean_with(out, ci.hi, decimals);
}

void plx_words_range(GString *out, struct plx_interval ci)
{
    plx_words_range_with(out, ci, 1);
}

void plx_words_percent_range(GString *out, struct plx_interval ci)
{
    if (!isfinite(ci.lo) || !isfinite(ci.hi))
        return;
    /* Of a million answers both ends may print the same: once is enough. */
    if (round(ci.lo * 100) < round(ci.hi * 100)) {
        append_fixed(out, ci.lo * 100, "%.0f");
        g_string_append(out, "–");
    }
    append_fixed(out, ci.hi * 100, "%.0f");
    g_string_append(out, " %");
}

static const char *const built_in[][3] = {{"leader", "Leaders", "leaders"},
                                          {"staff", "Staff", "staff"},
                                          {"shopper", "Shoppers", "secret shoppers"},
                                          {"customer", "Customers", "customers"}};

/* Built-in audiences in the plural, unless the map gives them another name ("Guests"). */
const char *plx_words_audience(const char *id, const char *title)
{
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

const char *plx_words_voice(const plx_gaps *gaps, gint audience)
{
    if (audience < 0 || (guint)audience >= gaps->n_audiences)
        return NOTHING;
    return plx_words_audience(gaps->audiences[audience], gaps->audience_titles[audience]);
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
static gboolean is_plural(const char *id, const char *title)
{
    if (is_built_in(id))
        return TRUE;
    g_autofree char *folded = title ? plx_id_new(title, strlen(title)) : NULL;
    return folded && strcmp(folded, id) != 0;
}

static gboolean has_plural(const plx_gaps *gaps, gint audience)
{
    return audience < 0 || (guint)audience >= gaps->n_audiences ||
           is_plural(gaps->audiences[audience], gaps->audience_titles[audience]);
}

void plx_words_audience_people(const char *id, const char *title, GString *out)
{
    if (!is_plural(id, title))
        g_string_append(out, "people answering as ");
    g_string_append(out, plx_words_audience(id, title));
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

const char *plx_words_key(const char *key)
{
    return key && *key ? key : "not given";
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

/* {a}, {b}: the voices; {A}: the first at the beginning of a sentence. One name per verdict: the
 * heading of a list begins with the short form, so that whoever has read one knows the other. */
struct verdict_words {
    const char *short_form;
    const char *plural; /* where it is another word */
    const char *long_form;
    const char *heading;
    const char *meaning;
};

static const struct verdict_words verdict_words[] = {
    [PLX_VERDICT_NONE] = {"", NULL, "there is nothing to compare", NULL, NULL},
    [PLX_VERDICT_BLIND_SPOT] = {"not seen yet", NULL, "{a} did not see this yet",
                                "Not seen yet by {a}",
                                "{A} see these points better than {b} do, and {b} are not at the "
                                "desired level here."},
    [PLX_VERDICT_HIDDEN_STRENGTH] = {"hidden strength", "hidden strengths",
                                     "hidden strength: better than {a} think",
                                     "Hidden strengths: better than {a} think",
                                     "{B} see these points better than {a} do: worth knowing, "
                                     "keeping and telling."},
    [PLX_VERDICT_VIEWS_DIFFER] = {"views differ", NULL, "{a} and {b} see this differently",
                                  "Views differ",
                                  "The difference counts, and is neither a blind spot nor a "
                                  "hidden strength."},
    [PLX_VERDICT_SHARED_STRENGTH] = {"shared strength", "shared strengths",
                                     "shared strength: {a} and {b} agree, this is good",
                                     "Shared strengths",
                                     "{A} and {b} agree that these points are at the desired "
                                     "level or above. Keep them."},
    [PLX_VERDICT_KNOWN_PROBLEM] = {"known problem", "known problems",
                                   "known problem: {a} and {b} agree, this needs work",
                                   "Known problems",
                                   "{A} and {b} agree that these points are not yet where they "
                                   "should be."},
    [PLX_VERDICT_AGREE] = {"seen alike", NULL, "{a} and {b} see this alike", "Seen alike",
                           "{A} and {b} agree, around the desired level."},
    [PLX_VERDICT_DIFFER] = {"views differ", NULL, "{a} and {b} see this differently",
                            "Views differ", NULL},
    [PLX_VERDICT_NOT_ENOUGH_YET] = {"not sure yet", NULL, "not sure yet", "Not sure yet",
                                    "Too close to call with the answers so far, so no rank is "
                                    "given. What it takes stands at each point."},
    [PLX_VERDICT_SCALES_DIFFER] = {"scales differ", NULL,
                                   "{a} and {b} answered on different scales: no level gap",
                                   "Scales differ",
                                   "Asked on different scales: no level gap can be formed."},
    [PLX_VERDICT_OVERESTIMATES] = {"guessed too high", NULL, "{a} think it better than {b} say",
                                   "Guessed too high: {a} expect more {b} to be well served than "
                                   "are",
                                   NULL},
    [PLX_VERDICT_UNDERESTIMATES] = {"guessed too low", NULL, "{a} think it worse than {b} say",
                                    NULL, NULL},
    [PLX_VERDICT_SEES_IT] = {"guessed right", NULL, "{a} see it as {b} do", NULL, NULL},
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

const char *plx_words_verdict_count(enum plx_verdict verdict, guint n)
{
    const struct verdict_words *words = words_of(verdict);
    return n != 1 && words->plural ? words->plural : words->short_form;
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
                                           {"’", "'"},  {"›", ">"},   {"→", "->"}, {"\u00a0", " "}};
    for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
        g_string_replace(text, pairs[i][0], pairs[i][1], 0);
}
