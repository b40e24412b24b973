/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "contest.h"

#include "ingest/file_source.h"
#include "ingest/keys.h"
#include "map/map_change.h"
#include "store/memory.h"
#include "store/sqlite_engine.h"
#include "store/store_roll.h"

#include <glib/gstdio.h>
#include <string.h>

/* Engines ----------------------------------------------------------------------------------- */

static plx_engine *make_memory(const char *folder, const char *yaml, gpointer *own)
{
    (void)folder;
    g_autoptr(GError) error = NULL;
    plx_engine *const engine = plx_memory_engine_new(yaml, "map.yaml", &error);
    g_assert_no_error(error);
    *own = NULL;
    return engine;
}

static plx_engine *make_sqlite(const char *folder, const char *yaml, gpointer *own)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(folder, "w.plx", NULL);
    *own = plx_store_create(path, yaml, "map.yaml", &error);
    g_assert_no_error(error);
    return plx_sqlite_engine_new(*own);
}

static void unmake_sqlite(gpointer own)
{
    plx_store_free(own);
}

/* With a roll (store/store_roll.h) that is made anew now and then: in between it lacks rows, or is
 * of no use. */
struct rolled {
    plx_store *store;
    plx_store_roll *roll;
    guint looks;
};

static plx_engine *make_rolled(const char *folder, const char *yaml, gpointer *own)
{
    struct rolled *const rolled = g_new0(struct rolled, 1);
    gpointer store;
    plx_engine *const engine = make_sqlite(folder, yaml, &store);
    rolled->store = store;
    *own = rolled;
    return engine;
}

static void unmake_rolled(gpointer own)
{
    struct rolled *const rolled = own;
    plx_store_free(rolled->store);
    plx_store_roll_free(rolled->roll);
    g_free(rolled);
}

static void look_rolled(gpointer own)
{
    struct rolled *const rolled = own;
    g_autoptr(GError) error = NULL;
    if (rolled->looks++ % 3 != 0)
        return;
    g_clear_pointer(&rolled->roll, plx_store_roll_free);
    plx_store_roll_make(rolled->store, 2, G_MAXSIZE, &rolled->roll, &error);
    g_assert_no_error(error);
    plx_store_set_roll(rolled->store, rolled->roll);
}

const struct contestant contestants[CONTEST_ENGINES] = {
    {"memory", 1, make_memory, NULL, NULL},
    {"sqlite", 1, make_sqlite, unmake_sqlite, NULL},
    {"sqlite, 3 threads", 3, make_sqlite, unmake_sqlite, NULL},
    {"sqlite, with a roll", 2, make_rolled, unmake_rolled, look_rolled},
};

void contest_init(struct contest *contest, const char *yaml)
{
    *contest = (struct contest){0};
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        g_autoptr(GError) error = NULL;
        contest->folder[e] = g_dir_make_tmp("plx-contest-XXXXXX", &error);
        g_assert_no_error(error);
        contest->engine[e] = contestants[e].make(contest->folder[e], yaml, &contest->own[e]);
    }
    contest_state(contest);
}

void contest_clear(struct contest *contest)
{
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        plx_engine_free(contest->engine[e]);
        if (contestants[e].unmake)
            contestants[e].unmake(contest->own[e]);
        g_autoptr(GDir) dir = g_dir_open(contest->folder[e], 0, NULL);
        for (const char *name; (name = g_dir_read_name(dir));) {
            g_autofree char *path = g_build_filename(contest->folder[e], name, NULL);
            g_assert_cmpint(g_remove(path), ==, 0);
        }
        g_assert_cmpint(g_rmdir(contest->folder[e]), ==, 0);
        g_free(contest->folder[e]);
    }
    g_free(contest->state);
}

/* Comparing --------------------------------------------------------------------------------- */

static char *state_of(plx_engine *engine, guint threads)
{
    g_autofree char *answers = contest_answers(engine, threads);
    g_autofree char *sayings = contest_sayings(engine, threads);
    g_autofree char *rows = contest_rows(engine);
    g_autofree char *imports = contest_imports(engine);
    return g_strconcat(imports, rows, sayings, answers, NULL);
}

/* The first line in which two texts differ. */
static void assert_same_lines(const char *found, const char *expected, const char *what)
{
    g_auto(GStrv) mine = g_strsplit(found, "\n", -1);
    g_auto(GStrv) theirs = g_strsplit(expected, "\n", -1);
    guint i = 0;
    while (mine[i] && theirs[i] && strcmp(mine[i], theirs[i]) == 0)
        i++;
    if (!mine[i] && !theirs[i])
        return;
    g_test_message("%s, line %u", what, i + 1);
    g_assert_cmpstr(mine[i] ? mine[i] : "", ==, theirs[i] ? theirs[i] : "");
    g_assert_cmpstr(found, ==, expected);
}

static void assert_all_same(char *const *found, const char *what)
{
    for (guint e = 1; e < CONTEST_ENGINES; e++) {
        g_autofree char *whose = g_strdup_printf("%s: %s (expected: %s)", what, contestants[e].name,
                                                 contestants[0].name);
        if (strcmp(found[e], found[0]) != 0)
            assert_same_lines(found[e], found[0], whose);
    }
}

const char *contest_state(struct contest *contest)
{
    char *found[CONTEST_ENGINES + 1] = {0};
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        if (contestants[e].look)
            contestants[e].look(contest->own[e]);
        found[e] = state_of(contest->engine[e], contestants[e].threads);
    }
    assert_all_same(found, "states");
    g_free(contest->state);
    contest->state = g_steal_pointer(&found[0]);
    for (guint e = 1; e < CONTEST_ENGINES; e++)
        g_free(found[e]);
    return contest->state;
}

/* What a step may do: nothing; what it says, but nothing when it says so; also change the map
 * before it fails (--declare). */
enum effect { NOTHING, WHAT_IT_SAYS, ALSO_THE_MAP };

/* The end of a step: all say the same. Takes the texts, returns one of them. */
static char *end_step(struct contest *contest, char **said, enum effect effect)
{
    g_autofree char *before = g_strdup(contest->state);
    char *const first = said[0];
    const gboolean failed = g_str_has_prefix(first, "error") || strcmp(first, "same") == 0;
    assert_all_same(said, "outcomes");
    contest_state(contest);
    if (effect == NOTHING || (effect == WHAT_IT_SAYS && failed))
        assert_same_lines(contest->state, before, "what should change nothing");
    for (guint e = 1; e < CONTEST_ENGINES; e++)
        g_free(said[e]);
    return first;
}

static char *said(gboolean ok, GError *error, const char *format, ...) G_GNUC_PRINTF(3, 4);
static char *said(gboolean ok, GError *error, const char *format, ...)
{
    va_list arguments;
    g_assert_true(ok == (error == NULL));
    if (error) {
        char *const text = g_strdup_printf("error %d: %s", error->code, error->message);
        g_error_free(error);
        return text;
    }
    va_start(arguments, format);
    char *const text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    return text;
}

void contest_expect(char *found, const char *expected)
{
    g_assert_cmpstr(found, ==, expected);
    g_free(found);
}

/* Importing --------------------------------------------------------------------------------- */

struct finishing {
    plx_engine_import *import;
    struct plx_import_summary summary;
    struct plx_import_outcome outcome;
    gboolean abandon, ok;
    GError *error;
};

static void finish(gpointer data)
{
    struct finishing *const f = data;
    f->ok = f->abandon || f->import->finish(f->import, &f->summary, &f->outcome, &f->error);
}

static void read_file(plx_engine *engine, const struct contest_import *import,
                      const struct plx_import_options *options, struct finishing *f)
{
    struct plx_file_summary summary = {0};
    plx_sink *const sink = f->import->sink;
    const struct plx_file_options file = {.dataset = options->dataset,
                                          .max_errors = import->max_errors,
                                          .threads = options->n_workers,
                                          .row_salt = f->import->salt};
    g_autoptr(plx_source) source = plx_file_source_new_memory(
        import->text, strlen(import->text), "f.csv", engine->map(engine), &file, &f->error);
    if (!source || !plx_file_source_run(source, sink, &summary, &f->error) ||
        !sink->finish(sink, &f->error))
        return;
    f->summary = (struct plx_import_summary){summary.rows, summary.rejected, summary.duplicates};
    finish(f);
}

static gboolean prepare(plx_engine *engine, const struct contest_import *import, GError **error)
{
    plx_map *const map = engine->map(engine);
    if (import->declare && plx_map_find_audience(map, import->declare) < 0 &&
        !plx_map_declare(map, import->declare, error))
        return FALSE;
    return !import->scale ||
           plx_map_set_scale(map, PLX_MEASURE_LEVEL, import->audience, import->scale, error);
}

static char *outcome_text(const struct contest_import *import, struct finishing *f)
{
    const struct plx_import_outcome *const o = &f->outcome;
    if (!f->ok || f->error)
        return said(FALSE, f->error, "%s", "");
    if (import->abandon)
        return g_strdup("abandoned");
    if (o->same) {
        g_assert_true(o->import == 0 && o->observations == 0 && o->known == 0 && o->replaced == 0 &&
                      o->repeated == 0 && o->late == 0);
        return g_strdup("same");
    }
    g_autofree char *late =
        o->late > 0 ? g_strdup_printf(", %" G_GUINT64_FORMAT " late", o->late) : g_strdup("");
    return g_strdup_printf("import %" G_GINT64_FORMAT ": %" G_GUINT64_FORMAT
                           " taken, %" G_GUINT64_FORMAT " known, %" G_GUINT64_FORMAT
                           " replaced, %" G_GUINT64_FORMAT " repeated%s",
                           o->import, o->observations, o->known, o->replaced, o->repeated, late);
}

static char *import_one(plx_engine *engine, const struct contest_import *import)
{
    const struct plx_import_options options = {.file = "f.csv",
                                               .dataset = import->dataset ? import->dataset : "d",
                                               .repeat = import->repeat,
                                               .dry_run = import->dry_run,
                                               .reveals = import->reveals,
                                               .n_reveals = import->n_reveals,
                                               .n_workers = MAX(import->threads, 1),
                                               .needs = contest_needs,
                                               .n_needs = contest_n_needs};
    struct finishing f = {.abandon = import->abandon};
    if (prepare(engine, import, &f.error))
        f.import = engine->begin(engine, &options, &f.error);
    if (!f.import)
        return outcome_text(import, &f);
    if (import->text)
        read_file(engine, import, &options, &f);
    else
        import->feed(f.import->sink, import->data, finish, &f);
    plx_engine_import_free(f.import);
    return outcome_text(import, &f);
}

char *contest_import(struct contest *contest, const struct contest_import *import)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++)
        found[e] = import_one(contest->engine[e], import);
    return end_step(contest, found,
                    import->declare || import->scale     ? ALSO_THE_MAP
                    : import->dry_run || import->abandon ? NOTHING
                                                         : WHAT_IT_SAYS);
}

/* Other steps ------------------------------------------------------------------------------- */

char *contest_append(struct contest *contest, const struct plx_batch *batches, guint n)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        GError *error = NULL;
        found[e] = said(contest->engine[e]->append(contest->engine[e], batches, n, &error), error,
                        "appended");
    }
    return end_step(contest, found, WHAT_IT_SAYS);
}

char *contest_seal(struct contest *contest)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        guint64 n = 0;
        GError *error = NULL;
        const gboolean ok = contest->engine[e]->seal(contest->engine[e], &n, &error);
        found[e] = said(ok, error, "%" G_GUINT64_FORMAT " sealed", n);
    }
    return end_step(contest, found, WHAT_IT_SAYS);
}

char *contest_undo(struct contest *contest, gint64 import)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        guint64 n = 0;
        GError *error = NULL;
        const gboolean ok = contest->engine[e]->undo(contest->engine[e], import, &n, &error);
        found[e] = said(ok, error, "%" G_GUINT64_FORMAT " undone", n);
    }
    return end_step(contest, found, WHAT_IT_SAYS);
}

static char *erase_one(plx_engine *engine, const guint64 *keys, gsize n)
{
    struct plx_erase_receipt receipt = {0};
    GError *error = NULL;
    const gboolean ok = engine->erase(engine, keys, n, &receipt, &error);
    char *const text =
        said(ok, error, "%" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " encounters erased",
             receipt.observations, receipt.encounters);
    plx_erase_receipt_clear(&receipt);
    return text;
}

char *contest_erase(struct contest *contest, const guint64 *keys, gsize n)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++)
        found[e] = erase_one(contest->engine[e], keys, n);
    return end_step(contest, found, WHAT_IT_SAYS);
}

static char *forget_one(plx_engine *engine, const char *respondent)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(guint64));
    g_auto(GStrv) datasets = engine->texts(engine, PLX_DIM_DATASET);
    g_auto(GStrv) audiences = engine->texts(engine, PLX_DIM_AUDIENCE);
    for (char **dataset = datasets; *dataset; dataset++)
        for (char **audience = audiences; *audience; audience++) {
            const guint64 key = plx_key_of_respondent(*dataset, *audience, respondent);
            g_array_append_val(keys, key);
        }
    return erase_one(engine, (const guint64 *)(gpointer)keys->data, keys->len);
}

char *contest_forget(struct contest *contest, const char *respondent)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++)
        found[e] = forget_one(contest->engine[e], respondent);
    return end_step(contest, found, WHAT_IT_SAYS);
}

char *contest_fade(struct contest *contest, gint32 day)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++) {
        guint64 n = 0;
        GError *error = NULL;
        const gboolean ok = contest->engine[e]->erase_traces(contest->engine[e], day, &n, &error);
        found[e] = said(ok, error, "%" G_GUINT64_FORMAT " faded", n);
    }
    return end_step(contest, found, WHAT_IT_SAYS);
}

static char *apply_one(plx_engine *engine, const char *yaml, gboolean dry_run)
{
    GError *error = NULL;
    g_autoptr(GPtrArray) changes = NULL;
    if (!engine->apply(engine, yaml, "new.yaml", dry_run, &changes, &error))
        return said(FALSE, error, "%s", "");
    GString *const out = g_string_new(NULL);
    for (guint i = 0; i < changes->len; i++) {
        const struct plx_map_change *const change = changes->pdata[i];
        g_string_append_printf(out, "%s %s %" G_GUINT64_FORMAT ": %s\n",
                               plx_map_change_name(change->code), plx_thing_name(change->kind),
                               change->answers, change->sentence);
    }
    return g_string_free(out, FALSE);
}

char *contest_apply(struct contest *contest, const char *yaml, gboolean dry_run)
{
    char *found[CONTEST_ENGINES];
    for (guint e = 0; e < CONTEST_ENGINES; e++)
        found[e] = apply_one(contest->engine[e], yaml, dry_run);
    return end_step(contest, found, dry_run ? NOTHING : WHAT_IT_SAYS);
}
