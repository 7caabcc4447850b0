package dev.carousel.lm;

import dev.carousel.data.Corpus;
import dev.carousel.decode.Sampling;
import dev.carousel.lm.Session.Limits;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.WritingTask;
import dev.carousel.text.Extent;
import dev.carousel.train.StopSignal;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Language models as the kit sees them, with all regularisers on, so that resuming has to bring
 * everything back.
 *
 * @param text what tokens are
 */
record RhymesKit(LanguageText text) implements WritingTask<LanguageModel> {
  private static final int DRAWN = 20;

  /** How probable a line is, and what would come after it. */
  private record Answer(double nats, int tokens, String continuation) {}

  @Override
  public Outcome<LanguageModel> train(
      Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
    LanguageTrainer trainer = new LanguageTrainer(Rhymes.regularised(text, epochs), backend);
    prepare.accept(trainer);
    LanguageTrainer.Fit fit = trainer.fit(Rhymes.corpus(24), Rhymes.corpus(6));
    return new Outcome<>(fit.model(), fit.result());
  }

  @Override
  public void save(LanguageModel model, Path directory) {
    model.save(directory);
  }

  @Override
  public LanguageModel load(Path directory, Backend backend) {
    return LanguageModel.load(directory, backend);
  }

  @Override
  public List<Answer> answers(LanguageModel model, List<String> texts) {
    return texts.stream().map(line -> answer(model, line)).toList();
  }

  private static Answer answer(LanguageModel model, String line) {
    LanguageEvaluation scored = model.evaluate(Corpus.of("line", line + "\n"));
    return new Answer(
        scored.nats(), Math.toIntExact(scored.tokens()), model.generate(line, 5, Sampling.PLAIN));
  }

  @Override
  public String outline(Object answer) {
    return ((Answer) answer).continuation();
  }

  @Override
  public List<Double> scores(LanguageModel model, List<String> texts) {
    return answers(model, texts).stream().map(Answer::nats).toList();
  }

  @Override
  public Extent extent(Object answer) {
    int tokens = ((Answer) answer).tokens();
    return new Extent(tokens, tokens);
  }

  /** The end of the line is a token; words are what stands between white space. */
  @Override
  public int tokensOfChinese(int characters) {
    return text.level() == Level.WORD ? 2 : characters;
  }

  @Override
  public Written write(LanguageModel model, StopSignal stop) {
    try (Session session = model.session()) {
      int tokens = session.generate(Sampling.PLAIN, Limits.tokens(DRAWN), piece -> {}, stop);
      return new Written(tokens, tokens < DRAWN);
    }
  }

  @Override
  public List<String> ordinaryTexts() {
    return List.of("one two three", "red", "left right left", "two blue seven");
  }
}
