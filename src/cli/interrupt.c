/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/interrupt.h"

static const int SIGNALS[] = {SIGINT, SIGTERM};

void plx_interrupts_hold(struct plx_interrupts *interrupts)
{
    sigset_t set;
    sigemptyset(&set);
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++) {
        struct sigaction action;
        if (sigaction(SIGNALS[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
            sigaddset(&set, SIGNALS[i]);
    }
    pthread_sigmask(SIG_BLOCK, &set, &interrupts->before);
}

gboolean plx_interrupts_pending(void)
{
    sigset_t waiting;
    gboolean any = FALSE;
    if (sigpending(&waiting) != 0)
        return FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++)
        any |= sigismember(&waiting, SIGNALS[i]) == 1;
    return any;
}

void plx_interrupts_release(const struct plx_interrupts *interrupts)
{
    pthread_sigmask(SIG_SETMASK, &interrupts->before, NULL);
}
