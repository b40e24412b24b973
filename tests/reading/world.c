/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "base/error.h"
#include "map/map_file.h"

#include <string.h>

static const char header[] =
    "audience,respondent,time,point,place,channel,level,believed,predicted,"
    "expected,seen,group_size,workshop\n";

world *world_new(void)
{
    world *w = g_new0(world, 1);
    w->map = plx_map_new_open();
    w->csv = g_string_new(header);
    return w;
}

world *world_new_map(const char *yaml)
{
    world *w = g_new0(world, 1);
    g_autoptr(GError) error = NULL;
    w->map = plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error);
    g_assert_no_error(error);
    w->csv = g_string_new(header);
    return w;
}

void world_free(world *w)
{
    plx_source_free(w->source);
    plx_map_free(w->map);
    g_string_free(w->csv, TRUE);
    g_free(w);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

void world_add(world *w, struct world_row row, guint times)
{
    for (guint i = 0; i < times; i++) {
        g_autofree char *who = row.who ? g_strdup(row.who) : g_strdup_printf("p%u", w->persons++);
        const char *cells[] = {or_empty(row.audience),  who,
                               or_empty(row.time),      or_empty(row.point),
                               or_empty(row.place),     or_empty(row.channel),
                               or_empty(row.level),     or_empty(row.believed),
                               or_empty(row.predicted), or_empty(row.expected),
                               or_empty(row.seen),      or_empty(row.group_size),
                               or_empty(row.workshop)};
        for (guint c = 0; c < G_N_ELEMENTS(cells); c++)
            g_string_append_printf(w->csv, "%s%s", c ? "," : "", cells[c]);
        g_string_append_c(w->csv, '\n');
    }
}

void world_levels(world *w, const char *audience, const char *point, const guint counts[6])
{
    for (guint i = 0; i < 6; i++) {
        const char level[2] = {(char)('1' + i), 0};
        world_add(w, (struct world_row){.audience = audience, .point = point, .level = level},
                  counts[i]);
    }
}

plx_source *world_source(world *w)
{
    if (!w->source)
        w->source = fake_source_new(w->map, w->csv->str);
    return w->source;
}

plx_gaps *world_read(world *w, const struct plx_gaps_options *options)
{
    static const struct plx_gaps_options plain = {0};
    g_autoptr(GError) error = NULL;
    plx_gaps *gaps = plx_gaps_read(world_source(w), options ? options : &plain, &error);
    g_assert_no_error(error);
    g_assert_nonnull(gaps);
    return gaps;
}

void world_fails(world *w, const struct plx_gaps_options *options, int code, const char *message)
{
    static const struct plx_gaps_options plain = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_gaps) gaps = plx_gaps_read(world_source(w), options ? options : &plain, &error);
    g_assert_null(gaps);
    g_assert_error(error, PLX_ERROR, code);
    if (message)
        g_assert_cmpstr(error->message, ==, message);
}

static gint audience_of(const plx_gaps *gaps, const char *id)
{
    for (guint a = 0; a < gaps->n_audiences; a++)
        if (strcmp(gaps->audiences[a], id) == 0)
            return (gint)a;
    return -1;
}

const struct plx_gaps_point *world_point(const plx_gaps *gaps, const char *key, const char *point)
{
    for (guint g = 0; g < gaps->n_groups; g++) {
        if (g_strcmp0(gaps->groups[g].key, key) != 0)
            continue;
        for (guint p = 0; p < gaps->groups[g].n_points; p++)
            if (strcmp(gaps->groups[g].points[p].point, point) == 0)
                return &gaps->groups[g].points[p];
    }
    return NULL;
}

const struct plx_voice *world_voice(const plx_gaps *gaps, const char *key, const char *point,
                                    const char *audience)
{
    const struct plx_gaps_point *p = world_point(gaps, key, point);
    for (guint i = 0; p && i < p->n_voices; i++)
        if ((gint)p->voices[i].audience == audience_of(gaps, audience))
            return &p->voices[i];
    return NULL;
}

const struct plx_gap *world_gap(const plx_gaps *gaps, const char *point, const char *a,
                                const char *b)
{
    const struct plx_gaps_point *p = world_point(gaps, NULL, point);
    for (guint i = 0; p && i < p->n_gaps; i++)
        if ((gint)p->gaps[i].a == audience_of(gaps, a) &&
            (gint)p->gaps[i].b == audience_of(gaps, b))
            return &p->gaps[i];
    return NULL;
}

const struct plx_belief *world_belief(const plx_gaps *gaps, const char *point, const char *by)
{
    const struct plx_gaps_point *p = world_point(gaps, NULL, point);
    for (guint i = 0; p && i < p->n_beliefs; i++)
        if ((gint)p->beliefs[i].by == audience_of(gaps, by))
            return &p->beliefs[i];
    return NULL;
}

const struct plx_gaps_note *world_note(const plx_gaps *gaps, const char *code, const char *audience)
{
    for (guint i = 0; i < gaps->n_notes; i++)
        if (strcmp(gaps->notes[i].code, code) == 0 &&
            (!audience || gaps->notes[i].audience == audience_of(gaps, audience)))
            return &gaps->notes[i];
    return NULL;
}
