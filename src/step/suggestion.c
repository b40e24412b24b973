/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/suggestion.h"

#include "base/date.h"
#include "base/error.h"
#include "base/suggest.h"
#include "map/map_owner.h"
#include "step/step_private.h"

#include <string.h>

#define DIGITS_SHOWN 8
#define DIGITS_LEAST 4

static const char *const state_names[] = {"received", "considered", "doing",
                                          "done",     "declined",   NULL};

const char *plx_suggestion_state_name(enum plx_suggestion_state state)
{
    return state_names[state];
}

gboolean plx_suggestion_state_find(const char *name, enum plx_suggestion_state *state,
                                   GError **error)
{
    for (guint i = 0; state_names[i]; i++) {
        if (strcmp(state_names[i], name) == 0) {
            *state = (enum plx_suggestion_state)i;
            return TRUE;
        }
    }
    g_autofree char *near = plx_suggest_text(name, state_names, G_N_ELEMENTS(state_names) - 1);
    return plx_error(error, PLX_ERROR_USAGE,
                     "\"%s\": expected received, considered, doing, done or declined%s", name,
                     near);
}

static void answer_free(gpointer data)
{
    struct plx_suggestion_answer *const answer = data;
    g_free(answer->author);
    g_free(answer->text);
    g_free(answer->point);
    g_free(answer);
}

char *plx_suggestion_number(const struct plx_suggestion *suggestion)
{
    return g_strdup_printf("%016" G_GINT64_MODIFIER "x", suggestion->letter->number);
}

/* The list ---------------------------------------------------------------------------------- */

static gint by_number(gconstpointer a, gconstpointer b)
{
    const guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return x < y ? -1 : x > y;
}

/* How many digits two neighbours have in common tells how many are needed. */
static guint digits_needed(const plx_letters *letters)
{
    g_autofree guint64 *numbers = g_new(guint64, letters->n + 1);
    guint needed = DIGITS_SHOWN;
    for (guint i = 0; i < letters->n; i++)
        numbers[i] = letters->letters[i].number;
    if (letters->n > 1)
        qsort(numbers, letters->n, sizeof *numbers, by_number);
    for (guint i = 1; i < letters->n; i++) {
        guint common = 0;
        while (common < PLX_SUGGESTION_DIGITS - 1 &&
               numbers[i - 1] >> (60 - 4 * common) == numbers[i] >> (60 - 4 * common))
            common++;
        needed = MAX(needed, common + 1);
    }
    return needed;
}

plx_suggestion_list *plx_suggestion_list_new(plx_letters *letters)
{
    plx_suggestion_list *const list = g_new0(plx_suggestion_list, 1);
    list->letters = letters;
    list->n = letters->n;
    list->suggestions = g_new0(struct plx_suggestion, letters->n + 1);
    list->by_number = g_hash_table_new(g_int64_hash, g_int64_equal);
    list->digits = digits_needed(letters);
    for (guint i = 0; i < list->n; i++) {
        struct plx_suggestion *const suggestion = &list->suggestions[i];
        suggestion->letter = &letters->letters[i];
        suggestion->answers = g_ptr_array_new_with_free_func(answer_free);
        g_hash_table_insert(list->by_number, &letters->letters[i].number, suggestion);
    }
    return list;
}

void plx_suggestion_list_free(plx_suggestion_list *list)
{
    if (!list)
        return;
    for (guint i = 0; i < list->n; i++) {
        g_ptr_array_unref(list->suggestions[i].answers);
        g_free(list->suggestions[i].hash);
    }
    g_hash_table_unref(list->by_number);
    g_free(list->suggestions);
    plx_letters_free((plx_letters *)(guintptr)list->letters);
    g_free(list);
}

/* Finding ----------------------------------------------------------------------------------- */

const struct plx_suggestion *plx_suggestion_find(const plx_suggestion_list *list, const char *text,
                                                 GError **error)
{
    const gsize n = strlen(text);
    const struct plx_suggestion *found = NULL;
    g_autofree char *digits = g_ascii_strdown(text, -1);
    if (n < DIGITS_LEAST || n > PLX_SUGGESTION_DIGITS ||
        digits[strspn(digits, "0123456789abcdef")]) {
        plx_error(error, PLX_ERROR_USAGE,
                  "\"%s\": expected the number of a suggestion, at least its first %d digits "
                  "('suggestion list')",
                  text, DIGITS_LEAST);
        return NULL;
    }
    for (guint i = 0; i < list->n; i++) {
        g_autofree char *number = plx_suggestion_number(&list->suggestions[i]);
        if (!g_str_has_prefix(number, digits))
            continue;
        if (found) {
            plx_error(error, PLX_ERROR_USAGE,
                      "several suggestions have a number that begins with %s: give more digits",
                      text);
            return NULL;
        }
        found = &list->suggestions[i];
    }
    if (!found) {
        g_autoptr(GString) hidden = g_string_new(NULL);
        plx_letters_hidden_words(list->letters, hidden);
        plx_error(error, PLX_ERROR_NOT_FOUND,
                  "there is no suggestion %s among those that may be shown; if there was one, its "
                  "words are no longer in the answers%s",
                  text, hidden->str);
    }
    return found;
}

/* All bytes are looked at, wherever the first difference is. */
static gboolean same_hash(const char *a, const char *b)
{
    const gsize n = strlen(a);
    gint difference = 0;
    if (n != strlen(b))
        return FALSE;
    for (gsize i = 0; i < n; i++)
        difference |= a[i] ^ b[i];
    return difference == 0;
}

const struct plx_suggestion *plx_suggestion_linked(const plx_suggestion_list *list,
                                                   const char *hash)
{
    const struct plx_suggestion *found = NULL;
    for (guint i = 0; i < list->n; i++)
        if (list->suggestions[i].hash && same_hash(list->suggestions[i].hash, hash))
            found = &list->suggestions[i];
    return found;
}

const struct plx_suggestion *plx_suggestion_numbered(const plx_suggestion_list *list,
                                                     guint64 number)
{
    return g_hash_table_lookup(list->by_number, &number);
}

void plx_suggestion_await(plx_suggestion_list *list, guint64 number)
{
    struct plx_suggestion *const suggestion = g_hash_table_lookup(list->by_number, &number);
    if (suggestion)
        suggestion->awaited = TRUE;
}

/* Time -------------------------------------------------------------------------------------- */

gint plx_suggestion_days(const struct plx_suggestion *suggestion, gint32 day)
{
    gint32 end = day;
    if (suggestion->letter->day == PLX_NO_DAY)
        return PLX_SUGGESTION_NO_DAYS;
    for (guint i = suggestion->answers->len; i-- > 0;) {
        const struct plx_suggestion_answer *const answer = suggestion->answers->pdata[i];
        if (answer->text)
            end = plx_date_of_seconds(answer->utc_seconds);
    }
    return end < suggestion->letter->day ? PLX_SUGGESTION_NO_DAYS : end - suggestion->letter->day;
}

guint plx_suggestion_waiting(const plx_suggestion_list *list, gint32 day, gint days)
{
    guint waiting = 0;
    for (guint i = 0; i < list->n; i++)
        waiting +=
            !list->suggestions[i].text && plx_suggestion_days(&list->suggestions[i], day) > days;
    return waiting;
}

/* Choosing ---------------------------------------------------------------------------------- */

static gboolean is_about(const plx_map *map, const struct plx_suggestion *suggestion,
                         const char *point)
{
    const struct plx_letter *const letter = suggestion->letter;
    if (letter->kind == PLX_SUBJECT_POINT && strcmp(letter->about, point) == 0)
        return TRUE;
    return suggestion->point &&
           g_strcmp0(plx_map_resolve(map, PLX_SUBJECT_POINT, suggestion->point).id, point) == 0;
}

static gboolean was_there(const struct plx_suggestion *suggestion,
                          const struct plx_suggestion_choice *choice)
{
    return !choice->by_day || suggestion->letter->day == PLX_NO_DAY ||
           suggestion->letter->day <= choice->day;
}

GPtrArray *plx_suggestion_choose(const plx_suggestion_list *list,
                                 const struct plx_suggestion_choice *choice, GError **error)
{
    static const struct plx_step_point_words words = {NULL, "no suggestion is about it"};
    const plx_map *const map = list->letters->map;
    enum plx_suggestion_state state = PLX_SUGGESTION_RECEIVED;
    g_autofree char *point = NULL;
    if ((choice->state && !plx_suggestion_state_find(choice->state, &state, error)) ||
        (choice->point && !plx_step_find_point(map, choice->point, &words, &point, error)))
        return NULL;
    GPtrArray *const chosen = g_ptr_array_new();
    for (guint answered = 0; answered < 2; answered++) {
        for (guint i = 0; i < list->n; i++) {
            struct plx_suggestion *const suggestion = &list->suggestions[i];
            if ((suggestion->text != NULL) == (answered == 1) &&
                (answered == 0 || !choice->waiting) && was_there(suggestion, choice) &&
                (!choice->state || suggestion->state == state) &&
                (!point || is_about(map, suggestion, point)))
                g_ptr_array_add(chosen, suggestion);
        }
    }
    return chosen;
}
