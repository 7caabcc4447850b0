package dev.carousel.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carousel.kit.run.Outcome;
import dev.carousel.kit.run.Tolerance;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.tensor.DType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What every group of tests knows of the backend it judges. */
public interface BackendContract {
  /** The backend, open for as long as the tests run. */
  Backend backend();

  /** The arithmetics that it trains in; it must refuse all others but {@link #untrained}. */
  default List<Precision> precisions() {
    return List.of(Precision.F32, Precision.F64);
  }

  /** Those that it offers for inference alone. */
  default List<Precision> untrained() {
    return List.of();
  }

  /** Those it does not offer. */
  default Stream<Precision> foreignPrecisions() {
    return Stream.of(Precision.values())
        .filter(p -> !precisions().contains(p) && !untrained().contains(p));
  }

  /**
   * Why this backend is known to refuse a network, empty if it must run it. Tests of such a network
   * are skipped with this reason; the tests of rule R9 check that it is indeed refused.
   *
   * @param spec of one of the {@link #precisions}
   */
  default Optional<String> refusal(RnnSpec spec) {
    return Optional.empty();
  }

  /** How far its results may be from the oracle's. */
  default Tolerance tolerance(Precision precision) {
    return Tolerance.of(precision);
  }

  /** The types of the tensors that its other kernels compute with. */
  default Stream<DType> types() {
    return precisions().stream().map(Precision::storage).distinct();
  }

  /** Tolerance of the kernels that have no precision of their own. */
  default Tolerance tolerance(DType type) {
    return Tolerance.of(type == DType.F64 ? Precision.F64 : Precision.F32);
  }

  /** Bytes of small objects that a call may leave to the garbage collector, whatever its size. */
  default long heapBytesPerCall() {
    return 4096;
  }

  /** Skips the test, visibly, if the backend is known to refuse {@code spec}. */
  default void assumeRuns(RnnSpec spec) {
    Optional<String> refusal = refusal(spec);
    assumeTrue(refusal.isEmpty(), () -> "refused: " + refusal.orElseThrow() + ": " + spec);
  }

  /** Asserts that every tensor of {@code got} is what it is in {@code want}. */
  static void assertClose(Object what, Outcome got, Outcome want, Tolerance tolerance) {
    assertThat(got.beyond(tolerance, want)).as("deviations in %s", what).isEmpty();
  }

  /** Asserts that two outcomes have the same tensors with the same bits. */
  static void assertSameBits(Object what, Outcome got, Outcome want) {
    assertThat(got.names()).as("%s", what).isEqualTo(want.names());
    assertThat(got.differing(want)).as("tensors with other bits in %s", what).isEmpty();
  }
}
