// Between the flat weights and the packing that a library asks for, one launch for all blocks. A segment
// is five numbers: offset in the flat buffer, offset in the packed one, rows, columns, and the distance of
// two rows in the packed one; the flat rows lie close. grid.y walks over the segments.
#include "element.cuh"

template <class To>
__device__ void pack(const float* flat, typename To::Store* packed, const i64* table, i64 segments) {
  for (i64 s = blockIdx.y; s < segments; s += gridDim.y) {
    const i64* at = table + s * 5;
    EACH(i, at[2] * at[3]) packed[at[1] + i / at[3] * at[4] + i % at[3]] = To::store(flat[at[0] + i]);
  }
}

// flat += packed: gradients of parameters are added.
template <class From>
__device__ void unpack_add(const typename From::Store* packed, float* flat, const i64* table,
                           i64 segments) {
  for (i64 s = blockIdx.y; s < segments; s += gridDim.y) {
    const i64* at = table + s * 5;
    EACH(i, at[2] * at[3]) flat[at[0] + i] += From::load(packed[at[1] + i / at[3] * at[4] + i % at[3]]);
  }
}

// packed[at + r · stride] = value for `rows` rows.
template <class To>
__device__ void set_column(typename To::Store* packed, float value, i64 at, i64 rows, i64 stride) {
  EACH(r, rows) packed[at + r * stride] = To::store(value);
}

#define SEGMENTS(name, E)                                                                             \
  KERNEL pack_##name(const float* flat, E::Store* packed, const i64* table, i64 segments) {           \
    pack<E>(flat, packed, table, segments);                                                           \
  }                                                                                                   \
  KERNEL unpack_add_##name(const E::Store* packed, float* flat, const i64* table, i64 segments) {     \
    unpack_add<E>(packed, flat, table, segments);                                                     \
  }                                                                                                   \
  KERNEL set_column_##name(E::Store* packed, float value, i64 at, i64 rows, i64 stride) {             \
    set_column<E>(packed, value, at, rows, stride);                                                   \
  }

SEGMENTS(f32, F32)
SEGMENTS(f16, F16)
SEGMENTS(bf16, BF16)
