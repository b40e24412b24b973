/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text/alike.h"

#include "text/tokens.h"

#include <math.h>
#include <string.h>

#define NOBODY G_MAXUINT

/* A text as its rare stems. */
struct bag {
    guint index;    /* of the text, as the caller has it */
    char *source;   /* what is read */
    char *language; /* of the reader of its words */
    GArray *terms;  /* codes of stems, ascending, each once */
    double norm;
};

struct term {
    guint df;
    double weight;
    GHashTable *spellings; /* -> how often */
};

struct work {
    GPtrArray *bags;     /* struct bag, by text and language */
    GHashTable *codes;   /* stem -> code + 1 */
    GPtrArray *terms;    /* struct term, by code */
    GHashTable *readers; /* language -> plx_tokens */
};

static void free_bag(gpointer data)
{
    struct bag *const bag = data;
    g_free(bag->source);
    g_free(bag->language);
    g_array_unref(bag->terms);
    g_free(bag);
}

static void free_term(gpointer data)
{
    struct term *const term = data;
    g_hash_table_unref(term->spellings);
    g_free(term);
}

static void free_reader(gpointer data)
{
    plx_tokens_free(data);
}

static void work_clear(struct work *work)
{
    g_ptr_array_unref(work->bags);
    g_hash_table_unref(work->codes);
    g_ptr_array_unref(work->terms);
    g_hash_table_unref(work->readers);
}

/* Words ------------------------------------------------------------------------------------- */

static guint code_of(struct work *work, const char *stem)
{
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(work->codes, stem));
    if (known > 0)
        return known - 1;
    struct term *const term = g_new0(struct term, 1);
    term->spellings = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_ptr_array_add(work->terms, term);
    g_hash_table_insert(work->codes, g_strdup(stem), GUINT_TO_POINTER(work->terms->len));
    return work->terms->len - 1;
}

static gint by_code(gconstpointer a, gconstpointer b)
{
    const guint x = *(const guint *)a, y = *(const guint *)b;
    return x < y ? -1 : x > y;
}

static void count_spelling(struct term *term, const char *text, guint length)
{
    char *const spelling = g_strndup(text, length);
    const guint n = GPOINTER_TO_UINT(g_hash_table_lookup(term->spellings, spelling));
    g_hash_table_insert(term->spellings, spelling, GUINT_TO_POINTER(n + 1));
}

static gboolean holds(const GArray *terms, guint code)
{
    for (guint i = 0; i < terms->len; i++)
        if (g_array_index(terms, guint, i) == code)
            return TRUE;
    return FALSE;
}

static void fill_bag(struct work *work, struct bag *bag, const GArray *tokens)
{
    for (guint i = 0; i < tokens->len; i++) {
        const struct plx_token *const token = &g_array_index(tokens, struct plx_token, i);
        if (token->common)
            continue;
        const guint code = code_of(work, token->stem);
        struct term *const term = work->terms->pdata[code];
        count_spelling(term, bag->source + token->start, token->length);
        if (holds(bag->terms, code))
            continue;
        term->df++;
        g_array_append_val(bag->terms, code);
    }
    g_array_sort(bag->terms, by_code);
}

static plx_tokens *reader_of(struct work *work, const char *language, GError **error)
{
    plx_tokens *reader = g_hash_table_lookup(work->readers, language);
    if (!reader) {
        reader = plx_tokens_new(language, error);
        if (reader)
            g_hash_table_insert(work->readers, g_strdup(language), reader);
    }
    return reader;
}

static gint by_text(gconstpointer a, gconstpointer b)
{
    const struct bag *const *const x = a, *const *const y = b;
    const int order = strcmp((*x)->source, (*y)->source);
    return order ? order : strcmp((*x)->language, (*y)->language);
}

static gboolean read_bags(struct work *work, const struct plx_alike_text *texts, guint n,
                          GError **error)
{
    for (guint i = 0; i < MIN(n, PLX_ALIKE_MAX); i++) {
        struct bag *const bag = g_new0(struct bag, 1);
        *bag = (struct bag){.index = i,
                            .source = g_strdup(texts[i].text),
                            .language = g_strdup(texts[i].language ? texts[i].language : ""),
                            .terms = g_array_new(FALSE, FALSE, sizeof(guint))};
        g_ptr_array_add(work->bags, bag);
    }
    g_ptr_array_sort(work->bags, by_text);
    for (guint i = 0; i < work->bags->len; i++) {
        struct bag *const bag = work->bags->pdata[i];
        plx_tokens *const reader = reader_of(work, bag->language, error);
        if (!reader)
            return FALSE;
        g_autoptr(GArray) tokens = plx_tokens_read(reader, bag->source);
        fill_bag(work, bag, tokens);
    }
    return TRUE;
}

static void weigh(struct work *work)
{
    for (guint t = 0; t < work->terms->len; t++) {
        struct term *const term = work->terms->pdata[t];
        term->weight = log1p((double)work->bags->len / term->df);
    }
    for (guint i = 0; i < work->bags->len; i++) {
        struct bag *const bag = work->bags->pdata[i];
        double sum = 0;
        for (guint k = 0; k < bag->terms->len; k++) {
            const struct term *const term = work->terms->pdata[g_array_index(bag->terms, guint, k)];
            sum += term->weight * term->weight;
        }
        bag->norm = sqrt(sum);
    }
}

static double cosine(const struct work *work, const struct bag *a, const struct bag *b)
{
    double sum = 0;
    for (guint i = 0, k = 0; i < a->terms->len && k < b->terms->len;) {
        const guint x = g_array_index(a->terms, guint, i), y = g_array_index(b->terms, guint, k);
        if (x == y) {
            const struct term *const term = work->terms->pdata[x];
            sum += term->weight * term->weight;
        }
        i += x <= y;
        k += y <= x;
    }
    return sum > 0 ? sum / (a->norm * b->norm) : 0;
}

/* Linkage ----------------------------------------------------------------------------------- */

struct linkage {
    guint n;
    float *like; /* n x n, of the groups that are still there */
    guint *size; /* 0: it went into another */
    guint *into; /* of each text: the first of its group */
};

static guint nearest(const struct linkage *link, guint of, guint before)
{
    guint best = before;
    for (guint k = 0; k < link->n; k++)
        if (k != of && link->size[k] > 0 &&
            (best == NOBODY ||
             link->like[(gsize)of * link->n + k] > link->like[(gsize)of * link->n + best]))
            best = k;
    return best;
}

static guint root_of(const struct linkage *link, guint i)
{
    while (link->into[i] != i)
        i = link->into[i];
    return i;
}

/* b goes into a; average linkage after Lance & Williams. */
static void join(struct linkage *link, guint a, guint b)
{
    const float x = (float)link->size[a], y = (float)link->size[b];
    const float like = link->like[(gsize)a * link->n + b];
    if (like >= (float)PLX_ALIKE_FROM)
        link->into[root_of(link, b)] = root_of(link, a);
    for (guint k = 0; k < link->n; k++) {
        float *const mine = &link->like[(gsize)a * link->n + k];
        *mine = (x * *mine + y * link->like[(gsize)b * link->n + k]) / (x + y);
        link->like[(gsize)k * link->n + a] = *mine;
    }
    link->size[a] += link->size[b];
    link->size[b] = 0;
}

/* Follows nearest neighbours until two are each other's, which average linkage joins sooner or
 * later; it ends when nothing that is left is like anything. */
static void link_all(struct linkage *link)
{
    g_autofree guint *chain = g_new(guint, link->n + 1);
    guint n_chain = 0, first = 0;
    while (first < link->n) {
        if (n_chain == 0) {
            while (first < link->n && link->size[first] == 0)
                first++;
            if (first == link->n)
                return;
            chain[n_chain++] = first;
        }
        const guint top = chain[n_chain - 1], before = n_chain > 1 ? chain[n_chain - 2] : NOBODY;
        const guint next = nearest(link, top, before);
        if (next == NOBODY || link->like[(gsize)top * link->n + next] <= 0) {
            link->size[top] = 0; /* alone, whatever comes */
            n_chain--;
        } else if (next == before) {
            n_chain -= 2;
            join(link, MIN(top, next), MAX(top, next));
            first = 0;
        } else {
            chain[n_chain++] = next;
        }
    }
}

static void linkage_init(struct linkage *link, const struct work *work)
{
    const guint n = work->bags->len;
    *link = (struct linkage){.n = n,
                             .like = g_new0(float, (gsize)n *n + 1),
                             .size = g_new(guint, n + 1),
                             .into = g_new(guint, n + 1)};
    for (guint i = 0; i < n; i++) {
        link->size[i] = 1;
        link->into[i] = i;
        for (guint k = 0; k < i; k++) {
            const double like = cosine(work, work->bags->pdata[i], work->bags->pdata[k]);
            link->like[(gsize)i * n + k] = link->like[(gsize)k * n + i] = (float)like;
        }
    }
}

/* Titles ------------------------------------------------------------------------------------ */

/* Is `a` the better word of a title? Of spellings written equally often the shortest, then small
 * letters. */
static gboolean is_plainer(const char *a, const char *b)
{
    const gsize x = strlen(a), y = strlen(b);
    return x < y || (x == y && strcmp(a, b) > 0);
}

/* The spelling that is written most. */
static const char *spelling_of(const struct term *term)
{
    GHashTableIter iter;
    gpointer key, value;
    const char *best = NULL;
    guint most = 0;
    g_hash_table_iter_init(&iter, term->spellings);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const guint n = GPOINTER_TO_UINT(value);
        if (n > most || (n == most && is_plainer(key, best))) {
            best = key;
            most = n;
        }
    }
    return best;
}

static const struct bag *bag_at(const struct work *work, const GArray *bags, guint i)
{
    return work->bags->pdata[g_array_index(bags, guint, i)];
}

static guint members_with(const struct work *work, const GArray *members, guint code)
{
    guint n = 0;
    for (guint i = 0; i < members->len; i++)
        n += holds(bag_at(work, members, i)->terms, code) ? 1 : 0;
    return n;
}

/* The heaviest for the group that at least half of it share and `taken` does not hold. */
static guint next_word(const struct work *work, const GArray *members, const GArray *taken)
{
    guint best = NOBODY;
    double most = 0;
    for (guint i = 0; i < members->len; i++) {
        const struct bag *const bag = bag_at(work, members, i);
        for (guint k = 0; k < bag->terms->len; k++) {
            const guint code = g_array_index(bag->terms, guint, k);
            const guint n = members_with(work, members, code);
            const double weight = n * ((const struct term *)work->terms->pdata[code])->weight;
            if (n >= 2 && 2 * n >= members->len && weight > most && !holds(taken, code)) {
                best = code;
                most = weight;
            }
        }
    }
    return best;
}

/* Where average linkage chained a group so that no word is in half of it: the word that most
 * share. */
static guint most_shared(const struct work *work, const GArray *members)
{
    guint best = NOBODY, most = 0;
    for (guint i = 0; i < members->len; i++) {
        const struct bag *const bag = bag_at(work, members, i);
        for (guint k = 0; k < bag->terms->len; k++) {
            const guint code = g_array_index(bag->terms, guint, k);
            const guint n = members_with(work, members, code);
            if (n > most) {
                best = code;
                most = n;
            }
        }
    }
    return best;
}

static char *title_of(const struct work *work, const GArray *members)
{
    g_autoptr(GArray) taken = g_array_new(FALSE, FALSE, sizeof(guint));
    GString *const title = g_string_new(NULL);
    for (guint i = 0; i < PLX_ALIKE_TITLE; i++) {
        guint code = next_word(work, members, taken);
        if (code == NOBODY && i == 0)
            code = most_shared(work, members);
        if (code == NOBODY)
            break;
        g_array_append_val(taken, code);
        g_string_append_printf(title, "%s%s", i > 0 ? ", " : "",
                               spelling_of(work->terms->pdata[code]));
    }
    return g_string_free(title, FALSE);
}

/* Groups ------------------------------------------------------------------------------------ */

static void free_group(gpointer data)
{
    struct plx_alike_group *const group = data;
    g_free(group->members);
    g_free(group->title);
    g_free(group);
}

static gint by_member(gconstpointer a, gconstpointer b)
{
    const struct plx_alike_group *const *const x = a, *const *const y = b;
    return by_code((*x)->members, (*y)->members);
}

static void add_group(const struct work *work, const GArray *bags, GPtrArray *groups)
{
    struct plx_alike_group *const group = g_new0(struct plx_alike_group, 1);
    group->n = bags->len;
    group->members = g_new(guint, bags->len);
    for (guint i = 0; i < bags->len; i++)
        group->members[i] = bag_at(work, bags, i)->index;
    qsort(group->members, group->n, sizeof *group->members, by_code);
    group->title = title_of(work, bags);
    g_ptr_array_add(groups, group);
}

static GPtrArray *groups_of(const struct work *work, const struct linkage *link)
{
    GPtrArray *const groups = g_ptr_array_new_with_free_func(free_group);
    for (guint i = 0; i < link->n; i++) {
        if (root_of(link, i) != i)
            continue;
        g_autoptr(GArray) members = g_array_new(FALSE, FALSE, sizeof(guint));
        for (guint k = 0; k < link->n; k++)
            if (root_of(link, k) == i)
                g_array_append_val(members, k);
        if (members->len > 1)
            add_group(work, members, groups);
    }
    g_ptr_array_sort(groups, by_member);
    return groups;
}

GPtrArray *plx_alike_groups(const struct plx_alike_text *texts, guint n, GError **error)
{
    struct work work = {.bags = g_ptr_array_new_with_free_func(free_bag),
                        .codes = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                        .terms = g_ptr_array_new_with_free_func(free_term),
                        .readers =
                            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_reader)};
    GPtrArray *groups = NULL;
    if (read_bags(&work, texts, n, error)) {
        struct linkage link;
        weigh(&work);
        linkage_init(&link, &work);
        link_all(&link);
        groups = groups_of(&work, &link);
        g_free(link.like);
        g_free(link.size);
        g_free(link.into);
    }
    work_clear(&work);
    return groups;
}
