/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include "base/date.h"

#include <math.h>
#include <string.h>

/* The second implementation: strings, hash tables, doubles, no thought of speed. */

struct answer {
    const struct row *row;
    guint64 unit;
    gboolean known;
    gint64 seconds;
};

static struct answer answer_of(const struct world *world, const struct row *row)
{
    struct answer a = {row, row->unit, row->known, row->seconds};
    if (world->map->audiences[row->audience].identity == PLX_IDENTITY_ANONYMOUS) {
        a.unit = row->encounter;
        a.known = FALSE;
        if (a.seconds != PLX_NO_TIME)
            a.seconds = a.seconds / 86400 * 86400;
    }
    return a;
}

static const struct plx_scale *scale_of(const struct world *world, guint m, guint audience)
{
    if (m == PLX_MEASURE_LEVEL || m == PLX_MEASURE_EXPECTED)
        return world->map->audiences[audience].scale;
    return world->map->measures[m].scale;
}

static gboolean valued(gint8 cell)
{
    return cell > PLX_CELL_DECLINED;
}

char *naive_group(const struct plx_need *need, const struct row *row)
{
    GString *out = g_string_new(NULL);
    for (guint s = 0; s < need->n_splits; s++) {
        const struct plx_split *split = &need->splits[s];
        const char *text = "";
        g_autofree char *made = NULL;
        gint year, month, rest;
        if (split->kind != PLX_SPLIT_DIM) {
            if (row->day != PLX_NO_DAY) {
                plx_date_civil(row->day, &year, &month, &rest);
                if (split->kind == PLX_SPLIT_MONTH)
                    made = g_strdup_printf("%04d-%02d", year, month);
                else if (split->kind == PLX_SPLIT_DAY)
                    made = g_strdup_printf("%04d-%02d-%02d", year, month, rest);
                else {
                    plx_date_iso_week(row->day, &year, &rest);
                    made = g_strdup_printf("%04d-W%02d", year, rest);
                }
            }
            text = made ? made : "";
        } else if (split->dim == PLX_DIM_PLACE) {
            text = row->place;
        } else if (split->dim == PLX_DIM_CHANNEL) {
            text = row->channel;
        } else if (split->segment && strcmp(split->segment, "tier") == 0) {
            text = row->tier;
        }
        for (const char *const *pair = split->merge; pair && pair[0]; pair += 2)
            if (strcmp(pair[0], text) == 0) {
                text = pair[1];
                break;
            }
        g_string_append_printf(out, "%s\x01", text);
    }
    return g_string_free(out, FALSE);
}

/* Text keys → arrays of answers. */
static GHashTable *table_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_array_unref);
}

static GArray *bucket(GHashTable *table, char *key)
{
    GArray *found = g_hash_table_lookup(table, key);
    if (found) {
        g_free(key);
        return found;
    }
    found = g_array_new(FALSE, FALSE, sizeof(struct answer));
    g_hash_table_insert(table, key, found);
    return found;
}

/* Empty for none: a table without a workshop could be any. */
static const char *table_of(const struct answer *a)
{
    return *a->row->workshop ? a->row->table : "";
}

static gboolean earlier(const struct answer *a, const struct answer *b, guint m, guint m2)
{
    if (a->seconds != b->seconds)
        return b->seconds == PLX_NO_TIME || (a->seconds != PLX_NO_TIME && a->seconds < b->seconds);
    if (a->row->value[m] != b->row->value[m])
        return a->row->value[m] < b->row->value[m];
    if (a->row->value[m2] != b->row->value[m2])
        return a->row->value[m2] < b->row->value[m2];
    if (a->row->weight != b->row->weight)
        return a->row->weight < b->row->weight;
    return strcmp(table_of(a), table_of(b)) < 0;
}

/* Answers with values of m and m2, of first_unseen only each unit's earliest; by unit. */
static GHashTable *by_unit(const GArray *rows, const struct plx_need *need, guint m, guint m2)
{
    GHashTable *units = table_new();
    for (guint i = 0; i < rows->len; i++) {
        const struct answer *a = &g_array_index(rows, struct answer, i);
        if (!valued(a->row->value[m]) || !valued(a->row->value[m2]))
            continue;
        GArray *own = bucket(units, g_strdup_printf("%lx", a->unit));
        if (need->first_unseen && own->len) {
            struct answer *kept = &g_array_index(own, struct answer, 0);
            if (earlier(a, kept, m, m2))
                *kept = *a;
            continue;
        }
        g_array_append_val(own, *a);
    }
    return units;
}

/* Those who sat at a table put together; nobody sits at two. */
static GHashTable *by_table(GHashTable *units)
{
    GHashTable *joined = table_new();
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, units);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const GArray *own = value;
        char *name = g_strdup(key);
        for (guint i = 0; i < own->len; i++) {
            const struct answer *a = &g_array_index(own, struct answer, i);
            if (!*table_of(a))
                continue;
            g_free(name);
            name = g_strdup_printf("%s/%s", a->row->workshop, a->row->table);
        }
        g_array_append_vals(bucket(joined, name), own->data, own->len);
    }
    return joined;
}

static guint64 persons_of(GHashTable *units)
{
    guint64 n = 0;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, units);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct answer *a = &g_array_index((GArray *)value, struct answer, 0);
        n += a->known ? 1 : a->row->group_size;
    }
    return n;
}

static gint compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Sorted vectors with multiplicities, and the matrix where a unit repeats. */
static void put_clusters(GString *out, GHashTable *units, guint m, const struct plx_scale *scale,
                         gboolean repeats)
{
    guint k = plx_scale_width(scale);
    g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func(g_free);
    g_autofree double *matrix = g_new0(double, k *k);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, units);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const GArray *own = value;
        guint counts[101] = {0};
        for (guint i = 0; i < own->len; i++)
            counts[g_array_index(own, struct answer, i).row->value[m] - scale->min]++;
        GString *key = g_string_new(NULL);
        for (guint v = 0; v < k; v++)
            g_string_append_printf(key, "%03u ", counts[v]);
        g_ptr_array_add(keys, g_string_free(key, FALSE));
        for (guint a = 0; a < k; a++)
            for (guint b = 0; b < k; b++)
                matrix[a * k + b] += (double)counts[a] * counts[b];
    }
    for (guint i = 0; repeats && i < k * k; i++)
        g_string_append_printf(out, " %.12g", matrix[i]);
    g_ptr_array_sort(keys, compare_text);
    for (guint i = 0, times; i < keys->len; i += times) {
        for (times = 1; i + times < keys->len && strcmp(g_ptr_array_index(keys, i),
                                                        g_ptr_array_index(keys, i + times)) == 0;)
            times++;
        g_auto(GStrv) parts = g_strsplit(g_ptr_array_index(keys, i), " ", -1);
        g_string_append(out, " [");
        for (guint v = 0; v < k; v++)
            g_string_append_printf(out, "%d ", (int)g_ascii_strtoll(parts[v], NULL, 10));
        g_string_append_printf(out, "]%u", times);
    }
}

struct value_sums {
    guint64 n;
    double w, w2;
};

static void put_sums(GString *out, const struct world *world, const struct value_sums *sums,
                     guint n)
{
    for (guint i = 0; i < n; i++) {
        g_string_append_printf(out, ",%lu", sums[i].n);
        if (world->weighted)
            g_string_append_printf(out, "/%.12g/%.12g", sums[i].w, sums[i].w2);
    }
}

static void add_value(struct value_sums *sums, const struct row *row)
{
    double w = (double)row->weight / (double)PLX_WEIGHT_ONE;
    sums->n++;
    sums->w += w;
    sums->w2 += w * w;
}

static void put_missing(GString *out, const GArray *rows, guint m, guint64 total, gboolean columns)
{
    guint64 missing[3] = {0};
    for (guint i = 0; i < rows->len; i++) {
        gint8 cell = g_array_index(rows, struct answer, i).row->value[m];
        missing[0] += cell == PLX_CELL_NA;
        missing[1] += cell == PLX_CELL_DECLINED;
        missing[2] += cell == PLX_CELL_EMPTY;
    }
    if (columns)
        g_string_append_printf(out, ",%lu,%lu,%lu", missing[0], missing[1], missing[2]);
    else
        g_string_append_printf(out, " t%lu na%lu de%lu em%lu", total, missing[0], missing[1],
                               missing[2]);
}

static void put_measure(GString *out, const struct world *world, const struct plx_need *need,
                        const GArray *rows, guint m)
{
    const struct row *any = g_array_index(rows, struct answer, 0).row;
    const struct plx_scale *scale = scale_of(world, m, any->audience);
    guint kind = world_subjects[any->subject].kind;
    g_autoptr(GHashTable) people = by_unit(rows, need, m, m);
    g_autoptr(GHashTable) units = by_table(people);
    struct value_sums sums[101] = {{0}};
    guint64 total = 0, missing = 0;
    gboolean repeats = FALSE;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, units);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const GArray *own = value;
        repeats |= own->len > 1;
        total += own->len;
        for (guint i = 0; i < own->len; i++) {
            const struct row *row = g_array_index(own, struct answer, i).row;
            add_value(&sums[row->value[m] - scale->min], row);
        }
    }
    for (guint i = 0; i < rows->len; i++) {
        gint8 cell = g_array_index(rows, struct answer, i).row->value[m];
        missing += cell == PLX_CELL_NA || cell == PLX_CELL_DECLINED;
    }
    if (!(need->kinds & PLX_NEED_COLUMNS) && total + missing == 0 &&
        !(world->map->measures[m].subjects >> kind & 1))
        return;
    if (need->kinds & PLX_NEED_COLUMNS) {
        g_string_append_printf(out, " col%u", m);
        /* columns are as wide as the widest scale: of levels six here */
        const gboolean level = m == PLX_MEASURE_LEVEL || m == PLX_MEASURE_EXPECTED;
        put_sums(out, world, sums, level ? 6 : plx_scale_width(scale));
        put_missing(out, rows, m, 0, TRUE);
        return;
    }
    g_string_append_printf(out, " m%u k%u", m, plx_scale_width(scale));
    put_sums(out, world, sums, plx_scale_width(scale));
    put_missing(out, rows, m, total, FALSE);
    if (need->kinds & (PLX_NEED_PERSONS | PLX_NEED_CLUSTERS))
        g_string_append_printf(out, " p%lu u%u r%d", persons_of(people), g_hash_table_size(units),
                               repeats);
    if (need->kinds & PLX_NEED_CLUSTERS)
        put_clusters(out, units, m, scale, repeats);
}

static void put_pair(GString *out, const struct world *world, const struct plx_need *need,
                     const GArray *rows, guint m)
{
    const struct row *any = g_array_index(rows, struct answer, 0).row;
    const struct plx_scale *first = scale_of(world, m, any->audience);
    const struct plx_scale *second = scale_of(world, need->second, any->audience);
    guint k2 = plx_scale_width(second);
    guint n_sums = plx_scale_width(first) * k2;
    g_autofree struct value_sums *sums = g_new0(struct value_sums, n_sums);
    g_autoptr(GHashTable) people = by_unit(rows, need, m, need->second);
    g_autoptr(GHashTable) units = by_table(people);
    guint64 total = 0;
    gboolean repeats = FALSE;
    double dd = 0, d1 = 0, s11 = 0;
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, units);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const GArray *own = value;
        double wd = 0, sw = 0;
        repeats |= own->len > 1;
        total += own->len;
        for (guint i = 0; i < own->len; i++) {
            const struct row *row = g_array_index(own, struct answer, i).row;
            gint8 a = row->value[m], b = row->value[need->second];
            add_value(&sums[(guint)(a - first->min) * k2 + (guint)(b - second->min)], row);
            wd += (double)row->weight / (double)PLX_WEIGHT_ONE * (a - b);
            sw += (double)row->weight / (double)PLX_WEIGHT_ONE;
        }
        dd += wd * wd;
        d1 += wd * sw;
        s11 += sw * sw;
    }
    if (total == 0)
        return;
    g_string_append_printf(out, " pair%u-%d", m, (int)need->second);
    put_sums(out, world, sums, n_sums);
    g_string_append_printf(out, " t%lu p%lu u%u r%d %.9g %.9g %.9g", total, persons_of(people),
                           g_hash_table_size(units), repeats, dd, d1, s11);
}

static guint distinct_encounters(const GArray *rows)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, NULL);
    for (guint i = 0; i < rows->len; i++)
        g_hash_table_add(seen,
                         (gpointer)(gsize)&g_array_index(rows, struct answer, i).row->encounter);
    return g_hash_table_size(seen);
}

guint32 naive_columns(const struct world *world)
{
    guint32 measures = world->measures;
    for (guint i = 0; i < world->rows->len; i++)
        for (guint m = PLX_MEASURE_SURPRISE; m <= PLX_MEASURE_HESITATION; m++)
            if (g_array_index(world->rows, struct row, i).value[m] != PLX_CELL_EMPTY)
                measures |= 1u << m;
    return measures;
}

static void put_cell(GPtrArray *lines, const struct world *world, guint t,
                     const struct plx_need *need, guint32 measures, const char *prefix,
                     const GArray *rows)
{
    GString *out = g_string_new(NULL);
    g_string_append_printf(out, "%u %s", t, prefix);
    if (!(need->kinds & PLX_NEED_COLUMNS))
        g_string_append_printf(out, " rows%u enc%u", rows->len,
                               need->kinds & PLX_NEED_ENCOUNTERS ? distinct_encounters(rows) : 0);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (measures >> m & 1)
            put_measure(out, world, need, rows, m);
    for (guint m = 0; need->kinds & PLX_NEED_PAIRS && m < PLX_MEASURES_MAX; m++)
        if (measures >> m & 1)
            put_pair(out, world, need, rows, m);
    g_ptr_array_add(lines, g_string_free(out, FALSE));
}

/* Mean of one unit about one subject within a group: of first_unseen its first answer. */
static gboolean unit_mean(const GArray *rows, const struct plx_need *need, guint m, guint64 unit,
                          double *mean)
{
    g_autoptr(GHashTable) units = by_unit(rows, need, m, m);
    g_autofree char *key = g_strdup_printf("%lx", unit);
    const GArray *own = g_hash_table_lookup(units, key);
    if (!own)
        return FALSE;
    *mean = 0;
    for (guint i = 0; i < own->len; i++)
        *mean += g_array_index(own, struct answer, i).row->value[m];
    *mean /= own->len;
    return TRUE;
}

/* Comoments and profiles of one (group, audience): cells by subject. */
static void put_by_unit(GPtrArray *lines, const struct world *world, guint t,
                        const struct plx_need *need, guint m, const char *group, guint audience,
                        GHashTable *cells, const GPtrArray *subjects)
{
    (void)world;
    g_autoptr(GHashTable) units = g_hash_table_new(g_int64_hash, g_int64_equal);
    GArray *rows[16] = {NULL};
    for (guint s = 0; s < subjects->len; s++) {
        g_autofree char *name = subject_prefix(g_ptr_array_index(subjects, s));
        g_autofree char *key = g_strdup_printf("%s|%s|%u", group, name, audience);
        rows[s] = g_hash_table_lookup(cells, key);
        for (guint i = 0; rows[s] && i < rows[s]->len; i++)
            g_hash_table_add(units, &g_array_index(rows[s], struct answer, i).unit);
    }
    double sums[16][16][6] = {{{0}}};
    GHashTableIter iter;
    gpointer unit;
    g_hash_table_iter_init(&iter, units);
    while (g_hash_table_iter_next(&iter, &unit, NULL)) {
        double mean[16];
        gboolean has[16] = {FALSE};
        gboolean any = FALSE;
        GString *profile = g_string_new(NULL);
        g_string_append_printf(profile, "%u %s|profile %u m%u", t, group, audience, m);
        for (guint s = 0; s < subjects->len; s++) {
            has[s] = rows[s] && unit_mean(rows[s], need, m, *(const guint64 *)unit, &mean[s]);
            any |= has[s];
            const struct plx_subject *subject = g_ptr_array_index(subjects, s);
            if (has[s])
                g_string_append_printf(profile, " %s=%.9g", subject->id, mean[s]);
        }
        for (guint a = 0; a < subjects->len; a++)
            for (guint b = a; b < subjects->len; b++)
                if (has[a] && has[b]) {
                    const double add[] = {1,
                                          mean[a],
                                          mean[b],
                                          mean[a] * mean[a],
                                          mean[b] * mean[b],
                                          mean[a] * mean[b]};
                    for (guint i = 0; i < 6; i++)
                        sums[a][b][i] += add[i];
                }
        if (any && need->kinds & PLX_NEED_PROFILES)
            g_ptr_array_add(lines, g_string_free(profile, FALSE));
        else
            g_string_free(profile, TRUE);
    }
    for (guint a = 0; need->kinds & PLX_NEED_COMOMENTS && a < subjects->len; a++)
        for (guint b = a; b < subjects->len; b++) {
            const double *x = sums[a][b];
            g_autofree char *name_a = subject_prefix(g_ptr_array_index(subjects, a));
            g_autofree char *name_b = subject_prefix(g_ptr_array_index(subjects, b));
            if (x[0] > 0)
                g_ptr_array_add(lines, g_strdup_printf("%u %s|%s|%u|%s co %.0f %.9g %.9g %.9g "
                                                       "%.9g %.9g",
                                                       t, group, name_a, audience, name_b, x[0],
                                                       x[1], x[2], x[3], x[4], x[5]));
        }
}

static gint compare_subjects(gconstpointer a, gconstpointer b)
{
    g_autofree char *x = subject_prefix(*(const struct plx_subject *const *)a);
    g_autofree char *y = subject_prefix(*(const struct plx_subject *const *)b);
    return strcmp(x, y);
}

static void put_people(GPtrArray *lines, const struct world *world, guint t,
                       const struct plx_need *need, const char *group, const GArray *rows)
{
    const guint m = (guint)__builtin_ctz(need->measures);
    for (guint audience = 0; audience < world->map->n_audiences; audience++) {
        g_autoptr(GArray) own = g_array_new(FALSE, FALSE, sizeof(struct answer));
        for (guint i = 0; i < rows->len; i++)
            if (g_array_index(rows, struct answer, i).row->audience == audience)
                g_array_append_val(own, g_array_index(rows, struct answer, i));
        g_autoptr(GHashTable) units = by_unit(own, need, m, m);
        if (g_hash_table_size(units))
            g_ptr_array_add(lines, g_strdup_printf("%u %s|persons %u %lu", t, group, audience,
                                                   persons_of(units)));
    }
}

static void put_journeys(GPtrArray *lines, const struct world *world, guint t, const char *group,
                         const GArray *rows)
{
    guint n = world->map->n_journeys;
    for (guint audience = 0; audience < world->map->n_audiences; audience++) {
        GString *out = g_string_new(NULL);
        g_string_append_printf(out, "%u %s|journeys %u", t, group, audience);
        for (guint j = 0; j <= n; j++) {
            g_autoptr(GHashTable) seen = g_hash_table_new(g_int64_hash, g_int64_equal);
            for (guint i = 0; rows && i < rows->len; i++) {
                const struct row *row = g_array_index(rows, struct answer, i).row;
                const struct plx_subject *subject = &world_subjects[row->subject];
                if (row->audience != audience || subject->kind != PLX_SUBJECT_POINT)
                    continue;
                if (j == n || (subject->map_index >= 0 &&
                               world->map->points[subject->map_index].journey == j))
                    g_hash_table_add(seen, (gpointer)(gsize)&row->encounter);
            }
            g_string_append_printf(out, " %u", g_hash_table_size(seen));
        }
        g_ptr_array_add(lines, g_string_free(out, FALSE));
    }
}

static void put_need(GPtrArray *lines, const struct world *world, guint t,
                     const struct plx_need *need,
                     gboolean (*passes)(guint need, const struct row *row))
{
    const guint32 measures = need->measures & naive_columns(world);
    g_autoptr(GHashTable) cells = table_new();
    g_autoptr(GHashTable) groups = table_new();
    g_autoptr(GPtrArray) subjects = g_ptr_array_new();
    for (guint i = 0; i < world->rows->len; i++) {
        const struct row *row = &g_array_index(world->rows, struct row, i);
        if (!passes(t, row) || row->subject == 0 || (need->first_unseen && row->seen == 1))
            continue;
        const struct answer answer = answer_of(world, row);
        g_autofree char *group = naive_group(need, row);
        g_autofree char *name = subject_prefix(&world_subjects[row->subject]);
        GArray *cell = bucket(cells, g_strdup_printf("%s|%s|%u", group, name, row->audience));
        g_array_append_val(cell, answer);
        GArray *all = bucket(groups, g_strdup(group));
        g_array_append_val(all, answer);
        if (!g_ptr_array_find(subjects, &world_subjects[row->subject], NULL))
            g_ptr_array_add(subjects, (gpointer)(gsize)&world_subjects[row->subject]);
    }
    g_ptr_array_sort(subjects, compare_subjects);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, cells);
    while (g_hash_table_iter_next(&iter, &key, &value))
        put_cell(lines, world, t, need, measures, key, value);
    g_hash_table_iter_init(&iter, groups);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        for (guint a = 0; a < world->map->n_audiences; a++)
            for (guint m = 0;
                 need->kinds & (PLX_NEED_COMOMENTS | PLX_NEED_PROFILES) && m < PLX_MEASURES_MAX;
                 m++)
                if (need->measures >> m & 1)
                    put_by_unit(lines, world, t, need, m, key, a, cells, subjects);
        if (need->kinds & (PLX_NEED_PERSONS | PLX_NEED_CLUSTERS))
            put_people(lines, world, t, need, key, value);
        if (need->kinds & PLX_NEED_ENCOUNTERS)
            put_journeys(lines, world, t, key, value);
    }
}

static void put_totals(GString *out, const struct world *world,
                       gboolean (*passes)(guint need, const struct row *row))
{
    g_autoptr(GHashTable) all = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GHashTable) unknown = g_hash_table_new(g_int64_hash, g_int64_equal);
    g_autoptr(GHashTable) respondents = g_hash_table_new(g_int64_hash, g_int64_equal);
    guint64 without = 0;
    gint32 first = G_MAXINT32, last = G_MININT32;
    for (guint i = 0; i < world->rows->len; i++) {
        struct row *row = &g_array_index(world->rows, struct row, i);
        const struct answer answer = answer_of(world, row);
        g_hash_table_add(all, &row->encounter);
        if (answer.known)
            g_hash_table_add(respondents, &row->unit);
        else
            g_hash_table_add(unknown, &row->encounter);
        without += row->day == PLX_NO_DAY;
        if (row->day != PLX_NO_DAY && passes(0, row)) {
            first = MIN(first, row->day);
            last = MAX(last, row->day);
        }
    }
    g_string_append_printf(out, "rows %u encounters %u unknown %u respondents %u", world->rows->len,
                           g_hash_table_size(all), g_hash_table_size(unknown),
                           g_hash_table_size(respondents));
    g_string_append_printf(out, " days %d %d..%d without %lu measures %x\n", first <= last,
                           first <= last ? first : 0, first <= last ? last : 0, without,
                           world->measures);
}

char *naive_text(const struct world *world, const struct plx_need *needs, guint n_needs,
                 gboolean (*passes)(guint need, const struct row *row))
{
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    GString *out = g_string_new(NULL);
    put_totals(out, world, passes);
    for (guint t = 0; t < n_needs; t++) {
        put_need(lines, world, t, &needs[t], passes);
        if (needs[t].kinds & PLX_NEED_LINKED)
            naive_linked(lines, world, t, &needs[t], passes);
    }
    for (guint i = 0; i < lines->len; i++)
        g_string_append_printf(out, "%s\n", (const char *)g_ptr_array_index(lines, i));
    g_autofree char *text = g_string_free(out, FALSE);
    return sorted_lines(text);
}
