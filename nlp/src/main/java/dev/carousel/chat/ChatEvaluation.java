package dev.carousel.chat;

import dev.carousel.chat.Reply.Origin;
import dev.carousel.eval.Measurement;
import dev.carousel.translate.TranslationScores;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * How well a chatbot answers.
 *
 * @param writer how what the network writes greedily, whatever its confidence, agrees with what was
 *     said
 * @param origins how many answers come from where, each given alone, by {@link
 *     ChatOptions#DEFAULT}, after the turns that were really said
 * @param seconds for all of it
 */
public record ChatEvaluation(TranslationScores writer, Map<Origin, Integer> origins, double seconds)
    implements Measurement {
  /** Copies the map; origins that do not occur count 0. */
  public ChatEvaluation {
    Map<Origin, Integer> all = new EnumMap<>(Origin.class);
    for (Origin origin : Origin.values()) {
      all.put(origin, origins.getOrDefault(origin, 0));
    }
    origins = Collections.unmodifiableMap(all);
  }

  /** Answers that come from there. */
  public int count(Origin origin) {
    return origins.getOrDefault(origin, 0);
  }

  @Override
  public Map<String, Number> figures() {
    Map<String, Number> figures = new LinkedHashMap<>(writer.figures());
    origins.forEach((origin, n) -> figures.put(origin.name().toLowerCase(Locale.ROOT), n));
    return figures;
  }

  @Override
  public Map<String, String> notes() {
    return writer.notes();
  }

  @Override
  public String summary() {
    return "%s  answers: %d written, %d retrieved, %d unknown"
        .formatted(
            writer.summary(),
            count(Origin.WRITTEN),
            count(Origin.RETRIEVED),
            count(Origin.UNKNOWN));
  }

  @Override
  public long tokens() {
    return writer.tokens();
  }
}
