// Sizes of a network, in the letters used everywhere: T steps, N rows, C inputs, H units, G gates, D directions, L layers.
#pragma once

#include "number.h"

namespace carousel::CAROUSEL_ISA {

enum class Cell { lstm, gru, rnnTanh, rnnRelu };

struct Spec {
  Cell cell;
  int C, H, L, D;

  // Rows of W and U are G * H.
  int G() const { return cell == Cell::lstm ? 4 : cell == Cell::gru ? 3 : 1; }

  // Values that a step keeps for each unit. LSTM: i, f, g, o. GRU: n, r, z and the candidate's hidden part, which the reset
  // multiplies; the input's part and the hidden part of the gates are then three neighbours each. RNN: h itself.
  int S() const { return cell == Cell::lstm ? 4 : cell == Cell::gru ? 4 : 1; }

  // Gates come in an order of ours inside: this is the place of gate g of the input's product among the slots. Gates of
  // the hidden product keep their order; a GRU's begin at slot 1.
  int inputSlot(int g) const { return cell == Cell::gru ? (g + 1) % 3 : g; }

  int layerInput(int l) const { return l == 0 ? C : D * H; }

  // Units go in blocks of V; a row of H is padded to whole blocks.
  int blocks() const { return (H + V - 1) / V; }
  int padded() const { return blocks() * V; }

  // Distance of two rows of gates: not a multiple of 512 bytes, so that rows do not fall into the same lines of a cache.
  static constexpr long apart(long floats) { return floats % 128 == 0 ? floats + V : floats; }
  // Of rows made words; integers have their scale in the last word.
  static constexpr long wordsApart(long n) { return PER_WORD == 1 ? n : apart((n + V - 1) / V * words(V)) + (PER_WORD == 4 ? V : 0); }
  long gatePitch() const { return apart((long)S() * padded()); }
  long statePitch() const { return apart(padded()); }
  long hiddenPitch() const { return PER_WORD == 4 ? wordsApart(H) : apart(words(padded())); }  // of h as words
  long deltaPitch() const { return apart(G() * words(padded())); }
};

// Places in a block of memory, handed out one after another, each on a cache line.
struct Regions {
  long bytes = 0;
  template <class T>
  long take(long count) {
    long at = bytes;
    bytes += (count * (long)sizeof(T) + 63) / 64 * 64;
    return at;
  }
};

}  // namespace carousel::CAROUSEL_ISA
