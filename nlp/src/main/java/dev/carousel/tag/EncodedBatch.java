package dev.carousel.tag;

import dev.carousel.autograd.Var;
import dev.carousel.rnn.Lengths;

/**
 * Sentences as the heads see them.
 *
 * @param steps [T, N, F]
 * @param lengths of the sentences
 */
record EncodedBatch(Var steps, Lengths lengths) {}
