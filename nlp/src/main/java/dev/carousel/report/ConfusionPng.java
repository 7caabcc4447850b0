package dev.carousel.report;

import dev.carousel.eval.ConfusionMatrix;
import java.nio.file.Path;
import java.util.Optional;

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
   * @return why it could not be done, as one sentence for the user; empty if it was
   */
  public static Optional<String> write(Path file, String title, ConfusionMatrix matrix) {
    ConfusionMatrix shown = matrix.largest(MAX_CLASSES);
    return ChartFile.write(file, () -> new HeatMap(title, shown).png());
  }
}
