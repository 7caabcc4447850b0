package dev.carousel.bench.peer.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import dev.carousel.bench.peer.djl.DjlEncoder.Encoded;
import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.row.Row;
import dev.carousel.bench.worker.DecodingRun;
import java.util.Arrays;

/**
 * Sentences translated step by step with DJL's arrays. What is chosen in a step comes to Java, as
 * it must to see whether sentences have ended; everything else stays in the engine.
 */
final class DjlDecoding extends DecodingRun {
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), DjlPeer.ENGINE);
  private final DjlEncoder encoder;
  private final NDArray table;
  private final NDArray outputBias;
  private final NDArray recurrent;
  private final NDArray recurrentBias;
  private final NDArray combine;
  private final NDArray combineBias;
  private final float[] mask = mask();
  private final float[] firstScores = firstScores();
  private final long[] sentences = sentences();
  private final long[] begins;

  /** What a step makes: h and c [rows, H], and the scores of all words [rows, V]. */
  private record Step(NDArray h, NDArray c, NDArray logits) {}

  DjlDecoding(Row row) {
    super(row);
    DjlWeights weights = new DjlWeights(manager, decoding);
    table = weights.get("source.weight");
    outputBias = weights.get("output.bias");
    recurrent = weights.joined("decoder.rnn.");
    recurrentBias = weights.bias("decoder.rnn.", "");
    combine = weights.get("decoder.combine.weight");
    combineBias = weights.get("decoder.combine.bias");
    encoder = new DjlEncoder(row, weights, table, timeMajorSources());
    begins = new long[decoding.rows()];
    Arrays.fill(begins, Decoding.BEGIN);
  }

  @Override
  public void run() {
    try (NDManager call = manager.newSubManager()) {
      Encoded encoded;
      try (NDManager reading = call.newSubManager()) {
        encoded = encoder.encode(reading);
        new NDList(encoded.keys(), encoded.values(), encoded.h(), encoded.c()).attach(call);
      }
      NDArray masked = call.create(mask, new Shape(row.batch(), 1, row.steps()));
      if (width == 1) {
        greedy(call, encoded, masked);
      } else {
        beam(call, encoded, masked);
      }
    }
  }

  private void greedy(NDManager call, Encoded encoded, NDArray masked) {
    NDList state = new NDList(encoded.h(), encoded.c(), call.create(begins));
    for (int t = 0; t < decoding.steps(); t++) {
      try (NDManager step = call.newSubManager()) {
        state.attach(step);
        Step made = step(state.get(2), state.get(0), state.get(1), encoded, masked);
        NDArray best = made.logits().argMax(1);
        long[] tokens = best.toLongArray();
        state = new NDList(made.h(), made.c(), best);
        state.attach(call);
        if (t < decoding.written()) {
          wrote(t, sentences, tokens);
        }
      }
    }
    endedGreedily();
  }

  private void beam(NDManager call, Encoded encoded, NDArray masked) {
    long[] parents = sentences;
    long[] tokens = begins;
    NDArray first = call.create(firstScores, new Shape(row.batch(), width));
    NDList state = new NDList(encoded.h(), encoded.c(), first);
    for (int t = 0; t < decoding.steps(); t++) {
      try (NDManager step = call.newSubManager()) {
        state.attach(step);
        NDArray from = step.create(parents);
        NDArray h = DjlEncoder.pick(state.get(0), from);
        NDArray c = DjlEncoder.pick(state.get(1), from);
        Step made = step(step.create(tokens), h, c, encoded, masked);
        NDArray totals = totals(made.logits(), state.get(2));
        if (t == decoding.written()) {
          ended(totals.get(":,:," + Decoding.END).toFloatArray());
          return;
        }
        NDList best =
            totals.reshape(row.batch(), (long) width * Decoding.WORDS).topK(width, 1, true, true);
        long[] chosen = best.get(1).toLongArray();
        parents = new long[chosen.length];
        tokens = new long[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
          parents[i] = (long) i / width * width + chosen[i] / Decoding.WORDS;
          tokens[i] = chosen[i] % Decoding.WORDS;
        }
        wrote(t, parents, tokens);
        state = new NDList(made.h(), made.c(), best.get(0));
        state.attach(call);
      }
    }
  }

  /** log P of all hypotheses with one more word, [N, B, V]. */
  private NDArray totals(NDArray logits, NDArray scores) {
    return logits
        .logSoftmax(1)
        .reshape(row.batch(), width, Decoding.WORDS)
        .addi(scores.expandDims(2));
  }

  private Step step(NDArray token, NDArray h, NDArray c, Encoded encoded, NDArray masked) {
    NDArray x = DjlEncoder.pick(table, token).concat(h, 1);
    NDArray gates = Linear.linear(x, recurrent, recurrentBias).head();
    NDList after = DjlLstm.step(gates, c);
    NDArray query = after.get(0).reshape(row.batch(), width, row.hidden());
    NDArray weights = query.batchMatMul(encoded.keys()).addi(masked).softmax(2);
    NDArray both =
        weights
            .batchMatMul(encoded.values())
            .concat(query, 2)
            .reshape(decoding.rows(), 3L * row.hidden());
    NDArray made = Linear.linear(both, combine, combineBias).head().tanh();
    NDArray logits = Linear.linear(made, table, outputBias).head();
    return new Step(after.get(0), after.get(1), logits);
  }

  @Override
  public void close() {
    manager.close();
  }
}
