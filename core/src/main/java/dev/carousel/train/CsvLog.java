package dev.carousel.train;

import dev.carousel.store.AtomicFiles;
import dev.carousel.store.StoreException;
import dev.carousel.train.TrainingEvent.Position;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes every number of a training to a CSV file (RFC 4180, UTF-8), one number a row:
 *
 * <pre>
 * step,epoch,time,set,name,value
 * 10,0,2026-11-01T12:00:00Z,train,loss,2.3025
 * 500,0,2026-11-01T12:01:00Z,dev,f1,0.875
 * </pre>
 *
 * <p>{@code step} counts optimizer steps from the beginning of the run, {@code epoch} counts from
 * 0. The rows of one event are appended in one write. When a run goes on from a checkpoint, rows
 * beyond the checkpoint's step are dropped first, and so is a row that a crash cut off; the file
 * then looks as if the run had never stopped. A run from step 0 drops all rows of an earlier one.
 */
public final class CsvLog implements TrainingListener {
  private static final String HEADER = "step,epoch,time,set,name,value";
  private static final String TRAIN = "train";

  /** The set under which {@link TrainingListener#onGradients} is logged, a row a parameter. */
  public static final String GRADIENT = "gradient";

  private final Path file;
  private final InstantSource clock;

  /** A log in {@code file}, which is created or shortened when training starts. */
  public CsvLog(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /**
   * Brings the file to where the run is.
   *
   * @throws StoreException if it cannot be written or is no log of this format
   */
  @Override
  public void onStart(TrainingEvent.Started event) {
    long step = event.at().totalSteps();
    AtomicFiles.write(
        file,
        out -> {
          Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
          writer.write(HEADER + CsvRecords.END);
          copyRowsUpTo(step, writer);
          writer.flush();
        });
  }

  @Override
  public void onStep(TrainingEvent.Stepped event) {
    Rows rows = new Rows(event.at(), TRAIN);
    rows.add("loss", event.loss());
    rows.add("learning_rate", event.learningRate());
    rows.add("gradient_norm", event.gradientNorm());
    rows.add("tokens", event.tokens());
    rows.append();
  }

  @Override
  public void onGradients(TrainingEvent.Gradients event) {
    Rows rows = new Rows(event.at(), GRADIENT);
    event.norms().forEach(rows::add);
    rows.append();
  }

  @Override
  public void onEvaluation(TrainingEvent.Evaluated event) {
    Rows rows = new Rows(event.at(), event.set());
    for (Map.Entry<String, Double> metric : event.metrics().entrySet()) {
      rows.add(metric.getKey(), metric.getValue());
    }
    rows.append();
  }

  @Override
  public void onEpochEnd(TrainingEvent.EpochEnded event) {
    Rows rows = new Rows(event.at(), TRAIN);
    rows.add("epoch_loss", event.loss());
    rows.add("epoch_seconds", event.seconds());
    rows.append();
  }

  /**
   * Hands the rows of a log to {@code reader}, in the order of the file. A row that a crash cut off
   * is left out.
   *
   * @throws StoreException if the file cannot be read or is no log of this format
   */
  public static void read(Path file, Consumer<Row> reader) {
    try {
      forEachRecord(file, (record, line) -> reader.accept(Row.parse(file, record, line)));
    } catch (IOException e) {
      throw new StoreException(file, "cannot be read (" + e + ")", "check that it exists", e);
    }
  }

  /**
   * One number of a log.
   *
   * @param step optimizer steps done since the beginning of the run
   * @param epoch running epoch, from 0 on
   * @param set {@code train}, {@link #GRADIENT} or the name of an evaluation set
   * @param name of the number: {@code loss}, {@code learning_rate}, {@code f1} …
   */
  public record Row(long step, int epoch, String set, String name, double value) {

    private static Row parse(Path file, String record, long line) {
      List<String> fields = CsvRecords.fields(record);
      try {
        return new Row(
            Long.parseLong(fields.get(0)),
            Integer.parseInt(fields.get(1)),
            fields.get(3),
            fields.get(4),
            Double.parseDouble(fields.get(5)));
      } catch (NumberFormatException | IndexOutOfBoundsException e) {
        throw new StoreException(
            file, "line " + line + " is no row of a log: " + record, "move the file away", e);
      }
    }
  }

  private interface RecordReader {
    void accept(String record, long line) throws IOException;
  }

  private static void forEachRecord(Path file, RecordReader reader) throws IOException {
    try (Reader text = Files.newBufferedReader(file)) {
      CsvRecords records = new CsvRecords(text);
      if (!HEADER.equals(records.next())) {
        throw new StoreException(
            file, "is no training log: its first line is not " + HEADER, "move it away");
      }
      long line = 2;
      for (String record = records.next(); record != null; record = records.next()) {
        reader.accept(record, line);
        line++;
      }
    }
  }

  private void copyRowsUpTo(long step, Writer writer) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return;
    }
    forEachRecord(
        file,
        (record, line) -> {
          if (Row.parse(file, record, line).step() <= step) {
            writer.write(record + CsvRecords.END);
          }
        });
  }

  /** The rows of one event. */
  private final class Rows {
    private final Position at;
    private final String set;
    private final String time = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    private final StringBuilder text = new StringBuilder();

    Rows(Position at, String set) {
      this.at = at;
      this.set = set;
    }

    /** Adds a number in the shortest decimal form that reads back as the same one. */
    void add(String name, Number value) {
      text.append(CsvRecords.record(at.totalSteps(), at.epoch(), time, set, name, value));
    }

    void append() {
      try {
        Files.writeString(file, text, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new StoreException(
            file, "cannot be written (" + e + ")", "check the free space and permissions", e);
      }
    }
  }
}
