package dev.carousel.nn;

import dev.carousel.autograd.Data;
import dev.carousel.autograd.LossOptions;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.Recurrence;
import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One layer with fixed data, its loss on a tape and the same loss in double: the mean cross entropy
 * of all of y, of the last h and, for an LSTM, of the last c, read as scores.
 */
record VariantCase(String name, Cell cell, CellVariant variant, Direction direction, boolean full) {
  static final int T = 4;
  static final int N = 3;
  static final int C = 2;
  static final int H = 3;

  /** All inputs of the loss, in double: x, h and c before, the parameters. */
  record Values(Map<String, double[]> all) {
    double[] get(String name) {
      return all.get(name);
    }
  }

  RnnSpec spec() {
    return RnnSpec.of(cell, C, H).withDirection(direction);
  }

  private int[] lengths() {
    return full ? new int[] {T, T, T} : new int[] {2, T, 0};
  }

  Lengths lengthsOnHost() {
    return full ? Lengths.full(T, N) : Lengths.onHost(T, lengths());
  }

  private int directions() {
    return direction.count();
  }

  static Tensor x() {
    return Data.uniform(1, T, N, C);
  }

  Tensor h() {
    return Data.uniform(2, directions(), N, H);
  }

  Tensor c() {
    return Data.uniform(3, directions(), N, H);
  }

  Values values(List<Parameter> parameters) {
    Map<String, double[]> all = new LinkedHashMap<>();
    all.put("x", doubles(x()));
    all.put("h", doubles(h()));
    all.put("c", doubles(c()));
    for (Parameter p : parameters) {
      all.put(p.name().substring("rnn.".length()), doubles(p.value()));
    }
    return new Values(all);
  }

  static double[] doubles(Tensor t) {
    float[] floats = Data.floats(t);
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  private static Tensor gold(long seed, int rows, int classes) {
    return Data.ids(seed, classes, rows);
  }

  /** The losses, each [2], on the operations. */
  List<Tensor> losses(Ops ops, Recurrence r) {
    List<Tensor> losses = new ArrayList<>();
    int width = directions() * H;
    losses.add(loss(ops, ops.reshape(r.y(), T * N, width), 11));
    losses.add(loss(ops, ops.reshape(r.last().h(), directions() * N, H), 12));
    Var lastC = r.last().c();
    if (lastC != null) {
      losses.add(loss(ops, ops.reshape(lastC, directions() * N, H), 13));
    }
    return losses;
  }

  private static Tensor loss(Ops ops, Var scores, long seed) {
    int rows = scores.shape().dim(0);
    return ops.softmaxLoss(scores, gold(seed, rows, scores.shape().dim(1)), LossOptions.PLAIN);
  }

  StateVar initial(Ops ops) {
    return new StateVar(ops.input(h()), cell == Cell.LSTM ? ops.input(c()) : null);
  }

  /** The results of the loop, directions joined as the layer joins them. */
  VariantLoop.Result loop(Values values, VariantMasks masks) {
    int width = directions() * H;
    double[] y = new double[T * N * width];
    double[] lastH = new double[directions() * N * H];
    double[] lastC = new double[directions() * N * H];
    for (int d = 0; d < directions(); d++) {
      String suffix = d == 0 ? "_l0" : "_l0_reverse";
      VariantLoop loop = new VariantLoop(cell, variant, lengths(), values.all(), suffix);
      int at = d * N * H;
      VariantLoop.Result r =
          loop.run(values.get("x"), part(values.get("h"), at), part(values.get("c"), at), masks);
      System.arraycopy(r.h(), 0, lastH, at, N * H);
      System.arraycopy(r.c(), 0, lastC, at, N * H);
      for (int row = 0; row < T * N; row++) {
        System.arraycopy(r.y(), row * H, y, row * width + d * H, H);
      }
    }
    return new VariantLoop.Result(y, lastH, lastC);
  }

  private static double[] part(double[] all, int from) {
    return java.util.Arrays.copyOfRange(all, from, from + N * H);
  }

  /** The sum of the mean losses in double. */
  double lossOf(VariantLoop.Result r) {
    double sum = meanLoss(r.y(), directions() * H, 11) + meanLoss(r.h(), H, 12);
    return cell == Cell.LSTM ? sum + meanLoss(r.c(), H, 13) : sum;
  }

  private static double meanLoss(double[] scores, int classes, long seed) {
    int rows = scores.length / classes;
    int[] gold = gold(seed, rows, classes).heap().ints();
    double sum = 0;
    for (int row = 0; row < rows; row++) {
      double total = 0;
      for (int k = 0; k < classes; k++) {
        total += Math.exp(scores[row * classes + k]);
      }
      sum += Math.log(total) - scores[row * classes + gold[row]];
    }
    return sum / rows;
  }

  @Override
  public String toString() {
    return cell + " with " + name + ", " + direction + (full ? "" : ", ragged");
  }
}
