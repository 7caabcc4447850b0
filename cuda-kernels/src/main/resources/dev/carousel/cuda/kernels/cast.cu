// Between the float tensors of the interface and the narrow ones that tensor cores read.
#include "element.cuh"

template <class From, class To>
__device__ void cast(const typename From::Store* x, typename To::Store* y, i64 n) {
  EACH(i, n) y[i] = To::store(From::load(x[i]));
}

KERNEL cast_f32_f16(const float* x, unsigned short* y, i64 n) { cast<F32, F16>(x, y, n); }
KERNEL cast_f16_f32(const unsigned short* x, float* y, i64 n) { cast<F16, F32>(x, y, n); }
KERNEL cast_f32_bf16(const float* x, unsigned short* y, i64 n) { cast<F32, BF16>(x, y, n); }
KERNEL cast_bf16_f32(const unsigned short* x, float* y, i64 n) { cast<BF16, F32>(x, y, n); }
