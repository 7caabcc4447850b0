package dev.carousel.cli;

import dev.carousel.chat.ChatBot;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Conversation on the command line. */
final class ChatKind implements ModelKind {
  @Override
  public String task() {
    return ChatBot.TASK;
  }

  @Override
  public TrainingPlan plan() {
    return new ChatPlan();
  }

  @Override
  public Set<String> options() {
    return Set.of("--format", "--skip-bad-rows", "--references", "--saliency", "--of", "--token");
  }

  @Override
  public void checkFormat(DataFlags flags) {
    flags.dialogues();
  }

  @Override
  public LoadedChatBot load(Path directory, Backend backend, @Nullable Precision precision) {
    return new LoadedChatBot(ChatBot.load(directory, backend, precision));
  }
}
