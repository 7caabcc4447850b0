package dev.carousel.bench.onnx;

import dev.carousel.bench.row.Row;
import java.util.List;

/**
 * What reads the sentences of a row that translates, as an ONNX model. Inputs: {@code ids} [T, N],
 * and {@code lengths} [N] of more than one sentence. Outputs: {@code keys} [N, H, T], {@code
 * values} [N, T, 2·H], and where the decoder begins, {@code h} and {@code c} [1, N, H].
 */
public final class EncoderModel {
  private EncoderModel() {}

  /** The model of this row. */
  public static byte[] of(Row row) {
    TranslationGraph g = new TranslationGraph(row);
    int t = row.steps();
    int n = row.batch();
    int h = row.hidden();
    g.graph.input("ids", Graph.Element.LONGS, t, n);
    String lengths = row.ragged() ? "lengths" : "";
    if (row.ragged()) {
      g.graph.input(lengths, Graph.Element.INTS, n);
    }
    g.lstm(
        "encoder.",
        List.of("", "_reverse"),
        List.of(g.embedded("ids"), lengths),
        List.of("y", "hs", "cs"));
    g.reshaped(g.transposed("y", "y.rows", 2, 0, 1, 3), "values", n, t, 2L * h);
    String key = g.transposed("decoder.attention.key.weight");
    g.transposed(g.node("MatMul", "keys.rows", List.of("values", key)), "keys", 0, 2, 1);
    g.reshaped(g.node("Tanh", "h0", List.of(bridge(g, "hs", "bridge.h0"))), "h", 1, n, h);
    g.reshaped(bridge(g, "cs", "bridge.c0"), "c", 1, n, h);
    g.graph.output("keys", n, h, t);
    g.graph.output("values", n, t, 2L * h);
    g.graph.output("h", 1, n, h);
    g.graph.output("c", 1, n, h);
    return g.graph.file();
  }

  /** Of both directions' last states [2, N, H] the decoder's first one, [N, H]. */
  private static String bridge(TranslationGraph g, String states, String name) {
    String rows = g.transposed(states, states + ".rows", 1, 0, 2);
    return g.linear(g.reshaped(rows, states + ".both", g.row.batch(), 2L * g.row.hidden()), name);
  }
}
