#include "index.h"

#include <string.h>

#define MAGIC "NKINDEX3"

uint64_t nk_hash(uint64_t seed, const uint8_t *bytes, size_t length)
{
    uint64_t hash = (seed + 1) * 0x9e3779b97f4a7c15u ^ (uint64_t)length;
    while (length) {
        uint64_t piece = 0;
        size_t take = length < 8 ? length : 8;
        memcpy(&piece, bytes, take);
        hash = (hash ^ piece) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
        bytes += take, length -= take;
    }
    hash *= 0xc4ceb9fe1a85ec53u;
    return hash ^ hash >> 29;
}

int nk_token(Token *token, const uint8_t *record, size_t bytes)
{
    if (bytes < sizeof(Head))
        return 0;
    const Head *head = (const Head *)record;
    if (bytes != sizeof(Head) + (size_t)head->keys * sizeof(Key) + head->text + head->spelling || head->text == 0)
        return 0;
    token->head = head;
    token->keys = (const Key *)(record + sizeof(Head));
    token->text = record + sizeof(Head) + (size_t)head->keys * sizeof(Key);
    token->spelling = token->text + head->text;
    for (uint32_t i = 0; i < head->keys; i++)
        if (token->keys[i].effect > SAME_WORD)
            return 0;
    return 1;
}

static int read_map(Map *map, const Header *header, const uint8_t *block, int starts, int entries)
{
    uint64_t count = header->length[starts] / sizeof(uint32_t);
    unsigned bits = 1;
    while (((uint64_t)1 << bits) + 1 < count && bits < 32)
        bits++;
    map->starts = (const uint32_t *)(block + header->at[starts]);
    map->entries = (const Entry *)(block + header->at[entries]);
    map->bits = bits;
    return ((uint64_t)1 << bits) + 1 == count && map->starts[count - 1] * sizeof(Entry) == header->length[entries];
}

int nk_index_open(Index *index, const uint8_t *block, size_t bytes)
{
    const Header *header = (const Header *)block;
    if (bytes < sizeof(Header) || memcmp(header->magic, MAGIC, 8) != 0 || header->bytes != bytes)
        return 0;
    for (int s = 0; s < S_COUNT; s++)
        if (header->at[s] % 8 || header->at[s] > bytes || header->length[s] > bytes - header->at[s])
            return 0;
    memset(index, 0, sizeof *index);
    index->tokens = (uint32_t)header->tokens, index->parts = (uint32_t)header->parts;
    index->spellings = (uint32_t)header->spellings, index->starting = (uint32_t)header->starting;
    index->compacts = (uint32_t)header->compacts;
#define SECTION(name, type, section) index->name = (const type *)(block + header->at[section])
    SECTION(params, double, S_PARAMS);
    SECTION(records, uint8_t, S_RECORDS);
    SECTION(record_at, uint64_t, S_RECORD_AT);
    SECTION(spelling_at, uint32_t, S_SPELLING_AT);
    SECTION(spelling, uint8_t, S_SPELLINGS);
    SECTION(letters, uint64_t, S_LETTERS);
    SECTION(spelled_at, uint32_t, S_SPELLED_AT);
    SECTION(spelled, uint32_t, S_SPELLED);
    SECTION(by_start, uint32_t, S_STARTING);
    SECTION(posting_at, uint32_t, S_POSTING_AT);
    SECTION(postings, uint32_t, S_POSTINGS);
    SECTION(forward_at, uint32_t, S_FORWARD_AT);
    SECTION(forward, uint32_t, S_FORWARD);
    SECTION(owed, double, S_OWED);
    SECTION(owners, uint32_t, S_OWNERS);
    SECTION(part_flags, uint8_t, S_PART_FLAGS);
    SECTION(affixes, Affix, S_AFFIXES);
    SECTION(compact_at, uint32_t, S_COMPACT_AT);
    SECTION(compact, uint8_t, S_COMPACTS);
    SECTION(compact_parts, uint32_t, S_COMPACT_PARTS);
#undef SECTION
    uint64_t slots = header->length[S_AFFIXES] / sizeof(Affix);
    index->affix_slots = (uint32_t)slots;
    return slots > 0 && slots <= UINT32_MAX && (slots & (slots - 1)) == 0 &&
           header->length[S_PART_FLAGS] == header->parts &&
           header->length[S_PARAMS] == P_COUNT * sizeof(double) &&
           header->length[S_RECORD_AT] == (header->tokens + 1) * sizeof(uint64_t) &&
           header->length[S_POSTING_AT] == (header->tokens + 1) * sizeof(uint32_t) &&
           header->length[S_FORWARD_AT] == (header->parts + 1) * sizeof(uint32_t) &&
           header->length[S_OWED] == header->parts * sizeof(double) &&
           read_map(&index->by_word, header, block, S_BY_WORD, S_BY_WORD_ENTRIES) &&
           read_map(&index->segments, header, block, S_SEGMENTS, S_SEGMENT_ENTRIES) &&
           read_map(&index->exact, header, block, S_EXACT, S_EXACT_ENTRIES);
}
