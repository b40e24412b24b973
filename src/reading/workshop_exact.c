/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "reading/workshop_exact.h"

#include "base/error.h"
#include "base/id.h"
#include "base/suggest.h"
#include "reading/gaps_exact.h"

#include <string.h>

static const char *const prompts[PLX_ASKED] = {"well",     "improve", "competitors",
                                               "continue", "easier",  "moment"};

const char *plx_asked_prompt(enum plx_asked asked)
{
    return prompts[asked];
}

const char *plx_naming_code(enum plx_naming naming)
{
    static const char *const codes[] = {"all", "several", "one"};
    return codes[naming];
}

void plx_exact_workshop_free(plx_exact_workshop *exact)
{
    if (!exact)
        return;
    g_array_unref(exact->seats);
    g_ptr_array_unref(exact->themes);
    g_ptr_array_unref(exact->names);
    g_ptr_array_unref(exact->memory);
    g_free(exact);
}

static void free_theme(gpointer data)
{
    struct plx_exact_theme *theme = data;
    g_array_unref(theme->mentions);
    g_free(theme);
}

static gint find_asked(const char *prompt)
{
    for (gint i = 0; i < PLX_ASKED; i++)
        if (strcmp(prompt, prompts[i]) == 0)
            return i;
    return -1;
}

/* Building ------------------------------------------------------------------------------------ */

struct build {
    plx_exact_workshop *exact;
    const plx_codebook *book;
    GHashTable *seats;  /* key of a seat -> index + 1 */
    GHashTable *themes; /* "#id", or words -> struct plx_exact_theme */
};

static char *seat_key(const struct plx_saying *saying)
{
    if (*saying->table)
        return g_strdup_printf("t%s\x1f%s", saying->workshop, saying->table);
    return g_strdup_printf("u%s\x1f%u", saying->workshop, saying->unit);
}

static gboolean two_audiences(const plx_exact_workshop *exact, const struct plx_seat *seat,
                              const struct plx_saying *saying, GError **error)
{
    const guint first = MIN(seat->audience, saying->audience);
    const guint second = MAX(seat->audience, saying->audience);
    return plx_error(error, PLX_ERROR_INPUT,
                     "table \"%s\"%s%s%s has answers of %s and of %s: a table has one audience",
                     seat->table, *seat->workshop ? " of workshop \"" : "", seat->workshop,
                     *seat->workshop ? "\"" : "", exact->map->audiences[first].id,
                     exact->map->audiences[second].id);
}

/* People who are known are counted one by one; of a sheet only its group size is known. */
static gboolean take_seat(struct build *b, const struct plx_saying *saying, guint *at,
                          GError **error)
{
    g_autofree char *key = seat_key(saying);
    GArray *seats = b->exact->seats;
    guint found = GPOINTER_TO_UINT(g_hash_table_lookup(b->seats, key));
    if (!found) {
        const struct plx_seat seat = {.audience = saying->audience,
                                      .workshop = saying->workshop,
                                      .table = saying->table,
                                      .alone = !*saying->table && saying->group_size <= 1};
        g_array_append_val(seats, seat);
        found = seats->len;
        g_hash_table_insert(b->seats, g_steal_pointer(&key), GUINT_TO_POINTER(found));
    }
    struct plx_seat *seat = &g_array_index(seats, struct plx_seat, found - 1);
    if (seat->audience != saying->audience)
        return two_audiences(b->exact, seat, saying, error);
    seat->persons = MAX(seat->persons, (gint64)MAX(saying->group_size, 1));
    *at = found - 1;
    return TRUE;
}

static struct plx_exact_theme *take_theme(struct build *b, const struct plx_saying *saying,
                                          const char *normal)
{
    const struct plx_theme *coded =
        b->book ? plx_codebook_find(b->book, saying->prompt, saying->text) : NULL;
    g_autofree char *key =
        coded ? g_strdup_printf("#%u", coded->id) : g_strconcat("=", normal, NULL);
    struct plx_exact_theme *theme = g_hash_table_lookup(b->themes, key);
    if (theme)
        return theme;
    theme = g_new0(struct plx_exact_theme, 1);
    theme->id = coded ? (gint64)coded->id : -1;
    theme->title = coded ? coded->title : NULL;
    theme->key = normal;
    if (coded) {
        theme->n_points = coded->n_points;
        theme->points = coded->points;
    }
    theme->mentions = g_array_new(FALSE, FALSE, sizeof(struct plx_mention));
    g_ptr_array_add(b->exact->themes, theme);
    g_hash_table_insert(b->themes, g_steal_pointer(&key), theme);
    return theme;
}

static gboolean take_saying(struct build *b, const struct plx_saying *saying, GError **error)
{
    const gint asked = find_asked(saying->prompt);
    g_autofree char *normal = plx_id_new(saying->text, strlen(saying->text));
    if (asked < 0 || !normal)
        return TRUE;
    const char *kept = normal;
    g_ptr_array_add(b->exact->memory, g_steal_pointer(&normal));
    struct plx_mention mention = {.asked = (enum plx_asked)asked,
                                  .surprise = saying->surprise,
                                  .tied = saying->subject != NULL,
                                  .text = saying->text,
                                  .normal = kept};
    if (!take_seat(b, saying, &mention.seat, error))
        return FALSE;
    g_array_index(b->exact->seats, struct plx_seat, mention.seat).asked |= 1u << asked;
    g_array_append_val(take_theme(b, saying, kept)->mentions, mention);
    if (saying->day != PLX_NO_DAY) {
        b->exact->since = MIN(b->exact->since, saying->day);
        b->exact->until = MAX(b->exact->until, saying->day);
    }
    return TRUE;
}

static gint by_id(gconstpointer a, gconstpointer b)
{
    const struct plx_exact_theme *x = *(struct plx_exact_theme *const *)a;
    const struct plx_exact_theme *y = *(struct plx_exact_theme *const *)b;
    if ((x->id < 0) != (y->id < 0))
        return x->id < 0 ? 1 : -1;
    if (x->id != y->id)
        return x->id < y->id ? -1 : 1;
    return strcmp(x->key, y->key);
}

/* What counts as persons of a table whose people are known one by one: all of them. */
static void count_known(struct build *b, const struct plx_sayings *sayings, const gboolean *wanted)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autofree gint64 *known = g_new0(gint64, b->exact->seats->len + 1);
    for (guint i = 0; i < sayings->n; i++) {
        const struct plx_saying *saying = &sayings->sayings[i];
        g_autofree char *key = seat_key(saying);
        const guint seat = GPOINTER_TO_UINT(g_hash_table_lookup(b->seats, key));
        if (!wanted[i] || !seat || !saying->known)
            continue;
        if (g_hash_table_add(seen, g_strdup_printf("%u/%u", seat, saying->unit)))
            known[seat - 1] += MAX(saying->group_size, 1);
    }
    for (guint s = 0; s < b->exact->seats->len; s++) {
        struct plx_seat *seat = &g_array_index(b->exact->seats, struct plx_seat, s);
        seat->persons = MAX(seat->persons, known[s]);
    }
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names of the workshops there are, and of those wanted; a name that is none is an error. */
static gboolean find_names(plx_exact_workshop *exact, const struct plx_sayings *sayings,
                           const char *workshop, GError **error)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint i = 0; i < sayings->n; i++) {
        const char *name = sayings->sayings[i].workshop;
        if (!g_ptr_array_find_with_equal_func(all, name, g_str_equal, NULL))
            g_ptr_array_add(all, (gpointer)(guintptr)name);
    }
    g_ptr_array_sort(all, by_text);
    for (guint i = 0; i < all->len; i++)
        if (!workshop || strcmp(workshop, all->pdata[i]) == 0)
            g_ptr_array_add(exact->names, all->pdata[i]);
    if (exact->names->len || !workshop)
        return TRUE;
    g_autoptr(GString) list = g_string_new(NULL);
    for (guint i = 0; i < all->len; i++)
        g_string_append_printf(list, "%s\"%s\"", list->len ? ", " : "", (char *)all->pdata[i]);
    g_autofree char *near = plx_suggest_text(workshop, (const char *const *)all->pdata, all->len);
    return plx_error(error, PLX_ERROR_NOT_FOUND, "no workshop is called \"%s\"%s (there are: %s)",
                     workshop, near, list->len ? list->str : "none");
}

static gboolean build(struct build *b, const struct plx_sayings *sayings, const char *workshop,
                      const gboolean *audiences, GError **error)
{
    g_autofree gboolean *wanted = g_new0(gboolean, sayings->n + 1);
    for (guint i = 0; i < sayings->n; i++) {
        const struct plx_saying *saying = &sayings->sayings[i];
        wanted[i] = (!workshop || strcmp(workshop, saying->workshop) == 0) &&
                    (!audiences || audiences[saying->audience]);
        if (wanted[i] && !take_saying(b, saying, error))
            return FALSE;
    }
    count_known(b, sayings, wanted);
    g_ptr_array_sort(b->exact->themes, by_id);
    return TRUE;
}

plx_exact_workshop *plx_exact_workshop_new(const plx_map *map, const struct plx_sayings *sayings,
                                           const plx_codebook *book, const char *workshop,
                                           const gboolean *audiences, GError **error)
{
    g_autoptr(plx_exact_workshop) exact = g_new0(plx_exact_workshop, 1);
    exact->map = map;
    exact->sorted = book && plx_codebook_themes(book) > 0;
    exact->since = G_MAXINT32;
    exact->until = G_MININT32;
    exact->seats = g_array_new(FALSE, TRUE, sizeof(struct plx_seat));
    exact->themes = g_ptr_array_new_with_free_func(free_theme);
    exact->names = g_ptr_array_new();
    exact->memory = g_ptr_array_new_with_free_func(g_free);
    if (!find_names(exact, sayings, workshop, error))
        return NULL;
    g_autoptr(GHashTable) seats = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) themes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct build b = {.exact = exact, .book = book, .seats = seats, .themes = themes};
    return build(&b, sayings, workshop, audiences, error) ? g_steal_pointer(&exact) : NULL;
}
