package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.store.Checkpoint;
import dev.carousel.store.StoreException;
import dev.carousel.store.StrictJson;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A {@link RunState} as a file: flat arrays for what is large, doubles by their bits so that
 * infinities and the last digit survive, and a {@link CheckpointHeader}.
 */
final class TrainingCheckpoint {
  private static final String VALUES = "parameters";
  private static final String BEST_VALUES = "best.parameters";
  private static final String BEST_METRICS = "best.metrics";
  private static final String BUFFER = "optimizer.";
  private static final String SCALARS = "optimizer.scalars";
  private static final String PENDING_LOSS = "loss.pending";
  private static final String EPOCH_LOSS = "loss.epoch";
  private static final String SCHEDULE = "schedule";
  private static final String SELECTION = "selection";
  private static final String CARRIED = "carried";
  private static final String AVERAGE_SUM = "average.sum";
  private static final String AVERAGE_COUNT = "average.count";
  private static final String AVERAGE_METRICS = "average.metrics";

  private final Path file;
  private final Checkpoint content;

  private TrainingCheckpoint(Path file, Checkpoint content) {
    this.file = file;
    this.content = content;
  }

  /** Replaces the file; the one before stays if that fails. */
  static void write(Path file, ParameterSet set, TrainingSettings settings, RunState run) {
    Map<String, float[]> floats = new LinkedHashMap<>();
    floats.put(VALUES, run.values());
    List<String> names = settings.rule().buffers();
    for (int i = 0; i < names.size(); i++) {
      floats.put(BUFFER + names.get(i), run.optimizer().buffers().get(i));
    }
    floats.put(PENDING_LOSS, run.loss().pending());
    float[] best = run.bestValues();
    if (best != null) {
      floats.put(BEST_VALUES, best);
    }
    float[] carried = run.carried();
    if (carried != null) {
      floats.put(CARRIED, carried);
    }
    Progress p = run.progress();
    Map<String, long[]> longs = new LinkedHashMap<>();
    longs.put(SCALARS, bits(run.optimizer().scalars()));
    longs.put(EPOCH_LOSS, bits(run.loss().epoch()));
    longs.put(SCHEDULE, bits(p.schedule().rate(), p.schedule().best()));
    longs.put(SELECTION, bits(p.selection().best()));
    longs.put(
        BEST_METRICS,
        bits(new TreeMap<>(p.best()).values().stream().mapToDouble(m -> m).toArray()));
    ParameterAverage.State average = run.average();
    if (average != null) {
      floats.put(AVERAGE_SUM, average.sum());
      longs.put(AVERAGE_COUNT, new long[] {average.count()});
      longs.put(AVERAGE_METRICS, bits(average.metrics()));
    }
    String header = StrictJson.write(CheckpointHeader.of(set, settings, run));
    new Checkpoint(floats, Map.of(), longs, header).save(file);
  }

  /**
   * Reads a file back.
   *
   * @throws StoreException if it is damaged, or of another model or of other settings
   */
  static RunState read(Path file, ParameterSet set, TrainingSettings settings) {
    Checkpoint content = Checkpoint.load(file);
    CheckpointHeader header = content.state(file, CheckpointHeader.class);
    for (String difference : header.differences(set, settings)) {
      throw new StoreException(
          file,
          "is of another training: its " + difference,
          "resume with the settings it was made with, or start afresh in another place");
    }
    int size = Math.toIntExact(set.values().size());
    return new TrainingCheckpoint(file, content).state(header, settings, size);
  }

  private RunState state(CheckpointHeader h, TrainingSettings settings, int size) {
    int scalars = Math.max(1, settings.groups().groups().size()) * OptimizerScalars.SIZE;
    List<float[]> buffers =
        settings.rule().buffers().stream().map(name -> floats(BUFFER + name, size)).toList();
    return new RunState(
        floats(VALUES, size),
        new Optimizer.State(buffers, doubles(SCALARS, scalars)),
        new LossMeter.State(floats(PENDING_LOSS, 2), doubles(EPOCH_LOSS, 2), h.tokens()),
        h.noiseStep(),
        progress(h),
        h.frozen(),
        h.batches(),
        content.floats().containsKey(BEST_VALUES) ? floats(BEST_VALUES, size) : null,
        content.floats().get(CARRIED),
        settings.rule() instanceof AveragedSgd ? average(size) : null);
  }

  private ParameterAverage.State average(int size) {
    long[] count = content.longs().get(AVERAGE_COUNT);
    long[] metrics = content.longs().get(AVERAGE_METRICS);
    if (count == null || count.length != 1) {
      throw missing(AVERAGE_COUNT, 1);
    }
    if (metrics == null) {
      throw missing(AVERAGE_METRICS, 0);
    }
    return new ParameterAverage.State(
        floats(AVERAGE_SUM, count[0] == 0 ? 0 : size), count[0], values(metrics));
  }

  private Progress progress(CheckpointHeader h) {
    double[] schedule = doubles(SCHEDULE, 2);
    double[] metrics = doubles(BEST_METRICS, h.bestMetrics().size());
    Map<String, Double> best = new TreeMap<>();
    for (int i = 0; i < metrics.length; i++) {
      best.put(h.bestMetrics().get(i), metrics[i]);
    }
    return new Progress(
        h.epoch(),
        h.nextBatch(),
        h.step(),
        new Schedule.State(schedule[0], schedule[1], h.scheduleBad(), h.scheduleCooldown()),
        new EarlyStopping.State(doubles(SELECTION, 1)[0], h.sinceBest()),
        best,
        h.bestStep());
  }

  private float[] floats(String name, int size) {
    float[] a = content.floats().get(name);
    if (a == null || a.length != size) {
      throw missing(name, size);
    }
    return a;
  }

  private double[] doubles(String name, int size) {
    long[] a = content.longs().get(name);
    if (a == null || a.length != size) {
      throw missing(name, size);
    }
    return values(a);
  }

  private StoreException missing(String name, int size) {
    return new StoreException(
        file,
        "has no array '%s' of %d values".formatted(name, size),
        "it is damaged or no checkpoint of a training: start afresh in another place");
  }

  private static double[] values(long[] bits) {
    return Arrays.stream(bits).mapToDouble(Double::longBitsToDouble).toArray();
  }

  private static long[] bits(double... values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
