package dev.carousel.lm;

import dev.carousel.data.Corpus;
import dev.carousel.decode.Sampling;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.KitTask;
import dev.carousel.taskkit.TaskKit;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/** With all regularisers on, so that resuming has to bring everything back. */
class LanguageKitTest extends TaskKit<LanguageModel> {
  LanguageKitTest() {
    super(new Task());
  }

  /** How probable a line is, and what would come after it. */
  private record Answer(double nats, String continuation) {}

  private static final class Task implements KitTask<LanguageModel> {
    @Override
    public Outcome<LanguageModel> train(
        Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
      LanguageSettings settings = Rhymes.regularised(LanguageText.WORDS, epochs);
      LanguageTrainer trainer = new LanguageTrainer(settings, backend);
      prepare.accept(trainer);
      LanguageTrainer.Fit fit = trainer.fit(Rhymes.corpus(24), Rhymes.corpus(6));
      return new Outcome<>(fit.model(), fit.result());
    }

    @Override
    public void save(LanguageModel model, Path directory) {
      model.save(directory);
    }

    @Override
    public LanguageModel load(Path directory, Backend backend) {
      return LanguageModel.load(directory, backend);
    }

    @Override
    public List<Answer> answers(LanguageModel model, List<String> texts) {
      return texts.stream().map(text -> answer(model, text)).toList();
    }

    private static Answer answer(LanguageModel model, String text) {
      return new Answer(
          model.evaluate(Corpus.of("line", text + "\n")).nats(),
          model.generate(text, 5, Sampling.PLAIN));
    }

    @Override
    public String outline(Object answer) {
      return ((Answer) answer).continuation();
    }

    @Override
    public List<String> ordinaryTexts() {
      return List.of("one two three", "red", "left right left", "two blue seven");
    }
  }
}
