package dev.carousel.example;

// docs/classification.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.model.Start;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import dev.carousel.train.*;
import java.nio.file.Path;
import java.time.Duration;

class ListenerExample {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    DataFormat format = DataFormat.named("trec");
    DataSet all = DataSet.read(folder.resolve("TREC.train"), format, ReadOptions.STRICT);
    Split split = Split.tenth(all, 1);
    StopSignal stop = StopSignal.after(Duration.ofMinutes(10));
    TrainingListener goodEnough =
        new TrainingListener() {
          @Override
          public void onEvaluation(TrainingEvent.Evaluated event) {
            System.out.println("epoch " + (event.at().epoch() + 1) + " " + event.metrics());
            if (event.metrics().getOrDefault(TextClassifier.ACCURACY, 0.0) >= 0.8) {
              stop.request();
            }
          }
        };
    try (Backend backend = Backends.best()) {
      ClassifierTrainer trainer =
          new ClassifierTrainer(ClassifierSettings.DEFAULT, backend)
              .listener(goodEnough)
              .stopSignal(stop)
              .checkpoint(folder.resolve("run.safetensors"), Start.FRESH);
      ClassifierTrainer.Fit fit = trainer.fit(split.train(), split.heldOut());
      try (TextClassifier model = fit.model()) {
        System.out.println(fit.result().reason() + " after " + fit.result().steps() + " steps");
        model.save(folder.resolve("model"));
      }
    }
  }
}
// … to here.
