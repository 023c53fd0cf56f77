/* SPDX-License-Identifier: MIT
 * probe.c - the table of instruments, and the hooks of those that are chosen. */
#include <string.h>
#include "probe.h"

/* probes.def is made of the list PROBES in Makefile.am; what stands last there is nearest to the call. */
#define PROBE(name) extern const Probe probe_##name;
#include "probes.def"
#undef PROBE

static const Probe *const rows[] = {
#define PROBE(name) &probe_##name,
#include "probes.def"
#undef PROBE
};

const Probe *probe_row(int i)
{
    return (size_t)i < COUNT(rows) ? rows[i] : NULL;
}

static const Probe *find(const char *name)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        if (!strcmp(rows[i]->name, name))
            return rows[i];
    return NULL;
}

bool probe_on(const Compiler *c, const char *name)
{
    for (int i = 0; i < c->nprobe; i++)
        if (!strcmp(c->probe[i]->name, name))
            return true;
    return false;
}

const ProbeOption *probe_option(const char *name, size_t length, const Probe **of)
{
    for (size_t i = 0; i < COUNT(rows); i++)
        for (const ProbeOption *p = rows[i]->options; p && p->name; p++)
            if (strlen(p->name) == length && !strncmp(p->name, name, length)) {
                *of = rows[i];
                return p;
            }
    return NULL;
}

const char *probes_choose(Compiler *c, const char *list)
{
    c->nprobe = 0;
    for (const char *at = list; *at; at += *at == ',') {
        size_t len = strcspn(at, ",");
        const char *name = text("%.*s", (int)len, at);
        if (!find(name))
            return name;
        at += len;
    }
    for (size_t i = 0; i < COUNT(rows); i++) /* in the table's order, each once */
        if (strstr(text(",%s,", list), text(",%s,", rows[i]->name)))
            PUSH(c->probe, c->nprobe, rows[i]);
    return c->nprobe ? NULL : list;
}

const char *probes_names(void)
{
    const char *s = rows[0]->name;
    for (size_t i = 1; i < COUNT(rows); i++)
        s = text("%s, %s", s, rows[i]->name);
    return s;
}

/* Inside a task nobody may be told: several run at once. */
static bool chosen(const Unit *u, const Probe *p, bool around)
{
    return !*u->frame && !(around && p->looks);
}

void probes_before(Out *o, const Unit *u, const Call *call, bool around)
{
    if (call->n->scaled && !*u->frame && !around)
        emit_scaled_call(o, u, call);
    for (int i = 0; i < u->c->nprobe; i++)
        if (chosen(u, u->c->probe[i], around))
            u->c->probe[i]->before(o, u, call);
}

void probes_after(Out *o, const Unit *u, const Call *call, bool around)
{
    for (int i = u->c->nprobe; i-- > 0;)
        if (chosen(u, u->c->probe[i], around))
            u->c->probe[i]->after(o, u, call);
}
