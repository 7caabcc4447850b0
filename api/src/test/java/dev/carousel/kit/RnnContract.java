package dev.carousel.kit;

import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCases;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.RnnSpec;
import java.util.stream.Stream;

/** The recurrent cases that the rules' tests share. */
public interface RnnContract extends BackendContract {
  /** Cases in which every two of their properties meet. */
  default Stream<RnnCase> rnnCases() {
    return precisions().stream().flatMap(p -> RnnCases.pairwise(p).stream());
  }

  /** A sample of the whole product of properties. */
  default Stream<RnnCase> manyRnnCases() {
    return precisions().stream().flatMap(p -> RnnCases.sample(300, p).stream());
  }

  /** Two small layers of every kind, one way and both ways. */
  default Stream<RnnSpec> rnnSpecs() {
    return precisions().stream()
        .flatMap(p -> RnnCases.kinds(5, 7, p).stream())
        .map(spec -> spec.withLayers(2))
        .flatMap(spec -> Stream.of(Direction.values()).map(spec::withDirection));
  }

  /** Every kind of network, both ways. */
  default Stream<RnnSpec> wideSpecs() {
    return RnnCases.kinds(16, 32, precisions().get(0)).stream()
        .map(s -> s.withDirection(Direction.BIDIRECTIONAL).withLayers(2));
  }
}
