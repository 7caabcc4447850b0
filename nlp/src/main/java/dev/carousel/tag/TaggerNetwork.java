package dev.carousel.tag;

import dev.carousel.autograd.Inputs;
import dev.carousel.autograd.Ops;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.model.MultiTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The encoder and its heads: tags and, where the data has them, intents. */
final class TaggerNetwork {
  private final TokenEncoder encoder;
  private final TagHead tags;
  private final @Nullable IntentHead intents;

  /**
   * Declares the parameters.
   *
   * @param set what is trained
   * @param frozen what is not
   */
  TaggerNetwork(
      ParameterSet.Builder set,
      ParameterSet.Builder frozen,
      TaggerConfig config,
      SentenceEncoder known,
      TagSet tagSet) {
    encoder = new TokenEncoder(set, frozen, config.architecture(), config.regularisation(), known);
    int features = encoder.outputSize();
    tags = new TagHead(set, features, tagSet, config.architecture().decoder());
    intents =
        config.intents().isEmpty()
            ? null
            : new IntentHead(
                set, features, config.intents().size(), config.regularisation().dropout());
  }

  TokenEncoder encoder() {
    return encoder;
  }

  TagHead tags() {
    return tags;
  }

  @Nullable IntentHead intents() {
    return intents;
  }

  /**
   * What is learned.
   *
   * @param losses of the heads; the caller closes them when nothing is learned any more
   * @param intentWeight of the intents' loss beside that of the tags
   */
  MultiTask<TagBatch, TagTensors, EncodedBatch> task(TagLosses losses, double intentWeight) {
    List<MultiTask.Weighted<TagTensors, EncodedBatch>> heads = new ArrayList<>();
    heads.add(
        new MultiTask.Weighted<>(
            (ops, encoded, inputs, weight) ->
                tags.loss(ops, encoded, inputs, losses.tags().options(weight)),
            1));
    IntentHead ofSentences = intents;
    if (ofSentences != null) {
      heads.add(
          new MultiTask.Weighted<>(
              (ops, encoded, inputs, weight) ->
                  ofSentences.loss(ops, encoded, inputs, losses.intents().options(weight)),
              intentWeight));
    }
    return new Learning(heads, losses);
  }

  /** The encoder's part of it. */
  private final class Learning extends MultiTask<TagBatch, TagTensors, EncodedBatch> {
    private final TagLosses losses;

    private Learning(List<Weighted<TagTensors, EncodedBatch>> heads, TagLosses losses) {
      super(heads);
      this.losses = losses;
    }

    @Override
    public TagTensors upload(Inputs inputs, TagBatch batch) {
      return TagTensors.upload(inputs, encoder, batch);
    }

    @Override
    protected EncodedBatch encode(Ops ops, TagTensors inputs) {
      return encoder.encode(ops, inputs.sentences());
    }

    @Override
    public double rows(TagBatch batch) {
      return tags.rows(batch, losses.tags());
    }

    @Override
    public long tokens(TagBatch batch) {
      return batch.tokens();
    }
  }
}
