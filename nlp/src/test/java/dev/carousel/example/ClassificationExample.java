package dev.carousel.example;

// docs/classification.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import java.nio.file.Path;

class ClassificationExample {
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    DataFormat format = DataFormat.named("trec");
    DataSet all = DataSet.read(folder.resolve("TREC.train"), format, ReadOptions.STRICT);
    DataSet test = DataSet.read(folder.resolve("TREC.test"), format, ReadOptions.STRICT);
    Split split = Split.tenth(all, 1);
    ClassifierSettings settings = ClassifierSettings.DEFAULT.withEpochs(5);
    try (Backend backend = Backends.best();
        TextClassifier model =
            TextClassifier.train(split.train(), split.heldOut(), settings, backend)) {
      System.out.println(model.evaluate(test).summary());
      Prediction answer = model.predict("Who invented the constant error carousel?");
      System.out.println(answer.label() + " " + answer.top(3));
      model.save(folder.resolve("model"));
    }
  }
}
// … to here.
