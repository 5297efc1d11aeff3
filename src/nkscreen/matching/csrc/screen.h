/* Which of many names as written may reach a cutoff: the bound of `docs/index.md` over their words, each described once
   (`raw.py`) and remembered by the bytes it was written with. No Python object is made of a name. */
#ifndef NK_SCREEN_H
#define NK_SCREEN_H

#include "offers.h"
#include "retrieve.h"

/* What is known of a piece: letters between two spaces, as written. `raw.py` sets these. */
enum { PIECE_UNREAD = 1, PIECE_UKRAINIAN = 2, PIECE_IN_UKRAINIAN = 4, PIECE_SURNAME = 8,
       PIECE_WRITINGS = 31 << 4 /* a bit for each script in which it may be part of a Korean name */ };

/* What is known of a word; `raw.py` sets these. */
enum { WORD_ASIDE = 1, WORD_APART = 2, WORD_SON_OF = 4, WORD_STARTS = 8, WORD_SOUND = 16, WORD_JOINS = 32,
       WORD_SYLLABLE = 64, WORD_LETTERS = 128, WORD_SILENT = 256, WORD_CONNECTIVE = 512 };

/* What a name turned out to be. */
enum { NAME_CANNOT, NAME_MAY, NAME_UNKNOWN, NAME_UNREAD, NAME_KOREAN };

/* One token of the index that a unit can meet. `gain` is similarity x weight less what the pair itself must reach, `net`
   the same less what the token owes; `known` is the most bits that the pair can tell. */
typedef struct {
    uint32_t token;
    float gain, net, known;
} Meeting;

typedef struct {
    uint32_t meetings, count, cost; /* cost: postings */
    float gain, net;                /* the most of any meeting, at least 0 */
} Met;

/* A word: the tokens it may be taken for are met in `met`; it owes at least `owed`. The rest is for joining it to its
   neighbours: what its token weighs and tells, its letters, and `Affix` bits of its letters (0) and of letters within an edit of them (1) at either side. */
typedef struct {
    Met met;
    float owed, weight, bits;
    uint32_t flags, letters, length, before[2], after[2];
    uint64_t phrase; /* what phrases know it by */
    uint8_t initial;
} Term;

typedef struct {
    uint64_t hash;
    uint32_t bytes, length, words, count, flags; /* where its bytes and its words begin */
} Piece;

/* Words together: a phrase with a token of its own, by the hashes of its words. Of several with one hash each has the
   number of the next; `alike` takes what they meet for the same. */
typedef struct {
    uint64_t hash, record;
    uint32_t length, next;
    int alike, known;
    Met met;
} Phrase;

typedef struct {
    uint32_t words[3];
    Met met;
} Join;

typedef struct {
    float weight;
    uint8_t flags, single;
} Listed;

typedef struct {
    const Index *index;
    Context context;
    double cutoff, kept, owing, contradicting; /* of the bound */
    int person, organisation, caps;
    double part_bits;
    Bytes pieces, piece_slots, words, text, meetings, phrases, phrase_slots,
        phrase_records, joins, join_slots;
    Bytes unknown;  /* places of pieces that are not known yet, as pairs of begin and length in the column */
    Bytes sounds;   /* pairs of texts, each with its length before it */
    Bytes scratch, record, chain, compact;
    Listed *listed;
    uint32_t *first;
    uint8_t *affix_filter; /* which first bits of prints some affix has */
    unsigned affix_bits;
    uint8_t *consonants; /* which consonants in a row some listed word has, as bits of their hash */
} Screen;

int nk_screen_make(Screen *screen, const Index *index, double cutoff, double missing_cost, int person,
                   int organisation, int caps, double part_bits);
void nk_screen_free(Screen *screen);

/* Forget all words when they take more memory than they should. Between two columns; 1 when it did. */
int nk_screen_forget(Screen *screen);

/* What one name may do; -1 when memory is out. `base` is the number that its first byte has in the column. */
int nk_screen_name(Screen *screen, const uint8_t *name, size_t length, uint64_t base);

/* Tell what a piece is made of: numbers of words told before. */
int nk_screen_piece(Screen *screen, const uint8_t *piece, size_t length, uint32_t flags, const uint32_t *words,
                    uint32_t count);
int64_t nk_screen_word(Screen *screen, const Term *word, const uint8_t *letters, const uint8_t *const *records, const size_t *lengths, uint32_t count);
int nk_screen_phrase(Screen *screen, uint64_t hash, const uint8_t *record, size_t length, int alike);
enum { NO_NUMBER = 0xffffffff };
int nk_screen_sounds(Screen *screen, const uint8_t *spelled, size_t length, const uint8_t *heard, size_t heard_length);

uint64_t nk_phrase_hash(uint64_t before, uint64_t word);

/* joins.c */
enum { CONSONANT_BITS = 18 };
void nk_join_masks(const Screen *screen, Term *word, const uint8_t *letters);
int nk_join_consonants(Screen *screen);
int nk_affix_filter(Screen *screen);
int nk_join(Screen *screen, const Term *const *parts, uint32_t count, Bytes *record, Head *head);
size_t nk_sound(const Screen *screen, const uint8_t *word, size_t length, uint8_t *heard);

#endif
