package dev.carousel.cpu.fused;

import dev.carousel.cpu.onednn.NativeStorage;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.Sequences;
import dev.carousel.spi.CrfKernels;
import dev.carousel.spi.CrfLoss;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Linear chains over F32 scores, computed in double. Labels are checked here, where a message can
 * name them.
 *
 * @param engine the threads and the instruction set
 * @param others for scores of another type
 */
record FusedCrfKernels(long engine, CrfKernels others) implements CrfKernels {
  @Override
  public long workBytes(int steps, int batch, int labels) {
    return Math.max(
        NativeSequences.crfWorkBytes(engine, steps, batch, labels),
        others.workBytes(steps, batch, labels));
  }

  @Override
  public void loss(CrfLoss io) {
    Tensor emissions = io.emissions().values();
    if (emissions.type() != DType.F32) {
      others.loss(io);
      return;
    }
    Lengths lengths = io.emissions().lengths();
    int labels = emissions.shape().dim(2);
    long work = requireFits(io.emissions(), io.transitions(), io.work());
    requireOutputs(io);
    int @Nullable [] ends = HostLengths.of(lengths); // checked before gold labels are looked up
    int rows = countRows(io.gold(), lengths, labels);
    double loss =
        NativeSequences.crfLoss(
            engine,
            lengths.maxSteps(),
            lengths.batch(),
            labels,
            ends,
            HostLengths.at(lengths),
            Floats.of(emissions),
            emissions.heapOffset(),
            Floats.of(io.transitions()),
            io.transitions().heapOffset(),
            io.gold().heap().ints(),
            io.gold().heapOffset(),
            rows > 0 ? io.scale() / rows : 0,
            Floats.ofNullable(io.dEmissions()),
            Floats.at(io.dEmissions()),
            Floats.ofNullable(io.dTransitions()),
            Floats.at(io.dTransitions()),
            work);
    LossResult.write(io.loss(), loss, rows);
  }

  private static void requireOutputs(CrfLoss io) {
    LossResult.require(io.loss());
    Tensor emissions = io.emissions().values();
    requireLike("dEmissions", io.dEmissions(), emissions);
    requireLike("dTransitions", io.dTransitions(), io.transitions());
    if (io.dEmissions() != null) {
      Overlap.requireNone("emissions", emissions, "dEmissions", io.dEmissions());
    }
  }

  private static void requireLike(String name, @Nullable Tensor t, Tensor other) {
    if (t != null) {
      t.require(name, DType.F32, other.shape().dims());
    }
  }

  /** Checks the labels within the lengths; returns the number of rows that have any. */
  private static int countRows(Tensor gold, Lengths lengths, int labels) {
    int batch = lengths.batch();
    gold.require("gold", DType.I32, lengths.maxSteps(), batch);
    int[] all = gold.heap().ints();
    int rows = 0;
    for (int n = 0; n < batch; n++) {
      int length = lengths.at(n);
      for (int t = 0; t < length; t++) {
        int label = all[gold.heapOffset() + t * batch + n];
        if (label < 0 || label >= labels) {
          throw new IllegalArgumentException(
              "gold label of step %d, row %d must be 0 to %d, not %d"
                  .formatted(t, n, labels - 1, label));
        }
      }
      rows += length > 0 ? 1 : 0;
    }
    return rows;
  }

  @Override
  public void viterbi(
      Sequences emissions, Tensor transitions, Tensor path, Tensor score, Tensor work) {
    Tensor values = emissions.values();
    if (values.type() != DType.F32) {
      others.viterbi(emissions, transitions, path, score, work);
      return;
    }
    Lengths lengths = emissions.lengths();
    long scratch = requireFits(emissions, transitions, work);
    path.require("path", DType.I32, lengths.maxSteps(), lengths.batch());
    score.require("score", DType.F32, lengths.batch());
    NativeSequences.crfViterbi(
        engine,
        lengths.maxSteps(),
        lengths.batch(),
        values.shape().dim(2),
        HostLengths.of(lengths),
        HostLengths.at(lengths),
        Floats.of(values),
        values.heapOffset(),
        Floats.of(transitions),
        transitions.heapOffset(),
        path.heap().ints(),
        path.heapOffset(),
        Floats.of(score),
        score.heapOffset(),
        scratch);
  }

  /** Checks the scores and the scratch; returns the scratch's address. */
  private long requireFits(Sequences emissions, Tensor transitions, Tensor work) {
    int labels = emissions.values().shape().dim(2);
    transitions.require("transitions", DType.F32, labels + 2, labels);
    Lengths lengths = emissions.lengths();
    long bytes = workBytes(lengths.maxSteps(), lengths.batch(), labels);
    if (work.type() != DType.BYTE || work.size() < bytes) {
      throw new IllegalArgumentException(
          "work must be a BYTE tensor of at least %d elements, not %s %s"
              .formatted(bytes, work.type(), work.shape()));
    }
    return NativeStorage.address("work", work);
  }
}
