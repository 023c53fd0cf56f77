/* SPDX-License-Identifier: MIT
 * util.c - memory, text and messages. Everything a compilation allocates comes from one arena of chunks that is
 * dropped as a whole; an error ends the compilation, so no caller ever handles one. */
#include <ctype.h>
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "dnncc.h"

typedef struct Chunk {
    struct Chunk *next;
    size_t used, size;
    char *data;
} Chunk;

static Chunk *chunks;
static const char *subject;
static void (*cleaner)(void);
jmp_buf *fatal_jump; /* tests and the fuzzer set it; NULL: exit */

static Chunk *chunk_new(size_t bytes)
{
    Chunk *c = calloc(1, sizeof *c);
    c->size = MAX(bytes, (size_t)1 << 20);
    if (!c || posix_memalign((void **)&c->data, 64, c->size)) {
        fputs("dnncc: out of memory\n", stderr);
        exit(1);
    }
    c->next = chunks;
    return chunks = c;
}

void *mem(size_t bytes)
{
    if (bytes > (size_t)1 << 40)
        fatal(NULL, "out of memory: %zu bytes asked for at once", bytes);
    bytes = (bytes + 63) & ~(size_t)63;
    Chunk *c = chunks;
    if (!c || c->size - c->used < bytes)
        c = chunk_new(bytes);
    void *p = c->data + c->used;
    c->used += bytes;
    return memset(p, 0, bytes);
}

void *mem_copy(const void *p, size_t bytes)
{
    void *q = mem(bytes + 1);
    return bytes ? memcpy(q, p, bytes) : q;
}

void *mem_grow(void *p, size_t old, size_t bytes)
{
    void *q = mem(bytes);
    return old ? memcpy(q, p, old) : q;
}

void mem_release(void *p, size_t bytes)
{
    for (Chunk **at = &chunks; *at; at = &(*at)->next) {
        Chunk *c = *at;
        if (c->data != p || c->used != ((bytes + 63) & ~(size_t)63))
            continue;
        *at = c->next;
        free(c->data);
        free(c);
        return;
    }
}

void mem_reset(void)
{
    for (Chunk *c = chunks, *next; c; c = next) {
        next = c->next;
        free(c->data);
        free(c);
    }
    chunks = NULL;
}

char *text(const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    char *s = mem((size_t)n + 1);
    vsnprintf(s, (size_t)n + 1, fmt, again);
    va_end(ap);
    va_end(again);
    return s;
}

void message_subject(const char *path)
{
    subject = path;
}

void on_fatal(void (*clean)(void))
{
    cleaner = clean;
}

static _Noreturn void stop(void)
{
    if (cleaner)
        cleaner();
    if (fatal_jump)
        longjmp(*fatal_jump, 1);
    exit(1);
}

static void print_message(const char *hint, const char *fmt, va_list ap)
{
    fflush(stdout);
    fputs("dnncc: ", stderr);
    if (subject)
        fprintf(stderr, "%s: ", subject);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    if (hint)
        fprintf(stderr, "  hint: %s\n", hint);
}

_Noreturn void fatal(const char *hint, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    print_message(hint, fmt, ap);
    va_end(ap);
    stop();
}

_Noreturn void bug_at(const char *file, int line, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "dnncc: internal error at %s:%d: ", file, line);
    vfprintf(stderr, fmt, ap);
    fputs("\n  hint: this is a mistake in dnncc; please report it with the model\n", stderr);
    va_end(ap);
#ifdef DNNCC_PARANOID
    abort(); /* so that no test and no fuzzer can overlook it */
#endif
    stop();
}

/* Blockers are kept as text until all are known; the same reason for nodes of the same name is told once. */
static char **blockers;
static int nblockers;

void blocker(const Node *n, const char *hint, const char *fmt, ...)
{
    va_list ap;
    char why[1024];
    va_start(ap, fmt);
    vsnprintf(why, sizeof why, fmt, ap);
    va_end(ap);
    char *line = n ? text("node '%s' (%s): %s", n->name, n->origin_ops, why) : text("%s", why);
    if (hint)
        line = text("%s\n  hint: %s", line, hint);
    PUSH(blockers, nblockers, line);
}

int blockers_count(void)
{
    return nblockers;
}

char *blockers_take(int from)
{
    char *all = NULL;
    for (int i = from; i < nblockers; i++)
        all = all ? text("%s; %s", all, blockers[i]) : blockers[i];
    nblockers = MIN(nblockers, from);
    return all;
}

void note(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fprintf(stderr, "dnncc: %s%snote: ", subject ? subject : "", subject ? ": " : "");
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
}

static bool told(int k)
{
    for (int i = 0; i < k; i++)
        if (!strcmp(blockers[i], blockers[k]))
            return true;
    return false;
}

void blockers_check(void)
{
    if (!nblockers)
        return;
    for (int i = 0; i < nblockers; i++)
        if (!told(i))
            fprintf(stderr, "dnncc: %s%s%s\n", subject ? subject : "", subject ? ": " : "",
                    blockers[i]);
    nblockers = 0;
    blockers = NULL;
    stop();
}

void progress(const char *fmt, ...)
{
    if (!isatty(2))
        return;
    va_list ap;
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fputs("\033[K\r", stderr);
}

char *read_file(const char *path, size_t *bytes)
{
    FILE *f = fopen(path, "rb");
    struct stat st;
    if (!f || fstat(fileno(f), &st))
        fatal(NULL, "cannot read '%s': %s", path, strerror(errno));
    if (!S_ISREG(st.st_mode))
        fatal(NULL, "cannot read '%s': not a regular file", path);
    char *p = mem((size_t)st.st_size + 1);
    *bytes = fread(p, 1, (size_t)st.st_size, f);
    if (ferror(f) || *bytes != (size_t)st.st_size)
        fatal(NULL, "cannot read '%s': %s", path,
              ferror(f) ? strerror(errno) : "it shrank while being read");
    fclose(f);
    return p;
}

static bool is_keyword(const char *s)
{
    static const char words[] = " auto break case char const continue default do double else enum "
                                "extern float for goto if inline int long "
                                "register restrict return short signed sizeof static struct switch "
                                "typedef union unsigned void volatile while "
                                "alignas alignof and asm bool catch class constexpr delete "
                                "explicit export false friend main mutable namespace "
                                "new not nullptr operator or private protected public template "
                                "this throw true try typeid typename using "
                                "virtual work weights xor ";
    const char *hit = strstr(words, text(" %s ", s));
    return hit != NULL;
}

char *quoted(const char *s)
{
    char *q = mem(4 * strlen(s) + 3), *p = q;
    *p++ = '"';
    for (; *s; s++) {
        bool plain = *s >= ' ' && *s <= '~' && !strchr("\"\\?", *s);
        p += sprintf(p, plain ? "%c" : "\\%03o", (unsigned char)*s);
    }
    *p = '"';
    return q;
}

char *c_identifier(const char *name)
{
    char *s = text("%s%s", isdigit((unsigned char)*name) || !*name ? "n" : "", name);
    for (char *p = s; *p; p++)
        if (!isalnum((unsigned char)*p) || (unsigned char)*p > 127)
            *p = '_';
    while (s[0] == '_') /* reserved for the implementation in file scope */
        s = s[1] ? s + 1 : text("n");
    if (isdigit((unsigned char)*s))
        s = text("n%s", s);
    return is_keyword(s) ? text("%s_", s) : s;
}

char *upper(const char *s)
{
    char *u = text("%s", s);
    for (char *p = u; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return u;
}

int64_t mul_size(int64_t a, int64_t b)
{
    int64_t r;
    if (a < 0 || b < 0 || __builtin_mul_overflow(a, b, &r) || r > (int64_t)1 << 47)
        return -1;
    return r;
}
