// The element types of tensors in memory; arithmetic is always in float.
#pragma once
#include "common.cuh"

struct F32 {
  typedef float Store;
  static __device__ float load(float v) { return v; }
  static __device__ float store(float v) { return v; }
};

struct F16 {
  typedef unsigned short Store;
#ifdef CAROUSEL_HOST
  static float load(Store v) { return host_half_to_float(v); }
  static Store store(float v) { return host_float_to_half(v); }
#else
  static __device__ float load(Store v) {
    float f;
    asm("cvt.f32.f16 %0, %1;" : "=f"(f) : "h"(v));
    return f;
  }
  static __device__ Store store(float v) {
    Store h;
    asm("cvt.rn.f16.f32 %0, %1;" : "=h"(h) : "f"(v));
    return h;
  }
#endif
};

// The upper half of a float, rounded to the nearest even; a NaN stays one.
struct BF16 {
  typedef unsigned short Store;
  static __device__ float load(Store v) { return __int_as_float((int)((unsigned)v << 16)); }
  static __device__ Store store(float v) {
    unsigned bits = (unsigned)__float_as_int(v);
    if ((bits & 0x7fffffffu) > 0x7f800000u) return (Store)((bits >> 16) | 0x40);
    return (Store)((bits + 0x7fffu + ((bits >> 16) & 1)) >> 16);
  }
};
