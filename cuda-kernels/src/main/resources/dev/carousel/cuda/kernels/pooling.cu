// [T, N, C] to [N, C] over each row's real steps. how: 0 last, 1 mean, 2 max. both: whether the second
// half of C reads backwards and so ends at step 0. An empty row becomes zeros.
#include "common.cuh"

__device__ inline i64 last_step(int both, i64 c, i64 C, i64 length) {
  return both && c >= C / 2 ? 0 : length - 1;
}

KERNEL pool(int how, int both, const float* x, const int* lengths, float* out, int* argmax, i64 T,
            i64 N, i64 C) {
  EACH(i, N * C) {
    i64 length = length_of(lengths, i / C, T);
    float value = 0;
    int best = -1;
    if (length > 0 && how == 0) {
      value = x[last_step(both, i % C, C, length) * N * C + i];
    } else if (how == 1) {
      double sum = 0;
      for (i64 t = 0; t < length; t++) sum += x[t * N * C + i];
      value = length > 0 ? (float)(sum / (double)length) : 0.0f;
    } else if (how == 2) {
      for (i64 t = 0; t < length; t++) {
        float v = x[t * N * C + i];
        if (best < 0 || v > value) {
          value = v;
          best = (int)t;
        }
      }
    }
    out[i] = value;
    if (how == 2) argmax[i] = best;
  }
}

KERNEL pool_backward(int how, int both, const int* lengths, const float* dOut, const int* argmax,
                     float* dx, i64 T, i64 N, i64 C) {
  EACH(i, T * N * C) {
    i64 t = i / (N * C);
    i64 at = i % (N * C);
    i64 length = length_of(lengths, at / C, T);
    float d = 0;
    if (t < length) {
      if (how == 1) d = dOut[at] / (float)length;
      if (how == 0 && t == last_step(both, at % C, C, length)) d = dOut[at];
      if (how == 2 && t == argmax[at]) d = dOut[at];
    }
    dx[i] = d;
  }
}
