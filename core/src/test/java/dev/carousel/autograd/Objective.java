package dev.carousel.autograd;

import dev.carousel.tensor.Tensor;
import java.util.List;

/** What a gradient check differentiates: the weighted sum of the mean losses of a model. */
@FunctionalInterface
public interface Objective {
  /** Losses [2], sum and weight, each taken with the weight that it has here. */
  List<Term> terms(Ops ops);

  /** One loss. */
  record Term(Tensor loss, double weight) {}

  /** One loss of weight 1. */
  static List<Term> of(Tensor loss) {
    return List.of(new Term(loss, 1));
  }

  /** The value; waits for it. */
  default double value(Ops ops) {
    double total = 0;
    for (Term t : terms(ops)) {
      float[] sumAndWeight = new float[2];
      ops.backend().memory().download(t.loss(), sumAndWeight, 0);
      total += t.weight() * sumAndWeight[0] / sumAndWeight[1];
    }
    return total;
  }
}
