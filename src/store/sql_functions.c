/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/sql_functions.h"

#include <math.h>
#include <stdlib.h>

/* What a group has so far: SQLite keeps the pointer, zeroed at first. */
struct numbers {
    GArray *list; /* of double */
};

static void step(sqlite3_context *context, int n, sqlite3_value **values)
{
    (void)n;
    struct numbers *const numbers = sqlite3_aggregate_context(context, sizeof *numbers);
    const int type = sqlite3_value_numeric_type(values[0]);
    if (!numbers || (type != SQLITE_INTEGER && type != SQLITE_FLOAT))
        return;
    if (!numbers->list)
        numbers->list = g_array_new(FALSE, FALSE, sizeof(double));
    const double value = sqlite3_value_double(values[0]);
    g_array_append_val(numbers->list, value);
}

static int compare_numbers(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The numbers in order, so that sums are the same whatever the order of rows. NULL: there are none.
 */
static GArray *take(sqlite3_context *context)
{
    struct numbers *const numbers = sqlite3_aggregate_context(context, 0);
    GArray *const list = numbers ? numbers->list : NULL;
    if (!list)
        return NULL;
    numbers->list = NULL;
    qsort(list->data, list->len, sizeof(double), compare_numbers);
    return list;
}

static void end_median(sqlite3_context *context)
{
    g_autoptr(GArray) list = take(context);
    if (!list)
        return;
    const double low = g_array_index(list, double, (list->len - 1) / 2);
    const double high = g_array_index(list, double, list->len / 2);
    sqlite3_result_double(context, low + (high - low) / 2.0);
}

static void end_stddev(sqlite3_context *context)
{
    g_autoptr(GArray) list = take(context);
    if (!list || list->len < 2)
        return;
    double mean = 0.0, squares = 0.0;
    for (guint i = 0; i < list->len; i++)
        mean += g_array_index(list, double, i) / (double)list->len;
    for (guint i = 0; i < list->len; i++) {
        const double off = g_array_index(list, double, i) - mean;
        squares += off * off;
    }
    sqlite3_result_double(context, sqrt(squares / (double)(list->len - 1)));
}

int plx_sql_functions_register(sqlite3 *handle)
{
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    const int code =
        sqlite3_create_function_v2(handle, "median", 1, flags, NULL, NULL, step, end_median, NULL);
    return code != SQLITE_OK ? code
                             : sqlite3_create_function_v2(handle, "stddev", 1, flags, NULL, NULL,
                                                          step, end_stddev, NULL);
}
