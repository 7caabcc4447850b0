package dev.carousel.cli;

import dev.carousel.compare.BackendComparison;
import dev.carousel.kit.run.Deviation;
import dev.carousel.kit.run.RnnCase;
import dev.carousel.kit.run.RnnCase.LengthPattern;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.rnn.Precision;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.spi.Backend;
import dev.carousel.spi.Backends;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code carousel compare}: backends side by side on the user's own shapes. */
@Command(
    name = "compare",
    header = "Compare backends on a network of your own: errors, ten optimizer steps, times.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "The first backend is the judge; it computes in double if it can. An error is relative to"
          + " the",
      "largest magnitude in its tensor, or to 1 if that is larger. Exit code 1 if an error is"
          + " beyond",
      "what the arithmetic deserves.",
      "",
      "Example:",
      "  carousel compare --backends reference,cpu --cell lstm --hidden 200 --layers 2"
    })
final class CompareCommand implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--backends",
      required = true,
      split = ",",
      paramLabel = "NAME",
      description = "Two or more, such as reference,cpu,cuda; the first judges the others.")
  private List<String> backends = List.of();

  @Option(
      names = "--cell",
      converter = CellConverter.class,
      description = "lstm, gru, gru-reset-before, rnn or rnn-relu (default: lstm).")
  private Cell cell = Cell.LSTM;

  @Option(names = "--input", description = "Features of a step (default: ${DEFAULT-VALUE}).")
  private int input = 64;

  @Option(names = "--hidden", description = "Hidden units (default: ${DEFAULT-VALUE}).")
  private int hidden = 128;

  @Option(names = "--layers", description = "Layers (default: ${DEFAULT-VALUE}).")
  private int layers = 1;

  @Option(names = "--projection", description = "Units of an LSTM's projection; 0 for none.")
  private int projection;

  @Option(names = "--bidirectional", description = "Read both ways.")
  private boolean bidirectional;

  @Option(names = "--steps", description = "Steps T (default: ${DEFAULT-VALUE}).")
  private int steps = 20;

  @Option(names = "--batch", description = "Rows N (default: ${DEFAULT-VALUE}).")
  private int batch = 8;

  @Option(
      names = "--lengths",
      description = "full, ragged, or with_empty for rows without a step (default: ragged).")
  private LengthPattern lengths = LengthPattern.RAGGED;

  @Option(
      names = "--precision",
      description = "f32, tf32, bf16, f16 or f64, of all but the judge (default: f32).")
  private Precision precision = Precision.F32;

  @Option(names = "--threads", description = "Threads of CPU backends; 0 for all cores.")
  private int threads;

  @Option(names = "--seed", description = "Of the data (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  CompareCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (backends.size() < 2) {
      throw new ParameterException(
          spec.commandLine(), "--backends needs at least two names, as in reference,cpu");
    }
    RnnCase shape = shape();
    List<BackendComparison> all = new ArrayList<>();
    try (Backend truth = Backends.named(backends.get(0), threads)) {
      for (String name : backends.subList(1, backends.size())) {
        try (Backend other = Backends.named(name, threads)) {
          all.add(BackendComparison.of(truth, other, shape));
        }
      }
    }
    if (json) {
      console.json(Map.of("comparisons", all.stream().map(CompareCommand::fields).toList()));
    } else {
      all.forEach(this::print);
    }
    return all.stream().allMatch(c -> c.beyondTolerance().isEmpty()) ? 0 : 1;
  }

  private RnnCase shape() {
    try {
      RnnSpec network =
          RnnSpec.of(cell, input, hidden)
              .withLayers(layers)
              .withProjection(projection)
              .withPrecision(precision)
              .withDirection(bidirectional ? Direction.BIDIRECTIONAL : Direction.FORWARD);
      return RnnCase.of(
          network, positive("--steps", steps), positive("--batch", batch), lengths, seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, not " + value);
    }
    return value;
  }

  private void print(BackendComparison c) {
    console.out().printf("%s against %s on %s%n", c.other(), c.truth(), c.shape());
    console.out().printf("  %-24s %12s %12s%n", "", "max absolute", "max relative");
    for (Deviation d : c.deviations()) {
      String mark = c.beyondTolerance().contains(d) ? "  beyond tolerance" : "";
      console
          .out()
          .printf("  %-24s %12.2e %12.2e%s%n", d.tensor(), d.absolute(), d.relative(), mark);
    }
    console
        .out()
        .printf(
            "  milliseconds a call: forward %.3f (judge %.3f), forward and backward %.3f (%.3f)%n",
            c.times().forwardMillis(),
            c.truthTimes().forwardMillis(),
            c.times().trainingMillis(),
            c.truthTimes().trainingMillis());
    console.out().flush();
  }

  private static Map<String, Object> fields(BackendComparison c) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("backend", c.other());
    fields.put("judge", c.truth());
    fields.put("shape", c.shape().toString());
    fields.put("withinTolerance", c.beyondTolerance().isEmpty());
    fields.put("deviations", c.deviations());
    fields.put("times", c.times());
    fields.put("judgeTimes", c.truthTimes());
    return fields;
  }
}
