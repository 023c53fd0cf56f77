/* SPDX-License-Identifier: MIT
 * json.c - JSON files, by libjansson. Names in models are any bytes, JSON is UTF-8: `utf8` stands between the two. */
#include <string.h>
#include <sys/stat.h>
#include "json.h"

enum { MOST_MEGABYTES = 1024 };

json_t *json_read(const char *path)
{
    struct stat st;
    size_t bytes;
    if (!stat(path, &st) && S_ISREG(st.st_mode) && st.st_size >> 20 >= MOST_MEGABYTES)
        fatal(NULL, "'%s' is %lld MB of JSON, more than %d MB", path, (long long)(st.st_size >> 20),
              MOST_MEGABYTES);
    const char *s = read_file(path, &bytes);
    json_error_t e;
    json_t *j = json_loadb(s, bytes, 0, &e);
    if (!j)
        fatal("is it whole? a profile is one JSON object",
              "'%s' is no JSON: line %d, column %d: %s", path, e.line, e.column, utf8(e.text));
    return j;
}

/* Bytes of the UTF-8 sequence at s; 0: there is none (overlong forms, surrogates and what is over U+10FFFF are none). */
static int sequence(const unsigned char *s)
{
    int n = *s < 0x80 ? 1 : *s >= 0xc2 && *s < 0xe0 ? 2 : (*s & 0xf0) == 0xe0 ? 3 : 4;
    if (*s > 0xf4 || (*s >= 0x80 && *s < 0xc2))
        return 0;
    for (int i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (*s == 0xe0 && s[1] < 0xa0) || (*s == 0xf0 && s[1] < 0x90);
    bool too_high = (*s == 0xed && s[1] > 0x9f) || (*s == 0xf4 && s[1] > 0x8f);
    return overlong || too_high ? 0 : n;
}

char *utf8(const char *s)
{
    char *clean = mem(3 * strlen(s) + 1), *p = clean;
    while (*s) {
        int n = sequence((const unsigned char *)s);
        memcpy(p, n ? s : "\xef\xbf\xbd", (size_t)(n ? n : 3));
        p += n ? n : 3;
        s += n ? n : 1;
    }
    return clean;
}

json_t *json_text(const char *s)
{
    return json_string(utf8(s));
}

/* Members of the top on lines of their own, and so are elements of arrays of objects: one can read it, and diff it. */
void json_put(json_t *j, FILE *f)
{
    enum { FLAGS = JSON_ENCODE_ANY | JSON_REAL_PRECISION(12) };
    const char *key, *comma = "";
    json_t *member, *element;
    size_t i;
    fputc('{', f);
    json_object_foreach(j, key, member)
    {
        json_t *name = json_string(key);
        fprintf(f, "%s\n ", comma);
        json_dumpf(name, f, FLAGS);
        json_decref(name);
        fputs(": ", f);
        comma = ",";
        if (!json_is_object(json_array_get(member, 0))) {
            json_dumpf(member, f, FLAGS);
            continue;
        }
        json_array_foreach(member, i, element)
        {
            fputs(i ? ",\n  " : "[\n  ", f);
            json_dumpf(element, f, FLAGS);
        }
        fputs("]", f);
    }
    fputs("\n}\n", f);
}
