package dev.carousel.cli;

import dev.carousel.task.Evaluation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** An evaluation for people and for programs. */
final class Figures {
  private Figures() {}

  /** Under the names that {@code --json} gives them. */
  static Map<String, Object> of(Evaluation e) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("accuracy", e.accuracy());
    figures.put("macroF1", e.macroF1());
    figures.put("loss", e.loss());
    figures.put("examples", e.examples());
    return figures;
  }

  /** In one line. */
  static String line(Evaluation e) {
    return String.format(
        Locale.ROOT,
        "accuracy %.4f  macro F1 %.4f  loss %.4f  on %d texts",
        e.accuracy(),
        e.macroF1(),
        e.loss(),
        e.examples());
  }
}
