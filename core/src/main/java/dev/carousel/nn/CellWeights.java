package dev.carousel.nn;

import dev.carousel.autograd.CellParameter;
import dev.carousel.autograd.Init;
import dev.carousel.autograd.LinearParameter;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.RnnSpec;
import org.jspecify.annotations.Nullable;

/** What gates sum up: W x + b and U h + b', or each product normalised, scaled and shifted. */
final class CellWeights {
  private final CellParameter parameters;
  private final LinearParameter input;
  private final LinearParameter hidden;
  private final @Nullable Parameter inputGain;
  private final @Nullable Parameter hiddenGain;

  /** Declares the gains that layer normalisation needs, under the names of the matrices. */
  CellWeights(
      ParameterSet.Builder set, CellParameter parameters, CellVariant variant, RnnSpec spec) {
    this.parameters = parameters;
    boolean norm = variant.wiring() == CellWiring.LAYER_NORM;
    input = set.matrix(parameters.inputWeight(), norm ? null : parameters.inputBias());
    hidden = set.matrix(parameters.hiddenWeight(), norm ? null : parameters.hiddenBias());
    inputGain = norm ? gain(set, parameters.inputWeight(), spec) : null;
    hiddenGain = norm ? gain(set, parameters.hiddenWeight(), spec) : null;
  }

  private static Parameter gain(ParameterSet.Builder set, Parameter matrix, RnnSpec spec) {
    String name = matrix.name().replace("weight_", "gain_");
    return set.declare(name, Init.constant(1), spec.gateRows());
  }

  /** x [T, N, C] to [T, N, G·H]. */
  Var ofInput(Ops ops, Var x) {
    Var product = ops.linear(x, input);
    return inputGain == null ? product : ops.layerNorm(product, inputGain, parameters.inputBias());
  }

  /** h [1, N, H] to [1, N, G·H]. */
  Var ofHidden(Ops ops, Var h) {
    Var product = ops.linear(h, hidden);
    return hiddenGain == null
        ? product
        : ops.layerNorm(product, hiddenGain, parameters.hiddenBias());
  }
}
