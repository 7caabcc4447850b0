package dev.carousel.cli;

/**
 * What standard output is shown on.
 *
 * @param columns how many characters fit in a line
 * @param colour whether text may be coloured
 */
record Screen(int columns, Colour colour) {
  private static final int NARROWEST = 40;
  private static final int UNKNOWN = 100;

  /** Whether a terminal shows colours. */
  enum Colour {
    ON,
    OFF
  }

  /** Checks the range. */
  Screen {
    if (columns < NARROWEST) {
      throw new IllegalArgumentException(
          "the width must be at least %d columns, not %d".formatted(NARROWEST, columns));
    }
  }

  /**
   * Standard output. The property {@code carousel.columns} gives a terminal's width; without it
   * output goes to a file or a program. With {@code NO_COLOR} in the environment nothing is
   * coloured (no-color.org).
   */
  static Screen ofStandardOutput() {
    Integer columns = Integer.getInteger("carousel.columns");
    if (columns == null) {
      return new Screen(UNKNOWN, Colour.OFF);
    }
    String refused = System.getenv("NO_COLOR");
    Colour colour = refused == null || refused.isEmpty() ? Colour.ON : Colour.OFF;
    return new Screen(columns <= 0 ? UNKNOWN : Math.max(NARROWEST, columns), colour);
  }

  /** The same, so wide. */
  Screen withColumns(int other) {
    return new Screen(other, colour);
  }

  /** Text for a share, 0 to 1, brighter the larger it is. */
  String share(double value, String text) {
    int step = (int) Math.max(0, Math.min(4, Math.floor(value * 5)));
    return paint(240 + step * 3 + (step == 4 ? 3 : 0), text);
  }

  /** Text for a number: green above 0, red below. */
  String sign(double value, String text) {
    return value == 0 ? text : paint(value > 0 ? 34 : 160, text);
  }

  private String paint(int number, String text) {
    return colour == Colour.OFF ? text : "\u001b[38;5;" + number + "m" + text + "\u001b[0m";
  }
}
