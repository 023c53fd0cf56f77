/* SPDX-License-Identifier: MIT
 * files.c - output files that appear whole or not at all: each is written under a temporary name beside its place, and
 * all are renamed when the last one is complete. What is no regular file is written as it is, and so is what a link leads
 * to, such as /dev/stdout: it stays a link. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "files.h"

enum { MOST = 32 };

static struct {
    char path[4096], temp[4096];
    FILE *f;
} files[MOST];
static int nfiles;

void files_drop(void)
{
    for (int i = 0; i < nfiles; i++) {
        if (files[i].f)
            fclose(files[i].f);
        if (*files[i].temp)
            remove(files[i].temp);
    }
    nfiles = 0;
}

/* No regular file, or a link: written as it is. */
static bool in_place(const char *path)
{
    struct stat there, link;
    if (!stat(path, &there) && S_ISDIR(there.st_mode))
        fatal(NULL, "cannot write '%s': %s", path, strerror(EISDIR));
    return !lstat(path, &link) && !S_ISREG(link.st_mode);
}

FILE *file_begin(const char *path)
{
    if (nfiles == MOST)
        BUG("more than %d files at once", MOST);
    if (strlen(path) > sizeof files->path - 32)
        fatal(NULL, "cannot write '%.60s...': the name is too long", path);
    on_fatal(files_drop);
    struct stat there;
    bool device = in_place(path) && !stat(path, &there); /* a link to nothing becomes a file */
    snprintf(files[nfiles].path, sizeof files->path, "%s", path);
    snprintf(files[nfiles].temp, sizeof files->temp, "%s.%ld~", path, (long)getpid());
    FILE *f = fopen(device ? path : files[nfiles].temp, "wb");
    if (device)
        *files[nfiles].temp = 0;
    if (!f)
        fatal("choose a folder you may write to with -o", "cannot write '%s': %s", path,
              strerror(errno));
    return files[nfiles++].f = f;
}

void file_check(const char *path)
{
    if (in_place(path))
        return;
    file_begin(path);
    files_drop();
}

void files_commit(void)
{
    for (int i = 0; i < nfiles; i++) {
        FILE *f = files[i].f;
        bool bad = fflush(f) || ferror(f);
        files[i].f = NULL;
        if (fclose(f) || bad)
            fatal(NULL, "cannot write '%s': %s", files[i].path, strerror(errno));
    }
    for (int i = 0; i < nfiles; i++)
        if (*files[i].temp && rename(files[i].temp, files[i].path))
            fatal(NULL, "cannot write '%s': %s", files[i].path, strerror(errno));
    nfiles = 0;
}
