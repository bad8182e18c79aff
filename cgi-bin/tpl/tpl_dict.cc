extern "C" {
#include "base/buf.h"
}
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

const char has_prefix[] = "has_", no_prefix[] = "no_", word_ending[] = "word";

// Where names are told that a template asks for, or null.
struct buf *notes;

void note(const char *what, const TemplateString &name)
{
    if (notes != nullptr)
        buf_format(notes, "%s %.*s\n", what, static_cast<int>(name.size()), name.data());
}

// The name without a prefix that it begins with. False when it does not.
bool cut(const TemplateString &name, const char *prefix, TemplateString *rest)
{
    size_t length = strlen(prefix);
    if (name.size() <= length || memcmp(name.data(), prefix, length) != 0)
        return false;
    *rest = TemplateString(name.data() + length, name.size() - length);
    return true;
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
        size_t slot = doc_hash(added.name, added.length) & (size - 1);
        while (slots_[slot] != 0)
            slot = (slot + 1) & (size - 1);
        slots_[slot] = static_cast<uint16_t>(column + 1);
    }
}

int tpl_index::find(const char *name, size_t length, bool is_section) const
{
    size_t mask = slots_.size() - 1;
    for (size_t slot = doc_hash(name, length) & mask; slots_[slot] != 0; slot = (slot + 1) & mask) {
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

// What the name is called by in the innermost element of the document alone.
doc_node *tpl_dict::own_node(const TemplateString &name, uint32_t hash) const
{
    if (node_ == nullptr || node_->kind == DOC_OBJECT)
        return doc_find(node_, name.data(), name.size(), hash);
    return doc_is_named(node_, name.data(), name.size(), hash) ? node_ : nullptr;
}

tpl_meaning tpl_dict::mean_exactly(const TemplateString &name) const
{
    uint32_t hash = doc_hash(name.data(), name.size());
    for (const tpl_dict *dict = this; dict != nullptr; dict = dict->outer_) {
        for (const tpl_dict_section &section : dict->sections_) {
            if (!is_named(section, name.data(), name.size()))
                continue;
            bool rows = !section.rows.empty();
            return {true, section.shown || rows, rows ? &section : nullptr, nullptr};
        }
        int column =
            dict->index_ != nullptr ? dict->index_->find(name.data(), name.size(), true) : -1;
        if (column >= 0)
            return {true, *dict->index_->text(dict->row_, column).data() == 't', nullptr, nullptr};
        if (doc_node *node = dict->own_node(name, hash))
            return {true, doc_is(node), nullptr, node};
    }
    return {};
}

// Of kind_kota, the key kind_word decides, by whether it is 'kota'.
tpl_meaning tpl_dict::mean_word(const TemplateString &name) const
{
    tpl_meaning meaning;
    for (const tpl_dict *dict = this; dict != nullptr && !meaning.known; dict = dict->outer_) {
        doc_node *node = dict->node_ != nullptr ? dict->node_->first : nullptr;
        for (; node != nullptr; node = node->next) {
            size_t length = node->is_word ? node->name_length - strlen(word_ending) : name.size();
            if (length >= name.size() || memcmp(node->name, name.data(), length) != 0)
                continue;
            node->is_read = meaning.known = true;
            meaning.shown |= node->kind == DOC_TEXT && node->length == name.size() - length &&
                             memcmp(node->text, name.data() + length, node->length) == 0;
        }
    }
    return meaning;
}

// By the rules in tpl.h.
tpl_meaning tpl_dict::mean(const TemplateString &name) const
{
    tpl_meaning meaning = mean_exactly(name);
    TemplateString rest = name;
    if (!meaning.known && cut(name, has_prefix, &rest)) {
        meaning = mean_exactly(rest);
        meaning = {meaning.known, meaning.shown, nullptr, nullptr};
    } else if (!meaning.known && cut(name, no_prefix, &rest)) {
        meaning = mean_exactly(rest);
        meaning = {meaning.known, meaning.known && !meaning.shown, nullptr, nullptr};
    } else if (!meaning.known) {
        meaning = mean_word(name);
    }
    note(meaning.known ? "found" : "unknown", name);
    return meaning;
}

TemplateString tpl_dict::GetValue(const TemplateString &name) const
{
    uint32_t hash = doc_hash(name.data(), name.size());
    for (const tpl_dict *dict = this; dict != nullptr; dict = dict->outer_) {
        for (const tpl_dict_value &value : dict->values_) {
            if (is_named(value, name.data(), name.size())) {
                note("found", name);
                return TemplateString(value.text, strlen(value.text));
            }
        }
        int column =
            dict->index_ != nullptr ? dict->index_->find(name.data(), name.size(), false) : -1;
        if (column >= 0)
            return dict->index_->text(dict->row_, column);
        if (const doc_node *node = dict->own_node(name, hash)) {
            note(node->text != nullptr || node->kind == DOC_NULL ? "found" : "textless", name);
            return node->text != nullptr ? TemplateString(node->text, node->length)
                                         : TemplateString("", 0);
        }
    }
    note("unknown", name);
    return TemplateString("", 0);
}

bool tpl_dict::IsHiddenSection(const TemplateString &name) const
{
    return !mean(name).shown;
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

// Those of a list, or the object that `first` is: one element at a time is looked at.
class tpl_dict::Nodes : public Iterator {
public:
    Nodes(const tpl_dict *outer, doc_node *first, bool list)
        : element_(outer), next_(first), list_(list)
    {
    }

    bool HasNext() const override { return next_ != nullptr; }

    const TemplateDictionaryInterface &Next() override
    {
        element_.read_node(next_);
        next_ = list_ ? next_->next : nullptr;
        return element_;
    }

private:
    tpl_dict element_;
    doc_node *next_;
    bool list_;
};

TemplateDictionaryInterface::Iterator *tpl_dict::CreateSectionIterator(
    const TemplateString &name) const
{
    tpl_meaning meaning = mean(name);
    if (meaning.node != nullptr && meaning.node->kind == DOC_ARRAY)
        return new Nodes(this, meaning.node->first, true);
    if (meaning.node != nullptr && meaning.node->kind == DOC_OBJECT)
        return new Nodes(this, meaning.node, false);
    return new Rows(meaning.rows, this);
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

void tpl_document(struct tpl_dict *dict, struct doc_node *object)
{
    dict->read_node(object);
}

void tpl_notes(struct buf *out)
{
    notes = out;
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
