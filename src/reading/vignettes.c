/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asking, and how audiences place the same vignette. */
#include "reading/vignettes.h"

#include "base/error.h"
#include "base/number.h"
#include "reading/gaps_exact.h"
#include "reading/suppress.h"
#include "reading/vignettes_private.h"
#include "stats/moments.h"

#include <math.h>
#include <stdlib.h>

#define FALSE_CLAIMS 0.05

const char *plx_vignette_verdict_code(enum plx_vignette_verdict verdict)
{
    static const char *const codes[] = {"same", "different", "not_enough", "scales_differ"};
    return codes[verdict];
}

const char *plx_vignette_side_code(enum plx_vignette_side side)
{
    static const char *const codes[] = {"a_higher", "b_higher", "not_enough"};
    return codes[side];
}

const char *plx_vignette_state_code(enum plx_vignette_state state)
{
    static const char *const codes[] = {"shown", "not_linked", "few_persons", "no_order",
                                        "scales_differ"};
    return codes[state];
}

void plx_vignette_reading_free(plx_vignette_reading *reading)
{
    if (!reading)
        return;
    plx_about_clear(&reading->about);
    g_free(reading);
}

/* ---- asking ---- */

static void asked_clear(struct plx_vignettes_asked *asked)
{
    for (guint a = 0; asked->reach && a < asked->question->map->n_audiences; a++)
        plx_reach_clear(&asked->reach[a]);
    g_free(asked->reach);
    g_free(asked->heard);
    g_clear_pointer(&asked->answer, plx_answer_free);
}

static plx_filter *heard_rows(const struct plx_vignettes_asked *asked)
{
    g_autoptr(GPtrArray) any = g_ptr_array_new();
    for (guint a = 0; a < asked->question->map->n_audiences; a++)
        if (asked->heard[a])
            g_ptr_array_add(any, plx_reach_with_vignettes(&asked->reach[a], asked->question));
    return plx_filter_any((plx_filter **)any->pdata, any->len);
}

static plx_filter *vignettes_only(const plx_map *map)
{
    g_autoptr(GPtrArray) ids = g_ptr_array_new();
    for (guint i = 0; i < map->n_vignettes; i++)
        g_ptr_array_add(ids, map->points[map->n_points + i].id);
    g_ptr_array_add(ids, NULL);
    plx_filter *both[] = {plx_filter_kinds(1U << PLX_SUBJECT_POINT),
                          plx_filter_in(PLX_DIM_SUBJECT, NULL, (const char *const *)ids->pdata)};
    return plx_filter_all(both, 2);
}

static gboolean ask(struct plx_vignettes_asked *asked, plx_source *source, GError **error)
{
    const plx_map *map = asked->question->map;
    asked->reach = g_new0(struct plx_reach, map->n_audiences);
    asked->heard = g_new0(gboolean, map->n_audiences);
    for (guint a = 0; a < map->n_audiences; a++) {
        plx_reach_init(&asked->reach[a], asked->question, a);
        asked->heard[a] = asked->question->audiences[a] && !asked->reach[a].hidden;
    }
    plx_filter *placed[] = {vignettes_only(map), heard_rows(asked)};
    g_autoptr(plx_filter) of_vignettes = plx_filter_all(placed, 2);
    plx_filter *linked[] = {plx_filter_kinds(1U << PLX_SUBJECT_POINT), heard_rows(asked)};
    g_autoptr(plx_filter) of_all = plx_filter_all(linked, 2);
    const struct plx_need needs[PLX_VIGNETTE_TABLES] = {
        [PLX_VIGNETTE_PLACED] = {.kinds = PLX_NEED_COUNTS | PLX_NEED_PERSONS | PLX_NEED_CLUSTERS,
                                 .measures = 1u << PLX_MEASURE_LEVEL,
                                 .filter = of_vignettes},
        [PLX_VIGNETTE_LINKED] = {.kinds = PLX_NEED_LINKED,
                                 .measures = 1u << PLX_MEASURE_LEVEL,
                                 .filter = of_all},
    };
    return plx_source_ask(source, needs, PLX_VIGNETTE_TABLES, &asked->answer, error);
}

static gboolean check_question(const plx_question *question, const struct plx_gaps_options *options,
                               GError **error)
{
    if (question->split)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--by %s: vignettes are not split; ask for a part by --where",
                         options->by);
    if (question->measure != PLX_MEASURE_LEVEL)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--measure \"%s\": vignettes are rated by level; leave --measure out",
                         options->measure);
    if (question->map->n_vignettes == 0)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "there are no vignettes in this map: describe two or three situations, "
                         "lowest first, under \"vignettes:\" in the map, and let everybody rate "
                         "them as they rate a point");
    return TRUE;
}

/* ---- how a vignette is placed ---- */

static gboolean is_cut(const plx_question *question)
{
    return question->dated || question->n_tests > 0;
}

static void fill_voice(const struct plx_vignettes_asked *asked, const struct plx_cell *cell,
                       const struct plx_tally *tally, GPtrArray *memory,
                       struct plx_vignette_voice *voice)
{
    const struct plx_audience *audience = &asked->question->map->audiences[cell->audience];
    *voice = (struct plx_vignette_voice){.audience = cell->audience,
                                         .n = PLX_NO_COUNT,
                                         .persons = PLX_NO_COUNT,
                                         .scale = tally->scale,
                                         .k = tally->k,
                                         .mean = NAN,
                                         .ci = {NAN, NAN}};
    if (!plx_reach_allows(&asked->reach[cell->audience], tally->persons)) {
        voice->suppressed = PLX_HIDDEN_FEW;
        return;
    }
    const gboolean complete = audience->population > 0 &&
                              (gint64)tally->persons == audience->population &&
                              !is_cut(asked->question);
    gint64 *counts = plx_keep(memory, tally->k, sizeof *counts);
    for (guint v = 0; v < tally->k; v++)
        counts[v] = (gint64)tally->n[v];
    voice->n = (gint64)tally->total;
    voice->persons = (gint64)tally->persons;
    voice->counts = counts;
    voice->d = plx_tally_distribution(tally, complete, memory);
    voice->mean = plx_mean(&voice->d);
    voice->ci = plx_mean_interval(&voice->d, 0.95);
}

static void add_contrasts(plx_vignette_reading *reading, struct plx_vignette *vignette)
{
    vignette->contrasts =
        plx_keep(reading->about.memory, (gsize)vignette->n_voices * vignette->n_voices,
                 sizeof *vignette->contrasts);
    for (guint i = 0; i < vignette->n_voices; i++) {
        for (guint j = i + 1; j < vignette->n_voices; j++) {
            const struct plx_vignette_voice *a = &vignette->voices[i], *b = &vignette->voices[j];
            if (a->suppressed || b->suppressed)
                continue;
            const gboolean alike = plx_scale_same(a->scale, b->scale);
            struct plx_vignette_contrast *c = &vignette->contrasts[vignette->n_contrasts++];
            *c = (struct plx_vignette_contrast){.a = a->audience,
                                                .b = b->audience,
                                                .difference = NAN,
                                                .ci = {NAN, NAN},
                                                .ci_adjusted = {NAN, NAN},
                                                .verdict = alike ? PLX_VIGNETTE_NOT_ENOUGH
                                                                 : PLX_VIGNETTE_SCALES_DIFFER};
            reading->family_size += alike ? 1 : 0;
        }
    }
}

static const struct plx_vignette_voice *voice_of(const struct plx_vignette *vignette,
                                                 guint audience)
{
    for (guint i = 0; i < vignette->n_voices; i++)
        if (vignette->voices[i].audience == audience)
            return &vignette->voices[i];
    return NULL;
}

static void judge(const plx_vignette_reading *reading, const struct plx_vignette *vignette,
                  struct plx_vignette_contrast *c)
{
    const struct plx_vignette_voice *a = voice_of(vignette, c->a), *b = voice_of(vignette, c->b);
    if (c->verdict == PLX_VIGNETTE_SCALES_DIFFER)
        return;
    const struct plx_difference d = plx_mean_difference(&a->d, &b->d, 0.95);
    c->difference = d.difference;
    c->ci = d.ci;
    c->ci_adjusted = plx_mean_difference(&a->d, &b->d, reading->adjusted_level).ci;
    const double margin = reading->margin * (a->scale->max - a->scale->min) / 5.0;
    const enum plx_decision decision = plx_decide(c->ci_adjusted, margin);
    c->verdict = decision == PLX_DECISION_NONE     ? PLX_VIGNETTE_NOT_ENOUGH
                 : decision == PLX_DECISION_WITHIN ? PLX_VIGNETTE_SAME
                                                   : PLX_VIGNETTE_DIFFERENT;
}

/* Audiences with an answer about the vignette, in map order. */
static void read_vignette(const struct plx_vignettes_asked *asked, plx_vignette_reading *reading,
                          guint index)
{
    const plx_map *map = asked->question->map;
    const struct plx_table *table = &asked->answer->tables[PLX_VIGNETTE_PLACED];
    const struct plx_point *point = &map->points[map->n_points + index];
    struct plx_vignette *vignette = &reading->vignettes[index];
    *vignette = (struct plx_vignette){.id = point->id, .words = point->title};
    vignette->voices = plx_keep(reading->about.memory, map->n_audiences, sizeof *vignette->voices);
    for (guint i = 0; i < table->n_cells; i++) {
        const struct plx_cell *cell = &table->cells[i];
        const struct plx_subject *subject = &asked->answer->subjects[cell->subject];
        const struct plx_tally *tally = plx_cell_tally(cell, PLX_MEASURE_LEVEL);
        if (subject->map_index == (gint)(map->n_points + index) && tally && tally->total > 0)
            fill_voice(asked, cell, tally, reading->about.memory,
                       &vignette->voices[vignette->n_voices++]);
    }
    add_contrasts(reading, vignette);
}

/* ---- over all of them ---- */

static struct plx_vignette_pair *pair_of(plx_vignette_reading *reading, guint a, guint b)
{
    for (guint i = 0; i < reading->n_pairs; i++)
        if (reading->pairs[i].a == a && reading->pairs[i].b == b)
            return &reading->pairs[i];
    struct plx_vignette_pair *pair = &reading->pairs[reading->n_pairs++];
    *pair = (struct plx_vignette_pair){.a = a, .b = b, .least = NAN, .most = NAN};
    return pair;
}

static void add_to_pair(struct plx_vignette_pair *pair, const struct plx_vignette_contrast *c)
{
    if (c->verdict == PLX_VIGNETTE_SCALES_DIFFER)
        return;
    pair->same += c->verdict == PLX_VIGNETTE_SAME ? 1 : 0;
    pair->different += c->verdict == PLX_VIGNETTE_DIFFERENT ? 1 : 0;
    pair->open += c->verdict == PLX_VIGNETTE_NOT_ENOUGH ? 1 : 0;
    pair->least = isnan(pair->least) ? c->difference : MIN(pair->least, c->difference);
    pair->most = isnan(pair->most) ? c->difference : MAX(pair->most, c->difference);
}

static gint compare_pairs(const void *x, const void *y)
{
    const struct plx_vignette_pair *p = x, *q = y;
    return p->a != q->a ? (p->a > q->a) - (p->a < q->a) : (p->b > q->b) - (p->b < q->b);
}

static void read_pairs(plx_vignette_reading *reading)
{
    const gsize n = reading->about.map->n_audiences;
    reading->pairs = plx_keep(reading->about.memory, n * n, sizeof *reading->pairs);
    for (guint v = 0; v < reading->n; v++)
        for (guint i = 0; i < reading->vignettes[v].n_contrasts; i++) {
            struct plx_vignette_contrast *c = &reading->vignettes[v].contrasts[i];
            judge(reading, &reading->vignettes[v], c);
            add_to_pair(pair_of(reading, c->a, c->b), c);
        }
    qsort(reading->pairs, reading->n_pairs, sizeof *reading->pairs, compare_pairs);
    for (guint i = 0; i < reading->n_pairs; i++) {
        struct plx_vignette_pair *pair = &reading->pairs[i];
        pair->verdict = pair->different ? PLX_VIGNETTE_DIFFERENT
                        : pair->open    ? PLX_VIGNETTE_NOT_ENOUGH
                        : pair->same    ? PLX_VIGNETTE_SAME
                                        : PLX_VIGNETTE_SCALES_DIFFER;
    }
}

/* Something to show at all? Notes who is hidden. */
static gboolean check_shown(const struct plx_vignettes_asked *asked, plx_vignette_reading *reading,
                            GError **error)
{
    const plx_map *map = reading->about.map;
    guint any = 0, shown = 0;
    for (guint a = 0; a < map->n_audiences; a++) {
        gint64 hidden = 0;
        if (asked->question->audiences[a] && asked->reach[a].hidden)
            plx_about_note(&reading->about, "vignettes_hidden", (gint)a, -1,
                           plx_suppression_code(PLX_HIDDEN_FILTER));
        gint64 complete = 0;
        for (guint v = 0; v < reading->n; v++) {
            const struct plx_vignette_voice *voice = voice_of(&reading->vignettes[v], a);
            any += voice ? 1 : 0;
            shown += voice && !voice->suppressed ? 1 : 0;
            hidden += voice && voice->suppressed ? 1 : 0;
            complete += voice && !voice->suppressed && voice->d.complete ? 1 : 0;
        }
        if (complete == (gint64)reading->n)
            plx_about_note(&reading->about, "all_answered", (gint)a, map->audiences[a].population,
                           NULL);
        if (hidden)
            plx_about_note(&reading->about, "vignettes_hidden", (gint)a, hidden,
                           plx_suppression_code(PLX_HIDDEN_FEW));
    }
    if (!any)
        return plx_error(error, PLX_ERROR_NOT_FOUND,
                         "nobody rated a vignette here: let everybody rate them as they rate a "
                         "point, by level");
    return shown || plx_error(error, PLX_ERROR_NOT_SHOWN,
                              "vignettes are not shown of so few people: protected audiences need "
                              "%d, others %d",
                              PLX_MASKED_BELOW, PLX_MINIMUM_DEFAULT);
}

plx_vignette_reading *plx_vignettes_read(plx_source *source, const struct plx_gaps_options *options,
                                         GError **error)
{
    g_autoptr(plx_question) question = plx_question_new(source->map, options, error);
    if (!question || !check_question(question, options, error))
        return NULL;
    struct plx_vignettes_asked asked = {.question = question};
    g_autoptr(plx_vignette_reading) reading = NULL;
    gboolean ok = ask(&asked, source, error);
    if (ok) {
        reading = g_new0(plx_vignette_reading, 1);
        plx_about_init(&reading->about, source, question, asked.answer,
                       plx_reach_served(question, NULL));
        reading->margin = source->map->margin;
        reading->n = source->map->n_vignettes;
        reading->vignettes =
            plx_keep(reading->about.memory, reading->n, sizeof *reading->vignettes);
        for (guint i = 0; i < reading->n; i++)
            read_vignette(&asked, reading, i);
        reading->adjusted_level =
            reading->family_size ? 1 - FALSE_CLAIMS / reading->family_size : PLX_NAN;
        read_pairs(reading);
        ok = check_shown(&asked, reading, error);
    }
    if (ok)
        plx_vignettes_scale(&asked, reading);
    asked_clear(&asked);
    return ok ? g_steal_pointer(&reading) : NULL;
}
