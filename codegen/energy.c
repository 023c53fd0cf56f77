/* SPDX-License-Identifier: MIT
 * energy.c - what arithmetic and memory cost by published tables: a model, no measurement.
 *
 * A layer's energy is that of its MACs, and that of its tensors, each word of 32 bits of which goes once through the memory
 * beyond the chip and through one on it. Nothing is said of control, of caches that are hit again, or of leakage. */
#include <string.h>
#include "dnncc.h"

/* horowitz45: M. Horowitz, Computing's energy problem (ISSCC 2014), 45 nm, pJ: a multiplication and an addition, into 32
 * bits where the factors are bytes; a word of an SRAM of 8 KB; a word of DRAM.
 * eyeriss: Y.-H. Chen and others, Eyeriss (ISCA 2016), in energies of a MAC: a MAC, whose two factors and sum come from
 * registers and whose sum goes back there, 1 each; a word of the buffer that processing elements share; a word of DRAM. */
static const EnergyTable tables[] = {
    {"horowitz45", "pJ", 3.7 + 0.9, 1.1 + 0.4, 0.2 + 0.1, 3.1 + 0.1, 5, 640},
    {"eyeriss", "MACs", 1 + 4, 1 + 4, 1 + 4, 1 + 4, 6, 200},
};

const EnergyTable *energy_find(const char *name)
{
    for (size_t i = 0; i < COUNT(tables); i++)
        if (!strcmp(tables[i].name, name))
            return &tables[i];
    return NULL;
}

double energy_of_mac(const EnergyTable *t, DType factor)
{
    int bits = dtype_bits(factor);
    if (dtype_is_float(factor))
        return bits > 16 ? t->float32 : t->float16;
    return bits > 8 ? t->int32 : t->int8;
}

double energy_of_bytes(const EnergyTable *t, int64_t bytes)
{
    return (double)bytes / 4 * (t->near + t->far);
}
