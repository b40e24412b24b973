/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stats/one_pass.h"

#include "base/number.h"

void plx_one_pass_add(struct plx_one_pass *sum, double x, double w)
{
    const struct plx_one_pass one = {1, w, w * w, x, 0};
    plx_one_pass_merge(sum, &one);
}

void plx_one_pass_merge(struct plx_one_pass *sum, const struct plx_one_pass *other)
{
    if (!(other->w > 0))
        return;
    const double w = sum->w + other->w;
    const double apart = other->mean - sum->mean;
    const double part = other->w / w;
    sum->squares += other->squares + apart * apart * sum->w * part;
    sum->mean += apart * part;
    sum->n += other->n;
    sum->w2 += other->w2;
    sum->w = w;
}

double plx_one_pass_mean(const struct plx_one_pass *sum)
{
    return sum->w > 0 ? sum->mean : PLX_NAN;
}

double plx_one_pass_n_eff(const struct plx_one_pass *sum)
{
    return sum->w > 0 ? sum->w * sum->w / sum->w2 : PLX_NAN;
}

double plx_one_pass_variance(const struct plx_one_pass *sum)
{
    const double n = plx_one_pass_n_eff(sum);
    return n > 1 ? sum->squares / sum->w * n / (n - 1) : PLX_NAN;
}
