/* SPDX-License-Identifier: MIT */
#include "options.h"
int cmd_profile(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    return 0;
}
