package dev.carousel.nn;

import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder remembers between two steps.
 *
 * @param rnn the recurrent state, one for each part of the stack
 * @param feed what it fed back, [1, N, A]; null without input feeding
 */
public record DecoderState(List<StateVar> rnn, @Nullable Var feed) {
  /** Its values in a fixed order, each [L, N, features]. */
  public List<Var> values() {
    List<Var> all = new ArrayList<>();
    map(
        v -> {
          all.add(v);
          return v;
        });
    return all;
  }

  /** The same state made of other values, which are asked for in the order of {@link #values}. */
  public DecoderState map(UnaryOperator<Var> f) {
    List<StateVar> mapped = new ArrayList<>();
    for (StateVar s : rnn) {
      Var h = f.apply(s.h());
      Var c = s.c();
      mapped.add(new StateVar(h, c == null ? null : f.apply(c)));
    }
    return new DecoderState(mapped, feed == null ? null : f.apply(feed));
  }
}
