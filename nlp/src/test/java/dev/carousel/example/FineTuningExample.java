package dev.carousel.example;

// docs/fine-tuning.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.lm.*;
import dev.carousel.model.UpdateSettings;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import java.nio.file.Path;
import java.util.List;

class FineTuningExample {
  public static void main(String[] args) throws Exception {
    DataFormat trec = DataFormat.named("trec");
    DataSet few = DataSet.read(Path.of("few.trec"), trec, ReadOptions.STRICT);
    DataSet test = DataSet.read(Path.of("TREC.test"), trec, ReadOptions.STRICT);
    Pretrained pretrained = Pretrained.read(Path.of("lm"));
    ClassifierSettings settings =
        ClassifierSettings.DEFAULT
            .withEpochs(10)
            .withEncoderOf(pretrained)
            .withFineTuning(FineTuning.GRADUAL);
    Split split = Split.tenth(few, 1);
    try (Backend backend = Backends.best();
        TextClassifier model =
            new ClassifierTrainer(settings, backend)
                .from(pretrained)
                .fit(split.train(), split.heldOut())
                .model();
        OnlineClassifier learner = OnlineClassifier.of(model, UpdateSettings.DEFAULT)) {
      System.out.println(model.evaluate(test).summary());
      learner.learn(List.of(Example.of("Name the capital of Peru .", "LOC")));
      try (TextClassifier updated = learner.snapshot()) {
        updated.save(Path.of("model"));
      }
    }
  }
}
// … to here.
