// Inverted dropout. state: seed low, seed high, step. A unit is kept if its word is at least the
// threshold. y may be x.
#include "philox.cuh"

// Element i draws the word of i mod period. A thread takes four neighbours, which mostly share a
// counter.
KERNEL dropout(const float* x, float* y, const int* state, int site, unsigned threshold, float scale,
               i64 period, i64 n) {
  EACH(quad, (n + 3) / 4) {
    unsigned four[4];
    i64 have = -1;
    for (i64 i = 4 * quad; i < n && i < 4 * quad + 4; i++) {
      i64 index = i % period;
      if (index / 4 != have) {
        have = index / 4;
        philox(state, site, (unsigned)have, four);
      }
      y[i] = four[index % 4] >= threshold ? x[i] * scale : 0.0f;
    }
  }
}

// Every element of a row draws the word of the row's id; a negative id keeps its row as it is.
KERNEL drop_rows(const int* ids, const float* x, float* y, const int* state, int site,
                 unsigned threshold, float scale, i64 M, i64 D) {
  EACH(i, M * D) {
    int id = ids[i / D];
    if (id < 0) {
      y[i] = x[i];
      continue;
    }
    unsigned four[4];
    philox(state, site, (unsigned)id / 4, four);
    y[i] = four[id % 4] >= threshold ? x[i] * scale : 0.0f;
  }
}

KERNEL advance_noise(int* state) {
  if (blockIdx.x == 0 && threadIdx.x == 0) state[2] += 1;
}
