package dev.carousel.update;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an update did. Scores are 0 to 1, the higher the better.
 *
 * @param before score on the corrections before
 * @param after and after
 * @param guardBefore score on the guarding examples before; NaN without any
 * @param guardAfter and after
 * @param tolerance by how much the latter may fall
 * @param unknownTokens of the corrections, which were read as the unknown one
 * @param steps of the optimizer
 */
public record UpdateFigures(
    double before,
    double after,
    double guardBefore,
    double guardAfter,
    double tolerance,
    long unknownTokens,
    long steps) {
  /** Whether the guard lets the update pass. */
  public boolean kept() {
    return Double.isNaN(guardBefore) || guardBefore - guardAfter <= tolerance;
  }

  /** The figures by name, for programs. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("kept", kept());
    fields.put("before", before);
    fields.put("after", after);
    if (!Double.isNaN(guardBefore)) {
      fields.put("guardBefore", guardBefore);
      fields.put("guardAfter", guardAfter);
      fields.put("tolerance", tolerance);
    }
    fields.put("unknownTokens", unknownTokens);
    fields.put("steps", steps);
    return fields;
  }

  /** The figures in one line, for people. */
  public String summary() {
    String guard =
        Double.isNaN(guardBefore)
            ? "unguarded"
            : String.format(
                Locale.ROOT,
                "guard %.4f -> %.4f (may fall by %s)",
                guardBefore,
                guardAfter,
                tolerance);
    return String.format(
        Locale.ROOT,
        "corrections %.4f -> %.4f  %s  %d steps, %d unknown tokens",
        before,
        after,
        guard,
        steps,
        unknownTokens);
  }
}
