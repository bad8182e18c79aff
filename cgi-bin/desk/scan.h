/* scan: asks a virus scanner of this machine, clamd of ClamAV, about a file, where an installation
 * has one. */
#ifndef TOLOK_SCAN_H
#define TOLOK_SCAN_H

#include <stddef.h>

enum scan_verdict {
    SCAN_CLEAN,
    SCAN_FOUND,  /* it knows the file as harmful: logged with the name that it has for it */
    SCAN_SILENT, /* it could not be asked, or did not answer in time, or not what it should: logged
                  */
    SCAN_VERDICT_MAX
};

/* Sends the bytes to the scanner that listens at the unix socket of that path, in clamd's protocol
 * INSTREAM, within four seconds. NULL for the path: there is none, and everything is clean. */
enum scan_verdict scan_bytes(const char *path, const char *bytes, size_t len);

#endif
