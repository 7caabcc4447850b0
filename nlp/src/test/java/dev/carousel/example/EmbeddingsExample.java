package dev.carousel.example;

// docs/embeddings.md shows the lines from here …
import dev.carousel.data.*;
import dev.carousel.embed.*;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import java.nio.file.Path;

class EmbeddingsExample {
  public static void main(String[] args) throws Exception {
    ClassifierSettings settings = ClassifierSettings.DEFAULT.withFrozenEmbedding();
    SkipGramTrainer trainer =
        new SkipGramTrainer(
            SkipGramSettings.DEFAULT, settings.text().tokenizer(), System.out::println);
    LearnedVectors learned = trainer.fit(Path.of("text.txt"));
    VectorFile.TEXT.write(learned, Path.of("words.vec"));

    VectorTable table = VectorTable.read(Path.of("words.vec"), Integer.MAX_VALUE);
    System.out.print(table.report().describe());
    VectorQuery.parse("king - man + woman").nearest(table, 5).forEach(System.out::println);

    DataFormat tsv = DataFormat.named("tsv");
    DataSet data = DataSet.read(Path.of("train.tsv"), tsv, ReadOptions.STRICT);
    Split split = Split.tenth(data, 1);
    WordVectors words =
        VectorReader.read(Path.of("words.vec"), ClassifierTrainer.words(settings, split.train()));
    try (Backend backend = Backends.best();
        TextClassifier model =
            new ClassifierTrainer(settings, backend)
                .vectors(words)
                .fit(split.train(), split.heldOut())
                .model()) {
      model.save(Path.of("model"));
    }
  }
}
// … to here.
