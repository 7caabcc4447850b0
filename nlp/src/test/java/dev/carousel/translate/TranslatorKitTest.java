package dev.carousel.translate;

import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.KitTask;
import dev.carousel.taskkit.TaskKit;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

class TranslatorKitTest extends TaskKit<Translator> {
  TranslatorKitTest() {
    super(new Task());
  }

  /** What of a translation can be compared. */
  private record Answer(String text, double score, double logProbability) {}

  private static final class Task implements KitTask<Translator> {
    @Override
    public Outcome<Translator> train(
        Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
      TranslatorTrainer trainer = new TranslatorTrainer(Reversal.tiny(epochs), backend);
      prepare.accept(trainer);
      TranslatorTrainer.Fit fit = trainer.fit(Reversal.pairs(64, 1), Reversal.pairs(8, 2));
      return new Outcome<>(fit.model(), fit.result());
    }

    @Override
    public void save(Translator model, Path directory) {
      model.save(directory);
    }

    @Override
    public Translator load(Path directory, Backend backend) {
      return Translator.load(directory, backend);
    }

    @Override
    public List<Answer> answers(Translator model, List<String> texts) {
      return model.translate(texts, TranslationOptions.DEFAULT).stream()
          .map(t -> t.candidates().get(0))
          .map(c -> new Answer(c.text(), c.score(), c.logProbability()))
          .toList();
    }

    @Override
    public String outline(Object answer) {
      return ((Answer) answer).text();
    }

    @Override
    public List<String> ordinaryTexts() {
      return List.of("one two three", "six", "four four five one", "words never seen");
    }
  }
}
