package dev.carousel.translate;

import dev.carousel.decode.Ending;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.WritingKit;
import dev.carousel.taskkit.WritingTask;
import dev.carousel.text.Extent;
import dev.carousel.text.Normalizer;
import dev.carousel.text.WordTokenizer;
import dev.carousel.text.WordTokenizer.Contractions;
import dev.carousel.train.StopSignal;
import dev.carousel.translate.Translation.Candidate;
import dev.carousel.translate.TranslatorSettings.Languages;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

class TranslatorKitTest extends WritingKit<Translator> {
  TranslatorKitTest() {
    super(new Task());
  }

  /** What of a translation can be compared. */
  private record Answer(String text, double score, double logProbability, Extent extent) {}

  private static final class Task implements WritingTask<Translator> {
    private static final Segmentation.Fixed WORDS =
        new Segmentation.Fixed(new WordTokenizer(Normalizer.NONE, Contractions.KEEP));

    /** Reads long texts; translations of them are short, so that a beam is done in a second. */
    private static final Languages TEXT =
        new Languages(
            new Language(WORDS, 1, 1000, 20_000),
            new Language(WORDS, 1, 1000, 24),
            VocabularySharing.SEPARATE);

    @Override
    public Outcome<Translator> train(
        Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
      TranslatorTrainer trainer =
          new TranslatorTrainer(Reversal.tiny(epochs).withText(TEXT), backend);
      prepare.accept(trainer);
      TranslatorTrainer.Fit fit = trainer.fit(Reversal.pairs(64, 1), Reversal.pairs(8, 2));
      return new Outcome<>(fit.model(), fit.result());
    }

    @Override
    public void save(Translator model, Path directory) {
      model.save(directory);
    }

    @Override
    public Translator load(Path directory, Backend backend) {
      return Translator.load(directory, backend);
    }

    @Override
    public List<Answer> answers(Translator model, List<String> texts) {
      return model.translate(texts, TranslationOptions.DEFAULT).stream().map(Task::answer).toList();
    }

    private static Answer answer(Translation t) {
      Candidate best = t.candidates().get(0);
      return new Answer(best.text(), best.score(), best.logProbability(), t.extent());
    }

    @Override
    public String outline(Object answer) {
      return ((Answer) answer).text();
    }

    @Override
    public List<Double> scores(Translator model, List<String> texts) {
      return answers(model, texts).stream().map(Answer::logProbability).toList();
    }

    @Override
    public Extent extent(Object answer) {
      return ((Answer) answer).extent();
    }

    @Override
    public Written write(Translator model, StopSignal stop) {
      List<String> text = List.of("one two three four");
      Translation t = model.translate(text, TranslationOptions.GREEDY, stop).get(0);
      boolean forced = t.candidates().get(0).ending() == Ending.FORCED;
      return new Written(WORDS.tokenizer().words(t.text()).size(), forced && stop.requested());
    }

    @Override
    public List<String> ordinaryTexts() {
      return List.of("one two three", "six", "four four five one", "words never seen");
    }
  }
}
