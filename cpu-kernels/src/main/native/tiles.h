// Whether there is AMX. Nothing here uses it; where it is, products of bfloat16 are left to oneDNN.
#pragma once
#include <cpuid.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace carousel {

// The processor's tiles with products of bfloat16 and integers, and the AVX-512 with half precision that comes with them.
inline bool processorHasTiles() {
  unsigned a, b, c, d;
  if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0) return false;
  constexpr unsigned BF16 = 1u << 22, FP16 = 1u << 23, TILE = 1u << 24, INT8 = 1u << 25, ALL = BF16 | FP16 | TILE | INT8;
  return (d & ALL) == ALL;
}

// Whether the system keeps their contents and would permit a process to use them.
inline bool systemKeepsTiles() {
  constexpr int GET_SUPPORTED = 0x1021;              // ARCH_GET_XCOMP_SUPP, of newer headers than some
  constexpr unsigned long TILE_DATA = 1ul << 18;
  unsigned long features = 0;
  return syscall(SYS_arch_prctl, GET_SUPPORTED, &features) == 0 && (features & TILE_DATA) != 0;
}

inline bool hasTiles() { return processorHasTiles() && systemKeepsTiles(); }

}  // namespace carousel
