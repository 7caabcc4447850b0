package dev.carousel.train;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which parameters are frozen in which epoch: those that were when training began, and those whose
 * group does not learn yet. Closing it leaves the parameters as frozen as they were.
 */
final class Thawing implements AutoCloseable {
  private final ParameterSet set;
  private final LayerGroups.Membership groups;
  private final Set<String> always;

  Thawing(ParameterSet set, LayerGroups groups) {
    this.set = set;
    this.groups = groups.in(set);
    this.always = new HashSet<>();
    set.parameters().stream().filter(Parameter::frozen).map(Parameter::name).forEach(always::add);
  }

  /** The names of what is frozen in an epoch, sorted. */
  List<String> frozen(int epoch) {
    Set<String> names = new TreeSet<>(always);
    for (int g = 0; g < groups.groups().size(); g++) {
      if (groups.groups().get(g).fromEpoch() > epoch) {
        groups.members().get(g).forEach(p -> names.add(p.name()));
      }
    }
    return List.copyOf(names);
  }

  /**
   * Freezes what is frozen in {@code epoch} and nothing else.
   *
   * @throws IllegalArgumentException if nothing is left to train
   */
  void apply(int epoch) {
    Set<String> names = Set.copyOf(frozen(epoch));
    if (names.size() == set.parameters().size()) {
      throw new IllegalArgumentException("every parameter is frozen in epoch " + epoch);
    }
    freeze(names);
  }

  private void freeze(Set<String> names) {
    set.freeze(p -> names.contains(p.name()));
    set.unfreeze(p -> !names.contains(p.name()));
  }

  @Override
  public void close() {
    freeze(always);
  }
}
