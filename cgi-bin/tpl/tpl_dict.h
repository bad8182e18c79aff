// tpl_dict: an object, or an element of a list, as ctemplate asks for names and values. C++; tpl.h
// is for C.
#ifndef TOLOK_TPL_DICT_H
#define TOLOK_TPL_DICT_H

#include <ctemplate/template_dictionary_interface.h>

#include <cstdint>

#include "tpl/doc.h"

// What a section's name means in some place.
struct tpl_meaning {
    bool known = false;  // somebody has the name
    bool shown = false;
    doc_node *node = nullptr;  // for the elements of this list, or once with this object's names
};

// ctemplate's own dictionary lets a row inherit what it lacks from outside, and can not say "absent
// here" or "hidden here"; a score that is not published must not show the score of the page around
// it. And it copies all that it is told, while this one reads a document where it is. Hence a
// dictionary of our own.
class tpl_dict : public ctemplate::TemplateDictionaryInterface {
public:
    tpl_dict(const tpl_dict *outer, doc_node *node) : outer_(outer), node_(node) {}

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
    class Once;
    class Nodes;

    tpl_meaning mean(const ctemplate::TemplateString &name) const;
    tpl_meaning mean_exactly(const ctemplate::TemplateString &name) const;
    tpl_meaning mean_word(const ctemplate::TemplateString &name) const;
    doc_node *find(const ctemplate::TemplateString &name) const;

    const tpl_dict *outer_;
    // An object, whose members are names here, or an element of a list of plain values; or null.
    doc_node *node_;
};

#endif
