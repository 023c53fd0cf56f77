/* SPDX-License-Identifier: MIT
 * prelude.c - puts before a C text the prelude of a target:  prelude TARGET FILE.c >out.c
 * or names all words of the vocabulary:  prelude --words
 */
#include <string.h>

#include "dnncc.h"
#include "vocab.h"

int main(int argc, char **argv)
{
    Out o;
    size_t bytes;
    if (argc == 2 && !strcmp(argv[1], "--words")) {
        for (int i = 0; vocab_row(i); i++)
            if (vocab_row(i)->lane)
                puts(vocab_row(i)->name);
        return 0;
    }
    if (argc != 3)
        return 2;
    const char *body = read_file(argv[2], &bytes);
    out_init(&o);
    if (text_mentions(body, "rt_string"))
        puts("typedef struct rt_string { char s[64]; } rt_string;");
    prelude_emit(&o, target_load(argv[1]), "NET_PORTABLE", body);
    printf("%s%s", o.text, body);
    return 0;
}
