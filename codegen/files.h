/* SPDX-License-Identifier: MIT
 * files.h - output files that appear whole or not at all. */
#ifndef DNNCC_FILES_H
#define DNNCC_FILES_H
#include "dnncc.h"

FILE *file_begin(const char *path); /* opened under a temporary name; fatal when it cannot be */
void file_check(const char *path);  /* fatal when it cannot be written; nothing is */
void files_commit(void); /* all files begun get their names; fatal (and none left) on an error */
void files_drop(void);   /* forget all files begun */
#endif
