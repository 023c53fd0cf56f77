/* SPDX-License-Identifier: MIT
 * annotate.h - what a profile says of an ONNX node. */
#ifndef REPORT_ANNOTATE_H
#define REPORT_ANNOTATE_H
#include "profile.h"

/* For onnx_annotate, with a Profile: the figures of the layers that this node is the first of; of others, which layer they
 * are part of. */
Remarks remarks_of;
#endif
