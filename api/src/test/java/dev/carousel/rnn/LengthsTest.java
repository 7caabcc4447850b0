package dev.carousel.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carousel.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LengthsTest {
  @Test
  void aFullBatchNeedsNoTensor() {
    Lengths full = Lengths.full(5, 3);
    assertThat(full.full()).isTrue();
    assertThat(full.host(2)).isEqualTo(5);
    assertThat(full.at(2)).isEqualTo(5);
    assertThat(full).hasToString("all of 5");
    assertThatIllegalStateException().isThrownBy(full::device);
  }

  @Test
  void theTensorIsReadNowAndTheHostCopyIsFromWhenTheBatchWasBuilt() {
    int[] now = {3, 0};
    Lengths lengths = Lengths.of(5, new int[] {3, 0}, Tensor.of(now, 2));
    now[1] = 4;
    assertThat(lengths.at(1)).isEqualTo(4);
    assertThat(lengths.host(1)).isZero();
    assertThat(lengths).hasToString("[3, 0] of 5");
  }

  @Test
  void aLengthOutOfRangeIsNamedWithItsRow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lengths.onHost(5, 3, 6))
        .withMessage("length of row 1 must be 0 to 5, not 6");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lengths.onHost(5, -1))
        .withMessage("length of row 0 must be 0 to 5, not -1");
  }

  @Test
  void sequencesAndLengthsMustAgree() {
    Tensor x = Tensor.of(new float[24], 4, 3, 2);
    assertThat(new Sequences(x, Lengths.full(4, 3)).values()).isEqualTo(x);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Sequences(x, Lengths.full(3, 4)))
        .withMessage("sequences of shape [4, 3, 2] do not go with lengths of 3 steps and 4 rows");
  }
}
