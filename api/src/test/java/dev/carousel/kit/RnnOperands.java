package dev.carousel.kit;

import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operands of a call, to exchange one for a wrong one. */
final class RnnOperands {
  Sequences x;
  @Nullable RnnState initial;
  RnnWeights weights;
  Tensor y;
  @Nullable RnnState last;
  @Nullable Tensor reserve;
  Tensor work;
  Tensor dy;
  @Nullable RnnState dLast;
  @Nullable Tensor dx;
  @Nullable RnnState dInitial;
  @Nullable Tensor dWeights;

  RnnOperands(RnnBackward b) {
    RnnForward f = b.forward();
    x = f.x();
    initial = f.initial();
    weights = f.weights();
    y = f.y();
    last = f.last();
    reserve = f.reserve();
    work = f.work();
    dy = b.dy();
    dLast = b.dLast();
    dx = b.dx();
    dInitial = b.dInitial();
    dWeights = b.dWeights();
  }

  /** Exchanges operands. */
  RnnOperands with(Consumer<RnnOperands> change) {
    change.accept(this);
    return this;
  }

  RnnForward forward() {
    return new RnnForward(x, initial, weights, y, last, reserve, work);
  }

  RnnBackward backward() {
    return new RnnBackward(forward(), dy, dLast, dx, dInitial, dWeights);
  }
}
