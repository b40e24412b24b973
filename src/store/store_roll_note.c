/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/store_roll_note.h"

#include "voice/roll.h"

static gboolean note_add(plx_sink *base, guint worker, const struct plx_batch *batch,
                         GError **error)
{
    const struct plx_roll_noting *const noting = (const struct plx_roll_noting *)base;
    GArray *const all = noting->noted[worker];
    for (guint32 i = 0; i < batch->n; i++) {
        const struct plx_roll_noted one = {batch->encounter[i],
                                           plx_roll_unit(noting->map, batch, i),
                                           plx_roll_is_known(noting->map, batch, i) ? 1 : 0};
        const struct plx_roll_noted *const last =
            all->len ? &g_array_index(all, struct plx_roll_noted, all->len - 1) : NULL;
        if (!last || last->encounter != one.encounter || last->unit != one.unit ||
            last->known != one.known)
            g_array_append_val(all, one);
    }
    return noting->to->add(noting->to, worker, batch, error);
}

void plx_roll_noting_init(struct plx_roll_noting *noting, plx_sink *to, const plx_map *map,
                          guint threads)
{
    *noting = (struct plx_roll_noting){.base = {.add = note_add},
                                       .to = to,
                                       .map = map,
                                       .threads = threads,
                                       .noted = g_new0(GArray *, threads)};
    for (guint t = 0; t < threads; t++)
        noting->noted[t] = g_array_new(FALSE, FALSE, sizeof(struct plx_roll_noted));
}

void plx_roll_noting_clear(struct plx_roll_noting *noting)
{
    for (guint t = 0; t < noting->threads; t++)
        g_array_unref(noting->noted[t]);
    g_free(noting->noted);
}

GArray *plx_roll_noting_all(struct plx_roll_noting *noting)
{
    for (guint t = 1; t < noting->threads; t++)
        g_array_append_vals(noting->noted[0], noting->noted[t]->data, noting->noted[t]->len);
    return noting->noted[0];
}
