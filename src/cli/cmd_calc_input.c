/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cmd_calc_input.h"

#include "base/error.h"
#include "base/number.h"
#include "base/slurp.h"

#include <math.h>
#include <string.h>

void plx_calc_list_clear(struct plx_calc_list *list)
{
    g_clear_pointer(&list->value, g_array_unref);
    g_clear_pointer(&list->times, g_array_unref);
}

gboolean plx_calc_read_text(const char *path, char **text, gsize *length, GError **error)
{
    if (strcmp(path, "-") != 0)
        return g_file_get_contents(path, text, length, error);
    GByteArray *const all = plx_slurp(path, G_MAXINT32, error);
    if (!all)
        return FALSE;
    *length = all->len;
    *text = (char *)g_byte_array_free(all, FALSE);
    return TRUE;
}

static GArray *new_numbers(void)
{
    return g_array_new(FALSE, FALSE, sizeof(double));
}

static const double *numbers(const GArray *array)
{
    return (const double *)(const void *)array->data;
}

/* Splits at commas. FALSE: part *bad (from 1) is no number. */
static gboolean split_numbers(const char *text, GArray *values, guint *bad)
{
    for (const char *part = text;;) {
        const char *end = strchrnul(part, ',');
        double value = 0;
        if (!plx_number_parse(part, (gsize)(end - part), &value)) {
            *bad = values->len + 1;
            return FALSE;
        }
        g_array_append_val(values, value);
        if (*end == '\0')
            return TRUE;
        part = end + 1;
    }
}

static char *nth_part(const char *text, guint n)
{
    while (--n > 0)
        text = strchr(text, ',') + 1;
    return g_strndup(text, (gsize)(strchrnul(text, ',') - text));
}

static GArray *read_lines(const char *path, const char *text, gsize length, GError **error)
{
    static const char mark[] = "\xef\xbb\xbf";
    const char *p = text;
    const char *end = text + length;
    if (length >= 3 && memcmp(text, mark, 3) == 0)
        p += 3;
    g_autoptr(GArray) values = new_numbers();
    for (guint64 line = 1; p < end; line++) {
        const char *newline = memchr(p, '\n', (gsize)(end - p));
        const char *stop = newline ? newline : end;
        gsize size = (gsize)(stop - p);
        if (size > 0 && p[size - 1] == '\r')
            size--;
        double value = 0;
        if (plx_number_parse(p, size, &value)) {
            g_array_append_val(values, value);
        } else if (line > 1) {
            g_autofree char *cell = g_strndup(p, MIN(size, 40));
            g_autofree char *shown = g_utf8_make_valid(cell, -1);
            plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){path, line, 0},
                         "'%s' is not a number; expected one number per line", shown);
            return NULL;
        }
        p = newline ? newline + 1 : end;
    }
    if (values->len == 0) {
        plx_error_at(error, PLX_ERROR_INPUT, &(struct plx_loc){path, 0, 0},
                     "no number in the file; expected one per line");
        return NULL;
    }
    return g_steal_pointer(&values);
}

/* A list that is none may be a file. */
static GArray *read_file(const char *text, guint bad, GError **error)
{
    if (strcmp(text, "-") != 0 && !g_file_test(text, G_FILE_TEST_EXISTS)) {
        g_autofree char *part = nth_part(text, bad);
        if (strchr(text, ','))
            plx_error(error, PLX_ERROR_USAGE,
                      "'%s': value %u ('%s') is not a number; expected a list like 1,2,3 or a file",
                      text, bad, part);
        else
            plx_error(error, PLX_ERROR_USAGE,
                      "'%s' is neither a list of numbers like 1,2,3 nor a file", text);
        return NULL;
    }
    g_autofree char *contents = NULL;
    gsize length = 0;
    if (!plx_calc_read_text(text, &contents, &length, error))
        return NULL;
    return read_lines(plx_slurp_name(text), contents, length, error);
}

static GArray *read_numbers(const char *text, GError **error)
{
    g_autoptr(GArray) values = new_numbers();
    guint bad = 0;
    if (split_numbers(text, values, &bad))
        return g_steal_pointer(&values);
    return read_file(text, bad, error);
}

static gboolean check_weights(const char *text, const GArray *weights, GError **error)
{
    double total = 0;
    for (guint i = 0; i < weights->len; i++) {
        const double weight = numbers(weights)[i];
        if (weight < 0)
            return plx_error(error, PLX_ERROR_USAGE,
                             "'%s': value %u is negative; expected 0 or more", text, i + 1);
        total += weight;
    }
    if (total <= 0)
        return plx_error(error, PLX_ERROR_USAGE, "'%s': all values are 0", text);
    return TRUE;
}

static gboolean is_counts(const char *text)
{
    return g_str_has_prefix(text, "counts:");
}

static gboolean read_counts(const char *text, GArray **counts, GError **error)
{
    g_autoptr(GArray) read = new_numbers();
    const char *list = text + strlen("counts:");
    guint bad = 0;
    if (!split_numbers(list, read, &bad)) {
        g_autofree char *part = nth_part(list, bad);
        return plx_error(error, PLX_ERROR_USAGE,
                         "'%s': count %u ('%s') is not a number; expected counts like counts:1,2,6",
                         text, bad, part);
    }
    if (!check_weights(text, read, error))
        return FALSE;
    for (guint i = 0; i < read->len; i++)
        if (numbers(read)[i] != floor(numbers(read)[i]) || numbers(read)[i] > 0x1p53)
            return plx_error(error, PLX_ERROR_USAGE, "'%s': count %u is not a whole number", text,
                             i + 1);
    *counts = g_steal_pointer(&read);
    return TRUE;
}

gboolean plx_calc_read_list(const char *text, struct plx_calc_list *list, GError **error)
{
    if (!is_counts(text)) {
        GArray *values = read_numbers(text, error);
        if (values)
            *list = (struct plx_calc_list){.value = values};
        return values != NULL;
    }
    GArray *counts = NULL;
    if (!read_counts(text, &counts, error))
        return FALSE;
    *list = (struct plx_calc_list){.value = new_numbers(), .times = counts};
    for (guint i = 1; i <= counts->len; i++) {
        const double value = i;
        g_array_append_val(list->value, value);
    }
    return TRUE;
}

gboolean plx_calc_read_plain(const char *text, GArray **values, GError **error)
{
    if (is_counts(text))
        return plx_error(error, PLX_ERROR_USAGE,
                         "'%s': this method needs the values one by one; expected a list like "
                         "1,2,3 or a file",
                         text);
    GArray *read = read_numbers(text, error);
    if (read)
        *values = read;
    return read != NULL;
}

gboolean plx_calc_read_weights(const char *text, GArray **weights, GError **error)
{
    if (is_counts(text))
        return read_counts(text, weights, error);
    g_autoptr(GArray) read = read_numbers(text, error);
    if (!read || !check_weights(text, read, error))
        return FALSE;
    *weights = g_steal_pointer(&read);
    return TRUE;
}

gboolean plx_calc_read_share(const char *text, double *x, double *n, GError **error)
{
    const char *slash = strchr(text, '/');
    double part = 0;
    double all = 0;
    if (!slash || !plx_number_parse(text, (gsize)(slash - text), &part) ||
        !plx_number_parse(slash + 1, strlen(slash + 1), &all) || part != floor(part) ||
        all != floor(all) || part < 0 || all <= 0 || part > all)
        return plx_error(error, PLX_ERROR_USAGE,
                         "'%s' is not a share; expected X/N with whole numbers, X at most N, "
                         "like 81/263",
                         text);
    *x = part;
    *n = all;
    return TRUE;
}

static gboolean read_between(const plx_invocation *invocation, enum plx_option_id id,
                             double otherwise, double *out, GError **error)
{
    const char *text = plx_invocation_string(invocation, id);
    double value = otherwise;
    if (text && (!plx_number_parse(text, strlen(text), &value) || !(value > 0) || !(value < 1)))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--%s %s: expected a number between 0 and 1, like %g",
                         plx_option_get(id)->name, text, otherwise);
    *out = value;
    return TRUE;
}

gboolean plx_calc_read_level(const plx_invocation *invocation, double *level, GError **error)
{
    return read_between(invocation, PLX_OPTION_LEVEL, 0.95, level, error);
}

gboolean plx_calc_read_aim(const plx_invocation *invocation, double *aim, GError **error)
{
    return read_between(invocation, PLX_OPTION_AIM, 0.8, aim, error);
}
