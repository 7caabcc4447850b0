package dev.carousel.reference;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every cell × direction × one and two layers × with and without projection, in double. */
final class RnnSpecs {
  private RnnSpecs() {}

  static Stream<RnnSpec> all() {
    List<RnnSpec> specs = new ArrayList<>();
    for (Cell cell : Cell.values()) {
      for (Direction direction : Direction.values()) {
        for (int layers = 1; layers <= 2; layers++) {
          RnnSpec spec =
              RnnSpec.of(cell, 3, 5)
                  .withLayers(layers)
                  .withDirection(direction)
                  .withPrecision(Precision.F64);
          specs.add(spec);
          if (cell == Cell.LSTM) {
            specs.add(spec.withProjection(2));
          }
        }
      }
    }
    return specs.stream();
  }
}
