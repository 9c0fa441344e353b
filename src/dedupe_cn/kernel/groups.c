/* The lines of Markdown between two blank ones, by their leads (the reference: reference/groups.py). */
#include "kernel.h"
#include "leads.h"

/* Lines in a row that may be verse. */
#define VERSE 4

/* Tell whether lines are prose for sure: text, of which no short lines in a row may be verse. */
static int are_prose(const uint8_t *leads, size_t count) {
    size_t short_lines = 0;
    for (size_t at = 0; at < count; at++) {
        if (leads[at] != LEAD_TEXT && leads[at] != LEAD_SHORT) return 0;
        short_lines = leads[at] == LEAD_SHORT ? short_lines + 1 : 0;
        if (short_lines == VERSE) return 0;
    }
    return 1;
}

/* Tell whether the lines from one on are each one of two sorts, up to the number behind the last. */
static int are_all(const uint8_t *leads, size_t count, uint8_t one, uint8_t other) {
    for (size_t at = 0; at < count; at++)
        if (leads[at] != one && leads[at] != other) return 0;
    return 1;
}

/* Name what lines are by the lead of one of them; LEAD_OTHER where only the reader tells. `behind` is the lead of the
 * next line that is not blank, LEAD_BLANK for none. */
static uint8_t sort_of(const uint8_t *leads, size_t count, uint8_t behind) {
    uint8_t first = leads[0];
    int goes_on = behind == LEAD_ITEM || behind == LEAD_INDENTED || behind == LEAD_OTHER;
    if (first >= '1' && first <= '6' && count == 1) return first;
    if ((first == LEAD_QUOTE || first == LEAD_ROW) && are_all(leads, count, first, first)) return first;
    if (first == LEAD_ITEM && !goes_on && are_all(leads, count, LEAD_ITEM, LEAD_INDENTED)) return first;
    return are_prose(leads, count) ? LEAD_TEXT : LEAD_OTHER;
}

/* Give the groups of lines between blank ones: where the first line starts and the last one stops, and what they are. */
EXPORT int64_t kernel_find_groups(
    const uint8_t *leads, size_t lines, const int32_t *line_starts, size_t start_count, const int32_t *line_stops,
    size_t stop_count, int32_t *starts, size_t start_room, int32_t *stops, size_t stop_room, uint8_t *sorts,
    size_t sort_room
) {
    size_t count = 0, first = 0;
    if (start_count != lines || stop_count != lines) return NOT_VALID;
    while (first < lines && leads[first] == LEAD_BLANK) first++;
    while (first < lines) {
        size_t behind = first, next;
        while (behind < lines && leads[behind] != LEAD_BLANK) behind++;
        for (next = behind; next < lines && leads[next] == LEAD_BLANK;) next++;
        if (count >= start_room || count >= stop_room || count >= sort_room) return NO_ROOM;
        starts[count] = line_starts[first];
        stops[count] = line_stops[behind - 1];
        sorts[count++] = sort_of(leads + first, behind - first, next < lines ? leads[next] : LEAD_BLANK);
        first = next;
    }
    return (int64_t)count;
}
