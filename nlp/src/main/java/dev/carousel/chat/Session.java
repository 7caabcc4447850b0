package dev.carousel.chat;

import dev.carousel.text.Extent;
import dev.carousel.train.StopSignal;
import dev.carousel.translate.Translator;
import java.util.ArrayList;
import java.util.List;

/**
 * One conversation: what was said so far. A bot has any number of sessions, each for one thread at
 * a time.
 */
public final class Session {
  private final Translator writer;
  private final Answering answering;
  private final Turns turns;
  private final ChatOptions options;
  private final List<String> said = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  Session(Translator writer, KnownAnswers known, Turns turns, ChatOptions options) {
    this.writer = writer;
    this.answering = new Answering(writer, known, options);
    this.turns = turns;
    this.options = options;
  }

  /**
   * Answers what somebody says, and remembers both. First what the network writes, if it is sure
   * enough; then the answer to the nearest known question, if it is near enough; otherwise that it
   * does not know. Neither repeats one of the last answers. Earlier turns are left out where all
   * together are longer than the network reads.
   */
  public Reply say(String text) {
    return say(text, new StopSignal());
  }

  /**
   * The same until somebody asks it to stop, or a deadline passes: what the network has half
   * written then is not said.
   */
  public Reply say(String text, StopSignal stop) {
    said.add(text);
    Reply reply = answer(text, stop);
    said.add(reply.text());
    answers.add(reply.text());
    forgetOld();
    return reply;
  }

  private Reply answer(String text, StopSignal stop) {
    return text.isBlank()
        ? answering.unknown(0, new Extent(0, 0))
        : answering.choose(text, answering.written(List.of(heard()), stop).get(0), this::isNew);
  }

  /** The last turns that fit into what the writer reads, and what was just said in any case. */
  private String heard() {
    int last = said.size() - 1;
    int from = Math.max(0, said.size() - turns.history());
    while (from < last && writer.extent(turns.join(said.subList(from, said.size()))).cut()) {
      from++;
    }
    return turns.join(said.subList(from, said.size()));
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
