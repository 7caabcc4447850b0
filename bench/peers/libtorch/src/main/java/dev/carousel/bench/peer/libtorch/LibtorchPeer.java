package dev.carousel.bench.peer.libtorch;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.Peer;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Precision;
import org.bytedeco.pytorch.global.torch;

/** PyTorch's modules for C++, through bytedeco's bindings. */
public final class LibtorchPeer implements Peer {
  /** Computes with this many threads. */
  public LibtorchPeer(int threads) {
    torch.set_num_threads(threads);
  }

  @Override
  public String describe() {
    return "libtorch, "
        + torch.get_num_threads()
        + " threads, CPU capability "
        + torch.get_cpu_capability().getString()
        + ", MKL "
        + torch.hasMKL()
        + ", oneDNN "
        + torch.hasMKLDNN();
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws RefusedRowException {
    return switch (row.task()) {
      case STEP, INFER, RAGGED, LONG, COLD -> new TorchInference(row);
      case TRAIN -> new TorchTraining(row);
      case PTB, CLASSIFIER, TAGGER -> new TorchModel(row);
      case GREEDY, BEAM -> throw new RefusedRowException("this adapter has no decoder");
    };
  }
}
