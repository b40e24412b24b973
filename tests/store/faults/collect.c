/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Collects answers as a server does, for the tests of faults: each encounter of two answers is
 * appended on its own; "FIRST+k" is printed when it is on the disk.
 *
 * usage: test-store-collect WS FIRST N EACH   seals after every EACH encounters (0: never) */

#include "../form.h"

#include "store/inbox.h"
#include "store/store.h"

#include <stdio.h>

static gboolean collect(plx_store *store, guint64 first, guint64 n, guint64 each, GError **error)
{
    struct form form;
    form_init(&form, plx_store_map(store));
    gboolean ok = TRUE;
    for (guint64 i = first; ok && i < first + n; i++) {
        guint64 sealed;
        const struct plx_batch batch = form_fill(&form, i);
        ok = plx_inbox_append(store, &batch, 1, error);
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
