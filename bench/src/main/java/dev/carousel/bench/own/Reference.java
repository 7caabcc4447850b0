package dev.carousel.bench.own;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Answer;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;

/**
 * What a row computes, by the reference backend in double precision. Whole models are computed
 * kernel by kernel, since core's parameters are single; what is translated by loops that use
 * neither.
 */
public final class Reference {
  private Reference() {}

  /**
   * The right answer of a row, rounded to single precision at the end.
   *
   * @param threads the most to compute with
   */
  public static Answer answer(Row row, int threads) throws Exception {
    if (row.task().decodes()) {
      return new DoubleTranslation(row.decoding()).answer();
    }
    try (Backend backend = Backends.named("reference", threads)) {
      if (row.task().wholeModel()) {
        return new DoubleModel(backend, row).losses();
      }
      try (Exercise exercise = CarouselPeer.exercise(backend, row, Precision.F64)) {
        return exercise.answer();
      }
    }
  }
}
