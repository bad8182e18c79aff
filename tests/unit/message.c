#include "words/message.h"

#include <stdio.h>
#include <string.h>

#include "unit.h"

static struct buf out, found, answer;

static void teardown(void)
{
    buf_free(&out);
    buf_free(&found);
    buf_free(&answer);
}

/* Notes the message and says it with capitals, but for its tags, markers and entities. */
static const char *shout(void *context, const char *message)
{
    buf_format(&found, "[%s]", message);
    buf_clear(&answer);
    ck_assert_ptr_eq(context, &found);
    for (const char *at = message; *at != '\0';) {
        const char *behind = *at == '<'                  ? strchr(at, '>')
                             : *at == '&'                ? strchr(at, ';')
                             : strncmp(at, "{{", 2) == 0 ? strstr(at, "}}") + 1
                                                         : NULL;
        if (behind == NULL) {
            buf_char(&answer, (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at));
            at++;
        } else {
            buf_add(&answer, at, (size_t)(behind - at) + 1);
            at = behind + 1;
        }
    }
    return answer.data;
}

static void rewrite(const char *text, const char *(*translate)(void *, const char *),
                    const char *lang)
{
    struct message_use use = {.translate = translate, .context = &found, .lang = lang};

    buf_text(&out, "");
    ck_assert(message_rewrite(text, strlen(text), &use, &out));
}

static const struct {
    const char *text, *messages, *result;
} cuts[] = {
    {"", "", ""},
    {"<p>satu dua</p>", "[satu dua]", "<p>SATU DUA</p>"},
    {"<ul>\n<li> satu\n   dua\t</li>\n<li>tiga</li>\n</ul>", "[satu dua][tiga]",
     "<ul>\n<li> SATU DUA </li>\n<li>TIGA</li>\n</ul>"},
    /* What belongs to a sentence, and what does not. */
    {"<p>Isian <b>{{x}}</b> kurang, <a class=\"k\" href=\"#a\">lihat</a>.</p>",
     "[Isian <b>{{x}}</b> kurang, <a>lihat</a>.]",
     "<p>ISIAN <b>{{x}}</b> KURANG, <a class=\"k\" href=\"#a\">LIHAT</a>.</p>"},
    {"<p><a href=\"#1\">satu</a> · <a href=\"#2\">dua</a></p>", "[satu][dua]",
     "<p><a href=\"#1\">SATU</a> · <a href=\"#2\">DUA</a></p>"},
    {"<p>dari <a href=\"#1\">satu</a> ke <a href=\"#2\">dua</a></p>",
     "[dari <a>satu</a> ke <a2>dua</a2>]",
     "<p>DARI <a href=\"#1\">SATU</a> KE <a href=\"#2\">DUA</a></p>"},
    {"<td>{{#a}}ada{{/a}}{{#b}}<span class=\"n\">belum</span>{{/b}}</td>", "[ada][belum]",
     "<td>{{#a}}ADA{{/a}}{{#b}}<span class=\"n\">BELUM</span>{{/b}}</td>"},
    {"<p>{{n:x-num}} daerah{{#t}}, {{m}} kota{{/t}}</p>",
     "[{{n:x-num}} daerah{{#t}}, {{m}} kota{{/t}}]",
     "<p>{{n:x-num}} DAERAH{{#t}}, {{m}} KOTA{{/t}}</p>"},
    {"<p><span aria-hidden=\"true\">▲</span> Naik {{n}}</p>", "[Naik {{n}}]",
     "<p><span aria-hidden=\"true\">▲</span> NAIK {{n}}</p>"},
    {"<dd>nilai <small>dari <b>4</b></small></dd>", "[nilai][dari <b>4</b>]",
     "<dd>NILAI <small>DARI <b>4</b></small></dd>"},
    {"<dd>nilai <small>kecil</small> sekali</dd>", "[nilai <small>kecil</small> sekali]",
     "<dd>NILAI <small>KECIL</small> SEKALI</dd>"},
    {"<p>satu{{#x}} <small>dua</small>{{/x}}</p>", "[satu][dua]",
     "<p>SATU{{#x}} <small>DUA</small>{{/x}}</p>"},
    {"<p>sumber: {{>_source}}</p>{{>_rounds}}", "[sumber: {{>_source}}]",
     "<p>SUMBER: {{>_source}}</p>{{>_rounds}}"},
    {"<p>satu<br>dua</p>", "[satu<br>dua]", "<p>SATU<br>DUA</p>"},
    {"<b class=\"dim\"><svg class=\"m\"><use href=\"#l\"/></svg>Living</b>", "[Living]",
     "<b class=\"dim\"><svg class=\"m\"><use href=\"#l\"/></svg>LIVING</b>"},
    {"<svg><title>judul</title><desc>isi {{x}}</desc><text x=\"{{y}}%\">teks <tspan "
     "class=\"s\">{{z}}</tspan></text></svg>",
     "[judul][isi {{x}}][teks <tspan>{{z}}</tspan>]",
     "<svg><title>JUDUL</title><desc>ISI {{x}}</desc><text x=\"{{y}}%\">TEKS <tspan "
     "class=\"s\">{{z}}</tspan></text></svg>"},
    /* Sections around blocks, and those that end in another block than they began in. */
    {"{{#a}}\n<p>satu</p>\n{{/a}}\ndua {{#b}}tiga{{/b}}", "[satu][dua {{#b}}tiga{{/b}}]",
     "{{#a}}\n<p>SATU</p>\n{{/a}} DUA {{#b}}TIGA{{/b}}"},
    {"{{#a}}<p>satu <b>{{x}}</b> dua {{/a}}{{y}} tiga{{#c}}.</p>{{/c}}",
     "[satu <b>{{x}}</b> dua][{{y}} tiga]",
     "{{#a}}<p>SATU <b>{{x}}</b> DUA {{/a}}{{y}} TIGA{{#c}}.</p>{{/c}}"},
    {"<p>{{#a}}<b>satu{{/a}} dua</b></p>", "[satu][dua]", "<p>{{#a}}<b>SATU{{/a}} DUA</b></p>"},
    /* Attributes. */
    {"<a href=\"#x\" aria-label='Sumber {{n}}'>[{{n}}]</a>", "[Sumber {{n}}]",
     "<a href=\"#x\" aria-label='SUMBER {{n}}'>[{{n}}]</a>"},
    {"<p>satu <a href=\"#x\" title=\"dua\" class=\"tiga\">{{n}}</a></p>",
     "[satu <a>{{n}}</a>][dua]",
     "<p>SATU <a href=\"#x\" title=\"DUA\" class=\"tiga\">{{n}}</a></p>"},
    {"<optgroup label=\"{{#a}}satu{{/a}}{{#b}}dua{{/b}}\"><li{{#e}} class=\"none\"{{/e}}>x &gt; "
     "y</li>",
     "[satu][dua][x &gt; y]",
     "<optgroup label=\"{{#a}}SATU{{/a}}{{#b}}DUA{{/b}}\"><li{{#e}} class=\"none\"{{/e}}>X &gt; "
     "Y</li>"},
    {"<meta name=\"description\" content=\"isi\"><meta name=\"robots\" content=\"noindex\"><meta "
     "content=\"judul\" property=\"og:title\">",
     "[isi][judul]",
     "<meta name=\"description\" content=\"ISI\"><meta name=\"robots\" content=\"noindex\"><meta "
     "content=\"JUDUL\" property=\"og:title\">"},
    {"<input placeholder=\"cari\" value=\"q\"><img alt=\"\" title=\"a > b\">", "[cari][a > b]",
     "<input placeholder=\"CARI\" value=\"q\"><img alt=\"\" title=\"A > B\">"},
    /* What has no words. */
    {"<p>{{a}} – {{b:x-num=2}} &nbsp;&amp; 1.234 %</p>", "",
     "<p>{{a}} – {{b:x-num=2}} &nbsp;&amp; 1.234 %</p>"},
    {"{{#q}}&amp;q={{q:u}}{{/q}}", "", "{{#q}}&amp;q={{q:u}}{{/q}}"},
    {"<b>Pering&shy;kat</b> 2,75 3,", "[<b>Pering&shy;kat</b> 2,75 3,]",
     "<b>PERING&shy;KAT</b> 2,75 3,"},
    {"<!DOCTYPE html><!-- satu <b>dua</b> -->{{! tiga <p> }}<pre>x  y</pre>\n<script>z</script>",
     "", "<!DOCTYPE html><!-- satu <b>dua</b> --><pre>x  y</pre>\n<script>z</script>"},
    {"1 < 2 <", "", "1 < 2 <"},
};

START_TEST(cuts_text_into_messages)
{
    rewrite(cuts[_i].text, shout, "id");
    ck_assert_str_eq(buf_string(&found), cuts[_i].messages);
    ck_assert_str_eq(buf_string(&out), cuts[_i].result);
}
END_TEST

static const char *keep(void *context, const char *message)
{
    (void)context;
    (void)message;
    return NULL;
}

START_TEST(leaves_what_has_no_translation)
{
    rewrite(cuts[_i].text, keep, "id");
    const char *note = strstr(cuts[_i].text, "{{!");
    if (note == NULL)
        ck_assert_str_eq(buf_string(&out), cuts[_i].text);
    else
        ck_assert_str_eq(buf_string(&out), cuts[_i].result);
}
END_TEST

static const char *turn(void *context, const char *message)
{
    (void)context;
    ck_assert_str_eq(message, "<a>satu</a> dan <a2>dua</a2> {{n}}");
    return "{{n}} <a2>two</a2> & <a>one</a>";
}

START_TEST(lets_a_translation_move_tags)
{
    rewrite("<p><a id=\"1\">satu</a> dan <a id=\"2\">dua</a> {{n}} </p>", turn, "id");
    ck_assert_str_eq(out.data, "<p>{{n}} <a id=\"2\">two</a> & <a id=\"1\">one</a> </p>");
}
END_TEST

static const char *intrude(void *context, const char *message)
{
    (void)message;
    return context;
}

static void note(void *context, const char *translation, const char *reason)
{
    ck_assert_ptr_eq(translation, context);
    buf_text(&found, reason);
}

static const struct {
    const char *text, *translation, *fault;
} misfits[] = {
    {"<p>satu</p>", "<b>one</b>", "has a tag that its message has not"},
    {"<p><b>satu</b> dua</p>", "<b2>one</b2> two", "has a tag that its message has not"},
    {"<p><b>satu</b> dua</p>", "<b class=\"x\">one</b> two", "has a tag that its message has not"},
    {"<p>satu</p>", "1 < 2", "has a tag that its message has not"},
    {"<p title=\"satu\"></p>", "o\"ne", "has a quote in an attribute"},
};

START_TEST(refuses_what_does_not_fit)
{
    static char translation[100];
    struct message_use use = {intrude, note, translation, "en"};

    snprintf(translation, sizeof translation, "%s", misfits[_i].translation);
    ck_assert(!message_rewrite(misfits[_i].text, strlen(misfits[_i].text), &use, &out));
    ck_assert_str_eq(buf_string(&found), misfits[_i].fault);
}
END_TEST

static const struct {
    const char *text, *english;
} addresses[] = {
    {"<a href=\"/\">", "<a href=\"/en\">"},
    {"<a href='/?q=1'>", "<a href='/en?q=1'>"},
    {"<a href=\"/#isi\">", "<a href=\"/en#isi\">"},
    {"<form action=\"/kota\">", "<form action=\"/en/kota\">"},
    {"<a href=\"/kota/{{slug}}{{#r}}?putaran={{round}}{{/r}}\">",
     "<a href=\"/en/kota/{{slug}}{{#r}}?putaran={{round}}{{/r}}\">"},
    {"<a href=\"/kota?q=a.b\">", "<a href=\"/en/kota?q=a.b\">"},
    {"<a href=\"{{href}}\">", "<a href=\"/en{{href}}\">"},
    {"<a{{#x}} class=\"a\"{{/x}} href=\"{{next_href}}\">",
     "<a{{#x}} class=\"a\"{{/x}} href=\"/en{{next_href}}\">"},
    {"<a href=\"{{nexthref}}\">", NULL},
    {"<a href=\"{{source_url}}\">", NULL},
    {"<a href=\"#isi\">", NULL},
    {"<a href=\"\">", NULL},
    {"<a href=\"https://example.org/a\">", NULL},
    {"<a href=\"//example.org/a\">", NULL},
    {"<link href=\"/tolok.css\">", NULL},
    {"<a href=\"/kota/{{slug}}.csv?x=1\">", NULL},
    {"<img src=\"/kota\">", NULL},
};

START_TEST(leads_to_pages_of_the_same_language)
{
    rewrite(addresses[_i].text, keep, "en");
    ck_assert_str_eq(out.data,
                     addresses[_i].english != NULL ? addresses[_i].english : addresses[_i].text);
    buf_clear(&out);
    rewrite(addresses[_i].text, keep, "id");
    ck_assert_str_eq(out.data, addresses[_i].text);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("message");
    TCase *tests = tcase_create("message");

    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_loop_test(tests, cuts_text_into_messages, 0, UNIT_ROWS(cuts));
    tcase_add_loop_test(tests, leaves_what_has_no_translation, 0, UNIT_ROWS(cuts));
    tcase_add_test(tests, lets_a_translation_move_tags);
    tcase_add_loop_test(tests, refuses_what_does_not_fit, 0, UNIT_ROWS(misfits));
    tcase_add_loop_test(tests, leads_to_pages_of_the_same_language, 0, UNIT_ROWS(addresses));
    suite_add_tcase(suite, tests);
    return unit_run(suite);
}
