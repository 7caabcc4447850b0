package dev.carousel.train;

import dev.carousel.autograd.Parameter;
import dev.carousel.autograd.ParameterSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model's parameters in groups: discriminative learning rates and gradual unfreezing (Howard and
 * Ruder 2018, sections 3.2 and 3.3).
 *
 * @param groups from the output to the input if that matters; none to train all parameters alike
 */
public record LayerGroups(List<LayerGroup> groups) {
  /** All parameters alike. */
  public static final LayerGroups ALL_ALIKE = new LayerGroups(List.of());

  /** Copies, and refuses a prefix that two groups claim. */
  public LayerGroups {
    groups = List.copyOf(groups);
    Set<String> seen = new HashSet<>();
    for (LayerGroup g : groups) {
      for (String prefix : g.prefixes()) {
        if (!seen.add(prefix)) {
          throw new IllegalArgumentException("two layer groups claim '" + prefix + "'");
        }
      }
    }
  }

  /** These groups. */
  public static LayerGroups of(LayerGroup... groups) {
    return new LayerGroups(List.of(groups));
  }

  /**
   * The same groups, listed from the output to the input, each learning {@code decay} times slower
   * than the one above it; the paper's value is 2.6.
   */
  public LayerGroups discriminative(double decay) {
    List<LayerGroup> slower = new ArrayList<>();
    for (int depth = 0; depth < groups.size(); depth++) {
      LayerGroup g = groups.get(depth);
      slower.add(g.withRateFactor(g.rateFactor() * Math.pow(decay, -depth)));
    }
    return new LayerGroups(slower);
  }

  /** The same groups, listed from the output to the input; in each epoch one more learns. */
  public LayerGroups gradual() {
    List<LayerGroup> later = new ArrayList<>();
    for (int depth = 0; depth < groups.size(); depth++) {
      later.add(groups.get(depth).from(depth));
    }
    return new LayerGroups(later);
  }

  /** The group of each parameter of a set. */
  Membership in(ParameterSet set) {
    List<LayerGroup> all = groups.isEmpty() ? List.of(LayerGroup.of("")) : groups;
    List<List<Parameter>> members = new ArrayList<>();
    all.forEach(g -> members.add(new ArrayList<>()));
    for (Parameter p : set.parameters()) {
      members.get(best(all, p.name())).add(p);
    }
    for (int i = 0; i < all.size(); i++) {
      if (members.get(i).isEmpty()) {
        throw new IllegalArgumentException(
            "no parameter begins with " + all.get(i).prefixes() + "; there are " + names(set));
      }
    }
    return new Membership(all, members);
  }

  private static int best(List<LayerGroup> all, String name) {
    int best = 0;
    for (int i = 1; i < all.size(); i++) {
      if (all.get(i).fit(name) > all.get(best).fit(name)) {
        best = i;
      }
    }
    if (all.get(best).fit(name) < 0) {
      throw new IllegalArgumentException(
          "parameter "
              + name
              + " is in no layer group: name its prefix, or \"\" for all that is left");
    }
    return best;
  }

  private static List<String> names(ParameterSet set) {
    return set.parameters().stream().map(Parameter::name).toList();
  }

  /**
   * Groups and their parameters.
   *
   * @param groups at least one
   * @param members of each group, in buffer order
   */
  record Membership(List<LayerGroup> groups, List<List<Parameter>> members) {}
}
