package dev.carousel.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Draws what units did: a row for each token, a column for each unit. Beyond {@value #MOST_TOKENS}
 * tokens and {@value #MOST_UNITS} units the rest is left out, and said to be.
 */
public final class GatePng {
  /** The most rows that are drawn. */
  public static final int MOST_TOKENS = 400;

  /** The most columns that are drawn. */
  public static final int MOST_UNITS = 512;

  private GatePng() {}

  /** How numbers become colours. */
  public enum Scale {
    /** From 0, white, to 1, dark blue. */
    SHARES,
    /** Red below 0, white at 0, blue above, darkest at the largest magnitude of the picture. */
    SIGNED
  }

  /**
   * Draws a picture and replaces {@code file} by it.
   *
   * @param tokens T tokens
   * @param units a name for each unit
   * @param values [T, units]
   * @return what the user should know, a sentence each: what is left out, which tokens are drawn as
   *     numbers, why it could not be done
   */
  public static List<String> write(
      Path file, List<String> tokens, List<String> units, float[][] values, Scale scale) {
    if (values.length != tokens.size()) {
      throw new IllegalArgumentException(
          values.length + " rows of activations for " + tokens.size() + " tokens");
    }
    int rows = Math.min(MOST_TOKENS, tokens.size());
    int columns = Math.min(MOST_UNITS, units.size());
    float[][] shown = new float[rows][];
    Arrays.setAll(shown, t -> Arrays.copyOf(values[t], columns));
    List<String> messages = new ArrayList<>();
    if (rows < tokens.size() || columns < units.size()) {
      messages.add(
          "%s shows the first %d of %d tokens and %d of %d units."
              .formatted(file, rows, tokens.size(), columns, units.size()));
    }
    AtomicReference<String> legend = new AtomicReference<>();
    ChartFile.write(
            file,
            () -> {
              GateMap map =
                  new GateMap(tokens.subList(0, rows), units.subList(0, columns), shown, scale);
              map.legend().ifPresent(legend::set);
              return Png.encode(map.draw());
            })
        .ifPresent(messages::add);
    if (legend.get() != null) {
      messages.add(
          "%s shows numbers for tokens that no font here can draw (Chinese needs a CJK font): %s."
              .formatted(file, legend.get()));
    }
    return messages;
  }
}
