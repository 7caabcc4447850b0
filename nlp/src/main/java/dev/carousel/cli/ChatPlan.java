package dev.carousel.cli;

import dev.carousel.chat.ChatSettings;
import dev.carousel.rnn.Precision;
import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Flags of {@code train chat}: dialogues, and how a chatbot learns from them. */
final class ChatPlan implements TrainingPlan {
  @Mixin private DialogueFlags dialogues;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "How many of the last turns it reads (default: ${DEFAULT-VALUE}).")
  private int history = ChatSettings.DEFAULT.history();

  @Mixin private TranslatorFlags flags;

  @Override
  public long seed() {
    return flags.seed();
  }

  @Override
  public void check(Precision precision) throws IOException {
    dialogues.check();
    settings(precision);
  }

  private ChatSettings settings(Precision precision) throws IOException {
    return new ChatSettings(flags.settings(precision), history);
  }

  @Override
  public ChatTraining training(long seed, Precision precision, Console console) throws IOException {
    return new ChatTraining(dialogues.read(seed, console), settings(precision).withSeed(seed));
  }
}
