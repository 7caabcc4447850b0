package dev.carousel.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A set of normalisation steps.
 *
 * <p>Steps are applied to each grapheme cluster on its own, which is what lets every token keep its
 * offsets into the original text. For NFKC this equals normalising the whole text but for rare
 * sequences that compose across clusters. The two steps of Chinese script look at phrases and run
 * over what the others leave; they still say of each character where it came from. Immutable and
 * thread safe.
 */
public final class Normalizer {
  private static final Set<Normalization> SCRIPTS =
      Set.of(Normalization.SIMPLIFIED, Normalization.TRADITIONAL);

  /** No step: text passes unchanged. */
  public static final Normalizer NONE = new Normalizer(EnumSet.noneOf(Normalization.class));

  private final Set<Normalization> steps;

  private Normalizer(EnumSet<Normalization> steps) {
    if (steps.containsAll(SCRIPTS)) {
      throw new IllegalArgumentException(
          "the steps simplified and traditional contradict each other; choose one");
    }
    this.steps = Collections.unmodifiableSet(steps);
  }

  /**
   * A normalizer of some steps, which run in the enum's order.
   *
   * @param steps the steps, in any order
   * @return the normalizer
   * @throws IllegalArgumentException if two steps contradict each other
   */
  public static Normalizer of(Normalization... steps) {
    EnumSet<Normalization> set = EnumSet.noneOf(Normalization.class);
    set.addAll(Arrays.asList(steps));
    return new Normalizer(set);
  }

  /**
   * Makes a normalizer from what {@link #spec()} returned.
   *
   * @param spec step names joined by {@code +}, or {@code none}
   * @return the normalizer
   * @throws IllegalArgumentException if a step is not known, listing those that are, or if two
   *     contradict each other
   */
  public static Normalizer parse(String spec) {
    if (spec.equals("none")) {
      return NONE;
    }
    EnumSet<Normalization> steps = EnumSet.noneOf(Normalization.class);
    for (String name : spec.split("\\+", -1)) {
      steps.add(step(name, spec));
    }
    return new Normalizer(steps);
  }

  /** Returns a short name such as {@code nfkc+lower-case}, for a model's configuration. */
  public String spec() {
    return steps.isEmpty()
        ? "none"
        : steps.stream().map(Normalizer::name).collect(Collectors.joining("+"));
  }

  /** Returns the steps. */
  public Set<Normalization> steps() {
    return steps;
  }

  /**
   * Normalises a text and keeps where each character came from.
   *
   * @param original the text
   * @return the normalised text with its offsets
   */
  public NormalizedText apply(String original) {
    if (steps.isEmpty()) {
      return NormalizedText.unchanged(original);
    }
    NormalizedText text = normalizeClusters(original);
    if (steps.contains(Normalization.SIMPLIFIED)) {
      return ChineseScript.simplified(text);
    }
    return steps.contains(Normalization.TRADITIONAL) ? ChineseScript.traditional(text) : text;
  }

  private NormalizedText normalizeClusters(String original) {
    NormalizedText.Builder builder = new NormalizedText.Builder(original.length());
    int end;
    for (int start = 0; start < original.length(); start = end) {
      end = Graphemes.next(original, start);
      if (end == start + 1 && noStepChanges(original.charAt(start))) {
        builder.append(original.charAt(start), start, end);
      } else {
        builder.append(normalize(original.substring(start, end)), start, end);
      }
    }
    return builder.build();
  }

  /** Most characters of English and Chinese text, which need no closer look. */
  private static boolean noStepChanges(char c) {
    return (c >= 'a' && c <= 'z') || c == ' ' || (c >= '\u4E00' && c <= '\u9FFF');
  }

  private String normalize(String cluster) {
    String result = cluster;
    if (steps.contains(Normalization.NFKC)) {
      result = java.text.Normalizer.normalize(result, java.text.Normalizer.Form.NFKC);
    }
    if (steps.contains(Normalization.STRAIGHT_QUOTES)) {
      result = straightQuotes(result);
    }
    if (steps.contains(Normalization.LOWER_CASE)) {
      result = result.toLowerCase(Locale.ROOT);
    }
    return steps.contains(Normalization.ZERO_DIGITS) ? zeroDigits(result) : result;
  }

  private static String straightQuotes(String text) {
    return text.replace('\u2018', '\'')
        .replace('\u2019', '\'')
        .replace('\u201B', '\'')
        .replace('\u201C', '"')
        .replace('\u201D', '"')
        .replace('\u201F', '"');
  }

  private static String zeroDigits(String text) {
    if (text.codePoints().noneMatch(Character::isDigit)) {
      return text;
    }
    StringBuilder zeros = new StringBuilder(text.length());
    text.codePoints().forEach(c -> zeros.appendCodePoint(Character.isDigit(c) ? '0' : c));
    return zeros.toString();
  }

  private static Normalization step(String name, String spec) {
    for (Normalization step : Normalization.values()) {
      if (name(step).equals(name)) {
        return step;
      }
    }
    throw new IllegalArgumentException(
        "no normalisation step '"
            + name
            + "' in '"
            + spec
            + "'; known steps: none, "
            + Arrays.stream(Normalization.values())
                .map(Normalizer::name)
                .collect(Collectors.joining(", ")));
  }

  private static String name(Normalization step) {
    return step.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Normalizer that && steps.equals(that.steps);
  }

  @Override
  public int hashCode() {
    return steps.hashCode();
  }

  @Override
  public String toString() {
    return spec();
  }
}
