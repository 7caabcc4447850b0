package dev.carousel.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Labelled texts and where they came from.
 *
 * @param name a name for messages and reports
 * @param examples the examples in file order
 * @param sources the files they were read from, with checksums; empty for data made in memory
 * @param report the rows that were left out
 */
public record DataSet(
    String name, List<Example> examples, List<SourceFile> sources, ReadReport report) {
  /** Copies the lists. */
  public DataSet {
    examples = List.copyOf(examples);
    sources = List.copyOf(sources);
  }

  /**
   * Examples made in memory.
   *
   * @param name a name for messages
   * @param examples the examples
   * @return the data set
   */
  public static DataSet of(String name, List<Example> examples) {
    return new DataSet(name, examples, List.of(), ReadReport.CLEAN);
  }

  /**
   * Reads one file and names the data set after it.
   *
   * @param file the file
   * @param format its format
   * @param options how strictly to read it
   * @return the data set
   * @throws IOException if the file cannot be opened or read
   * @throws DataException if it holds bad rows and these are errors, or is no file of this format
   */
  public static DataSet read(Path file, DataFormat format, ReadOptions options) throws IOException {
    return read(String.valueOf(file.getFileName()), List.of(file), format, options);
  }

  /**
   * Reads several files of one format, one after the other.
   *
   * @param name the data set's name
   * @param files the files, at least one
   * @param format their format
   * @param options how strictly to read them
   * @return the data set
   * @throws IOException if a file cannot be opened or read
   * @throws DataException if a file holds bad rows and these are errors, or is not of this format
   */
  public static DataSet read(String name, List<Path> files, DataFormat format, ReadOptions options)
      throws IOException {
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no files to read the data set '" + name + "' from");
    }
    List<Example> examples = new ArrayList<>();
    List<SourceFile> sources = new ArrayList<>();
    List<RowProblem> problems = new ArrayList<>();
    long skipped = 0;
    for (Path file : files) {
      DataSet part = DataFileReader.read(file, format, options);
      examples.addAll(part.examples);
      sources.addAll(part.sources);
      problems.addAll(part.report.listed());
      skipped += part.report.skipped();
    }
    return new DataSet(name, examples, sources, new ReadReport(skipped, problems));
  }

  /** Returns the number of examples. */
  public int size() {
    return examples.size();
  }

  /** Counts the labels; linear in the number of examples. */
  public LabelCounts labelCounts() {
    return LabelCounts.of(examples);
  }

  /** The same source with other examples, as a split makes it. */
  DataSet with(String newName, List<Example> newExamples) {
    return new DataSet(newName, newExamples, sources, report);
  }
}
