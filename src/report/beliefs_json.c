/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/beliefs.h"

#include "report/json_parts.h"

static void write_guess(plx_json *json, const struct plx_moment *moment)
{
    const struct plx_belief *b = moment->belief;
    plx_json_begin_object(json, "guess");
    plx_json_count(json, "n", b->n);
    plx_json_count(json, "persons", b->persons);
    plx_json_number(json, "mean", b->believed);
    plx_json_interval(json, "range", b->believed_range);
    if (moment->spread)
        plx_json_integers(json, "counts", moment->spread->counts, moment->spread->k);
    else
        plx_json_null(json, "counts");
    plx_json_boolean(json, "complete", b->complete);
    plx_json_count(json, "later", moment->later);
    plx_json_string(json, "suppressed", plx_suppression_code(b->suppressed));
    plx_json_end_object(json);
}

static void write_served(plx_json *json, const struct plx_voice *voice)
{
    if (!voice) {
        plx_json_null(json, "served");
        return;
    }
    plx_json_begin_object(json, "served");
    plx_json_count(json, "n", voice->n);
    plx_json_count(json, "persons", voice->persons);
    plx_json_number(json, "share", voice->desired_share);
    plx_json_interval(json, "ci", voice->desired_ci);
    plx_json_scale(json, voice->scale);
    if (voice->counts)
        plx_json_integers(json, "counts", voice->counts, voice->k);
    else
        plx_json_null(json, "counts");
    plx_json_boolean(json, "complete", voice->complete);
    plx_json_boolean(json, "rounded", voice->rounded);
    plx_json_string(json, "label", voice->label);
    plx_json_string(json, "suppressed", plx_suppression_code(voice->suppressed));
    plx_json_end_object(json);
}

static void write_place(plx_json *json, const struct plx_gaps_point *point)
{
    plx_json_string(json, "point", point->point);
    plx_json_string(json, "title", point->title);
    plx_json_string(json, "journey", point->journey);
    plx_json_string(json, "transaction", point->transaction);
}

static void write_moment(plx_json *json, const struct plx_moment *moment)
{
    plx_json_begin_object(json, NULL);
    write_place(json, moment->point);
    write_guess(json, moment);
    write_served(json, moment->served);
    plx_json_number(json, "difference", moment->belief->difference);
    plx_json_interval(json, "ci", moment->belief->ci);
    plx_json_string(json, "verdict", plx_verdict_code(moment->belief->verdict));
    plx_json_end_object(json);
}

static void write_named(plx_json *json, const char *key, const struct plx_beliefs_group *group,
                        const guint *which, guint n)
{
    plx_json_begin_array(json, key);
    for (guint i = 0; i < n; i++)
        plx_json_string(json, NULL, group->moments[which[i]].point->point);
    plx_json_end_array(json);
}

static void write_ranking(plx_json *json, const struct plx_ranking *ranking)
{
    if (!ranking) {
        plx_json_null(json, "ranking");
        return;
    }
    plx_json_begin_object(json, "ranking");
    plx_json_count(json, "persons", ranking->persons);
    plx_json_integer(json, "points", ranking->points);
    plx_json_number(json, "tau_pooled", ranking->tau_pooled);
    plx_json_number(json, "tau_mean", ranking->tau_mean);
    plx_json_string(json, "suppressed", plx_suppression_code(ranking->suppressed));
    plx_json_end_object(json);
}

static void write_group(plx_json *json, const struct plx_beliefs_group *group)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "key", group->key);
    plx_json_begin_array(json, "moments");
    for (guint i = 0; i < group->n_moments; i++)
        write_moment(json, &group->moments[i]);
    plx_json_end_array(json);
    write_named(json, "furthest", group, group->furthest, group->n_furthest);
    write_named(json, "seen_rightly", group, group->right, group->n_right);
    write_ranking(json, group->ranking);
    plx_json_begin_array(json, "not_guessed");
    for (guint i = 0; i < group->n_unguessed; i++) {
        plx_json_begin_object(json, NULL);
        write_place(json, group->unguessed[i]);
        plx_json_end_object(json);
    }
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_beliefs_json(const plx_beliefs *beliefs, GString *out)
{
    const plx_gaps *gaps = beliefs->gaps;
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "schema", "parallax.beliefs/1");
    plx_json_question(json, gaps);
    plx_json_people(json, gaps);
    plx_json_string(json, "guessed_by", beliefs->by < 0 ? NULL : gaps->audiences[beliefs->by]);
    plx_json_string(json, "about", beliefs->about < 0 ? NULL : gaps->audiences[beliefs->about]);
    plx_json_number(json, "belief_margin", gaps->belief_margin);
    plx_json_headline(json, gaps);
    plx_json_begin_array(json, "groups");
    for (guint i = 0; i < beliefs->n_groups; i++)
        write_group(json, &beliefs->groups[i]);
    plx_json_end_array(json);
    plx_json_notes(json, gaps);
    plx_json_end_object(json);
    if (!out->len || out->str[out->len - 1] != '\n')
        g_string_append_c(out, '\n');
}
