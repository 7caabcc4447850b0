package dev.carousel.nn;

import dev.carousel.autograd.StateVar;
import dev.carousel.autograd.Var;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decoder remembers between two steps.
 *
 * @param rnn the recurrent state, one for each part of the stack
 * @param feed what it fed back, [1, N, A]; null without input feeding
 */
public record DecoderState(List<StateVar> rnn, @Nullable Var feed) {}
