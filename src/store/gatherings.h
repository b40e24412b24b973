/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Workshops online: who leads them, at what they are, which tables there are, and what these have
 * said until it is among the answers.
 *
 * Addresses of devices and of the leader are secrets (store/ticket.h), of which hashes are kept;
 * the code of a workshop is printed and shown. Functions that end in _within write within the
 * caller's transaction. Errors: PLX_ERROR_IO; what else is said there.
 * Test: tests/store/test_gatherings.c. */

#include "store/store.h"
#include "store/ticket.h"

#define PLX_TABLE_NAME_MAX 40   /* bytes */
#define PLX_TABLE_PEOPLE_MAX 99 /* as on paper (workshop/table_sheet.h) */
#define PLX_TABLES_MAX 500      /* of one workshop, and as many devices of each */
#define PLX_TABLE_NOTE_MAX 2000 /* bytes */
#define PLX_TABLE_NOTES_MAX 200 /* of one table */

/* In their order: nobody guesses any more once the first is left. */
enum plx_gathering_phase {
    PLX_GATHERING_GUESS,
    PLX_GATHERING_TABLES, /* the four questions */
    PLX_GATHERING_REVEAL,
    PLX_GATHERING_ENDED
};
/* "guess", "tables", "reveal", "ended"; NULL out of range. */
const char *plx_gathering_phase_name(guint phase);

typedef struct plx_gathering plx_gathering;
struct plx_gathering {
    gint64 id;
    char *code;         /* of /w/CODE */
    char *workshop;     /* its name, as in answers */
    char *journey;      /* id; NULL: all */
    gboolean predicted; /* the level that customers will give is asked for, too */
    char *language;     /* "": the reader's */
    enum plx_gathering_phase phase;
    gint64 moment; /* of the reveal: 0, 1, ... */
    gboolean told; /* and what the people served say of it */
    gint64 changes;
    gint32 created;               /* day */
    guint8 lead[PLX_TICKET_HASH]; /* hash of the leader's secret */
};
void plx_gathering_free(struct plx_gathering *gathering);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_gathering, plx_gathering_free)

/* A new one in the first phase; of `like` are taken workshop, journey, predicted, language and
 * created. *code and *lead (the leader's secret, which cannot be had again) are to be freed.
 * PLX_ERROR_USAGE: one of this name is open. */
gboolean plx_gatherings_add(plx_store *store, const struct plx_gathering *like, char **code,
                            char **lead, GError **error);
/* All, by id: struct plx_gathering. */
GPtrArray *plx_gatherings_read(plx_store *store, GError **error);
/* PLX_ERROR_NOT_FOUND. */
struct plx_gathering *plx_gatherings_find(plx_store *store, const char *code, GError **error);
/* *leads: is this the leader's secret? */
gboolean plx_gathering_is_lead(plx_store *store, const struct plx_gathering *gathering,
                               const char *secret, gboolean *leads, GError **error);
/* A new secret of the leader (to be freed with plx_ticket_free); the one before leads no more. */
gboolean plx_gathering_lead_again_within(plx_store *store, struct plx_gathering *gathering,
                                         char **lead, GError **error);
/* Reads all of all workshops: PLX_ERROR_IO where something is damaged or gone. */
gboolean plx_gatherings_check(plx_store *store, GError **error);
/* Writes phase, moment and told, and counts a change. */
gboolean plx_gathering_move_within(plx_store *store, const struct plx_gathering *gathering,
                                   GError **error);
/* Empties all that tables said: it is among the answers. */
gboolean plx_gathering_empty_within(plx_store *store, const struct plx_gathering *gathering,
                                    GError **error);

/* Tables and their devices ------------------------------------------------------------------- */

typedef struct plx_seat plx_seat;
struct plx_seat {
    char *table;    /* its name */
    char *audience; /* id */
    char *person;   /* who guesses alone: a name or number; "": it guesses for the table */
    gint people;    /* at the table */
    gboolean seen;  /* results were known before */
};
void plx_seat_free(struct plx_seat *seat);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(plx_seat, plx_seat_free)

/* A device comes to a table, which is made if it is the first. *token (its secret) is to be freed.
 * PLX_ERROR_INPUT: the table is there with another audience or number of people, which are then in
 * *there (to be freed; else it stays NULL). PLX_ERROR_USAGE: the person is there already: nobody
 * looks at another's guesses. PLX_ERROR_NOT_SHOWN: too many. */
gboolean plx_gathering_join_within(plx_store *store, const struct plx_gathering *gathering,
                                   const struct plx_seat *seat, char **token,
                                   struct plx_seat **there, GError **error);
/* PLX_ERROR_NOT_FOUND. */
struct plx_seat *plx_gathering_seat(plx_store *store, const struct plx_gathering *gathering,
                                    const char *token, GError **error);

/* What they say ------------------------------------------------------------------------------ */

#define PLX_GUESS_NONE (-1)
typedef struct plx_seat_guess plx_seat_guess;
struct plx_seat_guess {
    char *table, *audience, *person, *point; /* ids of audience and point */
    gint people;                             /* at the table */
    gint believed, predicted;                /* or PLX_GUESS_NONE */
    gboolean seen;
    gint64 given; /* local, seconds since 1970 */
};
void plx_seat_guess_free(struct plx_seat_guess *guess);
/* Puts a guess of the seat in the place of the one before, at a time; with neither value it is
 * taken away. */
gboolean plx_gathering_guess_within(plx_store *store, const struct plx_gathering *gathering,
                                    const struct plx_seat *seat, const char *point, gint believed,
                                    gint predicted, gint64 given, GError **error);
/* All, by table, person, point: struct plx_seat_guess. */
GPtrArray *plx_gathering_guesses(plx_store *store, const struct plx_gathering *gathering,
                                 GError **error);

#define PLX_SURPRISE_NONE G_MININT
typedef struct plx_seat_answer plx_seat_answer;
struct plx_seat_answer {
    char *table, *audience, *prompt, *note;
    gint people;
    gint64 item;   /* 1, 2, ...: tells answers of a table apart */
    gint surprise; /* -1 bad, 0, 1 good, or PLX_SURPRISE_NONE */
    gboolean taken;
};
void plx_seat_answer_free(struct plx_seat_answer *answer);
/* An answer of the seat's table; of prompt, note and surprise. The same again changes nothing.
 * PLX_ERROR_INPUT: too many. */
gboolean plx_gathering_answer_within(plx_store *store, const struct plx_gathering *gathering,
                                     const struct plx_seat *seat,
                                     const struct plx_seat_answer *answer, GError **error);
/* Takes one out that is not among the answers yet; nothing where there is none. */
gboolean plx_gathering_unsay_within(plx_store *store, const struct plx_gathering *gathering,
                                    const struct plx_seat *seat, gint64 item, GError **error);
/* All, by table and item: struct plx_seat_answer. */
GPtrArray *plx_gathering_answers(plx_store *store, const struct plx_gathering *gathering,
                                 GError **error);
/* Those that are there are among the answers now. */
gboolean plx_gathering_taken_within(plx_store *store, const struct plx_gathering *gathering,
                                    GError **error);
/* The tables as a wall shows them, by name: struct plx_gathered. */
typedef struct plx_gathered plx_gathered;
struct plx_gathered {
    char *name, *audience;
    gint people;
    gint guessers; /* who guessed: persons, and the table as one */
    gint guesses;  /* of them all */
    gint answers;
};
void plx_gathered_free(struct plx_gathered *table);
GPtrArray *plx_gathering_tables(plx_store *store, const struct plx_gathering *gathering,
                                GError **error);
