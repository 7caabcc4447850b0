// Sums, products, activations, and rows of matrices side by side.
#pragma once
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

// As dev.carousel.spi.Activation.
enum class Activation { tanh, sigmoid, relu };

static void add(Team& team, const float* a, const float* b, float* out, long count) {
  shareVectors(team, count, [=](long i, int n) { store(out + i, load(a + i, n) + load(b + i, n), n); });
}

static void multiply(Team& team, const float* a, const float* b, float* out, long count) {
  shareVectors(team, count, [=](long i, int n) { store(out + i, load(a + i, n) * load(b + i, n), n); });
}

static void addScaled(Team& team, float alpha, const float* x, float* y, long count) {
  shareVectors(team, count, [=](long i, int n) { store(y + i, load(y + i, n) + alpha * load(x + i, n), n); });
}

static void clamp(Team& team, float bound, float* x, long count) {
  shareVectors(team, count, [=](long i, int n) { store(x + i, clamp(load(x + i, n), -bound, bound), n); });
}

static void activate(Team& team, int activation, const float* x, float* y, long count) {
  auto with = [&](auto f) { shareVectors(team, count, [=](long i, int n) { store(y + i, f(load(x + i, n)), n); }); };
  switch (static_cast<Activation>(activation)) {
    case Activation::tanh:
      return with([](vf v) { return tanh(v); });
    case Activation::sigmoid:
      return with([](vf v) { return sigmoid(v); });
    case Activation::relu:
      return with([](vf v) { return relu(v); });
  }
}

static void activateBackward(Team& team, int activation, const float* y, const float* dy, float* dx, long count) {
  auto with = [&](auto f) {
    shareVectors(team, count, [=](long i, int n) { store(dx + i, f(load(y + i, n), load(dy + i, n)), n); });
  };
  switch (static_cast<Activation>(activation)) {
    case Activation::tanh:
      return with([](vf v, vf d) { return d * (1.0f - v * v); });
    case Activation::sigmoid:
      return with([](vf v, vf d) { return d * (v * (1.0f - v)); });
    case Activation::relu:
      return with([](vf v, vf d) { return v > vf{} ? d : vf{}; });
  }
}

static void copyRows(Team& team, const CopyOperands& o) {
  shareItems(team, o.rows, o.rows * o.width,
             [=](long r) { memcpy(o.to + r * o.toPitch, o.from + r * o.fromPitch, o.width * sizeof(float)); });
}

static constexpr ElementwiseKernels elementwiseKernels = {add, multiply, addScaled, clamp, activate, activateBackward, copyRows};

}  // namespace carousel::CAROUSEL_ISA
