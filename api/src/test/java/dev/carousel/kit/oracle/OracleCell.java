package dev.carousel.kit.oracle;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;

/** One step of one layer in one direction, from the equations of {@link dev.carousel.rnn.Cell}. */
final class OracleCell {
  /** The state of one row of the batch; c is empty where the cell has none. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record State(Real[] h, Real[] c) {}

  private final Derivation derivation;
  private final RnnSpec spec;
  private final Real[][] w;
  private final Real[][] u;
  private final Real[] b;
  private final Real[] b2;
  private final Real[][] projection;

  OracleCell(Derivation derivation, RnnSpec spec, int layer, int direction, Real[] weights) {
    this.derivation = derivation;
    this.spec = spec;
    WeightLayout layout = WeightLayout.of(spec);
    w = rows(weights, layout.block(layer, direction, WeightRole.INPUT_WEIGHT));
    u = rows(weights, layout.block(layer, direction, WeightRole.HIDDEN_WEIGHT));
    b = rows(weights, layout.block(layer, direction, WeightRole.INPUT_BIAS))[0];
    b2 = rows(weights, layout.block(layer, direction, WeightRole.HIDDEN_BIAS))[0];
    projection =
        spec.projectionSize() == 0
            ? new Real[0][]
            : rows(weights, layout.block(layer, direction, WeightRole.PROJECTION));
  }

  private static Real[][] rows(Real[] weights, WeightBlock block) {
    int columns = block.shape().dim(-1);
    Real[][] rows = new Real[block.shape().rows()][columns];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(
          weights, Math.toIntExact(block.offset() + (long) i * columns), rows[i], 0, columns);
    }
    return rows;
  }

  State step(Real[] x, State before) {
    return switch (spec.cell()) {
      case LSTM -> lstm(x, before);
      case GRU -> gru(x, before.h());
      case GRU_RESET_BEFORE -> gruResetBefore(x, before.h());
      case RNN_TANH -> elman(x, before.h(), true);
      case RNN_RELU -> elman(x, before.h(), false);
    };
  }

  /** {@code (W x + b)} of unit {@code j} of gate {@code gate}. */
  private Real input(int gate, int j, Real[] x) {
    int k = gate * spec.hiddenSize() + j;
    return derivation.dot(w[k], x).plus(b[k]);
  }

  /** {@code (U h + b')} of unit {@code j} of gate {@code gate}. */
  private Real hidden(int gate, int j, Real[] h) {
    int k = gate * spec.hiddenSize() + j;
    return derivation.dot(u[k], h).plus(b2[k]);
  }

  private Real gate(int gate, int j, Real[] x, Real[] h) {
    return input(gate, j, x).plus(hidden(gate, j, h));
  }

  private State lstm(Real[] x, State before) {
    Real[] h = new Real[spec.hiddenSize()];
    Real[] c = new Real[spec.hiddenSize()];
    for (int j = 0; j < h.length; j++) {
      Real i = gate(0, j, x, before.h()).sigmoid();
      Real f = gate(1, j, x, before.h()).sigmoid();
      Real g = gate(2, j, x, before.h()).tanh();
      Real o = gate(3, j, x, before.h()).sigmoid();
      c[j] = f.times(before.c()[j]).plus(i.times(g));
      h[j] = o.times(c[j].tanh());
    }
    return new State(projected(h), c);
  }

  private Real[] projected(Real[] h) {
    if (projection.length == 0) {
      return h;
    }
    Real[] p = new Real[projection.length];
    for (int i = 0; i < p.length; i++) {
      p[i] = derivation.dot(projection[i], h);
    }
    return p;
  }

  private State gru(Real[] x, Real[] before) {
    Real[] h = new Real[spec.hiddenSize()];
    for (int j = 0; j < h.length; j++) {
      Real r = gate(0, j, x, before).sigmoid();
      Real z = gate(1, j, x, before).sigmoid();
      Real n = input(2, j, x).plus(r.times(hidden(2, j, before))).tanh();
      h[j] = derivation.given(1).minus(z).times(n).plus(z.times(before[j]));
    }
    return new State(h, new Real[0]);
  }

  private State gruResetBefore(Real[] x, Real[] before) {
    Real[] reset = new Real[spec.hiddenSize()];
    for (int j = 0; j < reset.length; j++) {
      reset[j] = gate(0, j, x, before).sigmoid().times(before[j]);
    }
    Real[] h = new Real[spec.hiddenSize()];
    for (int j = 0; j < h.length; j++) {
      Real z = gate(1, j, x, before).sigmoid();
      Real n = gate(2, j, x, reset).tanh();
      h[j] = derivation.given(1).minus(z).times(n).plus(z.times(before[j]));
    }
    return new State(h, new Real[0]);
  }

  private State elman(Real[] x, Real[] before, boolean tanh) {
    Real[] h = new Real[spec.hiddenSize()];
    for (int j = 0; j < h.length; j++) {
      Real a = gate(0, j, x, before);
      h[j] = tanh ? a.tanh() : a.relu();
    }
    return new State(h, new Real[0]);
  }
}
