/* What the forms of the desk do (act.h). */
#include "act.h"
#include "sign_in.h"

const struct act acts[] = {
    {.path = "/masuk", .page = "signin", .fields = "email password! ke", .run = run_sign_in,
     .doc = "Judges address and password."},
    {.path = "/masuk/kode", .page = "code", .fields = "code! ke", .run = run_code,
     .doc = "Judges a one-time or recovery code."},
    {.path = "/masuk/daftar-kode", .page = "enrol", .fields = "sealed! code! ke", .run = run_enrol,
     .doc = "Connects an authenticator and makes recovery codes."},
    {.path = "/keluar", .page = "signin", .fields = "", .run = run_sign_out,
     .doc = "Ends the session."},
    {0}};
