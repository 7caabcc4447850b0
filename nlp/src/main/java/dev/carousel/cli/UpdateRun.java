package dev.carousel.cli;

import dev.carousel.data.BucketedBatches;
import dev.carousel.data.SourceFile;
import dev.carousel.model.OnlineLearner;
import dev.carousel.update.Guard;
import dev.carousel.update.Rehearsal;
import dev.carousel.update.Update;
import dev.carousel.update.UpdateFigures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One update, whatever the task.
 *
 * @param updating the model
 * @param flags what is asked for
 * @param console where it is told
 * @param <X> an example
 * @param <M> the model's type
 */
record UpdateRun<X, M>(Updating<X, M> updating, UpdateFlags flags, Console console) {
  private static final double GUARDING_SHARE = 0.1;

  /**
   * What there is to learn from and to measure by.
   *
   * @param guard null for none
   * @param files that were read
   */
  private record Material<X>(
      Rehearsal<X> rehearsal, @Nullable Guard<X> guard, List<SourceFile> files) {}

  static <X, M> UpdateRun<X, M> of(Updating<X, M> updating, UpdateFlags flags, Console console) {
    return new UpdateRun<>(updating, flags, console);
  }

  /** Updates the model and writes it to {@code target}, or refuses to; returns the exit code. */
  int run(Path target, boolean json) throws IOException {
    try (OnlineLearner<X, M> learner = updating.learner(flags.settings())) {
      Material<X> material = material(learner);
      learner.source(material.files());
      Update<X, M> update =
          new Update<>(
              learner, material.rehearsal(), flags.epochs(), material.guard(), updating::score);
      Update.Result<M> result = update.run(updating.model());
      try {
        if (result.figures().kept()) {
          updating.save(result.model(), target, metrics(result.figures()));
        }
      } finally {
        updating.release(result.model());
      }
      return tell(result.figures(), target, json);
    }
  }

  private Material<X> material(OnlineLearner<X, M> learner) throws IOException {
    Updating.Data<X> corrections = read(flags.data(), learner);
    List<SourceFile> files = new ArrayList<>(corrections.files());
    List<X> older = new ArrayList<>();
    List<X> guarding = new ArrayList<>();
    Path replay = flags.replay();
    if (replay != null) {
      Updating.Data<X> read = read(replay, learner);
      files.addAll(read.files());
      older.addAll(read.examples());
    }
    Path guardData = flags.guardData();
    if (guardData != null) {
      guarding.addAll(read(guardData, learner).examples());
    } else if (replay != null) {
      guarding.addAll(takeTenth(older));
    }
    return new Material<>(
        new Rehearsal<>(corrections.examples(), older, flags.share(), flags.batch(), flags.seed()),
        guarding.isEmpty() ? null : new Guard<>(guarding, flags.tolerance()),
        files);
  }

  private Updating.Data<X> read(Path file, OnlineLearner<X, M> learner) throws IOException {
    Updating.Data<X> data = updating.read(file, flags, console);
    try {
      learner.check(data.examples());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
    return data;
  }

  /** Takes a seeded tenth, at least one, out of a list. */
  private List<X> takeTenth(List<X> from) {
    if (from.size() < 2) {
      throw new IllegalArgumentException(
          "--replay has " + from.size() + " example: there must be one to replay and one to guard");
    }
    int count = (int) Math.max(1, Math.round(from.size() * GUARDING_SHARE));
    List<X> taken = new ArrayList<>();
    List<X> rest = new ArrayList<>();
    for (int[] one : new BucketedBatches(1, 1, flags.seed()).plan(new int[from.size()], 0)) {
      (taken.size() < count ? taken : rest).add(from.get(one[0]));
    }
    from.clear();
    from.addAll(rest);
    return taken;
  }

  private static Map<String, Double> metrics(UpdateFigures figures) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("update.before", figures.before());
    metrics.put("update.after", figures.after());
    if (!Double.isNaN(figures.guardBefore())) {
      metrics.put("update.guardBefore", figures.guardBefore());
      metrics.put("update.guardAfter", figures.guardAfter());
    }
    return metrics;
  }

  private int tell(UpdateFigures figures, Path target, boolean json) {
    if (json) {
      console.json(figures.fields());
    } else {
      console.out().println(figures.summary());
      console.out().flush();
    }
    if (figures.kept()) {
      if (Double.isNaN(figures.guardBefore())) {
        console.progress("nothing guarded this update: --guard-data or --replay would");
      }
      console.progress("updated model saved in " + target);
      return 0;
    }
    console.progress(
        "carousel: the update is refused, as the score on the guarding examples fell by %.4f, more than %s; %s is as it was. Try a lower --lr, a larger --hold or more --replay"
            .formatted(figures.guardBefore() - figures.guardAfter(), figures.tolerance(), target));
    return 1;
  }
}
