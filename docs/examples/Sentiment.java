import dev.carousel.data.*;
import dev.carousel.rnn.*;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import java.util.*;

/** Is a review good or bad? The classic network: an embedding, one LSTM, its last state. */
public class Sentiment {
  private static final List<String> GOOD =
      List.of(
          "a wonderful film with great actors",
          "i loved every minute of it",
          "funny, warm and beautifully made",
          "the best story i have seen this year",
          "great music and a clever ending",
          "not boring for a minute , i loved it",
          "a warm and clever comedy",
          "wonderful from beginning to end");
  private static final List<String> BAD =
      List.of(
          "a terrible film with bad actors",
          "i hated every minute of it",
          "boring, cold and badly made",
          "the worst story i have seen this year",
          "awful music and a stupid ending",
          "not funny for a minute , i hated it",
          "a cold and stupid comedy",
          "terrible from beginning to end");

  public static void main(String[] args) {
    List<Example> examples = new ArrayList<>();
    GOOD.forEach(text -> examples.add(Example.of(text, "good")));
    BAD.forEach(text -> examples.add(Example.of(text, "bad")));
    DataSet data = DataSet.of("reviews", examples);
    ClassifierSettings settings =
        ClassifierSettings.DEFAULT
            .withArchitecture(
                new Architecture(32, Cell.LSTM, Direction.FORWARD, 1, 32, TextPooling.LAST))
            .withEpochs(30)
            .withBatch(4)
            .withLearningRate(0.01);
    try (Backend backend = Backends.best();
        TextClassifier model = TextClassifier.train(data, data, settings, backend)) {
      System.out.println(model.evaluate(data).summary());
      for (String text : List.of("a great story with wonderful music", "stupid and boring")) {
        System.out.println(model.predict(text).label() + "  " + text);
      }
    }
  }
}
