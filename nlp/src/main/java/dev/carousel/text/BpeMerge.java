package dev.carousel.text;

/**
 * Two neighbouring symbols that become one.
 *
 * @param left the left symbol, a character or what an earlier merge made
 * @param right the right symbol, likewise
 */
record BpeMerge(String left, String right) {
  String product() {
    return left + right;
  }
}
