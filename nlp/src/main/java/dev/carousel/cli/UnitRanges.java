package dev.carousel.cli;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Some of a layer's units.
 *
 * @param units their numbers, from 0, ascending
 */
record UnitRanges(List<Integer> units) {
  private static final int MOST = 1 << 20;
  private static final Pattern RANGE = Pattern.compile("(\\d{1,7})(?:-(\\d{1,7}))?");

  /** Reads {@code 0-7,12}. */
  static final class Converter implements ITypeConverter<UnitRanges> {
    @Override
    public UnitRanges convert(String value) {
      TreeSet<Integer> units = new TreeSet<>();
      for (String part : value.split(",", -1)) {
        Matcher range = RANGE.matcher(part.strip());
        if (!range.matches()) {
          throw new TypeConversionException("expected numbers as in 0-7,12, not '" + value + "'");
        }
        int from = Integer.parseInt(range.group(1));
        int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
        if (from > to || to > MOST) {
          throw new TypeConversionException(
              "'%s' is no range of units from 0 to %d".formatted(part, MOST));
        }
        IntStream.rangeClosed(from, to).forEach(units::add);
      }
      return new UnitRanges(List.copyOf(units));
    }
  }

  /**
   * Their numbers.
   *
   * @param count units of the layer
   * @throws IllegalArgumentException if the layer has fewer
   */
  int[] of(int count) {
    int last = units.get(units.size() - 1);
    if (last >= count) {
      throw new IllegalArgumentException(
          "there is no unit %d: the layer's are 0 to %d".formatted(last, count - 1));
    }
    return units.stream().mapToInt(Integer::intValue).toArray();
  }
}
