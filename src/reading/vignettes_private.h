/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Parts of the reading `vignettes`; private to it. Test: tests/reading/test_vignettes.c. */

#include "reading/reach.h"
#include "reading/vignettes.h"

enum plx_vignette_table { PLX_VIGNETTE_PLACED, PLX_VIGNETTE_LINKED, PLX_VIGNETTE_TABLES };

struct plx_vignettes_asked {
    const plx_question *question;
    struct plx_reach *reach;   /* by map index */
    gboolean *heard;           /* asked for, and not hidden by the question */
    struct plx_answer *answer; /* tables as above */
};

/* reading/vignettes_scale.c: sets, orders, and the points by the vignettes. */
void plx_vignettes_scale(const struct plx_vignettes_asked *asked, plx_vignette_reading *reading);
