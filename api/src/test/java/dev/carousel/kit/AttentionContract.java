package dev.carousel.kit;

import static dev.carousel.kit.BackendContract.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.kit.oracle.AttentionOracle;
import dev.carousel.kit.run.KernelCall;
import dev.carousel.kit.run.RandomValues;
import dev.carousel.rnn.Lengths;
import dev.carousel.spi.AttentionBackward;
import dev.carousel.spi.AttentionForward;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dot-product attention with lengths. */
public interface AttentionContract extends BackendContract {
  /** One use of attention; K and C are 5 and 3. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record AttentionCase(DType type, int queries, int steps, int[] keys, boolean full, double scale) {
    AttentionOracle oracle() {
      RandomValues random = new RandomValues(21);
      int n = keys.length;
      double[] k = random.uniform(steps * n * 5, 1);
      double[] v = random.uniform(steps * n * 3, 1);
      makeLarge(k, 5);
      makeLarge(v, 3);
      return new AttentionOracle(
          keys,
          queries,
          steps,
          scale,
          random.uniform(queries * n * 5, 1),
          k,
          v,
          random.uniform(queries * n * 3, 1));
    }

    /** What lies beyond a row's keys must not be seen. */
    private void makeLarge(double[] values, int features) {
      for (int i = 0; i < values.length; i++) {
        int row = i / features;
        values[i] = row / keys.length >= keys[row % keys.length] ? 1e4 : values[i];
      }
    }

    AttentionForward forward(KernelCall call) {
      AttentionOracle o = oracle();
      int n = keys.length;
      return new AttentionForward(
          call.in("q", o.q(), queries, n, 5),
          call.in("k", o.k(), steps, n, 5),
          call.in("v", o.v(), steps, n, 3),
          full ? Lengths.full(steps, n) : Lengths.of(steps, keys, call.in("keys", keys, n)),
          scale,
          call.written("weights", queries, n, steps),
          call.written("out", queries, n, 3));
    }
  }

  /** One query, many, one key, no keys. */
  default Stream<AttentionCase> attentionCases() {
    return types()
        .flatMap(
            t ->
                Stream.of(
                    new AttentionCase(t, 1, 1, new int[] {1}, true, 1),
                    new AttentionCase(t, 1, 7, new int[] {3, 0, 7, 1}, false, 1),
                    new AttentionCase(t, 4, 5, new int[] {5, 5}, true, 1 / Math.sqrt(5)),
                    new AttentionCase(t, 6, 9, new int[] {0, 9, 2}, false, 3)));
  }

  /** A row without keys yields zeros. */
  @ParameterizedTest
  @MethodSource("attentionCases")
  default void r05_attentionWeighsTheRealKeysOnly(AttentionCase c) {
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      backend().attention().forward(c.forward(call));
      assertClose(c, call.outcome(), c.oracle().outcome(), tolerance(c.type()));
    }
  }

  /** All three gradients are written everywhere, zero beyond the keys. */
  @ParameterizedTest
  @MethodSource("attentionCases")
  default void r05_attentionWritesItsGradientsAndZerosBeyondTheKeys(AttentionCase c) {
    int n = c.keys().length;
    try (KernelCall call = new KernelCall(backend(), c.type())) {
      AttentionForward forward = c.forward(call);
      AttentionBackward backward =
          new AttentionBackward(
              forward,
              call.in("dOut", c.oracle().dOut(), c.queries(), n, 3),
              call.written("dq", c.queries(), n, 5),
              call.written("dk", c.steps(), n, 5),
              call.written("dv", c.steps(), n, 3));
      backend().attention().forward(forward);
      backend().attention().backward(backward);
      assertClose(c, call.outcome(), c.oracle().outcome(), tolerance(c.type()));
    }
  }

  /** Scores of thousands do not overflow. */
  @ParameterizedTest
  @MethodSource("types")
  default void attention_staysFiniteWhenScoresAreLarge(DType type) {
    AttentionCase c = new AttentionCase(type, 2, 4, new int[] {4, 3}, false, 5000);
    try (KernelCall call = new KernelCall(backend(), type)) {
      backend().attention().forward(c.forward(call));
      assertThat(call.outcome().get("out")).doesNotContain(Double.NaN);
      assertThat(Arrays.stream(call.outcome().get("weights")).boxed())
          .allMatch(w -> w >= 0 && w <= 1 + 1e-6);
    }
  }

  /** Named with both shapes. */
  @ParameterizedTest
  @MethodSource("types")
  default void r08_attentionNamesAWrongShape(DType type) {
    AttentionCase c = new AttentionCase(type, 2, 4, new int[] {4, 4, 4}, true, 1);
    try (KernelCall call = new KernelCall(backend(), type)) {
      AttentionForward f = c.forward(call);
      Tensor wrong = call.written("wrong", 4, 3, 6);
      AttentionForward k =
          new AttentionForward(f.q(), wrong, f.v(), f.keys(), 1, f.weights(), f.out());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().attention().forward(k))
          .withMessageContaining("[4, 3, 5]")
          .withMessageContaining("[4, 3, 6]");
      AttentionForward out =
          new AttentionForward(f.q(), f.k(), f.v(), f.keys(), 1, f.weights(), wrong);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> backend().attention().forward(out))
          .withMessageContaining("[2, 3, 3]")
          .withMessageContaining("[4, 3, 6]");
      assertThat(call.outcome().get("weights")).containsOnly(Double.NaN);
    }
  }
}
