/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/csv.h"
#include "map/map_write.h"

static void add_cell(GString *out, const char *text)
{
    if (text)
        plx_csv_append_safe(out, text, ',');
    g_string_append_c(out, ',');
}

/* "see; hear" */
static char *senses_text(guint senses)
{
    GString *text = g_string_new(NULL);
    for (guint bit = PLX_SENSE_SEE; bit <= PLX_SENSE_FEEL; bit <<= 1)
        if (senses & bit)
            g_string_append_printf(text, "%s%s", text->len > 0 ? "; " : "",
                                   plx_sense_name((enum plx_sense)bit));
    return g_string_free(text, FALSE);
}

static void add_row(const plx_map *map, const struct plx_point *point, GString *out)
{
    const struct plx_journey *journey = &map->journeys[point->journey];
    g_autofree char *senses = senses_text(point->senses);
    g_autofree char *channels = point->channels ? g_strjoinv("; ", point->channels) : NULL;
    add_cell(out, journey->title);
    add_cell(out, journey->transactions[point->transaction].title);
    add_cell(out, point->id);
    add_cell(out, point->title);
    add_cell(out, senses);
    add_cell(out, channels);
    add_cell(out, plx_value_name(point->value));
    if (point->target > 0)
        g_string_append_printf(out, "%d", point->target);
    add_cell(out, NULL);
    add_cell(out, plx_effort_name(point->effort));
    for (guint i = 0; i < PLX_LEVELS; i++)
        add_cell(out, point->levels ? point->levels[i] : NULL);
    out->str[out->len - 1] = '\n'; /* in place of the last comma */
}

void plx_map_write_csv(const plx_map *map, GString *out)
{
    g_string_append(out, "journey,transaction,point,title,senses,channels,value,target,effort,"
                         "level_1,level_2,level_3,level_4,level_5,level_6\n");
    for (guint i = 0; i < map->n_points; i++)
        add_row(map, &map->points[i], out);
}
