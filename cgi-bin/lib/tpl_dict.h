// tpl_dict: the names and values that a template is filled with, as ctemplate asks for them. C++; tpl.h is for C.
#ifndef TOLOK_TPL_DICT_H
#define TOLOK_TPL_DICT_H

#include <ctemplate/template_dictionary_interface.h>

#include <memory>
#include <vector>

struct tpl_dict;

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
};

// ctemplate's own dictionary lets a row inherit what it lacks from outside, and can not say "absent here" or "hidden
// here"; a score that is not published must not show the score of the page around it. Hence a dictionary of our own.
struct tpl_dict : public ctemplate::TemplateDictionaryInterface {
    explicit tpl_dict(const tpl_dict *outer) : outer_(outer) {}

    void set(const char *name, const char *text);
    tpl_dict_section &own_section(const char *name);
    const tpl_dict_section *find_section(const ctemplate::TemplateString &name) const;

protected:
    ctemplate::TemplateString GetValue(const ctemplate::TemplateString &name) const override;
    bool IsHiddenSection(const ctemplate::TemplateString &name) const override;
    bool IsUnhiddenSection(const ctemplate::TemplateString &name) const override { return !IsHiddenSection(name); }
    Iterator *CreateSectionIterator(const ctemplate::TemplateString &name) const override;

    // Parts are put in place when a template is loaded, but for those that all pages have: they see the page's names.
    bool IsHiddenTemplate(const ctemplate::TemplateString &) const override { return false; }
    const char *GetIncludeTemplateName(const ctemplate::TemplateString &name, int) const override;
    Iterator *CreateTemplateIterator(const ctemplate::TemplateString &name) const override;

    void DumpToString(std::string *, int) const override {}

private:
    class Rows;

    const tpl_dict *outer_;
    std::vector<tpl_dict_value> values_;
    std::vector<tpl_dict_section> sections_;
};

#endif
