package dev.carousel.translate;

import dev.carousel.decode.AttentionMaps;
import dev.carousel.decode.BeamSearch;
import dev.carousel.decode.Hypothesis;
import dev.carousel.decode.Rules;
import dev.carousel.model.LengthBatches;
import dev.carousel.text.Reserved;
import dev.carousel.text.Token;
import dev.carousel.text.Vocabulary;
import dev.carousel.translate.Translation.Candidate;
import dev.carousel.translate.TranslationOptions.UnknownTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts to translations, in batches of similar length. */
final class Translating {
  /** A translation is at most so many times as long as its source, in tokens, and some more. */
  private static final int LENGTH_RATIO = 3;

  private static final int LENGTH_MARGIN = 10;

  /** Hypotheses of a batch, so that a wide beam takes narrower batches. */
  private static final int MOST_ROWS = 512;

  private final TranslatorParts parts;
  private final TranslationOptions options;
  private final Rules rules;

  Translating(TranslatorParts parts, TranslationOptions options) {
    this.parts = parts;
    this.options = options;
    TextCodec target = parts.text().target();
    int[] never =
        options.unknown() == UnknownTokens.FORBIDDEN
            ? new int[] {Vocabulary.PAD_ID, target.begin(), Vocabulary.UNK_ID}
            : new int[] {Vocabulary.PAD_ID, target.begin()};
    this.rules = new Rules(target.begin(), target.end(), never, options.noRepeat());
  }

  List<Translation> of(List<String> texts) {
    TextCodec source = parts.text().source();
    List<List<Token>> tokens = texts.stream().map(source::tokens).toList();
    Translation[] all = new Translation[texts.size()];
    List<Integer> read = new ArrayList<>();
    for (int i = 0; i < all.length; i++) {
      if (tokens.get(i).isEmpty()) {
        all[i] = new Translation(texts.get(i), List.of(nothing()));
      } else {
        read.add(i);
      }
    }
    for (List<Integer> batch : LengthBatches.of(read.size(), i -> tokens.get(read.get(i)).size())) {
      int most = Math.max(1, MOST_ROWS / options.beam().width());
      for (int from = 0; from < batch.size(); from += most) {
        List<Integer> some = batch.subList(from, Math.min(batch.size(), from + most));
        List<Integer> members = some.stream().map(read::get).toList();
        List<List<Hypothesis>> found = search(members.stream().map(tokens::get).toList());
        for (int k = 0; k < members.size(); k++) {
          int i = members.get(k);
          all[i] = translation(texts.get(i), tokens.get(i), found.get(k));
        }
      }
    }
    return Arrays.asList(all);
  }

  private static Candidate nothing() {
    return new Candidate("", 0, 0, new AttentionMap(List.of(), List.of(), new float[0][]));
  }

  private List<List<Hypothesis>> search(List<List<Token>> texts) {
    List<int[]> ids = texts.stream().map(parts.text().source()::ids).toList();
    int most = parts.text().target().maxTokens();
    int[] limits =
        ids.stream()
            .mapToInt(t -> Math.min(most, LENGTH_RATIO * t.length + LENGTH_MARGIN))
            .toArray();
    BeamSearch search = new BeamSearch(options.beam(), rules);
    int width = options.beam().width();
    return parts
        .evals()
        .run(
            lasting ->
                parts
                    .evals()
                    .run(
                        step ->
                            search.search(
                                new StepDecoder(parts.network(), lasting, step, ids, width),
                                limits,
                                options.needed())));
  }

  private Translation translation(String text, List<Token> tokens, List<Hypothesis> found) {
    return new Translation(text, found.stream().map(h -> candidate(text, tokens, h)).toList());
  }

  private Candidate candidate(String text, List<Token> tokens, Hypothesis h) {
    TextCodec target = parts.text().target();
    List<String> written = new ArrayList<>(target.words(h.tokens()));
    List<String> ended = new ArrayList<>(written);
    ended.add(Reserved.EOS.token());
    AttentionMap map =
        new AttentionMap(tokens.stream().map(Token::text).toList(), ended, h.attention());
    if (options.unknown() == UnknownTokens.REPLACED) {
      for (int j = 0; j < written.size(); j++) {
        if (h.tokens()[j] == Vocabulary.UNK_ID) {
          Token looked = tokens.get(map.strongest(j));
          written.set(j, text.substring(looked.start(), looked.end()));
        }
      }
    }
    boolean keep = options.maps() == AttentionMaps.KEPT;
    return new Candidate(
        target.join(written),
        h.score(),
        h.logProbability(),
        keep ? map : new AttentionMap(map.source(), map.target(), new float[0][]));
  }
}
