package dev.carousel.lm;

import dev.carousel.data.BucketedBatches;
import dev.carousel.train.BatchSource;
import dev.carousel.train.Batches;
import java.util.List;

/**
 * Windows of a stream in random order, each of which predicts the token after it.
 *
 * @param stream tokens
 * @param unrolling length and stride
 * @param plan how many windows a batch, and the seed of their order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SlidingWindows(int[] stream, Unrolling unrolling, BucketedBatches plan)
    implements BatchSource<Window> {
  SlidingWindows {
    if (stream.length <= unrolling.steps()) {
      throw new IllegalArgumentException(
          "%d tokens to learn from hold no window of %d tokens and the one after it"
              .formatted(stream.length - 1, unrolling.steps()));
    }
  }

  @Override
  public Batches<Window> epoch(int epoch) {
    int count = (stream.length - unrolling.steps() - 1) / unrolling.stride() + 1;
    List<int[]> batches = plan.plan(new int[count], epoch);
    return new Batches<>() {
      @Override
      public int size() {
        return batches.size();
      }

      @Override
      public Window get(int index) {
        return window(batches.get(index));
      }
    };
  }

  private Window window(int[] members) {
    int steps = unrolling.steps();
    int rows = members.length;
    int[] inputs = new int[steps * rows];
    int[] targets = new int[rows];
    for (int n = 0; n < rows; n++) {
      int from = members[n] * unrolling.stride();
      for (int t = 0; t < steps; t++) {
        inputs[t * rows + n] = stream[from + t];
      }
      targets[n] = stream[from + steps];
    }
    return new Window(inputs, targets, steps, rows, true);
  }
}
