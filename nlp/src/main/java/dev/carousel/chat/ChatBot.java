package dev.carousel.chat;

import dev.carousel.chat.Reply.Origin;
import dev.carousel.data.DialogueSet;
import dev.carousel.data.TextPair;
import dev.carousel.model.Inspection;
import dev.carousel.model.InspectionOptions;
import dev.carousel.rnn.Precision;
import dev.carousel.spi.Backend;
import dev.carousel.store.Provenance;
import dev.carousel.train.StopSignal;
import dev.carousel.train.TrainingResult;
import dev.carousel.translate.TranslationOptions;
import dev.carousel.translate.TranslationScores;
import dev.carousel.translate.Translator;
import dev.carousel.translate.TranslatorTrainer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers what people say, from dialogues that it has seen. Immutable, and safe for any number of
 * threads; what a conversation remembers is its {@link Session}'s. The creator closes it, and its
 * backend after it.
 *
 * <pre>{@code
 * try (Backend backend = Backends.best();
 *     ChatBot bot = ChatBot.load(directory, backend)) {
 *   Session session = bot.session(ChatOptions.DEFAULT);
 *   System.out.println(session.say("Hello!").text());
 * }
 * }</pre>
 */
public final class ChatBot implements AutoCloseable {
  /** The name of the task in a model's configuration. */
  public static final String TASK = ChatConfig.TASK;

  private static final double NANOS = 1e9;

  private final Translator writer;
  private final KnownAnswers known;
  private final Turns turns;

  ChatBot(Translator writer, KnownAnswers known, Turns turns) {
    this.writer = writer;
    this.known = known;
    this.turns = turns;
  }

  /**
   * A trained bot and how it came about.
   *
   * @param bot the best epoch's; the caller closes it
   * @param result how training ended
   */
  public record Fit(ChatBot bot, TrainingResult result) {}

  /**
   * Trains a bot.
   *
   * @param train what to learn from, and what to find known answers in
   * @param dev what selects the best epoch
   * @param backend what computes; it must outlive the bot
   */
  public static ChatBot train(
      DialogueSet train, DialogueSet dev, ChatSettings settings, Backend backend) {
    return fit(train, dev, settings, new TranslatorTrainer(settings.writer(), backend)).bot();
  }

  /**
   * The same with a trainer that has listeners, a checkpoint or a stop signal.
   *
   * @param trainer made with the settings' writer
   */
  public static Fit fit(
      DialogueSet train, DialogueSet dev, ChatSettings settings, TranslatorTrainer trainer) {
    Turns turns = new Turns(settings.history());
    TranslatorTrainer.Fit fit = trainer.fit(turns.pairs(train), turns.pairs(dev));
    return new Fit(new ChatBot(fit.model(), KnownAnswers.of(train), turns), fit.result());
  }

  /**
   * Reads a bot.
   *
   * @param directory what {@link #save} wrote
   * @param precision null for the one that it was trained in
   * @throws dev.carousel.store.StoreException if the directory holds no bot or is damaged, naming
   *     the file
   */
  public static ChatBot load(Path directory, Backend backend, @Nullable Precision precision) {
    return ChatFiles.load(directory, backend, precision);
  }

  /** Reads a bot in the precision it was trained in. */
  public static ChatBot load(Path directory, Backend backend) {
    return load(directory, backend, null);
  }

  /**
   * Writes the bot: all of it, or nothing if that fails.
   *
   * @throws dev.carousel.store.StoreException if it cannot be written
   */
  public void save(Path directory) {
    ChatFiles.save(this, directory);
  }

  /** A conversation that begins now. */
  public Session session(ChatOptions options) {
    return new Session(writer, known, turns, options);
  }

  /**
   * Looks inside while its network answers what somebody says first in a conversation; the answer
   * is what it writes, however sure it is.
   *
   * @throws IllegalArgumentException if the options ask for a token that the answer or the
   *     vocabulary has not
   */
  public Inspection inspect(String text, InspectionOptions options) {
    return writer.inspect(turns.join(List.of(text)), options);
  }

  /**
   * Compares what it writes, greedily and whatever its confidence, with what was said, and counts
   * where its answers come from.
   *
   * @throws IllegalArgumentException if there are no dialogues
   */
  public ChatEvaluation evaluate(DialogueSet data) {
    long begun = System.nanoTime();
    TranslationScores scores = writer.evaluate(turns.pairs(data), TranslationOptions.GREEDY);
    return new ChatEvaluation(scores, origins(data), (System.nanoTime() - begun) / NANOS);
  }

  private Map<Origin, Integer> origins(DialogueSet data) {
    Answering answering = new Answering(writer, known, ChatOptions.DEFAULT);
    List<String> before = turns.pairs(data).pairs().stream().map(TextPair::source).toList();
    List<String> said =
        data.dialogues().stream()
            .flatMap(d -> d.turns().subList(0, d.turns().size() - 1).stream())
            .toList();
    List<Answering.Written> written = answering.written(before, new StopSignal());
    Map<Origin, Integer> origins = new EnumMap<>(Origin.class);
    for (int i = 0; i < said.size(); i++) {
      Reply reply = answering.choose(said.get(i), written.get(i), any -> true);
      origins.merge(reply.origin(), 1, Integer::sum);
    }
    return origins;
  }

  /** The bot with results in its provenance; it is the same bot. */
  public ChatBot withMetrics(Map<String, Double> metrics) {
    return new ChatBot(writer.withMetrics(metrics), known, turns);
  }

  /** Where the bot comes from. */
  public Provenance provenance() {
    return writer.provenance();
  }

  Translator writer() {
    return writer;
  }

  KnownAnswers known() {
    return known;
  }

  int history() {
    return turns.history();
  }

  @Override
  public void close() {
    writer.close();
  }
}
