package dev.carousel.bench.row;

import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads rows and shapes as a user writes them. */
public final class RowNames {
  /** What a shape looks like, for messages and help. */
  public static final String SHAPE = "[lstm-|gru-][TASK-]nN-tT-hH[-lL][-bi]";

  private static final int DIGITS = 7;

  private static final Pattern FORM =
      Pattern.compile(
          "(?:(?<cell>lstm|gru)-)?(?:(?<task>%s)-)?n(?<n>\\d{1,%d})-t(?<t>\\d{1,%d})-h(?<h>\\d{1,%d})(?:-l(?<l>\\d{1,2}))?(?<bi>-bi)?"
              .formatted(String.join("|", Task.words()), DIGITS, DIGITS, DIGITS));

  private RowNames() {}

  /**
   * The row of this full name.
   *
   * @throws IllegalArgumentException if it is not one
   */
  public static Row parse(String name) {
    List<Row> rows = shape(name);
    if (rows.size() != 1 || !rows.get(0).name().equals(name)) {
      throw new IllegalArgumentException("'" + name + "' is not the full name of a row");
    }
    return rows.get(0);
  }

  /**
   * The rows of a shape: without a cell both of them, without a task {@code step} for n1-t1 and
   * {@code infer} otherwise.
   *
   * @throws IllegalArgumentException saying what a shape looks like
   */
  public static List<Row> shape(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "'%s' is no shape; write %s with a task of %s"
              .formatted(text, SHAPE, String.join(", ", Task.words())));
    }
    List<Row> rows = new ArrayList<>();
    for (Cell cell : cells(m.group("cell"))) {
      rows.add(row(cell, m));
    }
    return rows;
  }

  private static List<Cell> cells(String word) {
    return word == null
        ? List.of(Cell.LSTM, Cell.GRU)
        : List.of(Cell.valueOf(word.toUpperCase(Locale.ROOT)));
  }

  private static Row row(Cell cell, Matcher m) {
    int batch = Integer.parseInt(m.group("n"));
    int steps = Integer.parseInt(m.group("t"));
    String word = m.group("task");
    Task usual = batch == 1 && steps == 1 ? Task.STEP : Task.INFER;
    return new Row(
        cell,
        word == null ? usual : Task.valueOf(word.toUpperCase(Locale.ROOT)),
        batch,
        steps,
        Integer.parseInt(m.group("h")),
        m.group("l") == null ? 1 : Integer.parseInt(m.group("l")),
        m.group("bi") == null ? Direction.FORWARD : Direction.BIDIRECTIONAL);
  }
}
