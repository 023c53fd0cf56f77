/* SPDX-License-Identifier: MIT
 * annotate.c - what a profile says of an ONNX node. A layer computes several nodes: the first of them bears its figures,
 * so that those of all nodes add up to the run; the others name it. */
#include <string.h>
#include "annotate.h"
#include "json.h"
#include "statistics.h"

typedef struct List {
    const char **at;
    int n;
} List;

static void remark(List *r, const char *key, const char *value)
{
    PUSH(r->at, r->n, key);
    PUSH(r->at, r->n, value);
}

static bool has_node(const Layer *l, const char *node)
{
    for (int i = 0; i < l->nnode; i++)
        if (!strcmp(l->node[i], node))
            return true;
    return false;
}

static double total_ns(const Profile *p)
{
    double ns = 0;
    for (int i = 0; i < p->nlayer; i++)
        ns += MAX(median(p->layer[i].ns), 0);
    return ns;
}

static void counters_remark(List *r, const Profile *p, const char *node)
{
    for (int k = 0; k < p->whole.n; k++) {
        const char *name = p->whole.at[k].name;
        double sum = 0;
        for (int i = 0; i < p->nlayer; i++)
            if (!strcmp(p->layer[i].name, node))
                sum += MAX(quantity(&p->layer[i].counters, name), 0);
        remark(r, name, text("%.0f", sum));
    }
}

const char **remarks_of(const void *profile, const char *node)
{
    const Profile *p = profile;
    const char *name = utf8(node), *kernels = "", *part = NULL;
    double ns = 0, macs = 0, all = total_ns(p);
    List r = {0};
    for (int i = 0; i < p->nlayer; i++) {
        const Layer *l = &p->layer[i];
        if (!strcmp(l->name, name)) {
            ns += MAX(median(l->ns), 0);
            macs += l->macs;
            kernels = text("%s%s%s", kernels, *kernels ? "+" : "", l->kernel ? l->kernel : "");
        } else if (has_node(l, name)) {
            part = l->name;
        }
    }
    if (*kernels) {
        if (all > 0) {
            remark(&r, "median_ns", text("%.0f", ns));
            remark(&r, "share", text("%.2f%%", 100 * ns / all));
        }
        if (macs > 0 && ns > 0)
            remark(&r, "gflops", text("%.2f", 2 * macs / ns));
        remark(&r, "kernel", kernels);
        counters_remark(&r, p, name);
    } else if (part) {
        remark(&r, "part_of", part);
    }
    PUSH(r.at, r.n, NULL);
    return r.n > 1 ? r.at : NULL;
}
