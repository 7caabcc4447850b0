package dev.carousel.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes the tokens of a {@link HuggingFaceTokenizer} as they come. What a token adds depends on
 * those before it (a space, the rest of a character), so the last few are put together with and
 * without it, and the difference is written. Not thread safe: one a text.
 */
public final class HuggingFaceWriter {
  /** Stands at the end of a text whose last character lacks bytes. */
  private static final char INCOMPLETE = '\uFFFD';

  private final HuggingFaceFile file;
  private final List<Long> window = new ArrayList<>();

  /** How many tokens of the window are written, and what they are together. */
  private int written;

  private String before = "";

  HuggingFaceWriter(HuggingFaceFile file) {
    this.file = file;
  }

  /**
   * What a token adds to the text; nothing while a character is not complete.
   *
   * @param token a token's text; one that the file does not know is written as it is
   */
  public String add(String token) {
    Long id = file.id(token);
    if (id == null) {
      return end() + token;
    }
    window.add(id);
    String all = file.decode(window);
    boolean incomplete = !all.isEmpty() && all.charAt(all.length() - 1) == INCOMPLETE;
    return incomplete ? "" : write(all);
  }

  /** What was held back at the end of a line; the next token begins a new one. */
  public String end() {
    String rest = window.size() > written ? write(file.decode(window)) : "";
    window.clear();
    written = 0;
    before = "";
    return rest;
  }

  private String write(String all) {
    String added = all.substring(Math.min(before.length(), all.length()));
    // Only what was written just now is needed to tell what the next token adds.
    window.subList(0, written).clear();
    written = window.size();
    before = file.decode(window);
    return added;
  }
}
