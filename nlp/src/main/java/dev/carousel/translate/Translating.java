package dev.carousel.translate;

import dev.carousel.decode.AttentionMaps;
import dev.carousel.decode.BeamSearch;
import dev.carousel.decode.Ending;
import dev.carousel.decode.Hypothesis;
import dev.carousel.decode.Rules;
import dev.carousel.model.LengthBatches;
import dev.carousel.text.Reserved;
import dev.carousel.text.Token;
import dev.carousel.text.Vocabulary;
import dev.carousel.train.StopSignal;
import dev.carousel.translate.TextCodec.Reading;
import dev.carousel.translate.Translation.Candidate;
import dev.carousel.translate.TranslationOptions.UnknownTokens;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
  private final StopSignal stop;

  Translating(TranslatorParts parts, TranslationOptions options) {
    this(parts, options, new StopSignal());
  }

  /** One that somebody may ask to stop. */
  Translating(TranslatorParts parts, TranslationOptions options, StopSignal stop) {
    this.parts = parts;
    this.options = options;
    this.stop = stop;
    TextCodec target = parts.text().target();
    int[] never =
        options.unknown() == UnknownTokens.FORBIDDEN
            ? new int[] {Vocabulary.PAD_ID, target.begin(), Vocabulary.UNK_ID}
            : new int[] {Vocabulary.PAD_ID, target.begin()};
    this.rules = new Rules(target.begin(), target.end(), never, options.noRepeat());
  }

  List<Translation> of(List<String> texts) {
    List<Reading> read = texts.stream().map(parts.text().source()::read).toList();
    Translation[] all = new Translation[read.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = nothing(read.get(i));
    }
    for (List<Integer> members : batches(read)) {
      if (!stop.requested()) {
        List<List<Hypothesis>> found = search(members.stream().map(read::get).toList());
        for (int k = 0; k < members.size(); k++) {
          all[members.get(k)] = translation(read.get(members.get(k)), found.get(k));
        }
      }
    }
    return Arrays.asList(all);
  }

  /** Of those that have a token. */
  private List<List<Integer>> batches(List<Reading> read) {
    List<Integer> some =
        IntStream.range(0, read.size())
            .filter(i -> !read.get(i).tokens().isEmpty())
            .boxed()
            .toList();
    int most = Math.max(1, MOST_ROWS / options.beam().width());
    List<List<Integer>> batches = new ArrayList<>();
    for (List<Integer> batch :
        LengthBatches.of(some.size(), i -> read.get(some.get(i)).tokens().size())) {
      for (int from = 0; from < batch.size(); from += most) {
        List<Integer> part = batch.subList(from, Math.min(batch.size(), from + most));
        batches.add(part.stream().map(some::get).toList());
      }
    }
    return batches;
  }

  /** Of an empty text nothing is to be written; of others nothing is where it was not begun. */
  private static Translation nothing(Reading read) {
    Ending ending = read.tokens().isEmpty() ? Ending.WRITTEN : Ending.FORCED;
    AttentionMap none = new AttentionMap(List.of(), List.of(), new float[0][]);
    return new Translation(
        read.text(), read.extent(), List.of(new Candidate("", 0, 0, ending, none)));
  }

  private List<List<Hypothesis>> search(List<Reading> texts) {
    TextCodec source = parts.text().source();
    List<int[]> ids = texts.stream().map(text -> source.ids(text.tokens())).toList();
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
                                options.needed(),
                                stop)));
  }

  private Translation translation(Reading read, List<Hypothesis> found) {
    return new Translation(
        read.text(), read.extent(), found.stream().map(h -> candidate(read, h)).toList());
  }

  private Candidate candidate(Reading read, Hypothesis h) {
    List<Token> tokens = read.tokens();
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
          written.set(j, read.text().substring(looked.start(), looked.end()));
        }
      }
    }
    boolean keep = options.maps() == AttentionMaps.KEPT;
    return new Candidate(
        target.join(written),
        h.score(),
        h.logProbability(),
        h.ending(),
        keep ? map : new AttentionMap(map.source(), map.target(), new float[0][]));
  }
}
