package dev.carousel.translate;

import dev.carousel.data.PairSet;
import dev.carousel.data.TextPair;
import dev.carousel.text.Reserved;
import dev.carousel.text.Token;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.VocabularyBuilder;
import dev.carousel.translate.TranslatorSettings.Languages;
import java.util.ArrayList;
import java.util.List;

/**
 * Both sides' tokens, learned from training texts.
 *
 * @param source what is read
 * @param target what is written
 */
record LearnedLanguages(TextCodec source, TextCodec target) {
  static LearnedLanguages learn(Languages wanted, PairSet train) {
    List<String> sources = train.pairs().stream().map(TextPair::source).toList();
    List<String> targets = train.pairs().stream().map(TextPair::target).toList();
    if (wanted.sharing() == VocabularySharing.SEPARATE) {
      return new LearnedLanguages(learn(wanted.source(), sources), learn(wanted.target(), targets));
    }
    List<String> both = new ArrayList<>(sources);
    both.addAll(targets);
    TextCodec one = learn(wanted.source(), both);
    return new LearnedLanguages(
        one, new TextCodec(one.tokenizer(), one.vocabulary(), wanted.target().maxTokens()));
  }

  private static TextCodec learn(Language language, List<String> texts) {
    Tokenizer tokenizer = language.segmentation().learn(texts);
    VocabularyBuilder builder =
        new VocabularyBuilder()
            .reserve(Reserved.BOS, Reserved.EOS)
            .minCount(language.minCount())
            .maxSize(language.maxVocabulary());
    for (String text : texts) {
      List<Token> tokens = tokenizer.tokenize(text);
      builder.add(tokens.stream().limit(language.maxTokens()).map(Token::text).toList());
    }
    return new TextCodec(tokenizer, builder.build(), language.maxTokens());
  }
}
