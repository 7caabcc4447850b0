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
  void (*freePlan)(void* plan);
  void (*forward)(Team&, const void* plan, const void* weights, const RnnForwardOperands&);
  void (*backward)(Team&, const void* plan, const void* weights, const RnnForwardOperands&, const RnnBackwardOperands&);
  void (*gates)(Team&, const void* plan, const RnnForwardOperands&);  // alone, for benchmarks: lengths, y, reserve, work
};

struct LinearBackwardOperands {
  long rows, inputs, outputs;
  const float *x, *w, *dy;
  float *dx, *dw, *dBias;  // null where it is not wanted
};

struct LinearKernels {
  long (*scratchBytes)(int threads);                   // that backward needs
  void* (*newMatrix)(long outputs, long inputs);       // null when there is no memory
  void (*pack)(Team&, void* matrix, const float* w);
  void (*freeMatrix)(void* matrix);
  void (*forward)(Team&, const void* matrix, const float* x, long rows, const float* bias, float* y);
  void (*backward)(Team&, const LinearBackwardOperands&, char* scratch);
};

struct AdamOperands {
  float *p, *m, *v;
  const float* g;
  long count;
  double rate, step, factor, beta1, beta2, epsilon, decay;
  bool decoupled;
};

struct SgdOperands {
  float *p, *u;  // u null without momentum
  const float* g;
  long count;
  double rate, factor, momentum, decay;
  bool nesterov;
};

struct OptimizerKernels {
  double (*sumOfSquares)(Team&, const float* g, long count);
  void (*adam)(Team&, const AdamOperands&);
  void (*sgd)(Team&, const SgdOperands&);
};

// Labels and targets are in their ranges; factor is the scale over the mean's denominator; focus is 0 but for focal losses.
struct SoftmaxOperands {
  const float* logits;
  long rows, classes;
  const int* gold;
  const float* weights;  // null for ones
  double smoothing, allWeights, focus, factor;
  float* dLogits;        // null if it is not wanted
};

struct SigmoidOperands {
  const float *logits, *targets;
  long rows, labels;
  const float* weights;  // null for ones
  double focus, factor;
  float* dLogits;        // null if it is not wanted
};

struct RegressionOperands {
  const float *predictions, *targets;
  long count;
  int penalty;
  float delta, factor;
  float* dPredictions;  // null if it is not wanted
};

struct LossKernels {
  double (*softmax)(Team&, const SoftmaxOperands&);  // the sum of the rows' losses
  double (*sigmoid)(Team&, const SigmoidOperands&);
  double (*regression)(Team&, const RegressionOperands&);
  void (*probabilities)(Team&, const float* logits, long rows, long classes, float* out);
};

struct NoiseState {
  unsigned seedLow, seedHigh, step, site, threshold;
  float kept;  // what a unit is multiplied by that is not dropped
};

struct NoiseKernels {
  void (*dropout)(Team&, const NoiseState&, const float* x, float* y, long count, long period);
  void (*dropRows)(Team&, const NoiseState&, const int* ids, const float* x, float* y, long rows, long width);
};

// Rows of a matrix, or of a part of its columns; pitches are floats from a row to the next.
struct CopyOperands {
  const float* from;
  float* to;
  long rows, width, fromPitch, toPitch;
};

struct ElementwiseKernels {
  void (*add)(Team&, const float* a, const float* b, float* out, long count);
  void (*multiply)(Team&, const float* a, const float* b, float* out, long count);
  void (*addScaled)(Team&, float alpha, const float* x, float* y, long count);
  void (*clamp)(Team&, float bound, float* x, long count);
  void (*activate)(Team&, int activation, const float* x, float* y, long count);
  void (*activateBackward)(Team&, int activation, const float* y, const float* dy, float* dx, long count);
  void (*copyRows)(Team&, const CopyOperands&);
};

// Ids are below the rows of the table.
struct LookupOperands {
  const int* ids;
  long count, width;
};

struct EmbeddingKernels {
  void (*gather)(Team&, const LookupOperands&, const float* table, float* out);
  void (*scatterAdd)(Team&, const LookupOperands&, const float* d, float* table);
};

// lengths null: every row has all steps. halves: the second half of the features ends at step 0. Pooling by its ordinal.
struct PoolingOperands {
  const int* lengths;
  long steps, batch, features;
  int pooling;
  bool halves;
};

struct PoolingKernels {
  void (*forward)(Team&, const PoolingOperands&, const float* x, float* out, int* argmax);
  void (*backward)(Team&, const PoolingOperands&, const float* dOut, const int* argmax, float* dx);
};

// energy null: scores are dot products.
struct AttentionOperands {
  const int* lengths;
  long Q, T, N, K, C;
  float scale;
  const float *q, *k, *v, *energy;
  float *weights, *out;
};

struct AttentionGradients {
  const float* dOut;
  float *dq, *dk, *dv, *dEnergy;  // dEnergy null if it is not wanted
};

struct AttentionKernels {
  void (*forward)(Team&, const AttentionOperands&);
  void (*backward)(Team&, const AttentionOperands&, const AttentionGradients&);
};

// Labels within the lengths are below K; factor is the scale over the number of rows.
struct CrfOperands {
  const int *lengths, *gold;
  long T, N, K;
  const float *emissions, *transitions;
  double factor;
  float *dEmissions, *dTransitions;  // null where it is not wanted
  char* work;
};

struct CrfKernels {
  long (*workBytes)(int threads, long steps, long rows, long labels);
  double (*loss)(Team&, const CrfOperands&);  // the sum of the rows' losses
  void (*viterbi)(Team&, const CrfOperands&, int* path, float* score);
};

struct LayerNormOperands {
  const float *x, *gain, *shift;
  long rows, features;
  double epsilon;
};

struct LayerNormGradients {
  const float *statistics, *dy;
  float *dx, *dGain, *dShift;  // the last two null where they are not wanted
};

struct LayerNormKernels {
  void (*forward)(Team&, const LayerNormOperands&, float* y, float* statistics);
  void (*backward)(Team&, const LayerNormOperands&, const LayerNormGradients&);
};

struct Kernels {
  const char* name;
  RnnKernels rnn;
  LinearKernels linear;
  OptimizerKernels optimizer;
  LossKernels loss;
  NoiseKernels noise;
  ElementwiseKernels elementwise;
  EmbeddingKernels embedding;
  PoolingKernels pooling;
  AttentionKernels attention;
  CrfKernels crf;
  LayerNormKernels layerNorm;
};

const Kernels* kernelsAvx512();
const Kernels* kernelsAvx2();

// With products of bfloat16.
const RnnKernels* rnnAvx512Bf16();

// With products of integers of eight bits, for inference: there is no backward.
const RnnKernels* rnnAvx512Int8();
const LinearKernels* linearAvx512Int8();

}  // namespace carousel
