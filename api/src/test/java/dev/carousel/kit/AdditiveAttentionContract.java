package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.AttentionContract.AttentionCase;
import dev.carousel.kit.oracle.AdditiveAttentionOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Additive attention with lengths; K and C are 5 and 3. */
public interface AdditiveAttentionContract extends BackendContract {
  /** One query, many, one key, no keys. */
  default Stream<AttentionCase> additiveAttentionCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new AttentionCase(t, 1, 1, new int[] {1}, true, 1),
                    new AttentionCase(t, 1, 7, new int[] {3, 0, 7, 1}, false, 1),
                    new AttentionCase(t, 4, 5, new int[] {5, 5}, true, 0.5),
                    new AttentionCase(t, 6, 9, new int[] {0, 9, 2}, false, 3)));
  }

  private static AdditiveAttentionOracle oracle(AttentionCase c) {
    return new AdditiveAttentionOracle(c.oracle(), energy());
  }

  private static double[] energy() {
    return new RandomValues(22).uniform(5, 1.5);
  }

  /** A row without keys yields zeros. */
  @ParameterizedTest
  @MethodSource("additiveAttentionCases")
  default void r05_additiveAttentionWeighsTheRealKeysOnly(AttentionCase c) {
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor energy = call.in("energy", energy(), 5);
      backend().additiveAttention().forward(c.forward(call), energy);
      assertClose(c, call.outcome(), oracle(c).outcome(), tolerance(c.type()));
    }
  }

  /** Those of the activations are written everywhere, zero beyond the keys; the energy's added. */
  @ParameterizedTest
  @MethodSource("additiveAttentionCases")
  default void r04_additiveAttentionWritesItsGradientsAndAddsTheEnergys(AttentionCase c) {
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      Tensor energy = call.in("energy", energy(), 5);
      AttentionBackward io = backward(c, call);
      Tensor dEnergy = call.added("dEnergy", 5);
      backend().additiveAttention().forward(io.forward(), energy);
      backend().additiveAttention().backward(io, energy, dEnergy);
      assertClose(c, call.outcome(), oracle(c).outcome(), tolerance(c.type()));
    }
  }

  /** The others are the same. */
  @ParameterizedTest
  @MethodSource("types")
  default void additiveAttention_goesWithoutTheGradientOfTheEnergy(DType type) {
    AttentionCase c = new AttentionCase(type, 2, 4, new int[] {4, 0, 3}, false, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      Tensor energy = call.in("energy", energy(), 5);
      AttentionBackward io = backward(c, call);
      backend().additiveAttention().forward(io.forward(), energy);
      backend().additiveAttention().backward(io, energy, null);
      Outcome outcome = call.outcome();
      assertThat(outcome.names()).contains("dq", "dk", "dv");
      assertClose(c, outcome, oracle(c).outcome(), tolerance(type));
    }
  }

  private static AttentionBackward backward(AttentionCase c, KernelCall call) {
    int n = c.keys().length;
    AttentionForward forward = c.forward(call);
    return new AttentionBackward(
        forward,
        call.in("dOut", c.oracle().dOut(), c.queries(), n, 3),
        call.written("dq", c.queries(), n, 5),
        call.written("dk", c.steps(), n, 5),
        call.written("dv", c.steps(), n, 3));
  }

  /** Named with both shapes, before anything is written. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_additiveAttentionNamesAWrongShape(DType type) {
    AttentionCase c = new AttentionCase(type, 2, 4, new int[] {4, 4, 4}, true, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      AttentionForward f = c.forward(call);
      Tensor energy = call.in("energy", energy(), 5);
      Tensor wrongEnergy = call.in("wrong energy", new double[6], 6);
      Tensor wrong = call.written("wrong", 4, 3, 6);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().additiveAttention().forward(f, wrongEnergy))
          .withMessageContaining("[5]")
          .withMessageContaining("[6]");
      AttentionForward k =
          new AttentionForward(f.q(), wrong, f.v(), f.keys(), 1, f.weights(), f.out());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().additiveAttention().forward(k, energy))
          .withMessageContaining("[4, 3, 5]")
          .withMessageContaining("[4, 3, 6]");
      assertThat(call.outcome().get("weights")).containsOnly(Double.NaN);
    }
  }
}
