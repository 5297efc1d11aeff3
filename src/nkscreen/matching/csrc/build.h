/* Making the block of an index from its parts. */
#ifndef NK_BUILD_H
#define NK_BUILD_H

#include "arena.h"
#include "index.h"

/* Texts one after another: text i is bytes[at[i] .. at[i + 1]]. */
typedef struct {
    const uint8_t *bytes;
    const uint64_t *at;
    uint32_t count;
} Texts;

typedef struct {
    Texts records, spellings, exact, compacts;
    const double *params, *owed;
    const uint32_t *spelled_at, *spelled, *by_start, *forward_at, *forward, *posting_at, *postings, *owners,
        *exact_parts, *compact_parts;
    const uint8_t *part_flags;
    uint32_t starting, parts;
} Plan;

/* Append the block of the plan. 0 when memory is out, -1 when a record is not whole. */
int nk_build(const Plan *plan, Bytes *block);

#endif
