/* The exact form of a text and its lines, in one pass (the reference: reference/reading.py). */
#include "kernel.h"
#include "leads.h"

#include <string.h>

#define BMP 0x10000
enum { VISIBLE = 1, SPECIAL = 2, TABS = 4, SHORT = 8, EVEN = 16 };

/* Tell whether it lies in one of some ranges: the first and the last of each, rising. */
static int lies_in(const uint32_t *ranges, size_t count, uint32_t code) {
    size_t low = 0, high = count / 2;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (ranges[2 * middle + 1] < code) low = middle + 1; else high = middle;
    }
    return 2 * low + 1 < count && ranges[2 * low] <= code;
}

/* What the characters of a line tell. */
typedef struct {
    int is_blank, has_bar;
    size_t tabs;
} Held;

static Held held_in(const uint32_t *line, size_t size, const uint32_t *blanks, size_t blank_count) {
    Held held = {1, 0, 0};
    for (size_t at = 0; at < size; at++) {
        held.has_bar |= line[at] == '|';
        held.tabs += line[at] == '\t';
        held.is_blank = held.is_blank && is_one_of(blanks, blank_count, line[at]);
    }
    return held;
}

/* Read a text: the code points of its exact form, the offset of each other character (`gaps`) with its place in the
 * exact form (`places`), and its lines. Of a line there are its start and stop (the last character of its line end, or
 * the end of the text), the same in exact offsets, its sort and its lead (leads.h). `counts` gets how many there are of
 * the exact form, the gaps and the lines. `longest` is the visible length up to which a line is SHORT. */
EXPORT int64_t kernel_read_text(
    const uint32_t *codes, size_t size, const uint32_t *invisible, size_t invisible_count, const uint32_t *blanks,
    size_t blank_count, const uint32_t *specials, size_t special_count, int64_t longest, uint32_t *exact,
    size_t exact_room, int32_t *gaps, size_t gap_room, int32_t *places, size_t place_room, int32_t *starts,
    size_t start_room, int32_t *stops, size_t stop_room, int32_t *low, size_t low_room, int32_t *high,
    size_t high_room, uint8_t *sorts, size_t sort_room, uint8_t *leads, size_t lead_room, int64_t *counts,
    size_t count_room
) {
    uint8_t hidden[BMP / 8] = {0};
    size_t seen = 0, gap = 0, line = 0, begin = 0;
    int32_t last_length = -2;
    if (size > INT32_MAX || count_room < 3 || invisible_count % 2) return NOT_VALID;
    for (size_t range = 0; range < invisible_count; range += 2)
        for (uint32_t code = invisible[range]; code < BMP && code <= invisible[range + 1]; code++)
            hidden[code / 8] |= (uint8_t)(1 << code % 8);
    if (exact_room < size || gap_room < size || place_room < size) return NO_ROOM;
    for (size_t at = 0; at <= size; at++) {
        uint32_t code = at < size ? codes[at] : '\n';
        int ends = code == '\n' || (code == '\r' && (at + 1 == size || codes[at + 1] != '\n'));
        if (at < size && (code < BMP ? hidden[code / 8] >> code % 8 & 1 : lies_in(invisible, invisible_count, code))) {
            gaps[gap] = (int32_t)at;
            places[gap++] = (int32_t)seen;
        } else if (at < size) {
            exact[seen++] = code;
        }
        if (!ends && at < size) continue;
        if (line >= start_room || line >= stop_room || line >= low_room || line >= high_room || line >= sort_room
            || line >= lead_room) return NO_ROOM;
        starts[line] = (int32_t)begin;
        stops[line] = (int32_t)at;
        low[line] = line ? high[line - 1] : 0;
        high[line] = (int32_t)seen;
        int32_t length = high[line] - low[line];
        Held held = held_in(codes + begin, at - begin, blanks, blank_count);
        int sort = held.tabs > 1 ? TABS : 0;
        if (length > 0) sort |= VISIBLE | (length <= longest ? SHORT : 0);
        if (length > 0 && is_one_of(specials, special_count, exact[low[line]])) sort |= SPECIAL;
        if (length - last_length <= 1 && last_length - length <= 1) sort |= EVEN;
        char lead = held.is_blank ? LEAD_BLANK : lead_of(codes + begin, at - begin, blanks, blank_count);
        if (lead == LEAD_TEXT && held.has_bar) lead = LEAD_OTHER; /* a table may begin */
        if (lead == LEAD_TEXT && sort & SHORT) lead = LEAD_SHORT;
        leads[line] = (uint8_t)lead;
        sorts[line++] = (uint8_t)sort;
        last_length = length;
        begin = at + 1;
    }
    counts[0] = (int64_t)seen;
    counts[1] = (int64_t)gap;
    counts[2] = (int64_t)line;
    return 0;
}

/* Give how many characters of the exact form stand before each of some offsets. */
EXPORT int64_t kernel_exact_places(
    const int32_t *gaps, size_t gap_count, const int32_t *offsets, size_t count, int32_t *found, size_t room
) {
    if (room < count) return NO_ROOM;
    for (size_t at = 0; at < count; at++) {
        size_t low = 0, high = gap_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (gaps[middle] < offsets[at]) low = middle + 1; else high = middle;
        }
        found[at] = offsets[at] - (int32_t)low;
    }
    return (int64_t)count;
}

/* Give the classes that characters of a text have by a table, as bits. The class `pair` counts where two stand side by
 * side. The class `ragged` is that of a `feed` between two others, or behind a `blank` (classes of the table). */
EXPORT int64_t kernel_find_classes(
    const uint32_t *codes, size_t size, const uint8_t *table, size_t row_count, int64_t pair, int64_t ragged,
    int64_t feed, int64_t blank
) {
    int found = 0, before = 0, before_that = 0;
    for (size_t at = 0; at < size; at++) {
        int here = codes[at] < row_count ? table[codes[at]] : 0;
        found |= here & ~(int)pair;
        if (here & before & pair) found |= (int)pair;
        if (here & feed && before & blank) found |= (int)ragged;
        if (here & before & before_that & feed) found |= (int)ragged;
        before_that = before;
        before = here;
    }
    return found & ~(int)(feed | blank);
}
