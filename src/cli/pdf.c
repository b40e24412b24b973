/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/pdf.h"

#include "base/error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define LOOK_EVERY 20000 /* microseconds */

static char *find_browser(void)
{
    static const char *const names[] = {"chromium-headless-shell", "chromium", "chromium-browser",
                                        "google-chrome", "google-chrome-stable"};
    for (guint i = 0; i < G_N_ELEMENTS(names); i++) {
        char *found = g_find_program_in_path(names[i]);
        if (found)
            return found;
    }
    return NULL;
}

gboolean plx_pdf_is(const char *path)
{
    g_autofree char *lower = path ? g_ascii_strdown(path, -1) : NULL;
    return lower && g_str_has_suffix(lower, ".pdf");
}

gboolean plx_pdf_ready(const char *path, GError **error)
{
    g_autofree char *browser = find_browser();
    return browser ||
           plx_error(error, PLX_ERROR_NOT_FOUND,
                     "-o \"%s\": a PDF is printed by Chromium, which is not installed here: "
                     "install chromium (Debian: apt install chromium), or write -o FILE.html, open "
                     "it in any browser and print it to a PDF there",
                     path);
}

static void delete_tree(const char *path)
{
    g_autoptr(GDir) dir =
        g_file_test(path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open(path, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir))) {
        g_autofree char *child = g_build_filename(path, name, NULL);
        delete_tree(child);
    }
    g_remove(path);
}

/* A group of its own, so that all its processes end together; Chromium says much that helps nobody.
 */
static void lead_group(gpointer data)
{
    (void)data;
    setpgid(0, 0);
}

static gboolean start(char **argv, GPid *pid, GError **error)
{
    g_autoptr(GError) failure = NULL;
    const GSpawnFlags flags =
        G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
    return g_spawn_async(NULL, argv, NULL, flags, lead_group, NULL, pid, &failure) ||
           plx_error(error, PLX_ERROR_IO, "cannot start %s: %s", argv[0], failure->message);
}

/* TRUE: it ended well in time. */
static gboolean wait_for(GPid pid, const char *browser, GError **error)
{
    const gint64 end = g_get_monotonic_time() + PLX_PDF_SECONDS * G_USEC_PER_SEC;
    int status = 0;
    pid_t got;
    while (((got = waitpid(pid, &status, WNOHANG)) == 0 || (got < 0 && errno == EINTR)) &&
           g_get_monotonic_time() < end)
        g_usleep(LOOK_EVERY);
    kill(-pid, SIGKILL); /* whatever of it is left */
    if (got == 0) {
        waitpid(pid, &status, 0);
        return plx_error(error, PLX_ERROR_IO,
                         "%s printed nothing for %d seconds: write -o FILE.html and print it from "
                         "a browser",
                         browser, PLX_PDF_SECONDS);
    }
    return (got == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           plx_error(error, PLX_ERROR_IO,
                     "%s could not print the page: write -o FILE.html and print it from a browser",
                     browser);
}

/* Nothing but the page is looked at: names are not resolved and every way out leads nowhere. As
 * root Chromium has no sandbox; the page is our own, and what runs in it is allowed by its hash
 * alone. */
static gboolean run(const char *browser, const char *folder, const char *html, const char *pdf,
                    GError **error)
{
    g_autofree char *profile = g_strconcat("--user-data-dir=", folder, "/profile", NULL);
    g_autofree char *out = g_strconcat("--print-to-pdf=", pdf, NULL);
    g_autofree char *address = g_filename_to_uri(html, NULL, NULL);
    GPtrArray *const argv = g_ptr_array_new();
    const char *const words[] = {browser,
                                 "--headless",
                                 "--disable-gpu",
                                 "--no-first-run",
                                 "--disable-extensions",
                                 "--disable-background-networking",
                                 "--disable-dev-shm-usage",
                                 "--host-resolver-rules=MAP * ~NOTFOUND",
                                 "--proxy-server=127.0.0.1:9",
                                 "--no-pdf-header-footer",
                                 "--virtual-time-budget=10000",
                                 profile,
                                 out};
    for (guint i = 0; i < G_N_ELEMENTS(words); i++)
        g_ptr_array_add(argv, (gpointer)(guintptr)words[i]);
    if (geteuid() == 0)
        g_ptr_array_add(argv, (gpointer)(guintptr) "--no-sandbox");
    g_ptr_array_add(argv, address);
    g_ptr_array_add(argv, NULL);
    GPid pid;
    const gboolean ok = start((char **)argv->pdata, &pid, error) && wait_for(pid, browser, error);
    g_ptr_array_unref(argv);
    return ok;
}

static gboolean take(const char *path, const char *browser, GString *page, GError **error)
{
    g_autofree char *bytes = NULL;
    gsize length;
    /* A PDF that was cut short has no end. */
    if (!g_file_get_contents(path, &bytes, &length, NULL) || length < 1024 ||
        memcmp(bytes, "%PDF-", 5) != 0 || !g_strstr_len(bytes + length - 64, 64, "%%EOF"))
        return plx_error(error, PLX_ERROR_IO,
                         "%s wrote no whole PDF: write -o FILE.html and print it from a browser",
                         browser);
    g_string_truncate(page, 0);
    g_string_append_len(page, bytes, (gssize)length);
    return TRUE;
}

gboolean plx_pdf_print(GString *page, GError **error)
{
    g_autofree char *browser = find_browser();
    g_autoptr(GError) failure = NULL;
    if (!browser)
        return plx_error(error, PLX_ERROR_NOT_FOUND, "no Chromium is installed here");
    g_autofree char *folder = g_dir_make_tmp("parallax-print-XXXXXX", &failure);
    if (!folder)
        return plx_error(error, PLX_ERROR_IO, "cannot print: %s", failure->message);
    g_autofree char *html = g_build_filename(folder, "page.html", NULL);
    g_autofree char *pdf = g_build_filename(folder, "page.pdf", NULL);
    gboolean ok = g_file_set_contents(html, page->str, (gssize)page->len, &failure) ||
                  plx_error(error, PLX_ERROR_IO, "cannot print: %s", failure->message);
    ok = ok && run(browser, folder, html, pdf, error) && take(pdf, browser, page, error);
    delete_tree(folder);
    return ok;
}
