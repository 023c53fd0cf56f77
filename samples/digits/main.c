/* SPDX-License-Identifier: MIT
 *
 * Recognises handwritten digits with the net that dnncc made from digits.onnx.
 *
 * The generated digits.h says all that a caller needs: one function, the sizes of its arrays, and
 * how many bytes of work memory to bring. Nothing is allocated, nothing has to be initialised.
 */
#include <stdio.h>
#include "digits.h"
#include "digits_test.h"
#include "picture.h"

static _Alignas(DIGITS_WORK_ALIGN) unsigned char work[DIGITS_WORK_BYTES];

static void show(const float image[PIXELS], const float probability[CLASSES], int label)
{
    int guess = picture_class(probability);
    picture_draw(image);
    printf("    this is a %d (%.1f%% sure)%s\n\n", guess, 100.0 * (double)probability[guess],
           guess == label ? "" : ", it says; it is not");
}

int main(void)
{
    int right = 0, shown_mistake = 0;
    for (int i = 0; i < DIGITS_TEST_COUNT; i++) {
        const struct digit *d = &digits_test[i];
        float image[DIGITS_IMAGE_SIZE], probability[DIGITS_PROBABILITY_SIZE];
        picture_unpack(d->pixels, image);
        if (digits_run(image, probability, work) != 0) {
            fprintf(stderr, "digits_run refused its arguments\n");
            return 1;
        }
        int ok = picture_class(probability) == d->label;
        if (i == 0 || (!ok && !shown_mistake))
            show(image, probability, d->label);
        shown_mistake |= !ok;
        right += ok;
    }
    double accuracy = 100.0 * right / DIGITS_TEST_COUNT;
    printf("%d of %d held-out digits right: %.2f%%\n", right, DIGITS_TEST_COUNT, accuracy);
    return accuracy < 97.0;
}
