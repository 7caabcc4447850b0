package dev.carousel.chat;

import dev.carousel.model.TaskSettings;
import dev.carousel.rnn.Precision;
import dev.carousel.train.TrainingSettings;
import dev.carousel.translate.TranslatorSettings;
import java.util.SortedMap;

/**
 * Everything that decides what a chatbot becomes, given the same dialogues.
 *
 * @param writer what writes its answers, from the last turns to the next one
 * @param history how many turns it reads, at least 1; 1 is what was just said
 */
public record ChatSettings(TranslatorSettings writer, int history) implements TaskSettings {
  /** A translator's defaults, two turns. */
  public static final ChatSettings DEFAULT = new ChatSettings(TranslatorSettings.DEFAULT, 2);

  /** Checks the range. */
  public ChatSettings {
    requireHistory(history);
  }

  static void requireHistory(int turns) {
    if (turns < 1) {
      throw new IllegalArgumentException("the history must be at least 1 turn, not " + turns);
    }
  }

  /** The same with this writer. */
  public ChatSettings withWriter(TranslatorSettings other) {
    return new ChatSettings(other, history);
  }

  /** The same with this seed. */
  public ChatSettings withSeed(long seed) {
    return withWriter(writer.withSeed(seed));
  }

  @Override
  public TrainingSettings training() {
    return writer.training();
  }

  @Override
  public Precision precision() {
    return writer.precision();
  }

  @Override
  public SortedMap<String, String> describe() {
    SortedMap<String, String> all = writer.describe();
    all.put("history", String.valueOf(history));
    return all;
  }
}
