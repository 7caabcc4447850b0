package dev.carousel.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ParameterSetTest {
  private final Backend backend = Backends.named("reference");
  private final ParameterSet.Builder set = ParameterSet.builder();

  @AfterEach
  void close() {
    backend.close();
  }

  private float[] values(long seed, String... names) {
    ParameterSet.Builder declared = ParameterSet.builder();
    for (String name : names) {
      declared.declare(name, Init.uniform(1), 50);
    }
    try (ParameterSet built = declared.build(backend, seed)) {
      return Data.floats(built.parameter(names[names.length - 1]).value());
    }
  }

  @Test
  void parametersHavePyTorchsNamesAndOrder() {
    set.declareRnn(
        "encoder",
        RnnSpec.of(Cell.GRU, 2, 3).withDirection(Direction.BIDIRECTIONAL),
        0,
        RnnInit.DEFAULT);
    set.declareLinear("out", 6, 2, Init.xavier());
    try (ParameterSet built = set.build(backend, 1)) {
      assertThat(built.parameters())
          .extracting(p -> p.name() + " " + p.shape() + " " + p.offset())
          .containsExactly(
              "encoder.weight_ih_l0 [9, 2] 0",
              "encoder.weight_hh_l0 [9, 3] 18",
              "encoder.bias_ih_l0 [9] 45",
              "encoder.bias_hh_l0 [9] 54",
              "encoder.weight_ih_l0_reverse [9, 2] 63",
              "encoder.weight_hh_l0_reverse [9, 3] 81",
              "encoder.bias_ih_l0_reverse [9] 108",
              "encoder.bias_hh_l0_reverse [9] 117",
              "out.weight [2, 6] 126",
              "out.bias [2] 138");
      assertThat(built.values().size()).isEqualTo(140);
    }
  }

  @Test
  void aNameCanBeTakenOnce() {
    set.declareLinear("out", 6, 2, Init.xavier());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> set.declare("out.bias", Init.constant(0), 3))
        .withMessage("two parameters are called out.bias");
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnes() {
    set.declare("p", Init.constant(0), 3);
    try (ParameterSet built = set.build(backend, 1)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> built.parameter("q"))
          .withMessage("no parameter q in [p]");
    }
  }

  @Test
  void aParameterStartsAlikeWhateverIsAddedToTheModel() {
    assertThat(values(1, "a", "b", "p")).containsExactly(values(1, "p"));
  }

  @Test
  void seedsAndNamesStartApart() {
    float[] p = values(1, "p");
    assertThat(values(1, "q")).isNotEqualTo(p);
    assertThat(values(2, "p")).isNotEqualTo(p);
  }

  /** Generators whose states differ by their common increment draw the same numbers, shifted. */
  @Test
  void neighbouringSeedsAreNotShiftedCopies() {
    float[] first = values(1, "p");
    for (long seed = 2; seed < 6; seed++) {
      for (float v : values(seed, "p")) {
        assertThat(first).doesNotContain(v);
      }
    }
  }

  @Test
  void valuesComeBackAsTheyWereUploaded() {
    Parameter p = set.declare("p", Init.constant(2), 2);
    try (ParameterSet built = set.build(backend, 1)) {
      assertThat(built.download()).containsExactly(2, 2);
      built.upload(new float[] {3, 4});
      assertThat(Data.floats(p.value())).containsExactly(3, 4);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> built.upload(new float[3]))
          .withMessage("3 values for a set of 2 parameters");
    }
  }

  @Test
  void aClosedSetSaysSoAndMayBeClosedAgain() {
    Parameter p = set.declare("p", Init.constant(2), 2);
    ParameterSet built = set.build(backend, 1);
    built.close();
    built.close();
    assertThatIllegalStateException().isThrownBy(p::value).withMessageContaining("closed");
    assertThatIllegalStateException().isThrownBy(built::gradients).withMessageContaining("closed");
  }

  @Test
  void aSetIsBuiltOnce() {
    set.declare("p", Init.constant(2), 2);
    try (ParameterSet built = set.build(backend, 1)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> set.build(backend, 1))
          .withMessageContaining("built before");
      assertThat(built.download()).containsExactly(2, 2);
    }
  }

  @Test
  void aParameterIsUnusableBeforeItsSetIsBuilt() {
    Parameter p = set.declare("p", Init.constant(2), 2);
    assertThatIllegalStateException().isThrownBy(p::value).withMessageContaining("p is used");
  }
}
