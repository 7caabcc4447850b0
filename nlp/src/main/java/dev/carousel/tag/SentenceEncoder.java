package dev.carousel.tag;

import dev.carousel.data.TaggedData;
import dev.carousel.data.TaggedSentence;
import dev.carousel.text.Normalizer;
import dev.carousel.text.TokenizedText;
import dev.carousel.text.Vocabulary;
import dev.carousel.text.VocabularyBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * From tokens to ids of words, characters and further columns. Immutable; the models are closed
 * with the tagger.
 *
 * @param normalizer what is done to a token before it is looked up
 * @param words the words that are known
 * @param characters the characters that are known
 * @param featureNames names of the further columns
 * @param features the values of each that are known
 * @param contextual models that read the sentence
 */
record SentenceEncoder(
    Normalizer normalizer,
    Vocabulary words,
    Vocabulary characters,
    List<String> featureNames,
    List<Vocabulary> features,
    Contextual contextual) {
  /** Of a longer token the first and the last half of so many characters are read. */
  static final int MAX_CHARACTERS = 32;

  /** Learns the vocabularies from training sentences. */
  static SentenceEncoder of(WordSettings settings, TaggedData train) {
    Normalizer normalizer = settings.normalizer();
    VocabularyBuilder words =
        new VocabularyBuilder().minCount(settings.minCount()).maxSize(settings.maxVocabulary());
    VocabularyBuilder characters = new VocabularyBuilder();
    for (TaggedSentence sentence : train.sentences()) {
      for (String token : sentence.tokens()) {
        words.add(word(normalizer, token), 1);
        forEachCharacter(token, c -> characters.add(c, 1));
      }
    }
    List<Vocabulary> features = new ArrayList<>();
    for (int i = 0; i < train.features().size(); i++) {
      VocabularyBuilder values = new VocabularyBuilder();
      for (TaggedSentence sentence : train.sentences()) {
        values.add(sentence.features().get(i));
      }
      features.add(values.build());
    }
    return new SentenceEncoder(
        normalizer,
        words.build(),
        characters.build(),
        train.features(),
        List.copyOf(features),
        Contextual.NONE);
  }

  /** The same with these models. */
  SentenceEncoder with(Contextual models) {
    return new SentenceEncoder(normalizer, words, characters, featureNames, features, models);
  }

  private static String word(Normalizer normalizer, String token) {
    String word = normalizer.apply(token).text();
    return word.isEmpty() ? token : word;
  }

  /** The ids of a sentence. */
  EncodedSentence encode(TaggedSentence sentence) {
    return encode(sentence, TokenizedText.joined(sentence.tokens()));
  }

  /** The same of a sentence whose tokens were cut out of a text. */
  EncodedSentence encode(TaggedSentence sentence, TokenizedText place) {
    List<String> tokens = sentence.tokens();
    int[][] columns = new int[features.size()][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = features.get(i).encode(sentence.features().get(i));
    }
    return new EncodedSentence(
        tokens.stream().mapToInt(token -> words.id(word(normalizer, token))).toArray(),
        tokens.stream().mapToInt(token -> WordShape.of(token).id()).toArray(),
        tokens.stream().map(this::characterIds).toArray(int[][]::new),
        columns,
        place,
        null);
  }

  /** Tokens of a sentence whose words are not known. */
  long unknown(TaggedSentence sentence) {
    return sentence.tokens().stream()
        .filter(token -> !words.contains(word(normalizer, token)))
        .count();
  }

  private int[] characterIds(String token) {
    List<String> all = new ArrayList<>();
    forEachCharacter(token, all::add);
    if (all.size() > MAX_CHARACTERS) {
      int half = MAX_CHARACTERS / 2;
      List<String> ends = new ArrayList<>(all.subList(0, half));
      ends.addAll(all.subList(all.size() - half, all.size()));
      all = ends;
    }
    return characters.encode(all);
  }

  private static void forEachCharacter(String token, Consumer<String> what) {
    token.codePoints().mapToObj(Character::toString).forEach(what);
  }
}
