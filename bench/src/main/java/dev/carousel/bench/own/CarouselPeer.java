package dev.carousel.bench.own;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.Peer;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import dev.carousel.spi.Pass;
import dev.carousel.spi.UnsupportedSpecException;

/** The backend {@code cpu}, used as any program would use it. */
public final class CarouselPeer implements Peer {
  private final Backend backend;

  /** Opens the backend with this many threads. */
  public CarouselPeer(int threads) {
    backend = Backends.named("cpu", threads);
  }

  @Override
  public String describe() {
    return String.valueOf(backend.describe());
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws RefusedRowException {
    if (row.task().decodes() && precision != Precision.F32) {
      throw new RefusedRowException(
          "translations are compared token by token, and another arithmetic writes other tokens");
    }
    try {
      return exercise(backend, row, precision);
    } catch (UnsupportedSpecException e) {
      throw new RefusedRowException(String.valueOf(e.getMessage()));
    }
  }

  /** The row on any backend; {@code F64} only where there is no model around the network. */
  static Exercise exercise(Backend backend, Row row, Precision precision) {
    return switch (row.task()) {
      case STEP, LONG, INFER, RAGGED, COLD ->
          new SequenceRun(new Network(backend, row, precision, Pass.INFERENCE));
      case TRAIN -> new TrainingRun(new Network(backend, row, precision, Pass.TRAINING));
      case PTB, CLASSIFIER, TAGGER -> new ModelRun(backend, row, precision);
      case GREEDY, BEAM -> new TranslationRun(backend, row);
    };
  }

  @Override
  public void close() {
    backend.close();
  }
}
