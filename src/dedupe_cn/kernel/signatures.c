/* Signatures of documents: the keys of their bands and their fingerprints; reference/signatures.py says the same. */
#include "kernel.h"

#include <stdlib.h>

#define MIX 0x9E3779B97F4A7C15u
#define JOIN 0xBF58476D1CE4E5B9u
#define TURN 0x94D049BB133111EBu

/* Join the values of a band into one key. */
static uint64_t join(const uint32_t *values, size_t rows, uint64_t key) {
    for (size_t i = 0; i < rows; i++) {
        key = (key ^ values[i]) * MIX;
        key ^= key >> 32;
    }
    return key;
}

/* Fingerprint a document that is shorter than a shingle by all its tokens. */
static uint64_t print_short(const uint64_t *tokens, size_t size, uint64_t print, uint64_t factor) {
    for (size_t i = 0; i < size; i++) {
        print = (print ^ (tokens[i] + 1)) * factor;
        print ^= print >> 29;
    }
    return print;
}

/* What a document is worked on with: room for the longest one. */
typedef struct {
    uint64_t *tokens;
    uint32_t *narrow, *hashes, *memory;
} Rooms;

/* Sign texts that stand one behind the other, ``sizes`` code points each. For each text ``keys`` takes one number for
   every band, ``prints`` two, ``counts`` that of its different shingles of k tokens, ``lengths`` that of its visible
   characters. Returns 0. */
EXPORT int64_t kernel_sign(const uint32_t *codes, size_t codes_size, const int64_t *sizes, size_t texts,
                           const uint8_t *classes, size_t classes_size, const uint32_t *folds, size_t folds_size,
                           int64_t kind, int64_t k, int64_t bands, int64_t rows, uint64_t *keys, size_t keys_size,
                           uint64_t *prints, size_t prints_size, int64_t *counts, size_t counts_size,
                           int64_t *lengths, size_t lengths_size) {
    const Forms forms = {classes, classes_size, folds, folds_size, kind};
    int64_t most = longest_text(sizes, texts, codes_size);
    if (most < 0 || k < 1 || k > LONGEST_GRAM || bands < 1 || bands > VALUES || rows < 1 || rows > VALUES / bands) {
        return NOT_VALID;
    }
    if (keys_size / (size_t)bands < texts || prints_size / 2 < texts || counts_size < texts || lengths_size < texts) {
        return NO_ROOM;
    }
    size_t room = (size_t)most + 1, length = (size_t)k;
    Rooms rooms = {malloc(room * sizeof(uint64_t)), malloc(room * sizeof(uint32_t)), malloc(room * sizeof(uint32_t)),
                   gram_memory(length)};
    int made = rooms.tokens && rooms.narrow && rooms.hashes && rooms.memory;
    Numbers numbers = make_numbers();
    for (size_t i = 0; made && i < texts; i++) {
        size_t visible, size = read_form(&forms, codes, (size_t)sizes[i], rooms.tokens, &visible);
        uint32_t values[VALUES], *shingles = rooms.narrow;
        for (size_t j = 0; j < size; j++) {
            uint64_t token = rooms.tokens[j];
            rooms.narrow[j] = (uint32_t)(token >> 63 ? token >> 32 : token);
        }
        hash_grams(rooms.narrow, size, length, rooms.memory, rooms.hashes);
        size_t count = size < length ? 0 : sort_32(rooms.hashes, shingles, size - length + 1);
        sketch_shingles(&numbers, shingles, count, values);
        if (count) {
            prints[2 * i] = 0;
            for (size_t j = 0; j < count; j++) prints[2 * i] += shingles[j];
            prints[2 * i + 1] = join(values, VALUES, TURN);
        } else {
            prints[2 * i] = print_short(rooms.tokens, size, TURN, MIX);
            prints[2 * i + 1] = print_short(rooms.tokens, size, 0, JOIN);
        }
        for (size_t band = 0; band < (size_t)bands; band++) {
            keys[i * (size_t)bands + band] = join(values + band * (size_t)rows, (size_t)rows, (band + 1) * TURN);
        }
        counts[i] = (int64_t)count;
        lengths[i] = (int64_t)visible;
        codes += sizes[i];
    }
    free(rooms.tokens);
    free(rooms.narrow);
    free(rooms.hashes);
    free(rooms.memory);
    return made ? 0 : NO_MEMORY;
}
