package dev.carousel.bench.peer.dl4j;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.Peer;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Deeplearning4j's layers on nd4j-native, which takes its threads from the environment, where the
 * benchmark put them.
 */
public final class Dl4jPeer implements Peer {
  private final int threads;

  /**
   * Loads the natives.
   *
   * @param threads the same number as in the environment
   */
  public Dl4jPeer(int threads) {
    this.threads = threads;
    Nd4j.getEnvironment().setMaxMasterThreads(threads);
  }

  @Override
  public String describe() {
    return "Deeplearning4j on "
        + Nd4j.getBackend().getClass().getSimpleName()
        + ", "
        + threads
        + " threads, build "
        + NativeOpsHolder.getInstance().getDeviceNativeOps().buildInfo();
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws RefusedRowException {
    if (row.cell() != Cell.LSTM) {
      throw new RefusedRowException("Deeplearning4j has no GRU layer");
    }
    if (row.task().carriesState() && row.layers() > 1) {
      throw new RefusedRowException("this adapter carries the state of one layer only");
    }
    return switch (row.task()) {
      case STEP, INFER, RAGGED, LONG, COLD -> new Dl4jInference(row);
      case TRAIN -> new Dl4jTraining(row);
      case PTB, CLASSIFIER, TAGGER -> new Dl4jModel(row);
      case GREEDY, BEAM -> throw new RefusedRowException("this adapter has no decoder");
    };
  }
}
