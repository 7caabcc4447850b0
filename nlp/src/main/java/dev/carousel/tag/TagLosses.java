package dev.carousel.tag;

import dev.carousel.spi.Backend;
import dev.carousel.task.ClassWeighting;
import dev.carousel.task.LabelLoss;
import dev.carousel.task.LossSettings;

/**
 * What a tagger's heads minimise; it owns the weights of tags and of intents.
 *
 * @param tags of single tags; a CRF's is always plain
 * @param intents of the sentences' labels
 */
record TagLosses(LabelLoss tags, LabelLoss intents) implements AutoCloseable {
  /** Neither weighted nor smoothed nor focal: there is nothing to close. */
  static TagLosses plain(Backend backend) {
    LabelLoss loss = new LabelLoss(backend, LossSettings.PLAIN, null);
    return new TagLosses(loss, loss);
  }

  /**
   * Losses for learning from these sentences.
   *
   * @param all every one of them, so that every tag and every intent occurs
   */
  static TagLosses of(TaggerParts parts, LossSettings settings, TagBatch all) {
    int[] tags = new int[parts.config().tags().size()];
    all.tags().forEach(sentence -> count(sentence, tags));
    int[] intents = new int[parts.config().intents().size()];
    count(all.intents().stream().mapToInt(Integer::intValue).toArray(), intents);
    Backend backend = parts.parameters().backend();
    ClassWeighting weighting = settings.classWeights();
    LabelLoss ofTags = new LabelLoss(backend, settings, weighting.weights(tags));
    return intents.length == 0
        ? new TagLosses(ofTags, new LabelLoss(backend, settings, null))
        : new TagLosses(ofTags, new LabelLoss(backend, settings, weighting.weights(intents)));
  }

  private static void count(int[] ids, int[] counts) {
    for (int id : ids) {
      counts[id]++;
    }
  }

  @Override
  public void close() {
    tags.close();
    intents.close();
  }
}
