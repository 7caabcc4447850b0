package dev.carousel.tag;

import dev.carousel.autograd.Inputs;
import dev.carousel.model.TokenBatch;
import dev.carousel.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A batch where the kernels run.
 *
 * @param sentences what the encoder reads
 * @param tags I32 [T, N], −1 beyond a sentence's end; null where they are to be found
 * @param intents I32 [N]; null without labels
 */
record TagTensors(SentenceTensors sentences, @Nullable Tensor tags, @Nullable Tensor intents) {
  /**
   * What the encoder reads of N sentences.
   *
   * @param words ids and lengths
   * @param shapes I32 [T, N]; null if the network does not read them
   * @param features a tensor I32 [T, N] for each further column
   * @param characters null if the network does not read them
   * @param contextual F32 [T, N, C]; null if the network does not read them
   */
  record SentenceTensors(
      TokenBatch words,
      @Nullable Tensor shapes,
      List<Tensor> features,
      @Nullable CharacterTensors characters,
      @Nullable Tensor contextual) {}

  /**
   * The characters of R words of at most L.
   *
   * @param centre ids [L, R] and lengths
   * @param window the ids that a filter sees, the first to the last, each [L, R]; for an LSTM those
   *     of the centre alone
   */
  record CharacterTensors(TokenBatch centre, List<Tensor> window) {}

  /** Uploads a batch with whatever it is to be learned from. */
  static TagTensors upload(Inputs inputs, TokenEncoder encoder, TagBatch batch) {
    SentenceTensors sentences = encoder.upload(inputs, batch.sentences());
    Tensor tags = batch.tags().isEmpty() ? null : TokenBatch.upload(inputs, batch.tags()).ids();
    int[] intents = batch.intents().stream().mapToInt(Integer::intValue).toArray();
    return new TagTensors(
        sentences, tags, intents.length == 0 ? null : inputs.upload(intents, intents.length));
  }
}
