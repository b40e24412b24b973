/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/links.h"

#include "voice/batch.h"

void plx_links_init(struct plx_links *links, const struct plx_count_plan *plan,
                    const GPtrArray *parts, guint g)
{
    for (guint p = 0; p < parts->len; p++) {
        const struct plx_part *part = g_ptr_array_index(parts, p);
        const struct plx_part_group *group = &part->groups[g];
        links->weighted |= group->cells.weighted;
        for (guint m = 0; m < PLX_MEASURES_MAX; m++)
            if (plan->groups[g].linked >> m & 1 && group->base[m] >= 0)
                links->measures |= 1u << m;
    }
    links->n_values = (guint)__builtin_popcount(links->measures);
    links->stride = 4 + links->n_values + (links->weighted ? 8 : 0);
    links->encounters = g_array_new(FALSE, FALSE, sizeof(struct plx_links_said));
}

static void clear_store(struct plx_links_store *store)
{
    plx_pages_free(&store->units);
    plx_pages_free(&store->bytes);
}

void plx_links_clear(struct plx_links *links)
{
    clear_store(&links->units);
    clear_store(&links->pieces);
    plx_pages_free(&links->room);
    g_clear_pointer(&links->encounters, g_array_unref);
}

static gint compare_said(gconstpointer a, gconstpointer b, gpointer stride)
{
    const struct plx_links_said *x = a, *y = b;
    const gint order =
        memcmp(x->answers, y->answers, (gsize)MIN(x->n, y->n) * GPOINTER_TO_UINT(stride));
    return order ? order : (x->n > y->n) - (x->n < y->n);
}

static inline guint64 mix(guint64 hash, guint64 x)
{
    hash = (hash ^ x) * PLX_HASH_FACTOR;
    return hash ^ hash >> 29;
}

/* What it is about counts, not its number, which another file may not share. */
static guint64 mix_answer(guint64 hash, const struct plx_links *links, const guint64 *name,
                          const guint8 *answer)
{
    hash = mix(hash, name[plx_links_cell(answer)]);
    for (guint at = 4; at < links->stride; at += 8) {
        guint64 word = 0;
        memcpy(&word, answer + at, MIN(8, links->stride - at));
        hash = mix(hash, word);
    }
    return hash;
}

static guint64 hash_unit(const struct plx_links *links, const guint64 *name,
                         const struct plx_links_head *head)
{
    const guint8 *answer = plx_links_answers(head);
    guint64 hash = mix((guint64)head->audience << 1 | head->known, head->persons);
    for (guint32 e = 0; e < head->n_encounters; e++) {
        const guint32 n = plx_links_lengths(head)[e];
        hash = mix(hash, n);
        for (guint32 i = 0; i < n; i++, answer += links->stride)
            hash = mix_answer(hash, links, name, answer);
    }
    return hash;
}

/* Makes room for a unit behind the last one. */
static struct plx_links_unit *begin_unit(struct plx_links_store *store, gsize size)
{
    plx_pages_need(&store->units, (store->n + 1) * sizeof(struct plx_links_unit));
    struct plx_links_unit *const unit =
        (struct plx_links_unit *)(gpointer)store->units.data + store->n++;
    unit->at = store->n_bytes;
    store->n_bytes += (size + 7) / 8 * 8;
    plx_pages_need(&store->bytes, store->n_bytes);
    return unit;
}

void plx_links_keep(struct plx_links *links, const guint64 *name, guint64 table,
                    const struct plx_links_head *head)
{
    const guint n = links->encounters->len;
    struct plx_links_said *const said = (gpointer)links->encounters->data;
    struct plx_links_store *const store = table ? &links->pieces : &links->units;
    if (n > 1)
        g_qsort_with_data(said, (gint)n, sizeof *said, compare_said,
                          GUINT_TO_POINTER(links->stride));
    gsize n_answers = 0;
    for (guint e = 0; e < n; e++)
        n_answers += said[e].n;
    struct plx_links_unit *const unit =
        begin_unit(store, sizeof *head + n * sizeof(guint32) + n_answers * (gsize)links->stride);
    struct plx_links_head *const to = (gpointer)(store->bytes.data + unit->at);
    guint32 *const lengths = (guint32 *)(gpointer)(to + 1);
    guint8 *answers = (guint8 *)(lengths + n);
    *to = *head;
    to->n_encounters = n;
    to->n_answers = (guint32)n_answers;
    for (guint e = 0; e < n; e++) {
        lengths[e] = said[e].n;
        memcpy(answers, said[e].answers, (gsize)said[e].n * links->stride);
        answers += (gsize)said[e].n * links->stride;
    }
    unit->hash = table ? table : hash_unit(links, name, to);
    if (table)
        return;
    links->any_known |= head->known;
    links->any_persons |= head->persons != 1;
}

/* ---- tables ---- */

/* A piece, and whose it is. */
struct piece {
    guint64 table;
    const struct plx_links_head *head;
};

static gint compare_pieces(gconstpointer a, gconstpointer b)
{
    const struct piece *x = a, *y = b;
    if (x->table != y->table)
        return x->table < y->table ? -1 : 1;
    return (x->head->audience > y->head->audience) - (x->head->audience < y->head->audience);
}

static void add_encounters(struct plx_links *to, const struct plx_links_head *head)
{
    const guint8 *answers = plx_links_answers(head);
    for (guint32 e = 0; e < head->n_encounters; e++) {
        const struct plx_links_said said = {answers, plx_links_lengths(head)[e]};
        g_array_append_val(to->encounters, said);
        answers += (gsize)said.n * to->stride;
    }
}

void plx_links_join(struct plx_links *const *all, guint n, const guint64 *name)
{
    struct plx_links *const to = all[0];
    g_autoptr(GArray) pieces = g_array_new(FALSE, FALSE, sizeof(struct piece));
    for (guint t = 0; t < n; t++) {
        const struct plx_links_store *store = &all[t]->pieces;
        for (gsize i = 0; i < store->n; i++) {
            const struct plx_links_unit *unit = plx_links_unit(store, i);
            const struct piece piece = {unit->hash, plx_links_head(store, unit)};
            g_array_append_val(pieces, piece);
        }
    }
    g_array_sort(pieces, compare_pieces);
    const struct piece *const piece = (gconstpointer)pieces->data;
    for (guint from = 0, end; from < pieces->len; from = end) {
        struct plx_links_head head = {.audience = piece[from].head->audience};
        g_array_set_size(to->encounters, 0);
        for (end = from; end < pieces->len && compare_pieces(&piece[from], &piece[end]) == 0;
             end++) {
            head.persons += piece[end].head->persons;
            add_encounters(to, piece[end].head);
        }
        plx_links_keep(to, name, 0, &head);
    }
    for (guint t = 0; t < n; t++)
        clear_store(&all[t]->pieces);
}
