/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "world.h"

#include <string.h>

/* What each unit said, put together with hash tables and compared as text. */

struct naive_unit {
    GPtrArray *rows; /* const struct row */
    guint persons;
    gboolean known;
};

static void unit_free(gpointer data)
{
    struct naive_unit *unit = data;
    g_ptr_array_unref(unit->rows);
    g_free(unit);
}

static gint compare_text(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Takes the key. */
static struct naive_unit *unit_of(GHashTable *units, char *key)
{
    struct naive_unit *found = g_hash_table_lookup(units, key);
    if (found) {
        g_free(key);
        return found;
    }
    found = g_new0(struct naive_unit, 1);
    found->rows = g_ptr_array_new();
    g_hash_table_insert(units, key, found);
    return found;
}

static gboolean says_anything(const struct row *row, guint32 measures)
{
    for (guint m = 0; measures >> m; m++)
        if (measures >> m & 1 && row->value[m] != PLX_CELL_EMPTY)
            return TRUE;
    return FALSE;
}

/* By respondent, encounter, audience: before anybody sits down. */
static GHashTable *find_people(const struct world *world, guint t, guint32 measures,
                               gboolean (*passes)(guint need, const struct row *row))
{
    GHashTable *people = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unit_free);
    for (guint i = 0; i < world->rows->len; i++) {
        const struct row *row = &g_array_index(world->rows, struct row, i);
        const gboolean known =
            row->known && world->map->audiences[row->audience].identity != PLX_IDENTITY_ANONYMOUS;
        if (!passes(t, row) || row->subject == 0 || !says_anything(row, measures))
            continue;
        struct naive_unit *unit = unit_of(
            people, g_strdup_printf("%lx/%u", known ? row->unit : row->encounter, row->audience));
        unit->known = known;
        unit->persons = MAX(unit->persons, known ? 1 : row->group_size);
        g_ptr_array_add(unit->rows, (gpointer)(gsize)row);
    }
    return people;
}

static char *table_of(const struct naive_unit *unit)
{
    for (guint i = 0; i < unit->rows->len; i++) {
        const struct row *row = unit->rows->pdata[i];
        if (*row->workshop && *row->table)
            return g_strdup_printf("%s/%s/%u", row->workshop, row->table, row->audience);
    }
    return NULL;
}

static GHashTable *seat(GHashTable *people)
{
    GHashTable *units = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, unit_free);
    GHashTableIter iter;
    gpointer key, value;
    g_hash_table_iter_init(&iter, people);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        const struct naive_unit *person = value;
        char *table = table_of(person);
        const gboolean known = person->known && !table;
        struct naive_unit *unit = unit_of(units, table ? table : g_strdup(key));
        unit->known = known;
        unit->persons += person->persons;
        for (guint i = 0; i < person->rows->len; i++)
            g_ptr_array_add(unit->rows, person->rows->pdata[i]);
    }
    return units;
}

static char *said(guint32 measures, const struct plx_need *need, const struct row *row)
{
    GString *out = g_string_new(NULL);
    g_autofree char *group = naive_group(need, row);
    g_autofree char *name = subject_prefix(&world_subjects[row->subject]);
    g_string_append_printf(out, "%s|%s", group, name);
    for (guint m = 0; m < PLX_MEASURES_MAX; m++)
        if (measures >> m & 1)
            g_string_append_printf(out, "|%d", 2000 + row->value[m]);
    g_string_append_printf(out, "|%08.2f ", (double)row->weight / (double)PLX_WEIGHT_ONE);
    return g_string_free(out, FALSE);
}

static char *sorted_together(GPtrArray *texts)
{
    g_ptr_array_sort(texts, compare_text);
    g_ptr_array_add(texts, NULL);
    return g_strjoinv(NULL, (char **)texts->pdata);
}

static char *encounters_text(guint32 measures, const struct plx_need *need, const GPtrArray *rows)
{
    g_autoptr(GHashTable) encounters =
        g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
    for (guint i = 0; i < rows->len; i++) {
        const struct row *row = rows->pdata[i];
        GPtrArray *own = g_hash_table_lookup(encounters, &row->encounter);
        if (!own) {
            own = g_ptr_array_new_with_free_func(g_free);
            g_hash_table_insert(encounters, (gpointer)(gsize)&row->encounter, own);
        }
        g_ptr_array_add(own, said(measures, need, row));
    }
    g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func(g_free);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, encounters);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        g_autofree char *answers = sorted_together(value);
        g_ptr_array_add(texts, g_strdup_printf(" {%s}", answers));
    }
    return sorted_together(texts);
}

void naive_linked(GPtrArray *lines, const struct world *world, guint t, const struct plx_need *need,
                  gboolean (*passes)(guint need, const struct row *row))
{
    const guint32 measures = need->measures & naive_columns(world);
    g_autoptr(GHashTable) people = find_people(world, t, measures, passes);
    g_autoptr(GHashTable) units = seat(people);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, units);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const struct naive_unit *unit = value;
        const struct row *any = unit->rows->pdata[0];
        g_autofree char *encounters = encounters_text(measures, need, unit->rows);
        g_ptr_array_add(lines, g_strdup_printf("%u linked a%u k%d p%u%s", t, any->audience,
                                               unit->known, unit->persons, encounters));
    }
}
