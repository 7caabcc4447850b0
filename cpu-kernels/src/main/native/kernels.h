// The kernels as the rest of the library sees them: one table for each instruction set.
#pragma once
#include "team.h"

namespace carousel {

// A network's sizes; cell is the ordinal of Cell.
struct Network {
  int cell, inputs, hidden, layers, directions;
};

struct RnnForwardOperands {
  const float* x;
  const int* lengths;
  const float *h0, *c0;
  float *y, *hn, *cn;
  char *reserve, *work;
};

struct RnnBackwardOperands {
  const float *dy, *dhn, *dcn;
  float *dx, *dh0, *dc0, *dWeights;
};

struct RnnKernels {
  void* (*newWeights)(const Network&, bool backward);  // null when there is no memory
  void (*pack)(Team&, void* weights, const float* flat);
  void (*freeWeights)(void* weights);
  void* (*newPlan)(const Network&, int steps, int batch, bool training, int threads);
  long (*reserveBytes)(const void* plan);
  long (*workBytes)(const void* plan);
  int (*threads)(const void* plan);
  void (*freePlan)(void* plan);
  void (*forward)(Team&, const void* plan, const void* weights, const RnnForwardOperands&);
  void (*backward)(Team&, const void* plan, const void* weights, const RnnForwardOperands&, const RnnBackwardOperands&);
};

struct Kernels {
  const char* name;
  RnnKernels rnn;
};

// Best first. Null where the library was built without.
const Kernels* kernelsAvx512();
const Kernels* kernelsAvx2();

}  // namespace carousel
