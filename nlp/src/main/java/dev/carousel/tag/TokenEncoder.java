package dev.carousel.tag;

import dev.carousel.autograd.Init;
import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.autograd.Var;
import dev.carousel.model.TokenBatch;
import dev.carousel.nn.Embedding;
import dev.carousel.nn.Recurrent;
import dev.carousel.nn.RecurrentSettings;
import dev.carousel.nn.SelfAttention;
import dev.carousel.rnn.Lengths;
import dev.carousel.rnn.RnnSpec;
import dev.carousel.tag.TagTensors.SentenceTensors;
import dev.carousel.tag.TaggerArchitecture.Shapes;
import dev.carousel.tag.TaggerArchitecture.WordTable;
import dev.carousel.task.Regularisation;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sentences to features of their tokens: T steps, N sentences.
 *
 * <pre>
 * x = [embedding(words); shapes; features …; characters; contextual]   [T, N, …]
 * y = drop(rnn(drop(x)))                                     [T, N, F]
 * y = selfAttention(y), if wanted
 * </pre>
 *
 * Parameters: {@code embedding.weight}, {@code shapes.weight}, {@code features.0.weight} …, {@code
 * characters.…}, {@code rnn.…}, {@code self_attention.…}.
 */
final class TokenEncoder {
  private static final Init EMBEDDING_INIT = Init.normal(0.1);

  private final TaggerArchitecture architecture;
  private final Regularisation drop;
  private final Parameter words;
  private final @Nullable Embedding shapes;
  private final List<Embedding> features = new ArrayList<>();
  private final @Nullable CharacterNetwork characters;
  private final int contextual;
  private final Recurrent rnn;
  private final @Nullable SelfAttention attention;

  /**
   * Declares the parameters.
   *
   * @param set what is trained
   * @param frozen what is not
   */
  TokenEncoder(
      ParameterSet.Builder set,
      ParameterSet.Builder frozen,
      TaggerArchitecture architecture,
      Regularisation drop,
      SentenceEncoder known) {
    this.architecture = architecture;
    this.drop = drop;
    this.contextual = known.contextual().size();
    boolean tuned = architecture.table() == WordTable.TUNED;
    this.words =
        (tuned ? set : frozen)
            .declare(
                "embedding.weight",
                tuned ? EMBEDDING_INIT : Init.constant(0),
                known.words().size(),
                architecture.embedding());
    this.shapes =
        architecture.shapes() == Shapes.EMBEDDED
            ? table(set, "shapes", WordShape.values().length)
            : null;
    for (int i = 0; i < known.features().size(); i++) {
      features.add(table(set, "features." + i, known.features().get(i).size()));
    }
    CharacterSettings c = architecture.characters();
    this.characters =
        c.kind() == CharacterFeatures.NONE
            ? null
            : CharacterNetwork.declare(set, c, known.characters().size());
    this.rnn = new Recurrent(set, "rnn", recurrent(set));
    int heads = architecture.attentionHeads();
    this.attention =
        heads == 0
            ? null
            : new SelfAttention(set, "self_attention", outputSize(), heads, drop.dropout());
  }

  private Embedding table(ParameterSet.Builder set, String name, int rows) {
    return new Embedding(set, name, rows, architecture.feature(), EMBEDDING_INIT);
  }

  private RecurrentSettings recurrent(ParameterSet.Builder set) {
    int inputs =
        architecture.embedding()
            + architecture.feature() * (features.size() + (shapes == null ? 0 : 1))
            + architecture.characters().outputSize()
            + contextual;
    TaggerArchitecture.Recurrence r = architecture.recurrent();
    RecurrentSettings settings =
        RecurrentSettings.of(
                RnnSpec.of(r.cell(), inputs, r.hidden())
                    .withLayers(r.layers())
                    .withDirection(r.direction())
                    .withPrecision(set.precision()))
            .withVariant(r.cells());
    return r.layers() > 1 ? settings.withDropout(drop.dropout()) : settings;
  }

  /** F, features of a step. */
  final int outputSize() {
    return rnn.settings().outputSize();
  }

  /** The table of the words' features, [V, E]. */
  Parameter words() {
    return words;
  }

  /** Uploads what {@link #encode} reads of N sentences, N at least 1. */
  SentenceTensors upload(Inputs inputs, List<EncodedSentence> sentences) {
    TokenBatch ids =
        TokenBatch.upload(inputs, sentences.stream().map(EncodedSentence::words).toList());
    Tensor shapeIds =
        shapes == null
            ? null
            : column(inputs, sentences.stream().map(EncodedSentence::shapes).toList());
    List<Tensor> columns = new ArrayList<>();
    for (int i = 0; i < features.size(); i++) {
      int at = i;
      columns.add(column(inputs, sentences.stream().map(s -> s.features()[at]).toList()));
    }
    return new SentenceTensors(
        ids,
        shapeIds,
        columns,
        characters == null
            ? null
            : characters.upload(inputs, timeMajor(sentences, ids.lengths().maxSteps())),
        contextual == 0 ? null : states(inputs, sentences, ids.lengths().maxSteps()));
  }

  /** Contextual features, [T, N, C]; zeros beyond a sentence's end. */
  private Tensor states(Inputs inputs, List<EncodedSentence> sentences, int steps) {
    int n = sentences.size();
    float[] all = new float[Math.multiplyExact(steps * n, contextual)];
    for (int row = 0; row < n; row++) {
      float[] states = Objects.requireNonNull(sentences.get(row).states(), "contextual features");
      for (int t = 0; t < sentences.get(row).size(); t++) {
        System.arraycopy(states, t * contextual, all, (t * n + row) * contextual, contextual);
      }
    }
    return inputs.upload(all, steps, n, contextual);
  }

  private static Tensor column(Inputs inputs, List<int[]> ids) {
    return TokenBatch.upload(inputs, ids).ids();
  }

  /** Encodes uploaded sentences. */
  EncodedBatch encode(Ops ops, SentenceTensors sentences) {
    Lengths lengths = sentences.words().lengths();
    Var x = inputs(ops, sentences);
    x = ops.dropout(ops.lockedDropout(x, drop.locked()), drop.dropout());
    Var y = rnn.apply(ops, x, lengths);
    y = ops.dropout(ops.lockedDropout(y, drop.locked()), drop.dropout());
    if (attention != null) {
      y = attention.apply(ops, y, lengths);
    }
    return new EncodedBatch(y, lengths);
  }

  private Var inputs(Ops ops, SentenceTensors sentences) {
    TokenBatch ids = sentences.words();
    List<Var> parts = new ArrayList<>();
    parts.add(ops.dropRows(ids.ids(), wordFeatures(ops, ids.ids()), drop.embedding()));
    if (shapes != null && sentences.shapes() != null) {
      parts.add(shapes.apply(ops, sentences.shapes()));
    }
    for (int i = 0; i < features.size(); i++) {
      parts.add(features.get(i).apply(ops, sentences.features().get(i)));
    }
    if (characters != null && sentences.characters() != null) {
      Var flat = characters.apply(ops, sentences.characters());
      int steps = ids.lengths().maxSteps();
      parts.add(ops.reshape(flat, steps, ids.lengths().batch(), flat.shape().dim(1)));
    }
    if (sentences.contextual() != null) {
      parts.add(ops.constant(sentences.contextual()));
    }
    return parts.size() == 1 ? parts.get(0) : ops.concat(parts.toArray(Var[]::new));
  }

  private Var wordFeatures(Ops ops, Tensor ids) {
    return architecture.table() == WordTable.TUNED ? ops.embed(ids, words) : ops.lookup(ids, words);
  }

  /** The characters of each step's tokens, N a step; none beyond a sentence's end. */
  private static List<int[]> timeMajor(List<EncodedSentence> sentences, int steps) {
    int[] none = {};
    List<int[]> all = new ArrayList<>(steps * sentences.size());
    for (int t = 0; t < steps; t++) {
      for (EncodedSentence sentence : sentences) {
        all.add(t < sentence.size() ? sentence.characters()[t] : none);
      }
    }
    return all;
  }
}
