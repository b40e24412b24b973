/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/about.h"
#include "report/json_parts.h"
#include "report/promises.h"

static void write_share(plx_json *json, const char *key, const struct plx_promise_share *share)
{
    plx_json_begin_object(json, key);
    plx_json_count(json, "n", share->n);
    plx_json_count(json, "persons", share->persons);
    plx_json_number(json, "share", share->share);
    plx_json_interval(json, "ci", share->ci);
    plx_json_string(json, "suppressed", plx_suppression_code(share->suppressed));
    plx_json_end_object(json);
}

static void write_levels(plx_json *json, const char *key, const struct plx_promise_levels *levels)
{
    plx_json_begin_object(json, key);
    write_share(json, "floor", &levels->floor);
    write_share(json, "below", &levels->below);
    plx_json_end_object(json);
}

static void write_difference(plx_json *json, const char *key,
                             const struct plx_promise_difference *difference)
{
    plx_json_begin_object(json, key);
    plx_json_number(json, "difference", difference->difference);
    plx_json_interval(json, "ci", difference->ci);
    plx_json_end_object(json);
}

static void write_voice(plx_json *json, const plx_map *map, const struct plx_promise_voice *voice)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "audience", map->audiences[voice->audience].id);
    write_share(json, "known", &voice->known);
    write_share(json, "kept", &voice->kept);
    write_share(json, "kept_known", &voice->kept_known);
    plx_json_end_object(json);
}

static void write_channel(plx_json *json, const struct plx_promise_channel *channel)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "channel", channel->channel);
    write_share(json, "known", &channel->known);
    write_share(json, "kept", &channel->kept);
    plx_json_string(json, "kept_verdict", plx_promise_verdict_code(channel->kept_verdict));
    plx_json_interval(json, "kept_ci_adjusted", channel->kept_adjusted);
    plx_json_begin_object(json, "others");
    plx_json_number(json, "difference", channel->others.difference);
    plx_json_interval(json, "ci", channel->others.ci);
    plx_json_interval(json, "ci_adjusted", channel->others_adjusted);
    plx_json_string(json, "verdict", plx_promise_verdict_code(channel->others_verdict));
    plx_json_end_object(json);
    write_levels(json, "levels", &channel->levels);
    plx_json_end_object(json);
}

static void write_promise(plx_json *json, const plx_map *map,
                          const struct plx_promise_reading *promise)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "promise", promise->promise);
    plx_json_string(json, "title", promise->title);
    plx_json_string(json, "where", promise->where);
    plx_json_string(json, "since", promise->since);
    plx_json_begin_array(json, "points");
    for (guint i = 0; i < promise->n_points; i++)
        plx_json_string(json, NULL, promise->points[i]);
    plx_json_end_array(json);
    plx_json_string(json, "verdict", plx_promise_verdict_code(promise->verdict));
    plx_json_string(json, "known_verdict", plx_promise_verdict_code(promise->known_verdict));
    plx_json_interval(json, "known_ci_adjusted", promise->known_adjusted);
    plx_json_string(json, "kept_verdict", plx_promise_verdict_code(promise->kept_verdict));
    plx_json_interval(json, "kept_ci_adjusted", promise->kept_adjusted);
    plx_json_begin_array(json, "voices");
    for (guint i = 0; i < promise->n_voices; i++)
        write_voice(json, map, &promise->voices[i]);
    plx_json_end_array(json);
    write_levels(json, "levels", &promise->levels);
    write_levels(json, "before", &promise->before);
    write_levels(json, "after", &promise->after);
    write_difference(json, "floor_change", &promise->floor_change);
    write_difference(json, "below_change", &promise->below_change);
    plx_json_begin_array(json, "channels");
    for (guint i = 0; i < promise->n_channels; i++)
        write_channel(json, &promise->channels[i]);
    plx_json_end_array(json);
    plx_json_end_object(json);
}

void plx_promises_json(const plx_promises *promises, GString *out)
{
    g_autoptr(plx_json) json = plx_json_new(out);
    plx_json_begin_object(json, NULL);
    plx_about_json(json, &promises->about, "promises");
    plx_json_number(json, "kept_line", PLX_KEPT_LINE);
    plx_json_number(json, "known_line", PLX_KNOWN_LINE);
    plx_json_number(json, "channel_margin", PLX_CHANNEL_MARGIN);
    plx_json_integer(json, "family_size", promises->family_size);
    plx_json_number(json, "adjusted_level", promises->adjusted_level);
    plx_json_string(json, "method", "wilson_newcombe_cluster_robust, false coverage rate 0.05");
    plx_json_begin_array(json, "promises");
    for (guint i = 0; i < promises->n_promises; i++)
        write_promise(json, promises->about.map, &promises->promises[i]);
    plx_json_end_array(json);
    plx_about_json_notes(json, &promises->about);
    plx_json_end_object(json);
}
