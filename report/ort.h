/* SPDX-License-Identifier: MIT
 * ort.h - profiles that ONNX Runtime writes (enable_profiling): an array of events. */
#ifndef REPORT_ORT_H
#define REPORT_ORT_H
#include "json.h"
#include "profile.h"

Profile *ort_profile(const json_t *events, const char *path); /* fatal if no node ran */
/* Gives the layers of ONNX Runtime's profiles the node names that another profile knows. */
void ort_rename(Profile **profile, int n);
#endif
