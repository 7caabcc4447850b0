package dev.carousel.report;

import dev.carousel.eval.ConfusionMatrix;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Draws a confusion matrix as a heat map: a row per right class, a column per predicted class, in
 * each cell the count, coloured by its share of the row. Beyond {@value #MAX_CLASSES} classes the
 * smallest are summed up as {@code (other)}.
 */
public final class ConfusionPng {
  /** The most classes that are drawn one by one. */
  public static final int MAX_CLASSES = 45;

  private ConfusionPng() {}

  /**
   * Draws {@code matrix} and replaces {@code file} by the picture.
   *
   * @param title stands above the matrix
   * @return what the user should know, as one sentence: why it could not be done, or which numbers
   *     stand for classes whose names no font here can draw; empty if there is nothing to say
   */
  public static Optional<String> write(Path file, String title, ConfusionMatrix matrix) {
    ConfusionMatrix shown = matrix.largest(MAX_CLASSES);
    AtomicReference<String> legend = new AtomicReference<>();
    Optional<String> failure =
        ChartFile.write(
            file,
            () -> {
              HeatMap map = new HeatMap(title, shown);
              map.legend().ifPresent(legend::set);
              return map.png();
            });
    return failure.or(() -> Optional.ofNullable(legend.get()).map(text -> numbered(file, text)));
  }

  private static String numbered(Path file, String legend) {
    return "%s shows numbers for classes that no font here can draw (Chinese needs a CJK font): %s."
        .formatted(file, legend);
  }
}
