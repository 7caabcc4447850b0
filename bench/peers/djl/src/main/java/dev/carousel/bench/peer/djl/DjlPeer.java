package dev.carousel.bench.peer.djl;

import ai.djl.engine.Engine;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.Peer;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;

/**
 * DJL's recurrent blocks on its PyTorch engine. The engine takes its threads from the environment,
 * where the benchmark put them.
 */
public final class DjlPeer implements Peer {
  /** The name of the engine. */
  static final String ENGINE = "PyTorch";

  private final Engine engine;

  /**
   * Loads the engine.
   *
   * @param threads the same number as in the environment
   */
  public DjlPeer(int threads) {
    System.setProperty("ai.djl.offline", "true"); // the natives are on the class path
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(threads));
    System.setProperty("OPT_OUT_TRACKING", "true");
    engine = Engine.getEngine(ENGINE);
  }

  @Override
  public String describe() {
    return "DJL "
        + Engine.getDjlVersion()
        + ", "
        + engine.getEngineName()
        + " "
        + engine.getVersion()
        + ", "
        + System.getProperty("ai.djl.pytorch.num_threads")
        + " threads";
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws RefusedRowException {
    if (row.task() == Task.RAGGED) {
      throw new RefusedRowException("DJL's recurrent blocks take no lengths");
    }
    if (row.direction() == Direction.BIDIRECTIONAL && !row.task().decodes()) {
      // All weights of both directions, then all biases: PyTorch wants them direction by direction,
      // reads past their ends, and the process ends in a corrupted heap.
      throw new RefusedRowException(
          "DJL hands PyTorch the parameters of two directions in the wrong order");
    }
    return switch (row.task()) {
      case STEP, INFER, RAGGED, LONG, COLD -> new DjlInference(row);
      case GREEDY, BEAM -> new DjlDecoding(row);
      case TRAIN -> new DjlTraining(row);
      case PTB, CLASSIFIER, TAGGER -> new DjlModel(row);
    };
  }
}
