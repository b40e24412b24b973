/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/room.h"

#include "reading/world.h"

static const char cafe[] =
    "parallax: 1\n"
    "title: Corner café\n"
    "journeys:\n"
    "  - title: Breakfast\n"
    "    transactions:\n"
    "      - title: Arrive\n"
    "        points: [{id: door, title: The front door}, {id: hello, title: Greeting}]\n"
    "      - title: Eat\n"
    "        points: [{id: coffee, title: First sip of coffee}, {id: wait, title: Wait for the "
    "food}, {id: plate, title: The plate}, {id: music, title: Music}]\n"
    "      - title: Leave\n"
    "        points: [{id: bill, title: The bill}, {id: bye, title: Goodbye}]\n";

struct row {
    const char *point;
    const char *guesses[4]; /* taken in turn; none: nobody guessed */
    guint low, fine;        /* customers at level 3 and 4; none: nobody answered */
};

static const struct row full[] = {
    {"door", {"8", "9", "8", "7"}, 140, 60},    {"hello", {"2", "3", "4", "3"}, 60, 240},
    {"coffee", {"8", "8", "8", "8"}, 90, 360},  {"wait", {"9", "7", "10", "6"}, 270, 30},
    {"plate", {"5", "6", "7", "6"}, 21, 19},    {"music", {"4", "5", "6", "5"}, 0, 0},
    {"bill", {NULL, NULL, NULL, NULL}, 50, 50}, {"bye", {"7", "8", "6", "7"}, 240, 260},
};
static const struct row same[] = {
    {"door", {"8", "9", "8", "7"}, 140, 60},
    {"hello", {"8", "8", "8", "8"}, 60, 240},
    {"coffee", {"3", "2", "3", "2"}, 90, 310},
};
static const struct row hostile[] = {
    {"a", {"8", "9", "8", "7"}, 140, 60},
    {"b", {"2", "3", "4", "3"}, 60, 240},
    {"c", {"8", "8", "9", "7"}, 90, 360},
    {"d", {"9", "7", "10", "6"}, 270, 30},
};
static const char hostile_map[] =
    "parallax: 1\n"
    "title: '<b>Shop</b> & \"more\"'\n"
    "journeys:\n"
    "  - title: '</title><script>alert(2)</script>'\n"
    "    transactions:\n"
    "      - title: '<i>Arrive</i>'\n"
    "        points:\n"
    "          - {id: a, title: '<script>alert(1)</script>'}\n"
    "          - {id: b, title: '</script><img src=x onerror=alert(1)>'}\n"
    "          - {id: c, title: 'حالة الطرد عند الاستلام'}\n"
    "          - {id: d, title: 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'}\n";

static void fill(world *w, const char *by, guint persons, const char *tables,
                 const struct row *rows, guint n)
{
    for (guint r = 0; r < n; r++) {
        for (guint i = 0; i < persons && rows[r].guesses[0]; i++) {
            /* Nobody knows who sits at a table. */
            g_autofree char *who = tables ? g_strdup("") : g_strdup_printf("%s-%02u", by, i);
            world_add(w,
                      (struct world_row){.audience = by,
                                         .who = who,
                                         .point = rows[r].point,
                                         .believed = rows[r].guesses[i % 4],
                                         .group_size = tables},
                      1);
        }
        world_add(
            w,
            (struct world_row){
                .audience = "customer", .time = "2026-05-04", .point = rows[r].point, .level = "3"},
            rows[r].low);
        world_add(
            w,
            (struct world_row){
                .audience = "customer", .time = "2026-06-21", .point = rows[r].point, .level = "4"},
            rows[r].fine);
    }
}

static world *scaled(const char *scale)
{
    g_autofree char *yaml = g_strdup_printf("parallax: 1\ntitle: Last year's survey\nscales:\n"
                                            "  marks: {%s}\naudiences:\n  customer: {scale: "
                                            "marks}\n",
                                            scale);
    return world_new_map(yaml);
}

static world *make(enum room_kind kind)
{
    world *w = NULL;
    switch (kind) {
    case ROOM_FULL:
        w = world_new_map(cafe);
        fill(w, "leader", 12, NULL, full, G_N_ELEMENTS(full));
        return w;
    case ROOM_MASKED:
        w = world_new_map(cafe);
        fill(w, "leader", 7, NULL, same, G_N_ELEMENTS(same));
        return w;
    case ROOM_HIDDEN:
        w = world_new_map(cafe);
        fill(w, "leader", 3, NULL, full, G_N_ELEMENTS(full));
        return w;
    case ROOM_STARS:
        w = scaled("min: 1, max: 5, desired: 4");
        fill(w, "staff", 6, "7", full, G_N_ELEMENTS(full));
        return w;
    case ROOM_DOWN:
        w = scaled("min: 1, max: 6, desired: 3, direction: down");
        fill(w, "leader", 12, NULL, same, G_N_ELEMENTS(same));
        return w;
    case ROOM_MARKS:
        w = scaled("min: 1, max: 5");
        fill(w, "leader", 12, NULL, same, G_N_ELEMENTS(same));
        return w;
    case ROOM_EMPTY:
        w = world_new();
        fill(w, "leader", 0, NULL, same, G_N_ELEMENTS(same));
        return w;
    case ROOM_HOSTILE:
        w = world_new_map(hostile_map);
        fill(w, "leader", 12, NULL, hostile, G_N_ELEMENTS(hostile));
        return w;
    case ROOM_KINDS:
        break;
    }
    g_assert_not_reached();
}

room *room_new(enum room_kind kind)
{
    static const struct plx_gaps_options plain = {0};
    g_autoptr(GError) error = NULL;
    room *r = g_new0(room, 1);
    r->world = make(kind);
    r->beliefs = plx_beliefs_read(world_source(r->world), &plain, &error);
    g_assert_no_error(error);
    return r;
}

void room_free(room *r)
{
    plx_beliefs_free(r->beliefs);
    world_free(r->world);
    g_free(r);
}

const char *room_name(enum room_kind kind)
{
    static const char *const names[ROOM_KINDS] = {"full", "masked", "hidden", "stars",
                                                  "down", "marks",  "empty",  "hostile"};
    return names[kind];
}
