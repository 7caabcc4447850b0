package dev.carousel.train;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import dev.carousel.spi.Memory;
import dev.carousel.spi.OptimizerScalars;
import dev.carousel.tensor.DType;
import dev.carousel.tensor.Shape;
import dev.carousel.tensor.Storage;
import dev.carousel.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What an optimizer keeps of one layer group: its scalars, and where its trained parameters lie.
 * Its step count is its own, so that a group which is unfrozen late has the bias correction of a
 * beginner.
 */
final class OptimizerGroup implements AutoCloseable {
  private final Memory memory;
  private final double rateFactor;
  private final List<Parameter> members;
  private final Storage scalars;

  /** A run of trained parameters that lie side by side, in elements of the flat buffers. */
  record Run(long from, long to) {
    Tensor of(Tensor flat) {
      return from == 0 && to == flat.size()
          ? flat
          : flat.slice(from, Shape.of(Math.toIntExact(to - from)));
    }
  }

  OptimizerGroup(Memory memory, double rateFactor, List<Parameter> members) {
    this.memory = memory;
    this.rateFactor = rateFactor;
    this.members = members;
    this.scalars = memory.allocate(DType.F64, OptimizerScalars.SIZE);
  }

  static List<OptimizerGroup> of(ParameterSet set, LayerGroups groups) {
    LayerGroups.Membership all = groups.in(set);
    List<OptimizerGroup> made = new ArrayList<>();
    for (int g = 0; g < all.groups().size(); g++) {
      made.add(
          new OptimizerGroup(
              set.backend().memory(), all.groups().get(g).rateFactor(), all.members().get(g)));
    }
    return made;
  }

  Tensor scalars() {
    return Tensor.of(scalars);
  }

  /** The runs of what is not frozen now. */
  List<Run> runs() {
    List<Run> runs = new ArrayList<>();
    for (Parameter p : members) {
      int last = runs.size() - 1;
      long end = p.offset() + p.shape().size();
      if (p.frozen()) {
        continue;
      }
      if (last >= 0 && runs.get(last).to() == p.offset()) {
        runs.set(last, new Run(runs.get(last).from(), end));
      } else {
        runs.add(new Run(p.offset(), end));
      }
    }
    return runs;
  }

  void learningRate(double common) {
    write(OptimizerScalars.LEARNING_RATE, common * rateFactor);
  }

  void write(int scalar, double value) {
    memory.upload(new double[] {value}, 0, scalars().slice(scalar, Shape.of(1)));
  }

  /** Takes norm and factor, which are common to all groups, from another's scalars. */
  void copyNorm(OptimizerGroup from) {
    Shape two = Shape.of(OptimizerScalars.FACTOR - OptimizerScalars.NORM + 1);
    memory.copy(
        from.scalars().slice(OptimizerScalars.NORM, two),
        scalars().slice(OptimizerScalars.NORM, two));
  }

  @Override
  public void close() {
    scalars.close();
  }
}
