/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step/step.h"

#include "base/error.h"
#include "map/map_file.h"

#include <string.h>

#define DAY G_GINT64_CONSTANT(86400)
#define START 20836 /* 2027-01-18 */

static const char yaml[] = "parallax: 1\n"
                           "title: Shop\n"
                           "journeys:\n"
                           "  - title: Visit\n"
                           "    transactions:\n"
                           "      - title: Arrive\n"
                           "        points:\n"
                           "          - {id: door, title: At the door, was: [gate]}\n"
                           "          - {id: greeting, title: The greeting}\n"
                           "          - {id: queue, title: The queue}\n"
                           "      - title: Pay\n"
                           "        points:\n"
                           "          - {id: till, title: At the till}\n"
                           "vignettes:\n"
                           "  - {id: late-room, title: The room is ready an hour late}\n"
                           "retired:\n"
                           "  points:\n"
                           "    - {id: fax, title: The fax}\n";

static const char *const known[] = {"Aachen", "Bonn", "Celle", "Düren", "Essen",
                                    "Fulda",  "Gera", "Halle", NULL};
static const char *const four[] = {"Bonn", "Aachen", "Celle", "Düren", NULL};
static const char *const others[] = {"Essen", "Fulda", "Gera", "Halle", NULL};

static plx_map *read_map(void)
{
    g_autoptr(GError) error = NULL;
    plx_map *const map = plx_map_read_memory(yaml, strlen(yaml), "map.yaml", &error);
    g_assert_no_error(error);
    return map;
}

/* All that is needed, and nothing else. */
static struct plx_step_ask usual(void)
{
    return (struct plx_step_ask){.point = "door",
                                 .from = "2",
                                 .share = "0.6",
                                 .start = "2027-01-18",
                                 .places = four,
                                 .compare = others};
}

static struct plx_step_plan *make(const struct plx_step_plan *before,
                                  const struct plx_step_ask *ask)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *plan = NULL;
    g_assert_true(plx_step_plan_make(before, ask, map, known, "anna", &plan, &error));
    g_assert_no_error(error);
    return plan;
}

static void refuse(const struct plx_step_ask *ask, int code, const char *message)
{
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *plan = NULL;
    g_assert_false(plx_step_plan_make(NULL, ask, map, known, "anna", &plan, &error));
    g_assert_nonnull(error);
    g_assert_cmpstr(error->message, ==, message);
    g_assert_true(g_error_matches(error, PLX_ERROR, code));
    g_assert_null(plan);
}

/* Plans --------------------------------------------------------------------------------------- */

static void test_defaults(void)
{
    const struct plx_step_ask ask = usual();
    struct plx_step_plan *const plan = make(NULL, &ask);
    g_assert_cmpstr(plan->point, ==, "door");
    g_assert_cmpint(plan->to, ==, 3);
    g_assert_cmpint(plan->repair, ==, PLX_STEP_DELIVERY);
    g_assert_cmpstr(plan->owner, ==, "anna");
    g_assert_null(plan->note);
    g_assert_cmpint(plan->start, ==, START);
    g_assert_cmpint(plan->baseline, ==, START - 56);
    g_assert_cmpfloat(plan->margin, ==, 0.5);
    g_assert_cmpstr(plan->places[0], ==, "Aachen"); /* sorted */
    g_assert_cmpuint(g_strv_length(plan->untouched), ==, 2);
    g_assert_cmpstr(plan->untouched[0], ==, "greeting");
    g_assert_cmpstr(plan->untouched[1], ==, "queue");
    g_assert_cmpuint(plan->n_looks, ==, 2);
    g_assert_cmpint(plan->looks[0].day, ==, START + 42);
    g_assert_cmpint(plan->looks[1].day, ==, START + 84);
    /* Half of the information: a quarter of the error. */
    g_assert_cmpfloat_with_epsilon(plan->looks[0].alpha, 0.0125, 1e-12);
    g_assert_cmpfloat_with_epsilon(plan->looks[1].alpha, 0.0375, 1e-12);
    g_assert_true(plx_step_has_places(plan));
    plx_step_plan_free(plan);
}

/* By title, by an earlier id; everything given. */
static void test_given(void)
{
    static const char *const looks[] = {"1m", "2027-04-01", "90d", NULL};
    static const char *const untouched[] = {"At the till", NULL};
    static const char *const one[] = {"Bonn", NULL};
    struct plx_step_ask ask = usual();
    ask.point = "Gate";
    ask.to = "3";
    ask.repair = "promise";
    ask.owner = "Zoë";
    ask.note = "signs say \"soon\"\nand more";
    ask.window = "3m";
    ask.margin = "0.25";
    ask.looks = looks;
    ask.untouched = untouched;
    ask.places = one;
    ask.compare = NULL;
    struct plx_step_plan *const plan = make(NULL, &ask);
    g_assert_cmpstr(plan->point, ==, "door");
    g_assert_cmpint(plan->repair, ==, PLX_STEP_PROMISE);
    g_assert_cmpint(plan->baseline, ==, START - 92);
    g_assert_cmpint(plan->looks[0].day, ==, START + 31);
    g_assert_cmpint(plan->looks[1].day, ==, START + 73);
    g_assert_cmpint(plan->looks[2].day, ==, START + 90);
    g_assert_cmpfloat(plan->margin, ==, 0.25);
    g_assert_cmpstr(plan->untouched[0], ==, "till");
    g_assert_false(plx_step_has_places(plan));
    /* It comes back as it was. */
    g_autofree char *text = plx_step_plan_text(plan);
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *const read = plx_step_plan_read(text, "w.plx", &error);
    g_assert_no_error(error);
    g_autofree char *again = plx_step_plan_text(read);
    g_assert_cmpstr(again, ==, text);
    g_assert_cmpstr(read->note, ==, ask.note);
    g_assert_cmpuint(g_strv_length(read->compare), ==, 0);
    plx_step_plan_free(plan);
    plx_step_plan_free(read);
}

#define REFUSE(field, value, code, message)                                                        \
    do {                                                                                           \
        struct plx_step_ask wrong = usual();                                                       \
        wrong.field = value;                                                                       \
        refuse(&wrong, code, message);                                                             \
    } while (0)

static void test_bad_point(void)
{
    REFUSE(point, NULL, PLX_ERROR_USAGE, "a step needs --point POINT");
    REFUSE(point, "dor", PLX_ERROR_NOT_FOUND, "there is no point \"dor\"; did you mean \"door\"?");
    REFUSE(point, "", PLX_ERROR_NOT_FOUND, "there is no point \"\"");
    REFUSE(point, "fax", PLX_ERROR_NOT_FOUND,
           "point \"fax\" is retired: nobody is asked about it any more, so no step can be seen "
           "there");
    REFUSE(point, "late-room", PLX_ERROR_NOT_FOUND,
           "\"late-room\" is a vignette, which is no point: no step can lift it");
    static const char *const itself[] = {"gate", NULL},
                             *const twice[] = {"till", "At the till", NULL},
                             *const nothing[] = {"tell", NULL};
    REFUSE(untouched, itself, PLX_ERROR_USAGE,
           "--untouched gate: that is the point of the step itself");
    REFUSE(untouched, twice, PLX_ERROR_USAGE, "--untouched names \"At the till\" twice");
    REFUSE(untouched, nothing, PLX_ERROR_NOT_FOUND,
           "there is no point \"tell\"; did you mean \"till\"?");
}

static void test_bad_numbers(void)
{
    REFUSE(from, NULL, PLX_ERROR_USAGE, "a step needs --from LEVEL");
    REFUSE(from, "0", PLX_ERROR_USAGE, "--from \"0\": the levels of customer go from 1 to 6");
    REFUSE(from, "two", PLX_ERROR_USAGE, "--from \"two\": the levels of customer go from 1 to 6");
    REFUSE(from, "6", PLX_ERROR_USAGE, "--from 6: there is no level above");
    REFUSE(to, "7", PLX_ERROR_USAGE, "--to \"7\": the levels of customer go from 1 to 6");
    REFUSE(to, "4", PLX_ERROR_USAGE, "--from 2 --to 4: a step goes up by one level, --to 3");
    REFUSE(to, "2", PLX_ERROR_USAGE, "--from 2 --to 2: a step goes up by one level, --to 3");
    REFUSE(to, "1", PLX_ERROR_USAGE, "--from 2 --to 1: a step goes up by one level, --to 3");
    REFUSE(share, NULL, PLX_ERROR_USAGE,
           "a step needs --share SHARE: of 0 to 1, how many at --to or better would be success");
    static const char *const shares[] = {"1.01", "-0.1", "60%", "nan", "", "0,6"};
    for (guint i = 0; i < G_N_ELEMENTS(shares); i++) {
        g_autofree char *message =
            g_strdup_printf("--share \"%s\": expected a share from 0 to 1, like 0.6", shares[i]);
        REFUSE(share, shares[i], PLX_ERROR_USAGE, message);
    }
    REFUSE(margin, "-1", PLX_ERROR_USAGE,
           "--margin \"-1\": expected a number of levels from 0 on, like 0.5");
    REFUSE(owner, "", PLX_ERROR_USAGE, "--owner is empty");
    REFUSE(note, "\xff", PLX_ERROR_USAGE, "--note is not UTF-8");
}

/* What is worth it is a tenth of the scale, as for gaps, whatever the scale is. */
static void test_margin(void)
{
    static const char five[] = "parallax: 1\n"
                               "title: Shop\n"
                               "scales: {five: {min: 1, max: 5, met: 3, desired: 4}}\n"
                               "audiences: {customer: {scale: five}}\n"
                               "margin: 0.4\n"
                               "journeys: [{title: Visit, transactions: [{title: Arrive, points: "
                               "[{id: door, title: At the door}]}]}]\n";
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(five, strlen(five), "map.yaml", &error);
    struct plx_step_plan *plan = NULL;
    g_assert_no_error(error);
    const struct plx_step_ask ask = usual();
    g_assert_true(plx_step_plan_make(NULL, &ask, map, known, "anna", &plan, &error));
    g_assert_no_error(error);
    g_assert_cmpfloat_with_epsilon(plan->margin, 0.32, 1e-12);
    plx_step_plan_free(plan);
}

/* A point of the step that another has taken in since is still the step's. */
static void test_merged(void)
{
    static const char *const untouched[] = {"queue", "entrance", NULL};
    static const char later[] = "parallax: 1\n"
                                "title: Shop\n"
                                "journeys: [{title: Visit, transactions: [{title: Arrive, points: "
                                "[{id: entrance, title: The entrance, was: [door, greeting]}, "
                                "{id: queue, title: The queue}]}]}]\n";
    const struct plx_step_ask ask = usual(), amended = {.untouched = untouched};
    g_autoptr(GError) error = NULL;
    g_autoptr(plx_map) map = plx_map_read_memory(later, strlen(later), "map.yaml", &error);
    struct plx_step_plan *const before = make(NULL, &ask);
    struct plx_step_plan *plan = NULL;
    g_assert_no_error(error);
    g_assert_false(plx_step_plan_make(before, &amended, map, known, "anna", &plan, &error));
    g_assert_nonnull(error);
    g_assert_cmpstr(error->message, ==,
                    "--untouched entrance: that is the point of the step itself");
    plx_step_plan_free(before);
}

/* What JSON may have and YAML not, or would fold to blanks, comes back as it was: names of places
 * are any text. */
static void test_odd_characters(void)
{
    static const char odd[] = "a\x7f|\xc2\x85|\xc2\x81|\xe2\x80\xa8|\xe2\x80\xa9|\xef\xbb\xbf|"
                              "\xef\xbf\xbf|\x01|\t|\n|\xf0\x9f\x98\x80 z";
    static const char *const where[] = {odd, NULL};
    struct plx_step_ask ask = usual();
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *plan = NULL;
    ask.places = where;
    ask.compare = NULL;
    g_assert_true(plx_step_plan_make(NULL, &ask, map, where, "anna", &plan, &error));
    g_assert_no_error(error);
    g_autofree char *text = plx_step_plan_text(plan);
    struct plx_step_plan *const read = plx_step_plan_read(text, "w.plx", &error);
    g_assert_no_error(error);
    g_assert_cmpstr(read->places[0], ==, odd);
    GPtrArray *const steps = g_ptr_array_new_with_free_func(plx_step_free);
    g_autofree char *event = plx_step_note_text(odd);
    g_assert_true(plx_step_apply(steps, 0, 0, "anna", "add", text, "w.plx", &error));
    g_assert_true(plx_step_apply(steps, 1, 0, "anna", "stop", event, "w.plx", &error));
    g_assert_no_error(error);
    g_assert_cmpstr(plx_step_find(steps, 1, NULL)->stopped.note, ==, odd);
    g_ptr_array_unref(steps);
    plx_step_plan_free(read);
    plx_step_plan_free(plan);
}

static void test_place_names(void)
{
    static const char *const parts[] = {"London", "Strand", "Bonn", "Gera", NULL};
    static const char *const where[] = {"Bonn",   "Gera",           "Bonn, Gera",
                                        "London", "London, Strand", NULL};
    static const char *const nothing[] = {"none", NULL};
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *plan = NULL;
    struct plx_step_ask ask = usual();
    ask.places = parts;
    ask.compare = nothing;
    ask.untouched = nothing;
    g_assert_true(plx_step_plan_make(NULL, &ask, map, where, "anna", &plan, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(g_strv_length(plan->places), ==, 3);
    g_assert_cmpstr(plan->places[1], ==, "Gera");
    g_assert_cmpstr(plan->places[2], ==, "London, Strand");
    g_assert_null(plan->compare[0]);
    g_assert_null(plan->untouched[0]);
    plx_step_plan_free(plan);
}

static void test_bad_places(void)
{
    static const char *const unknown[] = {"Bon", NULL},
                             *const twice[] = {"Bonn", "Gera", "Bonn", NULL},
                             *const both[] = {"Gera", "Bonn", NULL};
    REFUSE(places, unknown, PLX_ERROR_NOT_FOUND,
           "--places: there is no place \"Bon\"; did you mean \"Bonn\"?");
    REFUSE(compare, unknown, PLX_ERROR_NOT_FOUND,
           "--compare: there is no place \"Bon\"; did you mean \"Bonn\"?");
    REFUSE(places, twice, PLX_ERROR_USAGE, "--places names \"Bonn\" twice");
    REFUSE(compare, both, PLX_ERROR_USAGE,
           "\"Bonn\" is in --places and in --compare: a place cannot be compared with itself");
    REFUSE(
        places, NULL, PLX_ERROR_USAGE,
        "--compare needs --places: without them the step is done everywhere, and nothing is left "
        "to compare with");
    static const char *const none[] = {NULL};
    const struct plx_step_ask ask = usual();
    g_autoptr(plx_map) map = read_map();
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *plan = NULL;
    g_assert_false(plx_step_plan_make(NULL, &ask, map, none, "anna", &plan, &error));
    g_assert_cmpstr(error->message, ==,
                    "--places: there is no place \"Aachen\": no answer says where it was given");
}

static void test_bad_times(void)
{
    static const char *const falling[] = {"12w", "6w", NULL}, *const same[] = {"6w", "42d", NULL},
                             *const early[] = {"2027-01-18", NULL},
                             *const odd[] = {"6 weeks", NULL}, *const never[] = {"11y", NULL},
                             *const many[] = {"1d", "2d", "3d",  "4d",  "5d",  "6d",  "7d",
                                              "8d", "9d", "10d", "11d", "12d", "13d", NULL};
    REFUSE(start, NULL, PLX_ERROR_USAGE, "a step needs --start DATE");
    REFUSE(start, "soon", PLX_ERROR_USAGE, "--start \"soon\": expected a day like 2026-01-31");
    REFUSE(start, "2027-02-30", PLX_ERROR_USAGE,
           "--start \"2027-02-30\": expected a day like 2026-01-31");
    REFUSE(start, "2027-01-18T10:00", PLX_ERROR_USAGE,
           "--start \"2027-01-18T10:00\": expected a day like 2026-01-31");
    REFUSE(start, "9999-12-31", PLX_ERROR_USAGE,
           "--start 9999-12-31: expected a day from 1900 to 2200");
    REFUSE(looks, falling, PLX_ERROR_USAGE, "--looks: 6w is not after 12w; give them in order");
    REFUSE(looks, same, PLX_ERROR_USAGE, "--looks: 42d is not after 6w; give them in order");
    REFUSE(looks, early, PLX_ERROR_USAGE,
           "--looks 2027-01-18: that is not after the start, 2027-01-18");
    REFUSE(looks, odd, PLX_ERROR_USAGE,
           "--looks \"6 weeks\": expected how long after the start, like 6w, 90d or 3m, or a day "
           "like 2026-01-31");
    REFUSE(looks, never, PLX_ERROR_USAGE,
           "--looks 11y: that is more than ten years after the start");
    REFUSE(looks, many, PLX_ERROR_USAGE, "--looks: 13 are too many, at most 12");
    REFUSE(window, "8", PLX_ERROR_USAGE,
           "--window \"8\": expected how long before the start, like 8w, 90d or 3m, up to ten "
           "years");
    REFUSE(window, "11y", PLX_ERROR_USAGE,
           "--window \"11y\": expected how long before the start, like 8w, 90d or 3m, up to ten "
           "years");
}

static void test_bad_text(void)
{
    static const char *const texts[] = {"", "{}", "[1]", "{\"point\": \"door\"}",
                                        "{\"colour\": 1}"};
    for (guint i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(plx_step_plan_read(texts[i], "w.plx", &error));
        g_assert_true(g_error_matches(error, PLX_ERROR, PLX_ERROR_INPUT));
    }
}

/* Acts ---------------------------------------------------------------------------------------- */

struct story {
    GPtrArray *steps;
    struct plx_step_plan *plan; /* as last asked for */
};

static void story_add(struct story *story, gint day, const struct plx_step_ask *ask)
{
    g_autoptr(GError) error = NULL;
    plx_step_plan_free(story->plan);
    story->plan = make(NULL, ask);
    g_autofree char *body = plx_step_plan_text(story->plan);
    if (!story->steps)
        story->steps = g_ptr_array_new_with_free_func(plx_step_free);
    g_assert_true(plx_step_apply(story->steps, 0, day * DAY, "anna", "add", body, "w.plx", &error));
    g_assert_no_error(error);
}

static const struct plx_step *last_of(const struct story *story)
{
    return story->steps->pdata[story->steps->len - 1];
}

static void story_amend(struct story *story, gint day, const struct plx_step_ask *ask)
{
    const struct plx_step *const step = last_of(story);
    g_autoptr(GError) error = NULL;
    struct plx_step_plan *const plan = make(step->plan, ask);
    g_autofree char *body = plx_step_plan_text(plan);
    plx_step_plan_free(plan);
    g_assert_true(
        plx_step_apply(story->steps, step->id, day * DAY, "otto", "amend", body, "w.plx", &error));
    g_assert_no_error(error);
}

static void story_do(struct story *story, gint day, const char *what)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(plx_step_apply(story->steps, last_of(story)->id, day * DAY, "otto", what,
                                 "{\"note\": \"so be it\"}", "w.plx", &error));
    g_assert_no_error(error);
}

static void story_refuse(struct story *story, gint64 id, const char *what, const char *body,
                         int code, const char *message)
{
    g_autoptr(GError) error = NULL;
    g_assert_false(
        plx_step_apply(story->steps, id, (START + 9) * DAY, "otto", what, body, "w.plx", &error));
    g_assert_cmpstr(error->message, ==, message);
    g_assert_true(g_error_matches(error, PLX_ERROR, code));
}

static void story_clear(struct story *story)
{
    g_ptr_array_unref(story->steps);
    plx_step_plan_free(story->plan);
}

static void test_states(void)
{
    struct story story = {0};
    const struct plx_step_ask ask = usual();
    story_add(&story, START - 20, &ask);
    g_assert_cmpint(last_of(&story)->state, ==, PLX_STEP_PLANNED);
    g_assert_cmpint(last_of(&story)->late, ==, PLX_STEP_IN_TIME);
    g_assert_cmpstr(last_of(&story)->registered.author, ==, "anna");
    story_do(&story, START, "start");
    g_assert_cmpint(last_of(&story)->state, ==, PLX_STEP_RUNNING);
    g_assert_cmpstr(last_of(&story)->started.note, ==, "so be it");
    story_refuse(&story, 1, "start", "{}", PLX_ERROR_USAGE,
                 "step 1 was started on 2027-01-18 already");
    story_do(&story, START + 5, "stop");
    g_assert_cmpint(last_of(&story)->state, ==, PLX_STEP_STOPPED);
    g_assert_cmpint(last_of(&story)->stopped.utc_seconds, ==, (START + 5) * DAY);
    story_refuse(&story, 1, "start", "{}", PLX_ERROR_USAGE,
                 "step 1 was stopped on 2027-01-23 already");
    story_refuse(&story, 1, "stop", "{}", PLX_ERROR_USAGE,
                 "step 1 was stopped on 2027-01-23 already");
    story_refuse(&story, 1, "amend", "{}", PLX_ERROR_USAGE,
                 "step 1 was stopped; its plan stays as it is");
    story_refuse(&story, 2, "stop", "{}", PLX_ERROR_NOT_FOUND,
                 "there is no step 2; there are 1 to 1");
    story_refuse(&story, 1, "burn", "{}", PLX_ERROR_INPUT, "w.plx: a step is not \"burn\"");
    story_add(&story, START - 20, &ask);
    g_assert_cmpint(last_of(&story)->id, ==, 2);
    story_clear(&story);
}

/* What an amendment changes is kept, field by field. */
static void test_amendments(void)
{
    static const char *const looks[] = {"8w", NULL};
    struct story story = {0};
    const struct plx_step_ask ask = usual();
    const struct plx_step_ask later = {.start = "2027-02-01", .looks = looks, .note = "no hurry"};
    story_add(&story, START - 20, &ask);
    story_amend(&story, START - 10, &later);
    const struct plx_step *const step = last_of(&story);
    g_assert_cmpuint(step->amendments->len, ==, 3);
    static const char *const expected[] = {
        "start", "2027-01-18", "2027-02-01", "looks", "6w, 12w", "8w", "note", "", "no hurry"};
    for (guint i = 0; i < 3; i++) {
        const struct plx_step_amendment *const amendment = step->amendments->pdata[i];
        g_assert_cmpstr(amendment->field, ==, expected[3 * i]);
        g_assert_cmpstr(amendment->before, ==, expected[3 * i + 1]);
        g_assert_cmpstr(amendment->after, ==, expected[3 * i + 2]);
        g_assert_cmpstr(amendment->author, ==, "otto");
        g_assert_cmpint(amendment->utc_seconds, ==, (START - 10) * DAY);
    }
    /* What hangs on the start moves with it. */
    g_assert_cmpint(step->plan->baseline, ==, START + 14 - 56);
    g_assert_cmpint(step->plan->looks[0].day, ==, START + 14 + 56);
    g_assert_cmpfloat_with_epsilon(step->plan->looks[0].alpha, 0.05, 1e-12);
    g_assert_cmpint(step->late, ==, PLX_STEP_IN_TIME);
    g_autofree char *same = plx_step_plan_text(step->plan);
    story_refuse(&story, 1, "amend", same, PLX_ERROR_USAGE,
                 "step 1 is as asked for already; nothing was changed");
    g_assert_cmpuint(step->amendments->len, ==, 3);
    story_clear(&story);
}

static void check_late(gint registered, gint started, gint amended, const struct plx_step_ask *with,
                       enum plx_step_late expected)
{
    struct story story = {0};
    const struct plx_step_ask ask = usual();
    story_add(&story, registered, &ask);
    if (started)
        story_do(&story, started, "start");
    if (amended)
        story_amend(&story, amended, with);
    g_assert_cmpint(last_of(&story)->late, ==, expected);
    g_assert_cmpint(plx_step_may_prove(last_of(&story)), ==, expected == PLX_STEP_IN_TIME);
    story_clear(&story);
}

static void test_late(void)
{
    const struct plx_step_ask share = {.share = "0.5"}, note = {.note = "n", .owner = "o"};
    const struct plx_step_ask later = {.start = "2027-03-01"}, earlier = {.start = "2027-01-04"};
    check_late(START, 0, 0, NULL, PLX_STEP_IN_TIME);
    check_late(START + 1, 0, 0, NULL, PLX_STEP_LATE);
    check_late(START - 9, 0, START, &share, PLX_STEP_IN_TIME);
    check_late(START - 9, 0, START + 1, &share, PLX_STEP_AMENDED_LATE);
    check_late(START - 9, START - 3, START - 2, &share, PLX_STEP_AMENDED_LATE);
    check_late(START - 9, START, START + 9, &note, PLX_STEP_IN_TIME);
    check_late(START + 1, 0, START + 9, &note, PLX_STEP_LATE);
    /* Put off before it began: fixed anew in time. Not once it runs, nor into the past. */
    check_late(START - 9, 0, START + 1, &later, PLX_STEP_IN_TIME);
    check_late(START + 1, 0, START + 2, &later, PLX_STEP_IN_TIME);
    check_late(START - 9, START, START + 1, &later, PLX_STEP_AMENDED_LATE);
    check_late(START + 1, START + 1, START + 2, &later, PLX_STEP_LATE);
    check_late(START - 9, 0, START - 8, &earlier, PLX_STEP_AMENDED_LATE);
}

static gboolean last_amendment_late(const struct story *story)
{
    const GPtrArray *const amendments = last_of(story)->amendments;
    return ((const struct plx_step_amendment *)amendments->pdata[amendments->len - 1])->late;
}

/* What came first counts, not the clock: both may be of the same second. */
static void test_same_second(void)
{
    struct story story = {0};
    const struct plx_step_ask ask = usual(), share = {.share = "0.5"}, more = {.share = "0.4"},
                              owner = {.owner = "o"};
    story_add(&story, START - 9, &ask);
    story_amend(&story, START - 9, &share);
    story_do(&story, START - 9, "start");
    g_assert_false(last_amendment_late(&story));
    story_amend(&story, START - 9, &owner);
    g_assert_false(last_amendment_late(&story));
    story_amend(&story, START - 9, &more);
    g_assert_true(last_amendment_late(&story));
    story_clear(&story);
}

/* Amended after its start, but not begun, and put off then: all of it is fixed in time again. */
static void test_put_off(void)
{
    struct story story = {0};
    const struct plx_step_ask ask = usual();
    const struct plx_step_ask share = {.share = "0.5"}, later = {.start = "2027-03-01"};
    story_add(&story, START - 9, &ask);
    story_amend(&story, START + 1, &share);
    g_assert_cmpint(last_of(&story)->late, ==, PLX_STEP_AMENDED_LATE);
    story_amend(&story, START + 2, &later);
    g_assert_cmpint(last_of(&story)->late, ==, PLX_STEP_IN_TIME);
    story_clear(&story);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/step/defaults", test_defaults);
    g_test_add_func("/step/given", test_given);
    g_test_add_func("/step/bad-point", test_bad_point);
    g_test_add_func("/step/bad-numbers", test_bad_numbers);
    g_test_add_func("/step/margin", test_margin);
    g_test_add_func("/step/merged", test_merged);
    g_test_add_func("/step/odd-characters", test_odd_characters);
    g_test_add_func("/step/place-names", test_place_names);
    g_test_add_func("/step/bad-places", test_bad_places);
    g_test_add_func("/step/bad-times", test_bad_times);
    g_test_add_func("/step/bad-text", test_bad_text);
    g_test_add_func("/step/states", test_states);
    g_test_add_func("/step/amendments", test_amendments);
    g_test_add_func("/step/late", test_late);
    g_test_add_func("/step/same-second", test_same_second);
    g_test_add_func("/step/put-off", test_put_off);
    return g_test_run();
}
