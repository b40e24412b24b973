/* SPDX-License-Identifier: GPL-3.0-or-later */
/* When a step begins, what it is compared with, and when it is judged. */
#include "base/date.h"
#include "base/error.h"
#include "stats/spending.h"
#include "step/step_private.h"

#define DAYS_MAX 3660      /* of looks and window: ten years */
#define FIRST_DAY (-25567) /* 1900-01-01 */
#define LAST_DAY 84370     /* 2200-12-31 */

gboolean plx_step_make_start(struct plx_step_making *m, GError **error)
{
    const char *const text = m->ask->start;
    gint32 *const start = &m->plan->start;
    if (!m->before && !text)
        return plx_step_missing(error, "start DATE");
    if (m->before)
        *start = m->before->start;
    if (text && !plx_day_parse(text, start))
        return plx_error(error, PLX_ERROR_USAGE, "--start \"%s\": expected a day like 2026-01-31",
                         text);
    if (*start < FIRST_DAY || *start > LAST_DAY)
        return plx_error(error, PLX_ERROR_USAGE, "--start %s: expected a day from 1900 to 2200",
                         text);
    return TRUE;
}

static gboolean make_window(struct plx_step_making *m, GError **error)
{
    struct plx_step_plan *const plan = m->plan;
    const char *const before = m->before ? m->before->window : PLX_STEP_WINDOW;
    const char *const text = m->ask->window ? m->ask->window : before;
    struct plx_duration window;
    if (plx_duration_parse(text, &window)) {
        const gint32 day = plx_date_add(plan->start, window, -1);
        if (plan->start - day <= DAYS_MAX) {
            plan->window = g_strdup(text);
            plan->baseline = day;
            return TRUE;
        }
    }
    return plx_error(error, PLX_ERROR_USAGE,
                     "--window \"%s\": expected how long before the start, like 8w, 90d or 3m, up "
                     "to ten years",
                     text);
}

/* After the start, or a day of its own. */
static gboolean parse_look(const struct plx_step_plan *plan, const char *text, gint32 *day,
                           GError **error)
{
    struct plx_duration after;
    char start[PLX_DATE_SIZE];
    if (plx_duration_parse(text, &after))
        *day = plx_date_add(plan->start, after, 1);
    else if (!plx_day_parse(text, day))
        return plx_error(error, PLX_ERROR_USAGE,
                         "--looks \"%s\": expected how long after the start, like 6w, 90d or 3m, "
                         "or a day like 2026-01-31",
                         text);
    plx_date_format(plan->start, start);
    if (*day <= plan->start)
        return plx_error(error, PLX_ERROR_USAGE, "--looks %s: that is not after the start, %s",
                         text, start);
    if (*day - plan->start > DAYS_MAX)
        return plx_error(error, PLX_ERROR_USAGE,
                         "--looks %s: that is more than ten years after the start", text);
    return TRUE;
}

static gboolean take_looks(struct plx_step_plan *plan, const char *const *texts, GError **error)
{
    const guint n = g_strv_length((char **)(guintptr)texts);
    if (n > PLX_STEP_LOOKS_MAX)
        return plx_error(error, PLX_ERROR_USAGE, "--looks: %u are too many, at most %d", n,
                         PLX_STEP_LOOKS_MAX);
    plan->looks = g_new0(struct plx_step_look, n);
    for (guint i = 0; texts[i]; i++) {
        struct plx_step_look *const look = &plan->looks[i];
        if (!parse_look(plan, texts[i], &look->day, error))
            return FALSE;
        if (i > 0 && look->day <= look[-1].day)
            return plx_error(error, PLX_ERROR_USAGE,
                             "--looks: %s is not after %s; give them in order", texts[i],
                             texts[i - 1]);
        look->after = g_strdup(texts[i]);
        plan->n_looks++;
    }
    return TRUE;
}

/* Information grows with the days since the start: what each look may spend is fixed with them. */
static void share_out(struct plx_step_plan *plan)
{
    const gint32 last = plan->looks[plan->n_looks - 1].day - plan->start;
    double times[PLX_STEP_LOOKS_MAX], parts[PLX_STEP_LOOKS_MAX];
    for (guint i = 0; i < plan->n_looks; i++)
        times[i] = (double)(plan->looks[i].day - plan->start) / last;
    plx_spending(times, plan->n_looks, plan->alpha, PLX_STEP_RHO, parts);
    for (guint i = 0; i < plan->n_looks; i++)
        plan->looks[i].alpha = parts[i];
}

static gboolean make_looks(struct plx_step_making *m, GError **error)
{
    static const char *const usual[] = {"6w", "12w", NULL};
    g_autofree const char **kept = g_new0(const char *, (m->before ? m->before->n_looks : 0) + 1);
    const char *const *asked = m->ask->looks;
    if (!asked || !asked[0]) {
        for (guint i = 0; m->before && i < m->before->n_looks; i++)
            kept[i] = m->before->looks[i].after;
        asked = m->before ? kept : usual;
    }
    if (!take_looks(m->plan, asked, error))
        return FALSE;
    share_out(m->plan);
    return TRUE;
}

gboolean plx_step_make_times(struct plx_step_making *m, GError **error)
{
    return make_window(m, error) && make_looks(m, error);
}
