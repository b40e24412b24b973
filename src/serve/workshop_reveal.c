/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/workshop_reveal.h"

#include "base/error.h"
#include "reading/beliefs.h"
#include "report/words.h"
#include "report/words_beliefs.h"
#include "serve/people.h"
#include "serve/texts.h"
#include "store/aside.h"

#include <math.h>
#include <string.h>

/* A moment that the room guessed at. */
struct entry {
    const struct plx_gaps_point *point;
    const struct plx_belief *belief; /* or NULL: nobody's who had not seen results */
    const struct plx_voice *served;  /* or NULL */
    enum plx_room_state state;
};

struct plx_workshop_reveal {
    const plx_map *map;
    plx_beliefs *beliefs; /* or NULL: nothing may be shown, or there is nothing */
    GArray *entries;      /* struct entry: those that have something to show */
    guint skipped;
    gboolean any_truth;
    char *audience; /* id of those who guessed; NULL: nobody */
    enum plx_room_state state;
};

/* Of all workshops that were looked at since answers or the map changed. */
struct reveals {
    GHashTable *of; /* "CODE phase" to plx_workshop_reveal */
};

static void free_reveal(gpointer data)
{
    plx_workshop_reveal *const reveal = data;
    plx_beliefs_free(reveal->beliefs);
    g_array_unref(reveal->entries);
    g_free(reveal->audience);
    g_free(reveal);
}

static void free_reveals(gpointer data)
{
    struct reveals *const reveals = data;
    g_hash_table_unref(reveals->of);
    g_free(reveals);
}

static gpointer make_reveals(plx_store *store, GError **error)
{
    (void)store;
    (void)error; /* each is worked out when it is asked for */
    struct reveals *const reveals = g_new0(struct reveals, 1);
    reveals->of = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_reveal);
    return reveals;
}

/* Anything of what those who are served said that may be shown. */
static gboolean has_truth(const plx_gaps *gaps)
{
    for (guint p = 0; gaps->n_groups > 0 && p < gaps->groups[0].n_points; p++) {
        const struct plx_gaps_point *const point = &gaps->groups[0].points[p];
        for (guint v = 0; v < point->n_voices; v++)
            if (gaps->served[point->voices[v].audience] && isfinite(point->voices[v].desired_share))
                return TRUE;
    }
    return FALSE;
}

/* Did somebody of the audience (NULL: anybody) guess at the point in this room? */
static gboolean is_guessed(const GPtrArray *guesses, const char *audience, const char *point)
{
    for (guint i = 0; i < guesses->len; i++) {
        const struct plx_seat_guess *const guess = guesses->pdata[i];
        if (guess->believed != PLX_GUESS_NONE && strcmp(guess->point, point) == 0 &&
            (!audience || strcmp(guess->audience, audience) == 0))
            return TRUE;
    }
    return FALSE;
}

static enum plx_room_state state_of(const struct plx_belief *belief, gboolean guessed)
{
    if (!belief)
        return guessed ? PLX_ROOM_SEEN : PLX_ROOM_FEW;
    if (belief->suppressed != PLX_SHOWN)
        return belief->suppressed == PLX_HIDDEN_COMPLEMENTARY ? PLX_ROOM_APART : PLX_ROOM_FEW;
    return isfinite(belief->believed) ? PLX_ROOM_SHOWN : PLX_ROOM_ALIKE;
}

static enum plx_truth_state truth_of(const struct entry *entry)
{
    const struct plx_moment moment = {
        .point = entry->point, .belief = entry->belief, .served = entry->served};
    return plx_truth_state(&moment);
}

static struct entry entry_of(const plx_workshop_reveal *reveal, const struct plx_gaps_point *point,
                             const GPtrArray *guesses)
{
    const plx_beliefs *const beliefs = reveal->beliefs;
    struct entry entry = {.point = point};
    for (guint v = 0; v < point->n_voices; v++)
        if ((gint)point->voices[v].audience == beliefs->about)
            entry.served = &point->voices[v];
    for (guint b = 0; b < point->n_beliefs; b++)
        if ((gint)point->beliefs[b].by == beliefs->by &&
            (gint)point->beliefs[b].about == beliefs->about)
            entry.belief = &point->beliefs[b];
    entry.state = state_of(entry.belief, is_guessed(guesses, reveal->audience, point->point));
    return entry;
}

/* One number stands for the room where there is one; else what keeps most of them back. */
static void sum_up(plx_workshop_reveal *reveal, enum plx_room_state state)
{
    if (reveal->state == PLX_ROOM_NOBODY || state == PLX_ROOM_SHOWN)
        reveal->state = state;
    else if (reveal->state == PLX_ROOM_SEEN)
        reveal->state = state;
}

/* What the room guessed at; neither guess nor truth: there is nothing to look at. */
static void choose_moments(plx_workshop_reveal *reveal, const GPtrArray *guesses)
{
    const plx_gaps *const gaps = reveal->beliefs->gaps;
    for (guint p = 0; gaps->n_groups > 0 && p < gaps->groups[0].n_points; p++) {
        const struct plx_gaps_point *const point = &gaps->groups[0].points[p];
        if (!is_guessed(guesses, NULL, point->point))
            continue;
        const struct entry entry = entry_of(reveal, point, guesses);
        sum_up(reveal, entry.state);
        if (entry.state == PLX_ROOM_SHOWN || truth_of(&entry) == PLX_TRUTH_SHOWN)
            g_array_append_val(reveal->entries, entry);
        else
            reveal->skipped++;
    }
}

/* Those who guessed: of the reading, which has none who had seen results; then any. */
static char *guessers_of(const plx_workshop_reveal *reveal, const GPtrArray *guesses)
{
    const plx_beliefs *const beliefs = reveal->beliefs;
    if (beliefs->by >= 0)
        return g_strdup(beliefs->gaps->audiences[beliefs->by]);
    gint first = -1;
    for (guint i = 0; i < guesses->len; i++) {
        const struct plx_seat_guess *const guess = guesses->pdata[i];
        const gint audience = plx_map_find_audience(reveal->map, guess->audience);
        if (guess->believed != PLX_GUESS_NONE && audience >= 0 && (first < 0 || audience < first))
            first = audience;
    }
    return first >= 0 ? g_strdup(reveal->map->audiences[first].id) : NULL;
}

static plx_workshop_reveal *make_reveal(plx_store *store, const struct plx_gathering *gathering,
                                        GError **error)
{
    const struct plx_gaps_options options = {.seed = 1, .room = gathering->workshop};
    g_autoptr(GError) failure = NULL;
    g_autoptr(GPtrArray) guesses = plx_gathering_guesses(store, gathering, error);
    if (!guesses)
        return NULL;
    g_autoptr(plx_source) source = plx_store_source(store, 1);
    plx_beliefs *const beliefs = plx_beliefs_read(source, &options, &failure);
    if (failure && !plx_error_is_nothing(failure)) {
        g_propagate_error(error, g_steal_pointer(&failure));
        return NULL;
    }
    plx_workshop_reveal *const reveal = g_new0(plx_workshop_reveal, 1);
    reveal->map = plx_store_map(store);
    reveal->beliefs = beliefs;
    reveal->entries = g_array_new(FALSE, FALSE, sizeof(struct entry));
    if (beliefs) {
        reveal->audience = guessers_of(reveal, guesses);
        choose_moments(reveal, guesses);
        reveal->any_truth = has_truth(beliefs->gaps);
    }
    return reveal;
}

const plx_workshop_reveal *
plx_workshop_reveal_read(plx_store *store, const struct plx_gathering *gathering, GError **error)
{
    const struct reveals *const reveals = plx_store_aside(store, make_reveals, free_reveals, error);
    if (!reveals)
        return NULL;
    /* Guesses are still given in the first phase, and not looked at. */
    g_autofree char *key =
        g_strdup_printf("%s %d", gathering->code, gathering->phase == PLX_GATHERING_GUESS);
    plx_workshop_reveal *reveal = g_hash_table_lookup(reveals->of, key);
    if (!reveal && (reveal = make_reveal(store, gathering, error)))
        g_hash_table_insert(reveals->of, g_steal_pointer(&key), reveal);
    return reveal;
}

void plx_workshop_reveal_room(const plx_workshop_reveal *reveal, struct plx_room *room)
{
    *room = (struct plx_room){.state = reveal->state, .audience = reveal->audience};
}

gboolean plx_workshop_reveal_any_truth(const plx_workshop_reveal *reveal)
{
    return reveal->any_truth;
}

guint plx_workshop_reveal_moments(const plx_workshop_reveal *reveal)
{
    return reveal->entries->len;
}

guint plx_workshop_reveal_skipped(const plx_workshop_reveal *reveal)
{
    return reveal->skipped;
}

static const struct entry *moment_of(const plx_workshop_reveal *reveal, guint moment)
{
    return &g_array_index(reveal->entries, struct entry, moment);
}

const char *plx_workshop_reveal_title(const plx_workshop_reveal *reveal, guint moment,
                                      const char *language)
{
    const struct plx_gaps_point *const point = moment_of(reveal, moment)->point;
    return point->map_point >= 0
               ? plx_map_text(reveal->map, reveal->map->points[point->map_point].title, language)
               : point->title;
}

const char *plx_workshop_reveal_point(const plx_workshop_reveal *reveal, guint moment)
{
    return moment_of(reveal, moment)->point->point;
}

/* What was said, the range around it and every guess are of one unit. */
char *plx_workshop_reveal_number(double share)
{
    GString *const words = g_string_new(NULL);
    plx_words_percent(words, share);
    return g_string_free(words, FALSE);
}

/* <p class="say">You said <strong>80 %</strong></p> */
static void put_say(plx_html *html, const char *who, const char *number)
{
    plx_html_open_class(html, "p", "say");
    plx_html_textf(html, "%s ", who);
    plx_html_element(html, "strong", NULL, number);
    plx_html_close(html);
}

/* Why there is no number of the room, in a sentence; nothing where there is one. */
static void put_why(const plx_workshop_reveal *reveal, enum plx_room_state state,
                    const char *language, plx_html *html)
{
    g_autofree char *text =
        plx_room_why(reveal->map, &(struct plx_room){state, reveal->audience, 0, 0}, language);
    if (text)
        plx_html_element(html, "p", "why", text);
}

void plx_workshop_reveal_put_guess(const plx_workshop_reveal *reveal, guint moment,
                                   const char *language, plx_html *html)
{
    const struct entry *const m = moment_of(reveal, moment);
    plx_html_open_class(html, "div", "guess");
    if (m->state == PLX_ROOM_SHOWN) {
        const char *const people = plx_people_label(reveal->map, reveal->audience, language);
        g_autofree char *room =
            plx_texts_fill(language, "workshop.reveal.you", people, (char *)NULL);
        g_autofree char *number = plx_workshop_reveal_number(m->belief->believed);
        put_say(html, room, number);
    }
    put_why(reveal, m->state, language, html);
    plx_html_close(html);
}

void plx_workshop_reveal_put_why(const plx_workshop_reveal *reveal, guint moment,
                                 const char *language, plx_html *html)
{
    put_why(reveal, moment_of(reveal, moment)->state, language, html);
}

/* A range, as the reading prints it, and of how many. */
static void put_range(const struct plx_voice *served, const char *language, plx_html *html)
{
    if (!isfinite(served->desired_ci.lo) || !isfinite(served->desired_ci.hi))
        return;
    g_autofree char *low = plx_workshop_reveal_number(served->desired_ci.lo);
    g_autofree char *high = plx_workshop_reveal_number(served->desired_ci.hi);
    g_autofree char *n = g_strdup_printf("%" G_GINT64_FORMAT, served->n);
    g_autofree char *text =
        plx_texts_fill(language, "workshop.reveal.range", low, high, n, (char *)NULL);
    plx_html_element(html, "p", "quiet", text);
}

/* Where the number of the room and theirs read the same, nobody understands that it is open. */
static const char *verdict_key(enum plx_verdict verdict, gboolean same)
{
    return verdict == PLX_VERDICT_OVERESTIMATES    ? "workshop.reveal.over"
           : verdict == PLX_VERDICT_UNDERESTIMATES ? "workshop.reveal.under"
           : verdict == PLX_VERDICT_SEES_IT        ? "workshop.reveal.right"
           : same                                  ? "workshop.reveal.alike.open"
                                                   : "workshop.reveal.open";
}

void plx_workshop_reveal_put_truth(const plx_workshop_reveal *reveal, guint moment,
                                   const char *language, plx_html *html)
{
    const struct entry *const m = moment_of(reveal, moment);
    plx_html_open_class(html, "div", "truth");
    if (truth_of(m) == PLX_TRUTH_SHOWN) {
        const char *const people = plx_people_label(
            reveal->map, reveal->beliefs->gaps->audiences[reveal->beliefs->about], language);
        g_autofree char *they =
            plx_texts_fill(language, "workshop.reveal.they", people, (char *)NULL);
        g_autofree char *number = plx_workshop_reveal_number(m->served->desired_share);
        put_say(html, they, number);
        put_range(m->served, language, html);
        if (m->state == PLX_ROOM_SHOWN) {
            g_autofree char *room = plx_workshop_reveal_number(m->belief->believed);
            plx_html_element(
                html, "p", "verdict",
                plx_texts(language, verdict_key(m->belief->verdict, strcmp(room, number) == 0)));
        }
    } else {
        plx_html_element(html, "p", NULL, plx_texts(language, "workshop.reveal.unknown"));
    }
    plx_html_close(html);
}
