// tpl_dict: the names and values that a template is filled with, as ctemplate asks for them. C++;
// tpl.h is for C.
#ifndef TOLOK_TPL_DICT_H
#define TOLOK_TPL_DICT_H

#include <ctemplate/template_dictionary_interface.h>

#include <cstdint>
#include <memory>
#include <vector>

#include "tpl/doc.h"
#include "tpl/tpl.h"

// Where the columns of a table are, by name: all its rows look them up.
class tpl_index {
public:
    explicit tpl_index(const tpl_table &table);

    // A column of the asked kind, or -1.
    int find(const char *name, size_t length, bool is_section) const;

    ctemplate::TemplateString text(size_t row, int column) const;

private:
    const tpl_table &table_;
    std::vector<uint16_t> slots_;  // column + 1, or 0; a power of two of them, at most half in use
};

struct tpl_dict_value {
    const char *name;
    size_t length;
    const char *text;  // never NULL
};

struct tpl_dict_section {
    const char *name;
    size_t length;
    bool shown;
    std::vector<std::unique_ptr<tpl_dict>> rows;
    std::unique_ptr<tpl_index> index;  // of the table that the rows are from
};

// What a section's name means in some place.
struct tpl_meaning {
    bool known = false;  // somebody has the name
    bool shown = false;
    const tpl_dict_section *rows = nullptr;  // to be repeated for these, or
    doc_node *node = nullptr;  // for the elements of this list, or once with this object's names
};

// ctemplate's own dictionary lets a row inherit what it lacks from outside, and can not say "absent
// here" or "hidden here"; a score that is not published must not show the score of the page around
// it. And it copies all that it is told, while this one reads a query's cells where they are. Hence
// a dictionary of our own.
struct tpl_dict : public ctemplate::TemplateDictionaryInterface {
    explicit tpl_dict(const tpl_dict *outer) : outer_(outer) {}

    void set(const char *name, const char *text);
    void read(const tpl_index *index, size_t row);
    void read_own(const tpl_table &table, size_t row);
    void read_node(doc_node *node) { node_ = node; }
    tpl_dict_section &own_section(const char *name);

protected:
    ctemplate::TemplateString GetValue(const ctemplate::TemplateString &name) const override;
    bool IsHiddenSection(const ctemplate::TemplateString &name) const override;
    bool IsUnhiddenSection(const ctemplate::TemplateString &name) const override
    {
        return !IsHiddenSection(name);
    }
    Iterator *CreateSectionIterator(const ctemplate::TemplateString &name) const override;

    // Parts are put in place when a template is loaded, but for those that all pages have: they see
    // the page's names.
    bool IsHiddenTemplate(const ctemplate::TemplateString &) const override { return false; }
    const char *GetIncludeTemplateName(const ctemplate::TemplateString &name, int) const override;
    Iterator *CreateTemplateIterator(const ctemplate::TemplateString &name) const override;

    void DumpToString(std::string *, int) const override {}

private:
    class Rows;
    class Nodes;

    tpl_meaning mean(const ctemplate::TemplateString &name) const;
    tpl_meaning mean_exactly(const ctemplate::TemplateString &name) const;
    tpl_meaning mean_word(const ctemplate::TemplateString &name) const;
    doc_node *own_node(const ctemplate::TemplateString &name, uint32_t hash) const;

    const tpl_dict *outer_;
    std::vector<tpl_dict_value> values_;
    std::vector<tpl_dict_section> sections_;
    const tpl_index *index_ = nullptr;  // of the table that this is a row of, if it is one
    size_t row_ = 0;
    std::unique_ptr<tpl_index> own_index_;
    // An object, whose members are names here, or an element of a list of plain values.
    doc_node *node_ = nullptr;
};

#endif
