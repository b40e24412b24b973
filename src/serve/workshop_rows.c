/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/workshop_rows.h"

#include "base/date.h"
#include "base/error.h"
#include "ingest/keys.h"
#include "store/reveals.h"

#include <string.h>

/* As `workshop enter` names them. */
#define GUESSES "workshop-guesses"
#define SHEETS "workshop-sheets"
#define SOURCE "workshop"

struct handing {
    plx_store *store;
    const plx_map *map;
    const struct plx_gathering *gathering;
    const struct plx_workshop_when *when;
    plx_workshop_take take;
    gpointer taker;
    const GArray *reveals; /* struct plx_shown: before this one */
};

static gboolean find_audience(const struct handing *h, const char *id, guint *audience,
                              GError **error)
{
    const gint found = plx_map_find_audience(h->map, id);
    *audience = (guint)MAX(found, 0);
    return found >= 0 ||
           plx_error(error, PLX_ERROR_INPUT, "the map has no audience ‘%s’ any more", id);
}

/* Guesses ------------------------------------------------------------------------------------ */

static gboolean saw_results(const struct handing *h, const struct plx_seat_guess *guess)
{
    for (guint i = 0; i < h->reveals->len; i++)
        if (strcmp(g_array_index(h->reveals, struct plx_shown, i).audience, guess->audience) == 0)
            return TRUE;
    return guess->seen;
}

/* Who guesses alone: a number is one of this workshop, a name is the same person everywhere. */
static char *respondent_of(const struct handing *h, const struct plx_seat_guess *guess)
{
    const char *const person = guess->person;
    return strspn(person, "0123456789") == strlen(person)
               ? g_strdup_printf("%s %s %s", h->gathering->workshop, guess->audience, person)
               : g_strdup(person);
}

static void set_guesser(const struct handing *h, const struct plx_seat_guess *guess,
                        struct plx_occasion *occasion)
{
    g_autofree char *encounter = g_strdup_printf("%s guess %s table %s %s", h->gathering->workshop,
                                                 guess->audience, guess->table, guess->person);
    occasion->dataset = GUESSES;
    occasion->encounter = occasion->unit = plx_key_of_encounter(GUESSES, encounter);
    if (*guess->person) {
        g_autofree char *respondent = respondent_of(h, guess);
        occasion->known = TRUE;
        occasion->unit = plx_key_of_respondent(GUESSES, guess->audience, respondent);
    } else {
        occasion->table = guess->table;
        occasion->group_size = (guint)guess->people;
    }
}

static struct plx_builder_row guess_row(const struct handing *h, const struct plx_seat_guess *guess)
{
    struct plx_builder_row row = plx_builder_row_new();
    row.kind = PLX_SUBJECT_POINT;
    row.subject = plx_map_find_point(h->map, guess->point);
    row.value[PLX_MEASURE_BELIEVED] =
        guess->believed == PLX_GUESS_NONE ? PLX_CELL_EMPTY : (gint8)guess->believed;
    row.value[PLX_MEASURE_PREDICTED] =
        guess->predicted == PLX_GUESS_NONE ? PLX_CELL_EMPTY : (gint8)guess->predicted;
    return row;
}

/* Those of one guesser, `n` from `first` on. */
static gboolean hand_guesser(const struct handing *h, const GPtrArray *guesses, guint first,
                             guint n, GError **error)
{
    const struct plx_seat_guess *const one = guesses->pdata[first];
    struct plx_occasion occasion = {.workshop = h->gathering->workshop,
                                    .source = SOURCE,
                                    .seen = saw_results(h, one),
                                    .clock = h->when->clock};
    occasion.unseen = !occasion.seen; /* though the reveal may lock in the same minute */
    g_autofree struct plx_builder_row *rows = g_new(struct plx_builder_row, n);
    guint made = 0;
    if (!find_audience(h, one->audience, &occasion.audience, error))
        return FALSE;
    set_guesser(h, one, &occasion);
    for (guint i = first; i < first + n; i++) {
        const struct plx_seat_guess *const guess = guesses->pdata[i];
        occasion.seconds = MAX(occasion.seconds, guess->given);
        rows[made] = guess_row(h, guess);
        made += rows[made].subject >= 0; /* a point that the map has no more says nothing */
    }
    return made == 0 || h->take(h->taker, &occasion, rows, made, error);
}

static gboolean hand_guesses(const struct handing *h, GError **error)
{
    g_autoptr(GPtrArray) guesses = plx_gathering_guesses(h->store, h->gathering, error);
    guint n;
    for (guint i = 0; guesses && i < guesses->len; i += n) {
        const struct plx_seat_guess *const one = guesses->pdata[i];
        for (n = 1; i + n < guesses->len; n++) {
            const struct plx_seat_guess *const next = guesses->pdata[i + n];
            if (strcmp(one->table, next->table) != 0 || strcmp(one->person, next->person) != 0)
                break;
        }
        if (!hand_guesser(h, guesses, i, n, error))
            return FALSE;
    }
    return guesses != NULL;
}

/* Guesses of those who guessed come late from now on. */
static gboolean lock(const struct handing *h, GError **error)
{
    g_autoptr(GPtrArray) guesses = plx_gathering_guesses(h->store, h->gathering, error);
    for (guint i = 0; guesses && i < guesses->len; i++) {
        const struct plx_seat_guess *const guess = guesses->pdata[i];
        if (!plx_reveals_lock_within(h->store, guess->audience, h->when->utc, error))
            return FALSE;
    }
    return guesses != NULL;
}

/* Answers ------------------------------------------------------------------------------------ */

static void set_table(const struct handing *h, const struct plx_seat_answer *answer,
                      struct plx_occasion *occasion)
{
    g_autofree char *encounter =
        g_strdup_printf("%s table %s", h->gathering->workshop, answer->table);
    occasion->dataset = SHEETS;
    occasion->workshop = h->gathering->workshop;
    occasion->table = answer->table;
    occasion->source = SOURCE;
    occasion->group_size = (guint)answer->people;
    occasion->encounter = occasion->unit = plx_key_of_encounter(SHEETS, encounter);
    occasion->seconds = (gint64)h->when->day * PLX_DAY_SECONDS;
}

static gboolean hand_answer(const struct handing *h, const struct plx_seat_answer *answer,
                            GError **error)
{
    struct plx_occasion occasion = {0};
    struct plx_builder_row row = plx_builder_row_new();
    char item[24];
    if (!find_audience(h, answer->audience, &occasion.audience, error))
        return FALSE;
    set_table(h, answer, &occasion);
    g_snprintf(item, sizeof item, "%" G_GINT64_FORMAT, answer->item);
    row.kind = PLX_SUBJECT_NONE;
    row.note = answer->note;
    row.prompt = answer->prompt;
    row.item = item;
    if (answer->surprise != PLX_SURPRISE_NONE)
        row.surprise = (gint8)answer->surprise;
    return h->take(h->taker, &occasion, &row, 1, error);
}

static gboolean hand_answers(const struct handing *h, GError **error)
{
    g_autoptr(GPtrArray) answers = plx_gathering_answers(h->store, h->gathering, error);
    for (guint i = 0; answers && i < answers->len; i++) {
        const struct plx_seat_answer *const answer = answers->pdata[i];
        if (!answer->taken && !hand_answer(h, answer, error))
            return FALSE;
    }
    return answers && plx_gathering_taken_within(h->store, h->gathering, error);
}

/* Phases ------------------------------------------------------------------------------------- */

/* Tables may write on during the reveal, and be shown again; guesses are over once. */
static gboolean may_go(const struct plx_gathering *gathering, enum plx_gathering_phase phase)
{
    return gathering->phase != PLX_GATHERING_ENDED &&
           (phase > PLX_GATHERING_GUESS || gathering->phase == PLX_GATHERING_GUESS);
}

gboolean plx_workshop_go_within(plx_store *store, struct plx_gathering *gathering,
                                enum plx_gathering_phase phase,
                                const struct plx_workshop_when *when, plx_workshop_take take,
                                gpointer taker, GError **error)
{
    g_autoptr(GArray) reveals = NULL;
    if (!may_go(gathering, phase))
        return plx_error(error, PLX_ERROR_USAGE, "the workshop is beyond that already");
    if (!plx_reveals_read(store, &reveals, error))
        return FALSE;
    const struct handing h = {.store = store,
                              .map = plx_store_map(store),
                              .gathering = gathering,
                              .when = when,
                              .take = take,
                              .taker = taker,
                              .reveals = reveals};
    if (gathering->phase == PLX_GATHERING_GUESS && phase > PLX_GATHERING_GUESS &&
        !hand_guesses(&h, error))
        return FALSE;
    if (!hand_answers(&h, error) || (phase == PLX_GATHERING_REVEAL && !lock(&h, error)) ||
        (phase == PLX_GATHERING_ENDED && !plx_gathering_empty_within(store, gathering, error)))
        return FALSE;
    gathering->phase = phase;
    return plx_gathering_move_within(store, gathering, error);
}
