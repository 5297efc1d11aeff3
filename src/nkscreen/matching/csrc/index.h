/* The index as one block of bytes, read where it lies: no pointer inside, so a file can be mapped and shared.

   Tokens are the distinct words of the listed names and those words joined, numbered from 0. Parts are the listed names
   and the names within a field that holds several; each has an owner, the number of the listed name. */
#ifndef NK_INDEX_H
#define NK_INDEX_H

#include <stddef.h>
#include <stdint.h>

/* What retrieval knows of a token; `kernel.py` sets these. */
enum { USUAL = 1, VOWELLESS = 2, JOINED = 4, SOUND = 8, LIGHT = 16, SPELLED = 32, APART = 64 };

/* What is known of a part beside its tokens; `kernel.py` sets these. */
enum { PERSON = 1, SYLLABIC = 2, REPEATS = 4 };
enum { OTHER_KIND, NUMBER, LEGAL_FORM, INITIAL, SYLLABLE };
enum { PLAIN, NAME_FORM, NICKNAME, REVERSED, INITIALS, SAME_SOUND, SAME_WORD };

/* Numbers of the scorer, handed over by `kernel.py` in this order. */
enum { P_INITIAL, P_JOINED, P_DIGITS, P_PREFIX, P_MIRRORED, P_SHORT_FORM, P_MAN_AND_WOMAN, P_TWO_NAMES, P_FURTHER_EDIT,
       P_SHORT_WORD, P_SOUND, P_INITIALS, P_COUNT };

/* A token in a record: this head, then the text, the spelling and the keys. */
typedef struct {
    double weight, owed, bits;
    uint32_t text, spelling, keys; /* lengths in bytes, and the number of keys */
    uint8_t kind, flags;
    uint16_t spanned;
} Head;

/* A key: what it is worth, how its effect counts, and the hashes of itself and of the key it meets. */
typedef struct {
    double worth;
    uint64_t own, met;
    uint32_t effect, unused;
} Key;

typedef struct {
    const Head *head;
    const uint8_t *text, *spelling;
    const Key *keys;
} Token;

typedef struct {
    uint32_t print, value;
} Entry;

/* Of letters that begin or end some listed words: how many letters those words have besides, as bits; the last bit says
   that many or more. An empty slot has no bits. */
typedef struct {
    uint32_t print, rest;
} Affix;

/* From a hash to numbers: those in its bucket with its print. Two keys may share both; whoever asks looks again. */
typedef struct {
    const uint32_t *starts;
    const Entry *entries;
    unsigned bits;
} Map;

enum { S_PARAMS, S_RECORDS, S_RECORD_AT, S_BY_WORD, S_BY_WORD_ENTRIES, S_SPELLING_AT, S_SPELLINGS, S_LETTERS,
       S_SPELLED_AT, S_SPELLED, S_SEGMENTS, S_SEGMENT_ENTRIES, S_STARTING, S_POSTING_AT, S_POSTINGS, S_FORWARD_AT,
       S_FORWARD, S_OWED, S_OWNERS, S_PART_FLAGS, S_AFFIXES, S_EXACT, S_EXACT_ENTRIES, S_COMPACT_AT, S_COMPACTS, S_COMPACT_PARTS, S_COUNT };

typedef struct {
    char magic[8];
    uint64_t bytes, tokens, parts, spellings, starting, compacts;
    uint64_t at[S_COUNT], length[S_COUNT];
} Header;

typedef struct {
    uint32_t tokens, parts, spellings, starting, compacts;
    const double *params;
    const uint8_t *records;
    const uint64_t *record_at;
    Map by_word, segments, exact;
    const uint32_t *spelling_at, *spelled_at, *spelled;
    const uint8_t *spelling;
    const uint64_t *letters;
    const uint32_t *by_start; /* single words in the order of their text */
    const uint32_t *posting_at, *postings, *forward_at, *forward, *owners;
    const double *owed;
    const uint8_t *part_flags;
    const Affix *affixes; /* open addressing */
    uint32_t affix_slots;
    const uint32_t *compact_at, *compact_parts;
    const uint8_t *compact;
} Index;

/* Read the block; 0 when it is none of ours or was cut. Beyond its length nothing is read. */
int nk_index_open(Index *index, const uint8_t *block, size_t bytes);

uint64_t nk_hash(uint64_t seed, const uint8_t *bytes, size_t length);

/* The token in a record that begins at a multiple of eight; 0 when the record is not whole. */
int nk_token(Token *token, const uint8_t *record, size_t bytes);

static inline Token nk_index_token(const Index *index, uint32_t number)
{
    Token token;
    const uint8_t *record = index->records + index->record_at[number];
    token.head = (const Head *)record;
    token.keys = (const Key *)(record + sizeof(Head));
    token.text = record + sizeof(Head) + token.head->keys * sizeof(Key);
    token.spelling = token.text + token.head->text;
    return token;
}

enum { MOST_REST = 31 };

/* Whether a word can meet words joined by their letters: `_joined`. */
static inline int nk_joinable(const Head *head)
{
    return head->spanned == 1 && head->kind != NUMBER && head->kind != LEGAL_FORM && head->kind != INITIAL &&
           !(head->flags & VOWELLESS);
}

/* Letters as a polynomial, so that of letters with one changed it follows at once: the sum of (letter + 1) x base^place. */
static const uint64_t NK_BASE = 0x9e3779b97f4a7c15u;

static inline uint64_t nk_affix_hash(uint64_t seed, uint64_t polynomial, size_t length)
{
    uint64_t hash = polynomial ^ (seed << 32 | length) * 0xff51afd7ed558ccdu;
    hash = (hash ^ hash >> 32) * 0xc4ceb9fe1a85ec53u;
    hash = (hash ^ hash >> 29) * 0xff51afd7ed558ccdu;
    return hash ^ hash >> 32;
}

static inline uint64_t nk_polynomial(const uint8_t *letters, size_t length)
{
    uint64_t sum = 0;
    for (size_t i = length; i-- > 0;)
        sum = sum * NK_BASE + letters[i] + 1;
    return sum;
}

/* How many letters the words have besides that begin (`H_BEFORE`) or end (`H_AFTER`) with the letters of this hash. */
static inline uint32_t nk_affix(const Index *index, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & (index->affix_slots - 1);
    for (uint32_t tries = 0; index->affixes[at].rest && tries < index->affix_slots; tries++) {
        if (index->affixes[at].print == (uint32_t)(hash >> 32))
            return index->affixes[at].rest;
        at = (at + 1) & (index->affix_slots - 1);
    }
    return 0;
}

static inline const Entry *nk_find(const Map *map, uint64_t hash, const Entry **end)
{
    uint64_t bucket = hash >> (64 - map->bits);
    *end = map->entries + map->starts[bucket + 1];
    return map->entries + map->starts[bucket];
}

/* Seeds of the hashes: what a key is a key of. */
enum { H_WORD = 1, H_KEY, H_INITIAL, H_STARTING, H_EXACT, H_SEGMENT, H_BEFORE, H_AFTER };

static inline uint64_t nk_segment_hash(size_t length, int segment, const uint8_t *bytes, size_t count)
{
    return nk_hash(H_SEGMENT + 8 * (uint64_t)segment + 32 * (uint64_t)length, bytes, count);
}

#endif
