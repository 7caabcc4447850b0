// The tables of the kernels that are not recurrent.
#pragma once
#include "attention.h"
#include "crf.h"
#include "elementwise.h"
#include "embedding.h"
#include "layernorm.h"
#include "linear.h"
#include "loss.h"
#include "noise.h"
#include "optimizer.h"
#include "pooling.h"
#include "regression.h"

namespace carousel::CAROUSEL_ISA {

static long linearScratchBytes(int threads) { return productFloats(threads) * (long)sizeof(float); }

static void* makeMatrix(long outputs, long inputs) { return newMatrix(outputs, inputs); }

static void packMatrix(Team& team, void* matrix, const float* w) {
  PackMatrix job{static_cast<LinearMatrix*>(matrix), w};
  team.run(threadsFor(team, 2.0 * job.matrix->outputs * job.matrix->inputs), packMatrixWork, &job);
}

static void dropMatrix(void* matrix) { freeMatrix(static_cast<LinearMatrix*>(matrix)); }

static void linear(Team& team, const void* matrix, const float* x, long rows, const float* bias, float* y) {
  LinearForward job{static_cast<const LinearMatrix*>(matrix), x, rows, bias, y};
  linearForward(team, job);
}

static constexpr LinearKernels linearKernels = {linearScratchBytes, makeMatrix, packMatrix, dropMatrix, linear, linearBackward};
static constexpr OptimizerKernels optimizerKernels = {sumOfSquares, adam, sgd};
static constexpr LossKernels lossKernels = {softmax, sigmoidLoss, regression, probabilities};
static constexpr NoiseKernels noiseKernels = {dropout, dropRows};

}  // namespace carousel::CAROUSEL_ISA
