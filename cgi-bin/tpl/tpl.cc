// The only C++ of the project, with tpl_dict.cc: what it takes to call ctemplate from C.
extern "C" {
#include "base/arena.h"
#include "base/buf.h"
#include "base/fmt.h"
#include "base/log.h"
#include "tpl/catalog.h"
#include "tpl/lang.h"
#include "tpl/part.h"
}
#include "tpl/tpl.h"
#include "tpl/tpl_dict.h"

#include <ctemplate/per_expand_data.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_emitter.h>
#include <ctemplate/template_modifiers.h>
#include <dirent.h>
#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <iostream>
#include <new>
#include <set>
#include <sstream>
#include <string>

namespace {

const char language_key[] = "lang";

// Large parts of several pages are parsed once for each language, which saves each process about
// 280 KB. They stand in the text between tags.
const char *const shared_parts[] = {"_frame",
                                    "_foot",
                                    "_city_standing",
                                    "_city_components",
                                    "_city_dimensions",
                                    "_city_history",
                                    "_city_ruler",
                                    "_strip",
                                    nullptr};

}  // namespace

struct tpl_set {
    mutable size_t largest = 0;  // bytes of the largest page so far: room for it is taken at once
    ctemplate::TemplateCache cache;
    std::set<std::string> pages;
};

namespace {

// Collects what a block writes to std::cerr, which is how ctemplate complains.
class Complaints {
public:
    Complaints() : before_(std::cerr.rdbuf(text_.rdbuf())) {}

    ~Complaints() { std::cerr.rdbuf(before_); }

    std::string text() const { return text_.str(); }

private:
    std::ostringstream text_;
    std::streambuf *before_;
};

class BufEmitter : public ctemplate::ExpandEmitter {
public:
    explicit BufEmitter(struct buf *out) : out_(out) {}

    void Emit(char c) override { buf_char(out_, c); }

    void Emit(const std::string &s) override { buf_add(out_, s.data(), s.size()); }

    void Emit(const char *s) override { buf_text(out_, s); }

    void Emit(const char *s, size_t length) override { buf_add(out_, s, length); }

private:
    struct buf *out_;
};

using FormatValue = bool (*)(struct buf *out, const char *value, const char *argument,
                             const char *lang);

// A modifier that formats what it can read and leaves everything else as it is. It is not
// registered as safe against script injection, so the auto-escaper adds the escape of the place
// after it.
class FormatModifier : public ctemplate::TemplateModifier {
public:
    explicit FormatModifier(FormatValue format) : format_(format) {}

    void Modify(const char *in, size_t length, const ctemplate::PerExpandData *data,
                ctemplate::ExpandEmitter *out, const std::string &argument) const override
    {
        std::string value(in, length);
        const char *lang =
            data != nullptr ? data->LookupForModifiersAsString(language_key) : nullptr;
        // ctemplate hands the argument over with its "=".
        const char *spec = argument.c_str() + (argument.compare(0, 1, "=") == 0 ? 1 : 0);
        struct buf text = {};
        if (format_(&text, value.c_str(), spec, lang))
            out->Emit(text.data, text.len);
        else
            out->Emit(value);
        buf_free(&text);
    }

private:
    FormatValue format_;
};

bool format_number(struct buf *out, const char *value, const char *argument, const char *lang)
{
    struct fmt_spec spec;
    return fmt_spec_read(argument, &spec) && fmt_number(out, value, &spec, lang);
}

bool format_date(struct buf *out, const char *value, const char *, const char *lang)
{
    return fmt_date(out, value, lang);
}

bool format_time(struct buf *out, const char *value, const char *, const char *lang)
{
    return fmt_time(out, value, lang);
}

// "region/regions": the first for 1, the second for any other value.
bool format_plural(struct buf *out, const char *value, const char *argument, const char *)
{
    const char *slash = strchr(argument, '/');
    if (slash == nullptr)
        return false;
    if (strcmp(value, "1") == 0)
        buf_add(out, argument, static_cast<size_t>(slash - argument));
    else
        buf_text(out, slash + 1);
    return true;
}

// ctemplate makes objects before main begins, and before those of this file: only what stands in
// this section comes first.
void take_exhaustion()
{
    std::set_new_handler(mem_exhausted);
}
__attribute__((section(".preinit_array"), used)) void (*const first)() = take_exhaustion;

// ctemplate keeps the pointers for good.
void prepare_once()
{
    static const FormatModifier number(format_number), date(format_date), time(format_time),
        plural(format_plural);
    static bool prepared = false;
    if (prepared)
        return;
    prepared = true;
    ctemplate::AddModifier("x-num=", &number);
    ctemplate::AddModifier("x-plural=", &plural);
    ctemplate::AddModifier("x-date", &date);
    ctemplate::AddModifier("x-time", &time);
}

// ctemplate knows a modifier either with or without an argument: an x-num without one gets an empty
// one.
std::string with_arguments(const struct buf *text)
{
    static const char name[] = ":x-num";
    std::string out(text->data, text->len);
    for (size_t at = out.find(name); at != std::string::npos; at = out.find(name, at)) {
        at += sizeof name - 1;
        if (at < out.size() && (out[at] == '}' || out[at] == ':'))
            out.insert(at, 1, '=');
    }
    return out;
}

void log_fault(const char *event, const std::string &name, const std::string &fault)
{
    struct log_line line = log_open(LOG_ERROR, event);
    log_text(&line, "template", name.c_str());
    log_text(&line, "reason", fault.c_str());
    log_close(&line);
}

// The name of a page's template in a language.
std::string key(const char *lang, const std::string &page)
{
    return std::string(lang) + '_' + page;
}

const char *translate(void *catalog, const char *message)
{
    return catalog_find(static_cast<const struct catalog *>(catalog), message);
}

bool load_page(tpl_set *set, const char *folder, const char *lang, struct catalog *catalog,
               const std::string &page)
{
    struct buf text = {}, reason = {};
    std::string fault;
    const struct message_use use = {translate, catalog, lang};
    const std::string prefix = key(lang, "");
    const struct part_kept kept = {prefix.c_str(), shared_parts};
    if (part_expand(folder, page.c_str(), lang == lang_codes[0] ? nullptr : &use, &kept, &text,
                    &reason)) {
        Complaints complaints;
        std::string content = with_arguments(&text);
        if (!set->cache.StringToTemplateCache(key(lang, page), content.data(), content.size(),
                                              ctemplate::STRIP_BLANK_LINES))
            fault = "ctemplate refuses it: ";
        fault += complaints.text();
    } else {
        fault = buf_string(&reason);
    }
    buf_free(&text);
    buf_free(&reason);
    if (fault.empty())
        set->pages.insert(key(lang, page));
    else
        log_fault("template_broken", key(lang, page), fault);
    return fault.empty();
}

bool is_among(const char *const *names, const std::string &name)
{
    while (*names != nullptr && name != *names)
        names++;
    return *names != nullptr;
}

// The names of the wanted pages of the folder.
std::set<std::string> pages_of(DIR *dir, const char *const *wanted)
{
    static const std::string ending = ".html";
    std::set<std::string> names;
    while (const struct dirent *entry = readdir(dir)) {
        std::string file = entry->d_name;
        if (file.size() <= ending.size() || file[0] == '_' || file[0] == '.' ||
            file.compare(file.size() - ending.size(), ending.size(), ending) != 0)
            continue;
        std::string page = file.substr(0, file.size() - ending.size());
        if (wanted == nullptr || is_among(wanted, page))
            names.insert(page);
    }
    return names;
}

// Loads pages of the folder in the language. Returns how many are broken.
int load_pages(tpl_set *set, const char *folder, const std::set<std::string> &names,
               const char *lang, struct catalog *catalog)
{
    int broken = 0;
    for (const char *const *part = shared_parts; *part != nullptr; part++) {
        if (access((std::string(folder) + '/' + *part + ".html").c_str(), F_OK) == 0)
            broken += !load_page(set, folder, lang, catalog, *part);
    }
    for (const std::string &name : names)
        broken += !load_page(set, folder, lang, catalog, name);
    return broken;
}

}  // namespace

struct tpl_set *tpl_load(const char *folder, const char *locale, const char *const *wanted,
                         int *broken)
{
    prepare_once();
    *broken = 0;
    DIR *dir = opendir(folder);
    if (dir == nullptr) {
        log_event(LOG_ERROR, "templates_missing", "folder", folder);
        return nullptr;
    }
    const std::set<std::string> names = pages_of(dir, wanted);
    closedir(dir);
    tpl_set *set = new tpl_set;
    for (size_t i = 0; lang_codes[i] != nullptr; i++) {
        bool translated = i > 0 && locale != nullptr;
        struct catalog *catalog = translated ? catalog_open(locale, lang_codes[i]) : nullptr;
        if (translated && catalog == nullptr) {
            log_event(LOG_ERROR, "catalogue_missing", "language", lang_codes[i]);
            ++*broken;
        }
        *broken += load_pages(set, folder, names, lang_codes[i], catalog);
        catalog_close(catalog);
    }
    // What was only needed for loading leaves holes, of more than 100 KB in all.
    malloc_trim(0);
    set->cache.Freeze();
    return set;
}

void tpl_unload(struct tpl_set *set)
{
    delete set;
}

bool tpl_has(const struct tpl_set *set, const char *page)
{
    return set->pages.count(key(lang_codes[0], page)) > 0;
}

bool tpl_render(const struct tpl_set *set, const char *page, const struct tpl_dict *dict,
                const char *lang, struct buf *out)
{
    size_t before = out->len;
    std::string fault, name = key(lang, page);
    if (set->pages.count(name) > 0) {
        Complaints complaints;
        BufEmitter emitter(out);
        buf_reserve(out, set->largest);
        ctemplate::PerExpandData data;
        data.InsertForModifiers(language_key, lang);
        if (!set->cache.ExpandNoLoad(name, ctemplate::STRIP_BLANK_LINES, dict, &data, &emitter))
            fault = "expansion failed ";
        fault += complaints.text();
    } else {
        fault = "no such template";
    }
    if (fault.empty()) {
        set->largest = std::max(set->largest, out->len - before);
        return true;
    }
    out->len = before;
    log_fault("render_failed", name, fault);
    return false;
}
