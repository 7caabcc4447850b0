package dev.carousel.chat;

import dev.carousel.chat.Reply.Origin;
import dev.carousel.decode.BeamSettings;
import dev.carousel.translate.Translation.Candidate;
import dev.carousel.translate.TranslationOptions;
import dev.carousel.translate.TranslationOptions.UnknownTokens;
import dev.carousel.translate.Translator;
import java.util.ArrayList;
import java.util.List;

/**
 * One conversation: what was said so far. A bot has any number of sessions, each for one thread at
 * a time.
 */
public final class Session {
  private static final int CANDIDATES = 5;
  private static final int NO_REPEAT = 3;

  private final Translator writer;
  private final KnownAnswers known;
  private final Turns turns;
  private final ChatOptions options;
  private final List<String> said = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  Session(Translator writer, KnownAnswers known, Turns turns, ChatOptions options) {
    this.writer = writer;
    this.known = known;
    this.turns = turns;
    this.options = options;
  }

  /**
   * Answers what somebody says, and remembers both. First what the network writes, if it is sure
   * enough; then the answer to the nearest known question, if it is near enough; otherwise that it
   * does not know. Neither repeats one of the last answers.
   */
  public Reply say(String text) {
    said.add(text);
    Reply reply = answer(text);
    said.add(reply.text());
    answers.add(reply.text());
    forgetOld();
    return reply;
  }

  private Reply answer(String text) {
    double best = 0;
    if (!text.isBlank()) {
      for (Candidate c :
          writer.translate(List.of(turns.join(said)), writing()).get(0).candidates()) {
        double sure = c.meanProbability();
        if (sure >= options.confidence() && !c.text().isBlank() && isNew(c.text())) {
          return new Reply(c.text(), Origin.WRITTEN, sure);
        }
        best = Math.max(best, sure);
      }
      for (KnownAnswers.Near near : known.nearest(text, CANDIDATES)) {
        if (near.similarity() >= options.similarity() && isNew(near.answer())) {
          return new Reply(near.answer(), Origin.RETRIEVED, near.similarity());
        }
      }
    }
    return new Reply(options.unknown(), Origin.UNKNOWN, best);
  }

  private static TranslationOptions writing() {
    return TranslationOptions.DEFAULT
        .withBeam(BeamSettings.beam(CANDIDATES).withNBest(CANDIDATES))
        .withUnknown(UnknownTokens.FORBIDDEN)
        .withNoRepeat(NO_REPEAT);
  }

  private boolean isNew(String answer) {
    int from = Math.max(0, answers.size() - options.memory());
    return !answers.subList(from, answers.size()).contains(answer);
  }

  /** What is neither read nor compared any more; a session may last for ever. */
  private void forgetOld() {
    int turnsKept = Math.max(1, turns.history());
    while (said.size() > turnsKept) {
      said.remove(0);
    }
    while (answers.size() > options.memory()) {
      answers.remove(0);
    }
  }
}
