#include "tpl_dict.h"

#include <cstring>
#include <set>
#include <string>

#include "tpl.h"

using ctemplate::TemplateDictionaryInterface;
using ctemplate::TemplateString;

namespace {

template <typename Entry> bool is_named(const Entry &entry, const char *name, size_t length)
{
    return entry.length == length && memcmp(entry.name, name, length) == 0;
}

}  // namespace

void tpl_dict::set(const char *name, const char *text)
{
    size_t length = strlen(name);
    for (tpl_dict_value &value : values_) {
        if (is_named(value, name, length)) {
            value.text = text;
            return;
        }
    }
    values_.push_back(tpl_dict_value{name, length, text});
}

tpl_dict_section &tpl_dict::own_section(const char *name)
{
    size_t length = strlen(name);
    for (tpl_dict_section &section : sections_) {
        if (is_named(section, name, length))
            return section;
    }
    sections_.push_back(tpl_dict_section{name, length, false, {}});
    return sections_.back();
}

const tpl_dict_section *tpl_dict::find_section(const TemplateString &name) const
{
    for (const tpl_dict *dict = this; dict != nullptr; dict = dict->outer_) {
        for (const tpl_dict_section &section : dict->sections_) {
            if (is_named(section, name.data(), name.size()))
                return &section;
        }
    }
    return nullptr;
}

TemplateString tpl_dict::GetValue(const TemplateString &name) const
{
    for (const tpl_dict *dict = this; dict != nullptr; dict = dict->outer_) {
        for (const tpl_dict_value &value : dict->values_) {
            if (is_named(value, name.data(), name.size()))
                return TemplateString(value.text, strlen(value.text));
        }
    }
    return TemplateString("", 0);
}

bool tpl_dict::IsHiddenSection(const TemplateString &name) const
{
    const tpl_dict_section *section = find_section(name);
    return section == nullptr || (!section->shown && section->rows.empty());
}

// The repetitions of a section. One that is shown without rows is repeated once, with the names of where it stands.
class tpl_dict::Rows : public Iterator {
public:
    Rows(const tpl_dict_section *section, const tpl_dict *self) : section_(section), self_(self) {}

    bool HasNext() const override { return next_ < (has_rows() ? section_->rows.size() : 1); }

    const TemplateDictionaryInterface &Next() override
    {
        size_t row = next_++;
        return has_rows() ? *section_->rows[row] : *self_;
    }

private:
    bool has_rows() const { return section_ != nullptr && !section_->rows.empty(); }

    const tpl_dict_section *section_;
    const tpl_dict *self_;
    size_t next_ = 0;
};

TemplateDictionaryInterface::Iterator *tpl_dict::CreateSectionIterator(const TemplateString &name) const
{
    return new Rows(find_section(name), this);
}

TemplateDictionaryInterface::Iterator *tpl_dict::CreateTemplateIterator(const TemplateString &) const
{
    return new Rows(nullptr, this);
}

const char *tpl_dict::GetIncludeTemplateName(const TemplateString &name, int) const
{
    // ctemplate wants a pointer that lasts; there are few such names.
    static std::set<std::string> names;
    return names.emplace(name.data(), name.size()).first->c_str();
}

struct tpl_dict *tpl_open(void)
{
    return new tpl_dict(nullptr);
}

void tpl_close(struct tpl_dict *dict)
{
    delete dict;
}

void tpl_value(struct tpl_dict *dict, const char *name, const char *value)
{
    dict->set(name, value != nullptr ? value : "");
}

void tpl_show(struct tpl_dict *dict, const char *section, bool shown)
{
    dict->own_section(section).shown = shown;
}

struct tpl_dict *tpl_row(struct tpl_dict *dict, const char *section)
{
    tpl_dict_section &own = dict->own_section(section);
    own.rows.emplace_back(new tpl_dict(dict));
    return own.rows.back().get();
}
