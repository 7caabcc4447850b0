package dev.carousel.store;

import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A small model as the tests write it. */
final class ModelSamples {

  enum Cell {
    LSTM,
    GRU
  }

  record Layer(int size, double dropout) {}

  record Config(Cell cell, List<Layer> layers, Map<String, Boolean> flags, String note) {
    Config {
      layers = List.copyOf(layers);
      flags = Map.copyOf(flags);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("a model needs at least one layer");
      }
    }
  }

  private ModelSamples() {}

  static Config config(int size) {
    return new Config(
        Cell.GRU, List.of(new Layer(size, 0.5), new Layer(size, 0)), Map.of("x", true), "größe");
  }

  static Provenance provenance() {
    return new Provenance(
        42,
        Provenance.Software.current(),
        new Provenance.Compute("reference", "plain Java, 2 threads", "F32", 2),
        new Provenance.Timing("2026-11-01T12:00:00Z", 12.5),
        Map.of("train.txt", Sha256.of("abc")),
        Map.of("dev.loss", Double.NaN, "dev.f1", 0.875),
        Map.of("command", "tag train --epochs 3"));
  }

  /** Every parameter of the model is {@code value}. */
  static ModelDirectory.Contents contents(int value) {
    float[] table = new float[600];
    Arrays.fill(table, value);
    return new ModelDirectory.Contents(
        config(value + 1),
        new SafeTensorsWriter().put("table", FloatBuffer.wrap(table), 20, 30),
        Map.of("vocabulary.txt", "der\ndie\n" + value + "\n"),
        provenance());
  }
}
