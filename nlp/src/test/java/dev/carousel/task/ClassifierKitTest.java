package dev.carousel.task;

import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.KitTask;
import dev.carousel.taskkit.TaskKit;
import dev.carousel.text.Extent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

class ClassifierKitTest extends TaskKit<TextClassifier> {
  ClassifierKitTest() {
    super(new Task());
  }

  private static final class Task implements KitTask<TextClassifier> {
    @Override
    public Outcome<TextClassifier> train(
        Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
      ClassifierSettings tiny = Synthetic.tiny(epochs);
      TextSettings text = tiny.text();
      ClassifierSettings settings =
          tiny.withText(new TextSettings(text.tokenizer(), 1, text.maxVocabulary(), 20_000));
      ClassifierTrainer trainer = new ClassifierTrainer(settings, backend);
      prepare.accept(trainer);
      ClassifierTrainer.Fit fit = trainer.fit(Synthetic.colours(48, 1), Synthetic.colours(12, 2));
      return new Outcome<>(fit.model(), fit.result());
    }

    @Override
    public void save(TextClassifier model, Path directory) {
      model.save(directory);
    }

    @Override
    public TextClassifier load(Path directory, Backend backend) {
      return TextClassifier.load(directory, backend);
    }

    @Override
    public List<Prediction> answers(TextClassifier model, List<String> texts) {
      return model.predict(texts);
    }

    @Override
    public String outline(Object answer) {
      return ((Prediction) answer).label();
    }

    @Override
    public List<Double> scores(TextClassifier model, List<String> texts) {
      return model.predict(texts).stream()
          .flatMap(answer -> Synthetic.COLOURS.stream().map(answer.scores()::get))
          .toList();
    }

    @Override
    public Extent extent(Object answer) {
      return ((Prediction) answer).extent();
    }

    @Override
    public List<String> ordinaryTexts() {
      return List.of("the red house", "is very green today", "blue", "unknown words only");
    }
  }
}
