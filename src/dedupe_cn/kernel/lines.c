/* Lines and other parts of a text that say the same as others of it (the reference: reference/lines.py). */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

static int are_edges(const int64_t *edges, size_t count, size_t size) {
    for (size_t at = 0; at < count; at++)
        if (edges[at] < (at ? edges[at - 1] : 0) || (uint64_t)edges[at] > size) return 0;
    return 1;
}

/* Give the numbers of the parts between edges that are equal to the next one. */
EXPORT int64_t kernel_equal_neighbours(
    const uint32_t *codes, size_t size, const int64_t *edges, size_t edge_count, int64_t *numbers, size_t room
) {
    size_t count = 0;
    if (!are_edges(edges, edge_count, size)) return NOT_VALID;
    for (size_t at = 0; at + 2 < edge_count; at++) {
        int64_t length = edges[at + 1] - edges[at];
        if (edges[at + 2] - edges[at + 1] != length || !length) continue;
        if (memcmp(codes + edges[at], codes + edges[at + 1], (size_t)length * sizeof *codes)) continue;
        if (count == room) return NO_ROOM;
        numbers[count++] = (int64_t)at;
    }
    return (int64_t)count;
}

typedef struct {
    const uint32_t *codes;
    const int64_t *edges;
    int64_t *first; /* by hash: the number of the part, plus one */
    int64_t *times; /* by the same place: how often it stands */
    uint64_t mask;
} Parts;

/* Find the place of a part in the table: where one that says the same stands, or the free place for it. */
static uint64_t place_of(const Parts *parts, int64_t number) {
    const uint32_t *here = parts->codes + parts->edges[number];
    int64_t length = parts->edges[number + 1] - parts->edges[number];
    uint64_t hash = (uint64_t)length;
    for (int64_t at = 0; at < length; at++) hash = (hash ^ here[at]) * 0x9E3779B97F4A7C15ull;
    uint64_t place = (hash ^ hash >> 32) & parts->mask;
    for (; parts->first[place]; place = (place + 1) & parts->mask) {
        int64_t other = parts->first[place] - 1;
        if (parts->edges[other + 1] - parts->edges[other] != length) continue;
        if (!memcmp(parts->codes + parts->edges[other], here, (size_t)length * sizeof *here)) break;
    }
    return place;
}

/* Give the numbers of the parts of some lengths that stand so many times, rising. */
EXPORT int64_t kernel_recurring_parts(
    const uint32_t *codes, size_t size, const int64_t *edges, size_t edge_count, int64_t shortest, int64_t longest,
    int64_t times, int64_t *numbers, size_t room
) {
    size_t slots = 16, count = 0;
    int64_t status = 0;
    if (!are_edges(edges, edge_count, size)) return NOT_VALID;
    while (slots < 2 * edge_count) slots *= 2;
    Parts parts = {codes, edges, calloc(slots, sizeof(int64_t)), calloc(slots, sizeof(int64_t)), slots - 1};
    if (!parts.first || !parts.times) status = NO_MEMORY;
    for (int turn = 0; turn < 2; turn++)
        for (size_t at = 0; status == 0 && at + 1 < edge_count; at++) {
            int64_t length = edges[at + 1] - edges[at];
            if (length < shortest || length > longest) continue;
            uint64_t place = place_of(&parts, (int64_t)at);
            if (!turn) {
                parts.first[place] = parts.first[place] ? parts.first[place] : (int64_t)at + 1;
                parts.times[place]++;
            } else if (parts.times[place] >= times) {
                if (count == room) status = NO_ROOM;
                else numbers[count++] = (int64_t)at;
            }
        }
    free(parts.first);
    free(parts.times);
    return status ? status : (int64_t)count;
}
