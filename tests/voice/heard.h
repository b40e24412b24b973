/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Sayings as text, one a line: what tests of sources compare. */

#include "voice/saying.h"

static inline void heard_flag(GString *out, const char *name, gint value, gint missing)
{
    if (value != missing)
        g_string_append_printf(out, " %s=%d", name, value);
}

static inline char *heard_text(const plx_map *map, const struct plx_sayings *sayings)
{
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < sayings->n; i++) {
        const struct plx_saying *const s = &sayings->sayings[i];
        g_string_append_printf(out, "%u/%u %s/%s %s %s \"%s\" on %s", s->unit, s->sheet,
                               s->workshop, s->table, map->audiences[s->audience].id, s->prompt,
                               s->text, s->subject ? s->subject : "-");
        g_string_append_printf(out, " at %s in %s", s->place, s->language);
        heard_flag(out, "surprise", s->surprise, PLX_CELL_EMPTY);
        heard_flag(out, "level", s->level, PLX_CELL_EMPTY);
        heard_flag(out, "day", s->day, PLX_NO_DAY);
        g_string_append_printf(out, " by %u%s\n", s->group_size, s->known ? " known" : "");
    }
    g_string_append_printf(out, "%u sheets, %u units\n", sayings->n_sheets, sayings->n_units);
    return g_string_free(out, FALSE);
}
