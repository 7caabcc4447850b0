package dev.carousel.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carousel.kit.run.PackedRnn;
import dev.carousel.kit.run.RnnCall;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.kit.run.RnnData;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Pass;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the host starts does not grow with the work. */
class HostWorkTest {
  private static List<String> launches(RnnSpec spec, int steps, LengthPattern lengths) {
    try (Emulation emulation = Emulation.open(Chunks.LIMIT)) {
      RnnCase c = RnnCase.of(spec, steps, 2, lengths, 1);
      RnnData data = RnnData.of(c);
      try (PackedRnn rnn = new PackedRnn(emulation.backend, c, data, Pass.TRAINING);
          RnnCall call = new RnnCall(rnn, c, data)) {
        emulation.driver.launches().clear();
        call.run();
        rnn.weights().refresh();
        return List.copyOf(emulation.driver.launches());
      }
    }
  }

  @Test
  void the_kernels_started_are_the_same_for_few_steps_and_for_many() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 3, 4);
    for (LengthPattern lengths : List.of(LengthPattern.FULL, LengthPattern.RAGGED)) {
      assertThat(launches(spec, 40, lengths)).isEqualTo(launches(spec, 2, lengths));
    }
  }

  @Test
  void full_batches_start_the_same_kernels_whatever_the_number_of_layers() {
    RnnSpec spec = RnnSpec.of(Cell.LSTM, 3, 4);
    assertThat(launches(spec.withLayers(3), 5, LengthPattern.FULL))
        .isEqualTo(launches(spec, 5, LengthPattern.FULL))
        .containsExactly("unpack_add_f32", "pack_f32", "pack_f32");
  }
}
