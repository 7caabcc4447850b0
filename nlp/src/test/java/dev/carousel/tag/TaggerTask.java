package dev.carousel.tag;

import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.model.InspectionOptions;
import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.KitTask;
import dev.carousel.text.Extent;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Taggers as the kit sees them. An answer has no probabilities, so what rounding may change is the
 * sum of the emissions of the tags that were found.
 *
 * @param settings of a tiny one
 * @param features names of further columns, each of which tells whether a word has a capital
 */
record TaggerTask(TaggerSettings settings, List<String> features)
    implements KitTask<SequenceTagger> {

  @Override
  public Outcome<SequenceTagger> train(
      Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
    TaggerTrainer trainer = new TaggerTrainer(settings.withEpochs(epochs), backend);
    prepare.accept(trainer);
    TaggerTrainer.Fit fit =
        trainer.fit(data(SyntheticTags.sentences(48, 1)), data(SyntheticTags.sentences(12, 2)));
    return new Outcome<>(fit.model(), fit.result());
  }

  private TaggedData data(TaggedData plain) {
    List<TaggedSentence> all = plain.sentences().stream().map(this::withColumns).toList();
    return new TaggedData(plain.name(), features, all, List.of());
  }

  private TaggedSentence withColumns(TaggedSentence s) {
    List<String> capitals =
        s.tokens().stream()
            .map(token -> Character.isUpperCase(token.codePointAt(0)) ? "yes" : "no")
            .toList();
    return new TaggedSentence(
        s.tokens(), features.stream().map(name -> capitals).toList(), s.tags(), s.label());
  }

  private TaggedSentence read(String text) {
    return withColumns(TaggedSentence.untagged(settings.words().tokenizer().words(text)));
  }

  @Override
  public void save(SequenceTagger model, Path directory) {
    model.save(directory);
  }

  @Override
  public SequenceTagger load(Path directory, Backend backend) {
    return SequenceTagger.load(directory, backend);
  }

  @Override
  public List<Tagging> answers(SequenceTagger model, List<String> texts) {
    return features.isEmpty()
        ? model.predict(texts)
        : model.tag(texts.stream().map(this::read).toList());
  }

  @Override
  public String outline(Object answer) {
    Tagging tagging = (Tagging) answer;
    return tagging.tags() + " " + tagging.intent();
  }

  @Override
  public List<Double> scores(SequenceTagger model, List<String> texts) {
    return texts.stream()
        .map(text -> model.inspect(read(text), InspectionOptions.SALIENCY))
        .map(inside -> inside.explained().orElseThrow().score())
        .toList();
  }

  @Override
  public Extent extent(Object answer) {
    int tags = ((Tagging) answer).tags().size();
    return new Extent(tags, ((Tagging) answer).tokens().size());
  }

  @Override
  public List<String> ordinaryTexts() {
    return List.of("Anna Bob near Linz", "we saw Munich today", "Carla", "words never seen");
  }
}
