/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The parts of the table of options, by id; each id has a row in one of them. */

#include "cli/option.h"

extern const struct plx_option plx_options_common[PLX_OPTION_COUNT];  /* option.c */
extern const struct plx_option plx_options_calc[PLX_OPTION_COUNT];    /* option_calc.c */
extern const struct plx_option plx_options_collect[PLX_OPTION_COUNT]; /* option_collect.c */
