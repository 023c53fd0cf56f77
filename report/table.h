/* SPDX-License-Identifier: MIT
 * table.h - a table for the terminal. */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H
#include "dnncc.h"

typedef struct Column {
    const char *head;
    bool left; /* texts stand left, numbers right */
    int least; /* where room is short it is cut down to so many characters; 0: never cut */
    int rank;  /* where that is not enough, columns of the highest rank are left out; 0: never */
} Column;
typedef struct Table Table;

Table *table_new(const Column *column, int n);
/* The next cell, row by row; an empty one is written "". Columns with only empty cells are left out. */
void table_cell(Table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void table_print(const Table *t, FILE *f, int width); /* width 0: as wide as it gets */
int terminal_width(FILE *f);                          /* 0: f is no terminal */
#endif
