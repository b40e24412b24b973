/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of the doctor share. */

#include "serve/doctor.h"

/* Takes `what` and `todo` over. */
void plx_doctor_add(GPtrArray *checks, const char *name, enum plx_doctor_state state, char *what,
                    char *todo);
