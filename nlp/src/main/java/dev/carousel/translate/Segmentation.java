package dev.carousel.translate;

import dev.carousel.text.BpeTrainer;
import dev.carousel.text.Normalizer;
import dev.carousel.text.Tokenizer;

/** How text is cut: by a tokenizer that exists, or by subwords that are learned from the text. */
public sealed interface Segmentation {
  /** A tokenizer as it is. */
  record Fixed(Tokenizer tokenizer) implements Segmentation {
    @Override
    public Tokenizer learn(Iterable<String> texts) {
      return tokenizer;
    }

    @Override
    public String describe() {
      return tokenizer.describe();
    }

    @Override
    public String normalizer() {
      return tokenizer.spec().normalizer();
    }
  }

  /**
   * Byte-pair encoding.
   *
   * @param before what is done to text first
   * @param merges the most merges, at least 0
   */
  record Subwords(Normalizer before, int merges) implements Segmentation {
    private static final int LEAST_COUNT = 2;

    /** Checks the range. */
    public Subwords {
      if (merges < 0) {
        throw new IllegalArgumentException("merges must be at least 0, not " + merges);
      }
    }

    @Override
    public Tokenizer learn(Iterable<String> texts) {
      BpeTrainer trainer = new BpeTrainer(before);
      texts.forEach(trainer::add);
      return trainer.train(merges, LEAST_COUNT);
    }

    @Override
    public String describe() {
      return "bpe:" + merges;
    }

    @Override
    public String normalizer() {
      return before.spec();
    }
  }

  /** What cuts text, once the training texts are known. */
  Tokenizer learn(Iterable<String> texts);

  /** As the command line names it. */
  String describe();

  /** As the command line names it. */
  String normalizer();
}
