/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "map/map_owner.h"
#include "report/step.h"
#include "report/term.h"

#define LABEL 14 /* columns before the text of a line */

const char *plx_step_title(const struct plx_step *step, const plx_map *map)
{
    const char *const id = step->plan->point;
    const struct plx_owner owner = plx_map_resolve(map, PLX_SUBJECT_POINT, id);
    const char *title = NULL;
    if (owner.state == PLX_OWNER_CURRENT)
        title = map->points[owner.index].title;
    else if (owner.state == PLX_OWNER_RETIRED)
        title = map->retired[owner.index].title;
    return title ? title : id;
}

char *plx_step_time(gint64 utc_seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_utc(utc_seconds);
    return g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");
}

static char *late_words(const struct plx_step *step)
{
    return step->late == PLX_STEP_IN_TIME
               ? NULL
               : g_strdup_printf("%s after its start: at most `looks up`.",
                                 step->late == PLX_STEP_LATE ? "Registered" : "Amended");
}

static char *few_words(const struct plx_step *step)
{
    const guint places = g_strv_length(step->plan->places);
    const guint compare = g_strv_length(step->plan->compare);
    return plx_step_has_places(step->plan)
               ? NULL
               : g_strdup_printf("%u %s and %u to compare with: with fewer than %d and %d it is "
                                 "before and after, not proof: at most `looks up`.",
                                 places, places == 1 ? "place" : "places", compare,
                                 PLX_STEP_PLACES_MIN, PLX_STEP_PLACES_MIN);
}

/* Begun on another day than planned; baseline and looks go by the plan. */
static char *other_day_words(const struct plx_step *step)
{
    char begun[PLX_DATE_SIZE], start[PLX_DATE_SIZE];
    const gint32 day = plx_date_of_seconds(step->started.utc_seconds);
    if (!step->started.author || day == step->plan->start)
        return NULL;
    return g_strdup_printf("Begun on %s, planned for %s: baseline and looks go by the plan.",
                           plx_date_format(day, begun), plx_date_format(step->plan->start, start));
}

gboolean plx_step_remark_pick(const struct plx_step_remark *all, guint n, guint i,
                              struct plx_step_remark *remark)
{
    gboolean found = FALSE;
    for (guint k = 0; k < n; k++) {
        if (!all[k].words)
            continue;
        if (!found && i-- == 0) {
            *remark = all[k];
            found = TRUE;
        } else {
            g_free(all[k].words);
        }
    }
    return found;
}

gboolean plx_step_remark(const struct plx_step *step, guint i, struct plx_step_remark *remark)
{
    const struct plx_step_remark all[] = {
        {step->late == PLX_STEP_LATE ? "late" : "amended_late", late_words(step)},
        {"few_places", few_words(step)},
        {"other_day", other_day_words(step)}};
    return plx_step_remark_pick(all, G_N_ELEMENTS(all), i, remark);
}

/* One --------------------------------------------------------------------------------------- */

/* The label stands in the blanks of the text's first line. */
static void put_line(GString *out, const struct plx_table_options *options, const char *label,
                     const char *text)
{
    g_autoptr(GString) safe = g_string_new(NULL);
    g_autoptr(GString) lines = g_string_new(NULL);
    plx_term_safe(safe, text);
    plx_term_wrap(lines, options, PLX_STYLE_PLAIN, LABEL, safe->str);
    g_string_append_printf(out, "  %-*s%s", LABEL - 2, label, lines->str + LABEL);
}

static void put_texts(GString *out, const struct plx_table_options *options, const char *label,
                      char *const *texts, const char *none)
{
    g_autofree char *all = g_strjoinv(", ", (char **)(guintptr)texts);
    put_line(out, options, label, *all ? all : none);
}

static char *percent(double share)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    return g_strdup_printf("%s %%", g_ascii_formatd(text, sizeof text, "%.4g", 100 * share));
}

static void put_dates(GString *out, const struct plx_table_options *options,
                      const struct plx_step_plan *plan)
{
    char start[PLX_DATE_SIZE], baseline[PLX_DATE_SIZE], day[PLX_DATE_SIZE];
    g_autoptr(GString) looks = g_string_new(NULL);
    plx_date_format(plan->start, start);
    plx_date_format(plan->baseline, baseline);
    g_autofree char *before =
        g_strdup_printf("from %s until the start (%s)", baseline, plan->window);
    put_line(out, options, "start", start);
    put_line(out, options, "baseline", before);
    for (guint i = 0; i < plan->n_looks; i++) {
        const struct plx_step_look *const look = &plan->looks[i];
        g_autofree char *alpha = percent(look->alpha);
        g_string_append_printf(looks, "%s%s (%s, %s of error)", i > 0 ? ", " : "",
                               plx_date_format(look->day, day), look->after, alpha);
    }
    put_line(out, options, "looks", looks->str);
}

static void put_event(GString *out, const struct plx_table_options *options, const char *label,
                      const struct plx_step_event *event)
{
    if (!event->author)
        return;
    g_autofree char *time = plx_step_time(event->utc_seconds);
    g_autofree char *text =
        g_strdup_printf("%s by %s%s%s", time, event->author, event->note ? ": " : "",
                        event->note ? event->note : "");
    put_line(out, options, label, text);
}

static void put_plan(GString *out, const struct plx_table_options *options,
                     const struct plx_step_plan *plan)
{
    char margin[G_ASCII_DTOSTR_BUF_SIZE];
    g_autofree char *share = percent(plan->share);
    g_autofree char *target = g_strdup_printf("%s at %d or better", share, plan->to);
    g_autofree char *worth =
        g_strdup_printf("%s %s", g_ascii_formatd(margin, sizeof margin, "%.4g", plan->margin),
                        plan->margin == 1 ? "level" : "levels");
    put_line(out, options, "target", target);
    put_line(out, options, "repair", plx_step_repair_name(plan->repair));
    put_line(out, options, "owner", plan->owner);
    put_dates(out, options, plan);
    put_texts(out, options, "places", plan->places, "everywhere");
    put_texts(out, options, "compare", plan->compare, "nowhere");
    put_texts(out, options, "untouched", plan->untouched, "none");
    put_line(out, options, "margin", worth);
    if (plan->note)
        put_line(out, options, "note", plan->note);
}

static void put_amendments(GString *out, const struct plx_table_options *options,
                           const GPtrArray *amendments)
{
    for (guint i = 0; i < amendments->len; i++) {
        const struct plx_step_amendment *const amendment = amendments->pdata[i];
        g_autofree char *time = plx_step_time(amendment->utc_seconds);
        g_autofree char *text =
            g_strdup_printf("%s by %s: %s was \"%s\", is \"%s\"", time, amendment->author,
                            amendment->field, amendment->before, amendment->after);
        put_line(out, options, "amended", text);
    }
}

void plx_step_table(const struct plx_step *step, const plx_map *map,
                    const struct plx_table_options *options, GString *out)
{
    struct plx_step_remark remark;
    g_autofree char *head =
        g_strdup_printf("Step %" G_GINT64_FORMAT ", %s: %s from %d to %d", step->id,
                        plx_step_state_name(step->state), plx_step_title(step, map),
                        step->plan->from, step->plan->to);
    g_autoptr(GString) safe = g_string_new(NULL);
    plx_term_safe(safe, head);
    plx_term_style(out, options, PLX_STYLE_BOLD, safe->str);
    g_string_append_c(out, '\n');
    put_plan(out, options, step->plan);
    put_event(out, options, "registered", &step->registered);
    put_amendments(out, options, step->amendments);
    put_event(out, options, "started", &step->started);
    put_event(out, options, "stopped", &step->stopped);
    for (guint i = 0; plx_step_remark(step, i, &remark); i++) {
        if (i == 0)
            g_string_append_c(out, '\n');
        plx_term_wrap(out, options, PLX_STYLE_PLAIN, 2, remark.words);
        g_free(remark.words);
    }
}

/* All ---------------------------------------------------------------------------------------- */

static void put_row(GString *out, const struct plx_step *step, const plx_map *map, guint title)
{
    char start[PLX_DATE_SIZE];
    const struct plx_step_plan *const plan = step->plan;
    g_string_append_printf(out, "%4" G_GINT64_FORMAT "  %-7s  %s  ", step->id,
                           plx_step_state_name(step->state), plx_date_format(plan->start, start));
    plx_term_fit(out, plx_step_title(step, map), title);
    g_string_append_printf(out, "  %d to %d  %6u  %7u", plan->from, plan->to,
                           g_strv_length(plan->places), g_strv_length(plan->compare));
    if (!plx_step_may_prove(step))
        g_string_append(out, "  looks up");
    g_string_append_c(out, '\n');
}

void plx_steps_table(const GPtrArray *steps, const plx_map *map,
                     const struct plx_table_options *options, GString *out)
{
    const guint others = 62; /* columns of all but the title */
    const guint title = options->width > others + 10 ? MIN(options->width - others, 40) : 10;
    if (steps->len == 0) {
        g_string_append(out, "No step was registered yet ('step add').\n");
        return;
    }
    g_string_append(out, "Step  State    Start       ");
    plx_term_fit(out, "Point", title);
    g_string_append(out, "  Levels  Places  Compare  At most\n");
    for (guint i = 0; i < steps->len; i++)
        put_row(out, steps->pdata[i], map, title);
}
