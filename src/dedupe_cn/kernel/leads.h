/* What leads.c tells reading.c. */
#ifndef DEDUPE_CN_LEADS_H
#define DEDUPE_CN_LEADS_H

#include <stddef.h>
#include <stdint.h>

/* What a line is by its beginning; a heading is its level, '1' to '6'. */
enum {
    LEAD_BLANK = 'B', LEAD_TEXT = 'P', LEAD_SHORT = 'p', LEAD_QUOTE = 'Q', LEAD_ROW = 'T', LEAD_ITEM = 'L',
    LEAD_INDENTED = 'I', LEAD_OTHER = 'X'
};

/* Tell what a line that is not blank is; `blanks` is white space. */
char lead_of(const uint32_t *line, size_t size, const uint32_t *blanks, size_t count);

#endif
