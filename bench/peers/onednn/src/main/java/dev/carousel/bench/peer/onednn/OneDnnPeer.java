package dev.carousel.bench.peer.onednn;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.Peer;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Precision;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.dnnl.global.dnnl;

/**
 * One rnn primitive a layer, nothing around it. OpenMP takes its threads from the environment,
 * where the benchmark put them.
 */
public final class OneDnnPeer implements Peer {
  private final int threads;

  /**
   * Loads oneDNN.
   *
   * @param threads the same number as in the environment
   */
  public OneDnnPeer(int threads) {
    this.threads = threads;
    dnnl.dnnl_version();
  }

  @Override
  public String describe() {
    dnnl_version_t v = dnnl.dnnl_version();
    return "oneDNN %d.%d.%d, %s, %d threads"
        .formatted(v.major(), v.minor(), v.patch(), dnnl.get_effective_cpu_isa(), threads);
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws RefusedRowException {
    if (row.task() == Task.RAGGED) {
      throw new RefusedRowException("oneDNN's rnn primitive knows no lengths");
    }
    if (row.task().decodes()) {
      throw new RefusedRowException("a primitive is no model: it translates nothing");
    }
    if (row.task().wholeModel()) {
      throw new RefusedRowException("a primitive is no model: there is no optimizer beside it");
    }
    if (row.task().carriesState() && row.layers() > 1) {
      throw new RefusedRowException("this adapter carries the state of one layer only");
    }
    return row.task() == Task.TRAIN
        ? new DnnlTraining(row, precision)
        : new DnnlInference(row, precision);
  }
}
