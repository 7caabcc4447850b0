package dev.carousel.tag;

import dev.carousel.model.TaskTrainer;
import dev.carousel.spi.Backend;
import dev.carousel.taskkit.KitTask;
import dev.carousel.taskkit.TaskKit;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

class TaggerKitTest extends TaskKit<SequenceTagger> {
  TaggerKitTest() {
    super(new Task());
  }

  private static final class Task implements KitTask<SequenceTagger> {
    @Override
    public Outcome<SequenceTagger> train(
        Backend backend, int epochs, Consumer<TaskTrainer<?>> prepare) {
      TaggerTrainer trainer = new TaggerTrainer(SyntheticTags.tiny(epochs), backend);
      prepare.accept(trainer);
      TaggerTrainer.Fit fit =
          trainer.fit(SyntheticTags.sentences(48, 1), SyntheticTags.sentences(12, 2));
      return new Outcome<>(fit.model(), fit.result());
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
      return model.predict(texts);
    }

    @Override
    public String outline(Object answer) {
      Tagging tagging = (Tagging) answer;
      return tagging.tags() + " " + tagging.intent();
    }

    @Override
    public List<String> ordinaryTexts() {
      return List.of("Anna Bob near Linz", "we saw Munich today", "Carla", "words never seen");
    }
  }
}
