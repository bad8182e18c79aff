extern "C" {
#include "base/buf.h"
}
#include "tpl/tpl_dict.h"

#include <cstring>
#include <set>
#include <string>
#include <utility>

#include "tpl/tpl.h"

using ctemplate::TemplateDictionaryInterface;
using ctemplate::TemplateString;

namespace {

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

// What the name is called by in the innermost element that has it.
doc_node *tpl_dict::find(const TemplateString &name) const
{
    uint32_t hash = doc_hash(name.data(), name.size());
    for (const tpl_dict *dict = this; dict != nullptr; dict = dict->outer_) {
        doc_node *own = dict->node_;
        if (own == nullptr || own->kind == DOC_OBJECT)
            own = doc_find(own, name.data(), name.size(), hash);
        else if (!doc_is_named(own, name.data(), name.size(), hash))
            own = nullptr;
        if (own != nullptr)
            return own;
    }
    return nullptr;
}

tpl_meaning tpl_dict::mean_exactly(const TemplateString &name) const
{
    doc_node *node = find(name);
    return {node != nullptr, doc_is(node), node};
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
        meaning = {meaning.known, meaning.shown, nullptr};
    } else if (!meaning.known && cut(name, no_prefix, &rest)) {
        meaning = mean_exactly(rest);
        meaning = {meaning.known, meaning.known && !meaning.shown, nullptr};
    } else if (!meaning.known) {
        meaning = mean_word(name);
    }
    note(meaning.known ? "found" : "unknown", name);
    return meaning;
}

TemplateString tpl_dict::GetValue(const TemplateString &name) const
{
    const doc_node *node = find(name);
    if (node == nullptr)
        note("unknown", name);
    else
        note(node->text != nullptr || node->kind == DOC_NULL ? "found" : "textless", name);
    return node != nullptr && node->text != nullptr ? TemplateString(node->text, node->length)
                                                    : TemplateString("", 0);
}

bool tpl_dict::IsHiddenSection(const TemplateString &name) const
{
    return !mean(name).shown;
}

// A section that is shown once, with the names of where it stands.
class tpl_dict::Once : public Iterator {
public:
    explicit Once(const tpl_dict *self) : self_(self) {}

    bool HasNext() const override { return self_ != nullptr; }

    const TemplateDictionaryInterface &Next() override { return *std::exchange(self_, nullptr); }

private:
    const tpl_dict *self_;
};

// The elements of a list, or the object that `first` is: one at a time is looked at.
class tpl_dict::Nodes : public Iterator {
public:
    Nodes(const tpl_dict *outer, doc_node *first, bool list)
        : element_(outer, nullptr), next_(first), list_(list)
    {
    }

    bool HasNext() const override { return next_ != nullptr; }

    const TemplateDictionaryInterface &Next() override
    {
        element_.node_ = next_;
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
    return new Once(this);
}

TemplateDictionaryInterface::Iterator *tpl_dict::CreateTemplateIterator(
    const TemplateString &) const
{
    return new Once(this);
}

const char *tpl_dict::GetIncludeTemplateName(const TemplateString &name, int) const
{
    // ctemplate wants a pointer that lasts; there are few such names.
    static std::set<std::string> names;
    return names.emplace(name.data(), name.size()).first->c_str();
}

void tpl_notes(struct buf *out)
{
    notes = out;
}
