package dev.carousel.data;

/**
 * A row that could not be understood.
 *
 * @param source the file's name
 * @param line the line the row starts at, counted from 1
 * @param problem what is wrong with it
 */
public record RowProblem(String source, long line, String problem) {
  @Override
  public String toString() {
    return source + ":" + line + ": " + problem;
  }
}
