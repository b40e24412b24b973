/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/gaps_xlsx.h"

#include "report/view.h"
#include "report/words.h"
#include "report/xlsx_parts.h"

#include <math.h>
#include <string.h>

char *plx_xlsx_group(const plx_gaps *gaps)
{
    if (!gaps->by)
        return NULL;
    g_autoptr(GString) name = g_string_new(gaps->by);
    if (!g_str_has_prefix(gaps->by, "segment."))
        plx_words_capital(name, 0);
    return g_string_free(g_steal_pointer(&name), FALSE);
}

void plx_xlsx_place(plx_book *book, const struct plx_gaps_group *group,
                    const struct plx_gaps_point *point)
{
    plx_book_text(book, plx_words_key(group->key));
    plx_book_text(book, point->title);
    plx_book_text(book, point->journey_title);
    plx_book_text(book, point->transaction_title);
}

void plx_xlsx_voice(plx_book *book, const plx_gaps *gaps, gint audience)
{
    g_autoptr(GString) name = g_string_new(plx_words_voice(gaps, audience));
    plx_words_capital(name, 0);
    plx_book_text(book, name->str);
}

static void separate(GString *out)
{
    if (out->len)
        g_string_append(out, "; ");
}

void plx_xlsx_remark(const plx_gaps *gaps, const struct plx_voice *voice, GString *out)
{
    if (voice->suppressed != PLX_SHOWN) {
        separate(out);
        plx_words_hidden(gaps, voice, out);
        return;
    }
    if (voice->n == 0) {
        separate(out);
        g_string_append(out, "nobody answered");
    }
    if (voice->complete) {
        separate(out);
        g_string_append(out, "all of them answered, so no range");
    }
    if (voice->rounded) {
        separate(out);
        g_string_append(out, "rounded, as fewer than 10 people");
    }
    if (voice->label) {
        separate(out);
        g_string_append(out, "of ");
        plx_words_names(voice->label, /* whole= */ TRUE, out);
        g_string_append(out, " together");
    }
}

/* Gaps -------------------------------------------------------------------------------------- */

/* Answers, mean and range of one side of a gap. */
static void put_side(plx_book *book, const struct plx_voice *voice)
{
    if (!voice) {
        plx_book_skip(book, 4);
        return;
    }
    plx_book_count(book, voice->n);
    plx_book_number(book, voice->mean);
    plx_book_interval(book, voice->mean_ci);
}

/* What is special about either side, with its name. */
static void put_remarks(plx_book *book, const plx_gaps *gaps, const struct plx_gaps_point *point,
                        const struct plx_gap *gap)
{
    const guint sides[] = {gap->a, gap->b};
    g_autoptr(GString) all = g_string_new(NULL);
    for (guint i = 0; i < G_N_ELEMENTS(sides); i++) {
        const struct plx_voice *const voice = plx_view_voice(point, (gint)sides[i]);
        g_autoptr(GString) remark = g_string_new(NULL);
        if (voice)
            plx_xlsx_remark(gaps, voice, remark);
        if (!remark->len)
            continue;
        separate(all);
        g_string_append_printf(all, "%s: %s", plx_words_voice(gaps, (gint)sides[i]), remark->str);
    }
    plx_book_text(book, all->str);
}

static void put_verdict(plx_book *book, const plx_gaps *gaps, const struct plx_gap *gap)
{
    g_autoptr(GString) word = g_string_new(plx_words_verdict_short(gap->verdict));
    plx_words_capital(word, 0);
    plx_book_text(book, word->str);
    plx_book_number(book, ceil(gap->answers_needed));
    if (isfinite(gap->answers_needed))
        plx_xlsx_voice(book, gaps, (gint)gap->answers_of);
    else
        plx_book_skip(book, 1);
}

static void put_gap(plx_book *book, const plx_gaps *gaps, const struct plx_gaps_group *group,
                    const struct plx_gaps_point *point, const struct plx_gap *gap)
{
    plx_xlsx_place(book, group, point);
    plx_xlsx_voice(book, gaps, (gint)gap->a);
    plx_xlsx_voice(book, gaps, (gint)gap->b);
    put_verdict(book, gaps, gap);
    plx_book_number(book, gap->difference);
    plx_book_interval(book, gap->ci);
    plx_book_interval(book, gap->ci_adjusted);
    put_side(book, plx_view_voice(point, (gint)gap->a));
    put_side(book, plx_view_voice(point, (gint)gap->b));
    plx_book_number(book, gap->superiority);
    plx_book_interval(book, gap->superiority_ci);
    plx_book_number(book, gap->cliff_delta);
    plx_book_number(book, gap->p);
    put_remarks(book, gaps, point, gap);
    plx_book_text(book, point->point);
    plx_book_text(book, plx_verdict_code(gap->verdict));
    plx_book_next(book);
}

static void put_gaps(plx_book *book, const plx_gaps *gaps, const char *group)
{
    const struct plx_book_column columns[] = {
        PLX_XLSX_PLACE(group),
        {"First voice", PLX_BOOK_TEXT},
        {"Second voice", PLX_BOOK_TEXT},
        {"Verdict", PLX_BOOK_TEXT},
        {"Answers needed", PLX_BOOK_COUNT},
        {"Needed from", PLX_BOOK_TEXT},
        {"Difference", PLX_BOOK_DIFFERENCE},
        {"Difference low", PLX_BOOK_DIFFERENCE},
        {"Difference high", PLX_BOOK_DIFFERENCE},
        {"Adjusted low", PLX_BOOK_DIFFERENCE},
        {"Adjusted high", PLX_BOOK_DIFFERENCE},
        {"First answers", PLX_BOOK_COUNT},
        {"First mean", PLX_BOOK_NUMBER},
        {"First low", PLX_BOOK_NUMBER},
        {"First high", PLX_BOOK_NUMBER},
        {"Second answers", PLX_BOOK_COUNT},
        {"Second mean", PLX_BOOK_NUMBER},
        {"Second low", PLX_BOOK_NUMBER},
        {"Second high", PLX_BOOK_NUMBER},
        {"First is higher", PLX_BOOK_SHARE},
        {"Higher low", PLX_BOOK_SHARE},
        {"Higher high", PLX_BOOK_SHARE},
        {"Cliff's delta", PLX_BOOK_DIFFERENCE},
        {"p", PLX_BOOK_FINE},
        {"Remark", PLX_BOOK_TEXT},
        {"Point id", PLX_BOOK_TEXT},
        {"Verdict code", PLX_BOOK_TEXT},
    };
    plx_book_sheet(book, "Gaps", columns, G_N_ELEMENTS(columns), PLX_XLSX_FROZEN);
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (guint k = 0; k < gaps->groups[g].points[p].n_gaps; k++) {
                const struct plx_gaps_point *const point = &gaps->groups[g].points[p];
                put_gap(book, gaps, &gaps->groups[g], point, &point->gaps[k]);
            }
}

/* Voices ------------------------------------------------------------------------------------ */

static void put_voice(plx_book *book, const plx_gaps *gaps, const struct plx_gaps_group *group,
                      const struct plx_gaps_point *point, const struct plx_voice *voice)
{
    g_autoptr(GString) remark = g_string_new(NULL);
    plx_xlsx_remark(gaps, voice, remark);
    plx_xlsx_place(book, group, point);
    plx_xlsx_voice(book, gaps, (gint)voice->audience);
    plx_book_count(book, voice->n);
    plx_book_count(book, voice->persons);
    plx_book_number(book, voice->mean);
    plx_book_interval(book, voice->mean_ci);
    plx_book_number(book, voice->median);
    plx_book_number(book, voice->met_share);
    plx_book_interval(book, voice->met_ci);
    plx_book_number(book, voice->desired_share);
    plx_book_interval(book, voice->desired_ci);
    plx_book_number(book, voice->floor_share);
    plx_book_interval(book, voice->floor_ci);
    plx_book_number(book, voice->top_share);
    plx_book_number(book, voice->agreement);
    plx_book_count(book, voice->na);
    plx_book_count(book, voice->declined);
    plx_book_count(book, voice->not_asked);
    plx_book_number(book, voice->scale ? voice->scale->min : (double)NAN);
    plx_book_number(book, voice->scale ? voice->scale->max : (double)NAN);
    plx_book_text(book, remark->str);
    plx_book_text(book, point->point);
    plx_book_text(book, gaps->audiences[voice->audience]);
    plx_book_next(book);
}

static void put_voices(plx_book *book, const plx_gaps *gaps, const char *group)
{
    const struct plx_book_column columns[] = {
        PLX_XLSX_PLACE(group),
        {"Voice", PLX_BOOK_TEXT},
        {"Answers", PLX_BOOK_COUNT},
        {"People", PLX_BOOK_COUNT},
        {"Mean", PLX_BOOK_NUMBER},
        {"Mean low", PLX_BOOK_NUMBER},
        {"Mean high", PLX_BOOK_NUMBER},
        {"Median", PLX_BOOK_NUMBER},
        {"Met or better", PLX_BOOK_SHARE},
        {"Met low", PLX_BOOK_SHARE},
        {"Met high", PLX_BOOK_SHARE},
        {"Desired or better", PLX_BOOK_SHARE},
        {"Desired low", PLX_BOOK_SHARE},
        {"Desired high", PLX_BOOK_SHARE},
        {"Went badly", PLX_BOOK_SHARE},
        {"Badly low", PLX_BOOK_SHARE},
        {"Badly high", PLX_BOOK_SHARE},
        {"At the top", PLX_BOOK_SHARE},
        {"Agreement", PLX_BOOK_NUMBER},
        {"Did not happen", PLX_BOOK_COUNT},
        {"Declined", PLX_BOOK_COUNT},
        {"Not asked", PLX_BOOK_COUNT},
        {"Scale from", PLX_BOOK_COUNT},
        {"Scale to", PLX_BOOK_COUNT},
        {"Remark", PLX_BOOK_TEXT},
        {"Point id", PLX_BOOK_TEXT},
        {"Voice id", PLX_BOOK_TEXT},
    };
    plx_book_sheet(book, "Voices", columns, G_N_ELEMENTS(columns), PLX_XLSX_FROZEN);
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (guint k = 0; k < gaps->groups[g].points[p].n_voices; k++) {
                const struct plx_gaps_point *const point = &gaps->groups[g].points[p];
                put_voice(book, gaps, &gaps->groups[g], point, &point->voices[k]);
            }
}

/* Answers ----------------------------------------------------------------------------------- */

/* How many gave each value: a long table, ready for a pivot table. */
static void put_counts(plx_book *book, const plx_gaps *gaps, const struct plx_gaps_group *group,
                       const struct plx_gaps_point *point, const struct plx_voice *voice)
{
    for (guint i = 0; voice->counts && voice->scale && i < voice->k; i++) {
        const int value = voice->scale->min + (int)i;
        g_autoptr(GString) word = g_string_new(NULL);
        plx_words_level(word, voice->scale, value);
        plx_xlsx_place(book, group, point);
        plx_xlsx_voice(book, gaps, (gint)voice->audience);
        plx_book_number(book, value);
        plx_book_text(book, word->str);
        plx_book_count(book, voice->counts[i]);
        plx_book_count(book, voice->n);
        plx_book_text(book, point->point);
        plx_book_next(book);
    }
}

static void put_answers(plx_book *book, const plx_gaps *gaps, const char *group)
{
    const struct plx_book_column columns[] = {
        PLX_XLSX_PLACE(group),       {"Voice", PLX_BOOK_TEXT},    {"Value", PLX_BOOK_COUNT},
        {"Called", PLX_BOOK_TEXT},   {"Answers", PLX_BOOK_COUNT}, {"Of", PLX_BOOK_COUNT},
        {"Point id", PLX_BOOK_TEXT},
    };
    plx_book_sheet(book, "Answers", columns, G_N_ELEMENTS(columns), PLX_XLSX_FROZEN);
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            for (guint k = 0; k < gaps->groups[g].points[p].n_voices; k++) {
                const struct plx_gaps_point *const point = &gaps->groups[g].points[p];
                put_counts(book, gaps, &gaps->groups[g], point, &point->voices[k]);
            }
}

static void put_notes(plx_book *book, const plx_gaps *gaps)
{
    const struct plx_book_column columns[] = {{"Note", PLX_BOOK_WORDS}};
    g_autoptr(GPtrArray) notes = plx_words_notes(gaps, PLX_WORDS_PAGE, /* whole= */ TRUE);
    if (notes->len == 0)
        return;
    plx_book_sheet(book, "Notes", columns, G_N_ELEMENTS(columns), 0);
    for (guint i = 0; i < notes->len; i++) {
        plx_book_text(book, notes->pdata[i]);
        plx_book_next(book);
    }
}

gboolean plx_gaps_xlsx(const plx_gaps *gaps, const struct plx_page_options *options, GString *out,
                       GError **error)
{
    g_autoptr(GString) title = g_string_new(NULL);
    plx_words_context(gaps, title);
    g_autofree char *group = plx_xlsx_group(gaps);
    g_autoptr(plx_book) book = plx_book_new(title->str, error);
    if (!book)
        return FALSE;
    plx_xlsx_about(book, gaps, options);
    put_gaps(book, gaps, group);
    put_voices(book, gaps, group);
    put_answers(book, gaps, group);
    plx_xlsx_beside(book, gaps);
    put_notes(book, gaps);
    return plx_book_finish(book, out, error);
}
