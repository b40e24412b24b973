/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One point on a page: what the levels of the map look like there, and the next one. */
#include "report/point_parts.h"
#include "report/view.h"
#include "report/words.h"

#include <math.h>

struct levels {
    const plx_gaps *gaps;
    const struct plx_gaps_point *point;
    plx_story *story;
};

/* The next level: the first whose value lies above the mean of those served; 0: none. */
static guint next_level(const struct levels *t)
{
    const gint served = plx_view_served(t->gaps);
    const struct plx_voice *voice = served >= 0 ? plx_view_voice(t->point, served) : NULL;
    if (!voice || !voice->scale || !isfinite(voice->mean) || !plx_scale_has_levels(voice->scale))
        return 0;
    const guint level = (guint)floor(voice->mean) + 1;
    return level <= PLX_LEVELS ? level : 0;
}

/* Who answered on other levels than the map describes is not to be read by its descriptions. */
static void tell_other_scales(const struct levels *t)
{
    for (guint i = 0; i < t->point->n_voices; i++) {
        const struct plx_voice *voice = &t->point->voices[i];
        if (voice->n == 0 || !voice->scale || plx_scale_has_levels(voice->scale))
            continue;
        g_autoptr(GString) text = g_string_new("These are the six levels of the map. ");
        const gsize start = text->len;
        plx_words_people(t->gaps, (gint)voice->audience, text);
        plx_words_capital(text, start);
        g_string_append_printf(text,
                               " answered on another scale, from %d to %d: its numbers are "
                               "not those of this list.",
                               voice->scale->min, voice->scale->max);
        plx_story_say(t->story, text->str);
        return;
    }
}

/* What the levels look like here, the highest first as in the distributions. */
void plx_point_tell_levels(const plx_gaps *gaps, const struct plx_gaps_point *point,
                           plx_story *story)
{
    const struct levels levels_of = {gaps, point, story}, *const t = &levels_of;
    const struct plx_point *known = plx_view_map_point(t->gaps, t->point);
    char **levels = known ? known->levels : NULL;
    const guint next = next_level(t);
    if (!levels)
        return;
    plx_story_heading(t->story, "What the levels look like here");
    if (next > 0 && levels[next - 1]) {
        g_autofree char *text =
            g_strdup_printf("The next level, %u, would look like this: %s", next, levels[next - 1]);
        plx_story_say(t->story, text);
    }
    tell_other_scales(t);
    const struct plx_story_column columns[] = {{"Level", PLX_STORY_TEXT},
                                               {"What it looks like", PLX_STORY_WIDE}};
    plx_story_table(t->story, NULL, columns, G_N_ELEMENTS(columns));
    for (guint i = PLX_LEVELS; i-- > 0;) {
        plx_story_cellf(t->story, "%u", i + 1);
        plx_story_cell(t->story, levels[i]);
    }
}
