/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts are many, their words few: what a piece between spaces comes to is remembered. Words end at
 * spaces in every script (TR 29 joins nothing across them but marks, which are no words), so that
 * pieces have the words of the text. */

#include "text/trouble.h"

#include "text/tokens.h"

#include <string.h>

/* Pieces longer than this, in bytes, are read each time; so many are remembered at once. */
#define PIECE_MAX 64
#define PIECES_MAX 65536

struct phrase {
    enum plx_trouble_kind kind;
    GArray *stems; /* guint16, of its words, in order */
};

/* The words of a piece, as numbers of stems. */
struct piece {
    const char *text; /* not ended */
    guint length, n;
    const guint16 *stems; /* n of them */
};

struct plx_trouble {
    plx_tokens *tokens;
    GHashTable *stems;  /* stem of a phrase -> its number, from 1; other words are 0 */
    GPtrArray *phrases; /* by number of the first stem: GPtrArray of struct phrase */
    GHashTable *pieces; /* struct piece */
    GArray *read;       /* guint16: the text being read */
};

static guint hash_piece(gconstpointer key)
{
    const struct piece *const piece = key;
    guint hash = 2166136261u; /* Fowler, Noll & Vo */
    for (guint i = 0; i < piece->length; i++)
        hash = (hash ^ (guint8)piece->text[i]) * 16777619u;
    return hash;
}

static gboolean same_piece(gconstpointer a, gconstpointer b)
{
    const struct piece *const x = a, *const y = b;
    return x->length == y->length && memcmp(x->text, y->text, x->length) == 0;
}

static void free_phrase(gpointer data)
{
    struct phrase *const phrase = data;
    g_array_unref(phrase->stems);
    g_free(phrase);
}

static void free_phrases(gpointer data)
{
    g_ptr_array_unref(data);
}

static guint16 number_stem(plx_trouble *trouble, const char *stem)
{
    const guint known = GPOINTER_TO_UINT(g_hash_table_lookup(trouble->stems, stem));
    if (known)
        return (guint16)known;
    g_ptr_array_add(trouble->phrases, g_ptr_array_new_with_free_func(free_phrase));
    const guint number = trouble->phrases->len - 1;
    g_hash_table_insert(trouble->stems, g_strdup(stem), GUINT_TO_POINTER(number));
    return (guint16)number;
}

static void add_phrase(plx_trouble *trouble, enum plx_trouble_kind kind, const char *text)
{
    g_autoptr(GArray) words = plx_tokens_read(trouble->tokens, text);
    g_assert(words->len > 0);
    struct phrase *const phrase = g_new(struct phrase, 1);
    *phrase = (struct phrase){kind, g_array_new(FALSE, FALSE, sizeof(guint16))};
    for (guint i = 0; i < words->len; i++) {
        const guint16 stem = number_stem(trouble, g_array_index(words, struct plx_token, i).stem);
        g_array_append_val(phrase->stems, stem);
    }
    g_ptr_array_add(trouble->phrases->pdata[g_array_index(phrase->stems, guint16, 0)], phrase);
}

static void add_list(plx_trouble *trouble, const char *language, enum plx_trouble_kind kind)
{
    const char *const words = plx_trouble_words(language, kind);
    g_auto(GStrv) parts = g_strsplit(words ? words : "", ", ", -1);
    for (char **part = parts; *part; part++)
        add_phrase(trouble, kind, *part);
}

plx_trouble *plx_trouble_new(const char *language, GError **error)
{
    plx_tokens *const tokens = plx_tokens_new(language, error);
    if (!tokens)
        return NULL;
    plx_trouble *const trouble = g_new(plx_trouble, 1);
    *trouble = (plx_trouble){tokens, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL),
                             g_ptr_array_new_with_free_func(free_phrases),
                             g_hash_table_new_full(hash_piece, same_piece, g_free, NULL),
                             g_array_new(FALSE, FALSE, sizeof(guint16))};
    g_ptr_array_add(trouble->phrases, g_ptr_array_new()); /* of 0: none */
    add_list(trouble, language, PLX_TROUBLE_WAITING);
    add_list(trouble, language, PLX_TROUBLE_REPEATING);
    return trouble;
}

void plx_trouble_free(plx_trouble *trouble)
{
    if (!trouble)
        return;
    g_hash_table_unref(trouble->pieces);
    g_hash_table_unref(trouble->stems);
    g_ptr_array_unref(trouble->phrases);
    g_array_unref(trouble->read);
    plx_tokens_free(trouble->tokens);
    g_free(trouble);
}

/* Appends the words of a piece to what was read. */
static void read_piece(plx_trouble *trouble, const char *text, gsize length)
{
    g_autofree char *piece = g_strndup(text, length);
    g_autoptr(GArray) words = plx_tokens_read(trouble->tokens, piece);
    for (guint i = 0; i < words->len; i++) {
        const guint16 stem = (guint16)GPOINTER_TO_UINT(
            g_hash_table_lookup(trouble->stems, g_array_index(words, struct plx_token, i).stem));
        g_array_append_val(trouble->read, stem);
    }
}

/* Remembers that the piece has the last n words read; all in one block. */
static void remember(plx_trouble *trouble, const char *text, guint length, guint n)
{
    const gsize size = n * sizeof(guint16);
    struct piece *const piece = g_malloc(sizeof *piece + size + length);
    guint8 *const stems = (guint8 *)(piece + 1);
    memcpy(stems, trouble->read->data + (trouble->read->len - n) * sizeof(guint16), size);
    memcpy(stems + size, text, length);
    *piece = (struct piece){(const char *)stems + size, length, n,
                            (const guint16 *)(gconstpointer)stems};
    if (g_hash_table_size(trouble->pieces) >= PIECES_MAX)
        g_hash_table_remove_all(trouble->pieces);
    g_hash_table_add(trouble->pieces, piece);
}

static void add_piece(plx_trouble *trouble, const char *text, gsize length)
{
    if (length > PIECE_MAX) {
        read_piece(trouble, text, length);
        return;
    }
    const struct piece key = {.text = text, .length = (guint)length};
    const struct piece *const known = g_hash_table_lookup(trouble->pieces, &key);
    if (known) {
        g_array_append_vals(trouble->read, known->stems, known->n);
        return;
    }
    const guint before = trouble->read->len;
    read_piece(trouble, text, length);
    remember(trouble, text, (guint)length, trouble->read->len - before);
}

static gboolean stands_at(const struct phrase *phrase, const GArray *read, guint at)
{
    const guint n = phrase->stems->len;
    return at + n <= read->len &&
           memcmp(phrase->stems->data, &g_array_index(read, guint16, at), n * sizeof(guint16)) == 0;
}

guint plx_trouble_find(plx_trouble *trouble, const char *text)
{
    const gsize length = strlen(text);
    if (length > G_MAXINT32 || !g_utf8_validate(text, (gssize)length, NULL))
        return 0;
    g_array_set_size(trouble->read, 0);
    for (const char *at = text, *end; *at; at = *end ? end + 1 : end) {
        end = at + strcspn(at, " \n");
        if (end > at)
            add_piece(trouble, at, (gsize)(end - at));
    }
    guint found = 0;
    for (guint at = 0; at < trouble->read->len; at++) {
        const GPtrArray *const list =
            trouble->phrases->pdata[g_array_index(trouble->read, guint16, at)];
        for (guint i = 0; i < list->len; i++) {
            const struct phrase *const phrase = list->pdata[i];
            if (stands_at(phrase, trouble->read, at))
                found |= phrase->kind;
        }
    }
    return found;
}
