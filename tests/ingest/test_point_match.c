/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/error.h"
#include "ingest/point_match.h"
#include "map/map_file.h"

#include <string.h>

static const char airline[] =
    "parallax: 1\n"
    "title: A flight\n"
    "journeys:\n"
    "  - id: flight\n"
    "    title: A flight\n"
    "    transactions:\n"
    "      - id: before\n"
    "        title: Before\n"
    "        points:\n"
    "          - {id: booking, title: Booking on the website}\n"
    "          - {id: check-in, title: Check-in}\n"
    "          - {id: gate, title: Way to the gate}\n"
    "          - {id: boarding, title: Boarding}\n"
    "      - id: on-board\n"
    "        title: On board\n"
    "        points:\n"
    "          - {id: seat, title: The seat}\n"
    "          - {id: meal, title: Food and drinks}\n"
    "          - {id: wifi, title: Wifi}\n"
    "          - {id: films, title: Films and music,\n"
    "             levels: {2: nothing works, 4: entertainment for everybody}}\n"
    "          - {id: cleaning, title: Cleanliness of the cabin}\n"
    "          - {id: baggage, title: Baggage at the belt}\n";

static const char german[] = "parallax: 1\n"
                             "language: de\n"
                             "title: Filiale\n"
                             "journeys:\n"
                             "  - id: einkauf\n"
                             "    title: Einkauf\n"
                             "    transactions:\n"
                             "      - id: kasse\n"
                             "        title: Kasse\n"
                             "        points:\n"
                             "          - {id: schlange, title: Warten an der Kasse}\n"
                             "          - {id: beratung, title: Beratung im Markt}\n"
                             "          - {id: sauber, title: Sauberkeit}\n";

static plx_map *read_map(const char *text)
{
    g_autoptr(GError) error = NULL;
    plx_map *const map = plx_map_read_memory(text, strlen(text), "map", &error);
    g_assert_no_error(error);
    return map;
}

/* The first that is found; "" when nothing is. */
static const char *best(const plx_map *map, const char *question)
{
    g_autoptr(plx_point_match) match = plx_point_match_new(map, NULL);
    g_autoptr(GArray) found = plx_point_match_find(match, question);
    return found->len > 0 ? map->points[g_array_index(found, struct plx_match, 0).point].id : "";
}

/* The header of a survey of passengers (Airline Passenger Satisfaction). */
static void test_header(void)
{
    static const struct {
        const char *question, *point;
    } cases[] = {
        {"Departure and Arrival Time Convenience", ""},
        {"Ease of Online Booking", "booking"},
        {"Check-in Service", "check-in"},
        {"Online Boarding", "boarding"},
        {"Gate Location", "gate"},
        {"Seat Comfort", "seat"},
        {"Cleanliness", "cleaning"},
        {"Food and Drink", "meal"},
        {"In-flight Wifi Service", "wifi"},
        {"In-flight Entertainment", "films"},
        {"Baggage Handling", "baggage"},
    };
    g_autoptr(plx_map) map = read_map(airline);
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].question);
        g_assert_cmpstr(best(map, cases[i].question), ==, cases[i].point);
    }
}

static void test_questions(void)
{
    g_autoptr(plx_map) map = read_map(airline);
    g_assert_cmpstr(best(map, "Q7 How satisfied were you with the seats on your last flight?"), ==,
                    "seat");
    g_autoptr(plx_map) shop = read_map(german);
    g_assert_cmpstr(best(shop, "Wie zufrieden waren Sie mit der Wartezeit?"), ==, "schlange");
    g_assert_cmpstr(best(shop, "Wie gut wurden Sie beraten?"), ==, "beratung");
    g_assert_cmpstr(best(shop, "Alter"), ==, "");
}

/* The same words are 1, and nobody is found for none. */
static void test_likeness(void)
{
    g_autoptr(plx_map) map = read_map(airline);
    g_autoptr(plx_point_match) match = plx_point_match_new(map, NULL);
    g_autoptr(GArray) same = plx_point_match_find(match, "food AND drinks");
    g_assert_cmpfloat_with_epsilon(g_array_index(same, struct plx_match, 0).likeness, 1.0, 1e-12);
    g_autoptr(GArray) none = plx_point_match_find(match, "");
    g_assert_cmpuint(none->len, ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/point-match/header", test_header);
    g_test_add_func("/point-match/questions", test_questions);
    g_test_add_func("/point-match/likeness", test_likeness);
    return g_test_run();
}
