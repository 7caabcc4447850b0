import dev.carousel.data.*;
import dev.carousel.spi.*;
import dev.carousel.task.*;
import java.util.*;

/** Which topic is a headline about? A bidirectional LSTM over words, pooled by maximum. */
public class TopicClassification {
  private static final String HEADLINES = """
      sport	striker scores twice as city win the cup final
      sport	coach praises young team after late goal
      sport	champion wins third tennis title in straight sets
      sport	injured runner will miss the marathon
      sport	rain stops play on the third day of the match
      sport	goalkeeper saves penalty and the team wins the league
      money	bank raises interest rates for the second time
      money	shares fall as investors fear inflation
      money	oil price rises after exporters cut supply
      money	airline reports record profit and hires pilots
      money	central bank warns of rising debt
      money	investors sell shares after profit warning
      science	telescope finds water on a distant planet
      science	new vaccine protects mice in first trial
      science	researchers measure the mass of a neutron star
      science	fossil shows how early birds learned to fly
      science	study finds that bees remember colours
      science	scientists map the genes of an ancient plant
      """;

  private static List<Example> examples() {
    return HEADLINES.lines()
        .map(line -> line.split("\t"))
        .map(cells -> Example.of(cells[1], cells[0]))
        .toList();
  }

  public static void main(String[] args) {
    DataSet data = DataSet.of("headlines", examples());
    // With data of a real size, hold a part out: Split.tenth(data, 1).
    ClassifierSettings settings =
        ClassifierSettings.DEFAULT.withEpochs(20).withBatch(6).withLearningRate(0.005);
    try (Backend backend = Backends.best();
        TextClassifier model = TextClassifier.train(data, data, settings, backend)) {
      for (String text :
          List.of("team wins match with a late goal", "bank shares fall", "a new planet")) {
        Prediction answer = model.predict(text);
        System.out.printf(Locale.ROOT, "%-8s %.2f  %s%n", answer.label(), answer.score(), text);
      }
    }
  }
}
