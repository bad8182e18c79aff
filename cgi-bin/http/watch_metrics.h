/* watch_metrics: what is counted in the memory that the workers share, and how Prometheus is told.
 */
#ifndef TOLOK_WATCH_METRICS_H
#define TOLOK_WATCH_METRICS_H

#include "http/req.h"

/* Adds a text that differs whenever a counter of the program means something else: for share_open.
 */
void metrics_layout(struct buf *out, const struct page *table);

/* The entries of the table, and one more for answers without a page. */
size_t metrics_pages(const struct page *table);

/* Counts an answered request. */
void metrics_count(const struct req *req);

/* Adds everything in the text format 0.0.4 of Prometheus. */
void metrics_text(struct buf *out, const struct site *site);

#endif
