/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What nearly every file of the layers includes, parsed once a layer where builds ask for it (b_pch; ./dev does
 * for clang's, whose time is mostly parsing GLib). Files name what they use all the same: the gcc build goes
 * without this one. */

#pragma once

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
