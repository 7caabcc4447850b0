package dev.carousel.bench.onnx;

import dev.carousel.bench.row.Row;
import dev.carousel.bench.row.Task;
import dev.carousel.bench.row.Values;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightRole;
import java.util.ArrayList;
import java.util.List;

/**
 * The network of a row as an ONNX model. Inputs: {@code x} [T, N, C]; {@code lengths} [N] if
 * ragged; {@code h} and {@code c} [1, N, H] if the state is carried. Outputs: {@code y} [T, N,
 * D·H]; {@code hn} and {@code cn} likewise.
 */
public final class RnnModel {
  private final Row row;
  private final RnnSpec spec;
  private final Values values;
  private final float[] weights;
  private final Graph graph = new Graph();

  private RnnModel(Row row) {
    this.row = row;
    this.spec = row.spec(Precision.F32);
    this.values = new Values(row);
    this.weights = values.weights();
  }

  /**
   * The model of this row.
   *
   * @throws IllegalArgumentException if the row carries the state of more than one layer
   */
  public static byte[] of(Row row) {
    if (row.task().carriesState() && row.layers() > 1) {
      throw new IllegalArgumentException("a carried state of several layers is not written");
    }
    return new RnnModel(row).file();
  }

  private byte[] file() {
    graph.input("x", Graph.Element.FLOATS, row.callSteps(), row.batch(), row.hidden());
    if (row.task() == Task.RAGGED) {
      graph.input("lengths", Graph.Element.INTS, row.batch());
    }
    String x = "x";
    for (int l = 0; l < row.layers(); l++) {
      x = layer(l, x, l == row.layers() - 1 ? "y" : "y" + l);
    }
    graph.output("y", row.callSteps(), row.batch(), spec.outputSize());
    return graph.file();
  }

  private String layer(int l, String x, String y) {
    int directions = spec.direction().count();
    int rows = spec.gateRows();
    graph.constant(
        "W" + l, joined(l, WeightRole.INPUT_WEIGHT), directions, rows, spec.layerInput(l));
    graph.constant("R" + l, joined(l, WeightRole.HIDDEN_WEIGHT), directions, rows, row.hidden());
    graph.constant("B" + l, biases(l), directions, 2L * rows);
    List<String> in = new ArrayList<>(List.of(x, "W" + l, "R" + l, "B" + l));
    List<String> out = new ArrayList<>(List.of("Y" + l));
    in.add(row.task() == Task.RAGGED ? "lengths" : "");
    if (row.task().carriesState()) {
      carry(in, out);
    }
    graph.node(row.cell().name(), in, out, attributes());
    String sequence = "Y" + l;
    if (directions == 2) {
      graph.node(
          "Transpose",
          List.of(sequence),
          List.of("P" + l),
          Graph.attribute("perm", List.of(0, 2, 1, 3)));
      sequence = "P" + l;
    }
    graph.constant("S" + l, row.callSteps(), row.batch(), spec.outputSize());
    graph.node("Reshape", List.of(sequence, "S" + l), List.of(y));
    return y;
  }

  private void carry(List<String> in, List<String> out) {
    for (String part : row.cell().hasCellState() ? List.of("h", "c") : List.of("h")) {
      in.add(part);
      out.add(part + "n");
      graph.input(part, Graph.Element.FLOATS, 1, row.batch(), row.hidden());
      graph.output(part + "n", 1, row.batch(), row.hidden());
    }
  }

  private Message[] attributes() {
    List<Message> a = new ArrayList<>();
    a.add(Graph.attribute("hidden_size", row.hidden()));
    a.add(
        Graph.attribute("direction", spec.direction().count() == 2 ? "bidirectional" : "forward"));
    if (row.cell() == Cell.GRU) {
      a.add(Graph.attribute("linear_before_reset", 1));
    }
    return a.toArray(Message[]::new);
  }

  private float[] joined(int layer, WeightRole... roles) {
    int directions = spec.direction().count();
    List<float[]> parts = new ArrayList<>();
    for (int d = 0; d < directions; d++) {
      for (WeightRole role : roles) {
        float[] block = Values.block(weights, values.layout().block(layer, d, role));
        parts.add(Gates.reordered(row.cell(), block));
      }
    }
    return Gates.concatenated(parts);
  }

  private float[] biases(int layer) {
    return joined(layer, WeightRole.INPUT_BIAS, WeightRole.HIDDEN_BIAS);
  }
}
