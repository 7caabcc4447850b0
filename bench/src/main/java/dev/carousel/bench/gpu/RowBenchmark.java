package dev.carousel.bench.gpu;

import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.Sequences;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Pass;
import dev.carousel.spi.Replay;
import dev.carousel.spi.RnnBackward;
import dev.carousel.spi.RnnForward;
import dev.carousel.spi.RnnPlan;
import dev.carousel.spi.RnnWeights;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Times one row on one backend, on random data. */
final class RowBenchmark implements AutoCloseable {
  private static final int WARM = 3;
  private static final int ROUNDS = 5;
  private static final int PIECE = 1 << 20;

  private final Backend backend;
  private final BenchRow row;
  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Storage> storages = new ArrayList<>();

  RowBenchmark(Backend backend, BenchRow row) {
    this.backend = backend;
    this.row = row;
  }

  RowTimes run() {
    RnnSpec spec = row.spec();
    int size = Math.toIntExact(WeightLayout.of(spec).size());
    try (RnnWeights weights =
            backend.rnn().pack(spec, random(1 / Math.sqrt(spec.hiddenSize()), size));
        RnnPlan inference = plan(Pass.INFERENCE);
        RnnPlan training = plan(Pass.TRAINING)) {
      RnnForward forward = forward(inference, weights);
      RnnBackward backward = backward(forward(training, weights), size);
      Runnable step =
          () -> {
            training.forward(backward.forward());
            training.backward(backward);
          };
      double inferenceMillis = millis(() -> inference.forward(forward));
      double trainingMillis = millis(step);
      try (Replay replay = backend.capture().record(step)) {
        double replayed = millis(replay::launch);
        return new RowTimes(
            row.words(),
            inferenceMillis,
            trainingMillis,
            replayed,
            hostMillis(replay),
            row.forwardFlops() / inferenceMillis / 1e9,
            training.describe());
      }
    }
  }

  private RnnPlan plan(Pass pass) {
    return backend.rnn().plan(row.spec(), row.steps(), row.batch(), pass);
  }

  private RnnForward forward(RnnPlan plan, RnnWeights weights) {
    RnnSpec spec = row.spec();
    Tensor x = random(1, spec.inputShape(row.steps(), row.batch()).dims());
    long reserve = plan.reserveBytes();
    return new RnnForward(
        new Sequences(x, Lengths.full(row.steps(), row.batch())),
        null,
        weights,
        empty(DType.F32, spec.outputShape(row.steps(), row.batch())),
        null,
        reserve == 0 ? null : bytes(reserve),
        bytes(plan.workBytes()));
  }

  private RnnBackward backward(RnnForward forward, int weights) {
    RnnSpec spec = row.spec();
    return new RnnBackward(
        forward,
        random(1, spec.outputShape(row.steps(), row.batch()).dims()),
        null,
        empty(DType.F32, spec.inputShape(row.steps(), row.batch())),
        null,
        empty(DType.F32, Shape.of(weights)));
  }

  private Tensor bytes(long size) {
    return empty(DType.BYTE, Shape.of(Math.toIntExact(size)));
  }

  private Tensor empty(DType type, Shape shape) {
    Storage storage = backend.memory().allocate(type, shape.size());
    storages.add(storage);
    return new Tensor(storage, 0, shape);
  }

  /** Uniform in [−bound, bound]; one million different numbers, then again. */
  private Tensor random(double bound, int... dims) {
    Tensor t = empty(DType.F32, Shape.of(dims));
    float[] piece = new float[(int) Math.min(PIECE, t.size())];
    for (int i = 0; i < piece.length; i++) {
      piece[i] = (float) ((2 * random.nextDouble() - 1) * bound);
    }
    for (long at = 0; at < t.size(); at += piece.length) {
      int n = (int) Math.min(piece.length, t.size() - at);
      backend.memory().upload(piece, 0, t.slice(at, Shape.of(n)));
    }
    return t;
  }

  /** The median of rounds that are long enough to be timed by the host. */
  private double millis(Runnable call) {
    for (int i = 0; i < WARM; i++) {
      call.run();
    }
    backend.memory().await();
    long start = System.nanoTime();
    call.run();
    backend.memory().await();
    double once = (System.nanoTime() - start) / 1e6;
    int runs = (int) Math.max(2, Math.min(200, 20 / Math.max(once, 0.01)));
    double[] rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      start = System.nanoTime();
      for (int run = 0; run < runs; run++) {
        call.run();
      }
      backend.memory().await();
      rounds[i] = (System.nanoTime() - start) / 1e6 / runs;
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  /** How long a launch keeps the host, the device idle before it. */
  private double hostMillis(Replay replay) {
    double[] rounds = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      backend.memory().await();
      long start = System.nanoTime();
      replay.launch();
      rounds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  @Override
  public void close() {
    backend.memory().await();
    storages.forEach(Storage::close);
  }
}
