package dev.carousel.bench.onnx;

import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.row.Row;
import dev.carousel.rnn.Cell;
import java.util.ArrayList;
import java.util.List;

/** Pieces of the network of a row that translates, each with the row's weights. */
final class TranslationGraph {
  final Graph graph = new Graph();
  final Row row;
  final Decoding decoding;

  TranslationGraph(Row row) {
    this.row = row;
    this.decoding = row.decoding();
    weight("source.weight");
  }

  /** Adds a weight under its own name. */
  final String weight(String name) {
    graph.constant(name, decoding.weight(name), decoding.shape(name));
    return name;
  }

  /** Adds a matrix [O, I] as [I, O]. */
  String transposed(String name) {
    int outputs = (int) decoding.shape(name)[0];
    float[] from = decoding.weight(name);
    int inputs = from.length / outputs;
    float[] to = new float[from.length];
    for (int at = 0; at < from.length; at++) {
      to[at % inputs * outputs + at / inputs] = from[at];
    }
    graph.constant(name, to, inputs, outputs);
    return name;
  }

  /** An operation with one result, which is returned. */
  String node(String operation, String out, List<String> in, Message... attributes) {
    graph.node(operation, in, List.of(out), attributes);
    return out;
  }

  String embedded(String ids) {
    return node("Gather", "x", List.of("source.weight", ids));
  }

  String reshaped(String x, String out, long... dims) {
    graph.constant(out + ".shape", dims);
    return node("Reshape", out, List.of(x, out + ".shape"));
  }

  String transposed(String x, String out, Integer... axes) {
    return node("Transpose", out, List.of(x), Graph.attribute("perm", List.of(axes)));
  }

  /** x Wᵀ + b with the weights of this name. */
  String linear(String x, String name) {
    return node(
        "Gemm",
        name,
        List.of(x, weight(name + ".weight"), weight(name + ".bias")),
        Graph.attribute("transB", 1));
  }

  /**
   * An LSTM layer.
   *
   * @param name what its weights' names begin with
   * @param directions what they end with, one or two
   * @param in x, lengths or nothing, and the state or nothing
   * @param out y, h, c
   */
  void lstm(String name, List<String> directions, List<String> in, List<String> out) {
    long d = directions.size();
    long h = row.hidden();
    graph.constant(name + "w", joined(name, directions, "weight_ih_l0"), d, 4 * h, h);
    graph.constant(name + "r", joined(name, directions, "weight_hh_l0"), d, 4 * h, h);
    graph.constant(name + "b", joined(name, directions, "bias_ih_l0", "bias_hh_l0"), d, 8 * h);
    List<String> all = new ArrayList<>(List.of(in.get(0), name + "w", name + "r", name + "b"));
    all.addAll(in.subList(1, in.size()));
    graph.node(
        "LSTM",
        all,
        out,
        Graph.attribute("hidden_size", h),
        Graph.attribute("direction", d == 2 ? "bidirectional" : "forward"));
  }

  private float[] joined(String name, List<String> directions, String... parts) {
    List<float[]> all = new ArrayList<>();
    for (String direction : directions) {
      for (String part : parts) {
        all.add(Gates.reordered(Cell.LSTM, decoding.weight(name + part + direction)));
      }
    }
    return Gates.concatenated(all);
  }
}
