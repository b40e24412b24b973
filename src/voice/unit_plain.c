/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/batch.h"
#include "voice/units_private.h"

#include <string.h>

#define SEEN_WORDS 16

/* What one look at the packed rows of a unit finds. */
struct look {
    const struct worker *worker;
    const struct plx_canon_group *cells;
    gboolean journeys;
    guint64 *seen;  /* bits of the cells that were seen */
    guint again;    /* not 0: a cell may have come twice */
    guint64 *codes; /* journeys of the encounter at hand */
    guint n_codes;
    struct found found;
    gboolean people, more; /* asked for; more may be found in the run at hand */
};

struct source plx_unit_source(const struct worker *worker, guint part,
                              const struct plx_record_format *format)
{
    const guint g = g_array_index(worker->plan->streams[worker->stream].groups, guint, 0);
    const guint32 wanted = worker->plan->groups[g].unit_measures;
    struct source source = {part, format, .map = worker->canon->groups[g].map[part]};
    guint at = format->stride - format->n_values;
    for (guint m = 0, place = 0; format->measures >> m; m++) {
        if (format->measures & wanted & 1u << m) {
            source.all |= 1u << place;
            source.wanted[source.n_wanted].at = (guint8)at;
            source.wanted[source.n_wanted].measure = (guint8)m;
            source.wanted[source.n_wanted++].place = (guint8)place;
        }
        at += format->measures >> m & 1;
        place += wanted >> m & 1;
    }
    return source;
}

/* A unit is of one audience, so that without splits nothing more can be found when all measures
 * that a source has are. */
static inline gboolean has_all(const struct look *look, const struct source *source)
{
    return look->cells->n_groups == 1 && look->found.n &&
           ((guint32)look->found.codes[0] & source->all) == source->all;
}

static void look_for_values(struct look *look, const struct source *source, const guint8 *row,
                            guint32 cell)
{
    const struct plx_count_plan *plan = look->worker->plan;
    const guint audience = look->cells->audience[cell];
    guint32 measures = 0;
    for (guint v = 0; v < source->n_wanted; v++)
        if (plx_unit_is_value(plan, source->wanted[v].measure, audience,
                              (gint8)row[source->wanted[v].at]))
            measures |= 1u << source->wanted[v].place;
    plx_unit_find(&look->found, look->cells->group[cell] * plan->map->n_audiences + audience,
                  measures);
    look->more = !has_all(look, source);
}

static inline void look_at_row(struct look *look, const struct source *source, const guint8 *row,
                               guint32 cell)
{
    guint64 *const word = &look->seen[cell >> 6 & (SEEN_WORDS - 1)];
    const guint64 bit = G_GUINT64_CONSTANT(1) << (cell & 63);
    look->again |= (*word & bit) != 0;
    *word |= bit;
    if (look->journeys) {
        const guint64 code = look->cells->journey[cell];
        if (code != PLX_NO_JOURNEY && (!look->n_codes || code != look->codes[look->n_codes - 1]))
            look->codes[look->n_codes++] = code;
    }
    if (look->more)
        look_for_values(look, source, row, cell);
}

static void look_at_run(struct look *look, const struct source *source, const struct run *run)
{
    const guint8 *row = run->rows;
    const guint stride = source->format->stride;
    look->more = look->people && !has_all(look, source);
    for (guint i = 0; i < run->n; i++, row += stride) {
        const guint32 local = plx_record_cell(row, source->format->cell_bytes);
        if (local != PLX_NO_CELL)
            look_at_row(look, source, row, source->map[local]);
    }
}

/* In pieces that take two stores each: told to clear it as a whole, compilers may choose an
 * instruction that takes longer to begin than a unit's rows to look at. */
static inline void clear_seen(guint64 *seen)
{
    for (guint w = 0; w < SEEN_WORDS; w += 4)
        memset(seen + w, 0, 4 * sizeof *seen);
}

gboolean plx_unit_resolve_plain(struct worker *worker, const struct unit *unit)
{
    const struct plx_count_stream *stream = &worker->plan->streams[worker->stream];
    if (unit->back || unit->table || (unit->more && !unit->known) || stream->groups->len > 1 ||
        stream->timed)
        return FALSE;
    const guint g = g_array_index(stream->groups, guint, 0);
    const struct plx_count_group *group = &worker->plan->groups[g];
    struct plx_unit_sums *sums = &worker->totals->groups[g];
    if (group->comoments || group->profiles || group->is_linked)
        return FALSE;
    plx_unit_rows_room(&worker->rows, unit->n_rows, worker->plan->n_groups);
    guint64 seen[SEEN_WORDS];
    clear_seen(seen);
    struct look look = {.worker = worker,
                        .seen = seen,
                        .cells = &worker->canon->groups[g],
                        .journeys = sums->journeys != NULL,
                        .codes = worker->rows.order,
                        .found = {worker->rows.order + worker->rows.room, 0},
                        .people = sums->people != NULL};
    for (guint32 r = unit->first; r;) {
        const struct run *run = run_at(worker, r);
        look_at_run(&look, &g_array_index(worker->sources, struct source, run->source), run);
        r = run->next;
        /* Runs of an encounter stand together. */
        if (look.journeys && (!r || run_at(worker, r)->encounter != run->encounter)) {
            plx_unit_sums_codes(sums, look.codes, look.n_codes);
            look.n_codes = 0;
        }
    }
    plx_unit_add_found(sums, &look.found, 1);
    if (!look.again)
        return TRUE;
    plx_unit_rows_read(worker, unit);
    plx_unit_sums_add(sums, worker->plan, worker->canon, g, &worker->rows);
    return TRUE;
}
