// Philox4x32-10 (Salmon et al., SC 2011), as the contract has it: key (seed low, seed high), counter
// (index / 4, 0, site, step), word index mod 4.
#pragma once
#include "common.cuh"

__device__ inline void philox(const int* state, int site, unsigned block, unsigned four[4]) {
  unsigned k0 = (unsigned)state[0];
  unsigned k1 = (unsigned)state[1];
  unsigned c0 = block;
  unsigned c1 = 0;
  unsigned c2 = (unsigned)site;
  unsigned c3 = (unsigned)state[2];
  for (int round = 0; round < 10; round++) {
    unsigned long long p0 = 0xD2511F53ull * c0;
    unsigned long long p1 = 0xCD9E8D57ull * c2;
    c0 = (unsigned)(p1 >> 32) ^ c1 ^ k0;
    c2 = (unsigned)(p0 >> 32) ^ c3 ^ k1;
    c1 = (unsigned)p1;
    c3 = (unsigned)p0;
    k0 += 0x9E3779B9u;
    k1 += 0xBB67AE85u;
  }
  four[0] = c0;
  four[1] = c1;
  four[2] = c2;
  four[3] = c3;
}
