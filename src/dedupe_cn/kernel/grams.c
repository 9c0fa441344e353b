/* Hashes of grams of code points, 32 bits; reference/grams.py says the same. */
#include "kernel.h"

#include <stdlib.h>
#include <string.h>

#define MIX 0x9E3779B1u
#define JOIN 0x85EBCA6Bu

/* Grams hashed at a time: the levels of a few code points stay in the cache. */
#define TILE 2048

/* A level holds the hashes of all parts of 1, 2, 4 … code points; a gram is joined from at most one part of each. */
static size_t levels_of(size_t length) {
    size_t levels = 1;
    while (length >> levels) levels++;
    return levels;
}

uint32_t *gram_memory(size_t length) {
    return malloc(levels_of(length) * (TILE + length) * sizeof(uint32_t));
}

/* Hash the grams that begin at the first ``count`` (at most TILE) of the code points. */
static void hash_tile(const uint32_t *codes, size_t count, size_t length, uint32_t *memory, uint32_t *hashes) {
    size_t levels = levels_of(length), room = TILE + length, size = count + length - 1;
    for (size_t i = 0; i < size; i++) {
        uint32_t mixed = codes[i] * MIX;
        memory[i] = mixed ^ (mixed >> 15);
    }
    for (size_t level = 1; level < levels; level++) {
        size_t half = (size_t)1 << (level - 1);
        const uint32_t *before = memory + (level - 1) * room;
        uint32_t *joined = memory + level * room, factor = JOIN + 2 * (uint32_t)half;
        size -= half;
        for (size_t i = 0; i < size; i++) joined[i] = before[i] * factor + before[i + half];
    }
    size_t done = (size_t)1 << (levels - 1);
    memcpy(hashes, memory + (levels - 1) * room, count * sizeof *hashes);
    for (size_t level = levels - 1; level-- > 0;) {
        if (!(length >> level & 1)) continue;
        const uint32_t *part = memory + level * room + done;
        for (size_t i = 0; i < count; i++) hashes[i] = hashes[i] * JOIN + part[i];
        done += (size_t)1 << level;
    }
    for (size_t i = 0; i < count; i++) {
        hashes[i] ^= hashes[i] >> 15;
        hashes[i] *= MIX;
    }
}

void hash_grams(const uint32_t *codes, size_t size, size_t length, uint32_t *memory, uint32_t *hashes) {
    if (size < length) return;
    size_t count = size - length + 1;
    for (size_t i = 0; i < count; i += TILE) {
        hash_tile(codes + i, count - i < TILE ? count - i : TILE, length, memory, hashes + i);
    }
}
