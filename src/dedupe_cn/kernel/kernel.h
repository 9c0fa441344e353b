/* What all files of the kernel share.

   Every function that Python calls stands in kernel/interface.py and begins with EXPORT. It takes each buffer as an
   address and the number of its elements, checks every number it is given against those, writes nothing behind the
   last element, keeps nothing between calls, and returns a count of 0 or more, or one of the errors below. Python.h
   is not needed: the library is the same for every Python. */
#ifndef DEDUPE_CN_KERNEL_H
#define DEDUPE_CN_KERNEL_H

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#else
#define EXPORT __attribute__((visibility("default")))
#endif

enum {
    NO_ROOM = -1,   /* a buffer that is written to is too small */
    NOT_VALID = -2, /* numbers that do not fit together, or lie outside what a buffer holds */
    NO_MEMORY = -3  /* the system gives no memory for what is held during the call */
};

/* Longest gram that is hashed, in elements. */
#define LONGEST_GRAM 4096

/* sort.c: put the different ones of ``hashes`` upwards into ``sorted`` and return how many they are. Both hold ``size``
   elements, and ``hashes`` nothing of value afterwards. The time is linear whatever the input; well mixed hashes take
   three passes. */
size_t sort_32(uint32_t *hashes, uint32_t *sorted, size_t size);
size_t sort_64(uint64_t *hashes, uint64_t *sorted, size_t size);

/* grams.c: memory for hashing grams of ``length`` code points; free() it. NULL when there is none. */
uint32_t *gram_memory(size_t length);

/* grams.c: hash all grams of ``length`` code points; ``hashes`` takes size - length + 1 of them (none if that is less
   than one). */
void hash_grams(const uint32_t *codes, size_t size, size_t length, uint32_t *memory, uint32_t *hashes);

/* forms.c: classes of code points, and by what a document is compared. */
enum { UNSEEN = 0, SPACE = 1, PLAIN = 2, LATIN = 3 };
enum { BY_LETTERS = 0, BY_CHARACTERS = 1, BY_WORDS = 2 }; /* BY_LETTERS: by words where most are Latin letters */

/* The class of each code point, and to what each folds; beyond the tables all are plain and fold to themselves. */
typedef struct {
    const uint8_t *classes;
    size_t classes_size;
    const uint32_t *folds;
    size_t folds_size;
    int64_t kind;
} Forms;

/* forms.c: read the tokens of a text, at most ``size``, and the number of its visible characters. Returns how many
   tokens there are. */
size_t read_form(const Forms *forms, const uint32_t *codes, size_t size, uint64_t *tokens, size_t *length);

/* forms.c: the size of the longest text, or NOT_VALID when they are more than the codes. */
int64_t longest_text(const int64_t *sizes, size_t texts, size_t codes);

/* Values of a sketch, and rounds in which shingles are placed. */
#define VALUES 128
#define ROUNDS 3

/* The fixed random numbers of all sketches. */
typedef struct {
    uint32_t multipliers[ROUNDS];
    size_t distances[VALUES - 1];
} Numbers;

/* sketches.c: make the numbers, and with them a sketch of ``count`` different shingles; all values are the largest
   number when there is none. */
Numbers make_numbers(void);
void sketch_shingles(const Numbers *numbers, const uint32_t *shingles, size_t count, uint32_t *values);

/* Tell whether a code point is one of some (rising). */
static inline int is_one_of(const uint32_t *some, size_t count, uint32_t code) {
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (some[middle] < code) low = middle + 1; else high = middle;
    }
    return low < count && some[low] == code;
}

#endif
