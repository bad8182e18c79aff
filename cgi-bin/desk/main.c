/* The desk as a program: what accounts do once they have signed in. */
#include "../lib/serve.h"
#include "desk.h"

enum { BODY_MAX = 11 * 1024 * 1024 };

int main(int argc, char **argv)
{
    static const struct serve_program program = {
        .name = "desk",
        .role = "tolok_desk",
        .doc = "the desk of Tolok Kota: accounts, and the quick wins that cities write",
        .pages = pages,
        .answer = desk_answer,
        .body_max = BODY_MAX,
    };

    return serve_run(argc, argv, &program);
}
