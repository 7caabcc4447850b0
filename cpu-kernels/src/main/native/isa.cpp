// Compiled once for each instruction set, CAROUSEL_ISA: everything but the table is in a namespace of that name.
#include "dense.h"
#include "rnn.h"

namespace carousel {
namespace CAROUSEL_ISA {

#define TEXT(x) #x
#define NAME(x) TEXT(x)
static const Kernels table = {NAME(CAROUSEL_ISA), rnnKernels,        linearKernels,    optimizerKernels, lossKernels, noiseKernels,
                              elementwiseKernels, embeddingKernels,  poolingKernels,   attentionKernels, crfKernels,
                              layerNormKernels};

}  // namespace CAROUSEL_ISA

const Kernels* CAROUSEL_TABLE() { return &CAROUSEL_ISA::table; }

}  // namespace carousel
