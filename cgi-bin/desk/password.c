#include "desk/password.h"

#include <ctype.h>
#include <string.h>
#include <zxcvbn.h>

#include "base/buf.h"

/* Where the database was stolen, 2^40 guesses take a processor some thousand years (secret.h says
 * what one costs); at the desk nobody comes near. */
enum { BITS_MIN = 40, WORD_MIN = 3, OWN_MAX = 32 };

/* Words that everybody here would try, which the library's lists of English words and of stolen
 * passwords do not have, the likeliest first. */
static const char *const words[] = {"tolok",
                                    "kota",
                                    "tolokkota",
                                    "kabupaten",
                                    "smartcity",
                                    "cerdas",
                                    "dinas",
                                    "kominfo",
                                    "diskominfo",
                                    "komdigi",
                                    "kemkomdigi",
                                    "bappeda",
                                    "pemkot",
                                    "pemkab",
                                    "pemda",
                                    "walikota",
                                    "bupati",
                                    "gubernur",
                                    "sandi",
                                    "katasandi",
                                    "kata",
                                    "rahasia",
                                    "sayang",
                                    "sayangku",
                                    "cinta",
                                    "cintaku",
                                    "cantik",
                                    "ganteng",
                                    "bismillah",
                                    "alhamdulillah",
                                    "assalamualaikum",
                                    "insyaallah",
                                    "allah",
                                    "akbar",
                                    "muhammad",
                                    "ahmad",
                                    "indonesia",
                                    "merdeka",
                                    "pancasila",
                                    "garuda",
                                    "nusantara",
                                    "bhinneka",
                                    "persib",
                                    "persija",
                                    "arema",
                                    "selamat",
                                    "datang",
                                    "pagi",
                                    "masuk",
                                    "keluarga",
                                    "anakku",
                                    "mamah",
                                    "ibu",
                                    "bapak",
                                    "kucing",
                                    "anjing",
                                    "buku",
                                    "rumah",
                                    "sekolah",
                                    "jakarta",
                                    "surabaya",
                                    "bandung",
                                    "medan",
                                    "semarang",
                                    "makassar",
                                    "palembang",
                                    "yogyakarta",
                                    "jogja",
                                    "denpasar",
                                    "bali",
                                    "malang",
                                    "bogor",
                                    "depok",
                                    "provinsi",
                                    "daerah",
                                    "negara",
                                    "kementerian",
                                    "komunikasi",
                                    "informatika",
                                    "pemerintah",
                                    "teknologi",
                                    "informasi",
                                    "inovasi",
                                    "layanan",
                                    "publik",
                                    "pelayanan",
                                    "kesehatan",
                                    "pendidikan",
                                    "pariwisata",
                                    "perhubungan",
                                    "lingkungan",
                                    "kecamatan",
                                    "kelurahan",
                                    "desa",
                                    "sekretariat",
                                    "presiden",
                                    "menteri",
                                    "republik",
                                    "bersama",
                                    "bersatu",
                                    "maju",
                                    "jaya",
                                    "hebat",
                                    "sejahtera",
                                    "mandiri",
                                    "juara",
                                    "ramadhan",
                                    "lebaran",
                                    "subhanallah",
                                    "masyaallah",
                                    "astaghfirullah",
                                    "januari",
                                    "februari",
                                    "maret",
                                    "agustus",
                                    "oktober",
                                    "desember",
                                    "senin",
                                    "minggu",
                                    "kantor",
                                    "asesor",
                                    "quickwin",
                                    "spbe"};
enum { WORDS = sizeof words / sizeof *words };

/* Cuts a text into words of letters and digits, in place. Returns how many are long enough. */
static size_t split(char *text, const char *found[OWN_MAX])
{
    size_t count = 0;

    while (*text != '\0' && count < OWN_MAX) {
        size_t len = 0;
        while (isalnum((unsigned char)text[len]))
            len++;
        if (len >= WORD_MIN)
            found[count++] = text;
        text += len;
        if (*text != '\0')
            *text++ = '\0';
    }
    return count;
}

/* The entropy, in bits, for an attacker who knows whose password it is. */
static double bits(const char *password, const char *own)
{
    const char *known[OWN_MAX + WORDS + 1];
    struct buf text = {0};

    buf_text(&text, own);
    size_t count = split(text.data, known);
    memcpy(known + count, words, sizeof words);
    known[count + WORDS] = NULL;
    double found = ZxcvbnMatch(password, known, NULL);
    buf_free(&text);
    return found;
}

const char *password_fault(const char *password, const char *own)
{
    size_t bytes = strlen(password), characters = 0;

    for (size_t i = 0; i < bytes; i++)
        characters += ((unsigned char)password[i] & 0xc0) != 0x80;
    if (characters < PASSWORD_MIN)
        return "short";
    if (bytes > PASSWORD_BYTES_MAX)
        return "long";
    return bits(password, own) < BITS_MIN ? "common" : NULL;
}
