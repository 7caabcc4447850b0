package dev.carousel.cli;

import dev.carousel.data.DataSet;
import dev.carousel.data.WordNetGlosses;
import dev.carousel.rnn.Cell;
import dev.carousel.rnn.Direction;
import dev.carousel.task.Architecture;
import dev.carousel.task.ClassifierSettings;
import dev.carousel.task.Regularisation;
import dev.carousel.task.TextPooling;
import dev.carousel.task.TextSettings;
import java.io.IOException;
import java.util.List;

/**
 * What a demonstration learns from, how, and what it is asked in the end.
 *
 * @param data all labelled texts
 * @param settings how to learn
 * @param questions sentences of ours that are in none of the texts
 */
record Demo(DataSet data, ClassifierSettings settings, List<String> questions) {
  /** Definitions into semantic fields. */
  static Demo topics() throws IOException {
    DataSet definitions =
        WordNetGlosses.asDataSet(WordNetGlosses.load(), WordNetGlosses.Part.DEFINITION);
    TextSettings text =
        new TextSettings(
            TextSettings.DEFAULT.tokenizer(), 2, TextSettings.DEFAULT.maxVocabulary(), 64);
    ClassifierSettings settings =
        ClassifierSettings.DEFAULT
            .withText(text)
            .withArchitecture(
                new Architecture(128, Cell.LSTM, Direction.BIDIRECTIONAL, 1, 128, TextPooling.MAX))
            .withRegularisation(new Regularisation(0.3, 0, 0, 0.02))
            .withBatch(64)
            .withEpochs(4);
    return new Demo(
        definitions,
        settings,
        List.of(
            "a small furry pet that chases mice",
            "to move quickly on foot, faster than walking",
            "a sweet dish made of flour, butter and apples"));
  }

  /** Sentences from reviews into liked and not liked. */
  static Demo sentiment(Console console) throws IOException {
    ClassifierSettings settings =
        ClassifierSettings.DEFAULT
            .withArchitecture(
                new Architecture(100, Cell.LSTM, Direction.BIDIRECTIONAL, 1, 100, TextPooling.MAX))
            .withRegularisation(new Regularisation(0.5, 0, 0, 0.1))
            .withEpochs(12);
    return new Demo(
        new SentimentSentences(console).load(),
        settings,
        List.of(
            "The battery died after two days and nobody answered my letters.",
            "What a lovely evening, we will certainly come back!",
            "I had hoped for more, but the soup was good."));
  }
}
