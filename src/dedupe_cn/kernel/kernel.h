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

/* sort.c: sort hashes upwards. ``spare`` holds as many elements as there are, and nothing of value afterwards. The
   time is linear whatever the input; on well mixed hashes it is three passes. */
void sort_32(uint32_t *hashes, uint32_t *spare, size_t size);
void sort_64(uint64_t *hashes, uint64_t *spare, size_t size);

/* sort.c: drop the repeats of sorted hashes in place and return how many are left. */
size_t distinct_32(uint32_t *hashes, size_t size);
size_t distinct_64(uint64_t *hashes, size_t size);

/* grams.c: memory for hashing grams of ``length`` code points; free() it. NULL when there is none. */
uint32_t *gram_memory(size_t length);

/* grams.c: hash all grams of ``length`` code points; ``hashes`` takes size - length + 1 of them (none if that is less
   than one). */
void hash_grams(const uint32_t *codes, size_t size, size_t length, uint32_t *memory, uint32_t *hashes);

#endif
