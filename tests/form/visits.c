/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "visits.h"

#include "map/map_file.h"

#include <string.h>

const char visits_shop[] =
    "parallax: 1\ntitle: Shop\njourneys:\n  - title: Buy\n    transactions:\n      - title: Come\n"
    "        points:\n          - {title: Door, levels: {1: locked, 6: opened for you}}\n"
    "          - Greeting\n      - title: Pay\n        points: [Till]\n  - title: Return\n"
    "    transactions:\n      - title: Back\n        points: [{use: door}, Refund]\n"
    "tasks:\n  - {title: Greet, points: [greeting]}\n  - {title: Pay out, points: [refund]}\n"
    "promises:\n  - {id: fast, words: Nobody waits, points: [till]}\n"
    "  - {id: safe, words: Money back, points: [refund]}\n";

plx_map *visits_map(const char *yaml)
{
    g_autoptr(GError) error = NULL;
    plx_map *const map = plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error);
    g_assert_no_error(error);
    return map;
}

void visits_must(plx_visit_list *list, gint64 visit, const char *act, const char *body)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_visit_apply(list, visit, VISITS_WHEN, "anna", act, body, &error));
    g_assert_no_error(error);
}

void visits_assign(plx_visit_list *list, gint64 visit, gint64 shopper, const char *hash)
{
    g_autofree char *body = plx_visit_assign_text(shopper, hash);
    visits_must(list, visit, "assign", body);
}
