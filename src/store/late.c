/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/late.h"

#include "base/date.h"

#include <string.h>

#define MINUTE 60

/* Seconds that local clocks are before UTC at a moment. */
static gint64 offset_at(gint64 utc_seconds)
{
    g_autoptr(GDateTime) local = g_date_time_new_from_unix_local(utc_seconds);
    return local ? g_date_time_get_utc_offset(local) / G_TIME_SPAN_SECOND : 0;
}

void plx_late_init(struct plx_late *late, const plx_map *map, const struct plx_shown *reveals,
                   guint n)
{
    *late = (struct plx_late){0};
    for (guint i = 0; i < n; i++) {
        const gint audience = plx_map_find_audience(map, reveals[i].audience);
        if (audience < 0 || late->revealed[audience])
            continue;
        late->n = map->n_audiences;
        late->revealed[audience] = TRUE;
        late->when[audience] = reveals[i].utc_seconds;
        late->there[audience] = reveals[i].utc_seconds + offset_at(reveals[i].utc_seconds);
    }
}

/* Seconds that times of one clock (PLX_DIM_CLOCK) are precise to. */
static gint64 precision_of(const char *clock)
{
    if (g_str_has_prefix(clock, "day"))
        return PLX_DAY_SECONDS;
    return g_str_has_prefix(clock, "minute") ? MINUTE : 1;
}

/* The offset that a clock names: "minute+02:00", "secondZ". */
static gboolean offset_of(const char *clock, gint64 *seconds)
{
    const char *const at = strpbrk(clock, "Z+-");
    if (!at)
        return FALSE;
    const gint64 minutes =
        *at == 'Z' ? 0 : g_ascii_strtoll(at + 1, NULL, 10) * 60 + g_ascii_strtoll(at + 4, NULL, 10);
    *seconds = (*at == '-' ? -minutes : minutes) * MINUTE;
    return TRUE;
}

static gint64 floor_to(gint64 seconds, gint64 precision)
{
    return seconds / precision - (seconds % precision < 0 ? 1 : 0);
}

static gboolean is_before(const struct plx_late *late, const struct plx_batch *batch, guint32 row,
                          guint audience)
{
    if (!batch->seconds || batch->seconds[row] == PLX_NO_TIME)
        return FALSE;
    const guint32 code = batch->dim[PLX_DIM_CLOCK] ? batch->dim[PLX_DIM_CLOCK][row]
                                                   : batch->dim_constant[PLX_DIM_CLOCK];
    const char *const clock = code ? plx_dict_text(batch->dims->dict[PLX_DIM_CLOCK], code) : "";
    const gint64 precision = precision_of(clock);
    gint64 offset;
    const gint64 reveal =
        offset_of(clock, &offset) ? late->when[audience] + offset : late->there[audience];
    return floor_to(batch->seconds[row], precision) < floor_to(reveal, precision);
}

static gboolean is_late(const struct plx_late *late, const struct plx_batch *batch, guint32 row)
{
    const gint8 *const believed = batch->measure[PLX_MEASURE_BELIEVED];
    const guint32 code = batch->dim[PLX_DIM_AUDIENCE] ? batch->dim[PLX_DIM_AUDIENCE][row]
                                                      : batch->dim_constant[PLX_DIM_AUDIENCE];
    return code > 0 && late->revealed[code - 1] && believed[row] > PLX_CELL_DECLINED &&
           (!batch->seen || batch->seen[row] == PLX_CELL_EMPTY) &&
           !is_before(late, batch, row, code - 1);
}

guint32 plx_late_mark(const struct plx_late *late, const struct plx_batch *batch, gint8 mark,
                      gint8 *seen)
{
    guint32 n = 0;
    if (late->n == 0 || !batch->measure[PLX_MEASURE_BELIEVED])
        return 0;
    for (guint32 i = 0; i < batch->n; i++) {
        if (!is_late(late, batch, i))
            continue;
        if (n++ == 0 && batch->seen)
            memcpy(seen, batch->seen, batch->n);
        else if (n == 1)
            memset(seen, (guint8)PLX_CELL_EMPTY, batch->n);
        seen[i] = mark;
    }
    return n;
}
