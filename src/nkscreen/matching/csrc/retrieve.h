/* From the tokens of a query to the listed names that may reach a cutoff. */
#ifndef NK_RETRIEVE_H
#define NK_RETRIEVE_H

#include "offers.h"

/* What one thread needs to search: nothing in it is shared. */
typedef struct {
    const Index *index;
    Marks tokens, spellings, parts, owners, met;
    uint32_t *first; /* of each token met, its first gain */
    Bytes memo_slots, memo_entries, memo_records, memo_offers; /* offers of query tokens seen before */
    Bytes scratch, gains, order, best, candidates;
} Context;

enum { MEMO_BYTES = 24 << 20 };

int nk_context_make(Context *context, const Index *index);
void nk_context_free(Context *context);

/* A query token in a name: its record; a joined one begins at token `first` and covers `spanned` of them. */
typedef struct {
    const uint8_t *record;
    size_t bytes;
    uint32_t first;
} Word;

typedef struct {
    const Word *tokens, *spans;
    uint32_t token_count, span_count;
    int32_t cut; /* the token cut at the field's end, or -1 */
    double owed, cutoff, missing_cost;
} Query;

/* Mark in `context->owners` every listed name whose bound reaches the cutoff. 0 when memory is out, -1 when a record is
   not whole. Call `nk_context_begin` before the first of the queries whose owners are wanted together. */
int nk_retrieve(Context *context, const Query *query);

int nk_context_begin(Context *context);
int nk_found(Context *context, uint32_t owner);
int nk_found_exact(Context *context, const uint8_t *key, size_t length);
int nk_found_continuing(Context *context, const uint8_t *compact, size_t length);

#endif
