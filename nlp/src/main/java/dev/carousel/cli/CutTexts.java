package dev.carousel.cli;

import dev.carousel.text.Extent;
import java.util.Locale;

/**
 * Counts the texts that were longer than a model reads, and tells at the end, on standard error.
 */
final class CutTexts {
  private int texts;
  private int cut;
  private String first = "";

  /** The next text, as much of it as was read. */
  void add(Extent extent) {
    texts++;
    if (extent.cut() && cut++ == 0) {
      first =
          String.format(
              Locale.ROOT,
              "of text %d it read the first %d of %d tokens",
              texts,
              extent.read(),
              extent.tokens());
    }
  }

  /** Says how many were cut; nothing if none was. */
  void tell(Console console) {
    if (cut > 0) {
      console.progress(
          String.format(
              Locale.ROOT,
              "%d of %d texts were longer than the model reads, which --max-tokens of its training"
                  + " decides: %s",
              cut,
              texts,
              first));
    }
  }
}
