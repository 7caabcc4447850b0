package dev.carousel.eval;

/** Checks arrays of class ids before they are counted. */
final class ClassIds {
  private ClassIds() {}

  static void check(int classes, int[] gold, int[] predicted) {
    if (gold.length != predicted.length) {
      throw new IllegalArgumentException(
          gold.length + " labels but " + predicted.length + " predictions");
    }
    check(classes, gold, "label");
    check(classes, predicted, "prediction");
  }

  private static void check(int classes, int[] ids, String what) {
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || ids[i] >= classes) {
        throw new IllegalArgumentException(
            what + " " + ids[i] + " of example " + i + " is none of the " + classes + " classes");
      }
    }
  }
}
