// The only C++ of the project, with tpl_dict.cc: what it takes to call ctemplate from C.
extern "C" {
#include "base/buf.h"
#include "base/fmt.h"
#include "base/log.h"
#include "base/mem.h"
#include "tpl/lang.h"
}
#include "tpl/tpl.h"
#include "tpl/tpl_dict.h"

#include <ctemplate/per_expand_data.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_emitter.h>
#include <ctemplate/template_modifiers.h>
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

}  // namespace

struct tpl_set {
    std::string folder;
    size_t largest = 0;  // bytes of the largest page so far: room for it is taken at once
    ctemplate::TemplateCache cache;
    std::set<std::string> parsed;
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

void log_fault(const char *event, const std::string &name, const std::string &fault)
{
    struct log_line line = log_open(LOG_ERROR, event);
    log_text(&line, "template", name.c_str());
    log_text(&line, "reason", fault.c_str());
    log_close(&line);
}

// The name of a page's template in a language, which is also how a template names a part that is
// shared.
std::string key(const char *lang, const std::string &page)
{
    return std::string(lang) + '_' + page;
}

// What ctemplate says against the text; nothing when it takes it.
std::string parse(ctemplate::TemplateCache *cache, const std::string &name, const char *text,
                  size_t len)
{
    prepare_once();
    Complaints complaints;
    bool taken = cache->StringToTemplateCache(name, text, len, ctemplate::STRIP_BLANK_LINES);
    std::string fault = complaints.text();
    return taken || !fault.empty() ? fault : "ctemplate refuses it";
}

std::string read_template(tpl_set *set, const std::string &name);

// Reads the shared parts that the text names. What is wrong with them, or nothing.
std::string read_parts(tpl_set *set, const char *text)
{
    static const char opening[] = "{{>";
    std::string fault;
    while (fault.empty() && (text = strstr(text, opening)) != nullptr) {
        text += sizeof opening - 1;
        fault = read_template(set, std::string(text, strcspn(text, "}")));
    }
    return fault;
}

// Reads a template when it is asked for the first time. What is wrong with it, or nothing; then it
// is read anew the next time.
std::string read_template(tpl_set *set, const std::string &name)
{
    if (!set->parsed.insert(name).second)
        return "";
    const size_t lang = name.find('_');
    const std::string path =
        set->folder + '/' + name.substr(0, lang) + '/' + name.substr(lang + 1) + ".html";
    std::string fault = "can not be read";
    struct buf text = {};
    if (buf_file(&text, path.c_str())) {
        fault = read_parts(set, buf_string(&text));
        if (fault.empty())
            fault = parse(&set->cache, name, buf_string(&text), text.len);
    }
    buf_free(&text);
    if (!fault.empty())
        set->parsed.erase(name);
    return fault;
}

}  // namespace

struct tpl_set *tpl_load(const char *folder)
{
    const std::string first = std::string(folder) + '/' + lang_codes[0] + "/error.html";
    if (access(first.c_str(), R_OK) != 0) {
        log_event(LOG_ERROR, "templates_missing", "folder", folder);
        return nullptr;
    }
    tpl_set *set = new tpl_set;
    set->folder = folder;
    return set;
}

void tpl_unload(struct tpl_set *set)
{
    delete set;
}

bool tpl_check(const char *text, size_t len, struct buf *fault)
{
    static const std::string label = "ERROR: ";
    ctemplate::TemplateCache cache;
    std::string said = parse(&cache, "template", text, len);
    if (said.empty())
        return true;
    const size_t last = said.rfind(label);
    said.erase(0, last != std::string::npos ? last + label.size() : 0);
    buf_add(fault, said.data(), std::min(said.find('\n'), said.size()));
    return false;
}

bool tpl_render(struct tpl_set *set, const char *page, struct doc_node *frame,
                struct doc_node *document, const char *lang, struct buf *out)
{
    const tpl_dict outermost(nullptr, document), dict(&outermost, frame);
    size_t before = out->len;
    const std::string name = key(lang, page);
    std::string fault = read_template(set, name);
    if (fault.empty()) {
        Complaints complaints;
        BufEmitter emitter(out);
        buf_reserve(out, set->largest);
        ctemplate::PerExpandData data;
        data.InsertForModifiers(language_key, lang);
        if (!set->cache.ExpandWithData(name, ctemplate::STRIP_BLANK_LINES, &dict, &data, &emitter))
            fault = "expansion failed ";
        fault += complaints.text();
    }
    if (fault.empty()) {
        set->largest = std::max(set->largest, out->len - before);
        return true;
    }
    out->len = before;
    log_fault("render_failed", name, fault);
    return false;
}
