/* What the forms of the desk do (act.h). */
#include "act.h"
#include "sign_in.h"

/* The fields of a quick win, and after a conflict which of two values is kept. */
#define WIN_WORDS "title dimension summary problem solution agency started cost figure figure_before figure_after figure_source lesson contact links partners"
#define WIN_KEEPS "keep_title keep_dimension keep_summary keep_problem keep_solution keep_agency keep_started keep_cost keep_figure keep_figure_before" \
                  " keep_figure_after keep_figure_source keep_lesson keep_contact keep_links keep_partners"
#define WIN_SAVE  .page = "winedit", .function = "act.win_save", .params = win_params, .fields = "seen key " WIN_WORDS " " WIN_KEEPS, \
                  .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_FIELD, "seen"}, {ACT_FIELD, "key"}, {ACT_FIELDS, NULL}, {ACT_LANG, NULL})
/* With a text of one field. */
#define WIN_WITH(field) .page = "win", .params = win_params, .fields = "seen key " field, .then = "/meja/quickwin/:id", \
                        .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_FIELD, "seen"}, {ACT_FIELD, "key"}, {ACT_FIELD, field})

static const struct param win_params[] = {{.name = "id", .kind = PARAM_INT, .min = 1, .max = 2147483647}, {0}};

const struct act acts[] = {
    {.path = "/masuk", .page = "signin", .fields = "email password! ke", .run = run_sign_in,
     .doc = "Judges address and password."},
    {.path = "/masuk/kode", .page = "code", .fields = "code! ke", .run = run_code,
     .doc = "Judges a one-time or recovery code."},
    {.path = "/masuk/daftar-kode", .page = "enrol", .fields = "sealed! code! ke", .run = run_enrol,
     .doc = "Connects an authenticator and makes recovery codes."},
    {.path = "/keluar", .page = "signin", .fields = "", .run = run_sign_out,
     .doc = "Ends the session."},
    {.path = "/meja/quickwin/baru", .page = "winnew", .function = "act.win_begin", .fields = "key title dimension", .then = "/meja/quickwin/:id/ubah",
     .values = ACT_VALUES({ACT_FIELD, "key"}, {ACT_FIELDS, NULL}, {ACT_LANG, NULL}),
     .doc = "Begins a quick win."},
    {.path = "/meja/quickwin/:id/simpan", WIN_SAVE, .then = "/meja/quickwin/:id/ubah",
     .doc = "Saves a draft."},
    {.path = "/meja/quickwin/:id/lanjut", WIN_SAVE, .then = "/meja/quickwin/:id/periksa",
     .doc = "Saves a draft and goes on to the check."},
    {.path = "/meja/quickwin/:id/kirim", .page = "wincheck", .function = "act.win_submit", .params = win_params, .fields = "seen key",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_FIELD, "seen"}, {ACT_FIELD, "key"}), .then = "/meja/quickwin/:id/terkirim",
     .doc = "Sends a draft to the office."},
    {.path = "/meja/quickwin/:id/terbitkan", .function = "act.win_publish", WIN_WITH("note"),
     .doc = "Publishes what was sent."},
    {.path = "/meja/quickwin/:id/kembalikan", .function = "act.win_return", WIN_WITH("reason"),
     .doc = "Returns what was sent, with a reason."},
    {.path = "/meja/quickwin/:id/tarik", .function = "act.win_withdraw", WIN_WITH("why"),
     .doc = "Takes a quick win back, with a reason."},
    {0}};
