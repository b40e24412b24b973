/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "form/visit_report.h"

#include "form/visit_json.h"
#include "map/walk_words.h"

#include <string.h>

#define ID_MIN 8
#define ID_MAX 64

static void free_moment(gpointer data)
{
    struct plx_visit_moment *const moment = data;
    g_free(moment->title);
    g_free(moment->words);
    g_free(moment->sense);
    g_free(moment->channel);
    g_strfreev(moment->photos);
    g_free(moment);
}

void plx_visit_report_free(plx_visit_report *report)
{
    if (!report)
        return;
    g_free(report->id);
    g_free(report->conflict);
    g_free(report->words);
    g_ptr_array_unref(report->moments);
    g_array_unref(report->marks);
    g_free(report);
}

gboolean plx_visit_is_id(const char *text)
{
    const gsize n = strlen(text);
    for (gsize i = 0; i < n; i++)
        if (!g_ascii_isalnum(text[i]) && text[i] != '_' && text[i] != '-')
            return FALSE;
    return n >= ID_MIN && n <= ID_MAX;
}

char *plx_visit_faults_text(const GPtrArray *faults)
{
    GString *const text = g_string_new(NULL);
    for (guint i = 0; i < faults->len; i++)
        g_string_append_printf(text, "%s%s", i > 0 ? "; " : "", (char *)faults->pdata[i]);
    return g_string_free(text, FALSE);
}

/* Reading ------------------------------------------------------------------------------------ */

struct reading {
    const plx_map *map; /* or NULL */
    GPtrArray *faults;
    GHashTable *photos; /* ids seen */
    plx_visit_report *report;
};

static char *read_id(struct reading *r, json_t *object, const char *way, const char *key)
{
    const char *const text = json_string_value(json_object_get(object, key));
    g_autofree char *where = plx_fault_way(way, key);
    if (text && plx_visit_is_id(text))
        return g_strdup(text);
    plx_fault(r->faults, where, "expected an id: %d to %d of A-Z a-z 0-9 _ -", ID_MIN, ID_MAX);
    return NULL;
}

static gboolean read_time(struct reading *r, json_t *object, const char *way, const char *key,
                          struct plx_time *time)
{
    const char *const text = json_string_value(json_object_get(object, key));
    g_autofree char *where = plx_fault_way(way, key);
    struct plx_time read;
    if (text && plx_time_parse(text, strlen(text), &read) && read.precision != PLX_PRECISION_DAY &&
        read.offset != PLX_DATE_NO_OFFSET) {
        *time = read;
        return TRUE;
    }
    plx_fault(r->faults, where, "expected a time like 2026-01-31T14:05+01:00");
    return FALSE;
}

static gint8 read_scale(struct reading *r, json_t *object, const char *way, const char *key,
                        enum plx_measure measure)
{
    json_t *const value = json_object_get(object, key);
    const char *const word = json_string_value(value);
    const gint audience = r->map ? plx_map_find_audience(r->map, "shopper") : -1;
    const struct plx_scale *const scale =
        audience >= 0 ? plx_map_scale(r->map, measure, (guint)audience) : NULL;
    gint64 number = PLX_CELL_EMPTY;
    if (g_strcmp0(word, "na") == 0)
        return PLX_CELL_NA;
    if (g_strcmp0(word, "declined") == 0)
        return PLX_CELL_DECLINED;
    plx_look_number(object, way, key, scale ? scale->min : 1, scale ? scale->max : PLX_LEVELS,
                    &number, r->faults);
    return (gint8)number;
}

static gint8 read_flag(struct reading *r, json_t *object, const char *way, const char *key,
                       gint64 min)
{
    gint64 number = PLX_CELL_EMPTY;
    plx_look_number(object, way, key, min, 1, &number, r->faults);
    return (gint8)number;
}

static char **read_photos(struct reading *r, json_t *object, const char *way)
{
    const gsize n = plx_look_list(object, way, "photos", PLX_VISIT_MOMENT_PHOTOS_MAX, r->faults);
    json_t *const list = json_object_get(object, "photos");
    char **const photos = g_new0(char *, n + 1);
    for (gsize i = 0; i < n; i++) {
        const char *const text = json_string_value(json_array_get(list, i));
        g_autofree char *where = g_strdup_printf("%s.photos[%" G_GSIZE_FORMAT "]", way, i);
        if (!text || !plx_visit_is_id(text))
            plx_fault(r->faults, where, "expected an id: %d to %d of A-Z a-z 0-9 _ -", ID_MIN,
                      ID_MAX);
        else if (!g_hash_table_add(r->photos, g_strdup(text)))
            plx_fault(r->faults, where, "a picture belongs to one moment only");
        photos[i] = g_strdup(text ? text : "");
    }
    return photos;
}

/* Which point a moment is, or what it is called. */
static void read_subject(struct reading *r, json_t *object, const char *way,
                         struct plx_visit_moment *moment)
{
    g_autofree char *point = plx_look_words(object, way, "point", PLX_VISIT_TITLE_MAX, r->faults);
    moment->title = plx_look_words(object, way, "title", PLX_VISIT_TITLE_MAX, r->faults);
    moment->point = r->map && point ? plx_map_find_point(r->map, point) : -1;
    if (r->map && plx_map_is_vignette(r->map, moment->point))
        moment->point = -1;
    if (moment->point >= 0)
        g_clear_pointer(&moment->title, g_free);
    else if (!moment->title && point)
        plx_fault(r->faults, way, "the point \"%s\" is not on the map", point);
    else if (!moment->title)
        plx_fault(r->faults, way, "expected a point of the map, or a title");
}

/* One or several, as in the notes of a walk (map/map_walk.h). */
static void check_senses(struct reading *r, const char *way, const char *senses)
{
    g_auto(GStrv) words = g_strsplit_set(senses ? senses : "", ";+", -1);
    for (char **word = words; *word; word++)
        if (*g_strstrip(*word) && plx_walk_sense(*word) == 0)
            plx_fault(r->faults, way, "\"%s\" is no sense: see, hear, touch, taste, smell or feel",
                      *word);
}

static gint64 utc(const struct plx_time *time)
{
    return time->seconds - (gint64)time->offset * 60;
}

static void read_moment(struct reading *r, json_t *object, gsize i)
{
    static const char *const members[] = {"at",       "point",      "title",  "level",
                                          "surprise", "words",      "photos", "sense",
                                          "channel",  "hesitation", NULL};
    g_autofree char *way = g_strdup_printf("moments[%" G_GSIZE_FORMAT "]", i);
    if (!plx_look_object(object, way, members, r->faults))
        return;
    struct plx_visit_moment *const moment = g_new0(struct plx_visit_moment, 1);
    g_ptr_array_add(r->report->moments, moment);
    read_subject(r, object, way, moment);
    const gboolean timed = read_time(r, object, way, "at", &moment->at);
    moment->level = read_scale(r, object, way, "level", PLX_MEASURE_LEVEL);
    moment->surprise = read_flag(r, object, way, "surprise", -1);
    moment->hesitation = read_flag(r, object, way, "hesitation", 0);
    moment->words = plx_look_words(object, way, "words", PLX_VISIT_WORDS_MAX, r->faults);
    moment->sense = plx_look_words(object, way, "sense", PLX_VISIT_TITLE_MAX, r->faults);
    moment->channel = plx_look_words(object, way, "channel", PLX_VISIT_TITLE_MAX, r->faults);
    moment->photos = read_photos(r, object, way);
    check_senses(r, way, moment->sense);
    const struct plx_visit_moment *const before =
        i > 0 && r->report->moments->len > 1 ? r->report->moments->pdata[i - 1] : NULL;
    if (timed && before && utc(&moment->at) < utc(&before->at))
        plx_fault(r->faults, way, "is before the one that stands above it");
}

static void read_moments(struct reading *r, json_t *root)
{
    const guint before = r->faults->len;
    const gsize n = plx_look_list(root, "", "moments", PLX_VISIT_MOMENTS_MAX, r->faults);
    json_t *const list = json_object_get(root, "moments");
    for (gsize i = 0; i < n && r->report->moments->len == i; i++)
        read_moment(r, json_array_get(list, i), i);
    if (n == 0 && r->faults->len == before)
        plx_fault(r->faults, "moments", "expected one at least");
}

/* {"ID": true, ...} of tasks or promises. */
static void read_marks(struct reading *r, json_t *root, const char *key, enum plx_subject_kind kind)
{
    json_t *const marks = json_object_get(root, key);
    const char *id;
    json_t *value;
    if (marks && !json_is_null(marks) && !json_is_object(marks))
        plx_fault(r->faults, key, "expected an object");
    json_object_foreach(marks, id, value)
    {
        g_autofree char *way = plx_fault_way(key, id);
        const gint found = !r->map                    ? -1
                           : kind == PLX_SUBJECT_TASK ? plx_map_find_task(r->map, id)
                                                      : plx_map_find_promise(r->map, id);
        const struct plx_visit_mark mark = {kind, (guint)found, json_is_true(value)};
        if (json_is_null(value))
            continue;
        if (!json_is_boolean(value))
            plx_fault(r->faults, way, "expected true, false or null");
        else if (found < 0)
            plx_fault(r->faults, way, "is not on the map");
        else
            g_array_append_val(r->report->marks, mark);
    }
}

static void read_report(struct reading *r, json_t *root)
{
    static const char *const members[] = {"report", "conflict", "began",    "moments", "tasks",
                                          "words",  "overall",  "promises", NULL};
    plx_visit_report *const report = r->report;
    if (!plx_look_object(root, "", members, r->faults))
        return;
    report->id = read_id(r, root, "", "report");
    if (!json_object_get(root, "conflict"))
        plx_fault(r->faults, "conflict", "expected what ties you to this place, or null");
    report->conflict = plx_look_words(root, "", "conflict", PLX_VISIT_WORDS_MAX, r->faults);
    read_time(r, root, "", "began", &report->time);
    read_moments(r, root);
    read_marks(r, root, "tasks", PLX_SUBJECT_TASK);
    read_marks(r, root, "promises", PLX_SUBJECT_PROMISE);
    report->overall = read_scale(r, root, "", "overall", PLX_MEASURE_OVERALL);
    report->words = plx_look_words(root, "", "words", PLX_VISIT_WORDS_MAX, r->faults);
}

plx_visit_report *plx_visit_report_read(const char *text, gsize length, const plx_map *map,
                                        GPtrArray **faults)
{
    json_error_t error;
    g_autoptr(GPtrArray) found = g_ptr_array_new_with_free_func(g_free);
    g_autoptr(GHashTable) photos = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(plx_visit_report) report = g_new0(plx_visit_report, 1);
    struct reading r = {map, found, photos, report};
    report->moments = g_ptr_array_new_with_free_func(free_moment);
    report->marks = g_array_new(FALSE, FALSE, sizeof(struct plx_visit_mark));
    g_autoptr(json_t) root = length <= PLX_VISIT_REPORT_BYTES_MAX
                                 ? json_loadb(text, length, JSON_REJECT_DUPLICATES, &error)
                                 : NULL;
    if (root)
        read_report(&r, root);
    else if (length > PLX_VISIT_REPORT_BYTES_MAX)
        plx_fault(found, "", "more than %d bytes", PLX_VISIT_REPORT_BYTES_MAX);
    else
        plx_fault(found, "", "no JSON: line %d, column %d: %s", error.line, error.column,
                  error.text);
    if (found->len == 0)
        return g_steal_pointer(&report);
    *faults = g_steal_pointer(&found);
    return NULL;
}

/* What it comes to --------------------------------------------------------------------------- */

/* Of a moment that is not on the map. */
static char *moment_note(const struct plx_visit_moment *moment)
{
    GString *const text = g_string_new(moment->title);
    if (moment->level > PLX_CELL_DECLINED)
        g_string_append_printf(text, " (level %d)", moment->level);
    if (moment->words)
        g_string_append_printf(text, ": %s", moment->words);
    return g_string_free(text, FALSE);
}

/* Which time this is that the point was met; NULL: the first. */
static char *item_of(const plx_visit_report *report, guint i)
{
    const struct plx_visit_moment *const moment = report->moments->pdata[i];
    guint times = 1;
    for (guint before = 0; before < i; before++) {
        const struct plx_visit_moment *const other = report->moments->pdata[before];
        times += other->point == moment->point;
    }
    return times > 1 ? g_strdup_printf("%u", times) : NULL;
}

static void add_moment(GArray *rows, const plx_visit_report *report, guint i, guint journey,
                       GPtrArray *texts)
{
    const struct plx_visit_moment *const moment = report->moments->pdata[i];
    struct plx_builder_row row = plx_builder_row_new();
    if (moment->point < 0) {
        row.kind = PLX_SUBJECT_JOURNEY;
        row.subject = (gint)journey;
        row.prompt = "moment";
        row.note = moment_note(moment);
        g_ptr_array_add(texts, (gpointer)(guintptr)row.note);
    } else {
        row.kind = PLX_SUBJECT_POINT;
        row.subject = moment->point;
        row.journey = (gint)journey;
        row.value[PLX_MEASURE_LEVEL] = moment->level;
        row.surprise = moment->surprise;
        row.hesitation = moment->hesitation;
        row.note = moment->words;
        row.prompt = moment->words ? "comment" : NULL;
        row.item = item_of(report, i);
        if (row.item)
            g_ptr_array_add(texts, (gpointer)(guintptr)row.item);
    }
    g_array_append_val(rows, row);
}

GArray *plx_visit_rows(const plx_visit_report *report, guint journey, GPtrArray **texts)
{
    GArray *const rows = g_array_new(FALSE, FALSE, sizeof(struct plx_builder_row));
    GPtrArray *const made = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < report->moments->len; i++)
        add_moment(rows, report, i, journey, made);
    for (guint i = 0; i < report->marks->len; i++) {
        const struct plx_visit_mark *const mark =
            &g_array_index(report->marks, struct plx_visit_mark, i);
        struct plx_builder_row row = plx_builder_row_new();
        row.kind = mark->kind;
        row.subject = (gint)mark->subject;
        row.value[mark->kind == PLX_SUBJECT_TASK ? PLX_MEASURE_DONE : PLX_MEASURE_KEPT] =
            (gint8)(mark->yes ? 1 : 0);
        g_array_append_val(rows, row);
    }
    if (report->overall != PLX_CELL_EMPTY || report->words) {
        struct plx_builder_row row = plx_builder_row_new();
        row.kind = PLX_SUBJECT_JOURNEY;
        row.subject = (gint)journey;
        row.value[PLX_MEASURE_OVERALL] = report->overall;
        row.note = report->words;
        row.prompt = report->words ? "comment" : NULL;
        g_array_append_val(rows, row);
    }
    *texts = made;
    return rows;
}
