package dev.carousel.cli;

import picocli.CommandLine.Option;

/** Flag: a self-attention layer over the recurrent network. */
final class SelfAttentionFlag {
  @Option(
      names = "--self-attention",
      paramLabel = "HEADS",
      description = {
        "Let each step look at all others, with so many heads, after the recurrent network; a",
        "divisor of its features; 0 for none (default: ${DEFAULT-VALUE})."
      })
  private int heads;

  int heads() {
    return heads;
  }
}
