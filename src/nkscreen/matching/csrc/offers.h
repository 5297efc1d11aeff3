/* Which tokens of the index a query token can meet, and the most that each such meeting is worth. */
#ifndef NK_OFFERS_H
#define NK_OFFERS_H

#include "arena.h"
#include "index.h"

typedef struct {
    uint32_t token, unused;
    double gain; /* at least similarity x the weight of both */
} Offer;

/* Which numbers were met in the current round; a new round forgets them at no cost. */
typedef struct {
    uint32_t *met, round, count;
} Marks;

int nk_marks_make(Marks *marks, uint32_t count);
void nk_marks_next(Marks *marks);

static inline int nk_mark(Marks *marks, uint32_t number)
{
    int first = marks->met[number] != marks->round;
    marks->met[number] = marks->round;
    return first;
}

/* At least `token.similarity` of the two: the same rules, save two that only ever lower it (`fits`, `ALIKE_FORMS`). */
double nk_similarity_bound(const Index *index, const Token *one, const Token *other);

/* Append an Offer for every token of the index that the query token can meet. 0 when memory is out. */
int nk_offers(const Index *index, const Token *query, Marks *tokens, Marks *spellings, Bytes *found);

/* Append an Offer for every token that may continue a query token cut at the end of its field. */
int nk_continuations(const Index *index, const Token *cut, Bytes *found);

#endif
