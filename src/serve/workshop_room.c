/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/workshop_room.h"

#include "serve/people.h"
#include "serve/texts.h"
#include "store/reveals.h"

#include <string.h>

static gboolean was_shown(const GArray *reveals, const char *audience)
{
    for (guint i = 0; i < reveals->len; i++)
        if (strcmp(g_array_index(reveals, struct plx_shown, i).audience, audience) == 0)
            return TRUE;
    return FALSE;
}

/* Persons of an audience who guessed and had not seen results; *any: did somebody guess at all? */
static gint unseen_persons(const GPtrArray *guesses, const GArray *reveals, const char *audience,
                           gboolean *any)
{
    const struct plx_seat_guess *last = NULL;
    gint persons = 0;
    *any = FALSE;
    for (guint i = 0; i < guesses->len; i++) {
        const struct plx_seat_guess *const guess = guesses->pdata[i];
        if (strcmp(guess->audience, audience) != 0 || guess->believed == PLX_GUESS_NONE)
            continue;
        const gboolean same = last && strcmp(last->table, guess->table) == 0 &&
                              strcmp(last->person, guess->person) == 0;
        last = guess;
        *any = TRUE;
        if (!same && !guess->seen && !was_shown(reveals, audience))
            persons += *guess->person ? 1 : guess->people;
    }
    return persons;
}

gboolean plx_room_read(plx_store *store, const plx_map *map, const struct plx_gathering *gathering,
                       struct plx_room *room, GError **error)
{
    g_autoptr(GArray) reveals = NULL;
    g_autoptr(GPtrArray) guesses = plx_gathering_guesses(store, gathering, error);
    if (!guesses || !plx_reveals_read(store, &reveals, error))
        return FALSE;
    *room = (struct plx_room){.state = PLX_ROOM_NOBODY};
    for (guint a = 0; a < map->n_audiences; a++) {
        const struct plx_audience *const audience = &map->audiences[a];
        gboolean any;
        const gint persons = unseen_persons(guesses, reveals, audience->id, &any);
        if (!any || (persons == 0 && room->state != PLX_ROOM_NOBODY))
            continue;
        *room = (struct plx_room){.state = PLX_ROOM_SEEN,
                                  .audience = audience->id,
                                  .persons = persons,
                                  .minimum = audience->named ? 1 : (gint)audience->minimum};
        if (persons > 0) {
            room->state = persons < room->minimum ? PLX_ROOM_FEW : PLX_ROOM_SHOWN;
            break;
        }
    }
    return TRUE;
}

char *plx_room_why(const plx_map *map, const struct plx_room *room, const char *language)
{
    static const char *const keys[] = {[PLX_ROOM_FEW] = "workshop.reveal.hidden",
                                       [PLX_ROOM_SEEN] = "workshop.reveal.seen",
                                       [PLX_ROOM_ALIKE] = "workshop.reveal.alike",
                                       [PLX_ROOM_APART] = "workshop.reveal.apart"};
    if (room->state == PLX_ROOM_NOBODY || room->state == PLX_ROOM_SHOWN)
        return NULL;
    const char *const people = plx_people_label(map, room->audience, language);
    return plx_texts_fill(language, keys[room->state], people, (char *)NULL);
}

gboolean plx_room_read_seat(plx_store *store, const struct plx_seat *seat, struct plx_room *room,
                            GError **error)
{
    g_autoptr(GArray) reveals = NULL;
    if (!plx_reveals_read(store, &reveals, error))
        return FALSE;
    const gboolean seen = seat->seen || was_shown(reveals, seat->audience);
    *room = (struct plx_room){.state = seen ? PLX_ROOM_SEEN : PLX_ROOM_NOBODY,
                              .audience = seat->audience};
    return TRUE;
}
