package dev.carousel.bench.peer.onnxruntime;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import dev.carousel.bench.onnx.RnnModel;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.Exercise;
import dev.carousel.bench.worker.Peer;
import dev.carousel.bench.worker.RefusedRowException;
import dev.carousel.rnn.Precision;

/** ONNX Runtime's CPU provider on a model file of one recurrent network. */
public final class OnnxRuntimePeer implements Peer {
  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final int threads;

  /** Computes with this many threads. */
  public OnnxRuntimePeer(int threads) {
    this.threads = threads;
  }

  @Override
  public String describe() {
    return "ONNX Runtime " + environment.getVersion() + ", " + threads + " intra-op threads";
  }

  @Override
  public Exercise prepare(Row row, Precision precision) throws OrtException, RefusedRowException {
    if (row.task().trains()) {
      throw new RefusedRowException("the onnxruntime package computes no gradients");
    }
    if (row.task().carriesState() && row.layers() > 1) {
      throw new RefusedRowException("this adapter carries the state of one layer only");
    }
    SessionOptions options = new SessionOptions();
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    if (row.task().decodes()) {
      return new OnnxDecoding(environment, options, row);
    }
    OrtSession session = environment.createSession(RnnModel.of(row), options);
    return new OnnxRun(environment, session, row);
  }
}
