/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks what kept counts answer (by place, month and audience; no persons), for the tests of faults:
 * prints whether they were there to be used, and a digest of the answer. Flags are not kept.
 *
 * usage: test-store-counts WS */

#include "store/answer_blob.h"
#include "store/kept_answer.h"
#include "store/store.h"

#include <stdio.h>

static const struct plx_split by_place[] = {{PLX_SPLIT_DIM, PLX_DIM_PLACE, NULL, NULL},
                                            {PLX_SPLIT_MONTH, PLX_DIM_PLACE, NULL, NULL}};
static const struct plx_split by_who[] = {{PLX_SPLIT_DIM, PLX_DIM_AUDIENCE, NULL, NULL}};
static const struct plx_need needs[] = {
    {PLX_NEED_COUNTS, ~PLX_MEASURE_FLAGS, 0, NULL, by_place, 2, FALSE},
    {PLX_NEED_COUNTS, ~PLX_MEASURE_FLAGS, 0, NULL, by_who, 1, FALSE},
};

static gboolean print_answer(plx_store *store, GError **error)
{
    struct plx_answer *answer = NULL;
    g_autoptr(plx_source) source = plx_store_source(store, 1);
    if (!plx_source_ask(source, needs, G_N_ELEMENTS(needs), &answer, error))
        return FALSE;
    g_autoptr(GByteArray) bytes = g_byte_array_new();
    plx_answer_encode(answer, source->map, needs, bytes);
    plx_answer_free(answer);
    g_autofree char *digest =
        g_compute_checksum_for_data(G_CHECKSUM_SHA256, bytes->data, bytes->len);
    printf("%s\n", digest);
    return TRUE;
}

static gboolean print_way(plx_store *store, GError **error)
{
    gint64 generation;
    if (!plx_store_refresh(store, &generation, error))
        return FALSE;
    g_autoptr(GPtrArray) blocks = plx_shelf_list(plx_store_db(store), 0, error);
    if (!blocks)
        return FALSE;
    g_autoptr(plx_kept_use) use = plx_kept_use_new(store, needs, G_N_ELEMENTS(needs), blocks);
    puts(use ? "kept" : "blocks");
    return TRUE;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (argc != 2) {
        fputs("usage: test-store-counts WS\n", stderr);
        return 1;
    }
    g_autoptr(plx_store) store = plx_store_open(argv[1], PLX_STORE_READ, &error);
    if (store && print_way(store, &error) && print_answer(store, &error))
        return 0;
    fprintf(stderr, "counts: %s\n", error->message);
    return 5;
}
