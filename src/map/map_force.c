/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a map means where it says nothing. */
#include "map/builtin.h"
#include "map/map_json.h"

static void write_audience(const struct plx_audience *audience, plx_json *json)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "id", audience->id);
    plx_json_string(json, "title", audience->title);
    plx_json_boolean(json, "built_in", plx_builtin_is_audience(audience->id));
    plx_json_boolean(json, "served", audience->served);
    plx_json_boolean(json, "protected", audience->protected_);
    plx_json_boolean(json, "named", audience->named);
    if (audience->population > 0)
        plx_json_integer(json, "population", audience->population);
    else
        plx_json_null(json, "population");
    plx_json_integer(json, "minimum", audience->minimum);
    plx_json_string(json, "identity", plx_identity_name((int)audience->identity));
    plx_json_string(json, "scale", audience->scale->id);
    plx_json_end_object(json);
}

static void write_labels(const char *key, char *const *labels, plx_json *json)
{
    if (labels)
        plx_json_texts(json, key, (const char *const *)labels);
    else
        plx_json_null(json, key);
}

static void write_cut(const char *key, gint8 cut, plx_json *json)
{
    if (cut == PLX_NO_CUT)
        plx_json_null(json, key);
    else
        plx_json_integer(json, key, cut);
}

static void write_scale(const struct plx_scale *scale, plx_json *json)
{
    plx_json_begin_object(json, NULL);
    plx_json_string(json, "id", scale->id);
    plx_json_boolean(json, "built_in", plx_builtin_is_scale(scale->id));
    plx_json_integer(json, "min", scale->min);
    plx_json_integer(json, "max", scale->max);
    write_cut("floor", scale->floor, json);
    write_cut("met", scale->met, json);
    write_cut("desired", scale->desired, json);
    write_cut("top", scale->top, json);
    plx_json_string(json, "direction", scale->down ? "down" : "up");
    write_labels("words", scale->words, json);
    write_labels("sentences", scale->sentences, json);
    plx_json_end_object(json);
}

void plx_map_force_json(plx_json *json, const plx_map *map)
{
    plx_json_begin_object(json, "in_force");
    plx_json_string(json, "language", map->language);
    plx_json_begin_array(json, "audiences");
    for (guint i = 0; i < map->n_audiences; i++)
        write_audience(&map->audiences[i], json);
    plx_json_end_array(json);
    plx_json_begin_array(json, "scales");
    for (guint i = 0; i < map->n_scales; i++)
        write_scale(map->scales[i], json);
    plx_json_end_array(json);
    plx_json_end_object(json);
}
