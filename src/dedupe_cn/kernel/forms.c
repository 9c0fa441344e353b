/* The form of a document that is compared with others: its tokens; reference/forms.py says the same. */
#include "kernel.h"

#define MIX 0x9E3779B97F4A7C15u
#define JOIN 0xBF58476D1CE4E5B9u
#define TURN 0x94D049BB133111EBu
#define WORD_BIT ((uint64_t)1 << 63)

static int class_of(const Forms *forms, uint32_t code) {
    return code < forms->classes_size ? forms->classes[code] : PLAIN;
}

static uint64_t folded(const Forms *forms, uint32_t code) {
    return code < forms->folds_size ? forms->folds[code] : code;
}

/* What a character adds to the hash of a word or line in which it has this place. */
static uint64_t in_place(uint64_t code, uint64_t place) {
    uint64_t mixed = (code + 1) * MIX + place * TURN;
    mixed = (mixed ^ (mixed >> 32)) * JOIN;
    return (mixed ^ (mixed >> 29)) * MIX;
}

/* Hash the visible characters of each word by their places and values. */
static size_t read_words(const Forms *forms, const uint32_t *codes, size_t size, uint64_t *tokens) {
    size_t count = 0;
    uint64_t total = 0, place = 0;
    for (size_t i = 0; i <= size; i++) {
        int class = i < size ? class_of(forms, codes[i]) : SPACE;
        if (class >= PLAIN) {
            total += in_place(folded(forms, codes[i]), place++);
        } else if (class == SPACE && place) {
            tokens[count++] = (total ^ (total >> 32)) * JOIN | WORD_BIT;
            total = place = 0;
        }
    }
    return count;
}

size_t read_form(const Forms *forms, const uint32_t *codes, size_t size, uint64_t *tokens, size_t *length) {
    size_t count = 0, latin = 0;
    for (size_t i = 0; i < size; i++) {
        int class = class_of(forms, codes[i]);
        tokens[count] = folded(forms, codes[i]);
        count += class >= PLAIN;
        latin += class == LATIN;
    }
    *length = count;
    if (forms->kind == BY_WORDS || (forms->kind == BY_LETTERS && latin * 2 > count)) {
        return read_words(forms, codes, size, tokens);
    }
    return count;
}

int64_t longest_text(const int64_t *sizes, size_t texts, size_t codes) {
    int64_t most = 0;
    for (size_t i = 0; i < texts; i++) {
        if (sizes[i] < 0 || (uint64_t)sizes[i] > codes) return NOT_VALID;
        codes -= (size_t)sizes[i];
        if (sizes[i] > most) most = sizes[i];
    }
    return most;
}

/* Hash runs of code points that follow each other. ``first`` are the places where they begin, rising, and ``hashes``
   takes a number for each. Returns how many. */
EXPORT int64_t kernel_hash_runs(const uint32_t *codes, size_t codes_size, const int64_t *first, size_t first_size,
                                uint64_t *hashes, size_t hashes_size) {
    if (hashes_size < first_size) return NO_ROOM;
    for (size_t i = 0; i < first_size; i++) {
        uint64_t start = (uint64_t)first[i], end = i + 1 < first_size ? (uint64_t)first[i + 1] : codes_size, total = 0;
        if (first[i] < 0 || start >= end || end > codes_size) return NOT_VALID;
        for (uint64_t j = start; j < end; j++) total += in_place(codes[j], j - start);
        hashes[i] = (total ^ (total >> 32)) * JOIN;
    }
    return (int64_t)first_size;
}
