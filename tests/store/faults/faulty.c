/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that fails, for any program that uses SQLite: loaded with LD_PRELOAD it puts itself before
 * SQLite's own files. PLX_FAULT says what happens at the n-th write, sync or truncation of any
 * file (counted together, from 1):
 *
 *   "error N"  this one fails, the next do not: a bad sector
 *   "full N"   this one and all later writes find the disk full
 *   "while F"  all writes find the disk full while there is a file F
 *   "dead N"   this one and all later calls fail: a disk that was pulled out
 *   "crash N"  half of it is written, and the process is gone
 *   "cut N"    the process is gone, and of all that was written since a file's last sync some is
 *              lost, some is there: a power cut
 *   "count"    nothing happens
 *
 * At the end the number of calls is written to the file PLX_FAULT_COUNT, when that is set. */

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum fault { FAULT_NONE, FAULT_ERROR, FAULT_FULL, FAULT_DEAD, FAULT_CRASH, FAULT_CUT, FAULT_WHILE };

/* What stood where something was written that was not yet synced; newest first. */
struct undo {
    struct undo *older;
    sqlite3_file *file;
    sqlite3_int64 at;
    int n;
    char before[];
};

/* One process, one disk. */
static struct {
    sqlite3_vfs vfs;
    sqlite3_vfs *real;
    sqlite3_io_methods methods;
    enum fault fault;
    int at, calls;
    const char *full_while; /* a path, or NULL */
    struct undo *unsynced;
} disk;

/* What SQLite sees is this; the real file lies behind it. */
struct file {
    sqlite3_file base;
};

static sqlite3_file *real_of(sqlite3_file *file)
{
    return (sqlite3_file *)(void *)((struct file *)(void *)file + 1);
}

static void cut_power(void)
{
    unsigned pick = (unsigned)disk.at * 2654435761u;
    for (const struct undo *undo = disk.unsynced; undo; undo = undo->older) {
        pick = pick * 1664525u + 1013904223u;
        if (pick >> 31)
            undo->file->pMethods->xWrite(undo->file, undo->before, undo->n, undo->at);
    }
    _exit(137);
}

/* What happens at this call: SQLITE_OK or an error. */
static int next_call(int error)
{
    const int call = __atomic_add_fetch(&disk.calls, 1, __ATOMIC_SEQ_CST);
    switch (disk.fault) {
    case FAULT_ERROR:
        return call == disk.at ? error : SQLITE_OK;
    case FAULT_FULL:
        return call >= disk.at && error == SQLITE_IOERR_WRITE ? SQLITE_FULL : SQLITE_OK;
    case FAULT_DEAD:
        return call >= disk.at ? error : SQLITE_OK;
    case FAULT_CRASH:
        if (call == disk.at && error != SQLITE_IOERR_WRITE)
            _exit(137);
        return SQLITE_OK;
    case FAULT_CUT:
        if (call == disk.at)
            cut_power();
        return SQLITE_OK;
    case FAULT_WHILE:
        return error == SQLITE_IOERR_WRITE && access(disk.full_while, F_OK) == 0 ? SQLITE_FULL
                                                                                 : SQLITE_OK;
    case FAULT_NONE:
        break;
    }
    return SQLITE_OK;
}

/* Short reads give zeros, which is what a file that grew would hold. */
static void remember(sqlite3_file *file, int n, sqlite3_int64 at)
{
    struct undo *const undo = malloc(sizeof *undo + (size_t)n);
    if (!undo)
        abort();
    *undo = (struct undo){disk.unsynced, file, at, n};
    const int code = file->pMethods->xRead(file, undo->before, n, at);
    if (code != SQLITE_OK && code != SQLITE_IOERR_SHORT_READ)
        abort();
    disk.unsynced = undo;
}

/* A file that is synced or closed keeps all that was written to it. */
static void forget(const sqlite3_file *file)
{
    for (struct undo **at = &disk.unsynced; *at;) {
        struct undo *const undo = *at;
        if (undo->file != file) {
            at = &undo->older;
            continue;
        }
        *at = undo->older;
        free(undo);
    }
}

static int disk_write(sqlite3_file *file, const void *bytes, int n, sqlite3_int64 at)
{
    sqlite3_file *const real = real_of(file);
    const int code = next_call(SQLITE_IOERR_WRITE);
    if (code != SQLITE_OK)
        return code;
    if (disk.fault == FAULT_CRASH && disk.calls == disk.at) {
        real->pMethods->xWrite(real, bytes, n / 2, at);
        _exit(137);
    }
    if (disk.fault == FAULT_CUT)
        remember(real, n, at);
    return real->pMethods->xWrite(real, bytes, n, at);
}

static int disk_sync(sqlite3_file *file, int flags)
{
    sqlite3_file *const real = real_of(file);
    const int code = next_call(SQLITE_IOERR_FSYNC);
    if (code != SQLITE_OK)
        return code;
    forget(real);
    return real->pMethods->xSync(real, flags);
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    sqlite3_file *const real = real_of(file);
    const int code = next_call(SQLITE_IOERR_TRUNCATE);
    if (code != SQLITE_OK)
        return code;
    forget(real);
    return real->pMethods->xTruncate(real, size);
}

/* The rest is handed on. */

static int disk_close(sqlite3_file *file)
{
    forget(real_of(file));
    return real_of(file)->pMethods->xClose(real_of(file));
}

static int disk_read(sqlite3_file *file, void *bytes, int n, sqlite3_int64 at)
{
    return real_of(file)->pMethods->xRead(real_of(file), bytes, n, at);
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real_of(file)->pMethods->xFileSize(real_of(file), size);
}

static int disk_lock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xLock(real_of(file), level);
}

static int disk_unlock(sqlite3_file *file, int level)
{
    return real_of(file)->pMethods->xUnlock(real_of(file), level);
}

static int disk_reserved(sqlite3_file *file, int *result)
{
    return real_of(file)->pMethods->xCheckReservedLock(real_of(file), result);
}

static int disk_control(sqlite3_file *file, int what, void *argument)
{
    return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}

static int disk_sector(sqlite3_file *file)
{
    return real_of(file)->pMethods->xSectorSize(real_of(file));
}

static int disk_traits(sqlite3_file *file)
{
    return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

static int disk_shm_map(sqlite3_file *file, int region, int size, int extend, void volatile **out)
{
    return real_of(file)->pMethods->xShmMap(real_of(file), region, size, extend, out);
}

static int disk_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return real_of(file)->pMethods->xShmLock(real_of(file), offset, n, flags);
}

static void disk_shm_barrier(sqlite3_file *file)
{
    real_of(file)->pMethods->xShmBarrier(real_of(file));
}

static int disk_shm_unmap(sqlite3_file *file, int remove)
{
    return real_of(file)->pMethods->xShmUnmap(real_of(file), remove);
}

static int disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *got)
{
    (void)vfs;
    file->pMethods = NULL;
    const int code = disk.real->xOpen(disk.real, name, real_of(file), flags, got);
    if (real_of(file)->pMethods)
        file->pMethods = &disk.methods;
    return code;
}

static void read_orders(void)
{
    static const char *const names[] = {"count", "error", "full", "dead", "crash", "cut", "while"};
    const char *const text = getenv("PLX_FAULT");
    char name[8] = "";
    for (size_t i = 0; text && text[i] && text[i] != ' ' && i < sizeof name - 1; i++)
        name[i] = text[i];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i]) == 0)
            disk.fault = (enum fault)i;
    const char *const number = text ? strchr(text, ' ') : NULL;
    disk.at = number ? (int)strtol(number, NULL, 10) : 0;
    disk.full_while = number ? number + 1 : "";
}

__attribute__((constructor)) static void put_in_front(void)
{
    read_orders();
    disk.real = sqlite3_vfs_find(NULL);
    disk.vfs = *disk.real;
    disk.vfs.zName = "faulty";
    disk.vfs.szOsFile = (int)sizeof(struct file) + disk.real->szOsFile;
    disk.vfs.xOpen = disk_open;
    disk.methods = (sqlite3_io_methods){.iVersion = 2, /* no memory maps past us */
                                        .xClose = disk_close,
                                        .xRead = disk_read,
                                        .xWrite = disk_write,
                                        .xTruncate = disk_truncate,
                                        .xSync = disk_sync,
                                        .xFileSize = disk_size,
                                        .xLock = disk_lock,
                                        .xUnlock = disk_unlock,
                                        .xCheckReservedLock = disk_reserved,
                                        .xFileControl = disk_control,
                                        .xSectorSize = disk_sector,
                                        .xDeviceCharacteristics = disk_traits,
                                        .xShmMap = disk_shm_map,
                                        .xShmLock = disk_shm_lock,
                                        .xShmBarrier = disk_shm_barrier,
                                        .xShmUnmap = disk_shm_unmap};
    sqlite3_vfs_register(&disk.vfs, 1);
}

__attribute__((destructor)) static void write_count(void)
{
    const char *const path = getenv("PLX_FAULT_COUNT");
    FILE *const out = path ? fopen(path, "w") : NULL;
    if (!out)
        return;
    fprintf(out, "%d\n", disk.calls);
    fclose(out);
}
