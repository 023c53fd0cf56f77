/* SPDX-License-Identifier: MIT
 * sheet.h - a profile as a table for people. */
#ifndef REPORT_SHEET_H
#define REPORT_SHEET_H
#include "profile.h"

/* Layers that take longest first (in their order where no time was measured), and a line about the whole. */
void sheet_print(const Profile *p, FILE *f, int width);
#endif
