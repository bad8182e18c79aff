/* The desk as a program: what accounts do once they have signed in. */
#include "desk/desk.h"
#include "desk/form.h"
#include "http/serve.h"

int main(int argc, char **argv)
{
    static const struct serve_program program = {
        .name = "desk",
        .role = "tolok_desk",
        .doc = "the desk of Tolok Kota: accounts, and the quick wins that cities write",
        .pages = pages,
        .answer = desk_answer,
        .body_max = FORM_UPLOAD_MAX,
        .unready = desk_unready,
    };

    return serve_run(argc, argv, &program);
}
