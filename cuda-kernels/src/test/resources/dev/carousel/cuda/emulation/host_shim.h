// CUDA's words for a C++ compiler that knows none of them. The threads of a block are fibers of one
// thread that run in turn until the next barrier; blocks run one after another, so shared memory is
// static. What a GPU does at once happens here in one order: races do not show, arithmetic does.
#pragma once
#include <cmath>
#include <cstring>

using std::isfinite;

#define __global__
#define __device__
#define __shared__ static

struct Dim3 {
  unsigned x, y, z;
};
extern Dim3 gridDim, blockDim, blockIdx, threadIdx;

void __syncthreads();
void warp_exchange(const void* mine, void* all, int bytes);

template <class V>
V __shfl_xor_sync(unsigned, V v, int mask) {
  V all[32];
  warp_exchange(&v, all, sizeof(V));
  return all[(threadIdx.x % 32) ^ mask];
}

inline unsigned __ballot_sync(unsigned, bool v) {
  bool all[32];
  warp_exchange(&v, all, sizeof(bool));
  unsigned votes = 0;
  for (int i = 0; i < 32; i++) votes |= all[i] ? 1u << i : 0u;
  return votes;
}

inline int __popc(unsigned v) { return __builtin_popcount(v); }

inline int atomicMin(int* at, int v) {
  int before = *at;
  if (v < before) *at = v;
  return before;
}

inline float __int_as_float(int v) {
  float f;
  memcpy(&f, &v, 4);
  return f;
}

inline int __float_as_int(float v) {
  int i;
  memcpy(&i, &v, 4);
  return i;
}

inline float host_half_to_float(unsigned short v) {
  _Float16 h;
  memcpy(&h, &v, 2);
  return (float)h;
}

inline unsigned short host_float_to_half(float v) {
  _Float16 h = (_Float16)v;
  unsigned short s;
  memcpy(&s, &h, 2);
  return s;
}
