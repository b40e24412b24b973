/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a kiosk asks: the level alone, one point at a time, of the points that a form of the same
 * link would have. Plans are drawn by the server ahead of the guests, who may come while the
 * network is away; so an answer says itself what it is about, and is checked here. Pure. Test:
 * tests/form/test_kiosk.c. */

#include "form/observations.h"

/* The settings of a link as a kiosk takes them, for plx_form_plan_new: neither other measures nor
 * words, a card for each point. */
struct plx_form_settings plx_kiosk_settings(const struct plx_form_settings *link);

/* What one guest said about points of one journey: fields "level.POINT", others that begin with "_"
 * are not looked at. What was not answered was not asked: the guest had gone. The points' chances
 * are those of a plan. `settings`: of plx_kiosk_settings. The rest of the encounter is as
 * plx_form_encounter_new leaves it. PLX_ERROR_INPUT: no journey or no points of this link, no
 * levels, more points than one guest is asked about, nothing at all. */
plx_form_encounter *plx_kiosk_encounter(const plx_map *map,
                                        const struct plx_form_settings *settings,
                                        const char *journey, const struct plx_form_field *fields,
                                        guint n, GError **error);
