package dev.carousel.cli;

import dev.carousel.model.Start;
import dev.carousel.spi.Backend;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code carousel train TASK} does, whatever the task. */
abstract class TrainVerb implements Callable<Integer> {
  private final Console console;

  @Spec private CommandSpec spec;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = {
        "Where the model goes: a new or empty folder, or one with a model in it;",
        "with several seeds DIR-seed1, DIR-seed2 and so on."
      })
  private Path out = Path.of("");

  @Option(
      names = "--resume",
      description = "Go on from the last checkpoint in DIR.run, with the same flags as before.")
  private boolean resume;

  @Mixin private SeedsFlag seeds;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  @Mixin private BackendFlags backends;

  TrainVerb(Console console) {
    this.console = console;
  }

  /** The task's own flags. */
  abstract TrainingPlan plan();

  @Override
  public final Integer call() throws IOException {
    TrainingPlan plan = plan();
    Usage.of(
        spec,
        () -> {
          plan.check(backends.precision());
          return seeds.from(plan.seed());
        });
    RunFolder folder = Usage.of(spec, () -> RunFolder.of(out));
    try (Backend backend = backends.open()) {
      return new SeedRuns(new TrainingRun(console, backend), plan, backends.precision())
          .run(seeds.from(plan.seed()), folder, resume ? Start.RESUME : Start.FRESH)
          .print(console, json);
    }
  }
}
