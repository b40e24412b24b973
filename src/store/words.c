/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/words.h"

#include "base/error.h"
#include "store/crc.h"

#include <string.h>

struct plx_words {
    GArray *list[PLX_WORD_KINDS];      /* struct plx_word_entry by code - 1 */
    GHashTable *codes[PLX_WORD_KINDS]; /* "ABOUT:TEXT" → code */
};

static void clear_entry(gpointer data)
{
    struct plx_word_entry *const entry = data;
    g_free(entry->text);
    g_free(entry->title);
}

static char *key_of(guint about, const char *text)
{
    return g_strdup_printf("%u:%s", about, text);
}

static guint32 append(plx_words *words, guint kind, guint about, const char *text,
                      const char *title)
{
    const struct plx_word_entry entry = {g_strdup(text), g_strdup(title), about};
    g_array_append_val(words->list[kind], entry);
    const guint32 code = words->list[kind]->len;
    g_hash_table_insert(words->codes[kind], key_of(about, text), GUINT_TO_POINTER(code));
    return code;
}

static plx_words *words_new(void)
{
    plx_words *const words = g_new0(plx_words, 1);
    for (guint kind = 0; kind < PLX_WORD_KINDS; kind++) {
        words->list[kind] = g_array_new(FALSE, FALSE, sizeof(struct plx_word_entry));
        g_array_set_clear_func(words->list[kind], clear_entry);
        words->codes[kind] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    }
    return words;
}

void plx_words_free(plx_words *words)
{
    if (!words)
        return;
    for (guint kind = 0; kind < PLX_WORD_KINDS; kind++) {
        g_array_unref(words->list[kind]);
        g_hash_table_unref(words->codes[kind]);
    }
    g_free(words);
}

/* So that a flipped bit is damage and not another word. */
static gint64 word_crc(guint kind, guint32 code, guint about, const char *text, const char *title)
{
    g_autofree char *all = g_strdup_printf("%u:%u:%u:%s%c%s", kind, code, about, text, 1, title);
    return plx_crc(all, strlen(all));
}

static gboolean take_row(plx_words *words, plx_db *db, sqlite3_stmt *row, GError **error)
{
    const gint64 kind = sqlite3_column_int64(row, 0), code = sqlite3_column_int64(row, 1);
    const char *const text = (const char *)sqlite3_column_text(row, 2);
    const char *const title = (const char *)sqlite3_column_text(row, 3);
    const gint64 about = sqlite3_column_int64(row, 4);
    if (kind < 1 || kind >= PLX_WORD_KINDS || code != (gint64)words->list[kind]->len + 1 || !text ||
        !title || about < 0 || about > PLX_SUBJECT_PROMISE ||
        sqlite3_column_int64(row, 5) !=
            word_crc((guint)kind, (guint32)code, (guint)about, text, title))
        return plx_db_damaged(db, error, "word %" G_GINT64_FORMAT " of kind %" G_GINT64_FORMAT,
                              code, kind);
    append(words, (guint)kind, (guint)about, text, title);
    return TRUE;
}

/* The last word of a kind could vanish unnoticed. */
static gboolean check_number(const plx_words *words, plx_db *db, GError **error)
{
    gint64 expected, n = 0;
    if (!plx_db_number(db, "SELECT value FROM fact WHERE name = 'words'", &expected, error))
        return FALSE;
    for (guint kind = 0; kind < PLX_WORD_KINDS; kind++)
        n += words->list[kind]->len;
    return n == expected ||
           plx_db_damaged(db, error, "it holds %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT " words",
                          n, expected);
}

plx_words *plx_words_load(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(
        db, "SELECT kind, code, text, title, about, crc FROM word ORDER BY kind, code", error);
    if (!statement)
        return NULL;
    g_autoptr(plx_words) words = words_new();
    int code;
    while ((code = plx_db_step(db, statement, error)) == SQLITE_ROW) {
        if (!take_row(words, db, statement, error)) {
            sqlite3_reset(statement);
            return NULL;
        }
    }
    return code == SQLITE_DONE && check_number(words, db, error) ? g_steal_pointer(&words) : NULL;
}

guint32 plx_words_size(const plx_words *words, guint kind)
{
    return words->list[kind]->len;
}

const struct plx_word_entry *plx_words_get(const plx_words *words, guint kind, guint32 code)
{
    return &g_array_index(words->list[kind], struct plx_word_entry, code - 1);
}

guint32 plx_words_find(const plx_words *words, guint kind, guint about, const char *text)
{
    g_autofree char *key = key_of(about, text);
    return GPOINTER_TO_UINT(g_hash_table_lookup(words->codes[kind], key));
}

static gboolean bind_word(plx_db *db, const char *sql, guint kind, guint32 code,
                          const struct plx_word_entry *entry, GError **error)
{
    sqlite3_stmt *const statement = plx_db_prepare(db, sql, error);
    if (!statement)
        return FALSE;
    sqlite3_bind_int64(statement, 1, kind);
    sqlite3_bind_int64(statement, 2, code);
    sqlite3_bind_text(statement, 3, entry->text, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, entry->title, -1, SQLITE_STATIC);
    sqlite3_bind_int64(statement, 5, entry->about);
    sqlite3_bind_int64(statement, 6, word_crc(kind, code, entry->about, entry->text, entry->title));
    return plx_db_run(db, statement, error);
}

/* A code that the file has given away already is an error, never another word's title. */
static gboolean write_word(plx_db *db, guint kind, guint32 code, gboolean is_new,
                           const struct plx_word_entry *entry, GError **error)
{
    return bind_word(db,
                     is_new ? "INSERT INTO word (kind, code, text, title, about, crc) "
                              "VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                            : "UPDATE word SET title = ?4, crc = ?6 "
                              "WHERE kind = ?1 AND code = ?2 AND text = ?3 AND about = ?5",
                     kind, code, entry, error);
}

static gboolean count_word(plx_db *db, GError **error)
{
    sqlite3_stmt *const statement =
        plx_db_prepare(db, "UPDATE fact SET value = value + 1 WHERE name = 'words'", error);
    return statement && plx_db_run(db, statement, error);
}

gboolean plx_words_number(plx_words *words, plx_db *db, guint kind, guint about, const char *text,
                          const char *title, guint32 *code, GError **error)
{
    guint32 found = plx_words_find(words, kind, about, text);
    const gboolean is_new = found == 0;
    if (is_new)
        found = append(words, kind, about, text, title);
    struct plx_word_entry *const entry =
        &g_array_index(words->list[kind], struct plx_word_entry, found - 1);
    if (!is_new) {
        if (*title == '\0' || (*entry->title && strcmp(title, entry->title) >= 0)) {
            *code = found;
            return TRUE;
        }
        g_free(entry->title);
        entry->title = g_strdup(title);
    }
    if (!write_word(db, kind, found, is_new, entry, error) || (is_new && !count_word(db, error)))
        return FALSE;
    *code = found;
    return TRUE;
}
