/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For builds with ThreadSanitizer alone (meson.build): GLib is not watched, and its locks and
 * queues are futexes of its own, so that everything they guard would be reported as a race. These
 * stand before GLib's functions, call them, and say what they order. */

#include <dlfcn.h>
#include <glib.h>

void __tsan_acquire(void *at); /* NOLINT: of the sanitizer */
void __tsan_release(void *at); /* NOLINT */

/* The function of GLib itself; looking it up costs less than what the sanitizer does. */
static gpointer glibs(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

#define GLIBS(name) ((__typeof__(&(name)))glibs(#name))

void g_mutex_lock(GMutex *mutex)
{
    GLIBS(g_mutex_lock)(mutex);
    __tsan_acquire(mutex);
}

void g_mutex_unlock(GMutex *mutex)
{
    __tsan_release(mutex);
    GLIBS(g_mutex_unlock)(mutex);
}

void g_cond_wait(GCond *cond, GMutex *mutex)
{
    __tsan_release(mutex);
    GLIBS(g_cond_wait)(cond, mutex);
    __tsan_acquire(mutex);
}

gboolean g_cond_wait_until(GCond *cond, GMutex *mutex, gint64 end_time)
{
    __tsan_release(mutex);
    const gboolean told = GLIBS(g_cond_wait_until)(cond, mutex, end_time);
    __tsan_acquire(mutex);
    return told;
}

void g_async_queue_push(GAsyncQueue *queue, gpointer data)
{
    __tsan_release(queue);
    GLIBS(g_async_queue_push)(queue, data);
}

gpointer g_async_queue_pop(GAsyncQueue *queue)
{
    gpointer const data = GLIBS(g_async_queue_pop)(queue);
    __tsan_acquire(queue);
    return data;
}

gpointer g_async_queue_timeout_pop(GAsyncQueue *queue, guint64 timeout)
{
    gpointer const data = GLIBS(g_async_queue_timeout_pop)(queue, timeout);
    __tsan_acquire(queue);
    return data;
}

/* Whoever lets go last frees it, after all others have let go. */
void g_bytes_unref(GBytes *bytes)
{
    if (!bytes)
        return;
    __tsan_release(bytes);
    __tsan_acquire(bytes);
    GLIBS(g_bytes_unref)(bytes);
}

void g_byte_array_unref(GByteArray *array)
{
    __tsan_release(array);
    __tsan_acquire(array);
    GLIBS(g_byte_array_unref)(array);
}

void g_atomic_rc_box_release_full(gpointer box, GDestroyNotify clear)
{
    __tsan_release(box);
    __tsan_acquire(box);
    GLIBS(g_atomic_rc_box_release_full)(box, clear);
}

/* Pools: what is pushed is ordered before it is worked off, by all pools alike. */
static const char pools = 0;

struct pool {
    GFunc work;
    gpointer data;
};

static void work_off(gpointer item, gpointer data)
{
    const struct pool *const pool = data;
    __tsan_acquire((gpointer)(guintptr)&pools);
    pool->work(item, pool->data);
}

/* The wrapper of the function lives as long as the program. */
GThreadPool *g_thread_pool_new(GFunc func, gpointer user_data, gint max_threads, gboolean exclusive,
                               GError **error)
{
    struct pool *const pool = g_new(struct pool, 1);
    *pool = (struct pool){func, user_data};
    __tsan_release((gpointer)(guintptr)&pools);
    return GLIBS(g_thread_pool_new)(work_off, pool, max_threads, exclusive, error);
}

gboolean g_thread_pool_push(GThreadPool *pool, gpointer data, GError **error)
{
    __tsan_release((gpointer)(guintptr)&pools);
    return GLIBS(g_thread_pool_push)(pool, data, error);
}

/* What queues keep in their own memory is ordered by their own locks. */
const char *__tsan_default_suppressions(void); /* NOLINT */
const char *__tsan_default_suppressions(void)  /* NOLINT */
{
    return "race:g_queue_pop_tail\nrace:g_async_queue_\n";
}
