/* Growing arrays. A function that cannot get memory returns 0 and leaves the array as it was. */
#ifndef NK_ARENA_H
#define NK_ARENA_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint8_t *data;
    size_t used, room;
} Bytes;

static inline int nk_reserve(Bytes *bytes, size_t more)
{
    if (more <= bytes->room - bytes->used)
        return 1;
    size_t room = bytes->room ? bytes->room : 256;
    while (room - bytes->used < more) {
        if (room > SIZE_MAX / 2)
            return 0;
        room *= 2;
    }
    uint8_t *data = realloc(bytes->data, room);
    if (!data)
        return 0;
    bytes->data = data, bytes->room = room;
    return 1;
}

static inline int nk_append(Bytes *bytes, const void *what, size_t size)
{
    if (!nk_reserve(bytes, size))
        return 0;
    if (size)
        memcpy(bytes->data + bytes->used, what, size);
    bytes->used += size;
    return 1;
}

#endif
