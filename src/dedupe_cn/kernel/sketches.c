/* Sketches of passages: sorted shingles, and a MinHash of one permutation; reference/sketches.py explains the method. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

#define RANGE_BITS 7
#define HASH_BITS 22
#define PLACED (8 * VALUES)
#define EMPTY 0xFFFFFFFFu
#define SEED 0xC42Du
#define TAGS 8
#define FIRST_TRIES 4

/* SplitMix64 (Steele, Lea and Flood 2014). */
static uint64_t random_number(uint64_t place, uint64_t stream) {
    uint64_t state = (place + SEED + (stream << 32)) * 0x9E3779B97F4A7C15u;
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
    return state ^ (state >> 31);
}

Numbers make_numbers(void) {
    Numbers numbers;
    for (size_t i = 0; i < ROUNDS; i++) numbers.multipliers[i] = (uint32_t)(random_number(i, 1) >> 32) | 1;
    uint64_t order[VALUES - 1];
    for (size_t i = 0; i < VALUES - 1; i++) {
        uint64_t number = random_number(i, 2);
        size_t j = i;
        for (; j > 0 && order[j - 1] > number; j--) {
            order[j] = order[j - 1];
            numbers.distances[j] = numbers.distances[j - 1];
        }
        order[j] = number;
        numbers.distances[j] = i + 1;
    }
    return numbers;
}

static int has_empty(const uint32_t *values) {
    for (size_t i = 0; i < VALUES; i++) {
        if (values[i] == EMPTY) return 1;
    }
    return 0;
}

/* Keep the smallest hash of each range, those of earlier rounds first. */
static void place(const Numbers *numbers, const uint32_t *hashes, size_t count, uint32_t *values) {
    size_t rounds = (PLACED + count - 1) / count;
    if (rounds > ROUNDS) rounds = ROUNDS;
    for (uint32_t round = 0; round < rounds; round++) {
        uint32_t multiplier = numbers->multipliers[round];
        /* A later round only fills what is empty. */
        if (round && !has_empty(values)) break;
        for (size_t i = 0; i < count; i++) {
            uint32_t turned = hashes[i] * multiplier;
            uint32_t *least = values + (turned >> (32 - RANGE_BITS));
            uint32_t value = (turned & ((1u << HASH_BITS) - 1)) | round << HASH_BITS;
            if (value < *least) *least = value;
        }
    }
}

/* Fill the empty ranges, each from the range at one distance after another. */
static void densify(const Numbers *numbers, uint32_t *values) {
    uint32_t source[VALUES], offered[VALUES];
    uint8_t empty[VALUES];
    size_t left = 0;
    for (size_t i = 0; i < VALUES; i++) {
        empty[left] = (uint8_t)i;
        left += values[i] == EMPTY;
    }
    memcpy(source, values, sizeof source);
    for (size_t number = 0; number < VALUES - 1 && left; number++) {
        const uint32_t *from = number < FIRST_TRIES ? source : values;
        uint32_t tag = number < TAGS ? (0xFF00u >> (number + 1)) % 256 << 24 : 0;
        for (size_t i = 0; i < left; i++) offered[i] = from[(empty[i] + numbers->distances[number]) % VALUES];
        size_t still = 0;
        for (size_t i = 0; i < left; i++) {
            if (offered[i] == EMPTY) {
                empty[still++] = empty[i];
            } else {
                values[empty[i]] = offered[i] | tag;
            }
        }
        left = still;
    }
}

void sketch_shingles(const Numbers *numbers, const uint32_t *shingles, size_t count, uint32_t *values) {
    for (size_t i = 0; i < VALUES; i++) values[i] = EMPTY;
    if (count) {
        place(numbers, shingles, count, values);
        densify(numbers, values);
    }
}

/* The longest passage, or NOT_VALID when one lies outside the codes. */
static int64_t longest(const int64_t *starts, const int64_t *ends, size_t count, size_t codes) {
    int64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        if (starts[i] < 0 || ends[i] < starts[i] || (uint64_t)ends[i] > codes) return NOT_VALID;
        if (ends[i] - starts[i] > most) most = ends[i] - starts[i];
    }
    return most;
}

/* Sketch the passages codes[starts[i] : ends[i]] by shingles of k. ``values`` takes 128 for each passage, ``counts``
   the number of its different shingles, ``shingles`` those shingles, sorted, one passage behind the other; while a
   passage is worked on, it needs room there for all its shingles. Returns how many shingles there are. */
EXPORT int64_t kernel_sketch(const uint32_t *codes, size_t codes_size, const int64_t *starts, size_t starts_size,
                             const int64_t *ends, size_t ends_size, int64_t k, uint32_t *values, size_t values_size,
                             uint32_t *shingles, size_t shingles_size, int64_t *counts, size_t counts_size) {
    size_t total = 0, passages = starts_size;
    if (ends_size != passages || k < 1 || k > LONGEST_GRAM) return NOT_VALID;
    if (counts_size < passages || values_size / VALUES < passages) return NO_ROOM;
    int64_t most = longest(starts, ends, passages, codes_size);
    if (most < 0) return most;
    uint32_t *memory = gram_memory((size_t)k), *spare = malloc(((size_t)most + 1) * sizeof *spare);
    int64_t failed = memory && spare ? 0 : NO_MEMORY;
    Numbers numbers = make_numbers();
    for (size_t i = 0; i < passages && !failed; i++) {
        uint32_t *row = values + i * VALUES, *own = shingles + total;
        size_t size = (size_t)(ends[i] - starts[i]), count = size < (size_t)k ? 0 : size - (size_t)k + 1;
        if (count > shingles_size - total) {
            failed = NO_ROOM;
            break;
        }
        if (count) {
            hash_grams(codes + starts[i], size, (size_t)k, memory, spare);
            count = sort_32(spare, own, count);
        }
        sketch_shingles(&numbers, own, count, row);
        counts[i] = (int64_t)count;
        total += count;
    }
    free(memory);
    free(spare);
    return failed ? failed : (int64_t)total;
}
