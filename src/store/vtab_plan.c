/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a statement's conditions can rule out blocks. SQLite checks every row itself afterwards,
 * so a bound may let too much pass, never too little. */

#include "base/date.h"
#include "store/vtab_private.h"

#include <string.h>

/* Planning ---------------------------------------------------------------------------------- */

static gboolean is_range(guint op)
{
    return op == SQLITE_INDEX_CONSTRAINT_GT || op == SQLITE_INDEX_CONSTRAINT_GE ||
           op == SQLITE_INDEX_CONSTRAINT_LT || op == SQLITE_INDEX_CONSTRAINT_LE;
}

static gboolean is_bound(const struct plx_vtab *vtab, sqlite3_index_info *info, int i)
{
    const struct sqlite3_index_constraint *const constraint = &info->aConstraint[i];
    const gboolean equal = constraint->op == SQLITE_INDEX_CONSTRAINT_EQ;
    if (!constraint->usable || (!equal && !is_range(constraint->op)))
        return FALSE;
    if (constraint->iColumn < 0)
        return equal && !sqlite3_vtab_in(info, i, -1);
    if (g_ascii_strcasecmp(sqlite3_vtab_collation(info, i), "BINARY") != 0)
        return FALSE;
    switch (plx_vtab_column(vtab, (guint)constraint->iColumn)->what) {
    case PLX_VTAB_TEXT:
    case PLX_VTAB_AUDIENCE:
    case PLX_VTAB_SUBJECT:
        return equal;
    case PLX_VTAB_TIME:
    case PLX_VTAB_DAY:
        return TRUE;
    case PLX_VTAB_DECIMAL:
    case PLX_VTAB_JOURNEY:
    case PLX_VTAB_ENCOUNTER:
    case PLX_VTAB_RESPONDENT:
    case PLX_VTAB_WEIGHT:
    case PLX_VTAB_GROUP_SIZE:
    case PLX_VTAB_SEEN:
    case PLX_VTAB_SURPRISE:
    case PLX_VTAB_HESITATION:
    case PLX_VTAB_MEASURE:
    case PLX_VTAB_MISSING:
    case PLX_VTAB_NOTE:
    case PLX_VTAB_IMPORT:
        break;
    }
    return FALSE;
}

/* A whole scan costs all rows even when few remain: the planner then makes it the outer loop. */
static void estimate(const struct sqlite3_index_constraint *constraint, double *rows, double *cost)
{
    if (constraint->iColumn < 0) {
        *rows = 1;
        *cost = MIN(*cost, PLX_BATCH_ROWS);
        return;
    }
    const gboolean equal = constraint->op == SQLITE_INDEX_CONSTRAINT_EQ;
    *rows /= equal ? 10 : 3;
    *cost *= equal ? 0.5 : 0.7;
}

int plx_vtab_best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
    const struct plx_vtab *const vtab = (const struct plx_vtab *)(const void *)base;
    double rows = (double)MAX(vtab->observations, 1000), cost = rows * 2;
    int n = 0;
    g_autoptr(GString) text = g_string_new(NULL);
    g_string_printf(text, "%" G_GINT64_MODIFIER "x", (guint64)info->colUsed);
    for (int i = 0; i < info->nConstraint && n < PLX_VTAB_BOUNDS; i++) {
        if (!is_bound(vtab, info, i))
            continue;
        const gboolean all = sqlite3_vtab_in(info, i, -1) && sqlite3_vtab_in(info, i, 1);
        info->aConstraintUsage[i].argvIndex = ++n;
        info->aConstraintUsage[i].omit = 0;
        estimate(&info->aConstraint[i], &rows, &cost);
        g_string_append_printf(text, " %d %u %u", info->aConstraint[i].iColumn,
                               (guint)info->aConstraint[i].op, all ? 1U : 0U);
    }
    info->idxNum = n;
    info->idxStr = sqlite3_mprintf("%s", text->str);
    info->needToFreeIdxStr = 1;
    info->estimatedCost = cost;
    info->estimatedRows = (sqlite3_int64)MAX(rows, 1);
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

/* Reading a plan ---------------------------------------------------------------------------- */

static void add_code(GArray *codes, guint32 code)
{
    if (code != 0)
        g_array_append_val(codes, code);
}

/* All codes of a file that mean a text under the map of today. */
static void add_codes(struct plx_vtab_bound *bound, const struct plx_vtab_column *column,
                      const struct plx_lexicon *lexicon, const plx_words *words, const char *text)
{
    if (column->what == PLX_VTAB_TEXT)
        add_code(bound->codes, plx_words_find(words, plx_word_kind_of_dim(column->index), 0, text));
    const guint32 *const to = lexicon->to[PLX_DIM_AUDIENCE];
    for (guint32 code = 1;
         column->what == PLX_VTAB_AUDIENCE && code < lexicon->size[PLX_DIM_AUDIENCE]; code++)
        if (strcmp(lexicon->dims.map->audiences[to[code] - 1].id, text) == 0)
            add_code(bound->codes, code);
    const GArray *const subjects = lexicon->dims.subjects;
    for (guint32 code = 1; column->what == PLX_VTAB_SUBJECT && code < subjects->len; code++) {
        const struct plx_subject *const subject =
            &g_array_index(subjects, struct plx_subject, code);
        if (subject->kind == (enum plx_subject_kind)column->index && strcmp(subject->id, text) == 0)
            add_code(bound->codes, code);
    }
}

/* Texts and whole numbers are compared as texts; others rule out nothing. */
static void add_value(struct plx_vtab_bound *bound, sqlite3_value *value)
{
    const int type = sqlite3_value_type(value);
    if (type == SQLITE_TEXT || type == SQLITE_INTEGER)
        g_ptr_array_add(bound->texts, g_strdup((const char *)sqlite3_value_text(value)));
    else if (type != SQLITE_NULL)
        bound->any = TRUE;
}

static void add_values(struct plx_vtab_bound *bound, gboolean all, sqlite3_value *value)
{
    sqlite3_value *each = NULL;
    if (!all) {
        add_value(bound, value);
        return;
    }
    int code = sqlite3_vtab_in_first(value, &each);
    for (; code == SQLITE_OK && each; code = sqlite3_vtab_in_next(value, &each))
        add_value(bound, each);
    bound->any |= code != SQLITE_OK && code != SQLITE_DONE;
}

static void read_rowid(struct plx_vtab_plan *plan, sqlite3_value *value)
{
    if (sqlite3_value_type(value) != SQLITE_INTEGER)
        return;
    plan->single = TRUE;
    plan->rowid = sqlite3_value_int64(value);
}

static void read_bound(struct plx_vtab_cursor *cursor, struct plx_vtab_bound *bound, gboolean all,
                       sqlite3_value *value)
{
    const struct plx_vtab *const vtab = plx_vtab_of(cursor);
    bound->texts = g_ptr_array_new_with_free_func(g_free);
    bound->codes = g_array_new(FALSE, FALSE, sizeof(guint32));
    if (bound->column < 0) {
        bound->any = TRUE;
        read_rowid(&cursor->plan, value);
        return;
    }
    const struct plx_vtab_column *const column = plx_vtab_column(vtab, (guint)bound->column);
    add_values(bound, all, value);
    for (guint i = 0; i < bound->texts->len; i++)
        add_codes(bound, column, cursor->lexicon, vtab->store->words, bound->texts->pdata[i]);
}

void plx_vtab_plan_read(struct plx_vtab_cursor *cursor, const char *text, sqlite3_value **values)
{
    struct plx_vtab_plan *const plan = &cursor->plan;
    char *at;
    plx_vtab_plan_clear(plan);
    plan->used = g_ascii_strtoull(text, &at, 16);
    for (; *at && plan->n < PLX_VTAB_BOUNDS; plan->n++) {
        struct plx_vtab_bound *const bound = &plan->bound[plan->n];
        bound->column = (gint)g_ascii_strtoll(at, &at, 10);
        bound->op = (guint)g_ascii_strtoull(at, &at, 10);
        const gboolean all = g_ascii_strtoull(at, &at, 10) != 0;
        read_bound(cursor, bound, all, values[plan->n]);
    }
}

void plx_vtab_plan_clear(struct plx_vtab_plan *plan)
{
    for (guint b = 0; b < plan->n; b++) {
        g_ptr_array_unref(plan->bound[b].texts);
        g_array_unref(plan->bound[b].codes);
    }
    memset(plan, 0, sizeof *plan);
}

/* Blocks ------------------------------------------------------------------------------------ */

static gboolean spans(guint op, const char *text, const char *low, const char *high)
{
    const int below = strcmp(low, text), above = strcmp(high, text);
    switch (op) {
    case SQLITE_INDEX_CONSTRAINT_GT:
        return above > 0;
    case SQLITE_INDEX_CONSTRAINT_GE:
        return above >= 0;
    case SQLITE_INDEX_CONSTRAINT_LT:
        return below < 0;
    case SQLITE_INDEX_CONSTRAINT_LE:
        return below <= 0;
    default:
        return below <= 0 && above >= 0;
    }
}

/* Times begin with their day, so those of a block lie between its first day and its last one with
 * anything behind. */
static gboolean takes_days(const struct plx_vtab_bound *bound, gboolean clock,
                           const struct plx_shelf_block *block)
{
    char low[PLX_DATE_SIZE], high[PLX_DATE_SIZE + 1];
    if (!block->timed)
        return FALSE;
    plx_date_format(block->first_day, low);
    plx_date_format(block->last_day, high);
    if (clock)
        g_strlcat(high, "~", sizeof high);
    for (guint i = 0; i < bound->texts->len; i++)
        if (spans(bound->op, bound->texts->pdata[i], low, high))
            return TRUE;
    return FALSE;
}

static gboolean takes_codes(const struct plx_vtab_bound *bound, guint dim,
                            const struct plx_shelf_block *block)
{
    gsize size;
    const guint8 *const present = g_bytes_get_data(block->present, &size);
    const guint kind = plx_word_kind_of_dim(dim);
    for (guint i = 0; i < bound->codes->len; i++)
        if (plx_block_may_hold(present, size, kind, g_array_index(bound->codes, guint32, i)))
            return TRUE;
    return FALSE;
}

gboolean plx_vtab_plan_takes(const struct plx_vtab_plan *plan, const struct plx_vtab *vtab,
                             const struct plx_shelf_block *block)
{
    gboolean takes = !plan->single || plan->rowid / PLX_BATCH_ROWS == block->id;
    for (guint b = 0; takes && b < plan->n; b++) {
        const struct plx_vtab_bound *const bound = &plan->bound[b];
        if (bound->any)
            continue;
        const struct plx_vtab_column *const column = plx_vtab_column(vtab, (guint)bound->column);
        if (column->what == PLX_VTAB_TIME || column->what == PLX_VTAB_DAY)
            takes = takes_days(bound, column->what == PLX_VTAB_TIME, block);
        else
            takes = takes_codes(
                bound, column->what == PLX_VTAB_SUBJECT ? PLX_DIM_SUBJECT : column->index, block);
    }
    return takes;
}
