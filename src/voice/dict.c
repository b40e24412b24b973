/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/dict.h"

#include "base/id.h"

/* Spellings live in the open table of dict.h; what they stand for lives here. Texts are kept in
 * chunks that never move, so that borrowed pointers stay valid. */
struct word {
    const char *text;  /* id or text */
    const char *title; /* smallest spelling */
};

struct plx_dict_words {
    enum plx_dict_kind kind;
    GArray *words;    /* struct word by code; [0] is the empty text */
    GPtrArray *longs; /* by slot: spellings over 16 bytes, NULL for short ones */
    GHashTable *ids;  /* id → code, of PLX_DICT_ID only; touched for new spellings only */
    GStringChunk *texts;
    guint64 n_slots_used;
};

#define FIRST_BITS 6

plx_dict *plx_dict_new(enum plx_dict_kind kind)
{
    plx_dict *dict = g_new0(plx_dict, 1);
    dict->shift = 64 - FIRST_BITS;
    dict->mask = (1u << FIRST_BITS) - 1;
    dict->slots = g_new0(struct plx_dict_slot, 1u << FIRST_BITS);
    struct plx_dict_words *words = g_new0(struct plx_dict_words, 1);
    words->kind = kind;
    words->words = g_array_new(FALSE, FALSE, sizeof(struct word));
    words->longs = g_ptr_array_new();
    g_ptr_array_set_size(words->longs, 1 << FIRST_BITS);
    words->texts = g_string_chunk_new(4096);
    if (kind == PLX_DICT_ID)
        words->ids = g_hash_table_new(g_str_hash, g_str_equal);
    const struct word missing = {"", ""};
    g_array_append_val(words->words, missing);
    dict->words = words;
    return dict;
}

void plx_dict_free(plx_dict *dict)
{
    if (!dict)
        return;
    g_array_free(dict->words->words, TRUE);
    g_ptr_array_free(dict->words->longs, TRUE);
    g_string_chunk_free(dict->words->texts);
    g_clear_pointer(&dict->words->ids, g_hash_table_destroy);
    g_free(dict->words);
    g_free(dict->slots);
    g_free(dict);
}

/* The key a text has in the table: itself, or a hash when it is long. */
static struct plx_dict_slot key_of(const char *text, guint32 length)
{
    struct plx_dict_slot key = {.length = length};
    if (length <= 16) {
        char padded[16] = {0};
        memcpy(padded, text, length);
        memcpy(&key.lo, padded, 8);
        memcpy(&key.hi, padded + 8, 8);
        return key;
    }
    guint64 hash = length;
    for (guint32 i = 0; i < length; i += 8) {
        guint64 part = 0;
        memcpy(&part, text + i, MIN(8, length - i));
        hash = (hash ^ part) * G_GUINT64_CONSTANT(0xff51afd7ed558ccd);
        hash ^= hash >> 32;
    }
    key.lo = hash;
    return key;
}

static guint64 first_probe(const plx_dict *dict, const struct plx_dict_slot *key)
{
    guint64 mixed = (key->lo ^ (key->hi * G_GUINT64_CONSTANT(0x9fb21c651e98df25)) ^ key->length) *
                    G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    return mixed >> dict->shift;
}

/* The slot of a text, or the free one where it belongs. */
static guint64 probe(const plx_dict *dict, const struct plx_dict_slot *key, const char *text)
{
    guint64 at = first_probe(dict, key);
    for (;; at = (at + 1) & dict->mask) {
        const struct plx_dict_slot *slot = &dict->slots[at];
        if (!slot->length)
            return at;
        if (slot->lo != key->lo || slot->hi != key->hi || slot->length != key->length)
            continue;
        const char *kept = g_ptr_array_index(dict->words->longs, at);
        if (!kept || memcmp(kept, text, key->length) == 0)
            return at;
    }
}

static void grow(plx_dict *dict)
{
    struct plx_dict_slot *old = dict->slots;
    guint64 n = dict->mask + 1;
    GPtrArray *old_longs = dict->words->longs;
    dict->shift--;
    dict->mask = 2 * n - 1;
    dict->slots = g_new0(struct plx_dict_slot, 2 * n);
    dict->words->longs = g_ptr_array_new();
    g_ptr_array_set_size(dict->words->longs, (gint)(2 * n));
    for (guint64 i = 0; i < n; i++) {
        if (!old[i].length)
            continue;
        guint64 at = first_probe(dict, &old[i]);
        while (dict->slots[at].length)
            at = (at + 1) & dict->mask;
        dict->slots[at] = old[i];
        g_ptr_array_index(dict->words->longs, at) = g_ptr_array_index(old_longs, i);
    }
    g_ptr_array_free(old_longs, TRUE);
    g_free(old);
}

static guint32 append(struct plx_dict_words *words, const char *text, const char *title)
{
    const struct word word = {text, title};
    g_array_append_val(words->words, word);
    return words->words->len - 1;
}

/* The code of a spelling seen for the first time. */
static guint32 code_of_spelling(struct plx_dict_words *words, const char *spelling, guint32 length)
{
    if (words->kind == PLX_DICT_TEXT)
        return append(words, spelling, spelling);
    g_autofree char *id = plx_id_new(spelling, length);
    if (!id)
        return PLX_DICT_INVALID;
    gpointer known;
    if (g_hash_table_lookup_extended(words->ids, id, NULL, &known)) {
        struct word *word = &g_array_index(words->words, struct word, GPOINTER_TO_UINT(known));
        if (strcmp(spelling, word->title) < 0)
            word->title = spelling;
        return GPOINTER_TO_UINT(known);
    }
    const char *kept = g_string_chunk_insert(words->texts, id);
    guint32 code = append(words, kept, spelling);
    g_hash_table_insert(words->ids, (gpointer)(gsize)kept, GUINT_TO_POINTER(code));
    return code;
}

guint32 plx_dict_add(plx_dict *dict, const char *text, guint32 length)
{
    if (length == 0)
        return 0;
    struct plx_dict_slot key = key_of(text, length);
    guint64 at = probe(dict, &key, text);
    if (dict->slots[at].length)
        return dict->slots[at].code;
    struct plx_dict_words *words = dict->words;
    if (2 * (words->n_slots_used + 1) > dict->mask) {
        grow(dict);
        at = probe(dict, &key, text);
    }
    const char *kept = g_string_chunk_insert_len(words->texts, text, (gssize)length);
    key.code = code_of_spelling(words, kept, length);
    dict->slots[at] = key;
    g_ptr_array_index(words->longs, at) = length > 16 ? (gpointer)(gsize)kept : NULL;
    words->n_slots_used++;
    return key.code;
}

guint32 plx_dict_find(const plx_dict *dict, const char *text)
{
    gsize length = strlen(text);
    if (length == 0 || length > G_MAXUINT32)
        return 0;
    const struct plx_dict_slot key = key_of(text, (guint32)length);
    const struct plx_dict_slot *slot = &dict->slots[probe(dict, &key, text)];
    if (slot->length)
        return slot->code == PLX_DICT_INVALID ? 0 : slot->code;
    if (dict->words->kind == PLX_DICT_TEXT)
        return 0;
    g_autofree char *id = plx_id_new(text, length);
    return id ? GPOINTER_TO_UINT(g_hash_table_lookup(dict->words->ids, id)) : 0;
}

guint32 plx_dict_size(const plx_dict *dict)
{
    return dict->words->words->len;
}

const char *plx_dict_text(const plx_dict *dict, guint32 code)
{
    return g_array_index(dict->words->words, struct word, code).text;
}

const char *plx_dict_title(const plx_dict *dict, guint32 code)
{
    return g_array_index(dict->words->words, struct word, code).title;
}
