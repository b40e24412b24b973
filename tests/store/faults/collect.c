/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Collects answers as a server does, for the tests of faults: each encounter of two answers is
 * appended on its own; "FIRST+k" is printed when it is on the disk.
 *
 * usage: test-store-collect WS FIRST N EACH   seals after every EACH encounters (0: never) */

#include "store/inbox.h"
#include "store/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct form {
    struct plx_dims dims;
    guint32 audience[2], subject[2], place[2];
    gint8 level[2];
    gint32 day[2], month[2];
    gint64 seconds[2];
    guint64 keys[2], encounters[2];
    guint8 known[2];
    struct plx_span note[2];
};

static void form_init(struct form *form, const plx_map *map)
{
    static const struct plx_subject subjects[] = {{PLX_SUBJECT_NONE, "", "", -1},
                                                  {PLX_SUBJECT_POINT, "a", "A", -1},
                                                  {PLX_SUBJECT_POINT, "b", "B", -1}};
    *form = (struct form){.dims = {.n_dims = PLX_DIM_SEGMENT, .map = map}};
    form->dims.subjects = g_array_new(FALSE, FALSE, sizeof(struct plx_subject));
    g_array_append_vals(form->dims.subjects, subjects, G_N_ELEMENTS(subjects));
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        form->dims.dict[d] = plx_dict_new(d == PLX_DIM_JOURNEY ? PLX_DICT_ID : PLX_DICT_TEXT);
}

static void form_clear(struct form *form)
{
    for (guint d = PLX_DIM_JOURNEY; d < PLX_DIM_SEGMENT; d++)
        plx_dict_free(form->dims.dict[d]);
    g_array_unref(form->dims.subjects);
}

static gboolean append(plx_store *store, struct form *form, guint64 number, GError **error)
{
    char place[32] = {0};
    g_snprintf(place, sizeof place, "place %u", (guint)(number % 7));
    char words[64];
    g_snprintf(words, sizeof words, "collected words %" G_GUINT64_FORMAT, number);
    for (guint i = 0; i < 2; i++) {
        form->audience[i] = 1;
        form->subject[i] = i + 1;
        form->place[i] =
            plx_dict_code(form->dims.dict[PLX_DIM_PLACE], place, (guint32)strlen(place));
        form->level[i] = (gint8)(1 + (number * 7 + i * 3) % 6);
        form->day[i] = 20000 + (gint32)(number % 300);
        form->month[i] = 2024 * 12 + 9;
        form->seconds[i] = (gint64)form->day[i] * 86400 + 3600;
        form->keys[i] = number / 2 + 1;
        form->encounters[i] = number + 1000003;
        form->known[i] = 1;
        form->note[i] = (struct plx_span){i ? "" : words, i ? 0 : (guint32)strlen(words)};
    }
    struct plx_batch batch = {.n = 2, .dims = &form->dims};
    batch.dim[PLX_DIM_AUDIENCE] = form->audience;
    batch.dim[PLX_DIM_SUBJECT] = form->subject;
    batch.dim[PLX_DIM_PLACE] = form->place;
    batch.measure[PLX_MEASURE_LEVEL] = form->level;
    batch.day = form->day;
    batch.month = form->month;
    batch.seconds = form->seconds;
    batch.unit = form->keys;
    batch.encounter = form->encounters;
    batch.known = form->known;
    batch.note = form->note;
    return plx_inbox_append(store, &batch, 1, error);
}

static gboolean collect(plx_store *store, guint64 first, guint64 n, guint64 each, GError **error)
{
    struct form form;
    form_init(&form, plx_store_map(store));
    gboolean ok = TRUE;
    for (guint64 i = first; ok && i < first + n; i++) {
        guint64 sealed;
        ok = append(store, &form, i, error);
        if (!ok)
            break;
        printf("%" G_GUINT64_FORMAT "\n", i);
        fflush(stdout);
        if (each && (i - first + 1) % each == 0)
            ok = plx_inbox_seal(store, &sealed, error);
    }
    form_clear(&form);
    return ok;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    if (argc != 5) {
        fputs("usage: test-store-collect WS FIRST N EACH\n", stderr);
        return 1;
    }
    g_autoptr(plx_store) store = plx_store_open(argv[1], PLX_STORE_WRITE, &error);
    if (store &&
        collect(store, g_ascii_strtoull(argv[2], NULL, 10), g_ascii_strtoull(argv[3], NULL, 10),
                g_ascii_strtoull(argv[4], NULL, 10), &error))
        return 0;
    fprintf(stderr, "collect: %s\n", error->message);
    return 5;
}
