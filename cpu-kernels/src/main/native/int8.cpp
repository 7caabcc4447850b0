// The kernels whose products are of integers of eight bits, compiled for AVX512_VNNI alone; inference only.
#define CAROUSEL_INT8
#include "quantised_linear.h"
#include "rnn.h"

namespace carousel {

const RnnKernels* CAROUSEL_TABLE() { return &CAROUSEL_ISA::rnnKernels; }

const LinearKernels* linearAvx512Int8() { return &CAROUSEL_ISA::linearKernels; }

}  // namespace carousel
