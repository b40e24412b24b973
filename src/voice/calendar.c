/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/calendar.h"

#include "base/date.h"

#define DAY_OFFSET 719526 /* a Monday before the year 1, so that weeks are sevenths */

guint32 *plx_calendar_touch(struct plx_calendar *calendar, guint32 place)
{
    guint32 *block = g_new0(guint32, PLX_CALENDAR_BLOCK);
    calendar->block[place / PLX_CALENDAR_BLOCK] = block;
    return &block[place % PLX_CALENDAR_BLOCK];
}

void plx_calendar_clear(struct plx_calendar *calendar)
{
    for (guint i = 0; i < PLX_CALENDAR_BLOCKS; i++)
        g_clear_pointer(&calendar->block[i], g_free);
}

struct plx_time_codes *plx_time_codes_new(enum plx_split_kind kind)
{
    struct plx_time_codes *codes = g_new0(struct plx_time_codes, 1);
    codes->kind = kind;
    codes->places = g_array_new(FALSE, TRUE, sizeof(guint32));
    g_array_set_size(codes->places, 1);
    return codes;
}

void plx_time_codes_free(struct plx_time_codes *codes)
{
    if (!codes)
        return;
    plx_calendar_clear(&codes->codes);
    g_array_free(codes->places, TRUE);
    g_free(codes);
}

static inline guint32 code_at(struct plx_time_codes *codes, guint32 place)
{
    guint32 *code = plx_calendar_at(&codes->codes, place);
    if (G_UNLIKELY(!*code)) {
        *code = codes->places->len;
        g_array_append_val(codes->places, place);
    }
    return *code;
}

void plx_time_codes_run(struct plx_time_codes *codes, const gint32 *days, const gint32 *months,
                        guint n, guint32 *out)
{
    gboolean by_month = codes->kind == PLX_SPLIT_MONTH;
    const gint32 *column = by_month ? months : days;
    guint32 divisor = codes->kind == PLX_SPLIT_WEEK ? 7 : 1;
    for (guint i = 0; i < n; i++) {
        guint32 place = G_MAXUINT32;
        if (column && by_month)
            place = (guint32)column[i] < (1u << 22) ? (guint32)column[i] : G_MAXUINT32;
        else if (column && column[i] != PLX_NO_DAY)
            place = plx_calendar_day(column[i]);
        out[i] = place == G_MAXUINT32 ? 0 : code_at(codes, place / divisor);
    }
}

char *plx_time_codes_text(const struct plx_time_codes *codes, guint32 code)
{
    if (code == 0)
        return g_strdup("");
    gint place = (gint)g_array_index(codes->places, guint32, code);
    if (codes->kind == PLX_SPLIT_MONTH)
        return g_strdup_printf("%04d-%02d", place / 12, place % 12 + 1);
    if (codes->kind == PLX_SPLIT_WEEK) {
        gint year, week;
        plx_date_iso_week(place * 7 - DAY_OFFSET, &year, &week);
        return g_strdup_printf("%04d-W%02d", year, week);
    }
    char day[PLX_DATE_SIZE];
    return g_strdup(plx_date_format(place - DAY_OFFSET, day));
}
