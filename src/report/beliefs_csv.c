/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report/beliefs.h"
#include "report/csv_cells.h"

#define GUESSES 11 /* 0 to 10 */

static const char header[] =
    "group,journey,transaction,point,title,guessed_by,about,guess_n,guess_persons,believed,"
    "believed_lo,believed_hi,guess_0,guess_1,guess_2,guess_3,guess_4,guess_5,guess_6,guess_7,"
    "guess_8,guess_9,guess_10,guess_later,guess_suppressed,served_n,served_persons,served,"
    "served_lo,served_hi,scale_min,scale_max,scale_desired,scale_direction,served_suppressed,"
    "difference,difference_lo,difference_hi,verdict\n";

static void add_guess(GString *out, const struct plx_moment *moment)
{
    const struct plx_belief *b = moment->belief;
    plx_csv_count(out, b->n);
    plx_csv_count(out, b->persons);
    plx_csv_number(out, b->believed);
    plx_csv_interval(out, b->believed_range);
    if (moment->spread && moment->spread->k == GUESSES)
        for (guint i = 0; i < GUESSES; i++)
            plx_csv_count(out, moment->spread->counts[i]);
    else
        plx_csv_nothing(out, GUESSES);
    plx_csv_count(out, moment->later);
    plx_csv_text(out, plx_suppression_code(b->suppressed));
}

static void add_served(GString *out, const struct plx_voice *voice)
{
    if (!voice || !voice->scale) {
        plx_csv_nothing(out, 10);
        return;
    }
    plx_csv_count(out, voice->n);
    plx_csv_count(out, voice->persons);
    plx_csv_number(out, voice->desired_share);
    plx_csv_interval(out, voice->desired_ci);
    plx_csv_number(out, voice->scale->min);
    plx_csv_number(out, voice->scale->max);
    if (voice->scale->desired == PLX_NO_CUT)
        plx_csv_nothing(out, 1);
    else
        plx_csv_number(out, voice->scale->desired);
    plx_csv_text(out, voice->scale->down ? "down" : "up");
    plx_csv_text(out, plx_suppression_code(voice->suppressed));
}

static void add_row(GString *out, const plx_beliefs *beliefs, const char *key,
                    const struct plx_moment *moment)
{
    const struct plx_gaps_point *point = moment->point;
    plx_csv_first(out, key);
    plx_csv_text(out, point->journey);
    plx_csv_text(out, point->transaction);
    plx_csv_text(out, point->point);
    plx_csv_text(out, point->title);
    plx_csv_text(out, beliefs->gaps->audiences[moment->belief->by]);
    plx_csv_text(out, beliefs->gaps->audiences[moment->belief->about]);
    add_guess(out, moment);
    add_served(out, moment->served);
    plx_csv_number(out, moment->belief->difference);
    plx_csv_interval(out, moment->belief->ci);
    plx_csv_text(out, plx_verdict_code(moment->belief->verdict));
    g_string_append_c(out, '\n');
}

void plx_beliefs_csv(const plx_beliefs *beliefs, GString *out)
{
    g_string_append(out, header);
    for (guint g = 0; g < beliefs->n_groups; g++)
        for (guint m = 0; m < beliefs->groups[g].n_moments; m++)
            add_row(out, beliefs, beliefs->groups[g].key, &beliefs->groups[g].moments[m]);
}
