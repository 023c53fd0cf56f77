/* SPDX-License-Identifier: MIT
 * json.h - JSON files, by libjansson. */
#ifndef REPORT_JSON_H
#define REPORT_JSON_H
#include <jansson.h>
#include "dnncc.h"

json_t *json_read(const char *path); /* the whole file; fatal, with the place, if it is no JSON */
json_t *json_text(const char *s);    /* a string of any bytes: what is no UTF-8 becomes U+FFFD */
void json_put(json_t *j, FILE *f);   /* one line for each layer; for a file of file_begin */
char *utf8(const char *s);           /* s, what is no UTF-8 replaced by U+FFFD */
#endif
