package dev.carousel.chat;

import dev.carousel.decode.BeamSettings;
import dev.carousel.decode.Ending;
import dev.carousel.text.Extent;
import dev.carousel.train.StopSignal;
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

  /**
   * What the network would say.
   *
   * @param candidates the likeliest first; without what was only half written when it had to stop
   * @param extent how much it has read
   */
  record Written(List<Candidate> candidates, Extent extent) {}

  /** What the network would say after each of these turns, until it is asked to stop. */
  List<Written> written(List<String> turns, StopSignal stop) {
    TranslationOptions options =
        TranslationOptions.DEFAULT
            .withBeam(BeamSettings.beam(CANDIDATES).withNBest(CANDIDATES))
            .withUnknown(UnknownTokens.FORBIDDEN)
            .withNoRepeat(NO_REPEAT);
    List<Translation> all = writer.translate(turns, options, stop);
    boolean stopped = stop.requested();
    return all.stream().map(t -> written(t, stopped)).toList();
  }

  private static Written written(Translation t, boolean stopped) {
    List<Candidate> whole =
        t.candidates().stream().filter(c -> !stopped || c.ending() == Ending.WRITTEN).toList();
    return new Written(whole, t.extent());
  }

  /**
   * The answer.
   *
   * @param said the last turn alone
   * @param written what the network would say
   * @param allowed what may be said, such as what was not said just before
   */
  Reply choose(String said, Written written, Predicate<String> allowed) {
    double best = 0;
    for (Candidate c : written.candidates()) {
      double sure = c.meanProbability();
      if (sure >= options.confidence() && !c.text().isBlank() && allowed.test(c.text())) {
        return new Reply(c.text(), Reply.Origin.WRITTEN, sure, written.extent());
      }
      best = Math.max(best, sure);
    }
    for (KnownAnswers.Near near : known.nearest(said, CANDIDATES)) {
      if (near.similarity() >= options.similarity() && allowed.test(near.answer())) {
        return new Reply(
            near.answer(), Reply.Origin.RETRIEVED, near.similarity(), written.extent());
      }
    }
    return unknown(best, written.extent());
  }

  /** That it does not know, as sure as it was of what it did not say. */
  Reply unknown(double confidence, Extent extent) {
    return new Reply(options.unknown(), Reply.Origin.UNKNOWN, confidence, extent);
  }
}
