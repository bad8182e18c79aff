/* package: a package of a round that the office brings, and how its preview is drawn. */
#ifndef TOLOK_PACKAGE_H
#define TOLOK_PACKAGE_H

struct act_call;
struct req;

/* Hands the archive of the form to the job that imports it. Here it is only asked whether it is
 * one, of bearable size, and nothing that the virus scanner knows: what is in it is judged by the
 * job, which opens it in its own time. */
void run_package_add(struct act_call *call);

/* The fill hook of page preview: on each row the end of the bar of its value, and where the value
 * was before, in percent of the scale; null where there is none. */
void fill_preview(struct req *req);

#endif
