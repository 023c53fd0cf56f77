/* SPDX-License-Identifier: MIT
 *
 * What the samples need around a picture of 8x8 pixels: unpacking one from digits_test.h, drawing
 * it on a terminal, and naming the class to which a net gives the highest probability.
 */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdio.h>

enum { SIDE = 8, PIXELS = SIDE * SIDE, CLASSES = 10 };

/* Characters '.' to '>' become 0 (paper) to 1 (ink), the range in which the nets were trained. */
static inline void picture_unpack(const char text[], float image[PIXELS])
{
    for (int i = 0; i < PIXELS; i++)
        image[i] = (float)(text[i] - '.') / 16.0f;
}

static inline void picture_draw(const float image[PIXELS])
{
    static const char shades[] = " .:-=+*#%@";
    for (int y = 0; y < SIDE; y++) {
        printf("    ");
        for (int x = 0; x < SIDE; x++) {
            char c = shades[(int)(9.0f * image[y * SIDE + x] + 0.5f)];
            printf("%c%c", c, c); /* a character is about twice as high as wide */
        }
        printf("\n");
    }
}

static inline int picture_class(const float probability[CLASSES])
{
    int best = 0;
    for (int i = 1; i < CLASSES; i++)
        if (probability[i] > probability[best])
            best = i;
    return best;
}

#endif
