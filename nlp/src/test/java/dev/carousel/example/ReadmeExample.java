package dev.carousel.example;

// README.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import java.nio.file.Path;

class ReadmeExample {
  public static void main(String[] args) throws Exception {
    DataFormat labelTabText = DataFormat.named("tsv");
    DataSet train = DataSet.read(Path.of("train.tsv"), labelTabText, ReadOptions.STRICT);
    Split split = Split.tenth(train, 1);
    try (Backend backend = Backends.best();
        TextClassifier model =
            TextClassifier.train(
                split.train(), split.heldOut(), ClassifierSettings.DEFAULT, backend)) {
      System.out.println(model.predict("What is the capital of Peru?"));
      model.save(Path.of("model"));
    }
  }
}
// … to here.
