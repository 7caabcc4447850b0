// How a matrix lies in panels.
#pragma once
#include "spec.h"

namespace carousel::CAROUSEL_ISA {

// Columns of a matrix with K rows of words in panels of two vectors, the last of one if that is enough.
struct Columns {
  long count, K;
  long panels() const { return (count + 2 * V - 1) / (2 * V); }
  int vectors(long p) const { return count - p * 2 * V > V ? 2 : 1; }
  long at(long p) const { return p * 2 * V * K; }
  long floats() const { return panels() * 2 * V * K; }  // or words, which are as large
};

}  // namespace carousel::CAROUSEL_ISA
