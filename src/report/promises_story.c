/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/promises.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

struct telling {
    const plx_promises *promises;
    const plx_gaps *frame;
    plx_story *story;
};

static const struct plx_scale *scale_of(const struct telling *t)
{
    const plx_map *map = t->promises->about.map;
    const gint a = plx_map_find_audience(map, t->promises->about.audience);
    return a >= 0 ? map->audiences[a].scale : NULL;
}

/* "50 % (47–53 %, 602 answers)". */
static void append_share(GString *out, const struct plx_promise_share *share)
{
    if (share->suppressed) {
        g_string_append(out, "too few people to show");
        return;
    }
    plx_words_percent(out, share->share);
    if (isnan(share->share))
        return;
    g_string_append(out, " (");
    if (isfinite(share->ci.lo)) {
        plx_words_percent_range(out, share->ci);
        g_string_append(out, ", ");
    }
    plx_words_count(out, share->n);
    g_string_append(out, share->n == 1 ? " answer)" : " answers)");
}

static guint count_verdict(const plx_promises *promises, enum plx_promise_verdict verdict)
{
    guint n = 0;
    for (guint i = 0; i < promises->n_promises; i++)
        n += promises->promises[i].verdict == verdict;
    return n;
}

static void append_titles(GString *out, const plx_promises *promises,
                          enum plx_promise_verdict verdict)
{
    const char *between = "";
    for (guint i = 0; i < promises->n_promises; i++) {
        if (promises->promises[i].verdict != verdict)
            continue;
        g_string_append_printf(out, "%s“%s”", between, promises->promises[i].title);
        between = ", ";
    }
}

static void tell_lead(const struct telling *t)
{
    const plx_promises *promises = t->promises;
    const guint broken = count_verdict(promises, PLX_PROMISE_NOT_KEPT);
    const guint unknown = count_verdict(promises, PLX_PROMISE_NOT_KNOWN);
    const guint kept = count_verdict(promises, PLX_PROMISE_KEPT);
    const guint open = count_verdict(promises, PLX_PROMISE_NOT_ENOUGH_YET);
    g_autoptr(GString) lead = g_string_new(NULL);
    if (broken) {
        g_string_append(lead,
                        broken == 1 ? "One promise is not kept: " : "Promises that are not kept: ");
        append_titles(lead, promises, PLX_PROMISE_NOT_KEPT);
    } else if (unknown) {
        g_string_append(lead, unknown == 1 ? "One promise is hardly known: "
                                           : "Promises that are hardly known: ");
        append_titles(lead, promises, PLX_PROMISE_NOT_KNOWN);
    } else if (kept) {
        g_string_append(lead, "What was decided is kept: ");
        append_titles(lead, promises, PLX_PROMISE_KEPT);
    } else {
        g_string_append(lead, open ? "Not enough answers yet to say whether a promise is kept"
                                   : "Nobody was asked yet whether a promise is kept");
    }
    g_string_append_c(lead, '.');
    plx_story_lead(t->story, lead->str);
}

static const char *verdict_words(enum plx_promise_verdict verdict)
{
    static const char *const words[] = {
        "not asked yet",    "not enough yet",   "kept",     "not kept", "known", "hardly known",
        "less than others", "more than others", "as others"};
    return words[verdict];
}

static void tell_table(const struct telling *t)
{
    static const struct plx_story_column columns[] = {
        {"promise", PLX_STORY_WIDE}, {"knew", PLX_STORY_NUMBER},    {"kept", PLX_STORY_NUMBER},
        {"range", PLX_STORY_NUMBER}, {"answers", PLX_STORY_NUMBER}, {"it is", PLX_STORY_TEXT}};
    const plx_promises *promises = t->promises;
    plx_story_table(t->story, "Every promise", columns, G_N_ELEMENTS(columns));
    for (guint i = 0; i < promises->n_promises; i++) {
        const struct plx_promise_reading *p = &promises->promises[i];
        const gboolean voiced = p->n_voices && strcmp(t->frame->audiences[p->voices[0].audience],
                                                      promises->about.audience) == 0;
        g_autoptr(GString) knew = g_string_new(NULL);
        g_autoptr(GString) kept = g_string_new(NULL);
        g_autoptr(GString) range = g_string_new(NULL);
        g_autoptr(GString) answers = g_string_new(NULL);
        if (voiced) {
            plx_words_percent(knew, p->voices[0].known.share);
            plx_words_percent(kept, p->voices[0].kept.share);
            plx_words_percent_range(range, p->voices[0].kept.ci);
            if (p->voices[0].kept.n >= 0)
                plx_words_count(answers, p->voices[0].kept.n);
        }
        plx_story_subjects(t->story, p->points, p->n_points);
        plx_story_cell(t->story, p->title);
        plx_story_cell(t->story, knew->len ? knew->str : NULL);
        plx_story_cell(t->story, kept->len ? kept->str : NULL);
        plx_story_cell(t->story, range->len ? range->str : NULL);
        plx_story_cell(t->story, answers->len ? answers->str : NULL);
        plx_story_cell(t->story, verdict_words(p->verdict));
    }
}

static void tell_voice(const struct telling *t, const struct plx_promise_voice *voice)
{
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_people_first(t->frame, (gint)voice->audience, text);
    g_string_append(text, ": ");
    const char *between = "";
    if (voice->known.n != 0) {
        g_string_append(text, "knew of it, ");
        append_share(text, &voice->known);
        between = "; ";
    }
    if (voice->kept.n != 0) {
        g_string_append_printf(text, "%skept, ", between);
        append_share(text, &voice->kept);
    }
    if (voice->kept_known.n > 0 && voice->kept_known.n != voice->kept.n) {
        g_string_append(text, "; kept among those who knew, ");
        append_share(text, &voice->kept_known);
    }
    g_string_append_c(text, '.');
    plx_story_say(t->story, text->str);
}

static void append_levels(const struct telling *t, const struct plx_promise_levels *levels,
                          GString *text)
{
    const struct plx_scale *scale = scale_of(t);
    append_share(text, &levels->floor);
    g_string_append(text, " at the lowest level");
    if (levels->floor.suppressed || !scale)
        return;
    g_string_append(text, ", ");
    plx_words_percent(text, levels->below.share);
    if (isfinite(levels->below.ci.lo)) {
        g_string_append(text, " (");
        plx_words_percent_range(text, levels->below.ci);
        g_string_append_c(text, ')');
    }
    g_string_append_c(text, ' ');
    plx_words_below(text, scale);
}

static void append_points(const struct plx_promise_reading *promise, GString *text)
{
    for (guint i = 0; i < promise->n_points; i++)
        g_string_append_printf(text, "%s%s", i ? ", " : "", promise->point_titles[i]);
}

static void tell_levels(const struct telling *t, const struct plx_promise_reading *promise)
{
    if (promise->levels.floor.n == 0)
        return;
    g_autoptr(GString) text = g_string_new("What people meet there (");
    append_points(promise, text);
    g_string_append(text, "): ");
    append_levels(t, &promise->levels, text);
    g_string_append_c(text, '.');
    plx_story_say(t->story, text->str);
}

/* In whole hundredths, with the signs and zeros of all differences. */
static void append_change(const struct plx_promise_difference *change, GString *text)
{
    g_string_append(text, ". The share at the lowest level changed by ");
    plx_words_difference_with(text, 100 * change->difference, 0);
    g_string_append(text, " in a hundred (");
    plx_words_difference_with(text, 100 * change->ci.lo, 0);
    g_string_append(text, " to ");
    plx_words_difference_with(text, 100 * change->ci.hi, 0);
    g_string_append(text, "). Time alone may explain that: other things changed too.");
}

static void tell_change(const struct telling *t, const struct plx_promise_reading *promise)
{
    if (!promise->since || promise->levels.floor.n == 0)
        return;
    g_autoptr(GString) text = g_string_new(NULL);
    if (promise->before.floor.n == 0) {
        g_string_append_printf(text,
                               "Made on %s: there are no answers from before, so nothing can be "
                               "set against it.",
                               promise->since);
    } else if (isnan(promise->floor_change.difference)) {
        g_string_append_printf(text,
                               "Made on %s: too few answers from before or after it to set "
                               "one against the other.",
                               promise->since);
    } else {
        g_string_append(text, "Before it was made: ");
        append_levels(t, &promise->before, text);
        g_string_append_printf(text, ". Since %s: ", promise->since);
        append_levels(t, &promise->after, text);
        append_change(&promise->floor_change, text);
    }
    plx_story_quiet(t->story, text->str);
}

static void tell_repairs(const struct telling *t, const struct plx_promise_reading *promise)
{
    if (promise->verdict != PLX_PROMISE_NOT_KEPT)
        return;
    g_autoptr(GString) deliver = g_string_new("deliver what is said, at: ");
    append_points(promise, deliver);
    plx_story_say(t->story, "Two repairs are possible; which one fits, the answers do not say.");
    plx_story_item(t->story, "Lift the delivery",
                   promise->n_points ? deliver->str : "deliver what is said");
    g_autofree char *correct =
        promise->where
            ? g_strdup_printf("say what is delivered, wherever it is said: %s", promise->where)
            : g_strdup("say what is delivered");
    plx_story_item(t->story, "Correct the promise", correct);
}

#define CHANNEL_CELLS 4 /* knew, kept, lowest level, it is */

/* NULL: nothing to show there. */
static char *share_cell(const struct plx_promise_share *share)
{
    if (share->suppressed)
        return g_strdup("too few");
    if (!isfinite(share->share))
        return NULL;
    g_autoptr(GString) text = g_string_new(NULL);
    plx_words_percent(text, share->share);
    g_string_append(text, " (");
    plx_words_percent_range(text, share->ci);
    g_string_append_c(text, ')');
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* Cells of all channels, row by row; to be freed. */
static GPtrArray *channel_cells(const struct plx_promise_reading *promise)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < promise->n_channels; i++) {
        const struct plx_promise_channel *channel = &promise->channels[i];
        g_ptr_array_add(cells, share_cell(&channel->known));
        g_ptr_array_add(cells, share_cell(&channel->kept));
        g_ptr_array_add(cells, share_cell(&channel->levels.floor));
        g_ptr_array_add(cells, channel->others_verdict == PLX_PROMISE_NOT_ASKED
                                   ? NULL
                                   : g_strdup(verdict_words(channel->others_verdict)));
    }
    return cells;
}

static gboolean row_says_something(const GPtrArray *cells, guint row, const gboolean *used)
{
    for (guint c = 0; c < CHANNEL_CELLS; c++)
        if (used[c] && cells->pdata[row * CHANNEL_CELLS + c])
            return TRUE;
    return FALSE;
}

/* A column that only one channel has a number for says no more than the whole does above, and
 * nothing is split there: it is left out, and so is a channel that has nothing else. */
static void tell_channels(const struct telling *t, const struct plx_promise_reading *promise)
{
    static const struct plx_story_column all[] = {{"knew", PLX_STORY_NUMBER},
                                                  {"kept", PLX_STORY_NUMBER},
                                                  {"lowest level", PLX_STORY_NUMBER},
                                                  {"it is", PLX_STORY_TEXT}};
    g_autoptr(GPtrArray) cells = channel_cells(promise);
    struct plx_story_column columns[1 + CHANNEL_CELLS] = {{"channel", PLX_STORY_WIDE}};
    gboolean used[CHANNEL_CELLS] = {FALSE};
    guint n = 1;
    for (guint c = 0; c < CHANNEL_CELLS; c++) {
        guint filled = 0;
        for (guint i = 0; i < promise->n_channels; i++)
            filled += cells->pdata[i * CHANNEL_CELLS + c] ? 1 : 0;
        used[c] = filled > (all[c].align == PLX_STORY_TEXT ? 0 : 1); /* a verdict always */
        if (used[c])
            columns[n++] = all[c];
    }
    if (n == 1)
        return;
    plx_story_table(t->story, "By channel", columns, n);
    for (guint i = 0; i < promise->n_channels; i++) {
        if (!row_says_something(cells, i, used))
            continue;
        plx_story_cell(t->story, plx_words_key(promise->channels[i].channel));
        for (guint c = 0; c < CHANNEL_CELLS; c++)
            if (used[c])
                plx_story_cell(t->story, cells->pdata[i * CHANNEL_CELLS + c]);
    }
}

static void tell_promise(const struct telling *t, const struct plx_promise_reading *promise)
{
    g_autofree char *heading =
        g_strdup_printf("“%s”: %s", promise->title, verdict_words(promise->verdict));
    plx_story_heading(t->story, heading);
    if (promise->n_voices == 0)
        plx_story_say(t->story, "Nobody was asked whether it was known and kept: add the measures "
                                "known and kept to what is asked.");
    for (guint i = 0; i < promise->n_voices; i++)
        tell_voice(t, &promise->voices[i]);
    tell_levels(t, promise);
    tell_change(t, promise);
    tell_repairs(t, promise);
    tell_channels(t, promise);
}

static void tell_method(const struct telling *t)
{
    plx_story_method(t->story, "Kept and known",
                     "A promise is kept where the adjusted range of the share lies wholly above "
                     "90 %, not kept where it lies wholly below; known and hardly known likewise "
                     "at 50 %. A channel differs where its share less that of all others lies "
                     "wholly beyond 5 in a hundred.");
    plx_story_method(t->story, "Ranges",
                     "Shown are ranges of 95 % (Wilson 1927, differences Newcombe 1998; people who "
                     "answer repeatedly are one unit). Verdicts use wider ones, adjusted for all "
                     "comparisons of this page (Benjamini and Yekutieli 2005).");
    plx_story_method(t->story, "Points together",
                     "Levels at the points of one promise are pooled; the range is widened by as "
                     "much as people who answered several of them may add to it.");
    g_autoptr(GString) family = g_string_new(NULL);
    g_string_append_printf(family, "%u comparisons looked at together", t->promises->family_size);
    if (isfinite(t->promises->adjusted_level))
        g_string_append_printf(family, "; adjusted ranges at %.1f %%",
                               100 * t->promises->adjusted_level);
    g_string_append_c(family, '.');
    plx_story_method(t->story, "Here", family->str);
}

plx_story *plx_promises_story(const plx_promises *promises)
{
    g_autoptr(plx_gaps) frame = plx_about_frame(&promises->about);
    plx_story *story = plx_story_new("promises", "Promises");
    const struct telling telling = {promises, frame, story};
    tell_lead(&telling);
    plx_about_story(&promises->about, story);
    tell_table(&telling);
    for (guint i = 0; i < promises->n_promises; i++)
        tell_promise(&telling, &promises->promises[i]);
    tell_method(&telling);
    return story;
}
