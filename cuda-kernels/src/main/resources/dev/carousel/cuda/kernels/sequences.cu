// What lengths mean, around kernels that know none: rows are reversed within their lengths, padding is
// zero, and the last state is the one at the row's length. In all of them lengths may be null: full rows.
#include "element.cuh"

// A block of columns, zero beyond each row's length: to[t, n, toAt + c] = from[s, n, fromAt + c], where s
// is t, or the mirrored step length − 1 − t. At the last real step extra [N, width] is added where given.
// flagAt: a column of `to` that is 1 beyond the length and 0 within, −1 for none; columns from
// toAt + width to toAt + room are otherwise zero.
template <class From, class To>
__device__ void arrange(const typename From::Store* from, typename To::Store* to, const int* lengths,
                        const float* extra, int mirror, i64 T, i64 N, i64 width, i64 room,
                        i64 fromStride, i64 fromAt, i64 toStride, i64 toAt, i64 flagAt) {
  EACH(i, T * N * room) {
    i64 c = i % room;
    i64 tn = i / room;
    i64 n = tn % N;
    i64 t = tn / N;
    i64 length = length_of(lengths, n, T);
    float v = 0;
    if (t < length && c < width) {
      i64 s = mirror ? length - 1 - t : t;
      v = From::load(from[(s * N + n) * fromStride + fromAt + c]);
      if (extra != nullptr && t == length - 1) v += extra[n * width + c];
    } else if (t >= length && toAt + c == flagAt) {
      v = 1;
    }
    to[tn * toStride + toAt + c] = To::store(v);
  }
}

#define ARRANGE(name, From, To)                                                                       \
  KERNEL arrange_##name(const From::Store* from, To::Store* to, const int* lengths, const float* extra, \
                        int mirror, i64 T, i64 N, i64 width, i64 room, i64 fromStride, i64 fromAt,     \
                        i64 toStride, i64 toAt, i64 flagAt) {                                          \
    arrange<From, To>(from, to, lengths, extra, mirror, T, N, width, room, fromStride, fromAt,         \
                      toStride, toAt, flagAt);                                                         \
  }

ARRANGE(f32_f32, F32, F32)
ARRANGE(f32_f16, F32, F16)
ARRANGE(f16_f16, F16, F16)
ARRANGE(f16_f32, F16, F32)
ARRANGE(f32_bf16, F32, BF16)
ARRANGE(bf16_bf16, BF16, BF16)
ARRANGE(bf16_f32, BF16, F32)

// dx[t, n, c] = a[t, n, c] + b[length − 1 − t, n, c] within the length, zero beyond; b may be null.
// a and b have rows of `stride` elements, dx of `width`.
template <class From, class To>
__device__ void join(const typename From::Store* a, const typename From::Store* b,
                     typename To::Store* dx, const int* lengths, i64 T, i64 N, i64 width, i64 stride) {
  EACH(i, T * N * width) {
    i64 tn = i / width;
    i64 n = tn % N;
    i64 t = tn / N;
    i64 length = length_of(lengths, n, T);
    float v = 0;
    if (t < length) {
      v = From::load(a[tn * stride + i % width]);
      if (b != nullptr) v += From::load(b[((length - 1 - t) * N + n) * stride + i % width]);
    }
    dx[i] = To::store(v);
  }
}

#define JOIN(name, From, To)                                                                      \
  KERNEL join_##name(const From::Store* a, const From::Store* b, To::Store* dx, const int* lengths, \
                     i64 T, i64 N, i64 width, i64 stride) {                                        \
    join<From, To>(a, b, dx, lengths, T, N, width, stride);                                        \
  }

JOIN(f32_f32, F32, F32)
JOIN(f16_f16, F16, F16)
JOIN(f16_f32, F16, F32)
JOIN(bf16_bf16, BF16, BF16)
JOIN(bf16_f32, BF16, F32)

// state[n] = y[length − 1, n]; otherwise[n], or zeros where that is null, for an empty row.
template <class From>
__device__ void last_step(const typename From::Store* y, const float* otherwise, const int* lengths,
                          float* state, i64 T, i64 N, i64 width) {
  EACH(i, N * width) {
    i64 length = length_of(lengths, i / width, T);
    state[i] = length > 0      ? From::load(y[(length - 1) * N * width + i])
               : otherwise != nullptr ? otherwise[i]
                                      : 0.0f;
  }
}

// to[n] = from[n]; otherwise[n], or zeros where that is null, for an empty row.
template <class From>
__device__ void keep_empty(const typename From::Store* from, const float* otherwise, const int* lengths,
                           float* to, i64 N, i64 width) {
  EACH(i, N * width) {
    bool empty = lengths != nullptr && lengths[i / width] == 0;
    to[i] = !empty ? From::load(from[i]) : otherwise != nullptr ? otherwise[i] : 0.0f;
  }
}

#define STATES(name, From)                                                                         \
  KERNEL last_step_##name(const From::Store* y, const float* otherwise, const int* lengths,         \
                          float* state, i64 T, i64 N, i64 width) {                                  \
    last_step<From>(y, otherwise, lengths, state, T, N, width);                                     \
  }                                                                                                \
  KERNEL keep_empty_##name(const From::Store* from, const float* otherwise, const int* lengths,     \
                           float* to, i64 N, i64 width) {                                           \
    keep_empty<From>(from, otherwise, lengths, to, N, width);                                       \
  }

STATES(f32, F32)
STATES(f16, F16)
STATES(bf16, BF16)
