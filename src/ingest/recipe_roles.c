/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each column of a foreign file seems to be. */
#include "base/id.h"
#include "ingest/recipe_draft.h"
#include "ingest/recipe_ladder.h"
#include "voice/batch.h"

#include <string.h>

#define AUDIENCES 12  /* more different words are no roles */
#define SHORT_SCALE 7 /* the highest mark of scales that begin with 1 */

static gboolean is_unique(const struct plx_look_column *c)
{
    const guint distinct = plx_look_distinct(c);
    return c->filled > 0 && (distinct >= PLX_LOOK_DISTINCT || distinct * 50 >= c->filled * 49);
}

static gboolean is_rating(const struct plx_look_column *c)
{
    return plx_look_has_marks(c) && plx_look_distinct(c) <= 16;
}

/* Marks between the whole ones, such as 3,5. */
static gboolean has_half_marks(const struct plx_look_column *c)
{
    return c->halves > 0 && (c->integers + c->halves + c->codes) * 10 >= c->filled * 8 &&
           (c->integers == 0 || (c->min >= 0 && c->max <= 10));
}

/* The texts are words for audiences: all of them, or most and for more than one; under a title that
 * says so, any few words. */
static gboolean names_audiences(const struct plx_look_column *c, guint rows)
{
    const guint distinct = plx_look_distinct(c);
    guint known = 0, exact = 0, kinds = 0;
    const char *first = NULL;
    /* Who is answering is known of nearly every row. */
    if (distinct == 0 || distinct > AUDIENCES || c->texts == 0 || c->filled * 10 < rows * 8)
        return FALSE;
    GHashTableIter iter;
    gpointer text;
    g_hash_table_iter_init(&iter, c->values);
    while (g_hash_table_iter_next(&iter, &text, NULL)) {
        const char *audience = plx_audience_of_word(text);
        known += audience ? 1 : 0;
        exact += plx_is_audience_word(text) ? 1 : 0;
        if (audience && first && audience != first)
            kinds = 2;
        first = audience ? audience : first;
    }
    if (exact == distinct || (kinds == 2 && known * 2 >= distinct))
        return TRUE;
    return plx_role_of_title(c->title) == PLX_ROLE_AUDIENCE && !is_unique(c) && distinct >= 2 &&
           (known > 0 || plx_is_role_title(c->title));
}

static gboolean is_one_word(const char *title)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    return id && !strchr(id, '-');
}

static enum plx_role role_by_title(const struct plx_look_column *c)
{
    const enum plx_role clue = plx_role_of_title(c->title);
    const guint distinct = plx_look_distinct(c);
    if (clue == PLX_ROLE_RESPONDENT)
        return is_unique(c) || distinct > 16 ? clue : PLX_ROLE_OTHER;
    if (is_rating(c) && clue != PLX_ROLE_WEIGHT &&
        (clue == PLX_ROLE_NOTE || !is_one_word(c->title)))
        return PLX_ROLE_OTHER; /* "Cleanliness of the shop" is no place */
    if (clue == PLX_ROLE_POINT)
        return distinct > 1 && !is_unique(c) ? clue : PLX_ROLE_OTHER;
    if (clue == PLX_ROLE_NOTE && c->texts * 2 < c->filled)
        return PLX_ROLE_OTHER;
    if ((clue == PLX_ROLE_PLACE || clue == PLX_ROLE_CHANNEL) && c->words * 3 >= c->filled &&
        is_unique(c))
        return PLX_ROLE_OTHER; /* "What should the shop do better?" */
    return clue == PLX_ROLE_TIME || clue == PLX_ROLE_AUDIENCE ? PLX_ROLE_OTHER : clue;
}

/* Sentences: long, and most of them said once. */
static gboolean is_free_text(const struct plx_look_column *c)
{
    const guint distinct = plx_look_distinct(c);
    return c->texts * 2 > c->filled && c->words * 4 >= c->filled && c->words > 0 &&
           (distinct * 2 > c->filled || distinct > 30);
}

/* One value in all rows but a slip: nothing to compare by. NULL: no such value. */
static const char *single_value(const struct plx_look_column *c)
{
    const char *found = NULL;
    guint most = 0;
    GHashTableIter iter;
    gpointer text, n;
    g_hash_table_iter_init(&iter, c->values);
    while (g_hash_table_iter_next(&iter, &text, &n)) {
        if (GPOINTER_TO_UINT(n) > most)
            found = text;
        most = MAX(most, GPOINTER_TO_UINT(n));
    }
    return c->filled - most <= plx_look_strays_of(c->filled) ? found : NULL;
}

static gboolean is_segment(const struct plx_look_column *c)
{
    const guint distinct = plx_look_distinct(c);
    return distinct >= 2 && distinct <= 30 && !is_unique(c) &&
           (distinct * 2 <= c->filled || c->filled < 6);
}

static void leave(struct plx_draft_column *column, const char *why)
{
    column->role = PLX_ROLE_OTHER;
    g_free(column->why);
    column->why = g_strdup(why);
}

static enum plx_role role_of_marks(const struct plx_look_column *c, struct plx_draft_column *column)
{
    column->ladder = plx_ladder_find(c->values, plx_look_strays_of(c->filled));
    if (column->ladder >= 0) {
        column->low = 1;
        column->high = plx_ladder_rungs(column->ladder);
        return PLX_ROLE_RATING;
    }
    column->low = c->min;
    column->high = c->max;
    if (is_rating(c) && c->max > SHORT_SCALE && plx_is_recommend_title(c->title))
        return PLX_ROLE_RECOMMEND;
    return PLX_ROLE_OTHER;
}

static enum plx_role segment_or_slip(const struct plx_look_column *c,
                                     struct plx_draft_column *column)
{
    const char *const single = single_value(c);
    if (!single)
        return PLX_ROLE_SEGMENT;
    const guint others = c->filled - GPOINTER_TO_UINT(g_hash_table_lookup(c->values, single));
    g_autofree char *why =
        g_strdup_printf("“%s” in all rows but %u: too little to compare by", single, others);
    leave(column, why);
    return PLX_ROLE_OTHER;
}

static enum plx_role role_by_texts(const struct plx_look_column *c, struct plx_draft_column *column)
{
    if (is_rating(c))
        return PLX_ROLE_RATING;
    if (has_half_marks(c))
        leave(column, "half marks; marks are whole numbers here, so round them in the file");
    else if (c->halves > 0 || c->fractions * 2 > c->filled)
        leave(column, "numbers with fractions");
    else if (c->shaped * 2 > c->filled)
        leave(column, "dates of more than one form; time needs one form");
    else if (is_free_text(c))
        return PLX_ROLE_NOTE;
    else if (is_segment(c))
        return segment_or_slip(c, column);
    return PLX_ROLE_OTHER;
}

static enum plx_role role_of(const struct plx_look_column *c, guint rows,
                             struct plx_draft_column *column)
{
    if (c->filled == 0 || *c->title == '\0')
        return PLX_ROLE_OTHER;
    if (c->dates * 10 >= c->filled * 9 || c->shape[plx_look_shape(c)] * 10 >= c->filled * 9)
        return PLX_ROLE_TIME;
    const enum plx_role marks = role_of_marks(c, column);
    if (marks != PLX_ROLE_OTHER)
        return marks;
    if (names_audiences(c, rows))
        return PLX_ROLE_AUDIENCE;
    const enum plx_role clue = role_by_title(c);
    return clue != PLX_ROLE_OTHER ? clue : role_by_texts(c, column);
}

/* Only the first column can be who, when, where; only so many segments can be read at once. */
static void settle_single(struct plx_draft *d)
{
    guint seen[PLX_ROLES] = {0}, segments = 0;
    for (guint i = 0; i < d->look->n; i++) {
        struct plx_draft_column *column = &d->columns[i];
        const enum plx_role role = column->role;
        const gboolean many = role == PLX_ROLE_SEGMENT || role == PLX_ROLE_RATING ||
                              role == PLX_ROLE_NOTE || role == PLX_ROLE_WORDS ||
                              role == PLX_ROLE_OTHER;
        if (!many && seen[role]++ > 0) {
            leave(column, role == PLX_ROLE_TIME        ? "a second date"
                          : role == PLX_ROLE_AUDIENCE  ? "a second column of roles"
                          : role == PLX_ROLE_RECOMMEND ? "a second recommendation"
                                                       : NULL);
            if (role == PLX_ROLE_PLACE || role == PLX_ROLE_CHANNEL)
                column->role = PLX_ROLE_SEGMENT;
        }
        if (column->role == PLX_ROLE_SEGMENT && ++segments > PLX_DIMS_MAX - PLX_DIM_SEGMENT)
            column->role = PLX_ROLE_OTHER;
    }
}

/* One column of free text is the note; of several, the one whose title says so. */
static void settle_notes(struct plx_draft *d)
{
    guint n = 0, said = 0;
    for (guint i = 0; i < d->look->n; i++) {
        if (d->columns[i].role != PLX_ROLE_NOTE)
            continue;
        n++;
        said += plx_role_of_title(d->look->columns[i].title) == PLX_ROLE_NOTE ? 1 : 0;
    }
    for (guint i = 0; i < d->look->n && n > 1; i++) {
        const gboolean says = plx_role_of_title(d->look->columns[i].title) == PLX_ROLE_NOTE;
        if (d->columns[i].role == PLX_ROLE_NOTE && !(said == 1 && says))
            leave(&d->columns[i], "free text; a row has one note (note: TITLE)");
    }
}

/* Scales of marks: up to 5, 6, 7, or 10. */
static guint scale_class(gint64 high)
{
    return high <= 5 ? 0 : high > SHORT_SCALE ? 3 : (guint)high - 5;
}

/* Is a column of marks on the scale that ends with `high`? Bad points miss its end as well; many
 * marks that end where another usual scale does are on that. */
static gboolean is_on_scale(const struct plx_look_column *c, const struct plx_draft_column *column,
                            gint64 high)
{
    if (column->high > high)
        return FALSE;
    if (column->ladder >= 0)
        return column->high == high;
    const gboolean other = column->high == 5 || column->high == SHORT_SCALE;
    return !other || high - column->high < 2 || c->filled < PLX_LOOK_FEW;
}

/* The end of the scale that most columns of marks have; of equals the shorter. */
static gint64 main_scale(const struct plx_draft *d)
{
    guint n[4] = {0}, best = 0;
    gint64 high[4] = {0};
    for (guint i = 0; i < d->look->n; i++) {
        if (d->columns[i].role != PLX_ROLE_RATING)
            continue;
        const guint class = scale_class(d->columns[i].high);
        n[class]++;
        high[class] = MAX(high[class], d->columns[i].high);
    }
    for (guint class = 1; class < 4; class ++)
        if (n[class] > n[best])
            best = class;
    return best == 3 ? 10 : high[best];
}

/* A recipe has one scale for the points: columns on another are not mixed in. */
static void settle_scales(struct plx_draft *d)
{
    const gint64 high = main_scale(d);
    for (guint i = 0; i < d->look->n; i++) {
        struct plx_draft_column *column = &d->columns[i];
        if (column->role != PLX_ROLE_RATING || is_on_scale(&d->look->columns[i], column, high))
            continue;
        g_autofree char *why = g_strdup_printf(
            "marks from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT
            ", those of the points end with %" G_GINT64_FORMAT "; another scale needs another "
            "recipe",
            column->low, column->high, high);
        leave(column, why);
    }
}

/* Where a row is one answer, it has one mark. */
static void settle_long(struct plx_draft *d)
{
    const gint mark = plx_draft_find(d, PLX_ROLE_RATING);
    if (plx_draft_find(d, PLX_ROLE_POINT) < 0 || mark < 0)
        return;
    for (guint i = 0; i < d->look->n; i++)
        if (d->columns[i].role == PLX_ROLE_RECOMMEND ||
            (d->columns[i].role == PLX_ROLE_RATING && i != (guint)mark))
            leave(&d->columns[i], "another mark of the row; name its measure to read it");
}

/* All words of one column are words of the other. */
static gboolean has_words_of(const struct plx_look_column *a, const struct plx_look_column *b)
{
    GHashTableIter iter;
    gpointer text;
    g_hash_table_iter_init(&iter, b->values);
    while (g_hash_table_iter_next(&iter, &text, NULL))
        if (!g_hash_table_contains(a->values, text))
            return FALSE;
    return TRUE;
}

static gboolean may_be_words(const struct plx_draft *d, guint i)
{
    const struct plx_look_column *c = &d->look->columns[i];
    const guint n = plx_look_distinct(c);
    return (d->columns[i].role == PLX_ROLE_SEGMENT || d->columns[i].role == PLX_ROLE_WORDS) &&
           c->texts * 2 > c->filled && n >= 3 && n <= 9;
}

/* Columns that share their few words are answers in words; so may be all where there are no marks.
 */
static void settle_words(struct plx_draft *d)
{
    const gboolean marks = plx_draft_find(d, PLX_ROLE_RATING) >= 0;
    for (guint i = 0; i < d->look->n; i++) {
        if (!may_be_words(d, i))
            continue;
        gboolean shared = !marks;
        for (guint k = 0; k < d->look->n && !shared; k++)
            shared = k != i && may_be_words(d, k) &&
                     (has_words_of(&d->look->columns[i], &d->look->columns[k]) ||
                      has_words_of(&d->look->columns[k], &d->look->columns[i]));
        if (shared)
            d->columns[i].role = PLX_ROLE_WORDS;
    }
}

void plx_draft_settle(struct plx_draft *draft)
{
    for (guint i = 0; i < draft->look->n; i++) {
        draft->columns[i].ladder = -1;
        draft->columns[i].role =
            role_of(&draft->look->columns[i], draft->look->rows, &draft->columns[i]);
    }
    settle_scales(draft);
    settle_words(draft);
    settle_single(draft);
    settle_notes(draft);
    settle_long(draft);
}
