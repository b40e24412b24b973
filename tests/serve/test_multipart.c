/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "serve/multipart.h"

#include <string.h>

#define TYPE "multipart/form-data; boundary=XX"
#define FIELD(name) "Content-Disposition: form-data; name=\"" name "\"\r\n"

static plx_multipart *parse(const char *type, const char *body, gsize length, const char **why)
{
    const struct plx_http_slice slice = {type, type ? (guint)strlen(type) : 0};
    return plx_multipart_parse(slice, (const guint8 *)body, length, why);
}

/* As a browser sends it: a text, a photo with a boundary's look-alike in it, an empty file. */
static void test_form(void)
{
    static const char body[] = "--XX\r\n" FIELD(
        "note") "\r\nGr\303\274\303\237e\r\nfrom here\r\n"
                "--XX\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"C:\\a "
                "\\\"b\\\".JPG\"\r\n"
                "Content-Type: Image/JPEG; q=1\r\n\r\n\377\330\0\r\n--X\r\n\n--XX\r\r\n"
                "--XX\r\ncontent-disposition:form-data;name=none;filename=\"\"\r\n\r\n\r\n"
                "--XX--\r\n";
    const char *why = NULL;
    g_autoptr(plx_multipart) form = parse(TYPE, body, sizeof body - 1, &why);
    g_assert_cmpstr(why, ==, NULL);
    g_assert_cmpuint(plx_multipart_n(form), ==, 3);
    const struct plx_part *const note = plx_multipart_get(form, "note");
    g_assert_cmpstr(note->text, ==, "Gr\303\274\303\237e\nfrom here");
    g_assert_true(!note->filename && !note->type && !note->bytes);
    const struct plx_part *const photo = plx_multipart_get(form, "photo");
    g_assert_cmpstr(photo->filename, ==, "C:\\a \"b\".JPG");
    g_assert_cmpstr(photo->type, ==, "image/jpeg");
    g_assert_cmpstr(photo->text, ==, NULL);
    static const char bytes[] = "\377\330\0\r\n--X\r\n\n--XX\r";
    g_assert_cmpuint(photo->length, ==, sizeof bytes - 1);
    g_assert_cmpint(memcmp(photo->bytes, bytes, sizeof bytes - 1), ==, 0);
    const struct plx_part *const none = plx_multipart_at(form, 2);
    g_assert_cmpstr(none->name, ==, "none");
    g_assert_cmpstr(none->filename, ==, "");
    g_assert_cmpuint(none->length, ==, 0);
    g_assert_null(plx_multipart_get(form, "other"));
}

static void test_type(void)
{
    static const char body[] = "--a b'()+_,-./:=?c\r\n" FIELD("x") "\r\n1\r\n--a b'()+_,-./:=?c--";
    const char *why;
    g_autoptr(plx_multipart) form =
        parse("Multipart/Form-Data;charset=utf-8 ; BOUNDARY=\"a b'()+_,-./:=?c\"", body,
              sizeof body - 1, &why);
    g_assert_cmpstr(plx_multipart_get(form, "x")->text, ==, "1");
}

/* A name that comes twice is no name to be asked for. */
static void test_twice(void)
{
    static const char body[] =
        "--XX\r\n" FIELD("x") "\r\n1\r\n--XX\r\n" FIELD("x") "\r\n2\r\n--XX--\r\n";
    const char *why;
    g_autoptr(plx_multipart) form = parse(TYPE, body, sizeof body - 1, &why);
    g_assert_null(plx_multipart_get(form, "x"));
    g_assert_cmpstr(plx_multipart_at(form, 1)->text, ==, "2");
}

static void refused(const char *type, const char *body, const char *reason)
{
    const char *why = NULL;
    g_assert_null(parse(type, body, strlen(body), &why));
    g_assert_cmpstr(why, ==, reason);
}

static void test_types_refused(void)
{
    refused(NULL, "", "the type is not multipart/form-data");
    refused("text/plain", "", "the type is not multipart/form-data");
    refused("multipart/mixed; boundary=x", "", "the type is not multipart/form-data");
    refused("multipart/form-data", "", "the type names no boundary");
    refused("multipart/form-data; boundary", "", "the type names no boundary");
    refused("multipart/form-data; boundary=\"x", "", "the type names no boundary");
    refused("multipart/form-data; boundary=\"\"", "", "the boundary is none, or there are two");
    refused("multipart/form-data; boundary=\"x \"", "", "the boundary is none, or there are two");
    refused("multipart/form-data; boundary=\"x\"; boundary=y", "",
            "the boundary is none, or there are two");
    g_autofree char *x = g_strnfill(71, 'x');
    g_autofree char *type = g_strdup_printf("multipart/form-data; boundary=%s", x);
    refused(type, "", "the boundary is none, or there are two");
}

static void test_frames_refused(void)
{
    static const struct {
        const char *body, *why;
    } rows[] = {
        {"", "the body does not begin with the boundary"},
        {"x--XX--", "the body does not begin with the boundary"},
        {"\r\n--XX--", "the body does not begin with the boundary"},
        {"--XY--", "the body does not begin with the boundary"},
        {"--XX", "a boundary is not followed by a part or the end"},
        {"--XX-", "a boundary is not followed by a part or the end"},
        {"--XX \r\n", "a boundary is not followed by a part or the end"},
        {"--XX\n" FIELD("x") "\r\n1\r\n--XX--", "a boundary is not followed by a part or the end"},
        {"--XX--more", "a boundary is not followed by a part or the end"},
        {"--XX--\r\n\r\n", "a boundary is not followed by a part or the end"},
        {"--XX\r\n", "a part's headers do not end"},
        {"--XX\r\n" FIELD("x") "1", "a part's headers do not end"},
        {"--XX\r\n" FIELD("x") "\r\n1", "a part does not end"},
        {"--XX\r\n" FIELD("x") "\r\n1\n--XX--", "a part does not end"},
        {"--XX\r\n" FIELD("x") "\r\n1\r\n--XXX--",
         "a boundary is not followed by a part or the end"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++)
        refused(TYPE, rows[i].body, rows[i].why);
}

static void test_headers_refused(void)
{
    static const struct {
        const char *headers, *why;
    } rows[] = {
        {"", "a part has no name"},
        {"Content-Type: text/plain\r\n", "a part has no name"},
        {"Content-Disposition: form-data\r\n", "a part has no name"},
        {FIELD(""), "a part has no name"},
        {"Content-Disposition: form-data; name=\"x\r\n", "a part has no name"},
        {"Content-Disposition: attachment; name=x\r\n", "a part is not form-data"},
        {"Content-Disposition: \r\n", "a part is not form-data"},
        {FIELD("x") FIELD("x"), "a part has two Content-Disposition"},
        {"Content-Disposition: form-data; name=x; name=y\r\n",
         "a part's Content-Disposition is not name and filename"},
        {"Content-Disposition: form-data; name=x; filename*=UTF-8''y\r\n",
         "a part's Content-Disposition is not name and filename"},
        {FIELD("\377"), "a part's Content-Disposition is not name and filename"},
        {FIELD("x") "Content-Type: text\r\n", "a part's Content-Type is none"},
        {FIELD("x") "Content-Type: a/b x\r\n", "a part's Content-Type is none"},
        {FIELD("x") "Content-Type: a/b\r\nContent-Type: a/b\r\n", "a part has two Content-Type"},
        {FIELD("x") "Content-Transfer-Encoding: base64\r\n",
         "a part has a header that is not known"},
        {FIELD("x") " folded\r\n", "a part's header has no name"},
        {FIELD("x") ": y\r\n", "a part's header has no name"},
        {FIELD("x\ny"), "a part's header holds a control character"},
        {FIELD("x") "Content-Type: a/b\r\r\n", "a part's header holds a control character"},
    };
    for (guint i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *body = g_strdup_printf("--XX\r\n%s\r\n1\r\n--XX--\r\n", rows[i].headers);
        refused(TYPE, body, rows[i].why);
    }
}

static void test_texts_refused(void)
{
    static const char nul[] = "--XX\r\n" FIELD("x") "\r\na\0b\r\n--XX--";
    const char *why = NULL;
    g_assert_null(parse(TYPE, nul, sizeof nul - 1, &why));
    g_assert_cmpstr(why, ==, "a field is not UTF-8");
    refused(TYPE, "--XX\r\n" FIELD("x") "\r\n\377\r\n--XX--", "a field is not UTF-8");
    refused(TYPE, "--XX\r\n" FIELD("x") "\r\na\rb\r\n--XX--", "a field holds a control character");
    refused(TYPE, "--XX\r\n" FIELD("x") "\r\n\033\r\n--XX--", "a field holds a control character");
}

static void test_limits(void)
{
    g_autofree char *name = g_strnfill(PLX_MULTIPART_NAME + 1, 'n');
    g_autofree char *named = g_strdup_printf(
        "--XX\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n1\r\n--XX--", name);
    refused(TYPE, named, "a part has no name");
    g_autofree char *value = g_strnfill(PLX_MULTIPART_FIELD + 1, 'v');
    g_autofree char *valued = g_strdup_printf("--XX\r\n%s\r\n%s\r\n--XX--", FIELD("x"), value);
    refused(TYPE, valued, "a field is too long");
    g_autoptr(GString) many = g_string_new(NULL);
    for (guint i = 0; i <= PLX_MULTIPART_PARTS; i++)
        g_string_append(many, "--XX\r\n" FIELD("x") "\r\n1\r\n");
    g_string_append(many, "--XX--");
    refused(TYPE, many->str, "there are too many parts");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/multipart/form", test_form);
    g_test_add_func("/multipart/type", test_type);
    g_test_add_func("/multipart/twice", test_twice);
    g_test_add_func("/multipart/types-refused", test_types_refused);
    g_test_add_func("/multipart/frames-refused", test_frames_refused);
    g_test_add_func("/multipart/headers-refused", test_headers_refused);
    g_test_add_func("/multipart/texts-refused", test_texts_refused);
    g_test_add_func("/multipart/limits", test_limits);
    return g_test_run();
}
