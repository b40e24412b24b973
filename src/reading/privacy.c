/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/privacy.h"

#include "base/date.h"
#include "base/error.h"
#include "reading/headline.h"
#include "reading/suppress.h"

#include <math.h>
#include <string.h>

static const struct plx_interval none = {NAN, NAN};

static double half(double level)
{
    return round(level * 2) / 2;
}

static double tenth(double share)
{
    return round(share * 10) / 10;
}

/* What making the released form needs at hand. */
struct release {
    const struct plx_exact *exact;
    plx_gaps *gaps;
    gint *index; /* of a map audience in gaps->audiences */
    guint shown;
    guint hidden;
};

static const char *copy(struct release *r, const char *text)
{
    if (!text)
        return NULL;
    char *kept = g_strdup(text);
    g_ptr_array_add(r->gaps->memory, kept);
    return kept;
}

static gboolean masks(const struct release *r, guint audience, gint64 persons)
{
    return persons < PLX_MASKED_BELOW && plx_is_masked(&r->exact->map->audiences[audience]);
}

/* Everything null: counts, means, shares, intervals. */
static void blank_voice(struct plx_voice *v)
{
    v->persons = v->na = v->declined = v->not_asked = PLX_NO_COUNT;
    v->counts = NULL;
    v->weights = NULL;
    v->n_eff = v->mean = v->median = v->interpolated_median = NAN;
    v->floor_share = v->met_share = v->desired_share = v->top_share = v->agreement = NAN;
    v->mean_ci = v->floor_ci = v->met_ci = v->desired_ci = v->mean_range = none;
}

static void release_voice(struct release *r, const struct plx_exact_voice *voice,
                          struct plx_voice *out)
{
    const struct plx_voice *v = &voice->v;
    *out = *v;
    out->audience = (guint)r->index[v->audience];
    out->label = copy(r, v->label);
    if (v->suppressed) {
        blank_voice(out);
        out->n = PLX_NO_COUNT;
        out->complete = FALSE;
        r->hidden++;
        return;
    }
    r->shown++;
    if (v->rounded) {
        blank_voice(out);
        if (voice->unanimous)
            return;
        out->persons = v->persons;
        out->mean = plx_coarse(v->mean, v->scale);
        out->floor_share = tenth(v->floor_share);
        out->met_share = tenth(v->met_share);
        out->desired_share = tenth(v->desired_share);
        out->top_share = tenth(v->top_share);
        return;
    }
    out->counts = plx_keep(r->gaps->memory, v->k, sizeof *out->counts);
    memcpy(out->counts, v->counts, v->k * sizeof *out->counts);
    if (v->weights) {
        out->weights = plx_keep(r->gaps->memory, v->k, sizeof *out->weights);
        memcpy(out->weights, v->weights, v->k * sizeof *out->weights);
    }
}

static double shown_mean(const struct plx_exact_voice *voice)
{
    return voice->v.rounded ? plx_coarse(voice->v.mean, voice->v.scale) : voice->v.mean;
}

static void release_gap(struct release *r, const struct plx_exact_gap *gap, struct plx_gap *out)
{
    *out = gap->g;
    out->a = (guint)r->index[gap->g.a];
    out->b = (guint)r->index[gap->g.b];
    out->answers_of = (guint)r->index[gap->g.answers_of];
    if (!gap->va->v.rounded && !gap->vb->v.rounded)
        return;
    const gboolean unanimous =
        (gap->va->v.rounded && gap->va->unanimous) || (gap->vb->v.rounded && gap->vb->unanimous);
    const gboolean same = out->verdict != PLX_VERDICT_SCALES_DIFFER;
    out->difference = unanimous || !same ? NAN : shown_mean(gap->va) - shown_mean(gap->vb);
    out->ci = out->ci_adjusted = out->superiority_ci = none;
    out->superiority = out->cliff_delta = out->p = NAN;
    out->p_method = NULL;
    out->half_width = out->answers_needed = NAN;
    if (unanimous)
        out->verdict = PLX_VERDICT_NONE;
}

static void release_belief(struct release *r, const struct plx_exact_point *point,
                           const struct plx_exact_belief *belief, struct plx_belief *out)
{
    *out = belief->b;
    out->by = (guint)r->index[belief->b.by];
    out->about = (guint)r->index[belief->b.about];
    if (out->suppressed) {
        out->n = out->persons = out->served_n = PLX_NO_COUNT;
        out->believed = out->served = out->difference = NAN;
        out->believed_range = out->served_ci = out->ci = none;
        out->complete = FALSE;
        out->verdict = PLX_VERDICT_NONE;
        r->hidden++;
        return;
    }
    r->shown++;
    for (guint i = 0; i < point->n_voices; i++) { /* of a served audience that is protected too */
        const struct plx_exact_voice *v = &point->voices[i];
        if (v->v.audience != belief->b.about || !v->v.rounded || isnan(out->served))
            continue;
        out->served = v->unanimous ? NAN : tenth(out->served);
        out->difference = out->believed - out->served;
        out->served_ci = out->ci = none;
        out->verdict = v->unanimous ? PLX_VERDICT_NONE : out->verdict;
    }
    const gint64 rest = belief->rest > 0 ? belief->rest : G_MAXINT64;
    if (!masks(r, belief->b.by, MIN(belief->b.persons, rest)))
        return;
    out->believed_range = out->ci = none;
    out->believed = belief->unanimous ? NAN : tenth(out->believed);
    out->difference = out->believed - out->served;
    if (belief->unanimous) {
        out->persons = PLX_NO_COUNT;
        out->verdict = PLX_VERDICT_NONE;
    }
}

static void release_prediction(struct release *r, const struct plx_exact_point *point,
                               const struct plx_prediction *p, gboolean alike,
                               struct plx_prediction *out)
{
    *out = *p;
    out->by = (guint)r->index[p->by];
    out->about = (guint)r->index[p->about];
    gboolean about_masked = FALSE, about_alike = FALSE;
    for (guint i = 0; i < point->n_voices; i++) {
        const struct plx_exact_voice *v = &point->voices[i];
        if (v->v.audience != p->about || !v->v.rounded)
            continue;
        about_masked = TRUE;
        about_alike = v->unanimous;
    }
    if (!p->suppressed && !masks(r, p->by, p->persons) && !about_masked) {
        r->shown++;
        return;
    }
    out->rps = out->rps_individual = out->wasserstein = NAN;
    out->bias_ci = none;
    if (p->suppressed) {
        out->n = out->persons = PLX_NO_COUNT;
        out->mean_predicted = out->mean_observed = out->bias = NAN;
        r->hidden++;
        return;
    }
    r->shown++;
    if (about_masked)
        out->mean_observed = about_alike ? NAN : half(p->mean_observed);
    if (masks(r, p->by, p->persons)) {
        out->persons = alike ? PLX_NO_COUNT : p->persons;
        out->mean_predicted = alike ? NAN : half(p->mean_predicted);
    }
    out->bias = out->mean_predicted - out->mean_observed;
}

static void release_expectation(struct release *r, const struct plx_expectation *e,
                                double mean_level, gboolean alike, struct plx_expectation *out)
{
    *out = *e;
    out->audience = (guint)r->index[e->audience];
    const gboolean masked = masks(r, e->audience, e->persons);
    if (!e->suppressed && !masked)
        return;
    out->ci = none;
    out->t = out->df = out->p = NAN;
    if (masked && !e->suppressed && !alike) {
        out->mean_expected = half(e->mean_expected);
        out->mean_difference = half(mean_level) - out->mean_expected;
        out->below = tenth(e->below);
        out->met = tenth(e->met);
        out->exceeded = tenth(e->exceeded);
        return;
    }
    out->n = e->suppressed ? PLX_NO_COUNT : e->n;
    out->persons = PLX_NO_COUNT;
    out->mean_expected = out->mean_difference = out->below = out->met = out->exceeded = NAN;
}

static void release_place(struct release *r, const struct plx_subject *subject,
                          struct plx_gaps_point *out)
{
    const plx_map *map = r->exact->map;
    out->point = copy(r, subject->id);
    out->title = copy(r, subject->title);
    out->map_point = subject->kind == PLX_SUBJECT_POINT ? subject->map_index : -1;
    if (subject->map_index < 0 || map->n_journeys == 0)
        return;
    const struct plx_point *point =
        subject->kind == PLX_SUBJECT_POINT ? &map->points[subject->map_index] : NULL;
    const struct plx_journey *journey =
        &map->journeys[point ? point->journey : (guint)subject->map_index];
    out->journey = journey->id;
    out->journey_title = journey->title;
    if (!point)
        return;
    out->transaction = journey->transactions[point->transaction].id;
    out->transaction_title = journey->transactions[point->transaction].title;
}

static void release_point(struct release *r, const struct plx_exact_point *point,
                          struct plx_gaps_point *out)
{
    GPtrArray *memory = r->gaps->memory;
    const struct plx_exact_foresight *f = &point->foresight;
    release_place(r, point->subject, out);
    out->n_voices = point->n_voices;
    out->voices = plx_keep(memory, point->n_voices, sizeof *out->voices);
    for (guint i = 0; i < point->n_voices; i++)
        release_voice(r, &point->voices[i], &out->voices[i]);
    out->n_gaps = point->n_gaps;
    out->gaps = plx_keep(memory, point->n_gaps, sizeof *out->gaps);
    for (guint i = 0; i < point->n_gaps; i++)
        release_gap(r, &point->gaps[i], &out->gaps[i]);
    out->n_beliefs = point->n_beliefs;
    out->beliefs = plx_keep(memory, point->n_beliefs, sizeof *out->beliefs);
    for (guint i = 0; i < point->n_beliefs; i++)
        release_belief(r, point, &point->beliefs[i], &out->beliefs[i]);
    out->n_predictions = f->n_predictions;
    out->predictions = plx_keep(memory, f->n_predictions, sizeof *out->predictions);
    for (guint i = 0; i < f->n_predictions; i++)
        release_prediction(r, point, &f->predictions[i], f->predicted_alike[i],
                           &out->predictions[i]);
    out->n_expectations = f->n_expectations;
    out->expectations = plx_keep(memory, f->n_expectations, sizeof *out->expectations);
    for (guint i = 0; i < f->n_expectations; i++)
        release_expectation(r, &f->expectations[i], f->expected_mean_level[i], f->expected_alike[i],
                            &out->expectations[i]);
}

/* How one ranks says much of few people: shown from ten on. */
static void release_ranking(struct release *r, const struct plx_ranking *ranking,
                            struct plx_ranking *out)
{
    const struct plx_audience *by = &r->exact->map->audiences[ranking->by];
    *out = *ranking;
    out->by = (guint)r->index[ranking->by];
    out->about = (guint)r->index[ranking->about];
    if (ranking->persons < plx_minimum(by))
        out->suppressed = PLX_HIDDEN_FEW;
    if (out->suppressed || masks(r, ranking->by, ranking->persons))
        out->tau_mean = out->tau_pooled = NAN;
    if (out->suppressed)
        out->persons = PLX_NO_COUNT;
}

static void release_groups(struct release *r)
{
    plx_gaps *gaps = r->gaps;
    gaps->n_groups = r->exact->n_groups;
    gaps->groups = plx_keep(gaps->memory, gaps->n_groups, sizeof *gaps->groups);
    const char *const first = gaps->n_groups ? r->exact->groups[0].key : NULL;
    for (guint g = 0; g < gaps->n_groups; g++) {
        const struct plx_exact_group *group =
            &r->exact->groups[plx_group_read(first, gaps->n_groups, g)];
        struct plx_gaps_group *out = &gaps->groups[g];
        out->key = copy(r, group->key);
        out->n_points = group->n_points;
        out->points = plx_keep(gaps->memory, group->n_points, sizeof *out->points);
        for (guint p = 0; p < group->n_points; p++)
            release_point(r, &group->points[p], &out->points[p]);
        out->n_rankings = group->n_rankings;
        out->rankings = plx_keep(gaps->memory, group->n_rankings, sizeof *out->rankings);
        for (guint i = 0; i < group->n_rankings; i++)
            release_ranking(r, &group->rankings[i], &out->rankings[i]);
    }
}

static gboolean has_data(const struct plx_exact *exact, guint audience)
{
    const struct plx_side *side = &exact->collected->sides[audience];
    if (side->hidden || (side->asked && plx_side_has_rows(side)))
        return TRUE;
    for (guint g = 0; g < exact->n_groups; g++) {
        for (guint p = 0; p < exact->groups[g].n_points; p++) {
            const struct plx_exact_point *point = &exact->groups[g].points[p];
            for (guint i = 0; i < point->n_voices; i++)
                if (point->voices[i].v.audience == audience)
                    return TRUE;
            for (guint i = 0; i < point->n_beliefs; i++)
                if (point->beliefs[i].b.by == audience || point->beliefs[i].b.about == audience)
                    return TRUE;
            for (guint i = 0; i < point->foresight.n_predictions; i++)
                if (point->foresight.predictions[i].by == audience ||
                    point->foresight.predictions[i].about == audience)
                    return TRUE;
        }
    }
    return FALSE;
}

static void release_audiences(struct release *r)
{
    const plx_map *map = r->exact->map;
    const plx_question *q = r->exact->question;
    plx_gaps *gaps = r->gaps;
    gboolean all = TRUE;
    for (guint a = 0; a < map->n_audiences; a++)
        all = all && q->audiences[a];
    r->index = plx_keep(gaps->memory, map->n_audiences, sizeof *r->index);
    gaps->audiences = plx_keep(gaps->memory, map->n_audiences, sizeof *gaps->audiences);
    gaps->audience_titles = plx_keep(gaps->memory, map->n_audiences, sizeof(char *));
    gaps->served = plx_keep(gaps->memory, map->n_audiences, sizeof *gaps->served);
    for (guint a = 0; a < map->n_audiences; a++) {
        r->index[a] = -1;
        if (!q->audiences[a] || (all && !has_data(r->exact, a)))
            continue;
        const guint at = gaps->n_audiences++;
        r->index[a] = (gint)at;
        gaps->audiences[at] = map->audiences[a].id;
        gaps->audience_titles[at] = map->audiences[a].title;
        gaps->served[at] = map->audiences[a].served;
    }
}

static void release_frame(struct release *r, const char *name)
{
    const struct plx_exact *exact = r->exact;
    const plx_question *q = exact->question;
    const struct plx_answer *answer = exact->collected->answer;
    plx_gaps *gaps = r->gaps;
    char date[PLX_DATE_SIZE];
    gaps->source = copy(r, name);
    gaps->map = exact->map;
    gaps->measure = exact->map->measures[q->measure].id;
    gaps->asked_since = copy(r, q->since_text);
    gaps->asked_until = copy(r, q->until_text);
    if (answer->has_days) {
        gaps->data_since = copy(r, plx_date_format(answer->first_day, date));
        gaps->data_until = copy(r, plx_date_format(answer->last_day, date));
    }
    gaps->n_where = q->n_tests;
    gaps->where = plx_keep(gaps->memory, q->n_tests, sizeof *gaps->where);
    for (guint i = 0; i < q->n_tests; i++)
        gaps->where[i] = copy(r, q->where[i]);
    gaps->by = q->split ? copy(r, q->by.name) : NULL;
    gaps->observations = (gint64)answer->observations;
    gaps->encounters = (gint64)answer->encounters;
    gaps->respondents = (gint64)answer->respondents;
    gaps->encounters_unknown = (gint64)answer->encounters_unknown;
    gaps->rejected = (gint64)answer->rejected;
    gaps->family_size = exact->family_size;
    gaps->adjusted_level = exact->adjusted_level;
    gaps->margin = exact->margin;
    gaps->belief_margin = 0.1;
}

static void release_notes(struct release *r)
{
    plx_gaps *gaps = r->gaps;
    gaps->notes = plx_keep(gaps->memory, r->exact->notes->len, sizeof *gaps->notes);
    for (guint i = 0; i < r->exact->notes->len; i++) {
        const struct plx_gaps_note *note = &g_array_index(r->exact->notes, struct plx_gaps_note, i);
        if (note->audience >= 0 && r->index[note->audience] < 0)
            continue; /* of somebody who is not in the document */
        gaps->notes[gaps->n_notes++] = (struct plx_gaps_note){
            copy(r, note->code), note->audience < 0 ? -1 : r->index[note->audience], note->count,
            copy(r, note->detail)};
    }
}

/* The first audience that is hidden everywhere for being few, from its note. */
static const struct plx_gaps_note *hidden_note(const plx_gaps *gaps)
{
    for (guint i = 0; i < gaps->n_notes; i++)
        if (strcmp(gaps->notes[i].code, "audience_hidden") == 0 && gaps->notes[i].audience >= 0 &&
            !gaps->served[gaps->notes[i].audience])
            return &gaps->notes[i];
    return NULL;
}

static gboolean nothing_shown(const plx_gaps *gaps, GError **error)
{
    g_autoptr(GString) why = g_string_new(NULL);
    for (guint i = 0; i < gaps->n_notes; i++) {
        const struct plx_gaps_note *note = &gaps->notes[i];
        const char *audience = note->audience >= 0 ? gaps->audiences[note->audience] : "";
        if (strcmp(note->code, "months_joined") == 0)
            g_string_append_printf(why, "; %s: too few in the months asked for alone, ask for %s",
                                   audience, note->detail);
        if (strcmp(note->code, "audience_hidden") == 0)
            plx_few_words(audience, note->count, note->detail, why);
        else if (strcmp(note->code, "filter_not_allowed") == 0)
            g_string_append_printf(why, "; %s is protected: %s", audience,
                                   strcmp(note->detail, "keys") == 0
                                       ? "at most one key besides place"
                                   : strcmp(note->detail, "week") == 0
                                       ? "split by month, not by week"
                                       : "no whole months inside these dates have enough persons");
    }
    if (why->len == 0)
        g_string_append(why, "; every group has too few persons, or would give one away");
    return plx_error(error, PLX_ERROR_NOT_SHOWN, "nothing that was asked for may be shown%s",
                     why->str);
}

/* By released audience; -1 where only some of the points were asked for. */
static const gint64 *persons_of(const struct release *r, gboolean guessed)
{
    const plx_question *q = r->exact->question;
    gboolean some = q->point != NULL;
    for (guint i = 0; i < q->n_tests; i++)
        some = some || q->tests[i].key.kind == PLX_KEY_POINT ||
               q->tests[i].key.kind == PLX_KEY_TRANSACTION;
    gint64 *persons = plx_keep(r->gaps->memory, r->gaps->n_audiences, sizeof *persons);
    for (guint a = 0; a < r->exact->map->n_audiences; a++)
        if (r->index[a] >= 0)
            persons[r->index[a]] =
                some ? -1 : plx_collected_persons(r->exact->collected, a, guessed);
    return persons;
}

plx_gaps *plx_privacy_release(const struct plx_exact *exact, const char *name, GError **error)
{
    g_autoptr(plx_gaps) gaps = g_new0(plx_gaps, 1);
    gaps->memory = g_ptr_array_new_with_free_func(g_free);
    struct release r = {.exact = exact, .gaps = gaps};
    release_audiences(&r);
    release_frame(&r, name);
    release_groups(&r);
    release_notes(&r);
    for (guint a = 0; a < exact->map->n_audiences; a++)
        r.hidden += exact->collected->sides[a].hidden != PLX_SHOWN;
    if (r.shown == 0 && r.hidden > 0) {
        nothing_shown(gaps, error);
        return NULL;
    }
    const struct plx_gaps_note *hidden = hidden_note(gaps);
    const struct plx_headline_persons persons = {persons_of(&r, FALSE), persons_of(&r, TRUE)};
    plx_headline_fill(gaps, hidden ? hidden->audience : -1, hidden ? hidden->count : 0,
                      hidden ? g_ascii_strtoll(hidden->detail, NULL, 10) : 0, &persons);
    return g_steal_pointer(&gaps);
}
