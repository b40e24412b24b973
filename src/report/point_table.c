/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/point.h"

#include "report/point_parts.h"
#include "report/term.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

static void line(struct plx_point_view *view, enum plx_style style, guint indent, const char *text)
{
    plx_term_wrap(view->out, view->options, style, indent, text);
}

/* "Desired 4   ██████      35 %   (421)", the highest value first. */
static void print_distribution(struct plx_point_view *view, const struct plx_voice *voice)
{
    gint64 total = 0;
    for (guint i = 0; i < voice->k; i++)
        total += voice->counts[i];
    const guint bar = view->options->width >= 100 ? 40 : 30;
    for (guint i = voice->k; total > 0 && i-- > 0;) {
        const double share = (double)voice->counts[i] / (double)total;
        g_autoptr(GString) row = g_string_new("    ");
        g_autoptr(GString) label = g_string_new(NULL);
        const int value = voice->scale->min + (int)i;
        if (voice->scale->words) {
            plx_words_level(label, voice->scale, value);
            g_string_append_c(label, ' ');
        }
        g_string_append_printf(label, "%d", value);
        plx_term_fit(row, label->str, 16);
        g_string_append_c(row, ' ');
        g_autoptr(GString) blocks = g_string_new(NULL);
        for (guint b = 0; b < (guint)round(share * bar); b++)
            g_string_append(blocks, "█");
        plx_term_fit(row, blocks->str, bar);
        g_autoptr(GString) percent = g_string_new(NULL);
        plx_words_percent(percent, share);
        g_string_append_printf(row, " %5s  (", percent->str);
        plx_words_count(row, voice->counts[i]);
        g_string_append(row, ")\n");
        g_string_append(view->out, row->str);
    }
}

static void append_share(GString *out, const char *what, double share, struct plx_interval ci)
{
    if (!isfinite(share))
        return;
    g_string_append_printf(out, "; %s ", what);
    plx_words_percent(out, share);
    if (isfinite(ci.lo) && isfinite(ci.hi)) {
        g_string_append(out, " (");
        plx_words_percent_range(out, ci);
        g_string_append_c(out, ')');
    }
}

static void print_voice(struct plx_point_view *view, const struct plx_voice *voice)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_seen(view->gaps, voice, text);
    const struct plx_interval none = {(double)NAN, (double)NAN};
    append_share(text, "met or exceeded", voice->met_share, voice->complete ? none : voice->met_ci);
    append_share(text, "desired or better", voice->desired_share,
                 voice->complete ? none : voice->desired_ci);
    append_share(text, "at the bottom", voice->floor_share, none);
    plx_words_capital(text, 0);
    line(view, PLX_STYLE_BOLD, 2, text->str);
    if (voice->counts && voice->scale)
        print_distribution(view, voice);
    if (voice->na > 0 || voice->declined > 0 || voice->not_asked > 0) {
        g_string_assign(text, "Did not happen to me: ");
        plx_words_count(text, voice->na);
        g_string_append(text, " · declined: ");
        plx_words_count(text, voice->declined);
        if (voice->not_asked >= 0) {
            g_string_append(text, " · not asked: ");
            plx_words_count(text, voice->not_asked);
        }
        line(view, PLX_STYLE_DIM, 4, text->str);
    }
    g_string_append_c(view->out, '\n');
}

static void print_gap(struct plx_point_view *view, const struct plx_gaps_point *point,
                      const struct plx_gap *gap)
{
    if (gap->verdict == PLX_VERDICT_NONE)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_gap(view->gaps, point, gap, text);
    g_string_append_c(text, ' ');
    const gsize at = text->len;
    plx_words_verdict(view->gaps, gap->verdict, gap->a, gap->b, text);
    plx_words_capital(text, at);
    if (gap->verdict == PLX_VERDICT_NOT_ENOUGH_YET) {
        g_string_append(text, ": ");
        plx_words_needed(view->gaps, point, gap, text);
    }
    g_string_append_c(text, '.');
    line(view, PLX_STYLE_PLAIN, 2, text->str);
    if (!view->options->verbose)
        return;
    g_string_assign(text, "adjusted ");
    plx_words_range(text, gap->ci_adjusted);
    char p[G_ASCII_DTOSTR_BUF_SIZE], s[G_ASCII_DTOSTR_BUF_SIZE], c[G_ASCII_DTOSTR_BUF_SIZE];
    if (isfinite(gap->p))
        g_string_append_printf(text, "; p %s (%s)", g_ascii_formatd(p, sizeof p, "%.3g", gap->p),
                               gap->p_method ? gap->p_method : "brunner_munzel");
    if (isfinite(gap->superiority))
        g_string_append_printf(text, "; probability of superiority %s; Cliff's delta %s",
                               g_ascii_formatd(s, sizeof s, "%.3f", gap->superiority),
                               g_ascii_formatd(c, sizeof c, "%.3f", gap->cliff_delta));
    line(view, PLX_STYLE_DIM, 4, text->str);
}

static void print_beside(struct plx_point_view *view, const struct plx_gaps_point *point)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < point->n_beliefs; i++) {
        const struct plx_belief *belief = &point->beliefs[i];
        g_string_truncate(text, 0);
        plx_words_belief(view->gaps, belief, text);
        if (belief->suppressed == PLX_SHOWN && belief->verdict != PLX_VERDICT_NONE) {
            g_string_append_c(text, ' ');
            const gsize at = text->len;
            plx_words_verdict(view->gaps, belief->verdict, belief->by, belief->about, text);
            plx_words_capital(text, at);
            g_string_append_c(text, '.');
        }
        line(view, PLX_STYLE_PLAIN, 2, text->str);
    }
    for (guint i = 0; i < point->n_predictions; i++) {
        g_string_truncate(text, 0);
        plx_words_prediction(view->gaps, &point->predictions[i], text);
        line(view, PLX_STYLE_PLAIN, 2, text->str);
    }
    for (guint i = 0; i < point->n_expectations; i++) {
        g_string_truncate(text, 0);
        plx_words_expectation(view->gaps, &point->expectations[i], text);
        line(view, PLX_STYLE_PLAIN, 2, text->str);
    }
}

/* "Promised: “Before noon” (Campaign page, since 2025-05-01)". */
static void print_promises(struct plx_point_view *view, const struct plx_gaps_point *point)
{
    const plx_map *map = view->gaps->map;
    for (guint i = 0; map && i < map->n_promises; i++) {
        const struct plx_promise *promise = &map->promises[i];
        if (!plx_view_is_about(promise->points, promise->n_points, point))
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        g_string_append_printf(text, "Promised: “%s”", promise->title);
        if (promise->where || promise->since)
            g_string_append_printf(text, " (%s%s%s%s)", promise->where ? promise->where : "",
                                   promise->where && promise->since ? ", " : "",
                                   promise->since ? "since " : "",
                                   promise->since ? promise->since : "");
        line(view, PLX_STYLE_PLAIN, 2, text->str);
    }
}

static void print_tasks(struct plx_point_view *view, const struct plx_gaps_point *point)
{
    const plx_map *map = view->gaps->map;
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; map && i < map->n_tasks; i++) {
        const struct plx_task *task = &map->tasks[i];
        if (!plx_view_is_about(task->points, task->n_points, point))
            continue;
        g_string_append_printf(text, "%s%s",
                               text->len ? " · " : "What we do for it: ", task->title);
        if (task->owner)
            g_string_append_printf(text, " (%s)", task->owner);
    }
    if (text->len)
        line(view, PLX_STYLE_PLAIN, 2, text->str);
}

/* What the levels look like here, the highest first as in the distributions. */
static void print_anchors(struct plx_point_view *view, const struct plx_gaps_point *point)
{
    const struct plx_point *known = plx_view_map_point(view->gaps, point);
    char **levels = known ? known->levels : NULL;
    if (!levels)
        return;
    line(view, PLX_STYLE_BOLD, 2, "What the levels look like here");
    for (guint i = PLX_LEVELS; i-- > 0;) {
        if (!levels[i])
            continue;
        g_autofree char *text = g_strdup_printf("%u  %s", i + 1, levels[i]);
        line(view, PLX_STYLE_PLAIN, 4, text);
    }
    g_string_append_c(view->out, '\n');
}

static void print_point(struct plx_point_view *view, const struct plx_gaps_group *group,
                        const struct plx_gaps_point *point)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (group->key)
        g_string_append_printf(text, "%s: %s · ", view->gaps->by, plx_words_key(group->key));
    if (point->transaction_title)
        g_string_append_printf(text, "%s › ", point->transaction_title);
    g_string_append(text, point->title);
    line(view, PLX_STYLE_BOLD, 0, text->str);
    print_promises(view, point);
    print_tasks(view, point);
    g_string_append_c(view->out, '\n');
    for (guint i = point->n_voices; i-- > 0;)
        print_voice(view, &point->voices[i]);
    for (guint i = 0; i < point->n_gaps; i++)
        print_gap(view, point, &point->gaps[i]);
    print_beside(view, point);
    g_string_append_c(view->out, '\n');
    print_anchors(view, point);
}

/* The notes of all readings, each once; those of the splits say mostly what is not shown there, so
 * they are for -v. */
static void print_notes(struct plx_point_view *view, const struct plx_point_splits *splits)
{
    const gboolean more = splits && view->options->verbose;
    const plx_gaps *const readings[] = {view->gaps, more ? splits->place : NULL,
                                        more ? splits->channel : NULL, more ? splits->month : NULL};
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint r = 0; r < G_N_ELEMENTS(readings); r++) {
        g_autoptr(GPtrArray) notes =
            readings[r] ? plx_words_notes(readings[r], PLX_WORDS_TERMINAL, view->options->verbose)
                        : NULL;
        for (guint i = 0; notes && i < notes->len; i++) {
            const char *note = g_ptr_array_index(notes, i);
            if (!g_hash_table_size(seen))
                line(view, PLX_STYLE_BOLD, 0, "Notes");
            if (!g_hash_table_add(seen, g_strdup(note)))
                continue;
            g_autofree char *text = g_strconcat("• ", note, NULL);
            line(view, PLX_STYLE_PLAIN, 2, text);
        }
    }
}

void plx_point_table(const plx_gaps *gaps, const struct plx_point_splits *splits,
                     const struct plx_table_options *options, GString *out)
{
    g_autoptr(GString) text = g_string_new(NULL);
    struct plx_point_view view = {.gaps = gaps, .options = options, .out = text};
    g_autoptr(GString) context = g_string_new(NULL);
    plx_words_context(gaps, context);
    line(&view, PLX_STYLE_DIM, 0, context->str);
    g_autoptr(GString) remedy = g_string_new(NULL);
    if (gaps->headline.hidden_minimum <= 0)
        plx_words_remedy(gaps, PLX_WORDS_TERMINAL, remedy);
    if (remedy->len)
        line(&view, PLX_STYLE_PLAIN, 0, remedy->str);
    g_string_append_c(text, '\n');
    for (guint g = 0; g < gaps->n_groups; g++)
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            print_point(&view, &gaps->groups[g], &gaps->groups[g].points[p]);
    if (splits) {
        plx_point_print_split(&view, splits->place, "Place by place");
        plx_point_print_split(&view, splits->channel, "Channel by channel");
        plx_point_print_split(&view, splits->month, "Month by month");
    }
    if (splits && splits->story) {
        g_autoptr(GString) beside = g_string_new(NULL);
        plx_story_text(splits->story, options, beside);
        /* Between blank lines: one stands before it already. */
        const char *from = beside->str + (*beside->str == '\n' ? 1 : 0);
        if (*from)
            g_string_append_printf(text, "%s\n", from);
    }
    print_notes(&view, splits);
    if (!options->unicode)
        plx_words_ascii(text);
    g_string_append_len(out, text->str, (gssize)text->len);
}
