package dev.carousel.cli;

import dev.carousel.chat.ChatBot;
import dev.carousel.chat.ChatEvaluation;
import dev.carousel.chat.ChatSettings;
import dev.carousel.data.DialogueSet;
import dev.carousel.data.SourceFile;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.train.TrainingResult;
import dev.carousel.translate.TranslatorTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The training of a chatbot.
 *
 * @param sets what to learn from, to select by and to measure on
 * @param settings how to learn
 */
record ChatTraining(DialogueFlags.Sets sets, ChatSettings settings)
    implements Training<ChatEvaluation> {
  @Override
  public String announcement() {
    DialogueSet test = sets.test();
    return "%d dialogues to learn from, %d to select by%s"
        .formatted(
            sets.train().size(),
            sets.dev().size(),
            test == null ? "" : ", " + test.size() + " to measure on");
  }

  @Override
  public List<SourceFile> data() {
    return Stream.of(sets.train(), sets.dev())
        .flatMap(set -> set.sources().stream())
        .distinct()
        .toList();
  }

  @Override
  public Trained<ChatEvaluation> fit(Backend backend, Consumer<TaskTrainer<?>> prepare) {
    TranslatorTrainer trainer = new TranslatorTrainer(settings.writer(), backend);
    prepare.accept(trainer);
    ChatBot.Fit fit = ChatBot.fit(sets.train(), sets.dev(), settings, trainer);
    DialogueSet test = sets.test();
    return new Measured(fit, test == null ? "dev" : "test", test == null ? sets.dev() : test);
  }

  /** What was trained, and what it is measured on. */
  private record Measured(ChatBot.Fit fit, String measuredOn, DialogueSet data)
      implements Trained<ChatEvaluation> {
    @Override
    public TrainingResult result() {
      return fit.result();
    }

    @Override
    public ChatEvaluation measure() {
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
