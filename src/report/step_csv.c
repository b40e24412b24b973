/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/date.h"
#include "report/csv_cells.h"
#include "report/step.h"

/* Several in one cell are separated by "; ": a comma would need quotes twice. */
static void put_texts(GString *out, char *const *texts)
{
    g_autofree char *all = g_strjoinv("; ", (char **)(guintptr)texts);
    plx_csv_text(out, *all ? all : NULL);
}

static void put_looks(GString *out, const struct plx_step_plan *plan)
{
    g_autoptr(GString) all = g_string_new(NULL);
    char text[PLX_DATE_SIZE];
    for (guint i = 0; i < plan->n_looks; i++)
        g_string_append_printf(all, "%s%s", i > 0 ? "; " : "",
                               plx_date_format(plan->looks[i].day, text));
    plx_csv_text(out, all->str);
}

static void put_event(GString *out, const struct plx_step_event *event)
{
    g_autofree char *time = event->author ? plx_step_time(event->utc_seconds) : NULL;
    plx_csv_text(out, time);
    plx_csv_text(out, event->author);
}

static void put_remarks(GString *out, const struct plx_step *step)
{
    g_autoptr(GString) all = g_string_new(NULL);
    struct plx_step_remark remark;
    for (guint i = 0; plx_step_remark(step, i, &remark); i++) {
        g_string_append_printf(all, "%s%s", i > 0 ? "; " : "", remark.code);
        g_free(remark.words);
    }
    plx_csv_text(out, all->len ? all->str : NULL);
}

static void put_step(GString *out, const struct plx_step *step, const plx_map *map)
{
    const struct plx_step_plan *const plan = step->plan;
    g_autofree char *id = g_strdup_printf("%" G_GINT64_FORMAT, step->id);
    plx_csv_first(out, id);
    plx_csv_text(out, plx_step_state_name(step->state));
    plx_csv_text(out, plan->point);
    plx_csv_text(out, plx_step_title(step, map));
    plx_csv_count(out, plan->from);
    plx_csv_count(out, plan->to);
    plx_csv_number(out, plan->share);
    plx_csv_text(out, plx_step_repair_name(plan->repair));
    plx_csv_text(out, plan->owner);
    plx_csv_day(out, plan->start);
    plx_csv_day(out, plan->baseline);
    put_texts(out, plan->places);
    put_texts(out, plan->compare);
    put_texts(out, plan->untouched);
    plx_csv_number(out, plan->margin);
    put_looks(out, plan);
    put_event(out, &step->registered);
    put_event(out, &step->started);
    put_event(out, &step->stopped);
    plx_csv_count(out, step->amendments->len);
    put_remarks(out, step);
    plx_csv_text(out, plan->note);
    g_string_append_c(out, '\n');
}

void plx_steps_csv(const GPtrArray *steps, const plx_map *map, GString *out)
{
    g_string_append(out, "step,state,point,title,from,to,share,repair,owner,start,baseline,places,"
                         "compare,untouched,margin,looks,registered,registered_by,started,"
                         "started_by,stopped,stopped_by,amendments,remarks,note\n");
    for (guint i = 0; i < steps->len; i++)
        put_step(out, steps->pdata[i], map);
}
