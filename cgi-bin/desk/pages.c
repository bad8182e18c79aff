/* The pages of the desk (http/page.h, desk.h). What forms do is in acts.c. */
#include <limits.h>

#include "desk/account.h"
#include "desk/desk.h"
#include "desk/package.h"
#include "desk/prove.h"
#include "desk/resume.h"
#include "desk/sign_in.h"
#include "http/page.h"

/* Tables are set by hand. */
/* clang-format off */
/* Where to go after signing in. */
#define BACK {.name = "ke", .kind = PARAM_TEXT, .max = 300}

static const struct param invitation_params[] = {{.name = "token", .kind = PARAM_CODE}, {0}};
static const struct param no_params[] = {{0}};
static const struct param sign_in_params[] = {
    BACK, {.name = "keluar", .kind = PARAM_ENUM, .words = "ya"}, {0}};
static const struct param code_params[] = {BACK, {0}};
#define PAGE_NUMBER {.name = "halaman", .kind = PARAM_INT, .min = 1, .max = 1000, .standard = "1"}
#define ID          {.name = "id", .kind = PARAM_INT, .min = 1, .max = INT_MAX}
static const struct param board_params[] = {
    {.name = "keadaan", .kind = PARAM_ENUM,
     .words = "handed submitted returned mending draft published rejected joined withdrawn"},
    PAGE_NUMBER, {0}};
/* Accounts that have not come: those invited, and of these those whose link is over. */
static const struct param users_params[] = {
    {.name = "cari", .kind = PARAM_TEXT, .max = 100}, {.name = "daerah", .kind = PARAM_CODE},
    {.name = "peran", .kind = PARAM_ENUM, .words = "office assessor operator owner"},
    {.name = "keadaan", .kind = PARAM_ENUM, .words = "active never lapsed disabled"},
    PAGE_NUMBER, {0}};
static const struct param numbers_params[] = {
    {.name = "belum", .kind = PARAM_ENUM, .words = "ya"}, PAGE_NUMBER, {0}};
static const struct param agencies_params[] = {{.name = "daerah", .kind = PARAM_CODE}, {0}};
#define QUEUE {.name = "cari", .kind = PARAM_TEXT, .max = 100}, \
              {.name = "kota", .kind = PARAM_SLUG}, \
              {.name = "dimensi", .kind = PARAM_ENUM, \
               .words = "governance branding economy living society environment"}, \
              {.name = "umur", .kind = PARAM_ENUM, .words = "minggu bulan"}, \
              {.name = "pembaca", .kind = PARAM_CODE}, \
              {.name = "urut", .kind = PARAM_ENUM, .words = "tertua terbaru kota dimensi", \
               .standard = "tertua"}
static const struct param queue_params[] = {QUEUE, PAGE_NUMBER, {0}};
static const struct param queuefile_params[] = {QUEUE, {0}};
static const struct param id_params[] = {ID, {0}};
static const struct param new_params[] = {
    {.name = "tiru", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, {0}};
/* What has just been done: so many files were added, captions were saved, a file was moved, taken
 * away or put back, or what was sent was too large for the web server. */
static const struct param files_params[] = {
    ID, {.name = "tambah", .kind = PARAM_INT, .min = 1, .max = 200},
    {.name = "kabar", .kind = PARAM_ENUM, .words = "simpan pindah hapus kembali besar"}, {0}};
static const struct param file_params[] = {
    ID, {.name = "ukuran", .kind = PARAM_ENUM, .words = "kecil"}, {0}};
static const struct param version_params[] = {
    ID, {.name = "n", .kind = PARAM_INT, .min = 1, .max = 100000}, {0}};
static const struct param editions_params[] = {
    {.name = "kabar", .kind = PARAM_ENUM, .words = "besar"}, {0}};
static const struct param edition_params[] = {{.name = "round", .kind = PARAM_CODE}, {0}};
static const struct param preview_params[] = {
    {.name = "preview", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, {0}};
static const struct param letters_params[] = {PAGE_NUMBER, {0}};
/* For which city and year; the file was too large for the web server. */
static const struct param letternew_params[] = {
    {.name = "kota", .kind = PARAM_SLUG},
    {.name = "tahun", .kind = PARAM_INT, .min = 2019, .max = 2100},
    {.name = "kabar", .kind = PARAM_ENUM, .words = "besar"}, {0}};
static const struct param letterfile_params[] = {
    ID, {.name = "ukuran", .kind = PARAM_ENUM, .words = "kecil"}, {0}};
static const struct param topic_params[] = {{.name = "topic", .kind = PARAM_SLUG}, {0}};
#define TRAIL_SIEVE \
    {.name = "jenis", .kind = PARAM_ENUM, .words = "quickwin akun putaran ditolak"}, \
    {.name = "orang", .kind = PARAM_TEXT, .max = 100}, {.name = "daerah", .kind = PARAM_CODE}, \
    {.name = "dari", .kind = PARAM_TEXT, .max = 10}, \
    {.name = "sampai", .kind = PARAM_TEXT, .max = 10}
static const struct param trail_params[] = {
    {.name = "quickwin", .kind = PARAM_INT, .min = 1, .max = INT_MAX},
    {.name = "sebelum", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, TRAIL_SIEVE, {0}};
static const struct param trailfile_params[] = {
    {.name = "quickwin", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, TRAIL_SIEVE, {0}};

const struct page pages[] = {
    {.name = "signin", .path = "/masuk", .params = sign_in_params,
     .door = PAGE_ANYONE, .form = true,
     .doc = "Signing in: address and password."},
    {.name = "forgot", .path = "/masuk/lupa", .params = no_params,
     .door = PAGE_ANYONE, .form = true, .fill = fill_forgot, .fills = "mailing",
     .doc = "Asking for a link to choose a new password."},
    {.name = "code", .path = "/masuk/kode", .params = code_params,
     .door = PAGE_HALF, .form = true,
     .doc = "The second step: the one-time code."},
    {.name = "enrol", .path = "/masuk/daftar-kode", .params = code_params,
     .door = PAGE_HALF, .form = true, .fill = fill_enrol, .fills = "action_path enrolling codes",
     .doc = "Connecting an authenticator, once: its secret as a picture and as text, and"
             " afterwards the recovery codes."},
    {.name = "resume", .path = "/masuk/lanjut", .params = no_params,
     .door = PAGE_ANYONE, .form = true, .fill = fill_resume, .fills = "action_path",
     .doc = "Keeps a form whose session is over, while its sender signs in."},
    {.name = "invitation", .path = "/undangan/:token", .params = invitation_params,
     .door = PAGE_ANYONE, .form = true,
     .doc = "What an invitation or a reset leads to: choosing a password."},
    {.name = "account", .path = "/meja/akun", .nav = "account", .params = no_params,
     .form = true, .fill = fill_account, .fills = "codes",
     .doc = "One's own account: password, recovery codes, sessions."},
    {.name = "users", .path = "/meja/pengguna", .nav = "users", .params = users_params,
     .form = true, .fill = fill_users, .fills = "link",
     .doc = "Accounts: the office invites anybody, a city those who look after its dimensions."},
    {.name = "invites", .path = "/meja/pengguna/banyak", .nav = "users", .params = no_params,
     .form = true, .fill = fill_invites, .fills = "links_from mailing",
     .doc = "Many invitations at once, and what became of each."},
    {.name = "user", .path = "/meja/pengguna/:id", .nav = "users", .params = id_params,
     .form = true, .fill = fill_users, .fills = "link",
     .doc = "One account, for whoever manages it: its scope, links for it, closing it."},
    {.name = "agencies", .path = "/meja/dinas", .nav = "users", .params = agencies_params,
     .form = true,
     .doc = "The register of a city's agencies, and which dimensions they lead or support."},
    {.name = "agency", .path = "/meja/dinas/:id", .nav = "users", .params = id_params,
     .form = true,
     .doc = "One agency of the register."},
    {.name = "prove", .path = "/meja/bukti", .params = no_params,
     .form = true, .fill = fill_prove, .fills = "action_path back_path",
     .doc = "Asks once more who it is, in the place of a form's answer, before what the form"
             " does."},
    {.name = "board", .path = "/meja", .nav = "board", .params = board_params,
     .doc = "Where everybody begins: what waits for them."},
    {.name = "queue", .path = "/meja/antrean", .nav = "board", .params = queue_params,
     .form = true,
     .doc = "The office's queue: found, filtered, sorted; several assigned or decided at once."},
    {.name = "queuefile", .path = "/meja/antrean/csv", .params = queuefile_params,
     .doc = "The same as a sheet."},
    {.name = "winnew", .path = "/meja/quickwin/baru", .nav = "board", .params = new_params,
     .form = true,
     .doc = "Begins a quick win: its name and its dimension."},
    {.name = "winedit", .path = "/meja/quickwin/:id/ubah", .nav = "board", .params = id_params,
     .form = true,
     .doc = "The form of a quick win, and both versions when somebody else saved in between."},
    {.name = "wincheck", .path = "/meja/quickwin/:id/periksa", .nav = "board", .params = id_params,
     .form = true,
     .doc = "All that a draft says, before it is sent."},
    {.name = "winsent", .path = "/meja/quickwin/:id/terkirim", .nav = "board", .params = id_params,
     .fill = fill_sent, .fills = "answer_days",
     .doc = "The receipt of what was sent."},
    {.name = "winversion", .path = "/meja/quickwin/:id/versi/:n", .nav = "board",
     .params = version_params, .fill = fill_opened,
     .doc = "What a version changed, word for word."},
    {.name = "win", .path = "/meja/quickwin/:id", .nav = "board", .params = id_params, .form = true,
     .fill = fill_opened,
     .doc = "A quick win at the desk: what it says, its history, and what can be decided."},
    {.name = "winfiles", .path = "/meja/quickwin/:id/berkas", .nav = "board",
     .params = files_params,
     .form = true,
     .doc = "The files of a quick win: adding some, their captions and order, taking one away."},
    {.name = "winfile", .path = "/meja/berkas/:id", .params = file_params,
     .doc = "A file of a quick win, for those who may read it."},
    {.name = "letters", .path = "/meja/surat", .nav = "letters", .params = letters_params,
     .doc = "Letters that were handed in: those of the city, or for the office of all."},
    {.name = "letternew", .path = "/meja/surat/baru", .nav = "letters",
     .params = letternew_params, .form = true,
     .doc = "Begins a letter: of which city and year, and its file."},
    {.name = "letteredit", .path = "/meja/surat/:id/ubah", .nav = "letters", .params = id_params,
     .form = true,
     .doc = "What a letter says: its head, its figures by form or pasted."},
    {.name = "lettercheck", .path = "/meja/surat/:id/periksa", .nav = "letters",
     .params = id_params, .form = true,
     .doc = "All that a letter says and what it changes, before it is sent."},
    {.name = "letter", .path = "/meja/surat/:id", .nav = "letters", .params = id_params,
     .form = true,
     .doc = "A letter beside its figures: the receipt, and what the second person decides."},
    {.name = "letterfile", .path = "/meja/surat/:id/berkas", .params = letterfile_params,
     .doc = "The file of a letter, for those who may read it."},
    {.name = "editions", .path = "/meja/terbitan", .nav = "editions", .params = editions_params,
     .form = true,
     .doc = "Publications: what waits for the office, all rounds, and a package to bring."},
    {.name = "edition", .path = "/meja/terbitan/:round", .nav = "editions",
     .params = edition_params, .form = true,
     .doc = "A round at the desk: what waits, its next step, and what was published of it."},
    {.name = "preview", .path = "/meja/terbitan/pratinjau/:preview", .nav = "editions",
     .params = preview_params, .form = true, .fill = fill_preview, .fills = "bar before_at",
     .doc = "What publishing would show, and the consent of two people."},
    {.name = "job", .path = "/meja/terbitan/pekerjaan/:id", .nav = "editions",
     .params = id_params, .form = true,
     .doc = "Work that takes longer than a page: how far it is, what came of it, ending it."},
    {.name = "jobfile", .path = "/meja/terbitan/pekerjaan/:id/paket", .params = id_params,
     .doc = "The package that a job made, for the office."},
    {.name = "topics", .path = "/meja/topik", .nav = "board", .params = no_params, .form = true,
     .doc = "What quick wins are about, as the office mends it."},
    {.name = "topic", .path = "/meja/topik/:topic", .nav = "board", .params = topic_params,
     .form = true, .doc = "One topic: its names and words, and the quick wins about it."},
    {.name = "posts", .path = "/meja/pengumuman", .nav = "board", .params = no_params,
     .form = true,
     .doc = "What the office tells all cities, or some."},
    {.name = "numbers", .path = "/meja/angka", .nav = "board", .params = numbers_params,
     .doc = "What the office counts: who has come and sent, and how long decisions take."},
    {.name = "numbersfile", .path = "/meja/angka/csv", .params = no_params,
     .doc = "The same of each city, as a table to take along."},
    {.name = "help", .path = "/meja/bantuan", .params = no_params,
     .doc = "What one does at the desk, in the words of one's role, and whom to ask."},
    {.name = "trail", .path = "/meja/jejak", .nav = "trail", .params = trail_params,
     .doc = "The audit trail: who did what, when, from what to what."},
    {.name = "trailfile", .path = "/meja/jejak/csv", .params = trailfile_params,
     .doc = "The same as a table to take along."},
    {0}};
