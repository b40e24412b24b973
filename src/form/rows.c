/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/rows.h"

#include "base/date.h"
#include "base/number.h"

#include <string.h>

#define CHANCE_DIGITS 4

static void set_occasion(const plx_form_encounter *encounter, guint audience, guint64 encounter_key,
                         guint64 respondent_key, struct plx_occasion *occasion)
{
    const gboolean known = encounter->respondent != NULL;
    *occasion = (struct plx_occasion){
        .audience = audience,
        .dataset = PLX_FORM_DATASET,
        .place = encounter->place,
        .channel = encounter->channel,
        .source = PLX_FORM_SOURCE,
        .language = encounter->language,
        .unit = known ? respondent_key : encounter_key,
        .encounter = encounter_key,
        .known = known,
        .seconds =
            encounter->day == PLX_NO_DAY ? PLX_NO_TIME : (gint64)encounter->day * PLX_DAY_SECONDS,
    };
}

/* Where on the map of today; FALSE: nowhere. */
static gboolean find_subject(const plx_map *map, const struct plx_form_observation *observation,
                             struct plx_builder_row *row)
{
    row->journey = observation->journey ? plx_map_find_journey(map, observation->journey) : -1;
    row->kind = observation->kind;
    if (observation->kind == PLX_SUBJECT_NONE || !observation->subject)
        return FALSE;
    row->subject = observation->kind == PLX_SUBJECT_POINT
                       ? plx_map_find_point(map, observation->subject)
                       : plx_map_find_journey(map, observation->subject);
    /* A journey's own measures have no other journey around them. */
    if (observation->kind == PLX_SUBJECT_JOURNEY)
        row->journey = -1;
    return row->subject >= 0;
}

static gboolean make_row(const plx_map *map, const struct plx_form_observation *observation,
                         char *chance, gsize chance_size, char *item, gsize item_size,
                         struct plx_builder_row *row)
{
    char p[PLX_NUMBER_SIZE];
    *row = plx_builder_row_new();
    const gboolean placed = find_subject(map, observation, row);
    if (!placed && !observation->note)
        return FALSE;
    if (placed) {
        memcpy(row->value, observation->value, sizeof row->value);
        row->surprise = observation->value[PLX_MEASURE_SURPRISE];
        row->hesitation = observation->value[PLX_MEASURE_HESITATION];
        row->value[PLX_MEASURE_SURPRISE] = row->value[PLX_MEASURE_HESITATION] = PLX_CELL_EMPTY;
        g_strlcpy(chance, plx_number_format(observation->asked_p, CHANCE_DIGITS, p), chance_size);
        row->asked_p = chance;
    } else {
        row->kind = PLX_SUBJECT_NONE;
        row->subject = row->journey = -1;
    }
    row->note = observation->note;
    row->prompt = observation->prompt;
    if (observation->item > 0) {
        g_snprintf(item, item_size, "%u", observation->item);
        row->item = item;
    }
    return TRUE;
}

gboolean plx_form_rows_make(const plx_map *map, const plx_form_encounter *encounter,
                            guint64 encounter_key, guint64 respondent_key,
                            struct plx_form_rows *rows)
{
    const gint audience = plx_map_find_audience(map, encounter->audience);
    const guint n = encounter->observations->len;
    if (audience < 0)
        return FALSE;
    struct plx_form_rows made = {.rows = g_new0(struct plx_builder_row, n + 1)};
    made.chances = g_malloc0((n + 1) * sizeof *made.chances);
    made.items = g_malloc0((n + 1) * sizeof *made.items);
    set_occasion(encounter, (guint)audience, encounter_key, respondent_key, &made.occasion);
    for (guint i = 0; i < n; i++)
        if (make_row(map, encounter->observations->pdata[i], made.chances[made.n],
                     sizeof *made.chances, made.items[made.n], sizeof *made.items,
                     &made.rows[made.n]))
            made.n++;
    *rows = made;
    return TRUE;
}

void plx_form_rows_clear(struct plx_form_rows *rows)
{
    g_clear_pointer(&rows->rows, g_free);
    g_clear_pointer(&rows->chances, g_free);
    g_clear_pointer(&rows->items, g_free);
}
