package dev.carousel.text;

/** Tokens with a meaning of their own, in the order in which they take a vocabulary's first ids. */
public enum Reserved {
  /** Fills rows up to their batch's length; always id 0. */
  PAD("<pad>"),
  /** Stands for every token that is not in the vocabulary; always id 1. */
  UNK("<unk>"),
  /** Begins a sequence. */
  BOS("<bos>"),
  /** Ends a sequence. */
  EOS("<eos>");

  private final String token;

  Reserved(String token) {
    this.token = token;
  }

  /** Returns the token's text. */
  public String token() {
    return token;
  }
}
