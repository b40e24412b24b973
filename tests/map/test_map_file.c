/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map/map_file.h"

#include "base/error.h"

#include <string.h>

static const char whole[] =
    "parallax: 1\n"
    "title: {en: Small shop, de: Kleiner Laden}\n"
    "about: A shop\n"
    "margin: 0.4\n"
    "scales:\n"
    "  stars: {min: 1, max: 5, floor: 1, met: 3, desired: 4, top: 5}\n"
    "  pain: {min: 0, max: 10, floor: 8, met: 4, desired: 2, top: 0, direction: down,\n"
    "         labels: {words: [no, b, c, d, e, f, g, h, i, j, all]}}\n"
    "  six-levels: {labels: {words: [{en: A, de: Ä}, B, C, D, E, F]}}\n"
    "measures:\n"
    "  Pain felt: {scale: pain, of: journey}\n"
    "  effort: {title: Ease, scale: stars}\n"
    "audiences:\n"
    "  partner: {served: true, scale: stars, identity: panel}\n"
    "  leader: {population: 9, named: yes}\n"
    "  customer: {minimum: 3, identity: anonymous, title: {en: Guests, de: Gäste}}\n"
    "  neighbour:\n"
    "journeys:\n"
    "  - title: Order\n"
    "    transactions:\n"
    "      - title: Find it\n"
    "        points:\n"
    "          - Campaign page\n"
    "          - id: door\n"
    "            title: {en: At the door, de: An der Tür}\n"
    "            senses: [hear, see]\n"
    "            channels: van\n"
    "            value: delivery\n"
    "            levels: {1: Broken, 6: {en: Wow, de: Toll}}\n"
    "            target: 4\n"
    "            effort: week\n"
    "            was: [Front door, gate]\n"
    "  - title: Return\n"
    "    transactions:\n"
    "      - {title: Send back, points: [{use: door}, {title: Label, was: gate}]}\n"
    "tasks:\n"
    "  - {title: Drive, owner: Operations, event: drv, points: [label, Door]}\n"
    "promises:\n"
    "  - {id: next-day, words: Tomorrow, where: Web, since: 2024-02-29, points: door}\n";

static plx_map *read_text(const char *text, GError **error)
{
    return plx_map_read_memory(text, strlen(text), "m.yaml", error);
}

static plx_map *read_whole(void)
{
    g_autoptr(GError) error = NULL;
    plx_map *map = read_text(whole, &error);
    g_assert_no_error(error);
    return map;
}

static void test_definitions(void)
{
    g_autoptr(plx_map) map = read_whole();
    g_assert_cmpstr(map->title, ==, "Small shop");
    g_assert_cmpstr(map->about, ==, "A shop");
    g_assert_cmpfloat(map->margin, ==, 0.4);
    static const char *const audiences[] = {"leader",   "staff",   "shopper",
                                            "customer", "partner", "neighbour"};
    g_assert_cmpuint(map->n_audiences, ==, G_N_ELEMENTS(audiences));
    for (guint i = 0; i < map->n_audiences; i++)
        g_assert_cmpstr(map->audiences[i].id, ==, audiences[i]);
    g_assert_cmpint(map->audiences[0].population, ==, 9);
    g_assert_true(map->audiences[0].named);
    g_assert_cmpuint(map->audiences[3].minimum, ==, 3);
    g_assert_cmpint(map->audiences[3].identity, ==, PLX_IDENTITY_ANONYMOUS);
    g_assert_cmpstr(map->audiences[3].title, ==, "Guests");
    g_assert_cmpstr(map->audiences[4].scale->id, ==, "stars");
    g_assert_cmpint(map->audiences[4].identity, ==, PLX_IDENTITY_PANEL);
    g_assert_cmpstr(map->audiences[5].title, ==, "neighbour");
    g_assert_cmpuint(map->n_measures, ==, PLX_MEASURE_DECLARED + 1);
    const struct plx_measure_def *pain = &map->measures[PLX_MEASURE_DECLARED];
    g_assert_cmpstr(pain->id, ==, "pain-felt");
    g_assert_cmpstr(pain->title, ==, "Pain felt");
    g_assert_cmpuint(pain->subjects, ==, 1u << PLX_SUBJECT_JOURNEY);
    g_assert_true(pain->scale->down);
    g_assert_cmpstr(pain->scale->words[10], ==, "all");
    g_assert_cmpstr(map->measures[PLX_MEASURE_EFFORT].title, ==, "Ease");
    g_assert_cmpstr(map->measures[PLX_MEASURE_EFFORT].scale->id, ==, "stars");
    g_assert_cmpstr(map->scales[0]->words[0], ==, "A");
    g_assert_cmpstr(map->scales[0]->sentences[0], ==, "They let me down");
}

static void test_points(void)
{
    g_autoptr(plx_map) map = read_whole();
    g_assert_true(plx_map_is_closed(map));
    g_assert_cmpuint(map->n_journeys, ==, 2);
    g_assert_cmpuint(map->n_points, ==, 3);
    g_assert_cmpstr(map->journeys[0].transactions[0].id, ==, "find-it");
    const struct plx_point *page = &map->points[0];
    g_assert_cmpstr(page->id, ==, "campaign-page");
    g_assert_cmpint(page->value, ==, -1);
    g_assert_cmpint(page->effort, ==, -1);
    g_assert_cmpint(page->target, ==, 0);
    g_assert_null(page->levels);
    gint i = plx_map_find_point(map, "door");
    g_assert_cmpint(i, ==, 1);
    const struct plx_point *door = &map->points[i];
    g_assert_cmpuint(door->senses, ==, PLX_SENSE_SEE | PLX_SENSE_HEAR);
    g_assert_cmpstr(door->channels[0], ==, "van");
    g_assert_null(door->channels[1]);
    g_assert_cmpint(door->value, ==, PLX_VALUE_DELIVERY);
    g_assert_cmpint(door->effort, ==, PLX_EFFORT_WEEK);
    g_assert_cmpint(door->target, ==, 4);
    g_assert_cmpstr(door->levels[0], ==, "Broken");
    g_assert_null(door->levels[1]);
    g_assert_cmpstr(door->levels[5], ==, "Wow");
    g_assert_cmpuint(door->order, ==, 1);
    /* used elsewhere, at home once */
    const struct plx_transaction *back = &map->journeys[1].transactions[0];
    g_assert_cmpuint(back->n_points, ==, 2);
    g_assert_cmpuint(back->points[0], ==, 1);
    g_assert_cmpuint(back->points[1], ==, 2);
    g_assert_cmpuint(door->journey, ==, 0);
    /* earlier ids: one claims front-door, two claim gate */
    g_assert_cmpstr(door->was[0], ==, "front-door");
    g_assert_cmpint(plx_map_find_point(map, "front-door"), ==, 1);
    g_assert_cmpint(plx_map_find_point(map, "gate"), ==, -1);
}

static void test_beside(void)
{
    g_autoptr(plx_map) map = read_whole();
    const struct plx_task *drive = &map->tasks[plx_map_find_task(map, "drive")];
    g_assert_cmpstr(drive->owner, ==, "Operations");
    g_assert_cmpstr(drive->event, ==, "drv");
    g_assert_cmpuint(drive->n_points, ==, 2);
    g_assert_cmpuint(drive->points[0], ==, 1); /* map order, not the order written */
    g_assert_cmpuint(drive->points[1], ==, 2);
    const struct plx_promise *promise = &map->promises[plx_map_find_promise(map, "next-day")];
    g_assert_cmpstr(promise->title, ==, "Tomorrow");
    g_assert_cmpstr(promise->where, ==, "Web");
    g_assert_cmpstr(promise->since, ==, "2024-02-29");
    g_assert_cmpuint(promise->points[0], ==, 1);
    g_assert_cmpint(plx_map_find_journey(map, "return"), ==, 1);
}

static void test_languages(void)
{
    g_autoptr(plx_map) map = read_whole();
    g_assert_cmpstr(map->language, ==, "en");
    g_assert_cmpstr(plx_map_text(map, map->title, "de"), ==, "Kleiner Laden");
    g_assert_cmpstr(plx_map_text(map, map->title, "fr"), ==, "Small shop");
    g_assert_cmpstr(plx_map_text(map, map->points[1].title, "de"), ==, "An der Tür");
    g_assert_cmpstr(plx_map_text(map, map->points[1].levels[5], "de"), ==, "Toll");
    g_assert_cmpstr(plx_map_text(map, map->points[0].title, "de"), ==, "Campaign page");
    g_assert_cmpstr(plx_map_text(map, map->audiences[3].title, "de"), ==, "Gäste");
    g_assert_cmpstr(plx_map_text(map, map->scales[0]->words[0], "de"), ==, "Ä");

    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) german =
        read_text("parallax: 1\nlanguage: de\ntitle: {en: Shop, de: Laden}\n", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(german->title, ==, "Laden");
    g_assert_cmpstr(plx_map_text(german, german->title, "en"), ==, "Shop");
}

/* ---- errors ---- */

#define HEAD "parallax: 1\ntitle: T\n"
#define POINTS HEAD "journeys:\n- title: Order\n  transactions:\n  - title: Find\n    points:\n"
#define TWO POINTS "    - Campaign page\n    - Doorstep\n"

/* Kept in fuzz/corpus/map, too: a table of what must be refused is a good beginning. */
static const struct {
    const char *text, *message;
} refused[] = {
    /* the head */
    {"", "m.yaml: the file is empty"},
    {"- a\n", "m.yaml:1:1: a map must be a mapping (lines of \"key: value\"), not a list"},
    {"title: T\n", "m.yaml:1:1: a map begins with the line \"parallax: 1\""},
    {"parallax: 2\n", "m.yaml:1:11: this program reads maps of \"parallax: 1\", not \"2\""},
    {"parallax: [1]\n", "m.yaml:1:11: this program reads maps of \"parallax: 1\", not a list"},
    {"parallax: 1\n", "m.yaml:1:1: a map needs \"title\""},
    {"parallax: 1\ntitel: T\n",
     "m.yaml:2:1: unknown key \"titel\" in the map; did you mean \"title\"?"},
    {"parallax: 1\ntitle: T\ntitle: U\n", "m.yaml:3:1: \"title\" is here twice; first on line 2"},
    {"parallax: 1\ntitle:\n", "m.yaml:2:7: title must be a text, not nothing"},
    {HEAD "margin: 0\n", "m.yaml:3:9: margin must be a number from 0.05 to 2.5, not \"0\""},
    {HEAD "language: english\n",
     "m.yaml:3:11: a language is a code such as en, de or pt-BR, not \"english\""},
    {"parallax: 1\ntitle: {de: Laden}\n",
     "m.yaml:2:8: title has no text in \"en\", the language of this map (key \"language\")"},
    {"parallax: 1\ntitle: {en: Shop, German: Laden}\n",
     "m.yaml:2:19: a language is a code such as en, de or pt-BR, not \"German\""},
    /* scales */
    {HEAD "scales: [stars]\n",
     "m.yaml:3:9: scales must be a mapping (lines of \"key: value\"), not a list"},
    {HEAD "scales:\n  s: {max: 5}\n", "m.yaml:4:6: a scale needs \"min\""},
    {HEAD "scales:\n  s: {min: 5, max: 5}\n", "m.yaml:4:20: scale \"s\": max must be above min"},
    {HEAD "scales:\n  s: {min: -100, max: 100}\n",
     "m.yaml:4:23: scale \"s\": at most 101 values are possible"},
    {HEAD "scales:\n  s: {min: 1, max: 1000}\n",
     "m.yaml:4:20: max must be a whole number from -100 to 100, not \"1000\""},
    {HEAD "scales:\n  s: {min: 1, max: 5, met: 6}\n",
     "m.yaml:4:28: scale \"s\": met must lie within min and max"},
    {HEAD "scales:\n  s: {min: 1, max: 5, desird: 4}\n",
     "m.yaml:4:23: unknown key \"desird\" in scale; did you mean \"desired\"?"},
    {HEAD "scales:\n  s: {min: 1, max: 5, direction: dwon}\n",
     "m.yaml:4:34: direction must be one of up, down, not \"dwon\"; did you mean \"down\"?"},
    {HEAD "scales:\n  s: {min: 1, max: 3, labels: {words: [a, b]}}\n",
     "m.yaml:4:39: words of scale \"s\" must be 3 texts, one for each of 1 to 3, not 2"},
    {HEAD "scales:\n  six levels: {min: 1, max: 5}\n",
     "m.yaml:4:16: unknown key \"min\" in the built-in scale \"six-levels\"; known: labels"},
    {HEAD "scales:\n  s: {min: 1, max: 3}\n  S: {min: 1, max: 3}\n",
     "m.yaml:5:3: a scale \"s\" is on this map already"},
    {HEAD "scales:\n  \"*\": {min: 1, max: 3}\n",
     "m.yaml:4:3: a scale needs a letter or digit in its name, not \"*\""},
    /* measures */
    {HEAD "measures:\n  wait: {title: W}\n", "m.yaml:4:9: a measure needs \"scale\""},
    {HEAD "measures:\n  wait: {scale: efort}\n",
     "m.yaml:4:17: unknown scale \"efort\"; did you mean \"effort\"?"},
    {HEAD "measures:\n  weight: {scale: effort}\n",
     "m.yaml:4:3: \"weight\" is a column of its own, no name for a measure"},
    {HEAD "measures:\n  wait: {scale: effort, of: pint}\n",
     "m.yaml:4:29: of must be one of point, journey, task, promise, not \"pint\"; did you mean "
     "\"point\"?"},
    {HEAD "measures:\n  level: {scale: effort}\n",
     "m.yaml:4:11: unknown key \"scale\" in the built-in measure \"level\"; known: title"},
    /* audiences */
    {HEAD "audiences:\n  leader: {minimum: 3}\n",
     "m.yaml:4:21: \"leader\" is protected, so its minimum is at least 5; where all have agreed "
     "to be seen, write \"named: true\""},
    {HEAD "audiences:\n  leader: {population: 0}\n",
     "m.yaml:4:24: population must be a whole number from 1 to 10000000000, not \"0\""},
    {HEAD "audiences:\n  leader: {populaton: 9}\n",
     "m.yaml:4:12: unknown key \"populaton\" in audience; did you mean \"population\"?"},
    {HEAD "audiences:\n  customer: {served: false}\n",
     "m.yaml:4:3: one audience at least must be \"served: true\": those whose view decides"},
    {HEAD "audiences:\n  customer: {identity: anon}\n",
     "m.yaml:4:24: identity must be one of anonymous, visit, panel, not \"anon\"; did you mean "
     "\"anonymous\"?"},
    {HEAD "audiences:\n  Leader:\n  leader:\n",
     "m.yaml:5:3: an audience \"leader\" is on this map already"},
    /* journeys */
    {HEAD "journeys: []\n",
     "m.yaml:3:11: journeys is empty; leave the key out to accept any point"},
    {HEAD "journeys: {order: 1}\n",
     "m.yaml:3:11: journeys must be a list (lines that begin with \"- \"), not a mapping"},
    {HEAD "journeys:\n- title: Order\n", "m.yaml:4:3: the journey \"order\" has no transactions"},
    {HEAD "journeys:\n- title: Order\n  transactions: []\n",
     "m.yaml:5:17: the journey \"order\" has no transactions"},
    {HEAD "journeys:\n- title: Order\n  transactions:\n  - title: Find\n    points:\n",
     "m.yaml:7:12: the transaction \"find\" has no points"},
    {HEAD "journeys:\n- id: order\n  transactions: []\n", "m.yaml:4:3: a journey needs \"title\""},
    {HEAD "journeys:\n- title: Order\n  steps: []\n",
     "m.yaml:5:3: unknown key \"steps\" in journey; known: id, title, transactions, was"},
    {TWO "- title: order\n  transactions:\n  - title: Find\n    points: [X]\n",
     "m.yaml:10:10: a journey \"order\" is on this map already; give this one an id of its own"},
    {TWO "  - title: Find\n    points: [X]\n",
     "m.yaml:10:12: a transaction \"find\" is on this map already; give this one an id of its "
     "own"},
    /* points */
    {TWO "    - doorstep\n",
     "m.yaml:10:7: a point \"doorstep\" is on this map already; give this one an id of its own"},
    {TWO "    - {id: doorstep, title: Other}\n",
     "m.yaml:10:12: a point \"doorstep\" is on this map already"},
    {TWO "    - {id: Door Bell, title: Bell}\n",
     "m.yaml:10:12: the id of a point is written \"door-bell\", not \"Door Bell\""},
    {TWO "    - {id: \"--\", title: Bell}\n",
     "m.yaml:10:12: the id of a point needs a letter or digit, not \"--\""},
    {TWO "    - ★★★\n",
     "m.yaml:10:7: no letter or digit in the title \"★★★\": give this point an id"},
    {TWO "    - {id: bell}\n", "m.yaml:10:7: a point needs \"title\""},
    {TWO "    - {title: Bell, sense: [see]}\n",
     "m.yaml:10:21: unknown key \"sense\" in point; did you mean \"senses\"?"},
    {TWO "    - {title: Bell, senses: [see, haer]}\n",
     "m.yaml:10:35: a sense must be one of see, hear, touch, taste, smell, feel, not \"haer\"; "
     "did you mean \"hear\"?"},
    {TWO "    - {title: Bell, senses: [see, see]}\n",
     "m.yaml:10:35: the sense \"see\" is in this list twice"},
    {TWO "    - {title: Bell, value: speed}\n",
     "m.yaml:10:28: value must be one of product, delivery, mindset, relationship, not "
     "\"speed\""},
    {TWO "    - {title: Bell, effort: weak}\n",
     "m.yaml:10:29: effort must be one of today, week, quarter, project, not \"weak\"; did you "
     "mean \"week\"?"},
    {TWO "    - {title: Bell, target: 7}\n",
     "m.yaml:10:29: target must be a whole number from 1 to 6, not \"7\""},
    {TWO "    - {title: Bell, levels: {0: x}}\n",
     "m.yaml:10:30: a level is a number from 1 to 6, not \"0\""},
    {TWO "    - {title: Bell, levels: {3: }}\n",
     "m.yaml:10:33: a level's text must be a text, not nothing"},
    {TWO "    - {title: Bell, levels: [x]}\n",
     "m.yaml:10:29: levels must be a mapping (lines of \"key: value\"), not a list"},
    {TWO "    - {title: Bell, channels: {web: 1}}\n",
     "m.yaml:10:31: channels must be a list of texts, not a mapping"},
    {TWO "    - {title: Bell, was: doorstep}\n",
     "m.yaml:10:26: \"doorstep\" is a point of this map; \"was\" names ids that are no longer in "
     "use"},
    {TWO "    - {use: doorstep}\n",
     "m.yaml:10:13: the point \"doorstep\" is at home in this journey; only other journeys use "
     "it"},
    {TWO "- title: Back\n  transactions:\n  - title: Go\n    points: [{use: dorstep}]\n",
     "m.yaml:13:20: unknown point \"dorstep\"; did you mean \"doorstep\"?"},
    {TWO "- title: Back\n  transactions:\n  - title: Go\n    points: [{use: doorstep, id: x}]\n",
     "m.yaml:13:30: unknown key \"id\" in a point used from elsewhere; known: use"},
    {TWO "- title: Back\n  transactions:\n  - title: Go\n    points: [{use: doorstep}, {use: "
         "Doorstep}]\n",
     "m.yaml:13:37: this journey uses the point \"doorstep\" already"},
    /* tasks */
    {TWO "tasks:\n- {title: Drive, points: [doorstep, campain-page]}\n",
     "m.yaml:11:37: unknown point \"campain-page\"; did you mean \"campaign-page\"?"},
    {TWO "tasks:\n- {title: Drive, points: [doorstep, Doorstep]}\n",
     "m.yaml:11:37: the point \"doorstep\" is in this list twice"},
    {TWO "tasks:\n- {title: Drive}\n- {title: drive}\n",
     "m.yaml:12:11: a task \"drive\" is on this map already; give this one an id of its own"},
    {TWO "tasks:\n- {title: Drive, ownr: X}\n",
     "m.yaml:11:18: unknown key \"ownr\" in task; did you mean \"owner\"?"},
    {TWO "tasks: {}\n",
     "m.yaml:10:8: tasks must be a list (lines that begin with \"- \"), not a mapping"},
    {HEAD "tasks:\n- {title: Drive, points: [x]}\n", "m.yaml:4:27: unknown point \"x\""},
    /* promises */
    {TWO "promises:\n- {words: Soon}\n", "m.yaml:11:3: a promise needs \"points\""},
    {TWO "promises:\n- {words: Soon, points: []}\n",
     "m.yaml:11:25: the promise \"soon\" has no points"},
    {TWO "promises:\n- {points: [doorstep]}\n", "m.yaml:11:3: a promise needs \"words\""},
    {TWO "promises:\n- {words: Soon, title: Soon, points: doorstep}\n",
     "m.yaml:11:17: a promise has either \"words\" or \"title\", which is the same"},
    {TWO "promises:\n- {words: Soon, since: 2026-13-40, points: doorstep}\n",
     "m.yaml:11:24: since must be a date such as 2026-03-31, not \"2026-13-40\""},
    {TWO "promises:\n- {words: Soon, since: 2025-02-29, points: doorstep}\n",
     "m.yaml:11:24: since must be a date such as 2026-03-31, not \"2025-02-29\""},
    {TWO "promises:\n- {words: Soon, since: soon, points: doorstep}\n",
     "m.yaml:11:24: since must be a date such as 2026-03-31, not \"soon\""},
    {HEAD "vignettes: [Late]\n",
     "m.yaml:3:12: vignettes need journeys: they explain the levels of the points there"},
    {TWO "vignettes: Late\n",
     "m.yaml:10:12: vignettes must be a list (lines that begin with \"- \"), not \"Late\""},
    {TWO "vignettes:\n- {id: late}\n", "m.yaml:11:3: a vignette needs \"words\""},
    {TWO "vignettes:\n- {words: Late, title: Late}\n",
     "m.yaml:11:17: a vignette has either \"words\" or \"title\", which is the same"},
    {TWO "vignettes:\n- {words: Late, order: 1}\n",
     "m.yaml:11:17: unknown key \"order\" in vignette; known: id, words, title, for, was"},
    {TWO "vignettes:\n- {words: Late, for: door}\n",
     "m.yaml:11:22: unknown point \"door\"; did you mean \"doorstep\"?"},
    {TWO "vignettes:\n- {words: Late, for: []}\n",
     "m.yaml:11:22: \"for\" is empty; leave it out if the vignette \"late\" stands for all points"},
    {TWO "vignettes:\n- Late\n- {words: Later, for: late}\n",
     "m.yaml:12:23: \"late\" is a vignette itself; it stands for points"},
    {TWO "vignettes:\n- Doorstep\n",
     "m.yaml:11:3: a point \"doorstep\" is on this map already; give this one an id of its own"},
    {TWO "vignettes:\n- Late\ntasks:\n- {title: Drive, points: late}\n",
     "m.yaml:13:26: unknown point \"late\""},
};

/* Behind the points, with the home of the first point they stand for. */
static void test_vignettes(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map =
        read_text(TWO "vignettes:\n- Nobody comes\n- {id: late, words: An hour "
                      "late, for: doorstep, was: tardy}\n",
                  &error);
    g_assert_no_error(error);
    g_assert_cmpuint(map->n_vignettes, ==, 2);
    const struct plx_point *general = &map->points[map->n_points], *own = general + 1;
    g_assert_cmpstr(general->id, ==, "nobody-comes");
    g_assert_cmpstr(general->title, ==, "Nobody comes");
    g_assert_cmpuint(general->n_stands_for, ==, 0);
    g_assert_cmpuint(own->n_stands_for, ==, 1);
    const gint doorstep = plx_map_find_point(map, "doorstep");
    g_assert_cmpint((gint)own->stands_for[0], ==, doorstep);
    g_assert_cmpuint(own->transaction, ==, map->points[doorstep].transaction);
    g_assert_false(plx_map_is_vignette(map, doorstep));
    g_assert_true(plx_map_is_vignette(map, plx_map_find_point(map, "tardy")));
    g_assert_false(plx_map_is_vignette(map, -1));
}

static void test_refused(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        plx_map *map = read_text(refused[i].text, &error);
        if (!error || strcmp(error->message, refused[i].message) != 0)
            g_test_message("%s", refused[i].text);
        g_assert_error(error, PLX_ERROR, PLX_ERROR_INPUT);
        g_assert_cmpstr(error->message, ==, refused[i].message);
        g_assert_null(map);
    }
}

static void test_too_many(void)
{
    g_autoptr(GString) text = g_string_new(HEAD "measures:\n");
    for (int i = 0; i < PLX_MEASURES_MAX - PLX_MEASURE_DECLARED + 1; i++)
        g_string_append_printf(text, "  m%d: {scale: effort}\n", i);
    g_autoptr(GError) error = NULL;
    g_assert_null(read_text(text->str, &error));
    g_assert_cmpstr(error->message, ==, "m.yaml:20:3: at most 29 measures are possible");
    g_clear_error(&error);

    g_string_assign(text, HEAD "audiences:\n");
    for (int i = 0; i < PLX_AUDIENCES_MAX - 3; i++)
        g_string_append_printf(text, "  a%d:\n", i);
    g_assert_null(read_text(text->str, &error));
    g_assert_cmpstr(error->message, ==, "m.yaml:32:3: at most 32 audiences are possible");
    g_clear_error(&error);

    g_string_assign(text, TWO "vignettes:\n");
    for (int i = 0; i <= PLX_MAP_VIGNETTES_MAX; i++)
        g_string_append_printf(text, "- v%d\n", i);
    g_assert_null(read_text(text->str, &error));
    g_assert_cmpstr(error->message, ==,
                    "m.yaml:31:3: at most 20 vignettes are possible; two or three do");
    g_clear_error(&error);

    g_string_assign(text, POINTS);
    for (int i = 0; i <= PLX_POINTS_MAX; i++)
        g_string_append_printf(text, "    - p%d\n", i);
    g_assert_null(read_text(text->str, &error));
    g_assert_cmpstr(error->message, ==, "m.yaml:65008:7: at most 65000 points are possible");
}

static void test_no_file(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(plx_map_read("/nonexistent/map.yaml", &error));
    g_assert_error(error, PLX_ERROR, PLX_ERROR_IO);
    g_assert_cmpstr(error->message, ==, "/nonexistent/map.yaml: No such file or directory");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/map-file/definitions", test_definitions);
    g_test_add_func("/map-file/points", test_points);
    g_test_add_func("/map-file/beside", test_beside);
    g_test_add_func("/map-file/vignettes", test_vignettes);
    g_test_add_func("/map-file/languages", test_languages);
    g_test_add_func("/map-file/refused", test_refused);
    g_test_add_func("/map-file/too-many", test_too_many);
    g_test_add_func("/map-file/no-file", test_no_file);
    return g_test_run();
}
