/* What a part of a workbook does when it is opened: whether its XML links to another program, by an
 * element or by a formula (DDE: program|'topic'!item). Bytes of text in two bytes a letter read the
 * same without their zeros. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "desk/media.h"

enum state { TEXT, NAME, TAG, REMARK, CDATA, ORDER };

static bool is_among(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, words[i]) == 0)
            return true;
    }
    return false;
}

static void end_name(struct media_sheet *sheet)
{
    static const char *const links[] = {"ddeLink", "oleLink", "ddeItem", "!DOCTYPE"};
    static const char *const formulas[] = {"f", "formula", "formula1", "formula2", "definedName"};

    sheet->acts |= is_among(sheet->name, links, sizeof links / sizeof *links);
    sheet->formula = is_among(sheet->name, formulas, sizeof formulas / sizeof *formulas);
    sheet->quote = '\0';
}

/* A sign of a formula, perhaps one that was spelt as an entity. */
static void take_sign(struct media_sheet *sheet, char c)
{
    if (sheet->quote != '\0')
        sheet->quote = c == sheet->quote ? '\0' : sheet->quote;
    else if (c == '"' || c == '\'')
        sheet->quote = c;
    else
        sheet->acts |= c == '|';
}

static void take_formula(struct media_sheet *sheet, char c)
{
    static const struct {
        const char *name;
        char sign;
    } entities[] = {{"quot", '"'}, {"apos", '\''}, {"#34", '"'},  {"#x22", '"'},
                    {"#39", '\''}, {"#x27", '\''}, {"#124", '|'}, {"#x7c", '|'}};

    if (c == '&') {
        sheet->entity[0] = '\0';
        sheet->in_entity = true;
    } else if (sheet->in_entity && c == ';') {
        const char *name = sheet->entity;
        char plain[sizeof sheet->entity];
        /* "#0124" and "#x07C" are the same signs. */
        size_t head = strspn(name, "#xX"), zeros = strspn(name + head, head > 0 ? "0" : "");
        snprintf(plain, sizeof plain, "%.*s%s", (int)head, name, name + head + zeros);
        sheet->in_entity = false;
        for (size_t i = 0; i < sizeof entities / sizeof *entities; i++) {
            if (strcasecmp(plain, entities[i].name) == 0)
                take_sign(sheet, entities[i].sign);
        }
    } else if (sheet->in_entity) {
        size_t len = strlen(sheet->entity);
        sheet->entity[len] = len + 1 < sizeof sheet->entity ? c : '\0';
        sheet->entity[len + (len + 1 < sizeof sheet->entity)] = '\0';
    } else {
        take_sign(sheet, c);
    }
}

/* A sign of an element's name; the letters before a colon only say whose it is. */
static void take_name(struct media_sheet *sheet, char c)
{
    size_t len = strlen(sheet->name);
    bool ends = c == '>' || strchr(" \t\r\n", c) != NULL || (c == '/' && len > 0);

    if (ends) {
        end_name(sheet);
        sheet->state = c == '>' ? TEXT : TAG;
    } else if (c == ':') {
        sheet->name[0] = '\0';
    } else if (len + 1 < sizeof sheet->name) {
        sheet->name[len] = c;
        sheet->name[len + 1] = '\0';
    }
    if (strcmp(sheet->name, "!--") == 0)
        sheet->state = REMARK;
    else if (strcmp(sheet->name, "![CDATA[") == 0)
        sheet->state = CDATA;
    else if (strcmp(sheet->name, "?") == 0)
        sheet->state = ORDER;
    /* Within a formula they would only hide some of it. */
    sheet->acts |= sheet->inside && sheet->state >= REMARK;
}

/* What ends at this sign: a remark at its "-->". */
static bool is_over(struct media_sheet *sheet, char c)
{
    const char *end = sheet->state == REMARK ? "-->" : sheet->state == CDATA ? "]]>" : "?>";
    size_t len = strlen(end);

    memmove(sheet->last, sheet->last + 1, 2);
    sheet->last[2] = c;
    return memcmp(sheet->last + 3 - len, end, len) == 0;
}

static void take(struct media_sheet *sheet, char c)
{
    switch ((enum state)sheet->state) {
    case TEXT:
        if (c == '<') {
            sheet->inside = sheet->formula;
            sheet->formula = false;
            sheet->name[0] = '\0';
            memset(sheet->last, 0, sizeof sheet->last);
            sheet->state = NAME;
        } else if (sheet->formula) {
            take_formula(sheet, c);
        }
        break;
    case NAME: take_name(sheet, c); break;
    case TAG:
        /* A bracket within quotes is part of a value. */
        if (sheet->quote != '\0')
            sheet->quote = c == sheet->quote ? '\0' : sheet->quote;
        else if (c == '"' || c == '\'')
            sheet->quote = c;
        else if (c == '>')
            sheet->state = TEXT;
        break;
    case REMARK:
    case CDATA:
    case ORDER:
        if (is_over(sheet, c))
            sheet->state = TEXT;
        break;
    }
}

bool media_sheet_acts(struct media_sheet *sheet, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (bytes[i] != '\0')
            take(sheet, bytes[i]);
    }
    return sheet->acts;
}
