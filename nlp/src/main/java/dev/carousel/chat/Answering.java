package dev.carousel.chat;

import dev.carousel.decode.BeamSettings;
import dev.carousel.translate.Translation;
import dev.carousel.translate.Translation.Candidate;
import dev.carousel.translate.TranslationOptions;
import dev.carousel.translate.TranslationOptions.UnknownTokens;
import dev.carousel.translate.Translator;
import java.util.List;
import java.util.function.Predicate;

/**
 * From what somebody says to an answer: what the network writes, if it is sure enough; then the
 * answer to the nearest known question, if it is near enough; otherwise that it does not know.
 */
final class Answering {
  private static final int CANDIDATES = 5;
  private static final int NO_REPEAT = 3;

  private final Translator writer;
  private final KnownAnswers known;
  private final ChatOptions options;

  Answering(Translator writer, KnownAnswers known, ChatOptions options) {
    this.writer = writer;
    this.known = known;
    this.options = options;
  }

  /** What the network would say after each of these turns, the likeliest first. */
  List<List<Candidate>> written(List<String> turns) {
    return writer
        .translate(
            turns,
            TranslationOptions.DEFAULT
                .withBeam(BeamSettings.beam(CANDIDATES).withNBest(CANDIDATES))
                .withUnknown(UnknownTokens.FORBIDDEN)
                .withNoRepeat(NO_REPEAT))
        .stream()
        .map(Translation::candidates)
        .toList();
  }

  /**
   * The answer.
   *
   * @param said the last turn alone
   * @param written what the network would say
   * @param allowed what may be said, such as what was not said just before
   */
  Reply choose(String said, List<Candidate> written, Predicate<String> allowed) {
    double best = 0;
    for (Candidate c : written) {
      double sure = c.meanProbability();
      if (sure >= options.confidence() && !c.text().isBlank() && allowed.test(c.text())) {
        return new Reply(c.text(), Reply.Origin.WRITTEN, sure);
      }
      best = Math.max(best, sure);
    }
    for (KnownAnswers.Near near : known.nearest(said, CANDIDATES)) {
      if (near.similarity() >= options.similarity() && allowed.test(near.answer())) {
        return new Reply(near.answer(), Reply.Origin.RETRIEVED, near.similarity());
      }
    }
    return unknown(best);
  }

  /** That it does not know, as sure as it was of what it did not say. */
  Reply unknown(double confidence) {
    return new Reply(options.unknown(), Reply.Origin.UNKNOWN, confidence);
  }
}
