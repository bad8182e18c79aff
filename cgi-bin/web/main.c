/* The public pages as a program. */
#include "http/serve.h"

int main(int argc, char **argv)
{
    static const struct serve_program program = {
        .name = "web",
        .role = "tolok_web",
        .doc = "public pages of Tolok Kota: the published results of the smart-city evaluation",
        .pages = pages,
    };

    return serve_run(argc, argv, &program);
}
