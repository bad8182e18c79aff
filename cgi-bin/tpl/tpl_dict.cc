#include "tpl/tpl_dict.h"

#include <cstring>
#include <set>
#include <string>

#include "tpl/tpl.h"

using ctemplate::TemplateDictionaryInterface;
using ctemplate::TemplateString;

namespace {

template <typename Entry>
bool is_named(const Entry &entry, const char *name, size_t length)
{
    return entry.length == length && memcmp(entry.name, name, length) == 0;
}

// FNV-1a, http://www.isthe.com/chongo/tech/comp/fnv/
size_t hash(const char *name, size_t length)
{
    uint32_t sum = 2166136261;
    for (size_t i = 0; i < length; i++)
        sum = (sum ^ static_cast<unsigned char>(name[i])) * 16777619;
    return sum;
}

}  // namespace

tpl_index::tpl_index(const tpl_table &table) : table_(table)
{
    size_t size = 4;
    while (size < 2 * table.column_count)
        size *= 2;
    slots_.resize(size);
    for (size_t column = 0; column < table.column_count; column++) {
        const tpl_column &added = table.columns[column];
        size_t slot = hash(added.name, added.length) & (size - 1);
        while (slots_[slot] != 0)
            slot = (slot + 1) & (size - 1);
        slots_[slot] = static_cast<uint16_t>(column + 1);
    }
}

int tpl_index::find(const char *name, size_t length, bool is_section) const
{
    size_t mask = slots_.size() - 1;
    for (size_t slot = hash(name, length) & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
        const tpl_column &column = table_.columns[slots_[slot] - 1];
        if (column.is_section == is_section && is_named(column, name, length))
            return slots_[slot] - 1;
    }
    return -1;
}

TemplateString tpl_index::text(size_t row, int column) const
{
    size_t length = 0;
    const char *text = table_.cell(table_.source, row, static_cast<size_t>(column), &length);
    return TemplateString(text != nullptr ? text : "", length);
}

void tpl_dict::read(const tpl_index *index, size_t row)
{
    index_ = index;
    row_ = row;
}

void tpl_dict::read_own(const tpl_table &table, size_t row)
{
    own_index_.reset(new tpl_index(table));
    read(own_index_.get(), row);
}

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
    sections_.push_back(tpl_dict_section{name, length, false, {}, nullptr});
    return sections_.back();
}

// Whether the section is shown. One that has rows is told in *found; what is shown without is a
// column, or has none.
bool tpl_dict::find_section(const TemplateString &name, const tpl_dict_section **found) const
{
    *found = nullptr;
    for (const tpl_dict *dict = this; dict != nullptr; dict = dict->outer_) {
        for (const tpl_dict_section &section : dict->sections_) {
            if (!is_named(section, name.data(), name.size()))
                continue;
            if (!section.rows.empty())
                *found = &section;
            return section.shown || !section.rows.empty();
        }
        int column =
            dict->index_ != nullptr ? dict->index_->find(name.data(), name.size(), true) : -1;
        if (column >= 0)
            return *dict->index_->text(dict->row_, column).data() == 't';
    }
    return false;
}

TemplateString tpl_dict::GetValue(const TemplateString &name) const
{
    for (const tpl_dict *dict = this; dict != nullptr; dict = dict->outer_) {
        for (const tpl_dict_value &value : dict->values_) {
            if (is_named(value, name.data(), name.size()))
                return TemplateString(value.text, strlen(value.text));
        }
        int column =
            dict->index_ != nullptr ? dict->index_->find(name.data(), name.size(), false) : -1;
        if (column >= 0)
            return dict->index_->text(dict->row_, column);
    }
    return TemplateString("", 0);
}

bool tpl_dict::IsHiddenSection(const TemplateString &name) const
{
    const tpl_dict_section *section = nullptr;
    return !find_section(name, &section);
}

// The repetitions of a section. One that is shown without rows is repeated once, with the names of
// where it stands.
class tpl_dict::Rows : public Iterator {
public:
    Rows(const tpl_dict_section *section, const tpl_dict *self) : section_(section), self_(self) {}

    bool HasNext() const override
    {
        return next_ < (section_ != nullptr ? section_->rows.size() : 1);
    }

    const TemplateDictionaryInterface &Next() override
    {
        size_t row = next_++;
        return section_ != nullptr ? *section_->rows[row] : *self_;
    }

private:
    const tpl_dict_section *section_;
    const tpl_dict *self_;
    size_t next_ = 0;
};

TemplateDictionaryInterface::Iterator *tpl_dict::CreateSectionIterator(
    const TemplateString &name) const
{
    const tpl_dict_section *section = nullptr;
    find_section(name, &section);
    return new Rows(section, this);
}

TemplateDictionaryInterface::Iterator *tpl_dict::CreateTemplateIterator(
    const TemplateString &) const
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

void tpl_read(struct tpl_dict *dict, const struct tpl_table *table, size_t row)
{
    dict->read_own(*table, row);
}

void tpl_rows(struct tpl_dict *dict, const char *section, const struct tpl_table *table,
              size_t count)
{
    if (count == 0)
        return;
    tpl_dict_section &own = dict->own_section(section);
    own.index.reset(new tpl_index(*table));
    own.rows.reserve(own.rows.size() + count);
    for (size_t row = 0; row < count; row++)
        tpl_row(dict, section)->read(own.index.get(), row);
}

struct tpl_dict *tpl_get_row(struct tpl_dict *dict, const char *section, size_t row)
{
    return dict->own_section(section).rows[row].get();
}

struct tpl_dict *tpl_row(struct tpl_dict *dict, const char *section)
{
    tpl_dict_section &own = dict->own_section(section);
    own.rows.emplace_back(new tpl_dict(dict));
    return own.rows.back().get();
}
