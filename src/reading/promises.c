/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "reading/promises_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct builder {
    plx_promises *out;
    const struct plx_promises_asked *asked;
    GArray *family; /* promises_family.c */
    GPtrArray *memory;
};

const char *plx_promise_verdict_code(enum plx_promise_verdict verdict)
{
    static const char *const codes[] = {"not_asked", "not_enough_yet", "kept",
                                        "not_kept",  "known",          "not_known",
                                        "worse",     "better",         "alike"};
    return codes[verdict];
}

void plx_promises_free(plx_promises *promises)
{
    if (!promises)
        return;
    plx_about_clear(&promises->about);
    g_free(promises);
}

static guint32 find_subject(const struct builder *b, enum plx_subject_kind kind, const char *id)
{
    for (guint i = 0; i < b->asked->answer->n_subjects; i++)
        if (b->asked->answer->subjects[i].kind == kind &&
            strcmp(b->asked->answer->subjects[i].id, id) == 0)
            return i;
    return G_MAXUINT32;
}

/* The answers to one measure in a group of a table. */
static struct plx_pool pool_of(const struct builder *b, guint table, guint group, guint32 subject,
                               guint audience, enum plx_measure measure)
{
    const struct plx_cell *cell =
        plx_table_cell(&b->asked->answer->tables[table], group, subject, audience);
    const struct plx_tally *tally = cell ? plx_cell_tally(cell, measure) : NULL;
    return plx_pool_tallies(&tally, tally && tally->total ? 1 : 0, 1, b->memory);
}

static struct plx_promise_levels release_levels(const struct plx_pool *pool,
                                                const struct plx_reach *reach,
                                                enum plx_suppression hidden)
{
    return (struct plx_promise_levels){
        .floor = plx_pool_release(pool, PLX_POOL_FLOOR, reach, hidden),
        .below = plx_pool_release(pool, PLX_POOL_BELOW, reach, hidden)};
}

static void fill_voice(const struct builder *b, guint audience, guint32 subject,
                       struct plx_promise_reading *reading)
{
    const struct plx_promises_asked *asked = b->asked;
    const struct plx_reach *reach = &asked->reach[audience];
    const struct plx_pool known = pool_of(b, asked->all, 0, subject, audience, PLX_MEASURE_KNOWN);
    const struct plx_pool kept = pool_of(b, asked->all, 0, subject, audience, PLX_MEASURE_KEPT);
    struct plx_promise_voice voice = {
        .audience = audience,
        .known = plx_pool_release(&known, PLX_POOL_YES, reach, PLX_SHOWN),
        .kept = plx_pool_release(&kept, PLX_POOL_YES, reach, PLX_SHOWN),
        .kept_known = plx_pool_kept_known(
            plx_table_cell(&asked->answer->tables[asked->pairs], 0, subject, audience),
            plx_table_cell(&asked->answer->tables[asked->all], 0, subject, audience), reach,
            b->memory)};
    if (known.d.n > 0 || kept.d.n > 0)
        reading->voices[reading->n_voices++] = voice;
    if ((gint)audience != asked->served)
        return;
    plx_promises_against_line(b->family, &known, &voice.known, PLX_KNOWN_LINE, PLX_PROMISE_KNOWN,
                              &reading->known_adjusted, &reading->known_verdict);
    plx_promises_against_line(b->family, &kept, &voice.kept, PLX_KEPT_LINE, PLX_PROMISE_KEPT,
                              &reading->kept_adjusted, &reading->kept_verdict);
}

/* The parts of a split by channel: what is known of each. */
struct parts {
    guint n;
    struct plx_pool *known, *kept, *levels;
    enum plx_suppression *known_hidden, *kept_hidden, *levels_hidden;
    guint n_kept; /* with answers to kept: one alone is the whole again */
};

static void hide(const struct builder *b, const struct plx_pool *pools, guint n,
                 enum plx_suppression *hidden)
{
    g_autofree guint64 *persons = g_new0(guint64, n + 1);
    for (guint i = 0; i < n; i++)
        persons[i] = pools[i].d.n > 0 ? pools[i].persons : 0;
    plx_reach_parts(&b->asked->reach[b->asked->served], persons, n, hidden);
}

static void fill_channel(const struct builder *b, const struct parts *parts, guint i,
                         struct plx_promise_channel *channel)
{
    const struct plx_reach *reach = &b->asked->reach[b->asked->served];
    channel->known =
        plx_pool_release(&parts->known[i], PLX_POOL_YES, reach, parts->known_hidden[i]);
    channel->kept = plx_pool_release(&parts->kept[i], PLX_POOL_YES, reach, parts->kept_hidden[i]);
    channel->levels = release_levels(&parts->levels[i], reach, parts->levels_hidden[i]);
    const struct plx_promise_share nothing = {.n = 0};
    plx_promises_against_line(b->family, &parts->kept[i],
                              parts->n_kept > 1 ? &channel->kept : &nothing, PLX_KEPT_LINE,
                              PLX_PROMISE_KEPT, &channel->kept_adjusted, &channel->kept_verdict);
    const struct plx_pool rest = plx_pool_rest(parts->kept, parts->n, i, b->memory);
    plx_promises_against_others(b->family, reach, &parts->kept[i], &rest, channel);
}

static void fill_channels(const struct builder *b, guint32 subject, const guint32 *points,
                          guint n_points, double inflate, struct plx_promise_reading *reading)
{
    const struct plx_promises_asked *asked = b->asked;
    const struct plx_table *table = &asked->answer->tables[asked->channels];
    const guint n = table->n_groups, served = (guint)asked->served;
    struct parts parts = {n,
                          plx_keep(b->memory, n, sizeof *parts.known),
                          plx_keep(b->memory, n, sizeof *parts.kept),
                          plx_keep(b->memory, n, sizeof *parts.levels),
                          plx_keep(b->memory, n, sizeof *parts.known_hidden),
                          plx_keep(b->memory, n, sizeof *parts.kept_hidden),
                          plx_keep(b->memory, n, sizeof *parts.levels_hidden),
                          0};
    const enum plx_suppression *hidden = plx_promises_hidden(asked, points, n_points, b->memory);
    for (guint i = 0; i < n; i++) {
        parts.known[i] = pool_of(b, asked->channels, i, subject, served, PLX_MEASURE_KNOWN);
        parts.kept[i] = pool_of(b, asked->channels, i, subject, served, PLX_MEASURE_KEPT);
        parts.levels[i] = plx_promises_levels(asked, asked->channels, i, points, n_points, inflate,
                                              hidden + (gsize)i * n_points, b->memory);
        parts.n_kept += parts.kept[i].d.n > 0;
    }
    hide(b, parts.known, n, parts.known_hidden);
    hide(b, parts.kept, n, parts.kept_hidden);
    hide(b, parts.levels, n, parts.levels_hidden);
    reading->channels = plx_keep(b->memory, n, sizeof *reading->channels);
    for (guint at = 0; at < n; at++) {
        const guint i = plx_table_read(table, at);
        if (parts.known[i].d.n <= 0 && parts.kept[i].d.n <= 0 && parts.levels[i].d.n <= 0)
            continue;
        struct plx_promise_channel *channel = &reading->channels[reading->n_channels++];
        channel->channel = plx_about_copy(&b->out->about, table->groups[i][0]);
        fill_channel(b, &parts, i, channel);
    }
}

/* Answers without a day are neither before nor after, and a part of the whole all the same. */
static struct plx_pool undated(const struct builder *b, const guint32 *points, guint n,
                               double inflate)
{
    const struct plx_table *const table = &b->asked->answer->tables[b->asked->months];
    if (table->n_groups == 0 || *table->groups[0][0])
        return (struct plx_pool){.d = {.k = 1}};
    return plx_promises_levels(b->asked, b->asked->months, 0, points, n, inflate, NULL, b->memory);
}

static struct plx_promise_difference change(const struct plx_pool *before,
                                            const struct plx_pool *after, enum plx_pool_part part,
                                            const struct plx_promise_levels *shown_before,
                                            const struct plx_promise_levels *shown_after)
{
    struct plx_promise_difference none = {NAN, {NAN, NAN}};
    if (shown_before->floor.suppressed || shown_after->floor.suppressed || before->d.n <= 0 ||
        after->d.n <= 0)
        return none;
    const struct plx_share old = plx_pool_share(before, part, 0.95);
    const struct plx_share new = plx_pool_share(after, part, 0.95);
    return (struct plx_promise_difference){new.p - old.p, plx_share_difference(new, old)};
}

static void fill_periods(const struct builder *b, gint promise, const guint32 *points, guint n,
                         double inflate, struct plx_promise_reading *reading)
{
    const struct plx_promises_asked *asked = b->asked;
    const struct plx_reach *reach = &asked->reach[asked->served];
    struct plx_pool pools[3] = {{.d = {.k = 1}}, {.d = {.k = 1}}, {.d = {.k = 1}}};
    enum plx_suppression hidden[3] = {PLX_SHOWN, PLX_SHOWN, PLX_SHOWN};
    if (promise >= 0 && asked->before[promise] != PLX_NO_NEED) {
        const guint needs[2] = {asked->before[promise], asked->after[promise]};
        for (guint i = 0; i < 2; i++)
            pools[i] = plx_promises_levels(asked, needs[i], 0, points, n, inflate, NULL, b->memory);
        pools[2] = undated(b, points, n, inflate);
        hide(b, pools, 3, hidden);
    }
    reading->before = release_levels(&pools[0], reach, hidden[0]);
    reading->after = release_levels(&pools[1], reach, hidden[1]);
    reading->floor_change =
        change(&pools[0], &pools[1], PLX_POOL_FLOOR, &reading->before, &reading->after);
    reading->below_change =
        change(&pools[0], &pools[1], PLX_POOL_BELOW, &reading->before, &reading->after);
}

/* The points of a promise that the question takes; their indices among the subjects. */
static guint fill_points(const struct builder *b, const struct plx_promise *promise,
                         struct plx_promise_reading *reading, guint32 *points)
{
    const plx_question *q = b->asked->question;
    guint n = 0;
    reading->points = plx_keep(b->memory, promise->n_points, sizeof *reading->points);
    reading->point_titles = plx_keep(b->memory, promise->n_points, sizeof *reading->point_titles);
    for (guint i = 0; i < promise->n_points; i++) {
        const struct plx_point *point = &q->map->points[promise->points[i]];
        const struct plx_subject subject = {PLX_SUBJECT_POINT, point->id, point->title,
                                            (gint)promise->points[i]};
        if (!plx_question_takes(q, &subject))
            continue;
        reading->points[reading->n_points] = plx_about_copy(&b->out->about, point->id);
        reading->point_titles[reading->n_points++] = plx_about_copy(&b->out->about, point->title);
        const guint32 found = find_subject(b, PLX_SUBJECT_POINT, point->id);
        if (found != G_MAXUINT32)
            points[n++] = found;
    }
    return n;
}

static void fill_levels(const struct builder *b, guint32 subject, gint index, const guint32 *points,
                        guint n, struct plx_promise_reading *reading)
{
    const struct plx_promises_asked *asked = b->asked;
    const guint served = (guint)asked->served;
    const double inflate =
        plx_pool_inflation(&asked->answer->tables[asked->together], points, n, served);
    const struct plx_pool all =
        plx_promises_levels(asked, asked->all, 0, points, n, inflate, NULL, b->memory);
    reading->levels = release_levels(&all, &asked->reach[served], PLX_SHOWN);
    fill_periods(b, index, points, n, inflate, reading);
    fill_channels(b, subject, points, n, inflate, reading);
}

/* `index`: in the map, or -1. FALSE: the question leaves it out. */
static gboolean fill_promise(const struct builder *b, gint index, const char *id,
                             struct plx_promise_reading *reading)
{
    const struct plx_promises_asked *asked = b->asked;
    const plx_map *map = asked->question->map;
    const struct plx_promise *promise = index >= 0 ? &map->promises[index] : NULL;
    const guint32 subject = find_subject(b, PLX_SUBJECT_PROMISE, id);
    struct plx_about *about = &b->out->about;
    g_autofree guint32 *points = g_new0(guint32, (promise ? promise->n_points : 0) + 1);
    *reading = (struct plx_promise_reading){
        .promise = plx_about_copy(about, id),
        .title =
            plx_about_copy(about, promise                  ? promise->title
                                  : subject != G_MAXUINT32 ? asked->answer->subjects[subject].title
                                                           : id),
        .where = plx_about_copy(about, promise ? promise->where : NULL),
        .since = plx_about_copy(about, promise ? promise->since : NULL)};
    const guint n = promise ? fill_points(b, promise, reading, points) : 0;
    if (promise && promise->n_points && !reading->n_points)
        return FALSE;
    reading->voices = plx_keep(b->memory, map->n_audiences, sizeof *reading->voices);
    fill_voice(b, (guint)asked->served, subject, reading);
    for (guint a = 0; a < map->n_audiences; a++)
        if (asked->heard[a] && (gint)a != asked->served)
            fill_voice(b, a, subject, reading);
    fill_levels(b, subject, index, points, n, reading);
    return TRUE;
}

static void conclude(struct plx_promise_reading *reading)
{
    reading->verdict = reading->kept_verdict == PLX_PROMISE_NOT_KEPT     ? PLX_PROMISE_NOT_KEPT
                       : reading->known_verdict == PLX_PROMISE_NOT_KNOWN ? PLX_PROMISE_NOT_KNOWN
                                                                         : reading->kept_verdict;
    if (reading->verdict == PLX_PROMISE_NOT_ASKED &&
        reading->known_verdict != PLX_PROMISE_NOT_ASKED)
        reading->verdict = PLX_PROMISE_NOT_ENOUGH_YET;
}

static gboolean fill_all(const struct builder *b, GError **error)
{
    plx_promises *out = b->out;
    const plx_map *map = b->asked->question->map;
    const struct plx_answer *answer = b->asked->answer;
    out->promises =
        plx_keep(b->memory, (gsize)map->n_promises + answer->n_subjects, sizeof *out->promises);
    for (guint i = 0; i < map->n_promises; i++)
        out->n_promises +=
            (guint)fill_promise(b, (gint)i, map->promises[i].id, &out->promises[out->n_promises]);
    for (guint i = 0; i < answer->n_subjects; i++) {
        const struct plx_subject *subject = &answer->subjects[i];
        if (subject->kind == PLX_SUBJECT_PROMISE && subject->map_index < 0 &&
            !plx_map_is_closed(map))
            out->n_promises +=
                (guint)fill_promise(b, -1, subject->id, &out->promises[out->n_promises]);
    }
    if (out->n_promises == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         map->n_promises
                             ? "no promise is about the points asked for"
                             : "no promise: none is on the map, and no answer is about one "
                               "(promises: in the map; columns promise, known, kept)");
    plx_promises_judge(b->family, out);
    for (guint i = 0; i < out->n_promises; i++)
        conclude(&out->promises[i]);
    return TRUE;
}

static plx_question *understand(plx_source *source, const struct plx_gaps_options *options,
                                GError **error)
{
    static const char *const splits[] = {"channel", NULL};
    static const struct plx_question_own own = {
        "promises have the measures known and kept, and the levels at their points: leave "
        "--measure out",
        "promises are split by channel, always: leave --by out, or choose by --where", splits};
    return plx_question_of_levels(source->map, options, &own, error);
}

plx_promises *plx_promises_read(plx_source *source, const struct plx_gaps_options *options,
                                GError **error)
{
    g_autoptr(plx_question) question = understand(source, options, error);
    if (!question)
        return NULL;
    struct plx_promises_asked asked;
    g_autoptr(plx_promises) out = NULL;
    if (plx_promises_ask(&asked, source, question, error)) {
        out = g_new0(plx_promises, 1);
        plx_about_init(&out->about, source, question, asked.answer, asked.served);
        g_autoptr(GArray) family = plx_promises_family_new();
        const struct builder builder = {out, &asked, family, out->about.memory};
        if (!fill_all(&builder, error))
            g_clear_pointer(&out, plx_promises_free);
    }
    plx_promises_asked_clear(&asked);
    return g_steal_pointer(&out);
}

static void add_figure(const plx_promises *promises, const struct plx_promise_reading *promise,
                       const char *what, enum plx_direction direction,
                       const struct plx_promise_share *share, GArray *figures)
{
    const struct plx_figure figure = {.subject = promise->promise,
                                      .title = promise->title,
                                      .audience = promises->about.audience,
                                      .what = what,
                                      .direction = direction,
                                      .unit = PLX_UNIT_SHARE,
                                      .n = share->n,
                                      .persons = share->persons,
                                      .value = share->share,
                                      .ci = share->ci,
                                      .margin = PLX_CHANNEL_MARGIN};
    if (share->n != 0)
        g_array_append_val(figures, figure);
}

void plx_promises_figures(const plx_promises *promises, GArray *figures)
{
    for (guint i = 0; i < promises->n_promises; i++) {
        const struct plx_promise_reading *promise = &promises->promises[i];
        const struct plx_promise_voice *voice = &promise->voices[0];
        const plx_map *map = promises->about.map;
        if (promise->n_voices &&
            strcmp(map->audiences[voice->audience].id, promises->about.audience) == 0) {
            add_figure(promises, promise, "known", PLX_MORE_IS_BETTER, &voice->known, figures);
            add_figure(promises, promise, "kept", PLX_MORE_IS_BETTER, &voice->kept, figures);
        }
        add_figure(promises, promise, "floor", PLX_MORE_IS_WORSE, &promise->levels.floor, figures);
    }
}
