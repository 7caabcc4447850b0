package dev.carousel.lm;

/** What a language model's tokens are. */
public enum Level {
  /**
   * Words. The end of each line is a token, {@code <eos>}, that is predicted and counted like any
   * other: the convention of the Penn Treebank's text, one sentence a line.
   */
  WORD,
  /** Characters as readers see them, the line feed among them. */
  CHARACTER,
  /**
   * Subwords, learnt by byte-pair encoding or read from a {@code tokenizer.json}; lines end as
   * those of words do.
   */
  BPE
}
