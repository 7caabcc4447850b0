package dev.carousel.autograd;

import dev.carousel.rnn.WeightBlock;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.rnn.WeightRole;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Noise;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One mask over the hidden-to-hidden matrices of a recurrent network, the same at every step of a
 * window (DropConnect, Wan et al. 2013; on U of an LSTM, Merity et al. 2018, section 3). Kept
 * weights are divided by 1 − rate. The masked weights are packed once, so fused kernels read them
 * like any others; the gradient passes through the same mask, drawn again from the same bits.
 */
final class WeightDrop {
  private final RnnParameter weights;
  private final double rate;
  private final List<WeightBlock> blocks = new ArrayList<>();
  private final List<Noise> noises = new ArrayList<>();
  private final RnnWeights packed;

  /**
   * Draws a mask and packs what it leaves.
   *
   * @param noise gives the next place of the step from which bits are drawn, one a matrix
   */
  WeightDrop(Backend backend, RnnParameter weights, double rate, Supplier<Noise> noise) {
    this.weights = weights;
    this.rate = rate;
    this.packed = weights.shadow();
    Tensor masked = packed.master();
    backend.memory().copy(weights.packed().master(), masked);
    for (WeightBlock block : WeightLayout.of(weights.spec()).blocks()) {
      if (block.role() == WeightRole.HIDDEN_WEIGHT) {
        blocks.add(block);
        noises.add(noise.get());
      }
    }
    mask(backend, masked);
    packed.refresh();
  }

  private void mask(Backend backend, Tensor laidOut) {
    for (int i = 0; i < blocks.size(); i++) {
      WeightBlock block = blocks.get(i);
      Tensor matrix = laidOut.slice(block.offset(), block.shape());
      int size = Math.toIntExact(matrix.size());
      backend.noise().dropout(matrix, matrix, rate, size, noises.get(i));
    }
  }

  double rate() {
    return rate;
  }

  RnnWeights packed() {
    return packed;
  }

  /** Zeros for the gradient of the masked weights. */
  Tensor gradient(Tape tape) {
    Tensor d = tape.take(DType.F32, packed.master().shape().dims());
    tape.backend().memory().fill(d, 0);
    return d;
  }

  /** Adds the gradient of the masked weights, masked, to the parameter's. */
  void accumulate(Tape tape, Tensor d) {
    Tensor to = weights.gradientIfTrained();
    if (to != null) {
      mask(tape.backend(), d);
      tape.backend().elementwise().addScaled(1, d, to);
    }
  }
}
