/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/margins.h"

#include "base/csv.h"
#include "base/error.h"
#include "base/number.h"
#include "base/slurp.h"
#include "base/suggest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A list of all postal codes of a country fits ten times. */
#define MOST_BYTES ((gsize)8 << 20)
#define MOST_COLUMN_VALUE 255

enum column { KEY, VALUE, SHARE, COLUMNS };

struct row {
    char *key;
    char *value;
    double amount;
    guint64 line;
    guint64 column; /* of the value */
};

struct plx_margins {
    char *name;
    GArray *margin; /* struct plx_margin */
};

struct parser {
    const char *name;
    enum plx_margins_keys keys;
    char delimiter;
    gboolean counts;
    guint at[COLUMNS]; /* which column is which */
    guint columns;
    guint64 line;
    GArray *row; /* struct row */
};

static void clear_row(gpointer data)
{
    struct row *row = data;
    g_free(row->key);
    g_free(row->value);
}

static void clear_margin(gpointer data)
{
    struct plx_margin *margin = data;
    g_free(margin->key);
    g_strfreev(margin->value);
    g_free(margin->share);
    g_free(margin->line_of);
}

void plx_margins_free(plx_margins *margins)
{
    if (!margins)
        return;
    g_free(margins->name);
    g_array_unref(margins->margin);
    g_free(margins);
}

static const struct plx_csv_field *field_at(const GArray *fields, guint i)
{
    return &g_array_index(fields, struct plx_csv_field, i);
}

static struct plx_loc loc_of(const struct parser *p, const struct plx_csv_field *field)
{
    return (struct plx_loc){p->name, p->line, field ? field->offset + 1 : 0};
}

/* Which column a name of the header is. */
static gboolean take_name(struct parser *p, const struct plx_csv_field *field, guint index,
                          gboolean *seen, GError **error)
{
    static const char *const names[] = {"key", "value", "share", "count"};
    const struct plx_loc loc = loc_of(p, field);
    guint which = 0;
    while (which < G_N_ELEMENTS(names) && strcmp(names[which], field->text) != 0)
        which++;
    if (which == G_N_ELEMENTS(names)) {
        g_autofree char *hint = plx_suggest_text(field->text, names, G_N_ELEMENTS(names));
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "column '%s'; expected key, value, and share or count%s", field->text,
                            hint);
    }
    const guint column = MIN(which, (guint)SHARE);
    if (seen[column])
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "column '%s' is one too many; expected key, value, and either share or "
                            "count",
                            field->text);
    p->counts = p->counts || which > SHARE;
    p->at[column] = index;
    seen[column] = TRUE;
    return TRUE;
}

static gboolean take_header(struct parser *p, const GArray *fields, GError **error)
{
    gboolean seen[COLUMNS] = {FALSE};
    static const char *const missing[] = {"key", "value", "share' or 'count"};
    for (guint i = 0; i < fields->len; i++)
        if (!take_name(p, field_at(fields, i), i, seen, error))
            return FALSE;
    for (guint c = 0; c < COLUMNS; c++)
        if (!seen[c])
            return plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){p->name, p->line, 0},
                                "no column '%s'; expected key, value, and share or count",
                                missing[c]);
    p->columns = fields->len;
    return TRUE;
}

static gboolean check_key(const struct parser *p, const struct plx_csv_field *key, GError **error)
{
    static const char *const keys[] = {"place", "channel", "language", "segment.NAME"};
    const struct plx_loc loc = loc_of(p, key);
    if (p->keys == PLX_MARGINS_ANY && key->text[0] != '\0')
        return TRUE;
    if (g_str_has_prefix(key->text, "segment.") && key->text[8] != '\0')
        return TRUE;
    for (guint i = 0; i < 3; i++)
        if (strcmp(key->text, keys[i]) == 0)
            return TRUE;
    if (p->keys == PLX_MARGINS_ANY)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "the key is empty; expected the name of a column");
    g_autofree char *hint = plx_suggest_text(key->text, keys, G_N_ELEMENTS(keys));
    return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                        "key '%s'; expected place, channel, language or segment.NAME%s", key->text,
                        hint);
}

static gboolean take_row(struct parser *p, const GArray *fields, GError **error)
{
    if (fields->len != p->columns)
        return plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){p->name, p->line, 0},
                            "%u cells; expected %u, as in the header", fields->len, p->columns);
    const struct plx_csv_field *key = field_at(fields, p->at[KEY]);
    const struct plx_csv_field *value = field_at(fields, p->at[VALUE]);
    const struct plx_csv_field *share = field_at(fields, p->at[SHARE]);
    if (!check_key(p, key, error))
        return FALSE;
    const struct plx_loc value_loc = loc_of(p, value);
    if (value->length > MOST_COLUMN_VALUE)
        return plx_error_at(error, PLX_ERROR_INPUT, &value_loc,
                            "the value has %" G_GSIZE_FORMAT " bytes; expected at most %d",
                            value->length, MOST_COLUMN_VALUE);
    const struct plx_loc share_loc = loc_of(p, share);
    double amount = 0;
    const gboolean number = plx_number_parse(share->text, share->length, &amount);
    if (!number || !isfinite(amount) || amount < 0 || (!p->counts && amount > 1))
        return plx_error_at(error, PLX_ERROR_INPUT, &share_loc,
                            p->counts ? "count '%s'; expected a number, 0 or more"
                                      : "share '%s'; expected a number from 0 to 1, like 0.4 "
                                        "(a column of people is called count)",
                            share->text);
    const struct row row = {g_strdup(key->text), g_strdup(value->text), amount, p->line,
                            value->offset + 1};
    g_array_append_val(p->row, row);
    return TRUE;
}

static gboolean take_record(struct parser *p, const char *record, gsize size, GError **error)
{
    g_autoptr(GArray) fields = NULL;
    gsize at = 0;
    if (p->delimiter == '\0')
        p->delimiter = plx_csv_guess_delimiter(record, size, '"');
    if (plx_csv_split(record, size, p->delimiter, '"', &fields, &at) != PLX_CSV_WELL)
        return plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){p->name, p->line, at + 1},
                            "a quote where none may be, or one that is not closed");
    return p->columns == 0 ? take_header(p, fields, error) : take_row(p, fields, error);
}

static gboolean take_text(struct parser *p, const char *text, gsize length, GError **error)
{
    static const char mark[] = "\xef\xbb\xbf";
    const gsize skip = length >= 3 && memcmp(text, mark, 3) == 0 ? 3 : 0;
    for (gsize from = skip; from < length;) {
        gsize next = 0;
        const char *record = text + from;
        const gsize size = plx_csv_record(record, length - from, '"', &next);
        if (size > 0 && !take_record(p, record, size, error))
            return FALSE;
        for (gsize i = 0; i < next; i++)
            p->line += record[i] == '\n' ? 1 : 0;
        from += next;
    }
    if (p->row->len == 0)
        return plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){p->name, 0, 0},
                            "no margin in the file; expected rows like place,Graz,0.4 under the "
                            "header key,value,share");
    return TRUE;
}

static int compare_rows(gconstpointer a, gconstpointer b)
{
    const struct row *x = a;
    const struct row *y = b;
    const int by_key = strcmp(x->key, y->key);
    const int by_value = by_key == 0 ? strcmp(x->value, y->value) : by_key;
    return by_value != 0 ? by_value : (x->line > y->line) - (x->line < y->line);
}

/* What one key's shares must sum to. */
static gboolean check_sum(const struct parser *p, const struct plx_margin *m, double sum,
                          GError **error)
{
    char shown[PLX_NUMBER_SIZE];
    const struct plx_loc loc = {p->name, m->line, 0};
    if (!(sum > 0) || !isfinite(sum))
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "all of '%s' sums to %s; expected more than 0", m->key,
                            plx_number_format(sum, 6, shown));
    if (!p->counts && fabs(sum - 1) > PLX_MARGINS_ROUNDING)
        return plx_error_at(error, PLX_ERROR_INPUT, &loc,
                            "the shares of '%s' sum to %s; expected 1", m->key,
                            plx_number_format(sum, 6, shown));
    return TRUE;
}

/* The rows of one key, sorted, as a margin. */
static gboolean add_margin(plx_margins *margins, const struct parser *p, const struct row *row,
                           guint n, GError **error)
{
    struct plx_margin m = {g_strdup(row->key),    row->line,        n,
                           g_new0(char *, n + 1), g_new(double, n), g_new0(guint64, n)};
    double sum = 0;
    for (guint i = 0; i < n; i++) {
        m.line = MIN(m.line, row[i].line);
        m.value[i] = g_strdup(row[i].value);
        m.line_of[i] = row[i].line;
        sum += row[i].amount;
    }
    for (guint i = 0; i < n; i++)
        m.share[i] = row[i].amount / sum;
    g_array_append_val(margins->margin, m);
    for (guint i = 1; i < n; i++)
        if (strcmp(row[i - 1].value, row[i].value) == 0)
            return plx_error_at(error, PLX_ERROR_INPUT,
                                &(struct plx_loc){p->name, row[i].line, row[i].column},
                                "'%s' of '%s' stands in line %" G_GUINT64_FORMAT
                                " already; expected each value once",
                                row[i].value, row[i].key, row[i - 1].line);
    return check_sum(p, &m, sum, error);
}

plx_margins *plx_margins_parse(const char *text, gsize length, const char *name,
                               enum plx_margins_keys keys, GError **error)
{
    const char *bad = NULL;
    if (!g_utf8_validate(text, (gssize)length, &bad)) {
        const char *start = bad;
        guint64 line = 1;
        for (const char *at = text; at < bad; at++)
            line += *at == '\n' ? 1 : 0;
        while (start > text && start[-1] != '\n')
            start--;
        plx_error_at(error, PLX_ERROR_INPUT,
                     &(struct plx_loc){name, line, (guint64)(bad - start) + 1},
                     "byte 0x%02x is not UTF-8; expected a text file in UTF-8", (guint8)*bad);
        return NULL;
    }
    g_autoptr(GArray) rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    g_array_set_clear_func(rows, clear_row);
    struct parser p = {.name = name, .keys = keys, .line = 1, .row = rows};
    if (!take_text(&p, text, length, error))
        return NULL;
    g_array_sort(rows, compare_rows);
    g_autoptr(plx_margins) margins = g_new0(plx_margins, 1);
    margins->name = g_strdup(name);
    margins->margin = g_array_new(FALSE, FALSE, sizeof(struct plx_margin));
    g_array_set_clear_func(margins->margin, clear_margin);
    const struct row *row = (const struct row *)(const void *)rows->data;
    for (guint from = 0; from < rows->len;) {
        guint n = 1;
        while (from + n < rows->len && strcmp(row[from].key, row[from + n].key) == 0)
            n++;
        if (!add_margin(margins, &p, row + from, n, error))
            return NULL;
        from += n;
    }
    return g_steal_pointer(&margins);
}

plx_margins *plx_margins_read(const char *path, enum plx_margins_keys keys, GError **error)
{
    const char *name = plx_slurp_name(path);
    g_autoptr(GByteArray) bytes = plx_slurp(path, MOST_BYTES, error);
    if (!bytes)
        return NULL;
    if (bytes->len > MOST_BYTES) {
        plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){name, 0, 0},
                     "more than %d MiB; expected a list of margins", (int)(MOST_BYTES >> 20));
        return NULL;
    }
    return plx_margins_parse((const char *)bytes->data, bytes->len, name, keys, error);
}

guint plx_margins_count(const plx_margins *margins)
{
    return margins->margin->len;
}

const struct plx_margin *plx_margins_get(const plx_margins *margins, guint i)
{
    return &g_array_index(margins->margin, struct plx_margin, i);
}

const char *plx_margins_name(const plx_margins *margins)
{
    return margins->name;
}

static int compare_value(gconstpointer key, gconstpointer value)
{
    return strcmp(key, *(const char *const *)value);
}

gint plx_margin_find(const struct plx_margin *margin, const char *value)
{
    char *const *found =
        bsearch(value ? value : "", margin->value, margin->n, sizeof *margin->value, compare_value);
    return found ? (gint)(found - margin->value) : -1;
}
