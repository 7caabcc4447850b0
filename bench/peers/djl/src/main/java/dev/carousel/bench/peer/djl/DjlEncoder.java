package dev.carousel.bench.peer.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.row.Row;

/**
 * Reads sentences of different lengths. DJL's recurrent blocks take no lengths and give no cell
 * state before the last step, so both directions are computed here with its arrays, as one batch:
 * one product for the inputs of all steps, one of both states in each.
 */
final class DjlEncoder {
  private final Row row;
  private final NDArray table;
  private final NDArray input;
  private final NDArray hidden;
  private final NDArray bias;
  private final NDArray key;
  private final NDArray[] bridges;
  private final long[] ids;
  private final long[] unreversed;
  private final long[] last;

  /** What the decoder reads: keys [N, H, T], values [N, T, 2H], h and c [N, H]. */
  record Encoded(NDArray keys, NDArray values, NDArray h, NDArray c) {}

  /**
   * @param sources ids, [T, N]
   */
  DjlEncoder(Row row, DjlWeights weights, NDArray table, long[] sources) {
    this.row = row;
    this.table = table;
    Decoding decoding = row.decoding();
    input = weights.bothWays("weight_ih");
    hidden = weights.bothWays("weight_hh");
    bias = weights.bothBiases();
    key = weights.get("decoder.attention.key.weight");
    bridges =
        new NDArray[] {
          weights.get("bridge.h0.weight"),
          weights.get("bridge.h0.bias"),
          weights.get("bridge.c0.weight"),
          weights.get("bridge.c0.bias")
        };
    int[] lengths = decoding.lengths();
    int t = row.steps();
    int n = row.batch();
    ids = new long[2 * t * n];
    unreversed = new long[t * n];
    last = new long[2 * n];
    for (int i = 0; i < n; i++) {
      for (int s = 0; s < t; s++) {
        int from = s < lengths[i] ? lengths[i] - 1 - s : s;
        unreversed[s * n + i] = (long) from * n + i;
        ids[s * n + i] = sources[s * n + i];
        ids[t * n + s * n + i] = sources[from * n + i];
      }
      last[2 * i] = (lengths[i] - 1L) * 2 * n + i;
      last[2 * i + 1] = last[2 * i] + n;
    }
  }

  Encoded encode(NDManager call) {
    int t = row.steps();
    int n = row.batch();
    int h = row.hidden();
    NDArray x = pick(table, call.create(ids)).reshape(2, (long) t * n, h);
    NDArray gates = x.batchMatMul(input).addi(bias).reshape(2, t, n, 4L * h).transpose(1, 0, 2, 3);
    NDArray state = call.zeros(new Shape(2, n, h));
    NDArray cell = state;
    NDList states = new NDList(t);
    NDList cells = new NDList(t);
    for (int s = 0; s < t; s++) {
      NDList step = DjlLstm.step(gates.get(s).add(state.batchMatMul(hidden)), cell);
      state = step.get(0);
      cell = step.get(1);
      states.add(state);
      cells.add(cell);
    }
    NDArray all = NDArrays.stack(states);
    NDArray values = values(call, all);
    NDArray keys = Linear.linear(values, key).head().transpose(0, 2, 1);
    return new Encoded(
        keys, values, bridge(call, all, 0).tanh(), bridge(call, NDArrays.stack(cells), 2));
  }

  /** Of [T, 2, N, H] the states of both directions at each token, [N, T, 2H]. */
  private NDArray values(NDManager call, NDArray all) {
    int t = row.steps();
    int n = row.batch();
    int h = row.hidden();
    NDArray backward = all.get(":,1").reshape((long) t * n, h);
    NDArray right = pick(backward, call.create(unreversed)).reshape(t, n, h);
    return all.get(":,0").concat(right, 2).transpose(1, 0, 2);
  }

  private NDArray bridge(NDManager call, NDArray all, int weights) {
    NDArray rows = all.reshape(2L * row.steps() * row.batch(), row.hidden());
    NDArray both = pick(rows, call.create(last)).reshape(row.batch(), 2L * row.hidden());
    return Linear.linear(both, bridges[weights], bridges[weights + 1]).head();
  }

  /** Rows of a matrix. */
  static NDArray pick(NDArray rows, NDArray numbers) {
    return Embedding.embedding(numbers, rows, SparseFormat.DENSE).head();
  }
}
