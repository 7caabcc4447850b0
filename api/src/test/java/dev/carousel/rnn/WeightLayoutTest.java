package dev.carousel.rnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class WeightLayoutTest {
  private static final RnnSpec TWO_WAYS =
      RnnSpec.of(Cell.LSTM, 3, 4)
          .withLayers(2)
          .withDirection(Direction.BIDIRECTIONAL)
          .withProjection(2);

  /**
   * {@code [(n, list(p.shape)) for n, p in torch.nn.LSTM(3, 4, 2, bidirectional=True, proj_size=2)}
   */
  @Test
  void blocksAreTheParametersOfPyTorchInItsOrder() {
    assertThat(WeightLayout.of(TWO_WAYS).blocks())
        .extracting(b -> b.name() + " " + b.shape())
        .containsExactly(
            "weight_ih_l0 [16, 3]",
            "weight_hh_l0 [16, 2]",
            "bias_ih_l0 [16]",
            "bias_hh_l0 [16]",
            "weight_hr_l0 [2, 4]",
            "weight_ih_l0_reverse [16, 3]",
            "weight_hh_l0_reverse [16, 2]",
            "bias_ih_l0_reverse [16]",
            "bias_hh_l0_reverse [16]",
            "weight_hr_l0_reverse [2, 4]",
            "weight_ih_l1 [16, 4]",
            "weight_hh_l1 [16, 2]",
            "bias_ih_l1 [16]",
            "bias_hh_l1 [16]",
            "weight_hr_l1 [2, 4]",
            "weight_ih_l1_reverse [16, 4]",
            "weight_hh_l1_reverse [16, 2]",
            "bias_ih_l1_reverse [16]",
            "bias_hh_l1_reverse [16]",
            "weight_hr_l1_reverse [2, 4]");
  }

  @Test
  void blocksFollowOneAnotherWithoutGaps() {
    WeightLayout layout = WeightLayout.of(TWO_WAYS);
    long at = 0;
    for (WeightBlock b : layout.blocks()) {
      assertThat(b.offset()).as(b.name()).isEqualTo(at);
      at += b.shape().size();
    }
    assertThat(layout.size()).isEqualTo(at).isEqualTo(2 * (48 + 32 + 32 + 8) + 2 * (64 + 32 + 40));
  }

  @Test
  void aLayersSliceIsLaidOutAsTheLayerAlone() {
    WeightLayout whole = WeightLayout.of(TWO_WAYS);
    WeightLayout second = WeightLayout.of(TWO_WAYS.layer(1));
    assertThat(whole.layerOffset(1)).isEqualTo(whole.layerSize(0));
    assertThat(whole.layerSize(1)).isEqualTo(second.size());
    for (int d = 0; d < 2; d++) {
      for (WeightRole role : WeightRole.values()) {
        assertThat(whole.block(1, d, role).offset() - whole.layerOffset(1))
            .isEqualTo(second.block(0, d, role).offset());
      }
    }
  }

  @Test
  void aBlockThatTheNetworkLacksIsNamed() {
    WeightLayout plain = WeightLayout.of(RnnSpec.of(Cell.GRU, 3, 4));
    assertThat(plain.blocks()).hasSize(4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain.block(0, 0, WeightRole.PROJECTION))
        .withMessageContaining("PROJECTION")
        .withMessageContaining("GRU");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> plain.block(0, 1, WeightRole.INPUT_WEIGHT))
        .withMessageContaining("direction 1");
  }
}
