// dTable[ids[i]] += dOut[i], in the order of i. The first occurrence of an id leads: its block finds
// the others by looking at all ids after it, in order, and alone writes the row.
#include "common.cuh"

// first[v] = the least i with ids[i] = v; first starts with numbers above M.
KERNEL scatter_first(const int* ids, int* first, i64 M, i64 V) {
  EACH(i, M) {
    int id = ids[i];
    if (id >= 0 && id < V) atomicMin(&first[id], (int)i);
  }
}

KERNEL scatter_add(const int* ids, const int* first, const float* dOut, float* dTable, i64 M, i64 V,
                   i64 D) {
  __shared__ int hits[256];
  __shared__ int warpHits[8];
  unsigned lane = threadIdx.x % 32;
  unsigned warp = threadIdx.x / 32;
  for (i64 leader = blockIdx.x; leader < M; leader += gridDim.x) {
    int id = ids[leader];
    if (id < 0 || id >= V || first[id] != leader) continue;
    for (i64 base = leader; base < M; base += blockDim.x) {
      i64 i = base + threadIdx.x;
      bool hit = i < M && ids[i] == id;
      unsigned votes = __ballot_sync(0xffffffffu, hit);
      if (lane == 0) warpHits[warp] = __popc(votes);
      __syncthreads();
      int at = __popc(votes & ((1u << lane) - 1));
      int count = 0;
      for (unsigned w = 0; w < blockDim.x / 32; w++) {
        at += w < warp ? warpHits[w] : 0;
        count += warpHits[w];
      }
      if (hit) hits[at] = (int)threadIdx.x;
      __syncthreads();
      for (i64 d = threadIdx.x; d < D; d += blockDim.x) {
        float sum = 0;
        for (int h = 0; h < count; h++) sum += dOut[(base + hits[h]) * D + d];
        dTable[id * D + d] += sum;
      }
      __syncthreads();
    }
  }
}
