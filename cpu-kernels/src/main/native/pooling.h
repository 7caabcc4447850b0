// Reductions over time, each row's real steps only. A thread takes stretches of features of one row, whose steps it reads
// one after another.
#pragma once
#include "doubles.h"
#include "each.h"
#include "kernels.h"

namespace carousel::CAROUSEL_ISA {

// As dev.carousel.spi.Pooling.
enum class Pooling { last, mean, max };

// Features `from` to `from + width` of row n.
class PooledStretch {
 public:
  static constexpr long WIDTH = 256;

  static long ofRow(const PoolingOperands& o) { return (o.features + WIDTH - 1) / WIDTH; }

  PooledStretch(const PoolingOperands& operands, long item)
      : o(operands),
        n(item / ofRow(o)),
        from(item % ofRow(o) * WIDTH),
        width(o.features - from < WIDTH ? o.features - from : WIDTH),
        length(o.lengths == nullptr ? o.steps : o.lengths[n]) {}

  void forward(const float* x, float* out, int* argmax) const {
    float* to = out + n * o.features + from;
    if (argmax != nullptr) return largest(x, to, argmax + n * o.features + from);
    if (length == 0) {
      memset(to, 0, width * sizeof(float));
    } else if (kind() == Pooling::mean) {
      mean(x, to);
    } else {
      memcpy(to, x + at(length - 1), ahead() * sizeof(float));
      memcpy(to + ahead(), x + at(0) + ahead(), (width - ahead()) * sizeof(float));
    }
  }

  void backward(const float* dOut, const int* argmax, float* dx) const {
    const float* d = dOut + n * o.features + from;
    float share = 1 / (float)length;
    for (long t = 0; t < o.steps; t++) {
      float* to = dx + at(t);
      if (t >= length || kind() == Pooling::last) {
        memset(to, 0, width * sizeof(float));
      } else if (kind() == Pooling::mean) {
        eachVector(width, [=](long c, int k) { store(to + c, load(d + c, k) * share, k); });
      } else {
        chosen(d, argmax + n * o.features + from, (int)t, to);
      }
    }
    if (length == 0 || kind() != Pooling::last) return;
    memcpy(dx + at(length - 1), d, ahead() * sizeof(float));
    memcpy(dx + at(0) + ahead(), d + ahead(), (width - ahead()) * sizeof(float));
  }

 private:
  const PoolingOperands& o;
  const long n, from, width, length;

  Pooling kind() const { return static_cast<Pooling>(o.pooling); }

  long at(long t) const { return (t * o.batch + n) * o.features + from; }

  // Features whose direction ends at the row's last step: all, or the first half.
  long ahead() const {
    long end = (o.halves ? o.features / 2 : o.features) - from;
    return end < 0 ? 0 : end < width ? end : width;
  }

  void mean(const float* x, float* to) const {
    alignas(64) double sum[WIDTH] = {};
    for (long t = 0; t < length; t++) {
      const float* row = x + at(t);
      long c = 0;
      for (; c + VD <= width; c += VD) store(sum + c, load(sum + c) + doubles(row + c));
      for (; c < width; c++) sum[c] += row[c];
    }
    for (long c = 0; c < width; c++) to[c] = (float)(sum[c] / (double)length);
  }

  // The largest so far and its step are in the results. The earliest of equals stays.
  void largest(const float* x, float* best, int* argmax) const {
    float* steps = reinterpret_cast<float*>(argmax);
    eachVector(width, [=](long c, int k) {
      store(best + c, length == 0 ? vf{} : load(x + at(0) + c, k), k);
      store(steps + c, (vf)(vi{} - (int)(length == 0)), k);
    });
    for (long t = 1; t < length; t++) {
      const float* row = x + at(t);
      eachVector(width, [=](long c, int k) {
        vf v = load(row + c, k), most = load(best + c, k);
        vi larger = v > most;
        store(best + c, larger ? v : most, k);
        store(steps + c, (vf)(larger ? vi{} + (int)t : (vi)load(steps + c, k)), k);
      });
    }
  }

  void chosen(const float* d, const int* argmax, int t, float* to) const {
    const float* steps = reinterpret_cast<const float*>(argmax);
    eachVector(width, [=](long c, int k) { store(to + c, (vi)load(steps + c, k) == t ? load(d + c, k) : vf{}, k); });
  }
};

static void poolForward(Team& team, const PoolingOperands& o, const float* x, float* out, int* argmax) {
  shareItems(team, o.batch * PooledStretch::ofRow(o), o.steps * o.batch * o.features,
             [&](long i) { PooledStretch(o, i).forward(x, out, argmax); });
}

static void poolBackward(Team& team, const PoolingOperands& o, const float* dOut, const int* argmax, float* dx) {
  shareItems(team, o.batch * PooledStretch::ofRow(o), o.steps * o.batch * o.features,
             [&](long i) { PooledStretch(o, i).backward(dOut, argmax, dx); });
}

static constexpr PoolingKernels poolingKernels = {poolForward, poolBackward};

}  // namespace carousel::CAROUSEL_ISA
