/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Maps applied in a row with random edits: every answer keeps exactly one point or is retired, and
 * changes its owner only by an explicit edit. An independent little model says what must be so.
 *
 *     test-map-map_edits [EDITS]     default 300; ./dev check --long takes 10000 */
#include "map/map_change.h"
#include "map/map_file.h"
#include "map/map_owner.h"
#include "map/map_same.h"
#include "map/template.h"

#include <string.h>

#define OBSERVED_MAX 150
#define POINTS_MIN 8
#define POINTS_MAX 50
#define TRANSACTIONS 6

static guint edits_wanted = 300;

struct point {
    char *id;
    GPtrArray *was; /* ids */
    gint transaction, title;
};

/* What a person keeps in the file: points in order, and what is listed as retired. */
struct world {
    GPtrArray *points, *retired; /* struct point */
};

struct model {
    GRand *rand;
    struct world *now, *next; /* `next` is being edited */
    plx_map *map;             /* of `now` */
    GHashTable *owner;        /* observed id -> "point ID" or "retired ID" */
    GHashTable *new_owner;    /* the same after the edit */
    guint fresh, legal, refused;
};

/* ---- worlds ---- */

static struct point *point_new(const char *id, gint transaction, gint title)
{
    struct point *point = g_new0(struct point, 1);
    *point =
        (struct point){g_strdup(id), g_ptr_array_new_with_free_func(g_free), transaction, title};
    return point;
}

static void point_free(gpointer data)
{
    struct point *point = data;
    g_free(point->id);
    g_ptr_array_unref(point->was);
    g_free(point);
}

static struct world *world_new(void)
{
    struct world *world = g_new0(struct world, 1);
    world->points = g_ptr_array_new_with_free_func(point_free);
    world->retired = g_ptr_array_new_with_free_func(point_free);
    return world;
}

static void world_free(struct world *world)
{
    g_ptr_array_unref(world->points);
    g_ptr_array_unref(world->retired);
    g_free(world);
}

static void copy_points(const GPtrArray *from, GPtrArray *to)
{
    for (guint i = 0; i < from->len; i++) {
        const struct point *point = g_ptr_array_index(from, i);
        struct point *copy = point_new(point->id, point->transaction, point->title);
        for (guint k = 0; k < point->was->len; k++)
            g_ptr_array_add(copy->was, g_strdup(g_ptr_array_index(point->was, k)));
        g_ptr_array_add(to, copy);
    }
}

static struct world *world_copy(const struct world *world)
{
    struct world *copy = world_new();
    copy_points(world->points, copy->points);
    copy_points(world->retired, copy->retired);
    return copy;
}

static void write_point(const struct point *point, GString *out)
{
    g_string_append_printf(out, "{id: %s, title: T%d", point->id, point->title);
    for (guint i = 0; i < point->was->len; i++)
        g_string_append_printf(out, "%s%s", i == 0 ? ", was: [" : ", ",
                               (const char *)g_ptr_array_index(point->was, i));
    g_string_append(out, point->was->len > 0 ? "]}\n" : "}\n");
}

static plx_map *world_map(const struct world *world, const char *head)
{
    g_autoptr(GString) out = g_string_new("parallax: 1\ntitle: T\n");
    g_string_append(out, head);
    g_string_append(out, "journeys:\n- title: J\n  transactions:\n");
    for (gint t = 0; t < TRANSACTIONS; t++) {
        gboolean open = FALSE;
        for (guint i = 0; i < world->points->len; i++) {
            const struct point *point = g_ptr_array_index(world->points, i);
            if (point->transaction != t)
                continue;
            if (!open)
                g_string_append_printf(out, "  - title: T%d\n    points:\n", t);
            open = TRUE;
            g_string_append(out, "    - ");
            write_point(point, out);
        }
    }
    if (world->retired->len > 0)
        g_string_append(out, "retired:\n  points:\n");
    for (guint i = 0; i < world->retired->len; i++) {
        g_string_append(out, "  - ");
        write_point(g_ptr_array_index(world->retired, i), out);
    }
    g_autoptr(GError) error = NULL;
    plx_map *map = plx_map_read_memory(out->str, out->len, "m.yaml", &error);
    if (error)
        g_test_message("%s", out->str);
    g_assert_no_error(error);
    return map;
}

/* ---- lists of earlier ids ---- */

static gboolean has(const GPtrArray *ids, const char *id)
{
    return g_ptr_array_find_with_equal_func((GPtrArray *)(guintptr)ids, id, g_str_equal, NULL);
}

static void add_id(GPtrArray *ids, const char *id)
{
    if (!has(ids, id))
        g_ptr_array_add(ids, g_strdup(id));
}

static void drop_id(GPtrArray *ids, const char *id)
{
    guint at;
    if (g_ptr_array_find_with_equal_func(ids, id, g_str_equal, &at))
        g_ptr_array_remove_index(ids, at);
}

static gboolean is_observed(const struct model *m, const char *id)
{
    return g_hash_table_contains(m->owner, id);
}

static gboolean owns(const struct model *m, const char *kind, const char *owner, const char *id)
{
    g_autofree char *wanted = g_strdup_printf("%s %s", kind, owner);
    return g_strcmp0(g_hash_table_lookup(m->owner, id), wanted) == 0;
}

/* How many points of the edited world name an id. */
static guint n_claims(const struct model *m, const char *id)
{
    guint n = 0;
    for (guint i = 0; i < m->next->points->len; i++)
        n += has(((struct point *)g_ptr_array_index(m->next->points, i))->was, id) ? 1 : 0;
    return n;
}

static gboolean is_listed(const struct model *m, const char *id)
{
    for (guint i = 0; i < m->next->retired->len; i++) {
        const struct point *retired = g_ptr_array_index(m->next->retired, i);
        if (strcmp(retired->id, id) == 0 || has(retired->was, id))
            return TRUE;
    }
    return FALSE;
}

/* What must be kept of a point's earlier ids; those without answers may be forgotten. */
static void carry(const struct model *m, const struct point *from, GPtrArray *to)
{
    for (guint i = 0; i < from->was->len; i++)
        if (is_observed(m, g_ptr_array_index(from->was, i)))
            add_id(to, g_ptr_array_index(from->was, i));
}

/* What was split into this point and others is listed as retired before the point goes, so that the
 * others do not inherit it; the point itself names only what leads to it. */
static void settle(struct model *m, struct point *point)
{
    for (guint i = point->was->len; i > 0; i--) {
        g_autofree char *id = g_strdup(g_ptr_array_index(point->was, i - 1));
        if (n_claims(m, id) > 1 && !is_listed(m, id))
            g_ptr_array_add(m->next->retired, point_new(id, 0, 0));
        if (is_listed(m, id))
            drop_id(point->was, id);
    }
}

/* ---- what an edit does to answers ---- */

static gboolean moves(gpointer key, gpointer value, gpointer data)
{
    (void)key;
    return strcmp(value, data) == 0;
}

static gboolean has_answers(const struct model *m, const char *kind, const char *id)
{
    g_autofree char *owner = g_strdup_printf("%s %s", kind, id);
    return g_hash_table_find(m->owner, moves, owner) != NULL;
}

static void give(struct model *m, const char *kind, const char *id, const char *to_kind,
                 const char *to)
{
    g_autofree char *from = g_strdup_printf("%s %s", kind, id);
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, m->new_owner);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        if (strcmp(value, from) == 0)
            g_hash_table_iter_replace(&iter, g_strdup_printf("%s %s", to_kind, to));
}

/* There must be some. */
static struct point *any(const struct model *m, GPtrArray *points)
{
    return g_ptr_array_index(points, g_rand_int_range(m->rand, 0, (gint)points->len));
}

static struct point *any_point(const struct model *m)
{
    return any(m, m->next->points);
}

static char *fresh_id(struct model *m)
{
    return g_strdup_printf("n%u", ++m->fresh);
}

static struct point *add_point(struct model *m, const char *id)
{
    struct point *point = point_new(id, g_rand_int_range(m->rand, 0, TRANSACTIONS), 0);
    g_ptr_array_insert(m->next->points,
                       g_rand_int_range(m->rand, 0, (gint)m->next->points->len + 1), point);
    return point;
}

/* ---- edits that are allowed: FALSE when there is nothing to do them on ---- */

static gboolean edit_rename(struct model *m)
{
    struct point *point = any_point(m);
    g_autoptr(GPtrArray) was = g_ptr_array_new_with_free_func(g_free);
    carry(m, point, was);
    add_id(was, point->id);
    g_autofree char *old = point->id;
    point->id = fresh_id(m);
    g_ptr_array_unref(point->was);
    point->was = g_steal_pointer(&was);
    give(m, "point", old, "point", point->id);
    return TRUE;
}

static gboolean edit_retitle(struct model *m)
{
    any_point(m)->title++;
    return TRUE;
}

static gboolean edit_move(struct model *m)
{
    any_point(m)->transaction = g_rand_int_range(m->rand, 0, TRANSACTIONS);
    return TRUE;
}

static gboolean edit_add(struct model *m)
{
    g_autofree char *id = fresh_id(m);
    add_point(m, id);
    return m->next->points->len <= POINTS_MAX;
}

/* The point itself goes; its earlier ids are listed with it where there are answers under them. */
static void set_aside(struct model *m, struct point *point, gboolean listed)
{
    settle(m, point);
    struct point *retired = point_new(point->id, 0, 0);
    carry(m, point, retired->was);
    drop_id(retired->was, point->id);
    if (listed || retired->was->len > 0)
        g_ptr_array_add(m->next->retired, retired);
    else
        point_free(retired);
    give(m, "point", point->id, "retired", point->id);
    g_ptr_array_remove(m->next->points, point);
}

static gboolean edit_split(struct model *m)
{
    struct point *point = any_point(m);
    g_autofree char *old = g_strdup(point->id);
    set_aside(m, point, g_rand_boolean(m->rand));
    for (gint n = g_rand_int_range(m->rand, 2, 4); n > 0; n--) {
        g_autofree char *id = fresh_id(m);
        add_id(add_point(m, id)->was, old);
    }
    return m->next->points->len <= POINTS_MAX;
}

static gboolean edit_merge(struct model *m)
{
    struct point *to = any_point(m), *from = any_point(m);
    if (to == from)
        return FALSE;
    settle(m, from);
    settle(m, to);
    carry(m, from, to->was);
    add_id(to->was, from->id);
    give(m, "point", from->id, "point", to->id);
    g_ptr_array_remove(m->next->points, from);
    if (g_rand_boolean(m->rand)) { /* both under a new id */
        g_autofree char *old = to->id;
        to->id = fresh_id(m);
        add_id(to->was, old);
        give(m, "point", old, "point", to->id);
    }
    return m->next->points->len >= POINTS_MIN;
}

static gboolean edit_retire(struct model *m)
{
    set_aside(m, any_point(m), TRUE);
    return m->next->points->len >= POINTS_MIN;
}

static gboolean edit_unretire(struct model *m)
{
    if (m->next->retired->len == 0)
        return FALSE;
    struct point *retired = any(m, m->next->retired);
    for (guint i = 0; i < m->next->points->len; i++)
        drop_id(((struct point *)g_ptr_array_index(m->next->points, i))->was, retired->id);
    carry(m, retired, add_point(m, retired->id)->was);
    give(m, "retired", retired->id, "point", retired->id);
    g_ptr_array_remove(m->next->retired, retired);
    return m->next->points->len <= POINTS_MAX;
}

static gboolean edit_delete(struct model *m)
{
    struct point *point = any_point(m);
    if (has_answers(m, "point", point->id))
        return FALSE;
    settle(m, point);
    g_ptr_array_remove(m->next->points, point);
    return m->next->points->len >= POINTS_MIN;
}

/* An earlier id of the point, with answers that are the point's now; new, or NULL. */
static char *any_earlier(const struct model *m, const struct point *point)
{
    for (guint i = 0; i < point->was->len; i++) {
        const char *id = g_ptr_array_index(point->was, i);
        if (strcmp(id, point->id) != 0 && owns(m, "point", point->id, id))
            return g_strdup(id);
    }
    return NULL;
}

static gboolean edit_restore(struct model *m)
{
    struct point *point = any_point(m);
    g_autofree char *id = any_earlier(m, point);
    if (!id)
        return FALSE;
    drop_id(point->was, id);
    add_id(add_point(m, id)->was, id);
    g_hash_table_insert(m->new_owner, g_strdup(id), g_strdup_printf("point %s", id));
    return m->next->points->len <= POINTS_MAX;
}

/* ---- edits that must be refused ---- */

static gboolean bad_delete(struct model *m)
{
    struct point *point = any_point(m);
    gboolean answers = has_answers(m, "point", point->id);
    settle(m, point);
    g_ptr_array_remove(m->next->points, point);
    return answers && m->next->points->len > 0;
}

static gboolean bad_rename(struct model *m)
{
    struct point *point = any_point(m);
    gboolean answers = has_answers(m, "point", point->id);
    drop_id(point->was, point->id);
    g_free(point->id);
    point->id = fresh_id(m);
    return answers;
}

static gboolean bad_forget(struct model *m)
{
    struct point *point = any_point(m);
    g_autofree char *id = any_earlier(m, point);
    if (id)
        drop_id(point->was, id);
    return id != NULL;
}

static gboolean bad_reuse(struct model *m)
{
    struct point *point = any_point(m);
    g_autofree char *id = any_earlier(m, point);
    if (!id)
        return FALSE;
    drop_id(point->was, id);
    add_point(m, id);
    return TRUE;
}

static gboolean bad_steal(struct model *m)
{
    struct point *point = any_point(m), *thief = any_point(m);
    g_autofree char *id = any_earlier(m, point);
    if (!id || thief == point)
        return FALSE;
    add_id(thief->was, id);
    if (g_rand_boolean(m->rand))
        drop_id(point->was, id);
    return TRUE;
}

static gboolean bad_forget_retired(struct model *m)
{
    if (m->next->retired->len == 0)
        return FALSE;
    struct point *retired = any(m, m->next->retired);
    if (!has_answers(m, "retired", retired->id) || n_claims(m, retired->id) > 0)
        return FALSE;
    g_ptr_array_remove(m->next->retired, retired);
    return TRUE;
}

/* One of two that share what was split lets go of it: the other must not inherit it. */
static gboolean bad_leftover(struct model *m)
{
    struct point *point = any_point(m);
    for (guint i = 0; i < point->was->len; i++) {
        g_autofree char *id = g_strdup(g_ptr_array_index(point->was, i));
        if (!is_observed(m, id) || n_claims(m, id) != 2 || is_listed(m, id))
            continue;
        drop_id(point->was, id);
        return TRUE;
    }
    return FALSE;
}

/* ---- one step ---- */

typedef gboolean edit_function(struct model *m);

static const struct {
    edit_function *edit;
    gboolean legal;
} edits[] = {
    {edit_rename, TRUE},   {edit_retitle, TRUE}, {edit_move, TRUE},   {edit_add, TRUE},
    {edit_split, TRUE},    {edit_merge, TRUE},   {edit_retire, TRUE}, {edit_unretire, TRUE},
    {edit_delete, TRUE},   {edit_restore, TRUE}, {bad_delete, FALSE}, {bad_rename, FALSE},
    {bad_forget, FALSE},   {bad_reuse, FALSE},   {bad_steal, FALSE},  {bad_forget_retired, FALSE},
    {bad_leftover, FALSE},
};

static GPtrArray *compare(const struct model *m, const plx_map *next, GError **error)
{
    g_autoptr(GArray) data = g_array_new(FALSE, FALSE, sizeof(struct plx_map_data));
    GHashTableIter iter;
    gpointer id;
    g_hash_table_iter_init(&iter, m->owner);
    while (g_hash_table_iter_next(&iter, &id, NULL)) {
        struct plx_map_data one = {PLX_THING_POINT, id, 3};
        g_array_append_val(data, one);
    }
    struct plx_map_data guest = {PLX_THING_AUDIENCE, "customer", 3};
    g_array_append_val(data, guest);
    return plx_map_compare(m->map, next, (const struct plx_map_data *)(gpointer)data->data,
                           data->len, error);
}

/* Every answer has the owner that the model says. */
static void check_owners(const struct model *m)
{
    GHashTableIter iter;
    gpointer id, expected;
    g_hash_table_iter_init(&iter, m->owner);
    while (g_hash_table_iter_next(&iter, &id, &expected)) {
        struct plx_owner owner = plx_map_resolve(m->map, PLX_SUBJECT_POINT, id);
        g_assert_true(owner.state == PLX_OWNER_CURRENT || owner.state == PLX_OWNER_RETIRED);
        g_autofree char *found = g_strdup_printf(
            "%s %s", owner.state == PLX_OWNER_CURRENT ? "point" : "retired", owner.id);
        g_assert_cmpstr(found, ==, expected);
        const char *held = owner.state == PLX_OWNER_CURRENT ? m->map->points[owner.index].id
                                                            : m->map->retired[owner.index].id;
        g_assert_cmpstr(held, ==, owner.id);
    }
}

static void accept(struct model *m, plx_map *map, const GPtrArray *changes)
{
    g_assert_true((changes->len == 0) == plx_map_same(m->map, map));
    plx_map_free(m->map);
    m->map = map;
    world_free(m->now);
    m->now = g_steal_pointer(&m->next);
    g_hash_table_unref(m->owner);
    m->owner = g_hash_table_ref(m->new_owner);
    m->legal++;
}

static GHashTable *copy_owners(GHashTable *owners)
{
    GHashTable *copy = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    GHashTableIter iter;
    gpointer id, owner;
    g_hash_table_iter_init(&iter, owners);
    while (g_hash_table_iter_next(&iter, &id, &owner))
        g_hash_table_insert(copy, g_strdup(id), g_strdup(owner));
    return copy;
}

/* TRUE when the edit could be tried. */
static gboolean step(struct model *m, guint kind)
{
    m->next = world_copy(m->now);
    m->new_owner = copy_owners(m->owner);
    gboolean tried = edits[kind].edit(m);
    if (tried) {
        g_autoptr(GError) error = NULL;
        plx_map *map = world_map(m->next, "");
        g_autoptr(GPtrArray) changes = compare(m, map, &error);
        if ((error == NULL) != edits[kind].legal)
            g_test_message("edit %u: %s", kind, error ? error->message : "not refused");
        g_assert_true((error == NULL) == edits[kind].legal);
        if (changes) {
            accept(m, map, changes);
        } else {
            plx_map_free(map);
            m->refused++;
        }
    }
    if (m->next)
        world_free(m->next);
    g_hash_table_unref(m->new_owner);
    return tried;
}

/* Somebody answers: the id is written as it is today, for ever. */
static void observe(struct model *m)
{
    const struct point *point = any(m, m->now->points);
    if (g_hash_table_size(m->owner) < OBSERVED_MAX && !is_observed(m, point->id))
        g_hash_table_insert(m->owner, g_strdup(point->id), g_strdup_printf("point %s", point->id));
}

static void begin(struct model *m)
{
    g_autoptr(plx_map) map = plx_template_load("marketplace-order", NULL);
    *m = (struct model){.rand = g_rand_new_with_seed(20), .now = world_new()};
    for (guint i = 0; i < map->n_points; i++)
        g_ptr_array_add(m->now->points, point_new(map->points[i].id, (gint)i % TRANSACTIONS, 0));
    m->map = world_map(m->now, "");
    m->owner = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    for (guint i = 0; i < map->n_points / 2; i++)
        observe(m);
}

static void end(struct model *m)
{
    g_rand_free(m->rand);
    world_free(m->now);
    plx_map_free(m->map);
    g_hash_table_unref(m->owner);
}

static void test_in_a_row(void)
{
    struct model m;
    begin(&m);
    guint tried[G_N_ELEMENTS(edits)] = {0};
    for (guint done = 0; done < edits_wanted;) {
        guint kind = (guint)g_rand_int_range(m.rand, 0, G_N_ELEMENTS(edits));
        if (!step(&m, kind))
            continue;
        done++;
        tried[kind]++;
        check_owners(&m);
        if (g_rand_int_range(m.rand, 0, 4) == 0)
            observe(&m);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(edits); i++)
        g_assert_cmpuint(tried[i], >, 0);
    g_test_message("%u maps applied, %u refused, %u ids with answers", m.legal, m.refused,
                   g_hash_table_size(m.owner));
    /* And the scale under the answers stays. */
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) other = world_map(m.now, "audiences: {customer: {scale: feeling}}\n");
    g_assert_null(compare(&m, other, &error));
    g_assert_nonnull(
        strstr(error->message, "the audience \"customer\" has 3 answers on its scale"));
    end(&m);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    if (argc > 1)
        edits_wanted = (guint)g_ascii_strtoull(argv[1], NULL, 10);
    g_test_add_func("/map-edits/in-a-row", test_in_a_row);
    return g_test_run();
}
