/* What the forms of the desk do (act.h). */
#include <limits.h>

#include "desk/account.h"
#include "desk/act.h"
#include "desk/file.h"
#include "desk/letter.h"
#include "desk/package.h"
#include "desk/sign_in.h"

/* Tables are set by hand. */
/* clang-format off */
/* The fields of a quick win are those of pub.win_field (act.win_read). */
#define WIN_SAVE  .page = "winedit", .function = "act.win_save", .params = id_params, \
                  .fields = "seen key *", \
                  .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"}, \
                                       {ACT_FIELDS, NULL}, {ACT_LANG, NULL})
/* What is done with one of the files, whose captions come along (act.captions). */
#define FILE_DO   .page = "winfiles", .params = file_params, .fields = "seen key *", \
                  .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_PATH, "file"}, {ACT_NUMBER, "seen"}, \
                                       {ACT_FIELD, "key"}, {ACT_FIELDS, NULL})
/* With a text of one field. */
#define WIN_WITH(field) .page = "win", .params = id_params, .fields = "seen key " field, \
                        .then = "/meja/quickwin/:id", \
                        .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, \
                                             {ACT_FIELD, "key"}, {ACT_FIELD, field})

/* The office sends it back: standard reasons, its own words, remarks on fields. */
#define WIN_BACK  .page = "win", .params = id_params, .fields = "seen key standard[] *", \
                  .then = "/meja/quickwin/:id", \
                  .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, \
                                       {ACT_FIELD, "key"}, {ACT_FIELDS, NULL})

/* Begins a job of the round, and leads to the page that shows how far it is. */
#define ROUND_JOB .page = "edition", .params = round_params, .fields = "key", \
                  .then = "/meja/terbitan/pekerjaan/:id", \
                  .values = ACT_VALUES({ACT_FIELD, "key"}, {ACT_PATH, "round"})
#define PREVIEW   .page = "preview", .params = preview_params

/* What is done with a letter that was seen so. */
#define LETTER    .params = id_params, .fields = "seen key", \
                  .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"})
#define LETTER_SAVE .page = "letteredit", .function = "act.letter_save", .params = id_params, \
                  .fields = "seen key *", \
                  .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"}, \
                                       {ACT_FIELDS, NULL}, {ACT_LANG, NULL})

#define ID {.name = "id", .kind = PARAM_INT, .min = 1, .max = INT_MAX}

static const struct param id_params[] = {ID, {0}};
static const struct param file_params[] = {
    ID, {.name = "file", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, {0}};
static const struct param number_params[] = {
    {.name = "number", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, {0}};
static const struct param round_params[] = {{.name = "round", .kind = PARAM_CODE}, {0}};
static const struct param preview_params[] = {
    {.name = "preview", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, {0}};
static const struct param topic_params[] = {{.name = "topic", .kind = PARAM_SLUG}, {0}};
static const struct param token_params[] = {{.name = "token", .kind = PARAM_CODE}, {0}};

const struct act acts[] = {
    {.path = "/masuk", .page = "signin", .fields = "email password! ke", .run = run_sign_in,
     .doc = "Judges address and password."},
    {.path = "/masuk/lupa", .page = "forgot", .fields = "email", .function = "act.forgot",
     .values = ACT_VALUES({ACT_FIELD, "email"}, {ACT_TOKEN, NULL}),
     .doc = "Has a link sent to somebody who has forgotten their password."},
    {.path = "/masuk/kode", .page = "code", .fields = "code! ke", .run = run_code,
     .doc = "Judges a one-time or recovery code."},
    {.path = "/masuk/lanjut", .page = "resume", .fields = "email password! to *",
     .run = run_sign_in,
     .doc = "The same as /masuk, with a form that waits."},
    {.path = "/masuk/lanjut/kode", .page = "code", .fields = "code! to *", .run = run_code,
     .doc = "The same as /masuk/kode, after which that form goes on."},
    {.path = "/masuk/lanjut/daftar-kode", .page = "enrol", .fields = "code! to *",
     .run = run_enrol,
     .doc = "The same as /masuk/daftar-kode, after which that form goes on."},
    {.path = "/masuk/daftar-kode", .page = "enrol", .fields = "code! ke", .run = run_enrol,
     .doc = "Connects an authenticator and makes recovery codes."},
    {.path = "/keluar", .page = "signin", .fields = "", .run = run_sign_out,
     .doc = "Ends the session."},
    {.path = "/undangan/:token", .page = "invitation", .params = token_params,
     .fields = "new! repeat!", .run = run_invitation,
     .doc = "Takes a password for an invitation or a reset."},
    {.path = "/meja/akun/sandi", .page = "account", .fields = "password! new! repeat!",
     .run = run_password, .then = "/meja/akun",
     .doc = "Changes one's password."},
    {.path = "/meja/akun/nama", .page = "account", .fields = "name",
     .function = "act.name_change", .values = ACT_VALUES({ACT_FIELD, "name"}),
     .then = "/meja/akun#tersimpan",
     .doc = "Changes one's name."},
    {.path = "/meja/akun/kode", .page = "account", .fields = "password!", .run = run_recovery,
     .doc = "Makes new recovery codes."},
    {.path = "/meja/akun/autentikator", .page = "account", .fields = "password!",
     .run = run_authenticator,
     .doc = "Goes on to connecting another authenticator."},
    {.path = "/meja/akun/sesi/:id/akhiri", .page = "account", .params = id_params, .fields = "",
     .function = "act.session_end", .values = ACT_VALUES({ACT_PATH, "id"}), .then = "/meja/akun",
     .doc = "Ends one of one's sessions."},
    {.path = "/meja/akun/sesi/akhiri", .page = "account", .fields = "",
     .function = "act.sessions_end", .values = ACT_VALUES(), .then = "/meja/akun",
     .doc = "Ends all of one's sessions but this one."},
    {.path = "/meja/pengguna", .page = "users", .fields = "key email name role region sends *",
     .function = "act.invite",
     .values = ACT_VALUES({ACT_FIELDS, NULL}, {ACT_TOKEN, NULL}, {ACT_MAILS, NULL}),
     .proved = true,
     .doc = "Invites somebody; the link is shown once."},
    {.path = "/meja/pengguna/:id/undang", .page = "user", .params = id_params, .fields = "key",
     .function = "act.reinvite", .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_TOKEN, NULL}),
     .proved = true,
     .doc = "A new link for somebody who has not come yet."},
    {.path = "/meja/pengguna/:id/setel-ulang", .page = "user", .params = id_params,
     .fields = "key",
     .function = "act.reset", .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_TOKEN, NULL}),
     .proved = true,
     .doc = "A link with which somebody chooses a new password."},
    {.path = "/meja/pengguna/:id/autentikator", .page = "user", .params = id_params,
     .fields = "reason", .function = "act.authenticator_reset",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_FIELD, "reason"}, {ACT_MAILS, NULL}),
     .proved = true,
     .doc = "Forgets a lost authenticator."},
    {.path = "/meja/pengguna/:id/ubah", .page = "user", .params = id_params,
     .fields = "role region sends *", .function = "act.account_change",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_FIELDS, NULL}, {ACT_MAILS, NULL}), .proved = true,
     .then = "/meja/pengguna/:id",
     .doc = "Gives somebody another role or another scope."},
    {.path = "/meja/pengguna/:id/tutup", .page = "user", .params = id_params, .fields = "why",
     .function = "act.disable", .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_FIELD, "why"}),
     .proved = true, .then = "/meja/pengguna/:id",
     .doc = "Ends an account, with a reason."},
    {.path = "/meja/pengguna/:id/buka", .page = "user", .params = id_params, .fields = "",
     .function = "act.reopen", .values = ACT_VALUES({ACT_PATH, "id"}), .proved = true,
     .then = "/meja/pengguna/:id",
     .doc = "Opens an account again that was closed by mistake."},
    {.path = "/meja/quickwin/:id/berkas/tambah", .page = "winfiles", .params = id_params,
     .fields = "key seen caption next file[]@", .run = run_file_add,
     .doc = "Adds files to a quick win, each for itself."},
    {.path = "/meja/quickwin/:id/berkas/simpan", .page = "winfiles", .params = id_params,
     .function = "act.file_change", .fields = "seen key *",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_FIELDS, NULL}),
     .then = "/meja/quickwin/:id/berkas?kabar=simpan",
     .doc = "Saves the captions of all files."},
    {.path = "/meja/quickwin/:id/berkas/:file/naik", FILE_DO, .function = "act.file_up",
     .then = "/meja/quickwin/:id/berkas?kabar=pindah#berkas-:file",
     .doc = "Saves them and moves a file before the one that it stood behind."},
    {.path = "/meja/quickwin/:id/berkas/:file/turun", FILE_DO, .function = "act.file_down",
     .then = "/meja/quickwin/:id/berkas?kabar=pindah#berkas-:file",
     .doc = "Saves them and moves a file behind the one that it stood before."},
    {.path = "/meja/quickwin/:id/berkas/:file/hapus", FILE_DO, .function = "act.file_remove",
     .then = "/meja/quickwin/:id/berkas?kabar=hapus",
     .doc = "Saves them and takes a file from a quick win."},
    {.path = "/meja/quickwin/:id/berkas/:file/kembali", FILE_DO, .function = "act.file_restore",
     .then = "/meja/quickwin/:id/berkas?kabar=kembali#berkas-:file",
     .doc = "Saves them and puts back a file that was taken away."},
    {.path = "/meja/quickwin/baru", .page = "winnew", .function = "act.win_begin",
     .fields = "key title dimension copied", .then = "/meja/quickwin/:id/ubah",
     .values = ACT_VALUES({ACT_FIELD, "key"}, {ACT_FIELDS, NULL}, {ACT_LANG, NULL}),
     .doc = "Begins a quick win."},
    {.path = "/meja/quickwin/ambil/:number", .page = "winnew", .params = number_params,
     .function = "act.win_claim", .fields = "key",
     .values = ACT_VALUES({ACT_PATH, "number"}, {ACT_FIELD, "key"}),
     .then = "/meja/quickwin/:id/ubah",
     .doc = "Takes over a quick win that the portal shows for the city from another source."},
    {.path = "/meja/quickwin/:id/simpan", WIN_SAVE, .then = "/meja/quickwin/:id/ubah#tersimpan",
     .doc = "Saves a draft."},
    {.path = "/meja/quickwin/:id/lanjut", WIN_SAVE, .then = "/meja/quickwin/:id/periksa",
     .doc = "Saves a draft and goes on to the check."},
    {.path = "/meja/quickwin/:id/lampirkan", WIN_SAVE, .then = "/meja/quickwin/:id/berkas",
     .doc = "Saves a draft and goes on to its files."},
    {.path = "/meja/quickwin/:id/kirim", .page = "wincheck", .function = "act.win_submit",
     .params = id_params, .fields = "seen key answer",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_FIELD, "answer"}),
     .then = "/meja/quickwin/:id/terkirim",
     .doc = "Sends a draft to the office."},
    {.path = "/meja/quickwin/:id/hapus", .page = "win", .function = "act.win_drop",
     .params = id_params, .fields = "seen key",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"}),
     .then = "/meja",
     .doc = "Throws a draft away."},
    {.path = "/meja/quickwin/:id/salin", .page = "win", .function = "act.win_copy",
     .params = id_params, .fields = "seen key",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"}),
     .then = "/meja/quickwin/:id/ubah",
     .doc = "Begins a quick win with the words of another one of the same city."},
    {.path = "/meja/quickwin/:id/terbitkan", .function = "act.win_publish", .proved = true,
     WIN_WITH("note"),
     .doc = "Publishes what was sent."},
    {.path = "/meja/quickwin/:id/kembalikan", .function = "act.win_return", WIN_BACK,
     .doc = "Returns what was sent, with a reason and remarks."},
    {.path = "/meja/quickwin/:id/tolak", .function = "act.win_reject", WIN_BACK,
     .doc = "Rejects what was sent, in the same way."},
    {.path = "/meja/quickwin/:id/gabungkan", .page = "win", .params = id_params, .proved = true,
     .function = "act.win_fold", .fields = "seen key kept join_reason",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_NUMBER, "kept"}, {ACT_FIELD, "join_reason"}),
     .then = "/meja/quickwin/:id",
     .doc = "Joins what was sent to another quick win of the city."},
    {.path = "/meja/quickwin/:id/gabung", .page = "win", .params = id_params, .proved = true,
     .function = "act.win_join", .fields = "seen key kept carry",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_NUMBER, "kept"}, {ACT_FIELD, "carry"}),
     .then = "/meja/quickwin/:id/ubah",
     .doc = "A city joins one of its quick wins to another one."},
    {.path = "/meja/quickwin/:id/ambil-lagi", .page = "win", .function = "act.win_recall",
     .params = id_params, .fields = "seen key",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"}),
     .then = "/meja/quickwin/:id/ubah",
     .doc = "Calls back what was sent and nobody has opened."},
    {.path = "/meja/quickwin/:id/tarik", .function = "act.win_withdraw", .proved = true,
     WIN_WITH("why"),
     .doc = "Takes a quick win back, with a reason."},
    {.path = "/meja/terbitan/unggah", .page = "editions", .fields = "key new_regions package@",
     .run = run_package_add, .then = "/meja/terbitan/pekerjaan/:id",
     .doc = "Brings a package, which a job imports."},
    {.path = "/meja/terbitan/:round/kumpulkan", ROUND_JOB, .function = "act.gather_ask",
     .doc = "Makes the package of a gathered round from the table of facts."},
    {.path = "/meja/terbitan/:round/hitung", ROUND_JOB, .function = "act.preview_ask",
     .doc = "Computes what publishing a draft would show."},
    {.path = "/meja/terbitan/:round/buang", .page = "edition", .params = round_params,
     .fields = "key", .function = "act.draft_drop",
     .values = ACT_VALUES({ACT_FIELD, "key"}, {ACT_PATH, "round"}), .then = "/meja/terbitan",
     .doc = "Throws the draft of a round away."},
    {.path = "/meja/terbitan/:round/paket", .page = "edition", .params = round_params,
     .fields = "key n", .function = "act.export_ask",
     .values = ACT_VALUES({ACT_FIELD, "key"}, {ACT_PATH, "round"}, {ACT_FIELD, "n"}),
     .then = "/meja/terbitan/pekerjaan/:id",
     .doc = "Makes the package of a publication as a file."},
    {.path = "/meja/terbitan/pratinjau/:preview/buka", PREVIEW, .function = "act.preview_open",
     .fields = "key",
     .values = ACT_VALUES({ACT_PATH, "preview"}, {ACT_FIELD, "key"}),
     .then = "/meja/terbitan/pratinjau/:preview",
     .doc = "Opens a preview, which is noted: who has not opened it can not agree to it."},
    {.path = "/meja/terbitan/pratinjau/:preview/ajukan", PREVIEW, .function = "act.request_ask",
     .proved = true, .fields = "key reason day time",
     .values = ACT_VALUES({ACT_PATH, "preview"}, {ACT_FIELD, "key"}, {ACT_FIELD, "reason"},
                          {ACT_FIELD, "day"}, {ACT_FIELD, "time"}),
     .then = "/meja/terbitan/pratinjau/:preview#dua",
     .doc = "Asks for the publication of a preview."},
    {.path = "/meja/terbitan/pratinjau/:preview/setujui", PREVIEW,
     .function = "act.request_confirm", .proved = true, .fields = "key request",
     .values = ACT_VALUES({ACT_NUMBER, "request"}, {ACT_FIELD, "key"}),
     .then = "/meja/terbitan/pekerjaan/:id",
     .doc = "Agrees to it as the second person: it is published when its time has come."},
    {.path = "/meja/terbitan/pratinjau/:preview/tarik", PREVIEW,
     .function = "act.request_withdraw", .fields = "key request why",
     .values = ACT_VALUES({ACT_NUMBER, "request"}, {ACT_FIELD, "key"}, {ACT_FIELD, "why"}),
     .then = "/meja/terbitan/pratinjau/:preview#dua",
     .doc = "Takes such a wish back, with a reason."},
    {.path = "/meja/terbitan/pekerjaan/:id/batal", .page = "job", .params = id_params,
     .fields = "key", .function = "act.job_cancel",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_FIELD, "key"}),
     .then = "/meja/terbitan/pekerjaan/:id",
     .doc = "Ends a job, of which nothing stays."},
    {.path = "/meja/surat/unggah", .page = "letternew", .fields = "key region year file@",
     .run = run_letter_add, .then = "/meja/surat/:id/ubah",
     .doc = "Begins a letter with its file."},
    {.path = "/meja/surat/:id/simpan", LETTER_SAVE, .then = "/meja/surat/:id/ubah#tersimpan",
     .doc = "Saves what a letter says."},
    {.path = "/meja/surat/:id/lanjut", LETTER_SAVE, .then = "/meja/surat/:id/periksa",
     .doc = "Saves it and goes on to the check."},
    {.path = "/meja/surat/:id/tempel", .page = "letteredit", .function = "act.letter_paste",
     .params = id_params, .fields = "seen key lines", .then = "/meja/surat/:id/ubah#tersimpan",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_LANG, NULL}, {ACT_FIELD, "lines"}),
     .doc = "Takes figures that were pasted, line by line."},
    {.path = "/meja/surat/:id/kirim", .page = "lettercheck", LETTER,
     .function = "act.letter_submit", .then = "/meja/surat/:id#bukti",
     .doc = "Sends a letter to the office."},
    {.path = "/meja/surat/:id/batal", .page = "letter", LETTER,
     .function = "act.letter_withdraw", .then = "/meja/surat",
     .doc = "Takes a letter back before somebody has agreed to it."},
    {.path = "/meja/surat/:id/benarkan", .page = "letter", .params = id_params,
     .function = "act.letter_confirm", .proved = true, .fields = "seen key confidence open",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_FIELD, "confidence"}, {ACT_FIELD, "open"}),
     .then = "/meja/surat/:id",
     .doc = "Agrees to a letter as the second person: its figures are published facts."},
    {.path = "/meja/surat/:id/kembalikan", .page = "letter", .params = id_params,
     .function = "act.letter_return", .fields = "seen key reason",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_FIELD, "reason"}),
     .then = "/meja/surat/:id",
     .doc = "Returns a letter, with a reason."},
    {.path = "/meja/surat/:id/koreksi", .page = "letter", LETTER,
     .function = "act.letter_correct", .then = "/meja/surat/:id/ubah",
     .doc = "Begins a correction of a letter that somebody has agreed to."},
    {.path = "/meja/topik/pasang", .page = "topics", .fields = "key topic win holds",
     .function = "act.topic_mend", .then = "/meja/topik",
     .values = ACT_VALUES({ACT_FIELD, "topic"}, {ACT_FIELD, "key"}, {ACT_FIELD, "win"},
                          {ACT_FIELD, "holds"}),
     .doc = "Says of a quick win that it is about a topic."},
    {.path = "/meja/topik/:topic/ubah", .page = "topic", .params = topic_params,
     .fields = "key seen name_id name_en words", .function = "act.topic_save",
     .then = "/meja/topik/:topic",
     .values = ACT_VALUES({ACT_PATH, "topic"}, {ACT_NUMBER, "seen"}, {ACT_FIELD, "key"},
                          {ACT_FIELD, "name_id"}, {ACT_FIELD, "name_en"}, {ACT_FIELD, "words"}),
     .doc = "Gives a topic names and words."},
    {.path = "/meja/topik/:topic/quickwin", .page = "topic", .params = topic_params,
     .fields = "key win holds", .function = "act.topic_mend", .then = "/meja/topik/:topic",
     .values = ACT_VALUES({ACT_PATH, "topic"}, {ACT_FIELD, "key"}, {ACT_FIELD, "win"},
                          {ACT_FIELD, "holds"}),
     .doc = "Says of a quick win that it is about this topic, or not."},
    {0}};
