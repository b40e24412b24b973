/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/number.h"
#include "report/consistency.h"
#include "report/csv_cells.h"

/* One shape for all rows: what it is about, its number with its range, and the range that holds
 * for all claims of the document. */
static const char header[] = "row,point,title,key,n,value,lo,hi,adjusted_lo,adjusted_hi,verdict\n";

struct row {
    const char *row, *key, *verdict;
    gint64 n;
    double value;
    struct plx_interval ci, adjusted;
};

static void add_row(GString *out, const struct plx_consistency_point *p, const struct row *row)
{
    plx_csv_first(out, row->row);
    plx_csv_text(out, p ? p->point : NULL);
    plx_csv_text(out, p ? p->title : NULL);
    plx_csv_text(out, row->key);
    plx_csv_count(out, row->n);
    plx_csv_number(out, row->value);
    plx_csv_interval(out, row->ci);
    plx_csv_interval(out, row->adjusted);
    plx_csv_text(out, row->verdict);
    g_string_append_c(out, '\n');
}

static void add_limits(GString *out, const struct plx_consistency_point *p, const char *name,
                       const struct plx_limits *limits)
{
    for (guint i = 0; i < limits->n_parts && !limits->missing; i++) {
        const struct plx_limit_part *part = &limits->parts[i];
        add_row(out, p,
                &(struct row){.row = name,
                              .key = part->key,
                              .verdict = part->outside < 0   ? "low"
                                         : part->outside > 0 ? "high"
                                                             : NULL,
                              .n = part->n,
                              .value = part->value,
                              .ci = part->outer,
                              .adjusted = part->adjusted});
    }
}

static void add_point(GString *out, const struct plx_consistency_point *p)
{
    static const char *const parts[] = {"place", "channel", "month", "person"};
    add_row(out, p,
            &(struct row){.row = "agreement",
                          .verdict = p->suppressed ? plx_suppression_code(p->suppressed)
                                                   : plx_consistency_verdict_code(p->verdict),
                          .n = p->n,
                          .value = p->agreement,
                          .ci = p->agreement_ci,
                          .adjusted = p->agreement_adjusted});
    for (guint s = 0; s < PLX_CONSISTENCY_PARTS && !p->suppressed; s++) {
        const struct plx_part_share *part = &p->part[s];
        add_row(out, p,
                &(struct row){.row = "between",
                              .key = parts[s],
                              .verdict = part->missing   ? part->missing
                                         : part->decided ? "decided"
                                                         : NULL,
                              .n = part->parts,
                              .value = part->share,
                              .ci = part->ci,
                              .adjusted = part->ci_adjusted});
    }
    add_limits(out, p, "funnel", &p->funnel);
    add_limits(out, p, "chart", &p->chart);
}

void plx_consistency_csv(const plx_consistency *c, GString *out)
{
    const struct plx_interval none = {PLX_NAN, PLX_NAN};
    g_string_append(out, header);
    for (guint p = 0; p < c->n_points; p++)
        add_point(out, &c->points[p]);
    for (guint i = 0; i < c->n_places; i++) {
        const struct plx_consistency_place *place = &c->places[i];
        add_row(out, NULL,
                &(struct row){.row = "spread",
                              .key = place->key,
                              .verdict = place->wide ? "inconsistent" : NULL,
                              .n = place->n,
                              .value = place->spread,
                              .ci = none,
                              .adjusted = place->spread_ci});
    }
    if (c->visits.audience)
        add_row(out, NULL,
                &(struct row){.row = "visits",
                              .key = c->visits.audience,
                              .verdict = c->visits.missing,
                              .n = c->visits.visits,
                              .value = c->visits.share,
                              .ci = c->visits.share_ci,
                              .adjusted = none});
}
