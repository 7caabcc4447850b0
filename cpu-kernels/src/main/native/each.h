// Loops over vectors and over items, which threads share out; what is computed does not depend on who computes it.
#pragma once
#include "team.h"
#include "vector.h"

namespace carousel::CAROUSEL_ISA {

// Numbers that pay for waking another thread.
constexpr long SHARE = 1 << 15;

// f(i, n) for n numbers from i on, V or fewer, of this thread's part.
template <class F>
static inline void eachVector(long count, int rank, int size, F f) {
  long vectors = (count + V - 1) / V;
  long i = vectors * rank / size * V, end = vectors * (rank + 1) / size * V;
  for (; i < end && i + V <= count; i += V) f(i, V);
  if (i < end) f(i, (int)(count - i));
}

// The same on the caller's thread alone.
template <class F>
static inline void eachVector(long count, F f) {
  eachVector(count, 0, 1, f);
}

// The same on all threads if that pays.
template <class F>
static inline void shareVectors(Team& team, long count, F f) {
  struct Job {
    long count;
    F f;
  } job{count, f};
  auto work = [](void* j, int rank, int size) {
    Job own = *static_cast<Job*>(j);  // what f holds may then stay in registers
    eachVector(own.count, rank, size, own.f);
  };
  team.run(count < SHARE ? 1 : team.size(), work, &job);
}

// f(i) for each item, on all threads if that many numbers pay.
template <class F>
static inline void shareItems(Team& team, long items, long numbers, F f) {
  struct Job {
    long items;
    F f;
  } job{items, f};
  auto work = [](void* j, int rank, int size) {
    Job own = *static_cast<Job*>(j);
    for (long i = own.items * rank / size; i < own.items * (rank + 1) / size; i++) own.f(i);
  };
  team.run(numbers < SHARE ? 1 : team.size(), work, &job);
}

}  // namespace carousel::CAROUSEL_ISA
