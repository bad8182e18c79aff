#include "desk/pdf.h"

#include "desk/helper.h"

/* /dev/stdin is opened anew: qpdf reads a PDF from its end. */
static const char *const asks[] = {"qpdf", "--requires-password", "/dev/stdin", NULL};
static const char *const opens[] = {"qpdf", "--warning-exit-0", "--decrypt", "/dev/stdin", "-",
                                    NULL};

enum media_fault pdf_check(const char *bytes, size_t len)
{
    static const enum media_fault faults[] = {[HELPER_DONE] = MEDIA_FINE,
                                              [HELPER_REFUSED] = MEDIA_BROKEN,
                                              [HELPER_STOPPED] = MEDIA_BOMB,
                                              [HELPER_FAILED] = MEDIA_HELPER};
    struct buf nothing = {0}, open = {0};
    enum helper_end end = helper_run(opens, bytes, len, &open);
    enum media_fault fault = faults[end];

    if (fault == MEDIA_FINE && media_pdf_acts(buf_string(&open), open.len))
        fault = MEDIA_SCRIPT;
    if (end == HELPER_REFUSED && helper_run(asks, bytes, len, &nothing) == HELPER_DONE)
        fault = MEDIA_LOCKED;
    buf_free(&nothing);
    buf_free(&open);
    return fault;
}
