package dev.carousel.chat;

import dev.carousel.data.Dialogue;
import dev.carousel.data.DialogueSet;
import dev.carousel.data.TextPair;
import dev.carousel.text.Normalization;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;
import dev.carousel.text.WordTokenizer;
import dev.carousel.text.WordTokenizer.Contractions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was answered to what, and the nearest of it: the cosine of word counts weighted by log(1 + N
 * / n), n of the N questions having the word (tf-idf, Salton and Buckley 1988). A word that no
 * question has counts as rare: a question that shares only common words is far away.
 */
final class KnownAnswers {
  private final List<TextPair> pairs;
  private final List<Map<String, Double>> vectors = new ArrayList<>();
  private final Map<String, List<Integer>> byWord = new HashMap<>();
  private final Map<String, Double> weights = new HashMap<>();
  private final double unseen;
  private final Tokenizer tokenizer =
      new WordTokenizer(
          Normalizer.of(
              Normalization.NFKC, Normalization.STRAIGHT_QUOTES, Normalization.LOWER_CASE),
          Contractions.SPLIT);

  /**
   * A known answer.
   *
   * @param answer what was said
   * @param similarity of the question it was said to, 0 to 1
   */
  record Near(String answer, double similarity) {}

  KnownAnswers(List<TextPair> pairs) {
    this.pairs = List.copyOf(pairs);
    List<List<String>> questions = pairs.stream().map(p -> tokenizer.words(p.source())).toList();
    for (List<String> words : questions) {
      new HashSet<>(words).forEach(w -> weights.merge(w, 1.0, Double::sum));
    }
    weights.replaceAll((word, count) -> Math.log(1 + pairs.size() / count));
    unseen = Math.log(1 + pairs.size());
    for (int i = 0; i < questions.size(); i++) {
      Map<String, Double> vector = vector(questions.get(i));
      vectors.add(vector);
      for (String word : vector.keySet()) {
        byWord.computeIfAbsent(word, w -> new ArrayList<>()).add(i);
      }
    }
  }

  /** Every turn and its answer, each once, in the order of the dialogues. */
  static KnownAnswers of(DialogueSet dialogues) {
    LinkedHashSet<TextPair> pairs = new LinkedHashSet<>();
    for (Dialogue d : dialogues.dialogues()) {
      for (int i = 1; i < d.turns().size(); i++) {
        pairs.add(new TextPair(d.turns().get(i - 1), d.turns().get(i)));
      }
    }
    return new KnownAnswers(List.copyOf(pairs));
  }

  List<TextPair> pairs() {
    return pairs;
  }

  /** Answers to the nearest questions, nearest first, none at similarity 0; at most so many. */
  List<Near> nearest(String question, int count) {
    Map<String, Double> vector = vector(tokenizer.words(question));
    HashSet<Integer> touched = new HashSet<>();
    vector.keySet().forEach(w -> touched.addAll(byWord.getOrDefault(w, List.of())));
    return touched.stream()
        .sorted()
        .map(i -> new Near(pairs.get(i).target(), dot(vector, vectors.get(i))))
        .sorted(Comparator.comparingDouble(Near::similarity).reversed())
        .limit(count)
        .toList();
  }

  private Map<String, Double> vector(List<String> words) {
    Map<String, Double> counts =
        words.stream().collect(Collectors.toMap(w -> w, w -> 1.0, Double::sum));
    counts.replaceAll((word, count) -> count * weights.getOrDefault(word, unseen));
    double norm = Math.sqrt(counts.values().stream().mapToDouble(x -> x * x).sum());
    counts.replaceAll((word, x) -> x / norm);
    return counts;
  }

  private static double dot(Map<String, Double> a, Map<String, Double> b) {
    double sum = 0;
    for (Map.Entry<String, Double> e : a.entrySet()) {
      sum += e.getValue() * b.getOrDefault(e.getKey(), 0.0);
    }
    return Math.min(1, sum);
  }
}
