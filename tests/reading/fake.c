/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake.h"

#include "base/date.h"
#include "base/id.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct row {
    char *text[PLX_DIM_SEGMENT];
    guint audience;
    guint code; /* of the subject */
    gint32 day, month;
    char *unit, *encounter;
    gboolean known; /* has a respondent */
    guint group_size;
    double weight;
    gboolean seen;
    gint8 value[PLX_MEASURES_MAX];
};

struct fake {
    plx_source source;
    GArray *rows;
    gboolean has[PLX_MEASURES_MAX], weighted;
    struct plx_dims dims;
    guint32 *code[PLX_DIM_SEGMENT];
    gint32 *day;
    struct plx_batch batch;
    guint asked;
    GPtrArray *memory;
};

static gpointer keep(GPtrArray *memory, gsize n, gsize size)
{
    gpointer block = g_malloc0_n(n + 1, size);
    g_ptr_array_add(memory, block);
    return block;
}

static gint8 cell_of(const char *text)
{
    if (!*text)
        return PLX_CELL_EMPTY;
    if (strcmp(text, "na") == 0)
        return PLX_CELL_NA;
    if (strcmp(text, "declined") == 0)
        return PLX_CELL_DECLINED;
    return (gint8)g_ascii_strtoll(text, NULL, 10);
}

static guint subject_code(struct fake *f, const char *title)
{
    g_autofree char *id = plx_id_new(title, strlen(title));
    for (guint i = 1; i < f->dims.subjects->len; i++)
        if (strcmp(g_array_index(f->dims.subjects, struct plx_subject, i).id, id) == 0)
            return i;
    const gint at = plx_map_find_point(f->source.map, id);
    struct plx_subject subject = {.kind = PLX_SUBJECT_POINT, .map_index = at};
    subject.id = at >= 0 ? f->source.map->points[at].id : g_steal_pointer(&id);
    if (at < 0)
        g_ptr_array_add(f->memory, (gpointer)(gsize)subject.id);
    subject.title = at >= 0 ? f->source.map->points[at].title : subject.id;
    g_array_append_val(f->dims.subjects, subject);
    return f->dims.subjects->len - 1;
}

static void set_column(struct fake *f, struct row *row, const char *name, const char *text)
{
    static const char *const dims[PLX_DIM_SEGMENT] = {[PLX_DIM_JOURNEY] = "journey",
                                                      [PLX_DIM_PLACE] = "place",
                                                      [PLX_DIM_CHANNEL] = "channel",
                                                      [PLX_DIM_SOURCE] = "source",
                                                      [PLX_DIM_WORKSHOP] = "workshop"};
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++)
        if (g_strcmp0(dims[d], name) == 0)
            g_ptr_array_add(f->memory, row->text[d] = g_strdup(text));
    const gint measure = plx_map_find_measure(f->source.map, name);
    if (measure >= 0) {
        f->has[measure] = TRUE;
        row->value[measure] = cell_of(text);
    } else if (strcmp(name, "audience") == 0) {
        row->audience = (guint)plx_map_find_audience(f->source.map, text);
        g_assert_cmpuint(row->audience, <, f->source.map->n_audiences);
    } else if (strcmp(name, "point") == 0) {
        row->code = subject_code(f, text);
    } else if (strcmp(name, "time") == 0 && *text) {
        struct plx_time time;
        g_assert_true(plx_time_parse(text, strlen(text), &time));
        row->day = time.day;
        row->month = time.month;
    } else if (strcmp(name, "group_size") == 0 && *text) {
        row->group_size = (guint)g_ascii_strtoull(text, NULL, 10);
    } else if (strcmp(name, "weight") == 0 && *text) {
        row->weight = g_ascii_strtod(text, NULL);
        f->weighted = TRUE;
    } else if (strcmp(name, "seen") == 0) {
        row->seen = strcmp(text, "1") == 0;
    }
}

static void read_row(struct fake *f, char **header, char **cells, guint number)
{
    struct row row = {.day = PLX_NO_DAY, .month = PLX_NO_DAY, .group_size = 1, .weight = 1};
    const char *respondent = "", *encounter = "";
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        row.value[m] = PLX_CELL_EMPTY;
    for (guint c = 0; header[c]; c++) {
        g_assert_nonnull(cells[c]);
        set_column(f, &row, header[c], cells[c]);
        respondent = strcmp(header[c], "respondent") ? respondent : cells[c];
        encounter = strcmp(header[c], "encounter") ? encounter : cells[c];
    }
    row.known = *respondent != 0;
    row.encounter = *encounter  ? g_strdup_printf("e%u %s", row.audience, encounter)
                    : row.known ? g_strdup_printf("r%u %s %d", row.audience, respondent, row.day)
                                : g_strdup_printf("row %u", number);
    row.unit =
        row.known ? g_strdup_printf("r%u %s", row.audience, respondent) : g_strdup(row.encounter);
    g_ptr_array_add(f->memory, row.encounter);
    g_ptr_array_add(f->memory, row.unit);
    g_array_append_val(f->rows, row);
}

#define ROW(f, i) (&g_array_index((f)->rows, struct row, i))

/* One batch of everything, for filters. */
static void make_batch(struct fake *f)
{
    const guint n = f->rows->len;
    f->dims.n_dims = PLX_DIM_SEGMENT;
    f->dims.map = f->source.map;
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++) {
        f->code[d] = keep(f->memory, n, sizeof(guint32));
        f->batch.dim[d] = f->code[d];
        if (d != PLX_DIM_AUDIENCE && d != PLX_DIM_SUBJECT)
            f->dims.dict[d] = plx_dict_new(PLX_DICT_TEXT);
    }
    f->day = keep(f->memory, n, sizeof(gint32));
    for (guint i = 0; i < n; i++) {
        for (guint d = 0; d < PLX_DIM_SEGMENT; d++) {
            char padded[64] = "";
            if (f->dims.dict[d] && ROW(f, i)->text[d]) {
                g_strlcpy(padded, ROW(f, i)->text[d], 32);
                f->code[d][i] = plx_dict_code(f->dims.dict[d], padded, (guint32)strlen(padded));
            }
        }
        f->code[PLX_DIM_AUDIENCE][i] = ROW(f, i)->audience + 1;
        f->code[PLX_DIM_SUBJECT][i] = ROW(f, i)->code;
        f->day[i] = ROW(f, i)->day;
    }
    f->batch.n = n;
    f->batch.dims = &f->dims;
    f->batch.day = f->day;
}

static char *key_text(const struct row *row, const struct plx_split *split)
{
    char *text;
    gint year, week;
    if (split->kind == PLX_SPLIT_DIM)
        text = g_strdup(
            split->dim < PLX_DIM_SEGMENT && row->text[split->dim] ? row->text[split->dim] : "");
    else if (row->day == PLX_NO_DAY)
        text = g_strdup("");
    else if (split->kind == PLX_SPLIT_MONTH)
        text = g_strdup_printf("%04d-%02d", row->month / 12, row->month % 12 + 1);
    else {
        plx_date_iso_week(row->day, &year, &week);
        text = g_strdup_printf("%04d-W%02d", year, week);
    }
    for (const char *const *m = split->merge; m && *m; m += 2) {
        if (strcmp(text, m[0]) != 0)
            continue;
        g_free(text);
        return g_strdup(m[1]);
    }
    return text;
}

static int compare_keys(const void *a, const void *b)
{
    char *const *x = *(char **const *)a, *const *y = *(char **const *)b;
    for (; *x; x++, y++)
        if (strcmp(*x, *y) != 0)
            return strcmp(*x, *y);
    return 0;
}

static int compare_subjects(const void *a, const void *b)
{
    const struct plx_subject *x = a, *y = b;
    if (x->map_index != y->map_index)
        return x->map_index < 0 ? 1 : y->map_index < 0 ? -1 : x->map_index - y->map_index;
    return strcmp(x->id, y->id);
}

/* The rows of one cell that count for one measure. */
static GPtrArray *rows_for(struct fake *f, const struct plx_need *need, GPtrArray *rows, guint m)
{
    GPtrArray *kept = g_ptr_array_new();
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        gboolean keep_it = !need->first_unseen || (!row->seen && row->value[m] > PLX_CELL_DECLINED);
        for (guint j = 0; keep_it && need->first_unseen && j < rows->len; j++) {
            const struct row *other = g_ptr_array_index(rows, j);
            if (other != row && !other->seen && other->value[m] > PLX_CELL_DECLINED &&
                strcmp(other->unit, row->unit) == 0 &&
                (other->day < row->day || (other->day == row->day && j < i)))
                keep_it = FALSE;
        }
        if (keep_it)
            g_ptr_array_add(kept, row);
    }
    (void)f;
    return kept;
}

/* Distinct units with their index. */
static GHashTable *units_of(GPtrArray *rows, guint m)
{
    GHashTable *units = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        if (row->value[m] > PLX_CELL_DECLINED && !g_hash_table_contains(units, row->unit))
            g_hash_table_insert(units, row->unit, GUINT_TO_POINTER(g_hash_table_size(units)));
    }
    return units;
}

static guint64 persons_of(GPtrArray *rows, guint m)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    guint64 persons = 0;
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = g_ptr_array_index(rows, i);
        if (row->value[m] > PLX_CELL_DECLINED && g_hash_table_add(seen, row->unit))
            persons += row->known ? 1 : row->group_size;
    }
    return persons;
}

static const struct plx_scale *scale_of(const plx_map *map, guint m, guint audience)
{
    const gboolean level =
        m == PLX_MEASURE_LEVEL || m == PLX_MEASURE_PREDICTED || m == PLX_MEASURE_EXPECTED;
    return level ? map->audiences[audience].scale : map->measures[m].scale;
}

static struct plx_tally tally_of(struct fake *f, const struct plx_need *need, GPtrArray *all,
                                 guint m, guint audience, GPtrArray *memory)
{
    g_autoptr(GPtrArray) rows = rows_for(f, need, all, m);
    g_autoptr(GHashTable) units = units_of(rows, m);
    struct plx_tally t = {.measure = (enum plx_measure)m,
                          .scale = scale_of(f->source.map, m, audience)};
    t.k = plx_scale_width(t.scale);
    guint64 *n = keep(memory, t.k, sizeof *n);
    double *w = keep(memory, t.k, sizeof *w), *w2 = keep(memory, t.k, sizeof *w2);
    double *m2 = keep(memory, (gsize)t.k * t.k, sizeof *m2);
    t.units = g_hash_table_size(units);
    double *uw = keep(memory, t.units * t.k, sizeof *uw);
    guint32 *vectors = keep(memory, t.units * t.k, sizeof *vectors);
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = g_ptr_array_index(rows, i);
        const gint8 value = row->value[m];
        t.empty += value == PLX_CELL_EMPTY;
        t.na += value == PLX_CELL_NA;
        t.declined += value == PLX_CELL_DECLINED;
        if (value <= PLX_CELL_DECLINED)
            continue;
        const guint v = (guint)(value - t.scale->min);
        const guint u = GPOINTER_TO_UINT(g_hash_table_lookup(units, row->unit));
        n[v]++;
        w[v] += row->weight;
        w2[v] += row->weight * row->weight;
        uw[u * t.k + v] += row->weight;
        vectors[u * t.k + v]++;
        t.total++;
    }
    guint64 *ones = keep(memory, t.units, sizeof *ones);
    for (guint u = 0; u < t.units; u++) {
        ones[u] = 1;
        for (guint i = 0; i < t.k; i++)
            for (guint j = 0; j < t.k; j++)
                m2[i * t.k + j] += uw[u * t.k + i] * uw[u * t.k + j];
    }
    t.n = n;
    t.w = f->weighted ? w : NULL;
    t.w2 = f->weighted ? w2 : NULL;
    t.repeats = t.total > t.units;
    t.m = t.repeats ? m2 : NULL;
    t.n_vectors = (guint)t.units;
    t.vectors = vectors;
    t.multiplicity = ones;
    t.persons = persons_of(rows, m);
    return t;
}

static struct plx_pair_tally pair_of(struct fake *f, GPtrArray *rows, guint first, guint second,
                                     guint audience, GPtrArray *memory)
{
    struct plx_pair_tally p = {.first = (enum plx_measure)first,
                               .second = (enum plx_measure)second,
                               .first_scale = scale_of(f->source.map, first, audience),
                               .second_scale = scale_of(f->source.map, second, audience)};
    p.k1 = plx_scale_width(p.first_scale);
    p.k2 = plx_scale_width(p.second_scale);
    guint64 *n = keep(memory, p.k1 * p.k2, sizeof *n);
    g_autoptr(GHashTable) units = g_hash_table_new(g_str_hash, g_str_equal);
    g_autofree double *d = g_new0(double, rows->len + 1), *c = g_new0(double, rows->len + 1);
    for (guint i = 0; i < rows->len; i++) {
        struct row *row = g_ptr_array_index(rows, i);
        const gint8 a = row->value[first], b = row->value[second];
        if (a <= PLX_CELL_DECLINED || b <= PLX_CELL_DECLINED)
            continue;
        if (!g_hash_table_contains(units, row->unit))
            g_hash_table_insert(units, row->unit, GUINT_TO_POINTER(g_hash_table_size(units)));
        const guint u = GPOINTER_TO_UINT(g_hash_table_lookup(units, row->unit));
        n[(guint)(a - p.first_scale->min) * p.k2 + (guint)(b - p.second_scale->min)]++;
        d[u] += a - b;
        c[u] += 1;
        p.total++;
    }
    p.units = g_hash_table_size(units);
    for (guint u = 0; u < p.units; u++) {
        p.s_dd += d[u] * d[u];
        p.s_d1 += d[u] * c[u];
        p.s_11 += c[u] * c[u];
    }
    p.n = n;
    p.repeats = p.total > p.units;
    p.persons = p.units;
    return p;
}

static guint64 distinct_encounters(GPtrArray *rows)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < rows->len; i++)
        g_hash_table_add(seen, ((struct row *)g_ptr_array_index(rows, i))->encounter);
    return g_hash_table_size(seen);
}

struct pass {
    struct fake *f;
    const struct plx_need *need;
    struct plx_answer *answer;
    char ***row_keys; /* per row; NULL = filtered out */
};

static gboolean row_is(const struct pass *p, guint i, char **group, gint subject, gint audience)
{
    const struct row *row = ROW(p->f, i);
    if (!p->row_keys[i] || compare_keys(&p->row_keys[i], &group) != 0 ||
        (audience >= 0 && row->audience != (guint)audience))
        return FALSE;
    const char *id = g_array_index(p->f->dims.subjects, struct plx_subject, row->code).id;
    return subject < 0 || strcmp(id, p->answer->subjects[subject].id) == 0;
}

static GPtrArray *rows_of(const struct pass *p, char **group, gint subject, gint audience)
{
    GPtrArray *rows = g_ptr_array_new();
    for (guint i = 0; i < p->f->rows->len; i++)
        if (row_is(p, i, group, subject, audience))
            g_ptr_array_add(rows, ROW(p->f, i));
    return rows;
}

static void fill_cell(const struct pass *p, struct plx_cell *cell, GPtrArray *rows)
{
    GPtrArray *memory = p->answer->memory;
    cell->rows = rows->len;
    cell->encounters = distinct_encounters(rows);
    cell->tallies = keep(memory, PLX_MEASURES_MAX, sizeof *cell->tallies);
    cell->pairs = keep(memory, PLX_MEASURES_MAX, sizeof *cell->pairs);
    for (guint m = 0; m < p->f->source.map->n_measures; m++) {
        if (!(p->need->measures & 1U << m) || !p->f->has[m])
            continue;
        cell->tallies[cell->n_tallies++] = tally_of(p->f, p->need, rows, m, cell->audience, memory);
        if (p->need->kinds & PLX_NEED_PAIRS && p->f->has[p->need->second])
            cell->pairs[cell->n_pairs++] =
                pair_of(p->f, rows, m, p->need->second, cell->audience, memory);
    }
}

static void fill_profiles(const struct pass *p, struct plx_table *table)
{
    GPtrArray *memory = p->answer->memory;
    const guint n_audiences = p->f->source.map->n_audiences, m = PLX_MEASURE_BELIEVED;
    table->profiles = keep(memory, table->n_groups * n_audiences, sizeof *table->profiles);
    for (guint g = 0; g < table->n_groups; g++) {
        for (guint a = 0; a < n_audiences; a++) {
            g_autoptr(GPtrArray) all = rows_of(p, table->groups[g], -1, (gint)a);
            g_autoptr(GHashTable) units = units_of(all, m);
            const guint n = g_hash_table_size(units), s = p->answer->n_subjects;
            double *value = keep(memory, (gsize)n * s, sizeof *value);
            for (guint i = 0; i < n * s; i++)
                value[i] = NAN;
            for (guint k = 0; k < s; k++) {
                g_autoptr(GPtrArray) rows = rows_of(p, table->groups[g], (gint)k, (gint)a);
                g_autoptr(GPtrArray) first = rows_for(p->f, p->need, rows, m);
                for (guint i = 0; i < first->len; i++) {
                    const struct row *row = g_ptr_array_index(first, i);
                    const guint u = GPOINTER_TO_UINT(g_hash_table_lookup(units, row->unit));
                    value[u * s + k] = row->value[m];
                }
            }
            if (n)
                table->profiles[table->n_profiles++] =
                    (struct plx_profiles){g, a, PLX_MEASURE_BELIEVED, n, value};
        }
    }
}

static void fill_journeys(const struct pass *p, struct plx_table *table)
{
    const plx_map *map = p->f->source.map;
    const guint width = map->n_journeys + 1;
    guint64 *out =
        keep(p->answer->memory, (gsize)table->n_groups * map->n_audiences * width, sizeof *out);
    for (guint g = 0; g < table->n_groups; g++) {
        for (guint a = 0; a < map->n_audiences; a++) {
            g_autoptr(GPtrArray) all = rows_of(p, table->groups[g], -1, (gint)a);
            guint64 *row = out + ((gsize)g * map->n_audiences + a) * width;
            row[map->n_journeys] = distinct_encounters(all);
            for (guint j = 0; j < map->n_journeys; j++) {
                g_autoptr(GPtrArray) here = g_ptr_array_new();
                for (guint i = 0; i < all->len; i++) {
                    struct row *r = g_ptr_array_index(all, i);
                    const gint at =
                        g_array_index(p->f->dims.subjects, struct plx_subject, r->code).map_index;
                    if (at >= 0 && map->points[at].journey == j)
                        g_ptr_array_add(here, r);
                }
                row[j] = distinct_encounters(here);
            }
        }
    }
    table->journey_encounters = out;
}

static void fill_persons(const struct pass *p, struct plx_table *table)
{
    const guint n = p->f->source.map->n_audiences, m = (guint)__builtin_ctz(p->need->measures);
    guint64 *out = keep(p->answer->memory, (gsize)table->n_groups * n, sizeof *out);
    for (guint g = 0; g < table->n_groups; g++) {
        for (guint a = 0; a < n; a++) {
            g_autoptr(GPtrArray) all = rows_of(p, table->groups[g], -1, (gint)a);
            for (guint i = all->len; p->need->first_unseen && i-- > 0;)
                if (((struct row *)g_ptr_array_index(all, i))->seen)
                    g_ptr_array_remove_index(all, i);
            out[g * n + a] = persons_of(all, m);
        }
    }
    table->audience_persons = out;
}

/* LINKED: the arrays as they grow. */
struct chain {
    const struct pass *p;
    const struct plx_table *table;
    struct plx_linked linked;
    guint32 *unit_first, *encounter_first, *group, *subject, *persons;
    guint8 *audience, *known;
    gint8 *value[PLX_MEASURES_MAX];
    double *weight;
};

static gboolean has_any(const struct pass *p, const struct row *row)
{
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (p->need->measures & 1U << m && p->f->has[m] && row->value[m] != PLX_CELL_EMPTY)
            return TRUE;
    return FALSE;
}

/* The answers of one encounter, by group and subject. */
static void link_encounter(struct chain *c, const char *encounter)
{
    const struct pass *p = c->p;
    c->encounter_first[c->linked.n_encounters++] = (guint32)c->linked.n_answers;
    for (guint g = 0; g < c->table->n_groups; g++) {
        for (guint s = 0; s < p->answer->n_subjects; s++) {
            for (guint i = 0; i < p->f->rows->len; i++) {
                const struct row *row = ROW(p->f, i);
                if (strcmp(row->encounter, encounter) != 0 || !has_any(p, row) ||
                    !row_is(p, i, c->table->groups[g], (gint)s, -1))
                    continue;
                const guint64 at = c->linked.n_answers++;
                c->group[at] = g;
                c->subject[at] = s;
                c->weight[at] = row->weight;
                for (guint j = 0; j < c->linked.n_measures; j++)
                    c->value[j][at] = row->value[c->linked.measure[j]];
            }
        }
    }
}

static void link_unit(struct chain *c, const struct row *first)
{
    const struct pass *p = c->p;
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    const guint64 unit = c->linked.n_units++;
    c->unit_first[unit] = (guint32)c->linked.n_encounters;
    c->audience[unit] = (guint8)first->audience;
    c->known[unit] = first->known ? 1 : 0;
    c->persons[unit] = first->known ? 1 : first->group_size;
    for (guint i = 0; i < p->f->rows->len; i++)
        if (p->row_keys[i] && has_any(p, ROW(p->f, i)) &&
            strcmp(ROW(p->f, i)->unit, first->unit) == 0 &&
            g_hash_table_add(seen, ROW(p->f, i)->encounter))
            link_encounter(c, ROW(p->f, i)->encounter);
}

/* Units and their encounters stand as they come in the file: a reading must not depend on it. */
static void fill_linked(const struct pass *p, struct plx_table *table)
{
    GPtrArray *memory = p->answer->memory;
    const guint n = p->f->rows->len;
    struct chain c = {.p = p, .table = table};
    guint32 **const counts[] = {&c.unit_first, &c.encounter_first, &c.group, &c.subject,
                                &c.persons};
    for (guint i = 0; i < G_N_ELEMENTS(counts); i++)
        *counts[i] = keep(memory, n + 1, sizeof(guint32));
    c.audience = keep(memory, n, 1);
    c.known = keep(memory, n, 1);
    c.weight = keep(memory, n, sizeof(double));
    for (guint m = 0; m < p->f->source.map->n_measures; m++)
        if (p->need->measures & 1U << m && p->f->has[m]) {
            c.linked.measure[c.linked.n_measures] = (enum plx_measure)m;
            c.value[c.linked.n_measures++] = keep(memory, n, 1);
        }
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < n; i++)
        if (p->row_keys[i] && has_any(p, ROW(p->f, i)) &&
            g_hash_table_add(seen, ROW(p->f, i)->unit))
            link_unit(&c, ROW(p->f, i));
    c.unit_first[c.linked.n_units] = (guint32)c.linked.n_encounters;
    c.encounter_first[c.linked.n_encounters] = (guint32)c.linked.n_answers;
    c.linked.unit_first = c.unit_first;
    c.linked.encounter_first = c.encounter_first;
    c.linked.audience = c.audience;
    c.linked.known = c.known;
    c.linked.persons = c.persons;
    c.linked.group = p->need->n_splits ? c.group : NULL;
    c.linked.subject = c.subject;
    c.linked.weight = p->f->weighted ? c.weight : NULL;
    for (guint j = 0; j < c.linked.n_measures; j++)
        c.linked.value[j] = c.value[j];
    struct plx_linked *linked = keep(memory, 1, sizeof *linked);
    *linked = c.linked;
    table->linked = linked;
}

static void fill_table(struct pass *p, struct plx_table *table)
{
    GPtrArray *memory = p->answer->memory;
    const plx_map *map = p->f->source.map;
    const guint n = p->f->rows->len;
    g_autofree guint8 *passes = g_malloc0(n + 1);
    plx_filter_run(p->need->filter, &p->f->batch, passes);
    p->row_keys = keep(memory, n, sizeof *p->row_keys);
    table->groups = keep(memory, n + 1, sizeof *table->groups);
    for (guint i = 0; i < n; i++) {
        if (!passes[i])
            continue;
        p->row_keys[i] = keep(memory, p->need->n_splits, sizeof(char *));
        for (guint s = 0; s < p->need->n_splits; s++) {
            p->row_keys[i][s] = key_text(ROW(p->f, i), &p->need->splits[s]);
            g_ptr_array_add(memory, p->row_keys[i][s]);
        }
        gboolean known = FALSE;
        for (guint g = 0; g < table->n_groups; g++)
            known = known || compare_keys(&table->groups[g], &p->row_keys[i]) == 0;
        if (!known)
            table->groups[table->n_groups++] = p->row_keys[i];
    }
    if (table->n_groups == 0 && p->need->n_splits == 0)
        table->groups[table->n_groups++] = keep(memory, 0, sizeof(char *));
    qsort(table->groups, table->n_groups, sizeof *table->groups, compare_keys);
    table->cells = keep(memory, (gsize)table->n_groups * p->answer->n_subjects * map->n_audiences,
                        sizeof *table->cells);
    for (guint g = 0; g < table->n_groups; g++) {
        for (guint s = 0; s < p->answer->n_subjects; s++) {
            for (guint a = 0; a < map->n_audiences; a++) {
                g_autoptr(GPtrArray) rows = rows_of(p, table->groups[g], (gint)s, (gint)a);
                if (rows->len == 0)
                    continue;
                struct plx_cell *cell = &table->cells[table->n_cells++];
                *cell = (struct plx_cell){.group = g, .subject = s, .audience = a};
                fill_cell(p, cell, rows);
            }
        }
    }
    if (p->need->kinds & PLX_NEED_PROFILES && p->f->has[PLX_MEASURE_BELIEVED])
        fill_profiles(p, table);
    if (p->need->kinds & PLX_NEED_PERSONS)
        fill_persons(p, table);
    if (p->need->kinds & PLX_NEED_ENCOUNTERS)
        fill_journeys(p, table);
    if (p->need->kinds & PLX_NEED_LINKED)
        fill_linked(p, table);
}

static gboolean ask(plx_source *source, const struct plx_need *needs, guint n_needs,
                    struct plx_answer **answer, GError **error)
{
    struct fake *f = (struct fake *)source;
    struct plx_answer *out = g_new0(struct plx_answer, 1);
    (void)error;
    f->asked++;
    out->memory = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(out->memory, out); /* as plx_answer_free expects */
    out->n_subjects = f->dims.subjects->len - 1;
    out->subjects = keep(out->memory, out->n_subjects, sizeof *out->subjects);
    memcpy(out->subjects, &g_array_index(f->dims.subjects, struct plx_subject, 1),
           out->n_subjects * sizeof *out->subjects);
    qsort(out->subjects, out->n_subjects, sizeof *out->subjects, compare_subjects);
    out->n_tables = n_needs;
    out->tables = keep(out->memory, n_needs, sizeof *out->tables);
    out->observations = f->rows->len;
    g_autoptr(GHashTable) unknown = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < f->rows->len; i++)
        if (!ROW(f, i)->known)
            g_hash_table_add(unknown, ROW(f, i)->encounter);
    out->encounters_unknown = g_hash_table_size(unknown);
    g_autofree guint8 *passes = g_malloc0(f->rows->len + 1);
    plx_filter_run(needs[0].filter, &f->batch, passes);
    for (guint i = 0; i < f->rows->len; i++) {
        const gint32 day = ROW(f, i)->day;
        if (!passes[i] || day == PLX_NO_DAY)
            continue;
        out->first_day = out->has_days ? MIN(out->first_day, day) : day;
        out->last_day = out->has_days ? MAX(out->last_day, day) : day;
        out->has_days = TRUE;
    }
    for (guint i = 0; i < n_needs; i++) {
        struct pass pass = {f, &needs[i], out, NULL};
        fill_table(&pass, &out->tables[i]);
    }
    *answer = out;
    return TRUE;
}

static void fake_free(plx_source *source)
{
    struct fake *f = (struct fake *)source;
    for (guint d = 0; d < PLX_DIM_SEGMENT; d++)
        plx_dict_free(f->dims.dict[d]);
    g_array_unref(f->dims.subjects);
    g_array_unref(f->rows);
    g_ptr_array_unref(f->memory);
    g_free(f);
}

plx_source *fake_source_new(const plx_map *map, const char *csv)
{
    struct fake *f = g_new0(struct fake, 1);
    f->source = (plx_source){.name = "ratings.csv", .map = map, .ask = ask, .free = fake_free};
    f->rows = g_array_new(FALSE, TRUE, sizeof(struct row));
    f->memory = g_ptr_array_new_with_free_func(g_free);
    f->dims.subjects = g_array_new(FALSE, TRUE, sizeof(struct plx_subject));
    g_array_set_size(f->dims.subjects, 1);
    g_auto(GStrv) lines = g_strsplit(csv, "\n", -1);
    g_auto(GStrv) header = g_strsplit(lines[0], ",", -1);
    for (guint i = 1; lines[i] && *lines[i]; i++) {
        g_auto(GStrv) cells = g_strsplit(lines[i], ",", -1);
        read_row(f, header, cells, i);
    }
    make_batch(f);
    return &f->source;
}

guint fake_source_asked(const plx_source *source)
{
    return ((const struct fake *)source)->asked;
}
