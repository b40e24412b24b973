/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/answer_join.h"

#include "voice/subject_order.h"

#include <math.h>

/* Subjects that some cell of a piece is about, each once and in order, and where those of each
 * answer went. */
struct joining {
    struct plx_answer *into;
    const plx_map *map;
    GHashTable *ranks; /* struct plx_answer * -> guint32 by subject */
    guint32 n_subjects;
};

/* Of one piece's answer. */
struct used {
    const struct plx_subject *subject;
    guint32 *rank; /* where its new number goes */
};

static guint32 subject_of(const struct plx_table *table, guint cell)
{
    return table->columns ? table->columns->subject[cell] : table->cells[cell].subject;
}

static gint compare_used(gconstpointer a, gconstpointer b, gpointer map)
{
    const struct used *const x = a, *const y = b;
    return plx_subject_compare(map, x->subject, y->subject);
}

/* Those of one piece that no piece before it has brought. */
static void add_used(const struct joining *j, const struct plx_answer_piece *piece, GArray *all)
{
    const struct plx_table *const table = &piece->answer->tables[piece->table];
    guint32 *rank = g_hash_table_lookup(j->ranks, piece->answer);
    if (!rank) {
        rank = g_new(guint32, piece->answer->n_subjects + 1);
        for (guint s = 0; s < piece->answer->n_subjects; s++)
            rank[s] = G_MAXUINT32;
        g_hash_table_insert(j->ranks, piece->answer, rank);
    }
    for (guint c = 0; c < table->n_cells; c++) {
        const guint32 s = subject_of(table, c);
        const struct used one = {&piece->answer->subjects[s], &rank[s]};
        if (rank[s] == G_MAXUINT32)
            g_array_append_val(all, one);
        rank[s] = 0;
    }
}

static void number_subjects(struct joining *j, const struct plx_answer_piece *pieces, guint n)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct used));
    for (guint i = 0; i < n; i++)
        add_used(j, &pieces[i], all);
    g_array_sort_with_data(all, compare_used, (gpointer)(guintptr)j->map);
    struct plx_subject *const subjects = g_new(struct plx_subject, all->len + 1);
    g_ptr_array_add(j->into->memory, subjects);
    for (guint i = 0; i < all->len; i++) {
        const struct used *const one = &g_array_index(all, struct used, i);
        if (i == 0 || plx_subject_compare(j->map, one[-1].subject, one->subject) != 0)
            subjects[j->n_subjects++] = *one->subject;
        *one->rank = j->n_subjects - 1;
    }
    j->into->subjects = subjects;
}

/* A matrix with a column for each subject. */
static void widen_profiles(const struct joining *j, struct plx_profiles *profiles,
                           const guint32 *rank, guint n_before)
{
    const gsize n = (gsize)profiles->n_units * j->n_subjects;
    double *const value = g_new(double, n + 1);
    for (gsize i = 0; i < n; i++)
        value[i] = NAN;
    for (guint s = 0; s < n_before; s++)
        for (gsize u = 0; rank[s] != G_MAXUINT32 && u < profiles->n_units; u++)
            value[u * j->n_subjects + rank[s]] = profiles->value[u * n_before + s];
    g_ptr_array_add(j->into->memory, value);
    profiles->value = value;
}

static void renumber(const struct joining *j, struct plx_table *table, const guint32 *rank,
                     guint n_before)
{
    for (guint c = 0; c < table->n_cells && !table->columns; c++)
        table->cells[c].subject = rank[table->cells[c].subject];
    if (table->columns) {
        struct plx_columns *const columns = (gpointer)(guintptr)table->columns;
        guint32 *const subject = g_new(guint32, table->n_cells + 1);
        for (guint c = 0; c < table->n_cells; c++)
            subject[c] = rank[columns->subject[c]];
        g_ptr_array_add(j->into->memory, subject);
        columns->subject = subject;
    }
    for (guint c = 0; c < table->n_comoments; c++) {
        table->comoments[c].subject_a = rank[table->comoments[c].subject_a];
        table->comoments[c].subject_b = rank[table->comoments[c].subject_b];
    }
    for (guint p = 0; p < table->n_profiles; p++)
        widen_profiles(j, &table->profiles[p], rank, n_before);
}

void plx_answer_join(struct plx_answer *into, const plx_map *map,
                     const struct plx_answer_piece *pieces, guint n)
{
    struct joining j = {into, map, g_hash_table_new_full(NULL, NULL, NULL, g_free), 0};
    struct plx_table *const tables = g_new0(struct plx_table, n + 1);
    const guint n_into = into->n_subjects;
    number_subjects(&j, pieces, n);
    for (guint i = 0; i < n; i++) {
        struct plx_answer *const from = pieces[i].answer;
        tables[i] = from->tables[pieces[i].table];
        renumber(&j, &tables[i], g_hash_table_lookup(j.ranks, from),
                 from == into ? n_into : from->n_subjects);
    }
    g_ptr_array_add(into->memory, tables);
    into->tables = tables;
    into->n_tables = n;
    into->n_subjects = j.n_subjects;
    GHashTableIter iter;
    gpointer answer;
    g_hash_table_iter_init(&iter, j.ranks);
    while (g_hash_table_iter_next(&iter, &answer, NULL)) {
        struct plx_answer *const other = answer;
        if (other != into) /* its texts and numbers are in the tables now */
            g_ptr_array_extend_and_steal(into->memory, other->memory);
    }
    g_hash_table_unref(j.ranks);
}
