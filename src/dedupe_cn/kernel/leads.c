/* What the beginning of a line of Markdown tells of the block that begins with it (reference/leads.py). */
#include "leads.h"

#include <string.h>

static int is_blank(uint32_t code) { return code == ' ' || code == '\t'; }

static int is_digit(uint32_t code) { return code >= '0' && code <= '9'; }

static int is_letter(uint32_t code) { return (code | 32) >= 'a' && (code | 32) <= 'z'; }

static int is_white(uint32_t code, const uint32_t *blanks, size_t count) {
    for (size_t at = 0; at < count; at++)
        if (blanks[at] == code) return 1;
    return 0;
}

/* Tell whether a line holds nothing but one sign and white space. */
static int holds_only(const uint32_t *line, size_t size, uint32_t sign, const uint32_t *blanks, size_t count) {
    for (size_t at = 0; at < size; at++)
        if (line[at] != sign && !is_white(line[at], blanks, count)) return 0;
    return 1;
}

/* Tell whether a line begins with a word of ASCII, in small or capital letters. */
static int begins_with(const uint32_t *line, size_t size, const char *word) {
    size_t length = strlen(word);
    if (size < length) return 0;
    for (size_t at = 0; at < length; at++)
        if (line[at] != (uint32_t)word[at] && (!is_letter(line[at]) || (line[at] | 32) != (uint32_t)word[at])) return 0;
    return 1;
}

/* Tell whether a line that begins with a bracket defines a link, or is a table of contents or an image. */
static int is_more_than_brackets(const uint32_t *line, size_t size) {
    if (size < 2) return 0;
    if (line[1] == '!' || line[1] == '[' || begins_with(line, size, "[toc]")) return 1;
    for (size_t at = 1; at < size && at <= 1000; at++)
        if (line[at] == ']') return at > 1 && at + 1 < size && line[at + 1] == ':';
    return 0;
}

/* Tell whether the second character leaves a line that begins with a sign text. */
static int is_text(const uint32_t *line, size_t size) {
    uint32_t second = size > 1 ? line[1] : 0;
    switch (line[0]) {
    case '`': case '~': case '?': case '$': return second != line[0];
    case '!': return second != '[' && second != '!';
    case '@': case '\\': return second != '[';
    case ':': return second != ':' && second != '-';
    case '<': return !is_letter(second) && second != '/' && second != '!' && second != '?';
    case '{': return second != '{' && second != '%';
    case '[': return !is_more_than_brackets(line, size);
    default: return 0;
    }
}

/* Tell whether a character beyond ASCII may be a digit too: outside of these ranges none is (Unicode 16, category Nd). */
static int may_be_digit(uint32_t code) {
    if (code < 0x3000) return code > 0x7F;
    return (code >= 0xA600 && code < 0xAC00) || (code >= 0xFF10 && code <= 0xFF19) || code > 0xFFFF;
}

/* Tell what a line is that begins with a bullet or a number. */
static char lead_of_item(const uint32_t *line, size_t size, const uint32_t *blanks, size_t count) {
    size_t digits = 0;
    if (!is_digit(line[0])) {
        if (holds_only(line, size, line[0], blanks, count)) return LEAD_OTHER;
        if (line[0] == '_') return LEAD_TEXT;
        if (size > 1 && is_blank(line[1])) return LEAD_ITEM;
        return line[0] != '*' && size > 1 && line[1] == line[0] ? LEAD_OTHER : LEAD_TEXT;
    }
    while (digits < size && is_digit(line[digits])) digits++;
    if (digits == size) return LEAD_TEXT;
    if (may_be_digit(line[digits])) return LEAD_OTHER;
    if (digits > 9 || (line[digits] != '.' && line[digits] != ')')) return LEAD_TEXT;
    return digits + 1 == size || is_blank(line[digits + 1]) ? LEAD_ITEM : LEAD_TEXT;
}

/* Tell what a line is that begins with a blank. */
static char lead_of_indented(const uint32_t *line, size_t size, const uint32_t *blanks, size_t count) {
    size_t at = 0;
    while (at < size && is_white(line[at], blanks, count)) at++;
    if (at == size || (line[0] == ' ' && !is_blank(line[1]))) return LEAD_OTHER;
    uint32_t first = line[at];
    return first == '-' || first == '*' || first == '_' || first == '`' || first == '~' ? LEAD_OTHER : LEAD_INDENTED;
}

char lead_of(const uint32_t *line, size_t size, const uint32_t *blanks, size_t count) {
    size_t marks = 0;
    uint32_t first = line[0];
    if (first > '~') return LEAD_TEXT;
    switch (first) {
    case '#':
        while (marks < size && line[marks] == '#') marks++;
        if (marks > 6 || (marks < size && !is_white(line[marks], blanks, count))) return LEAD_TEXT;
        return (char)('0' + marks);
    case '>': return LEAD_QUOTE;
    case '|': return LEAD_ROW;
    case '=': return LEAD_OTHER;
    case '-': case '*': case '+': case '_': return lead_of_item(line, size, blanks, count);
    case ' ': case '\t': return lead_of_indented(line, size, blanks, count);
    case 'i': case 'I': case 'e': case 'E':
        if (!begins_with(line, size, "import") && !begins_with(line, size, "export")) return LEAD_TEXT;
        return size > 6 && is_white(line[6], blanks, count) ? LEAD_OTHER : LEAD_TEXT;
    case '`': case '!': case '?': case '@': case ':': case '<': case '$': case '\\': case '[': case '{':
    case '~':
        return is_text(line, size) ? LEAD_TEXT : LEAD_OTHER;
    default: return is_digit(first) ? lead_of_item(line, size, blanks, count) : LEAD_TEXT;
    }
}
