package dev.carousel.example;

// docs/tuning.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import dev.carousel.train.Goal;
import dev.carousel.tune.*;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

class TuningExample {
  public static void main(String[] args) throws Exception {
    DataSet all = DataSet.read(Path.of("train.tsv"), DataFormat.named("tsv"), ReadOptions.STRICT);
    Split split = Split.tenth(all, 1);
    SearchSpace space =
        SearchSpace.parse(List.of(new DimensionText("the example", "lr=1e-4..1e-2:log")));
    Search search = new Search(space.draw(6, 1), new Strategy.RandomSearch(), Goal.MAXIMIZE);
    Journal journal = Journal.begin(Path.of("journal.json"), new TreeMap<>());
    try (Backend backend = Backends.best()) {
      Search.Runner runner =
          (trial, epochs, rung) -> {
            double rate = Double.parseDouble(trial.values().getOrDefault("lr", ""));
            ClassifierSettings settings = ClassifierSettings.DEFAULT.withLearningRate(rate);
            ClassifierTrainer.Fit fit =
                new ClassifierTrainer(settings, backend).fit(split.train(), split.heldOut());
            fit.model().close();
            double score = fit.result().best().getOrDefault(TextClassifier.ACCURACY, 0.0);
            int trained = fit.result().epochs();
            return Optional.of(new TrialResult(trial.number(), rung, trained, score, ""));
          };
      search.run(runner, journal).ifPresent(best -> System.out.println(best.flags()));
    }
  }
}
// … to here.
