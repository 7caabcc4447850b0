package dev.carousel.kit.run;

import dev.carousel.rnn.RnnState;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The operands of a call, open to change: to hand a kernel one that is wrong. */
public final class RnnOperands {
  public Sequences x;
  public @Nullable RnnState initial;
  public RnnWeights weights;
  public Tensor y;
  public @Nullable RnnState last;
  public @Nullable Tensor reserve;
  public Tensor work;
  public @Nullable Tensor dy;
  public @Nullable RnnState dLast;
  public @Nullable Tensor dx;
  public @Nullable RnnState dInitial;
  public @Nullable Tensor dWeights;

  /** Those of forward. */
  public RnnOperands(RnnForward f) {
    x = f.x();
    initial = f.initial();
    weights = f.weights();
    y = f.y();
    last = f.last();
    reserve = f.reserve();
    work = f.work();
  }

  /** Those of backward, and of forward before it. */
  public RnnOperands(RnnBackward b) {
    this(b.forward());
    dy = b.dy();
    dLast = b.dLast();
    dx = b.dx();
    dInitial = b.dInitial();
    dWeights = b.dWeights();
  }

  /** Exchanges operands. */
  public RnnOperands with(Consumer<RnnOperands> change) {
    change.accept(this);
    return this;
  }

  /** As a forward call. */
  public RnnForward forward() {
    return new RnnForward(x, initial, weights, y, last, reserve, work);
  }

  /** As a backward call. */
  public RnnBackward backward() {
    return new RnnBackward(forward(), dy, dLast, dx, dInitial, dWeights);
  }
}
