/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What nearly every file of the layers includes, parsed once a layer where a build asks for it
 * (b_pch; ./dev does in build-clang, as parsing GLib is a quarter of its time). Files name what
 * they use all the same: the gcc build goes without this one. */

#pragma once

#include <glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
