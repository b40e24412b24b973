/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of ../shared/speed.md: deterministic ratings to measure with.
 *
 *   gen_ratings ROWS [shuffled] > ratings.csv
 *
 * 40 points in 5 journeys, 4 audiences (78/14/5/3 %), 8 channels, 200 places, 5 segments, 36
 * months, about 4.1 rows per encounter and 1.8 million respondents per 10 million rows, all skewed;
 * about 90 bytes a row. Sorted by respondent, or shuffled: the same rows in another order (a
 * bijection of the row numbers), so that both must give the same answers. */

#include <inttypes.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* SplitMix64 (Steele, Lea, Flood 2014): every number is a function of its position alone. */
static uint64_t hash(uint64_t x)
{
    x += UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/* 0..n-1, the low ones more often. */
static unsigned skewed(uint64_t random, unsigned n)
{
    const double u = (double)(random >> 11) * 0x1p-53;
    return (unsigned)(u * u * n);
}

static const char *const JOURNEYS[] = {"choose", "order", "deliver", "use", "return"};
static const char *const POINTS[] = {
    "search-results",   "product-page",   "price-shown",     "reviews-shown",       "advice-chat",
    "photos",           "stock-shown",    "basket",          "checkout-form",       "payment",
    "confirmation",     "delivery-slot",  "order-email",     "guest-checkout",      "voucher",
    "invoice",          "dispatch-note",  "tracking-page",   "driver-call",         "doorstep",
    "parcel-condition", "packaging",      "delivery-time",   "left-with-neighbour", "unboxing",
    "first-use",        "manual",         "product-quality", "help-page",           "hotline",
    "hotline-wait",     "app-start",      "return-form",     "return-label",        "drop-off",
    "refund-time",      "refund-message", "exchange",        "complaint-answer",    "goodwill",
};
static const char *const CHANNELS[] = {"web",  "app",   "store", "phone",
                                       "chat", "email", "door",  "kiosk"};
static const char *const TIERS[] = {"basic", "silver", "gold", "platinum", "new"};

static const char *audience_of(uint64_t respondent)
{
    const unsigned draw = (unsigned)(hash(respondent ^ 0xA0D1) % 100);
    return draw < 78 ? "customer" : draw < 92 ? "staff" : draw < 97 ? "shopper" : "leader";
}

/* No piece of a line is longer. */
#define PIECE 128

static void print(char **out, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void print(char **out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *out += vsnprintf(*out, PIECE, format, arguments);
    va_end(arguments);
}

static void append(char **out, const char *text)
{
    const size_t n = strlen(text);
    memcpy(*out, text, n);
    *out += n;
}

static void write_row(uint64_t row, char **out)
{
    /* Four or five rows are one encounter; encounters of a respondent follow each other. */
    const uint64_t encounter = row * 10 / 41;
    const uint64_t respondent = encounter - encounter % (1 + hash(encounter / 4) % 3) % 2;
    const uint64_t e = hash(encounter), r = hash(row ^ UINT64_C(0x52000000000000));
    const unsigned first = (unsigned)(row - (encounter * 41 + 9) / 10);
    const unsigned journey = skewed(e, 5);
    const unsigned point = journey * 8 + (unsigned)((e >> 40) + first) % 8;
    const unsigned month = 35 - skewed(hash(e), 36);
    const char *const audience = audience_of(respondent);
    const unsigned place = skewed(hash(e + 1), 200);
    const unsigned base = 2 + (unsigned)(hash(point * 7919u + place % 17) % 3);
    const unsigned level = base + (unsigned)(r % 3);
    print(out, "e%08" PRIu64 ",r%07" PRIu64 ",%04u-%02u-%02uT%02u:%02u,", encounter, respondent,
          2022 + month / 12, month % 12 + 1, (unsigned)(e >> 20) % 28 + 1, (unsigned)(e >> 25) % 24,
          (unsigned)(e >> 30) % 60);
    append(out, JOURNEYS[journey]);
    *(*out)++ = ',';
    append(out, POINTS[point]);
    *(*out)++ = ',';
    append(out, audience);
    *(*out)++ = ',';
    append(out, CHANNELS[skewed(hash(e + 2), 8)]);
    print(out, ",place-%03u,", place + 1);
    append(out, TIERS[skewed(hash(respondent + 3), 5)]);
    const unsigned na = (unsigned)(r >> 8) % 50;
    print(out, na == 0 ? ",na" : ",%u", level > 6 ? 6 : level);
    print(out, (r >> 16) % 10 < 4 ? "," : ",%u", 2 + (unsigned)(r >> 20) % 4);
    print(out, (r >> 24) % 10 < 2 ? ",\n" : ",%u\n", 1 + (unsigned)(r >> 28) % 7);
}

/* A bijection of 0..n-1: four Feistel rounds over the next even power of two, walked until it
 * lands inside (Black and Rogaway 2002). */
static uint64_t shuffle(uint64_t row, uint64_t n)
{
    unsigned half = 1;
    while ((UINT64_C(1) << (2 * half)) < n)
        half++;
    const uint64_t mask = (UINT64_C(1) << half) - 1;
    do {
        uint64_t left = row >> half, right = row & mask;
        for (uint64_t round = 0; round < 4; round++) {
            const uint64_t next = left ^ (hash(right + (round << 60)) & mask);
            left = right;
            right = next;
        }
        row = left << half | right;
    } while (row >= n);
    return row;
}

int main(int argc, char **argv)
{
    const uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    const int shuffled = argc > 2 && strcmp(argv[2], "shuffled") == 0;
    if (rows == 0) {
        fputs("usage: gen_ratings ROWS [shuffled]\n", stderr);
        return 1;
    }
    static char buffer[1 << 20];
    char *out = buffer;
    append(&out, "encounter,respondent,time,journey,point,audience,channel,place,segment.tier,"
                 "level,expected,effort\n");
    for (uint64_t row = 0; row < rows; row++) {
        write_row(shuffled ? shuffle(row, rows) : row, &out);
        if (out - buffer > (1 << 20) - 512 || row + 1 == rows) {
            if (fwrite(buffer, 1, (size_t)(out - buffer), stdout) != (size_t)(out - buffer))
                return 5;
            out = buffer;
        }
    }
    return fflush(stdout) == 0 ? 0 : 5;
}
