/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a form keeps, from any bytes; the first says what they are: "t" a card as a page sends it
 * (NAME=VALUE a line), "d" a draft, "e" an answer that waits, "s" what a link asks for. An error,
 * or something that is within the scales and, written and read again, says the same. */

#include "form/observations.h"
#include "map/map_file.h"
#include "voice/batch.h"

#include <stdint.h>
#include <string.h>

static const char yaml[] = "parallax: 1\ntitle: Shop\njourneys:\n  - title: Visit\n"
                           "    transactions:\n      - title: In\n        points: [a, b, c]\n";

static void check_answers(const plx_form_plan *plan, const plx_form_answers *answers)
{
    for (gint point = -1; point < (gint)plan->map->n_points; point++) {
        const struct plx_form_answer *const answer = plx_form_answer_of(answers, point);
        for (guint m = 0; answer && m < plan->map->n_measures; m++) {
            const struct plx_scale *const scale = plx_form_scale(plan, m);
            const gint8 value = answer->value[m];
            g_assert(value <= PLX_CELL_DECLINED || (value >= scale->min && value <= scale->max));
        }
        g_assert(!answer || !answer->note || g_utf8_strlen(answer->note, -1) <= PLX_FORM_NOTE_MAX);
    }
}

/* And on to what waits. */
static void check_form(const plx_form_plan *plan, const plx_form_answers *answers)
{
    plx_form_plan *again = NULL;
    plx_form_answers *gathered = NULL;
    g_autoptr(plx_form_encounter) encounter = plx_form_encounter_new(plan, answers);
    g_autofree char *text = plx_form_write(plan, answers);
    g_assert(plx_form_read(text, plan->map, &plan->settings, &again, &gathered, NULL));
    g_autofree char *second = plx_form_write(again, gathered);
    g_assert(strcmp(text, second) == 0);
    plx_form_answers_free(gathered);
    plx_form_plan_free(again);
    g_autofree char *waits = plx_form_encounter_write(plan->map, encounter);
    g_autoptr(plx_form_encounter) read = plx_form_encounter_read(plan->map, waits, NULL);
    g_assert(read && read->observations->len == encounter->observations->len);
}

static void fuzz_card(const plx_form_plan *plan, char *text)
{
    g_autoptr(plx_form_answers) answers = plx_form_answers_new();
    g_autoptr(GArray) fields = g_array_new(FALSE, FALSE, sizeof(struct plx_form_field));
    g_auto(GStrv) lines = g_strsplit(text, "\n", 200);
    for (guint i = 0; lines[i]; i++) {
        char *const equals = strchr(lines[i], '=');
        if (!equals)
            continue;
        *equals = '\0';
        const struct plx_form_field field = {lines[i], equals + 1};
        g_array_append_val(fields, field);
    }
    for (guint card = 0; card < plan->n_cards; card++) {
        g_autoptr(GPtrArray) faults =
            plx_form_take(answers, plan, card,
                          (const struct plx_form_field *)(gpointer)fields->data, fields->len);
        g_assert((faults == NULL) == plx_form_is_answered(answers, card));
    }
    check_answers(plan, answers);
    check_form(plan, answers);
}

static void fuzz_draft(const plx_form_plan *plan, const char *text)
{
    plx_form_plan *drawn = NULL;
    plx_form_answers *answers = NULL;
    if (!plx_form_read(text, plan->map, &plan->settings, &drawn, &answers, NULL))
        return;
    g_autofree char *once = plx_form_write(drawn, answers);
    plx_form_plan *again = NULL;
    plx_form_answers *gathered = NULL;
    g_assert(plx_form_read(once, plan->map, &plan->settings, &again, &gathered, NULL));
    g_autofree char *twice = plx_form_write(again, gathered);
    g_assert(strcmp(once, twice) == 0);
    plx_form_answers_free(gathered);
    plx_form_plan_free(again);
    plx_form_answers_free(answers);
    plx_form_plan_free(drawn);
}

static void fuzz_waiting(const plx_map *map, const char *text)
{
    g_autoptr(plx_form_encounter) encounter = plx_form_encounter_read(map, text, NULL);
    if (!encounter)
        return;
    g_autofree char *once = plx_form_encounter_write(map, encounter);
    g_autoptr(plx_form_encounter) again = plx_form_encounter_read(map, once, NULL);
    g_autofree char *twice = plx_form_encounter_write(map, again);
    g_assert(strcmp(once, twice) == 0);
}

static void fuzz_settings(const plx_map *map, const char *text)
{
    struct plx_form_settings settings;
    if (!plx_form_settings_read(map, text, "link", &settings, NULL))
        return;
    g_autofree char *once = plx_form_settings_text(map, &settings);
    g_assert(plx_form_settings_read(map, once, "link", &settings, NULL));
    g_autofree char *twice = plx_form_settings_text(map, &settings);
    g_assert(strcmp(once, twice) == 0);
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, 1, NULL);
    g_assert(plan && plan->n_points <= map->n_points);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct plx_form_settings settings;
    const struct plx_form_ask ask = {.measures = "level,effort,believed,card,overall"};
    if (size == 0)
        return 0;
    g_autofree char *text = g_strndup((const char *)data + 1, size - 1);
    g_autoptr(plx_map) map = plx_map_read_memory(yaml, sizeof yaml - 1, "map.yaml", NULL);
    g_assert(map && plx_form_settings_ask(map, &ask, &settings, NULL));
    g_autoptr(plx_form_plan) plan = plx_form_plan_new(map, &settings, data[0], NULL);
    if (data[0] == 't')
        fuzz_card(plan, text);
    else if (data[0] == 'd')
        fuzz_draft(plan, text);
    else if (data[0] == 'e')
        fuzz_waiting(map, text);
    else if (data[0] == 's')
        fuzz_settings(map, text);
    return 0;
}
