/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The methods of `calc`; their rows are in cmd_calc.c. */

#include "cli/app.h"
#include "cli/invocation.h"

gboolean plx_calc_wilson(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_newcombe(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_mean(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_welch(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_paired(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_brunner_munzel(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_mann_whitney(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_cliff(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_agreement(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_rps(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_tau(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_bh(plx_app *app, const plx_invocation *invocation, GError **error);
gboolean plx_calc_kish(plx_app *app, const plx_invocation *invocation, GError **error);
