package dev.carousel.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Draws an attention map: a row for each written token, a column for each token that was read, the
 * darker the more it was looked at.
 */
public final class AttentionPng {
  private AttentionPng() {}

  /**
   * Draws a map and replaces {@code file} by the picture.
   *
   * @param rows the written tokens
   * @param columns the tokens that were read
   * @param weights [rows, columns], 0 to 1
   * @return why it could not be done, as one sentence for the user; empty if it was
   */
  public static Optional<String> write(
      Path file, List<String> rows, List<String> columns, float[][] weights) {
    if (weights.length != rows.size()) {
      throw new IllegalArgumentException(
          weights.length + " rows of weights for " + rows.size() + " tokens");
    }
    return ChartFile.write(file, () -> Png.encode(new WeightMap(rows, columns, weights).draw()));
  }
}
