/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One thread's work: blocks of text in, batches of observations out.
 *
 * A worker owns its dictionaries, its columns (reused from chunk to chunk, nothing is allocated per
 * row) and its list of faults; workers share only the reader's ticket and two counters.
 * What is done with the observations is the pass: all passes read alike.
 * Test: tests/ingest/test_file_source.c. */

#include "ingest/binding.h"
#include "ingest/faults.h"
#include "ingest/reader.h"
#include "voice/sink.h"

#include <stdatomic.h>

typedef struct plx_worker plx_worker;

/* An observation as the second look sees it. */
struct plx_signature {
    guint64 encounter;
    guint64 identity;    /* of what makes two rows the same observation; 0: never the same */
    guint64 constancy;   /* of what must not change within the encounter */
    guint64 content[2];  /* of everything else */
    guint64 block, line; /* line: newlines before the row in its block */
    guint32 row;
    guint32 view;
};

/* One observation to take back: all of a row's, or one view's. */
struct plx_retraction {
    guint64 block;
    guint32 row;
    guint32 view; /* G_MAXUINT32: all */
};

/* A row wanted as it was written. */
struct plx_fetch {
    guint64 block;
    guint32 row;
    char *raw; /* to be freed; NULL: not found */
    gsize length;
};

enum plx_pass_kind { PLX_PASS_ADD, PLX_PASS_LOOK, PLX_PASS_RETRACT, PLX_PASS_FETCH };

struct plx_pass {
    enum plx_pass_kind kind;
    plx_sink *sink; /* of ADD and RETRACT */
    /* ADD: */
    guint64 max_errors;
    gboolean keep_raw;        /* faults get their row's text */
    atomic_ullong wrong_rows; /* all of the file, also those beyond max_errors */
    /* LOOK: sorted suspects to look for. */
    const struct plx_suspect *suspects;
    gsize n_suspects;
    /* RETRACT: sorted by block, row. */
    const struct plx_retraction *retractions;
    gsize n_retractions;
    /* FETCH: sorted by block, row; filled in. */
    struct plx_fetch *fetches;
    gsize n_fetches;
};

/* `keeps`: the sink keeps what it gets (voice/sink.h). Errors: a constant of the plan that the map
 * does not know. */
plx_worker *plx_worker_new(const plx_binding *binding, guint number, enum plx_csv_kernel kernel,
                           gboolean keeps, GError **error);
void plx_worker_free(plx_worker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_worker, plx_worker_free)

/* Reads blocks until there are none. FALSE only for errors of the sink; what is wrong with the
 * input is in the faults. */
gboolean plx_worker_run(plx_worker *worker, plx_reader *reader, struct plx_pass *pass,
                        GError **error);

struct plx_faults *plx_worker_faults(plx_worker *worker);
guint64 plx_worker_rows(const plx_worker *worker); /* data rows read in the last ADD pass */
/* Runs a pass with the first `n` workers, each on a thread of its own (the first on this one). */
gboolean plx_workers_run(plx_worker *const *workers, guint n, plx_reader *reader,
                         struct plx_pass *pass, GError **error);
GArray *plx_worker_signatures(plx_worker *worker); /* of struct plx_signature; of the LOOK pass */
