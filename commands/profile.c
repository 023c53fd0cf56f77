/* SPDX-License-Identifier: MIT
 * profile.c - `dnncc profile MODEL -i LIST --data DIR -o run.json`: builds the net with its hooks, lets its bench measure,
 * and writes what came out beside what the compiler knows. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "cc.h"
#include "files.h"
#include "record.h"
#include "sheet.h"
#include "table.h"

/* The first line that a shell command prints. */
static const char *first_line(const char *command)
{
    char line[256] = "";
    FILE *f = popen(command, "r");
    if (f) {
        if (!fgets(line, sizeof line, f))
            *line = 0;
        while (getc(f) != EOF)
            ;
        pclose(f);
    }
    line[strcspn(line, "\n")] = 0;
    return text("%s", line);
}

/* "run" of "out/run.json" */
static const char *label_of(const Options *p)
{
    if (p->label)
        return p->label;
    const char *path = p->out ? p->out : p->c.model, *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');
    return dot && dot > name ? text("%.*s", (int)(dot - name), name) : name;
}

/* What the bench measured. */
static json_t *measure(const Options *p, const char *exe, const char *dir)
{
    const char *raw = text("%s/measured.json", dir);
    const char *command = text("%s --profile %s", shell_quoted(exe), shell_quoted(raw));
    if (p->c.data)
        command = text("%s --data %s", command, shell_quoted(p->c.data));
    if (p->seconds > 0)
        command = text("%s --seconds %g", command, p->seconds);
    if (p->sets)
        command = text("%s --sets %d", command, p->sets);
    fflush(stdout);
    if (shell_run(command))
        fatal("what it said stands above", "the net's test bench failed");
    json_t *measured = json_read(raw);
    remove(raw);
    return measured;
}

static void put_setting(json_t *profile, const Options *p)
{
    json_object_set_new(profile, "cc",
                        json_text(first_line(text("%s --version 2>/dev/null", cc_name(p)))));
    json_object_set_new(profile, "cflags", json_text(cc_flags(p)));
    json_object_set_new(profile, "machine",
                        json_pack("{s:o, s:i}", "cpu", json_text(machine_cpu()), "cores",
                                  (int)sysconf(_SC_NPROCESSORS_ONLN)));
}

int cmd_profile(int argc, char **argv)
{
    Options p = {0};
    options_read(&p, 'p', argc, argv);
    if (!p.c.nprobe)
        probes_choose(&p.c, "time");
    p.c.name = p.c.name ? c_identifier(p.c.name) : "net";
    const char *dir = cc_folder(&p), *exe = cc_build(&p, dir), *out = p.out;
    json_t *profile = record_profile(&p.c, measure(&p, exe, dir), label_of(&p));
    put_setting(profile, &p);
    if (!out)
        out = text("%s/profile.json", dir);
    message_subject(NULL);
    json_put(profile, file_begin(out));
    files_commit();
    sheet_print(profile_read(out), stdout, terminal_width(stdout));
    if (!p.out)
        remove(out);
    return 0;
}
