/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of one view: its subject, its answers, its note and flags; and the rules between
 * them: an answer needs a subject that it is asked of. */

#include "ingest/worker_private.h"

static const char *const KINDS[] = {"subject", "point", "journey", "task", "promise"};

/* A coder for a column, or the code of a constant. */
static gboolean make_coder(plx_worker *worker, enum plx_coder_kind kind,
                           const struct plx_bound *bound, enum plx_subject_kind subject,
                           plx_dict *dict, struct plx_coder **coder, guint32 *constant,
                           GError **error)
{
    struct plx_coder *const made =
        plx_coder_new(kind, bound, worker->binding->map, &worker->subjects, subject, dict);
    if (bound->column >= 0) {
        *coder = made;
        return TRUE;
    }
    const gboolean ok = plx_worker_constant(made, constant, error);
    plx_coder_free(made);
    return ok;
}

static gboolean init_subject(plx_worker *worker, struct worker_view *view,
                             const struct plx_bound_view *bound, GError **error)
{
    for (guint kind = PLX_SUBJECT_POINT; kind <= PLX_SUBJECT_PROMISE; kind++) {
        if (!bound->subject[kind].set)
            continue;
        plx_dict *const dict =
            kind == PLX_SUBJECT_JOURNEY ? worker->dims.dict[PLX_DIM_JOURNEY] : NULL;
        if (!make_coder(worker, PLX_CODER_SUBJECT, &bound->subject[kind],
                        (enum plx_subject_kind)kind, dict, &view->coder[kind],
                        &view->constant[kind], error))
            return FALSE;
        view->code[kind] = PLX_COLUMN(worker, guint32);
        for (guint i = 0; i < PLX_CHUNK_ROWS; i++)
            view->code[kind][i] = view->constant[kind];
    }
    /* A column of points alone can serve as it is. */
    view->subject = view->coder[PLX_SUBJECT_POINT] && !view->code[PLX_SUBJECT_TASK] &&
                            !view->code[PLX_SUBJECT_PROMISE]
                        ? view->code[PLX_SUBJECT_POINT]
                        : PLX_COLUMN(worker, guint32);
    view->journey_code = view->code[PLX_SUBJECT_JOURNEY];
    return TRUE;
}

gboolean plx_view_init(plx_worker *worker, struct worker_view *view,
                       const struct plx_bound_view *bound, GError **error)
{
    view->bound = bound;
    if (!init_subject(worker, view, bound, error))
        return FALSE;
    if (bound->prompt.set) {
        if (!make_coder(worker, PLX_CODER_TEXT, &bound->prompt, PLX_SUBJECT_NONE,
                        worker->dims.dict[PLX_DIM_PROMPT], &view->prompt, &view->prompt_constant,
                        error))
            return FALSE;
        view->prompt_code = PLX_COLUMN(worker, guint32);
        for (guint i = 0; i < PLX_CHUNK_ROWS; i++)
            view->prompt_code[i] = view->prompt_constant;
    }
    view->asks = g_new0(struct plx_measure_column, bound->n_asks + 1);
    view->measure = g_new0(gint8 *, bound->n_asks + 1);
    for (guint k = 0; k < bound->n_asks; k++) {
        plx_measure_column_init(&view->asks[k], &bound->asks[k], worker->binding);
        view->measure[k] = PLX_COLUMN(worker, gint8);
    }
    if (bound->seen.set) {
        view->seen = PLX_COLUMN(worker, gint8);
        memset(view->seen, bound->seen_constant, PLX_CHUNK_ROWS);
    }
    if (bound->surprise.set)
        view->surprise = PLX_COLUMN(worker, gint8);
    if (bound->hesitation.set)
        view->hesitation = PLX_COLUMN(worker, gint8);
    if (bound->note.set)
        view->note = PLX_COLUMN(worker, struct plx_span);
    if (bound->item.set) {
        view->item = PLX_COLUMN(worker, guint64);
        for (guint i = 0; i < PLX_CHUNK_ROWS; i++)
            view->item[i] = bound->item_constant;
    }
    if (!plx_extras_init_view(worker, view, error))
        return FALSE;
    view->keys = worker->keys;
    if (bound->audience >= 0) {
        view->keys.unit = PLX_COLUMN(worker, guint64);
        view->keys.encounter = PLX_COLUMN(worker, guint64);
        if (worker->keys.constancy) {
            view->keys.constancy = PLX_COLUMN(worker, guint64);
            view->keys.constancy_short = PLX_COLUMN(worker, guint32);
        }
    }
    if (worker->is_explicit) {
        view->identity = PLX_COLUMN(worker, guint64);
        view->identity_short = PLX_COLUMN(worker, guint32);
    }
    return TRUE;
}

void plx_view_clear(struct worker_view *view)
{
    for (gsize kind = 0; kind < G_N_ELEMENTS(view->coder); kind++)
        plx_coder_free(view->coder[kind]);
    plx_coder_free(view->prompt);
    plx_coder_free(view->item_coder);
    g_free(view->asks);
    g_free(view->measure);
}

/* The subject code of a journey, made when a row is first about it alone. */
static guint32 journey_subject(plx_worker *worker, guint32 journey)
{
    if (journey >= worker->journey_subject->len)
        g_array_set_size(worker->journey_subject, journey + 1);
    guint32 *const subject = &g_array_index(worker->journey_subject, guint32, journey);
    if (*subject == 0 && journey > 0) {
        const char *const title = plx_dict_title(worker->dims.dict[PLX_DIM_JOURNEY], journey);
        char *why = NULL;
        *subject =
            plx_subjects_code(&worker->subjects, PLX_SUBJECT_JOURNEY, title, strlen(title), &why);
        g_assert(*subject != PLX_CODE_BAD); /* the dictionary holds only what was checked */
    }
    return *subject;
}

/* Titles of journeys that are not on the map follow the dictionary: a smaller spelling may have
 * come, also beside a point. */
static void refresh_journeys(plx_worker *worker)
{
    for (guint32 journey = 1; journey < worker->journey_subject->len; journey++) {
        const guint32 code = g_array_index(worker->journey_subject, guint32, journey);
        struct plx_subject *const subject =
            &g_array_index(worker->subjects.list, struct plx_subject, code);
        if (code > 0 && subject->map_index < 0)
            subject->title = plx_dict_title(worker->dims.dict[PLX_DIM_JOURNEY], journey);
    }
}

/* TRUE when some row of a column of codes has none. */
static gboolean any_missing(const guint32 *code, guint32 n)
{
    guint missing = 0;
    for (guint32 i = 0; i < n; i++)
        missing |= code[i] == 0;
    return missing != 0;
}

/* The subject of each row: its task, else its promise, else its point; else its journey, unless the
 * view is about tasks or promises. */
static void read_subjects(plx_worker *worker, struct worker_view *view)
{
    const guint32 n = worker->chunk.rows.n;
    static const enum plx_subject_kind order[] = {PLX_SUBJECT_POINT, PLX_SUBJECT_PROMISE,
                                                  PLX_SUBJECT_TASK};
    for (guint kind = PLX_SUBJECT_POINT; kind <= PLX_SUBJECT_PROMISE; kind++)
        if (view->coder[kind])
            plx_coder_column(view->coder[kind], &worker->chunk, view->code[kind]);
    if (view->subject != view->code[PLX_SUBJECT_POINT])
        memset(view->subject, 0, n * sizeof(guint32));
    for (gsize k = 0; k < G_N_ELEMENTS(order); k++) {
        const guint32 *const code = view->code[order[k]];
        for (guint32 i = 0; code && code != view->subject && i < n; i++)
            view->subject[i] = code[i] ? code[i] : view->subject[i];
    }
    const gboolean context_only = view->code[PLX_SUBJECT_TASK] || view->code[PLX_SUBJECT_PROMISE];
    view->all_named = !any_missing(view->subject, n);
    if (view->journey_code && !context_only && !view->all_named) {
        for (guint32 i = 0; i < n; i++)
            if (view->subject[i] == 0 && view->journey_code[i] != 0)
                view->subject[i] = journey_subject(worker, view->journey_code[i]);
        view->all_named = !any_missing(view->subject, n);
    }
    refresh_journeys(worker);
    plx_keys_update(worker);
}

static void fault_subject(plx_worker *worker, guint32 row, const struct plx_bound *cell,
                          guint subjects, enum plx_subject_kind kind)
{
    guint wanted = PLX_SUBJECT_POINT;
    while (!(subjects >> wanted & 1) && wanted < PLX_SUBJECT_PROMISE)
        wanted++;
    char *const message =
        kind == PLX_SUBJECT_NONE
            ? g_strdup_printf("%s is asked of a %s; this row names none", cell->name, KINDS[wanted])
            : g_strdup_printf("%s is asked of a %s, not of a %s as this row does", cell->name,
                              KINDS[wanted], KINDS[kind]);
    plx_chunk_fault(&worker->chunk, row, (guint)cell->column, message);
}

/* Words may be good or bad news without being about a point: what the competition does. */
static gboolean has_words(const struct worker_view *view, guint32 row)
{
    return view->note && view->note[row].length > 0;
}

static void check_answers(plx_worker *worker, const struct worker_view *view)
{
    const guint32 n = worker->chunk.rows.n;
    const struct plx_subject *const list =
        (const struct plx_subject *)(void *)worker->subjects.list->data;
    const guint kinds = worker->subject_kinds & ~1u;
    for (guint k = 0; k < view->bound->n_asks; k++) {
        const struct plx_bound_ask *const ask = &view->bound->asks[k];
        const guint subjects = worker->binding->map->measures[ask->measure].subjects;
        if (view->all_named && (kinds & ~subjects) == 0)
            continue;
        for (guint32 i = 0; i < n; i++) {
            const enum plx_subject_kind kind = list[view->subject[i]].kind;
            if (view->measure[k][i] != PLX_CELL_EMPTY && !(subjects >> kind & 1))
                fault_subject(worker, i, &ask->cell, subjects, kind);
        }
    }
    for (guint32 i = 0; !view->all_named && i < n; i++) {
        if (view->subject[i] != 0)
            continue;
        if (view->surprise && view->surprise[i] != PLX_CELL_EMPTY && !has_words(view, i))
            fault_subject(worker, i, &view->bound->surprise, 1u << PLX_SUBJECT_POINT,
                          PLX_SUBJECT_NONE);
        if (view->hesitation && view->hesitation[i] != PLX_CELL_EMPTY)
            fault_subject(worker, i, &view->bound->hesitation, 1u << PLX_SUBJECT_POINT,
                          PLX_SUBJECT_NONE);
    }
}

/* A note is exact text, or what a recipe makes of it; that is kept as long as the block. */
static void read_note(const struct plx_bound *bound, struct plx_chunk *chunk, guint32 row,
                      struct plx_span *note)
{
    note->text = plx_cell(&chunk->rows, row, (guint)bound->column, &note->length);
    if (bound->simple)
        return;
    g_autofree char *owned = NULL;
    char *why = NULL;
    gsize length;
    const char *const text =
        plx_bound_resolve(bound, note->text, note->length, &length, &owned, &why);
    if (!text) {
        plx_chunk_fault(chunk, row, (guint)bound->column, why);
        return;
    }
    char *const kept = plx_scratch_take(chunk->rows.scratch, length + 16);
    memcpy(kept, text, length);
    memset(kept + length, 0, 16);
    *note = (struct plx_span){kept, (guint32)length};
}

static void read_flags(plx_worker *worker, struct worker_view *view)
{
    static const struct plx_word yes_no[] = {{"0", 0}, {"1", 1}};
    static const struct plx_word surprises[] = {{"good", 1}, {"bad", -1}, {"none", 0}};
    struct plx_chunk *const chunk = &worker->chunk;
    const struct plx_bound_view *const bound = view->bound;
    if (view->seen && bound->seen.column >= 0)
        plx_word_column_read(&bound->seen, chunk, yes_no, G_N_ELEMENTS(yes_no), view->seen);
    if (view->surprise)
        plx_word_column_read(&bound->surprise, chunk, surprises, G_N_ELEMENTS(surprises),
                             view->surprise);
    if (view->hesitation)
        plx_word_column_read(&bound->hesitation, chunk, yes_no, G_N_ELEMENTS(yes_no),
                             view->hesitation);
    if (view->item && bound->item.column >= 0)
        plx_item_column_read(&bound->item, chunk, view->item);
    for (guint32 i = 0; view->note && i < chunk->rows.n; i++)
        read_note(&bound->note, chunk, i, &view->note[i]);
}

void plx_view_read(plx_worker *worker, struct worker_view *view)
{
    struct plx_chunk *const chunk = &worker->chunk;
    read_subjects(worker, view);
    if (view->prompt)
        plx_coder_column(view->prompt, chunk, view->prompt_code);
    const guint32 *const audience = view->bound->audience >= 0 ? NULL : worker->audience_code;
    for (guint k = 0; k < view->bound->n_asks; k++)
        plx_measure_column_read(&view->asks[k], chunk, audience, view->measure[k]);
    read_flags(worker, view);
    plx_extras_read_view(worker, view);
    check_answers(worker, view);
    if (view->bound->audience >= 0)
        plx_keys_of_rows(worker, view->bound->audience, &view->keys);
    plx_keys_of_view(worker, view);
}
