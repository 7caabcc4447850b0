package dev.carousel.task;

import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.KitTask;
import dev.carousel.taskkit.TaskKit;
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
      ClassifierTrainer trainer = new ClassifierTrainer(Synthetic.tiny(epochs), backend);
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
    public List<String> ordinaryTexts() {
      return List.of("the red house", "is very green today", "blue", "unknown words only");
    }
  }
}
