/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

struct job {
    atomic_size_t next;
    gsize n;
    void (*work)(gsize index, guint thread, gpointer data);
    gpointer data;
};

struct hand {
    struct job *job;
    guint thread;
    pthread_t id;
};

static void job_run(struct job *job, guint thread)
{
    for (;;) {
        gsize index = atomic_fetch_add_explicit(&job->next, 1, memory_order_relaxed);
        if (index >= job->n)
            return;
        job->work(index, thread, job->data);
    }
}

static void *hand_run(void *data)
{
    const struct hand *hand = data;
    job_run(hand->job, hand->thread);
    return NULL;
}

void plx_parallel_for(guint n_threads, gsize n,
                      void (*work)(gsize index, guint thread, gpointer data), gpointer data)
{
    struct job job = {.n = n, .work = work, .data = data};
    atomic_init(&job.next, 0);
    gsize wanted = MIN(MIN(n_threads, PLX_THREADS_MAX), n);
    struct hand hands[PLX_THREADS_MAX];
    guint started = 0;
    while (started + 1 < wanted) {
        struct hand *hand = &hands[started];
        *hand = (struct hand){.job = &job, .thread = started + 1};
        if (pthread_create(&hand->id, NULL, hand_run, hand) != 0)
            break;
        started++;
    }
    job_run(&job, 0);
    for (guint i = 0; i < started; i++)
        pthread_join(hands[i].id, NULL);
}
