package dev.carousel.cli;

import dev.carousel.chat.ChatBot;
import dev.carousel.chat.ChatSettings;
import dev.carousel.data.DialogueSet;
import dev.carousel.data.SourceFile;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.train.TrainingResult;
import dev.carousel.translate.TranslationScores;
import dev.carousel.translate.TranslatorTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The training of a chatbot.
 *
 * @param train what to learn from
 * @param dev what selects the best epoch
 * @param test what to measure on; null for dev
 * @param settings how to learn
 */
record ChatTraining(
    DialogueSet train, DialogueSet dev, @Nullable DialogueSet test, ChatSettings settings)
    implements Training<TranslationScores> {

  @Override
  public String announcement() {
    return "%d dialogues to learn from, %d to select by%s"
        .formatted(
            train.size(), dev.size(), test == null ? "" : ", " + test.size() + " to measure on");
  }

  @Override
  public List<SourceFile> data() {
    return Stream.of(train, dev).flatMap(set -> set.sources().stream()).distinct().toList();
  }

  @Override
  public Trained<TranslationScores> fit(Backend backend, Consumer<TaskTrainer<?>> prepare) {
    TranslatorTrainer trainer = new TranslatorTrainer(settings.writer(), backend);
    prepare.accept(trainer);
    ChatBot.Fit fit = ChatBot.fit(train, dev, settings, trainer);
    return new Measured(fit, test == null ? "dev" : "test", test == null ? dev : test);
  }

  /** What was trained, and what it is measured on. */
  private record Measured(ChatBot.Fit fit, String measuredOn, DialogueSet data)
      implements Trained<TranslationScores> {
    @Override
    public TrainingResult result() {
      return fit.result();
    }

    @Override
    public TranslationScores measure() {
      return fit.bot().evaluate(data);
    }

    @Override
    public void save(Path directory, Map<String, Double> metrics) {
      fit.bot().withMetrics(metrics).save(directory);
    }

    @Override
    public void close() {
      fit.bot().close();
    }
  }
}
