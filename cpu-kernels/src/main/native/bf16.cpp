// The recurrent kernels whose products are of bfloat16, compiled for AVX512_BF16 alone.
#include "rnn.h"

namespace carousel {

const RnnKernels* CAROUSEL_TABLE() { return &CAROUSEL_ISA::rnnKernels; }

}  // namespace carousel
