/* SPDX-License-Identifier: MIT
 *
 * Two nets in one program: denoise cleans a dirty picture, digits reads what is left.
 *
 *     clean picture -> dirt -> digits             what the dirt costs
 *                          \-> denoise -> digits  how much of it the denoiser wins back
 *
 * Every public name starts with its net's name, so any number of nets link together. They never
 * run at the same time here, therefore one work buffer, as large as the larger asks, serves both.
 */
#include <stdint.h>
#include <stdio.h>
#include "denoise.h"
#include "digits.h"
#include "digits_test.h"
#include "picture.h"

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define WORK_BYTES MAX(DIGITS_WORK_BYTES, DENOISE_WORK_BYTES)
#define WORK_ALIGN MAX(DIGITS_WORK_ALIGN, DENOISE_WORK_ALIGN)

static _Alignas(WORK_ALIGN) unsigned char work[WORK_BYTES];

/* The top bits of a linear congruential sequence: the same dirt on every machine. */
static unsigned int draw_below(uint32_t *state, unsigned int n)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 16) % n;
}

/* One pixel in eight gets a random shade, as in train.py. */
static void make_dirty(const float clean[PIXELS], float dirty[PIXELS], uint32_t *state)
{
    for (int i = 0; i < PIXELS; i++) {
        int hit = draw_below(state, 8) == 0;
        dirty[i] = hit ? (float)draw_below(state, 17) / 16.0f : clean[i];
    }
}

/* The class that digits sees in the image; -1 if the net refused to run. */
static int recognise(const float image[PIXELS])
{
    float probability[DIGITS_PROBABILITY_SIZE];
    return digits_run(image, probability, work) ? -1 : picture_class(probability);
}

static void show(const float dirty[PIXELS], int before, const float clean[PIXELS], int after)
{
    picture_draw(dirty);
    printf("    dirty: looks like a %d\n\n", before);
    picture_draw(clean);
    printf("    denoised: looks like a %d\n\n", after);
}

int main(void)
{
    uint32_t state = 1;
    int right_before = 0, right_after = 0, shown = 0;
    for (int i = 0; i < DIGITS_TEST_COUNT; i++) {
        int label = digits_test[i].label;
        float image[PIXELS], dirty[DENOISE_DIRTY_SIZE], clean[DENOISE_CLEAN_SIZE];
        picture_unpack(digits_test[i].pixels, image);
        make_dirty(image, dirty, &state);
        if (denoise_run(dirty, clean, work) != 0) {
            fprintf(stderr, "denoise_run refused its arguments\n");
            return 1;
        }
        int before = recognise(dirty), after = recognise(clean);
        if (!shown && before != label && after == label) {
            show(dirty, before, clean, after);
            shown = 1;
        }
        right_before += before == label;
        right_after += after == label;
    }
    double before = 100.0 * right_before / DIGITS_TEST_COUNT;
    double after = 100.0 * right_after / DIGITS_TEST_COUNT;
    printf("dirty digits right: %.2f%%, after denoising: %.2f%%\n", before, after);
    return after < before + 10.0;
}
