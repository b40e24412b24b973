/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/privacy_workshop_private.h"

#include "base/id.h"
#include "stats/share.h"

#include <math.h>
#include <string.h>

#define LEVEL 0.95
#define CLEAR_WORDS 3 /* a quote of fewer is a keyword, and comes after the others */

/* Over all questions about oneself; competitors are about others, moments not on the map yet. */
#define OVERALL                                                                                    \
    (1u << PLX_ASKED_WELL | 1u << PLX_ASKED_IMPROVE | 1u << PLX_ASKED_CONTINUE |                   \
     1u << PLX_ASKED_EASIER)

/* Of an unsorted theme the best spelling of those that may be shown; NULL: none may. */
static const char *theme_title(const struct plx_release *r, const struct plx_exact_theme *theme)
{
    if (theme->title)
        return theme->title;
    g_autoptr(GPtrArray) spellings = g_ptr_array_new();
    for (guint i = 0; i < theme->mentions->len; i++) {
        const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
        if (r->quoted[m->seat])
            g_ptr_array_add(spellings, (gpointer)(guintptr)m->text);
    }
    return plx_id_pick_spelling(spellings);
}

static gboolean takes(const struct plx_release *r, const struct plx_exact_theme *theme,
                      const struct plx_mention *m, guint asked)
{
    return r->shown[m->seat] && (asked & 1u << m->asked) &&
           (m->asked != PLX_ASKED_MOMENT || (!m->tied && !theme->n_points));
}

enum { NAMED = 1, GOOD = 2, BAD = 4 };

/* What each seat said of the theme, and under which questions each audience named it. */
static gint64 look(struct plx_release *r, const struct plx_exact_theme *theme, guint asked,
                   guint8 *said, struct plx_named *named)
{
    gint64 answers = 0;
    for (guint i = 0; i < theme->mentions->len; i++) {
        const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
        if (!takes(r, theme, m, asked))
            continue;
        answers++;
        said[m->seat] |= NAMED | (m->surprise == 1 ? GOOD : 0) | (m->surprise == -1 ? BAD : 0);
        named[r->index[plx_release_seat(r, m->seat)->audience]].asked |= 1u << m->asked;
    }
    return answers;
}

static void count_seats(struct plx_release *r, guint asked, const guint8 *said,
                        struct plx_named *named)
{
    for (guint s = 0; s < r->exact->seats->len; s++) {
        const struct plx_seat *seat = plx_release_seat(r, s);
        if (!r->shown[s])
            continue;
        struct plx_named *n = &named[r->index[seat->audience]];
        n->of += (seat->asked & asked) != 0;
        if (!said[s])
            continue;
        n->named = TRUE;
        n->tables += !seat->alone;
        n->alone += seat->alone;
        n->persons += seat->persons;
        n->good += (said[s] & GOOD) != 0;
        n->bad += (said[s] & BAD) != 0;
    }
}

/* Tables and people alone are not the same thing: of both together there is no share. */
static void fill_share(const struct plx_workshop_audience *audience, struct plx_named *n)
{
    n->share = n->ci.lo = n->ci.hi = NAN;
    if (n->few || n->of < PLX_WORKSHOP_TABLES || (audience->tables && audience->alone))
        return;
    const double x = (double)(n->tables + n->alone);
    const double counts[] = {(double)n->of - x, x};
    const struct plx_distribution d = plx_distribution_counts(counts, 2, 0);
    const struct plx_share share = plx_share(&d, 1, 1, LEVEL);
    n->share = share.p;
    n->ci = share.ci;
}

struct quote {
    const char *text, *normal;
    gboolean clear;
    glong length;
};

static gint by_quality(gconstpointer a, gconstpointer b)
{
    const struct quote *x = a, *y = b;
    if (x->clear != y->clear)
        return x->clear ? -1 : 1;
    if (x->length != y->length)
        return x->length < y->length ? -1 : 1;
    return strcmp(x->text, y->text);
}

static gboolean is_clear(const char *normal)
{
    guint words = 1;
    for (const char *p = normal; *p; p++)
        words += *p == '-';
    return words >= CLEAR_WORDS;
}

/* Words that say more than the title; equal ones once. */
static void fill_quotes(struct plx_release *r, const struct plx_exact_theme *theme, guint asked,
                        gint audience, struct plx_named *n)
{
    g_autofree char *title = plx_id_new(theme->title, strlen(theme->title));
    g_autoptr(GArray) quotes = g_array_new(FALSE, FALSE, sizeof(struct quote));
    for (guint i = 0; i < theme->mentions->len; i++) {
        const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
        if (!takes(r, theme, m, asked) || !r->quoted[m->seat] ||
            r->index[plx_release_seat(r, m->seat)->audience] != audience ||
            g_strcmp0(m->normal, title) == 0)
            continue;
        const struct quote quote = {m->text, m->normal, is_clear(m->normal),
                                    g_utf8_strlen(m->text, -1)};
        g_array_append_val(quotes, quote);
    }
    g_array_sort(quotes, by_quality);
    n->quotes = plx_keep(r->out->memory, PLX_WORKSHOP_QUOTES, sizeof *n->quotes);
    for (guint i = 0; i < quotes->len && n->n_quotes < PLX_WORKSHOP_QUOTES; i++) {
        const struct quote *quote = &g_array_index(quotes, struct quote, i);
        gboolean again = FALSE;
        for (guint k = 0; k < i; k++)
            again =
                again || strcmp(g_array_index(quotes, struct quote, k).normal, quote->normal) == 0;
        if (!again)
            n->quotes[n->n_quotes++] = plx_release_copy(r, quote->text);
    }
}

static void finish_named(struct plx_release *r, gint a, struct plx_named *n)
{
    const struct plx_workshop_audience *audience = &r->out->audiences[a];
    n->few = n->named && n->persons < audience->minimum;
    fill_share(audience, n);
    if (!n->few)
        return;
    n->tables = n->alone = n->persons = n->good = n->bad = PLX_NO_COUNT;
}

static void add_up(struct plx_workshop_theme *out, guint n_audiences, guint n_shown)
{
    gboolean few = FALSE;
    for (guint a = 0; a < n_audiences; a++) {
        const struct plx_named *n = &out->named[a];
        out->n_named += n->named ? 1 : 0;
        few = few || n->few;
        if (n->few || !n->named)
            continue;
        out->tables += n->tables;
        out->alone += n->alone;
        out->persons += n->persons;
        out->good += n->good;
        out->bad += n->bad;
    }
    out->naming = out->n_named == n_shown && n_shown > 1 ? PLX_NAMED_BY_ALL
                  : out->n_named > 1                     ? PLX_NAMED_BY_SEVERAL
                                                         : PLX_NAMED_BY_ONE;
    if (few)
        out->tables = out->alone = out->persons = out->good = out->bad = PLX_NO_COUNT;
}

/* FALSE: nobody who is shown named it, or its words may not be shown. */
static gboolean release_theme(struct plx_release *r, const struct plx_exact_theme *theme,
                              guint asked, gint64 *answers, struct plx_workshop_theme *out)
{
    const guint n_audiences = r->out->n_audiences;
    g_autofree guint8 *said = g_new0(guint8, r->exact->seats->len + 1);
    struct plx_named *named = plx_keep(r->out->memory, n_audiences, sizeof *named);
    const gint64 found = look(r, theme, asked, said, named);
    const char *title = theme_title(r, theme);
    *answers += found;
    if (!found || !title)
        return FALSE;
    *out = (struct plx_workshop_theme){.id = theme->id,
                                       .title = plx_release_copy(r, title),
                                       .named = named,
                                       .n_points = theme->n_points};
    out->points = plx_keep(r->out->memory, theme->n_points, sizeof *out->points);
    count_seats(r, asked, said, named);
    for (guint a = 0; a < n_audiences; a++) {
        finish_named(r, (gint)a, &named[a]);
        if (named[a].named && theme->title)
            fill_quotes(r, theme, asked, (gint)a, &named[a]);
    }
    add_up(out, n_audiences, r->out->n_shown);
    return TRUE;
}

static gint compare_counts(gint64 a, gint64 b)
{
    return a == b ? 0 : a > b ? -1 : 1;
}

/* What is not shown counts as nothing: the order must not tell it. */
static gint by_weight(gconstpointer a, gconstpointer b, gpointer sorted)
{
    const struct plx_workshop_theme *x = a, *y = b;
    if (sorted && (x->id < 0) != (y->id < 0))
        return x->id < 0 ? 1 : -1;
    gint order = compare_counts(x->n_named, y->n_named);
    if (!order)
        order = compare_counts(MAX(x->tables, 0) + MAX(x->alone, 0),
                               MAX(y->tables, 0) + MAX(y->alone, 0));
    if (!order)
        order = compare_counts(MAX(x->persons, 0), MAX(y->persons, 0));
    return order ? order : strcmp(x->title, y->title);
}

static void release_part(struct plx_release *r, guint asked, struct plx_workshop_part *out)
{
    const GPtrArray *themes = r->exact->themes;
    *out = (struct plx_workshop_part){.asked = asked};
    out->themes = plx_keep(r->out->memory, themes->len, sizeof *out->themes);
    for (guint t = 0; t < themes->len; t++)
        if (release_theme(r, themes->pdata[t], asked, &out->answers, &out->themes[out->n_themes]))
            out->n_themes++;
    g_qsort_with_data(out->themes, (gint)out->n_themes, sizeof *out->themes, by_weight,
                      GINT_TO_POINTER(r->exact->sorted));
}

static void count_unsorted(struct plx_release *r)
{
    for (guint t = 0; t < r->exact->themes->len; t++) {
        const struct plx_exact_theme *theme = r->exact->themes->pdata[t];
        const gboolean hidden = theme->id < 0 && !theme_title(r, theme);
        for (guint i = 0; theme->id < 0 && i < theme->mentions->len; i++) {
            const struct plx_mention *m = &g_array_index(theme->mentions, struct plx_mention, i);
            if (!r->shown[m->seat])
                continue;
            r->out->unsorted++;
            r->out->withheld += hidden;
            r->withheld[r->index[plx_release_seat(r, m->seat)->audience]] += hidden;
        }
    }
}

/* The same theme under one question. */
static const struct plx_workshop_theme *under(const plx_workshop *out, enum plx_asked asked,
                                              const struct plx_workshop_theme *theme)
{
    const struct plx_workshop_part *part = &out->parts[asked];
    for (guint t = 0; t < part->n_themes; t++)
        if (part->themes[t].id == theme->id && strcmp(part->themes[t].title, theme->title) == 0)
            return &part->themes[t];
    return NULL;
}

/* One audience has it under `well` and another under `improve`. */
static gboolean parts_views(const plx_workshop *out, const struct plx_contested *contested)
{
    if (!contested->well || !contested->improve)
        return FALSE;
    for (guint a = 0; a < out->n_audiences; a++)
        for (guint b = 0; b < out->n_audiences; b++)
            if (a != b && contested->well->named[a].named && contested->improve->named[b].named)
                return TRUE;
    return FALSE;
}

static void find_contested(plx_workshop *out)
{
    out->contested = plx_keep(out->memory, out->overall.n_themes, sizeof *out->contested);
    for (guint t = 0; t < out->overall.n_themes; t++) {
        const struct plx_workshop_theme *theme = &out->overall.themes[t];
        const struct plx_contested found = {theme, under(out, PLX_ASKED_WELL, theme),
                                            under(out, PLX_ASKED_IMPROVE, theme)};
        if (parts_views(out, &found))
            out->contested[out->n_contested++] = found;
    }
}

void plx_release_themes(struct plx_release *r)
{
    release_part(r, OVERALL, &r->out->overall);
    for (guint q = 0; q < PLX_ASKED; q++)
        release_part(r, 1u << q, &r->out->parts[q]);
    find_contested(r->out);
    count_unsorted(r);
}
