/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the reading trend finds, in sentences; appended. Test: tests/cli/cases/trend-*. */

#include "report/trend.h"

/* "November 2025", "week 45 of 2025". */
void plx_trend_words_period(const plx_trend *trend, guint period, GString *out);
/* "From November 2025 on: 5.6 instead of 6.1, 0.5 lower (0.4-0.6)." */
void plx_trend_words_change(const plx_trend *trend, const struct plx_trend_series *series,
                            const struct plx_trend_change *change, GString *text);
/* Nothing where there is none. */
void plx_trend_words_drift(const struct plx_trend_series *series, GString *text);
void plx_trend_words_season(const struct plx_trend_series *series, GString *text);
void plx_trend_words_cut(const struct plx_trend_cut_check *cut, GString *text);
