/* SPDX-License-Identifier: MIT
 * record.h - a profile in the making: what the compiler knows of a net beside what its bench has measured. */
#ifndef REPORT_RECORD_H
#define REPORT_RECORD_H
#include "json.h"

/* A profile (PROFILE.md) of the net that c has compiled; raw is what its bench wrote. Fatal when they do not fit. */
json_t *record_profile(const Compiler *c, json_t *raw, const char *label);
#endif
