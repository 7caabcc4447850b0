package dev.carousel.bench.onnx;

import dev.carousel.bench.row.Decoding;
import dev.carousel.bench.row.Row;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One step of the decoder of a row that translates, as an ONNX model: from the tokens that were
 * written to those that are written next, so that all of a search's outputs are its next inputs.
 * With B hypotheses of a sentence, row n·B + b of R is hypothesis b of sentence n.
 *
 * <p>Inputs: {@code token} [1, R]; {@code h} and {@code c} [1, rows before, H]; {@code keys} [N, H,
 * T], {@code values} [N, T, 2·H], {@code mask} [N, 1, T], which is added to attention's scores;
 * with a beam also {@code parents} [R], which row of the step before each goes on from, and {@code
 * scores} [N, B], their log P. Outputs: {@code next.token}, {@code next.h}, {@code next.c}, {@code
 * next.parents}, {@code next.scores} likewise, and {@code ends} [N, B], log P if the end follows.
 */
public final class DecoderStepModel {
  private final TranslationGraph g;
  private final Row row;
  private final int n;
  private final int width;
  private final int rows;
  private final int h;

  private DecoderStepModel(Row row) {
    this.g = new TranslationGraph(row);
    this.row = row;
    this.n = row.batch();
    this.width = row.decoding().width();
    this.rows = row.decoding().rows();
    this.h = row.hidden();
  }

  /** The model of this row. */
  public static byte[] of(Row row) {
    DecoderStepModel model = new DecoderStepModel(row);
    model.network();
    if (model.width == 1) {
      model.likeliest();
    } else {
      model.beam();
    }
    return model.g.graph.file();
  }

  private void network() {
    g.graph.input("token", Graph.Element.LONGS, 1, rows);
    g.graph.input("keys", Graph.Element.FLOATS, n, h, row.steps());
    g.graph.input("values", Graph.Element.FLOATS, n, row.steps(), 2L * h);
    g.graph.input("mask", Graph.Element.FLOATS, n, 1, row.steps());
    g.lstm(
        "decoder.rnn.",
        List.of(""),
        List.of(g.embedded("token"), "", state("h"), state("c")),
        List.of("", "next.h", "next.c"));
    String query = g.reshaped("next.h", "query", n, width, h);
    String both =
        g.node("Concat", "both", List.of(context(query), query), Graph.attribute("axis", 2));
    String made =
        g.node(
            "Tanh",
            "made",
            List.of(g.linear(g.reshaped(both, "both.rows", rows, 3L * h), "decoder.combine")));
    g.node(
        "Gemm",
        "logits",
        List.of(made, "source.weight", g.weight("output.bias")),
        Graph.attribute("transB", 1));
    g.graph.output("next.h", 1, rows, h);
    g.graph.output("next.c", 1, rows, h);
  }

  /** With a beam each row goes on from its parent. */
  private String state(String name) {
    g.graph.input(name, Graph.Element.FLOATS, 1, width == 1 ? n : Graph.ANY, h);
    return width == 1
        ? name
        : g.node("Gather", name + ".picked", List.of(name, "parents"), Graph.attribute("axis", 1));
  }

  private String context(String query) {
    String scores = g.node("MatMul", "products", List.of(query, "keys"));
    String masked = g.node("Add", "masked", List.of(scores, "mask"));
    String weights = g.node("Softmax", "weights", List.of(masked), Graph.attribute("axis", -1));
    return g.node("MatMul", "context", List.of(weights, "values"));
  }

  private void likeliest() {
    String best =
        g.node(
            "ArgMax",
            "best",
            List.of("logits"),
            Graph.attribute("axis", 1),
            Graph.attribute("keepdims", 0));
    g.reshaped(best, "next.token", 1, n);
    g.graph.output("next.token", Graph.Element.LONGS, 1, n);
  }

  private void beam() {
    g.graph.input("parents", Graph.Element.LONGS, rows);
    g.graph.input("scores", Graph.Element.FLOATS, n, width);
    String logs = g.node("LogSoftmax", "logs", List.of("logits"), Graph.attribute("axis", 1));
    String totals =
        g.node(
            "Add",
            "totals",
            List.of(
                g.reshaped(logs, "logs.rows", n, width, Decoding.WORDS),
                g.reshaped("scores", "scores.rows", n, width, 1)));
    g.graph.constant("beam", width);
    g.graph.node(
        "TopK",
        List.of(g.reshaped(totals, "totals.all", n, (long) width * Decoding.WORDS), "beam"),
        List.of("next.scores", "chosen"));
    parentsAndTokens();
    g.graph.constant("end", Decoding.END);
    g.reshaped(
        g.node("Gather", "ends.rows", List.of(totals, "end"), Graph.attribute("axis", 2)),
        "ends",
        n,
        width);
    g.graph.output("next.scores", n, width);
    g.graph.output("ends", n, width);
  }

  /** What was chosen of [N, B·V] as rows and words. */
  private void parentsAndTokens() {
    g.graph.constant("words", Decoding.WORDS);
    g.graph.constant(
        "first.rows",
        IntStream.range(0, rows).asLongStream().map(i -> i / width * width).toArray());
    String hypothesis = g.node("Div", "hypothesis", List.of("chosen", "words"));
    String flat = g.reshaped(hypothesis, "hypothesis.rows", rows);
    g.node("Add", "next.parents", List.of(flat, "first.rows"));
    String before = g.node("Mul", "words.before", List.of(hypothesis, "words"));
    g.reshaped(g.node("Sub", "word", List.of("chosen", before)), "next.token", 1, rows);
    g.graph.output("next.parents", Graph.Element.LONGS, rows);
    g.graph.output("next.token", Graph.Element.LONGS, 1, rows);
  }
}
