package dev.carousel.embed;

import dev.carousel.data.SplitMix64;
import dev.carousel.store.Provenance;
import dev.carousel.text.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Learns word vectors from text by skip-gram with negative sampling (Mikolov et al. 2013,
 * "Distributed Representations of Words and Phrases and their Compositionality").
 *
 * <pre>{@code
 * LearnedVectors vectors =
 *     new SkipGramTrainer(SkipGramSettings.DEFAULT, tokenizer, System.out::println).fit(text);
 * VectorFile.TEXT.write(vectors, Path.of("words.vec"));
 * }</pre>
 *
 * @param settings what to learn
 * @param tokenizer cuts a line; each line is a sentence
 * @param listener hears of each epoch when it is over
 */
public record SkipGramTrainer(
    SkipGramSettings settings, Tokenizer tokenizer, Consumer<Epoch> listener) {
  private static final double NANOS = 1e9;

  /**
   * An epoch that is over.
   *
   * @param epoch from 1
   * @param epochs of all
   * @param loss mean of a pair, before its step, with its noise words; of every 64th pair
   * @param wordsPerSecond of the text, those included that subsampling left out
   */
  public record Epoch(int epoch, int epochs, double loss, double wordsPerSecond) {}

  /**
   * Learns the vectors of a text.
   *
   * @param text UTF-8, a sentence a line
   * @throws dev.carousel.data.DataException if it is no such text, naming the line, or has too few
   *     words
   * @throws IOException if it cannot be read
   */
  public LearnedVectors fit(Path text) throws IOException {
    Instant begun = Instant.now();
    try (EncodedText encoded = EncodedText.of(text, tokenizer, settings.minCount())) {
      int rows = encoded.vocabulary().size();
      SkipGram model =
          new SkipGram(rows, settings.size(), SplitMix64.of(settings.passes().seed(), 0));
      double loss = learn(encoded, model);
      for (int reserved = 0; reserved < LearnedVectors.RESERVED; reserved++) {
        Arrays.fill(model.words()[reserved], 0);
      }
      return new LearnedVectors(
          encoded.vocabulary(),
          encoded.words().total(),
          settings.size(),
          model.words(),
          tokenizer.spec(),
          provenance(encoded, begun, loss));
    }
  }

  private double learn(EncodedText text, SkipGram model) throws IOException {
    CountedWords words = text.words();
    NoiseWords noise = new NoiseWords(words.counts());
    float[] keep = SkipGramWorker.keep(words.counts(), words.total(), settings.subsample());
    SkipGramSettings.Passes passes = settings.passes();
    ExecutorService threads = Executors.newFixedThreadPool(passes.threads());
    try {
      double loss = 0;
      for (int epoch = 0; epoch < passes.epochs(); epoch++) {
        long start = System.nanoTime();
        List<SkipGramWorker> workers = new ArrayList<>();
        List<Future<Void>> results = new ArrayList<>();
        for (int shard = 0; shard < passes.threads(); shard++) {
          SkipGramWorker worker = new SkipGramWorker(model, settings, noise, keep);
          workers.add(worker);
          results.add(threads.submit(work(worker, text, epoch, shard)));
        }
        join(results);
        loss = meanLoss(workers);
        double seconds = (System.nanoTime() - start) / NANOS;
        listener.accept(new Epoch(epoch + 1, passes.epochs(), loss, words.total() / seconds));
      }
      return loss;
    } finally {
      threads.shutdownNow();
    }
  }

  private static Callable<Void> work(
      SkipGramWorker worker, EncodedText text, int epoch, int shard) {
    return () -> {
      worker.run(text, epoch, shard);
      return null;
    };
  }

  private static void join(List<Future<Void>> results) throws IOException {
    for (Future<Void> result : results) {
      try {
        result.get();
      } catch (ExecutionException e) {
        throw new IOException("learning word vectors failed: " + e.getCause(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("learning word vectors was interrupted", e);
      }
    }
  }

  /** The mean of all workers; 0 if no word has another near it. */
  private static double meanLoss(List<SkipGramWorker> workers) {
    double loss = workers.stream().mapToDouble(SkipGramWorker::loss).sum();
    long looked = workers.stream().mapToLong(SkipGramWorker::looked).sum();
    return looked == 0 ? 0 : loss / looked;
  }

  private Provenance provenance(EncodedText text, Instant begun, double loss) {
    SortedMap<String, String> all = settings.describe();
    all.put("tokenizer", tokenizer.spec().kind() + ":" + tokenizer.spec().option());
    all.put("normalize", tokenizer.spec().normalizer());
    return new Provenance(
        settings.passes().seed(),
        Provenance.Software.current(),
        new Provenance.Compute("jvm", "skip-gram in Java", "F32", settings.passes().threads()),
        Provenance.Timing.of(begun, Duration.between(begun, Instant.now())),
        Map.of(text.source().name(), text.source().sha256()),
        Map.of(LearnedVectors.LOSS, loss),
        all);
  }
}
