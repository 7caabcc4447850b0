package dev.carousel.tag;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.model.EvalPool;
import dev.carousel.model.LengthBatches;
import dev.carousel.spi.Backend;
import dev.carousel.tag.TaggerArchitecture.WordTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tagger is made of; it owns parameters, plans, evaluations and character models, not the
 * backend.
 */
final class TaggerParts implements AutoCloseable {
  /** A token takes much memory where its characters are read. */
  private static final int MAX_TOKENS = 4096;

  private final TaggerConfig config;
  private final SentenceEncoder encoder;
  private final TaggerNetwork network;
  private final ParameterSet parameters;
  private final @Nullable ParameterSet frozen;
  private final EvalPool evals;
  private boolean closed;

  /**
   * What the network answers for one sentence.
   *
   * @param tags in the data's scheme
   * @param intent null without intents
   */
  record Answer(List<String> tags, @Nullable String intent) {}

  private TaggerParts(
      TaggerConfig config,
      SentenceEncoder encoder,
      TaggerNetwork network,
      ParameterSet parameters,
      @Nullable ParameterSet frozen) {
    this.config = config;
    this.encoder = encoder;
    this.network = network;
    this.parameters = parameters;
    this.frozen = frozen;
    this.evals = new EvalPool(parameters.backend());
  }

  /** Allocates a network and initialises it from {@code seed}. */
  static TaggerParts create(
      TaggerConfig config, SentenceEncoder encoder, Backend backend, long seed) {
    ParameterSet.Builder trained = ParameterSet.builder(config.precision());
    ParameterSet.Builder fixed = ParameterSet.builder(config.precision());
    TaggerNetwork network = new TaggerNetwork(trained, fixed, config, encoder, config.tagSet());
    ParameterSet parameters = trained.build(backend, seed);
    try {
      ParameterSet frozen =
          config.architecture().table() == WordTable.FROZEN ? fixed.build(backend, seed) : null;
      return new TaggerParts(config, encoder, network, parameters, frozen);
    } catch (RuntimeException | Error e) {
      parameters.close();
      throw e;
    }
  }

  /** The same again, with parameters of its own. */
  TaggerParts copy() {
    SentenceEncoder shared = encoder.with(encoder.contextual().share());
    TaggerParts copy = create(config, shared, parameters.backend(), 0);
    try {
      ParameterSet[] mine = sets();
      ParameterSet[] theirs = copy.sets();
      for (int i = 0; i < mine.length; i++) {
        theirs[i].upload(mine[i].download());
      }
      return copy;
    } catch (RuntimeException | Error e) {
      copy.close();
      throw e;
    }
  }

  TaggerConfig config() {
    return config;
  }

  SentenceEncoder encoder() {
    return encoder;
  }

  TaggerNetwork network() {
    return network;
  }

  /** What is trained. */
  ParameterSet parameters() {
    return parameters;
  }

  /** All sets, for reading and writing. */
  ParameterSet[] sets() {
    return frozen == null
        ? new ParameterSet[] {parameters}
        : new ParameterSet[] {parameters, frozen};
  }

  /** The set that the words' table is in. */
  ParameterSet wordSet() {
    return frozen == null ? parameters : frozen;
  }

  EvalPool evals() {
    return evals;
  }

  /** Answers in the sentences' order, whatever their lengths. */
  List<Answer> answer(List<EncodedSentence> sentences) {
    List<Answer> all =
        new ArrayList<>(Collections.nCopies(sentences.size(), new Answer(List.of(), null)));
    List<List<Integer>> batches =
        LengthBatches.of(sentences.size(), i -> sentences.get(i).size(), MAX_TOKENS);
    for (List<Integer> batch : batches) {
      List<Answer> part =
          answerBatch(encoder.contextual().fill(batch.stream().map(sentences::get).toList()));
      for (int i = 0; i < part.size(); i++) {
        all.set(batch.get(i), part.get(i));
      }
    }
    return all;
  }

  private List<Answer> answerBatch(List<EncodedSentence> sentences) {
    return evals.run(
        eval -> {
          TokenEncoder reader = network.encoder();
          EncodedBatch encoded = reader.encode(eval, reader.upload(Inputs.ofStep(eval), sentences));
          int[] path = network.tags().decode(eval, encoded);
          IntentHead head = network.intents();
          int[] intents = head == null ? null : head.decode(eval, encoded);
          List<Answer> answers = new ArrayList<>();
          for (int n = 0; n < sentences.size(); n++) {
            List<String> tags =
                network.tags().names(path, n, sentences.size(), sentences.get(n).size());
            answers.add(
                new Answer(
                    config.scheme().convert(tags),
                    intents == null ? null : config.intents().get(intents[n])));
          }
          return answers;
        });
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    evals.close();
    parameters.close();
    if (frozen != null) {
      frozen.close();
    }
    encoder.contextual().close();
  }
}
