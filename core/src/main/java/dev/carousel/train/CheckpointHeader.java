package dev.carousel.train;

import dev.carousel.autograd.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The small part of a checkpoint, which is text.
 *
 * @param parameters names and shapes, in buffer order
 * @param frozen names of the parameters that are frozen in the running epoch, sorted
 * @param settings those that may not change when a run is resumed
 * @param backend what computed, for the record
 * @param epoch the running epoch
 * @param nextBatch within the epoch
 * @param batches of the epoch
 * @param step optimizer steps done
 * @param noiseStep what dropout draws its bits by
 * @param tokens of the losses not read yet
 * @param scheduleBad of {@link Schedule.State}
 * @param scheduleCooldown of the same
 * @param sinceBest of {@link EarlyStopping.State}
 * @param bestMetrics names; their values are an array
 * @param bestStep optimizer steps done at the best evaluation
 */
record CheckpointHeader(
    List<String> parameters,
    List<String> frozen,
    Map<String, String> settings,
    Map<String, String> backend,
    int epoch,
    int nextBatch,
    int batches,
    long step,
    int noiseStep,
    long tokens,
    int scheduleBad,
    int scheduleCooldown,
    int sinceBest,
    List<String> bestMetrics,
    long bestStep) {

  static CheckpointHeader of(ParameterSet set, TrainingSettings settings, RunState run) {
    Progress p = run.progress();
    return new CheckpointHeader(
        layout(set),
        run.frozen(),
        identity(settings),
        set.backend().describe(),
        p.epoch(),
        p.nextBatch(),
        run.batches(),
        p.step(),
        run.noiseStep(),
        run.loss().tokens(),
        p.schedule().bad(),
        p.schedule().cooldown(),
        p.selection().sinceBest(),
        List.copyOf(new TreeMap<>(p.best()).keySet()),
        p.bestStep());
  }

  /** What keeps a run from going on with this model and these settings; empty if nothing does. */
  List<String> differences(ParameterSet set, TrainingSettings wanted) {
    List<String> found = new ArrayList<>();
    List<String> here = layout(set);
    for (int i = 0; i < Math.max(parameters.size(), here.size()) && found.isEmpty(); i++) {
      String saved = i < parameters.size() ? parameters.get(i) : "none";
      String own = i < here.size() ? here.get(i) : "none";
      if (!saved.equals(own)) {
        found.add("parameter %d is %s, the model's is %s".formatted(i, saved, own));
      }
    }
    if (found.isEmpty()) {
      List<String> now = new Thawing(set, wanted.groups()).frozen(epoch);
      if (!frozen.equals(now)) {
        found.add("frozen parameters are %s, those of the model are %s".formatted(frozen, now));
      }
    }
    identity(wanted)
        .forEach(
            (name, value) -> {
              String saved = settings.getOrDefault(name, "none");
              if (!saved.equals(value)) {
                found.add("%s is %s, asked for is %s".formatted(name, saved, value));
              }
            });
    return found;
  }

  private static List<String> layout(ParameterSet set) {
    return set.parameters().stream().map(p -> p.name() + " " + p.shape()).toList();
  }

  /** Limits and selection may change: a run may be made longer, or more patient. */
  private static Map<String, String> identity(TrainingSettings s) {
    return new TreeMap<>(
        Map.of(
            "rule", s.rule().toString(),
            "schedule", s.schedule().toString(),
            "clipping", s.clipping().toString(),
            "groups", s.groups().toString(),
            "accumulation", Integer.toString(s.accumulation()),
            "seed", Long.toString(s.seed())));
  }
}
