package dev.carousel.reference;

import dev.carousel.rnn.RnnSpec;
import dev.carousel.rnn.WeightLayout;
import dev.carousel.spi.RnnForward;
import dev.carousel.tensor.Tensor;

/**
 * The views that one call works with. A plan makes one when it is made, and another only when two
 * calls are under way at once; a call places them over its scratch, and again for each layer.
 */
final class RnnFrame {
  private final RnnSpec spec;
  private final RnnSpace space;
  private final RowGroups groups;
  private final Lane[] lanes;
  private final LaneState[] states;
  private final LaneGradient[] gradients;
  private final Matrix[] inputs;
  private final WeightTask[] weightTasks;
  private double[] kept = {};
  private double[] work = {};
  private int keptAt;
  private int workAt;

  RnnFrame(RnnSpec spec, WeightLayout layout, CellMath cell, RnnSpace space, int batch) {
    this.spec = spec;
    this.space = space;
    this.groups = new RowGroups(batch);
    int directions = spec.direction().count();
    lanes = new Lane[RowGroups.count(batch) * directions];
    for (int i = 0; i < lanes.length; i++) {
      lanes[i] = new Lane(groups, i / directions, i % directions, batch);
    }
    states = new LaneState[directions];
    gradients = new LaneGradient[directions];
    inputs = new Matrix[directions];
    for (int d = 0; d < directions; d++) {
      states[d] = new LaneState();
      gradients[d] = new LaneGradient();
      inputs[d] = new Matrix();
    }
    weightTasks = WeightTask.all(spec, layout, cell);
  }

  /** Takes the scratch of a call. */
  void bind(RnnForward io) {
    work = ScratchStorage.of("work", io.work());
    workAt = ScratchStorage.first("work", io.work());
    Tensor reserve = space.reserveBytes() > 0 ? io.reserve() : null;
    kept = reserve == null ? work : ScratchStorage.of("reserve", reserve);
    keptAt = reserve == null ? workAt : ScratchStorage.first("reserve", reserve);
    groups.place(work, workAt);
    groups.sort(io.x().lengths());
  }

  /** Places the views for one layer. */
  void enter(int layer) {
    for (int d = 0; d < states.length; d++) {
      space.placeInputs(inputs[d], work, workAt, layer, d);
      space.placeState(states[d], kept, keptAt, layer, d);
      if (space.reserveBytes() > 0) {
        space.placeGradient(gradients[d], work, workAt, layer, d);
      }
    }
  }

  RowGroups groups() {
    return groups;
  }

  /** How many lanes a layer has. */
  int lanes() {
    return lanes.length;
  }

  /** Lane {@code i} of the present layer, group by group, the forward direction first. */
  Lane lane(int i) {
    return lanes[i];
  }

  /** The lane of one group and direction. */
  Lane lane(int group, int direction) {
    return lanes[group * spec.direction().count() + direction];
  }

  LaneState state(int direction) {
    return states[direction];
  }

  LaneGradient gradient(int direction) {
    return gradients[direction];
  }

  /** The inputs of one direction in the order of the tokens, [tokens, in]. */
  Matrix inputs(int direction) {
    return inputs[direction];
  }

  WeightTask[] weightTasks() {
    return weightTasks;
  }

  /** The outputs of a layer that is not the last, [T, N, D·stateSize]. */
  Reals outputs(int layer) {
    return new Reals.Doubles(kept, space.outputs(keptAt, layer));
  }

  /** Their gradient. */
  Reals outputGradients() {
    return new Reals.Doubles(work, space.outputGradients(workAt));
  }
}
