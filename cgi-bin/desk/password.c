#include "desk/password.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

/* A password counts as many pieces as somebody has to guess: a known word is one piece, however
 * long, and so is a run. */
enum { PIECES_MIN = 7, WORD_MIN = 3, RUN_MIN = 3 };

/* Words that lists of stolen passwords are made of, and those that everybody here would try. */
static const char *const words[] = {
    "password",       "passw0rd",      "p@ssw0rd",
    "pass",           "word",          "admin",
    "administrator",  "root",          "user",
    "login",          "welcome",       "letmein",
    "master",         "access",        "secret",
    "changeme",       "default",       "guest",
    "test",           "demo",          "hello",
    "monkey",         "dragon",        "shadow",
    "sunshine",       "princess",      "football",
    "baseball",       "superman",      "batman",
    "pokemon",        "naruto",        "michael",
    "jordan",         "ashley",        "jessica",
    "charlie",        "iloveyou",      "loveyou",
    "love",           "trustno",       "whatever",
    "freedom",        "starwars",      "computer",
    "internet",       "samsung",       "google",
    "facebook",       "instagram",     "whatsapp",
    "server",         "system",        "qwerty",
    "qwertz",         "azerty",        "zaq12wsx",
    "abc123",         "asdf",          "zxcv",
    "unbelievable",   "beautiful",     "wonderful",
    "butterfly",      "chocolate",     "strawberry",
    "basketball",     "volleyball",    "cheerleader",
    "liverpool",      "manchester",    "united",
    "chelsea",        "arsenal",       "barcelona",
    "realmadrid",     "juventus",      "madrid",
    "milan",          "christopher",   "christian",
    "christ",         "jesus",         "alexander",
    "alexandra",      "elizabeth",     "nicholas",
    "jennifer",       "michelle",      "stephanie",
    "elisabeth",      "anthony",       "benjamin",
    "jonathan",       "daniel",        "thomas",
    "robert",         "andrew",        "matthew",
    "joshua",         "william",       "richard",
    "charles",        "patrick",       "victoria",
    "samantha",       "nicole",        "hannah",
    "amanda",         "angel",         "babygirl",
    "sweetheart",     "forever",       "together",
    "friends",        "family",        "mother",
    "father",         "brother",       "sister",
    "spiderman",      "metallica",     "slipknot",
    "undertaker",     "blink182",      "tinkerbell",
    "hellokitty",     "kitty",         "garfield",
    "pikachu",        "minecraft",     "fortnite",
    "roblox",         "mustang",       "corvette",
    "mercedes",       "ferrari",       "yamaha",
    "honda",          "toyota",        "microsoft",
    "windows",        "android",       "iphone",
    "apple",          "linux",         "oracle",
    "security",       "manager",       "service",
    "support",        "temporary",     "qazwsx",
    "matrix",         "ninja",         "killer",
    "hunter",         "ranger",        "soccer",
    "hockey",         "summer",        "winter",
    "spring",         "autumn",        "january",
    "february",       "august",        "september",
    "october",        "november",      "december",
    "monday",         "sunday",        "england",
    "america",        "australia",     "sandi",
    "katasandi",      "kata",          "rahasia",
    "sayang",         "sayangku",      "cinta",
    "cintaku",        "cantik",        "ganteng",
    "bismillah",      "alhamdulillah", "assalamualaikum",
    "insyaallah",     "allah",         "akbar",
    "muhammad",       "ahmad",         "indonesia",
    "merdeka",        "pancasila",     "garuda",
    "nusantara",      "bhinneka",      "persib",
    "persija",        "arema",         "selamat",
    "datang",         "pagi",          "masuk",
    "keluarga",       "anakku",        "mamah",
    "mama",           "papa",          "ibu",
    "bapak",          "kucing",        "anjing",
    "buku",           "rumah",         "sekolah",
    "jakarta",        "surabaya",      "bandung",
    "medan",          "semarang",      "makassar",
    "palembang",      "yogyakarta",    "jogja",
    "denpasar",       "bali",          "malang",
    "bogor",          "depok",         "kota",
    "kabupaten",      "provinsi",      "daerah",
    "negara",         "smart",         "city",
    "smartcity",      "cerdas",        "tolok",
    "tolokkota",      "dinas",         "kominfo",
    "diskominfo",     "komdigi",       "kemkomdigi",
    "kementerian",    "komunikasi",    "informatika",
    "digital",        "bappeda",       "pemkot",
    "pemkab",         "pemda",         "pemerintah",
    "walikota",       "bupati",        "gubernur",
    "teknologi",      "informasi",     "inovasi",
    "layanan",        "publik",        "pelayanan",
    "kesehatan",      "pendidikan",    "pariwisata",
    "perhubungan",    "lingkungan",    "kecamatan",
    "kelurahan",      "desa",          "sekretariat",
    "presiden",       "menteri",       "republik",
    "bersama",        "bersatu",       "maju",
    "jaya",           "hebat",         "sejahtera",
    "mandiri",        "juara",         "ramadhan",
    "lebaran",        "subhanallah",   "masyaallah",
    "astaghfirullah", "januari",       "februari",
    "maret",          "agustus",       "oktober",
    "desember",       "senin",         "minggu",
    "operator",       "kantor",        "program",
    "asesor",         "quickwin",      "quick",
    "data",           "spbe",          "1945",
    "2000",           "2010",          "2020",
    "2021",           "2022",          "2023",
    "2024",           "2025",          "2026",
    "2027",
};

/* Rows of keys, and the alphabet: neighbours in them are guessed together. */
static const char *const rows[] = {"abcdefghijklmnopqrstuvwxyz",
                                   "1234567890",
                                   "qwertyuiop",
                                   "asdfghjkl",
                                   "zxcvbnm",
                                   "1q2w3e4r5t6y7u8i9o0p",
                                   "q1w2e3r4t5y6u7i8o9p0",
                                   "1qaz2wsx3edc4rfv5tgb",
                                   "qazwsxedcrfvtgb"};

static size_t match_word(const char *at, const char *word)
{
    size_t len = strlen(word);

    return strncasecmp(at, word, len) == 0 ? len : 0;
}

/* The longest word out of a text's letters and digits with which `at` begins. */
static size_t match_own(const char *at, const char *own)
{
    size_t longest = 0;

    while (*own != '\0') {
        size_t len = 0;
        while (isalnum((unsigned char)own[len]))
            len++;
        if (len >= WORD_MIN && len > longest && strncasecmp(at, own, len) == 0)
            longest = len;
        own += len + (own[len] != '\0');
    }
    return longest;
}

/* How many characters from `at` follow each other in a row, forwards or backwards. */
static size_t match_row(const char *at, const char *row)
{
    const char *place = strchr(row, tolower((unsigned char)*at));
    size_t longest = 0;

    for (int step = -1; place != NULL && step <= 1; step += 2) {
        const char *next = place;
        size_t len = 0;
        while (at[len] != '\0' && next >= row && *next != '\0' &&
               tolower((unsigned char)at[len]) == *next) {
            len++;
            next += step;
        }
        longest = len > longest ? len : longest;
    }
    return longest >= RUN_MIN ? longest : 0;
}

/* How many times the character at the beginning stands there, if it is more often than once. */
static size_t match_same(const char *at)
{
    size_t len = 1;

    while (at[len] == at[0])
        len++;
    return len > 1 ? len : 0;
}

/* The bytes of the piece with which `at` begins: at least one character. */
static size_t piece(const char *at, const char *own)
{
    size_t longest = match_same(at), len = match_own(at, own);

    longest = len > longest ? len : longest;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        len = match_word(at, words[i]);
        longest = len > longest ? len : longest;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        len = match_row(at, rows[i]);
        longest = len > longest ? len : longest;
    }
    if (longest > 0)
        return longest;
    for (len = 1; ((unsigned char)at[len] & 0xc0) == 0x80;)
        len++;
    return len;
}

/* Whether all of it is one short text over and over. */
static bool is_repetition(const char *password, size_t len)
{
    for (size_t part = 1; part <= len / 2 && part < PASSWORD_MIN; part++) {
        if (memcmp(password, password + part, len - part) == 0)
            return true;
    }
    return false;
}

const char *password_fault(const char *password, const char *own)
{
    size_t bytes = strlen(password), characters = 0, pieces = 0;

    for (size_t i = 0; i < bytes; i++)
        characters += ((unsigned char)password[i] & 0xc0) != 0x80;
    if (characters < PASSWORD_MIN)
        return "short";
    if (bytes > PASSWORD_BYTES_MAX)
        return "long";
    for (size_t at = 0; at < bytes; at += piece(password + at, own))
        pieces++;
    return pieces < PIECES_MIN || is_repetition(password, bytes) ? "common" : NULL;
}
