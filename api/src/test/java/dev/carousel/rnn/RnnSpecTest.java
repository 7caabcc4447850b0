package dev.carousel.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carousel.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RnnSpecTest {
  private static final RnnSpec SPEC =
      RnnSpec.of(Cell.LSTM, 5, 8)
          .withLayers(3)
          .withDirection(Direction.BIDIRECTIONAL)
          .withProjection(2);

  @Test
  void everyShapeFollowsFromTheSizes() {
    assertThat(SPEC.inputShape(7, 4)).isEqualTo(Shape.of(7, 4, 5));
    assertThat(SPEC.outputShape(7, 4)).isEqualTo(Shape.of(7, 4, 4));
    assertThat(SPEC.hiddenShape(4)).isEqualTo(Shape.of(6, 4, 2));
    assertThat(SPEC.cellShape(4)).isEqualTo(Shape.of(6, 4, 8));
    assertThat(SPEC.gateRows()).isEqualTo(32);
    assertThat(SPEC.withProjection(0).outputSize()).isEqualTo(16);
  }

  @Test
  void aLayerAloneReadsTheOutputsOfTheOneBefore() {
    assertThat(SPEC.layer(0)).isEqualTo(SPEC.withLayers(1));
    assertThat(SPEC.layer(2).inputSize()).isEqualTo(4);
    assertThat(SPEC.layer(2).layers()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 1", "1, 0, 1", "1, 1, 0"})
  void sizesBelowOneAreRefused(int input, int hidden, int layers) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RnnSpec.of(Cell.GRU, input, hidden).withLayers(layers))
        .withMessageContaining("at least 1");
  }

  @Test
  void aProjectionMustBeSmallerAndOfAnLstm() {
    RnnSpec lstm = RnnSpec.of(Cell.LSTM, 5, 8);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> lstm.withProjection(8))
        .withMessageContaining("hidden size 8");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RnnSpec.of(Cell.GRU, 5, 8).withProjection(2))
        .withMessageContaining("GRU");
  }
}
