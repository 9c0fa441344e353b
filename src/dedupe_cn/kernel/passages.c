/* Samples of a text by which passages are found again in other texts (reference/passages.py says the same).
 *
 * Grams of GRAM letters are sampled by closed syncmers (Edgar 2021): one is taken when the smallest of the hashes of its
 * parts of PART letters stands first or last in it. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

#define GRAM 12
#define PART 4
#define INNER (GRAM - PART)
/* Odd multipliers: from the golden ratio, and from SplitMix64 (Steele et al. 2014). */
#define MIX 0x9E3779B97F4A7C15ull
#define JOIN 0xBF58476D1CE4E5B9ull
/* Slots in which a hash is remembered: what repeats within a text is sampled about TIMES times. */
#define SLOTS 4096
#define TIMES 2

typedef struct {
    uint64_t hash;
    uint64_t times;
} Slot;

static int is_sampled(const uint32_t *parts) {
    uint32_t least = parts[0] < parts[INNER] ? parts[0] : parts[INNER];
    for (size_t at = 1; at < INNER; at++) {
        if (parts[at] < least) return 0;
    }
    return 1;
}

static uint64_t hash_of(const uint32_t *parts) {
    uint64_t hash = ((uint64_t)parts[0] << 32 | parts[PART]) * MIX;
    hash = ((hash ^ hash >> 29) + parts[2 * PART]) * JOIN;
    return hash ^ hash >> 32;
}

/* Sample the bare form of a text: the hash of each sampled gram, and the exact offset of its first letter, by ``places``
   of as many letters. Returns how many samples there are. */
EXPORT int64_t kernel_sample_passages(const uint32_t *bare, size_t size, const int32_t *places, size_t place_count,
                                      uint64_t *hashes, size_t hash_room, int32_t *found, size_t found_room) {
    if (place_count != size || size > INT32_MAX) return NOT_VALID;
    if (size < GRAM) return 0;
    size_t count = 0, parts_count = size - PART + 1;
    uint32_t *memory = gram_memory(PART), *parts = malloc(parts_count * sizeof *parts);
    Slot *slots = calloc(SLOTS, sizeof *slots);
    int64_t failed = memory && parts && slots ? 0 : NO_MEMORY;
    if (!failed) hash_grams(bare, size, PART, memory, parts);
    for (size_t at = 0; !failed && at + GRAM <= size; at++) {
        if (!is_sampled(parts + at)) continue;
        uint64_t hash = hash_of(parts + at);
        Slot *slot = slots + hash % SLOTS;
        if (slot->hash != hash) *slot = (Slot){hash, 0};
        if (slot->times == TIMES) continue;
        slot->times++;
        if (count == hash_room || count == found_room) {
            failed = NO_ROOM;
            break;
        }
        hashes[count] = hash;
        found[count++] = places[at];
    }
    free(memory);
    free(parts);
    free(slots);
    return failed ? failed : (int64_t)count;
}
