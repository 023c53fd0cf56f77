/* SPDX-License-Identifier: MIT
 * said.h - what a function complains of when it reads a file with this text. */
#ifndef TESTS_SAID_H
#define TESTS_SAID_H

void put_file(const char *path, const char *s);
const char *said_about(const char *path, const char *s,
                       void (*read)(const char *path)); /* "": nothing */
#endif
