/* What the forms of the desk do (act.h). */
#include <limits.h>

#include "act.h"
#include "file.h"
#include "sign_in.h"

static const struct param win_params[] = {{.name = "id", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, {0}};
static const struct param win_file_params[] = {{.name = "id", .kind = PARAM_INT, .min = 1, .max = INT_MAX},
                                               {.name = "file", .kind = PARAM_INT, .min = 1, .max = INT_MAX}, {0}};

const struct act acts[] = {
    {.path = "/masuk", .page = "signin", .fields = "email password! ke", .run = run_sign_in,
     .doc = "Judges address and password."},
    {.path = "/masuk/kode", .page = "code", .fields = "code! ke", .run = run_code,
     .doc = "Judges a one-time or recovery code."},
    {.path = "/masuk/daftar-kode", .page = "enrol", .fields = "sealed! code! ke", .run = run_enrol,
     .doc = "Connects an authenticator and makes recovery codes."},
    {.path = "/keluar", .page = "signin", .fields = "", .run = run_sign_out,
     .doc = "Ends the session."},
    {.path = "/meja/quickwin/:id/berkas/tambah", .page = "winfiles", .params = win_params, .fields = "key seen caption file@",
     .run = run_file_add, .then = "/meja/quickwin/:id/berkas", .doc = "Adds a file to a quick win."},
    {.path = "/meja/quickwin/:id/berkas/:file/hapus", .page = "winfiles", .function = "act.file_remove",
     .values = ACT_VALUES({ACT_PATH, "id"}, {ACT_PATH, "file"}, {ACT_FIELD, "seen"}, {ACT_FIELD, "key"}), .params = win_file_params,
     .fields = "key seen", .then = "/meja/quickwin/:id/berkas", .doc = "Takes a file from a quick win."},
    {0}};
