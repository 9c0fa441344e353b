/* Maximal matches between a passage and its next occurrence: sample, link, extend (reference/matches.py).
 *
 * Grams are sampled by closed syncmers (Edgar 2021): a gram of GRAM letters is taken when the smallest of the hashes of
 * its parts of PART letters stands first or last in it. Each sampled gram is linked to its next occurrence only, so the
 * links are no more than the samples, whatever the input. */
#include "finder.h"

#define GRAM 8
#define PART 4
#define WIDTH (GRAM - PART + 1)
/* Letters that are sampled at a time. */
#define STRETCH 1024
/* Odd multipliers: from the golden ratio, SplitMix64 (Steele et al. 2014), MurmurHash3 (Appleby 2011). */
#define MIX_32 0x9E3779B1u
#define JOIN_32 0x85EBCA6Bu
#define MIX_64 0x9E3779B97F4A7C15ull

int has_room(void **array, int64_t *room, int64_t count, size_t size) {
    if (count < *room) return 1;
    int64_t more = *room ? 2 * *room : 64;
    void *grown = realloc(*array, (size_t)more * size);
    if (!grown) return 0;
    *array = grown;
    *room = more;
    return 1;
}

int64_t agreement(const uint32_t *codes, int64_t one, int64_t other, int64_t most, int step) {
    int64_t same = 0;
    if (step > 0)
        while (same < most && codes[one + same] == codes[other + same]) same++;
    else
        while (same < most && codes[one - same] == codes[other - same]) same++;
    return same;
}

static uint32_t mixed(uint32_t code) {
    uint32_t result = code * MIX_32;
    return result ^ (result >> 15);
}

/* Hash all parts of a stretch in 32 bits: `count` of them, so it has PART - 1 letters more. */
static void hash_parts(const uint32_t *codes, int64_t count, uint32_t *parts) {
    uint32_t single[STRETCH + GRAM], pair[STRETCH + GRAM];
    for (int64_t at = 0; at < count + 3; at++) single[at] = mixed(codes[at]);
    for (int64_t at = 0; at < count + 2; at++) pair[at] = single[at] * (JOIN_32 + 2) + single[at + 1];
    for (int64_t at = 0; at < count; at++) {
        uint32_t both = pair[at] * (JOIN_32 + 4) + pair[at + 2];
        parts[at] = (both ^ (both >> 15)) * MIX_32;
    }
}

/* Mark the grams of a stretch that are sampled. */
static void mark_samples(const uint32_t *parts, int64_t count, uint8_t *marks) {
    for (int64_t at = 0; at < count; at++) {
        uint32_t inner = parts[at + 1] < parts[at + 2] ? parts[at + 1] : parts[at + 2];
        inner = parts[at + 3] < inner ? parts[at + 3] : inner;
        uint32_t outer = parts[at] < parts[at + 4] ? parts[at] : parts[at + 4];
        marks[at] = outer <= inner;
    }
}

typedef struct {
    const uint32_t *codes;
    uint32_t *last; /* by the hash of a gram: where it stood last, plus one */
    int bits;
    int64_t held;
    uint64_t *links; /* distance << 32 | earlier place */
    int64_t count, room;
} Linker;

static uint64_t slot_of(const Linker *linker, uint32_t first, uint32_t then) {
    return (((uint64_t)first << 32 | then) * MIX_64) >> (64 - linker->bits);
}

/* Make the table twice as large, or a first one for so many grams. */
static int widen_table(Linker *linker, int64_t likely) {
    Linker wide = *linker;
    int64_t size = linker->last ? (int64_t)1 << linker->bits : 0;
    wide.bits = linker->last ? linker->bits + 1 : 6;
    while (((int64_t)1 << wide.bits) * 3 < likely * 4) wide.bits++;
    wide.last = calloc((size_t)1 << wide.bits, sizeof *wide.last);
    if (!wide.last) return NO_MEMORY;
    for (int64_t at = 0; at < size; at++) {
        if (!linker->last[at]) continue;
        uint32_t parts[WIDTH];
        hash_parts(linker->codes + linker->last[at] - 1, WIDTH, parts);
        uint64_t mask = (1ull << wide.bits) - 1, slot = slot_of(&wide, parts[0], parts[WIDTH - 1]);
        while (wide.last[slot]) slot = (slot + 1) & mask;
        wide.last[slot] = linker->last[at];
    }
    free(linker->last);
    *linker = wide;
    return OK;
}

static int is_same(const uint32_t *codes, int64_t one, int64_t other) {
    return !memcmp(codes + one, codes + other, GRAM * sizeof *codes);
}

/* Link the gram at a place to where it stood last. */
static int link_gram(Linker *linker, int64_t place, uint32_t first, uint32_t then) {
    uint64_t mask = (1ull << linker->bits) - 1, slot = slot_of(linker, first, then);
    for (; linker->last[slot]; slot = (slot + 1) & mask) {
        int64_t earlier = (int64_t)linker->last[slot] - 1;
        if (!is_same(linker->codes, earlier, place)) continue;
        if (!has_room((void **)&linker->links, &linker->room, linker->count, sizeof *linker->links)) return NO_MEMORY;
        linker->links[linker->count++] = (uint64_t)(place - earlier) << 32 | (uint64_t)earlier;
        linker->last[slot] = (uint32_t)place + 1;
        return OK;
    }
    linker->last[slot] = (uint32_t)place + 1;
    return ++linker->held * 4 > ((int64_t)3 << linker->bits) ? widen_table(linker, 0) : OK;
}

/* Sample a text and link the samples. Of equal samples in a row only the first two count: such a row is a run of a
 * period shorter than the gram, which those two show, and in a text of one letter it would hold every place. */
static int link_samples(Linker *linker, int64_t size) {
    uint32_t parts[STRETCH + GRAM];
    uint8_t marks[STRETCH];
    int64_t earlier = -1, before_that = -1; /* the last two samples */
    int status = widen_table(linker, size / 2);
    for (int64_t begin = 0; status == OK && begin + GRAM <= size; begin += STRETCH) {
        int64_t count = smaller(STRETCH, size - GRAM + 1 - begin);
        hash_parts(linker->codes + begin, count + WIDTH - 1, parts);
        mark_samples(parts, count, marks);
        for (int64_t at = 0; status == OK && at < count; at++) {
            if (!marks[at]) continue;
            int64_t place = begin + at;
            int again = before_that >= 0 && is_same(linker->codes, earlier, place)
                        && is_same(linker->codes, before_that, place);
            before_that = earlier;
            earlier = place;
            if (!again) status = link_gram(linker, place, parts[at], parts[at + WIDTH - 1]);
        }
    }
    return status;
}

/* Sort words by their lower bits, 16 of them at a time; `spare` has as much room. */
static int sort_words(uint64_t *words, int64_t count) {
    uint64_t *spare = malloc((size_t)(count ? count : 1) * sizeof *spare);
    int64_t *begin = malloc(((size_t)1 << 16) * sizeof *begin);
    if (!spare || !begin) {
        free(spare);
        free(begin);
        return NO_MEMORY;
    }
    for (int shift = 0; shift < 64; shift += 16) {
        memset(begin, 0, ((size_t)1 << 16) * sizeof *begin);
        for (int64_t at = 0; at < count; at++) begin[words[at] >> shift & 0xFFFF]++;
        int64_t sum = 0;
        int one_value = 0;
        for (int64_t value = 0; value < 1 << 16; value++) {
            int64_t here = begin[value];
            one_value |= here == count;
            begin[value] = sum;
            sum += here;
        }
        if (one_value) continue;
        for (int64_t at = 0; at < count; at++) spare[begin[words[at] >> shift & 0xFFFF]++] = words[at];
        memcpy(words, spare, (size_t)count * sizeof *words);
    }
    free(spare);
    free(begin);
    return OK;
}

static int compare_words(const void *one, const void *other) {
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

static int by_place(const void *one, const void *other) {
    const Piece *a = one, *b = other;
    if (a->second != b->second) return a->second < b->second ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* Extend links, sorted by distance and place, to maximal matches; what several links of one distance show is one. */
static int extend(const uint32_t *codes, int64_t size, const Linker *linker, Piece **found, int64_t *count) {
    int64_t room = 0, last_distance = -1, reached = 0;
    for (int64_t at = 0; at < linker->count; at++) {
        int64_t far = (int64_t)(linker->links[at] >> 32), first = (int64_t)(linker->links[at] & 0xFFFFFFFFu);
        if (far == last_distance && first < reached) continue;
        int64_t back = agreement(codes, first - 1, first + far - 1, first, -1);
        int64_t ahead = agreement(codes, first, first + far, size - far - first, 1);
        if (!has_room((void **)found, &room, *count, sizeof **found)) return NO_MEMORY;
        (*found)[(*count)++] = (Piece){first - back, first - back + far, back + ahead};
        last_distance = far;
        reached = first + ahead;
    }
    if (*count) qsort(*found, (size_t)*count, sizeof **found, by_place);
    return OK;
}

/* Find the maximal matches of a text, sorted by their later places, then their earlier ones. */
int find_matches(const uint32_t *codes, int64_t size, Piece **found, int64_t *count) {
    Linker linker = {codes, NULL, 0, 0, NULL, 0, 0};
    *found = NULL;
    *count = 0;
    if (size < GRAM) return OK;
    if (size >= UINT32_MAX) return NOT_VALID;
    int status = link_samples(&linker, size);
    free(linker.last);
    if (status == OK && linker.count && linker.count < 1 << 14)
        qsort(linker.links, (size_t)linker.count, sizeof *linker.links, compare_words);
    else if (status == OK && linker.count)
        status = sort_words(linker.links, linker.count);
    if (status == OK) status = extend(codes, size, &linker, found, count);
    free(linker.links);
    return status;
}
