/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/texts.h"

#include "base/date.h"
#include "plx-serve-resources.h" /* generated from serve.gresource.xml */

#include <gio/gio.h>
#include <stdarg.h>
#include <string.h>

#define PLACES 10

static const char *const languages[] = {"en", "de", "es", "fr", "ar", "zh", NULL};
#define LANGUAGES (G_N_ELEMENTS(languages) - 1)

/* Catalogues ---------------------------------------------------------------------------------- */

/* A catalogue's lines: keys and texts point into a copy of the file that is never given back. */
static GHashTable *read_catalogue(const char *language)
{
    g_autofree char *path = g_strdup_printf("/parallax/serve/texts/%s.txt", language);
    g_autoptr(GBytes) bytes =
        g_resource_lookup_data(plx_serve_get_resource(), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
    g_assert(bytes); /* it is part of the program */
    gsize length;
    const char *const text = g_bytes_get_data(bytes, &length);
    GHashTable *const catalogue = g_hash_table_new(g_str_hash, g_str_equal);
    for (char *at = g_strndup(text, length), *next; at; at = next) {
        next = strchr(at, '\n');
        if (next)
            *next++ = '\0';
        char *const equals = strstr(at, " = ");
        if (*at == '#' || !equals)
            continue;
        *equals = '\0';
        g_hash_table_insert(catalogue, at, equals + 3);
    }
    return catalogue;
}

/* Read once, by whoever comes first, and constant from then on. */
static GHashTable *const *catalogues(void)
{
    static GHashTable *read[LANGUAGES];
    static gsize is_read;
    if (g_once_init_enter(&is_read)) {
        for (guint i = 0; i < LANGUAGES; i++)
            read[i] = read_catalogue(languages[i]);
        g_once_init_leave(&is_read, 1);
    }
    return read;
}

/* Is `tag` ("de-AT") of the language "de"? */
static gboolean is_of(const char *tag, const char *language)
{
    const gsize length = strlen(language);
    return g_ascii_strncasecmp(tag, language, length) == 0 &&
           (tag[length] == '\0' || tag[length] == '-');
}

static guint find_language(const char *tag)
{
    guint i = 0;
    while (i < LANGUAGES && !is_of(tag, languages[i]))
        i++;
    return i;
}

const char *plx_texts(const char *language, const char *key)
{
    GHashTable *const *const all = catalogues();
    const guint i = find_language(language);
    const char *const text = i < LANGUAGES ? g_hash_table_lookup(all[i], key) : NULL;
    return text ? text : g_hash_table_lookup(all[0], key);
}

char *plx_texts_fill(const char *language, const char *key, ...)
{
    const char *values[PLACES];
    guint n = 0;
    va_list list;
    va_start(list, key);
    for (const char *value; (value = va_arg(list, const char *)) != NULL;) {
        g_assert(n < PLACES);
        values[n++] = value;
    }
    va_end(list);
    const char *text = plx_texts(language, key);
    g_assert(text);
    GString *const out = g_string_new(NULL);
    for (; *text; text++) {
        const gboolean place = text[0] == '{' && g_ascii_isdigit(text[1]) && text[2] == '}';
        if (place && (guint)(text[1] - '0') < n) {
            g_string_append(out, values[text[1] - '0']);
            text += 2;
        } else {
            g_string_append_c(out, *text);
        }
    }
    return g_string_free(out, FALSE);
}

/* Of a day "{0} {1} {2}", of a month "{0} {1}", in the order of the language. */
struct day_words {
    char number[12], year[12];
    const char *month;
};

static struct day_words words_of_day(const char *language, gint32 day)
{
    struct day_words words;
    char key[16];
    gint y, m, d;
    plx_date_civil(day, &y, &m, &d);
    if (d == 1)
        g_strlcpy(words.number, plx_texts(language, "date.first"), sizeof words.number);
    else
        g_snprintf(words.number, sizeof words.number, "%d", d);
    g_snprintf(words.year, sizeof words.year, "%d", y);
    g_snprintf(key, sizeof key, "date.month.%d", m);
    words.month = plx_texts(language, key);
    return words;
}

char *plx_texts_day(const char *language, gint32 day)
{
    const struct day_words words = words_of_day(language, day);
    return plx_texts_fill(language, "date.day", words.number, words.month, words.year, NULL);
}

char *plx_texts_month(const char *language, gint32 day)
{
    const struct day_words words = words_of_day(language, day);
    return plx_texts_fill(language, "date.month", words.month, words.year, NULL);
}

static gint compare_keys(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *plx_texts_keys(const char *beginning)
{
    GPtrArray *const keys = g_ptr_array_new();
    GHashTableIter iter;
    gpointer key;
    g_hash_table_iter_init(&iter, catalogues()[0]);
    while (g_hash_table_iter_next(&iter, &key, NULL))
        if (g_str_has_prefix(key, beginning))
            g_ptr_array_add(keys, key);
    g_ptr_array_sort(keys, compare_keys);
    return keys;
}

/* Wishes -------------------------------------------------------------------------------------- */

#define WISHES 32      /* more are not looked at */
#define WISH_LENGTH 35 /* BCP 47 asks for no more */

struct wish {
    char range[WISH_LENGTH + 1];
    guint weight; /* thousandths */
};

/* "0.8" as 800; nothing else than RFC 9110 allows. */
static gboolean read_weight(const char *text, guint *weight)
{
    guint value = (guint)(text[0] - '0') * 1000;
    if (text[0] != '0' && text[0] != '1')
        return FALSE;
    if (text[1] == '.') {
        guint unit = 100;
        for (text += 2; g_ascii_isdigit(*text) && unit > 0; text++, unit /= 10)
            value += (guint)(*text - '0') * unit;
    } else {
        text++;
    }
    if (*text != '\0' || value > 1000)
        return FALSE;
    *weight = value;
    return TRUE;
}

/* "de-AT ; q=0.8". FALSE: it is none, and is passed over. */
static gboolean read_wish(char *text, struct wish *wish)
{
    char *const semicolon = strchr(text, ';');
    guint weight = 1000;
    if (semicolon) {
        *semicolon = '\0';
        const char *const parameter = g_strstrip(semicolon + 1);
        if (g_ascii_strncasecmp(parameter, "q=", 2) != 0 || !read_weight(parameter + 2, &weight))
            return FALSE;
    }
    const char *const range = g_strstrip(text);
    const gsize length = strlen(range);
    if (length == 0 || length > WISH_LENGTH ||
        strspn(range, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-*") != length)
        return FALSE;
    g_strlcpy(wish->range, range, sizeof wish->range);
    wish->weight = weight;
    return TRUE;
}

static guint read_wishes(const char *accept, struct wish *wishes)
{
    g_auto(GStrv) parts = g_strsplit(accept, ",", WISHES + 1);
    guint n = 0;
    for (guint i = 0; i < WISHES && parts[i]; i++)
        if (read_wish(parts[i], &wishes[n]))
            n++;
    return n;
}

static const struct wish *best_wish(struct wish *wishes, guint n)
{
    const struct wish *best = NULL;
    for (guint i = 0; i < n; i++)
        if (wishes[i].weight > 0 && (!best || wishes[i].weight > best->weight))
            best = &wishes[i];
    return best;
}

static const char *find_offered(const char *tag, const char *const *offered)
{
    for (guint i = 0; offered[i]; i++)
        if (g_ascii_strcasecmp(offered[i], tag) == 0)
            return offered[i];
    return NULL;
}

static gboolean is_refused(const char *language, const struct wish *wishes, guint n)
{
    for (guint i = 0; i < n; i++)
        if (wishes[i].weight == 0 && g_ascii_strcasecmp(wishes[i].range, language) == 0)
            return TRUE;
    return FALSE;
}

/* The offered language that the longest beginning of the range names: RFC 4647, 3.4. */
static const char *look_up(const char *range, const char *const *offered)
{
    char tag[WISH_LENGTH + 1];
    g_strlcpy(tag, range, sizeof tag);
    for (;;) {
        const char *const found = find_offered(tag, offered);
        char *dash = strrchr(tag, '-');
        if (found || !dash)
            return found;
        if (dash - tag >= 2 && dash[-2] == '-') /* a single letter belongs to what follows it */
            dash -= 2;
        *dash = '\0';
    }
}

const char *plx_texts_choose(const char *accept, const char *const *offered)
{
    struct wish wishes[WISHES];
    const guint n = accept ? read_wishes(accept, wishes) : 0;
    struct wish left[WISHES];
    memcpy(left, wishes, n * sizeof *left);
    for (const struct wish *wish; (wish = best_wish(left, n)) != NULL;) {
        const char *const found = look_up(wish->range, offered);
        if (found && !is_refused(found, wishes, n))
            return found;
        left[wish - left].weight = 0;
    }
    const char *const english = find_offered("en", offered);
    return english ? english : offered[0];
}

/* Languages ----------------------------------------------------------------------------------- */

const char *const *plx_texts_languages(void)
{
    return languages;
}

const char *plx_texts_name(const char *language)
{
    return find_language(language) < LANGUAGES ? plx_texts(language, "language") : language;
}

const char *plx_texts_direction(const char *language)
{
    static const char *const leftward[] = {"ar", "dv", "fa", "he", "ps", "ur", "yi"};
    for (guint i = 0; i < G_N_ELEMENTS(leftward); i++)
        if (is_of(language, leftward[i]))
            return "rtl";
    return "ltr";
}
