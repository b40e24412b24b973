/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "voice/canon_private.h"
#include "voice/subject_order.h"

#include <string.h>

static gint subject_place(const struct plx_subject *subject, const plx_map *map)
{
    if (subject->map_index < 0)
        return G_MAXINT;
    return subject->kind == PLX_SUBJECT_POINT ? (gint)map->points[subject->map_index].order
                                              : subject->map_index;
}

gint plx_subject_compare(const plx_map *map, const struct plx_subject *x,
                         const struct plx_subject *y)
{
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    gint place_x = subject_place(x, map), place_y = subject_place(y, map);
    if (place_x != place_y)
        return place_x < place_y ? -1 : 1;
    return strcmp(x->id, y->id);
}

static gint compare_subjects(gconstpointer a, gconstpointer b, gpointer map)
{
    return plx_subject_compare(map, *(const struct plx_subject *const *)a,
                               *(const struct plx_subject *const *)b);
}

static void rank_subjects(struct plx_canon *canon, const plx_map *map, const GPtrArray *parts)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        const GArray *subjects = part->dims->subjects;
        canon->subject_rank[p] = g_new0(guint32, MAX(subjects->len, 1));
        for (guint code = 1; code < subjects->len; code++)
            g_ptr_array_add(all, &g_array_index(subjects, struct plx_subject, code));
    }
    g_ptr_array_sort_with_data(all, compare_subjects, (gpointer)(gsize)map);
    g_autoptr(GHashTable) rank = g_hash_table_new(NULL, NULL);
    for (guint i = 0; i < all->len; i++) {
        const struct plx_subject *subject = g_ptr_array_index(all, i);
        gpointer before = i ? g_ptr_array_index(all, i - 1) : NULL;
        if (!before || compare_subjects(&before, &subject, (gpointer)(gsize)map) != 0)
            g_array_append_val(canon->subjects, *subject);
        struct plx_subject *kept =
            &g_array_index(canon->subjects, struct plx_subject, canon->subjects->len - 1);
        if (strcmp(subject->title, kept->title) < 0)
            kept->title = subject->title;
        g_hash_table_insert(rank, (gpointer)(gsize)subject,
                            GUINT_TO_POINTER(canon->subjects->len - 1));
    }
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        const GArray *subjects = part->dims->subjects;
        for (guint code = 1; code < subjects->len; code++)
            canon->subject_rank[p][code] = GPOINTER_TO_UINT(
                g_hash_table_lookup(rank, &g_array_index(subjects, struct plx_subject, code)));
    }
}

struct plx_canon *plx_canon_new(const struct plx_count_plan *plan, const GPtrArray *parts)
{
    struct plx_canon *canon = g_new0(struct plx_canon, 1);
    canon->n_parts = parts->len;
    canon->subjects = g_array_new(FALSE, FALSE, sizeof(struct plx_subject));
    canon->subject_rank = g_new0(guint32 *, MAX(parts->len, 1));
    canon->n_groups = plan->n_groups;
    canon->groups = g_new0(struct plx_canon_group, plan->n_groups);
    rank_subjects(canon, plan->map, parts);
    return canon;
}

void plx_canon_drop(struct plx_canon *canon, guint g)
{
    struct plx_canon_group *group = &canon->groups[g];
    for (guint p = 0; group->map && p < canon->n_parts; p++)
        g_free(group->map[p]);
    for (guint s = 0; s < PLX_SPLITS_MAX; s++)
        g_clear_pointer(&group->values[s], g_ptr_array_unref);
    g_free(group->map);
    g_free(group->group);
    g_free(group->subject);
    g_free(group->audience);
    g_free(group->journey);
    g_free(group->name);
    g_free(group->group_values);
    *group = (struct plx_canon_group){0};
}

void plx_canon_free(struct plx_canon *canon)
{
    if (!canon)
        return;
    for (guint g = 0; g < canon->n_groups; g++)
        plx_canon_drop(canon, g);
    for (guint p = 0; p < canon->n_parts; p++)
        g_free(canon->subject_rank[p]);
    g_free(canon->subject_rank);
    g_free(canon->groups);
    g_array_free(canon->subjects, TRUE);
    g_free(canon);
}

static const char *merged(GHashTable *texts, const char *text)
{
    const char *into = texts ? g_hash_table_lookup(texts, text) : NULL;
    return into ? into : text;
}

/* Text of a code of a split in one part (new string). */
static char *split_text(const struct plx_count_plan *plan, const struct plx_part *part, guint g,
                        guint s, guint dim, guint32 code)
{
    const struct plx_split *split = &plan->groups[g].splits[s];
    GHashTable *const texts = plan->groups[g].merged[s];
    if (split->kind != PLX_SPLIT_DIM) {
        g_autofree char *text = plx_time_codes_text(part->groups[g].times[s], code);
        return g_strdup(merged(texts, text));
    }
    const char *text = "";
    if (dim == PLX_DIM_AUDIENCE)
        text = code ? plan->map->audiences[code - 1].id : "";
    else if (dim == PLX_DIM_SUBJECT)
        text = code ? g_array_index(part->dims->subjects, struct plx_subject, code).id : "";
    else if (dim < PLX_DIMS_MAX && part->dims->dict[dim])
        text = plx_dict_text(part->dims->dict[dim], code);
    return g_strdup(merged(texts, text));
}

static guint split_dim(const struct plx_split *split, const struct plx_dims *dims)
{
    return split->kind == PLX_SPLIT_DIM ? plx_dims_find(dims, split->dim, split->segment)
                                        : split->dim;
}

static guint split_size(const struct plx_count_plan *plan, const struct plx_part *part, guint g,
                        guint s, guint dim)
{
    if (plan->groups[g].splits[s].kind != PLX_SPLIT_DIM)
        return part->groups[g].times[s]->places->len;
    if (dim == PLX_DIM_AUDIENCE)
        return plan->map->n_audiences + 1;
    if (dim == PLX_DIM_SUBJECT)
        return MAX(part->dims->subjects->len, 1);
    return dim < PLX_DIMS_MAX && part->dims->dict[dim] ? plx_dict_size(part->dims->dict[dim]) : 1;
}

static gint compare_texts(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Ranks of one split's codes in every part, and the sorted texts. */
static GPtrArray *rank_split(const struct plx_count_plan *plan, const GPtrArray *parts, guint g,
                             guint s, guint32 **ranks)
{
    g_autoptr(GHashTable) rank = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *values = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GPtrArray) texts = g_ptr_array_new();
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        guint dim = split_dim(&plan->groups[g].splits[s], part->dims);
        guint n = split_size(plan, part, g, s, dim);
        for (guint32 code = 0; code < n; code++) {
            char *text = split_text(plan, part, g, s, dim, code);
            gpointer kept = NULL;
            if (g_hash_table_lookup_extended(rank, text, &kept, NULL)) {
                g_free(text);
            } else {
                kept = text;
                g_ptr_array_add(values, text);
                g_hash_table_insert(rank, text, NULL);
            }
            g_ptr_array_add(texts, kept);
        }
        ranks[p] = g_new(guint32, n);
    }
    g_ptr_array_sort(values, compare_texts);
    for (guint i = 0; i < values->len; i++)
        g_hash_table_replace(rank, g_ptr_array_index(values, i), GUINT_TO_POINTER(i));
    for (guint p = 0, at = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        guint n = split_size(plan, part, g, s, split_dim(&plan->groups[g].splits[s], part->dims));
        for (guint32 code = 0; code < n; code++, at++)
            ranks[p][code] =
                GPOINTER_TO_UINT(g_hash_table_lookup(rank, g_ptr_array_index(texts, at)));
    }
    return values;
}

static guint bits_for(guint n)
{
    return (guint)g_bit_storage(n);
}

static void place_journeys(const struct plx_canon *canon, const plx_map *map,
                           struct plx_canon_group *out)
{
    out->journey = g_new(guint64, MAX(out->n_cells, 1));
    guint n = map->n_journeys;
    for (guint32 cell = 0; cell < out->n_cells; cell++) {
        const struct plx_subject *subject =
            &g_array_index(canon->subjects, struct plx_subject, out->subject[cell]);
        out->journey[cell] = PLX_NO_JOURNEY;
        if (subject->kind != PLX_SUBJECT_POINT)
            continue;
        guint64 row =
            ((guint64)out->group[cell] * map->n_audiences + out->audience[cell]) * (n + 1);
        gboolean home = n > 0 && subject->map_index >= 0;
        guint journey = home ? MIN(map->points[subject->map_index].journey, n) : n;
        out->journey[cell] = (row + n) << 32 | (row + journey);
    }
}

static void name_cells(const struct plx_canon *canon, guint n_splits, struct plx_canon_group *out)
{
    g_autofree guint64 *subject = g_new(guint64, canon->subjects->len + 1);
    g_autofree guint64 *group = g_new(guint64, out->n_groups + 1);
    for (guint s = 0; s < canon->subjects->len; s++) {
        const struct plx_subject *own = &g_array_index(canon->subjects, struct plx_subject, s);
        subject[s] = plx_hash_text(own->kind + 1, own->id);
    }
    for (guint i = 0; i < out->n_groups; i++) {
        group[i] = 1;
        for (guint s = 0; s < n_splits; s++)
            group[i] = plx_hash_text(
                group[i] * PLX_HASH_FACTOR,
                g_ptr_array_index(out->values[s], out->group_values[i * n_splits + s]));
    }
    out->name = g_new(guint64, MAX(out->n_cells, 1));
    for (guint32 cell = 0; cell < out->n_cells; cell++)
        out->name[cell] = group[out->group[cell]] * PLX_HASH_FACTOR ^ subject[out->subject[cell]];
}

gboolean plx_canon_make(struct plx_canon *canon, const struct plx_count_plan *plan,
                        const GPtrArray *parts, guint g, guint n_threads, GError **error)
{
    struct plx_canon_group *out = &canon->groups[g];
    if (out->made)
        return TRUE;
    struct plx_packing packing = {.parts = parts, .canon = canon, .g = g};
    packing.n_splits = plan->groups[g].n_splits;
    packing.subject_bits = bits_for(canon->subjects->len);
    packing.audience_bits = bits_for(plan->map->n_audiences);
    packing.bits = packing.subject_bits + packing.audience_bits;
    for (guint s = 0; s < packing.n_splits; s++) {
        packing.ranks[s] = g_new0(guint32 *, MAX(parts->len, 1));
        out->values[s] = rank_split(plan, parts, g, s, packing.ranks[s]);
        packing.split_bits[s] = bits_for(out->values[s]->len);
        packing.bits += packing.split_bits[s];
    }
    gboolean fits = packing.bits < 64;
    if (fits) {
        plx_canon_number(&packing, n_threads, out);
        if (plan->groups[g].kinds & PLX_NEED_ENCOUNTERS)
            place_journeys(canon, plan->map, out);
        if (plan->groups[g].is_linked)
            name_cells(canon, packing.n_splits, out);
        out->made = TRUE;
    }
    for (guint p = 0; p < parts->len; p++)
        for (guint s = 0; s < packing.n_splits; s++)
            g_free(packing.ranks[s][p]);
    for (guint s = 0; s < packing.n_splits; s++)
        g_free(packing.ranks[s]);
    if (!fits)
        plx_canon_drop(canon, g);
    return fits ||
           plx_error(error, PLX_ERROR_USAGE,
                     "too many different values to split by %u keys at once: split by fewer",
                     packing.n_splits);
}
