/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "voice/pages.h"

#include <string.h>
#include <sys/mman.h>

#define SMALL_PAGE ((gsize)4096)

static gsize round_up(gsize size, gsize unit)
{
    return (size + unit - 1) / unit * unit;
}

static void *map_pages(gsize size)
{
    void *data = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED)
        g_error("out of memory: %" G_GSIZE_FORMAT " bytes", size);
    return data;
}

/* ThreadSanitizer does not see mremap hand addresses from one thread to another: it gets a copy. */
#if defined(__SANITIZE_THREAD__)
#define COPY_TO_GROW 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define COPY_TO_GROW 1
#endif
#endif
#ifndef COPY_TO_GROW
#define COPY_TO_GROW 0
#endif

static void *grow_pages(void *data, gsize size, gsize wanted)
{
    if (COPY_TO_GROW) {
        void *copy = memcpy(map_pages(wanted), data, size);
        munmap(data, size);
        return copy;
    }
    void *moved = mremap(data, size, wanted, MREMAP_MAYMOVE);
    if (moved == MAP_FAILED)
        g_error("out of memory: %" G_GSIZE_FORMAT " bytes", wanted);
    return moved;
}

void plx_pages_need(struct plx_pages *pages, gsize size)
{
    if (size <= pages->size)
        return;
    gsize wanted = MAX(size, pages->size + pages->size / 2);
    wanted = round_up(wanted, wanted < PLX_SLAB_BYTES ? SMALL_PAGE : PLX_SLAB_BYTES);
    pages->data = pages->data ? grow_pages(pages->data, pages->size, wanted) : map_pages(wanted);
    pages->size = wanted;
    if (wanted >= 2 * PLX_SLAB_BYTES)
        madvise(pages->data, wanted, MADV_HUGEPAGE);
}

void plx_pages_free(struct plx_pages *pages)
{
    if (pages->data)
        munmap(pages->data, pages->size);
    *pages = (struct plx_pages){0};
}

gpointer plx_pages_zeros(gsize size)
{
    gpointer data = g_malloc0(MAX(size, 1));
    gsize from = round_up((gsize)data, SMALL_PAGE);
    if (size >= 2 * PLX_SLAB_BYTES) /* from the system and not touched yet */
        madvise((guint8 *)data + (from - (gsize)data), size - (from - (gsize)data), MADV_HUGEPAGE);
    return data;
}

/* A slab on a slab's boundary, so that one huge page can back it. */
static guint8 *slab_new(void)
{
    guint8 *wide = map_pages(2 * PLX_SLAB_BYTES);
    gsize ahead = round_up((gsize)wide, PLX_SLAB_BYTES) - (gsize)wide;
    if (ahead)
        munmap(wide, ahead);
    munmap(wide + ahead + PLX_SLAB_BYTES, PLX_SLAB_BYTES - ahead);
    madvise(wide + ahead, PLX_SLAB_BYTES, MADV_HUGEPAGE);
    return wide + ahead;
}

guint8 *plx_slabs_take(struct plx_slabs *slabs, gsize size)
{
    if (!slabs->slabs)
        slabs->slabs = g_ptr_array_new();
    if ((gsize)(slabs->end - slabs->at) < size) {
        slabs->at = slab_new();
        slabs->end = slabs->at + PLX_SLAB_BYTES;
        g_ptr_array_add(slabs->slabs, slabs->at);
    }
    guint8 *block = slabs->at;
    slabs->at += size;
    return block;
}

void plx_slabs_free(struct plx_slabs *slabs)
{
    for (guint i = 0; slabs->slabs && i < slabs->slabs->len; i++)
        munmap(g_ptr_array_index(slabs->slabs, i), PLX_SLAB_BYTES);
    if (slabs->slabs)
        g_ptr_array_free(slabs->slabs, TRUE);
    *slabs = (struct plx_slabs){0};
}
