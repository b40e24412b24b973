/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "room.h"

#include "map/map_file.h"

#include <string.h>

static const guint8 key[PLX_CODEBOOK_KEY] = "0123456789abcde";

static const struct plx_saying SAYINGS[] = {
    {.prompt = "improve",
     .text = "Queues at the till",
     .workshop = "May",
     .table = "1",
     .place = "",
     .language = "",
     .unit = 0,
     .sheet = 0,
     .group_size = 7},
    {.prompt = "well",
     .text = "Everybody smiles",
     .workshop = "May",
     .table = "1",
     .place = "",
     .language = "",
     .unit = 0,
     .sheet = 0,
     .group_size = 7},
    {.prompt = "improve",
     .text = "queues at the till.",
     .workshop = "May",
     .table = "2",
     .place = "",
     .language = "",
     .unit = 1,
     .sheet = 1,
     .group_size = 6},
    {.prompt = "improve",
     .text = "QUEUES AT THE TILL",
     .workshop = "May",
     .table = "2",
     .place = "",
     .language = "",
     .unit = 1,
     .sheet = 2,
     .group_size = 6},
    {.prompt = "improve",
     .text = "A long queue",
     .workshop = "May",
     .table = "3",
     .place = "",
     .language = "",
     .unit = 2,
     .sheet = 3,
     .group_size = 8},
    {.prompt = "well",
     .text = "People smile at you",
     .workshop = "",
     .table = "",
     .place = "",
     .language = "",
     .unit = 3,
     .sheet = 4,
     .known = TRUE,
     .group_size = 1},
    {.prompt = "moment",
     .text = "Free parking",
     .workshop = "May",
     .table = "3",
     .place = "",
     .language = "",
     .unit = 2,
     .sheet = 3,
     .group_size = 8},
    {.prompt = "moment",
     .text = "?!",
     .workshop = "May",
     .table = "3",
     .place = "",
     .language = "",
     .unit = 2,
     .sheet = 3,
     .group_size = 8},
};

void room_init(struct room *room, const char *yaml)
{
    g_autoptr(GError) error = NULL;
    room->map =
        yaml ? plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error) : plx_map_new_open();
    g_assert_no_error(error);
    g_autofree struct plx_saying *sayings = g_memdup2(SAYINGS, sizeof SAYINGS);
    const struct plx_sayings heard = {.n = G_N_ELEMENTS(SAYINGS), .sayings = sayings};
    room->sorter = plx_sorter_new(room->map, &heard, plx_codebook_new(key));
}

void room_clear(struct room *room)
{
    plx_sorter_free(room->sorter);
    plx_map_free(room->map);
}

static void append_answers(const struct room *room, guint32 theme, GString *out)
{
    const char *between = ": ";
    for (guint i = 0; i < plx_sorter_answers(room->sorter); i++) {
        const struct plx_sorter_answer *const answer = plx_sorter_answer(room->sorter, i);
        if (answer->theme != theme)
            continue;
        g_string_append_printf(out, "%s%s/%s", between, answer->prompt, answer->text);
        between = " | ";
    }
    g_string_append_c(out, '\n');
}

char *room_text(const struct room *room)
{
    GString *const out = g_string_new(NULL);
    const plx_codebook *const book = plx_sorter_book(room->sorter);
    for (guint t = 0; t < plx_codebook_themes(book); t++) {
        const struct plx_theme *const theme = plx_codebook_theme(book, t);
        g_string_append_printf(out, "%s [", theme->title);
        for (guint p = 0; p < theme->n_points; p++)
            g_string_append_printf(out, "%s%s", p > 0 ? "," : "", theme->points[p]);
        g_string_append_c(out, ']');
        append_answers(room, theme->id, out);
    }
    g_string_append_c(out, '-');
    append_answers(room, 0, out);
    return g_string_free(out, FALSE);
}

guint room_find(const struct room *room, const char *prompt, const char *text)
{
    for (guint i = 0; i < plx_sorter_answers(room->sorter); i++) {
        const struct plx_sorter_answer *const answer = plx_sorter_answer(room->sorter, i);
        if (strcmp(answer->prompt, prompt) == 0 && strcmp(answer->text, text) == 0)
            return i;
    }
    g_assert_not_reached();
}
