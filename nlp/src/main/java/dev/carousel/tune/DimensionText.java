package dev.carousel.tune;

import dev.carousel.tune.Range.Kind;
import dev.carousel.tune.Range.Scale;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A dimension as people write it.
 *
 * <pre>
 * lr=1e-4..1e-2:log        a range whose ratios are equally probable
 * dropout=0.1..0.6         a range
 * layers=1..3              whole numbers, as both ends are
 * hidden=64,128,256        a choice
 * schedule=cosine|step:5,0.5   a choice of values that contain commas
 * </pre>
 *
 * @param source where it stands, for messages: a file and a line, or a flag
 * @param text what stands there
 */
public record DimensionText(String source, String text) {
  private static final String RANGE = "..";
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");
  private static final Pattern ENDS =
      Pattern.compile("([-+0-9.eE]*[0-9])\\.\\.([-+.0-9][-+0-9.eE]*)(:[a-z]+)?");

  /**
   * What it says.
   *
   * @throws IllegalArgumentException naming source and setting, if it is not understood
   */
  Dimension parse() {
    int equals = text.indexOf('=');
    String name = equals < 0 ? "" : text.substring(0, equals).strip().replaceFirst("^--", "");
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          source + ": '" + text + "' is not FLAG=VALUES, as in lr=1e-4..1e-2:log");
    }
    try {
      return dimension(name, text.substring(equals + 1).strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(source + ": --" + name + ": " + e.getMessage(), e);
    }
  }

  private static Dimension dimension(String name, String values) {
    if (values.contains("|")) {
      return new Choice(name, parts(values, "\\|"));
    }
    if (!values.contains(RANGE)) {
      return new Choice(name, parts(values, ","));
    }
    Matcher ends = ENDS.matcher(values);
    if (!ends.matches()) {
      throw misunderstood(values);
    }
    boolean whole =
        WHOLE.matcher(ends.group(1)).matches() && WHOLE.matcher(ends.group(2)).matches();
    return new Range(
        name,
        number(ends.group(1), values),
        number(ends.group(2), values),
        scale(ends.group(3) == null ? ":linear" : ends.group(3), values),
        whole ? Kind.WHOLE : Kind.REAL);
  }

  private static List<String> parts(String values, String separator) {
    return List.of(values.split(separator, -1)).stream().map(String::strip).toList();
  }

  private static Scale scale(String name, String values) {
    return switch (name) {
      case ":linear" -> Scale.LINEAR;
      case ":log" -> Scale.LOG;
      default -> throw misunderstood(values);
    };
  }

  private static double number(String text, String values) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw misunderstood(values);
    }
  }

  private static IllegalArgumentException misunderstood(String values) {
    return new IllegalArgumentException(
        "'"
            + values
            + "' is not understood; a range is LOW..HIGH or LOW..HIGH:log, a choice A,B,C");
  }
}
