// What every kernel shares. Letters: T steps, N rows of the batch, C features, K labels or key
// features, M rows of a matrix. Sums have a fixed order: no atomic addition of floats anywhere.
#pragma once

#ifdef CAROUSEL_HOST
#include "host_shim.h"
#endif

#ifndef INFINITY
#define INFINITY __int_as_float(0x7f800000)
#endif

typedef long long i64;

// A grid of any size walks over n elements.
#define EACH(i, n)                                                                  \
  for (i64 i = (i64)blockIdx.x * blockDim.x + threadIdx.x; i < (n);                 \
       i += (i64)gridDim.x * blockDim.x)

#define KERNEL extern "C" __global__ void

// Steps of row n; no lengths at all means that every row is full.
__device__ inline i64 length_of(const int* lengths, i64 n, i64 T) {
  return lengths == nullptr ? T : lengths[n];
}

__device__ inline float not_a_number() { return __int_as_float(0x7fffffff); }

// The sum of v over the block, the same in every thread; blocks are whole warps.
template <class V>
__device__ V block_sum(V v) {
  __shared__ V part[32];
  for (int o = 16; o > 0; o >>= 1) v += __shfl_xor_sync(0xffffffffu, v, o);
  __syncthreads();
  if (threadIdx.x % 32 == 0) part[threadIdx.x / 32] = v;
  __syncthreads();
  V sum = 0;
  for (unsigned w = 0; w < blockDim.x / 32; w++) sum += part[w];
  return sum;
}

// The largest v of the block, the same in every thread.
template <class V>
__device__ V block_max(V v) {
  __shared__ V part[32];
  for (int o = 16; o > 0; o >>= 1) {
    V other = __shfl_xor_sync(0xffffffffu, v, o);
    v = other > v ? other : v;
  }
  __syncthreads();
  if (threadIdx.x % 32 == 0) part[threadIdx.x / 32] = v;
  __syncthreads();
  V most = part[0];
  for (unsigned w = 1; w < blockDim.x / 32; w++) most = part[w] > most ? part[w] : most;
  return most;
}
