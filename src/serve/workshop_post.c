/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/workshop_post.h"

#include "base/error.h"
#include "serve/workshop_page.h"
#include "serve/workshop_rows.h"

#include <string.h>

static void free_post(gpointer data)
{
    struct plx_workshop_post *const post = data;
    plx_gathering_free(post->gathering);
    plx_seat_free(post->seat);
    plx_seat_free(post->there);
    g_free(post->token);
    g_clear_error(&post->failure);
    g_free(post);
}

void plx_workshop_post_begin(plx_call *call)
{
    call->data = g_new0(struct plx_workshop_post, 1);
    call->data_free = free_post;
}

/* What is wrong with a field, by the key of its text. Always FALSE. */
static gboolean fault(struct plx_workshop_post *post, const char *key, GError **error)
{
    post->fault = key;
    return plx_error(error, PLX_ERROR_INPUT, "%s", key);
}

static gboolean find(plx_call *call, plx_store *store, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    post->map = plx_store_map(store);
    post->gathering = plx_gatherings_find(store, plx_call_param(call, "code"), error);
    return post->gathering != NULL;
}

static gboolean find_seat(plx_call *call, plx_store *store, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    if (!find(call, store, error))
        return FALSE;
    post->seat = plx_gathering_seat(store, post->gathering, plx_call_param(call, "seat"), error);
    if (!post->seat)
        post->late = post->gathering->phase == PLX_GATHERING_ENDED;
    return post->seat != NULL;
}

/* Joining ------------------------------------------------------------------------------------ */

/* A name of a table or person without blanks around it, to be freed; NULL: it is none. */
static char *read_name(const plx_call *call, const char *field)
{
    const char *const text = plx_fields_get(call->form, field);
    g_autofree char *name = g_strstrip(g_strdup(text ? text : ""));
    const gboolean ok = strlen(name) <= PLX_TABLE_NAME_MAX && !strpbrk(name, "\n\t\r");
    return ok ? g_steal_pointer(&name) : NULL;
}

static gint read_number(const char *text, gint min, gint max, gint none)
{
    guint64 number;
    return text && g_ascii_string_to_unsigned(text, 10, (guint64)min, (guint64)max, &number, NULL)
               ? (gint)number
               : none;
}

static gboolean read_seat(plx_call *call, struct plx_seat *seat, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    g_autofree char *people = read_name(call, "people");
    seat->table = read_name(call, "table");
    seat->person = read_name(call, "person");
    seat->audience = g_strdup(plx_fields_get(call->form, "audience"));
    seat->seen = plx_fields_get(call->form, "seen") != NULL;
    seat->people = read_number(people, 1, PLX_TABLE_PEOPLE_MAX, 0);
    if (!seat->table || !*seat->table)
        return fault(post, "workshop.error.table", error);
    if (!seat->audience || plx_map_find_audience(post->map, seat->audience) < 0)
        return fault(post, "workshop.error.who", error);
    if (seat->people == 0)
        return fault(post, "workshop.error.people", error);
    return seat->person || fault(post, "workshop.error.person", error);
}

gboolean plx_workshop_join_apply(plx_call *call, plx_store *store, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    if (!find(call, store, error))
        return FALSE;
    if (post->gathering->phase == PLX_GATHERING_ENDED)
        return fault(post, "workshop.closed", error);
    g_autoptr(plx_seat) seat = g_new0(struct plx_seat, 1);
    return read_seat(call, seat, error) &&
           plx_gathering_join_within(store, post->gathering, seat, &post->token, &post->there,
                                     error);
}

/* Guesses ------------------------------------------------------------------------------------ */

/* What the table or person has said of a point so far. */
static void known_guess(const GPtrArray *guesses, const struct plx_seat *seat, const char *point,
                        gint *believed, gint *predicted)
{
    *believed = *predicted = PLX_GUESS_NONE;
    for (guint i = 0; i < guesses->len; i++) {
        const struct plx_seat_guess *const guess = guesses->pdata[i];
        if (strcmp(guess->point, point) != 0 || strcmp(guess->table, seat->table) != 0 ||
            strcmp(guess->person, seat->person) != 0)
            continue;
        *believed = guess->believed;
        *predicted = guess->predicted;
    }
}

/* Only what was sent changes: another device of the table may have said the rest. */
static gboolean take_point(plx_call *call, plx_store *store, const GPtrArray *guesses,
                           const char *point, GError **error)
{
    const struct plx_workshop_post *const post = call->data;
    g_autofree char *b = g_strconcat("b.", point, NULL);
    g_autofree char *p = g_strconcat("p.", point, NULL);
    const char *const believed = plx_fields_get(call->form, b);
    const char *const predicted = post->gathering->predicted ? plx_fields_get(call->form, p) : NULL;
    gint level, share;
    if (!believed && !predicted)
        return TRUE;
    known_guess(guesses, post->seat, point, &share, &level);
    if (believed)
        share = read_number(believed, 0, 10, PLX_GUESS_NONE);
    if (predicted)
        level = read_number(predicted, 1, PLX_LEVELS, PLX_GUESS_NONE);
    return plx_gathering_guess_within(store, post->gathering, post->seat, point, share, level,
                                      plx_call_now(call).local, error);
}

gboolean plx_workshop_guess_apply(plx_call *call, plx_store *store, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    if (!find_seat(call, store, error))
        return FALSE;
    post->late = post->gathering->phase != PLX_GATHERING_GUESS;
    if (post->late)
        return plx_error(error, PLX_ERROR_USAGE, "guesses are locked");
    g_autoptr(GPtrArray) guesses = plx_gathering_guesses(store, post->gathering, error);
    if (!guesses)
        return FALSE;
    guint n;
    g_autofree guint *points = plx_workshop_points(post->map, post->gathering, &n);
    for (guint i = 0; i < n; i++)
        if (!take_point(call, store, guesses, post->map->points[points[i]].id, error))
            return FALSE;
    return plx_gathering_move_within(store, post->gathering, error);
}

/* Answers ------------------------------------------------------------------------------------ */

/* A line is an answer. */
static gboolean take_lines(plx_call *call, plx_store *store,
                           const struct plx_workshop_question *question, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    const char *const text = plx_fields_get(call->form, question->field);
    g_autofree char *prompt = g_strdup(question->prompt);
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    if (g_strv_length(lines) > PLX_TABLE_NOTES_MAX)
        return fault(post, "workshop.error.long", error);
    for (guint i = 0; lines[i]; i++) {
        const struct plx_seat_answer answer = {
            .prompt = prompt, .note = g_strstrip(lines[i]), .surprise = question->surprise};
        if (!*answer.note)
            continue;
        if (strlen(answer.note) > PLX_TABLE_NOTE_MAX)
            return fault(post, "workshop.error.long", error);
        if (!plx_gathering_answer_within(store, post->gathering, post->seat, &answer, error))
            return FALSE;
    }
    return TRUE;
}

gboolean plx_workshop_answer_apply(plx_call *call, plx_store *store, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    if (!find_seat(call, store, error))
        return FALSE;
    post->late = post->gathering->phase == PLX_GATHERING_GUESS ||
                 post->gathering->phase == PLX_GATHERING_ENDED;
    if (post->late)
        return plx_error(error, PLX_ERROR_USAGE, "the questions are not open");
    const gint out = read_number(plx_fields_get(call->form, "remove"), 1, G_MAXINT, 0);
    if (out > 0 && !plx_gathering_unsay_within(store, post->gathering, post->seat, out, error))
        return FALSE;
    for (guint i = 0; i < PLX_WORKSHOP_QUESTIONS; i++)
        if (!take_lines(call, store, &plx_workshop_questions[i], error))
            return FALSE;
    return plx_gathering_move_within(store, post->gathering, error);
}

/* Leading ------------------------------------------------------------------------------------ */

static gboolean take_occasion(gpointer call, const struct plx_occasion *occasion,
                              const struct plx_builder_row *rows, guint n, GError **error)
{
    return plx_call_answer(call, occasion, rows, n, error);
}

static gboolean go(plx_call *call, plx_store *store, enum plx_gathering_phase phase, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    const struct plx_moment now = plx_call_now(call);
    const struct plx_workshop_when when = {.clock = now.clock, .day = now.day, .utc = now.utc};
    if (phase == PLX_GATHERING_ENDED)
        plx_call_forget(call); /* names are deleted */
    return plx_workshop_go_within(store, post->gathering, phase, &when, take_occasion, call, error);
}

/* "tell" shows the truth, "next" the next moment's guess, "back" goes the same way back. */
static void turn(struct plx_gathering *gathering, const char *word)
{
    if (strcmp(word, "tell") == 0) {
        gathering->told = TRUE;
    } else if (strcmp(word, "next") == 0) {
        gathering->moment++;
        gathering->told = FALSE;
    } else if (gathering->told) {
        gathering->told = FALSE;
    } else if (gathering->moment > 0) {
        gathering->moment--;
        gathering->told = TRUE;
    }
}

gboolean plx_workshop_lead_apply(plx_call *call, plx_store *store, GError **error)
{
    struct plx_workshop_post *const post = call->data;
    const char *const word = plx_fields_get(call->form, "go");
    gboolean leads;
    if (!find(call, store, error) ||
        !plx_gathering_is_lead(store, post->gathering, plx_call_param(call, "lead"), &leads, error))
        return FALSE;
    if (!leads)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "there is no workshop under this address");
    for (guint i = PLX_GATHERING_TABLES; word && plx_gathering_phase_name(i); i++)
        if (strcmp(word, plx_gathering_phase_name(i)) == 0)
            return go(call, store, (enum plx_gathering_phase)i, error);
    if (!word || post->gathering->phase != PLX_GATHERING_REVEAL)
        return plx_error(error, PLX_ERROR_USAGE, "there is nothing to turn");
    turn(post->gathering, word);
    return plx_gathering_move_within(store, post->gathering, error);
}
